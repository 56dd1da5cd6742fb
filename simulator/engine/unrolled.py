"""What a process tree becomes: the tables, and everything that is known of their rows beforehand."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from simulator.engine.tables import PoolRow, Tables

CALENDARS = ("working", "school", "gemeente")

LASTENDRUK = "lastendruk"
"""The part of the model that books hours."""

BEFORE = "before "
"""Before the name of a bit, in the state of an swv: when it was first set."""


class Use(NamedTuple):
    """A draw that a row needs: of which parameter, for what purpose; `name` is that of the draw."""

    row: int
    parameter: str
    purpose: str
    name: str = ""


class Write(NamedTuple):
    """A step that writes a part of the plan as the swv has it (`copies`), or that puts it in order."""

    row: int
    obligation: str
    copies: bool


@dataclass
class Unrolled:
    """The tables and everything that is known of their rows beforehand.

    Attributes:
        codes: swv in order.
        items: per kind of item (gemeenten, overlaps, elements) and swv the items.
        pools: all pools, in the order in which they are taken.
        calendars: (kind, region) of each calendar number.
        terms: (number, unit, plain) of each term number.
        yearly: days of the year (month and day) that rows wait for.
        uses: the draws that rows need.
        waits: attribute whose date a row waits for.
        fixed: moment that a row waits for.
        marks: (event, row) of every mark.
        writes: content bits that rows set.
        hours: (actor, parameter, row) of the hours that rows cost.
        read: what any guard reads of the state of an swv.
        tracks: (circumstance, swv code or gemeente) of each track.
        falls: (row, parameter) of the durations of which the end is moved to a working day.
        ordered: (attribute, sign, row) of the rows that wait where an attribute says who goes first.
    """

    codes: list[str]
    items: dict[str, list[tuple[str, ...]]]
    tables: Tables = field(default_factory=Tables)
    pools: list[PoolRow] = field(default_factory=list)
    calendars: list[tuple[str, str]] = field(default_factory=list)
    terms: list[tuple[int, str, bool]] = field(default_factory=list)
    yearly: list[str] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    waits: list[tuple[int, str]] = field(default_factory=list)
    fixed: list[tuple[int, int]] = field(default_factory=list)
    marks: list[tuple[str, int]] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    hours: list[tuple[str, str, int]] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    tracks: list[tuple[str, str]] = field(default_factory=list)
    falls: list[tuple[int, str]] = field(default_factory=list)
    ordered: list[tuple[str, int, int]] = field(default_factory=list)

    @cached_property
    def uses_of(self) -> dict[int, list[Use]]:
        """The draws per row; rows that need none are not there."""
        found: dict[int, list[Use]] = {}
        for use in self.uses:
            found.setdefault(use.row, []).append(use)
        return found

    @cached_property
    def waits_of(self) -> dict[int, list[str]]:
        """Per row that waits for the date of attributes their names."""
        found: dict[int, list[str]] = {}
        for row, name in self.waits:
            found.setdefault(row, []).append(name)
        return found


class Place(NamedTuple):
    """Where in the unrolled tree a node stands: whose it is, for which item, on which visits."""

    swv: int
    sector: str
    region: str
    item: str = ""
    visit: str = ""
