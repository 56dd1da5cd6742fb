"""What is judged: standards with the duties that count towards them, and rules from statuses to judgements and orders."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.base.fields import Confidence, Date, Text
from simulator.base.validation import Strict
from simulator.kader.duties import ObligationId


class Indicator(Strict):
    """An indicator or standard: what is judged, and the duties that count towards it."""

    id: str
    name: Text
    obligations: list[ObligationId] = []


class Aspect(Strict):
    """A group of indicators."""

    id: str
    name: Text
    indicators: list[Indicator]


class Standards(Strict):
    """The aspects with their indicators, and how sure they are."""

    source: str
    confidence: Confidence
    aspects: list[Aspect]


class DecisionRow(Strict):
    """One row of the decision rule: fits when no more duties than this are not met or not assessable."""

    not_met: int | None = None
    not_assessable: int | None = None
    judgement: str


class OverallRow(Strict):
    """One row of the rule for the whole: fits when at least so many aspects (among those named) have a judgement."""

    judged: str | None = None
    at_least: Annotated[int, Field(ge=1)] = 1
    among: list[str] = []
    judgement: str


class OrderTerm(Strict):
    """How long an order gives, for the duties of a group (without a group: for all others)."""

    group: str | None = None
    months: Annotated[int, Field(ge=1)]


class Orders(Strict):
    """Orders (herstelopdrachten): since when they rest on an oordeel with an article, and the time they give."""

    start: Date = Field(alias="from")
    source: str
    confidence: Confidence
    terms: list[OrderTerm] = Field(min_length=1)

    def months(self, group: str) -> int:
        """The term for a duty of a group; the first row that fits."""
        return next((row.months for row in self.terms if row.group in (None, group)), self.terms[-1].months)


class Decision(Strict):
    """The decision rule as tables: the first row that fits gives the judgement.

    Attributes:
        rows: for a standard, from the statuses of the duties under it.
        overall: for the whole, from the judgements on the standards; without it the whole is judged like a standard.
    """

    source: str
    confidence: Confidence
    rows: list[DecisionRow] = Field(min_length=1)
    overall: list[OverallRow] = []
    orders: Orders | None = None
    judgements: dict[str, Text]

    @model_validator(mode="after")
    def _judgements(self) -> Any:
        for name in [*(row.judgement for row in self.rows), *(row.judgement for row in self.overall)]:
            if name not in self.judgements:
                context = {"value": name, "kind": "judgements", "known": sorted(self.judgements)}
                raise PydanticCustomError("value.unknown_name", "unknown", context)
        return self
