"""`inspectie-sim check`: plans against the kader, as they were sent or on a day."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.base.language import say
from simulator.cli import asking, common, plannames, results

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from simulator.base.errors import Problem
    from simulator.plan.checking import Checked

FORMATS = ("text", "json", "md", "html", "pdf", "docx", "odt", "sarif", "junit")
_BINARY = ("pdf", "docx", "odt")
EXAMPLES = [
    "inspectie-sim check voorbeeld-po",
    "inspectie-sim check mijn-plan.yaml --on 2014-05-01",
    "inspectie-sim check mijn-plan.yaml --explain PROC-8",
    "inspectie-sim check plannen/ --format html -o plannen.html",
]


@common.command("check", examples=EXAMPLES)
@click.argument("plans", nargs=-1, required=True, metavar="PLAN...")
@click.option("--kader", "kader_name", help=say("check.kader"))
@click.option("--on", "on_text", metavar="jjjj-mm-dd", help=say("check.on"))
@click.option("--today", is_flag=True, help=say("check.today"))
@click.option("--as-filed", is_flag=True, help=say("check.filed"))
@click.option("--explain", "explained", metavar="PLICHT", help=say("check.explain"))
@click.option("--repair", is_flag=True, help=say("check.repair"))
@click.option("--cheapest", is_flag=True, help=say("check.cheapest"))
@click.option("--reach", metavar="OORDEEL", help=say("check.reach"))
@click.option("--waivers", type=common.FilePath(), help=say("check.waivers"))
@click.option("--baseline", type=common.FilePath(), help=say("check.baseline"))
@click.option("--set", "choices", multiple=True, metavar="NAAM=KEUZE", help=say("check.set"))
@click.option("--strict-law", is_flag=True, help=say("check.strict_law"))
@click.option("--format", "kind", type=click.Choice(FORMATS), default="text", help=say("check.format"))
@click.option("-o", "--output", type=common.OutputFile(), help=say("check.output"))
@common.json_option()
def command(
    plans: tuple[str, ...], kader_name: str | None, on_text: str | None, today: bool, as_filed: bool,
    explained: str | None, repair: bool, cheapest: bool, reach: str | None, waivers: Path | None, baseline: Path | None,
    choices: tuple[str, ...], strict_law: bool, kind: str, output: Path | None, as_json: bool,
) -> int:  # fmt: skip
    """Check plans."""
    if (on_text is not None) + today + as_filed > 1:
        raise click.UsageError(say("check.two_days"))
    if kind in _BINARY and output is None and not as_json:
        raise click.UsageError(say("output.needs_file", kind=kind))
    on = asking.today() if today else asking.day(on_text) if on_text else None
    checks = _checked(_paths(plans), kader_name, on, choices, strict_law=strict_law)
    checks = [_marked(one, waivers, baseline) for one in checks]
    if explained:
        return _explain(checks, explained, as_json=as_json or kind == "json")
    wanted = repair or cheapest or reach is not None
    repairs = [mended(one, cheapest=cheapest, reach=reach) if wanted else None for one in checks]
    results.show(_rendered(checks, repairs, "json" if as_json else kind), output)
    if output is None and kind == "text" and not as_json:
        sys.stdout.flush()
        name = common.quoted(plans[0])
        common.next_command(*_next(f"{name} --on {on}" if on else name, name, checks))
    return 1 if any(one.failed for one in checks) else 0


def _next(name: str, plan: str, checks: Sequence[Checked]) -> list[str]:
    """What to do after this: look into the first finding, edit, check again."""
    first = next((one.obligation for check in checks for one in check.findings if one.kind == "shortfall"), None)
    again = f"inspectie-sim check {name}"
    return (
        [f"inspectie-sim toets {plan}", f"{again} --repair", f"{again} --explain {first}"]
        if first
        else [f"{again} --format html -o toets.html"]
    )


def _paths(names: tuple[str, ...]) -> list[str]:
    """The plans that are meant: names and files as they are, a folder as the plan files in it."""
    from simulator.base.errors import InputError, Problem

    found: list[str] = []
    for name in names:
        folder = Path(name)
        if not _is_folder(folder):
            found.append(name)
            continue
        inside = sorted(path for path in folder.iterdir() if _named_like_a_plan(path) and plannames.is_plan(path))
        if not inside:
            raise InputError(Problem(say("check.no_plans"), name))
        found += [path.as_posix() for path in inside]
    return found


def _is_folder(path: Path) -> bool:
    from simulator.base import resources

    return resources.is_folder(path) and not resources.is_file(path)


def _named_like_a_plan(path: Path) -> bool:
    return path.suffix.lower() in (".yaml", ".yml", ".xlsx") and not path.name.startswith(("~$", "."))


def _checked(
    names: list[str], kader_name: str | None, on: date | None, choices: tuple[str, ...], *, strict_law: bool
) -> list[Checked]:
    """Every plan checked; the problems of all of them are told together."""
    from dataclasses import replace

    from simulator.base.errors import InputError
    from simulator.plan import checking

    problems: list[Problem] = []
    checks: list[Checked] = []
    for name in names:
        try:
            file = common.plan_file(name, kader_name)
            file = replace(file, kader=file.kader.reading(_choices(choices, file.kader.settings)))
            checks.append(checking.check(file, on, strict_law=strict_law))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return checks


def _choices(choices: tuple[str, ...], settings: dict[str, Any]) -> dict[str, str]:
    from simulator.base.errors import nearest, offering

    found = {}
    for text in choices:
        name, _, choice = text.partition("=")
        if name not in settings:
            raise click.UsageError(offering(say("check.no_setting", name=name), name, settings))
        if choice not in settings[name].choices:
            hint = nearest(choice, settings[name].choices)
            raise click.UsageError(f"{say('check.no_choice', name=name, choice=choice)}. {hint}")
        found[name] = choice
    return found


def _marked(check: Checked, waivers_file: Path | None, baseline_file: Path | None) -> Checked:
    from simulator.plan import checking, waivers

    if waivers_file:
        check = checking.accept(check, waivers.read(waivers_file, check.file.kader))
    if baseline_file:
        check = checking.since(check, waivers.baseline(baseline_file, check.plan.swv))
    return check


def _explain(checks: list[Checked], name: str, *, as_json: bool) -> int:
    from simulator.base.errors import offering
    from simulator.reports import explaining, render

    if len(checks) > 1:
        raise click.UsageError(say("check.one_plan"))
    known = [one.obligation for one in checks[0].findings]
    if name not in known:
        raise click.UsageError(offering(say("check.no_duty", name=name, on=checks[0].on), name, known))
    told = explaining.explain(checks[0], name)
    if as_json:
        common.show_json(told)
    else:
        click.echo(render.text("explain.txt.j2", explaining.words(told), results.width()), nl=False)
    return 1 if checks[0].failed else 0


def mended(check: Checked, *, cheapest: bool, reach: str | None = None) -> dict[str, Any]:
    from simulator.base.errors import offering
    from simulator.plan import reaching, repair
    from simulator.reports import todo

    judgements = check.file.kader.file.decision.judgements
    if reach is not None and reach not in judgements:
        raise click.UsageError(offering(say("check.no_judgement", name=reach), reach, judgements))
    found = reaching.reach(check, reach, cheapest=cheapest) if reach else repair.least(check, cheapest=cheapest)
    return {**todo.data(check, found), "reach": reach}


def _rendered(checks: list[Checked], repairs: list[dict[str, Any] | None], kind: str) -> str | bytes:
    from simulator.base.language import current
    from simulator.reports import checked, exchange, formats, matrix, render
    from simulator.reports.kinds import plancheck

    if kind == "json":
        extra = [{"repair": todo} if todo else {} for todo in repairs]
        plans = [{**checked.data(one), **more} for one, more in zip(checks, extra, strict=True)]
        return common.as_json(matrix.data(plans) if len(plans) > 1 else plans[0])
    if kind in ("sarif", "junit"):
        return getattr(exchange, kind)([checked.data(one) for one in checks])  # type: ignore[no-any-return]
    if len(checks) > 1 and kind != "text":
        return formats.written(matrix.document(checks), kind)
    if len(checks) > 1:
        return render.text("matrix.md.j2", {"lang": current(), **matrix.page(checks)}, results.width())
    if kind in ("html", *_BINARY):
        return formats.written(plancheck.of(checks[0]), kind)
    page = {"lang": current(), **checked.page(checks[0])}
    names = {"text": "check.txt.j2", "md": "check.md.j2"}
    told = render.text(names[kind], page, results.width())
    return told + (render.text("todo.txt.j2", {**page, "repair": repairs[0]}, results.width()) if repairs[0] else "")
