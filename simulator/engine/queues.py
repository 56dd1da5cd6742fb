"""Who waits for the people of which pool, and who has them.

Requests and releases of one instant are collected; when nothing else of it is left, one pass gives people to those who
wait. First come steps that take whole days, then the others; of each kind first those of teams that have worked already,
which wait for their own people (`teams`), then, by pool, all others, by (priority, order of the pool, deadline, moment of
request, swv code, node, item, visit). So outcomes do not depend on the order in which events of the same instant are
processed. A step gets all the people that it needs, of all its pools, at once, so that nobody counts as busy while the
team is not complete; who is first of its kind in a pool is not passed by those behind, so that large teams get their turn.

Work that is counted in working days can lie still (`desks`): people leave it for a whole day elsewhere.
"""

from __future__ import annotations

from bisect import insort
from typing import TYPE_CHECKING

from simulator.base.days import NEVER
from simulator.engine.desks import Desks
from simulator.engine.teams import Teams

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulator.engine.clock import Clock
    from simulator.engine.tables import Draws, PoolRow, Tables

Request = tuple[int, ...]
"""What orders those who wait; the moment of asking is the third last, the row comes last."""

_LANES = (WHOLE, OTHER) = 0, 1


class Queues:
    """The pools of a replication.

    Attributes:
        grants: (pool, unit, row, requested, granted) of every person that was given, in order.
        waiting: per pool those who wait for anybody of it, in order: for whole days, and the others.
        desks: what everybody has in hand.
    """

    def __init__(
        self, tables: Tables, draws: Draws, pools: Sequence[PoolRow], clock: Clock, wake: Callable[[int, int], None]
    ) -> None:
        """The pools before anything happens.

        Args:
            tables, draws, pools, clock: of the replication.
            wake: asks for a pass over a pool (the second) at a moment (the first).
        """
        self.tables, self.draws, self.clock, self.wake = tables, draws, clock, wake
        self.waiting: list[tuple[list[Request], list[Request]]] = [([], []) for _ in pools]
        self.touched: set[int] = set()
        self.woken: set[tuple[int, int]] = set()
        self.worked: dict[tuple[int, int], set[int]] = {}
        self.grants: list[tuple[int, int, int, int, int]] = []
        self.desks = Desks(tables, draws, pools, clock)
        self.teams = Teams(self)

    def turns(self) -> list[tuple[int, int]]:
        """(moment, pool) of every change in who of a pool is there."""
        tracks = [(pool, track) for pool, track in self.draws.capacity.items()]
        tracks += [(pool, track) for pool, people in self.draws.present.items() for track in people]
        return sorted({(moment, pool) for pool, track in tracks for moment in track.moments})

    def ask(self, row: int, now: int) -> int:
        """Wait for the people that a step needs; the moment until which it waits for those of its own team alone."""
        tables = self.tables
        request = (tables.priority[row], self.draws.order[row], tables.time[row].moment, now, tables.rank[row], row)
        self.touched.update(tables.pools[row])
        if self.teams.waits(row):
            insort(self.teams.waiting[self._lane(row)], request)
            return self.clock.gives_up(tables, self.draws, row, now)
        self._stand(request)
        return NEVER

    def give_up(self, row: int, now: int) -> None:
        """No longer wait for the people of a team, but for anybody, from the place in the queue that the step had."""
        waiting = self.teams.waiting[self._lane(row)]
        for request in [one for one in waiting if one[-1] == row]:
            waiting.remove(request)
            self.teams.own[row] = now
            self._stand(request)
            self.touched.update(self.tables.pools[row])

    def release(self, row: int) -> None:
        """Give back the people that a step has."""
        for pool in self.desks.leave(row):
            self.turned(pool)

    def turned(self, pool: int) -> None:
        """There may be others of a pool now: who waits for it is looked at in the next pass."""
        if any(self.waiting[pool]) or any(self.teams.waiting):
            self.touched.add(pool)

    def give(self, now: int) -> list[tuple[int, int]]:
        """The pass: the rows of the steps that got their people, each with the moment at which it ends."""
        granted = []
        pools = sorted(self.touched)
        self.touched.clear()
        for lane in _LANES:
            granted += self.teams.give(lane, now)
            touched = list(pools)
            while touched:
                pool = touched.pop()
                while (request := self._first(pool, lane, now)) and (people := self._team(request[-1], lane, now)):
                    for one in people:
                        self.waiting[one][lane].remove(request)
                    granted.append(self.send(request, people, now))
                    touched += people
        return granted

    def send(self, request: Request, people: dict[int, list[int]], now: int) -> tuple[int, int]:
        """People begin with a step: its row, and the moment at which it ends."""
        *_, asked, _, row = request
        for pool, units in people.items():
            if pool in self.draws.present:
                self.worked.setdefault((pool, self.tables.swv[row]), set()).update(units)
            self.grants += [(pool, unit, row, asked, now) for unit in units]
        self.teams.joined(row, people)
        return row, self.desks.begin(row, people, now)

    def begins(self, row: int, now: int) -> int:
        """The first moment at which a step can begin; there is a pass at that moment."""
        begin = self.clock.begins(self.tables, row, now)
        if begin > now:
            for pool in self.tables.pools[row]:
                if (begin, pool) not in self.woken:
                    self.woken.add((begin, pool))
                    self.wake(begin, pool)
        return begin

    def free(self, pool: int, row: int, now: int) -> list[int]:
        """The people of a pool that can begin with a step: those who are free first, then in order of number.

        Of a pool with a roster those go first of all who have worked for the swv before.
        """
        there = [unit for unit in self.desks.open_to(pool, row) if self.at_work(pool, unit, now)]
        if pool not in self.draws.present:
            return there
        known = self.worked.get((pool, self.tables.swv[row]), ())
        return sorted(there, key=lambda unit: unit not in known)

    def can_begin(self, pool: int, unit: int, row: int, now: int) -> bool:
        """Whether one of the people of a pool can begin with a step."""
        return self.desks.is_open(pool, unit, row) and self.at_work(pool, unit, now)

    def at_work(self, pool: int, unit: int, now: int) -> bool:
        """Whether somebody is there and can be given work.

        Those numbered from the capacity of the moment on finish what they do and begin nothing.
        """
        present, track = self.draws.present.get(pool), self.draws.capacity.get(pool)
        return (track is None or unit < track.at(now)) and (present is None or present[unit].at(now) == 1)

    def _lane(self, row: int) -> int:
        return WHOLE if self.tables.time[row].whole else OTHER

    def _stand(self, request: Request) -> None:
        """Stand in the queue of every pool that a step needs."""
        row = request[-1]
        for pool in set(self.tables.pools[row]):
            insort(self.waiting[pool][self._lane(row)], request)

    def _first(self, pool: int, lane: int, now: int) -> Request | None:
        """The first that waits for a pool and could begin, if people were there."""
        return next((one for one in self.waiting[pool][lane] if self.begins(one[-1], now) <= now), None)

    def _team(self, row: int, lane: int, now: int) -> dict[int, list[int]] | None:
        """The people that a step gets, by pool; none when it is not first in all its pools, or they are not all there."""
        pools = self.tables.pools[row]
        team: dict[int, list[int]] = {}
        for pool in sorted(set(pools)):
            count = pools.count(pool)
            first = self._first(pool, lane, now)
            team[pool] = self.free(pool, row, now)[:count]
            if first is None or first[-1] != row or len(team[pool]) < count:
                return None
        return team
