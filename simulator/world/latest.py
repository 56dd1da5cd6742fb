"""Latest dates: working back from the day on which the plan must be sent, the last day on which each step can start.

The steps and their order are those of the werkwijze; how long each takes is the middle value (median) of its duration,
and a term is used to its last day. One pass goes back from the end, one goes forward from today; the days between the
two are the slack. A setback (such as a refusal by the OPR) is left out, or played once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.base.days import NEVER, date_of, day_of
from simulator.kader import timing
from simulator.world.durations import Durations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.kader.werkwijze import Node, Step
    from simulator.plan.checking import Checked
    from simulator.world.population import Swv

TARGET = "sent"


@dataclass(frozen=True)
class Row:
    """One step that is still to be done, with days as day numbers.

    Attributes:
        start, end: the last day on which it can start, and must then end.
        soonest: the first day on which it can start.
        items: for whom it is still to be done, when for several.
    """

    node: str
    step: Step
    start: int
    end: int
    soonest: int
    items: tuple[str, ...]

    @property
    def slack(self) -> int:
        """Days left over; below zero it is too late."""
        return self.start - self.soonest


class Planner:
    """The steps of one plan, from today to the day of sending."""

    def __init__(self, checked: Checked, swv: Swv, today: date, *, setback: bool) -> None:
        self.checked = checked
        self.kader = checked.file.kader
        self.plan = checked.plan
        self.today = day_of(today)
        self.setback = setback
        self.durations = Durations(self.kader, self.plan, swv, self.today)
        self.avoided = {name for name, event in self.kader.events.items() if event.setback}
        self.caps = _caps(checked)
        self.found: dict[str, Row] = {}
        self.track = _track(self.kader.file.werkwijze)

    def rows(self, deadline: int) -> list[Row]:
        """Every step that is left, in the order in which they can start at the latest.

        Args:
            deadline: the last day to send the plan, as a day number.
        """
        self._back(self.track, deadline, ())
        self._forward(self.track, self.today)
        return sorted(self.found.values(), key=lambda row: (row.start, row.end, row.node))

    def _ways(self, node: Node) -> list[Node]:
        """The parts of a node that are played: without setbacks, or with one that leads back to where it was."""
        if not node.choice:
            return node.children()
        options = [option.then for option in node.choice]
        came = [one for one in options if one is not None and _marks(one) and self._happened(_first_mark(one))]
        if came:
            return came[:1]
        marked = [one for one in options if one is not None and _marks(one)]
        bad = [one for one in marked if _first_mark(one) in self.avoided]
        good = [one for one in marked if one not in bad]
        way_back = [one for one in bad if not _hopeless(one, self.avoided)]
        chosen = way_back[:1] if self.setback else good[:1]
        return chosen or good[:1]

    def _left(self, node: Node) -> tuple[str, ...]:
        """The items of a `for_each` for which its work is still to be done."""
        over = node.for_each.over if node.for_each else "elements"
        if over == "elements":
            names = self.kader.file.elements[self.plan.sector]
            own = self.checked.assessment.own
            return tuple(name for name in names if name in own and not own[name].true[0])
        events = [self.plan.known_events.get(name) for name in _marks(node)]
        done = [value if isinstance(value, dict) else {} for value in events]
        return tuple(item for item in self.plan.items(over) if not all(isinstance(one.get(item), date) for one in done))

    def _done(self, node: Node) -> bool:
        """Whether everything that a node leaves behind is there already."""
        if node.for_each:
            return not self._left(node)
        marks = [name for name in _marks(node) if name not in self.avoided or self._happened(name)]
        happened = [
            isinstance(self.plan.known_events.get(name), date) for name in marks if name in _own_marks(self._ways, node)
        ]
        return bool(happened) and all(happened)

    def _happened(self, event: str) -> bool:
        """Whether an event took place, for at least one item."""
        value = self.plan.known_events.get(event)
        return any(isinstance(day, date) for day in (value.values() if isinstance(value, dict) else [value]))

    def _sequence(self, node: Node) -> list[Node]:
        """The parts of a sequence up to the sending of the plan; what comes before a part that is done or has begun is
        done too.
        """
        parts = list(node.sequence or ())
        ends = [number for number, part in enumerate(parts) if TARGET in _marks(part)]
        parts = parts[: ends[0] + 1] if ends else parts
        done = [number for number, part in enumerate(parts) if self._done(part)]
        begun = [number for number, part in enumerate(parts) if any(map(self._happened, _marks(part)))]
        return parts[max([0, *(number + 1 for number in done), *begun]) :]

    def _back(self, node: Node, end: int, items: tuple[str, ...]) -> int:
        """The last day on which a node can start to end by a day."""
        if self._done(node):
            return end
        if node.step:
            if node.step.sector not in (None, self.plan.sector):
                return end
            start, end = self.durations.start(
                node.step, min([end, *(self.caps.get(mark, end) for mark in node.step.marks)])
            )
            if node.step.time or node.step.marks:
                self.found[node.id] = Row(node.id, node.step, start, end, start, items)
            return start
        if node.sequence:
            for part in reversed(self._sequence(node)):
                end = self._back(part, end, items)
            return end
        inner = self._left(node) if node.for_each else items
        return min((self._back(part, end, inner) for part in self._ways(node)), default=end)

    def _forward(self, node: Node, start: int) -> int:
        """The first day on which a node can have ended when it starts on a day."""
        if self._done(node):
            return start
        if node.step:
            if node.id in self.found:
                self.found[node.id] = replace(self.found[node.id], soonest=start)
            return self.durations.end(node.step, start)
        if node.sequence:
            for part in self._sequence(node):
                start = self._forward(part, start)
            return start
        return max((self._forward(part, start) for part in self._ways(node)), default=start)


def _caps(checked: Checked) -> dict[str, int]:
    """Last days that a duty in law sets to an event itself, such as the day by which the OPR is to be there."""
    assessment = checked.assessment
    found: dict[str, int] = {}
    for version in assessment.law.versions.values():
        rule = version.due.then or version.due  # a term that runs from what happened, whether or not it is a duty yet
        last = int(np.broadcast_to(rule.last_day(assessment.columns.events), (1,))[0])
        if version.checks.late and abs(last) < NEVER:
            for event, _ in timing.parse(version.checks.late).names():
                found[event] = min(last, found.get(event, last))
    return found


def _hopeless(node: Node, avoided: set[str]) -> bool:
    """Whether a way that begins with a setback cannot lead to anything else."""
    return all(name in avoided for name in _marks(node))


def _marks(node: Node) -> list[str]:
    return [mark for one in node.walk() if one.step for mark in one.step.marks]


def _first_mark(node: Node) -> str:
    return _marks(node)[0]


def _own_marks(ways: Any, node: Node) -> set[str]:
    """Marks of the parts of a node that are played."""
    if node.step:
        return set(node.step.marks)
    parts: Iterable[Node] = node.sequence or ways(node)
    return {mark for part in parts for mark in _own_marks(ways, part)}


def _track(node: Node) -> Node:
    """The branch of the werkwijze that ends with the sending of the plan."""
    while node.parallel:
        node = next(branch for branch in node.parallel.branches if TARGET in _marks(branch))
    return node


def deadline(checked: Checked) -> int:
    """The last day on which the plan can be sent in time: the day before 1 May of its first school year."""
    return day_of(date(checked.plan.period.first_school_year, 4, 30))


def planned(checked: Checked, swv: Swv, today: date, *, setback: bool) -> list[Row]:
    """The steps that are left for a plan, with their latest dates.

    Args:
        checked: the plan as it was checked; what it says has happened is done.
        swv: whose plan it is, for the school holidays and the figures that are known.
        today: the day from which slack is counted.
        setback: whether the first setback that the werkwijze knows is played once.
    """
    return Planner(checked, swv, today, setback=setback).rows(deadline(checked))


def day(number: int) -> date:
    """The date of a day number of a row."""
    return date_of(int(np.int64(number)))
