"""`inspectie-sim runs`: the runs that are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from simulator.base.language import say
from simulator.cli import common

if TYPE_CHECKING:
    from simulator.outcomes.store import Listed


@click.group("runs", cls=common.Group, help=say("runs.help"), examples=["inspectie-sim runs list"])
def command() -> None:
    """Runs."""


@command.command("list", cls=common.Command, help=say("runs.list"), examples=["inspectie-sim runs list"])
@common.json_option()
def listed(as_json: bool) -> None:
    """List runs."""
    from simulator.outcomes import store

    rows = [_row(one) for one in store.listed()]
    if as_json:
        common.show_json({"format": "runs/2", "runs": rows})
        return
    if not rows:
        click.echo(say("runs.none", folder=store.folder_of_runs()))
        common.next_command("inspectie-sim run invoering-2014")
        return
    names = ("run", "replications", "seed", "finished", "state")
    cells = [[str(row[name] if row[name] is not None else "-") for name in names] for row in rows]
    for told, row in zip(cells, rows, strict=True):
        wanted = row["wanted"] if row["wanted"] is not None else "?"
        told[-1] = say(f"runs.state_{row['state']}", ready=row["ready"], wanted=wanted)
    common.show_table(
        say("runs.title"), [say(f"runs.{name}") for name in names], cells, right=(1, 2), whole=(0,), wide_only=(2,)
    )
    common.next_command(f"inspectie-sim runs show {rows[0]['run']}")


def _row(found: Listed) -> dict[str, Any]:
    return {"run": found.name, "replications": found.replications, "seed": found.seed, "finished": found.finished,
            "state": found.state, "ready": found.ready, "wanted": found.wanted}  # fmt: skip


@command.command("show", cls=common.Command, help=say("runs.show"), examples=["inspectie-sim runs show laatste"])
@click.argument("run")
@common.json_option()
def show(run: str, as_json: bool) -> None:
    """Show a run."""
    from simulator.outcomes import store

    found = store.find(run)
    log = store.log_of(found)
    size = sum(path.stat().st_size for path in found.folder.rglob("*") if path.is_file())
    told = {
        "format": "run-show/1", "run": found.id, "folder": found.folder.as_posix(), "scenario": found.manifest.scenario,
        "kader": found.scenario.kader.id, "seed": found.manifest.seed, "replications": found.replications,
        "failed": [one.model_dump() for one in found.manifest.failed],
        "events": found.manifest.events, "program": found.manifest.program, "bytes": size,
        "finished": log.get("finished"), "seconds": log.get("seconds"), "swv": len(found.scenario.swv),
        "changed": list(found.scenario.changed),
    }  # fmt: skip
    if as_json:
        common.show_json(told)
        return
    for name in (
        "folder",
        "scenario",
        "kader",
        "swv",
        "seed",
        "replications",
        "program",
        "finished",
        "seconds",
        "bytes",
    ):
        click.echo(f"{say(f'runs.{name}') + ':':<16} {told[name]}")
    click.echo(f"{say('runs.changed') + ':':<16} {', '.join(found.scenario.changed) or '-'}")
    for one in found.manifest.failed:
        click.echo(say("run.failed_one_at", number=one.replication, **one.model_dump(exclude={"replication"})))
    common.next_command(f"inspectie-sim compare {found.id} ...", f"inspectie-sim replay {found.id} --replication 0")


@command.command("remove", cls=common.Command, help=say("runs.remove"), examples=["inspectie-sim runs remove laatste"])
@click.argument("names", nargs=-1, required=True, metavar="RUN...")
@click.option("--unfinished", is_flag=True, help=say("runs.unfinished_only"))
def remove(names: tuple[str, ...], unfinished: bool) -> None:
    """Remove runs."""
    from simulator.outcomes import store
    from simulator.outcomes import unfinished as places

    for folders in [store.findable(name, finished=not unfinished) for name in names]:
        for one in folders:
            places.remove(one)
            click.echo(say("runs.removed", folder=one.as_posix()), err=True)
