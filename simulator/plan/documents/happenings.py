"""Reading dates: when the plan was talked over, consented to and adopted, and for which years it is."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from simulator.plan.documents.patterns import MONTHS, Index
from simulator.plan.documents.phrases import Happening, wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from simulator.plan.documents.blocks import Block, Document
    from simulator.plan.documents.passages import Passage

_DATE = re.compile(
    rf"\b(\d{{1,2}})\s+({'|'.join(MONTHS)})(?:\s+((?:19|20)\d\d))?\b|\b(\d{{1,2}})[-/.](\d{{1,2}})[-/.]((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;,(]\s+|\s+(?:en|maar)\s+(?=(?:met|op|de|heeft|na)\b)")
_PERIOD = re.compile(r"\b(20[1-4]\d)\s*(?:[-\u2013/]|tot(?: en met)?|t/m)\s*(20[1-4]\d)\b")
_LONG_PERIOD = re.compile(r"1 augustus (20\d\d) tot (?:en met 31 juli )?(20\d\d)")
_CODE = re.compile(r"\b(PO|VO)[\s-]?(\d{2})[\s-]?(\d{2})\b")
_TITLE = 10
"""Blocks at the beginning of a document that are its title page."""
_FIRST = 2013
"""The first school year that a plan can be for."""
_SOONEST = 2
"""Years before the first school year in which consent, talks and adoption can fall at the earliest: from June on."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A day on which something happened, and the sentence that says so."""

    event: str
    day: date
    passage: Passage
    sentence: str
    item: str = ""


def dates(text: str) -> Iterator[tuple[int, date]]:
    """Every date in a text that exists, with its place; one without year is of the year of the next that has one."""
    found = list(_DATE.finditer(text))
    years = [one[3] or one[6] for one in found]
    for number, one in enumerate(found):
        year = next((later for later in years[number:] if later), "0")  # no such year: no date
        month = MONTHS.index(one[2].lower()) + 1 if one[2] else int(one[5])
        with suppress(ValueError):
            yield one.start(), date(int(year), month, int(one[1] or one[4]))


def codes(text: str) -> list[str]:
    """The codes of swv in a text, as PO2814."""
    return ["".join(found) for found in _CODE.findall(text)]


@dataclass(frozen=True, slots=True)
class Told:
    """Something about the plan as a whole, and where it stands."""

    value: Any
    document: Document
    block: Block


def code(documents: Iterable[Document], known: Collection[str]) -> Told | None:
    """The first code of an swv that exists."""
    named = (
        Told(one, document, block) for document in documents for block in document.blocks for one in codes(block.words)
    )
    return next((one for one in named if one.value in known), None)


def period(documents: Iterable[Document]) -> Told | None:
    """The first school year and the number of school years: those of the title page, else those named most."""
    counted: Counter[tuple[int, int]] = Counter()
    first: dict[tuple[int, int], Told] = {}
    for document in documents:
        for place, block in enumerate(document.blocks):
            if re.search(r"vorig|terugblik|vervangt|oude plan", block.text.lower()):
                continue
            named = [
                (int(start), int(end) - int(start))
                for start, end in [*_PERIOD.findall(block.text), *_LONG_PERIOD.findall(block.text)]
                if 2 <= int(end) - int(start) <= 5 and int(start) >= _FIRST
            ]
            for one in named:
                first.setdefault(one, Told(one, document, block))
            if named and place < _TITLE:
                return first[named[0]]
            counted.update(named)
    return first[max(counted, key=lambda found: (counted[found], found))] if counted else None


def find(passages: Sequence[Passage], first: int, gemeenten: Sequence[str], overlaps: Sequence[str]) -> list[Dated]:
    """What happened when, as far as the documents say.

    Args:
        passages: of the documents.
        first: the first school year; consent, adoption and talks fall in the two years before it, or in that year.
        gemeenten, overlaps: with whom the plan is talked over.
    """
    found: dict[str, Dated] = {}
    words = wording().events
    for event, happening in words.items():
        if event != "overleg_held":
            around = None if event in ("legal_person", "opr_installed", "oogo_procedure") else first
            one = next(_single(event, happening, passages, around), None)
            if one is not None:
                found[event] = one
    talks = list(_talks(passages, first, gemeenten))
    others = list(_overleg(words["overleg_held"], passages, first, overlaps))
    return [*found.values(), *talks, *others]


