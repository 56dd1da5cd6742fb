"""Which changes meet which duties, as an integer programme (scipy's milp, HiGHS).

A duty is met when one of the smallest sets of changes for its own check is made and nothing that it rests on holds it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.kader import timing
from simulator.plan.programme import Programme

if TYPE_CHECKING:
    from simulator.plan.changes import Change, Option
    from simulator.plan.checking import Checked


class Mending:
    """The programme of one checked plan.

    Attributes:
        programme: variables and bounds.
        made: the variable of each change.
        own, met: the variables of each duty: that its own check passes, and that it is met; yes only when so.
    """

    def __init__(self, checked: Checked, ways: dict[str, list[Option]]) -> None:
        changes = {change for name in ways for way in ways[name] for change in way}
        self.programme = Programme()
        self.made = {change: self.programme.binary() for change in sorted(changes, key=lambda change: change.id)}
        self.own: dict[str, int] = {}
        self.met: dict[str, int] = {}
        holds: dict[str, int] = {}
        for name, found in ways.items():
            own, free = self.programme.binary(), self.programme.binary()
            self.own[name] = own
            holds[name], self.met[name] = self.programme.binary(), self.programme.binary()
            self._passes(own, found)
            for group in groups(checked, name):
                self.programme.at_most(free, [holds[needed] for needed in group])
            self.programme.at_most(holds[name], [free])
            if not holds_already(checked, name):
                self.programme.at_most(holds[name], [own])
            self.programme.at_most(self.met[name], [own])
            self.programme.at_most(self.met[name], [free])

    def _passes(self, own: int, ways: list[Option]) -> None:
        taken = {way: self.programme.binary() for way in ways}
        self.programme.at_most(own, list(taken.values()))
        for way, variable in taken.items():
            for change in way:
                self.programme.at_most(variable, [self.made[change]])

    def lowest(self, *, cheapest: bool) -> tuple[frozenset[Change], bool]:
        """The fewest changes (or hours), ties to fewer hours (or changes), then to the first ids; and whether proved.

        Raises:
            ValueError: there is no solution.
        """
        count = np.ones(len(self.made))
        hours = np.array([change.hours for change in self.made])
        measures = [hours, count] if cheapest else [count, hours]
        picked, optimal = self.programme.copy().lowest(list(self.made.values()), measures)
        return frozenset(change for change, there in zip(self.made, picked, strict=True) if there), optimal

    def exclude(self, chosen: frozenset[Change]) -> None:
        """Leave out exactly these changes as a solution."""
        weights = {variable: 1.0 if change in chosen else -1.0 for change, variable in self.made.items()}
        self.programme.limit(weights, len(chosen) - 1)


def holds_already(checked: Checked, name: str) -> bool:
    """Whether a duty was done, though late: what rests on it can be assessed."""
    late = checked.assessment.law.versions[name].checks.late
    return late is not None and bool(timing.parse(late)(checked.assessment.columns.events).true[0])


def groups(checked: Checked, name: str) -> list[list[str]]:
    """The groups of prerequisites of a duty that can hold it back now."""
    assessment = checked.assessment
    found = []
    for group in assessment.law.versions[name].requires:
        members = [needed for needed in group.any if needed in assessment.status]
        counts = group.when is None or bool(timing.parse(group.when)(assessment.columns.events).true[0])
        if counts and any(assessment.due[needed][0] for needed in members):
            found.append(members)
    return found
