"""The steps of one swv as bars under a calendar, with the last days of the law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.base.days import date_of
from simulator.base.language import say
from simulator.base.numbers import long_date
from simulator.reports.pictures.canvas import AMBER, BLUE, LINE, SOFT, WASH, Canvas, Scale, time_axis

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.reports.blocks import Picture

LABELS, ROW, TOP = 300.0, 19.0, 44.0
"""Width of the names of rows, height of a row, and height of the calendar above them."""


@dataclass(frozen=True)
class Bar:
    """A step, or one step for many items: days on which it was asked for, began and ended.

    Attributes:
        inspects: whether the Inspectie does it.
        waits: whether nobody works on it: it is waiting for a day.
    """

    label: str
    asked: int
    start: int
    end: int
    inspects: bool
    waits: bool = False

    @property
    def words(self) -> str:
        """What it was and when, in one line."""
        waited = self.start - self.asked
        told = say("picture.waited", n=waited) if waited > 0 else ""
        first, last = long_date(date_of(self.start)), long_date(date_of(self.end))
        return f"{self.label}: {first if first == last else f'{first} - {last}'}{told}"


def timeline(rows: Sequence[Bar], code: str, legal: Iterable[int]) -> Picture:
    """Bars under a calendar, in the order in which they are given.

    Args:
        rows: the steps.
        code: whose they are.
        legal: last days of the law, drawn as lines.
    """
    first, last = min(bar.asked for bar in rows), max(bar.end for bar in rows)
    bottom = TOP + len(rows) * ROW + 4
    canvas = Canvas(bottom + 54)
    scale = Scale(first, max(last, first + 60), LABELS, canvas.width - 8)
    for number, bar in enumerate(rows):
        y = TOP + 4 + number * ROW
        if number % 2:
            canvas.rect(0, y - 1, canvas.width, ROW, fill=WASH)
        canvas.label(LABELS - 8, y + 12, bar.label, LABELS - 12)
    with canvas.zoomed(scale.start, scale.end):
        time_axis(canvas, scale, TOP, bottom)
        for day in sorted({day for day in legal if first < day < last}):
            canvas.line(scale(day), TOP, scale(day), bottom, stroke=AMBER, width=1.2, dash="3 3")
        for number, bar in enumerate(rows):
            with canvas.series(say(_whose(bar))):
                _bar(canvas, scale, TOP + 4 + number * ROW, bar)
    _legend(canvas, bottom)
    longest = max([bar for bar in rows if not bar.waits] or rows, key=lambda bar: (bar.end - bar.start, bar.label))
    return canvas.picture(
        say(
            "picture.timeline_alt", code=code, n=len(rows), first=long_date(date_of(first)),
            last=long_date(date_of(last)),
            longest=say("picture.longest", label=longest.label, n=longest.end - longest.start),
        )
    )  # fmt: skip


def _whose(bar: Bar) -> str:
    return "picture.waiting" if bar.waits else "picture.by_inspectie" if bar.inspects else "picture.by_swv"


def _bar(canvas: Canvas, scale: Scale, y: float, bar: Bar) -> None:
    colour = SOFT if bar.inspects else BLUE
    if bar.start > bar.asked:
        canvas.rect(scale(bar.asked), y + 5, scale(bar.start) - scale(bar.asked), 7, fill=LINE)
    if bar.end == bar.start:
        canvas.diamond(scale(bar.start), y + 8.5, fill=colour, title=bar.words)
        return
    width = max(scale(bar.end) - scale(bar.start), 2)
    if bar.waits:
        canvas.rect(scale(bar.start), y + 5, width, 7, fill=LINE, title=bar.words)
        return
    canvas.rect(scale(bar.start), y + 3, width, 11, fill=colour, title=bar.words, round_=1.5)


def _legend(canvas: Canvas, bottom: float) -> None:
    legend = [(BLUE, say("picture.by_swv")), (SOFT, say("picture.by_inspectie")), (LINE, say("picture.waiting"))]
    x = 8.0
    for colour, words in legend:
        canvas.rect(x, bottom + 16, 18, 10, fill=colour)
        canvas.text(x + 24, bottom + 25, words, size=11.5)
        x += 40 + len(words) * 6.4
    canvas.line(x, bottom + 12, x, bottom + 28, stroke=AMBER, width=1.4, dash="3 3")
    canvas.text(x + 8, bottom + 25, say("picture.legal_day"), size=11.5)
