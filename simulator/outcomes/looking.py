"""What a replication looks like from a duty's side: the days of events and the content of plans, seen on chosen days.

A replication leaves the moments at which rows ended. From these follow, for any swv and day, what had happened and what
the plan showed by then; the assessment of the kader does the rest. Nothing here asks CEL or walks a graph.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from simulator.base.days import DAY_SECONDS, NEVER, date_of, day_of
from simulator.kader import law as laws
from simulator.kader.assess import Columns, assess, assess_each, once, planned
from simulator.kader.model import period_days
from simulator.kader.timing import Happening, Truth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.engine.model import Model
    from simulator.engine.tables import Trace
    from simulator.kader.assess import Assessment

Array = np.ndarray


@dataclass(frozen=True)
class Statuses:
    """Statuses of many swv on many days.

    Attributes:
        swv: per column the index of the swv.
        on: per column the day; columns of a day that never comes are left out.
        status: per duty (rows, in the order of the kader) and column a `Status` number.
        passed, known: the own check of each duty, prerequisites left aside.
    """

    swv: Array
    on: Array
    status: Array
    passed: Array
    known: Array


class Looker:
    """What stays the same over all replications of a model: which rows mark what, and the law of each day."""

    def __init__(self, model: Model) -> None:
        self.model = model
        kader = model.scenario.kader
        self.kader = kader
        self.duties = list(kader.obligations)
        self.number = {name: index for index, name in enumerate(self.duties)}
        self.sector = np.array([model.scenario.swv[code].sector for code in model.codes])
        self.changes = np.array([day_of(day) for day in laws.changes(kader.obligations)])
        self.counts = np.array(
            [any(version.counts for version in obligation.versions) for obligation in kader.obligations.values()]
        )

    def varied(self, model: Model) -> Looker:
        """The same for a model that differs in parameters and capacities alone."""
        other = copy(self)
        other.model = model
        return other

    @cached_property
    def marks(self) -> dict[str, tuple[Array, Array, Array]]:
        """Per event: the rows that mark it, and for each its swv and the number of its item."""
        tables = self.model.tables
        found: dict[str, list[tuple[int, int, int]]] = {name: [] for name in self.kader.events}
        for event, row in self.model.unrolled.marks:
            kind = self.kader.events[event].items
            swv = tables.swv[row]
            item = self._flat_items[kind][swv, tables.item[row].partition("/")[0]] if kind else swv
            found[event].append((row, swv, item))
        return {event: _columns_of(rows) for event, rows in found.items()}

    @cached_property
    def mark_rows(self) -> dict[str, Array]:
        """Per event the rows that mark it, each time that it can happen."""
        found: dict[str, list[int]] = {name: [] for name in self.kader.events}
        for event, row in self.model.unrolled.marks:
            found[event].append(row)
        return {event: np.array(rows, dtype=np.int64) for event, rows in found.items()}

    @cached_property
    def _flat_items(self) -> dict[str, dict[tuple[int, str], int]]:
        """Per kind of item a number for each item of each swv, over the whole population."""
        return {
            kind: {
                pair: number for number, pair in enumerate((swv, item) for swv, own in enumerate(items) for item in own)
            }
            for kind, items in self.model.unrolled.items.items()
        }

    @cached_property
    def item_owner(self) -> dict[str, Array]:
        """Per kind of item the swv of each numbered item."""
        return {kind: np.array([swv for swv, _ in flat], dtype=np.int64) for kind, flat in self._flat_items.items()}

    @cached_property
    def item_place(self) -> dict[str, Array]:
        """Per kind of item the place of each numbered item among those of its swv."""
        return {
            kind: np.array([place for own in items for place in range(len(own))], dtype=np.int64)
            for kind, items in self.model.unrolled.items.items()
        }

    @cached_property
    def item_total(self) -> dict[str, Array]:
        """Per kind of item how many each swv has."""
        return {kind: np.array([len(own) for own in items]) for kind, items in self.model.unrolled.items.items()}

    @cached_property
    def periods(self) -> dict[str, Array]:
        """The days on which the period of each swv's plan begins and has ended, by the events that stand for them."""
        scenario = self.model.scenario
        usual = scenario.plan_period
        own = {code: plan.period for code, plan in scenario.plans.items()}
        each = [own.get(code, usual) for code in self.model.codes]
        return {
            name: np.array([day_of(period_days(p.first_school_year, p.school_years)[event.period]) for p in each])
            for name, event in self.kader.events.items()
            if event.period
        }

    @cached_property
    def writes(self) -> dict[str, tuple[Array, Array, Array]]:
        """Per duty: the rows that write its content bit, the swv of each, and whether it copies what was drawn."""
        found: dict[str, list[tuple[int, int, int]]] = {}
        for write in self.model.unrolled.writes:
            swv = self.model.tables.swv[write.row]
            found.setdefault(write.obligation, []).append((write.row, swv, int(write.copies)))
        return {name: _columns_of(rows) for name, rows in found.items()}

    @cached_property
    def hours(self) -> dict[tuple[str, str], Array]:
        """Per actor and parameter the rows that cost it hours."""
        found: dict[tuple[str, str], list[int]] = {}
        for actor, parameter, row in self.model.unrolled.hours:
            found.setdefault((actor, parameter), []).append(row)
        return {key: np.array(rows, dtype=np.int64) for key, rows in found.items()}

    @cached_property
    def _laws(self) -> dict[tuple[int, str], laws.Law]:
        return {}

    def law(self, period: int, sector: str) -> laws.Law:
        """The law of a period between two changes (0: before the first), in a sector."""
        if (period, sector) not in self._laws:
            day = date_of(int(self.changes[max(period - 1, 0)]))
            self._laws[period, sector] = laws.law_on(self.kader.obligations, day, sector)  # type: ignore[arg-type]
        return self._laws[period, sector]

    @cached_property
    def _orders(self) -> dict[tuple[tuple[int, ...], str], list[str] | None]:
        return {}

    def order(self, periods: tuple[int, ...], sector: str) -> list[str] | None:
        """An order of the duties of several laws with prerequisites first under each; None when there is none."""
        key = periods, sector
        if key not in self._orders:
            graph = nx.compose_all([self.law(number, sector).graph for number in periods])
            acyclic = nx.is_directed_acyclic_graph(graph)
            self._orders[key] = list(nx.lexicographical_topological_sort(graph)) if acyclic else None
        return self._orders[key]


