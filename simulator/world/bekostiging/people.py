"""The pupils behind the money of each swv: counted, or made from shares, trends and dated changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from simulator.world.bekostiging.cents import of_euros
from simulator.world.bekostiging.data import AGES, LGF
from simulator.world.bekostiging.rates import SECTORS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.world.bekostiging.rates import Amounts

Array = np.ndarray
Kind = Literal["krimp", "growth", "growth_within_year", "verevening"]
BASE, NOW = 2011, 2013
"""The year of the count behind the correction, and the year of the count that `pupils` and `special_share` mean."""
_PO_AGES = np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])[:, :, None]
_PO_LGF = np.array([[1.0, 1.0, 1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0, 1.0, 1.0]])
_DAYS = 365.2425


@dataclass(frozen=True)
class People:
    """Pupils of n swv on the teldata (1 October) of T years.

    In po `pupils` are those of basisscholen and sbo together, and the (v)so pupils are so pupils under 8 and of 8 and
    older; in vo they are the pupils of vo schools, and the (v)so pupils are vso pupils. In the count of 2011 so pupils of
    14 and older belong to vo (Wet passend onderwijs XIII and XV).

    Attributes:
        codes: of the swv.
        sector: 0 for po, 1 for vo: (n,).
        counts: the years of the teldata.
        pupils, sbo: whole numbers (n, T); sbo is part of pupils, and nothing in vo.
        special: pupils in the (v)so for whom the swv pays: (n, T, age, category).
        growth: by how many they are more on the peildatum that follows: (n, T, age, category).
        sbo_growth: the same for sbo: (n, T).
        pupils_2011, special_2011, lgf_2011: the count of 2011: (n,), (n, age, category), (n, kind of school).
        lgf_2013: pupils with lgf on 1 October 2013: (n, kind of school).
        opting_out: whether opting out was agreed for 2014-2015: (n,).
        shift: cents added to the correction for personnel, by count: (n, T).
    """

    codes: tuple[str, ...]
    sector: Array
    counts: tuple[int, ...]
    pupils: Array
    sbo: Array
    special: Array
    growth: Array
    sbo_growth: Array
    pupils_2011: Array
    special_2011: Array
    lgf_2011: Array
    lgf_2013: Array
    opting_out: Array
    shift: Array

    @classmethod
    def nobody(cls, codes: Sequence[str], sectors: Sequence[str], amounts: Amounts) -> People:
        """Swv without any pupil, to be filled in with `replace`."""
        n, years = len(codes), len(amounts.counts)
        many = np.zeros((n, years, len(AGES), 3), dtype=np.int64)
        each = np.zeros((n, years), dtype=np.int64)
        lgf = np.zeros((n, len(LGF)), dtype=np.int64)
        return cls(
            tuple(codes), np.array([SECTORS.index(sector) for sector in sectors]), amounts.counts, each, each, many, many,
            each, each[:, 0], many[:, 0], lgf, lgf, np.zeros(n, dtype=bool), each,
        )  # fmt: skip

    def only(self, numbers: list[int]) -> People:
        """Some of the swv, by their places."""
        there = np.array(numbers, dtype=np.int64)
        own: dict[str, Any] = {
            name: value[there] for name, value in vars(self).items() if isinstance(value, np.ndarray)
        }
        return replace(self, codes=tuple(self.codes[number] for number in numbers), **own)


@dataclass(frozen=True)
class Change:
    """Something from outside that changes the pupils or the correction of some swv from a day on.

    Attributes:
        start: the first day on which it works.
        kind: `krimp`: `size` is the part of the pupils that is lost each year, evenly over the year; (v)so and sbo fall
            along. `growth`: (v)so pupils on every later teldatum are `1 + size` times as many, while the count
            of 2011 stays. `growth_within_year`: `size` is added to the part of the (v)so pupils that comes between teldatum
            and peildatum. `verevening`: `size` euros per pupil of 2011 are added to the correction; above zero is a
            negative verevening.
        swv: for which swv it holds: booleans (n,).
        size: a number, or one per swv (n,).
    """

    start: date
    kind: Kind
    swv: Array
    size: Array | float

    def sizes(self) -> Array:
        """The size per swv, nothing where it does not hold."""
        return np.where(self.swv, self.size, 0.0)


def paths(
    codes: Sequence[str],
    sectors: Sequence[str],
    attributes: Mapping[str, Array],
    changes: Sequence[Change],
    amounts: Amounts,
) -> People:
    """The pupils of every teldatum from what an swv is like.

    Args:
        codes, sectors: of the n swv; sectors are `po` and `vo`.
        attributes: per name an array (n,). `pupils`: on 1 October 2013. `special_share`, `special_share_2011`: (v)so
            pupils as a share of pupils, in 2013 and 2011. `lgf_share_2011`: pupils with lgf as a share. `sbo_share`: sbo as
            a share of the pupils (po). `pupils_trend`, `special_trend`: yearly change of the pupils, and of the share in
            the (v)so. `growth_share`: (v)so pupils that come between teldatum and peildatum, as a share of those on the
            teldatum; the same for sbo.
            `opting_out` (may be left out): 1 where agreed.
        changes: what comes from outside; in any order.
        amounts: which years there are, and how pupils spread over ages and categories.
    """
    sector = np.array([SECTORS.index(one) for one in sectors])
    years = np.array(amounts.counts)
    known = {name: np.asarray(values, dtype=float) for name, values in attributes.items()}
    days = Days.of(amounts)
    pupils = _rounded(_pupils(known, years, changes, days))
    special = _rounded(pupils * _special_share(known, years, changes, days))
    within = _within(known, changes, days)
    mix = _mix(amounts)[sector]
    lgf = _lgf_mix(amounts)[sector]
    base = _rounded(known["pupils"] * (1 + known["pupils_trend"]) ** (BASE - NOW))
    sbo = _rounded(pupils * np.where(sector == 0, known["sbo_share"], 0.0)[:, None])
    with_lgf = _rounded(base * known["lgf_share_2011"])
    return People(
        tuple(codes), sector, amounts.counts, pupils, sbo, spread(special, mix[:, None]),
        spread(_rounded(special * within), mix[:, None]),
        _rounded(sbo * within),
        base, spread(_rounded(base * known["special_share_2011"]), mix),
        spread(with_lgf, lgf), spread(_rounded(with_lgf * (pupils[:, NOW - years[0]] / np.maximum(base, 1))), lgf),
        np.asarray(known.get("opting_out", np.zeros(len(codes)))) > 0, _shift(base, years, changes),
    )  # fmt: skip


def spread(totals: Array, parts: Array) -> Array:
    """Whole numbers spread over parts that add up to 1, so that they add up to the totals.

    Args:
        totals: whole numbers (...).
        parts: shares (..., k) or (..., k, l) that can be laid along the totals.
    """
    shape = np.broadcast_shapes((*totals.shape, *(1,) * (parts.ndim - totals.ndim)), parts.shape)
    flat = np.broadcast_to(parts, shape).reshape(*totals.shape, -1)
    steps = _rounded(np.cumsum(flat, axis=-1) * totals[..., None])
    return np.diff(steps, axis=-1, prepend=0).reshape(shape)


def _rounded(values: Array) -> Array:
    """Whole pupils; never below nobody."""
    return np.asarray(np.floor(np.maximum(values, 0.0) + 0.5), dtype=np.int64)


@dataclass(frozen=True)
class Days:
    """The days behind the counts: the teldatum of each, and the peildatum that follows it (None: there is none)."""

    counts: list[date]
    references: list[date | None]

    @classmethod
    def of(cls, amounts: Amounts) -> Days:
        """Those of the counts of a table, by the rule that holds for the school year that they are for."""
        rules = [amounts.data.counting(date(year + 1, 8, 1)) for year in amounts.counts]
        pairs = list(zip(amounts.counts, rules, strict=True))
        return cls([rule.count(year) for year, rule in pairs], [rule.reference(year) for year, rule in pairs])

    def since(self, start: date) -> Array:
        """Years (a fraction) from a day to each teldatum; nothing when that lies before it."""
        return np.array([max(0, (day - start).days) / _DAYS for day in self.counts])

    def counted(self, start: date) -> Array:
        """Whether a day has come on each teldatum."""
        return np.array([day >= start for day in self.counts])

    def referred(self, start: date) -> Array:
        """Whether a day has come on each peildatum."""
        return np.array([day is not None and day >= start for day in self.references])


def _pupils(known: Mapping[str, Array], years: Array, changes: Sequence[Change], days: Days) -> Array:
    found = known["pupils"][:, None] * (1 + known["pupils_trend"])[:, None] ** (years - NOW)
    for change in changes:
        if change.kind == "krimp":
            found = found * np.clip(1 - change.sizes(), 0, None)[:, None] ** days.since(change.start)
    return np.asarray(found)


def _special_share(known: Mapping[str, Array], years: Array, changes: Sequence[Change], days: Days) -> Array:
    """The share in the (v)so: along a line from 2011 to 2013, then by its trend; never more than all pupils."""
    first, now = known["special_share_2011"][:, None], known["special_share"][:, None]
    before = first + (now - first) * (years - BASE) / (NOW - BASE)
    found = np.where(years < NOW, before, now * (1 + known["special_trend"])[:, None] ** np.maximum(years - NOW, 0))
    for change in changes:
        if change.kind == "growth":
            found = found * np.where(days.counted(change.start), 1 + change.sizes()[:, None], 1.0)
    return np.asarray(np.clip(found, 0.0, 1.0))


def _within(known: Mapping[str, Array], changes: Sequence[Change], days: Days) -> Array:
    """The part that comes between each teldatum and the peildatum after it; nothing where there is no peildatum."""
    found = np.repeat(known["growth_share"][:, None], len(days.counts), axis=1)
    for change in changes:
        if change.kind == "growth_within_year":
            found = found + np.where(days.referred(change.start), change.sizes()[:, None], 0.0)
    there = np.array([day is not None for day in days.references])
    return np.asarray(np.where(there, np.clip(found, 0.0, 1.0), 0.0))


def _shift(base: Array, years: Array, changes: Sequence[Change]) -> Array:
    found = np.zeros((len(base), len(years)), dtype=np.int64)
    for change in changes:
        if change.kind == "verevening":
            per_pupil = np.array([of_euros(round(float(size), 2)) for size in change.sizes()])
            starts = np.array([date(int(year) + 1, 8, 1) >= change.start for year in years])
            found = found + np.where(starts, (per_pupil * base)[:, None], 0)
    return found


def _mix(amounts: Amounts) -> Array:
    """How the (v)so pupils of each sector spread: (sector, age, category)."""
    mix = amounts.data.national.special_mix
    return np.asarray(np.array([getattr(mix, age) for age in AGES])[None] * _PO_AGES)


def _lgf_mix(amounts: Amounts) -> Array:
    """How the pupils with lgf of each sector spread: (sector, kind of school)."""
    mix = amounts.data.national.lgf_mix
    return np.asarray(np.array([getattr(mix, kind) for kind in LGF])[None] * _PO_LGF)
