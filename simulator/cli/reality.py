"""`inspectie-sim reality`: a run held against figures that were seen in reality."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.base.language import pick, say
from simulator.cli import asking, common, progress, results, subjects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from simulator.outcomes.play import Player
    from simulator.outcomes.replication import Array, Replication
    from simulator.world.scenario import Scenario

MOST = 100
"""Replications that are played again unless fewer are asked for."""


@common.command(
    "reality",
    examples=[
        "inspectie-sim reality kader-2017-2021 -n 20",
        "inspectie-sim reality cyclus-2021 --format csv -o kengetallen.csv",
    ],
)
@click.argument("run")
@asking.group_option
@click.option("-n", "--replications", type=click.IntRange(1, 1_000_000), default=MOST, help=say("asking.n"))
@results.table_options
def command(run: str, group: str | None, replications: int, kind: str, output: Path | None, as_json: bool) -> None:
    """Hold a run against what was seen."""
    from simulator.outcomes import reality
    from simulator.outcomes.play import Player
    from simulator.reports import reality as report

    results.attempt(output)
    found = subjects.subject(run, replications, lambda one: asking.members(one, group))
    scenario = found.scenario
    wanted = reality.figures(scenario.kader, period=scenario.period)
    if not wanted:
        raise click.UsageError(say("reality.none", kader=scenario.kader.id))
    number = found.replications
    player = Player(scenario)
    with progress.Progress(number, quiet=asking.quiet()) as tick:
        places = None if group is None else _places(scenario, asking.members(scenario, group))
        held = reality.hold(wanted, _played(player, number, tick), places)
    among = asking.group_told(scenario, group)
    table = asking.of_members(report.table(held, pick(scenario.title), number), among)
    head = {"format": "reality/1", "run": found.id, "replications": number, "group": among}
    results.deliver([table], head, kind, output, as_json=as_json)
    if kind == "text" and not as_json:
        common.next_command(f"inspectie-sim toezicht {run}", f"inspectie-sim scenario assumptions {scenario.id}")


def _places(scenario: Scenario, codes: list[str]) -> Array:
    """The places of some swv among all of a scenario."""
    import numpy as np

    return np.flatnonzero([code in set(codes) for code in scenario.swv])


def _played(player: Player, number: int, tick: Callable[[int], None]) -> Iterator[Replication]:
    for one in range(number):
        yield player.replication(one)
        tick(1)
