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
    from collections.abc import Callable, Iterable, Sequence

    from simulator.engine.tables import Draws, Effect, Guard, Tables, Track
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

    def begins(self, tables: Tables, row: int, now: int) -> int:
        """The first moment, from now on, at which a step can begin: one of whole days at the start of a working day."""
        time = tables.time[row]
        return self.calendars[time.calendar].opens(now) if time.whole else now  # type: ignore[union-attr]

    def gives_up(self, tables: Tables, draws: Draws, row: int, now: int) -> int:
        """The moment at which a step that is asked for now waits no longer for the people of its team."""
        team = tables.team[row]
        return NEVER if team is None else self._after(team.calendar, now, draws.patience[row])

    def finish(self, tables: Tables, draws: Draws, row: int, now: int, people: Sequence[Track] | None = None) -> int:
        """The moment at which a step that starts now ends; of a step with people their work is done while all are there.

        Args:
            tables, draws, row, now: of the replication.
            people: when those of its people with a roster are there; None for a step that needs nobody.
        """
        time = tables.time[row]
        end = self._end(tables, draws, row, now, people)
        calendar = self.calendars[time.falls] if time.falls >= 0 else None
        return end if calendar is None else calendar.fall(end, now, now + draws.longest.get(row, NEVER))

    def worked(self, tables: Tables, row: int, start: int, end: int, people: Sequence[Track]) -> int:
        """The seconds of work that people do for a step between two moments."""
        calendar = self.calendars[tables.time[row].calendar]
        return calendar.worked_on(_there(people), start, end)  # type: ignore[union-attr]

    def later(self, tables: Tables, row: int, moment: int, seconds: int, people: Sequence[Track]) -> int:
        """The moment at which people have done so many seconds more of a step, from a moment on."""
        return self.settled(tables, row, self._after(tables.time[row].calendar, moment, seconds, people))

    def settled(self, tables: Tables, row: int, end: int) -> int:
        """The end of work of people; where the law counts from it and that is midnight the next working day has it."""
        time = tables.time[row]
        counted = time.counted_from and tables.pools[row] and time.calendar >= 0 and end % DAY_SECONDS == 0
        return self.calendars[time.calendar].opens(end) if counted else end  # type: ignore[union-attr]

    def told(self, tables: Tables, row: int, start: int, end: int) -> int:
        """The moment by which the end of a step is dated: work of people that fills a day is told by that day."""
        time = tables.time[row]
        calendar = self.calendars[time.calendar] if time.form == TAKES and time.calendar >= 0 else None
        return max(start, calendar.over(end)) if calendar and tables.pools[row] and not time.counted_from else end

    def _end(self, tables: Tables, draws: Draws, row: int, now: int, people: Sequence[Track] | None) -> int:
        """The same, on whatever day that is."""
        time = tables.time[row]
        form = time.form
        if form == TAKES:
            seconds = draws.amount[row]
            for guard, own, parameter in tables.scales[row]:
                if holds(guard, draws.state[tables.swv[row]], draws, now):
                    seconds = seconds * draws.factors[own, parameter] // 1000
            if time.whole:
                seconds = -(-seconds // DAY_SECONDS) * DAY_SECONDS
            return self.settled(tables, row, self._after(time.calendar, now, seconds, people))
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

    def _after(self, number: int, now: int, seconds: int, people: Sequence[Track] | None = None) -> int:
        calendar = self.calendars[number] if number >= 0 else None
        if calendar is None:
            return now + seconds
        if people is None:
            return min(calendar.finish(now, seconds), NEVER)
        return calendar.finish_on(_there(people), now, seconds)


def _there(people: Sequence[Track]) -> Callable[[int], bool]:
    """Whether all of some people are there on a day, by its index."""
    return lambda day: all(one.at(day * DAY_SECONDS) for one in people)


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