def _columns_of(rows: list[tuple[int, int, int]]) -> tuple[Array, Array, Array]:
    table = np.array(rows, dtype=np.int64).reshape(len(rows), 3)
    return table[:, 0], table[:, 1], table[:, 2]


class Seen:
    """One replication, ready to be looked at on any day."""

    def __init__(self, looker: Looker, trace: Trace, attributes: dict[str, Array], content: dict[str, Array]) -> None:
        self.looker = looker
        self.model = looker.model
        self.attributes = attributes
        self.content = content
        self.end = np.array(trace.end, dtype=np.int64)
        told = np.array(trace.told, dtype=np.int64)
        self.end_day = np.where(told >= NEVER, NEVER, self.model.start + told // DAY_SECONDS)

    @cached_property
    def days(self) -> dict[str, Array]:
        """Per event the day on which it first took place, per swv or per numbered item; `NEVER` when not."""
        found = dict(self.looker.periods)
        for name, (rows, _, item) in self.looker.marks.items():
            if name in found:
                continue
            event = self.looker.kader.events[name]
            size = len(self.looker.item_owner[event.items]) if event.items else len(self.model.codes)
            day = np.full(size, NEVER, dtype=np.int64)
            np.minimum.at(day, item, self.end_day[rows])
            if event.history:
                earlier = self.attributes[event.history].astype(np.int64)
                day = np.where(earlier < self.model.start, np.minimum(day, earlier), day)
            found[name] = day
        return found

    def events(self, swv: Array, on: Array) -> dict[str, Happening]:
        """What had happened to each swv by each day."""
        return {name: self._happening(name, swv, on) for name in self.looker.kader.events}

    def _happening(self, name: str, swv: Array, on: Array) -> Happening:
        if name in self.looker.periods:
            return planned(self.looker.periods[name][swv], on)
        known = np.ones(on.shape, dtype=bool)
        kind = self.looker.kader.events[name].items
        if kind is None:
            return once(self.days[name][swv], known, on)
        table, total = self._per_swv(name, kind), self.looker.item_total[kind][swv]
        each = table[:, swv]
        count = (each <= on).sum(axis=0)
        latest = np.where(each >= NEVER + 1, -NEVER, each).max(axis=0, initial=-NEVER)
        complete = (count == total) & (total > 0)
        return Happening(np.where(complete, latest, NEVER), known, count, total, np.zeros_like(count))

    def _per_swv(self, name: str, kind: str) -> Array:
        """The days of an event with items as a table of items (rows) by swv; an empty place is later than `NEVER`."""
        place = self.looker.item_place[kind]
        table = np.full((int(place.max(initial=-1)) + 1, len(self.model.codes)), NEVER + 1, dtype=np.int64)
        table[place, self.looker.item_owner[kind]] = self.days[name]
        return table

    def shown(self, swv: Array, on: Array) -> dict[str, Truth]:
        """What the plan and the organisation of each swv showed by each day."""
        found = {}
        for name in self.looker.kader.content_obligations:
            value = self._held(name, swv, on)
            if name in self.looker.writes:
                value = self._written(name, swv, on, value)
            found[name] = Truth(value == 1, value == 0)
        return found

    def _held(self, name: str, swv: Array, on: Array) -> Array:
        """What each swv has in order as drawn, or as its plan file shows under the law of the day."""
        value = np.array(self.content[name][swv])
        for number, shown in self.model.people.planned[name].items():
            for place in np.flatnonzero(swv == number):
                value[place] = shown.at(max(int(on[place]), self.model.start))
        return value

    def _written(self, name: str, swv: Array, on: Array, held: Array) -> Array:
        """What stands in the plan by the day: as drawn once it is written, in order once it is mended as well."""
        rows, owner, copies = self.looker.writes[name]
        written, mended = (self._first(rows[kind], owner[kind]) for kind in (copies == 1, copies == 0))
        written[np.setdiff1d(np.arange(len(written)), owner[copies == 1])] = -NEVER  # no step writes it: it is there
        good = np.where(mended[swv] <= on, 1, held)
        return np.where(written[swv] <= on, good, 0)

    def _first(self, rows: Array, owner: Array) -> Array:
        """Per swv the day on which the first of some rows ended; `NEVER` when none did."""
        day = np.full(len(self.model.codes), NEVER, dtype=np.int64)
        np.minimum.at(day, owner, self.end_day[rows])
        return day

    def statuses(self, swv: Array, on: Array) -> Statuses:
        """The status of every duty for each swv on each day."""
        comes = on < NEVER
        swv, on = swv[comes], on[comes]
        looker = self.looker
        shape = (len(looker.duties), len(on))
        result = Statuses(swv, on, np.zeros(shape, np.uint8), np.zeros(shape, bool), np.zeros(shape, bool))
        for columns, assessment in self._by_sector(swv, on):
            for name, status in assessment.status.items():
                row = looker.number[name]
                result.status[row, columns] = status
                result.passed[row, columns] = assessment.own[name].true
                result.known[row, columns] = assessment.own[name].true | assessment.own[name].false
        return result

    def _by_sector(self, swv: Array, on: Array) -> Iterator[tuple[Array, Assessment]]:
        """The columns of each sector, assessed under the laws of all their days at once."""
        looker = self.looker
        events, shown = self.events(swv, on), self.shown(swv, on)
        period = np.searchsorted(looker.changes, on, side="right")
        for sector in ("po", "vo"):
            columns = np.flatnonzero(looker.sector[swv] == sector)
            if not len(columns):
                continue
            own = period[columns]
            there = [int(number) for number in np.unique(own)]
            order = looker.order(tuple(there), sector)
            if order is None:  # what rests on what turned round between two days
                yield from self.assessments(swv, on)
                return
            laws = [(looker.law(number, sector), own == number) for number in there]
            yield columns, assess_each(laws, order, _part(on, events, shown, columns))

    def assessments(self, swv: Array, on: Array) -> list[tuple[Array, Assessment]]:
        """The columns that share a law, each group with its assessment."""
        looker = self.looker
        events, shown = self.events(swv, on), self.shown(swv, on)
        period = np.searchsorted(looker.changes, on, side="right")
        found = []
        for number in np.unique(period):
            for sector in ("po", "vo"):
                columns = np.flatnonzero((period == number) & (looker.sector[swv] == sector))
                if len(columns):
                    law = looker.law(int(number), sector)
                    found.append((columns, assess(law, _part(on, events, shown, columns))))
        return found


def _part(on: Array, events: dict[str, Happening], shown: dict[str, Truth], columns: Array) -> Columns:
    """Some of the columns."""
    return Columns(
        on[columns],
        {name: _take(event, columns) for name, event in events.items()},
        {name: Truth(t.true[columns], t.false[columns]) for name, t in shown.items()},
    )


def _take(event: Happening, columns: Array) -> Happening:
    return Happening(*(values[columns] for values in (event.day, event.known, event.count, event.total, event.unknown)))
