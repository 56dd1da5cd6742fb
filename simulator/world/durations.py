"""How long a step takes, forward and backward, in whole days: at its middle value, or as luck has it."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.base.days import DAY_SECONDS, NEVER, SECONDS_OF, day_of
from simulator.kader import terms
from simulator.world import calendar

if TYPE_CHECKING:
    from simulator.kader.model import Kader
    from simulator.kader.werkwijze import Step
    from simulator.plan.model import Plan
    from simulator.world.population import Swv

_BACK, _AHEAD = 800, 800
_MIDDLE = 0.5


class Durations:
    """Durations for one swv at their middle value, with terms used to their last day.

    The calendars reach from well before a day to well after it.
    """

    def __init__(self, kader: Kader, plan: Plan, swv: Swv, around: int) -> None:
        self.kader, self.plan, self.swv = kader, plan, swv
        self.first = max(around - _BACK, calendar.KNOWN_FROM)
        self.last = around + _AHEAD
        self.calendars: dict[str, calendar.Calendar | None] = {}

    def start(self, step: Step, end: int) -> tuple[int, int]:
        """The last day on which a step can start to end by a day, and the day on which it then ends."""
        end = self._moved(step, end)
        if step.time and step.time.deadline:  # it can end no earlier; what comes after it is then too late
            end = max(end, day_of(step.time.deadline))
        start = end
        while start > self.first and self.end(step, start) > end:
            start -= 1
        return start, min(end, max(self.end(step, start), start))

    def _moved(self, step: Step, end: int) -> int:
        """A decision of the board falls on one of its meetings, when the plan names them."""
        meetings = [day_of(day) for day in self.plan.organisation.board_meetings]
        if "adopted" in step.marks and meetings:
            return max((day for day in meetings if day <= end), default=end)
        return end

    def meeting(self, step: Step, end: int) -> int:
        """The day of a decision of the board that is ready on a day: the next of its meetings, when the plan names them."""
        meetings = [day_of(day) for day in self.plan.organisation.board_meetings]
        return min((day for day in meetings if day >= end), default=end) if "adopted" in step.marks else end

    def end(self, step: Step, start: int) -> int:
        """The day on which a step ends that starts on a day."""
        time = step.time
        if time is None or time.until or time.at_once:
            return start  # waiting for a chosen day is no work: who plans can choose another
        if step.actor == "opr" and (own := self.plan.organisation.opr_term_weeks):
            return start + self._part(7 * own, time.share)  # a term of the reglement: the law on terms does not move it
        if time.takes:
            return self._after(time.takes, time.calendar, start)
        if time.term:
            return start + self._part(self._term(step, start) - start, time.share)
        left = day_of(time.deadline) - start  # type: ignore[arg-type]
        return start + self._part(left, time.share) if left > 0 else self._after(str(time.otherwise), "calendar", start)

    def fraction(self) -> float:
        """Where in its distribution a duration lies: the middle."""
        return _MIDDLE

    def share(self, name: str | None) -> float:
        """The share of a term that is used: all of it."""
        del name
        return 1.0

    def _part(self, length: int, share: str | None) -> int:
        return math.ceil(length * self.share(share))

    def _term(self, step: Step, start: int) -> int:
        term: Any = step.time.term if step.time else None
        unit = next(name for name in ("days", "weeks", "months") if getattr(term, name) is not None)
        return int(terms.last_day(np.array(start), getattr(term, unit), unit, plain=term.plain))  # type: ignore[arg-type]

    def value(self, name: str) -> float:
        """A parameter for this swv."""
        parameter = self.kader.file.parameters[name].knowing(self.attributes)
        return float(parameter.values(np.array([self.fraction()]), self.attributes)[0])

    def _after(self, name: str, kind: str, start: int) -> int:
        seconds = round(self.value(name) * SECONDS_OF[str(self.kader.file.parameters[name].unit)])
        table = self._calendar(kind)
        if table is None:
            return start + -(-seconds // DAY_SECONDS)
        moment = table.finish((start - self.first) * DAY_SECONDS, seconds)
        return NEVER if moment >= NEVER else self.first + moment // DAY_SECONDS

    def _calendar(self, kind: str) -> calendar.Calendar | None:
        if kind not in self.calendars:
            self.calendars[kind] = calendar.build(kind, self.swv.region, self.first, self.last, carry_on=True)
        return self.calendars[kind]

    @cached_property
    def attributes(self) -> dict[str, np.ndarray]:
        """The swv: what is given or known, else drawn where luck has it (at the middle: the median)."""
        found: dict[str, np.ndarray] = {}
        for name, attribute in self.kader.file.attributes.items():
            given = self.swv.given.get(name)
            if attribute.parameter is None:  # worked out for a whole scenario; here there is one plan
                continue
            parameter = self.kader.file.parameters[attribute.parameter]
            fraction = np.array([self.fraction()])
            drawn = parameter.knowing(found).values(fraction, found)
            drawn = (fraction < drawn).astype(float) if attribute.kind == "bit" else drawn
            found[name] = np.array([given.value]) if given else drawn
        return found
