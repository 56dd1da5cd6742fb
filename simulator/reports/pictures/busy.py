"""How busy the people that all share are over time, and how many wait for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.base.days import date_of
from simulator.base.language import say
from simulator.base.numbers import figure, long_date, number
from simulator.reports.pictures.canvas import BLUE, LINE, RED, Canvas, Scale, ticks, time_axis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.reports.blocks import Picture

_LEFT, _TOP, _TALL, _GAP = 44.0, 44.0, 74.0, 34.0
_FILL = "#b9d0e3"


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
    canvas = Canvas(_TOP + len(rows) * (_TALL + _GAP) + 30)
    right = canvas.width - 46
    x = Scale(first, last, _LEFT, right)
    most = max((max(one.queue, default=0) for one in rows), default=0) or 1
    top = ticks(0, most, 3)[-1] or 1
    bands = [_TOP + 22 + place * (_TALL + _GAP) for place in range(len(rows))]
    with canvas.zoomed(_LEFT, right):
        time_axis(canvas, x, _TOP, _TOP + len(rows) * (_TALL + _GAP) - 8)
        for above, one in zip(bands, rows, strict=True):
            with canvas.series(one.label):
                queue = Scale(0, max(top, most), above + _TALL, above)
                _band(canvas, x, Scale(0, 1, above + _TALL, above), queue, one)
    for above, one in zip(bands, rows, strict=True):
        y, queue = Scale(0, 1, above + _TALL, above), Scale(0, max(top, most), above + _TALL, above)
        title = say("picture.pool", label=one.label, n=one.capacity)
        canvas.rect(_LEFT + 2, above - 17, len(title) * 6.9, 15, fill="#ffffff")
        canvas.text(_LEFT + 4, above - 5, title, bold=True, size=12)
        for share in (0, 0.5, 1):
            canvas.line(_LEFT, y(share), right, y(share), stroke=LINE)
            canvas.text(_LEFT - 6, y(share) + 4, f"{share:.0%}", size=10.5, fill=BLUE, anchor="end")
        for waiting in (0, top):
            canvas.text(right + 6, queue(waiting) + 4, number(waiting, 0 if top >= 1 else 1), size=10.5, fill=RED)
    _legend(canvas)
    told = "; ".join(
        say("picture.pool_told", label=one.label, share=figure(sum(one.busy) / max(len(one.busy), 1), "share"),
            most=number(max(one.queue, default=0), 1))
        for one in rows
    )  # fmt: skip
    return canvas.picture(say("picture.pools_alt", told=told))


def _band(canvas: Canvas, x: Scale, y: Scale, queue: Scale, one: Busy) -> None:
    """How busy a pool was as a filled shape, how many waited as a line, and a mark per week."""
    first, last = int(x.low), int(x.high)
    weeks = [(first + 7 * week, min(first + 7 * week + 7, last)) for week in range(len(one.busy))]
    points = [
        (x(end), y(min(share, 1))) for week, share in zip(weeks, one.busy, strict=True) for end in week
    ]  # fmt: skip
    canvas.area([(x(first), y(0)), *points, (x(last), y(0))], fill=_FILL)
    middles = [x(min(begin + 3.5, last)) for begin, _ in weeks]
    canvas.path([(at, queue(waiting)) for at, waiting in zip(middles, one.queue, strict=True)], stroke=RED, width=1.6)
    with canvas.unseen():
        for (begin, end), share, waiting in zip(weeks, one.busy, one.queue, strict=True):
            day = long_date(date_of(begin))
            title = say("picture.week", label=one.label, day=day, share=figure(share, "share"), n=number(waiting, 1))
            canvas.spot(x(begin), y(1), x(end) - x(begin), y(0) - y(1), title)


def _legend(canvas: Canvas) -> None:
    below = canvas.height - 8
    canvas.rect(8, below - 9, 22, 10, fill=_FILL)
    canvas.text(36, below, say("picture.busy"), size=11.5)
    canvas.path([(330, below - 4), (356, below - 4)], stroke=RED, width=1.6)
    canvas.text(362, below, say("picture.queue"), size=11.5)
