"""`inspectie-sim report`: a mock report about one swv."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.base import writing
from simulator.base.language import say
from simulator.cli import common


@common.command("report", examples=["inspectie-sim report laatste --swv PO2814 -o rapport.html"])
@click.argument("run", default="laatste")
@click.option("--swv", required=True, help=say("report.swv"))
@click.option("--visit", help=say("report.visit_option"))
@click.option("--replication", type=click.IntRange(0), default=0, help=say("report.replication_option"))
@click.option("-o", "--output", type=common.OutputFile(), help=say("report.output"))
@common.json_option()
def command(run: str, swv: str, visit: str | None, replication: int, output: Path | None, as_json: bool) -> None:
    """Write a report."""
    from simulator.outcomes import store
    from simulator.outcomes.play import Player
    from simulator.reports import context, render
    from simulator.reports.subject import subject

    found = store.find(run)
    if replication >= found.replications:
        raise click.UsageError(say("run.no_replication", number=replication, last=found.replications - 1))
    player = Player(found.scenario)
    about = subject(player, player.replication(replication), swv.upper(), visit)
    data = context.build(about, found.id, replication)
    target = output or Path(f"{say('report.file_name')}-{about.swv.code}-{about.visited}.html")
    writing.write(target, render.html("report.html.j2", data))
    if as_json:
        common.show_json({
            "format": "report/1", "file": target.as_posix(), "run": found.id, "replication": replication,
            "swv": about.swv.code, "kind": data["kind"], "visited": about.visited.isoformat(),
            "findings": [{key: row[key] for key in ("id", "status", "article", "roots")} for row in data["findings"]],
        })  # fmt: skip
        return
    click.echo(
        say(
            "report.written",
            file=target.as_posix(),
            kind=data["title"],
            visited=data["visited"],
            findings=common.counted("report.finding", len(data["findings"])),
        )
    )
    click.echo(say("report.disclaimer"), err=True)
    common.next_command(
        say("report.open", file=target.as_posix()), f"inspectie-sim report {run} --swv {about.swv.code} --replication 1"
    )
