"""What everybody has in hand: a whole day somewhere, or other work, which lies still on that day and goes on after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.engine.tables import TAKES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.engine.clock import Clock
    from simulator.engine.tables import Draws, PoolRow, Tables, Track

FREE = -1
"""No row: nothing in hand."""


class Desks:
    """The people of all pools.

    Attributes:
        days, desk: per pool and person the row of the whole days, and of the other work, in hand; `FREE` without.
        held: per row the (pool, unit) that it has.
        ends: per row that has people the moment at which it ends, as far as is known now.
        still: per row that lay still the moment from which that is over.
        breaks: (pool, unit, row, start, end) of every time that somebody left other work for whole days.
    """

    def __init__(self, tables: Tables, draws: Draws, pools: Sequence[PoolRow], clock: Clock) -> None:
        self.tables, self.draws, self.clock = tables, draws, clock
        self.days = [[FREE] * pool.capacity for pool in pools]
        self.desk = [[FREE] * pool.capacity for pool in pools]
        self.held: dict[int, list[tuple[int, int]]] = {}
        self.ends: dict[int, int] = {}
        self.still: dict[int, int] = {}
        self.breaks: list[tuple[int, int, int, int, int]] = []

    def open_to(self, pool: int, row: int) -> list[int]:
        """Who of a pool could take a step up: of one that takes whole days those who are free first."""
        desk = self.desk[pool]
        there = [unit for unit in range(len(desk)) if self.is_open(pool, unit, row)]
        return sorted(there, key=lambda unit: desk[unit] != FREE) if self.tables.time[row].whole else there

    def is_open(self, pool: int, unit: int, row: int) -> bool:
        """Whether one of the people of a pool could take a step up."""
        other = self.desk[pool][unit]
        return self.days[pool][unit] == FREE and (
            other == FREE or (self.tables.time[row].whole and self._can_lie(other))
        )

    def begin(self, row: int, people: dict[int, list[int]], now: int) -> int:
        """People take a step up: the moment at which it ends. What they leave for it goes on later, and ends later."""
        units = [(pool, unit) for pool, own in people.items() for unit in own]
        self.held[row] = units
        whole = self.tables.time[row].whole
        self.ends[row] = end = self.clock.finish(self.tables, self.draws, row, now, self._present(row))
        for pool, unit in units:
            if whole:
                self.days[pool][unit] = row
                if (other := self.desk[pool][unit]) != FREE:
                    self.breaks.append((pool, unit, other, now, end))
                    self._lie_still(other, now, end)
            else:
                self.desk[pool][unit] = row
        return end

    def leave(self, row: int) -> Iterator[int]:
        """A step has ended: the pools of its people, who have it in hand no more."""
        in_hand = self.days if self.tables.time[row].whole else self.desk
        self.ends.pop(row, None)
        for pool, unit in self.held.pop(row, ()):
            in_hand[pool][unit] = FREE
            yield pool

    def _can_lie(self, row: int) -> bool:
        time = self.tables.time[row]
        return time.form == TAKES and time.calendar >= 0

    def _lie_still(self, row: int, start: int, end: int) -> None:
        """Nothing is done of a step between two moments; it ends as much later, unless it lay still already."""
        people = self._present(row)
        start = max(start, self.still.get(row, start))
        self.still[row] = max(end, start)
        lost = self.clock.worked(self.tables, row, start, min(end, self.ends[row]), people)
        if lost:
            self.ends[row] = self.clock.later(self.tables, row, max(end, self.ends[row]), lost, people)

    def _present(self, row: int) -> list[Track]:
        """When those who do a step and have a roster are there."""
        present = self.draws.present
        return [present[pool][unit] for pool, unit in self.held[row] if pool in present]
