"""`inspectie-sim bekostiging`: the money of an swv per school year, from its pupils to what it has left to spend."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.base.language import say
from simulator.cli import common

if TYPE_CHECKING:
    from simulator.reports.money import Sheet
    from simulator.world.scenario import Scenario

FORMATS = ("text", "json", "csv", "xlsx")
EXAMPLES = [
    "inspectie-sim bekostiging invoering-2014 --swv PO2814",
    "inspectie-sim bekostiging invoering-2014",
    "inspectie-sim bekostiging mijn-plan.yaml --format xlsx -o geld.xlsx",
]


@common.command("bekostiging", examples=EXAMPLES)
@click.argument("name", metavar="PLAN|SCENARIO")
@click.option("--swv", "code", help=say("bekostiging.swv"))
@click.option("--replication", type=click.IntRange(0), help=say("bekostiging.replication"))
@click.option("--format", "kind", type=click.Choice(FORMATS), default="text", help=say("check.format"))
@click.option("-o", "--output", type=common.FilePath(), help=say("check.output"))
@common.json_option()
def command(
    name: str, code: str | None, replication: int | None, kind: str, output: Path | None, as_json: bool
) -> None:
    """Show the money."""
    from simulator.cli.check import show

    kind = "json" if as_json else kind
    if kind == "xlsx" and output is None:
        raise click.UsageError(say("output.needs_file", kind=kind))
    if _is_plan(name):
        if code is not None or replication is not None:
            raise click.UsageError(say("bekostiging.of_scenario", name=name))
        told = _of_plan(name)
    else:
        told = _of_scenario(name, code, replication or 0)
    if kind == "text" and output is None:
        _show(name, told)
        common.next_command(_next(name, told))
        return
    show(_rendered(told, kind), output)


def _is_plan(name: str) -> bool:
    """Whether a shipped name or a file is that of a plan.

    Raises:
        InputError: it is neither a plan nor a scenario; the nearest name is offered.
    """
    from simulator.base import resources
    from simulator.base.errors import InputError, Problem, nearest
    from simulator.cli.check import is_plan

    folders = {True: resources.shipped("scenarios") / "plans", False: resources.shipped("scenarios")}
    direct = Path(name)
    if resources.is_file(direct):
        return is_plan(direct)
    for plan, folder in folders.items():
        if resources.is_file(folder / f"{name}.yaml"):
            return plan
    if any(mark in name for mark in ("/", "\\")) or direct.suffix in (".yaml", ".yml"):
        return False  # the reader of scenarios tells what is wrong
    known = [path.stem for folder in folders.values() for path in folder.glob("*.yaml")]
    raise InputError(Problem(say("input.unknown", name=name[:60]), hint=nearest(name, known) or say("hint.path")))


def _of_plan(name: str) -> dict[str, Any]:
    from simulator.plan import reading
    from simulator.reports import budget
    from simulator.world import population

    return budget.data(reading.load(name, set(population.everyone())))


def _of_scenario(name: str, code: str | None, replication: int) -> dict[str, Any]:
    from simulator.engine.model import Model
    from simulator.reports import money
    from simulator.world import bekostiging
    from simulator.world import scenario as scenarios
    from simulator.world.bekostiging import drawing

    scenario = scenarios.load(name)
    wanted = _wanted(code, scenario)
    drawing.check(scenario)
    model = Model(scenario)
    amounts = bekostiging.of_parameters(scenario.parameters)
    swv = [scenario.swv[one] for one in model.codes]
    people = bekostiging.drawn_people(swv, model.attributes(replication), amounts)
    played = {"scenario": scenario.id, "replication": replication}
    if wanted is None:
        told = money.overview(bekostiging.project(people, amounts))
    else:
        own = people.only(model.codes.index(wanted))
        told = money.data(bekostiging.project(own, amounts), own)
    return {"format": told.pop("format"), **played, **told}


def _wanted(code: str | None, scenario: Scenario) -> str | None:
    """The one swv that is meant; None for all of them."""
    from simulator.base.errors import nearest

    codes = list(scenario.swv)
    if code is None:
        return codes[0] if len(codes) == 1 else None
    if code.upper() not in codes:
        raise click.UsageError(f"{say('table.unknown_swv', name=code)}. {nearest(code.upper(), codes)}")
    return code.upper()


def _next(name: str, told: dict[str, Any]) -> str:
    if "rows" in told:
        return f"inspectie-sim bekostiging {name} --swv {told['rows'][0]['swv']}"
    swv = f" --swv {told['swv']}" if "scenario" in told else ""
    return f"inspectie-sim bekostiging {name}{swv} --format xlsx -o geld-{told['swv']}.xlsx"


def _sheets(told: dict[str, Any]) -> dict[str, Sheet]:
    """The tables of what is told, by the name of their sheet."""
    from simulator.reports import budget, money

    if "rows" in told:
        return {say("money.sheet"): money.overview_sheet(told)}
    if "scenario" in told:
        return {say("money.sheet"): money.sheet(told)}
    own = {say("money.sheet"): money.sheet(told["money"])} if told["money"] else {}
    return own | ({say("budget.sheet"): budget.sheet(told)} if told["budget"] else {})


def _rendered(told: dict[str, Any], kind: str) -> str | bytes:
    from simulator.reports import money

    if kind == "csv":
        return money.as_csv(list(_sheets(told).values()))
    if kind == "xlsx":
        own = told if "assumptions" in told else told["money"] or {"assumptions": []}
        texts = [one["text"] for one in told.get("remarks", [])]
        return money.workbook(_sheets(told), [*own["assumptions"], *texts, *told.get("notes", [])])
    return common.as_json(told)


def _show(name: str, told: dict[str, Any]) -> None:
    if "rows" in told:
        _overview(told)
    elif "scenario" in told:
        _money(say("money.title", swv=told["swv"], source=told["scenario"], k=told["replication"]), told)
    else:
        if told["money"]:
            _money(say("bekostiging.plan_title", swv=told["swv"], source=name), told["money"])
        _budget(name, told)


def _money(title: str, told: dict[str, Any]) -> None:
    from simulator.reports import money

    years = told["years"]
    rows = ((label, *(cells or [""] * len(years))) for label, cells in money.rows(told))
    common.show_table(title, ["", *years], rows, right=range(1, len(years) + 1))
    click.echo(say("money.correction", **{name: money.euros(one) for name, one in told["correction"].items()}))
    click.echo(say("money.how_title"))
    for line in told["lines"]:
        if any(line["cents"]):
            click.echo(f"- {line['label']}: {line['formula']} ({line['article']}).")
    for text in told["assumptions"]:
        click.echo(text)


def _budget(name: str, told: dict[str, Any]) -> None:
    from simulator.reports import budget

    years = [str(year["year"]) for year in told["budget"]]
    if years:
        rows = ((label, *cells) for label, cells in budget.rows(told))
        common.show_table(say("budget.title", swv=told["swv"]), ["", *years], rows, right=range(1, len(years) + 1))
    if told["remarks"]:
        click.echo(say("remark.title", n=len(told["remarks"])))
    for one in told["remarks"]:
        click.echo(f"- {one['text']} [{name}:{one['line']}]")
    for note in told["notes"]:
        click.echo(note)


def _overview(told: dict[str, Any]) -> None:
    from simulator.base.numbers import number
    from simulator.reports import money

    def cells(row: dict[str, Any]) -> list[str]:
        change, short, cut, year = (row[name] for name in money.FIGURES)
        return [
            row["swv"], money.euros(row["correction"]), "-" if change is None else number(change, 1) + "%",
            number(short, 0), number(cut, 0), "-" if year is None else str(int(year)),
        ]  # fmt: skip

    header = ["swv", *(say(f"money.{name}") for name in ("c", *money.FIGURES))]
    title = say("money.overview", source=told["scenario"], k=told["replication"])
    common.show_table(title, header, map(cells, told["rows"]), right=range(1, 6))
    for text in told["assumptions"]:
        click.echo(text)
