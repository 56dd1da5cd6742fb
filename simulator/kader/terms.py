"""Terms in law: the Algemene termijnenwet (ATW) with its own list of days.

ATW 1(1): a statutory term that ends on a Saturday, Sunday or recognised holiday runs on to the next day that is none of
these. ATW 1(2): not for terms counted backwards. ATW 4: not for terms of more than 90 days, 12 weeks or 3 months, nor
for terms in years. ATW 3: the list of holidays, with 5 May in every year.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

import numpy as np

from simulator.base.days import EPOCH, NEVER, day_of

Unit = Literal["days", "weeks", "months", "years"]
Days = np.ndarray

_EXEMPT_ABOVE: dict[str, int] = {"days": 90, "weeks": 12, "months": 3, "years": 0}
_FIRST_YEAR, _LAST_YEAR = 2000, 2060
_WEEKEND = (5, 6)


@cache
def _shift_table() -> tuple[int, np.ndarray]:
    """First day of the table, and for each day the first day from it on that is no Saturday, Sunday or holiday."""
    import holidays

    named = holidays.country_holidays("NL", years=range(_FIRST_YEAR, _LAST_YEAR + 1), categories=("public", "optional"))
    closed = {day_of(day) for day in named}
    first, last = _year_start(_FIRST_YEAR), _year_start(_LAST_YEAR + 1)
    table = np.arange(first, last)
    following = last
    for day in range(last - 1, first - 1, -1):
        if day not in closed and (day + EPOCH.weekday()) % 7 not in _WEEKEND:
            following = day
        table[day - first] = following
    return first, table


def _year_start(year: int) -> int:
    return int(np.datetime64(f"{year}-01-01", "D").astype(int))


def next_open_day(day: Days) -> Days:
    """The day itself, or the next one that is no Saturday, Sunday or holiday of the ATW. `NEVER` stays."""
    first, table = _shift_table()
    inside = (day >= first) & (day < first + len(table))
    return np.where(inside, table[np.where(inside, day - first, 0)], day)


def add(day: Days, number: int, unit: Unit) -> Days:
    """`number` units after a day, without any shift; the last day of a shorter month stands for a later one."""
    if unit in ("days", "weeks"):
        return np.where(day >= NEVER, NEVER, day + number * (7 if unit == "weeks" else 1))
    finite = np.where(day >= NEVER, 0, day)
    dates = finite.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    target = months + number * (12 if unit == "years" else 1)
    length = (target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")
    offset = np.minimum(dates - months.astype("datetime64[D]"), length - 1)
    return np.where(day >= NEVER, NEVER, (target.astype("datetime64[D]") + offset).astype(np.int64))


def last_day(event: Days, number: int, unit: Unit, *, plain: bool = False) -> Days:
    """The last day of a term that runs from an event (day numbers, any shape).

    Args:
        event: the day of the event; the term starts the day after.
        number: length of the term; negative counts backwards and is never shifted.
        unit: `days`, `weeks`, `months` or `years`.
        plain: the Algemene termijnenwet does not apply (a term in a reglement or a working method).
    """
    end = add(np.asarray(event), number, unit)
    if plain or number < 0 or number > _EXEMPT_ABOVE[unit]:
        return end
    return next_open_day(end)
