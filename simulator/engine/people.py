"""What the swv of a model are like in a replication: their attributes, and what their plans hold."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import NEVER
from simulator.engine import draws as keyed
from simulator.plan.facts import content_of
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
