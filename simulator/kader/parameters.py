"""Parameters: every number of the model with its unit, source and confidence, and how a draw becomes a value.

A draw is a uniform number in (0, 1); a distribution turns it into a value by its quantile function, so that a larger
draw never gives a smaller value and two scenarios that share their draws share their luck.
"""

from __future__ import annotations

import math
import re
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, TypeVar

import numpy as np
from pydantic import Discriminator, Field, FiniteFloat, Tag, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from simulator.base import numbers
from simulator.base.days import day_of
from simulator.base.fields import Date, Sourced
from simulator.base.language import pick, say
from simulator.base.validation import Strict

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

Array = np.ndarray
T = TypeVar("T")
Unit = Literal[
    "days",
    "working_days",
    "hours",
    "share",
    "chance",
    "date",
    "pupils",
    "count",
    "score",
    "people",
    "factor",
    "eur_per_hour",
    "eur",
    "yearly",
]
_DURATIONS = ("days", "working_days", "hours")
_CHOICE_DAYS = 6
"""Between the first and the last of so many days and one more there is always a working day."""
_Positive = Annotated[FiniteFloat, Field(gt=0)]


def kind_of(unit: str | None) -> str | None:
    """What sort of value a unit measures: all durations are of one kind, every other unit is its own."""
    return "duration" if unit in _DURATIONS else unit


class Factor(Strict):
    """How an attribute of the swv scales a value.

    `exp: b` multiplies by exp(b x); `power: p` with `reference: r` by (x / r)^p; `logit: b` moves a chance by b x on the
    logistic scale.
    """

    exp: FiniteFloat | None = None
    power: FiniteFloat | None = None
    reference: _Positive | None = None
    logit: FiniteFloat | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        forms = [self.exp is not None, self.power is not None and self.reference is not None, self.logit is not None]
        if sum(forms) != 1:
            raise PydanticCustomError("value.factor", "factor", {})
        return self

    def scale(self, attribute: Array) -> Array:
        """Multiplier for each swv."""
        if self.exp is not None:
            return np.asarray(np.exp(self.exp * attribute))
        return np.asarray((np.maximum(attribute, 0.0) / self.reference) ** self.power)


class _Parameter(Sourced):
    unit: Unit
    factors: dict[str, Factor] = {}

    @field_validator("factors")
    @classmethod
    def _attributes(cls, factors: dict[str, Factor], info: ValidationInfo) -> dict[str, Factor]:
        known = (info.context or {}).get("attributes")
        for name in factors:
            if known is not None and name not in known:
                context = {"value": name, "kind": "attributes", "known": sorted(known)}
                raise PydanticCustomError("value.unknown_name", "unknown", context)
        return factors

    @model_validator(mode="after")
    def _right_factors(self) -> Self:
        if any((factor.logit is not None) != (self.unit == "chance") for factor in self.factors.values()):
            raise PydanticCustomError("value.factor_kind", "factor", {})
        return self

    @model_validator(mode="after")
    def _in_range(self) -> Self:
        if self.unit in _DURATIONS and self.lowest() < 0:
            raise PydanticCustomError("value.negative_duration", "negative", {"value": f"{self.lowest():.3g}"})
        if self.unit == "share" and not (self.lowest() >= 0 and self.highest() <= 1):
            beyond = self.lowest() if self.lowest() < 0 else self.highest()
            raise PydanticCustomError("value.share_range", "share", {"value": f"{beyond:.3g}"})
        if self.unit == "yearly" and not (self.lowest() > -1 and self.highest() <= 1):
            beyond = self.lowest() if self.lowest() <= -1 else self.highest()
            raise PydanticCustomError("value.yearly_range", "yearly", {"value": f"{beyond:.3g}"})
        return self

    def lowest(self) -> float:
        """The smallest value that can be drawn."""
        return float(self.quantile(np.array([1e-12]))[0])

    def highest(self) -> float:
        """The largest value that can be drawn."""
        return float(self.quantile(np.array([1 - 1e-12]))[0])

    def bound(self) -> float:
        """The days that a duration in days of the calendar takes at most, also when its end is moved to a working day.

        Infinite where less than a week lies between the shortest and the longest (some end may then have no working day
        near it), and where attributes of an swv or other kinds of days play along.
        """
        free = self.unit != "days" or self.factors or round(self.highest() - self.lowest(), 6) < _CHOICE_DAYS
        return math.inf if free else self.highest()

    def quantile(self, uniform: Array) -> Array:
        """Values for uniform draws in (0, 1), before factors."""
        raise TypeError(type(self))

    def knowing(self, attributes: Collection[str]) -> Self:
        """The same without the factors of attributes that are not known: they count as 1."""
        left = {name: factor for name, factor in self.factors.items() if name in attributes}
        return self if len(left) == len(self.factors) else self.model_copy(update={"factors": left})

    def values(self, uniform: Array, attributes: dict[str, Array]) -> Array:
        """Values for draws, scaled by the attributes of the swv that each draw belongs to."""
        result = self.quantile(uniform)
        for name, factor in self.factors.items():
            result = result * factor.scale(attributes[name])
        return result


