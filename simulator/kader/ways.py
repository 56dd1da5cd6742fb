"""Every way through a werkwijze: when each step can come at the earliest, and what was surely done before it, how long ago.

Times are days as intervals: the least and the most that steps take, without waiting for people. Working days count as
calendar days for the least, and as one and a half of them with a summer for the most: bounds, not estimates.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from simulator.base.days import NEVER, date_of
from simulator.kader.names import LASTING, OF_DUTIES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from simulator.base.fields import Sector
    from simulator.kader.attributes import Attribute
    from simulator.kader.names import Act
    from simulator.kader.parameters import Parameter
    from simulator.kader.standards import Orders
    from simulator.kader.werkwijze import Guard, Node, Step, StepTime

Days = tuple[float, float]

_TERM = {"days": 1.0, "weeks": 7.0, "months": 31.0}
_YEAR = 366.0
_SUMMER = 60.0
_LONG_WEEKEND = 5.0
"""Days until the next working day, at the most: after Christmas, or from Good Friday on."""
_END = date(9999, 1, 1)


@dataclass(frozen=True)
class State:
    """Where a way has come: the days between which it is now, and per act how many days ago it was done."""

    earliest: date
    latest: date
    done: Mapping[Act, Days] = field(default_factory=dict)

    def later(self, took: Days) -> State:
        """The same, some days later."""
        done = {act: (since[0] + took[0], since[1] + took[1]) for act, since in self.done.items()}
        return State(_plus(self.earliest, took[0]), _plus(self.latest, took[1]), done)


@dataclass(frozen=True)
class Visit:
    """A step as it is come to on one way.

    Attributes:
        earliest, latest: the days between which it begins.
        done: per act that was surely done before, how many days before the step begins.
        took: how long the step takes.
        per_duty: it is done for each of a list of duties.
    """

    node: str
    step: Step
    earliest: date
    latest: date
    done: Mapping[Act, Days]
    took: Days
    per_duty: bool

    def until(self, day: date) -> Visit:
        """The same, as far as it comes by a day."""
        return replace(self, latest=min(self.latest, day))

    def since(self, before: Act, act: Act) -> Days | None:
        """How many days lie between an act that was done before and an act of this step; None when it was not."""
        if before in self.step.act and act != before:
            return (0.0, 0.0)
        since = self.done.get(before)
        own = (0.0, 0.0) if act in LASTING else self.took
        return None if since is None else (since[0] + own[0], since[1] + own[1])


class Ways:
    """Follows the ways of an swv of one sector through a tree."""

    def __init__(
        self, attributes: Mapping[str, Attribute], parameters: Mapping[str, Parameter],
        opens: Mapping[Act, list[Act]], sector: Sector, without: Collection[str] = (), orders: Orders | None = None,
    ) -> None:  # fmt: skip
        self.attributes, self.parameters, self.opens = attributes, parameters, opens
        self.sector, self.without = sector, without
        months = [row.months for row in orders.terms] if orders else [0]
        self._order = min(months) * 28.0, max(months) * _TERM["months"]
        self._visits: list[Visit] = []

    def visits(self, tree: Node, start: date) -> list[Visit]:
        """Every step of a tree as it is come to, from a day on."""
        self._visits = []
        self._walk(tree, State(start, start), per_duty=False)
        return self._visits

    def _walk(self, node: Node, state: State, *, per_duty: bool) -> State:
        """The state after a node."""
        if node.part in self.without:
            return state
        if node.step is not None and node.step.sector not in (None, self.sector):
            return state
        if node.step is not None:
            return self._step(node.id, node.step, state, per_duty=per_duty)
        if node.choice is not None:
            return _either(list(self._options(node, state, per_duty=per_duty)))
        if node.loop is not None:
            once = self._walk(node.loop.body, state, per_duty=per_duty)
            rounds = node.loop.max - 1
            longest = (once.latest - state.latest).days * rounds if once.latest < _END else math.inf
            return replace(once, latest=_plus(once.latest, longest), done={
                act: (since[0], since[1] + longest) if act in state.done else since for act, since in once.done.items()
            })  # fmt: skip
        if node.select is not None:
            ways = [self._walk(node.select.then, state, per_duty=per_duty)]
            other = node.select.otherwise
            return _either([*ways, self._walk(other, state, per_duty=per_duty) if other else state])
        if node.for_each is not None:
            inner = per_duty or node.for_each.over in OF_DUTIES
            after = self._walk(node.for_each.do, state, per_duty=inner)
            return self._joined(state, [after], node.for_each.join, node.for_each.by)
        if node.parallel is not None:
            ends = [self._walk(branch, state, per_duty=per_duty) for branch in node.parallel.branches]
            return self._joined(state, ends, node.parallel.join, node.parallel.by)
        for child in node.sequence or []:
            state = self._walk(child, state, per_duty=per_duty)
        return state

    def _step(self, name: str, step: Step, state: State, *, per_duty: bool) -> State:
        took, waited = self._time(step.time, state)
        self._visits.append(Visit(name, step, state.earliest, state.latest, state.done, took, per_duty))
        after = state.later(took)
        if waited is not None:
            after = replace(after, earliest=max(after.earliest, waited[0]), latest=max(after.latest, waited[1]))
        done = dict(after.done)
        for act in step.act:
            for old in self.opens.get(act, ()):
                done.pop(old, None)
        done |= dict.fromkeys(step.act, (0.0, 0.0))
        return replace(after, done=done)

    def _time(self, time: StepTime | None, state: State) -> tuple[Days, tuple[date, date] | None]:
        """How long a step takes, also when it waits for a working day to end on, and the days that it waits for."""
        if time is None:
            return (0.0, 0.0), None
        took, waited = self._form(time, state)
        if time.ends_on and (time.takes is None or math.isinf(self.parameters[time.takes].bound())):
            took = took[0], took[1] + _LONG_WEEKEND
        return took, waited

    def _form(self, time: StepTime, state: State) -> tuple[Days, tuple[date, date] | None]:
        """The same, for a step that can end on any day."""
        if time.at_once:
            return (0.0, 0.0), None
        if time.until is not None:
            first, last = self._moment(time.until)
            gap = (max((first - state.latest).days, 0), max((last - state.earliest).days, 0))
            return (float(gap[0]), float(gap[1])), (first, last)
        if time.takes:
            return self._duration(time.takes, time.calendar), None
        if time.yearly is not None:
            return (0.0, _YEAR), None
        if time.term is not None and time.term.order:
            return self._order, None
        if time.term is not None:
            name, count = next((name, n) for name in _TERM if (n := getattr(time.term, name)) is not None)
            return (0.0, count * _TERM[name] + 3), None
        return (0.0, math.inf), None

    def _moment(self, value: date | str) -> tuple[date, date]:
        """The first and the last day that something waits for."""
        if isinstance(value, date):
            return value, value
        attribute = self.attributes[value]
        parameter = self.parameters.get(str(attribute.parameter)) if attribute.parameter else None
        if parameter is None:
            return date.min, _END
        return date_of(int(parameter.lowest())), date_of(min(int(parameter.highest()), NEVER))

    def _duration(self, name: str, calendar: str) -> Days:
        """The least and the most calendar days that a drawn duration takes."""
        parameter = self.parameters[name]
        scale = 1 / 24 if parameter.unit == "hours" else 1.0
        low, high = parameter.lowest() * scale, parameter.highest() * scale
        if parameter.factors:
            low, high = 0.0, math.inf
        if calendar != "calendar" or parameter.unit == "working_days":
            high = high * 1.5 + (_SUMMER if calendar in ("school", "gemeente") else 10.0)
        return low, high

    def _options(self, node: Node, state: State, *, per_duty: bool) -> Iterator[State]:
        """The state after each way out of a choice; where no option is without condition also that of none."""
        options = node.choice or []
        for option in options:
            inside = _within(state, option.when) if option.when else state
            if inside.earliest <= inside.latest:
                yield self._walk(option.then, inside, per_duty=per_duty) if option.then else inside
            if option.when is None:
                return
            state = _beyond(state, option.when)
        if state.earliest <= state.latest:
            yield state

    def _joined(self, before: State, ends: list[State], join: str, by: date | str | None) -> State:
        """After branches: all of them, any of them, or at a moment with what is there."""
        latest = max(end.latest for end in ends)
        if join == "all":
            done = _all_done(before, ends, float((latest - before.latest).days))
            return State(max(end.earliest for end in ends), latest, done)
        if join == "any":
            latest = min(end.latest for end in ends)
        if join == "by" and by is not None:
            latest = max(self._moment(by)[1], before.latest)
        took = (0.0, float((latest - before.latest).days))
        return State(before.earliest, latest, before.later(took).done)


def _all_done(before: State, ends: list[State], longest: float) -> dict[Act, Days]:
    """What was surely done when all branches are, the longest of which takes at most so many days."""
    done = {
        act: (since[0], max(since[1], longest))
        for end in ends
        for act, since in end.done.items()
        if act not in before.done
    }
    for act, since in before.done.items():
        own = [end.done[act] for end in ends if act in end.done]
        if len(own) == len(ends):  # else something new was begun in a branch
            again = [one for one in own if one[0] < since[0]]
            least = min(one[0] for one in again) if again else max(one[0] for one in own)
            done[act] = (least, max(one[1] for one in own))
    return done


def _plus(day: date, days: float) -> date:
    """A day some days later; the end of time when that is beyond it."""
    room = (_END - day).days
    return _END if days >= room else day + timedelta(days=math.floor(days))


def _within(state: State, guard: Guard) -> State:
    """The state where a condition holds, as far as it speaks of the clock."""
    if guard.now_before:
        return replace(state, latest=min(state.latest, guard.now_before - timedelta(days=1)))
    if guard.no:
        return _beyond(state, guard.no)
    for one in guard.all or ():
        state = _within(state, one)
    return state


def _beyond(state: State, guard: Guard) -> State:
    """The state where a condition does not hold."""
    if guard.now_before:
        return replace(state, earliest=max(state.earliest, guard.now_before))
    return _within(state, guard.no) if guard.no else state


def _either(ends: list[State]) -> State:
    """After one of several ways: only what was done on each of them is sure."""
    sure = set.intersection(*(set(end.done) for end in ends))
    done = {act: (min(end.done[act][0] for end in ends), max(end.done[act][1] for end in ends)) for act in sorted(sure)}
    return State(min(end.earliest for end in ends), max(end.latest for end in ends), done)
