"""Kinds of fields that many files share: dates, texts in several languages, references to known names."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationInfo
from pydantic_core import PydanticCustomError

from simulator.base import days
from simulator.base.validation import Strict

Sector = Literal["po", "vo"]
Confidence = Literal["read", "seen", "derived", "given", "known", "assumed", "unverified"]


def _as_date(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return days.parse(str(value))
    except ValueError:
        raise PydanticCustomError("value.date", "date", {"value": str(value)}) from None


Date = Annotated[date, BeforeValidator(_as_date)]
"""A date written as yyyy-mm-dd that exists in the calendar."""


def known_name(kind: str) -> AfterValidator:
    """A validator that wants the name to be in the set `kind` of the validation context (when there is one)."""

    def check(name: str, info: ValidationInfo) -> str:
        names = (info.context or {}).get(kind)
        if names is not None and name not in names:
            context = {"value": name, "kind": kind, "known": sorted(names)}
            raise PydanticCustomError("value.unknown_name", "unknown", context)
        return name

    return AfterValidator(check)


class Text(BaseModel):
    """A text in every language that the data was written in; nl and en always."""

    model_config = ConfigDict(extra="allow", frozen=True)

    nl: str
    en: str


class Sourced(Strict):
    """Something with an origin: every parameter, step and duty says where it comes from and how sure that is."""

    source: str | Text
    confidence: Confidence
    note: str = ""
