"""`inspectie-sim lastendruk`: hours and euros, by who, what and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.base.language import say
from simulator.cli import asking, common, progress, results, subjects

if TYPE_CHECKING:
    from simulator.world.scenario import Scenario

MOST = 20
"""Replications that are played again unless more are asked for."""


@common.command(
    "lastendruk",
    examples=["inspectie-sim lastendruk invoering-2014", "inspectie-sim lastendruk laatste --by obligation --group po"],
)
@click.argument("run")
@click.option(
    "--by", type=click.Choice(("actor", "activity", "obligation")), default="actor", help=say("lastendruk.by")
)
@asking.group_option
@click.option("-n", "--replications", type=click.IntRange(1, 1_000_000), default=MOST, help=say("asking.n"))
@results.table_options
def command(
    run: str, by: str, group: str | None, replications: int, kind: str, output: Path | None, as_json: bool
) -> None:
    """Show the burden."""
    from simulator.outcomes.play import Player
    from simulator.reports import burdens

    found = subjects.subject(run, replications, lambda one: _members(one, group))
    scenario = found.scenario
    number = found.replications
    own = [list(scenario.swv).index(code) for code in _members(scenario, group)]
    player = Player(scenario)
    counts = burdens.Counts(by, own)
    with progress.Progress(number, quiet=asking.quiet()) as tick:
        for one in range(number):
            counts.add(player.replication(one))
            tick(1)
    tables = burdens.tables(scenario, counts)
    head = {"format": "lastendruk/1", "run": found.id, "replications": number, "by": by, "swv": len(own)}
    results.deliver(tables, head, kind, output, as_json=as_json)
    if kind == "text" and not as_json:
        others = [one for one in ("actor", "activity", "obligation") if one != by]
        common.next_command(*(f"inspectie-sim lastendruk {run} --by {one}" for one in others))


def _members(scenario: Scenario, group: str | None) -> list[str]:
    """The swv whose burden is asked for, in a scenario that has the lastendruk."""
    from simulator.world import parts

    parts.needed(scenario, parts.LASTENDRUK)
    return asking.members(scenario, group)
