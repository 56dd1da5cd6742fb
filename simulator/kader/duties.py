"""Duties in law as data: obligations with dated versions, due rules and requirements."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

import numpy as np
from pydantic import AfterValidator, BeforeValidator, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from simulator.base.days import NEVER, day_of
from simulator.base.fields import Date, Sector, Sourced, Text, known_name
from simulator.base.validation import Strict
from simulator.kader import content, terms, timing

if TYPE_CHECKING:
    from datetime import date

Actor = Literal["swv", "boards", "minister", "opr", "lcg", "school"]
Group = Literal["governance", "medezeggenschap", "plan", "procedure", "operation", "school", "finance", "preparation"]
EventName = Annotated[str, known_name("events")]
ObligationId = Annotated[str, known_name("obligations")]


def _timing(text: str, info: Any) -> str:
    try:
        expression = timing.parse(text)
    except timing.TimingError as error:
        raise PydanticCustomError(error.key, error.key, {"value": text, **error.values}) from None
    events = (info.context or {}).get("events")
    for name, _ in expression.names():
        if events is not None and name not in events:
            context = {"value": name, "kind": "events", "known": sorted(events)}
            raise PydanticCustomError("value.unknown_name", "unknown", context)
    return text


Timing = Annotated[str, AfterValidator(_timing)]
"""The text of a timing expression that has been parsed once."""


class Period(Strict):
    """From a day until and including another, or open."""

    start: Date = Field(alias="from")
    until: Date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until is not None and self.until < self.start:
            context = {"low": self.start.isoformat(), "high": self.until.isoformat()}
            raise PydanticCustomError("value.bounds", "bounds", context)
        return self

    def holds(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.start <= day and (self.until is None or day <= self.until)


class Due(Strict):
    """When a duty is due; exactly one of the forms of the field names below.

    `date` (with `strict`: before that day), `after` an event with a number of days, weeks, months or years (with
    `plain`: without the Algemene termijnenwet), `before` an event with a `latest` day, `every` year on `month` and `day`
    from `first`, `when` a condition holds (`then` another rule), or `standing`: from the day it is in force.
    """

    date: Date | None = None
    strict: bool = False
    after: EventName | None = None
    days: int | None = None
    weeks: int | None = None
    months: int | None = None
    years: int | None = None
    plain: bool = False
    before: EventName | None = None
    latest: Date | None = None
    every: Literal["year"] | None = None
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    first: int | None = None
    when: Timing | None = None
    then: Rule | None = None
    standing: bool = False

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        forms = [self.date, self.after, self.before, self.every, self.when, self.standing or None]
        lengths = [self.days, self.weeks, self.months, self.years]
        complete = self.after is None or sum(length is not None for length in lengths) == 1
        real_day = self.every is None or (self.day or 31) <= monthrange(self.first or 1970, self.month or 12)[1]
        if sum(form is not None for form in forms) != 1 or not complete or not real_day:
            raise PydanticCustomError("value.due", "due", {})
        return self

    def last_day(self, events: timing.Events) -> np.ndarray:
        """Last day on which the duty can still be done in time, per column; `NEVER` while that is open."""
        if self.date is not None:
            return np.asarray(day_of(self.date) - int(self.strict))
        if self.after is not None:
            unit = next(unit for unit in ("days", "weeks", "months", "years") if getattr(self, unit) is not None)
            return terms.last_day(events[self.after].day, getattr(self, unit), unit, plain=self.plain)  # type: ignore[arg-type]
        if self.before is not None:
            latest = day_of(self.latest) if self.latest else NEVER
            day = events[self.before].day
            return np.asarray(np.minimum(np.where(day >= NEVER, NEVER, day - 1), latest))
        if self.every is not None:
            first = np.datetime64(f"{self.first or 1970}-{self.month or 12:02d}-{self.day or 31:02d}", "D")
            return np.asarray(first.astype(np.int64))
        if self.when is not None:
            inner = self.then.last_day(events) if self.then else np.asarray(-NEVER)
            return np.where(timing.parse(self.when)(events).true, inner, NEVER)
        return np.asarray(-NEVER)


def _rule(value: Any) -> Any:
    return {"standing": True} if value == "none" else value


Rule = Annotated[Due, BeforeValidator(_rule)]
Due.model_rebuild()


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


_PLAN = {"sector": "po", "period": {"first_school_year": 2014, "school_years": 4}}
"""What a content check can ask of a plan besides its answers, to try it on."""


class Version(Sourced):
    """A duty as it held between two days."""

    sector: Literal["po", "vo", "both"]
    in_force: Period
    actor: Actor
    article: dict[Sector, str]
    due: Rule
    optional: bool = False
    requires: list[Annotated[Requirement, BeforeValidator(_requirement)]] = []
    checks: Checks
    parts: list[Part] = []
    text: Text
    evidence: Text
    last_checked: Date | None = None

    @model_validator(mode="after")
    def _articles(self) -> Self:
        for sector in ("po", "vo") if self.sector == "both" else (self.sector,):
            if sector not in self.article:
                raise PydanticCustomError("value.article", "article", {"value": sector})
        if (self.checks.content is not None) != bool(self.parts):
            raise PydanticCustomError("value.parts", "parts", {})
        if self.checks.content and (reason := content.unasked(self.checks.content, [p.key for p in self.parts], _PLAN)):
            raise PydanticCustomError("content.wrong", "CEL", {"expression": self.checks.content, "reason": reason})
        return self

    @property
    def counts(self) -> bool:
        """Whether a shortfall is a finding about the swv: its own duty, and not one of choice."""
        return self.actor == "swv" and not self.optional


class Obligation(Strict):
    """One duty, with the versions in which it held."""

    id: Annotated[str, Field(pattern=r"^[A-Z]+-[A-Za-z0-9]+$")]
    group: Group
    versions: list[Version] = Field(min_length=1)

    def on(self, day: date, sector: Sector) -> Version | None:
        """The version that holds on a day in a sector, if any."""
        fitting = [v for v in self.versions if v.sector in (sector, "both") and v.in_force.holds(day)]
        return fitting[-1] if fitting else None


class Catalogue(Strict):
    """All duties that a kader can draw on."""

    obligations: list[Obligation]
