"""`inspectie-sim ranglijst`: which swv are in trouble, why, and where help does most."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.base.language import pick, say
from simulator.cli import asking, common, progress, results, subjects

if TYPE_CHECKING:
    from datetime import date

    from simulator.outcomes.ranking import Row
    from simulator.reports.tables import Table
    from simulator.world.scenario import Scenario

MOST = 20
"""Replications of each try unless more are asked for."""


@common.command(
    "ranglijst",
    examples=[
        "inspectie-sim ranglijst invoering-2014 --group krimpregio",
        "inspectie-sim ranglijst laatste --on 2014-01-06",
    ],
)
@click.argument("run")
@asking.group_option
@click.option("--on", "on_text", metavar="DATUM", help=say("ranglijst.on"))
@click.option("-n", "--replications", type=click.IntRange(1, 1_000), default=MOST, help=say("ranglijst.n"))
@click.option("--workers", type=click.IntRange(1, 256), default=None, help=say("run.workers"))
@results.table_options
def command(
    run: str, group: str | None, on_text: str | None, replications: int, workers: int | None, kind: str,
    output: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Rank the swv."""
    from simulator.outcomes import ranking

    found = subjects.subject(run, replications, lambda one: (_day(one, on_text), asking.members(one, group)))
    scenario = found.scenario
    on, codes = _day(scenario, on_text), asking.members(scenario, group)
    number = found.replications
    total = number + ranking.most_tries(scenario, on)
    with progress.Progress(total, quiet=asking.quiet()) as tick:
        how = ranking.How(number, on, workers or os.cpu_count() or 1, tick)
        rows = ranking.ranked(scenario, codes, how)
    tried = list(ranking.HOURS) if ranking.most_tries(scenario, on) else []
    head = {"format": "ranglijst/1", "run": found.id, "replications": number, "on": on.isoformat(),
            "tried": tried, "every_days": ranking.EVERY}  # fmt: skip
    results.deliver([_table(scenario, rows, number, on)], head, kind, output, as_json=as_json)
    if kind == "text" and not as_json and rows:
        name = common.quoted(run)
        first = [] if found.stored else [f"inspectie-sim run {name}"]
        common.next_command(
            *first, f"inspectie-sim report {name} --swv {rows[0].swv}", f"inspectie-sim voortgang {name}"
        )


def _day(scenario: Scenario, on_text: str | None) -> date:
    from simulator.world import support

    first = getattr(scenario.parameters[support.of(scenario).on], "first", scenario.period.start)
    day: date = asking.day(on_text) if on_text else first
    if not scenario.period.start <= day < scenario.period.until:
        span = {"start": scenario.period.start, "until": scenario.period.until}
        raise click.UsageError(say("asking.outside", day=day, **span))
    return day


def _tried(scenario: Scenario, on: date) -> str:
    """How the last day was sought; from the deadline on, that no help makes a plan come in time any more."""
    from simulator.base.days import date_of
    from simulator.base.numbers import long_date
    from simulator.outcomes import ranking

    if ranking.most_tries(scenario, on):
        return say("ranglijst.days", every=ranking.EVERY, on=on)
    return say("ranglijst.too_late", on=long_date(on), deadline=long_date(date_of(ranking.deadline(scenario))))


def _table(scenario: Scenario, rows: list[Row], number: int, on: date) -> Table:
    from simulator.base.days import date_of
    from simulator.reports.tables import Column, Table

    labels = {node.id: pick(node.step.label) for node in scenario.kader.file.werkwijze.walk() if node.step}
    units = {"late": "share", "incomplete": "share", "not_ready": "share", "step": "", "hours": "hours", "gain": "share",
             "last": ""}  # fmt: skip
    data = [
        {**vars(row), "step": labels.get(row.step or ""), "node": row.step, "province": scenario.swv[row.swv].province,
         "last": None if row.last is None else date_of(row.last), "hours": row.hours or None, "gain": row.gain or None}
        for row in rows
    ]  # fmt: skip
    columns = (
        Column("swv", "swv"), Column("province", say("ranglijst.province")),
        *(Column(name, say(f"ranglijst.{name}"), unit) for name, unit in units.items()),
        Column("node", say("table.name")),
    )  # fmt: skip
    notes = (say("ranglijst.note", n=number), say("ranglijst.against"), _tried(scenario, on), say("run.model"))
    return Table("ranglijst", say("ranglijst.title", scenario=pick(scenario.title)), columns, data, notes,
                 frozenset({"node", "province"}))  # fmt: skip
