"""The pupils that a plan counts on, as the money wants them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.world.bekostiging.data import AGES, LGF
from simulator.world.bekostiging.people import BASE, NOW, People, spread

if TYPE_CHECKING:
    from collections.abc import Collection

    from simulator.plan.details import PupilsYear
    from simulator.plan.model import Plan
    from simulator.world.bekostiging.rates import Amounts

Array = np.ndarray
_OF_PUPILS = (
    "verevening", "special_growth", "sbo_share", "pupils_trend", "special_trend", "special_level", "growth_share",
)  # fmt: skip
"""Attributes from which the pupils of an swv without a plan are drawn, beside its size."""


def planned_people(plan: Plan, amounts: Amounts) -> People | None:
    """The pupils of a plan's own table; None when it has none for the years that the amounts are of.

    A year without a row has the numbers of the last row before it (before the first: of the first). Without a row for 2011
    there is no correction. The growth of a year is spread as its (v)so pupils are.
    """
    if not plan.pupils or plan.pupils[0].year > amounts.counts[-1]:
        return None
    nobody = People.nobody([plan.swv], [plan.sector], amounts)
    rows = [_row(plan.pupils, year) for year in amounts.counts]
    special = np.array([[_special(row) for row in rows]], dtype=np.int64)
    totals = np.maximum(special.sum(axis=(2, 3)), 1)
    growth = spread(np.array([[row.growth for row in rows]]), special / totals[..., None, None])
    base = next((row for row in plan.pupils if row.year == BASE), None)
    found = replace(
        nobody,
        pupils=np.array([[row.pupils for row in rows]]), sbo=np.array([[row.sbo for row in rows]]), special=special,
        growth=growth, sbo_growth=np.array([[row.sbo_growth for row in rows]]), lgf_2013=_lgf(_row(plan.pupils, NOW)),
        opting_out=np.array([bool(plan.known_events.get("opting_out_agreed"))]),
    )  # fmt: skip
    if base is None:
        return found
    return replace(
        found, pupils_2011=np.array([base.pupils]), special_2011=np.array([_special(base)]), lgf_2011=_lgf(base)
    )


def at_start(plan: Plan) -> int:
    """The pupils that a plan counts on as it begins: of the last 1 October before it, else of its first row; 0 for none."""
    if not plan.pupils:
        return 0
    return _row(plan.pupils, plan.period.first_school_year - 1).pupils


def replaced(plan: Plan, years: Collection[int]) -> frozenset[str]:
    """The attributes of an swv, other than its size, that the tables of its plan take the place of.

    Args:
        plan: of the swv.
        years: those that the tables must tell of all; a drawn path goes on where they do not.
    """
    pupils = _OF_PUPILS if plan.pupils and set(years) <= {row.year for row in plan.pupils} else ()
    reserve = ("reserve_share",) if any(row.reserve is not None for row in plan.money) else ()
    return frozenset((*pupils, *reserve))


def has_base(plan: Plan) -> bool:
    """Whether the plan has the count of 2011, from which the correction follows."""
    return any(row.year == BASE for row in plan.pupils)


def without_row(plan: Plan, amounts: Amounts) -> dict[str, list[int]]:
    """The counts that the budget of a plan rests on and that have no row: `before` and `after` those that do.

    The money of a calendar year rests on the counts of the two years before it.
    """
    own = {row.year for row in plan.pupils}
    years = [row.year for row in plan.money]
    wanted = range(max(years[0] - 2, NOW), years[-1]) if years else ()
    missing = [year for year in wanted if year not in own and year in amounts.counts]
    found = {
        "before": [year for year in missing if year < min(own)],
        "after": [year for year in missing if year > max(own)],
    }
    return {where: years for where, years in found.items() if years}


def _row(rows: list[PupilsYear], year: int) -> PupilsYear:
    return next((row for row in reversed(rows) if row.year <= year), rows[0])


def _special(row: PupilsYear) -> list[list[int]]:
    return [list(getattr(row, age)) for age in AGES]


def _lgf(row: PupilsYear) -> Array:
    return np.array([[row.lgf.get(kind, 0) for kind in LGF]], dtype=np.int64)