class Fixed(_Parameter):
    """Always the same value."""

    dist: Literal["fixed"]
    value: FiniteFloat

    def quantile(self, uniform: Array) -> Array:
        return np.full(uniform.shape, self.value)


class Uniform(_Parameter):
    """Equally likely between two bounds."""

    dist: Literal["uniform"]
    low: FiniteFloat
    high: FiniteFloat

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        return _ordered(self, self.low, self.high)

    def quantile(self, uniform: Array) -> Array:
        return np.asarray(self.low + (self.high - self.low) * uniform)


class Normal(_Parameter):
    """Normal around a mean."""

    dist: Literal["normal"]
    mean: FiniteFloat
    sigma: _Positive

    def quantile(self, uniform: Array) -> Array:
        return np.asarray(self.mean + self.sigma * _normal(uniform))


class Lognormal(_Parameter):
    """Skewed to the right: `median`, and `sigma` of the logarithm; cut off at `low` and `high` when given."""

    dist: Literal["lognormal"]
    median: _Positive
    sigma: _Positive
    low: FiniteFloat = 0.0
    high: FiniteFloat | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        _ordered(self, self.low, self.low if self.high is None else self.high)
        if not self.low <= self.median <= (self.median if self.high is None else self.high):
            high = "..." if self.high is None else f"{self.high:g}"
            context = {"value": f"{self.median:g}", "low": f"{self.low:g}", "high": high}
            raise PydanticCustomError("value.median_range", "median", context)
        return self

    def quantile(self, uniform: Array) -> Array:
        return np.clip(self.median * np.exp(self.sigma * _normal(uniform)), self.low, self.high)


class Exponential(_Parameter):
    """Memoryless, as the time between calls or the service in an M/M/c queue."""

    dist: Literal["exponential"]
    mean: _Positive

    def quantile(self, uniform: Array) -> Array:
        return np.asarray(-self.mean * np.log1p(-uniform))


class Chance(_Parameter):
    """The chance of yes; factors move it on the logistic scale."""

    dist: Literal["chance"]
    value: Annotated[float, Field(ge=0, le=1)]
    unit: Literal["chance"] = "chance"

    def quantile(self, uniform: Array) -> Array:
        return np.full(uniform.shape, self.value)

    def values(self, uniform: Array, attributes: dict[str, Array]) -> Array:
        if self.value in (0.0, 1.0) or not self.factors:
            return self.quantile(uniform)
        logit = np.log(self.value / (1 - self.value))
        shift = np.zeros(uniform.shape)
        for name, factor in self.factors.items():
            shift = shift + (factor.logit or 0.0) * attributes[name]
        return np.asarray(1 / (1 + np.exp(-(logit + shift))))


class Dates(_Parameter):
    """Any day of a window, both ends included, as day number."""

    dist: Literal["dates"]
    first: Date
    last: Date
    unit: Literal["date"] = "date"

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        return _ordered(self, self.first, self.last)

    def quantile(self, uniform: Array) -> Array:
        first, last = day_of(self.first), day_of(self.last)
        return np.asarray(np.minimum(np.floor(first + (last - first + 1) * uniform), last))


def _distribution(value: Any) -> str | None:
    """The name of the distribution, of raw data or of a parameter."""
    name = value.get("dist") if isinstance(value, dict) else getattr(value, "dist", None)
    return name if isinstance(name, str) else None


Parameter = Annotated[
    Annotated[Fixed, Tag("fixed")]
    | Annotated[Uniform, Tag("uniform")]
    | Annotated[Normal, Tag("normal")]
    | Annotated[Lognormal, Tag("lognormal")]
    | Annotated[Exponential, Tag("exponential")]
    | Annotated[Chance, Tag("chance")]
    | Annotated[Dates, Tag("dates")],
    Discriminator(_distribution),
]


def _ordered(parameter: T, low: Any, high: Any) -> T:
    """The parameter, when its bounds are in order."""
    if low > high:
        raise PydanticCustomError("value.bounds", "bounds", {"low": str(low), "high": str(high)})
    return parameter


def _normal(uniform: Array) -> Array:
    from scipy.special import ndtri

    return np.asarray(ndtri(uniform))


def called(attributes: Mapping[str, Any]) -> dict[str, str]:
    """What attributes are called in a few words: their labels up to the first colon, comma or bracket."""
    return {name: re.split(r"[:,] | \(", pick(one.label))[0] for name, one in attributes.items()}


def describe(parameter: Any, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """The value of a parameter as one short text: `lognormal: median 25, sigma 0.4 x maturity (working days)`.

    Args:
        parameter: what is told.
        names: what the attributes that scale it are called; without one by their own name.
    """
    skip = {"dist", "unit", "factors", "source", "confidence", "note"}
    shown = []
    for name, value in parameter:
        if name in skip or value is None or (name == "low" and value == 0):
            continue
        shown.append(f"{say(f'quantity.{name}')} {_value(value)}")
    factors = "".join(f" x {names.get(name, name)}" for name in parameter.factors)
    return f"{say(f'dist.{parameter.dist}')}: {', '.join(shown)}{factors} ({say(f'unit.{parameter.unit}')})"


def _value(value: Any) -> str:
    if isinstance(value, float):
        return numbers.plain(value)
    return numbers.long_date(value) if isinstance(value, date) else str(value)
