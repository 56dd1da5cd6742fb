"""`inspectie-sim sensitivity`: which of the unsure numbers a figure depends on."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from simulator.base.language import say
from simulator.cli import asking, common, results

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.outcomes.sensitivity import Effect, Plan
    from simulator.world.scenario import Scenario

DOCUMENTS = ("html", "pdf", "docx", "odt", "md")
BINARY = ("pdf", "docx", "odt")


@common.command(
    "sensitivity",
    examples=[
        "inspectie-sim sensitivity invoering-2014 --kpi plan_on_time --dry-run",
        "inspectie-sim sensitivity invoering-2014 --kpi plan_on_time --format html -o gevoeligheid.html",
    ],
)
@click.argument("scenario")
@click.option("--kpi", metavar="KENGETAL", help=say("sensitivity.kpi"))
@asking.group_option
@click.option("-n", "--replications", type=click.IntRange(1, 10_000), default=4, help=say("sensitivity.n"))
@click.option("--trajectories", type=click.IntRange(2, 1000), default=4, help=say("sensitivity.trajectories"))
@click.option("--samples", type=click.IntRange(0, 4096), default=16, help=say("sensitivity.samples"))
@click.option("--top", type=click.IntRange(2, 12), default=8, help=say("sensitivity.top"))
@click.option("--workers", type=click.IntRange(1, 256), help=say("run.workers"))
@click.option("--dry-run", is_flag=True, help=say("sensitivity.dry_run"))
@click.option(
    "--format", "kind", type=click.Choice(("text", "json", *DOCUMENTS)), default="text", help=say("check.format")
)
@click.option("-o", "--output", type=common.OutputFile(), help=say("check.output"))
@common.json_option()
def command(
    scenario: str, kpi: str | None, group: str | None, replications: int, trajectories: int, samples: int, top: int,
    workers: int | None, dry_run: bool, kind: str, output: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Study a scenario."""
    from simulator.cli.progress import Progress
    from simulator.outcomes import sensitivity
    from simulator.world import scenario as scenarios

    if samples & (samples - 1):
        raise click.UsageError(say("sensitivity.power", value=samples))
    if kind in BINARY and output is None:
        raise click.UsageError(say("output.needs_file", kind=kind))
    chosen = scenarios.load(scenario)
    figure = kpi or chosen.kader.file.kpis[0].id
    asking.figures(chosen, (figure,))
    among = None if group is None else tuple(asking.members(chosen, group))
    results.attempt(output)
    plan = sensitivity.Plan(sensitivity.names_of(chosen), trajectories, samples, top, replications, among)
    variants = plan.screened + plan.shared
    values = {"names": len(plan.names), "variants": variants, "n": replications, "total": variants * replications}
    click.echo(say("sensitivity.plan", screened=plan.screened, shared=plan.shared, **values), err=True)
    if dry_run:
        return
    with Progress(variants, quiet=as_json or not sys.stderr.isatty()) as tick:
        effects, base = sensitivity.analyse(chosen, figure, plan, workers or os.cpu_count() or 1, tick)
    told = {**_data(chosen, figure, plan, effects, base), "group": asking.group_told(chosen, group)}
    kind = "json" if as_json else kind
    results.show(_rendered(chosen, told, kind), output)
    if kind == "text":
        common.next_command(f'inspectie-sim sweep {scenario} --vary "{_knob(chosen, effects[0].name)}"')


def _data(chosen: Scenario, figure: str, plan: Plan, effects: list[Effect], base: float) -> dict[str, Any]:
    unit = next(kpi.unit for kpi in chosen.kader.file.kpis if kpi.id == figure.partition(".")[0])
    return {
        "format": "sensitivity/1", "scenario": chosen.id, "kpi": figure, "unit": unit, "base": base,
        "variants": plan.screened + plan.shared, "replications": plan.replications,
        "effects": [vars(effect) for effect in effects],
    }  # fmt: skip


def _knob(chosen: Scenario, name: str) -> str:
    """A sweep of a number from half to twice what it is."""
    section, _, pool = name.partition(".")
    if section == "pools" and pool in chosen.pools:
        value: float = chosen.pools[pool].capacity
        return f"{name}.capacity={max(1, round(value / 2))},{round(value)},{round(value * 2)}"
    one: Any = chosen.parameters[name]
    field = next((key for key in ("value", "median", "mean", "high") if hasattr(one, key)), "first")
    value = getattr(one, field)
    return f"{name}.{field}={value}" if field == "first" else f"{name}.{field}={value / 2:g},{value:g},{value * 2:g}"


def _rendered(chosen: Scenario, told: dict[str, Any], kind: str) -> str | bytes:
    from simulator.base.language import current
    from simulator.reports import formats, render, sensitivities

    if kind == "json":
        return common.as_json(told)
    words = asking.group_words(told["group"])
    if kind in DOCUMENTS:
        return formats.written(sensitivities.document(chosen, told, words), kind)
    page = {"lang": current(), **sensitivities.page(chosen, told), "group_words": words}
    return render.text("sensitivity.txt.j2", page, results.width())
