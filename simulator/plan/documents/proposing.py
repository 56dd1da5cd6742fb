"""From what documents say to a plan file in which every answer is a proposal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.base.language import say
from simulator.plan import privacy
from simulator.plan.details import Board, Goal, MoneyYear, PupilsYear
from simulator.plan.documents import boards, budgets, figures, happenings, importing, pupils
from simulator.plan.documents.naming import spelled
from simulator.plan.evidence import Evidence
from simulator.plan.model import Answer, Plan, SchoolYears
from simulator.plan.skeleton import blank
from simulator.plan.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from simulator.kader.model import Kader
    from simulator.plan.documents.blocks import Block, Document
    from simulator.plan.documents.days import Dated
    from simulator.plan.documents.happenings import Told
    from simulator.plan.documents.importing import Found
    from simulator.plan.documents.passages import Passage
    from simulator.plan.documents.tables import Row

_LONGEST_TITLE = 120
_ANNEX = re.compile(r"bijlage|annex|jaarplan|appendix", re.IGNORECASE)
_LONG = re.compile(r"(?<=.{400}).+", re.DOTALL)
"""What of a quote is left out."""


@dataclass(frozen=True)
class Proposal:
    """What was read from documents.

    Attributes:
        plan: the plan file, with every answer proposed.
        found: per question what was found.
        schools: how many the registers of the documents name.
        strange: names of gemeenten in their tables that are not in the area as the program knows it.
        school_years: a budget per school year, which the plan file has no place for, when no other was read.
        unplaced: rows of the budget that was read which belong to no post of the plan file.
        other_swv: the swv that the documents name where they nowhere name the one that was given.
        outdated: words anywhere in the documents that the law left behind, what stands there now, and in how many passages.
    """

    plan: Plan
    kader: Kader
    on: date
    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    found: tuple[Found, ...]
    schools: int
    strange: tuple[str, ...]
    school_years: Passage | None = None
    outdated: tuple[tuple[str, str, int], ...] = ()
    unplaced: tuple[str, ...] = ()
    other_swv: str = ""


def propose(
    documents: Sequence[Document],
    kader: Kader,
    swv: str,
    years: SchoolYears,
    on: date,
    gemeenten: Iterable[str],
    overlaps: Iterable[str],
    told: Mapping[str, Told],
) -> Proposal:
    """A plan file as the documents propose it.

    Args:
        kader, on: whose questions are asked, as the law stands on that day.
        swv, years: whose plan it is, and for when.
        gemeenten, overlaps: as they are known.
        told: by its path in the plan what of the swv and years was read from the documents, and not given.
    """
    empty = blank(kader, swv, years.first_school_year, years.school_years, on, gemeenten, overlaps)
    passages, found = importing.answer(documents, kader, empty.sector, on)
    dated = happenings.find(passages, years.first_school_year, empty.gemeenten, empty.overlaps)
    dated = [one for one in dated if one.event in empty.events]
    title, source = _title(documents, empty.title)
    money = budgets.money(passages)
    plan = empty.model_copy(
        update={
            "title": title,
            "answers": _answers(empty, found),
            "events": _events(empty.events, dated),
            "sources": {
                **({"title": source} if source else {}),
                **{path: _frame(one) for path, one in told.items()},
                **_sources(dated, passages, empty.gemeenten),
            },
            **_tables(passages, empty, years, money),
        }
    )
    return Proposal(
        plan, kader, on, tuple(documents), tuple(passages), tuple(found),
        schools=figures.schools(passages) or sum(board.sites or 0 for board in plan.boards),
        strange=_strange(passages, empty.gemeenten),
        school_years=None if money else budgets.per_school_year(passages),
        outdated=_outdated(passages, on),
        unplaced=tuple(budgets.unplaced(money[0].passage)) if money else (),
    )  # fmt: skip


def _answers(empty: Plan, found: Iterable[Found]) -> dict[str, dict[str, Answer]]:
    """The answers of an empty plan, with what was found in their places."""
    answers: dict[str, dict[str, Answer]] = {name: dict(parts) for name, parts in empty.answers.items()}
    for one in found:
        answers[one.obligation][one.part.key] = _answer(one)
    return answers


def _tables(passages: Sequence[Passage], empty: Plan, years: SchoolYears, money: Sequence[Row]) -> dict[str, Any]:
    """The tables of a plan of which rows were read; one of which there are none keeps what an empty plan has."""
    tables = {
        "money": [MoneyYear(**row.values, **_place(row)) for row in money],
        "goals": [Goal(**row.values, **_place(row)) for row in figures.goals(passages, years.first_school_year)],
        "pupils": [_pupils(row) for row in pupils.pupils(passages, empty.sector)],
        "boards": [Board(**row.values, **_place(row)) for row in boards.boards(passages)],
    }
    return {name: rows for name, rows in tables.items() if rows}


def _strange(passages: Sequence[Passage], gemeenten: Iterable[str]) -> tuple[str, ...]:
    """Names in tables of gemeenten that are none of those of the area."""
    known = list(gemeenten)
    return tuple(
        one
        for one in figures.gemeenten(passages)
        if not any(spelled(name).fullmatch(one) or name.casefold() == one.casefold() for name in known)
    )


def _outdated(passages: Iterable[Passage], on: date) -> tuple[tuple[str, str, int], ...]:
    texts = [passage.text for passage in passages]
    counted = ((one, sum(one.stands_in(text) for text in texts)) for one in words().outdated if one.start <= on)
    return tuple((one.word, one.instead, count) for one, count in counted if count)


def _answer(found: Found) -> Answer:
    """A yes with its passage; without a yes where the passage settles nothing; else where it was looked for."""
    if found.best is None:
        return Answer(note=_searched(found))
    hit = found.best
    quote = hit.quote
    note = say(f"proposed.{found.doubt}") if found.doubt else None
    if hit.labels.outdated:
        note = " ".join(filter(None, (note, say("proposed.outdated", words=", ".join(hit.labels.outdated)))))
    evidence = _evidence(hit.passage, quote, round(hit.score, 2), note)
    return Answer(answer=None if found.doubt else True, **evidence)


def _searched(found: Found) -> str:
    places = dict.fromkeys(_where(hit.passage) for hit in found.hits)
    return say("proposed.searched", places="; ".join(places)) if places else say("proposed.nowhere")


def _where(passage: Passage) -> str:
    page = say("proposed.page", page=passage.page) if passage.page else ""
    return " ".join(filter(None, (passage.section or passage.document, page)))


def _evidence(passage: Passage, quote: str, score: float | None, note: str | None = None) -> dict[str, Any]:
    """Evidence as the plan file holds it; without what it refuses as personal."""
    section = passage.section or None
    if privacy.is_personal(quote):
        quote, note = "", " ".join(filter(None, (note, say("proposed.personal"))))
    return {
        "document": passage.document,
        "page": passage.page or None,
        "section": section if section and not privacy.is_personal(section) else None,
        "quote": quote or None,
        "score": score,
        "state": "proposed",
        "note": note,
    }


def _place(row: Row) -> dict[str, Any]:
    quote = row.quote or next(iter(row.passage.sentences), "")
    return {
        name: value
        for name, value in _evidence(row.passage, _LONG.sub(" ...", quote), None).items()
        if value is not None
    }


def _pupils(row: Row) -> PupilsYear:
    values = {name: value for name, value in row.values.items() if name != "notes"}
    told = " ".join(say(f"proposed.{name}") for name in row.values["notes"])
    return PupilsYear(**values, **{**_place(row), **({"note": told} if told else {})})


def _title(documents: Sequence[Document], otherwise: str) -> tuple[str, Evidence | None]:
    """The first line that reads as a title, of the first document that is no annex by its name or title."""
    titles = [(one, block) for one in documents if (block := _first_line(one)) is not None]
    plans = [(one, block) for one, block in titles if not _ANNEX.search(f"{one.name} {block.text}")]
    for document, block in (plans or titles)[:1]:
        return block.text, Evidence(document=document.name, page=block.page or None, state="proposed")
    return otherwise, None


def _first_line(document: Document) -> Block | None:
    for block in document.blocks[:3]:
        fits = block.kind in ("heading", "paragraph") and 0 < len(block.text) <= _LONGEST_TITLE
        if fits and not privacy.is_personal(block.text):
            return block
    return None


def _frame(told: Told) -> Evidence:
    block = told.block
    quote = _LONG.sub(" ...", block.words)
    return Evidence(
        document=told.document.name, page=block.page or None, section=block.path[-1] if block.path else None,
        quote=None if privacy.is_personal(quote) else quote, state="proposed",
    )  # fmt: skip


def _events(events: dict[str, Any], dated: Iterable[Dated]) -> dict[str, Any]:
    filled = {name: dict(value) if isinstance(value, dict) else value for name, value in events.items()}
    for one in dated:
        if one.item and isinstance(filled[one.event], dict):
            filled[one.event][one.item] = one.day
        elif not one.item:
            filled[one.event] = one.day
    return filled


def _sources(dated: Iterable[Dated], passages: Sequence[Passage], gemeenten: Sequence[str]) -> dict[str, Evidence]:
    sources = {}
    for one in dated:
        path = f"events/{one.event}" + (f"/{one.item}" if one.item else "")
        sources[path] = Evidence(**_evidence(one.passage, one.sentence[:400], None))
    for name in gemeenten:
        passage = next((one for one in passages if spelled(name).search(one.text)), None)
        if passage is not None:
            quote = next((sentence for sentence in passage.sentences if spelled(name).search(sentence)), passage.text)
            sources[f"gemeenten/{name}"] = Evidence(**_evidence(passage, quote[:400], None))
        else:
            sources[f"gemeenten/{name}"] = Evidence(note=say("proposed.gemeente"))
    return sources
