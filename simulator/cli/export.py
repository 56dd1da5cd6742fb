"""`inspectie-sim export`: the event log of a run for tools of process mining and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from simulator.base.language import say
from simulator.cli import asking, common

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from simulator.outcomes.eventlog import EventLog

FORMATS = ("ocel", "xes", "csv", "parquet")


@common.command(
    "export",
    examples=[
        "inspectie-sim export laatste --format ocel -o gebeurtenissen.json",
        "inspectie-sim export laatste --format xes -o gebeurtenissen.xes --replication 3",
    ],
)
@click.argument("run", default="laatste")
@asking.group_option
@click.option("--format", "kind", type=click.Choice(FORMATS), required=True, help=say("export.format"))
@click.option("-o", "--output", type=common.OutputFile(), help=say("export.output"))
@click.option("--replication", "number", type=click.IntRange(0), default=0, help=say("report.replication_option"))
def command(run: str, group: str | None, kind: str, output: Path | None, number: int) -> int:
    """Write the event log of a run."""
    from simulator.base import writing
    from simulator.outcomes import eventlog

    if kind == "parquet" and output is None:
        raise click.UsageError(say("output.needs_file", kind=kind))
    found = common.run_with(run, number)
    log = eventlog.read(found, number)
    if group is not None:
        log = log.among(asking.members(found.scenario, group))
    made = _made(log, kind)
    if output is None:
        for piece in [made] if isinstance(made, str) else made:
            click.echo(piece, nl=False)
    else:
        writing.write(output, made)
        click.echo(say("output.written", file=output.as_posix()), err=True)
    click.echo(say("export.told", events=len(log.events), unfinished=log.unfinished), err=True)
    if log.failure is None:
        return 0
    click.echo(common.failed(log.failure), err=True)
    return 1


def _made(log: EventLog, kind: str) -> str | bytes | Iterable[str]:
    from simulator.outcomes import eventlog, frames
    from simulator.reports import ocel, xes

    if kind == "csv":
        return eventlog.marked(log).write_csv()
    if kind == "parquet":
        return frames.parquet(eventlog.marked(log))
    return ocel.ocel(log) if kind == "ocel" else xes.xes(log)
