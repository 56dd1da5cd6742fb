"""Lines over time: how far a group has come, and how busy the inspectors are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.base.days import NEVER, date_of
from simulator.base.language import say
from simulator.base.numbers import figure, long_date, number
from simulator.reports.pictures.canvas import (
    BLUE,
    DASHES,
    LINE,
    RED,
    SERIES,
    SOFT,
    Canvas,
    Scale,
    cut,
    ticks,
    time_axis,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.reports.blocks import Picture

_LEFT, _TOP, _TALL = 44.0, 44.0, 300.0


@dataclass(frozen=True)
class Series:
    """A line: what it is, and the days on which one after the other reached it."""

    label: str
    days: Sequence[int]
    whole: int

    def share(self, day: int) -> float:
        """The part that had reached it by a day."""
        return sum(one <= day for one in self.days) / self.whole if self.whole else 0.0


def progress(series: Sequence[Series], first: int, last: int, deadline: int | None, who: str) -> Picture:
    """The share that reached each event, by date.

    Args:
        series: the events.
        first, last: days between which is drawn.
        deadline: a day to mark; None for none.
        who: whose share it is.
    """
    rows = -(-len(series) // 2)
    canvas = Canvas(_TOP + _TALL + 26 + rows * 20)
    x, y = Scale(first, last, _LEFT, canvas.width - 10), Scale(0, 1, _TOP + _TALL, _TOP + 8)
    time_axis(canvas, x, _TOP, _TOP + _TALL, every=3 if last - first > 500 else 2 if last - first > 330 else 1)
    for share in (0, 0.25, 0.5, 0.75, 1):
        canvas.line(_LEFT, y(share), canvas.width - 10, y(share))
        canvas.text(_LEFT - 6, y(share) + 4, f"{share:.0%}", size=11, fill=SOFT, anchor="end")
    if deadline is not None:
        canvas.line(x(deadline), _TOP, x(deadline), _TOP + _TALL, stroke=RED, width=1.4, dash="4 3")
    for place, one in enumerate(series):
        colour, dash = SERIES[place % len(SERIES)], DASHES[place % len(DASHES)]
        canvas.path(_steps(one, x, y), stroke=colour, dash=dash)
        left, below = 8 + place % 2 * 370, _TOP + _TALL + 24 + place // 2 * 20
        canvas.path([(left, below - 4), (left + 30, below - 4)], stroke=colour, dash=dash, width=2.5)
        canvas.text(left + 38, below, cut(one.label, 320), size=11.5)
    told = "; ".join(f"{one.label} {figure(one.share(last), 'share')}" for one in series)
    return canvas.picture(say("picture.progress_alt", who=who, last=long_date(date_of(last)), told=told))


def _steps(one: Series, x: Scale, y: Scale) -> list[tuple[float, float]]:
    """A staircase through the days; no more points than the picture can show."""
    days = sorted(day for day in one.days if day < NEVER)
    points, reached = [(x(x.low), y(sum(day <= x.low for day in days) / max(one.whole, 1)))], 0.0
    for place, day in enumerate(days):
        if day > x.high:
            break
        if day > x.low and (place + 1 == len(days) or days[place + 1] != day):
            points += [(x(day), points[-1][1]), (x(day), y((place + 1) / one.whole))]
        reached = (place + 1) / one.whole
    return [*points, (x(x.high), y(reached))]


@dataclass(frozen=True)
class Busy:
    """A pool over time.

    Attributes:
        busy: per week the share of its people that was at work.
        queue: per week the mean number that waited.
    """

    label: str
    capacity: int
    busy: Sequence[float]
    queue: Sequence[float]


def pools(rows: Sequence[Busy], first: int, last: int) -> Picture:
    """Per pool a band with how busy it was week by week, and a line with how many waited."""
    tall, gap = 74.0, 34.0
    canvas = Canvas(_TOP + len(rows) * (tall + gap) + 30)
    x = Scale(first, last, _LEFT, canvas.width - 46)
    most = max((max(one.queue, default=0) for one in rows), default=0) or 1
    top_tick = ticks(0, most, 3)[-1] or 1
    time_axis(
        canvas,
        x,
        _TOP,
        _TOP + len(rows) * (tall + gap) - 8,
        every=3 if last - first > 500 else 2 if last - first > 330 else 1,
    )
    for place, one in enumerate(rows):
        above = _TOP + 22 + place * (tall + gap)
        y, queue = Scale(0, 1, above + tall, above), Scale(0, max(top_tick, most), above + tall, above)
        title = say("picture.pool", label=one.label, n=one.capacity)
        canvas.rect(_LEFT + 2, above - 17, len(title) * 6.9, 15, fill="#ffffff")
        canvas.text(_LEFT + 4, above - 5, title, bold=True, size=12)
        points = [(x(first), above + tall)]
        for week, share in enumerate(one.busy):
            begin, end = first + 7 * week, min(first + 7 * week + 7, last)
            points += [(x(begin), y(min(share, 1))), (x(end), y(min(share, 1)))]
        canvas.area([*points, (x(last), above + tall)], fill="#b9d0e3")
        line = [(x(min(first + 7 * week + 3.5, last)), queue(waiting)) for week, waiting in enumerate(one.queue)]
        canvas.path(line, stroke=RED, width=1.6)
        for share in (0, 0.5, 1):
            canvas.line(_LEFT, y(share), canvas.width - 46, y(share), stroke=LINE)
            canvas.text(_LEFT - 6, y(share) + 4, f"{share:.0%}", size=10.5, fill=BLUE, anchor="end")
        for waiting in (0, top_tick):
            canvas.text(
                canvas.width - 40, queue(waiting) + 4, number(waiting, 0 if top_tick >= 1 else 1), size=10.5, fill=RED
            )
    below = canvas.height - 8
    canvas.rect(8, below - 9, 22, 10, fill="#b9d0e3")
    canvas.text(36, below, say("picture.busy"), size=11.5)
    canvas.path([(330, below - 4), (356, below - 4)], stroke=RED, width=1.6)
    canvas.text(362, below, say("picture.queue"), size=11.5)
    told = "; ".join(
        say("picture.pool_told", label=one.label, share=figure(sum(one.busy) / max(len(one.busy), 1), "share"),
            most=number(max(one.queue, default=0), 1))
        for one in rows
    )  # fmt: skip
    return canvas.picture(say("picture.pools_alt", told=told))
