"""Plays the tables of a model with SimPy.

What happens at one instant goes in three rounds: the events themselves; a pass over the pools, which gives free people to
those who wait; then the gates, where some of all that have come are chosen. Each round comes again when a later one has
brought something new. So outcomes do not depend on the order in which events of the same instant are processed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import simpy
from simpy.events import Timeout

from simulator.base.days import NEVER
from simulator.engine import gates
from simulator.engine.clock import holds, leave
from simulator.engine.queues import Queues
from simulator.engine.rounds import GATES, POOLS, Round
from simulator.engine.tables import CHOICE, JOIN, SELECT, STEP, Trace

if TYPE_CHECKING:
    from collections.abc import Callable

    from simpy.events import Event

    from simulator.engine.model import Model
    from simulator.engine.tables import Draws


class Play:
    """One replication under way.

    `trace` is what has happened so far, `last` the row of the step that was begun last, `told` the moment by which what
    ends now is dated.
    """

    def __init__(self, model: Model, draws: Draws) -> None:
        self.env = simpy.Environment()
        self.tables, self.clock, self.draws, self.horizon = model.tables, model.clock, draws, model.horizon
        rows = len(self.tables)
        self.requested, self.start, self.end, self.dated = ([NEVER] * rows for _ in range(4))
        self.arrived, self.told = [0] * rows, 0
        self.state = draws.state
        self.queues = Queues(self.tables, draws, model.pools, self.clock, self.wake)
        record = self.queues.grants, draws.present, self.dated, self.queues.desks.breaks, self.queues.teams.own
        self.trace = Trace(self.requested, self.start, self.end, *record)
        self.gathered: dict[int, list[int]] = {}
        self.met: dict[int, int] = {}
        self.due: set[int] = set()
        self.last = 0

    def run(self) -> Trace:
        """Everything that happens before the end of the scenario."""
        for turn in self.queues.turns():
            self.wake(*turn)
        for row in self.tables.starts:
            self.enter(row)
        self.env.run(until=self.horizon)
        return self.trace

    def enter(self, row: int) -> None:
        """A token arrives at a row and goes on as far as it can without time passing."""
        tables = self.tables
        while row >= 0:
            kind = tables.kind[row]
            if kind == STEP:
                now = int(self.env.now)
                self.requested[row] = now
                if tables.pools[row]:
                    self.ask(row, now)
                    return
                if not self.begin(row, now, self.clock.finish(tables, self.draws, row, now)):
                    return
                row = tables.after[row]
            elif kind == CHOICE:
                row = self.choose(row)
            elif kind == JOIN:
                if not self.meet(row):
                    return
                row = tables.after[row]
            elif kind == SELECT:
                self.gathered.setdefault(tables.gate[row], []).append(row)
                self.at_the_end(GATES, self.select)
                return
            else:
                self.open_late(row)
                told = self.told
                for branch in tables.branches[row][1:]:
                    self.enter(branch)
                    self.told = told
                row = tables.branches[row][0]

    def meet(self, join: int) -> bool:
        """Whether all that a join waits for have come; they are told by the last of them, in whatever order they came."""
        self.arrived[join] += 1
        self.met[join] = max(self.met.get(join, 0), self.told)
        self.told = self.met[join] if self.tables.need[join] > 1 else int(self.env.now)
        return self.arrived[join] == self.tables.need[join]

    def ask(self, row: int, now: int) -> None:
        """Wait for people: those of the own team for some time, after that anybody."""
        patience = self.queues.ask(row, now)
        if patience < self.horizon:
            self.later(patience - now, row, self.gave_up)
        self.at_the_end(POOLS, self.grant)

    def begin(self, row: int, now: int, end: int) -> bool:
        """Start a step; true when it ends at once."""
        self.last = row
        self.start[row] = now
        if end == now and row not in self.queues.desks.held:
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
        row, now = int(event.value), int(self.env.now)  # type: ignore[arg-type]
        if (end := self.queues.desks.ends.get(row, now)) > now:
            self.later(end - now, row, self.ended)  # the work lay still meanwhile
            return
        self.queues.release(row)
        self.at_the_end(POOLS, self.grant)
        self.told = self.clock.told(self.tables, row, self.start[row], now)
        self.finish(row, now)
        self.enter(self.tables.after[row])

    def finish(self, row: int, now: int) -> None:
        self.end[row] = now
        if self.tables.time[row].counted_from:
            self.told = now
        self.dated[row] = self.told
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
        self.told = int(self.env.now)
        if self.arrived[join] < self.tables.need[join]:
            self.arrived[join] = self.tables.need[join]  # what comes later finds the join passed
            self.enter(self.tables.after[join])

    def turned(self, event: Event) -> None:
        """Who of a pool is there has changed."""
        self.queues.turned(int(event.value))  # type: ignore[arg-type]
        self.at_the_end(POOLS, self.grant)

    def gave_up(self, event: Event) -> None:
        self.queues.give_up(int(event.value), int(self.env.now))  # type: ignore[arg-type]
        self.at_the_end(POOLS, self.grant)

    def wake(self, moment: int, pool: int) -> None:
        """Look at who waits for a pool at a later moment."""
        if moment < self.horizon:
            self.later(moment - int(self.env.now), pool, self.turned)

    def at_the_end(self, round_: int, call: Callable[[Event], None]) -> None:
        """Have a round at the end of this instant, if there is something to do in it and it is not on its way."""
        if round_ not in self.due and (round_ == GATES or self.queues.touched):
            self.due.add(round_)
            Round(self.env, call, round_)

    def grant(self, event: Event) -> None:
        """The pass over the pools: free people go to those who wait."""
        self.due.discard(POOLS)
        self.told = now = int(self.env.now)
        for ready, end in self.queues.give(now):
            self.begin(ready, now, end)

    def select(self, event: Event) -> None:
        """The gates: some of those who came are chosen."""
        self.due.discard(GATES)
        gathered, self.gathered = self.gathered, {}
        self.told = int(self.env.now)
        for gate, rows in sorted(gathered.items()):
            for _, way in gates.ways(self.tables, self.draws, gate, rows, int(self.env.now)):
                self.enter(way)
