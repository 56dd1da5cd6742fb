"""What a setting that differs does, in words: not the formula of either, but what it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.base.language import say
from simulator.base.numbers import figure, plain
from simulator.kader.parameters import Dates
from simulator.kader.parameters import called as attributes
from simulator.reports import inputwords, valuewords

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.kader.parameters import Parameter
    from simulator.world.scenario import Scenario

_TIMES = ("days", "working_days", "hours")
_NAMED = {0.5: "half", 2.0: "twice", 3.0: "thrice"}
_DIGITS = 3
_SPREAD = (0.1, 0.5, 0.9)


def turned(name: str, scenarios: Sequence[Scenario], called: Mapping[str, str] | None = None) -> str | None:
    """What `alone` tells, after what the parameter is called.

    Args:
        name: of a parameter.
        scenarios: the one that another is held against, and that other.
        called: what parameters are in words; those that are not among these go by their own name.
    """
    told = alone(name, scenarios)
    return say("turned.step", told=told, name=inputwords.full(name, called or {})) if told else None


def cells(name: str, scenarios: Sequence[Scenario], values: Sequence[str]) -> list[str]:
    """A setting of several scenarios in words: the value in the first, and what the others turn it to.

    Args:
        name: of the setting.
        scenarios: the one that the others are held against first.
        values: what is told of a setting that is no parameter.
    """
    found = []
    for scenario, value in zip(scenarios, values, strict=True):
        own = scenario.parameters.get(name)
        told = alone(name, (scenarios[0], scenario)) if scenario is not scenarios[0] else None
        names = attributes(scenario.kader.file.attributes)
        found.append(told or (valuewords.told(own, names) if own is not None else value))
    return found


def alone(name: str, scenarios: Sequence[Scenario]) -> str | None:
    """How the value of a parameter differs between two scenarios: `takes twice as long (median 14 → 28 working days)`.

    Returns:
        The words; None for what is no parameter of both, is a window of dates, or differs in what scales it.
    """
    left, right = (one.parameters.get(name) for one in scenarios)
    if left is None or right is None or left.unit != right.unit or isinstance(left, Dates) or isinstance(right, Dates):
        return None
    return _told(left, right)


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
