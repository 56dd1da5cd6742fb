"""`inspectie-sim praktijktoets`: pupil cases walked through a plan, or through the plans of a scenario."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.base.language import say
from simulator.cli import asking, common, plannames

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from simulator.reports.tables import Table

FORMATS = ("text", "md", "html", "json", "csv", "xlsx")
_OF_CASES = ("cases", "steps")
"""The tables that CSV has; what is missing stands in the other forms."""
MOST, WHOLE = 8, 3
"""So many actions are shown on the screen; so many cases are told step by step, more of them in a line each."""


@common.command(
    "praktijktoets",
    examples=[
        "inspectie-sim praktijktoets voorbeeld-po-2022",
        "inspectie-sim praktijktoets mijn-plan.yaml --case thuiszitter --case kdc",
        "inspectie-sim praktijktoets mijn-plan.yaml --format html -o praktijktoets.html",
        "inspectie-sim praktijktoets invoering-2014 -n 10",
    ],
)
@click.argument("subject", metavar="PLAN|SCENARIO")
@click.option("--kader", "kader_name", help=say("check.kader"))
@click.option("--on", "on_text", metavar="jjjj-mm-dd", help=say("praktijktoets.on"))
@click.option("--case", "names", multiple=True, metavar="CASUS", help=say("praktijktoets.case"))
@asking.group_option
@click.option("-n", "--replications", type=click.IntRange(1, 1000), default=5, help=say("praktijktoets.replications"))
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help=say("run.seed"))
@click.option("--format", "kind", type=click.Choice(FORMATS), default="text", help=say("check.format"))
@click.option("-o", "--output", type=common.OutputFile(), help=say("check.output"))
@common.json_option()
def command(
    subject: str, kader_name: str | None, on_text: str | None, names: tuple[str, ...], group: str | None,
    replications: int, seed: int | None, kind: str, output: Path | None, as_json: bool,
) -> int:  # fmt: skip
    """Walk cases."""
    from simulator.cli import results

    kind = "json" if as_json else kind
    if kind == "xlsx" and output is None:
        raise click.UsageError(say("output.needs_file", kind=kind))
    on = asking.day(on_text) if on_text else None
    if plannames.plan_or_scenario(subject):
        if given := _of_scenario_alone():
            raise click.UsageError(say("bekostiging.of_scenario", name=subject, options=", ".join(given)))
        made, following = _of_plan(subject, kader_name, on, names, kind)
    elif kader_name:
        raise click.UsageError(say("cli.not_together", first="--kader", second="SCENARIO"))
    else:
        made, following = _of_scenario(subject, on, names, group, replications, seed, kind)
    results.show(made, output)
    if kind == "text" and output is None:
        common.next_command(*following)
    return 0


def _of_scenario_alone() -> list[str]:
    """The options on the line that say something of the playing of a scenario."""
    names = {"group": "--group", "replications": "-n", "seed": "--seed"}
    source = click.get_current_context().get_parameter_source
    return [option for name, option in names.items() if source(name) is click.core.ParameterSource.COMMANDLINE]


def _of_plan(
    name: str, kader_name: str | None, on: date | None, names: tuple[str, ...], kind: str
) -> tuple[str | bytes, list[str]]:
    from simulator.base.language import current
    from simulator.cli.results import width
    from simulator.plan import practising
    from simulator.reports import formats, practising_page, render
    from simulator.reports import practising as told_of
    from simulator.reports.kinds import praktijktoets as document

    file = common.plan_file(name, kader_name)
    practice = practising.practise(file, on, names)
    if kind in ("json", "csv", "xlsx"):
        told = told_of.data(practice)
        return _plain(kind, told, told_of.tables(told)), []
    if kind in ("html", "md"):
        return formats.written(document.of(practice), kind), []
    page: dict[str, Any] = {
        "lang": current(),
        **practising_page.page(practice),
        "whole": 0 < len(names) <= WHOLE,
        "most": MOST,
    }
    stuck = next(
        (one.case.id for one in practice.walks if one.stuck), practice.walks[0].case.id if practice.walks else ""
    )
    typed = common.quoted(name)
    following = [f"inspectie-sim praktijktoets {typed} --case {stuck}"] if stuck and not names else []
    following.append(f"inspectie-sim report {typed} --kind praktijktoets -o praktijktoets.html")
    return render.text("praktijktoets.txt.j2", page, width()), following


def _of_scenario(
    name: str,
    on: date | None,
    names: tuple[str, ...],
    group: str | None,
    replications: int,
    seed: int | None,
    kind: str,
) -> tuple[str | bytes, list[str]]:
    from dataclasses import replace

    from simulator.base.language import current
    from simulator.cli.results import width
    from simulator.outcomes import practising
    from simulator.reports import formats, practised, practisedforms, render
    from simulator.world import parts
    from simulator.world import scenario as scenarios

    chosen = scenarios.load(name)
    parts.needed(chosen, parts.PRAKTIJKTOETS)
    chosen = chosen if seed is None else replace(chosen, seed=seed)
    found = practising.practise(chosen, replications, on, names, group=asking.members(chosen, group))
    if kind in ("json", "csv", "xlsx"):
        told = {**practised.data(found), "group": asking.group_told(chosen, group)}
        return _plain(kind, told, practised.tables(told)), []
    if kind in ("html", "md"):
        return formats.written(practisedforms.document(found), kind), []
    page = {"lang": current(), **practised.page(found), "most": MOST}
    following = [f"inspectie-sim praktijktoets {common.quoted(name)} --format html -o praktijktoets.html"]
    return render.text("praktijktoetsen.txt.j2", page, width()), following


def _plain(kind: str, told: dict[str, Any], tables: Sequence[Table]) -> str | bytes:
    """The data as JSON, as an Excel workbook, or its cases (of a plan with their steps below them) as CSV."""
    from simulator.reports import tables as forms

    if kind == "json":
        return common.as_json(told)
    return forms.workbook(tables) if kind == "xlsx" else forms.as_csv([one for one in tables if one.name in _OF_CASES])
