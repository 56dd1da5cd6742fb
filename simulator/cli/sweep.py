"""`inspectie-sim sweep`: a scenario with many values of some settings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from simulator.base.language import say
from simulator.cli import asking, common, results

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.outcomes.store import Run
    from simulator.reports.tables import Table
    from simulator.world.scenario import Scenario

FORMATS = ("text", "json", "csv")
_SHOWN = 3


@common.command(
    "sweep",
    examples=[
        'inspectie-sim sweep invoering-2014 --vary "pools.inspecteur_so.capacity=2..6:2" -n 20',
        'inspectie-sim sweep invoering-2014 --vary "opr_refuses.value=0.02..0.3" --lhs 20 --kpi plan_on_time',
    ],
)
@click.argument("scenario")
@click.option("--vary", "varied", multiple=True, required=True, metavar="NAAM=WAARDEN", help=say("sweep.vary"))
@asking.group_option
@click.option("--lhs", "hypercube", type=click.IntRange(2, 10_000), help=say("sweep.lhs"))
@click.option("-n", "--replications", type=click.IntRange(1, 1_000_000), default=20, help=say("run.replications"))
@click.option("--workers", type=click.IntRange(1, 256), help=say("run.workers"))
@click.option("--kpi", "figures", multiple=True, metavar="KENGETAL", help=say("sweep.kpi"))
@click.option("--format", "kind", type=click.Choice(FORMATS), default="text", help=say("check.format"))
@click.option("-o", "--output", type=common.OutputFile(), help=say("check.output"))
@common.json_option()
def command(
    scenario: str, varied: tuple[str, ...], group: str | None, hypercube: int | None, replications: int,
    workers: int | None, figures: tuple[str, ...], kind: str, output: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Sweep a scenario."""
    from simulator.outcomes import sweeping
    from simulator.world import scenario as scenarios

    chosen = scenarios.load(scenario)
    axes = [sweeping.axis(text) for text in varied]
    points = sweeping.points(chosen, axes, hypercube, chosen.seed)
    names = asking.figures(chosen, figures)
    among = asking.group_told(chosen, group)
    results.attempt(output)
    click.echo(
        say(
            "sweep.plan",
            points=say("sweep.point", n=len(points)),
            n=replications,
            total=len(points) * replications,
        ),
        err=True,
    )
    quiet = as_json or asking.quiet()
    runs = _runs(chosen, points, replications, workers or os.cpu_count() or 1, quiet=quiet)
    runs = [asking.of_group(run, group, workers, quiet=quiet) for run in runs]
    told = {**_data(chosen, points, runs, replications), "group": among}
    kind = "json" if as_json else kind
    if kind == "json":
        results.show(common.as_json(told), output)
    elif kind == "csv":
        results.show(_csv(told), output)
    else:
        shown = _table(told, names or list(told["points"][0]["kpis"])[:_SHOWN], runs[0])
        results.deliver([shown], {}, kind, output, as_json=False)
        if among:
            click.echo(asking.group_words(among), err=True)
        first, last = runs[0].folder.as_posix(), runs[-1].folder.as_posix()
        common.next_command(
            f"inspectie-sim compare {first} {last}" if len(runs) > 1 else f"inspectie-sim runs show {first}"
        )


def _runs(chosen: Scenario, points: list[dict[str, Any]], n: int, workers: int, *, quiet: bool) -> list[Run]:
    from dataclasses import replace

    from simulator.cli.progress import Progress
    from simulator.outcomes import running
    from simulator.world import varying

    found = []
    with Progress(len(points) * n, quiet=quiet) as tick:
        for point in points:
            one = replace(varying.varied(chosen, point, "sweep"), id=f"{chosen.id}-sweep")
            how = running.How(workers=workers, resume=True, tick=tick)
            found.append(running.run(one, n, how)[0])
    return found


def _data(chosen: Scenario, points: list[dict[str, Any]], runs: list[Run], n: int) -> dict[str, Any]:
    from simulator.outcomes import limits
    from simulator.reports.comparison import labels

    def figures(run: Run) -> dict[str, Any]:
        first = run.kpis["replication"] < n
        return {
            name: {**vars(limits.estimate([run.scenario.kader.file], name, run.kpis[name][first])), "unit": unit}
            for name, _, unit in labels(run)
        }

    return {
        "format": "sweep/1", "scenario": chosen.id, "replications": n,
        "points": [{"values": p, "run": run.id, "kpis": figures(run)} for p, run in zip(points, runs, strict=True)],
    }  # fmt: skip


def _csv(told: dict[str, Any]) -> str:
    import csv
    import io

    from simulator.base.numbers import cell, written
    from simulator.reports.tables import nothing

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    first = told["points"][0]
    ends = ("mean", "low", "high")
    writer.writerow([*first["values"], "run", *(f"{name}.{end}" for name in first["kpis"] for end in ends)])
    for point in told["points"]:
        cells = [cell(one[end], one["unit"]) for one in point["kpis"].values() for end in ends]
        figures = ("" if nothing(one) else written(one) for one in cells)
        writer.writerow([*map(written, point["values"].values()), point["run"], *figures])
    return text.getvalue()


def _table(told: dict[str, Any], names: list[str], run: Run) -> Table:
    """The points as rows, each with some figures and their intervals."""
    from simulator.base.numbers import figure, plain
    from simulator.reports.comparison import labels
    from simulator.reports.tables import Column, Table

    def interval(one: dict[str, Any]) -> str:
        mean, low, high = (figure(one[end], one["unit"]) for end in ("mean", "low", "high"))
        return f"{mean} [{low} .. {high}]"

    words = {name: label for name, label, _ in labels(run)}
    settings = list(told["points"][0]["values"])
    rows = []
    for point in told["points"]:
        values = {name: plain(one) if isinstance(one, int | float) else one for name, one in point["values"].items()}
        rows.append({**values, **{name: interval(point["kpis"][name]) for name in names}})
    columns = (*(Column(name, name) for name in settings), *(Column(name, words[name]) for name in names))
    return Table("points", say("sweep.title", name=told["scenario"], n=told["replications"]), columns, rows)
