"""Attributes that are worked out from others: days left over by rule of thumb, what help is expected to do, and money."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import day_of
from simulator.world import bekostiging, outlook
from simulator.world.bekostiging import drawing, later
from simulator.world.shockparts import BEKOSTIGING

if TYPE_CHECKING:
    from simulator.kader.attributes import Attribute, MoneyFigure, Rescue
    from simulator.world.bekostiging import Amounts, Change
    from simulator.world.scenario import Scenario

Array = np.ndarray
_MIDDLE = 0.5
_PER = 1000.0


class Rules:
    """What stays the same over all replications of a scenario: amounts, and what comes over whom."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.swv = list(scenario.swv.values())

    @cached_property
    def amounts(self) -> Amounts:
        """The amounts of the bekostiging, as far as its parameters set them otherwise."""
        return bekostiging.of_parameters(self.scenario.parameters)

    @cached_property
    def changes(self) -> list[Change]:
        """The changes in the world of the bekostiging."""
        return drawing.laid(self.scenario)

    @cached_property
    def _later(self) -> bool:
        return later.tells(self.scenario.kader)

    def money(self, known: dict[str, Array]) -> dict[str, Array]:
        """The figures of the bekostiging of each swv; all of them nothing where that part is left out."""
        if BEKOSTIGING in self.scenario.parts_off:
            return {}
        if self._later:
            return later.drawn(
                self.swv,
                known,
                later.years_of(self.scenario.plan_period),
                self.amounts,
                self.scenario.plans,
                self.changes,
            ).indicators()
        people = bekostiging.drawn_people(self.swv, known, self.amounts, self.changes, self.scenario.plans)
        return bekostiging.indicators(bekostiging.project(people, self.amounts))


class Derived:
    """The derived attributes of a replication, of all swv in the order of their codes.

    Args:
        rules: of the scenario.
        known: the attributes that come before; grows while those that follow are worked out.
    """

    def __init__(self, rules: Rules, known: dict[str, Array]) -> None:
        self.rules, self.known = rules, known
        self.scenario = rules.scenario

    def values(self, attribute: Attribute) -> Array:
        """The values of an attribute that is not drawn."""
        if attribute.outlook:
            until = day_of(attribute.outlook.before) - day_of(self.scenario.period.start)
            return until - outlook.days(self.scenario, self.known, attribute.outlook.of)
        if attribute.rescue:
            return self._rescued(attribute.rescue)
        if attribute.money:
            return self._money(attribute.money)
        raise TypeError(attribute)

    @cached_property
    def figures(self) -> dict[str, Array]:
        """The figures of the bekostiging, worked out when the first of them is asked for."""
        return self.rules.money(self.known)

    def _money(self, asked: MoneyFigure) -> Array:
        values = self.figures.get(asked.figure, np.full(len(self.rules.swv), np.nan))
        if asked.below is not None:
            return (values < asked.below).astype(float)
        if asked.above is not None:
            return (values > asked.above).astype(float)
        return values

    def _rescued(self, rescue: Rescue) -> Array:
        """The rise in the chance of being in time per 1,000 hours of help; the days left over are normal around `slack`."""
        middle = np.full(len(self.rules.swv), _MIDDLE)
        spread, saves = (
            self.scenario.parameters[name].values(middle, self.known) for name in (rescue.spread, rescue.saves)
        )
        slack = self.known[rescue.slack]
        gain = outlook.normal((slack + saves) / spread) - outlook.normal(slack / spread)
        return np.asarray(gain / np.maximum(self.known[rescue.hours], 1.0) * _PER)
