"""When a duty is due: rules over the days of events, as data."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

import numpy as np
from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.base.days import NEVER
from simulator.base.fields import Date, known_name
from simulator.base.validation import Strict
from simulator.kader import terms, timing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_DAYS = 36_500
"""A term is no longer than a hundred years."""
EventName = Annotated[str, known_name("events")]


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
            context = {"start": self.start.isoformat(), "until": self.until.isoformat()}
            raise PydanticCustomError("value.days_before", "days", context)
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
    days: Annotated[int, Field(ge=-_DAYS, le=_DAYS)] | None = None
    weeks: Annotated[int, Field(ge=-_DAYS // 7, le=_DAYS // 7)] | None = None
    months: Annotated[int, Field(ge=-1200, le=1200)] | None = None
    years: Annotated[int, Field(ge=-100, le=100)] | None = None
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
