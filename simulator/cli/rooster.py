"""`inspectie-sim rooster`: who of the Inspectie was where in a replication of a run, and how busy they were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from simulator.base.language import say
from simulator.cli import asking, common

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.outcomes.store import Run

FORMATS = ("text", "json", "csv", "xlsx", "ics", "html")
_ENDINGS = (".xlsx", ".ics", ".csv", ".json", ".html")


@common.command(
    "rooster",
    examples=[
        "inspectie-sim rooster laatste -o rooster.xlsx",
        "inspectie-sim rooster laatste --pool lcg --format csv",
    ],
)
@click.argument("run", default="laatste")
@click.option("--replication", "number", type=click.IntRange(0), default=0, help=say("report.replication_option"))
@click.option("--pool", "pools", multiple=True, help=say("rooster.pool"))
@asking.group_option
@click.option("--format", "kind", type=click.Choice(FORMATS), help=say("rooster.format"))
@click.option("-o", "--output", type=common.OutputFile(), help=say("check.output"))
@common.json_option()
def command(
    run: str,
    number: int,
    pools: tuple[str, ...],
    group: str | None,
    kind: str | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Show the roster of a replication."""
    from simulator.cli import results
    from simulator.reports import roster

    if output is not None and kind is None and output.suffix.lower() not in (*_ENDINGS, "", ".txt"):
        raise click.UsageError(say("graph.ending", endings=", ".join((*_ENDINGS, ".txt"))))
    kind = results.form("json" if as_json else kind, output, FORMATS)
    found = common.run_with(run, number)
    if kind == "xlsx" and output is None:
        raise click.UsageError(say("output.needs_file", kind=kind))
    chosen = _pools(found, pools)
    among = None if group is None else frozenset(asking.members(found.scenario, group))
    told = roster.data(*common.played(found, number), found.id, number, chosen, among)
    told["group"] = asking.group_told(found.scenario, group)
    if kind == "text" and output is None:
        _show(told)
        common.next_command(f"inspectie-sim rooster {run} --replication {number} -o rooster.xlsx")
        return
    results.show(_made(told, kind), output)


def _pools(run: Run, wanted: tuple[str, ...]) -> list[str]:
    """The pools that are asked for, else those of the Inspectie."""
    from simulator.base.errors import offering
    from simulator.outcomes import rostering

    known = run.scenario.pools
    for name in wanted:
        if name not in known:
            raise click.UsageError(offering(say("rooster.no_pool", name=name), name, known))
    return list(dict.fromkeys(wanted)) or rostering.of_inspectie(run.scenario.kader.file)


def _made(told: dict[str, Any], kind: str) -> str | bytes:
    from simulator.base.language import current
    from simulator.reports import render, roster, rosterfiles, sheets

    if kind == "json":
        return common.as_json(told)
    if kind == "ics":
        return rosterfiles.ics(told)
    if kind == "xlsx":
        return rosterfiles.workbook(told)
    if kind == "html":
        return render.html("rooster.html.j2", {"lang": current(), **roster.page(told)})
    return sheets.as_csv(roster.COLUMNS, roster.listed(told))


def _show(told: dict[str, Any]) -> None:
    from simulator.reports import roster

    keys = ("pool_head", "people", "shifts", "utilisation", "waited", "waited_most", "longest")
    title = say("rooster.title", scenario=told["scenario"], n=told["replication"])
    common.show_table(title, [say(f"rooster.{key}") for key in keys], roster.summary(told), right=(1, 2, 3, 4, 5))
    if told["group"]:
        swv = say("asking.swv", n=told["group"]["swv"])
        click.echo(say("rooster.of_group", group=told["group"]["group"], swv=swv))
    for note in roster.notes(told):
        click.echo(note)
