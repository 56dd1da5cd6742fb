"""Plays the tables of a model with SimPy.

Requests and releases of one instant are collected; when nothing else of it is left, one pass gives free units to those who
wait, by (priority, order of the pool, deadline, moment of request, swv code, node, item, visit). So outcomes do not depend
on the order in which events of the same instant are processed.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

import simpy
from simpy.events import Event, Timeout

from simulator.base.days import NEVER
from simulator.engine.clock import holds, leave
from simulator.engine.tables import CHOICE, JOIN, STEP, Trace

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.engine.model import Model
    from simulator.engine.tables import Draws

_AFTER_ALL_OTHERS = 2
"""Priority of the pass over the pools; SimPy's own events have 0 and 1."""


class _Pass(Event):
    """The pass over the pools at the end of an instant."""

    def __init__(self, play: Play) -> None:
        super().__init__(play.env)
        self._ok, self._value = True, None
        self.callbacks = [play.grant]
        play.env.schedule(self, priority=_AFTER_ALL_OTHERS)  # type: ignore[arg-type]


class Play:
    """One replication under way.

    `trace` is what has happened so far, `last` the row of the step that was begun last.
    """

    def __init__(self, model: Model, draws: Draws) -> None:
        self.env = simpy.Environment()
        self.tables, self.clock, self.draws, self.horizon = model.tables, model.clock, draws, model.horizon
        rows = len(self.tables)
        self.requested, self.start, self.end = [NEVER] * rows, [NEVER] * rows, [NEVER] * rows
        self.arrived = [0] * rows
        self.state = draws.state
        self.busy = [bytearray(pool.capacity) for pool in model.pools]
        self.waiting: list[list[tuple[int, ...]]] = [[] for _ in model.pools]
        self.held: dict[int, list[tuple[int, int]]] = {}
        self.touched: set[int] = set()
        self.pass_is_due = False
        self.last = 0
        self.grants: list[tuple[int, int, int, int, int]] = []

    def run(self) -> Trace:
        """Everything that happens before the end of the scenario."""
        for pool, track in sorted(self.draws.capacity.items()):
            for moment in track.moments:
                self.later(moment, pool, self.turned)
        for row in self.tables.starts:
            self.enter(row)
        self.env.run(until=self.horizon)
        return self.trace

    @property
    def trace(self) -> Trace:
        """What has happened so far."""
        return Trace(self.requested, self.start, self.end, self.grants)

    def enter(self, row: int) -> None:
        """A token arrives at a row and goes on as far as it can without time passing."""
        tables = self.tables
        while row >= 0:
            kind = tables.kind[row]
            if kind == STEP:
                now = int(self.env.now)
                self.requested[row] = now
                if tables.pools[row]:
                    self.ask(row, 0)
                    return
                if not self.begin(row, now):
                    return
                row = tables.after[row]
            elif kind == CHOICE:
                row = self.choose(row)
            elif kind == JOIN:
                self.arrived[row] += 1
                if self.arrived[row] != tables.need[row]:
                    return
                row = tables.after[row]
            else:
                self.open_late(row)
                for branch in tables.branches[row][1:]:
                    self.enter(branch)
                row = tables.branches[row][0]

    def begin(self, row: int, now: int) -> bool:
        """Start a step; true when it ends at once."""
        self.last = row
        self.start[row] = now
        end = self.clock.finish(self.tables, self.draws, row, now)
        if end == now and row not in self.held:
            self.finish(row, now)
            return True
        if end < self.horizon:
            self.later(end - now, row, self.ended)
        return False

    def later(self, wait: int, row: int, call: Callable[[Event], None]) -> None:
        """Call back about a row (or a pool) after some seconds."""
        timeout = Timeout(self.env, wait, row)
        timeout.callbacks = [call]

    def ended(self, event: Event) -> None:
        row = int(event.value)  # type: ignore[arg-type]
        for pool, unit in self.held.pop(row, ()):
            self.busy[pool][unit] = 0
            if self.waiting[pool]:
                self.touch(pool)
        self.finish(row, int(self.env.now))
        self.enter(self.tables.after[row])

    def finish(self, row: int, now: int) -> None:
        self.end[row] = now
        leave(self.state[self.tables.swv[row]], self.tables.effects[row], now)

    def choose(self, row: int) -> int:
        state = self.state[self.tables.swv[row]]
        for guard, way in self.tables.options[row]:
            if guard is None or holds(guard, state, self.draws, int(self.env.now)):
                return way
        return self.tables.after[row]

    def open_late(self, fork: int) -> None:
        """Let the flow go on at a set moment, whatever is done by then."""
        join = self.tables.late[fork]
        if join < 0 or self.draws.moment[fork] >= self.horizon:
            return
        wait = max(0, self.draws.moment[fork] - int(self.env.now))
        self.later(wait, join, self.moment_came)

    def moment_came(self, event: Event) -> None:
        join = int(event.value)  # type: ignore[arg-type]
        if self.arrived[join] < self.tables.need[join]:
            self.arrived[join] = self.tables.need[join]  # what comes later finds the join passed
            self.enter(self.tables.after[join])

    def ask(self, row: int, place: int) -> None:
        """Wait for the pool at this place in the list of pools that a step needs."""
        tables = self.tables
        pool = tables.pools[row][place]
        order = (tables.priority[row], self.draws.order[row], tables.time[row].moment)
        key = (*order, int(self.env.now), tables.rank[row], row, place)
        heappush(self.waiting[pool], key)
        self.touch(pool)

    def limit(self, pool: int, now: int) -> int:
        """How many units of a pool there are; those numbered from there on finish what they do and begin nothing."""
        track = self.draws.capacity.get(pool)
        return len(self.busy[pool]) if track is None else track.at(now)

    def turned(self, event: Event) -> None:
        """The capacity of a pool has changed."""
        if self.waiting[int(event.value)]:  # type: ignore[arg-type]
            self.touch(int(event.value))  # type: ignore[arg-type]

    def touch(self, pool: int) -> None:
        self.touched.add(pool)
        if not self.pass_is_due:
            self.pass_is_due = True
            _Pass(self)

    def grant(self, event: Event) -> None:
        """The pass: free units go to those who wait."""
        self.pass_is_due = False
        touched, self.touched = sorted(self.touched), set()
        now = int(self.env.now)
        granted = []
        for pool in touched:
            waiting, busy = self.waiting[pool], self.busy[pool]
            limit = self.limit(pool, now)
            while waiting and 0 <= (unit := busy.find(0)) < limit:
                _, _, _, asked, _, row, place = heappop(waiting)
                busy[unit] = 1
                self.held.setdefault(row, []).append((pool, unit))
                self.grants.append((pool, unit, row, asked, now))
                granted.append((row, place + 1))
        for ready, place in granted:
            if place < len(self.tables.pools[ready]):
                self.ask(ready, place)
            elif self.begin(ready, now):
                self.enter(self.tables.after[ready])
