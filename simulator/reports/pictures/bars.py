"""Bars with their numbers beside them: amounts by who or what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.base.language import say
from simulator.base.numbers import figure
from simulator.reports.pictures.canvas import BLUE, WASH, Canvas, Scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.reports.blocks import Picture

_LEFT, _ROW = 250.0, 26.0


def bars(rows: Sequence[tuple[str, float]], unit: str) -> Picture:
    """A bar for each amount, in the order in which they are given.

    Args:
        rows: label and amount, none below zero.
        unit: of the amounts.
    """
    canvas = Canvas(len(rows) * _ROW + 12)
    scale = Scale(0, max((amount for _, amount in rows), default=0) or 1.0, _LEFT, canvas.width - 110)
    for number, (label, amount) in enumerate(rows):
        y = 6 + number * _ROW
        if number % 2:
            canvas.rect(0, y, canvas.width, _ROW, fill=WASH)
        canvas.label(_LEFT - 10, y + 17, label, _LEFT - 14)
        canvas.rect(
            _LEFT, y + 6, scale(amount) - _LEFT, 14, fill=BLUE, title=f"{label}: {figure(amount, unit)}", round_=1.5
        )
        canvas.text(scale(amount) + 7, y + 17, figure(amount, unit), size=12)
    told = "; ".join(f"{label} {figure(amount, unit)}" for label, amount in rows)
    return canvas.picture(say("burden_report.bars_alt", told=told))
