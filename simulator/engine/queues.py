"""Who waits for the people of which pool, and who has them.

Requests and releases of one instant are collected; when nothing else of it is left, one pass gives free people to those
who wait, by (priority, order of the pool, deadline, moment of request, swv code, node, item, visit). So outcomes do not
depend on the order in which events of the same instant are processed. A step takes what it needs pool by pool in the
global order, and all that it needs of one pool at once; who is first waits until there are enough, and holds up those
behind. So nobody ever waits for somebody who waits for him.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.engine.tables import Draws, PoolRow, Tables


class Queues:
    """The pools of a replication.

    Attributes:
        grants: (pool, unit, row, requested, granted) of every person that was given, in order.
        held: per row the (pool, unit) that it has.
    """

    def __init__(self, tables: Tables, draws: Draws, pools: Sequence[PoolRow]) -> None:
        self.tables, self.draws = tables, draws
        self.busy = [bytearray(pool.capacity) for pool in pools]
        self.waiting: list[list[tuple[int, ...]]] = [[] for _ in pools]
        self.held: dict[int, list[tuple[int, int]]] = {}
        self.touched: set[int] = set()
        self.worked: dict[tuple[int, int], set[int]] = {}
        self.grants: list[tuple[int, int, int, int, int]] = []

    def turns(self) -> list[tuple[int, int]]:
        """(moment, pool) of every change in who of a pool is there."""
        tracks = [(pool, track) for pool, track in self.draws.capacity.items()]
        tracks += [(pool, track) for pool, people in self.draws.present.items() for track in people]
        return sorted({(moment, pool) for pool, track in tracks for moment in track.moments})

    def ask(self, row: int, place: int, now: int) -> None:
        """Wait for the pool at this place in the list of pools that a step needs."""
        tables = self.tables
        pool = tables.pools[row][place]
        order = (tables.priority[row], self.draws.order[row], tables.time[row].moment)
        heappush(self.waiting[pool], (*order, now, tables.rank[row], row, place))
        self.touched.add(pool)

    def release(self, row: int) -> None:
        """Give back the people that a step has."""
        for pool, unit in self.held.pop(row, ()):
            self.busy[pool][unit] = 0
            self.turned(pool)

    def turned(self, pool: int) -> None:
        """There may be others of a pool now: who waits for it is looked at in the next pass."""
        if self.waiting[pool]:
            self.touched.add(pool)

    def give(self, now: int) -> list[tuple[int, int]]:
        """The pass: (row, place of the next pool that it needs) of everybody who got what he waited for."""
        touched, self.touched = sorted(self.touched), set()
        granted = []
        for pool in touched:
            waiting = self.waiting[pool]
            while waiting:
                *_, asked, _, row, place = waiting[0]
                count = self.tables.pools[row].count(pool)
                people = self._free(pool, count, now, self.tables.swv[row])
                if len(people) < count:
                    break
                heappop(waiting)
                for unit in people:
                    self.busy[pool][unit] = 1
                    self.held.setdefault(row, []).append((pool, unit))
                    self.grants.append((pool, unit, row, asked, now))
                granted.append((row, place + count))
        return granted

    def _free(self, pool: int, count: int, now: int, swv: int) -> list[int]:
        """So many people of a pool that are free and at work, in order of number; fewer when there are not so many.

        Those numbered from the capacity of the moment on finish what they do and begin nothing. Of a pool with a roster
        those go first who have worked for the swv before.
        """
        busy, present, track = self.busy[pool], self.draws.present.get(pool), self.draws.capacity.get(pool)
        limit = len(busy) if track is None else track.at(now)
        if present is not None:
            there = [unit for unit in range(limit) if not busy[unit] and present[unit].at(now)]
            known = self.worked.setdefault((pool, swv), set())
            chosen = sorted(there, key=lambda unit: unit not in known)[:count]
            known.update(chosen if len(chosen) == count else ())
            return chosen
        found: list[int] = []
        unit = busy.find(0)
        while 0 <= unit < limit and len(found) < count:
            found.append(unit)
            unit = busy.find(0, unit + 1)
        return found
