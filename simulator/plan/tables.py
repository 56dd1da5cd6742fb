"""The tables of a plan made complete: what a repair of one would give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.plan.details import Goal, MoneyYear

if TYPE_CHECKING:
    from datetime import date

    from simulator.plan.model import Plan

_ENOUGH = 2
"""Meetings in a year that the law asks."""


def _goals(plan: Plan, on: date) -> Plan:
    """Every goal with an indicator, a baseline, a target and a year."""
    del on
    period = plan.period
    whole = {"indicator": "", "baseline": 0.0, "target": 0.0, "year": period.first_school_year + period.school_years}
    filled = [
        goal.model_copy(update={name: value for name, value in whole.items() if getattr(goal, name) is None})
        for goal in plan.goals or [Goal(goal="", kind="kwantitatief")]
    ]
    return plan.model_copy(update={"goals": filled})


def _money(plan: Plan, on: date) -> Plan:
    """A row for every calendar year of the plan."""
    del on
    first = plan.period.first_school_year + 1
    blank = {
        year: MoneyYear(year=year, support=0, schools=0, placements=0, office=0)
        for year in range(first, first + plan.period.school_years)
    }
    rows = {**blank, **{year.year: year for year in plan.money if year.balance is not None}}
    return plan.model_copy(update={"money": [rows[year] for year in sorted(rows)]})


def _meetings(plan: Plan, on: date) -> Plan:
    """Two meetings of the internal supervision with the OPR in the year of the check."""
    held = plan.organisation.model_copy(update={"opr_meetings": [*plan.organisation.opr_meetings, *[on] * _ENOUGH]})
    return plan.model_copy(update={"organisation": held})


COMPLETED = {"goals": _goals, "money": _money, "meetings": _meetings}
"""By the name that a content check uses (`plan.goals`)."""
PLACES = {"goals": ("goals",), "money": ("money",), "meetings": ("organisation", "opr_meetings")}
"""Where each table stands in a plan file."""
