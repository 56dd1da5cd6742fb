"""Figures of a money table, one per swv: for KPIs (their mean over swv) and for conditions on a budget."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.world.bekostiging.projecting import TRANSITION

if TYPE_CHECKING:
    from simulator.world.bekostiging.table import MoneyTable

Array = np.ndarray
_EUROS = 100.0
GROSS = (
    "light_personnel", "light_materieel", "heavy_personnel", "heavy_materieel", "verevening_personnel",
    "verevening_materieel",
)  # fmt: skip
"""The yearly funding for support, before anything is taken off."""
HEAVY = ("heavy_personnel", "heavy_materieel", "verevening_personnel", "verevening_materieel")
CUT = ("cut_personnel", "cut_materieel")
SIGNED = ("budget_change_2020_pct",)
"""Figures that can be below zero; the others are sums and years."""


def indicators(table: MoneyTable) -> dict[str, Array]:
    """Figures per swv, each (n,); the table is one of school years.

    - `budget_change_2020_pct`: what the swv has left to spend (the total) in its last school year (2020-2021, when the
      correction is gone) less that in 2015-2016 (the first of the new funding), as a percentage of the funding of 2015-2016
      before anything is taken off. Below zero: the budget falls. NaN where there was no funding, or where nothing
      is left in both years: that is no budget that stays the same.
    - `heavy_budget_shortfall_eur`: the sum over school years from 2015-2016 of what the deduction for (v)so pupils and the
      growth to the peildatum exceed heavy support and verevening; 0 where they never do.
    - `school_lumpsum_cut_eur`: the part of it that the minister takes from the lumpsum of schools (WPO 125a and 118b, WVO
      85c) over the same years; 0 where nothing is.
    - `first_deficit_year`: the calendar year in which the first school year, from 2014-2015 on, begins whose heavy or light
      budget falls short, so that schools have to add to it; NaN where none does.
    """
    years = np.array(table.years)
    new = years > TRANSITION
    total, gross = table.total, table.sum(*GROSS)
    first, last = int(np.argmax(new)), len(years) - 1
    base = gross[:, first].astype(float)
    left = table.total[:, [first, last]].any(axis=1)
    change = np.where(
        left & (base > 0), 100 * (total[:, last] - total[:, first]) / np.where(base > 0, base, 1.0), np.nan
    )
    cut = table.sum(*CUT)[:, new]
    short = cut + table.line("schools_heavy")[:, new]
    falls = table.of_kind("repaid") > 0
    deficit = np.where(falls.any(axis=1), years[np.argmax(falls, axis=1)], np.nan)
    return {
        "budget_change_2020_pct": change,
        "heavy_budget_shortfall_eur": short.sum(axis=1) / _EUROS,
        "school_lumpsum_cut_eur": cut.sum(axis=1) / _EUROS,
        "first_deficit_year": deficit,
    }
