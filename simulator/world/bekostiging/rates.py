"""The amounts of every year as arrays of cents: what was read, and what is carried on from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.base.errors import InputError, Problem
from simulator.base.language import say
from simulator.world.bekostiging import cents
from simulator.world.bekostiging.data import AGES, LGF, shipped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.world.bekostiging.data import Bekostiging, Index, Line, OldSpecial, Rate, Special

Array = np.ndarray
SECTORS = ("po", "vo")
INDEX = "bekostiging_index"
SHARE = "verevening_"
"""Names of the parameters of a kader that take the place of numbers in the file: `verevening_2016` is a share."""


@dataclass(frozen=True)
class Amounts:
    """Amounts in cents.

    Attributes:
        data: the file they come from.
        years: school years, by the calendar year in which each begins; Y of them.
        calendar: calendar years, one more than the school years, since a school year ends in the next one; C of them.
        rates: per name an array (sector, Y or C).
        special_personnel, special_materieel: amounts per (v)so pupil, (Y, age, category) and (C, age, category).
        lgf: per name of an amount an array over `data.LGF`.
        norm_personnel, norm_materieel: of the correction, (sector,).
        old_personnel, old_materieel: amounts per (v)so pupil in the correction, (age, category).
        melt_personnel, melt_materieel: part of the correction left, with its index, in hundred millionths:
            (sector, Y), (sector, C).
        index: yearly change of the amounts after the last that was read.
        carried: per name the first year for which no amount was read.
        unsure: years of which the share of the verevening is unverified or assumed.
    """

    data: Bekostiging
    years: tuple[int, ...]
    calendar: tuple[int, ...]
    rates: dict[str, Array]
    special_personnel: Array
    special_materieel: Array
    lgf: dict[str, Array]
    norm_personnel: Array
    norm_materieel: Array
    old_personnel: Array
    old_materieel: Array
    melt_personnel: Array
    melt_materieel: Array
    index: float = 0.0
    carried: dict[str, int] = field(default_factory=dict)
    unsure: tuple[int, ...] = ()

    @property
    def counts(self) -> tuple[int, ...]:
        """The years of the teldata (1 October) that count: the year before each calendar year."""
        return tuple(year - 1 for year in self.calendar)

    @property
    def lines(self) -> list[Line]:
        """The lines of a money table."""
        return self.data.lines


def amounts(
    data: Bekostiging | None = None, *, index: float | None = None, shares: Mapping[int, float] | None = None
) -> Amounts:
    """The amounts of every school year of a file.

    Args:
        data: the file; else the one that comes with the program.
        index: yearly change of amounts after the last that was read; else that of the file.
        shares: of the correction by year, where they differ from the file.
    """
    data = data or shipped()
    yearly = data.index.value if index is None else index
    years = tuple(range(data.first_school_year, data.last_school_year + 1))
    calendar = (*years, years[-1] + 1)
    of = {"school_year": years, "calendar_year": calendar}
    melting = data.verevening
    left = {int(year): one.share for year, one in melting.shares.items()} | dict(shares or {})
    unsure = {int(year) for year, one in melting.shares.items() if one.confidence in ("unverified", "assumed")}
    rates = {name: _rate(rate, of[rate.per], yearly) for name, rate in data.rates.items()}
    lgf_names = [name for name in type(data.lgf["bao"]).model_fields if name.endswith(("personnel", "materieel"))]
    return Amounts(
        data, years, calendar, rates,
        _special(data.special["personnel"], of[data.special["personnel"].per], yearly),
        _special(data.special["materieel"], of[data.special["materieel"].per], yearly),
        {name: np.array([cents.of_euros(getattr(data.lgf[kind], name)) for kind in LGF]) for name in lgf_names},
        np.array([cents.of_euros(getattr(melting.norm_personnel, sector)) for sector in SECTORS]),
        np.array([cents.of_euros(getattr(melting.norm_materieel, sector)) for sector in SECTORS]),
        _old(melting.special_personnel), _old(melting.special_materieel),
        _melt(left, melting.index_personnel, years, yearly), _melt(left, melting.index_materieel, calendar, yearly),
        yearly, _carried(data, of), tuple(sorted(unsure)),
    )  # fmt: skip


def in_place_of_amounts(name: str) -> bool:
    """Whether a parameter takes the place of a number in the file."""
    return name == INDEX or name.removeprefix(SHARE).isdigit()


def of_parameters(parameters: Mapping[str, Any], data: Bekostiging | None = None) -> Amounts:
    """The amounts with what the parameters of a kader or scenario set otherwise: `bekostiging_index`, `verevening_2016`.

    Raises:
        InputError: one of them is not a fixed value.
    """
    own = {name: one for name, one in parameters.items() if in_place_of_amounts(name)}
    if drawn := sorted(name for name, one in own.items() if not hasattr(one, "value")):
        raise InputError([Problem(say("bekostiging.fixed", name=name)) for name in drawn])
    values = {name: float(one.value) for name, one in own.items()}
    index = values.pop(INDEX, None)
    return amounts(data, index=index, shares={int(name.removeprefix(SHARE)): one for name, one in values.items()})


def _series(read: Mapping[str, float], years: tuple[int, ...], index: float, *, ends: bool = False) -> list[float]:
    """The value of each year: nothing before the first that was read; the last one before it; that one indexed after."""
    if not read:
        return [0.0] * len(years)
    known = {int(year): value for year, value in read.items()}
    last = max(known)
    found = []
    for year in years:
        earlier = [one for one in known if one <= year]
        if not earlier or (ends and year > last):
            found.append(0.0)
        else:
            grown = (1 + index) ** (year - last) if year > last else 1.0
            found.append(known[max(earlier)] * grown)
    return found


def _rate(rate: Rate, years: tuple[int, ...], index: float) -> Array:
    return np.array([
        [cents.of_euros(value) for value in _series(getattr(rate, sector), years, index, ends=rate.ends)]
        for sector in SECTORS
    ])  # fmt: skip


def _special(special: Special, years: tuple[int, ...], index: float) -> Array:
    found = np.zeros((len(years), len(AGES), 3), dtype=np.int64)
    for age, name in enumerate(AGES):
        levels: dict[str, list[float]] = getattr(special, name)
        for category in range(3):
            values = _series({year: level[category] for year, level in levels.items()}, years, index)
            found[:, age, category] = [cents.of_euros(value) for value in values]
    return found


def _old(special: OldSpecial) -> Array:
    return np.array([[cents.of_euros(value) for value in getattr(special, name)] for name in AGES])


def _melt(left: Mapping[int, float], index: Index, years: tuple[int, ...], yearly: float) -> Array:
    """What is left of the correction per year, with its index, in hundred millionths: (sector, years)."""
    parts = _series({str(year): share for year, share in left.items()}, years, 0.0)
    found = []
    for sector in SECTORS:
        raised = _series({year: 1 + value for year, value in getattr(index, sector).items()}, years, yearly)
        found.append([cents.factor(part * rise) for part, rise in zip(parts, raised, strict=True)])
    return np.array(found, dtype=np.int64)


def _carried(data: Bekostiging, of: Mapping[str, tuple[int, ...]]) -> dict[str, int]:
    """Per line or rate the first year within the table for which no amount was read."""
    read = {
        name: (rate.per, [int(year) for sector in SECTORS for year in getattr(rate, sector)])
        for name, rate in data.rates.items()
        if not rate.ends
    }
    for name, special in data.special.items():
        read[f"special_{name}"] = special.per, [int(year) for age in AGES for year in getattr(special, age)]
    return {name: max(years) + 1 for name, (per, years) in read.items() if years and max(years) < of[per][-1]}
