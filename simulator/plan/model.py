"""A concept ondersteuningsplan as structured facts with their evidence."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.base.fields import Date, Sector, known_name
from simulator.base.validation import Strict

_ANSWERS = {"ja": True, "yes": True, "nee": False, "no": False}


def _answer(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in _ANSWERS:
        return _ANSWERS[value.lower()]
    raise PydanticCustomError("value.answer", "answer", {"value": str(value)})


class Answer(Strict):
    """The answer to one question, with the place in the document that shows it. Null: not filled in."""

    answer: Annotated[bool | None, BeforeValidator(_answer)] = None
    page: Annotated[int, Field(ge=1)] | None = None
    section: str | None = None
    quote: str | None = None

    @property
    def claimed(self) -> bool:
        """Whether a yes stands without page, section or quote."""
        return self.answer is True and not (self.page or self.section or self.quote)


class SchoolYears(Strict):
    """The school years that the plan covers; a school year begins on 1 August."""

    first_school_year: Annotated[int, Field(ge=2013, le=2100)]
    school_years: Annotated[int, Field(ge=1, le=10)]


def _not_happened(value: Any) -> Any:
    if isinstance(value, str) and value.lower() in ("nee", "no"):
        return False
    if value is False or value is None:
        return value
    raise PydanticCustomError("value.occurrence", "occurrence", {"value": str(value)})


Occurrence = Annotated[Annotated[bool | None, BeforeValidator(_not_happened)] | Date, Field(union_mode="left_to_right")]
"""A date; `false`: it has not happened; null or left out: not known."""

_Name = Annotated[str, known_name("events")]


class Plan(Strict):
    """A plan file.

    Attributes:
        answers: per duty, per part of the law's own question.
        events: what has really happened; per gemeente or swv for events with items.
    """

    title: str
    swv: Annotated[str, known_name("swv")]
    sector: Sector
    kader: str
    period: SchoolYears
    gemeenten: list[str] = []
    overlaps: list[Annotated[str, known_name("swv")]] = []
    answers: dict[str, dict[str, Answer]] = {}
    events: dict[_Name, dict[str, Occurrence] | Occurrence] = {}

    @model_validator(mode="after")
    def _fits(self) -> Any:
        if not self.swv.upper().startswith(self.sector.upper()):
            raise PydanticCustomError("value.sector", "sector", {"value": self.sector, "swv": self.swv})
        return self

    def items(self, kind: str) -> list[str]:
        """The gemeenten or overlapping swv that the plan names."""
        return self.gemeenten if kind == "gemeenten" else self.overlaps
