"""`inspectie-sim report`: a report of a run, a plan or several runs, in the format that is wanted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.base.language import say
from simulator.cli import asking, common, plannames, subjects
from simulator.reports import kinds

if TYPE_CHECKING:
    from datetime import date

    from simulator.reports.blocks import Document
    from simulator.reports.source import Asked, Scope, Source

FORMATS = ("html", "pdf", "docx", "odt", "md")
DEFAULT_KIND = "bevindingen"
_MOST = 400
"""Characters of what the screen says of a report: a title can be longer than any screen."""
EXAMPLES = [
    "inspectie-sim report laatste --swv PO2814 -o rapport.html",
    "inspectie-sim report invoering-2014 --province Utrecht --date vandaag -o utrecht.pdf",
    "inspectie-sim report mijn-plan.yaml --kind plancheck -o plan.docx",
    "inspectie-sim report invoering-2014 late-opr --kind vergelijking -o vergelijking.html",
]


@common.command("report", examples=EXAMPLES)
@click.argument("names", nargs=-1, metavar="RUN|PLAN...")
@click.option("--kind", type=click.Choice(kinds.names()), default=DEFAULT_KIND, help=say("report.kind"))
@click.option("--swv", help=say("report.swv"))
@click.option("--group", metavar="CODES", help=say("report.group"))
@click.option("--province", help=say("report.province"))
@click.option("--visit", help=say("report.visit_option"))
@click.option("--replication", type=click.IntRange(0), default=0, help=say("report.replication_option"))
@click.option("--date", "date_text", metavar="jjjj-mm-dd|vandaag", help=say("report.date_option"))
@click.option("--format", "ending", type=click.Choice(FORMATS), help=say("report.format_option"))
@click.option("--templates", "folder", type=common.FilePath(), help=say("report.templates_option"))
@click.option("-o", "--output", type=common.OutputFile(), help=say("report.output"))
@common.json_option()
def command(
    names: tuple[str, ...], kind: str, swv: str | None, group: str | None, province: str | None, visit: str | None,
    replication: int, date_text: str | None, ending: str | None, folder: Path | None, output: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Write a report."""
    from simulator.base import writing
    from simulator.base.bidi import stripped
    from simulator.reports import accounting, formats
    from simulator.reports.render import Templates

    if sum(one is not None for one in (swv, group, province)) > 1:
        raise click.UsageError(say("report.one_scope"))
    ending = _ending(ending, output)
    made_on = _day(date_text) if date_text else None
    templates = Templates.of(folder)
    wanted = {"swv": swv, "group": group, "province": province}
    asked = _asked(names or ("laatste",), kind, wanted, replication, visit)
    document = kinds.load(kind).build(asked)
    document = accounting.made_on(document, made_on) if made_on else document
    target = output or Path(f"{say('report.file_name')}-{_stem(kind, asked.scope, document)}.{ending}")
    writing.write(target, formats.written(document, ending, templates))
    if as_json:
        shown = {key: value for key, value in document.told.items() if key != "shown"}
        common.show_json({"format": "report/2", "file": target.as_posix(), "kind": kind, **shown})
        return
    click.echo(
        stripped(say("report.made_file", file=target.as_posix(), shown=common.shortened(document.told["shown"], _MOST)))
    )
    click.echo(say("report.disclaimer"), err=True)
    more = [say("report.open", file=target.as_posix())] if ending == "html" else []
    common.next_command(*more, _next(names, kind, asked))


def _day(text: str) -> date:
    return asking.today() if text.lower() in ("vandaag", "today") else asking.day(text)


def _ending(ending: str | None, output: Path | None) -> str:
    """The kind of file: as asked, else by the name of the output, else HTML."""
    of_name = output.suffix.lower().lstrip(".") if output else ""
    of_name = {"htm": "html", "markdown": "md"}.get(of_name, of_name)
    if ending is None:
        if of_name and of_name not in FORMATS:
            raise click.UsageError(say("report.no_format", file=str(output)))
        return of_name or "html"
    if of_name in FORMATS and of_name != ending:
        raise click.UsageError(say("report.two_formats", kind=ending, file=str(output)))
    return ending


