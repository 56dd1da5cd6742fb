"""Numbers and dates as each language writes them."""

from __future__ import annotations

import math
from datetime import date

from simulator.base.language import current, say

_MOST = 4
_DECIMALS = {"share": 1, "days": 1, "hours": 0, "count": 2, "eur": 0, "percent": 1, "pupils": 0}


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
    text = f"{value:.10g}"
    return text.replace(".", ",") if current() == "nl" else text


def figure(value: float, unit: str, *, sign: bool = False) -> str:
    """A figure in its unit: shares as percentages, the rest as plain numbers."""
    scaled = value * 100 if unit == "share" else value
    decimals = _DECIMALS.get(unit, 2)
    text = number(scaled, decimals)
    while scaled and not text.strip("-0.,") and decimals < _MOST:  # what is there is not shown as nothing
        decimals += 1
        text = number(scaled, decimals)
    plus = "+" if sign and not text.startswith("-") and text.strip("0.,") else ""
    return plus + text + ("%" if unit == "share" and text != "-" else "")


def long_date(day: date) -> str:
    """`5 mei 2014` or `5 May 2014`."""
    months = say("date.months").split()
    return f"{day.day} {months[day.month - 1]} {day.year}"
