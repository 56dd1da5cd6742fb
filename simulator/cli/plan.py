"""`inspectie-sim plan`: plan files to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from simulator.base import writing
from simulator.base.language import say
from simulator.cli import common

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = "inspectie-sim plan new --swv PO2814 --kader swv-2021 -o mijn-plan.yaml"


@click.group("plan", cls=common.Group, help=say("plan.help"), examples=[EXAMPLE])
def command() -> None:
    """Plan files."""


@command.command("new", cls=common.Command, help=say("plan.new"), examples=[EXAMPLE])
@click.option("--swv", required=True, help=say("report.swv"))
@click.option("--kader", "kader_name", default="swv-2021", help=say("plan.kader"))
@click.option("--year", type=click.IntRange(2013, 2100), help=say("plan.year"))
@click.option("-o", "--output", type=common.OutputFile(), help=say("check.output"))
def new(swv: str, kader_name: str, year: int | None, output: Path | None) -> None:
    """Write a plan file to fill in."""
    from datetime import date

    from simulator.base import resources
    from simulator.base.errors import InputError, Problem, nearest
    from simulator.kader import reading
    from simulator.plan.skeleton import skeleton
    from simulator.world import population

    everyone, code = population.everyone(), swv.upper()
    if code not in everyone:
        raise InputError(Problem(say("table.unknown_swv", name=swv), hint=nearest(code, everyone)))
    kader = reading.load(kader_name)
    first = year or kader.file.plan_period.first_school_year
    day = date(first, 4, 30)
    if not kader.file.holds.holds(day):
        holds = kader.file.holds
        raise click.UsageError(
            say("check.outside", kader=kader.id, on=day, start=holds.start, until=holds.until or "...")
        )
    found = everyone[code]
    text = skeleton(kader, code, first, 4, day, found.area(day).gemeenten, found.overlaps)
    if output is None:
        click.echo(text, nl=False)
        return
    if resources.is_file(output):
        raise InputError(Problem(say("plan.exists"), str(output), hint=say("hint.other_name")))
    writing.write(output, text)
    click.echo(say("output.written", file=output.as_posix()), err=True)
    common.next_command(f"inspectie-sim check {output.as_posix()}", f"inspectie-sim latest {output.as_posix()}")
