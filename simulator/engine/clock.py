"""When a step ends, what it leaves, and which conditions hold: drawn amounts, calendars and terms become moments here.

Shared by all interpreters, which themselves only add and compare whole numbers.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import DAY_SECONDS, NEVER, date_of, day_of
from simulator.engine.tables import (
    ADD,
    DEADLINE,
    HELD,
    MENDED,
    PLANNED,
    SET,
    SHARE_BITS,
    TAKES,
    TERM,
    UNTIL,
    WRITTEN,
    YEARLY,
)
from simulator.kader import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.engine.tables import Draws, Effect, Guard, Tables, Time
    from simulator.world.calendar import Calendar


class Clock:
    """The calendars and terms of a scenario as tables over its days."""

    def __init__(
        self, calendars: Sequence[Calendar | None], wanted: Sequence[tuple[int, str, bool]], start: int, end: int,
        yearly: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.calendars = calendars
        self.next_days = [_next_days(month_day, start, end) for month_day in yearly]
        span = np.arange(start, end + 1)
        self.term_ends = [
            (terms.last_day(span, number, unit, plain=plain) - start).tolist()  # type: ignore[arg-type]
            for number, unit, plain in wanted
        ]

    def finish(self, tables: Tables, draws: Draws, row: int, now: int) -> int:
        """The moment at which a step that starts now ends."""
        time = tables.time[row]
        end = self._end(tables, draws, row, now, time)
        calendar = self.calendars[time.falls] if time.falls >= 0 else None
        return end if calendar is None else calendar.fall(end, now, now + draws.longest.get(row, NEVER))

    def told(self, tables: Tables, row: int, start: int, end: int) -> int:
        """The moment by which the end of a step is dated: work of people that fills a day is told by that day."""
        time = tables.time[row]
        calendar = self.calendars[time.calendar] if time.form == TAKES and time.calendar >= 0 else None
        return max(start, calendar.over(end)) if calendar and tables.pools[row] and not time.counted_from else end

    def _end(self, tables: Tables, draws: Draws, row: int, now: int, time: Time) -> int:
        """The same, on whatever day that is."""
        form = time.form
        if form == TAKES:
            seconds = draws.amount[row]
            for guard, own, parameter in tables.scales[row]:
                if holds(guard, draws.state[tables.swv[row]], draws, now):
                    seconds = seconds * draws.factors[own, parameter] // 1000
            return self._after(time.calendar, now, seconds)
        if form == UNTIL:
            return max(now, draws.moment[row])
        if form == TERM:
            day, second = divmod(now, DAY_SECONDS)
            last: int = self.term_ends[time.term][day] * DAY_SECONDS + second
            return now + ((last - now) * draws.amount[row] >> SHARE_BITS)
        if form == YEARLY:
            return self.next_days[time.term][-(-now // DAY_SECONDS)] * DAY_SECONDS
        if form == DEADLINE:
            if now < time.moment:
                return now + ((time.moment - now) * draws.amount[row] >> SHARE_BITS)
            return self._after(time.calendar, now, draws.otherwise[row])
        return now

    def _after(self, number: int, now: int, seconds: int) -> int:
        calendar = self.calendars[number] if number >= 0 else None
        return now + seconds if calendar is None else min(calendar.finish(now, seconds), NEVER)


def _next_days(month_day: str, start: int, end: int) -> list[int]:
    """For each day of a scenario, and the one after its last, the first day that has this date, from that day on."""
    later = np.array([
        day_of(date.fromisoformat(f"{year}-{month_day}")) for year in range(date_of(start).year, date_of(end).year + 3)
    ])  # fmt: skip
    days = np.arange(start, end + 2)
    return list(map(int, (later[np.searchsorted(later, days)] - start).tolist()))


def holds(guard: Guard, state: dict[str, int], draws: Draws, now: int) -> bool:
    """Whether a condition holds for an swv at this moment.

    The hottest place of a play: unpacked once, what is asked most first, loops rather than generators.
    """
    op, name, number, inner, track = guard
    if op == "all":
        for one in inner:  # noqa: SIM110 - a generator per condition costs a tenth of a play
            if not holds(one, state, draws, now):
                return False
        return True
    if op == "no":
        return not holds(inner[0], state, draws, now)
    if op == "before":
        return now < number
    if op == "at_least":
        return state.get(name, 0) >= number
    if op == "any":
        for one in inner:  # noqa: SIM110
            if holds(one, state, draws, now):
                return True
        return False
    if op == "circumstance":
        return draws.tracks[track].at(now) >= number
    if op == "draw":
        return draws.passes[number, name]
    if op == "already":
        return state.get(name, NEVER) < now
    return _lacks(name, state, draws, now)


def _lacks(name: str, state: dict[str, int], draws: Draws, now: int) -> bool:
    """Whether something was not written before this moment, or was written badly and not mended since."""
    if state.get(WRITTEN + name, NEVER) >= now:
        return True
    good = state[HELD + name]
    if good >= PLANNED:
        good = int(draws.planned[good - PLANNED].at(now) == 1)
    return not (good or state.get(MENDED + name, NEVER) < now)


def leave(state: dict[str, int], effects: Iterable[Effect], now: int) -> None:
    """What a step that is finished does to the state of its swv."""
    for name, value, how in effects:
        if how == SET:
            state[name] = value
        elif how == ADD:
            state[name] = state.get(name, 0) + value
        else:
            state.setdefault(name, now)
