"""`inspectie-sim latest`: the last day on which each step towards the sending of a plan can start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from simulator.base.language import say
from simulator.cli import asking, common, results

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from simulator.plan.model import Plan

FORMATS = ("text", "json", "csv", "ics")


@common.command(
    "latest",
    examples=["inspectie-sim latest mijn-plan.yaml", "inspectie-sim latest mijn-plan.yaml --format ics -o plan.ics"],
)
@click.argument("plan")
@click.option("--kader", "kader_name", help=say("check.kader"))
@click.option("--on", "on_text", metavar="jjjj-mm-dd", help=say("latest.on"))
@click.option("--chance", is_flag=True, help=say("latest.chance"))
@click.option("-n", "walks", type=click.IntRange(1, 100_000), default=500, help=say("latest.walks"))
@click.option("--format", "kind", type=click.Choice(FORMATS), default="text", help=say("check.format"))
@click.option("-o", "--output", type=common.OutputFile(), help=say("check.output"))
@common.json_option()
def command(
    plan: str, kader_name: str | None, on_text: str | None, chance: bool, walks: int, kind: str, output: Path | None,
    as_json: bool,
) -> int:  # fmt: skip
    """Work back from the day of sending."""
    from simulator.plan import checking
    from simulator.reports import render, schedule
    from simulator.world import population

    everyone = population.everyone()
    file = common.plan_file(plan, kader_name)
    today = asking.day(on_text) if on_text else last_known(file.plan)
    told = schedule.data(checking.check(file), everyone[file.plan.swv], today, walks if chance else 0)
    kind = "json" if as_json else kind
    made = {
        "json": lambda: common.as_json(told),
        "csv": lambda: schedule.table(told),
        "ics": lambda: schedule.ics(told),
        "text": lambda: render.text("latest.txt.j2", schedule.page(told), results.width()),
    }[kind]()
    results.show(made, output)
    if kind == "text" and output is None:
        name = common.quoted(plan)
        common.next_command(f"inspectie-sim latest {name} --format ics -o plan.ics", f"inspectie-sim check {name}")
    return 1 if (told["cases"][0]["slack_days"] or 0) < 0 else 0


def last_known(plan: Plan) -> date:
    """The day from which there is time left: that of the last thing that has happened, else a year before the plan."""
    from datetime import date

    dates = [
        value
        for event in plan.known_events.values()
        for value in (event.values() if isinstance(event, dict) else [event])
        if isinstance(value, date)
    ]
    return max(dates, default=date(plan.period.first_school_year - 1, 8, 1))
