"""The amounts behind the money of an swv as they stand in `data/bekostiging.yaml`, read strictly."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.base import resources, yamlfile
from simulator.base.fields import Date, Sourced, Text
from simulator.base.validation import Strict, validated

if TYPE_CHECKING:
    from pathlib import Path

PATH = resources.WORLD / "bekostiging.yaml"

AGES = ("so_young", "so_older", "vso")
"""Who is in the (v)so: so pupils under 8, so pupils of 8 and older, vso pupils."""
LgfKind = Literal["bao", "bao_zmlk", "sbo", "vo", "vo_lg", "lwoo_pro"]
LGF: tuple[LgfKind, ...] = ("bao", "bao_zmlk", "sbo", "vo", "vo_lg", "lwoo_pro")
"""Kinds of schools in which a pupil had lgf: the first three in po, the others in vo."""
_COMMON_YEAR = 2013
CATEGORIES = 3
"""Categories of support: low, middle, high."""


def _day(text: str, year: int) -> date:
    """The day of a year that `mm-dd` means."""
    month, day = map(int, text.split("-"))
    return date(year, month, day)


def _month_day(text: str) -> str:
    try:
        _day(text, _COMMON_YEAR)
    except ValueError:
        raise PydanticCustomError("bekostiging.month_day", "mm-dd", {"value": text}) from None
    return text


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


Year = Annotated[str, Field(pattern=r"^20[0-9]{2}$")]
Euros = Annotated[float, BeforeValidator(_number), Field(ge=0, le=1_000_000)]
Share = Annotated[float, BeforeValidator(_number), Field(ge=0, le=1)]
Change = Annotated[float, BeforeValidator(_number), Field(ge=-0.5, le=0.5)]
Levels = Annotated[list[Euros], Field(min_length=CATEGORIES, max_length=CATEGORIES)]
Parts = Annotated[list[Share], Field(min_length=CATEGORIES, max_length=CATEGORIES)]
MonthDay = Annotated[str, AfterValidator(_month_day)]
Per = Literal["school_year", "calendar_year"]


class Rate(Sourced):
    """An amount per pupil by year; a sector that is left out does not have it. `ends`: not carried on."""

    label: Text
    per: Per
    ends: bool = False
    po: dict[Year, Euros] = {}
    vo: dict[Year, Euros] = {}


class Special(Sourced):
    """Amounts per pupil of the (v)so by age, year and category."""

    label: Text
    per: Per
    so_young: dict[Year, Levels]
    so_older: dict[Year, Levels]
    vso: dict[Year, Levels]


class Lgf(Sourced):
    """Amounts per pupil with lgf, of one kind of school."""

    label: Text
    verevening_personnel: Euros
    verevening_materieel: Euros
    first_year_personnel: Euros
    first_year_materieel: Euros
    respend_personnel: Euros
    respend_materieel: Euros


class Norm(Sourced):
    """The norm per pupil within the correction."""

    po: Euros
    vo: Euros


class OldSpecial(Sourced):
    """Amounts per pupil of the (v)so within the correction, by age and category."""

    so_young: Levels
    so_older: Levels
    vso: Levels


class Index(Sourced):
    """By how much the correction is raised, by year."""

    po: dict[Year, Change]
    vo: dict[Year, Change]


class YearShare(Sourced):
    """The part of the correction that is left in a year."""

    share: Share


class Verevening(Strict):
    """How the correction of an swv is computed, and how it melts away."""

    count: Date
    norm_personnel: Norm
    norm_materieel: Norm
    special_personnel: OldSpecial
    special_materieel: OldSpecial
    index_personnel: Index
    index_materieel: Index
    shares: dict[Year, YearShare]


class Setting(Sourced):
    """One number: a yearly change."""

    value: Change


class Threshold(Sourced):
    """One number: a share."""

    value: Share


class Teldatum(Sourced):
    """From when on which day counts (mm-dd), and up to which day growth is paid; `chosen`: the plan may pick another."""

    start: Date = Field(alias="from")
    teldatum: MonthDay
    peildatum: MonthDay | None
    chosen: bool

    def count(self, year: int) -> date:
        """The teldatum in a year."""
        return _day(self.teldatum, year)

    def reference(self, year: int) -> date | None:
        """The peildatum that follows the teldatum of a year, when there is one."""
        return None if self.peildatum is None else _day(self.peildatum, year + 1)


class Signaleringswaarde(Sourced):
    """Own equity above a share of the income, and at least so many euros, can be too much."""

    from_year: int
    share_of_income: Share
    minimum: Annotated[float, BeforeValidator(_number), Field(ge=0)]

    @property
    def start(self) -> date:
        """The first day on which there was one."""
        return date(self.from_year, 1, 1)


class VangnetLaw(Sourced):
    """From when the law asks a vangnet for growth."""

    start: Date = Field(alias="from")


class Vangnet(Sourced):
    """How many pupils usually come to the (v)so after the teldatum, as a share of those who are there on it."""

    usual: Share


class Mix(Sourced):
    """How (v)so pupils spread over ages and categories: those of the so add up to 1, those of the vso too."""

    so_young: Parts
    so_older: Parts
    vso: Parts

    @model_validator(mode="after")
    def _whole(self) -> Any:
        return _add_up(self, [*self.so_young, *self.so_older], self.vso)


class BySector(Sourced):
    """A share per sector."""

    po: Share
    vo: Share


class Income(Sourced):
    """Gross income in euros per pupil, at the level of a year."""

    year: int
    po: Euros
    vo: Euros


class LgfMix(Sourced):
    """How pupils with lgf spread over kinds of schools: those of po add up to 1, those of vo too."""

    bao: Share
    bao_zmlk: Share
    sbo: Share
    vo: Share
    vo_lg: Share
    lwoo_pro: Share

    @model_validator(mode="after")
    def _whole(self) -> Any:
        return _add_up(self, [self.bao, self.bao_zmlk, self.sbo], [self.vo, self.vo_lg, self.lwoo_pro])


class National(Strict):
    """What a share stands for where nothing is counted."""

    special_mix: Mix
    lgf_part: BySector
    lgf_mix: LgfMix
    income: Income
    special_share: BySector


class Tolerance(Sourced):
    """How far a budget may be from what is computed: as a share, and in euros."""

    share: Share
    euros: Annotated[float, BeforeValidator(_number), Field(ge=0)]


class Line(Strict):
    """A line of the money table, with how it comes about in words."""

    id: str
    kind: Literal["income", "cost", "repaid", "memo"]
    label: Text
    formula: Text
    article: str


class Bekostiging(Strict):
    """The whole file; see its comments for the meaning of each part."""

    first_school_year: Annotated[int, Field(ge=2013, le=2100)]
    last_school_year: Annotated[int, Field(ge=2013, le=2100)]
    rates: dict[str, Rate]
    special: dict[Literal["personnel", "materieel"], Special]
    lgf: dict[LgfKind, Lgf]
    verevening: Verevening
    index: Setting
    sbo_threshold: Threshold
    teldata: Annotated[list[Teldatum], Field(min_length=1)]
    signaleringswaarde: Signaleringswaarde
    vangnet_law: VangnetLaw
    vangnet: Vangnet
    national: National
    remarks: Tolerance
    lines: list[Line]

    def counting(self, day: date) -> Teldatum:
        """Which day counts for the money of a day; before the first rule: by that one."""
        held = [rule for rule in self.teldata if rule.start <= day]
        return max(held, key=lambda rule: rule.start) if held else self.teldata[0]

    @model_validator(mode="after")
    def _complete(self) -> Any:
        missing = [name for name in NEEDED if name not in self.rates]
        missing += [f"special.{name}" for name in ("personnel", "materieel") if name not in self.special]
        named = [line.id for line in self.lines]
        missing += [f"lines.{name}" for name in LINES if name not in named]
        missing += [f"lgf.{name}" for name in LGF if name not in self.lgf]
        if missing:
            raise PydanticCustomError("bekostiging.incomplete", "incomplete", {"names": ", ".join(missing)})
        if self.last_school_year < self.first_school_year:
            context = {"low": str(self.first_school_year), "high": str(self.last_school_year)}
            raise PydanticCustomError("value.bounds", "bounds", context)
        return self


NEEDED = (
    "preparation", "light_personnel", "light_materieel", "heavy_personnel", "heavy_materieel", "first_year_materieel",
    "sbo_growth", "sbo_above", "sbo_above_materieel",
)  # fmt: skip
LINES = (
    "preparation", "light_personnel", "light_materieel", "heavy_personnel", "heavy_materieel", "verevening_personnel",
    "verevening_materieel", "first_year_lgf", "opting_out", "special_personnel", "special_materieel", "growth",
    "sbo_above", "sbo_above_materieel", "sbo_growth", "cut_personnel", "cut_materieel", "schools_heavy",
    "schools_light", "herbesteding", "to_providers",
)  # fmt: skip
"""What the model computes; the file says how each line is called."""


def _add_up(value: Any, *groups: list[float]) -> Any:
    """The value, when each of its groups of shares adds up to 1."""
    for group in groups:
        if abs(sum(group) - 1) > 1e-9:
            raise PydanticCustomError("bekostiging.whole", "whole", {"total": f"{sum(group):.6g}"})
    return value


def read(path: Path) -> Bekostiging:
    """A file with amounts.

    Raises:
        InputError: with every problem of the file.
    """
    return validated(Bekostiging, yamlfile.read(path), "bekostiging")


@cache
def shipped() -> Bekostiging:
    """The amounts that come with the program."""
    return read(PATH)
