"""`inspectie-sim report`: a mock report about one swv."""

from __future__ import annotations

from pathlib import Path

import click

from simulator.base.errors import InputError, Problem
from simulator.base.language import say
from simulator.cli import common


@common.command("report", examples=["inspectie-sim report laatste --swv PO2814 -o rapport.html"])
@click.argument("run", default="laatste")
@click.option("--swv", required=True, help=say("report.swv"))
@click.option("--visit", help=say("report.visit_option"))
@click.option("--replication", type=click.IntRange(0), default=0, help=say("report.replication_option"))
@click.option("-o", "--output", type=click.Path(path_type=Path), help=say("report.output"))
@common.json_option()
def command(run: str, swv: str, visit: str | None, replication: int, output: Path | None, as_json: bool) -> None:
    """Write a report."""
    from simulator.outcomes import store
    from simulator.outcomes.play import Player
    from simulator.reports import context, render

    found = store.find(run)
    if replication >= found.replications:
        raise click.UsageError(say("run.no_replication", number=replication, last=found.replications - 1))
    player = Player(found.scenario)
    about = context.subject(player, player.replication(replication), swv.upper(), visit)
    data = context.build(about, found.id, replication)
    target = output or Path(f"{say('report.file_name')}-{about.swv.code}-{about.visited}.html")
    _write(target, render.html("report.html.j2", data))
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
            n=len(data["findings"]),
        )
    )
    click.echo(say("report.disclaimer"), err=True)
    common.next_command(
        "inspectie-sim check voorbeeld-po", f"inspectie-sim report {run} --swv {about.swv.code} --replication 1"
    )


def _write(target: Path, text: str) -> None:
    """Write a file whole or not at all."""
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(Problem(say("output.cannot_write", reason=error.strerror or error), str(target))) from None
