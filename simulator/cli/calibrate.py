"""`inspectie-sim calibrate`: numbers of a scenario fitted to known figures."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.base.language import say
from simulator.cli import asking, common, results

if TYPE_CHECKING:
    from simulator.outcomes.calibrating import Fit, Targets
    from simulator.world.scenario import Scenario


@common.command("calibrate", examples=["inspectie-sim calibrate invoering-2014 --to doelen.yaml -o geijkt.yaml"])
@click.argument("scenario")
@click.option("--to", "targets_file", type=common.FilePath(), required=True, help=say("calibrate.to"))
@asking.group_option
@click.option("-n", "--replications", type=click.IntRange(1, 10_000), default=5, help=say("sensitivity.n"))
@click.option("--evaluations", type=click.IntRange(10, 10_000), default=40, help=say("calibrate.evaluations"))
@click.option("--workers", type=click.IntRange(1, 256), help=say("run.workers"))
@click.option("-o", "--output", type=common.OutputFile(), help=say("calibrate.output"))
@common.json_option()
def command(
    scenario: str, targets_file: Path, group: str | None, replications: int, evaluations: int, workers: int | None,
    output: Path | None, as_json: bool,
) -> int:  # fmt: skip
    """Calibrate a scenario."""
    from simulator.cli.progress import Progress
    from simulator.outcomes import calibrating
    from simulator.world import scenario as scenarios

    chosen = scenarios.load(scenario)
    targets = calibrating.read(targets_file, chosen)
    among = None if group is None else tuple(asking.members(chosen, group))
    results.attempt(output)
    first = calibrating.beforehand(targets)
    most = calibrating.most(targets, evaluations)
    click.echo(say("calibrate.plan", first=first, more=evaluations, most=most, n=replications), err=True)
    with Progress(first + evaluations, quiet=as_json or not sys.stderr.isatty()) as tick:
        under_way = calibrating.Calibration(chosen, targets, replications, evaluations, tick, among)
        fit = under_way.fit(workers or os.cpu_count() or 1)
    if as_json:
        told = {"format": "calibration/1", "scenario": chosen.id, "group": asking.group_told(chosen, group)}
        common.show_json({**told, **vars(fit)})
    else:
        if group is not None:
            results.tell(asking.group_words(asking.group_told(chosen, group)))
        _show(targets, fit)
    if output is not None:
        results.show(_scenario(chosen, scenario, targets_file, fit, output), output)
        if not as_json:
            common.next_command(f"inspectie-sim run {output.as_posix()}")
    return 1 if fit.missed else 0


def _show(targets: Targets, fit: Fit) -> None:
    from simulator.base.numbers import plain

    values = [[name, plain(value), f"{plain(targets.parameters[name].low)} .. {plain(targets.parameters[name].high)}"]
              for name, value in fit.values.items()]  # fmt: skip
    common.show_table(
        say("calibrate.values"), [say(f"calibrate.{k}") for k in ("number", "value", "bounds")], values, right=(1, 2)
    )
    rows = [
        [name, plain(target.value), f"{plain(target.low)} .. {plain(target.high)}", plain(round(fit.figures[name], 4)),
         say("calibrate.met" if name not in fit.missed else "calibrate.not_met")]
        for name, target in targets.targets.items()
    ]  # fmt: skip
    header = [say(f"calibrate.{k}") for k in ("figure", "known", "interval_words", "fitted", "outcome")]
    common.show_table(say("calibrate.figures"), header, rows, right=(1, 2, 3))
    for name in fit.alone:
        results.tell(say("calibrate.alone", name=name, n=fit.played))
    for one, other in fit.together:
        results.tell(say("calibrate.together", one=one, other=other, n=fit.played))
    if fit.missed and not fit.alone and not fit.together:
        results.tell(say("calibrate.all_together", n=fit.played))


def _scenario(chosen: Scenario, name: str, targets_file: Path, fit: Fit, output: Path) -> str:
    """The fitted scenario as a file that rests on the one that was given."""
    import yaml

    from simulator.base import resources
    from simulator.world import varying

    base = name
    if not resources.is_file(resources.shipped("scenarios") / f"{name}.yaml"):
        base = Path(os.path.relpath(Path(name).resolve(), output.resolve().parent)).as_posix()
    changes: dict[str, dict[str, Any]] = {}
    for setting, value in fit.values.items():
        section, thing, part = varying.place(chosen, setting)
        one = changes.setdefault(section, {}).setdefault(thing, {})
        one |= {part: value, "source": f"calibrated: {targets_file.name}", "confidence": "assumed"}
    data = {
        "format": "scenario/1", "id": f"{chosen.id}-calibrated"[:60], "extends": base,
        "title": {"nl": f"{chosen.title.nl} (geijkt)", "en": f"{chosen.title.en} (calibrated)"},
        "question": chosen.question.model_dump(), **changes,
    }  # fmt: skip
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110)
