"""`inspectie-sim kader`: look into kaders, compare them, make one of your own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import click

from simulator.base.language import say
from simulator.cli import asking, common

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from simulator.kader.model import Kader

SECTORS = ("po", "vo")


@click.group("kader", cls=common.Group, help=say("kader.help"), examples=["inspectie-sim kader show swv-2021 PLAN-v"])
def command() -> None:
    """Kaders."""


@command.command("list", cls=common.Command, help=say("kader.list"), examples=["inspectie-sim kader list"])
@common.json_option()
def listed(as_json: bool) -> None:
    """List kaders."""
    from simulator.kader import describing, reading

    rows = [describing.summary(reading.load(name)) for name in _names()]
    if as_json:
        common.show_json({"format": "kaders/1", "kaders": rows})
        return
    header = [say(f"kader.{name}") for name in ("id", "name", "from", "until", "duties", "standards")]
    cells = [
        [str(row[name] or "...") for name in ("id", "name", "from", "until", "duties", "standards")] for row in rows
    ]
    common.show_table(say("kader.title"), header, cells, right=(4, 5))
    common.next_command(f"inspectie-sim kader show {rows[-1]['id']}")


def _names() -> list[str]:
    """Shipped kaders, and those in the working folder."""
    from simulator.base import resources

    shipped = sorted(path.stem for path in resources.KADERS.glob("*.yaml") if path.name not in resources.NOT_OFFERED)
    own = sorted(path.as_posix() for path in Path().glob("*.yaml") if _is_kader(path))
    return [*shipped, *own]


def _is_kader(path: Path) -> bool:
    with path.open("rb") as file:
        return b"format: kader/" in file.read(400)


@command.command(
    "show", cls=common.Command, help=say("kader.show"),
    examples=["inspectie-sim kader show swv-2021 --on 2026-08-01", "inspectie-sim kader show swv-2021 PLAN-v"],
)  # fmt: skip
@click.argument("kader")
@click.argument("obligation", required=False)
@click.option("--on", "on_text", metavar="jjjj-mm-dd", help=say("kader.on"))
@click.option("--sector", type=click.Choice(SECTORS), default="po", help=say("kader.sector"))
@common.json_option()
def show(kader: str, obligation: str | None, on_text: str | None, sector: str, as_json: bool) -> None:
    """Show a kader or one of its duties."""
    from simulator.kader import describing, reading
    from simulator.reports import render

    found = reading.load(kader)
    if obligation in found.rules:
        told = describing.rule(found, str(obligation))
        text = "" if as_json else render.text("rule.txt.j2", told)
    elif obligation:
        told = describing.duty(found, _duty(found, obligation))
        text = "" if as_json else render.text("duty.txt.j2", told)
    else:
        told = describing.on_day(found, day_of(found, on_text), cast("Literal['po', 'vo']", sector))
        text = "" if as_json else render.text("kader.txt.j2", told)
    if as_json:
        common.show_json(told)
        return
    click.echo(text, nl=False)
    first = told["obligations"][0]["id"] if not obligation else ""
    common.next_command(
        f"inspectie-sim kader show {kader} {first}".rstrip(), f"inspectie-sim graph {kader} -o plichten.html"
    )


def _duty(kader: Kader, name: str) -> str:
    from simulator.base.errors import offering

    if name not in kader.obligations:
        raise click.UsageError(
            offering(say("plan.unknown_any", name=name, kader=kader.id), name, [*kader.obligations, *kader.rules])
        )
    return name


def day_of(kader: Kader, text: str | None) -> date:
    """The day that is asked for, else the last one that both the kader and the law that was read have."""
    holds = kader.file.holds
    day = asking.day(text) if text else min(filter(None, [holds.until, kader.read_until]))
    if not holds.holds(day):
        raise click.UsageError(
            say("check.outside", kader=kader.id, on=day, start=holds.start, until=holds.until or "...")
        )
    return day


@command.command(
    "diff", cls=common.Command, help=say("kader.diff"),
    examples=[
        "inspectie-sim kader diff swv-2014 swv-2021",
        "inspectie-sim kader diff swv-2021 swv-2021 --on 2022-03-31 --and 2022-04-01",
    ],
)  # fmt: skip
@click.argument("left")
@click.argument("right")
@click.option("--on", "on_text", metavar="jjjj-mm-dd", help=say("kader.on"))
@click.option("--and", "and_text", metavar="jjjj-mm-dd", help=say("kader.and"))
@click.option("--sector", type=click.Choice(SECTORS), default="po", help=say("kader.sector"))
@common.json_option()
def diff(left: str, right: str, on_text: str | None, and_text: str | None, sector: str, as_json: bool) -> None:
    """Compare two kaders."""
    from simulator.kader import differing, reading
    from simulator.reports import render

    kaders = reading.load(left), reading.load(right)
    days = day_of(kaders[0], on_text), day_of(kaders[1], and_text or (on_text if left != right else None))
    told = differing.differences(*kaders, days, cast("Literal['po', 'vo']", sector))
    if as_json:
        common.show_json(told)
        return
    click.echo(render.text("kader-diff.txt.j2", told), nl=False)
    common.next_command(f"inspectie-sim kader show {right} --on {days[1]}")


@command.command(
    "new", cls=common.Command, help=say("kader.new"),
    examples=[
        "inspectie-sim kader new mijn-kader --from swv-2021",
        "inspectie-sim kader new mijn-kader --from swv-2021 --like",
    ],
)  # fmt: skip
@click.argument("name")
@click.option("--from", "source", required=True, help=say("kader.source"))
@click.option("--like", is_flag=True, help=say("kader.like"))
def new(name: str, source: str, like: bool) -> None:
    """Copy a kader to the working folder, or begin one that says only what differs."""
    import re

    from simulator.base import resources, writing
    from simulator.base.errors import InputError, Problem
    from simulator.kader import reading

    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,60}", name):
        raise click.UsageError(say("kader.bad_name", name=name))
    found = reading.load(source)
    path = resources.find(source, resources.KADERS)
    target = Path(f"{name}.yaml")
    if resources.is_file(target):
        raise InputError(Problem(say("plan.exists"), str(target)))
    if like:
        writing.write(target, _beginning(name, found, path))
    else:
        text = path.read_text(encoding="utf-8")
        writing.write(target, re.sub(r"(?m)^id: .*$", f"id: {name}", text, count=1))
    click.echo(say("output.written", file=target.as_posix()), err=True)
    common.next_command(
        f"inspectie-sim kader validate {target.as_posix()}", f"inspectie-sim kader diff {source} {target.as_posix()}"
    )


def _beginning(name: str, kader: Kader, path: Path) -> str:
    """A kader file that takes everything from another."""
    from simulator.base import resources

    if path.parent not in (resources.KADERS, Path()):
        raise click.UsageError(say("kader.like_beside", file=path.as_posix()))
    holds = kader.file.holds
    until = f', until: "{holds.until}"' if holds.until else ""
    lines = [
        "format: kader/1", f"id: {name}", f'name: {{nl: "{name}", en: "{name}"}}',
        f'holds: {{from: "{holds.start}"{until}}}', f"like: {path.stem}", f'source: "{say("kader.like_source")}"', "",
        *(f"# {line}" for line in say("kader.like_how").splitlines()),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


@command.command(
    "validate",
    cls=common.Command,
    help=say("kader.validate"),
    examples=["inspectie-sim kader validate mijn-kader.yaml"],
)
@click.argument("file")
@common.json_option()
def validate(file: str, as_json: bool) -> int:
    """Look for mistakes in a file, and for steps that the law does not allow."""
    from simulator.kader import lawful, reading
    from simulator.world import scenario as scenarios

    kind = _format_of(file)
    summary: dict[str, Any]
    unlawful: Sequence[lawful.Finding] = ()
    if kind == "kader":
        kader = reading.load(file)
        _staffed(kader)
        unlawful = lawful.findings(kader)
        summary = {"id": kader.id, "duties": len(kader.obligations)}
    elif kind == "plan":
        read = common.plan_file(file)
        summary = {"id": read.plan.swv, "duties": len(read.plan.answers)}
    elif kind == "scenario":
        scenario = scenarios.load(file)
        kader, unlawful = scenario.kader, scenario.unlawful
        summary = {"id": scenario.id, "duties": len(scenario.kader.obligations)}
    else:
        raise click.UsageError(say("kader.no_kind", kind=kind) if kind else say("kader.no_format", file=file))
    if as_json:
        common.show_json(
            {"format": "valid/1", "file": file, "kind": kind, **summary, "unlawful": lawful.told(unlawful)}
        )
        return int(bool(unlawful))
    if unlawful:
        for problem in lawful.problems(kader, unlawful):
            click.echo(problem.as_text())
        click.echo(say("lawful.count", n=len({one.node for one in unlawful})))
        return 1
    click.echo(say("kader.valid", file=file, kind=kind, id=summary["id"], n=summary["duties"]))
    if kind != "plan":
        acts = sum(bool(node.step and node.step.act) for node in kader.file.werkwijze.walk())
        click.echo(say("lawful.fine", n=acts))
    return 0


def _staffed(kader: Kader) -> None:
    """See that no step needs more people of a pool than the kader has, who can never be there at once."""
    from simulator.base.errors import InputError
    from simulator.world import teams

    if wrong := teams.too_small(kader, kader.file.pools):
        places = {name: teams.first_step(kader, name) for name in wrong}
        raise InputError([replace(kader.places[places[name]], message=message) for name, message in wrong.items()])


def _format_of(file: str) -> str:
    from simulator.base import resources, workbook, yamlfile
    from simulator.base.errors import InputError

    if workbook.is_workbook(Path(file)):
        return "plan"
    try:
        path = resources.find(file, resources.KADERS)
    except InputError:
        path = Path(file)
        if not resources.is_file(path):
            raise
    document = yamlfile.read(path)
    found = document.data.get("format") if isinstance(document.data, dict) else ""
    return str(found or "").partition("/")[0]


@command.command(
    "bpmn", cls=common.Command, help=say("bpmn.help"), examples=["inspectie-sim kader bpmn swv-2021 -o werkwijze.bpmn"]
)  # fmt: skip
@click.argument("kader")
@click.option("-o", "--output", type=common.OutputFile(), help=say("bpmn.output"))
def bpmn(kader: str, output: Path | None) -> None:
    """Write the werkwijze of a kader as BPMN."""
    from simulator.cli import results
    from simulator.kader import reading
    from simulator.reports import bpmn as drawing

    found = reading.load(kader)
    results.show(drawing.bpmn(found), output)
    nodes = found.file.werkwijze.walk()
    told = {
        "tasks": sum(node.step is not None for node in nodes),
        "each": sum(node.for_each is not None for node in nodes),
    }
    gates = sum(node.choice is not None or node.parallel is not None or node.loop is not None for node in nodes)
    click.echo(say("bpmn.told", **told, gateways=2 * gates), err=True)


@command.command(
    "schema",
    cls=common.Command,
    help=say("kader.schema"),
    examples=["inspectie-sim kader schema plan > plan.schema.json"],
)
@click.argument("kind", type=click.Choice(["kader", "obligations", "scenario", "plan"]), default="kader")
@click.option("--kader", "kader_name", default="swv-2021", help=say("plan.kader"))
def schema(kind: str, kader_name: str) -> None:
    """Print a JSON Schema."""
    from simulator.kader import reading
    from simulator.world import schema as schemas

    common.show_json(schemas.schema(kind, reading.load(kader_name)))
