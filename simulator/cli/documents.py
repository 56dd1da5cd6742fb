"""`inspectie-sim plan import` and `plan evidence`: a plan from the documents that people have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.base import writing
from simulator.base.errors import InputError, Problem
from simulator.base.language import say
from simulator.cli import common

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.plan.documents.blocks import Document
    from simulator.plan.documents.proposing import Proposal

IMPORT = "inspectie-sim plan import ondersteuningsplan.docx bijlagen.pdf --swv PO2814 -o plan.xlsx"
EVIDENCE = "inspectie-sim plan evidence ondersteuningsplan.docx bijlagen.pdf --swv PO2814 --html -o bewijs.html"


@click.command("import", cls=common.Command, help=say("import.help"), examples=[IMPORT])
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--kader", "kader_name", help=say("import.kader"))
@click.option("--swv", help=say("import.swv"))
@click.option("--year", type=click.IntRange(2013, 2100), help=say("import.year"))
@click.option("-o", "--output", type=common.FilePath(), help=say("plan.output"))
@common.json_option()
def import_plan(
    files: tuple[str, ...],
    kader_name: str | None,
    swv: str | None,
    year: int | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Propose a plan file from documents."""
    from simulator.cli import origins, plan
    from simulator.reports import imported

    if output is not None:
        plan.check_target(output)
    proposal = origins.proposed(files, kader_name, swv, year)
    if output is not None:
        plan.write(proposal.plan, proposal.kader, proposal.on, output, tell=False)
    if as_json:
        common.show_json(imported.data(proposal))
        return
    _summary(proposal)
    names = " ".join(common.quoted(name) for name in files)
    if output is None:
        common.next_command(f"inspectie-sim plan import {names} --swv {proposal.plan.swv} -o plan.xlsx")
    else:
        click.echo(say("output.written", file=output.as_posix()), err=True)
        common.next_command(
            f"inspectie-sim plan evidence {common.quoted(output.as_posix())} {names} --html -o bewijs.html",
            f"inspectie-sim toets {common.quoted(output.as_posix())}",
        )


@click.command("evidence", cls=common.Command, help=say("evidence.help"), examples=[EVIDENCE])
@click.argument("files", nargs=-1, required=True, metavar="[PLAN] FILE...")
@click.option("--kader", "kader_name", help=say("import.kader"))
@click.option("--swv", help=say("import.swv"))
@click.option("--year", type=click.IntRange(2013, 2100), help=say("import.year"))
@click.option("--html", "as_html", is_flag=True, help=say("evidence.html"))
@click.option("-o", "--output", type=common.FilePath(), help=say("check.output"))
def evidence(
    files: tuple[str, ...],
    kader_name: str | None,
    swv: str | None,
    year: int | None,
    as_html: bool,
    output: Path | None,
) -> None:
    """Show the documents beside the duties."""
    from simulator.cli import origins
    from simulator.reports import evidence as report
    from simulator.reports import render

    first = files[0].lower()
    if first.endswith((".yaml", ".yml", ".xlsx")):
        file = common.plan_file(files[0], kader_name)
        shown = report.of_plan(file.plan, file.kader, _documents_of(file.plan, Path(files[0]), files[1:]))
    else:
        shown = report.of_proposal(origins.proposed(files, kader_name, swv, year))
    if shown["missed"]:
        click.echo(shown["missed"], err=True)
    if not as_html and output is None:
        _places(shown)
        common.next_command(f"inspectie-sim plan evidence {' '.join(map(common.quoted, files))} --html -o bewijs.html")
        return
    page = render.html("evidence.html.j2", shown)
    if output is None:
        click.echo(page, nl=False)
        return
    writing.write(output, page)
    click.echo(say("output.written", file=output.as_posix()), err=True)