def _stem(kind: str, scope: Scope, document: Document) -> str:
    day = document.told.get("visited", "")
    name = scope.name.replace(", ", "-").replace(" ", "-")[:40] or "NL"
    return "-".join(filter(None, [name, str(day), "" if kind == DEFAULT_KIND else kind]))


def _asked(
    names: tuple[str, ...], kind: str, wanted: dict[str, str | None], replication: int, visit: str | None
) -> Asked:
    """What a report is made from, by what its kind takes."""
    from simulator.reports import source

    takes = kinds.load(kind).TAKES
    if (takes == "runs") != (len(names) > 1):
        raise click.UsageError(say("report.takes_runs" if takes == "runs" else "report.takes_run", kind=kind))
    if takes == "plan":
        return _of_plan(names[0], kind, wanted)
    if takes == "run" and (plannames.names_plan(names[0]) or _no_file(names[0])):
        _own_scope(wanted)
        sources: tuple[Source, ...] = (source.Source.of_plan(_file(names[0])),)
        wanted = {"swv": next(iter(sources[0].scenario.plans)), "group": None, "province": None}
    else:
        sources = tuple(source.Source.of_run(_run(name, takes)) for name in names)
        if replication >= min(one.replications for one in sources):
            last = min(one.replications for one in sources) - 1
            raise click.UsageError(say("run.no_replication", number=replication, last=last))
    typed = tuple(map(common.quoted, names))
    return source.Asked(sources, None, source.scope(sources[0].scenario, **wanted), replication, visit, typed)


def _no_file(name: str) -> bool:
    """Whether a name is that of a file that is not there; reading it as a plan tells so."""
    return plannames.names_file(name) and not Path(name).exists()


def _run(name: str, takes: str) -> Any:
    return subjects.found_or_played(name) if takes == "runs" else subjects.found(name)


def _of_plan(name: str, kind: str, wanted: dict[str, str | None]) -> Asked:
    from simulator.plan import checking
    from simulator.reports.source import Asked, Scope

    if plannames.names_plan(name):
        _own_scope(wanted)
    else:
        name = _plan_in_run(name, kind, wanted["swv"])
    checked = checking.check(_file(name))
    return Asked((), checked, Scope("swv", checked.plan.swv, (checked.plan.swv,)))


def _plan_in_run(name: str, kind: str, swv: str | None) -> str:
    """The plan file that a run holds of an swv.

    Raises:
        InputError: there is none: what chance made of a plan has no pages, sections or answers that could be checked.
    """
    from simulator.base import resources
    from simulator.base.errors import InputError, Problem

    if resources.is_file(Path(name)) or plannames.names_file(name):
        _file(name)  # tells what is wrong with it
    if swv is None:
        hint = say("report.takes_plan_hint", name=name)
        raise InputError(Problem(say("report.takes_plan", kind=kind), name, hint=hint))
    run = subjects.found(name)
    code = common.swv_of(run, swv)
    path = run.scenario.plan_files.get(code)
    if path is None or not resources.is_file(Path(path)):
        hint = say("report.drawn_plan_hint", name=name, swv=code)
        raise InputError(Problem(say("report.drawn_plan", kind=kind, swv=code), name, hint=hint))
    return path


def _own_scope(wanted: dict[str, str | None]) -> None:
    if any(wanted.values()):
        raise click.UsageError(say("report.own_scope"))


def _file(name: str) -> Any:
    from simulator.plan import reading
    from simulator.world import population

    return reading.load(name, set(population.everyone()))


def _next(names: tuple[str, ...], kind: str, asked: Asked) -> str:
    """A sensible next command."""
    name = " ".join(map(common.quoted, names)) or "laatste"
    if not asked.sources:
        return f"inspectie-sim check {name} --repair"
    if len(asked.sources) > 1:
        return f"inspectie-sim why {' '.join(asked.names[:2])}"
    if asked.scope.kind == "swv" and asked.source.id:
        own = "" if kind == DEFAULT_KIND else f" --kind {kind}"
        return f"inspectie-sim report {name} --swv {asked.scope.name}{own} --replication 1"
    code = "PO2814" if "PO2814" in asked.scope.codes else asked.scope.codes[-1]
    return f"inspectie-sim report {name} --swv {code}" if asked.source.id else f"inspectie-sim check {name}"
