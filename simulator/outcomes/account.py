"""Why a figure of the bekostiging differs between two scenarios: each shock is laid by itself, and its money told.

Such a figure follows from pupils and amounts alone, never from how the steps of the plan go. From the first scenario to the
second the shocks that only one of them has are taken away and laid one by one; the rest that they set otherwise (drawn
numbers, plans) comes last. What each adds depends on that order where shocks work on the same pupils, and the parts add up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simulator.engine.people import People
from simulator.outcomes.replication import Parts
from simulator.world import bekostiging, differences
from simulator.world.bekostiging import later

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.world.bekostiging import MoneyTable
    from simulator.world.scenario import Scenario

Array = np.ndarray
REST = "money"
"""Stands for all that is set otherwise besides shocks."""


@dataclass(frozen=True)
class Stage:
    """A scenario on the way from the first to the second.

    Attributes:
        name: what it has otherwise than the one before it, as a comparison of inputs calls it; `REST` for the last.
    """

    name: str
    scenario: Scenario


@dataclass(frozen=True)
class Step:
    """What one thing that is set otherwise does to the money of one swv.

    Attributes:
        before, after: the figure; NaN where there is nothing to measure.
        causes: pupils and (v)so pupils on the last teldatum, and the yearly correction C at its full height in cents,
            before and after; those that change.
        lines: of the money table, cents over all school years, before and after; the largest change first.
    """

    name: str
    before: float
    after: float
    causes: dict[str, tuple[int, int]]
    lines: dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Book:
    """The money of all swv in a replication: the figure (n,), and what it rests on (none after 2020)."""

    figure: Parts
    value: Array
    people: bekostiging.People | None
    table: MoneyTable | None

    def causes(self, swv: int) -> dict[str, int]:
        """What the lines of an swv rest on."""
        if self.people is None or self.table is None:
            return {}
        return {
            "pupils": int(self.people.pupils[swv, -1]),
            "special": int(self.people.special[swv, -1].sum()),
            "correction": int(self.table.correction[:, swv].sum() + self.people.shift[swv, -1]),
        }

    def lines(self, swv: int) -> dict[str, int]:
        """The lines of an swv over all school years."""
        if self.table is None:
            return {}
        return {name: int(self.table.line(name)[swv].sum()) for name in self.table.names}


class Account:
    """The money of two scenarios that share their luck, and of those between them.

    Args:
        attribute: the attribute with the figure.
    """

    def __init__(self, left: Scenario, right: Scenario, attribute: str) -> None:
        self.attribute = attribute
        self.stages = list(_stages(left, right))
        self.codes = list(left.swv)

    @cached_property
    def _people(self) -> list[People]:
        first = People(self.stages[0].scenario, self.codes)
        return [first, *(first.varied(stage.scenario) for stage in self.stages[1:])]

    def books(self, number: int) -> list[Book]:
        """The money of a replication in each stage."""
        return [self._book(people, number) for people in self._people]

    def _book(self, people: People, number: int) -> Book:
        known = people.attributes(number)
        value = known[self.attribute]
        there = ~np.isnan(value)
        figure = Parts.mean(np.where(there, value, 0.0), there.astype(float))
        if later.tells(people.scenario.kader):
            return Book(figure, value, None, None)
        rules = people.rules
        pupils = bekostiging.drawn_people(rules.swv, known, rules.amounts, rules.changes, people.scenario.plans)
        return Book(figure, value, pupils, bekostiging.project(pupils, rules.amounts))

    def steps(self, books: list[Book], swv: int) -> list[Step]:
        """What each stage does to the money of an swv; stages that do nothing are left out."""
        found = []
        for stage, one, other in zip(self.stages[1:], books, books[1:], strict=False):
            causes = _changes(one.causes(swv), other.causes(swv))
            lines = _changes(one.lines(swv), other.lines(swv))
            figures = float(one.value[swv]), float(other.value[swv])
            if lines or not np.array_equal(figures[:1], figures[1:], equal_nan=True):
                found.append(Step(stage.name, *figures, causes, lines))
        return found


def _stages(left: Scenario, right: Scenario) -> Iterator[Stage]:
    """From the first scenario to the second: shocks on the money away, then shocks laid, then all the rest."""
    of_kader = [scenario.kader.file.shocks for scenario in (left, right)]
    names = [{differences.shock_name(one) for one in scenario.shocks} for scenario in (left, right)]
    kinds = of_kader[0] | of_kader[1]
    now = replace(left, groups={**right.groups, **left.groups})
    yield Stage("", left)
    for shock in left.shocks:
        name = differences.shock_name(shock)
        if kinds[shock.kind].money and name not in names[1]:
            now = replace(now, shocks=tuple(one for one in now.shocks if one is not shock))
            yield Stage(name, now)
    for shock in right.shocks:
        name = differences.shock_name(shock)
        if kinds[shock.kind].money and name not in names[0] and shock.kind in left.kader.file.shocks:
            now = replace(now, shocks=(*now.shocks, shock))
            yield Stage(name, now)
    yield Stage(REST, right)


def _changes(one: dict[str, int], other: dict[str, int]) -> dict[str, tuple[int, int]]:
    """What changes, the largest change first."""
    found = {name: (one.get(name, 0), other.get(name, 0)) for name in one | other}
    changed = [(name, pair) for name, pair in found.items() if pair[0] != pair[1]]
    return dict(sorted(changed, key=lambda item: (-abs(item[1][1] - item[1][0]), item[0])))
