"""What an swv is like: properties that are given, drawn from a parameter, or worked out from those before them."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from simulator.base.fields import Date, Text
from simulator.base.validation import Strict
from simulator.kader.names import AttributeName, NodeId, ParameterName, exactly_one


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

    `only_if` another attribute (a bit) holds.
    """

    kind: Literal["number", "bit", "date"]
    parameter: ParameterName | None = None
    outlook: Outlook | None = None
    rescue: Rescue | None = None
    money: MoneyFigure | None = None
    label: Text
    decimals: int = 0
    minimum: float | None = None
    only_if: AttributeName | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        exactly_one(self, ("parameter", "outlook", "rescue", "money"), "value.attribute")
        return self
