"""What comes from outside and changes the pupils of an swv, or its correction, from a day on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

import numpy as np

from simulator.world.bekostiging.cents import of_euros
from simulator.world.bekostiging.people import rounded, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.world.bekostiging.people import People
    from simulator.world.bekostiging.rates import Amounts

Array = np.ndarray
Kind = Literal["krimp", "growth", "growth_within_year", "verevening"]
_DAYS = 365.2425


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


def last_day(kind: Kind, amounts: Amounts) -> date | None:
    """The last day from which a change still changes money of a table; None when it changes none from any day.

    Args:
        kind: of the change.
        amounts: which days count, and in which school years something of the correction is left.
    """
    days = Days.of(amounts)
    if kind == "krimp":  # it comes little by little, from the day after
        return days.counts[-1] - timedelta(days=1)
    if kind == "growth":
        return days.counts[-1]
    if kind == "growth_within_year":  # of the last count only the money for material is of this table
        return max((day for day in days.references[: len(amounts.years)] if day is not None), default=None)
    left = [year for year, parts in zip(amounts.years, amounts.melt_personnel.T, strict=True) if parts.any()]
    return date(left[-1], 8, 1) if left else None


def changed(people: People, changes: Sequence[Change], amounts: Amounts) -> People:
    """The pupils with changes laid over them, in whole pupils; swv over which none comes stay as they are.

    Pupils who come between teldatum and peildatum keep their own ages and categories; those whom a change adds have
    those of the (v)so pupils.

    Args:
        people: as counted, planned or made from shares.
        changes: in any order.
        amounts: which days count.
    """
    if not changes:
        return people
    days = Days.of(amounts)
    fewer, more, within = np.ones(people.pupils.shape), np.ones(people.pupils.shape), np.zeros(people.pupils.shape)
    for one in changes:
        size = one.sizes()[:, None]
        if one.kind == "krimp":
            fewer = fewer * np.clip(1 - size, 0, None) ** days.since(one.start)
        elif one.kind == "growth":
            more = more * np.where(days.counted(one.start), 1 + size, 1.0)
        elif one.kind == "growth_within_year":
            within = within + np.where(days.referred(one.start), size, 0.0)
    pupils = rounded(people.pupils * fewer)
    before = _of(people.special)
    special = np.minimum(rounded(before * fewer * more), np.maximum(pupils, rounded(before * fewer)))
    kept, come = _of(people.growth) * fewer * more, special * np.clip(within, 0, 1)
    parts = _parts(people.special)
    weight = kept[..., None, None] * _parts(people.growth) + come[..., None, None] * parts
    return replace(
        people, pupils=pupils, sbo=rounded(people.sbo * fewer), sbo_growth=rounded(people.sbo_growth * fewer),
        special=spread(special, parts), growth=spread(rounded(kept + come), _parts(weight)),
        shift=people.shift + _shift(people, changes),
    )  # fmt: skip


def _of(many: Array) -> Array:
    """All ages and categories together."""
    return np.asarray(many.sum(axis=(2, 3)))


def _parts(many: Array) -> Array:
    """The part of every age and category in all together; nothing where there is nobody."""
    whole = _of(many)
    return np.asarray(many / np.where(whole > 0, whole, 1)[..., None, None])


def _shift(people: People, changes: Sequence[Change]) -> Array:
    """Cents added to the correction, for the school years that begin on or after the day of each change."""
    found = np.zeros(people.pupils.shape, dtype=np.int64)
    for one in changes:
        if one.kind == "verevening":
            per_pupil = np.array([of_euros(round(float(size), 2)) for size in one.sizes()])
            starts = np.array([date(year + 1, 8, 1) >= one.start for year in people.counts])
            found = found + np.where(starts, (per_pupil * people.pupils_2011)[:, None], 0)
    return found
