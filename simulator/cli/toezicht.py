"""`inspectie-sim toezicht`: what supervision did per school year, and which orders it gave."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from simulator.base.language import say
from simulator.cli import asking, common, progress, results, subjects

if TYPE_CHECKING:
    from simulator.outcomes.toezichtjaren import By

MOST = 20
"""Replications that are played again unless more are asked for."""


@common.command(
    "toezicht",
    examples=[
        "inspectie-sim toezicht cyclus-2021",
        "inspectie-sim toezicht laatste --by article --year 2022",
        "inspectie-sim toezicht cyclus-2021 --by standard --group po --format xlsx -o toezicht.xlsx",
    ],
)
@click.argument("run")
@click.option("--by", type=click.Choice(("year", "article", "standard")), default="year", help=say("toezicht.by"))
@click.option("--year", type=int, help=say("toezicht.year_option"))
@asking.group_option
@click.option("-n", "--replications", type=click.IntRange(1, 1_000_000), default=MOST, help=say("asking.n"))
@results.table_options
def command(
    run: str,
    by: str,
    year: int | None,
    group: str | None,
    replications: int,
    kind: str,
    output: Path | None,
    as_json: bool,
) -> None:
    """Show what supervision did."""
    from simulator.base.days import day_of
    from simulator.outcomes.play import Player
    from simulator.outcomes.toezicht import years
    from simulator.reports import toezicht

    results.attempt(output)
    found = subjects.subject(run, replications)
    scenario = found.scenario
    if scenario.kader.file.toezicht is None:
        raise click.UsageError(say("toezicht.none", kader=scenario.kader.id))
    played = years(day_of(scenario.period.start), day_of(scenario.period.until))
    if year is not None and year not in played:
        raise click.UsageError(say("toezicht.no_year", year=year, first=played[0], last=played[-1]))
    chosen = set(asking.members(scenario, group))
    members = {number for number, code in enumerate(scenario.swv) if code in chosen}
    number = found.replications
    player = Player(scenario)
    plays = []
    with progress.Progress(number, quiet=asking.quiet()) as tick:
        for one in range(number):
            plays.append(player.replication(one))
            tick(1)
    tables = toezicht.tables(plays, cast("By", by), members, year)
    head = {"format": "toezicht/1", "run": found.id, "by": by, "year": year, "replications": number}
    screen = kind == "text" and not as_json
    results.deliver(tables[:1] if screen else tables, head, kind, output, as_json=as_json)
    if screen:
        other = "article" if by == "year" else "year"
        common.next_command(f"inspectie-sim toezicht {run} --by {other}", f"inspectie-sim rooster {run}")
