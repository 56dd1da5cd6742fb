"""Duties in law as data: obligations with dated versions, due rules and requirements."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, TypeVar

from pydantic import (
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from simulator.base.fields import Date, Sector, Sourced, Text, known_name
from simulator.base.validation import Strict
from simulator.kader import content
from simulator.kader.due import Period, Rule, Timing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

P = TypeVar("P", bound="Provision")

Actor = Literal["swv", "boards", "minister", "opr", "lcg", "school", "inspectie", "government", "anyone"]
Group = Literal["governance", "medezeggenschap", "plan", "procedure", "operation", "school", "finance", "preparation"]
ObligationId = Annotated[str, known_name("obligations")]


class Requirement(Strict):
    """One group of prerequisites: any one of them is enough; counts only when its condition holds."""

    any: list[ObligationId] = Field(min_length=1)
    when: Timing | None = None


def _requirement(value: Any) -> Any:
    return {"any": [value]} if isinstance(value, str) else value


class Checks(Strict):
    """How a duty is checked: `content` over the plan file (CEL), `timing` over the days of events.

    `late` is a timing expression that holds when a duty was done after its time: it stays not met, but what rests on it
    can be assessed.
    """

    content: str | None = None
    timing: Timing | None = None
    late: Timing | None = None

    @model_validator(mode="after")
    def _some(self) -> Self:
        if self.content is None and self.timing is None:
            raise PydanticCustomError("value.checks", "checks", {})
        return self

    @field_validator("content")
    @classmethod
    def _is_cel(cls, expression: str | None) -> str | None:
        if expression is not None and (reason := content.mistake(expression)):
            raise PydanticCustomError("content.wrong", "CEL", {"expression": expression, "reason": reason})
        return expression


class Part(Strict):
    """One question of a plan file, in the law's own parts."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    sector: Sector | None = None
    ask: Text
    missing: Text | None = None


_PLAN = {
    "sector": "po",
    "period": {"first_school_year": 2014, "school_years": 4},
    "goals": [dict.fromkeys(("goal", "kind", "indicator", "baseline", "target", "year", "achieved"))],
    "money": [],
    "experts": [],
    "meetings": [],
    "deferring": [],
}
"""What a content check can ask of a plan besides its answers, to try it on."""


class Provision(Sourced):
    """What the law says between two days.

    Attributes:
        basis: where it comes from; only a duty in law can lead to an order.
    """

    sector: Literal["po", "vo", "both"]
    in_force: Period
    actor: Actor
    article: dict[Sector, str]
    link: dict[Sector, str] = {}
    basis: Literal["law", "case_law", "practice"] = "law"
    text: Text
    last_checked: Date | None = None

    @model_validator(mode="after")
    def _articles(self) -> Self:
        for sector in ("po", "vo") if self.sector == "both" else (self.sector,):
            if sector not in self.article:
                raise PydanticCustomError("value.article", "article", {"value": sector})
        return self


class Version(Provision):
    """A duty as it held between two days."""

    due: Rule
    optional: bool = False
    requires: list[Annotated[Requirement, BeforeValidator(_requirement)]] = []
    checks: Checks
    parts: list[Part] = []
    evidence: Text

    @model_validator(mode="after")
    def _questions(self) -> Self:
        expression = self.checks.content or ""
        asks = "part." in expression
        if asks and not self.parts:
            raise PydanticCustomError("value.parts", "parts", {})
        if expression and (reason := content.unasked(expression, [part.key for part in self.parts], _PLAN)):
            raise PydanticCustomError("content.wrong", "CEL", {"expression": expression, "reason": reason})
        if self.parts and not asks:
            raise PydanticCustomError("value.parts", "parts", {})
        return self

    @property
    def counts(self) -> bool:
        """Whether a shortfall is a finding about the swv: its own duty in law, and not one of choice."""
        return self.actor == "swv" and self.basis == "law" and not self.optional


def held(versions: Sequence[P], day: date, sector: Sector) -> P | None:
    """The version that holds on a day in a sector, if any."""
    fitting = [one for one in versions if one.sector in (sector, "both") and one.in_force.holds(day)]
    return fitting[-1] if fitting else None


class Dated(Strict):
    """Something with versions; one that is `as_before` takes from the one above it what it does not say itself."""

    @model_validator(mode="before")
    @classmethod
    def _as_before(cls, value: Any) -> Any:
        versions = value.get("versions") if isinstance(value, dict) else None
        if not isinstance(versions, list):
            return value
        whole: list[Any] = []
        for version in versions:
            repeats = isinstance(version, dict) and version.get("as_before") is True and whole
            above = whole[-1] if repeats and isinstance(whole[-1], dict) else {}
            own = {key: one for key, one in version.items() if key != "as_before"} if repeats else version
            whole.append({**above, **own} if repeats else version)
        return {**value, "versions": whole}


class Obligation(Dated):
    """One duty, with the versions in which it held."""

    id: Annotated[str, Field(pattern=r"^[A-Z]+-[A-Za-z0-9]+$")]
    group: Group
    versions: list[Version] = Field(min_length=1)

    @model_validator(mode="wrap")
    @classmethod
    def _only_if_listed(cls, value: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        """Only the duties that a kader lists must speak of its events; the others are checked for their form."""
        context = info.context if isinstance(info.context, dict) else {}
        listed, events = context.get("listed"), context.get("events")
        if listed is None or not isinstance(value, dict) or value.get("id") in listed:
            return handler(value)
        try:
            context["events"] = None
            return handler(value)
        finally:
            context["events"] = events

    @model_validator(mode="after")
    def _one_at_a_time(self) -> Self:
        for sector in ("po", "vo"):
            own = sorted(
                (v.in_force for v in self.versions if v.sector in (sector, "both")), key=lambda period: period.start
            )
            for before, after in pairwise(own):
                if before.until is None or before.until >= after.start:
                    values = {"id": self.id, "sector": sector, "start": after.start.isoformat()}
                    raise PydanticCustomError("kader.overlap", "overlap", values)
        return self

    @property
    def in_law(self) -> bool:
        """Whether any version rests on the law, and not on case law or practice alone."""
        return any(version.basis == "law" for version in self.versions)

    def starting(self, day: date) -> Obligation:
        """The same duty, in force no earlier than a day."""
        versions = [
            version.model_copy(update={"in_force": version.in_force.model_copy(update={"start": day})})
            if version.in_force.start < day
            else version
            for version in self.versions
            if version.in_force.until is None or version.in_force.until >= day
        ]
        return self.model_copy(update={"versions": versions})

    def on(self, day: date, sector: Sector) -> Version | None:
        """The version that holds on a day in a sector, if any."""
        return held(self.versions, day, sector)
