"""The budget of a plan beside what the model computes, and the remarks on it, as plain data with their words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from simulator.base.errors import InputError
from simulator.base.language import known, say
from simulator.base.numbers import number
from simulator.reports import money
from simulator.reports.tables import Column, Table
from simulator.world import bekostiging
from simulator.world.bekostiging import planned, remarking

if TYPE_CHECKING:
    from simulator.plan.details import MoneyYear
    from simulator.plan.reading import PlanFile
    from simulator.world.bekostiging import Amounts, Remark

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
        if not plan.pupils:
            found.append(say("remark.not_compared"))
        elif (year := planned.carried_from(plan, computed)) is not None:
            found.append(say("remark.carried", year=year))
    beyond = [row.year for row in plan.money if row.year > computed.years[-1]]
    if beyond:
        day = computed.data.counting(date(beyond[-1], 12, 31)).count(beyond[-1])
        text = f"{day.day} {say('date.months').split()[day.month - 1]}"
        found.append(say("remark.beyond", year=beyond[0], teldatum=text))
    return found


def _told(one: Remark) -> dict[str, Any]:
    name = f"remark.{one.names}"
    both = one.planned is not None and one.computed is not None
    difference = (one.planned or 0) - (one.computed or 0)
    text = say(
        f"remark.{one.kind}", year=one.year, planned=_euros(one.planned), computed=_euros(one.computed),
        difference=_euros(difference, sign=True), names=say(name) if one.kind == "differs" and known(name) else one.names,
    )  # fmt: skip
    return {
        "kind": one.kind, "year": one.year, "planned": one.planned, "computed": one.computed,
        "difference": difference if both else None, "names": one.names, "line": one.place.line, "column": one.place.column,
        "place": str(one.place), "text": text,
    }  # fmt: skip


def _euros(amount: int | None, *, sign: bool = False) -> str:
    if amount is None:
        return ""
    return ("+" if sign and amount > 0 else "") + number(amount / _CENTS, 0)


_AMOUNTS = ("support", "verevening", "other", "schools", "placements", "office", "balance", "reserve")


def tables(file: PlanFile, title: str) -> list[Table]:
    """The money of a plan: from the pupils it counts on (when it has a table of them), its budget, and the remarks.

    Raises:
        InputError: the plan has neither a table of pupils nor one of money.
    """
    plan, computed = file.plan, amounts(file)
    people = bekostiging.planned_people(plan, computed)
    if people is None and not plan.money:
        place = file.document.place(("money",), key=True)
        raise InputError(file.document.problem_at(say("bekostiging.no_tables"), place, say("bekostiging.fill_in")))
    found = money.of_one(bekostiging.project(people, computed), people, title) if people is not None else []
    if plan.money:
        found.append(_budget(file, computed))
    told = remarks(file)
    if told:
        found.append(_remarks(told))
    return found


def _budget(file: PlanFile, computed: Amounts) -> Table:
    """Per calendar year what the plan says, below it what the model computes, and above which a reserve is too large."""
    plan = file.plan
    beside = {(one.year, one.name): one.computed / _CENTS for one in remarking.compared(plan, computed)}
    years = [row.year for row in plan.money]
    rows = []
    for name in _AMOUNTS:
        rows.append(_row(name, "planned", say(f"budget.{name}"), years, [getattr(row, name) for row in plan.money]))
        model = [beside.get((year, name)) for year in years]
        if any(value is not None for value in model):
            rows.append(_row(name, "computed", say("budget.model"), years, model))
    most = [_most(row, computed) for row in plan.money]
    if any(value is not None for value in most):
        rows.append(_row("signaleringswaarde", "computed", say("budget.signaleringswaarde"), years, most))
    columns = (
        Column("line", "line", screen=False), Column("kind", "kind", screen=False), Column("what", ""),
        *(Column(str(year), str(year), "eur") for year in years),
    )  # fmt: skip
    return Table("budget", say("budget.title", swv=plan.swv), columns, rows, tuple(notes(file)))


def _row(line: str, kind: str, what: str, years: list[int], values: list[float | None]) -> dict[str, Any]:
    return {"line": line, "kind": kind, "what": what, **dict(zip(map(str, years), values, strict=True))}


def _most(row: MoneyYear, computed: Amounts) -> float | None:
    late = row.year >= computed.data.signaleringswaarde.from_year and row.support is not None
    return remarking.signaleringswaarde(row, computed) / _CENTS if late else None


def _remarks(told: list[dict[str, Any]]) -> Table:
    columns = (
        Column("kind", "kind", screen=False), Column("year", "year", screen=False),
        Column("text", say("remark.column")), Column("line", "line", screen=False), Column("place", say("remark.line")),
    )  # fmt: skip
    return Table("remarks", say("remark.title", n=len(told)), columns, told)
