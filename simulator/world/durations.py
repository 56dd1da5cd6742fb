"""How long a step takes at its middle value, forward and backward, in whole days."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.base.days import DAY_SECONDS, NEVER, day_of
from simulator.kader import terms
from simulator.world import calendar

if TYPE_CHECKING:
    from simulator.kader.model import Kader
    from simulator.kader.werkwijze import Step
    from simulator.plan.model import Plan
    from simulator.world.population import Swv

_SECONDS = {"days": DAY_SECONDS, "working_days": DAY_SECONDS, "hours": 3600}
_BACK, _AHEAD = 800, 800
_MIDDLE = np.array([0.5])


class Durations:
    """Durations for one swv; the calendars reach from well before a day to well after it."""

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

    def end(self, step: Step, start: int) -> int:
        """The day on which a step ends that starts on a day."""
        time = step.time
        if time is None:
            return start
        if time.takes:
            return self._after(time.takes, time.calendar, start)
        if time.term:
            return self._term(step, start)
        if time.deadline:
            late = self._after(str(time.otherwise), "calendar", start)
            return max(day_of(time.deadline), late)
        return start  # waiting for a chosen day is no work: who plans can choose another

    def _term(self, step: Step, start: int) -> int:
        own = self.plan.organisation.opr_term_weeks
        if step.actor == "opr" and own:
            return start + 7 * own  # a term of the reglement: the Algemene termijnenwet does not move it
        term: Any = step.time.term if step.time else None
        unit = next(name for name in ("days", "weeks", "months") if getattr(term, name) is not None)
        return int(terms.last_day(np.array(start), getattr(term, unit), unit, plain=term.plain))  # type: ignore[arg-type]

    def _after(self, name: str, kind: str, start: int) -> int:
        parameter = self.kader.file.parameters[name]
        seconds = round(float(parameter.values(_MIDDLE, self._attributes)[0]) * _SECONDS[str(parameter.unit)])
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
    def _attributes(self) -> dict[str, np.ndarray]:
        """The swv at its middle: what is given or known, else the median."""
        found: dict[str, np.ndarray] = {}
        for name, attribute in self.kader.file.attributes.items():
            given = self.swv.given.get(name)
            parameter = self.kader.file.parameters[attribute.parameter]
            drawn = parameter.values(_MIDDLE, found)
            found[name] = np.array([given.value]) if given else drawn
        return found
