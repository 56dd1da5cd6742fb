"""`inspectie-sim run`: play a scenario and show its figures."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from simulator.base.language import pick, say
from simulator.cli import asking, common, progress

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.outcomes.statistics import Estimate
    from simulator.outcomes.store import Run
    from simulator.outcomes.unfinished import Precision, Wanted
    from simulator.world.scenario import Scenario

_MAX_N = 5000


@common.command(
    "run",
    examples=["inspectie-sim run invoering-2014", "inspectie-sim run mijn-scenario.yaml -n 20 --seed 7"],
    scenarios=common.shipped_scenarios(),
)
@click.argument("scenario")
@click.option("-n", "--replications", type=click.IntRange(1, 1_000_000), help=say("run.replications"))
@click.option("--group", help=say("asking.only_group"))
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help=say("run.seed"))
@click.option("--workers", type=click.IntRange(1, 256), default=None, help=say("run.workers"))
@click.option("-o", "--output", "folder", type=common.FilePath(), help=say("run.output"))
@click.option("--events", "logged", type=click.IntRange(0), multiple=True, help=say("run.events"))
@click.option("--until", "wanted", multiple=True, metavar="KENGETAL:MARGE", help=say("run.until"))
@click.option("--max-n", type=click.IntRange(1, 1_000_000), help=say("run.max_n"))
@click.option("--resume", is_flag=True, help=say("run.resume"))
@click.option("--force", is_flag=True, help=say("run.force"))
@click.option("--executor", type=click.Choice(["local", "dask"]), default="local", help=say("run.executor"))
@click.option("--scheduler", metavar="ADRES", help=say("run.scheduler"))
@common.json_option()
def command(
    scenario: str, replications: int | None, group: str | None, seed: int | None, workers: int | None, folder: Path | None,
    logged: tuple[int, ...], wanted: tuple[str, ...], max_n: int | None, resume: bool, force: bool, executor: str,
    scheduler: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Play a scenario."""
    import os
    from dataclasses import replace

    from simulator.base.numbers import plain
    from simulator.outcomes import running
    from simulator.outcomes.running import How
    from simulator.world import scenario as scenarios

    _check_options(replications, wanted, max_n, executor, scheduler, resume=resume, force=force)
    chosen = scenarios.load(scenario)
    if seed is not None:
        chosen = replace(chosen, seed=seed)
    if group is not None:
        chosen = chosen.among(asking.members(chosen, group))
    asked = _asked(chosen, replications, wanted, max_n, logged)
    if resume and not replications and not wanted:
        asked = running.left_over(chosen, folder) or asked
    number = asked.replications
    processes = workers or min(os.cpu_count() or 1, 4 if number >= 20 else 1)
    with progress.Progress(number, quiet=as_json or not sys.stderr.isatty()) as tick:
        how = How(processes, scheduler, force, resume, tick)
        run, was_there = running.run(chosen, number, how, until=asked.until, folder=folder, logged=asked.events)
    number = run.replications if asked.until else number
    wide = running.not_precise(run, asked.until)
    for one in wide:
        click.echo(say("run.not_reached", name=one.kpi, margin=plain(one.half_width), n=number), err=True)
    if as_json:
        common.show_json(
            {"format": "kpis/1", "run": str(run.folder.as_posix()), "id": run.id,
             "parts_off": list(run.scenario.parts_off), "unlawful": run.manifest.unlawful, "kpis": _figures(run, number)}
        )  # fmt: skip
    else:
        typed = folder.as_posix() if folder else scenario if group is None and seed is None else run.id
        _show(run, number, was_there, typed, whole=group is None)
    return 1 if run.manifest.failed else 0


def _check_options(
    replications: int | None,
    wanted: tuple[str, ...],
    max_n: int | None,
    executor: str,
    scheduler: str | None,
    *,
    resume: bool,
    force: bool,
) -> None:
    if wanted and replications:
        raise click.UsageError(say("cli.not_together", first="-n", second="--until"))
    if max_n is not None and not wanted:
        raise click.UsageError(say("run.needs_until"))
    if resume and force:
        raise click.UsageError(say("cli.not_together", first="--resume", second="--force"))
    if (executor == "dask") != (scheduler is not None):
        raise click.UsageError(say("run.needs_scheduler"))


