"""The value of a number of the model as a reader would say it: `median 28 working days, mostly between 14 and 54`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.base import numbers
from simulator.base.days import date_of
from simulator.base.language import known, say

if TYPE_CHECKING:
    from collections.abc import Mapping

_EDGES = (0.05, 0.5, 0.95)
"""Between the first and the last lies the middle 90 percent."""
_SHARES = ("share", "chance", "yearly")
_BARE = ("factor", "score")
_WHOLE = 10.0


def told(parameter: Any, names: Mapping[str, str]) -> str:
    """The value of a parameter in words, before what scales it, and by which attributes it differs per swv.

    Args:
        parameter: what is told.
        names: what the attributes that scale it are called; without one by their own name.
    """
    value = _value(parameter)
    factors = ", ".join(names.get(name, name) for name in parameter.factors)
    return say("valuewords.differs", value=value, by=factors) if factors else value


def _value(parameter: Any) -> str:
    if parameter.dist in ("fixed", "chance"):
        return _with_unit(_number(parameter.value, parameter.unit), parameter.unit)
    low, middle, high = (float(one) for one in parameter.quantile(np.array(_EDGES)))
    if parameter.dist == "dates" and parameter.first == parameter.last:
        return numbers.long_date(parameter.first)
    if parameter.dist == "dates":
        first, last = (numbers.long_date(one) for one in (parameter.first, parameter.last))
        return say("valuewords.between", low=first, high=last)
    if parameter.dist == "uniform":
        bounds = (_number(one, parameter.unit) for one in (parameter.low, parameter.high))
        return say("valuewords.between", **dict(zip(("low", "high"), bounds, strict=True))) + _unit(parameter.unit)
    edges = {"low": _number(low, parameter.unit), "high": _number(high, parameter.unit)}
    return say("valuewords.median", value=_with_unit(_number(middle, parameter.unit), parameter.unit), **edges)


def share(value: float) -> str:
    """A chance or part as a percentage."""
    return numbers.figure(value, "share")


def _number(value: float, unit: str) -> str:
    if unit in _SHARES:
        return share(value)
    if unit == "date":
        return numbers.long_date(date_of(int(value)))
    rounded = round(value, 0 if abs(value) >= _WHOLE else 1 if abs(value) >= 1 else 2)
    return numbers.number(rounded, 0) if rounded == round(rounded) else numbers.plain(rounded)


def _with_unit(value: str, unit: str) -> str:
    return value + _unit(unit)


def _unit(unit: str) -> str:
    """The unit behind a number; percentages and bare figures have none."""
    if unit in _SHARES or unit in _BARE or unit == "date" or not known(f"unit.{unit}"):
        return ""
    return f" {say(f'unit.{unit}')}"
