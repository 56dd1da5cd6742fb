"""When a step ends: the one place that turns drawn amounts, calendars and terms into moments.

Shared by all interpreters, which themselves only add and compare whole numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import DAY_SECONDS, NEVER
from simulator.engine.tables import DEADLINE, SHARE_BITS, TAKES, TERM, UNTIL
from simulator.kader import terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.engine.tables import Draws, Guard, Tables
    from simulator.world.calendar import Calendar


class Clock:
    """The calendars and terms of a scenario as tables over its days."""

    def __init__(
        self, calendars: Sequence[Calendar | None], wanted: Sequence[tuple[int, str, bool]], start: int, end: int
    ) -> None:
        self.calendars = calendars
        span = np.arange(start, end + 1)
        self.term_ends = [
            (terms.last_day(span, number, unit, plain=plain) - start).tolist()  # type: ignore[arg-type]
            for number, unit, plain in wanted
        ]

    def finish(self, tables: Tables, draws: Draws, row: int, now: int) -> int:
        """The moment at which a step that starts now ends."""
        time = tables.time[row]
        form = time.form
        if form == TAKES:
            return self._after(time.calendar, now, draws.amount[row])
        if form == UNTIL:
            return max(now, draws.moment[row])
        if form == TERM:
            day, second = divmod(now, DAY_SECONDS)
            last: int = self.term_ends[time.term][day] * DAY_SECONDS + second
            return now + ((last - now) * draws.amount[row] >> SHARE_BITS)
        if form == DEADLINE:
            if now < time.moment:
                return now + ((time.moment - now) * draws.amount[row] >> SHARE_BITS)
            return self._after(time.calendar, now, draws.otherwise[row])
        return now

    def _after(self, number: int, now: int, seconds: int) -> int:
        calendar = self.calendars[number] if number >= 0 else None
        return now + seconds if calendar is None else min(calendar.finish(now, seconds), NEVER)


def holds(guard: Guard, state: dict[str, int], draws: Draws, now: int) -> bool:
    """Whether a condition holds for an swv at this moment."""
    op = guard.op
    if op == "draw":
        return draws.passes[guard.number, guard.name]
    if op == "at_least":
        return state.get(guard.name, 0) >= guard.number
    if op == "before":
        return now < guard.number
    if op == "all":
        return all(holds(inner, state, draws, now) for inner in guard.inner)
    if op == "any":
        return any(holds(inner, state, draws, now) for inner in guard.inner)
    return not holds(guard.inner[0], state, draws, now)
