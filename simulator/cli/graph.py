"""`inspectie-sim graph`: the duties of a kader or plan as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import click

from simulator.base.language import say
from simulator.cli import asking, common, plannames

if TYPE_CHECKING:
    from datetime import date

    from simulator.kader.assess import Status
    from simulator.kader.law import Law
    from simulator.kader.model import Kader

ENDINGS = (".svg", ".html", ".dot", ".mmd", ".graphml")
EXAMPLES = [
    "inspectie-sim graph voorbeeld-po -o plichten.html",
    "inspectie-sim graph swv-2021 --on 2026-08-01 --focus PROC-8 -o plichten.svg",
]


@common.command("graph", examples=EXAMPLES)
@click.argument("name")
@click.option("--on", "on_text", metavar="jjjj-mm-dd", help=say("kader.on"))
@click.option("--sector", type=click.Choice(["po", "vo"]), default="po", help=say("kader.sector"))
@click.option("--focus", metavar="PLICHT", help=say("graph.focus"))
@click.option("-o", "--output", type=common.OutputFile(), required=True, help=say("graph.output"))
def command(name: str, on_text: str | None, sector: str, focus: str | None, output: Path) -> None:
    """Draw duties."""
    from simulator.base import writing
    from simulator.base.errors import offering
    from simulator.base.numbers import long_date
    from simulator.reports import drawing

    if output.suffix not in ENDINGS:
        raise click.UsageError(say("graph.ending", endings=", ".join(ENDINGS)))
    kader, law, sector, statuses, day = _subject(name, on_text, sector)
    if focus and focus not in law.versions:
        raise click.UsageError(offering(say("check.no_duty", name=focus, on=day), focus, law.versions))
    told = drawing.picture(kader, law, sector, statuses, focus)
    told["title"] = say("graph.title", name=Path(name).stem, on=long_date(day), sector=sector)
    writing.write(output, _made(told, output.suffix))
    click.echo(say("output.written", file=output.as_posix()), err=True)
    common.next_command(say("report.open", file=output.as_posix()))


def _subject(name: str, on_text: str | None, sector: str) -> tuple[Kader, Law, str, dict[str, Status] | None, date]:
    """The kader and the law that are drawn; with a plan also the status of each duty."""
    from simulator.base.errors import InputError
    from simulator.cli.kader import day_of
    from simulator.kader import reading
    from simulator.kader.law import law_on
    from simulator.plan import checking

    if plannames.names_plan(name):
        checked = checking.check(common.plan_file(name), asking.day(on_text) if on_text else None)
        statuses = {one.obligation: one.status for one in checked.findings}
        return checked.file.kader, checked.assessment.law, checked.plan.sector, statuses, checked.on
    try:
        kader = reading.load(name)
    except InputError as error:
        raise InputError(error.problems) from None
    day = day_of(kader, on_text)
    return kader, law_on(kader.obligations, day, cast("Literal['po', 'vo']", sector)), sector, None, day


def _made(told: dict[str, Any], ending: str) -> str:
    from simulator.base.language import current
    from simulator.reports import drawing, render

    plain = {".dot": drawing.dot, ".mmd": drawing.mermaid, ".graphml": drawing.graphml}
    if ending in plain:
        return plain[ending](told)
    svg = render.html("graph.svg.j2", {**told, "interactive": ending == ".html"})
    return svg if ending == ".svg" else render.html("graph.html.j2", {**told, "svg": svg, "lang": current()})
