"""`inspectie-sim voortgang`: how far all swv are on a day, or from month to month."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.base.language import pick, say
from simulator.cli import asking, common, progress, results, subjects

if TYPE_CHECKING:
    from datetime import date

    from simulator.reports.tables import Table
    from simulator.world.scenario import Scenario

MOST = 20
"""Replications that are played again unless more are asked for."""


@common.command(
    "voortgang",
    examples=[
        "inspectie-sim voortgang invoering-2014 --on 2014-02-01",
        "inspectie-sim voortgang laatste --by province",
    ],
)
@click.argument("run")
@click.option("--on", "on_text", metavar="DATUM", help=say("voortgang.on"))
@click.option("--series", is_flag=True, help=say("voortgang.series"))
@click.option("--by", type=click.Choice(("province", "sector", "group")), help=say("voortgang.by"))
@asking.group_option
@click.option("-n", "--replications", type=click.IntRange(1, 1_000_000), default=MOST, help=say("asking.n"))
@results.table_options
def command(
    run: str, on_text: str | None, series: bool, by: str | None, group: str | None, replications: int, kind: str,
    output: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Show how far the swv are."""
    from simulator.outcomes import states
    from simulator.outcomes.play import Player

    found = subjects.subject(run, replications, lambda one: _asked(one, on_text, by, group, series=series))
    scenario = found.scenario
    days, sets = _asked(scenario, on_text, by, group, series=series)
    number = found.replications
    player = Player(scenario)
    played = []
    with progress.Progress(number, quiet=asking.quiet()) as tick:
        for one in range(number):
            played.append(states.reached(player.replication(one)))
            tick(1)
    table = _table(scenario, states.shares(played, sets, days), number)
    head = {"format": "voortgang/1", "run": found.id, "replications": number}
    results.deliver([table], head, kind, output, as_json=as_json)
    if kind == "text" and not as_json:
        common.next_command(f"inspectie-sim ranglijst {run}", f"inspectie-sim voortgang {run} --series --format csv")


def _asked(
    scenario: Scenario, on_text: str | None, by: str | None, group: str | None, *, series: bool
) -> tuple[list[int], dict[str, Any]]:
    """Which days and which sets of swv are asked for."""
    from simulator.world import parts

    if not scenario.kader.file.progress:
        raise click.UsageError(say("voortgang.no_states", kader=scenario.kader.id))
    parts.needed(scenario, parts.VOORTGANG)
    return _days(scenario, on_text, series=series), asking.sets(scenario, by, group)


def _days(scenario: Scenario, on_text: str | None, *, series: bool) -> list[int]:
    """Day numbers: the day that is asked for, the first of every month, or the last day before the plans are due."""
    from simulator.base.days import day_of

    first, stop = day_of(scenario.period.start), day_of(scenario.period.until)
    if series:
        if on_text:
            raise click.UsageError(say("voortgang.one"))
        return [number for number in range(first, stop) if _date(number).day == 1]
    day = day_of(asking.day(on_text)) if on_text else day_of(_due(scenario)) - 1
    if not first <= day < stop:
        raise click.UsageError(
            say("asking.outside", day=_date(day), start=scenario.period.start, until=scenario.period.until)
        )
    return [day]


def _due(scenario: Scenario) -> date:
    from datetime import date

    return date(scenario.plan_period.first_school_year, 5, 1)


def _date(day: int) -> date:
    from simulator.base.days import date_of

    return date_of(day)


def _table(scenario: Scenario, found: list[Any], number: int) -> Table:
    from simulator.reports.tables import Column, Table
    from simulator.world import parts

    lost, states = parts.lost_events(scenario), scenario.kader.file.progress
    labels = {state.id: pick(state.label) for state in states if state.event not in lost}
    names = [pick(state.label) for state in states if state.event in lost]
    rows = [
        {"state": labels[one.state], "id": one.state, "of": one.of, "on": _date(one.day), "share": one.share.mean,
         "low": one.share.low, "high": one.share.high}
        for one in found if one.state in labels
    ]  # fmt: skip
    columns = (
        Column("state", say("voortgang.state")),
        Column("of", say("voortgang.of")),
        Column("on", say("voortgang.on_column")),
        *(Column(name, say(f"voortgang.{name}"), "share") for name in ("share", "low", "high")),
        Column("id", say("table.name")),
    )
    title = say("voortgang.title", scenario=pick(scenario.title))
    gone = [say("part.not_shown", names=", ".join(names))] if names else []
    notes = (*gone, say("voortgang.note", n=number), say("run.model"))
    return Table("voortgang", title, columns, rows, notes, frozenset({"id"}))
