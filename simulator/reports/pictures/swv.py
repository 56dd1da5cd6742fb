"""The course of one swv as a timeline: its steps, what it waited for, and how far each step lay from its legal date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.base.days import NEVER, date_of, day_at, day_of
from simulator.base.language import pick, say
from simulator.base.numbers import long_date
from simulator.kader import timing
from simulator.outcomes.courses import Course, Paths
from simulator.reports.blocks import Column, Figure, Row, Table, text
from simulator.reports.pictures.canvas import (
    AMBER,
    BLUE,
    GREEN,
    INK,
    LINE,
    RED,
    SOFT,
    WASH,
    Canvas,
    Scale,
    cut,
    time_axis,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.reports.blocks import Picture
    from simulator.reports.context import Context

_LABELS, _ROW, _TOP = 262.0, 19.0, 44.0


@dataclass(frozen=True)
class Bar:
    """A step, or one step for many items: days on which it was asked for, began and ended.

    Attributes:
        inspects: whether the Inspectie does it.
    """

    label: str
    asked: int
    start: int
    end: int
    inspects: bool


@dataclass(frozen=True)
class Slack:
    """An event and the last day that the law has for it.

    Attributes:
        day: on which it took place; `NEVER` when it had not.
    """

    label: str
    duty: str
    article: str
    day: int
    last: int

    @property
    def days(self) -> int | None:
        """Days that were left; below zero when it was late; None when it did not take place."""
        return self.last - self.day if self.day < NEVER else None


def figures(context: Context) -> list[Figure]:
    """The timeline, and how much time was left at the dates of the law."""
    found = []
    if rows := bars(context):
        found.append(Figure(timeline(rows, context), say("picture.timeline", code=context.about.swv.code), None))
    if left := slacks(context):
        caption = say("picture.slack", visited=long_date(context.about.visited))
        found.append(Figure(slack(left, context), caption, _table(left)))
    return found


def bars(context: Context) -> list[Bar]:
    """The steps that the swv went through until its report was adopted, in the order in which they began."""
    about, model = context.about, context.about.player.model
    steps = {node.id: node.step for node in context.file.werkwijze.walk() if node.step}
    course = Course(Paths(model, about.number), about.played.trace)
    stop = day_of(about.day(about.visit.adopted) or about.visited)
    groups: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for (node, _, visit), times in course.times.items():
        days = [day_at(moment, model.start) for moment in times]
        if days[1] <= stop:
            groups.setdefault((node, visit), []).append((days[0], days[1], min(days[2], stop)))
    rows = []
    for (node, visit), found in groups.items():
        step = steps[node]
        many = f" ({len(found)}x)" if len(found) > 1 else f" ({visit})" if visit not in ("", "1") else ""
        rows.append(
            Bar(
                pick(step.label) + many, min(one[0] for one in found), min(one[1] for one in found),
                max(one[2] for one in found), step.actor == "inspectie",
            )
        )  # fmt: skip
    return sorted(rows, key=lambda bar: (bar.asked, bar.start, bar.end, bar.label))


def timeline(rows: Sequence[Bar], context: Context) -> Picture:
    """Bars under a calendar, with the last days of the law as lines."""
    first, last = min(bar.asked for bar in rows), max(bar.end for bar in rows)
    height = _TOP + len(rows) * _ROW + 58
    canvas = Canvas(height)
    scale = Scale(first, max(last, first + 60), _LABELS, canvas.width - 8)
    bottom = _TOP + len(rows) * _ROW + 4
    time_axis(canvas, scale, _TOP, bottom, every=3 if last - first > 500 else 2 if last - first > 330 else 1)
    for number in range(1, len(rows), 2):
        canvas.rect(0, _TOP + 3 + number * _ROW, canvas.width, _ROW, fill=WASH)
    for day in sorted({one.last for one in slacks(context) if first < one.last < last}):
        canvas.line(scale(day), _TOP, scale(day), bottom, stroke=AMBER, width=1.2, dash="3 3")
    for number, bar in enumerate(rows):
        y = _TOP + 4 + number * _ROW
        colour = SOFT if bar.inspects else BLUE
        canvas.text(_LABELS - 8, y + 12, cut(bar.label, _LABELS - 14), anchor="end")
        if bar.start > bar.asked:
            canvas.rect(scale(bar.asked), y + 5, scale(bar.start) - scale(bar.asked), 7, fill=LINE)
        when = f"{bar.label}: {long_date(date_of(bar.start))} .. {long_date(date_of(bar.end))}"
        if bar.end == bar.start:
            canvas.diamond(scale(bar.start), y + 8.5, fill=colour)
        else:
            canvas.rect(
                scale(bar.start),
                y + 3,
                max(scale(bar.end) - scale(bar.start), 2),
                11,
                fill=colour,
                title=when,
                round_=1.5,
            )
    legend = [(BLUE, say("picture.by_swv")), (SOFT, say("picture.by_inspectie")), (LINE, say("picture.waiting"))]
    x = 8.0
    for colour, words in legend:
        canvas.rect(x, bottom + 16, 18, 10, fill=colour)
        canvas.text(x + 24, bottom + 25, words, size=11.5)
        x += 40 + len(words) * 6.4
    canvas.line(x, bottom + 12, x, bottom + 28, stroke=AMBER, width=1.4, dash="3 3")
    canvas.text(x + 8, bottom + 25, say("picture.legal_day"), size=11.5)
    return canvas.picture(
        say(
            "picture.timeline_alt", code=context.about.swv.code, n=len(rows), first=long_date(date_of(first)),
            last=long_date(date_of(last)), longest=_longest(rows),
        )
    )  # fmt: skip


def _longest(rows: Sequence[Bar]) -> str:
    longest = max(rows, key=lambda bar: (bar.end - bar.start, bar.label))
    return say("picture.longest", label=longest.label, n=longest.end - longest.start)


def slacks(context: Context) -> list[Slack]:
    """Own duties with a last day and the event that they wait for, by that day."""
    found: dict[tuple[str, int], Slack] = {}
    events = context.scenario.kader.events
    for duty in context.duties.values():
        expression = duty.version.checks.timing
        if not duty.counts or duty.due is None or not expression or duty.due > context.about.visited:
            continue
        name = next((name for name, _ in timing.parse(expression).names() if not events[name].period), None)
        if name is None or events[name].change:
            continue
        days, note = context.happened(name)
        done = not note or note.split()[0] == note.split()[-1]
        day = days[0] if days and done and days[0] <= day_of(context.about.visited) else NEVER
        key = name, day_of(duty.due)
        found.setdefault(key, Slack(pick(events[name].label), duty.id, duty.article, day, key[1]))
    return sorted(found.values(), key=lambda one: (one.last, one.duty))


def slack(rows: Sequence[Slack], context: Context) -> Picture:
    """A line per event from the day it took place to the last day of the law."""
    visited = day_of(context.about.visited)
    there = [one.day for one in rows if one.day < NEVER]
    first = min([one.last for one in rows] + there) - 20
    last = max([one.last for one in rows] + there + [visited]) + 70
    height = _TOP + len(rows) * (_ROW + 5) + 46
    canvas = Canvas(height)
    scale = Scale(first, last, _LABELS, canvas.width - 8)
    bottom = height - 42
    time_axis(canvas, scale, _TOP, bottom, every=3 if last - first > 500 else 2 if last - first > 330 else 1)
    for number, one in enumerate(rows):
        y = _TOP + 14 + number * (_ROW + 5)
        canvas.text(_LABELS - 8, y + 4, cut(f"{one.label} ({one.duty})", _LABELS - 14), anchor="end")
        x = scale(one.last)
        late = one.days is None or one.days < 0
        end = scale(one.day if one.day < NEVER else visited)
        canvas.line(
            min(x, end),
            y,
            max(x, end),
            y,
            stroke=RED if late else GREEN,
            width=3,
            dash="4 3" if one.days is None else "",
        )
        canvas.diamond(x, y, fill="#ffffff", stroke=INK)
        if one.day < NEVER:
            canvas.dot(end, y, fill=RED if late else GREEN, title=long_date(date_of(one.day)))
        canvas.text(max(x, end) + 9, y + 4, _left(one), size=11.5, fill=RED if late else GREEN, bold=True)
    canvas.diamond(14, bottom + 22, fill="#ffffff", stroke=INK)
    canvas.text(26, bottom + 26, say("picture.legal_day"), size=11.5)
    x = 50 + len(say("picture.legal_day")) * 6.2
    canvas.dot(x, bottom + 22, fill=SOFT)
    canvas.text(x + 10, bottom + 26, say("picture.event_day"), size=11.5)
    worst = min(rows, key=lambda one: (one.days if one.days is not None else -(10**6), one.duty))
    late_many = sum(one.days is None or one.days < 0 for one in rows)
    return canvas.picture(say("picture.slack_alt", n=len(rows), late=late_many, worst=worst.label, left=_left(worst)))


def _left(one: Slack) -> str:
    if one.days is None:
        return say("picture.not_done")
    return say("picture.left" if one.days >= 0 else "picture.too_late", n=abs(one.days))


def _table(rows: Sequence[Slack]) -> Table:
    columns = (
        Column(say("report.event"), width=2), Column(say("report.article"), width=1.4),
        Column(say("picture.legal_day"), width=1), Column(say("picture.event_day"), width=1),
        Column(say("picture.slack_days"), right=True, width=0.8),
    )  # fmt: skip
    return Table(
        say("picture.slack_table"), columns,
        tuple(
            Row((
                text(f"{one.label} ({one.duty})"), text(one.article), text(long_date(date_of(one.last))),
                text(long_date(date_of(one.day)) if one.day < NEVER else say("picture.not_done")),
                text("-" if one.days is None else str(one.days)),
            ))
            for one in rows
        ),
    )  # fmt: skip
