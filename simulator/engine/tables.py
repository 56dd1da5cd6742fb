"""A werkwijze unrolled for a whole population: flat tables that an interpreter walks.

One row per node, swv, item and visit of a loop. Interpreters read these tables, compare whole numbers and ask the
clock when a step ends; nothing else decides what happens.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from simulator.base.days import NEVER

STEP, FORK, JOIN, CHOICE, SELECT = range(5)
"""What a row is. Plain numbers: the interpreters compare them some ten thousand times a replication."""

INSTANT, TAKES, TERM, DEADLINE, UNTIL, YEARLY = range(6)
"""How the end of a step follows from its start."""


class Time(NamedTuple):
    """The time of a step.

    Attributes:
        form: how the end follows from the start.
        calendar: number of the calendar that a duration is counted on; -1 for plain time.
        term: number of the term in the table of terms, or of the day of the year; -1 without.
        moment: the deadline; `NEVER` without.
        falls: number of the calendar on a working day of which it ends; -1 for any day.
        counted_from: the law counts days from its end, which is told as the moment at which it is.
        whole: it begins only at the start of a working day of its calendar.
    """

    form: int
    calendar: int = -1
    term: int = -1
    moment: int = NEVER
    falls: int = -1
    counted_from: bool = False
    whole: bool = False


class Team(NamedTuple):
    """The team that does a step: its number, and that of the calendar of the working days that it is waited for."""

    number: int
    calendar: int


class Guard(NamedTuple):
    """A condition as a small tree of whole numbers and names.

    Attributes:
        track: number of the circumstance that it asks about.
    """

    op: str
    name: str = ""
    number: int = 0
    inner: tuple[Guard, ...] = ()
    track: int = -1


class Scale(NamedTuple):
    """A factor, drawn for a row and parameter, on a duration that starts while a condition holds."""

    guard: Guard
    row: int
    parameter: str


SET, ADD, STAMP = range(3)


class Effect(NamedTuple):
    """What a finished step does to the state of its swv: set a value, add to it, or note when it first happened."""

    name: str
    value: int
    how: int = SET


WRITTEN, MENDED, HELD = "written ", "mended ", "held "
"""Before the name of a duty, in the state of an swv: when it was written and mended, and whether it is good as drawn
(0 or 1; above that `PLANNED` and the number of the track of a plan file that tells it)."""
PLANNED = 2


class Track(NamedTuple):
    """A whole number over time: each value holds from its moment on."""

    moments: list[int]
    values: list[int]

    def at(self, now: int) -> int:
        """The value at a moment; 0 before the first."""
        place = bisect_right(self.moments, now)
        return self.values[place - 1] if place else 0


END = -1
"""The row after the last."""


class Gate(NamedTuple):
    """Where some of those who come at the same moment are chosen.

    Attributes:
        score: the variable by which they are ordered, the highest first; empty for none.
        share: the parameter that says how many, as a part of all swv.
        group: per swv in which group it is that has its part of those chosen.
    """

    score: str
    share: str
    group: tuple[str, ...]


@dataclass
class Tables:
    """Rows of the unrolled tree, as parallel lists, and the rows with which each swv begins.

    Attributes:
        node, swv, item, visit: the names of a row: node id, index of the swv, item or "", visits of the loops or "".
        kind, after: what the row is, and the row that follows (`END` for none).
        branches: rows that a fork starts; of a row where some are chosen the row of those, and that of the others.
        need: tokens that a join waits for.
        late: row of the join that a fork opens at a set moment (`END` for none).
        pools: pools that a step needs, in the global order; a pool of which it needs several people several times.
        team: of one swv in one round, that does a step; None for any people.
        priority: class of the request; lower goes first.
        time: when a step ends.
        scales: factors on its duration.
        options: ways out of a choice, tried in order; of a row where some are chosen who may and who must be.
        gate: number of the gate of a row where some are chosen; -1 for other rows.
        effects: what a step leaves behind, as far as any guard reads it.
        starts: first row of each swv.
        gates: where some are chosen.
    """

    node: list[str] = field(default_factory=list)
    swv: list[int] = field(default_factory=list)
    item: list[str] = field(default_factory=list)
    visit: list[str] = field(default_factory=list)
    kind: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)
    branches: list[tuple[int, ...]] = field(default_factory=list)
    need: list[int] = field(default_factory=list)
    late: list[int] = field(default_factory=list)
    pools: list[tuple[int, ...]] = field(default_factory=list)
    team: list[Team | None] = field(default_factory=list)
    priority: list[int] = field(default_factory=list)
    time: list[Time] = field(default_factory=list)
    scales: list[tuple[Scale, ...]] = field(default_factory=list)
    options: list[tuple[tuple[Guard | None, int], ...]] = field(default_factory=list)
    effects: list[tuple[Effect, ...]] = field(default_factory=list)
    gate: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    gates: list[Gate] = field(default_factory=list)
    rank: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.node)

    def rank_rows(self, codes: list[str]) -> None:
        """Number the rows by (swv code, node id, item, visit): the last tie-break between requests."""
        order = sorted(range(len(self)), key=lambda i: (codes[self.swv[i]], self.node[i], self.item[i], self.visit[i]))
        self.rank = [0] * len(self)
        for number, row in enumerate(order):
            self.rank[row] = number


@dataclass(frozen=True)
class PoolRow:
    """People who can be busy: the name of the pool, of its family, and how many there are at most."""

    name: str
    family: str
    capacity: int


@dataclass
class Draws:
    """Everything that chance decides in one replication, drawn before it begins.

    Attributes:
        amount: per row the seconds that a step takes, or the share of a term in units of 2**-20.
        otherwise: per row the seconds that it takes when its deadline has passed.
        moment: per row the moment that it waits for, or at which a late join opens.
        number: per row and parameter the whole draws that guards compare, and their thresholds.
        state: per swv the bits and variables at the start.
        factors: per row and parameter the factor on a duration, in thousandths.
        tracks: per circumstance of an swv or gemeente its level over time.
        capacity: per pool whose capacity changes its capacity over time.
        order: per row what goes before the moment of asking in a queue; lower goes first.
        present: per pool with a roster, per person whether it is at work (1) or not (0) over time.
        quota: per gate how many are chosen.
        planned: what plan files show of a duty, over time, where that changes: 1 for good.
        longest: of rows whose end is moved to a working day the seconds that they may take at most, where there is a bound.
        patience: per row of a team the seconds of working days that it waits for its own people.
    """

    amount: list[int]
    otherwise: list[int]
    moment: list[int]
    passes: dict[tuple[int, str], bool]
    state: list[dict[str, int]]
    factors: dict[tuple[int, str], int]
    tracks: list[Track]
    capacity: dict[int, Track]
    order: list[int]
    present: dict[int, list[Track]] = field(default_factory=dict)
    quota: list[int] = field(default_factory=list)
    longest: dict[int, int] = field(default_factory=dict)
    planned: list[Track] = field(default_factory=list)
    patience: dict[int, int] = field(default_factory=dict)


SHARE_BITS = 20


@dataclass
class Trace:
    """What happened in one replication.

    Attributes:
        requested, start, end: per row the moments at which it was asked for, began and ended; `NEVER` when not.
        grants: (pool, unit, row, requested, granted) of every unit that was given, in order.
        present: per pool with a roster, per person when he or she was there.
        told: per row the moment by which its end is dated: a working day that people fill is over when it ends, not
            when the next one begins; the same for what takes no time after it.
        breaks: (pool, unit, row, start, end) of every time that somebody left work for whole days elsewhere.
        own: per row that waited for people of its own team the moment until which it did: until it got them, or gave up.
    """

    requested: list[int]
    start: list[int]
    end: list[int]
    grants: list[tuple[int, int, int, int, int]]
    present: dict[int, list[Track]] = field(default_factory=dict)
    told: list[int] = field(default_factory=list)
    breaks: list[tuple[int, int, int, int, int]] = field(default_factory=list)
    own: dict[int, int] = field(default_factory=dict)

    @cached_property
    def left(self) -> dict[tuple[int, int, int], list[tuple[int, int]]]:
        """The same breaks, by (pool, unit, row)."""
        found: dict[tuple[int, int, int], list[tuple[int, int]]] = {}
        for pool, unit, row, start, end in self.breaks:
            found.setdefault((pool, unit, row), []).append((start, end))
        return found
