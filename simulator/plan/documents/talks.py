"""Reading with which gemeente a plan was talked over, and when: from a table per gemeente, else from sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulator.plan.documents import days
from simulator.plan.documents.days import Dated
from simulator.plan.documents.naming import spelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from simulator.plan.documents.passages import Passage

_HELD = re.compile(r"oogo|overleg|datum|gevoerd|gesproken|besproken|gesprek")
"""What the column with the days is called."""


def talks(passages: Sequence[Passage], first: int, gemeenten: Sequence[str]) -> Iterator[Dated]:
    """The talks with gemeenten: those of tables, then of sentences with a date and the names before or after it.

    A sentence without names means all of them, but not those of which a table leaves the date open.
    """
    done: set[str] = set()
    for passage in passages:
        if passage.rows and _about_gemeenten(passage):
            for row, item, day in _in_table(passage, first, gemeenten):
                if item not in done:
                    done.add(item)
                    if day:
                        yield Dated("oogo_held", day, passage, row, item)
    for passage in passages:
        if not _about_gemeenten(passage):
            continue
        for sentence in passage.sentences:
            for item, day in _pairs(sentence, first, gemeenten):
                if item not in done:
                    done.add(item)
                    yield Dated("oogo_held", day, passage, sentence, item)


def _in_table(passage: Passage, first: int, gemeenten: Sequence[str]) -> Iterator[tuple[str, str, date | None]]:
    """The row, gemeente and day of a table with a column of gemeenten and one of days on which was talked."""
    header = [cell.lower() for cell in passage.rows[0]]
    names = [place for place, cell in enumerate(header) if re.match(r"gemeenten?\b", cell)]
    dated = [place for place, cell in enumerate(header) if place not in names and _HELD.search(cell)]
    if not names or not dated:
        return
    best = next((place for place in dated if "oogo" in header[place] or "gevoerd" in header[place]), dated[0])
    for row in passage.rows[1:]:
        if len(row) > max(names[0], best):
            told = " | ".join(cell for cell in row if cell)
            on = [day for _, day in days.dates(row[best]) if days.fits(day, first)]
            for _, name in _named(row[names[0]], gemeenten):
                yield told, name, on[-1] if on and days.came(told, told) else None


def _named(text: str, gemeenten: Sequence[str]) -> list[tuple[int, str]]:
    """The gemeenten in a text, with their places, in order."""
    return sorted((found.start(), name) for name in gemeenten for found in spelled(name).finditer(text))


def _about_gemeenten(passage: Passage) -> bool:
    path, text = " ".join(passage.path).lower(), passage.text.lower()
    talked = re.search(r"oogo|overeenstemming gericht|burgemeester en wethouders|formele overleg", f"{path} {text}")
    return talked is not None or ("gemeent" in path and "overleg" in text)


def _pairs(sentence: str, first: int, gemeenten: Sequence[str]) -> Iterator[tuple[str, date]]:
    found = [(place, day) for place, day in days.dates(sentence) if days.fits(day, first)]
    places = [(place, day) for place, day in found if not _other(sentence, place)]
    if not places or not _talked(sentence) or not days.came(sentence, sentence):
        return
    names = _named(sentence, gemeenten)
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
