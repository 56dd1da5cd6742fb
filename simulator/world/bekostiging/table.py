"""A money table: named lines of cents, per swv and year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.world.bekostiging.rates import Amounts

Array = np.ndarray
Per = Literal["school_year", "calendar_year"]


@dataclass(frozen=True)
class MoneyTable:
    """What comes in and goes out, in cents.

    Costs stand below zero, so that a total is a sum; `memo` lines are in no total.

    Attributes:
        codes: of the n swv.
        per: whether the years are school years (by the year in which they begin) or calendar years.
        years: Y of them.
        cells: (line, n, Y), in the order of `amounts.lines`.
        correction: the correction C for personnel and for material, without what melts: (2, n).
        shift: cents that shocks add to the correction for personnel: (n, school years).
        amounts: what it was computed with.
    """

    codes: tuple[str, ...]
    per: Per
    years: tuple[int, ...]
    cells: Array
    correction: Array
    shift: Array
    amounts: Amounts

    @property
    def names(self) -> list[str]:
        """The lines, in order."""
        return [line.id for line in self.amounts.lines]

    def line(self, name: str) -> Array:
        """One line: (n, Y)."""
        return np.asarray(self.cells[self.names.index(name)])

    def sum(self, *names: str) -> Array:
        """The sum of some lines: (n, Y)."""
        return np.asarray(sum(self.line(name) for name in names))

    def of_kind(self, kind: str) -> Array:
        """The sum of the lines of a kind (`income`, `cost`, `repaid`): (n, Y)."""
        return self.sum(*(line.id for line in self.amounts.lines if line.kind == kind))

    @property
    def total(self) -> Array:
        """What the swv has left to spend: all lines but the memo lines, (n, Y)."""
        return np.asarray(sum(self.of_kind(kind) for kind in ("income", "cost", "repaid")))

    def label(self, year: int) -> str:
        """`2015-2016` for a school year, `2015` for a calendar year."""
        return f"{year}-{year + 1}" if self.per == "school_year" else str(year)

    def frame(self) -> Iterator[dict[str, Any]]:
        """A row per swv, year and line, the total last; amounts in cents."""
        total = self.total
        for number, code in enumerate(self.codes):
            for place, year in enumerate(self.years):
                for line, cells in zip(self.amounts.lines, self.cells, strict=True):
                    yield {"swv": code, "year": self.label(year), "line": line.id, "cents": int(cells[number, place])}
                yield {"swv": code, "year": self.label(year), "line": "total", "cents": int(total[number, place])}
