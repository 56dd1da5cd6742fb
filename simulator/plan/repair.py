"""The least repair of a plan: the smallest or cheapest set of changes after which every due duty is met.

An integer programme, solved exactly (scipy's milp, HiGHS): a duty is met when one of the smallest sets of changes for its
own check is made and nothing that it rests on holds it back. Ties go to fewer hours, then to the first names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.kader import timing
from simulator.plan import changes as possible
from simulator.plan import checking
from simulator.plan.changes import Change
from simulator.plan.checking import Kind
from simulator.plan.programme import Programme

if TYPE_CHECKING:
    from simulator.plan.changes import Option
    from simulator.plan.checking import Checked

_WRONG = (Kind.SHORTFALL, Kind.UNKNOWN)


@dataclass(frozen=True)
class Repair:
    """What to do.

    Attributes:
        changes: in the order of the law; every one is needed.
        duties: per change the duties that need it.
        impossible: duties that no change can meet any more, such as a date that has passed.
        optimal: whether the solver proved that there is no smaller set.
    """

    changes: list[Change]
    duties: dict[str, list[str]]
    impossible: list[str]
    optimal: bool

    @property
    def hours(self) -> float:
        """What all of it costs."""
        return sum(change.hours for change in self.changes)


def least(checked: Checked, *, cheapest: bool = False) -> Repair:
    """The least repair of a checked plan.

    Args:
        checked: the plan with its findings; what is accepted is left as it is.
        cheapest: fewest hours, and only then fewest changes.
    """
    wrong = [one.obligation for one in checked.own if one.kind in _WRONG]
    ways = {name: possible.options(checked, name) for name in checked.assessment.law.versions}
    reachable = _reachable(checked, ways)
    wanted = [name for name in wrong if name in reachable]
    chosen, optimal = _solve(checked, ways, wanted, cheapest=cheapest)
    order = {name: number for number, name in enumerate(ways)}
    needs = {
        change.id: [name for name in ways if any(change in way and way <= chosen for way in ways[name])]
        for change in chosen
    }
    listed = sorted(chosen, key=lambda change: (order[needs[change.id][0]], _asked(checked, change), change.id))
    return Repair(listed, needs, [name for name in wrong if name not in reachable], optimal)


def _asked(checked: Checked, change: Change) -> int:
    """The place of a question among those about its duty."""
    duty, _, part = change.name.partition(".")
    parts = list(checked.file.kader.parts(duty, checked.plan.sector)) if change.kind == "answer" else []
    return parts.index(part) if part in parts else 0


def apply(checked: Checked, changes: list[Change]) -> Checked:
    """The plan checked again after the changes, on the same day and in the same way."""
    kinds = {name: event.items for name, event in checked.file.kader.events.items()}
    plan = possible.applied(checked.plan, changes, dict(kinds), checked.on)
    file = replace(checked.file, plan=plan)
    return checking.check(file, None if checked.as_filed and "sent" not in plan.events else checked.on)


def _holds_already(checked: Checked, name: str) -> bool:
    """Whether a duty was done, though late: what rests on it can be assessed."""
    late = checked.assessment.law.versions[name].checks.late
    return late is not None and bool(timing.parse(late)(checked.assessment.columns.events).true[0])


def _groups(checked: Checked, name: str) -> list[list[str]]:
    """The groups of prerequisites of a duty that can hold it back now."""
    assessment = checked.assessment
    found = []
    for group in assessment.law.versions[name].requires:
        members = [needed for needed in group.any if needed in assessment.status]
        counts = group.when is None or bool(timing.parse(group.when)(assessment.columns.events).true[0])
        if counts and any(assessment.due[needed][0] for needed in members):
            found.append(members)
    return found


def _reachable(checked: Checked, ways: dict[str, list[Option]]) -> set[str]:
    """Duties that are met, or hold, when everything that can be done is done; prerequisites come first in the law."""
    met, holds = set(), set()
    for name, found in ways.items():
        free = all(any(needed in holds for needed in group) for group in _groups(checked, name))
        if free and found:
            met.add(name)
        if free and (found or _holds_already(checked, name)):
            holds.add(name)
    return met


def _solve(
    checked: Checked, ways: dict[str, list[Option]], wanted: list[str], *, cheapest: bool
) -> tuple[frozenset[Change], bool]:
    changes = sorted({change for name in ways for way in ways[name] for change in way}, key=lambda change: change.id)
    if not wanted or not changes:
        return frozenset(), True
    programme = Programme()
    made = {change: programme.binary() for change in changes}
    own, holds = {}, {}
    for name, found in ways.items():
        own[name], holds[name] = programme.binary(), programme.binary()
        taken = {way: programme.binary() for way in found}
        programme.at_most(own[name], list(taken.values()))
        for way, variable in taken.items():
            for change in way:
                programme.at_most(variable, [made[change]])
        if not _holds_already(checked, name):
            programme.at_most(holds[name], [own[name]])
        for group in _groups(checked, name):
            programme.at_most(holds[name], [holds[needed] for needed in group])
    for name in wanted:
        programme.must(own[name])
        programme.must(holds[name])
    count = np.array([1.0 for _ in changes])
    hours = np.array([change.hours for change in changes])
    picked, optimal = programme.lowest(list(made.values()), [hours, count] if cheapest else [count, hours])
    return frozenset(change for change, there in zip(changes, picked, strict=True) if there), optimal
