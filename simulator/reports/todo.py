"""The least repair as an ordered list of things to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.language import pick, say
from simulator.base.numbers import long_date
from simulator.kader.assess import Status
from simulator.plan.mending import groups
from simulator.plan.tables import PLACES
from simulator.reports.checked import open_dates

if TYPE_CHECKING:
    from datetime import date

    from simulator.plan.changes import Change
    from simulator.plan.checking import Checked
    from simulator.plan.repair import Repair


def data(checked: Checked, found: Repair) -> dict[str, Any]:
    """The repair as plain data: what cannot be repaired, then every change with what it is for.

    Of what cannot be repaired `fill` names the events whose day nobody filled in, and `waits` the duties that it cannot be
    judged without: it may be in order after all.
    """
    return {
        "impossible": [
            {
                "obligation": name,
                **_law(checked, name),
                "fill": _dates(checked, found, name),
                "waits": _waits(checked, found, name),
            }
            for name in found.impossible
        ],
        "changes": [_change(checked, change, found.duties[change.id]) for change in found.changes],
        "hours": found.hours,
        "optimal": found.optimal,
        "reached": found.reached,
        "assumed_hours": checked.file.kader.file.repairs.confidence == "assumed",
    }


def _law(checked: Checked, name: str) -> dict[str, Any]:
    version = checked.assessment.law.versions[name]
    return {"article": version.article[checked.plan.sector], "text": pick(version.text)}


def _dates(checked: Checked, found: Repair, name: str) -> list[str]:
    """The open dates of a duty that nothing is known of, and of all that it rests on."""
    events = dict.fromkeys(event for one in _unknown(checked, found, name) for event in open_dates(checked, one))
    return [pick(checked.file.kader.events[event].label) for event in events]


def _waits(checked: Checked, found: Repair, name: str) -> list[str]:
    """The other duties that one cannot be judged without."""
    return _unknown(checked, found, name)[1:]


def _unknown(checked: Checked, found: Repair, name: str) -> list[str]:
    """A duty that cannot be judged and all that it rests on, directly or not, that cannot be judged either.

    None where something at the root of it was missed for good.
    """
    findings = {one.obligation: one for one in checked.own}
    unknown = {one for one, finding in findings.items() if finding.status is Status.NOT_ASSESSABLE}
    if name not in unknown or any(root in found.impossible and root not in unknown for root in findings[name].roots):
        return []
    reached = {name: None}
    waiting = [name]
    while waiting:
        needed = [one for group in groups(checked, waiting.pop(0)) for one in group if one in unknown]
        waiting += [one for one in dict.fromkeys(needed) if one not in reached]
        reached |= dict.fromkeys(needed)
    return list(reached)


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
        known = checked.plan.known_events.get(change.name) is not None
        return say("todo.event" if known else "todo.event_open", label=pick(kader.events[change.name].label))
    if change.kind == "accept":
        return say("proposals.accept", label=pick(kader.events[change.name].label))
    if change.kind == "table":
        return say(f"todo.{change.name}")
    duty, _, part = change.name.partition(".")
    asked = kader.parts(duty, checked.plan.sector)[part]
    missing = say("check.missing", what=pick(asked.missing)) if asked.missing else ""
    given = checked.plan.answers_on(checked.on).get(duty, {}).get(part)
    known = given is not None and given.answer is not None
    return f"{say('todo.answer' if known else 'todo.answer_open', question=pick(asked.ask))} {missing}".strip()


def _last_day(checked: Checked, duties: list[str]) -> date | None:
    """The last day on which the first of the duties can still be met in time, when that lies ahead."""
    days = [one.last_day for one in checked.findings if one.obligation in duties and one.last_day is not None]
    ahead = [day for day in days if day >= checked.on]
    return min(ahead, default=None)
