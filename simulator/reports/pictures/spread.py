"""How figures are spread over replications, and how far two runs differ."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.base.language import say
from simulator.base.numbers import between, difference, figure, interval
from simulator.reports.pictures.canvas import BLUE, INK, LINE, SERIES, SOFT, WASH, Canvas, Scale, cut, ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.reports.blocks import Picture

_BINS = 16


def histogram(values: Sequence[float], label: str, unit: str, ends: tuple[float, float] | None = None) -> Picture:
    """How often each outcome came: a bar per range of values, with the mean as a line.

    Args:
        values: one per replication; NaN where there was nothing to measure.
        label, unit: of the figure.
        ends: the lowest and highest value of the axis, so that pictures can be held side by side; else of these values.
    """
    there = sorted(value for value in values if not math.isnan(value))
    canvas = Canvas(236.0)
    low, high = ends or (there[0], there[-1])
    bins = _BINS if ends else min(_BINS, max(len(set(there)), 1))
    size = (high - low) / bins or 1.0
    counts = [0] * bins
    for value in there:
        counts[min(int((value - low) / size), bins - 1)] += 1
    x, y = Scale(low, low + bins * size, 50, canvas.width - 12), Scale(0, max(counts), 190, 28)
    for count in (one for one in ticks(0, max(counts), 4) if one == round(one)):
        canvas.line(50, y(count), canvas.width - 12, y(count))
        canvas.text(44, y(count) + 4, f"{count:.0f}", size=11, fill=SOFT, anchor="end")
    for place, count in enumerate(counts):
        begin, end = x(low + place * size), x(low + (place + 1) * size)
        span = f"{between(low + place * size, low + (place + 1) * size, unit)}: {count}"
        canvas.rect(begin + 1, y(count), end - begin - 2, 190 - y(count), fill=BLUE, title=span)
    mean = sum(there) / len(there)
    canvas.line(x.within(mean), 20, x.within(mean), 190, stroke=INK, width=1.6, dash="5 3")
    anchor = "end" if x.within(mean) > canvas.width - 160 else "start"
    canvas.text(
        x.within(mean) + (-5 if anchor == "end" else 5),
        18,
        say("picture.mean", value=figure(mean, unit)),
        size=11.5,
        anchor=anchor,
    )
    for value in ticks(low, low + bins * size, 6):
        canvas.text(x(value), 207, figure(value, unit), size=11, fill=SOFT, anchor="middle")
    canvas.text(50, 228, cut(label, canvas.width - 60), size=11.5, fill=SOFT, whole=label)
    return canvas.picture(
        say(
            "picture.histogram_alt", label=label, n=len(there), mean=figure(mean, unit), low=figure(there[0], unit),
            high=figure(there[-1], unit),
        )
    )  # fmt: skip


@dataclass(frozen=True)
class Gap:
    """A difference with its interval.

    Attributes:
        run: which series it belongs to.
        clear: whether it is beyond chance.
        id: of the figure, by which a page can choose.
    """

    label: str
    run: int
    mean: float
    low: float
    high: float
    unit: str
    clear: bool
    id: str = ""


def row_height(runs: int) -> int:
    """Pixels that a figure takes in a picture of differences of so many runs."""
    return max(runs, 1) * 15 + 12


def intervals(rows: Sequence[Gap], runs: Sequence[str], base: str) -> Picture:
    """Differences as dots with their intervals, each figure on a scale of its own around zero.

    Figures have different units, so every row is drawn relative to its own largest end; the numbers stand beside it.
    """
    labels = list(dict.fromkeys(row.label for row in rows))
    tall = float(row_height(len(runs)))
    canvas = Canvas(40 + len(labels) * tall + 34)
    left, right = 290.0, canvas.width - 150
    middle = (left + right) / 2
    for place, label in enumerate(labels):
        above = 30 + place * tall
        own = [row for row in rows if row.label == label]
        if place % 2 == 0:
            canvas.rect(0, above, canvas.width, tall, fill=WASH)
        with canvas.about(own[0].id):
            canvas.label(left - 14, above + tall / 2 + 4, label, left - 18)
        most = (
            max((abs(end) for row in own for end in (row.low, row.high, row.mean) if not math.isnan(end)), default=0)
            or 1.0
        )
        x = Scale(-most, most, left, right)
        for row in own:
            with canvas.series(runs[row.run]), canvas.about(row.id):
                _interval(canvas, row, x, above + 13 + row.run * 15, runs[row.run])
    canvas.line(middle, 22, middle, 32 + len(labels) * tall, stroke=INK, width=1.2)
    canvas.text(middle, 14, say("picture.as_base", name=cut(base, 200)), size=11.5, fill=SOFT, anchor="middle")
    along = 8.0
    for place, name in enumerate(runs):
        canvas.dot(along + 6, canvas.height - 13, fill=SERIES[place % len(SERIES)])
        canvas.text(along + 17, canvas.height - 9, cut(name, 220), size=11.5, whole=name)
        along += 46 + min(len(name), 32) * 6.8
    clear = [row for row in rows if row.clear]
    told = "; ".join(f"{row.label} ({runs[row.run]}): {difference(row.mean, row.unit)}" for row in clear[:8])
    return canvas.picture(
        say("picture.intervals_alt", base=base, n=len(rows), clear=len(clear), told=told or say("picture.none"))
    )


def _interval(canvas: Canvas, row: Gap, x: Scale, y: float, run: str) -> None:
    colour = SERIES[row.run % len(SERIES)]
    if math.isnan(row.mean):
        return
    if not math.isnan(row.low):
        canvas.line(x(row.low), y, x(row.high), y, stroke=colour, width=2.4 if row.clear else 1.3)
        for end in (row.low, row.high):
            canvas.line(x(end), y - 4, x(end), y + 4, stroke=colour, width=1.3)
    bounds = "" if math.isnan(row.low) else f" ({interval(row.low, row.high, row.unit)})"
    title = f"{row.label}, {run}: {difference(row.mean, row.unit)}{bounds}"
    canvas.dot(x(row.mean), y, fill=colour, size=4.2 if row.clear else 3, title=title)
    words = difference(row.mean, row.unit) + ("*" if row.clear else "")
    canvas.text(
        canvas.width - 6, y + 4, words, size=11.5, fill=INK if row.clear else SOFT, anchor="end", bold=row.clear
    )
    canvas.line(x.end + 8, y + 6, canvas.width - 6, y + 6, stroke=LINE, width=0.5)
