"""Lines over time: how far a group has come."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import compress, pairwise
from typing import TYPE_CHECKING

from simulator.base.days import NEVER, date_of
from simulator.base.language import say
from simulator.base.numbers import figure, long_date
from simulator.reports.pictures.canvas import DASHES, RED, SERIES, SOFT, Canvas, Scale, cut, months, time_axis

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
        return bisect_right(self.sorted, day) / self.whole if self.whole else 0.0

    @cached_property
    def sorted(self) -> list[int]:
        """The days in order."""
        return sorted(self.days)


def progress(
    series: Sequence[Series], first: int, last: int, deadline: int | None, who: str, *, bare: bool = False
) -> Picture:
    """The share that reached each event, by date.

    Args:
        series: the events.
        first, last: days between which is drawn.
        deadline: a day to mark; None for none.
        who: whose share it is.
        bare: whether the lines alone are wanted, for a page that has the same of a larger whole.
    """
    rows = -(-len(series) // 2)
    canvas = Canvas(_TOP + _TALL + 26 + rows * 20)
    x, y = Scale(first, last, _LEFT, canvas.width - 10), Scale(0, 1, _TOP + _TALL, _TOP + 8)
    told = "; ".join(f"{one.label} {figure(one.share(last), 'share')}" for one in series)
    alt = say("picture.progress_alt", who=who, last=long_date(date_of(last)), told=told)
    if bare:
        _curves(canvas, series, x, y)
        return canvas.bare(alt)
    for share in (0, 0.25, 0.5, 0.75, 1):
        canvas.line(_LEFT, y(share), canvas.width - 10, y(share))
        canvas.text(_LEFT - 6, y(share) + 4, f"{share:.0%}", size=11, fill=SOFT, anchor="end")
    with canvas.zoomed(x.start, x.end):
        time_axis(canvas, x, _TOP, _TOP + _TALL)
        if deadline is not None:
            canvas.line(x(deadline), _TOP, x(deadline), _TOP + _TALL, stroke=RED, width=1.4, dash="4 3")
        _curves(canvas, series, x, y)
    for place, one in enumerate(series):
        left, below = 8 + place % 2 * 370, _TOP + _TALL + 24 + place // 2 * 20
        colour, dash = SERIES[place % len(SERIES)], DASHES[place % len(DASHES)]
        canvas.path([(left, below - 4), (left + 30, below - 4)], stroke=colour, dash=dash, width=2.5)
        canvas.text(left + 38, below, cut(one.label, 320), size=11.5, whole=one.label)
    return canvas.picture(alt)


def _curves(canvas: Canvas, series: Sequence[Series], x: Scale, y: Scale) -> None:
    for place, one in enumerate(series):
        with canvas.series(one.label):
            _curve(canvas, place, one, x, y)


def _curve(canvas: Canvas, place: int, one: Series, x: Scale, y: Scale) -> None:
    """A line, with a mark on the first day of each month before which it rose, and on the first and last of all."""
    canvas.path(_steps(one, x, y), stroke=SERIES[place % len(SERIES)], dash=DASHES[place % len(DASHES)])
    days = [day for day, _, _ in months(int(x.low), int(x.high))]
    shares = [one.share(day) for day in days]
    rose = [True, *(before < after for before, after in pairwise(shares))]
    rose[-1:] = [True]
    with canvas.unseen():
        for day, share in compress(zip(days, shares, strict=True), rose):
            title = f"{one.label}, {long_date(date_of(day))}: {figure(share, 'share')}"
            canvas.spot(x(day) - 4, y(share) - 4, 8, 8, title)


def _steps(one: Series, x: Scale, y: Scale) -> list[tuple[float, float]]:
    """A staircase through the days; no more points than the picture can show."""
    days = [day for day in one.sorted if day < NEVER]
    points, reached = [(x(x.low), y(sum(day <= x.low for day in days) / max(one.whole, 1)))], 0.0
    for place, day in enumerate(days):
        if day > x.high:
            break
        if day > x.low and (place + 1 == len(days) or days[place + 1] != day):
            points += [(x(day), points[-1][1]), (x(day), y((place + 1) / one.whole))]
        reached = (place + 1) / one.whole
    return [*points, (x(x.high), y(reached))]
