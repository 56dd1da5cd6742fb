"""`inspectie-sim plan`: plan files to fill in, as YAML or as an Excel workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.base import writing
from simulator.base.language import pick, say
from simulator.cli import common, documents

if TYPE_CHECKING:
    from datetime import date

    from simulator.kader.model import Kader
    from simulator.plan.model import Plan

EXAMPLES = [
    "inspectie-sim plan new --swv PO2814 --kader swv-2021 -o mijn-plan.xlsx",
    "inspectie-sim plan convert mijn-plan.yaml mijn-plan.xlsx",
    documents.IMPORT,
]


_YEARS = 4
"""School years that a plan is for at most, by law."""
_ENDINGS = (".yaml", ".yml", ".xlsx")


@click.group("plan", cls=common.Group, help=say("plan.help"), examples=EXAMPLES)
def command() -> None:
    """Plan files."""


@command.command("new", cls=common.Command, help=say("plan.new"), examples=EXAMPLES[:1])
@click.option("--swv", required=True, help=say("report.swv"))
@click.option("--kader", "kader_name", help=say("plan.kader"))
@click.option("--year", type=click.IntRange(2013, 2100), help=say("plan.year"))
@click.option("-o", "--output", type=common.OutputFile(), help=say("plan.output"))
def new(swv: str, kader_name: str | None, year: int | None, output: Path | None) -> None:
    """Write a plan file to fill in."""
    from datetime import date

    from simulator.base.errors import InputError, Problem, nearest
    from simulator.base.numbers import long_date
    from simulator.cli import origins
    from simulator.kader import reading
    from simulator.plan.skeleton import blank
    from simulator.world import population

    everyone, code = population.everyone(), swv.upper()
    if code not in everyone:
        raise InputError(Problem(say("table.unknown_swv", name=swv), hint=nearest(code, everyone)))
    if output is not None:
        check_target(output)
    usual = reading.load(kader_name) if kader_name else reading.shipped()[-1]
    first = year or usual.file.plan_period.first_school_year
    day = date(first, 4, 30)
    kader = origins.kader_of(kader_name, day)
    if not kader.file.holds.holds(day):
        holds = kader.file.holds
        raise click.UsageError(
            say("check.outside", kader=kader.id, on=day, start=holds.start, until=holds.until or "...")
        )
    if kader_name is None:
        words = {"kader": kader.id, "name": pick(kader.file.name), "day": long_date(day)}
        click.echo(say("plan.chosen", **words, first=first, last=first + _YEARS), err=True)
    found = everyone[code]
    plan = blank(kader, code, first, _YEARS, day, found.area(day).gemeenten, found.overlaps)
    if output is None:
        click.echo(_content(plan, kader, day, ".yaml"), nl=False)
    else:
        write(plan, kader, day, output)


@command.command("convert", cls=common.Command, help=say("plan.convert"), examples=EXAMPLES[1:2])
@click.argument("source", metavar="PLAN")
@click.argument("target", type=common.FilePath(), metavar="PLAN.xlsx|PLAN.yaml")
def convert(source: str, target: Path) -> None:
    """Write a plan in the other form."""
    from simulator.plan import facts

    file = common.plan_file(source)
    write(file.plan, file.kader, facts.default_day(file.plan), target)


def check_target(target: Path) -> None:
    """Refuse a name that is taken, or that does not end as a plan does."""
    from simulator.base import resources
    from simulator.base.errors import InputError, Problem

    if target.suffix.lower() not in _ENDINGS:
        raise click.UsageError(say("plan.ending"))
    if resources.is_file(target):
        raise InputError(Problem(say("plan.exists"), str(target), hint=say("hint.other_name")))


def write(plan: Plan, kader: Kader, on: date, target: Path, *, tell: bool = True) -> None:
    """Write a plan in the form that the name ends in, and tell what can be done with it."""
    check_target(target)
    writing.write(target, _content(plan, kader, on, target.suffix.lower()))
    if not tell:
        return
    click.echo(say("output.written", file=target.as_posix()), err=True)
    name = common.quoted(target.as_posix())
    common.next_command(f"inspectie-sim check {name}", f"inspectie-sim latest {name}")


def _content(plan: Plan, kader: Kader, on: date, ending: str) -> str | bytes:
    from simulator.plan.workbook.writing import workbook
    from simulator.plan.writing import as_yaml

    if ending in (".yaml", ".yml"):
        return as_yaml(plan, kader, on)
    if ending == ".xlsx":
        return workbook(plan, kader, on)
    raise click.UsageError(say("plan.ending"))


command.add_command(documents.import_plan)
command.add_command(documents.evidence)
