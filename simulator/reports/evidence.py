"""The documents of a plan beside its duties: which passage answers which question."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from simulator.base import language, numbers
from simulator.base.language import pick, say
from simulator.kader.law import law_on
from simulator.plan import facts, privacy
from simulator.reports import imported

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from simulator.kader.model import Kader
    from simulator.plan.documents.blocks import Block, Document
    from simulator.plan.documents.proposing import Proposal
    from simulator.plan.evidence import Evidence
    from simulator.plan.model import Answer, Plan

_UNDER, _LOWEST = 3, 6
"""The heading on the page that a document stands under, and the lowest there is."""
_TO_SEE = ("vague", "not_found", "no", "empty", "waits")
"""How a question can stand that somebody must look at."""
_LONGEST = 300
"""Letters of a quote beside the documents; in them all of it is marked."""
_FEWEST, _TELLING = 25, 40
"""Letters of a quote that must be found for it to count as found: in the file that it names, and in one of another name."""


def of_proposal(proposal: Proposal) -> dict[str, Any]:
    """The page for what was read from documents."""
    return _page(proposal.plan, proposal.kader, proposal.on, proposal.documents)


def of_plan(plan: Plan, kader: Kader, documents: Sequence[Document]) -> dict[str, Any]:
    """The page for a plan file and the documents that it was read from."""
    return _page(plan, kader, facts.default_day(plan), documents)


@dataclass(frozen=True)
class _Entry:
    """One thing on the page that stands somewhere in the documents.

    Attributes:
        number: on the page, from 1.
        group, duty: under which headings; of a duty its number, article and text.
        label: the question as the plan file names it, or what was read.
        ask: the question, or what was read.
        state, status: how it stands, as a key and in words.
    """

    number: int
    group: str
    duty: tuple[str, str, str]
    label: str
    ask: str
    source: Evidence
    state: str
    status: str

    @property
    def quote(self) -> str:
        """The words to mark."""
        return _safe(self.source.quote or "")

    @property
    def short(self) -> str:
        """What the marks say: the duty, or what was read."""
        return self.duty[0]

    @property
    def row(self) -> dict[str, Any]:
        """For the template."""
        source, quote = self.source, self.quote
        return {
            "number": self.number,
            "question": self.label,
            "ask": self.ask,
            "state": self.state,
            "status": self.status,
            "quote": quote if len(quote) <= _LONGEST else quote[:_LONGEST].rstrip() + " ...",
            "where": imported.where(source.document, source.section and _safe(source.section), source.page),
            "score": numbers.number(source.score, 2) if source.score is not None else "",
            "note": _safe(source.note or ""),
        }


def _page(plan: Plan, kader: Kader, on: date, read: Sequence[Document]) -> dict[str, Any]:
    documents = [_masked(one) for one in read]
    hidden = sum(
        new != old
        for one, was in zip(documents, read, strict=True)
        for new, old in zip(one.blocks, was.blocks, strict=True)
    )
    asked = list(_asked(plan, kader, on))
    entries = [*asked, *_read(plan, kader, len(asked) + 1)]
    found = ((one.number, _find(one, documents)) for one in entries if one.source.quote)
    places = {number: place for number, place in found if place is not None}
    by_block: dict[tuple[int, int], list[_Entry]] = defaultdict(list)
    for one in entries:
        if one.number in places:
            by_block[places[one.number]].append(one)
    states = [one.state for one in asked]
    quoted = [one.number for one in entries if one.quote]
    missed = sum(number not in places for number in quoted)
    return {
        "lang": language.current(),
        "say": say,
        "title": say("evidence.title", title=plan.name, swv=plan.swv),
        "intro": say("evidence.intro", kader=kader.id, on=numbers.long_date(on)),
        "count": say(
            "evidence.count",
            found=sum(states.count(one) for one in ("found", "accepted", "filled", "no")),
            vague=states.count("vague"),
            not_found=sum(states.count(one) for one in ("not_found", "empty")),
        ),
        "hidden": say("evidence.hidden", n=hidden) if hidden else "",
        "missed": say("evidence.missed", n=missed, total=len(quoted)) if missed else "",
        "waits": any(one.source.state == "proposed" for one in entries),
        "documents": [_document(number, one, by_block) for number, one in enumerate(documents)],
        "groups": _groups(entries, places),
    }


def _safe(text: str) -> str:
    return privacy.masked(text, say("evidence.masked"))


def _masked(document: Document) -> Document:
    """A document without what points at a pupil; of a table the whole row."""
    blocks = tuple(
        replace(
            block,
            text=_safe(block.text),
            rows=tuple(
                tuple(say("evidence.masked") for _ in row) if privacy.is_personal(" ".join(row)) else row
                for row in block.rows
            ),
        )
        for block in document.blocks
    )
    return replace(document, blocks=blocks)


def _asked(plan: Plan, kader: Kader, on: date) -> Iterator[_Entry]:
    """The questions that have an answer, a quote or a place where it was looked for."""
    number = 0
    for name, version in imported.plan_first(law_on(kader.obligations, on, plan.sector).versions, kader):
        answers = plan.answers_on(on).get(name, {})
        group = imported.group_label(kader.obligations[name].group)
        duty = (name, version.article[plan.sector], pick(version.text))
        for part in version.parts:
            if part.key in answers and part.sector in (None, plan.sector):
                number += 1
                state = _state(answers[part.key])
                status = say(f"evidence.state_{state}")
                yield _Entry(
                    number, group, duty, f"{name}.{part.key}", pick(part.ask), answers[part.key], state, status
                )


def _read(plan: Plan, kader: Kader, first: int) -> Iterator[_Entry]:
    """What was read besides: dates, tables, and for whom and when the plan is."""
    group, period = say("evidence.read"), plan.period
    last = period.first_school_year + period.school_years
    told: list[tuple[str, str, Evidence]] = []
    dates: set[str] = set()
    for path, source in plan.sources.items():
        whole, _, rest = path.partition("/")
        name, _, item = rest.partition("/")
        if whole == "events":
            value = plan.events.get(name)
            day = value.get(item) if isinstance(value, dict) else value
            label = pick(kader.events[name].label) if name in kader.events else name
            dates.add(label)
            told.append((label, f"{item}: {_day(day)}" if item else _day(day), source))
        elif whole in ("swv", "period"):
            words = {"swv": plan.swv, "period": f"{period.first_school_year}-{last}"}[whole]
            told.append((say(f"evidence.{whole}"), words, source))
    tables: tuple[tuple[str, Sequence[Any], str], ...] = (
        ("money", plan.money, "year"), ("pupils", plan.pupils, "year"), ("goals", plan.goals, "goal"),
        ("boards", plan.boards, "name"),
    )  # fmt: skip
    for name, rows, called in tables:
        if sourced := [row for row in rows if row.document]:
            items = ", ".join(str(getattr(row, called)) for row in sourced)
            told.append((say(f"evidence.{name}"), items, sourced[0]))
    for number, (label, words, source) in enumerate(told, first):
        proposed = "waits" if label in dates else "found"
        state = {"proposed": proposed, "accepted": "accepted"}.get(source.state or "", "filled")
        status = say(f"evidence.state_{state}")
        yield _Entry(number, group, (label, "", ""), label, words, source, state, status)


def _day(value: Any) -> str:
    return numbers.long_date(value) if isinstance(value, date) else say("check.not_happened")


def _state(answer: Answer) -> str:
    if answer.answer is None:
        return "vague" if answer.quote else "not_found" if answer.note else "empty"
    if answer.state == "proposed":
        return "found"
    return "accepted" if answer.state == "accepted" else "filled" if answer.answer else "no"


def _groups(entries: Iterable[_Entry], places: Collection[int]) -> list[dict[str, Any]]:
    groups: dict[str, dict[str, dict[str, Any]]] = {}
    for one in entries:
        name, article, text = one.duty
        duty = groups.setdefault(one.group, {}).setdefault(
            name, {"obligation": name, "article": article, "text": text, "rows": []}
        )
        duty["rows"].append({**one.row, "shown": one.number in places})
    return [
        {"label": label, "duties": [{**duty, **_folded(duty["rows"])} for duty in duties.values()]}
        for label, duties in groups.items()
    ]


def _folded(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """How the rows of a duty stand in a line; it is open where somebody must look: something is vague or missing."""
    states = list(dict.fromkeys(row["status"] for row in rows))
    told = (f"{sum(row['status'] == state for row in rows)} {state}" for state in states)
    return {"count": "; ".join(told), "open": any(row["state"] in _TO_SEE for row in rows)}


def _find(entry: _Entry, documents: Sequence[Document]) -> tuple[int, int] | None:
    """The document and block in which a quote stands, by its letters alone."""
    wanted = _letters(entry.quote)
    best: tuple[int, tuple[int, int]] | None = None
    there = entry.source.document in {None, *(document.name for document in documents)}
    enough = min(_FEWEST, len(wanted)) if there else _TELLING  # a short quote can stand in any document
    for place, document in enumerate(documents):
        if there and entry.source.document not in (None, document.name):
            continue
        for number, block in enumerate(document.blocks):
            length = _shared(wanted, _letters(block.words))
            if length >= enough and length and (best is None or length > best[0]):
                best = (length, (place, number))
    return best[1] if best else None


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def _shared(wanted: str, text: str) -> int:
    """How many letters of the beginning, or of the end, of a quote stand in a text."""
    if wanted in text:
        return len(wanted)
    if text and text in wanted:
        return len(text)
    start = wanted[:80]
    return len(start) if start in text else 0


def _document(place: int, document: Document, marks: dict[tuple[int, int], list[_Entry]]) -> dict[str, Any]:
    blocks, page, level = [], 0, _UNDER
    for number, block in enumerate(document.blocks):
        here = marks.get((place, number), [])
        if block.kind == "heading":  # no level is skipped on the way down
            level = min(block.level + _UNDER, level + 1, _LOWEST)
        blocks.append(
            {
                "kind": block.kind,
                "level": level,
                "page": block.page if block.page > page else 0,
                "rows": block.rows,
                "pieces": _pieces(block, here),
                "marks": [(mark.number, mark.short) for mark in here],
            }
        )
        page = max(page, block.page)
    return {"name": document.name, "blocks": blocks}


def _pieces(block: Block, marks: Sequence[_Entry]) -> list[dict[str, Any]]:
    """The text of a block in pieces, each with the questions that it answers."""
    text = block.text
    spans = [(*_span(text, mark.quote), mark) for mark in marks]
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    pieces = []
    for start, end in pairwise(edges):
        held = [mark for from_, until, mark in spans if from_ <= start and end <= until]
        ended = [(mark.number, mark.short) for mark in held if _span(text, mark.quote)[1] == end]
        began = [mark.number for mark in held if _span(text, mark.quote)[0] == start]
        vague = bool(held) and all(mark.state == "vague" for mark in held)
        pieces.append({"text": text[start:end], "marked": bool(held), "vague": vague, "began": began, "ended": ended})
    return pieces


def _span(text: str, quote: str) -> tuple[int, int]:
    start = text.find(quote)
    return (start, start + len(quote)) if start >= 0 else (0, len(text))
