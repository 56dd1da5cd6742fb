"""`inspectie-sim scenario`: look into scenarios, hold them against each other, make one of your own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.base.language import pick, say
from simulator.cli import common, results

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.reports.tables import Table
    from simulator.world.scenario import Scenario


@click.group("scenario", cls=common.Group, help=say("scenario.help"), examples=["inspectie-sim scenario show late-opr"])
def command() -> None:
    """Scenarios."""


@command.command(
    "list", cls=common.Command, help=say("scenario_command.list"), examples=["inspectie-sim scenario list"]
)
@results.table_options
def listed(kind: str, output: Path | None, as_json: bool) -> None:
    """List scenarios."""
    from simulator.reports.tables import Column, Table
    from simulator.world import scenario as scenarios

    rows = [_summary(name) for name in scenarios.names()]
    columns = tuple(
        Column(name, say(f"scenario_command.{name}")) for name in ("id", "title", "kader", "swv", "against")
    )
    table = Table("scenarios", say("scenario_command.title_list"), columns, rows)
    results.deliver([table], {"format": "scenarios/1"}, kind, output, as_json=as_json)
    if kind == "text" and not as_json:
        common.next_command("inspectie-sim scenario show late-opr", "inspectie-sim run late-opr")


def _summary(name: str) -> dict[str, Any]:
    """A scenario as a row of the list; one with mistakes is in it with the first of them."""
    from simulator.base.errors import InputError
    from simulator.world import scenario as scenarios

    try:
        one = scenarios.load(name)
    except InputError as error:
        first = error.problems[0]
        return {"id": name, "title": f"{first.place}: {first.message}"}
    titles = {"id": one.id, "title": pick(one.title), "kader": one.kader.id, "swv": len(one.swv)}
    return {**titles, "against": one.expects.against}


@command.command(
    "show", cls=common.Command, help=say("scenario_command.show"), examples=["inspectie-sim scenario show late-opr"]
)
@click.argument("scenario")
@common.json_option()
def show(scenario: str, as_json: bool) -> None:
    """Show a scenario: what it asks, what it sets otherwise, what it is expected to do."""
    from simulator.world import differences
    from simulator.world import scenario as scenarios

    found = scenarios.load(scenario)
    kinds = found.kader.file.shocks
    base = scenarios.load(found.chain[1]) if len(found.chain) > 1 else None
    changed = _set_otherwise([base, found]) if base else []
    told = {
        "format": "scenario-show/1", "id": found.id, "title": pick(found.title), "question": pick(found.question),
        "kader": found.kader.id, "period": [found.period.start.isoformat(), found.period.until.isoformat()],
        "seed": found.seed, "replications": found.replications, "swv": len(found.swv), "plans": list(found.plans),
        "parts_off": list(found.parts_off), "shocks": [differences.shock_in_words(one, kinds) for one in found.shocks],
        "expects": found.expects.figures, "against": found.expects.against,
        "known_to_fail": {name: pick(why) for name, why in found.expects.known_to_fail.items()},
        "seen": pick(found.expects.seen) if found.expects.seen else None,
        "changed": changed,
    }  # fmt: skip
    if as_json:
        common.show_json(told)
        return
    _tell(found, told, scenario)


def _set_otherwise(scenarios: Sequence[Scenario]) -> list[dict[str, Any]]:
    """What scenarios set otherwise, with what the screen shows of it: shocks in words, all else by its name."""
    from simulator.reports import inputwords
    from simulator.world import differences

    shocks = {
        differences.shock_name(shock): differences.shock_in_words(shock, one.kader.file.shocks)
        for one in scenarios
        for shock in one.shocks
    }
    rows = inputwords.rows(scenarios, differences.between(scenarios))
    return [{**row, "what": f"shocks.{told}" if (told := shocks.get(row["name"])) else row["name"]} for row in rows]


def _tell(found: Scenario, told: dict[str, Any], typed: str) -> None:
    import textwrap

    labels = {kpi.id: pick(kpi.label) for kpi in found.kader.file.kpis}
    click.echo(f"{told['title']} ({found.id})")
    click.echo(textwrap.fill(told["question"], results.width()))
    click.echo()
    for name in ("kader", "period", "swv", "seed", "replications", "plans", "parts_off", "shocks"):
        value = told[name]
        words = (" - ".join(value) if name == "period" else "; ".join(value)) if isinstance(value, list) else str(value)
        if words:
            click.echo(f"{say(f'scenario_command.{name}') + ':':<18} {words}")
    for claim in found.expects.claims:
        key, name = "as_before" if claim.direction == "same" else claim.direction, claim.label
        where = say(f"scenario_command.{key}", against=found.expects.against)
        over = f" ({say('scenario_command.of_group', group=claim.group)})" if claim.group else ""
        click.echo(f"{say('scenario_command.expects') + ':':<18} {labels[claim.figure]} {where}{over}")
        if name in found.expects.known_to_fail:
            why = pick(found.expects.known_to_fail[name])
            click.echo(textwrap.fill(say("scenario_command.failed", why=why), results.width(), initial_indent=" " * 19,
                                     subsequent_indent=" " * 19))  # fmt: skip
    if found.expects.seen:
        click.echo(textwrap.fill(say("scenario_command.seen", what=pick(found.expects.seen)), results.width()))
    for row in told["changed"]:
        click.echo(f"{say('scenario_command.changed') + ':':<18} {row['what']}: {' -> '.join(row['values'])}")
    common.tell_idle(found)
    name = common.quoted(typed)
    common.next_command(
        f"inspectie-sim run {name}",
        *([f"inspectie-sim compare {found.expects.against} {name}"] if found.expects.against else []),
    )


@command.command(
    "diff", cls=common.Command, help=say("scenario_command.diff"),
    examples=["inspectie-sim scenario diff invoering-2014 late-opr"],
)  # fmt: skip
@click.argument("left")
@click.argument("right")
@results.table_options
def diff(left: str, right: str, kind: str, output: Path | None, as_json: bool) -> None:
    """Show what two scenarios set otherwise."""
    from simulator.reports.tables import Column, Table
    from simulator.world import scenario as scenarios

    both = [scenarios.load(left), scenarios.load(right)]
    rows = [{**row, "left": row["values"][0], "right": row["values"][1]} for row in _set_otherwise(both)]
    columns = (
        Column("name", say("table.name"), screen=False),
        Column("what", say("scenario_command.what")),
        Column("left", left),
        Column("right", right),
    )
    notes = () if rows else (say("scenario_command.same"),)
    table = Table("differences", f"{pick(both[0].title)} / {pick(both[1].title)}", columns, rows, notes)
    results.deliver([table], {"format": "scenario-diff/1"}, kind, output, as_json=as_json)


@command.command(
    "new", cls=common.Command, help=say("scenario_command.new"),
    examples=["inspectie-sim scenario new mijn-scenario --from invoering-2014"],
)  # fmt: skip
@click.argument("name")
@click.option("--from", "parent", default="invoering-2014", help=say("scenario_command.parent"))
@click.option("-o", "--output", type=common.OutputFile(), help=say("scenario_command.new_output"))
def new(name: str, parent: str, output: Path | None) -> None:
    """Write a scenario to fill in."""
    import re

    from simulator.base import resources, writing
    from simulator.base.errors import InputError, Problem
    from simulator.world import scenario as scenarios

    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,60}", name):
        raise click.UsageError(say("scenario_command.bad_name", name=name))
    found = scenarios.load(parent)
    target = output or Path(f"{name}.yaml")
    _see_it_stands_alone(name, found, target)
    if resources.is_file(target):
        raise InputError(Problem(say("scenario_command.there"), target.as_posix(), hint=say("hint.other_name")))
    writing.write(target, _skeleton(name, _as_named_from(target, parent, Path(found.chain[0])), found))
    click.echo(say("output.written", file=target.as_posix()), err=True)
    common.next_command(
        f"inspectie-sim scenario validate {target.as_posix()}", f"inspectie-sim run {target.as_posix()}"
    )


def _see_it_stands_alone(name: str, parent: Scenario, target: Path) -> None:
    """See that a new scenario does not come in the place of a shipped one, or of the one that it builds on."""
    from simulator.base import resources

    taken = {path.stem for path in resources.shipped("scenarios").glob("*.yaml")} | {parent.id}
    for given in (name, target.stem):
        if given in taken:
            raise click.UsageError(say("scenario_command.taken", name=given, other=f"{given}-2"))


def _as_named_from(target: Path, parent: str, path: Path) -> str:
    """How a new file names the scenario that it builds on: by its shipped name, or by the way to it from its folder."""
    import os

    from simulator.base import resources

    if path.parent == resources.shipped("scenarios"):
        return parent
    try:
        return Path(os.path.relpath(path, target.parent)).as_posix()
    except ValueError:  # another drive
        return path.resolve().as_posix()


def _skeleton(name: str, parent: str, found: Scenario) -> str:
    """A scenario that says nothing yet, with an example of everything that it can say."""
    from simulator.world import shockparts

    figure = found.kader.file.kpis[0].id
    part = next(iter(found.kader.file.parts), None)
    off = {part} if part else set()
    kinds = found.kader.file.shocks.items()
    shock = next((name for name, one in kinds if not one.pool and not shockparts.left_out(one, found.kader, off)), None)
    code = next(iter(found.swv))
    pool = next(iter(found.pools))
    parameter = next(
        key for key, one in found.parameters.items() if one.dist == "chance" and one.confidence == "assumed"
    )
    lines = [
        "format: scenario/1", f"id: {name}", f"extends: {parent}", 'title: {nl: "...", en: "..."}',
        f"# {say('scenario_command.hint_question')}", 'question: {nl: "...", en: "..."}',
        f"# {say('scenario_command.hint_expects')}", f"# expects: {{{figure}: [lower, {{is: lower, group: mijn-groep}}]}}",
        f"# {say('scenario_command.hint_parameters')}", "# parameters:", f'#   {parameter}: {{value: 0.5, source: "..."}}',
        "# pools:", f"#   {pool}: {{capacity: 2}}",
        *([f"# {say('scenario_command.hint_parts')}", f"# parts: {{{part}: false}}"] if part else []),
        f"# {say('scenario_command.hint_groups')}", "# groups:", f"#   mijn-groep: [{code}]",
        *([f"# {say('scenario_command.hint_shocks')}", "# shocks:",
           f'#   - {{kind: {shock}, from: "{found.period.start}", where: {{group: mijn-groep}}}}'] if shock else []),
        f"# {say('scenario_command.hint_plans')}", f"# plans: {{{code}: mijn-plan.yaml}}",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


@command.command(
    "validate", cls=common.Command, help=say("scenario_command.validate"),
    examples=["inspectie-sim scenario validate mijn-scenario.yaml"],
)  # fmt: skip
@click.argument("scenario")
@common.json_option()
def validate(scenario: str, as_json: bool) -> None:
    """Look for mistakes in a scenario and all that it names."""
    from simulator.engine.model import Model
    from simulator.kader import lawful
    from simulator.world import scenario as scenarios

    found = scenarios.load(scenario)
    rows = len(Model(found).tables)
    unlawful = lawful.told(found.unlawful)
    if as_json:
        common.show_json({
            "format": "scenario-validate/1", "id": found.id, "swv": len(found.swv), "rows": rows, "unlawful": unlawful,
        })  # fmt: skip
        return
    swv = say("asking.swv", n=len(found.swv))
    click.echo(say("scenario_command.fine", id=found.id, kader=found.kader.id, swv=swv))
    if unlawful:
        results.tell(lawful.marked(unlawful))
    common.tell_idle(found)
    common.tell_unfelt(found)
    if outside := found.outside_kader():
        results.tell(outside)
    common.next_command(f"inspectie-sim run {scenario}")


@command.command(
    "assumptions", cls=common.Command, help=say("scenario_command.assumptions"),
    examples=["inspectie-sim scenario assumptions invoering-2014 --format xlsx -o aannamen.xlsx"],
)  # fmt: skip
@click.argument("scenario")
@results.table_options
def assumptions(scenario: str, kind: str, output: Path | None, as_json: bool) -> None:
    """List what no law and no read source gives."""
    from simulator.world import scenario as scenarios

    found = scenarios.load(scenario)
    head = {"format": "assumptions/1", "scenario": found.id}
    results.deliver([_assumed(found)], head, kind, output, as_json=as_json)


def _assumed(found: Scenario) -> Table:
    from simulator.reports.tables import Column, Table
    from simulator.world import assumptions as assumed

    rows = [vars(one) for one in assumed.of(found)]
    words = {
        "kind": {row["kind"]: say(f"scenario_command.kind_{row['kind']}") for row in rows},
        "unit": {row["unit"]: say(f"unit.{row['unit']}") for row in rows if row["unit"]},
        "confidence": {row["confidence"]: say(f"confidence.{row['confidence']}") for row in rows},
    }
    names = ("name", "kind", "value", "unit", "confidence", "source", "note")
    columns = tuple(Column(name, say(f"scenario_command.{name}"), words=words.get(name, {})) for name in names)
    title = say("scenario_command.title_assumptions", scenario=pick(found.title), count=len(rows))
    why = [one for one in ("seen", "derived") if one in words["confidence"]]
    notes = [say(f"scenario_command.why_{one}", confidence=words["confidence"][one]) for one in why]
    return Table("assumptions", title, columns, rows, tuple(notes), frozenset({"note", "kind"}))
