"""A concept ondersteuningsplan as structured facts with their evidence."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, PlainValidator, Tag, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from simulator.base import days
from simulator.base.fields import Sector, known_name, no_date
from simulator.base.validation import Strict
from simulator.plan.details import Board, Decision, Goal, MoneyYear, Organisation, PupilsYear
from simulator.plan.evidence import Evidence

_EARLIEST, _LATEST = 1990, 2100
_ANSWERS = {"ja": True, "yes": True, "nee": False, "no": False}


def _answer(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in _ANSWERS:
        return _ANSWERS[value.lower()]
    raise PydanticCustomError("value.answer", "answer", {"value": str(value)})


class Answer(Evidence):
    """The answer to one question, with the place in the document that shows it. Null: not filled in."""

    answer: Annotated[bool | None, BeforeValidator(_answer)] = None

    @property
    def claimed(self) -> bool:
        """Whether a yes stands without page, section or quote, or was proposed and not yet accepted."""
        return self.answer is True and not self.shown


class SchoolYears(Strict):
    """The school years that the plan covers; a school year begins on 1 August."""

    first_school_year: Annotated[int, Field(ge=2013, le=2100)]
    school_years: Annotated[int, Field(ge=1, le=10)]


def _occurrence(value: Any) -> date | bool | None:
    if value is None or value is False or isinstance(value, date):
        return value
    if isinstance(value, str) and value.lower() in ("nee", "no"):
        return False
    text = str(value)
    try:
        day = days.parse(text)
    except ValueError:
        if text[:1].isdigit():
            raise PydanticCustomError(*no_date(text)) from None
        raise PydanticCustomError("value.occurrence", "occurrence", {"value": text}) from None
    if not _EARLIEST <= day.year <= _LATEST:
        raise PydanticCustomError("value.far", "far", {"value": text, "low": _EARLIEST, "high": _LATEST})
    return day


Occurrence = Annotated[Any, PlainValidator(_occurrence)]
"""A date; `false`: it has not happened; null or left out: not known."""

_Name = Annotated[str, known_name("events")]
_Events = dict[
    _Name,
    Annotated[
        Annotated[dict[str, Occurrence], Tag("items")] | Annotated[Occurrence, Tag("one")],
        Discriminator(lambda value: "items" if isinstance(value, dict) else "one"),
    ],
]


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _filled(answers: dict[str, dict[str, Answer]]) -> dict[str, dict[str, Answer]]:
    filled = {duty: {part: one for part, one in parts.items() if one != Answer()} for duty, parts in answers.items()}
    return {duty: parts for duty, parts in filled.items() if parts}


class Change(Strict):
    """An interim change of a running plan: what it says instead, and how it came about.

    Attributes:
        answers: the questions that the change answers anew, as in the plan.
        opr_consented, adopted, sent: dates; `false` when it has not happened, null when that is not known.
        oogo_held: per gemeente, where the change was talked over with them.
    """

    title: str
    answers: dict[str, dict[str, Answer]] = {}
    opr_consented: Occurrence = None
    oogo_held: dict[str, Occurrence] = {}
    adopted: Occurrence = None
    sent: Occurrence = None

    def in_force(self, day: date) -> bool:
        """Whether it is part of the plan on a day: adopted by then, with the consent of the OPR beforehand (WMS 14a)."""
        return isinstance(self.adopted, date) and self.adopted <= day and self.consented is True

    @property
    def consented(self) -> bool | None:
        """Whether the OPR had consented when the change was adopted; None when that is not filled in."""
        if self.opr_consented is None:
            return None
        both = isinstance(self.opr_consented, date) and isinstance(self.adopted, date)
        return both and self.opr_consented <= self.adopted


class Plan(Strict):
    """A plan file.

    Attributes:
        boards: the school boards that take part.
        answers: per duty, per part of the law's own question.
        goals, money: the tables behind the answers on results and budget; one row per goal, one per calendar year.
        pupils: the counts that the budget rests on, one row per 1 October.
        tlv: decisions on admissibility, by case number.
        events: what has really happened; per gemeente or swv for events with items.
        changes: of the running plan, in the order in which they were adopted.
        sources: where other things stand that the plan says, by their path in it: `title`, `gemeenten/Gouda`,
            `events/adopted`, `events/oogo_held/Gouda`.
    """

    title: str
    swv: Annotated[str, known_name("swv")]
    sector: Sector
    kader: str
    period: SchoolYears
    gemeenten: list[str] = []
    overlaps: list[Annotated[str, known_name("swv")]] = []
    boards: list[Board] = []
    answers: dict[str, dict[str, Answer]] = {}
    goals: list[Goal] = []
    money: list[MoneyYear] = []
    pupils: list[PupilsYear] = []
    tlv: list[Decision] = []
    organisation: Organisation = Organisation()
    events: _Events = {}
    changes: list[Change] = []
    sources: dict[str, Evidence] = {}

    @field_validator("sector")
    @classmethod
    def _fits(cls, sector: str, info: ValidationInfo) -> str:
        swv = str(info.data.get("swv", sector))
        if not swv.lower().startswith(sector):
            raise PydanticCustomError("value.sector", "sector", {"value": sector, "swv": swv})
        return sector

    @field_validator("gemeenten", "overlaps")
    @classmethod
    def _each_once(cls, names: list[str]) -> list[str]:
        for name in names:
            if names.count(name) > 1:
                raise PydanticCustomError("value.twice_in_list", "twice", {"value": name})
        return names

    @field_validator("boards")
    @classmethod
    def _each_board_once(cls, boards: list[Board]) -> list[Board]:
        cls._each_once([one.name for one in boards])
        return boards

    @field_validator("money", "pupils")
    @classmethod
    def _in_order(cls, years: list[Any]) -> list[Any]:
        for number, (before, year) in enumerate(pairwise(years), start=1):
            if year.year <= before.year:
                context = {"value": year.year, "before": before.year, "at": (number, "year")}
                raise PydanticCustomError("value.years", "years", context)
        return years

    @field_validator("pupils")
    @classmethod
    def _of_sector(cls, years: list[PupilsYear], info: ValidationInfo) -> list[PupilsYear]:
        sector = info.data.get("sector")
        for year in years:
            for name in year.of_other_sectors(str(sector)):
                context = {"value": name, "sector": sector, "year": year.year}
                raise PydanticCustomError("value.other_sector", "sector", context)
        return years

    @field_validator("overlaps")
    @classmethod
    def _others(cls, codes: list[str], info: ValidationInfo) -> list[str]:
        own = str(info.data.get("swv", ""))
        for code in codes:
            if own and code[:2] == own[:2]:
                raise PydanticCustomError("value.same_sector", "sector", {"value": code, "swv": own})
        return codes

    def items(self, kind: str) -> list[str]:
        """The gemeenten or overlapping swv that the plan names; of other lists it says nothing."""
        return {"gemeenten": self.gemeenten, "overlaps": self.overlaps}.get(kind, [])

    def stated(self) -> Plan:
        """The plan without what is left empty, which says as much as what is left out."""
        changes = [
            one.model_copy(update={"answers": _filled(one.answers), "oogo_held": _known(one.oogo_held)})
            for one in self.changes
        ]
        events = {name: _known(value) if isinstance(value, dict) else value for name, value in self.events.items()}
        return self.model_copy(
            update={
                "answers": _filled(self.answers),
                "events": {name: value for name, value in events.items() if value is not None and value != {}},
                "sources": {path: one for path, one in self.sources.items() if one != Evidence()},
                "changes": changes,
            }
        )

    def answers_on(self, day: date) -> dict[str, dict[str, Answer]]:
        """The answers as the plan stands on a day: its own, with those of the changes in force by then over them."""
        answers = dict(self.answers)
        for change in sorted((one for one in self.changes if one.in_force(day)), key=lambda one: one.adopted):
            for duty, parts in change.answers.items():
                answers[duty] = {**answers.get(duty, {}), **parts}
        return answers

    @property
    def name(self) -> str:
        """The title without the code of the swv at its end, for where the code follows."""
        return re.sub(rf"[\s(]*{self.swv}\)?$", "", self.title) or self.title

    def waiting(self, *path: str) -> str | None:
        """The source of something (`events`, `sent`), or of all it is part of, when no person accepted that yet."""
        for length in range(len(path), 0, -1):
            found = self.sources.get("/".join(path[:length]))
            if found is not None and found.state is not None:
                return "/".join(path[:length]) if found.state == "proposed" else None
        return None

    @property
    def known_events(self) -> dict[str, Any]:
        """The events as far as a person stands for them: a proposed date is not known."""
        return {name: self._known_event(name, value) for name, value in self.events.items()}

    def _known_event(self, name: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {item: None if self.waiting("events", name, item) else one for item, one in value.items()}
        return None if self.waiting("events", name) else value

    @property
    def known_meetings(self) -> list[date]:
        """The meetings with the OPR that a person stands for."""
        days = self.organisation.opr_meetings
        return [day for day in days if not self.waiting("organisation", "opr_meetings", str(day))]

    def unconsented(self, day: date) -> date | Literal[False] | None:
        """The first day by then on which a change was adopted without the consent of the OPR.

        False when there is none; None when of a change it is not filled in whether the OPR consented.
        """
        there = [one for one in self.changes if isinstance(one.adopted, date) and one.adopted <= day]
        without = [one.adopted for one in there if one.consented is False]
        unknown = any(one.consented is None for one in there)
        return min(without) if without else None if unknown else False
