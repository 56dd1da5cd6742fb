"""The least repair as an ordered list of things to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.language import pick, say
from simulator.base.numbers import long_date
from simulator.plan.tables import PLACES

if TYPE_CHECKING:
    from datetime import date

    from simulator.plan.changes import Change
    from simulator.plan.checking import Checked
    from simulator.plan.repair import Repair


def data(checked: Checked, found: Repair) -> dict[str, Any]:
    """The repair as plain data: what cannot be repaired, then every change with what it is for."""
    return {
        "impossible": [{"obligation": name, **_law(checked, name)} for name in found.impossible],
        "changes": [_change(checked, change, found.duties[change.id]) for change in found.changes],
        "hours": found.hours,
        "optimal": found.optimal,
        "reached": found.reached,
        "assumed_hours": checked.file.kader.file.repairs.confidence == "assumed",
    }


def _law(checked: Checked, name: str) -> dict[str, Any]:
    version = checked.assessment.law.versions[name]
    return {"article": version.article[checked.plan.sector], "text": pick(version.text)}


def _change(checked: Checked, change: Change, duties: list[str]) -> dict[str, Any]:
    duty, _, part = change.name.partition(".")
    places = {"answer": ("answers", duty, part), "table": PLACES.get(change.name, ()), "event": ("events", change.name)}
    places["accept"] = places["event"]
    last = _last_day(checked, duties)
    return {
        "id": change.id,
        "for": duties,
        "whose": sorted({checked.assessment.law.versions[name].actor for name in duties}),
        "what": _what(checked, change),
        "hours": change.hours,
        "last_day": last.isoformat() if last else None,
        "until": long_date(last) if last else "",
        **checked.file.at(*places[change.kind]),
    }


def _what(checked: Checked, change: Change) -> str:
    kader = checked.file.kader
    if change.kind == "event":
        return say("todo.event", label=pick(kader.events[change.name].label))
    if change.kind == "accept":
        return say("proposals.accept", label=pick(kader.events[change.name].label))
    if change.kind == "table":
        return say(f"todo.{change.name}")
    duty, _, part = change.name.partition(".")
    asked = kader.parts(duty, checked.plan.sector)[part]
    missing = say("check.missing", what=pick(asked.missing)) if asked.missing else ""
    return f"{say('todo.answer', question=pick(asked.ask))} {missing}".strip()


def _last_day(checked: Checked, duties: list[str]) -> date | None:
    """The last day on which the first of the duties can still be met in time, when that lies ahead."""
    days = [one.last_day for one in checked.findings if one.obligation in duties and one.last_day is not None]
    ahead = [day for day in days if day >= checked.on]
    return min(ahead, default=None)
