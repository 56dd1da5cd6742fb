"""A plan file as one column of facts for the assessment, and facts written back as a plan file."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.base.days import NEVER, date_of, day_of
from simulator.kader import assess, content, timing
from simulator.kader.assess import Columns
from simulator.kader.law import law_on
from simulator.kader.model import period_days
from simulator.kader.timing import Happening, Truth
from simulator.plan import proposals, tables, wording

if TYPE_CHECKING:
    from simulator.base.fields import Sector
    from simulator.kader.assess import Assessment
    from simulator.kader.duties import Obligation, Version
    from simulator.kader.model import Kader
    from simulator.plan.model import Plan


def assess_plan(plan: Plan, kader: Kader, on: date, *, as_sent: bool = False) -> Assessment:
    """The status of every duty that holds on a day, for one plan.

    Args:
        plan, kader: what is held against what.
        on: the day to look on.
        as_sent: as if the plan was sent on that day: what must stand in it is due, also when it was not yet adopted.
    """
    law = law_on(kader.obligations, on, plan.sector)
    day = np.array([day_of(on)])
    events = {name: happening(plan, kader, name, day) for name in kader.events}
    shown = {
        name: truth(shows(plan, version.checks.content, name, on))
        for name, version in law.versions.items()
        if version.checks.content
    }
    written = {name for name, one in law.versions.items() if one.checks.content and one.due.before is not None}
    settled = {name for name, one in law.versions.items() if one.checks.timing and _settled(one.checks.timing, events)}
    return assess.assess(law, Columns(day, events, shown), written | settled if as_sent else set())


def _settled(expression: str, events: dict[str, Happening]) -> bool:
    """Whether dates leave nothing to be done: the check passes, or what it is about happened and was not right."""
    parsed = timing.parse(expression)
    truth = parsed(events)
    about = next((name for name, _ in parsed.names()), "")
    return bool(truth.true[0]) or bool(truth.false[0] and about in events and events[about].count[0])


def dated(plan: Plan, kader: Kader, expression: str, on: date) -> bool | None:
    """What the events of a plan say by a day of one timing expression; None when it is not filled in."""
    parsed = timing.parse(expression)
    day = np.array([day_of(on)])
    found = parsed({name: happening(plan, kader, name, day) for name, _ in parsed.names()})
    return None if not (found.true[0] or found.false[0]) else bool(found.true[0])


def default_day(plan: Plan) -> date:
    """The day on which the plan was sent; else 30 April before its first school year."""
    sent = plan.known_events.get("sent")
    return sent if isinstance(sent, date) else date(plan.period.first_school_year, 5, 1) - timedelta(days=1)


def content_over(plan: Plan, kader: Kader, start: date, until: date) -> dict[str, list[tuple[date, bool | None]]]:
    """What the plan shows for each duty that is checked on content, over the days of a scenario.

    It can turn with the law, when a version of a duty asks something else, and with the plan, when a change of it comes in
    force. Each value holds from its day on; the first day is the start.
    """
    turns = {change.adopted for change in plan.changes if isinstance(change.adopted, date)}
    for name in kader.content_obligations:
        for one in kader.obligations[name].versions:
            turns |= {one.in_force.start} | ({one.in_force.until + timedelta(days=1)} if one.in_force.until else set())
    found: dict[str, list[tuple[date, bool | None]]] = {}
    for day in [start, *sorted(turn for turn in turns if start < turn < until)]:
        for name, value in content_of(plan, kader, day).items():
            spans = found.setdefault(name, [])
            if not spans or spans[-1][1] is not value:
                spans.append((day, value))
    return found


def content_of(plan: Plan, kader: Kader, on: date) -> dict[str, bool | None]:
    """What the plan shows for each duty that is checked on content, by the versions that hold on a day.

    A duty that does not hold on that day is looked at as on the nearest day on which it does.
    """
    found = {}
    for name in kader.content_obligations:
        nearest = _nearest(kader.obligations[name], plan.sector, on)
        if nearest and nearest[0].checks.content:
            found[name] = shows(plan, nearest[0].checks.content, name, nearest[1])
    return found


def _nearest(obligation: Obligation, sector: Sector, on: date) -> tuple[Version, date] | None:
    """The version in force on the day nearest to one, and that day; of two as near the later."""
    days = [
        (max(one.in_force.start, min(on, one.in_force.until or on)), one)
        for one in obligation.versions
        if one.sector in (sector, "both")
    ]
    if not days:
        return None
    day, version = min(days, key=lambda one: (abs(one[0] - on), -one[0].toordinal()))
    return version, day


def shows(plan: Plan, check: str, obligation: str, on: date) -> bool | None:
    """What the plan shows for a duty by its content check.

    What is proposed counts as claimed, and never against the plan: a no that goes away when it turns out to be otherwise is
    not known.
    """
    found = content.evaluate(check, values(plan, obligation, on))
    if found is False and any(one.kind != "date" for one in proposals.everything(plan, on)):
        found = None if content.evaluate(check, _at_best(plan, obligation, on)) is not False else False
    return found


def _at_best(plan: Plan, obligation: str, on: date) -> dict[str, Any]:
    """What a check can ask when all that is proposed is as good as it can be."""
    answers = plan.answers_on(on).get(obligation, {})
    whole = plan
    for name, complete in tables.COMPLETED.items():
        if any(one.state == "proposed" for one in getattr(plan, name, ())):
            whole = complete(whole, on)
    found = values(whole, obligation, on)
    found["part"] = {key: one for key, one in found["part"].items() if one or answers[key].state != "proposed"}
    found["plan"]["deferring"] = wording.deferring(plan, on, accepted=True)
    return found


def truth(value: bool | None) -> Truth:
    """One column of truth."""
    return Truth(np.array([value is True]), np.array([value is False]))


def values(plan: Plan, obligation: str, on: date) -> dict[str, Any]:
    """What a content check on a duty can ask: the answers that are filled in, and the plan's own tables."""
    answers = plan.answers_on(on).get(obligation, {})
    return {
        "part": {key: answer.answer for key, answer in answers.items() if answer.answer is not None},
        "plan": {
            "sector": plan.sector,
            "period": plan.period.model_dump(),
            "goals": [goal.model_dump() for goal in plan.goals],
            "money": [year.model_dump() for year in plan.money if year.balance is not None],
            "experts": [decision.experts for decision in plan.tlv],
            "meetings": [day.year for day in plan.known_meetings],
            "deferring": wording.deferring(plan, on),
        },
    }


def occurrence(plan: Plan, kader: Kader, name: str, on: date) -> Any:
    """What a plan says of an event: a date, false, None (not known), one of these per item, or a day of its period."""
    event = kader.events[name]
    if event.period is not None:
        return period_days(plan.period.first_school_year, plan.period.school_years)[event.period]
    if event.change is not None:
        return plan.unconsented(on)
    return plan.known_events.get(name)


def happening(plan: Plan, kader: Kader, name: str, on: np.ndarray) -> Happening:
    """What a plan says of an event by a day (a day number in an array)."""
    value = occurrence(plan, kader, name, date_of(int(on[0])))
    if kader.events[name].period is not None:
        return assess.planned(_day(value), on)
    kind = kader.events[name].items
    if kind is None:
        return assess.once(_day(value), np.array([value is not None]), on)
    items = plan.items(kind)
    each = [value.get(item) if isinstance(value, dict) else value for item in items]
    days = np.array([_day(one) for one in each]).reshape(len(items), 1)
    known = np.array([one is not None for one in each], dtype=bool).reshape(len(items), 1)
    return assess.per_item(days, known, on)


def _day(value: Any) -> np.ndarray:
    return np.array([day_of(value) if isinstance(value, date) else NEVER])
