"""What in a checked plan waits for a person, as plain data and in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from simulator.base.language import pick, say
from simulator.base.numbers import long_date
from simulator.kader.assess import Status
from simulator.plan import proposals
from simulator.reports import imported

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from simulator.kader.duties import Version
    from simulator.plan.checking import Checked, Finding
    from simulator.plan.model import Plan
    from simulator.plan.proposals import Proposed

_LONGEST = 160
"""Letters of a quote on the screen."""


def of_finding(checked: Checked, one: Finding) -> list[dict[str, Any]]:
    """The proposals that a duty rests on or would rest on."""
    return [_told(checked, each) for each in proposals.of_duty(checked.plan, one.obligation, one.version, checked.on)]


def of_plan(checked: Checked) -> list[dict[str, Any]]:
    """Every proposal in a plan."""
    return [_told(checked, one) for one in proposals.everything(checked.plan, checked.on)]


def _told(checked: Checked, one: Proposed) -> dict[str, Any]:
    source = one.evidence
    return {
        "kind": one.kind, "name": one.name, "item": one.item or None,
        "value": one.value.isoformat() if isinstance(one.value, date) else one.value, "counts": one.counts,
        "document": source.document, "page": source.page, "section": source.section, "quote": source.quote,
        **checked.file.at(*one.state),
    }  # fmt: skip


def resting(told: Iterable[dict[str, Any]]) -> list[str]:
    """The duties of the swv that are met, as far as this rests on proposals."""
    met = Status.MET.name.lower()
    return [
        one["obligation"]
        for one in told
        if one["status"] == met
        and one["counts"]
        and any(each["counts"] and (each["kind"] != "answer" or each["value"]) for each in one["proposals"])
    ]


def days(checked: Checked, told: list[dict[str, Any]]) -> list[dict[str, str]]:
    """The proposed dates of a duty in words: those of one event from one sentence together."""
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for one in told:
        if one["kind"] == "date":
            groups.setdefault((one["name"], one["quote"], one["document"]), []).append(one)
    return [_group(checked, name, rows) for (name, *_), rows in groups.items()]


def _group(checked: Checked, name: str, rows: list[dict[str, Any]]) -> dict[str, str]:
    first, events = rows[0], checked.file.kader.events
    by_day: dict[str, list[str]] = {}
    for row in rows:
        by_day.setdefault(_day(row["value"]), []).append(row["item"] or "")
    value = "; ".join(f"{', '.join(items)}: {day}" if all(items) else day for day, items in by_day.items())
    quote = first["quote"] or ""
    return {
        "label": pick(events[name].label) if name in events else say("book_fields.opr_meetings"),
        "value": value,
        "quote": quote if len(quote) <= _LONGEST else quote[:_LONGEST].rstrip() + " ...",
        "where": imported.where(first["document"], first["section"], first["page"]),
        "places": ", ".join(dict.fromkeys(row["place"] for row in rows)),
    }


def _day(value: Any) -> str:
    return long_date(date.fromisoformat(value)) if isinstance(value, str) else say("check.not_happened")


def frame(checked: Checked) -> list[str]:
    """What everything rests on and was proposed: whose plan it is, for which years, and its gemeenten."""
    return _frame(checked.plan, checked.on)


def _frame(plan: Plan, on: date) -> list[str]:
    names = [one.name for one in proposals.everything(plan, on) if one.kind == "frame"]
    first, last = plan.period.first_school_year, plan.period.first_school_year + plan.period.school_years
    words = {
        "swv": say("proposals.swv", code=plan.swv),
        "period": say("proposals.period", first=first, last=last),
        "gemeenten": say("proposals.gemeenten", n=names.count("gemeenten"), of=len(plan.gemeenten)),
        "overlaps": say("proposals.overlaps", n=names.count("overlaps")),
    }
    return [text for whole, text in words.items() if any(name.partition("/")[0] == whole for name in names)]


def played(plan: Plan, met: Mapping[str, Version], on: date) -> list[str]:
    """What a reader of a report on a plan that was played must know of the proposals in it; nothing without any.

    Args:
        met: the duties that were found in order.
        on: the day of which the report tells.
    """
    count = len(proposals.everything(plan, on))
    if not count:
        return []
    told, framed = [say("check.proposed", count=count)], _frame(plan, on)
    told += [say("proposals.frame", what="; ".join(framed))] if framed else []
    rests = [name for name, version in met.items() if any(one.counts for one in _resting(plan, name, version, on))]
    return [*told, say("proposals.rests", n=len(rests), names=", ".join(rests))] if rests else told


def _resting(plan: Plan, name: str, version: Version, on: date) -> list[Proposed]:
    return [one for one in proposals.of_duty(plan, name, version, on) if one.kind != "answer" or one.value]


def words(page: dict[str, Any]) -> list[str]:
    """What a reader of a check must know of the proposals in the plan, in sentences; nothing without any."""
    if not page["proposed"]:
        return []
    told, rests = [say("check.proposed", count=page["proposed"])], page["rests_on_proposals"]
    told += [say("proposals.frame", what="; ".join(page["frame"]))] if page["frame"] else []
    told += [say("proposals.rests", n=len(rests), names=", ".join(rests))] if rests else []
    dates = sum(one["kind"] == "date" for one in page["proposals"])
    return [*told, say("proposals.dates", n=dates)] if dates else told
