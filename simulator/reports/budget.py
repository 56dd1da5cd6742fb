"""The budget of a plan beside what the model computes, and the remarks on it, as plain data with their words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from simulator.base.errors import InputError
from simulator.base.language import say
from simulator.base.numbers import number
from simulator.reports import later as later_table
from simulator.reports import money
from simulator.reports.tables import Column, Table
from simulator.world import bekostiging
from simulator.world.bekostiging import later, planned, remarking

if TYPE_CHECKING:
    from simulator.plan.model import Plan
    from simulator.plan.reading import PlanFile
    from simulator.world.bekostiging import Amounts, People, Remark
    from simulator.world.bekostiging.later import LaterYear

_CENTS = 100


def amounts(file: PlanFile) -> Amounts:
    """The amounts with the settings of the kader of a plan."""
    return bekostiging.of_parameters(file.kader.file.parameters)


def remarks(file: PlanFile) -> list[dict[str, Any]]:
    """The remarks on the budget of a plan; amounts in cents."""
    return [_told(one) for one in bekostiging.remarks(file, amounts(file))]


def notes(file: PlanFile) -> list[str]:
    """What to know about the remarks: that they are none of the law, and what was not held against the model."""
    plan, computed = file.plan, amounts(file)
    found = [say("remark.note")] if remarks(file) else []
    if any(row.state == "proposed" for row in (*plan.money, *plan.pupils)):
        found.append(say("proposals.amounts"))
    if any(row.year in remarking.known_years(computed) for row in plan.money):
        if planned.planned_people(plan, computed) is None:
            found.append(say("remark.not_compared"))
        else:
            missing = planned.without_row(plan, computed)
            found += [say(f"remark.pupils_{where}", years=_years(where, years)) for where, years in missing.items()]
    beyond = [row.year for row in plan.money if row.year > computed.years[-1]]
    if beyond:
        day = later_table.teldatum([computed.data.counting(date(beyond[-1], 12, 31)).count(beyond[-1])])
        found.append(say("remark.beyond", year=beyond[0], teldatum=day))
    return found


def _years(where: str, years: list[int]) -> str:
    """Years without pupils: those after the last row are all from the first of them on."""
    return str(years[0]) if where == "after" else ", ".join(map(str, years))


def _told(one: Remark) -> dict[str, Any]:
    both = one.planned is not None and one.computed is not None
    difference = (one.planned or 0) - (one.computed or 0)
    one_year = one.kind == "period" and ", " not in one.names
    text = say(
        "remark.period_one" if one_year else f"remark.{one.kind}", year=one.year,
        planned=_euros(one.planned), computed=_euros(one.computed),
        difference=_euros(difference, sign=True), names=_named(one),
    )  # fmt: skip
    return {
        "kind": one.kind, "year": one.year, "planned": one.planned, "computed": one.computed,
        "difference": difference if both else None, "names": one.names, "line": one.place.line, "column": one.place.column,
        "place": str(one.place), "text": text,
    }  # fmt: skip


def _named(one: Remark) -> str:
    """What a remark is about, in words: amounts of the budget, or years."""
    names = one.names.split(", ")
    if one.kind == "empty":
        return ", ".join(say(f"budget.{name}") for name in names)
    return say(f"remark.{one.names}") if one.kind == "differs" else one.names


def _euros(amount: int | None, *, sign: bool = False) -> str:
    if amount is None:
        return ""
    return ("+" if sign and amount > 0 else "") + number(amount / _CENTS, 0)


_AMOUNTS = ("support", "verevening", "other", "schools", "placements", "office", "result", "reserve")


def tables(file: PlanFile, title: str) -> list[Table]:
    """The money of a plan: from the pupils it counts on (when it has a table of them), its budget, and the remarks.

    Raises:
        InputError: the plan has neither a table of pupils nor one of money.
    """
    plan, computed = file.plan, amounts(file)
    people = bekostiging.planned_people(plan, computed)
    if people is None and not plan.money and not plan.pupils:
        place = file.document.place(("money",), key=True)
        raise InputError(file.document.problem_at(say("bekostiging.no_tables"), place, say("bekostiging.fill_in")))
    found = _money(file, computed, people, title) if people is not None else []
    if plan.money:
        found.append(_budget(file, computed))
    if late := later.planned(plan, computed):
        notes = later_table.rules(computed, late)
        notes += [] if _counted(late) else [say("later.no_pupils")]
        found.append(later_table.of_one(late, say("later.plan_title", swv=plan.swv), notes, computed))
    told = remarks(file)
    if told:
        found.append(_remarks(told))
    return found


def _money(file: PlanFile, computed: Amounts, people: People, title: str) -> list[Table]:
    """The money by the pupils of a plan; without the count of 2011 no correction is known, nor what rests on it."""
    based = planned.has_base(file.plan)
    return money.of_one(bekostiging.project(people, computed), people, title, based=based)


def _has_verevening(plan: Plan, computed: Amounts) -> bool:
    """Whether the budget has years of the verevening, or says one all the same."""
    years = remarking.verevening_years(computed)
    return any(row.verevening is not None or row.year in years for row in plan.money)


def _counted(late: list[LaterYear]) -> bool:
    """Whether pupils are given for a year in which growth after the teldatum is for the vangnet."""
    return any(one.special is not None for one in late) or all(one.count is None for one in late)


def _budget(file: PlanFile, computed: Amounts) -> Table:
    """Per calendar year what the plan says, and below it what the model computes; the result is added up again."""
    plan = file.plan
    table = remarking.computed(plan, computed)
    found = remarking.by_model(plan, table) if table is not None else {}
    beside: dict[tuple[int, str], float | None] = {key: cents / _CENTS for key, cents in found.items()}
    beside |= {(row.year, "result"): remarking.balance_of(row, computed) for row in plan.money}
    years = [row.year for row in plan.money]
    rows = []
    told = [name for name in _AMOUNTS if name != "verevening" or _has_verevening(plan, computed)]
    for name in told:
        rows.append(_row(name, "planned", say(f"budget.{name}"), years, [getattr(row, name) for row in plan.money]))
        model = [beside.get((year, name)) for year in years]
        if any(value is not None for value in model):
            words = say("budget.balance" if name == "result" else "budget.model")
            rows.append(_row(name, "computed", words, years, model))
    columns = (
        Column("line", "line", screen=False), Column("kind", "kind", screen=False),
        Column("unit", "unit", screen=False), Column("what", ""),
        *(Column(str(year), str(year), "eur") for year in years),
    )  # fmt: skip
    return Table("budget", say("budget.title", swv=plan.swv), columns, rows, tuple(notes(file)))


def _row(line: str, kind: str, what: str, years: list[int], values: list[float | None]) -> dict[str, Any]:
    return {"line": line, "kind": kind, "unit": "eur", "what": what, **dict(zip(map(str, years), values, strict=True))}


def _remarks(told: list[dict[str, Any]]) -> Table:
    columns = (
        Column("kind", "kind", screen=False), Column("year", "year", screen=False),
        Column("text", say("remark.column")), Column("line", "line", screen=False), Column("place", say("remark.line")),
    )  # fmt: skip
    return Table("remarks", say("remark.title", n=len(told)), columns, told)
