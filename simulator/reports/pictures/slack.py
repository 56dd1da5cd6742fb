"""How far events lay from the last days that the law has for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.base.days import NEVER, date_of
from simulator.base.language import say
from simulator.base.numbers import long_date
from simulator.reports.blocks import Column, Row, Table, text
from simulator.reports.pictures.canvas import GREEN, INK, RED, SOFT, Canvas, Scale, cut, time_axis, wide
from simulator.reports.pictures.timeline import LABELS, ROW, TOP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.reports.blocks import Picture

_TALL = ROW + 5


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

    @property
    def late(self) -> bool:
        """Whether it came after its last day, or not at all."""
        return self.days is None or self.days < 0

    @property
    def left(self) -> str:
        """How many days there were left, in words."""
        if self.days is None:
            return say("picture.not_done")
        return say("picture.left" if self.days >= 0 else "picture.too_late", n=abs(self.days))


def slack(rows: Sequence[Slack], seen: int) -> Picture:
    """A line per event from the day it took place to the last day of the law.

    Args:
        rows: the events.
        seen: the day on which they were looked at; what had not taken place is drawn up to it.
    """
    ends = [one.day for one in rows if one.day < NEVER]
    first = min([one.last for one in rows] + ends) - 20
    last = max([one.last for one in rows] + ends + [seen]) + 70
    bottom = TOP + len(rows) * _TALL + 4
    canvas = Canvas(bottom + 42)
    scale = Scale(first, last, LABELS, canvas.width - 8)
    for number, one in enumerate(rows):
        y = TOP + 18 + number * _TALL
        duty = f" ({one.duty})"  # never cut: the table is read by it
        canvas.text(
            LABELS - 8, y, cut(one.label, LABELS - 14 - wide(duty)) + duty, anchor="end", whole=one.label + duty
        )
    with canvas.zoomed(scale.start, scale.end):
        time_axis(canvas, scale, TOP, bottom)
        for number, one in enumerate(rows):
            _row(canvas, scale, TOP + 14 + number * _TALL, one, seen)
    _legend(canvas, bottom)
    worst = min(rows, key=lambda one: (one.days if one.days is not None else -(10**6), one.duty))
    late = sum(one.late for one in rows)
    return canvas.picture(say("picture.slack_alt", n=len(rows), late=late, worst=worst.label, left=worst.left))


def _row(canvas: Canvas, scale: Scale, y: float, one: Slack, seen: int) -> None:
    x, end = scale(one.last), scale(one.day if one.day < NEVER else seen)
    colour = RED if one.late else GREEN
    dash = "4 3" if one.days is None else ""
    canvas.line(min(x, end), y, max(x, end), y, stroke=colour, width=3, dash=dash)
    law = f"{one.label} ({one.duty}, {one.article}): {say('picture.legal_day')} {long_date(date_of(one.last))}"
    canvas.diamond(x, y, fill="#ffffff", stroke=INK, title=f"{law}; {one.left}")
    if one.day < NEVER:
        canvas.dot(end, y, fill=colour, title=f"{one.label}: {long_date(date_of(one.day))}; {one.left}")
    canvas.text(max(x, end) + 9, y + 4, one.left, size=11.5, fill=colour, bold=True)


def _legend(canvas: Canvas, bottom: float) -> None:
    canvas.diamond(14, bottom + 22, fill="#ffffff", stroke=INK)
    canvas.text(26, bottom + 26, say("picture.legal_day"), size=11.5)
    x = 50 + len(say("picture.legal_day")) * 6.2
    canvas.dot(x, bottom + 22, fill=SOFT)
    canvas.text(x + 10, bottom + 26, say("picture.event_day"), size=11.5)


def table(rows: Sequence[Slack]) -> Table:
    """The same as a table."""
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
