"""What can still be changed about a plan: an answer that becomes yes, a table that is filled in, an event that takes
place; and for each duty the smallest sets of such changes that make its own check pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import NEVER, day_of
from simulator.kader import assess, content, timing
from simulator.plan import facts, proposals, tables
from simulator.plan.model import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from simulator.kader.duties import Version
    from simulator.plan.checking import Checked
    from simulator.plan.model import Plan

_MOST = 8
"""More changes than this for one check are taken together; no duty in law asks so many things."""


@dataclass(frozen=True, order=True)
class Change:
    """One change.

    Attributes:
        kind: `answer` (a question becomes a yes), `table` (rows are completed), `event` (something takes place on the
            day of the check) or `accept` (a proposed date of an event turns out to be right).
        name: `PLAN-b.criteria`, the table, or the event; with items those for which it has not happened.
        hours: what it costs the swv, as the kader assumes.
    """

    kind: str
    name: str
    hours: float

    @property
    def id(self) -> str:
        """A name that no other change has."""
        return f"{self.kind}:{self.name}"


Option = frozenset[Change]


def options(checked: Checked, name: str) -> list[Option]:
    """The smallest sets of changes that make the own check of a duty pass; an empty list when nothing does."""
    version = checked.assessment.law.versions[name]
    parts = []
    if version.checks.content:
        parts.append(_smallest(*_content(checked, name, version)))
    if version.checks.timing:
        parts.append(_smallest(*_timing(checked, name, version.checks.timing)))
    return [frozenset().union(*choice) for choice in product(*parts)]


def _smallest(changes: list[Change], passes: Callable[[frozenset[Change]], bool]) -> list[Option]:
    """The sets of changes that pass and of which no part does."""
    if len(changes) > _MOST:
        return [frozenset(changes)] if passes(frozenset(changes)) else []
    found: list[Option] = []
    for size in range(len(changes) + 1):
        for chosen in map(frozenset, combinations(changes, size)):
            if not any(smaller <= chosen for smaller in found) and passes(chosen):
                found.append(chosen)
    return found


def _content(checked: Checked, name: str, version: Version) -> tuple[list[Change], Callable[[frozenset[Change]], bool]]:
    given = checked.plan.answers_on(checked.on).get(name, {})
    hours = checked.file.kader.file.hours_of(checked.file.kader.obligations[name].group)
    parts = checked.file.kader.parts(name, checked.plan.sector)
    open_parts = [key for key in parts if key not in given or given[key].answer is not True]
    asked = str(version.checks.content)
    changes = [Change("answer", f"{name}.{key}", hours) for key in open_parts]
    changes += [Change("table", table, hours) for table in tables.COMPLETED if f"plan.{table}" in asked]

    def passes(chosen: frozenset[Change]) -> bool:
        plan = checked.plan
        for change in chosen:
            plan = tables.COMPLETED[change.name](plan, checked.on) if change.kind == "table" else plan
        values = facts.values(plan, name, checked.on)
        values["part"] |= {change.name.partition(".")[2]: True for change in chosen if change.kind == "answer"}
        return content.evaluate(asked, values) is True

    return changes, passes


def _timing(checked: Checked, name: str, expression: str) -> tuple[list[Change], Callable[[frozenset[Change]], bool]]:
    parsed = timing.parse(expression)
    hours = checked.file.kader.file.hours_of(checked.file.kader.obligations[name].group)
    events = sorted({event for event, _ in parsed.names() if _open(checked, event)})
    now = checked.assessment.columns

    def passes(chosen: frozenset[Change]) -> bool:
        done = {change.name: _done(checked, change) for change in sorted(chosen)}
        return bool(parsed({**now.events, **done}).true[0])

    waiting = {one.name for one in proposals.everything(checked.plan, checked.on) if one.kind == "date"}
    accepted = [Change("accept", event, 0.0) for event in events if event in waiting]
    return [*accepted, *(Change("event", event, hours) for event in events)], passes


def spoiling(checked: Checked, name: str) -> list[Option]:
    """The smallest sets of events that, when they took place, show that the moment of a duty has passed.

    Its own check is unknown until then. Where there are too many events to try, each of them is given as one that may.
    """
    asked = checked.assessment.law.versions[name].checks.timing
    if not asked:
        return []
    events, _ = _timing(checked, name, asked)
    if len(events) > _MOST:
        return [frozenset([one]) for one in events]
    parsed, now = timing.parse(asked), checked.assessment.columns.events

    def fails(chosen: frozenset[Change]) -> bool:
        done = {change.name: _done(checked, change) for change in sorted(chosen)}
        return bool(parsed({**now, **done}).false[0])

    return _smallest(events, fails)


def hastening(checked: Checked, name: str, changes: Iterable[Change]) -> list[Change]:
    """The proposed dates after which a duty that is not due turns out to be.

    What takes place on the day of the check cannot make it so: what it sets going has that day at the earliest.
    """
    due, now = checked.assessment.law.versions[name].due, checked.assessment.columns
    return [
        one
        for one in changes
        if one.kind == "accept" and (now.on > due.last_day({**now.events, one.name: _done(checked, one)})).any()
    ]


def _open(checked: Checked, event: str) -> bool:
    """Whether an event can still take place on the day of the check."""
    kind = checked.file.kader.events[event]
    if kind.period or kind.change:
        return False
    return bool(checked.assessment.columns.events[event].day[0] >= NEVER) and (
        kind.items is None or bool(checked.plan.items(kind.items))
    )


def _done(checked: Checked, change: Change) -> timing.Happening:
    """An event as it would be if its proposed dates are right, or if what is open took place on the day of the check."""
    event = change.name
    kind, on = checked.file.kader.events[event].items, np.array([day_of(checked.on)])
    if change.kind == "accept":
        accepted = applied(checked.plan, [change], {event: kind}, checked.on)
        return facts.happening(accepted, checked.file.kader, event, on)
    if kind is None:
        return assess.once(on, np.array([True]), on)
    value = checked.plan.known_events.get(event)
    days = [
        _day(value.get(item) if isinstance(value, dict) else value, checked.on) for item in checked.plan.items(kind)
    ]
    each = np.array(days).reshape(len(days), 1)
    return assess.per_item(each, np.ones_like(each, dtype=bool), on)


def _day(value: object, on: date) -> int:
    return day_of(value) if isinstance(value, date) and value <= on else day_of(on)


def applied(plan: Plan, changes: Iterable[Change], kinds: dict[str, str | None], on: date) -> Plan:
    """The plan as it would be after the changes, on a day.

    Args:
        plan: as it is.
        changes: what changes.
        kinds: per event the kind of its items, if any.
        on: the day on which events take place.
    """
    answers = {duty: dict(parts) for duty, parts in plan.answers.items()}
    events = dict(plan.events)
    for change in changes:
        if change.kind == "answer":
            duty, _, part = change.name.partition(".")
            answers.setdefault(duty, {})[part] = Answer(answer=True)
        elif change.kind == "table":
            plan = tables.COMPLETED[change.name](plan, on)
        elif change.kind == "accept":
            continue
        elif (kind := kinds[change.name]) is None:
            events[change.name] = on
        else:
            before = plan.known_events.get(change.name)
            known = before if isinstance(before, dict) else {}
            events[change.name] = {
                item: value if isinstance(value := known.get(item), date) and value <= on else on
                for item in plan.items(kind)
            }
    took_place = tuple(f"events/{change.name}" for change in changes if change.kind in ("event", "accept"))
    sources = {path: one for path, one in plan.sources.items() if not _within(path, took_place)}
    return plan.model_copy(update={"answers": answers, "events": events, "sources": sources})


def _within(path: str, wholes: Iterable[str]) -> bool:
    return any(path == whole or path.startswith(f"{whole}/") for whole in wholes)
