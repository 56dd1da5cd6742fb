"""A second interpreter of the tables, in plain Python without SimPy, written from the contract and not from the first.

Time goes from instant to instant. Within an instant all events that are there are taken in an order that the caller can
shuffle; when none is left, one pass goes over the pools. Event times must be the same as those of the SimPy interpreter,
for any order.
"""

from __future__ import annotations

import heapq
import random
from typing import TYPE_CHECKING

from simulator.base.days import NEVER
from simulator.engine.clock import holds
from simulator.engine.tables import ADD, CHOICE, FORK, JOIN, SELECT, STAMP, STEP, Trace

if TYPE_CHECKING:
    from simulator.engine.model import Model
    from simulator.engine.tables import Draws


class Reference:
    """One replication; `shuffle` sets the order of events of the same instant."""

    def __init__(self, model: Model, draws: Draws, shuffle: int | None = None) -> None:
        self.model, self.draws, self.tables = model, draws, model.tables
        self.order = random.Random(shuffle) if shuffle is not None else None  # noqa: S311
        self.agenda: dict[int, list[tuple[str, int]]] = {}
        self.instants: list[int] = []
        self.now = 0
        count = len(self.tables)
        self.trace = Trace([NEVER] * count, [NEVER] * count, [NEVER] * count, [], draws.present)
        self.came: dict[int, list[int]] = {}
        self.tokens = [0] * count
        self.free = [set(range(pool.capacity)) for pool in model.pools]
        self.wanted: list[tuple[tuple[int, ...], int]] = []
        self.holding: dict[int, list[tuple[int, int]]] = {}
        changes = [*draws.capacity.values(), *(track for people in draws.present.values() for track in people)]
        for track in changes:
            for moment in track.moments:
                self.plan(moment, "turn", 0)

    def play(self) -> Trace:
        for row in self.tables.starts:
            self.plan(0, "arrive", row)
        while self.instants:
            self.now = heapq.heappop(self.instants)
            if self.now >= self.model.horizon:
                break
            self.instant()
        return self.trace

    def plan(self, moment: int, what: str, row: int) -> None:
        if moment not in self.agenda:
            self.agenda[moment] = []
            heapq.heappush(self.instants, moment)
        self.agenda[moment].append((what, row))

    def instant(self) -> None:
        """All events of this instant, and a pass over the pools whenever none is left, until nothing changes."""
        while True:
            events = self.agenda[self.now]
            if events:
                place = self.order.randrange(len(events)) if self.order else 0
                what, row = events.pop(place)
                getattr(self, what)(row)
            elif not self.give_units() and not self.choose():
                break
        del self.agenda[self.now]

    def arrive(self, row: int) -> None:
        if row < 0:
            return
        kind = self.tables.kind[row]
        if kind == STEP:
            self.trace.requested[row] = self.now
            self.wait_or_begin(row)
        elif kind == CHOICE:
            state = self.draws.state[self.tables.swv[row]]
            ways = [
                way
                for guard, way in self.tables.options[row]
                if guard is None or holds(guard, state, self.draws, self.now)
            ]
            self.plan(self.now, "arrive", ways[0] if ways else self.tables.after[row])
        elif kind == FORK:
            for branch in self.tables.branches[row]:
                self.plan(self.now, "arrive", branch)
            if self.tables.late[row] >= 0 and self.draws.moment[row] < NEVER:
                self.plan(max(self.now, self.draws.moment[row]), "open", self.tables.late[row])
        elif kind == SELECT:
            self.came.setdefault(self.tables.gate[row], []).append(row)
        elif kind == JOIN:
            self.tokens[row] += 1
            if self.tokens[row] == self.tables.need[row]:
                self.plan(self.now, "arrive", self.tables.after[row])

    def open(self, join: int) -> None:
        if self.tokens[join] < self.tables.need[join]:
            self.tokens[join] = self.tables.need[join] + 10**6
            self.plan(self.now, "arrive", self.tables.after[join])

    def wait_or_begin(self, row: int) -> None:
        if not self.tables.pools[row]:
            self.begin(row)
            return
        classes = (self.tables.priority[row], self.draws.order[row], self.tables.time[row].moment)
        self.wanted.append(((*classes, self.now, self.tables.rank[row]), row))

    def begin(self, row: int) -> None:
        self.trace.start[row] = self.now
        self.plan(self.model.clock.finish(self.tables, self.draws, row, self.now), "end", row)

    def turn(self, _: int) -> None:
        """A capacity has changed: the pass that follows every instant sees it."""

    def end(self, row: int) -> None:
        self.trace.end[row] = self.now
        for pool, unit in self.holding.pop(row, []):
            self.free[pool].add(unit)
        state = self.draws.state[self.tables.swv[row]]
        for effect in self.tables.effects[row]:
            if effect.how == STAMP:
                state[effect.name] = min(state.get(effect.name, NEVER), self.now)
            else:
                state[effect.name] = effect.value + (state.get(effect.name, 0) if effect.how == ADD else 0)
        self.plan(self.now, "arrive", self.tables.after[row])

    def give_units(self) -> bool:
        """One pass over all that wait, first come first: whoever has to wait on keeps those behind out of his pools."""
        given, taken = [], set()
        for key, row in sorted(self.wanted):
            pools = self.tables.pools[row]
            people = {pool: self.best(pool, self.tables.swv[row])[: pools.count(pool)] for pool in set(pools)}
            if taken & set(pools) or sum(map(len, people.values())) < len(pools):
                taken |= set(pools)
                continue
            for pool, units in people.items():
                for unit in units:
                    self.free[pool].remove(unit)
                    self.holding.setdefault(row, []).append((pool, unit))
                    self.trace.grants.append((pool, unit, row, key[3], self.now))
            given.append((key, row))
        for request in given:
            self.wanted.remove(request)
            self.begin(request[1])
        return bool(given)

    def best(self, pool: int, swv: int) -> list[int]:
        """Who of a pool can begin; of a pool with a roster those first who have worked for the swv."""
        there = self.there(pool)
        if pool not in self.draws.present:
            return there
        before = {u for p, u, r, _, _ in self.trace.grants if (p, self.tables.swv[r]) == (pool, swv)}
        return [*(u for u in there if u in before), *(u for u in there if u not in before)]

    def there(self, pool: int) -> list[int]:
        """The people of a pool that are free and may begin something."""
        track, people = self.draws.capacity.get(pool), self.draws.present.get(pool)
        return [
            unit
            for unit in sorted(self.free[pool])
            if (track is None or unit < track.at(self.now)) and (people is None or people[unit].at(self.now) == 1)
        ]

    def choose(self) -> bool:
        """At every gate: who must, then the highest scores, each group in turn as far as it has come."""
        gates, self.came = self.came, {}
        for gate, rows in sorted(gates.items()):
            one = self.tables.gates[gate]
            states = {row: self.draws.state[self.tables.swv[row]] for row in rows}
            asked = {
                row: [
                    guard and holds(guard, states[row], self.draws, self.now) for guard, _ in self.tables.options[row]
                ]
                for row in rows
            }
            chosen = [row for row in rows if asked[row][1]]
            open_to = [row for row in rows if row not in chosen and asked[row][0] is not False]
            best_first = sorted(
                open_to,
                key=lambda row: (-states[row].get(one.score, 0), self.draws.amount[row], self.tables.rank[row]),
            )
            places = {}
            for group in set(one.group):
                own = [row for row in best_first if one.group[self.tables.swv[row]] == group]
                places |= {row: (own.index(row) + 0.5) / len(own) for row in own}
            in_turn = sorted(best_first, key=lambda row: (places[row], best_first.index(row)))
            chosen += in_turn[: max(0, self.draws.quota[gate] - len(chosen))]
            for row in rows:
                self.plan(self.now, "arrive", self.tables.branches[row][row not in chosen])
        return bool(gates)
