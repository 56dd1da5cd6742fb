"""The least repair of a plan: the smallest or cheapest set of changes after which every due duty is met, or after which the
whole gets a chosen judgement. Exact: an integer programme. Ties go to fewer hours, then to the first names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.plan import changes as possible
from simulator.plan import checking
from simulator.plan.checking import Kind
from simulator.plan.mending import Mending, groups, holds_already

if TYPE_CHECKING:
    from simulator.plan.changes import Change, Option
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
        reached: whether the chosen judgement can be reached; None when none was chosen.
    """

    changes: list[Change]
    duties: dict[str, list[str]]
    impossible: list[str]
    optimal: bool
    reached: bool | None = None

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
    ways = ways_of(checked)
    reachable = _reachable(checked, ways)
    mending = Mending(checked, ways)
    wanted = [name for name in wrong if name in reachable]
    for name in wanted:
        mending.programme.must(mending.met[name])
    chosen, optimal = mending.lowest(cheapest=cheapest) if wanted and mending.made else (frozenset(), True)
    impossible = [name for name in wrong if name not in reachable]
    return listed(checked, ways, chosen, impossible=impossible, optimal=optimal)


def ways_of(checked: Checked) -> dict[str, list[Option]]:
    """Per duty, prerequisites first, the smallest sets of changes that make its own check pass."""
    return {name: possible.options(checked, name) for name in checked.assessment.law.versions}


def listed(
    checked: Checked, ways: dict[str, list[Option]], chosen: frozenset[Change], *,
    impossible: list[str], optimal: bool, reached: bool | None = None,
) -> Repair:  # fmt: skip
    """The changes in the order of the law, with the duties that need each."""
    order = {name: number for number, name in enumerate(ways)}
    needs = {
        change: [name for name in ways if any(change in way and way <= chosen for way in ways[name])]
        for change in chosen
    }
    in_order = sorted(chosen, key=lambda change: (order[needs[change][0]], _asked(checked, change), change.id))
    return Repair(in_order, {change.id: needs[change] for change in in_order}, impossible, optimal, reached)


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
    return checking.check(file, None if checked.as_filed and plan.known_events.get("sent") is None else checked.on)


def _reachable(checked: Checked, ways: dict[str, list[Option]]) -> set[str]:
    """Duties that are met, or hold, when everything that can be done is done; prerequisites come first in the law."""
    met, holds = set(), set()
    for name, found in ways.items():
        free = all(any(needed in holds for needed in group) for group in groups(checked, name))
        if free and found:
            met.add(name)
        if free and (found or holds_already(checked, name)):
            holds.add(name)
    return met
