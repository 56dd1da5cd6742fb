"""`inspectie-sim replay`: one replication of a run again, with everything that happened in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from simulator.base.language import say
from simulator.cli import asking, common, subjects

if TYPE_CHECKING:
    import polars

    from simulator.outcomes.replaying import Replayed

FORMATS = ("text", "json", "csv")


@common.command("replay", examples=["inspectie-sim replay laatste --replication 3 --trace --swv PO2814"])
@click.argument("run")
@click.option("--replication", "number", type=click.IntRange(0), required=True, help=say("replay.replication"))
@click.option("--trace", is_flag=True, help=say("replay.trace"))
@click.option("--swv", "code", help=say("replay.swv"))
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help=say("replay.seed"))
@asking.group_option
@click.option("--format", "kind", type=click.Choice(FORMATS), default="text", help=say("check.format"))
@common.json_option()
def command(
    run: str, number: int, trace: bool, code: str | None, seed: int | None, group: str | None, kind: str, as_json: bool
) -> int:
    """Play a replication again."""
    from simulator.outcomes import eventlog, replaying

    if code and group:
        raise click.UsageError(say("cli.not_together", first="--swv", second="--group"))
    found = subjects.again(run, number, seed)
    codes = [common.swv_of(found, code)] if code else asking.members(found.scenario, group)
    again = replaying.again(found.scenario, number, found.run)
    everything = eventlog.in_order(eventlog.EventLog(found.scenario, number, again.events))
    events = everything.filter(everything["swv"].cast(str).is_in(codes)) if code or group else everything
    if kind == "csv":
        click.echo(events.write_csv(), nl=False)
    elif as_json or kind == "json":
        common.show_json(_data(found.id, number, again, events if trace else None))
    else:
        typed = common.quoted(run) + (f" --seed {seed}" if seed is not None else "")
        _show(typed, number, again, events if trace else None)
    return 1 if again.failure else 0


def _data(identity: str, number: int, again: Replayed, events: polars.DataFrame | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "format": "replay/1", "run": identity, "replication": number, "same": again.same,
        "failure": vars(again.failure) if again.failure else None, "kpis": again.kpis,
    }  # fmt: skip
    if events is not None:
        told["events"] = [{**row, "date": row["date"].isoformat()} for row in events.to_dicts()]
    return told


def _show(typed: str, number: int, again: Replayed, events: polars.DataFrame | None) -> None:
    if events is not None:
        for row in events.iter_rows(named=True):
            place = "/".join(filter(None, [row["item"], row["visit"]]))
            step = f"{row['step']} ({place})" if place else row["step"]
            cause = f"({row['cause']})" if row["cause"] else ""
            told = f"{row['date']}  {row['swv']}  {say('replay.' + row['what']):<12} {step}"
            click.echo("  ".join(filter(None, (told, row["detail"], cause))))
    if again.failure:
        click.echo(common.failed(again.failure))
    else:
        for name, value in again.kpis.items():
            click.echo(f"{name:<45} {value:.6g}")
        click.echo(say({True: "replay.same", False: "replay.other", None: "replay.alone"}[again.same]))
    if events is None:
        common.next_command(f"inspectie-sim replay {typed} --replication {number} --trace")
