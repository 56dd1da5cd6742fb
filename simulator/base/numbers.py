"""Numbers and dates as each language writes them."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Any

from simulator.base.language import current, say

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 4
_DIGITS = 10
_PERCENTAGES = ("share", "fine_share")
"""Units that are shown as percentages; the fine ones, of euros too, are so that others can reckon with what is shown."""
_DECIMALS = {
    "share": 1, "fine_share": 4, "days": 1, "hours": 0, "count": 2, "eur": 0, "percent": 1, "pupils": 0, "year": 1,
    "fine_eur": 2,
}  # fmt: skip


def number(value: float, decimals: int) -> str:
    """A number with thousands and decimals as the language writes them; a dash for nothing."""
    if math.isnan(value):
        return "-"
    text = f"{value:,.{decimals}f}"
    if text.strip("-0.,") == "":
        text = text.lstrip("-")
    return text.translate(str.maketrans(",.", ".,")) if current() == "nl" else text


def plain(value: float) -> str:
    """A number as short as it is, with the decimal sign of the language."""
    text = f"{value:.{_DIGITS}g}"
    return text.replace(".", ",") if current() == "nl" else text


def grouped(value: float) -> str:
    """A number as short as it is, with thousands and the decimal sign as the language writes them."""
    text = f"{value:,.{_DIGITS}g}"
    return text.translate(str.maketrans(",.", ".,")) if current() == "nl" else text


def written(value: Any) -> Any:
    """A value as it stands in a table for others to read: of a number with decimals no more digits than mean anything.

    What is whole in hundredths stays as it is, so that no cent of an amount is lost.
    """
    if not isinstance(value, float) or round(value, 2) == value:
        return value
    return float(f"{value:.{_DIGITS}g}")


def figure(value: float, unit: str) -> str:
    """A figure in its unit: shares as percentages, a year as it stands on a calendar, the rest as plain numbers."""
    if unit == "year":
        return "-" if math.isnan(value) else str(round(value))
    scaled = _scaled(value, unit)
    text = number(scaled, _decimals(scaled, unit))
    return text + ("%" if unit in _PERCENTAGES and text != "-" else "")


def between(low: float, high: float, unit: str) -> str:
    """The bounds of a figure; a dash for nothing."""
    return "-" if math.isnan(low) else f"{figure(low, unit)} .. {figure(high, unit)}"


def cell(value: float, unit: str) -> float:
    """A figure as a number in a table that others calculate with: a mean of years is a year."""
    return round(value) if unit == "year" and not math.isnan(value) else value


def difference(value: float, unit: str) -> str:
    """A difference of two figures with its sign: between shares in percentage points, the rest as plain numbers."""
    scaled = _scaled(value, unit)
    return _signed(scaled, _decimals(scaled, unit), unit)


def interval(low: float, high: float, unit: str) -> str:
    """The bounds of a difference, their unit once: `-3,6 .. -2,7 pp`; a dash for nothing."""
    if math.isnan(low):
        return "-"
    return f"{difference(low, unit).removesuffix(say('unit.points')).strip()} .. {difference(high, unit)}"


def in_one_precision(figures: Sequence[float], differences: Sequence[float], unit: str) -> tuple[list[str], list[str]]:
    """Figures and differences that stand beside each other, all with as many decimals as the finest of them needs."""
    scaled = [_scaled(value, unit) for value in (*figures, *differences)]
    decimals = max(_decimals(value, unit) for value in scaled if not math.isnan(value))
    percent = "%" if unit == "share" else ""
    return (
        [number(value, decimals) + percent for value in scaled[: len(figures)]],
        [_signed(value, decimals, unit) for value in scaled[len(figures) :]],
    )


def parts(values: Sequence[float], unit: str) -> tuple[list[str], str]:
    """The parts of a difference and their sum, so rounded that what is shown adds up (largest remainder)."""
    total = math.fsum(_scaled(value, unit) for value in values)
    decimals = _decimals(total, unit)
    steps = [_scaled(value, unit) * 10**decimals for value in values]
    whole = [math.floor(step) for step in steps]
    left = round(total * 10**decimals) - sum(whole)
    order = sorted(range(len(steps)), key=lambda place: (whole[place] - steps[place], place))
    for place in order[:left]:
        whole[place] += 1
    words = [_signed(one / 10**decimals, decimals, unit) for one in whole]
    return words, _signed(sum(whole) / 10**decimals, decimals, unit)


def _scaled(value: float, unit: str) -> float:
    return value * (100 if unit in _PERCENTAGES else 1)


def _decimals(scaled: float, unit: str) -> int:
    """So many that what is there is not shown as nothing."""
    decimals = _DECIMALS.get(unit, 2)
    while scaled and not number(scaled, decimals).strip("-0.,") and decimals < _MOST:
        decimals += 1
    return decimals


def _signed(scaled: float, decimals: int, unit: str) -> str:
    text = number(scaled, decimals)
    plus = "+" if not text.startswith("-") and text.strip("0.,") else ""
    return plus + text + (f" {say('unit.points')}" if unit == "share" and text != "-" else "")


def long_date(day: date) -> str:
    """`5 mei 2014` or `5 May 2014`."""
    months = say("date.months").split()
    return f"{day.day} {months[day.month - 1]} {day.year}"
