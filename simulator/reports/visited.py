"""What happened around a visit to an swv: who came, the course until the report, and what took the time."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from simulator.base import numbers
from simulator.base.days import DAY_SECONDS, NEVER, date_of, day_of
from simulator.base.language import pick, say
from simulator.outcomes.courses import Course, Paths
from simulator.reports import origins
from simulator.reports.subject import days_of

if TYPE_CHECKING:
    from simulator.reports.subject import Subject


def team(about: Subject) -> list[str]:
    """Who of the Inspectie took part from the first day of the visit to the draft report, each with what he did."""
    model, trace, scenario = about.player.model, about.played.trace, about.player.scenario
    tables, pools = model.tables, scenario.pools
    steps = {node.id: node.step for node in scenario.kader.file.werkwijze.walk() if node.step}
    visits = {row for event, row in model.unrolled.marks if event == about.visit.visited}
    began = min((trace.start[row] for row in visits if _in_round(about, row)), default=NEVER)
    drafted = about.day(about.visit.drafted)
    until = (day_of(drafted) + 1 - model.start) * DAY_SECONDS if drafted else NEVER
    did: dict[tuple[int, int], list[str]] = {}
    for pool, unit, row, _, start in sorted(trace.grants, key=lambda grant: (grant[4], grant[:3])):
        step = steps[tables.node[row]]
        if _in_round(about, row) and step.actor == "inspectie" and began <= start < until:
            did.setdefault((pool, unit), []).append(pick(step.label))
    return [
        f"{pick(pools[model.pools[pool].family].label)}, nr. {unit + 1}: {'; '.join(dict.fromkeys(steps_done))}"
        for (pool, unit), steps_done in sorted(did.items())
    ]


def _in_round(about: Subject, row: int) -> bool:
    """Whether a row is about this swv, in the round of the visit."""
    tables = about.player.model.tables
    return tables.swv[row] == about.number and tables.visit[row] == about.round


def used(about: Subject) -> tuple[str, ...]:
    """The parameters of the steps that the swv went through until its report, those that took most days first."""
    model, scenario = about.player.model, about.player.scenario
    steps = {node.id: node.step for node in scenario.kader.file.werkwijze.walk() if node.step}
    stop = (day_of(about.day(about.visit.adopted) or about.visited) - model.start + 1) * DAY_SECONDS
    days: Counter[str] = Counter()
    for (node, item, _), times in Course(Paths(model, about.number), about.played.trace).times.items():
        step = steps[node]
        taken = step.time.takes if step and step.time else None
        if taken and times.started < stop:
            name = f"{taken}.{item}" if f"{taken}.{item}" in scenario.parameters else taken
            days[name] += min(times.ended, stop) - times.started
    return tuple(name for name, _ in days.most_common())


def timeline(about: Subject) -> list[dict[str, Any]]:
    """What happened to the swv until its report was adopted, in order; events with items by their last."""
    stop = about.day(about.visit.adopted) or about.visited
    rows = []
    for name, event in about.player.scenario.kader.events.items():
        days, note = happened(about, name)
        for day in days:
            if date_of(day) <= stop:
                rows.append({
                    "day": day, "date": when(about, name, day), "what": pick(event.label), "note": note,
                    "origin": origins.of_event(about, name), "event": name,
                    "visit": (name, date_of(day)) == (about.visit.visited, about.visited),
                })  # fmt: skip
    return sorted(rows, key=lambda row: row["day"])


def when(about: Subject, event: str, day: int) -> str:
    """The day of an event in words; of what the model takes as there from its first day, that it was there then."""
    there = event in _there(about) and date_of(day) == about.player.scenario.period.start
    return say("report.there", day=numbers.long_date(date_of(day))) if there else numbers.long_date(date_of(day))


def _there(about: Subject) -> frozenset[str]:
    """Events that steps without a duration mark: no such step happens, what it marks is taken as there."""
    steps = [node.step for node in about.player.scenario.kader.file.werkwijze.walk() if node.step]
    return frozenset(event for step in steps if step.time is None for event in step.marks)


def happened(about: Subject, name: str) -> tuple[list[int], str]:
    """The days of an event; of one with items the last of those that came, and how many did.

    Of what supervision tells per duty the last of each round, and how many duties.
    """
    played, number = about.played, about.number
    days, kind = played.seen.days[name], about.player.scenario.kader.events[name].items
    if kind is None:
        return sorted(days_of(played, number, name).values()), ""
    if kind == "duties" and name in played.happened.days:
        own = [day for (swv, _, round_), day in played.happened.of(name).items()
               if swv == number and round_ == about.round]  # fmt: skip
        return ([max(own)], say("report.duties", n=len(own))) if own else ([], "")
    own = sorted(int(day) for day in days[played.looker.item_owner[kind] == number])
    done = [day for day in own if day < NEVER]
    return done[-1:], say("report.items", done=len(done), total=len(own))
