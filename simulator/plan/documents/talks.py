"""Reading with which gemeente a plan was talked over, and when: from a table per gemeente, else from sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulator.plan.documents import days
from simulator.plan.documents.clauses import held_back
from simulator.plan.documents.days import Dated
from simulator.plan.documents.naming import spelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from simulator.plan.documents.clauses import Clauses
    from simulator.plan.documents.passages import Passage

_HELD = re.compile(r"oogo|overleg|datum|gevoerd|gesproken|besproken|gesprek")
"""What the column with the days is called."""
_PARTS = re.compile(r";\s|\bmaar\b")
_EVERYONE = re.compile(r"\b(?:alle|elke|iedere) (?:\w+ )?gemeente", re.IGNORECASE)
_EXCEPT = re.compile(r"\b(?:behalve|uitgezonderd|uitzondering van|zonder|exclusief|buiten)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:niet(?! tot)|geen(?! overeenstemming)|verhinderd|afwezig|afgemeld)\b", re.IGNORECASE)


def talks(passages: Sequence[Passage], sentences: Clauses, first: int, gemeenten: Sequence[str]) -> Iterator[Dated]:
    """The talks with gemeenten: those of tables, then of sentences with a date and the names before or after it.

    A sentence without names, or about all, means all of them, but not those of which a table leaves the date open.
    """
    done: set[str] = set()
    for passage in passages:
        if passage.rows and _about_gemeenten(passage):
            for row, item, day in _in_table(passage, first, gemeenten):
                if item not in done:
                    done.add(item)
                    if day:
                        yield Dated("oogo_held", day, passage, row, item)
    for number in sorted(sentences.came):
        one = sentences.all[number]
        if _about_gemeenten(one.passage) and _talked(one.sentence):
            for item, day in _pairs(one.sentence, first, gemeenten):
                if item not in done:
                    done.add(item)
                    yield Dated("oogo_held", day, one.passage, one.sentence, item)


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
                yield told, name, on[-1] if on and not held_back([told], [told]) else None


def _named(text: str, gemeenten: Sequence[str]) -> list[tuple[int, str]]:
    """The gemeenten in a text, with their places, in order."""
    return sorted((found.start(), name) for name in gemeenten for found in spelled(name).finditer(text))


def _about_gemeenten(passage: Passage) -> bool:
    path, text = " ".join(passage.path).lower(), passage.text.lower()
    talked = re.search(r"oogo|overeenstemming gericht|burgemeester en wethouders|formele overleg", f"{path} {text}")
    return talked is not None or ("gemeent" in path and "overleg" in text)


def _pairs(sentence: str, first: int, gemeenten: Sequence[str]) -> Iterator[tuple[str, date]]:
    """Each gemeente with whom a sentence says that was talked, with the day."""
    for part in _PARTS.split(sentence):
        found = [(place, day) for place, day in days.dates(part) if days.fits(day, first)]
        places = [(place, day) for place, day in found if not _other(part, place)]
        names = _named(part, gemeenten)
        left_out = _left_out(part, names)
        told = [(place, name) for place, name in names if name not in left_out]
        everyone = len(places) == 1 and (_EVERYONE.search(part) or not _named(sentence, gemeenten))
        if everyone:
            yield from ((name, places[0][1]) for name in gemeenten if name not in left_out)
        elif places:
            yield from _paired(told, places)


def _paired(names: Sequence[tuple[int, str]], places: Sequence[tuple[int, date]]) -> Iterator[tuple[str, date]]:
    """Names and days that stand behind each other in a text, the days before the names or after them."""
    follow = bool(names) and names[0][0] > places[0][0]
    for place, name in names:
        if len(places) == 1:
            yield name, places[0][1]
        elif follow:
            yield name, [day for at, day in places if at < place][-1]
        elif after := [day for at, day in places if at > place]:
            yield name, after[0]


def _left_out(part: str, names: Sequence[tuple[int, str]]) -> set[str]:
    """The names after `behalve`, and those of which the words up to the next name say that it did not come to talks."""
    excepted = _EXCEPT.search(part)
    left_out = {name for place, name in names if excepted and place > excepted.end()}
    ends = [*(place for place, _ in names[1:]), len(part)]
    return left_out | {name for (place, name), end in zip(names, ends, strict=False) if _NOT.search(part[place:end])}


def _talked(sentence: str) -> bool:
    return re.search(r"oogo|overleg|gesproken|besproken|gevoerd|gesprek", sentence.lower()) is not None


def _other(sentence: str, place: int) -> bool:
    """Whether a date belongs to a procedure that was agreed, or to another swv."""
    start = max(sentence.rfind(mark, 0, place) for mark in ".;,") + 1
    clause = sentence[start : place + 60].lower()
    return (
        "procedure" in clause or "samenwerkingsverband" in clause or re.search(r"\bswv (?:po|vo)\b", clause) is not None
    )
