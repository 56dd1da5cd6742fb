"""Kinds of fields that many files share: dates, texts in several languages, references to known names."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, LiteralString

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from simulator.base import days
from simulator.base.validation import Strict

Sector = Literal["po", "vo"]
Confidence = Literal["read", "seen", "derived", "given", "known", "assumed", "unverified"]


def no_date(text: str) -> tuple[LiteralString, LiteralString, dict[str, str]]:
    """What is wrong with a text that is no date, as an error of pydantic: its form, with the date in it, or the date."""
    if meant := days.meant(text):
        return "value.date_form", "date", {"value": text, "meant": meant.isoformat()}
    return "value.date", "date", {"value": text}


def _as_date(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return days.parse(str(value))
    except ValueError:
        raise PydanticCustomError(*no_date(str(value))) from None


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


ASSUMPTION = Text(
    nl="aanname van dit model; geen cijfer gevonden in openbare bronnen",
    en="assumption of this model; no figure found in public sources",
)


class Sourced(Strict):
    """Something with an origin: every parameter, step and duty says where it comes from and how sure that is.

    What is assumed needs no source of its own; everything else does.
    """

    source: str | Text
    confidence: Confidence
    note: str | Text = ""

    @model_validator(mode="before")
    @classmethod
    def _assumed(cls, value: Any) -> Any:
        if isinstance(value, dict) and value.get("confidence") == "assumed":
            return {"source": ASSUMPTION, **value}
        return value
