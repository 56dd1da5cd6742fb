"""What a plan file holds in tables: how the swv works, its goals, its money per year, and its decisions on pupils."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from simulator.base.fields import Date
from simulator.base.validation import Strict
from simulator.plan.evidence import Evidence
from simulator.plan.wordlists import words

Figure = float | str | None
_MOST_EUROS = 1e12


def _in_cents(euros: float) -> float:
    """An amount, when it is a whole number of cents beyond the noise of a sum in a workbook.

    Raises:
        PydanticCustomError: it has parts of a cent; they would be lost without a word.
    """
    cents = euros * 100
    if abs(cents - round(cents)) > max(1e-4, 1e-12 * abs(euros)):
        whole = Decimal(str(euros)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        context = {"value": str(euros), "hint": "hint.whole_cents", "rounded": str(whole)}
        raise PydanticCustomError("value.parts_of_cents", "cents", context)
    return euros


def _in_euros(value: Any) -> Any:
    """What stands where an amount is asked, when it is no percentage.

    Raises:
        PydanticCustomError: it is one; of what, nobody knows.
    """
    if isinstance(value, str) and value.rstrip().endswith("%"):
        raise PydanticCustomError("value.percent_for_euros", "euros", {"value": value, "hint": "hint.euros"})
    return value


def _no_fewer(value: Any) -> Any:
    """By how many pupils are more on the peildatum; fewer of them bring nothing back, and are no growth.

    Raises:
        PydanticCustomError: the number is below zero.
    """
    if isinstance(value, int) and value < 0:
        raise PydanticCustomError("value.growth_below_zero", "growth", {"value": str(value), "hint": "hint.no_growth"})
    return value


_EUROS = AfterValidator(_in_cents), BeforeValidator(_in_euros)
Amount = Annotated[float, Field(allow_inf_nan=False, ge=-_MOST_EUROS, le=_MOST_EUROS), *_EUROS]
Spent = Annotated[float, Field(allow_inf_nan=False, ge=0, le=_MOST_EUROS), *_EUROS]
Pupils = Annotated[int, Field(ge=0, le=1_000_000)]
Growth = Annotated[Pupils, BeforeValidator(_no_fewer)]
Levels = Annotated[list[Pupils], Field(min_length=3, max_length=3)]
LgfKind = Literal["bao", "bao_zmlk", "sbo", "vo", "vo_lg", "lwoo_pro"]
_LGF: dict[str, tuple[LgfKind, ...]] = {"po": ("bao", "bao_zmlk", "sbo"), "vo": ("vo", "vo_lg", "lwoo_pro")}
_COUNT_OF_2011 = 2011


class Organisation(Strict):
    """How the swv works, as far as its planning needs it.

    Attributes:
        opr_term_weeks: the term in which the OPR decides, in its reglement.
        board_meetings: the days on which the plan can be adopted.
        opr_meetings: the days on which the internal supervision spoke with the OPR.
    """

    opr_term_weeks: Annotated[int, Field(ge=1, le=26)] | None = None
    board_meetings: list[Date] = []
    opr_meetings: list[Date] = []


class Goal(Evidence):
    """A result that the plan aims at; what is left empty is not in the plan.

    Attributes:
        kind: in quality (`kwalitatief`) or in figures (`kwantitatief`).
        indicator: what is measured.
        baseline, target, achieved: values of the indicator: at the start, in `year`, and so far.
    """

    goal: str
    kind: Literal["kwalitatief", "kwantitatief"]
    indicator: str | None = None
    baseline: Figure = None
    target: Figure = None
    year: Annotated[int, Field(ge=2013, le=2100)] | None = None
    achieved: Figure = None


class MoneyYear(Evidence):
    """A calendar year of the multi-year budget, in euros.

    Attributes:
        support: the funding for support, light and heavy.
        verevening: the amount that is added or (below zero) taken away by the verevening; empty is not filled in.
        other: other income.
        schools: to the boards and schools.
        placements: to (v)so and sbo for the pupils placed there.
        office: the organisation of the swv itself.
        result: income less spending, as the plan states it; spending is written as it is, not below zero.
        reserve: what is left at the end of the year.
    """

    year: Annotated[int, Field(ge=2013, le=2100)]
    support: Spent | None = None
    verevening: Amount | None = None
    other: Amount = 0.0
    schools: Spent | None = None
    placements: Spent | None = None
    office: Spent | None = None
    result: Amount | None = None
    reserve: Amount | None = None

    @property
    def balance(self) -> float | None:
        """Income less spending, when both are filled in; a verevening that is not filled in adds nothing."""
        if self.support is None or self.schools is None or self.placements is None or self.office is None:
            return None
        return self.support + (self.verevening or 0.0) + self.other - self.schools - self.placements - self.office

    @property
    def income(self) -> float | None:
        """All income, before anything is taken off."""
        return None if self.support is None else self.support + (self.verevening or 0.0) + self.other


class PupilsYear(Evidence):
    """The pupils on the teldatum of a year, counted or expected: 1 October, from 2022 on 1 February.

    Attributes:
        pupils: of basisscholen and sbo together (po), or of the schools for vo.
        sbo: how many of them are in sbo; po only.
        so_young, so_older, vso: pupils in the (v)so for whom the swv pays, by category (low, middle, high): so pupils under
            8, so pupils of 8 and older, vso pupils. In 2011 the so pupils of 14 and older count for vo.
        growth, sbo_growth: by how many (v)so and sbo are more on the peildatum that follows.
        lgf: pupils with lgf by kind of school; wanted for 2011 and 2013.
    """

    year: Annotated[int, Field(ge=2011, le=2100)]
    pupils: Pupils
    sbo: Pupils = 0
    so_young: Levels = [0, 0, 0]
    so_older: Levels = [0, 0, 0]
    vso: Levels = [0, 0, 0]
    growth: Growth = 0
    sbo_growth: Growth = 0
    lgf: dict[LgfKind, Pupils] = {}

    @property
    def special(self) -> int:
        """All pupils in the (v)so."""
        return sum(self.so_young) + sum(self.so_older) + sum(self.vso)

    def of_other_sectors(self, sector: str) -> list[str]:
        """What is filled in and belongs to the other sector; so pupils are of vo in 2011 alone (14 and older)."""
        other = {
            "po": {"vso": sum(self.vso), **{f"lgf {kind}": self.lgf.get(kind, 0) for kind in _LGF["vo"]}},
            "vo": {
                "sbo": self.sbo, "sbo_growth": self.sbo_growth, "so_young": sum(self.so_young),
                "so_older": 0 if self.year == _COUNT_OF_2011 else sum(self.so_older),
                **{f"lgf {kind}": self.lgf.get(kind, 0) for kind in _LGF["po"]},
            },
        }  # fmt: skip
        return [name for name, number in other.get(sector, {}).items() if number]

    @model_validator(mode="after")
    def _parts(self) -> Any:
        for name, part in (
            ("sbo", self.sbo),
            ("(v)so", self.special),
            ("lgf", sum(self.lgf.values())),
            ("growth", self.growth),
            ("sbo_growth", self.sbo_growth),
        ):
            if part > self.pupils:
                context = {"name": name, "part": part, "pupils": self.pupils}
                raise PydanticCustomError("value.more_than_all", "more", context)
        return self


class Board(Evidence):
    """A school board that takes part.

    Attributes:
        sites: how many of its schools or vestigingen lie in the area; empty is not filled in.
    """

    name: Annotated[str, Field(min_length=1)]
    sites: Annotated[int, Field(ge=0, le=10_000)] | None = None


class Decision(Strict):
    """A decision on admissibility: a case number and the roles of the experts; never who the pupil or the expert is."""

    case: Annotated[str, Field(pattern=r"^[0-9A-Za-z/-]{1,20}$")]
    on: Date
    experts: list[str] = []

    @field_validator("experts")
    @classmethod
    def _roles(cls, roles: list[str]) -> list[str]:
        known = words().roles
        for role in roles:
            if role.lower() not in known:
                raise PydanticCustomError(
                    "value.unknown_name", "role", {"value": role, "kind": "experts", "known": known}
                )
        return roles
