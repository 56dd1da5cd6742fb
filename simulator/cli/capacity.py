"""`inspectie-sim capacity`: how many people a target takes, per pool."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.base.language import pick, say
from simulator.cli import asking, common, progress, results

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulator.outcomes.staffing import Told
    from simulator.world.scenario import Scenario


@common.command(
    "capacity",
    examples=[
        'inspectie-sim capacity cyclus-2021 --target "visit_to_report_days<=170:0.8"',
        'inspectie-sim capacity invoering-2014 --target "visit_to_report_days<=160:0.9" --pool inspecteur_so -n 40',
    ],
)
@click.argument("scenario")
@click.option("--target", "text", required=True, metavar="DOEL", help=say("capacity.target"))
@click.option("--pool", "wanted", multiple=True, metavar="GROEP", help=say("capacity.pool"))
@asking.group_option
@click.option("-n", "--replications", type=click.IntRange(2, 1_000_000), default=20, help=say("capacity.n"))
@click.option("--workers", type=click.IntRange(1, 256), help=say("run.workers"))
@results.table_options
def command(
    scenario: str, text: str, wanted: tuple[str, ...], group: str | None, replications: int, workers: int | None,
    kind: str, output: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Find the smallest capacity that reaches a target."""
    from simulator.outcomes import staffing, targets
    from simulator.reports import staffing as report
    from simulator.world import scenario as scenarios

    chosen = scenarios.load(scenario)
    target = targets.target(text)
    asking.known_figure(target.figure, _figures(chosen))
    units = {kpi.id: kpi.unit for kpi in chosen.kader.file.kpis}
    targets.fits(text, target, units[target.figure.partition(".")[0]])
    pools = _pools(chosen, wanted)
    members = None if group is None else tuple(asking.members(chosen, group))
    among = asking.group_told(chosen, group)
    results.attempt(output)
    most, processes = staffing.most_plays(chosen, pools, replications), workers or os.cpu_count() or 1
    click.echo(say("capacity.begins", most=most, n=replications), err=True)
    with progress.Progress(most, quiet=asking.quiet()) as tick:
        found = staffing.search(chosen, target, pools, replications, processes, _teller(chosen, tick), members)
    head = {"format": "capacity/2", "scenario": chosen.id, "target": text.strip(), "replications": replications,
            "group": among, **report.data(found)}  # fmt: skip
    first, *others = report.tables(chosen, found, replications)
    results.deliver([asking.of_members(first, among), *others], head, kind, output, as_json=as_json)
    if kind == "text" and not as_json:
        nearest = report.nearest(found)
        again = [f'inspectie-sim capacity {scenario} --target "{nearest}"'] if nearest else []
        common.next_command(*again, f"inspectie-sim rooster {scenario} -o rooster.xlsx")


def _teller(scenario: Scenario, tick: Callable[[int], None]) -> Callable[[Told], None]:
    """Who says on stderr what a search has come to know, and moves the bar."""
    from simulator.reports import staffing as report

    def tell(told: Told) -> None:
        if told.met:
            click.echo(say("capacity.ample_found", share=report.share(told.met)), err=True)
        elif told.pool:
            label = pick(scenario.pools[told.pool].label)
            click.echo(say("capacity.pool_found", pool=label, people=told.people), err=True)
        else:
            tick(told.played)

    return tell


def _figures(scenario: Scenario) -> list[str]:
    from simulator.outcomes import kpis

    return kpis.names_of(scenario.kader.file, list(scenario.pools))


def _pools(scenario: Scenario, wanted: Sequence[str]) -> list[str]:
    """The pools of the Inspectie that some step of the scenario needs, or those that are asked for."""
    from simulator.base.errors import nearest
    from simulator.outcomes import rostering

    own = rostering.of_inspectie(scenario.kader.file, scenario.parts_off)
    for name in wanted:
        if name not in scenario.pools:
            hint = nearest(name, scenario.pools) or say("hint.choose", names=", ".join(own))
            raise click.UsageError(f"{say('capacity.no_pool', name=name)}. {hint}")
    return [name for name in scenario.pools if name in (wanted or own)]
