"""The budget of a plan beside what the model computes, and the remarks on it, as plain data with their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.errors import InputError
from simulator.base.language import known, say
from simulator.base.numbers import number
from simulator.reports import money
from simulator.world import bekostiging
from simulator.world.bekostiging import cents, planned, remarking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.plan.reading import PlanFile
    from simulator.world.bekostiging import Amounts, Remark

FORMAT = "budget/1"
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
    if any(row.year in computed.calendar[1:-1] for row in plan.money):
        if not plan.pupils:
            found.append(say("remark.not_compared"))
        elif (year := planned.carried_from(plan, computed)) is not None:
            found.append(say("remark.carried", year=year))
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
        "difference": difference if both else None, "names": one.names, "line": one.line, "column": one.column,
        "text": text,
    }  # fmt: skip


def _euros(amount: int | None, *, sign: bool = False) -> str:
    if amount is None:
        return ""
    return ("+" if sign and amount > 0 else "") + number(amount / _CENTS, 0)


_AMOUNTS = ("support", "verevening", "other", "schools", "placements", "office", "balance", "reserve")


def table(file: PlanFile) -> list[dict[str, Any]]:
    """Per calendar year of the budget: what the plan says, what the model computes, and the largest reserve, in cents."""
    computed = amounts(file)
    beside = {(one.year, one.name): one.computed for one in remarking.compared(file.plan, computed)}
    found = []
    for row in file.plan.money:
        late = row.year >= computed.data.signaleringswaarde.from_year and row.support is not None
        found.append({
            "year": row.year,
            "planned": {name: _in_cents(getattr(row, name)) for name in _AMOUNTS},
            "computed": {name: beside.get((row.year, name)) for name in remarking.COMPUTED},
            "signaleringswaarde": remarking.signaleringswaarde(row, computed) if late else None,
        })  # fmt: skip
    return found


def _in_cents(value: float | None) -> int | None:
    return None if value is None else cents.of_euros(value)


def data(file: PlanFile) -> dict[str, Any]:
    """The money of a plan: from the pupils it counts on (when it has a table of them), its budget, and the remarks.

    Raises:
        InputError: the plan has neither a table of pupils nor one of money.
    """
    plan, computed = file.plan, amounts(file)
    people = bekostiging.planned_people(plan, computed)
    if people is None and not plan.money:
        place = file.document.place(("money",), key=True)
        raise InputError(file.document.problem_at(say("bekostiging.no_tables"), *place, say("bekostiging.fill_in")))
    own = money.data(bekostiging.project(people, computed), people) if people is not None else None
    return {
        "format": FORMAT, "plan": file.path.as_posix(), "swv": plan.swv, "money": own, "budget": table(file),
        "remarks": remarks(file), "notes": notes(file),
    }  # fmt: skip


def rows(told: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The budget as words: a label, and a cell per calendar year; under an amount what the model computes."""
    years = told["budget"]
    for name in _AMOUNTS:
        yield say(f"budget.{name}"), [_cell(year["planned"][name]) for year in years]
        model = [year["computed"].get(name) for year in years]
        if any(value is not None for value in model):
            yield say("budget.model"), [_cell(value) for value in model]
    most = [year["signaleringswaarde"] for year in years]
    if any(value is not None for value in most):
        yield say("budget.signaleringswaarde"), [_cell(value) for value in most]


def _cell(value: int | None) -> str:
    return "-" if value is None else _euros(value)


def sheet(told: dict[str, Any]) -> tuple[list[str], list[list[Any]]]:
    """A header, and a row per amount of the budget, planned and computed, in euros."""
    years = told["budget"]
    header = ["line", "kind", say("money.what"), *(str(year["year"]) for year in years)]
    body: list[list[Any]] = []
    for name in _AMOUNTS:
        body.append([name, "planned", say(f"budget.{name}"), *(_in_euros(year["planned"][name]) for year in years)])
        if name in remarking.COMPUTED:
            model = (_in_euros(year["computed"][name]) for year in years)
            body.append([name, "computed", say("budget.model").strip(), *model])
    most = (_in_euros(year["signaleringswaarde"]) for year in years)
    return header, [*body, ["signaleringswaarde", "computed", say("budget.signaleringswaarde"), *most]]


def _in_euros(value: int | None) -> float | None:
    return None if value is None else value / _CENTS
