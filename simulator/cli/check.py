"""`inspectie-sim check`: one plan against the kader, on a day."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from simulator.base.language import pick, say
from simulator.cli import common

if TYPE_CHECKING:
    from datetime import date

    from simulator.kader.assess import Assessment, Status
    from simulator.plan.model import Plan


@common.command(
    "check", examples=["inspectie-sim check voorbeeld-po", "inspectie-sim check mijn-plan.yaml --on 2014-05-01"]
)
@click.argument("plan")
@click.option("--kader", "kader_name", help=say("check.kader"))
@click.option("--on", "on_text", metavar="jjjj-mm-dd", help=say("check.on"))
@common.json_option()
def command(plan: str, kader_name: str | None, on_text: str | None, as_json: bool) -> int:
    """Check a plan."""
    from simulator.plan import facts, reading
    from simulator.world import population

    found, kader, path = reading.load(plan, set(population.everyone()), kader_name)
    on = _day(on_text) if on_text else facts.default_day(found)
    _within(on, kader.file.holds)
    assessment = facts.assess_plan(found, kader, on)
    rows = list(_rows(found, assessment))
    shortfalls = [row for row in rows if row["counts"] and row["status"] in ("not_met", "not_assessable")]
    if as_json:
        common.show_json(_data(path.as_posix(), kader.id, on, rows))
    else:
        _show(found, kader.id, on, rows, shortfalls)
    return 1 if shortfalls else 0


def _day(text: str) -> date:
    from simulator.base import days

    try:
        return days.parse(text)
    except ValueError:
        raise click.UsageError(say("value.date", value=text)) from None


def _within(on: date, holds: Any) -> None:
    if not holds.holds(on):
        raise click.UsageError(say("check.outside", on=on, start=holds.start, until=holds.until or "..."))


def _rows(plan: Plan, assessment: Assessment) -> Any:
    """One row of data for every duty that holds, in the order of the law."""
    from simulator.kader.assess import Status, explain

    for name, version in assessment.law.versions.items():
        status = Status(int(assessment.status[name][0]))
        cause = explain(assessment, name)
        roots = sorted(set(cause.roots()) - {name})
        yield {
            "obligation": name,
            "status": status.name.lower(),
            "article": version.article[plan.sector],
            "text": pick(version.text),
            "roots": roots,
            "reason": _reason(status, roots),
            "evidence": _evidence(plan, name),
            "actor": version.actor,
            "counts": version.counts,
            "confidence": version.confidence,
        }


def _reason(status: Status, roots: list[str]) -> str:
    """Why a duty cannot be assessed: what holds it back, or that nothing shows it."""
    if status.name != "NOT_ASSESSABLE":
        return ""
    return "blocked" if roots else "no_evidence"


def _evidence(plan: Plan, name: str) -> list[dict[str, Any]]:
    return [
        {"part": part, "answer": answer.answer, "page": answer.page, "section": answer.section, "quote": answer.quote,
         "claimed": answer.claimed}
        for part, answer in plan.answers.get(name, {}).items()
    ]  # fmt: skip


def _data(plan: str, kader: str, on: date, rows: list[dict[str, Any]]) -> dict[str, Any]:
    own = [row for row in rows if row["counts"]]
    return {
        "format": "check/1",
        "plan": plan,
        "kader": kader,
        "on": on.isoformat(),
        "findings": rows,
        "summary": _summary(own),
    }


def _summary(rows: list[dict[str, Any]]) -> dict[str, int]:
    from simulator.kader.assess import Status

    names = [status.name.lower() for status in Status]
    return {name: sum(row["status"] == name for row in rows) for name in reversed(names)}


def _show(plan: Plan, kader: str, on: date, rows: list[dict[str, Any]], shortfalls: list[dict[str, Any]]) -> None:
    from simulator.base.numbers import long_date

    title = say("check.title", title=plan.title, swv=plan.swv, kader=kader, on=long_date(on))
    header = [say(f"table.{name}") for name in ("obligation", "status", "article", "because", "duty")]
    order = {"not_met": 0, "not_assessable": 1, "not_yet_due": 2, "met": 3, "not_applicable": 4}
    own = sorted((row for row in rows if row["counts"]), key=lambda row: order[row["status"]])
    common.show_table(title, header, [_cells(row) for row in own])
    others = [row for row in rows if not row["counts"] and row["status"] in ("not_met", "not_assessable")]
    if others:
        common.show_table(say("check.others"), header, [_cells(row) for row in others])
    counts = _summary([row for row in rows if row["counts"]])
    click.echo(", ".join(f"{say(f'status.{name}')}: {count}" for name, count in counts.items()))
    claimed = sum(part["claimed"] for row in rows for part in row["evidence"])
    if claimed:
        click.echo(say("check.claimed", count=claimed))
    assumed = [row["obligation"] for row in rows if row["confidence"] in ("assumed", "unverified")]
    if assumed:
        click.echo(say("check.assumed", names=", ".join(assumed)))
    click.echo(say("check.verdict_bad" if shortfalls else "check.verdict_good", count=len(shortfalls)))
    sys.stdout.flush()
    common.next_command(
        f"inspectie-sim check {click.get_current_context().params['plan']} --on {on.isoformat()} --json"
    )


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    because = ", ".join(row["roots"]) or (say("check.no_evidence") if row["reason"] == "no_evidence" else "")
    return row["obligation"], say(f"status.{row['status']}"), row["article"], because, row["text"]
