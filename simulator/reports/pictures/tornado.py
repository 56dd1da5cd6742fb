"""A tornado: which numbers move a figure most, up or down, the largest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.base.language import say
from simulator.base.numbers import difference
from simulator.reports.pictures.canvas import BLUE, INK, PAPER, SERIES, SOFT, WASH, Canvas, Scale, cut, ticks, wide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.reports.blocks import Picture

_EDGE, _ROW, _TOP = 90.0, 38.0, 30.0


@dataclass(frozen=True)
class Pull:
    """What one number does to a figure when it goes from its lowest to its highest.

    Attributes:
        mean: mean change of the figure, with its sign.
        size: mean size of the change, whatever its sign; at least as large.
    """

    label: str
    mean: float
    size: float
    unit: str

    @property
    def words(self) -> str:
        """Both in one line."""
        return say(
            "picture.pull", label=self.label, mean=difference(self.mean, self.unit),
            size=difference(self.size, self.unit).lstrip("+"),
        )  # fmt: skip


def tornado(rows: Sequence[Pull], figure: str) -> Picture:
    """A bar from nothing to the mean change, and a line as far as its size either way, each below its number's name.

    Args:
        rows: the numbers, in the order in which they are drawn.
        figure: what moves, in words.
    """
    canvas = Canvas(_TOP + len(rows) * _ROW + 44)
    most = max((row.size for row in rows), default=0.0) or 1.0
    x = Scale(-most, most, _EDGE, canvas.width - _EDGE)
    bottom = _TOP + len(rows) * _ROW
    for tick in ticks(-most, most, 6):
        canvas.line(x(tick), _TOP, x(tick), bottom)
        shown = difference(tick, rows[0].unit) if rows else ""
        canvas.text(x(tick), _TOP - 8, shown, size=10.5, fill=SOFT, anchor="middle")
    for place, row in enumerate(rows):
        y = _TOP + place * _ROW
        if place % 2:
            canvas.rect(0, y, canvas.width, _ROW, fill=WASH)
        canvas.line(x(0), y, x(0), y + _ROW, stroke=INK, width=1.2)
        label = cut(row.label, canvas.width - 12)
        canvas.rect(4, y + 3, wide(label) + 4, 14, fill=WASH if place % 2 else PAPER)
        canvas.text(6, y + 14, label, whole=row.label)
        with canvas.series(say("picture.up" if row.mean >= 0 else "picture.down")):
            _bar(canvas, x, y + 18, row)
    _legend(canvas, bottom + 26)
    told = "; ".join(row.words for row in rows[:5])
    return canvas.picture(say("picture.tornado_alt", figure=figure, n=len(rows), told=told))


def _bar(canvas: Canvas, x: Scale, y: float, row: Pull) -> None:
    """A bar with its number at its end, beyond the line of its size."""
    canvas.line(x(-row.size), y + 8, x(row.size), y + 8, stroke=SOFT, width=1.2, dash="3 3")
    left, right = sorted((x(0), x(row.mean)))
    colour = BLUE if row.mean >= 0 else SERIES[1]
    canvas.rect(left, y + 2, max(right - left, 2), 12, fill=colour, title=row.words, round_=1.5)
    at, anchor = (x(row.size) + 7, "start") if row.mean >= 0 else (x(-row.size) - 7, "end")
    canvas.text(at, y + 12, difference(row.mean, row.unit), size=11.5, anchor=anchor)


def _legend(canvas: Canvas, y: float) -> None:
    canvas.rect(8, y - 9, 18, 10, fill=BLUE)
    canvas.text(32, y, say("picture.up"), size=11.5)
    along = 56 + len(say("picture.up")) * 6.4
    canvas.rect(along, y - 9, 18, 10, fill=SERIES[1])
    canvas.text(along + 24, y, say("picture.down"), size=11.5)
    along += 48 + len(say("picture.down")) * 6.4
    canvas.line(along, y - 4, along + 26, y - 4, stroke=SOFT, width=1.2, dash="3 3")
    canvas.text(along + 32, y, say("picture.size"), size=11.5)
