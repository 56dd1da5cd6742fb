"""Days and moments: the one place where numbers become dates and dates become numbers.

A *day* is a whole number of days since 1970-01-01. A *moment* is a whole number of seconds since midnight at the start
of a scenario.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

EPOCH = date(1970, 1, 1)
DAY_SECONDS = 86_400
SECONDS_OF = {"days": DAY_SECONDS, "working_days": DAY_SECONDS, "hours": 3600}
"""Per unit of a duration the seconds that one takes, on the clock."""
NEVER = 2**40
"""A day or moment that does not come; larger than any real one, small enough to add to."""

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_OTHER_FORMS = (
    re.compile(r"(?P<day>\d{1,2})([-/. ])(?P<month>\d{1,2})\2(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})([-/. ])(?P<month>\d{1,2})\2(?P<day>\d{1,2})"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
)


def day_of(value: date) -> int:
    """The day number of a date."""
    return (value - EPOCH).days


def date_of(day: int) -> date:
    """The date of a day number."""
    return EPOCH + timedelta(days=int(day))


def iso(day: int) -> str:
    """`2014-05-01` for a day number; empty for `NEVER`."""
    return "" if day >= NEVER else date_of(day).isoformat()


def parse(text: str) -> date:
    """The date of `yyyy-mm-dd`.

    Raises:
        ValueError: the text has another form, or names a day that does not exist.
    """
    match = _ISO.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    year, month, day = map(int, match.groups())
    return date(year, month, day)


def meant(text: str) -> date | None:
    """The date that is meant by another form than `yyyy-mm-dd`, such as 31-12-2013, 1/5/2014 or 2014-5-1; None for none.

    Of two numbers before a year the first is the day, as it is written in the Netherlands.
    """
    text = text.strip()
    if _ISO.fullmatch(text):
        return None
    match = next((found for form in _OTHER_FORMS if (found := form.fullmatch(text))), None)
    if not match:
        return None
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def school_year(year: int) -> date:
    """The first day of the school year that begins in a calendar year (WPO 1)."""
    return date(year, 8, 1)


def school_year_of(day: date) -> int:
    """The calendar year in which the school year of a day begins."""
    return day.year if day.month >= 8 else day.year - 1


def day_at(moment: int, start: int) -> int:
    """The day on which a moment falls, for a scenario that starts on day `start`."""
    return NEVER if moment >= NEVER else start + moment // DAY_SECONDS


def moment_of(day: int, start: int) -> int:
    """Midnight at the start of a day as a moment."""
    return NEVER if day >= NEVER else (day - start) * DAY_SECONDS
