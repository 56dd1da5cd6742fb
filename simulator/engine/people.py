"""What the swv of a model are like in a replication: their attributes, and what their plans hold."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import NEVER, day_of
from simulator.engine import draws as keyed
from simulator.engine.tables import Track
from simulator.plan.facts import content_over
from simulator.world import derived

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.world.scenario import Scenario

Array = np.ndarray
UNKNOWN = 2


class People:
    """The swv of a scenario, by code; with another scenario of the same swv only the values differ, not the luck."""

    def __init__(self, scenario: Scenario, codes: list[str]) -> None:
        self.scenario = scenario
        self.codes = codes
        self.rules = derived.Rules(scenario)

    def varied(self, scenario: Scenario) -> People:
        """The same swv with the values of another scenario."""
        other = copy(self)
        other.scenario, other.rules = scenario, derived.Rules(scenario)
        return other

    def attributes(self, replication: int) -> dict[str, Array]:
        """Attributes of the swv: given where given, else drawn or worked out from those before. Dates are day numbers."""
        found: dict[str, Array] = {}
        rest = derived.Derived(self.rules, found)
        for name, attribute in self.scenario.kader.file.attributes.items():
            values = self._drawn(name, replication, found) if attribute.parameter else rest.values(attribute)
            if attribute.kind == "number":
                values = np.round(values, attribute.decimals)
            given, mask = self._given[name]
            values = np.where(mask, given, values)
            if attribute.only_if:
                values = np.where(found[attribute.only_if] > 0, values, float(NEVER))
            found[name] = values
        return found

    def _drawn(self, name: str, replication: int, known: Mapping[str, Array]) -> Array:
        attribute = self.scenario.kader.file.attributes[name]
        whole = keyed.whole(self._attribute_keys[name], self.scenario.seed, replication)
        values = self.scenario.parameters[str(attribute.parameter)].values(keyed.fraction(whole), dict(known))
        return (whole < keyed.threshold(values)).astype(float) if attribute.kind == "bit" else values

    @cached_property
    def _attribute_keys(self) -> dict[str, Array]:
        return {
            name: keyed.keys([("population", code, "", "", name) for code in self.codes])
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
        return {name: keyed.keys([("content", code, "", "", name) for code in self.codes]) for name in names}

    @cached_property
    def planned(self) -> dict[str, dict[int, Track]]:
        """Per duty what the plan files show of their swv (by number): 0, 1 or `UNKNOWN` from each day number on."""
        found: dict[str, dict[int, Track]] = {name: {} for name in self.scenario.kader.content_obligations}
        period = self.scenario.period
        for number, code in enumerate(self.codes):
            if plan := self.scenario.plans.get(code):
                for name, spans in content_over(plan, self.scenario.kader, period.start, period.until).items():
                    values = [UNKNOWN if value is None else int(value) for _, value in spans]
                    found[name][number] = Track([day_of(day) for day, _ in spans], values)
        return found

    def content(self, replication: int, attributes: dict[str, Array]) -> dict[str, Array]:
        """Per duty checked on content what each swv has in order at the start: 0, 1 or (plan files) `UNKNOWN`."""
        parameters = self.scenario.parameters
        found = {}
        for name, keys in self._content_keys.items():
            parameter = parameters.get(f"content.{name}", parameters["content"])
            whole = keyed.whole(keys, self.scenario.seed, replication)
            chance = parameter.values(keyed.fraction(whole), attributes)
            found[name] = (whole < keyed.threshold(chance)).astype(np.int64)
            for number, shown in self.planned[name].items():
                found[name][number] = shown.values[0]
        return found
