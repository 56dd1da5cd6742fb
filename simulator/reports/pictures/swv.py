"""The course of one swv up to a visit as pictures: its steps, and how far each lay from its legal date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.base.days import NEVER, day_at, day_of
from simulator.base.language import pick, say
from simulator.base.numbers import long_date
from simulator.outcomes.courses import Course, Paths
from simulator.reports.blocks import Figure
from simulator.reports.pictures import slack as left
from simulator.reports.pictures.timeline import Bar, timeline
from simulator.reports.slacks import slacks as found_by

if TYPE_CHECKING:
    from simulator.kader.werkwijze import Step
    from simulator.reports.context import Context
    from simulator.reports.pictures.slack import Slack
    from simulator.reports.subject import Subject


def figures(context: Context) -> list[Figure]:
    """How much time was left at the dates of the law, and the timeline, which may be as tall as a page."""
    found, code = [], context.about.swv.code
    if late := slacks(context):
        caption = say("picture.slack", visited=long_date(context.about.visited))
        found.append(Figure(left.slack(late, day_of(context.about.visited)), caption, left.table(late)))
    if rows := bars(context):
        picture = timeline(rows, code, (one.last for one in late))
        found.append(Figure(picture, say("picture.timeline", code=code)))
    return found


def bars(context: Context) -> list[Bar]:
    """The steps that the swv went through until its report was adopted, in the order in which they began.

    What began at that moment came of the report; what inspectors see takes no time, and stands among the findings.
    """
    about, model = context.about, context.about.player.model
    steps = {node.id: node.step for node in context.file.werkwijze.walk() if node.step}
    course = Course(Paths(model, about.number), about.played.trace)
    stop = day_of(about.day(about.visit.adopted) or about.visited)
    ended = _adopted(about, course)
    groups: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for (node, _, visit), times in course.times.items():
        days = [day_at(moment, model.start) for moment in times]
        if days[1] <= stop and times.started < ended and not _sees(context, steps[node]):
            groups.setdefault((node, visit), []).append((days[0], days[1], min(days[2], stop)))
    rows = []
    for (node, visit), found in groups.items():
        step = steps[node]
        many = f" ({len(found)}x)" if len(found) > 1 else f" ({visit})" if visit not in ("", "1") else ""
        rows.append(
            Bar(
                pick(step.label) + many, min(one[0] for one in found), min(one[1] for one in found),
                max(one[2] for one in found), step.actor == "inspectie", _waits(step),
            )
        )  # fmt: skip
    return sorted(rows, key=lambda bar: (bar.asked, bar.start, bar.end, bar.label))


def _adopted(about: Subject, course: Course) -> int:
    """The moment at which the report was adopted; `NEVER` while it was not."""
    model = about.player.model
    rows = {row for event, row in model.unrolled.marks if event == about.visit.adopted}
    paths = course.paths
    ends = [course.times[paths.keys[row]].ended for row in rows if row in paths.keys and paths.keys[row] in course.times
            and paths.keys[row][2] == about.round]  # fmt: skip
    return min(ends, default=NEVER)


def _sees(context: Context, step: Step) -> bool:
    """Whether a step only tells of a duty that something was seen in it."""
    events = context.scenario.kader.events
    return step.time is None and not step.pools and any(events[mark].items == "duties" for mark in step.marks)


def _waits(step: Step) -> bool:
    """Whether a step is nothing but waiting for a day: nobody is busy with it."""
    return bool(step.time and (step.time.until or step.time.yearly)) and not step.pools and not step.hours


def slacks(context: Context) -> list[Slack]:
    """The steps with a date in the law as they stood on the day of the visit; of an onderzoek those that it looked at."""
    about = context.about
    only = context.duties if context.seen and context.seen.alone is not None else None
    return found_by(about.player, about.played, about.number, [day_of(about.visited)], only)
