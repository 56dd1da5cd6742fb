"""`inspectie-sim dossier`: everything that happened to one swv in a replication of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from simulator.base.language import say
from simulator.cli import common

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.outcomes.store import Run

DATA = ("text", "json", "csv", "xlsx")
DOCUMENTS = ("html", "pdf", "docx", "odt", "md")
BINARY = ("xlsx", "pdf", "docx", "odt")


@common.command(
    "dossier",
    examples=[
        "inspectie-sim dossier laatste --swv PO2814",
        "inspectie-sim dossier laatste --swv PO2814 --replication 3 --format html -o dossier.html",
    ],
)
@click.argument("run", default="laatste")
@click.option("--swv", "code", required=True, help=say("dossier.swv"))
@click.option("--replication", "number", type=click.IntRange(0), default=0, help=say("report.replication_option"))
@click.option("--format", "kind", type=click.Choice((*DATA, *DOCUMENTS)), help=say("check.format"))
@click.option("-o", "--output", type=common.OutputFile(), help=say("check.output"))
@common.json_option()
def command(run: str, code: str, number: int, kind: str | None, output: Path | None, as_json: bool) -> None:
    """Tell what happened to an swv."""
    from simulator.cli import results

    kind = results.form("json" if as_json else kind, output, (*DATA, *DOCUMENTS))
    found = common.run_with(run, number)
    code = common.swv_of(found, code)
    if kind in BINARY and output is None:
        raise click.UsageError(say("output.needs_file", kind=kind))
    results.show(
        _document(found, code, number, kind) if kind in DOCUMENTS else _data(found, code, number, kind), output
    )
    if kind == "text" and output is None:
        common.next_command(
            f"inspectie-sim dossier {run} --swv {code} --replication {number} --format html -o dossier.html",
            f"inspectie-sim report {run} --swv {code} --replication {number}",
        )


def _document(run: Run, code: str, number: int, kind: str) -> str | bytes:
    """The report of this kind."""
    from simulator.reports import formats
    from simulator.reports.kinds import dossier
    from simulator.reports.source import Asked, Scope, Source

    asked = Asked((Source.of_run(run),), None, Scope("swv", code, (code,)), number)
    return formats.written(dossier.build(asked), kind)


def _data(run: Run, code: str, number: int, kind: str) -> str | bytes:
    from simulator.base.language import current
    from simulator.cli.results import width
    from simulator.reports import dossier, dossierforms, render, sheets

    told = dossier.data(*common.played(run, number), code, run.id, number)
    if kind == "json":
        return common.as_json(told)
    if kind == "csv":
        return sheets.as_csv(
            dossierforms.COLUMNS, [{n: row[n] for n in dossierforms.COLUMNS} for row in dossierforms.rows(told)]
        )
    if kind == "xlsx":
        return sheets.workbook(dossierforms.sheets(told), say("report.disclaimer"))
    return render.text("dossier.txt.j2", {"lang": current(), **dossierforms.page(told)}, width())
