"""Calendars: which days count for which steps, and when a stretch of working time ends.

Four kinds: `calendar` (every day counts), `working` (without weekends and public holidays), `school` (also without the
school holidays of the region) and `gemeente` (also without the recess around elections, when nobody can decide). School
holidays come from the `holidays` package (2014 on) and a table (2013).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from simulator.base import days, resources, table
from simulator.base.days import DAY_SECONDS, EPOCH, NEVER, day_of
from simulator.base.errors import InputError, Problem
from simulator.base.language import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

KNOWN_FROM = day_of(days.parse("2013-06-10"))
"""After Whitsun 2013 the first school holidays in the table are the summer holidays of 2013."""

KNOWN_UNTIL = day_of(days.parse("2030-12-31"))
"""The last day for which the `holidays` package knows the Dutch school holidays."""

SCHOOL = ("school", "gemeente")
"""Calendars without the school holidays of a region."""
WEEKDAY_OF_DAY_0 = EPOCH.weekday()
"""Monday is 0."""
_MARGIN = 400
_WEEKS_IN_YEAR = 364


@dataclass(frozen=True)
class Calendar:
    """Working time as two tables over the days from the start of a scenario.

    Attributes:
        before: for each day the number of working days before it.
        worked: whether each day is a working day.
        nth: the working days in order, as day indices.
        limit: index of the first day whose school holidays are not known; reaching it is an error.
        region: of the school holidays, for the message.
    """

    before: list[int]
    worked: list[bool]
    nth: list[int]
    limit: int = NEVER
    region: str = ""

    def finish(self, moment: int, seconds: int) -> int:
        """The moment at which `seconds` of working time that begin at `moment` are over; `NEVER` beyond the table."""
        day, second = divmod(moment, DAY_SECONDS)
        if day >= len(self.before):
            return NEVER
        done = self.before[day] * DAY_SECONDS + (second if self.worked[day] else 0)
        whole, rest = divmod(done + seconds, DAY_SECONDS)
        return self._known(self.nth[whole] * DAY_SECONDS + rest if whole < len(self.nth) else NEVER)

    def finish_on(self, there: Callable[[int], bool], moment: int, seconds: int) -> int:
        """The same, of working days on which some people are there as well (by day index)."""
        for start, end in self._stretches(there, moment):
            if seconds <= end - start:
                return self._known(start + seconds)
            seconds -= end - start
        return NEVER

    def worked_on(self, there: Callable[[int], bool], moment: int, until: int) -> int:
        """The seconds between two moments that lie on such days."""
        days = takewhile(lambda day: day[0] < until, self._stretches(there, moment))
        return sum(min(end, until) - start for start, end in days)

    def _stretches(self, there: Callable[[int], bool], moment: int) -> Iterator[tuple[int, int]]:
        """From a moment on the parts of working days on which some people are there."""
        for day in range(moment // DAY_SECONDS, len(self.worked)):
            if self.worked[day] and there(day):
                yield max(moment, day * DAY_SECONDS), (day + 1) * DAY_SECONDS

    def opens(self, moment: int) -> int:
        """The first start of a working day from a moment on; `NEVER` beyond the table."""
        place = self.before[min(-(-moment // DAY_SECONDS), len(self.before) - 1)]
        return self._known(self.nth[place] * DAY_SECONDS if place < len(self.nth) else NEVER)

    def over(self, moment: int) -> int:
        """The last second of the working day that is over at a moment, where that is midnight; else the moment itself."""
        day, second = divmod(moment, DAY_SECONDS)
        if second or day >= len(self.before) or not self.before[day]:
            return moment
        return (self.nth[self.before[day] - 1] + 1) * DAY_SECONDS - 1

    def fall(self, moment: int, first: int, last: int) -> int:
        """A moment, moved by whole days to a working day: to the next, unless that is after `last`, else to the one before.

        A moment before `first` is no choice; without a working day between the two it is the next after all.
        """
        day, second = divmod(moment, DAY_SECONDS)
        if day >= len(self.worked) or self.worked[day]:
            return moment
        following = self.before[day]
        if following >= len(self.nth):
            return NEVER
        later = self.nth[following] * DAY_SECONDS + second
        earlier = self.nth[following - 1] * DAY_SECONDS + second if following else first - 1
        return self._known(later if later <= last or earlier < first else earlier)

    def _known(self, end: int) -> int:
        """An end, refused beyond the school holidays that are known."""
        if end >= self.limit * DAY_SECONDS:
            raise InputError(Problem(say("calendar.unknown", region=self.region, until=days.iso(KNOWN_UNTIL))))
        return end


def build(kind: str, region: str, start: int, end: int, *, carry_on: bool) -> Calendar | None:
    """The calendar of a kind for a region over the days of a scenario; None for plain calendar time.

    Args:
        kind: `calendar`, `working`, `school` or `gemeente`.
        region: Noord, Midden or Zuid.
        start: day number of the start of the scenario.
        end: day number of its end.
        carry_on: beyond the known school holidays, carry the last known pattern on.
    """
    if kind == "calendar":
        return None
    closed = public_holidays()
    school = school_holidays(region) if kind in SCHOOL else frozenset()
    closed |= recess() if kind == "gemeente" else frozenset()
    known: Callable[[int], int] = _carry if carry_on else int
    span = range(start, end + _MARGIN)
    worked = [(day + WEEKDAY_OF_DAY_0) % 7 < 5 and day not in closed and known(day) not in school for day in span]
    before: list[int] = []
    nth: list[int] = []
    for index, works in enumerate(worked):
        before.append(len(nth))
        if works:
            nth.append(index)
    limited = kind in SCHOOL and not carry_on and end > KNOWN_UNTIL
    if kind in SCHOOL and start < KNOWN_FROM:
        raise InputError(Problem(say("calendar.early", first=days.iso(KNOWN_FROM))))
    return Calendar(before, worked, nth, KNOWN_UNTIL + 1 - start if limited else NEVER, region)


def _carry(day: int) -> int:
    while day > KNOWN_UNTIL:
        day -= _WEEKS_IN_YEAR
    return day


def is_working(day: int) -> bool:
    """Whether a day, as a day number, is one on which offices work: no weekend, no public holiday."""
    return (day + WEEKDAY_OF_DAY_0) % 7 < 5 and day not in public_holidays()


@cache
def public_holidays() -> frozenset[int]:
    """Days on which nobody works, as day numbers: public holidays (5 May only in lustrum years)."""
    import holidays

    return frozenset(day_of(day) for day in holidays.country_holidays("NL", years=range(2012, 2062)))


@cache
def school_holidays(region: str) -> frozenset[int]:
    """Days of school holidays in a region, as day numbers."""
    import holidays

    years = range(2014, days.date_of(KNOWN_UNTIL).year + 1)
    named = holidays.country_holidays("NL", subdiv=region, years=years, categories=("school",))
    rows = table.read(resources.WORLD / "schoolvakanties.csv", ("region", "first_day", "last_day"))
    return frozenset(map(day_of, named)) | _between(row for row in rows if row["region"].text == region)


@cache
def recess() -> frozenset[int]:
    """Days around elections of the gemeenteraad on which no talks are held, as day numbers."""
    return _between(table.read(resources.WORLD / "recess.csv", ("first_day", "last_day")))


def _between(rows: Iterable[dict[str, table.Cell]]) -> frozenset[int]:
    """All days from the first to the last day of each row, as day numbers."""
    spans = [(day_of(days.parse(row["first_day"].text)), day_of(days.parse(row["last_day"].text))) for row in rows]
    return frozenset(day for first, last in spans for day in range(first, last + 1))
