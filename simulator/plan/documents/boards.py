"""The school boards that documents name: in a table with a column of them, or in a list under such a heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from simulator.plan.documents.phrases import wording
from simulator.plan.documents.tables import Row, joined, number, says

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.plan.documents.passages import Passage

_LONGEST, _FEWEST = 80, 3
"""Letters of a name, and items from which on a list under the right heading is one of boards."""
_NAME = re.compile(r"(?!(?:totaal|overig|samen|alle)\b)[^\W_].*[^\W_].*[^.:;?!]", re.IGNORECASE)
_TAIL = re.compile(r"\s*[(,:\u2013-]*\s*(\d{1,3})\s+(?:scholen|vestigingen|locaties)\s*\)?\s*[.;]?$")
"""The number of schools behind a name: `Stichting X (12 scholen)`."""
_ASIDE = re.compile(r"(?<=\d)\s*\((?:waarvan|inclusief|incl|excl).*\)$")
"""What part of a number is: `12 (waarvan 1 sbo)`."""


def boards(passages: Sequence[Passage]) -> list[Row]:
    """The boards in the order in which they are named first; of the registers of schools with the number of their rows.

    Values are fields of a `Board`.
    """
    found: dict[str, Row] = {}
    for passage in passages:
        for name, sites in _in_table(passage) if passage.rows else _in_list(passage):
            key = " ".join(name.casefold().split())
            known = found.get(key)
            if known is None:
                values: dict[str, Any] = {"name": name, **({} if sites is None else {"sites": sites})}
                found[key] = Row(values, passage, _quote(passage, name))
            elif sites is not None:
                known.values.setdefault("sites", sites)
    return list(found.values())


def _quote(passage: Passage, name: str) -> str:
    """The row or item that names a board."""
    lines = [joined(row) for row in passage.rows] or list(passage.sentences)
    return next((line for line in lines if name in line), "")


def _in_table(passage: Passage) -> Iterator[tuple[str, int | None]]:
    """The names in the column that is headed so; each once, with what a column of numbers or its rows count."""
    words, header = wording().tables, passage.rows[0]
    named = [place for place, cell in enumerate(header) if says(cell, words.boards) and not says(cell, words.sites)]
    if not named:
        return
    column = named[0]
    rows = [row for row in passage.rows[1:] if len(row) > column and row[0] and _is_name(row[column])]
    names = [row[column] for row in rows]
    counts = _counts(header, rows, column) if len(set(names)) == len(names) else None
    register = counts is None and says(" ".join(header), words.registers)
    if not register and not _are_boards(names):
        return
    for name in dict.fromkeys(names):
        count = None if counts is None else counts[names.index(name)]
        yield name, names.count(name) if register else None if count is None else int(count)


def _counts(header: Sequence[str], rows: Sequence[Sequence[str]], named: int) -> list[float | None] | None:
    """What the first column of numbers of schools says per row; None where no column holds them.

    A register has such a heading too (`School | Bestuur`), and names under it, or counts pupils.
    """
    words = wording().tables
    for column, cell in enumerate(header):
        if column != named and says(cell, words.sites) and not says(cell, words.pupils.about):
            found = [number(_ASIDE.sub("", row[column])) if column < len(row) else None for row in rows]
            if any(one is not None for one in found):
                return found
    return None


def _in_list(passage: Passage) -> Iterator[tuple[str, int | None]]:
    """The items of a list under a heading or lead-in about the boards that take part."""
    if passage.kind != "list":
        return
    lead = [one for one in passage.sentences[:1] if one.endswith(":")]
    items = passage.sentences[len(lead) :]
    about = " ".join((*passage.path[-1:], *lead))
    names = [(_TAIL.sub("", one).rstrip(".;"), _TAIL.search(one)) for one in items]
    fits = len(items) >= _FEWEST and says(about, wording().tables.board_lists)
    if fits and all(_is_name(name) for name, _ in names) and _are_boards([name for name, _ in names]):
        yield from ((name, int(tail[1]) if tail else None) for name, tail in names)


def _are_boards(names: Sequence[str]) -> bool:
    """Whether most of some names are of what can run a school; a column or list about a board can hold anything."""
    return sum(says(name, wording().tables.board_names) for name in names) > len(names) / 2


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST and _NAME.fullmatch(text) is not None and (text[0].isupper() or text[0].isdigit())