def _documents_of(plan: Any, path: Path, files: Sequence[str]) -> list[Document]:
    """The documents given, else those that the plan names, beside it.

    Raises:
        InputError: a document that the plan names does not stand beside it.
    """
    from simulator.plan.documents import reading

    if files:
        return reading.read_all([Path(name) for name in files])
    named = [path.parent / name for name in _named(plan)]
    hint = say("evidence.not_beside_do", plan=common.quoted(path.as_posix()))
    gone = [Problem(say("evidence.not_beside", name=one.name), hint=hint) for one in named if not one.exists()]
    if gone:
        raise InputError(gone)
    return reading.read_all(named)


def _named(plan: Any) -> list[str]:
    """Names of the documents that a plan refers to, the plan itself before its annexes."""
    from collections import Counter

    answers = [answer.document for parts in plan.answers.values() for answer in parts.values() if answer.document]
    rows = (*plan.sources.values(), *plan.money, *plan.pupils, *plan.goals, *plan.boards)
    counted = Counter([*answers, *(row.document for row in rows if row.document)])
    return sorted(counted, key=lambda name: (-counted[name], name))


def _summary(proposal: Proposal) -> None:
    from simulator.reports import imported

    told = imported.data(proposal)
    read = ", ".join(say("import.pages", **one) if one["pages"] else one["name"] for one in told["documents"])
    click.echo(say("import.read", what=read))
    for one in told["documents"]:
        if one["misnamed"]:
            click.echo(say("import.misnamed", name=one["name"], form=one["form"]), err=True)
        if one["pictures"]:
            pages = ", ".join(map(str, one["pictures"]))
            click.echo(say("import.pictures", name=one["name"], pages=pages), err=True)
    click.echo(say("import.for", **{**told["plan"], "kader": told["kader"]}))
    header = [say(f"import.{name}") for name in ("group", "found", "vague", "not_found")]
    rows = [[row["label"], *(str(row[name]) for name in ("found", "vague", "not_found"))] for row in told["groups"]]
    total = [
        say("import.total"),
        *(str(sum(row[name] for row in told["groups"])) for name in ("found", "vague", "not_found")),
    ]
    common.show_table(say("import.title"), header, [*rows, total], right=(1, 2, 3))
    if told["vague"]:
        click.echo(say("import.vague_title"))
        for row in told["vague"][:_MOST]:
            click.echo(
                f'  {row["question"]}: {row["note"]}\n    "{common.shortened(row["quote"], _WIDTH)}" ({row["where"]})'
            )
        if len(told["vague"]) > _MOST:
            click.echo(say("import.more", n=len(told["vague"]) - _MOST))
    click.echo(say("import.else", **told["else"]))
    if told["else"]["strange"]:
        click.echo(say("import.strange", names=", ".join(told["else"]["strange"][:_MOST_NAMES])))
    if told["outdated"]:
        click.echo(
            say("import.outdated", words="; ".join(say("import.outdated_one", **one) for one in told["outdated"]))
        )
    if told["other_swv"]:
        click.echo(say("import.other_swv", named=told["other_swv"], swv=told["plan"]["swv"]))
    if told["unplaced"]:
        click.echo(say("import.unplaced", names="; ".join(told["unplaced"][:_MOST_NAMES])))
    if told["school_years"]:
        click.echo(say("import.school_years", where=told["school_years"]))
    if any(one["name"].lower().endswith(".pdf") for one in told["documents"]):
        click.echo(say("import.unruled"))
    click.echo(say("import.proposed"))


_MOST, _MOST_NAMES = 6, 15
_WIDTH = 110


def _places(shown: dict[str, Any]) -> None:
    header = [say(f"evidence.{name}") for name in ("question", "status", "place", "quote")]
    rows = [
        [row["question"], row["status"], row["where"], common.shortened(row["quote"], _WIDTH)]
        for group in shown["groups"]
        for duty in group["duties"]
        for row in duty["rows"]
        if row["quote"]
    ]
    common.show_table(shown["title"], header, rows)
