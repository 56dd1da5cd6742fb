"""`inspectie-sim bekostiging`: the money of an swv per school year, from its pupils to what it has left to spend."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.base.language import say
from simulator.cli import asking, common, plannames, results

if TYPE_CHECKING:
    from simulator.reports.tables import Table
    from simulator.world.scenario import Scenario

EXAMPLES = [
    "inspectie-sim bekostiging invoering-2014 --swv PO2814",
    "inspectie-sim bekostiging invoering-2014 --group po",
    "inspectie-sim bekostiging mijn-plan.yaml --format xlsx -o geld.xlsx",
]


@common.command("bekostiging", examples=EXAMPLES)
@click.argument("name", metavar="PLAN|SCENARIO")
@click.option("--swv", "code", help=say("bekostiging.swv"))
@asking.group_option
@click.option("--replication", type=click.IntRange(0), help=say("bekostiging.replication"))
@results.table_options
def command(
    name: str,
    code: str | None,
    group: str | None,
    replication: int | None,
    kind: str,
    output: Path | None,
    as_json: bool,
) -> None:
    """Show the money."""
    if plannames.plan_or_scenario(name):
        typed = {"--swv": code, "--group": group, "--replication": replication}
        if given := [option for option, value in typed.items() if value is not None]:
            raise click.UsageError(say("bekostiging.of_scenario", name=name, options=", ".join(given)))
        head, tables = _of_plan(name)
    else:
        head, tables = _of_scenario(name, code, group, replication or 0)
    results.deliver(tables, head, kind, output, as_json=as_json)
    if kind == "text" and not as_json and output is None:
        common.next_command(_next(common.quoted(name), head, tables))


def _of_plan(name: str) -> tuple[dict[str, Any], list[Table]]:
    from simulator.reports import budget

    file = common.plan_file(name)
    head = {"format": "money/4", "plan": file.path.as_posix(), "swv": file.plan.swv}
    return head, budget.tables(file, say("bekostiging.plan_title", swv=file.plan.swv, source=name))


def _of_scenario(
    name: str, code: str | None, group: str | None, replication: int
) -> tuple[dict[str, Any], list[Table]]:
    from simulator.engine.people import People
    from simulator.world import parts
    from simulator.world import scenario as scenarios
    from simulator.world.bekostiging import drawing, later
    from simulator.world.shockparts import BEKOSTIGING

    if code is not None and group is not None:
        raise click.UsageError(say("cli.not_together", first="--swv", second="--group"))
    scenario = scenarios.load(name)
    parts.needed(scenario, BEKOSTIGING)
    if replication >= scenario.replications:
        click.echo(say("bekostiging.beyond", number=replication, n=scenario.replications), err=True)
    wanted, members = _wanted(code, scenario), asking.members(scenario, group)
    is_later = later.tells(scenario.kader)
    if not is_later:
        drawing.check(scenario)
    attributes = People(scenario, list(scenario.swv)).attributes(replication)
    tables = _later if is_later else _first
    head = {"format": "money/4", "scenario": scenario.id, "replication": replication}
    told = tables(scenario, attributes, wanted, members, {"source": scenario.id, "k": replication})
    return (head if wanted is None else {**head, "swv": wanted}), told


def _first(
    scenario: Scenario, attributes: dict[str, Any], wanted: str | None, members: list[str], title: dict[str, Any]
) -> list[Table]:
    """The money up to 2020: line by line for one swv, figures for more."""
    from simulator.reports import money
    from simulator.world import bekostiging
    from simulator.world.bekostiging import drawing

    amounts, codes = bekostiging.of_parameters(scenario.parameters), list(scenario.swv)
    swv = list(scenario.swv.values())
    people = bekostiging.drawn_people(swv, attributes, amounts, drawing.laid(scenario), scenario.plans)
    if wanted is None:
        some = people.only([codes.index(one) for one in members])
        return [money.of_many(bekostiging.project(some, amounts), say("money.overview", **title))]
    own = people.only([codes.index(wanted)])
    return money.of_one(bekostiging.project(own, amounts), own, say("money.title", swv=wanted, **title))


def _later(
    scenario: Scenario, attributes: dict[str, Any], wanted: str | None, members: list[str], title: dict[str, Any]
) -> list[Table]:
    """The money after 2020: own equity and growth; an swv with a plan file has those of its plan."""
    from simulator.reports import later as tables
    from simulator.world import bekostiging
    from simulator.world.bekostiging import drawing, later

    amounts, codes = bekostiging.of_parameters(scenario.parameters), list(scenario.swv)
    swv, years = list(scenario.swv.values()), later.years_of(scenario.plan_period)
    table = later.drawn(swv, attributes, years, amounts, scenario.plans, drawing.laid(scenario))
    day, numbers = scenario.period.until, [codes.index(one) for one in (members if wanted is None else [wanted])]
    own = later.told_on(table.of(numbers[0]), day, amounts)
    notes = [*tables.rules(amounts, own), say("later.drawn")]
    if wanted is None:
        return [tables.of_many(table.only(numbers), say("later.overview", **title), notes, day, amounts)]
    return [tables.of_one(own, say("later.title", swv=wanted, **title), notes, amounts)]


def _wanted(code: str | None, scenario: Scenario) -> str | None:
    """The one swv that is meant; None for all of them."""
    from simulator.base.errors import offering

    codes = list(scenario.swv)
    if code is None:
        return codes[0] if len(codes) == 1 else None
    if code.upper() not in codes:
        raise click.UsageError(offering(say("table.unknown_swv", name=code), code.upper(), codes))
    return code.upper()


def _next(name: str, head: dict[str, Any], tables: list[Table]) -> str:
    if "swv" not in head:
        return f"inspectie-sim bekostiging {name} --swv {tables[0].rows[0]['swv']}"
    swv = f" --swv {head['swv']}" if "scenario" in head else ""
    return f"inspectie-sim bekostiging {name}{swv} --format xlsx -o geld-{head['swv']}.xlsx"
