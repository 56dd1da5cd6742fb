"""Duties in law as data: obligations with dated versions, due rules and requirements."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

import numpy as np
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from simulator.base.days import NEVER
from simulator.base.fields import Date, Sector, Sourced, Text, known_name
from simulator.base.validation import Strict
from simulator.kader import content, terms, timing

if TYPE_CHECKING:
    from collections.abc import Iterable
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
    _check_events(expression.names(), info)
    return text


Timing = Annotated[str, AfterValidator(_timing)]
"""The text of a timing expression that has been parsed once."""


def _moment(text: str, info: Any) -> str:
    try:
        point = timing.parse_point(text)
    except timing.TimingError as error:
        kind = "value.date" if text[:1].isdigit() else error.key
        raise PydanticCustomError(kind, "moment", {"value": text, "part": text, **error.values}) from None
    _check_events(point.names(), info)
    return text


def _check_events(names: Iterable[tuple[str, int]], info: Any) -> None:
    events = (info.context or {}).get("events")
    for name, _ in names:
        if events is not None and name not in events:
            context = {"value": name, "kind": "events", "known": sorted(events)}
            raise PydanticCustomError("value.unknown_name", "unknown", context)


Moment = Annotated[str, AfterValidator(_moment)]
"""A date, or a moment that follows from an event, such as `after(plan_start, months=-3)`."""


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

    `date` (a moment; with `strict`: before that day), `after` an event with a number of days, weeks, months or years
    (with `plain`: without the Algemene termijnenwet), `before` an event with a `latest` moment (`strict`: before that),
    `every` year on `month` and `day` from `first`, `when` a condition holds (`then` another rule), or `standing`: from
    the day it is in force.
    """

    date: Moment | None = None
    strict: bool = False
    after: EventName | None = None
    days: int | None = None
    weeks: int | None = None
    months: int | None = None
    years: int | None = None
    plain: bool = False
    before: EventName | None = None
    latest: Moment | None = None
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
        set_here = self.model_fields_set - {"standing"}
        form = next((name for name in _FORMS if name in set_here), "")
        stray = set_here - _FORMS.get(form, {form})
        if sum(form is not None for form in forms) != 1 or not complete or not real_day or stray:
            raise PydanticCustomError("value.due", "due", {})
        return self

    def last_day(self, events: timing.Events) -> np.ndarray:
        """Last day on which the duty can still be done in time, per column; `NEVER` while that is open."""
        if self.date is not None:
            return self._last(self.date, events)
        if self.after is not None:
            unit = next(unit for unit in ("days", "weeks", "months", "years") if getattr(self, unit) is not None)
            return terms.last_day(events[self.after].day, getattr(self, unit), unit, plain=self.plain)  # type: ignore[arg-type]
        if self.before is not None:
            latest = self._last(self.latest, events) if self.latest else np.asarray(NEVER)
            day = events[self.before].day
            return np.asarray(np.minimum(np.where(day >= NEVER, NEVER, day - 1), latest))
        if self.every is not None:
            first = np.datetime64(f"{self.first or 1970}-{self.month or 12:02d}-{self.day or 31:02d}", "D")
            return np.asarray(first.astype(np.int64))
        if self.when is not None:
            inner = self.then.last_day(events) if self.then else np.asarray(-NEVER)
            return np.where(timing.parse(self.when)(events).true, inner, NEVER)
        return np.asarray(-NEVER)

    def _last(self, moment: str, events: timing.Events) -> np.ndarray:
        """The day of a moment, or the day before it when the rule is strict."""
        day = timing.parse_point(moment).day(events)
        return np.where(day >= NEVER, NEVER, day - int(self.strict))


_FORMS = {
    "date": {"date", "strict"},
    "after": {"after", "days", "weeks", "months", "years", "plain"},
    "before": {"before", "latest", "strict"},
    "every": {"every", "month", "day", "first"},
    "when": {"when", "then"},
}
"""The keys that belong to each form of a due rule."""


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
    link: dict[Sector, str] = {}
    basis: Literal["law", "case_law", "practice"] = "law"
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

    @model_validator(mode="before")
    @classmethod
    def _as_before(cls, value: Any) -> Any:
        """A version that is `as_before` takes from the one above it what it does not say itself."""
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
        fitting = [v for v in self.versions if v.sector in (sector, "both") and v.in_force.holds(day)]
        return fitting[-1] if fitting else None


class Gap(Strict):
    """A time of which the law was not read: what was read last is carried over, as an assumption.

    Attributes:
        articles: how the articles begin that were not read.
    """

    sector: Sector
    articles: str
    start: Date = Field(alias="from")
    until: Date
    note: Text

    def covers(self, day: date, sector: Sector, article: str) -> bool:
        """Whether an article on a day was not read."""
        return sector == self.sector and self.start <= day <= self.until and article.startswith(self.articles)


class Choice(Strict):
    """One way to read the law where it leaves room: duties that begin on another day."""

    label: Text
    starts: dict[ObligationId, Date] = {}


class Setting(Strict):
    """A question that the texts leave open, and the ways in which it can be answered; the first is what is taken."""

    label: Text
    source: str
    choices: dict[str, Choice] = Field(min_length=1)


class Catalogue(Strict):
    """All duties that a kader can draw on.

    Attributes:
        read_until: the last day of which the law was read; what holds then is taken to go on.
        gaps: times before that of which it was not.
        settings: questions that the texts leave open.
    """

    read_until: Date
    gaps: list[Gap] = []
    settings: dict[str, Setting] = {}
    obligations: list[Obligation]
