"""What tables of a plan have in common: numbers and years in their cells, and rows that were read from them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.plan.documents.patterns import Index

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.plan.documents.passages import Passage

YEAR = re.compile(r"\b(201[3-9]|20[2-4]\d)\b")
"""A year that a plan can be about."""
_UNITS = {"mln": 1e6, "miljoen": 1e6, "duizend": 1e3}
_NUMBER = re.compile(
    r"(-/-|[-\u2212\u2013+])?\s*(\()?\s*(?:€\s*)?(-/-|[-\u2212\u2013])?\s*(\()?\s*(\d{1,3}(?:[. ]\d{3})+|\d+)"
    r"(?:,(?:(\d+)|[-\u2013=]{1,2}))?\s*\)?\s*(?:(mln|miljoen|duizend)\.?|%|procent)?"
)
FEWEST_YEARS = 3
"""Years from which on the cells of a row or column make a table per year."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row for the plan file, with the passage that it was read from and the words of it that tell, when it is a part."""

    values: dict[str, Any]
    passage: Passage
    quote: str = ""


def number(text: str) -> float | None:
    """A number as Dutch writes it: `1.250`, `-3,5`, `€ 1.250,-`, `-/- 40` and `(40)` below zero, `2,9 %`; else None."""
    found = _NUMBER.fullmatch(text.strip())
    if not found:
        return None
    sign, bracket, inner_sign, inner_bracket, whole, part, unit = found.groups()
    value = float(f"{re.sub(r'[. ]', '', whole)}.{part or 0}") * _UNITS.get(unit or "", 1.0)
    return -value if (sign or "+") != "+" or bracket or inner_sign or inner_bracket else value


def years_of(cells: Sequence[str]) -> dict[int, int]:
    """Per column with one year its year; of a year with several columns the first."""
    found = {column: YEAR.findall(cell) for column, cell in enumerate(cells)}
    columns = {int(years[0]): column for column, years in reversed(found.items()) if len(years) == 1}
    return dict(sorted((column, year) for year, column in columns.items()))


def joined(row: Sequence[str]) -> str:
    """A row of a table as a line of text."""
    return " | ".join(cell for cell in row if cell)


def says(text: str, patterns: Iterable[str]) -> bool:
    """Whether one of some patterns of words stands in a text."""
    return bool(Index.of([text]).find_any(patterns))
