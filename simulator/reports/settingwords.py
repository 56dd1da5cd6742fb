"""What a setting that differs does, in words: not the formula of either, but what it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.base.language import say
from simulator.base.numbers import figure, plain
from simulator.kader.parameters import Dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.kader.parameters import Parameter
    from simulator.world.scenario import Scenario

_TIMES = ("days", "working_days", "hours")
_NAMED = {0.5: "half", 2.0: "twice", 3.0: "thrice"}
_DIGITS = 3
_SPREAD = (0.1, 0.5, 0.9)


def turned(name: str, scenarios: Sequence[Scenario]) -> str | None:
    """How the value of a parameter differs between two scenarios: `takes twice as long (median 14 → 28 working days)`.

    Args:
        name: of a parameter.
        scenarios: the one that another is held against, and that other.

    Returns:
        The words, with the name of the parameter; None for what is no parameter of both, or is a window of dates.
    """
    left, right = (one.parameters.get(name) for one in scenarios)
    if left is None or right is None or left.unit != right.unit or isinstance(left, Dates) or isinstance(right, Dates):
        return None
    told = _told(left, right)
    return say("turned.step", told=told, name=name) if told else None


def _told(left: Parameter, right: Parameter) -> str | None:
    before, after = (_quantiles(one) for one in (left, right))
    unit = say(f"unit.{left.unit}")
    if before[1] == after[1]:
        if before == after:  # what differs is how an swv scales it
            return None
        ends = dict(zip(("from_low", "low", "from_high", "high"), _interleaved(before, after), strict=True))
        return say("turned.wider", middle=_short(before[1]), unit=unit, **ends)
    if left.unit not in _TIMES:
        return say("turned.value", left=_value(before[1], left.unit), right=_value(after[1], left.unit))
    fixed = left.dist == right.dist == "fixed"
    if before[1] <= 0:
        return say("turned.value", left=f"{_short(before[1])} {unit}", right=f"{_short(after[1])} {unit}")
    return say(
        "turned.same_time" if fixed else "turned.time", times=_times(after[1] / before[1]), left=_short(before[1]),
        right=_short(after[1]), unit=unit,
    )  # fmt: skip


def _quantiles(one: Parameter) -> list[float]:
    return [round(float(value), 6) for value in one.quantile(np.array(_SPREAD))]


def _interleaved(before: Sequence[float], after: Sequence[float]) -> list[str]:
    return [_short(one) for place in (0, 2) for one in (before[place], after[place])]


def _times(ratio: float) -> str:
    named = _NAMED.get(round(ratio, 6))
    return say(f"turned.{named}") if named else say("turned.times", n=_short(ratio))


def _value(value: float, unit: str) -> str:
    return figure(value, "share") if unit in ("share", "chance") else f"{_short(value)} {say(f'unit.{unit}')}"


def _short(value: float) -> str:
    return plain(float(f"{value:.{_DIGITS}g}"))