def _fits(day: date, first: int | None) -> bool:
    return first is None or date(first - _SOONEST, 6, 1) <= day <= date(first, 12, 31)


def _single(event: str, happening: Happening, passages: Sequence[Passage], first: int | None) -> Iterator[Dated]:
    for passage in passages:
        for sentence in passage.sentences:
            for clause in _CLAUSE.split(sentence):
                days = [day for _, day in dates(clause) if _fits(day, first)]
                if days and _says(clause, happening) and not _is_to_come(sentence, clause):
                    yield Dated(event, days[0], passage, sentence)


def _says(clause: str, happening: Happening) -> bool:
    index = Index.of([clause])
    return bool(index.find_any(happening.near)) and not index.find_any(happening.against)


def _is_to_come(sentence: str, clause: str) -> bool:
    """Whether a sentence, as far as the clause with the date, tells of what is still to happen."""
    told = sentence[: sentence.find(clause) + len(clause)]
    return bool(Index.of([told]).find_any(wording().to_come))


def _talks(passages: Sequence[Passage], first: int, gemeenten: Sequence[str]) -> Iterator[Dated]:
    """The talks with gemeenten: dates with the names before or after them; no names means all of them."""
    done: set[str] = set()
    for passage in passages:
        if not _about_gemeenten(passage):
            continue
        for sentence in passage.sentences:
            for item, day in _pairs(sentence, first, gemeenten):
                if item not in done:
                    done.add(item)
                    yield Dated("oogo_held", day, passage, sentence, item)


def _about_gemeenten(passage: Passage) -> bool:
    path, text = " ".join(passage.path).lower(), passage.text.lower()
    talked = re.search(r"oogo|overeenstemming gericht|burgemeester en wethouders|formele overleg", f"{path} {text}")
    return talked is not None or ("gemeent" in path and "overleg" in text)


def _pairs(sentence: str, first: int, gemeenten: Sequence[str]) -> Iterator[tuple[str, date]]:
    places = [(place, day) for place, day in dates(sentence) if _fits(day, first) and not _other(sentence, place)]
    if not places or not _talked(sentence) or _is_to_come(sentence, sentence):
        return
    names = sorted(
        (found.start(), name) for name in gemeenten for found in re.finditer(rf"\b{re.escape(name)}\b", sentence)
    )
    if not names:
        for name in gemeenten if len(places) == 1 else ():
            yield name, places[0][1]
        return
    follow = names[0][0] > places[0][0]
    if len(places) == 1:
        for _, name in names:
            yield name, places[0][1]
        return
    for place, name in names:
        if follow:
            yield name, [day for at, day in places if at < place][-1]
        elif after := [day for at, day in places if at > place]:
            yield name, after[0]


def _talked(sentence: str) -> bool:
    return re.search(r"oogo|overleg|gesproken|besproken|gevoerd|gesprek", sentence.lower()) is not None


def _other(sentence: str, place: int) -> bool:
    """Whether a date belongs to a procedure that was agreed, or to another swv."""
    start = max(sentence.rfind(mark, 0, place) for mark in ".;,") + 1
    clause = sentence[start : place + 60].lower()
    return (
        "procedure" in clause or "samenwerkingsverband" in clause or re.search(r"\bswv (?:po|vo)\b", clause) is not None
    )


def _overleg(happening: Happening, passages: Sequence[Passage], first: int, overlaps: Sequence[str]) -> Iterator[Dated]:
    done: set[str] = set()
    for passage in passages:
        for sentence in passage.sentences:
            days = [day for _, day in dates(sentence) if _fits(day, first)]
            named = [code for code in codes(sentence) if code in overlaps] or (
                list(overlaps) if len(overlaps) == 1 else []
            )
            if len(days) == 1 and named and _says(sentence, happening) and not _is_to_come(sentence, sentence):
                for code in named:
                    if code not in done:
                        done.add(code)
                        yield Dated("overleg_held", days[0], passage, sentence, code)
