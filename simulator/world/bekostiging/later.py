"""The money after the verevening, from 2020: own equity against the signaleringswaarde, and growth after the teldatum.

The yearly funding is no longer worked out from the amounts of 2015: it was not read. What is told is what the rules of
these years look at. Own equity above a share of the gross income (and at least a fixed amount) can be too much. And the
funding of a calendar year follows the count of 1 February of the year before: pupils who come to the (v)so after it, more
than usual, are paid for by the swv as the safety net (vangnet) of its plan says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.world.bekostiging.cents import divided, factor, of_euros, scaled
from simulator.world.bekostiging.data import AGES
from simulator.world.bekostiging.people import rounded
from simulator.world.bekostiging.rates import SECTORS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.kader.model import Kader, PlanPeriod
    from simulator.plan.details import MoneyYear, PupilsYear
    from simulator.plan.model import Plan
    from simulator.world.bekostiging.changing import Change
    from simulator.world.bekostiging.rates import Amounts
    from simulator.world.population import Swv

Array = np.ndarray
NEEDED = ("pupils", "reserve_share", "special_level", "growth_share")
"""The attributes that say what is looked at in these years."""
_EUROS = 100.0


@dataclass(frozen=True)
class LaterYear:
    """A calendar year of one swv; None is not filled in.

    Attributes:
        income: gross, in cents.
        reserve: own equity at the end of the year, in cents.
        most: the signaleringswaarde, in cents.
        count: the teldatum in the year; None where growth was still paid by the old rule.
        special, growth, usual: pupils in the (v)so on that day, those that came after it, and how many usually do.
        vangnet: what the growth above that costs in a whole year, in cents.
        price: what one (v)so pupil costs in a whole year, in cents.
    """

    year: int
    income: int | None
    reserve: int | None
    most: int | None
    count: date | None
    special: int | None
    growth: int | None
    usual: int | None
    vangnet: int | None
    price: int | None = None

    @property
    def above(self) -> int | None:
        """Cents of own equity above the signaleringswaarde; below zero: so much room is left."""
        return None if self.reserve is None or self.most is None else self.reserve - self.most


@dataclass(frozen=True)
class Later:
    """Calendar years (Y of them) of n swv, in cents and whole pupils: (n, Y) each; `reserve` (n,) is that of the start.

    The `price` is what one (v)so pupil costs in a whole year.
    """

    codes: tuple[str, ...]
    years: tuple[int, ...]
    counts: tuple[date | None, ...]
    income: Array
    reserve: Array
    most: Array
    special: Array
    growth: Array
    usual: Array
    vangnet: Array
    price: Array

    def of(self, number: int) -> list[LaterYear]:
        """The years of one swv."""
        return [
            LaterYear(
                year, int(self.income[number, place]), int(self.reserve[number]), int(self.most[number, place]), count,
                *(int(one[number, place]) for one in (self.special, self.growth, self.usual, self.vangnet, self.price)),
            )
            for place, (year, count) in enumerate(zip(self.years, self.counts, strict=True))
        ]  # fmt: skip

    def take(self, number: int, plan: Sequence[LaterYear]) -> None:
        """Lay what a plan says over what is drawn of one swv; its own equity is that of the first year that says it."""
        for one in plan:
            if one.year in self.years:
                place = self.years.index(one.year)
                for name in ("income", "most", "special", "growth", "usual", "vangnet", "price"):
                    if (value := getattr(one, name)) is not None:
                        getattr(self, name)[number, place] = value
        own = [one.reserve for one in plan if one.reserve is not None and one.year in self.years]
        if own:
            self.reserve[number] = own[0]

    def only(self, numbers: list[int]) -> Later:
        """Some of the swv, by their places."""
        own: dict[str, Any] = {
            name: value[numbers] for name, value in vars(self).items() if isinstance(value, np.ndarray)
        }
        return replace(self, codes=tuple(self.codes[number] for number in numbers), **own)

    def indicators(self) -> dict[str, Array]:
        """Figures per swv, (n,), in euros.

        Own equity above the signaleringswaarde and a month of gross income, both of the first year; cost of the vangnet.
        """
        return {
            "reserve_above_eur": np.maximum(self.reserve - self.most[:, 0], 0) / _EUROS,
            "vangnet_eur": self.vangnet.sum(axis=1) / _EUROS,
            "month_income_eur": divided(self.income[:, 0], 12) / _EUROS,
        }


def tells(kader: Kader) -> bool:
    """Whether a kader says of an swv what is looked at in these years."""
    return all(name in kader.file.attributes for name in NEEDED)


def years_of(period: PlanPeriod) -> range:
    """The calendar years of plans: those after the year in which they begin, up to that of their end."""
    return range(period.first_school_year + 1, period.first_school_year + period.school_years + 1)


def signaleringswaarde(income: Array, amounts: Amounts) -> Array:
    """Cents of own equity above which it can be too much: a share of the gross income, and at least a fixed amount."""
    rule = amounts.data.signaleringswaarde
    return np.asarray(np.maximum(scaled(income, factor(rule.share_of_income)), of_euros(rule.minimum)))


def _most(income: float, amounts: Amounts) -> int:
    """The same of one amount in euros, however large a plan says that it is."""
    rule = amounts.data.signaleringswaarde
    return max(of_euros(round(rule.share_of_income * income, 2)), of_euros(rule.minimum))


def names_by(figure: str, day: date, amounts: Amounts) -> bool:
    """Whether what a figure (of a year, or of an swv) is held against was there on a day."""
    since = {
        amounts.data.signaleringswaarde.start: ("most", "above", "reserve_above_eur"),
        amounts.data.vangnet_law.start: ("usual", "vangnet", "vangnet_eur"),
    }
    return all(start <= day for start, names in since.items() if figure in names)


def told_on(years: Sequence[LaterYear], day: date, amounts: Amounts) -> list[LaterYear]:
    """Years as they can be told of on a day: without a signaleringswaarde or vangnet that was not there yet.

    Nor does a year before the signaleringswaarde have one, or a year in which growth was still paid by the old rule any
    growth for the vangnet.
    """
    found = []
    for one in years:
        most = one.year >= amounts.data.signaleringswaarde.from_year and names_by("most", day, amounts)
        paid = one.count is not None and names_by("vangnet", day, amounts)
        found.append(replace(
            one, most=one.most if most else None, growth=None if one.count is None else one.growth,
            usual=one.usual if paid else None, vangnet=one.vangnet if paid else None,
        ))  # fmt: skip
    return found


def counted_on(year: int, amounts: Amounts) -> date:
    """The day in a year on which pupils are counted, by the rule of the end of that year."""
    return amounts.data.counting(date(year, 12, 31)).count(year)


def teldatum(year: int, amounts: Amounts) -> date | None:
    """The teldatum in a year; None where growth after it was still paid up to a peildatum."""
    rule = amounts.data.counting(date(year, 12, 31))
    return rule.count(year) if rule.peildatum is None else None


def vangnet(special: Array, growth: Array, per_pupil: Array, amounts: Amounts) -> tuple[Array, Array]:
    """How many pupils usually come after the teldatum, and what those above that cost in cents."""
    usual = divided(special * factor(amounts.data.vangnet.usual), factor(1))
    return usual, np.maximum(growth - usual, 0) * per_pupil


def _per_pupil(year: int, amounts: Amounts) -> Array:
    """Cents of a (v)so pupil in a year, by age and category; carried on from the last amount that was read."""
    place = amounts.years.index(min(year, amounts.years[-1]))
    grown = (1 + amounts.index) ** max(0, year - amounts.years[-1])
    whole = amounts.special_personnel[place] + amounts.special_materieel[place]
    return scaled(whole, factor(grown))


def drawn(
    swv: Sequence[Swv],
    attributes: Mapping[str, Array],
    years: Sequence[int],
    amounts: Amounts,
    plans: Mapping[str, Plan] | None = None,
    changes: Sequence[Change] = (),
) -> Later:
    """The later years of swv as they are drawn or given; what a plan says stands in the place of what is drawn.

    Args:
        swv: in the order of the arrays.
        attributes: those that `NEEDED` names, and `pupils_trend` when it is there: (n,) each.
        years: calendar years.
        amounts: the rules, and what a (v)so pupil costs.
        plans: plans by swv code.
        changes: from outside, laid over what is drawn and planned.
    """
    from simulator.world.bekostiging.shaking import shaken

    national, sector = amounts.data.national, np.array([SECTORS.index(one.sector) for one in swv])
    since = np.arange(len(years))
    trend = attributes.get("pupils_trend", np.zeros(len(swv)))
    pupils = rounded(attributes["pupils"][:, None] * (1 + trend)[:, None] ** since)
    per_pupil = np.array([of_euros(getattr(national.income, one)) for one in SECTORS])[sector]
    raised = np.array([factor((1 + amounts.index) ** max(0, year - national.income.year)) for year in years])
    income = scaled(pupils * per_pupil[:, None], raised)
    reserve = scaled(income[:, 0], np.array([factor(one) for one in attributes["reserve_share"]]))
    share = np.array([getattr(national.special_share, one) for one in SECTORS])[sector] * attributes["special_level"]
    special = rounded(pupils * np.clip(share, 0.0, 1.0)[:, None])
    counts = tuple(teldatum(year, amounts) for year in years)
    counted = np.array([one is not None for one in counts])
    growth = np.where(counted, rounded(special * np.clip(attributes["growth_share"], 0.0, 1.0)[:, None]), 0)
    mean = np.array([_mean_of_mix(year, amounts) for year in years]).T[sector]
    usual, cost = vangnet(special, growth, mean, amounts)
    found = Later(
        tuple(one.code for one in swv), tuple(years), counts, income, reserve, signaleringswaarde(income, amounts),
        special, growth, usual, cost, mean,
    )  # fmt: skip
    for number, one in enumerate(swv):
        if plans and one.code in plans:
            found.take(number, planned(plans[one.code], amounts))
    return shaken(found, changes, amounts) if changes else found


def _mean_of_mix(year: int, amounts: Amounts) -> list[int]:
    """Cents of a mean (v)so pupil per sector, by how they spread over the country."""
    mix, per_pupil = amounts.data.national.special_mix, _per_pupil(year, amounts)
    by_age = [float(np.dot(getattr(mix, age), per_pupil[number])) for number, age in enumerate(AGES)]
    return [round(by_age[0] + by_age[1]), round(by_age[2])]


def planned(plan: Plan, amounts: Amounts) -> list[LaterYear]:
    """The later years of the budget and the pupils of a plan."""
    money = {row.year: row for row in plan.money}
    pupils = {row.year: row for row in plan.pupils}
    years = sorted(year for year in {*money, *pupils} if year >= amounts.data.signaleringswaarde.from_year)
    return [_planned(year, money.get(year), pupils.get(year), amounts) for year in years]


def planned_year(row: MoneyYear, amounts: Amounts) -> LaterYear | None:
    """One year of the budget of a plan; None before the signaleringswaarde."""
    late = row.year >= amounts.data.signaleringswaarde.from_year
    return _planned(row.year, row, None, amounts) if late else None


def _planned(year: int, money: MoneyYear | None, pupils: PupilsYear | None, amounts: Amounts) -> LaterYear:
    income = None if money is None or money.income is None else of_euros(money.income)
    reserve = None if money is None or money.reserve is None else of_euros(money.reserve)
    most = None if money is None or money.income is None else _most(money.income, amounts)
    count = teldatum(year, amounts)
    if pupils is None or count is None:
        return LaterYear(year, income, reserve, most, count, None, None, None, None)
    levels = np.array([getattr(pupils, age) for age in AGES], dtype=np.int64)
    total = int(levels.sum())
    mean = divided((levels * _per_pupil(year, amounts)).sum(), max(total, 1))
    usual, cost = vangnet(np.array(total), np.array(pupils.growth), mean, amounts)
    return LaterYear(year, income, reserve, most, count, total, pupils.growth, int(usual), int(cost), int(mean))
