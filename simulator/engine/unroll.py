"""From a process tree to flat tables: every node once for each swv, item and visit.

Built from the end to the start, so that each row knows the row after it. Loops become as many copies of their body as
`max` allows; what is not reached costs nothing in a replication.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from simulator.engine.guards import Guards, own_bit
from simulator.engine.tables import (
    ADD,
    CHOICE,
    DEADLINE,
    END,
    FORK,
    INSTANT,
    JOIN,
    MENDED,
    SELECT,
    SET,
    STAMP,
    STEP,
    TAKES,
    TERM,
    UNTIL,
    WRITTEN,
    YEARLY,
    Effect,
    Gate,
    Guard,
    PoolRow,
    Scale,
    Team,
    Time,
)
from simulator.engine.unrolled import BEFORE, CALENDARS, LASTENDRUK, Place, Unrolled, Use, Write
from simulator.kader import werkwijze
from simulator.kader.names import LASTING

if TYPE_CHECKING:
    from datetime import date

    from simulator.kader.werkwijze import Node
    from simulator.world.population import Swv
    from simulator.world.scenario import Scenario

T = TypeVar("T")

_AT_ONCE = Time(INSTANT)


def unroll(scenario: Scenario) -> Unrolled:
    """The tables of a scenario: its werkwijze unrolled over its population."""
    return _Unroller(scenario).result


class _Unroller:
    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.kader = scenario.kader.file
        self.read = _names_read(self.kader.werkwijze)
        people = list(scenario.swv.values())
        self.partners = {swv.code: _partners(scenario, swv) for swv in people}
        items = {
            "gemeenten": [tuple(self.partners[swv.code]) for swv in people],
            "overlaps": [swv.overlaps for swv in people],
            "elements": [tuple(self.kader.elements.get(swv.sector, ())) for swv in people],  # type: ignore[call-overload]
            "duties": [tuple(self.kader.examined.get(swv.sector, ())) for swv in people],  # type: ignore[call-overload]
        }
        self.result = Unrolled([swv.code for swv in people], items, read=self.read)
        self.tables = self.result.tables
        self.guards = Guards(scenario, self.result, self._gemeente)
        self.pool_numbers: dict[tuple[str, str], int] = {}
        self.gate_numbers: dict[str, int] = {}
        self.team_numbers: dict[tuple[int, str, str], int] = {}
        self.groups = {
            "sector": tuple(swv.sector for swv in people),
            "province": tuple(swv.province for swv in people),
            None: ("",) * len(people),
        }
        self._number_pools()
        for number, swv in enumerate(people):
            place = Place(number, swv.sector, swv.region)
            self.tables.starts.append(self._node(self.kader.werkwijze, END, place))
        self.tables.rank_rows(self.result.codes)

    def _number_pools(self) -> None:
        for family, pool in self.scenario.pools.items():
            own = sorted({via for ways in self.partners.values() for via in ways.values()}) if pool.per else [""]
            for item in own:
                self.pool_numbers[family, item] = len(self.result.pools)
                name = f"{family}.{item}" if item else family
                self.result.pools.append(PoolRow(name, family, pool.by.get(item, pool.capacity)))

    def _row(self, node: Node, kind: int, after: int, place: Place, suffix: str = "") -> int:
        tables = self.tables
        tables.node.append(node.id + suffix)
        tables.swv.append(place.swv)
        tables.item.append(place.item)
        tables.visit.append(place.visit)
        tables.kind.append(kind)
        tables.after.append(after)
        tables.branches.append(())
        tables.need.append(0)
        tables.late.append(END)
        tables.pools.append(())
        tables.team.append(None)
        tables.priority.append(0)
        tables.time.append(_AT_ONCE)
        tables.scales.append(())
        tables.options.append(())
        tables.effects.append(())
        tables.gate.append(END)
        return len(tables) - 1

    def _node(self, node: Node, after: int, place: Place) -> int:
        """The first row of a node after which `after` comes."""
        if node.part in self.scenario.parts_off and node.part is not None:
            return after
        if node.step is not None:
            return self._step(node, node.step, after, place)
        if node.choice is not None:
            return self._choice(node, node.choice, after, place)
        if node.loop is not None:
            return self._loop(node, node.loop, after, place)
        if node.parallel is not None:
            bodies = [(branch, place) for branch in node.parallel.branches]
            return self._fork(node, node.parallel, bodies, after, place)
        if node.select is not None:
            return self._select(node, node.select, after, place)
        if node.for_each is not None:
            only = node.for_each.only
            items = [one for one in self.result.items[node.for_each.over][place.swv] if not only or one in only]
            bodies = [(node.for_each.do, place._replace(item=_path(place.item, item))) for item in items]
            return self._fork(node, node.for_each, bodies, after, place) if bodies else after
        for child in reversed(node.sequence or []):
            after = self._node(child, after, place)
        return after

    def _fork(
        self, node: Node, group: werkwijze.Parallel | werkwijze.ForEach, bodies: list[tuple[Node, Place]],
        after: int, place: Place,
    ) -> int:  # fmt: skip
        join = self._row(node, JOIN, after, place, ".join")
        self.tables.need[join] = 1 if group.join == "any" else len(bodies)
        fork = self._row(node, FORK, END, place)
        self.tables.branches[fork] = tuple(self._node(body, join, where) for body, where in bodies)
        if group.by is not None:
            self.tables.late[fork] = join
            self._wait(fork, group.by)
        return fork

    def _choice(self, node: Node, options: list[werkwijze.Option], after: int, place: Place) -> int:
        row = self._row(node, CHOICE, after, place)
        ways: list[tuple[Guard | None, int]] = []
        for option in options:
            guard = self.guards.of(option.when, row, place) if option.when else None
            ways.append((guard, self._node(option.then, after, place) if option.then else after))
        self.tables.options[row] = tuple(ways)
        return row

    def _select(self, node: Node, select: werkwijze.Select, after: int, place: Place) -> int:
        tables = self.tables
        row = self._row(node, SELECT, after, place)
        if node.id not in self.gate_numbers:
            self.gate_numbers[node.id] = len(tables.gates)
            tables.gates.append(Gate(select.score or "", select.share, self.groups[select.evenly]))
        tables.gate[row] = self.gate_numbers[node.id]
        self.result.uses.append(Use(row, select.luck, "duration"))
        may, must = (self.guards.of(guard, row, place) if guard else None for guard in (select.may, select.must))
        tables.options[row] = ((may, END), (must, END))
        ways = [self._node(way, after, place) if way else after for way in (select.then, select.otherwise)]
        tables.branches[row] = tuple(ways)
        return row

    def _loop(self, node: Node, loop: werkwijze.Loop, after: int, place: Place) -> int:
        visits = [place._replace(visit=_path(place.visit, str(number))) for number in range(1, loop.max + 1)]
        entry = self._node(loop.body, after, visits[-1])
        for where in reversed(visits[:-1]):
            check = self._row(node, CHOICE, after, where)
            self.tables.options[check] = ((self.guards.of(loop.again, check, where), entry),)
            entry = self._node(loop.body, check, where)
        return entry

    def _step(self, node: Node, step: werkwijze.Step, after: int, place: Place) -> int:
        if step.sector not in (None, place.sector):
            return after
        row = self._row(node, STEP, after, place)
        tables, result = self.tables, self.result
        names = [pool if isinstance(pool, str) else pool.get(place.sector) for pool in step.pools]  # type: ignore[call-overload]
        tables.pools[row] = tuple(sorted(self._pool(name, place) for name in names if name))
        tables.priority[row] = step.priority
        if step.team is not None:
            tables.team[row] = self._team(row, step.team, place)
        if step.time is not None:
            tables.time[row] = self._time(step.time, row, place)
            scales = [
                (self.guards.of(scale.when, row, place), self.guards.own(scale.by, place)) for scale in step.time.scaled
            ]
            tables.scales[row] = tuple(Scale(guard, row, name) for guard, name in scales)
            result.uses += [Use(row, name, "factor") for _, name in scales]
        if set(step.act) - set(LASTING):
            tables.time[row] = tables.time[row]._replace(counted_from=True)
        for name in names:
            queue = self.scenario.pools[name].order if name else None
            if queue is not None:
                result.ordered.append((queue.by, 1 if queue.prefer == "low" else -1, row))
        tables.effects[row] = tuple(self._effects(step, row, place))
        result.marks += [(event, row) for event in step.marks]
        if LASTENDRUK not in self.scenario.parts_off:
            result.hours += [(actor, parameter, row) for actor, parameter in step.hours.items()]
        return row

    def _team(self, row: int, name: str, place: Place) -> Team:
        """The team of a row: its own for each swv in each round."""
        self.result.uses.append(Use(row, self.kader.teams[name].waits, "patience"))
        number = self.team_numbers.setdefault((place.swv, place.visit, name), len(self.team_numbers))
        return Team(number, _number(self.result.calendars, ("working", "")))

    def _pool(self, family: str, place: Place) -> int:
        per = self.scenario.pools[family].per
        return self.pool_numbers[family, self._gemeente(place) if per else ""]

    def _gemeente(self, place: Place) -> str:
        """The gemeente whose people a step for a gemeente or region is about."""
        return self.partners[self.result.codes[place.swv]][place.item.partition("/")[0]]

    def _time(self, time: werkwijze.StepTime, row: int, place: Place) -> Time:
        """The time of a row, on whatever day it ends or on a working day."""
        found = self._form(time, row, place)
        if time.ends_on is None:
            return found
        if time.takes and not time.scaled:
            self.result.falls.append((row, self.guards.own(time.takes, place)))
        return found._replace(falls=_number(self.result.calendars, (time.ends_on, "")))

    def _form(self, time: werkwijze.StepTime, row: int, place: Place) -> Time:
        uses = self.result.uses
        if time.at_once:
            return _AT_ONCE
        if time.until is not None:
            self._wait(row, time.until)
            return Time(UNTIL)
        if time.yearly is not None:
            return Time(YEARLY, term=_number(self.result.yearly, time.yearly))
        calendar = END
        if time.calendar in CALENDARS:
            calendar = _number(
                self.result.calendars, (time.calendar, place.region if time.calendar == "school" else "")
            )
        if time.takes:
            uses.append(Use(row, self.guards.own(time.takes, place), "duration"))
            return Time(TAKES, calendar, whole=time.whole_days)
        uses.append(Use(row, self.guards.own(str(time.share), place), "duration"))
        if time.term is not None:
            return Time(TERM, term=_number(self.result.terms, self._term(time.term, place)))
        uses.append(Use(row, self.guards.own(str(time.otherwise), place), "otherwise"))
        noon = 43_200  # within the day of the deadline, so that a step that takes all of the time still ends on it
        return Time(DEADLINE, calendar, moment=self.guards.moment(time.deadline) + noon)  # type: ignore[arg-type]

    def _term(self, term: werkwijze.Term, place: Place) -> tuple[int, str, bool]:
        """(number, unit, plain) of a term; that of an order is practice, which the Algemene termijnenwet does not know."""
        if term.order:
            duty = self.scenario.kader.obligations.get(place.item.rpartition("/")[2])
            orders = self.kader.decision.orders
            return (orders.months(duty.group) if orders and duty else 12), "months", True
        unit = next(unit for unit in ("days", "weeks", "months") if getattr(term, unit) is not None)
        return getattr(term, unit), unit, term.plain

    def _wait(self, row: int, moment: date | str) -> None:
        if isinstance(moment, str):
            self.result.waits.append((row, moment))
        else:
            self.result.fixed.append((row, self.guards.moment(moment)))

    def _effects(self, step: werkwijze.Step, row: int, place: Place) -> list[Effect]:
        found, item = [], place.item.rpartition("/")[2]
        for effect in step.effects:
            if part := effect.copy_content or effect.mend:
                name = item if part == "item" else part
                self.result.writes.append(Write(row, name, effect.copy_content is not None))
                if name in self.read or "item" in self.read:
                    found.append(Effect((WRITTEN if effect.copy_content else MENDED) + name, 0, STAMP))
                continue
            name = effect.set or effect.clear or effect.variable or ""
            if effect.set and BEFORE + name in self.read:
                found.append(Effect(BEFORE + own_bit(name, place), 0, STAMP))
            if name in self.read:
                name = own_bit(name, place)
                value = effect.add if effect.add is not None else effect.to or 0
                by = int(effect.clear is None)
                found.append(Effect(name, value if effect.variable else by, SET if effect.add is None else ADD))
        return found


def _number(table: list[T], entry: T) -> int:
    """The place of an entry in a table, to which it is added when it is new."""
    if entry not in table:
        table.append(entry)
    return table.index(entry)


def _path(outer: str, inner: str) -> str:
    return f"{outer}/{inner}" if outer else inner


def _names_read(tree: Node) -> set[str]:
    """What any guard reads of the state of an swv; effects on anything else need not be played."""
    guards = [guard for node in tree.walk() for guard in node.guards()]
    names = [one.bit or one.variable or one.lacks for one in guards]
    before = [BEFORE + one.already for one in guards if one.already]
    return {name for name in names if name} | set(before)


def _partners(scenario: Scenario, swv: Swv) -> dict[str, str]:
    """With whom an swv holds OOGO, each with the gemeente whose people sit at the table: as its plan says, else by law."""
    plan = scenario.plans.get(swv.code)
    known = dict(swv.partners(scenario.period.start))
    return {name: known.get(name, name) for name in plan.gemeenten} if plan and plan.gemeenten else known
