"""A scenario made ready to be played: tables, calendars, and the draws of any replication."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import DAY_SECONDS, NEVER, day_of
from simulator.engine import draws as keyed
from simulator.engine.clock import Clock
from simulator.engine.tables import SHARE_BITS, Draws
from simulator.engine.unroll import Use, unroll
from simulator.plan.facts import content_of
from simulator.world import calendar

if TYPE_CHECKING:
    from simulator.engine.tables import PoolRow, Tables
    from simulator.world.scenario import Scenario

Array = np.ndarray

_SECONDS = {"days": DAY_SECONDS, "working_days": DAY_SECONDS, "hours": 3600, "share": 2**SHARE_BITS}
UNKNOWN = 2


class Model:
    """A scenario unrolled over its population.

    Attributes:
        scenario: what is played.
        start: day number of its first day.
        horizon: the moment at which it stops; what would happen then no longer happens.
        tables, pools, clock: what the interpreters need.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.start = day_of(scenario.period.start)
        self.stop = day_of(scenario.period.until)
        self.horizon = (self.stop - self.start) * DAY_SECONDS
        self.unrolled = unroll(scenario)
        self.tables: Tables = self.unrolled.tables
        self.pools: list[PoolRow] = self.unrolled.pools
        calendars = [
            calendar.build(kind, region, self.start, self.stop, carry_on=scenario.carry_on)
            for kind, region in self.unrolled.calendars
        ]
        self.clock = Clock(calendars, self.unrolled.terms, self.start, self.stop)
        self.codes = self.unrolled.codes
        self.owner = np.array(self.tables.swv)
        self.names: object | None = None  # of events, kept here by who writes them

    def varied(self, scenario: Scenario) -> Model:
        """This model with the parameters and capacities of a scenario that differs in nothing else; the tables stay."""
        other = copy(self)
        other.scenario = scenario
        other.names = None
        other.pools = [replace(pool, capacity=scenario.pools[pool.family].capacity) for pool in self.pools]
        return other

    def attributes(self, replication: int) -> dict[str, Array]:
        """Attributes of the swv in a replication: given where given, else drawn. Dates are day numbers."""
        found: dict[str, Array] = {}
        for name, attribute in self.scenario.kader.file.attributes.items():
            whole = keyed.whole(self._attribute_keys[name], self.scenario.seed, replication)
            parameter = self.scenario.parameters[attribute.parameter]
            values = parameter.values(keyed.fraction(whole), found)
            if attribute.kind == "bit":
                values = (whole < keyed.threshold(values)).astype(float)
            elif attribute.kind == "number":
                values = np.round(values, attribute.decimals)
            given, mask = self._given[name]
            values = np.where(mask, given, values)
            if attribute.only_if:
                values = np.where(found[attribute.only_if] > 0, values, float(NEVER))
            found[name] = values
        return found

    @cached_property
    def _attribute_keys(self) -> dict[str, Array]:
        return {
            name: _keys([("population", code, "", "", name) for code in self.codes])
            for name in self.scenario.kader.file.attributes
        }

    @cached_property
    def _given(self) -> dict[str, tuple[Array, Array]]:
        """Per attribute the values that are given or known, and for which swv."""
        people = [self.scenario.swv[code] for code in self.codes]
        return {
            name: (
                np.array([swv.given[name].value if name in swv.given else 0.0 for swv in people]),
                np.array([name in swv.given for swv in people], dtype=bool),
            )
            for name in self.scenario.kader.file.attributes
        }

    @cached_property
    def _content_keys(self) -> dict[str, Array]:
        names = self.scenario.kader.content_obligations
        return {name: _keys([("content", code, "", "", name) for code in self.codes]) for name in names}

    @cached_property
    def _from_plans(self) -> dict[str, Array]:
        """Per duty what plan files say of each swv: 0, 1, `UNKNOWN`, or -1 where there is no plan file."""
        found = {name: np.full(len(self.codes), -1) for name in self.scenario.kader.content_obligations}
        for number, code in enumerate(self.codes):
            if plan := self.scenario.plans.get(code):
                shown = content_of(plan, self.scenario.kader, self.scenario.period.until)
                for name, value in shown.items():
                    found[name][number] = UNKNOWN if value is None else int(value)
        return found

    def content(self, replication: int, attributes: dict[str, Array]) -> dict[str, Array]:
        """Per duty checked on content what each swv has in order: 0, 1 or (plan files) `UNKNOWN`."""
        parameters = self.scenario.parameters
        found = {}
        for name, keys in self._content_keys.items():
            parameter = parameters.get(f"content.{name}", parameters["content"])
            whole = keyed.whole(keys, self.scenario.seed, replication)
            chance = parameter.values(keyed.fraction(whole), attributes)
            drawn = (whole < keyed.threshold(chance)).astype(np.int64)
            found[name] = np.where(self._from_plans[name] >= 0, self._from_plans[name], drawn)
        return found

    @cached_property
    def _uses(self) -> dict[tuple[str, str], tuple[Array, Array]]:
        """Per (parameter, purpose) the rows that draw from it and the keys of their draws."""
        tables = self.tables
        groups: dict[tuple[str, str], list[Use]] = {}
        for use in self.unrolled.uses:
            groups.setdefault((use.parameter, use.purpose), []).append(use)
        return {
            group: (
                np.array([use.row for use in uses]),
                _keys([self._names(tables, use) for use in uses]),
            )
            for group, uses in groups.items()
        }

    def _names(self, tables: Tables, use: Use) -> tuple[str, str, str, str, str]:
        row = use.row
        purpose = f"outcome:{use.parameter}" if use.purpose == "outcome" else use.purpose
        return tables.node[row], self.codes[tables.swv[row]], tables.item[row], tables.visit[row], purpose

    def draw(self, replication: int) -> tuple[Draws, dict[str, Array]]:
        """All draws of a replication, and the attributes of the swv that they rest on."""
        attributes = self.attributes(replication)
        rows = len(self.tables)
        amount, otherwise = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
        passes: dict[tuple[int, str], bool] = {}
        for (name, purpose), (where, keys) in self._uses.items():
            parameter = self.scenario.parameters[name]
            whole = keyed.whole(keys, self.scenario.seed, replication)
            own = {attribute: attributes[attribute][self.owner[where]] for attribute in parameter.factors}
            values = parameter.values(keyed.fraction(whole), own)
            if purpose == "outcome":
                passed = (whole < keyed.threshold(values)).tolist()
                passes.update(zip(((row, name) for row in where.tolist()), passed, strict=True))
            else:
                target = amount if purpose == "duration" else otherwise
                seconds = np.minimum(values * _SECONDS[parameter.unit], NEVER)
                target[where] = np.rint(seconds).astype(np.int64)
        bits = {name: attributes[name].tolist() for name in sorted(self.unrolled.read & attributes.keys())}
        state = [{name: int(values[number]) for name, values in bits.items()} for number in range(len(self.codes))]
        return Draws(amount.tolist(), otherwise.tolist(), self._moments(attributes), passes, state), attributes

    def _moments(self, attributes: dict[str, Array]) -> list[int]:
        """Per row the moment that it waits for, or at which its join opens."""
        moments = np.full(len(self.tables), NEVER, dtype=np.int64)
        for row, moment in self.unrolled.fixed:
            moments[row] = moment
        for row, name in self.unrolled.waits:
            day = int(attributes[name][self.owner[row]])
            moments[row] = NEVER if day >= NEVER else max(0, (day - self.start) * DAY_SECONDS)
        return list(map(int, moments.tolist()))


def _keys(names: list[tuple[str, str, str, str, str]]) -> Array:
    return np.array([keyed.key(*name) for name in names], dtype=np.uint64)
