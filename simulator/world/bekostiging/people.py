"""The pupils behind the money of each swv, as whole numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.world.bekostiging.data import AGES, LGF
from simulator.world.bekostiging.rates import SECTORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.world.bekostiging.rates import Amounts

Array = np.ndarray
BASE, NOW = 2011, 2013
"""The year of the count behind the correction, and the year of the last count before passend onderwijs."""


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

    def with_one(self, number: int, other: People) -> People:
        """The same with the pupils of one swv in the place of another's."""
        own: dict[str, Any] = {}
        for name, value in vars(self).items():
            if isinstance(value, np.ndarray):
                own[name] = value.copy()
                own[name][number] = getattr(other, name)[0]
        return replace(self, **own)


def spread(totals: Array, parts: Array) -> Array:
    """Whole numbers spread over parts that add up to 1, so that they add up to the totals.

    Args:
        totals: whole numbers (...).
        parts: shares (..., k) or (..., k, l) that can be laid along the totals.
    """
    shape = np.broadcast_shapes((*totals.shape, *(1,) * (parts.ndim - totals.ndim)), parts.shape)
    flat = np.broadcast_to(parts, shape).reshape(*totals.shape, -1)
    steps = rounded(np.cumsum(flat, axis=-1) * totals[..., None])
    return np.diff(steps, axis=-1, prepend=0).reshape(shape)


def rounded(values: Array) -> Array:
    """Whole pupils; never below nobody."""
    return np.asarray(np.floor(np.maximum(values, 0.0) + 0.5), dtype=np.int64)
