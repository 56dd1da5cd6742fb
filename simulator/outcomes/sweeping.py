"""Points of a sweep: every combination of values, or a Latin hypercube between bounds."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.base.errors import InputError, Problem
from simulator.base.language import say
from simulator.world import varying

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulator.world.scenario import Scenario

MOST = 10_000
"""Points beyond which a sweep is a mistake."""


@dataclass(frozen=True)
class Axis:
    """What is varied: a name, and either its values or its bounds."""

    name: str
    values: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 0.0


def axis(text: str) -> Axis:
    """An axis as it is typed: `name=4..12:2`, `name=0.1..0.4` (bounds), `name=1,2,5` or dates.

    Raises:
        InputError: it is not written like that.
    """
    name, equals, rest = text.partition("=")
    if not equals or not name or not rest:
        raise _wrong(text)
    if ".." not in rest:
        return Axis(name, tuple(_value(one.strip()) for one in rest.split(",") if one.strip()) or _raise(text))
    bounds, _, step = rest.partition(":")
    try:
        low, high = (float(one) for one in bounds.split(".."))
        width = float(step) if step else 0.0
    except ValueError:
        raise _wrong(text) from None
    if not low < high or not math.isfinite(low + high + width) or width < 0:
        raise _wrong(text)
    if not step:
        return Axis(name, low=low, high=high)
    number = math.floor((high - low) / width + 1e-9) if width else MOST + 1
    if number > MOST:
        raise _wrong(text)
    return Axis(name, tuple(_tidy(low + width * place) for place in range(number + 1)))


def _raise(text: str) -> tuple[Any, ...]:
    raise _wrong(text)


def _wrong(text: str) -> InputError:
    return InputError(Problem(say("sweep.wrong", text=text), hint=say("hint.vary")))


def _value(text: str) -> Any:
    try:
        value = float(text)
    except ValueError:
        return text  # a date, or a mistake that the parameter tells
    if not math.isfinite(value):
        raise _wrong(text)
    return _tidy(value)


def _tidy(value: float) -> float | int:
    rounded = round(value, 10)
    return int(rounded) if rounded == int(rounded) else rounded


def points(scenario: Scenario, axes: Sequence[Axis], hypercube: int | None, seed: int) -> list[dict[str, Any]]:
    """The points of a sweep.

    Args:
        scenario: what is varied; names and values are tried on it.
        axes: what is varied.
        hypercube: number of points of a Latin hypercube between the bounds; None for every combination of the values.
        seed: of the hypercube.

    Raises:
        InputError: a name or value does not exist, or bounds and values do not fit how points are chosen.
    """
    for number, one in enumerate(axes):
        if one.name in {other.name for other in axes[:number]}:
            raise InputError(Problem(say("sweep.twice", name=one.name)))
        varying.place(scenario, one.name)
        if bool(one.values) != (hypercube is None):
            raise InputError(Problem(say("sweep.bounds" if hypercube else "sweep.values", name=one.name)))
    found = _hypercube(scenario, axes, hypercube, seed) if hypercube else _grid(axes)
    if len(found) > MOST:
        raise InputError(Problem(say("sweep.too_many", count=len(found), most=MOST)))
    for point in found:
        varying.varied(scenario, point, "sweep")
    return found


def _grid(axes: Sequence[Axis]) -> list[dict[str, Any]]:
    names = [one.name for one in axes]
    return [dict(zip(names, values, strict=True)) for values in itertools.product(*(one.values for one in axes))]


def _hypercube(scenario: Scenario, axes: Sequence[Axis], number: int, seed: int) -> list[dict[str, Any]]:
    from scipy.stats import qmc

    unit = qmc.LatinHypercube(len(axes), rng=seed).random(number)
    rows = qmc.scale(unit, [one.low for one in axes], [one.high for one in axes])
    tidy = [_whole(one) if _is_whole(scenario, one.name) else float for one in axes]
    return [{one.name: make(float(value)) for one, value, make in zip(axes, row, tidy, strict=True)} for row in rows]


def _whole(one: Axis) -> Callable[[float], int]:
    """How a value becomes the nearest whole number between the bounds."""
    lowest, highest = math.ceil(one.low), math.floor(one.high)
    if lowest > highest:
        raise InputError(Problem(say("sweep.no_whole", name=one.name, low=one.low, high=one.high)))
    return lambda value: min(max(round(value), lowest), highest)


def _is_whole(scenario: Scenario, name: str) -> bool:
    section, thing, field = varying.place(scenario, name)
    return isinstance(getattr(getattr(scenario, section)[thing], field), int)
