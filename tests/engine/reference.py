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
from simulator.engine.tables import ADD, CHOICE, FORK, JOIN, SELECT, STAMP, STEP, TAKES, Trace

if TYPE_CHECKING:
    from simulator.engine.model import Model
    from simulator.engine.tables import Draws, Track


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
        self.people = [range(pool.capacity) for pool in model.pools]
        self.wanted: list[tuple[tuple[int, ...], int]] = []
        self.holding: dict[int, list[tuple[int, int]]] = {}
        self.hands: dict[tuple[int, int], list[int]] = {}
        self.over: dict[int, int] = {}
        self.paused: dict[int, int] = {}
        self.fellows: dict[tuple[int, int], list[int]] = {}
        self.loyal: set[int] = set()
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
        team = self.tables.team[row]
        if team and any((team.number, pool) in self.fellows for pool in self.tables.pools[row]):
            self.loyal.add(row)
            self.plan(self.model.clock.gives_up(self.tables, self.draws, row, self.now), "disloyal", row)

    def disloyal(self, row: int) -> None:
        if row in self.loyal and self.trace.start[row] >= NEVER:
            self.trace.own[row] = self.now
            self.loyal.discard(row)

    def begin(self, row: int) -> None:
        self.trace.start[row] = self.now
        people = self.tracks(row) if row in self.holding else None
        self.over[row] = self.model.clock.finish(self.tables, self.draws, row, self.now, people)
        self.plan(self.over[row], "end", row)
        if self.tables.time[row].whole:
            for pool, unit in self.holding[row]:
                for other in self.at_desk(pool, unit):
                    self.trace.breaks.append((pool, unit, other, self.now, self.over[row]))
                    self.pause(other, self.over[row])

    def pause(self, row: int, until: int) -> None:
        """Count second by second, a day at a time, what is lost, and put as much behind what was there."""
        if max(until, self.over[row]) >= NEVER:
            self.over[row] = NEVER
            return
        first = max(self.now, self.paused.get(row, 0))
        self.paused[row] = max(until, first)
        calendar, people = self.model.clock.calendars[self.tables.time[row].calendar], self.tracks(row)

        def worked(start: int, end: int) -> int:
            return sum(
                max(0, min(end, (day + 1) * 86400) - max(start, day * 86400))
                for day in range(start // 86400, end // 86400 + 1)
                if calendar.worked[day] and all(track.at(day * 86400) for track in people)
            )

        owed = worked(first, max(first, min(until, self.over[row])))
        if owed:
            start = max(until, self.over[row])
            ends = range((start // 86400 + 1) * 86400, self.model.horizon + 86400, 86400)
            day = next((end for end in ends if worked(start, end) >= owed), None)
            end = NEVER if day is None else day - (worked(start, day) - owed)
            self.over[row] = self.model.clock.settled(self.tables, row, end)
            self.plan(self.over[row], "end", row)

    def tracks(self, row: int) -> list[Track]:
        """When the people of a step are there, of those who have a roster."""
        return [self.draws.present[p][u] for p, u in self.holding.get(row, []) if p in self.draws.present]

    def turn(self, _: int) -> None:
        """A capacity has changed: the pass that follows every instant sees it."""

    def end(self, row: int) -> None:
        if self.over[row] != self.now or self.trace.end[row] < NEVER:
            return
        self.trace.end[row] = self.now
        for place in self.holding.pop(row, []):
            self.hands[place].remove(row)
        state = self.draws.state[self.tables.swv[row]]
        for effect in self.tables.effects[row]:
            if effect.how == STAMP:
                state[effect.name] = min(state.get(effect.name, NEVER), self.now)
            else:
                state[effect.name] = effect.value + (state.get(effect.name, 0) if effect.how == ADD else 0)
        self.plan(self.now, "arrive", self.tables.after[row])

    def give_units(self) -> bool:
        """One pass over all that wait: whole days before other work, and of each those of teams that worked before.

        Whoever of the rest has to wait on keeps those behind that want the same kind of work out of his pools.
        """
        given = []
        kind = {row: (not self.tables.time[row].whole, row not in self.loyal) for _, row in self.wanted}
        taken: set[tuple[bool, int]] = set()
        for key, row in sorted(self.wanted, key=lambda one: (kind[one[1]], one)):
            if self.model.clock.begins(self.tables, row, self.now) > self.now:
                self.plan(self.model.clock.begins(self.tables, row, self.now), "turn", 0)
                continue
            pools = self.tables.pools[row]
            places = {(kind[row][0], pool) for pool in pools}
            people = {pool: self.chosen(pool, row, pools.count(pool)) for pool in set(pools)}
            if (row not in self.loyal and taken & places) or sum(map(len, people.values())) < len(pools):
                taken |= set() if row in self.loyal else places
                continue
            self.take(key[3], row, people)
            given.append((key, row))
        for request in given:
            self.wanted.remove(request)
        return bool(given)

    def take(self, asked: int, row: int, people: dict[int, list[int]]) -> None:
        if row in self.loyal:
            self.trace.own[row] = self.now
        for pool, units in people.items():
            for unit in units:
                self.holding.setdefault(row, []).append((pool, unit))
                self.hands.setdefault((pool, unit), []).append(row)
                self.trace.grants.append((pool, unit, row, asked, self.now))
            if team := self.tables.team[row]:
                old = self.fellows.get((team.number, pool), [])
                stay = max(len(old), len(units))
                self.fellows[team.number, pool] = (units + [unit for unit in old if unit not in units])[:stay]
        self.begin(row)

    def chosen(self, pool: int, row: int, count: int) -> list[int]:
        """Who of a pool is to do a step: the best of those who can, of a loyal step its own first, and no fewer of them."""
        best = self.best(pool, row)
        if row not in self.loyal:
            return best[:count]
        fellows = self.fellows.get((self.tables.team[row].number, pool), [])
        others = [unit for unit in best if unit not in fellows][: max(0, count - len(fellows))]
        return [unit for unit in best if unit in fellows][: count - max(0, count - len(fellows))] + others

    def best(self, pool: int, row: int) -> list[int]:
        """Who of a pool can begin; of a pool with a roster those first who have worked for the swv, then the idle."""
        grants = self.trace.grants if pool in self.draws.present else []
        known = {u for p, u, r, _, _ in grants if (p, self.tables.swv[r]) == (pool, self.tables.swv[row])}
        return sorted(self.there(pool, row), key=lambda u: (u not in known, bool(self.at_desk(pool, u)), u))

    def at_desk(self, pool: int, unit: int) -> list[int]:
        """The work in hand of somebody that can lie still on a day elsewhere."""
        times = {row: self.tables.time[row] for row in self.hands.get((pool, unit), [])}
        return [row for row, one in times.items() if not one.whole and one.form == TAKES and one.calendar >= 0]

    def there(self, pool: int, row: int) -> list[int]:
        """The people of a pool that may begin a step: free, or for a whole day at work that can lie still."""
        track, people = self.draws.capacity.get(pool), self.draws.present.get(pool)
        whole = self.tables.time[row].whole
        return [
            unit
            for unit in self.people[pool]
            if self.hands.get((pool, unit), []) == (self.at_desk(pool, unit) if whole else [])
            and (track is None or unit < track.at(self.now))
            and (people is None or people[unit].at(self.now) == 1)
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
