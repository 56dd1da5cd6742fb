"""Who waits for the people of which pool, and who has them.

Requests and releases of one instant are collected; when nothing else of it is left, one pass gives free people to those
who wait, by (priority, order of the pool, deadline, moment of request, swv code, node, item, visit). So outcomes do not
depend on the order in which events of the same instant are processed. A step gets all the people that it needs, of all
its pools, at once, so that nobody counts as busy while the team is not complete. Who is first in a pool is not passed by
those behind, so that large teams get their turn. Who is first of all waits for people at work alone: nobody waits for ever.
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
        self.waiting: list[list[tuple[int, ...]]] = [[] for _ in pools]  # heaps of requests; the row comes last
        self.held: dict[int, list[tuple[int, int]]] = {}
        self.touched: set[int] = set()
        self.worked: dict[tuple[int, int], set[int]] = {}
        self.grants: list[tuple[int, int, int, int, int]] = []

    def turns(self) -> list[tuple[int, int]]:
        """(moment, pool) of every change in who of a pool is there."""
        tracks = [(pool, track) for pool, track in self.draws.capacity.items()]
        tracks += [(pool, track) for pool, people in self.draws.present.items() for track in people]
        return sorted({(moment, pool) for pool, track in tracks for moment in track.moments})

    def ask(self, row: int, now: int) -> None:
        """Wait for the people that a step needs."""
        tables = self.tables
        request = (tables.priority[row], self.draws.order[row], tables.time[row].moment, now, tables.rank[row], row)
        for pool in set(tables.pools[row]):
            heappush(self.waiting[pool], request)
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

    def give(self, now: int) -> list[int]:
        """The pass: the rows of the steps that got their people."""
        touched, self.touched = sorted(self.touched), set()
        granted = []
        while touched:
            waiting = self.waiting[touched.pop()]
            while waiting:
                *_, asked, _, row = waiting[0]
                team = self._team(row, now)
                if team is None:
                    break
                for pool, people in team.items():
                    self._send(row, pool, people, asked, now)
                    touched.append(pool)
                granted.append(row)
        return granted

    def _team(self, row: int, now: int) -> dict[int, list[int]] | None:
        """The people that a step gets, by pool; none when it is not first in all its pools, or they are not all there."""
        pools = self.tables.pools[row]
        team: dict[int, list[int]] = {}
        for pool in sorted(set(pools)):
            if self.waiting[pool][0][-1] != row:
                return None
            count = pools.count(pool)
            team[pool] = self._free(pool, count, now, self.tables.swv[row])
            if len(team[pool]) < count:
                return None
        return team

    def _send(self, row: int, pool: int, people: list[int], asked: int, now: int) -> None:
        """People of a pool begin with a step."""
        heappop(self.waiting[pool])
        if pool in self.draws.present:
            self.worked.setdefault((pool, self.tables.swv[row]), set()).update(people)
        for unit in people:
            self.busy[pool][unit] = 1
            self.held.setdefault(row, []).append((pool, unit))
            self.grants.append((pool, unit, row, asked, now))

    def _free(self, pool: int, count: int, now: int, swv: int) -> list[int]:
        """So many people of a pool that are free and at work, in order of number; fewer when there are not so many.

        Those numbered from the capacity of the moment on finish what they do and begin nothing. Of a pool with a roster
        those go first who have worked for the swv before.
        """
        busy, present, track = self.busy[pool], self.draws.present.get(pool), self.draws.capacity.get(pool)
        limit = len(busy) if track is None else track.at(now)
        if present is not None:
            there = [unit for unit in range(limit) if not busy[unit] and present[unit].at(now)]
            known = self.worked.get((pool, swv), ())
            return sorted(there, key=lambda unit: unit not in known)[:count]
        found: list[int] = []
        unit = busy.find(0)
        while 0 <= unit < limit and len(found) < count:
            found.append(unit)
            unit = busy.find(0, unit + 1)
        return found