def _asked(
    chosen: Scenario, replications: int | None, wanted: tuple[str, ...], max_n: int | None, logged: tuple[int, ...]
) -> Wanted:
    from simulator.outcomes.unfinished import Wanted

    until = tuple(_precision(text, chosen) for text in wanted)
    number = (max_n or _MAX_N) if until else replications or chosen.replications
    too_high = [one for one in logged if one >= number]
    if too_high:
        raise click.UsageError(say("run.no_replication", number=too_high[0], last=number - 1))
    return Wanted(replications=number, until=until, events=tuple(sorted({0, *logged})))


def _precision(text: str, scenario: Scenario) -> Precision:
    """A wish such as `plan_on_time:0.01`."""
    from simulator.outcomes.unfinished import Precision

    name, _, margin = text.partition(":")
    asking.figures(scenario, [name])
    try:
        width = float(margin)
    except ValueError:
        width = 0.0
    if not 0 < width < float("inf"):
        raise click.UsageError(say("run.no_margin", value=margin))
    return Precision(name, width)


def _estimate(run: Run, name: str, number: int) -> Estimate:
    """A figure over the first replications; the stored run can hold more than were asked for."""
    from simulator.outcomes import limits

    return limits.estimate([run.scenario.kader.file], name, run.kpis[name][run.kpis["replication"] < number])


def _figures(run: Run, number: int) -> dict[str, Any]:
    from simulator.reports.comparison import said

    return {name: {**vars(_estimate(run, name, number)), "unit": unit} for name, _, unit in said(run)}


def _outside_terms(run: Run, number: int) -> str:
    """That in some replications things came too soon or too late for the law; empty where the kader does not count it."""
    from simulator.base.numbers import plain

    counted = next((kpi.id for kpi in run.scenario.kader.file.kpis if kpi.kind == "breaches"), None)
    often = 0 if counted is None else int((run.kpis[counted][run.kpis["replication"] < number] > 0).sum())
    if counted is None or not often:
        return ""
    return say("lawful.outside", n=often, total=number, mean=plain(round(_estimate(run, counted, number).mean, 1)))


def _show(run: Run, number: int, was_there: bool, typed: str, *, whole: bool) -> None:
    from simulator.base.numbers import between, figure
    from simulator.kader import lawful
    from simulator.reports.comparison import said

    rows = []
    for name, label, unit in said(run):
        value = _estimate(run, name, number)
        bounds = between(value.low, value.high, unit)
        rows.append((label, figure(value.mean, unit), bounds, say(f"unit.{unit}"), str(value.n), name))
    scenario = run.scenario
    header = [say(f"table.{name}") for name in ("kpi", "mean", "interval", "unit", "n", "name")]
    common.show_table(pick(scenario.title), header, rows, right=(1, 2, 4), wide_only=(3, 4, 5))
    click.echo(say("run.stored" if not was_there else "run.was_there", folder=run.folder.as_posix()), err=True)
    if run.manifest.failed:
        first = run.manifest.failed[0].replication
        click.echo(say("run.some_failed", n=len(run.manifest.failed)), err=True)
        click.echo(f"  inspectie-sim replay {run.folder.as_posix()} --replication {first} --trace", err=True)
    common.tell_parts_off(scenario)
    common.tell_idle(scenario)
    if not was_there:
        common.tell_unfelt(scenario)
    if outside := run.scenario.outside_kader():
        click.echo(outside, err=True)
    if mark := lawful.marked(run.manifest.unlawful):
        click.echo(mark, err=True)
    if late := _outside_terms(run, number):
        click.echo(late, err=True)
    click.echo(say("run.model"), err=True)
    code = next(iter(scenario.swv))
    shown = "PO2814" if "PO2814" in scenario.swv else code
    nexts = [f"inspectie-sim report {common.quoted(typed)} --swv {shown}"]
    if whole and scenario.kader.id == "swv-2014":
        other = "late-opr" if scenario.id != "late-opr" else "invoering-2014"
        nexts += [f"inspectie-sim run {other}", f"inspectie-sim compare {common.quoted(typed)} {other}"]
    common.next_command(*nexts)
