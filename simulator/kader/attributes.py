"""What an swv is like: properties that are given, drawn from a parameter, or worked out from those before them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, Self

from pydantic import FiniteFloat, model_validator
from pydantic_core import PydanticCustomError

from simulator.base.fields import Date, Text
from simulator.base.validation import Strict
from simulator.kader.names import AttributeName, NodeId, ParameterName, exactly_one

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from simulator.kader.parameters import Parameter


class Outlook(Strict):
    """Days left over: from the start to a date, less what the way to a step takes by rule of thumb (median durations)."""

    of: NodeId
    before: Date


class Rescue(Strict):
    """What an hour of help is expected to do: the rise in the chance of being in time, per 1,000 hours.

    The days left over, `slack`, are uncertain with a standard deviation `spread`; help adds `saves` days and costs `hours`.
    """

    slack: AttributeName
    spread: ParameterName
    saves: ParameterName
    hours: AttributeName


class MoneyFigure(Strict):
    """A figure of the bekostiging of the swv; for a bit whether it lies below or above a bound."""

    figure: str
    below: float | None = None
    above: float | None = None


class Attribute(Strict):
    """A property of an swv: given in a table, drawn from a parameter, or worked out from those before it.

    Attributes:
        unit: of a number that is no amount: a year is written without thousands.
        minimum, maximum: of a number, both included; what a table gives and what a parameter draws lies between them.
        only_if: another attribute (a bit) that must hold.
    """

    kind: Literal["number", "bit", "date"]
    parameter: ParameterName | None = None
    outlook: Outlook | None = None
    rescue: Rescue | None = None
    money: MoneyFigure | None = None
    label: Text
    decimals: int = 0
    unit: Literal["year"] | None = None
    minimum: FiniteFloat | None = None
    maximum: FiniteFloat | None = None
    only_if: AttributeName | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        exactly_one(self, ("parameter", "outlook", "rescue", "money"), "value.attribute")
        low, high = self.bounds
        if low > high:
            raise PydanticCustomError("value.bounds", "bounds", {"low": f"{low:g}", "high": f"{high:g}"})
        return self

    @property
    def bounds(self) -> tuple[float, float]:
        """The smallest and the largest value that it can have."""
        low = -math.inf if self.minimum is None else self.minimum
        return low, math.inf if self.maximum is None else self.maximum

    def beyond(self, parameter: Parameter) -> float | None:
        """A value that its parameter can draw and that it cannot have, before factors; None when there is none."""
        if self.kind != "number":
            return None
        drawn, (low, high) = (parameter.lowest(), parameter.highest()), self.bounds
        return next((value for value in drawn if not low <= round(value, self.decimals) <= high), None)


def beyond(
    attributes: Mapping[str, Attribute], parameters: Mapping[str, Parameter], names: Collection[str]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Parameters, of those named, that can draw what their attribute cannot be; each with the words of a message."""
    for name, attribute in attributes.items():
        parameter = attribute.parameter
        if parameter is None or parameter not in names:
            continue
        value = attribute.beyond(parameters[parameter])
        if value is not None:
            low, high = (f"{bound:.10g}" for bound in attribute.bounds)
            yield parameter, {"name": name, "value": f"{value:.4g}", "low": low, "high": high}
