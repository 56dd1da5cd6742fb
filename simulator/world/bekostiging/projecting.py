"""From pupils to money: every line of every swv in every year, by the formulas of the law.

Money for personnel follows the school year, money for material the calendar year; both follow the count of 1 October of the
year before. They are computed in their own year, and laid into the other by five and seven months (`cents`).

The sign of the verevening: the correction C is what an swv used in 2011 above the norm. It is *added* to the norm and melts
away, so that an swv with C above zero loses money on the way to 2020: that is called negative verevening. C below zero is
taken off, and what is taken off melts away: positive verevening.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.world.bekostiging import cents
from simulator.world.bekostiging.data import LINES
from simulator.world.bekostiging.table import MoneyTable

if TYPE_CHECKING:
    from simulator.world.bekostiging.people import People
    from simulator.world.bekostiging.rates import Amounts
    from simulator.world.bekostiging.table import Per

Array = np.ndarray
Lines = dict[str, Array]

TRANSITION = 2014
"""The school year in which the old money for lgf flows on."""


def correction(people: People, amounts: Amounts) -> tuple[Array, Array]:
    """The correction C of each swv, for personnel and for material, in cents: (n,) each.

    Wet passend onderwijs XIII-XVI: amounts of the (v)so pupils of 1 October 2011, plus the lgf money of the pupils in the
    schools of the swv, less the norm for all its pupils.
    """
    found = []
    for part, norm, old in (
        ("personnel", amounts.norm_personnel, amounts.old_personnel),
        ("materieel", amounts.norm_materieel, amounts.old_materieel),
    ):
        special = np.einsum("nac,ac->n", people.special_2011, old)
        lgf = people.lgf_2011 @ amounts.lgf[f"verevening_{part}"]
        found.append(special + lgf - people.pupils_2011 * norm[people.sector])
    return found[0], found[1]


def project(people: People, amounts: Amounts, per: Per = "school_year") -> MoneyTable:
    """The money of each swv per year.

    Args:
        people: pupils on the teldata that `amounts.counts` names.
        amounts: what each pupil brings and costs.
        per: school years (2013-2014 up to the last), or the calendar years that they touch.
    """
    corrections = correction(people, amounts)
    by_school_year = _personnel(people, amounts, corrections[0])
    by_calendar = _material(people, amounts, corrections[1])
    once = _transition(people, amounts)
    n, years = len(people.codes), len(amounts.years)
    if per == "school_year":
        cells = by_school_year | _to_school(by_calendar)
        for name, (school, autumn) in once.items():
            cells[name] = cells.get(name, np.zeros((n, years), dtype=np.int64)) + school + autumn
    else:
        cells = _to_calendar(by_school_year) | by_calendar
        later = _to_calendar({name: school for name, (school, _) in once.items()})
        for name, (_, autumn) in once.items():
            before = cells.get(name, np.zeros((n, years + 1), dtype=np.int64))
            cells[name] = before + later[name] + np.pad(autumn, ((0, 0), (0, 1)))
    order = [line.id for line in amounts.lines if line.id in LINES]
    shown = amounts.years if per == "school_year" else amounts.calendar
    return MoneyTable(
        people.codes, per, shown, np.array([cells[name] for name in order]), np.array(corrections),
        people.shift[:, :years], amounts,
    )  # fmt: skip


_TOGETHER = (
    ("special_personnel", "heavy_personnel", "verevening_personnel", "cut_personnel", "growth", "schools_heavy"),
    ("sbo_above", "light_personnel", "sbo_growth", "schools_light"),
    ("special_materieel", "heavy_materieel", "verevening_materieel", "cut_materieel"),
)
"""Lines that pay for each other. The first of each takes the cents that rounding the others leaves, so that what is left of
a part of the year is the part of what is left of the year, and never below nothing."""


def _autumns(lines: Lines) -> Lines:
    """Of every line the part of August to December."""
    found = {name: cents.autumn(values) for name, values in lines.items()}
    for first, *others in _TOGETHER:
        if first in lines:
            left = lines[first] + sum(lines[name] for name in others)
            found[first] = cents.autumn(left) - sum(found[name] for name in others)
    return found


def _to_school(calendar: Lines) -> Lines:
    """Calendar years laid into school years: August to December of one, January to July of the next."""
    autumns = _autumns(calendar)
    return {name: autumns[name][:, :-1] + (values - autumns[name])[:, 1:] for name, values in calendar.items()}


def _to_calendar(school: Lines) -> Lines:
    """School years laid into calendar years; the first has no spring, the last no autumn."""
    autumns = _autumns(school)
    return {
        name: np.pad(autumns[name], ((0, 0), (0, 1))) + np.pad(values - autumns[name], ((0, 0), (1, 0)))
        for name, values in school.items()
    }


def above_two_percent(people: People, amounts: Amounts, growth: Array | int = 0) -> Array:
    """Pupils in sbo above 2 percent of the pupils of each count, to a whole pupil (WPO 124(3), 118(6)): (n, T).

    Args:
        growth: by how many they are more on the day that is looked at.
    """
    threshold = cents.scaled(people.pupils, cents.factor(amounts.data.sbo_threshold.value))
    return np.asarray(np.maximum(people.sbo + growth - threshold, 0))


def capped(people: People, amounts: Amounts) -> tuple[Array, Array]:
    """Where the verevening takes all heavy support and would take more: school years (n, Y), calendar years (n, C)."""
    corrected = correction(people, amounts)
    years = slice(0, len(amounts.years))
    heavy = {part: amounts.rates[f"heavy_{part}"][people.sector] for part in ("personnel", "materieel")}
    material = cents.scaled(corrected[1][:, None], amounts.melt_materieel[people.sector])
    return (
        _melting(people, amounts, corrected[0]) < -people.pupils[:, years] * heavy["personnel"],
        material < -people.pupils * heavy["materieel"],
    )


def _melting(people: People, amounts: Amounts, corrected: Array) -> Array:
    """What is left of the correction for personnel, with what shocks add to it: (n, Y)."""
    shift = people.shift[:, : len(amounts.years)]
    return cents.scaled(corrected[:, None] + shift, amounts.melt_personnel[people.sector])


def _personnel(people: People, amounts: Amounts, corrected: Array) -> Lines:
    """The lines that follow the school year: (n, Y) each."""
    rate = {name: values[people.sector] for name, values in amounts.rates.items()}
    years = slice(0, len(amounts.years))
    pupils, sbo = people.pupils[:, years], people.sbo[:, years]
    light = (pupils - sbo) * rate["light_personnel"]
    heavy = pupils * rate["heavy_personnel"]
    verevening = np.maximum(_melting(people, amounts, corrected), -heavy)  # it can take no more than there is
    deduction = np.einsum("nyac,yac->ny", people.special[:, years], amounts.special_personnel)
    growth = np.einsum("nyac,yac->ny", people.growth[:, years], amounts.special_personnel)
    sbo_above = above_two_percent(people, amounts, people.sbo_growth)[:, years] * rate["sbo_above"]
    sbo_growth = people.sbo_growth[:, years] * rate["sbo_growth"]
    room = np.maximum(heavy + verevening - deduction, 0)
    return {
        "preparation": pupils * rate["preparation"],
        "light_personnel": light,
        "heavy_personnel": heavy,
        "verevening_personnel": verevening,
        "special_personnel": -deduction,
        "growth": -growth,
        "sbo_above": -sbo_above,
        "sbo_growth": -sbo_growth,
        "cut_personnel": np.maximum(deduction - heavy - verevening, 0),
        "schools_heavy": np.maximum(growth - room, 0),
        "schools_light": np.maximum(sbo_above + sbo_growth - light, 0),
    }


def _material(people: People, amounts: Amounts, corrected: Array) -> Lines:
    """The lines that follow the calendar year: (n, C) each."""
    rate = {name: values[people.sector] for name, values in amounts.rates.items()}
    light = (people.pupils - people.sbo) * rate["light_materieel"]
    heavy = people.pupils * rate["heavy_materieel"]
    verevening = np.maximum(cents.scaled(corrected[:, None], amounts.melt_materieel[people.sector]), -heavy)
    deduction = np.einsum("nyac,yac->ny", people.special, amounts.special_materieel)
    above = above_two_percent(people, amounts) * rate["sbo_above_materieel"]
    return {
        "light_materieel": light,
        "heavy_materieel": heavy,
        "verevening_materieel": verevening,
        "special_materieel": -deduction,
        "sbo_above_materieel": -np.minimum(above, light),
        "cut_materieel": np.maximum(deduction - heavy - verevening, 0),
    }


def _transition(people: People, amounts: Amounts) -> dict[str, tuple[Array, Array]]:
    """Money of the transition: per line what follows the school year, and what August to December bring: (n, Y) each."""
    years = len(amounts.years)
    nothing = np.zeros((len(people.codes), years), dtype=np.int64)

    def in_year(values: Array, year: int) -> Array:
        return np.where(np.array(amounts.years) == year, values[:, None], nothing)

    lgf, out = people.lgf_2013, people.opting_out
    respend = lgf @ amounts.lgf["respend_personnel"]
    respend_autumn = cents.autumn(lgf @ amounts.lgf["respend_materieel"])
    extra = people.pupils[:, :years] * amounts.rates["first_year_materieel"][people.sector]
    first, first_autumn = lgf @ amounts.lgf["first_year_personnel"], lgf @ amounts.lgf["first_year_materieel"]
    return {
        "heavy_materieel": (nothing, cents.autumn(extra)),
        "first_year_lgf": (in_year(first, TRANSITION), in_year(cents.autumn(first_autumn), TRANSITION)),
        "opting_out": (
            in_year(np.where(out, respend, 0), TRANSITION), in_year(np.where(out, respend_autumn, 0), TRANSITION)
        ),
        "herbesteding": (in_year(np.where(out, 0, respend), TRANSITION + 1), nothing),
        "to_providers": (
            in_year(np.where(out, 0, respend), TRANSITION), in_year(np.where(out, 0, respend_autumn), TRANSITION)
        ),
    }  # fmt: skip
