"""What comes from outside and changes the money after 2020: fewer pupils, or more in the (v)so.

The income of a calendar year follows the count before it; pupils in the (v)so and their growth are those of the teldatum
in the year itself. Own equity stays what it was: with less income more of it lies above the signaleringswaarde.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from simulator.world.bekostiging import later
from simulator.world.bekostiging.people import rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.world.bekostiging.changing import Change, Kind
    from simulator.world.bekostiging.later import Later
    from simulator.world.bekostiging.rates import Amounts

_DAYS = 365.2425


def first_day(years: Sequence[int]) -> date:
    """The first day from which a change can change something of some calendar years."""
    return date(years[0] - 1, 1, 1)


def last_day(kind: Kind, years: Sequence[int], amounts: Amounts) -> date | None:
    """The last day from which a change still changes something of some calendar years; None when from no day it does."""
    if kind == "krimp":  # it comes little by little, from the day after
        return later.counted_on(years[-1], amounts) - timedelta(days=1)
    if kind == "verevening":
        return None
    return max((day for year in years if (day := later.teldatum(year, amounts)) is not None), default=None)


def shaken(table: Later, changes: Sequence[Change], amounts: Amounts) -> Later:
    """The later years with changes laid over them; swv over which none comes stay as they are, to the cent.

    Args:
        table: as drawn or planned.
        changes: `krimp` takes a part of the pupils each year, evenly over the year; `growth` makes (v)so pupils on every
            later teldatum `1 + size` times as many; `growth_within_year` adds a part of them to those who come after it.
        amounts: which days count, and above which own equity can be too much.
    """
    counts = [later.counted_on(year, amounts) for year in table.years]
    before = [later.counted_on(year - 1, amounts) for year in table.years]
    counted = np.array([day is not None for day in table.counts])
    income, fewer, more, within = (np.full(table.income.shape, start) for start in (1.0, 1.0, 1.0, 0.0))
    for one in changes:
        size = np.broadcast_to(one.sizes(), (len(table.codes),))[:, None]
        on = np.array([day >= one.start for day in counts])
        if one.kind == "krimp":
            income = income * np.clip(1 - size, 0, None) ** _since(one.start, before)
            fewer = fewer * np.clip(1 - size, 0, None) ** _since(one.start, counts)
        elif one.kind == "growth":
            more = more * np.where(on, 1 + size, 1.0)
        elif one.kind == "growth_within_year":
            within = within + np.where(on, size, 0.0)
    special = rounded(table.special * fewer * more)
    growth = np.where(counted, rounded(table.growth * fewer * more + special * np.clip(within, 0, 1)), table.growth)
    usual, vangnet = later.vangnet(special, growth, table.price, amounts)
    earned = rounded(table.income * income)
    poorer, other = income != 1, (fewer != 1) | (more != 1) | (within > 0)
    return replace(
        table,
        income=np.where(poorer, earned, table.income),
        most=np.where(poorer, later.signaleringswaarde(np.where(poorer, earned, 0), amounts), table.most),
        special=np.where(other, special, table.special), growth=np.where(other, growth, table.growth),
        usual=np.where(other, usual, table.usual), vangnet=np.where(other, vangnet, table.vangnet),
    )  # fmt: skip


def _since(start: date, days: Sequence[date]) -> np.ndarray:
    """Years (a fraction) from a day to others; nothing to those before it."""
    return np.array([max(0, (day - start).days) / _DAYS for day in days])
