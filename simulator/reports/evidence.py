"""The documents of a plan beside its duties: which passage answers which question."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from simulator.base import language, numbers
from simulator.base.language import pick, say
from simulator.kader.law import law_on
from simulator.plan import facts
from simulator.reports import imported

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from simulator.kader.model import Kader
    from simulator.plan.documents.blocks import Block, Document
    from simulator.plan.documents.proposing import Proposal
    from simulator.plan.model import Answer, Plan

_UNDER, _LOWEST = 3, 6
"""The heading on the page that a document stands under, and the lowest there is."""
_FEWEST = 25
"""Letters of a quote that must be found for it to count as found."""


def of_proposal(proposal: Proposal) -> dict[str, Any]:
    """The page for what was read from documents."""
    return _page(proposal.plan, proposal.kader, proposal.on, proposal.documents)


def of_plan(plan: Plan, kader: Kader, documents: Sequence[Document]) -> dict[str, Any]:
    """The page for a plan file and the documents that it was read from."""
    return _page(plan, kader, facts.default_day(plan), documents)


@dataclass(frozen=True)
class _Mark:
    """A quote of an answer, with its number on the page."""

    number: int
    obligation: str
    quote: str
    document: str | None
    state: str


def _page(plan: Plan, kader: Kader, on: date, documents: Sequence[Document]) -> dict[str, Any]:
    rows = [
        (name, version, part, answers[part.key])
        for name, version in imported.plan_first(law_on(kader.obligations, on, plan.sector).versions, kader)
        for answers in [plan.answers_on(on).get(name, {})]
        for part in version.parts
        if part.key in answers and part.sector in (None, plan.sector)
    ]
    marks = [
        _Mark(number, name, answer.quote, answer.document, _state(answer))
        for number, (name, _, part, answer) in enumerate(rows, 1)
        if answer.quote
    ]
    places = {mark.number: place for mark in marks if (place := _find(mark, documents)) is not None}
    by_block: dict[tuple[int, int], list[_Mark]] = defaultdict(list)
    for mark in marks:
        if mark.number in places:
            by_block[places[mark.number]].append(mark)
    states = [_state(answer) for *_, answer in rows]
    return {
        "lang": language.current(),
        "say": say,
        "title": say("evidence.title", title=plan.title, swv=plan.swv),
        "intro": say("evidence.intro", kader=kader.id, on=numbers.long_date(on)),
        "count": say(
            "evidence.count",
            found=sum(states.count(one) for one in ("found", "accepted", "filled", "no")),
            vague=states.count("vague"),
            not_found=sum(states.count(one) for one in ("not_found", "empty")),
        ),
        "documents": [_document(number, one, by_block) for number, one in enumerate(documents)],
        "groups": _groups(rows, kader, plan, places),
    }


def _state(answer: Answer) -> str:
    if answer.answer is None:
        return "vague" if answer.quote else "not_found" if answer.note else "empty"
    if answer.state == "proposed":
        return "found"
    return "accepted" if answer.state == "accepted" else "filled" if answer.answer else "no"


def _groups(rows: Iterable[Any], kader: Kader, plan: Plan, places: dict[int, tuple[int, int]]) -> list[dict[str, Any]]:
    groups: dict[str, dict[str, dict[str, Any]]] = {}
    for number, (name, version, part, answer) in enumerate(rows, 1):
        group = groups.setdefault(kader.obligations[name].group, {})
        duty = group.setdefault(
            name, {"obligation": name, "article": version.article[plan.sector], "text": pick(version.text), "rows": []}
        )
        state = _state(answer)
        duty["rows"].append(
            {
                "number": number,
                "question": f"{name}.{part.key}",
                "ask": pick(part.ask),
                "state": state,
                "status": say(f"evidence.state_{state}"),
                "quote": answer.quote or "",
                "where": imported.where(answer.document, answer.section, answer.page),
                "score": numbers.number(answer.score, 2) if answer.score is not None else "",
                "note": answer.note or "",
                "shown": number in places,
            }
        )
    return [{"label": imported.group_label(name), "duties": list(duties.values())} for name, duties in groups.items()]


def _find(mark: _Mark, documents: Sequence[Document]) -> tuple[int, int] | None:
    """The document and block in which a quote stands, by its letters alone."""
    wanted = _letters(mark.quote)
    best: tuple[int, tuple[int, int]] | None = None
    for place, document in enumerate(documents):
        if mark.document not in (None, document.name):
            continue
        for number, block in enumerate(document.blocks):
            length = _shared(wanted, _letters(block.words))
            if length >= min(_FEWEST, len(wanted)) and length and (best is None or length > best[0]):
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


def _document(place: int, document: Document, marks: dict[tuple[int, int], list[_Mark]]) -> dict[str, Any]:
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
                "marks": [(mark.number, mark.obligation) for mark in here],
            }
        )
        page = max(page, block.page)
    return {"name": document.name, "blocks": blocks}


def _pieces(block: Block, marks: Sequence[_Mark]) -> list[dict[str, Any]]:
    """The text of a block in pieces, each with the questions that it answers."""
    text = block.text
    spans = [(*_span(text, mark.quote), mark) for mark in marks]
    edges = sorted({0, len(text), *(edge for start, end, _ in spans for edge in (start, end))})
    pieces = []
    for start, end in pairwise(edges):
        held = [mark for from_, until, mark in spans if from_ <= start and end <= until]
        ended = [(mark.number, mark.obligation) for mark in held if _span(text, mark.quote)[1] == end]
        began = [mark.number for mark in held if _span(text, mark.quote)[0] == start]
        vague = bool(held) and all(mark.state == "vague" for mark in held)
        pieces.append({"text": text[start:end], "marked": bool(held), "vague": vague, "began": began, "ended": ended})
    return pieces


def _span(text: str, quote: str) -> tuple[int, int]:
    start = text.find(quote)
    return (start, start + len(quote)) if start >= 0 else (0, len(text))
