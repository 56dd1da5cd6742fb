"""`inspectie-sim population`: the table of what is given about each swv, to be filled in."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.base import writing
from simulator.base.language import current, say
from simulator.cli import asking, common

EXAMPLE = "inspectie-sim population export invoering-2014 -o mijn-swv.csv"


@click.group("population", cls=common.Group, help=say("population.help"), examples=[EXAMPLE])
def command() -> None:
    """The population of a scenario."""


@command.command(
    "export", cls=common.Command, help=say("population.export"),
    examples=[EXAMPLE],
)  # fmt: skip
@click.argument("scenario", default="invoering-2014")
@asking.group_option
@click.option("-o", "--output", type=common.OutputFile(), help=say("population.output"))
def export(scenario: str, group: str | None, output: Path | None) -> None:
    """Write the table of a scenario."""
    from simulator.outcomes import inputs
    from simulator.world import scenario as scenarios

    found = scenarios.load(scenario)
    some = found.among(asking.members(found, group))
    table = inputs.population_table(some, ";" if current() == "nl" else ",")
    if output is None:
        click.echo(table, nl=False)
        return
    writing.write(output, table.encode("utf-8-sig"))
    click.echo(say("population.written", file=output.as_posix()), err=True)
    common.next_command(say("population.next", file=output.as_posix()))
