"""`inspectie-sim bekostiging`: the money of an swv per school year, from its pupils to what it has left to spend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from simulator.base.language import say
from simulator.cli import common

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ("text", "json", "csv", "xlsx")
EXAMPLES = [
    "inspectie-sim bekostiging invoering-2014 --swv PO2814",
    "inspectie-sim bekostiging invoering-2014",
    "inspectie-sim bekostiging mijn-plan.yaml --format xlsx -o geld.xlsx",
]


@common.command("bekostiging", examples=EXAMPLES)
@click.argument("name", metavar="PLAN|SCENARIO")
@click.option("--swv", "code", help=say("bekostiging.swv"))
@click.option("--replication", type=click.IntRange(0), default=0, help=say("bekostiging.replication"))
@click.option("--format", "kind", type=click.Choice(FORMATS), default="text", help=say("check.format"))
@click.option("-o", "--output", type=common.FilePath(), help=say("check.output"))
@common.json_option()
def command(name: str, code: str | None, replication: int, kind: str, output: Path | None, as_json: bool) -> None:
    """Show the money."""
    from simulator.cli.check import show
    from simulator.reports import money

    kind = "json" if as_json else kind
    if kind == "xlsx" and output is None:
        raise click.UsageError(say("output.needs_file", kind=kind))
    told = _told(name, code, replication)
    if kind == "text" and output is None:
        _show(told)
        common.next_command(*_next(name, told))
        return
    show(_rendered(money, told, kind), output)


def _told(name: str, code: str | None, replication: int) -> dict[str, Any]:
    from simulator.engine.model import Model
    from simulator.reports import money
    from simulator.world import bekostiging
    from simulator.world import scenario as scenarios
    from simulator.world.bekostiging import drawing

    scenario = scenarios.load(name)
    _wanted(code, list(scenario.swv))
    drawing.check(scenario)
    model = Model(scenario)
    amounts = bekostiging.of_parameters(scenario.parameters)
    swv = [scenario.swv[one] for one in model.codes]
    people = bekostiging.drawn_people(swv, model.attributes(replication), amounts)
    if code is None and len(model.codes) > 1:
        return {"source": name, "replication": replication, **money.overview(bekostiging.project(people, amounts))}
    own = people.only(model.codes.index(code.upper()) if code else 0)
    told = money.data(bekostiging.project(own, amounts), own)
    return {"format": told.pop("format"), "source": name, "replication": replication, **told}


def _wanted(code: str | None, codes: list[str]) -> None:
    from simulator.base.errors import nearest

    if code is not None and code.upper() not in codes:
        raise click.UsageError(f"{say('table.unknown_swv', name=code)}. {nearest(code.upper(), codes)}")


def _next(name: str, told: dict[str, Any]) -> list[str]:
    if "rows" in told:
        return [f"inspectie-sim bekostiging {name} --swv {told['rows'][0]['swv']}"]
    return [f"inspectie-sim bekostiging {name} --swv {told['swv']} --format xlsx -o geld-{told['swv']}.xlsx"]


def _rendered(money: Any, told: dict[str, Any], kind: str) -> str | bytes:
    if kind == "csv":
        return str(money.as_csv(told))
    if kind == "xlsx":
        return bytes(money.workbook(told))
    return common.as_json(told)


def _show(told: dict[str, Any]) -> None:
    from simulator.reports import money

    if "rows" in told:
        _overview(told)
    else:
        title = say("money.title", swv=told["swv"], source=told["source"], k=told["replication"])
        rows = ((label, *(cells or [""] * len(told["years"]))) for label, cells in money.rows(told))
        common.show_table(title, ["", *told["years"]], rows, right=range(1, len(told["years"]) + 1))
        click.echo(say("money.correction", **{name: money.euros(c) for name, c in told["correction"].items()}))
        click.echo(say("money.how_title"))
        for line in told["lines"]:
            if any(line["cents"]):
                click.echo(f"- {line['label']}: {line['formula']} ({line['article']}).")
    for text in told["assumptions"]:
        click.echo(text)


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
    title = say("money.overview", source=told["source"], k=told["replication"])
    common.show_table(title, header, map(cells, told["rows"]), right=range(1, 6))
