"""Means and intervals over replications, alone and as differences; p-values, alone and corrected for how many there are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Array = np.ndarray

LEVEL = 0.95
_TWO = 2


@dataclass(frozen=True)
class Estimate:
    """A mean with the two-sided 95% Student t interval around it; the bounds are NaN for fewer than two values.

    Attributes:
        n: number of replications it rests on.
    """

    mean: float
    low: float
    high: float
    n: int


def estimate(values: Array, *, lowest: float | None = 0, highest: float | None = None) -> Estimate:
    """The mean of the values that are there (NaN: there was nothing to measure).

    Args:
        values: one per replication.
        lowest, highest: what the figure cannot pass; the interval is cut there.
    """
    there = values[~np.isnan(values)]
    if len(there) == 0:
        return Estimate(np.nan, np.nan, np.nan, 0)
    mean = float(np.sum(there) / len(there))
    if len(there) < _TWO:
        return Estimate(mean, np.nan, np.nan, 1)
    half = t(len(there) - 1) * float(np.std(there, ddof=1)) / len(there) ** 0.5
    low = mean - half if lowest is None else max(mean - half, float(lowest))
    high = mean + half if highest is None else min(mean + half, float(highest))
    return Estimate(mean, low, high, len(there))


def proportion(hits: int, n: int) -> Estimate:
    """A share with its 95% interval (Wilson 1927, without correction for continuity).

    Args:
        hits: how many of `n` there are.
        n: at least 1.
    """
    z = 1.959963984540054
    share = hits / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * (share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5 / (1 + z * z / n)
    low, high = (0.0 if hits == 0 else centre - half), (1.0 if hits == n else centre + half)
    return Estimate(share, low, high, n)


@dataclass(frozen=True)
class Difference:
    """A difference of means `other - base` with its interval.

    Attributes:
        p: two-sided p-value of Student's t (paired) or Welch's test; NaN for fewer than two values.
        reduction: the share of the variance that pairing took away; NaN when not paired.
    """

    estimate: Estimate
    p: float
    reduction: float


def paired(base: Array, other: Array, *, most: float | None = None) -> Difference:
    """The mean difference, replication by replication.

    Args:
        base, other: one value per replication.
        most: how far two values can differ; the interval is cut there, the p-value is not.
    """
    there = ~np.isnan(base) & ~np.isnan(other)
    found = estimate(other - base, lowest=None if most is None else -most, highest=most)
    if found.n < _TWO:
        return Difference(found, np.nan, np.nan)
    spread = float(np.var((other - base)[there], ddof=1))
    apart = float(np.var(base[there], ddof=1) + np.var(other[there], ddof=1))
    error = (spread / found.n) ** 0.5
    return Difference(found, _p(found.mean, error, found.n - 1), 1 - spread / apart if apart else np.nan)


def unpaired(base: Array, other: Array, *, most: float | None = None) -> Difference:
    """The difference of means with Welch's interval, for runs that do not share their luck; `most` as in `paired`."""
    a, b = base[~np.isnan(base)], other[~np.isnan(other)]
    number = min(len(a), len(b))
    if number < _TWO:
        mean = float(np.mean(b) - np.mean(a)) if number else np.nan
        return Difference(Estimate(mean, np.nan, np.nan, number), np.nan, np.nan)
    parts = [float(np.var(x, ddof=1)) / len(x) for x in (a, b)]
    mean, spread = float(np.mean(b) - np.mean(a)), sum(parts)
    if spread == 0:
        return Difference(Estimate(mean, mean, mean, number), _p(mean, 0.0, 1), np.nan)
    freedom = spread**2 / sum(part**2 / (len(x) - 1) for part, x in zip(parts, (a, b), strict=True))
    error, end = spread**0.5, np.inf if most is None else most
    half = t(freedom) * error
    found = Estimate(mean, max(mean - half, -end), min(mean + half, end), number)
    return Difference(found, _p(mean, error, freedom), np.nan)


def _p(mean: float, error: float, freedom: float) -> float:
    """The two-sided p-value of a mean with its standard error; without any error it is 1 for zero and else 0."""
    from scipy.special import stdtr

    if error == 0:
        return 1.0 if mean == 0 else 0.0
    return float(2 * stdtr(freedom, -abs(mean) / error))


def holm(values: Array) -> Array:
    """P-values corrected for their number by Holm (1979), "A simple sequentially rejective multiple test procedure".

    Args:
        values: p-values; NaN stays NaN and does not count.
    """
    corrected = np.full(len(values), np.nan)
    there = np.flatnonzero(~np.isnan(values))
    order = there[np.argsort(values[there], kind="stable")]
    highest = 0.0
    for place, number in enumerate(order):
        highest = max(highest, min(1.0, (len(order) - place) * float(values[number])))
        corrected[number] = highest
    return corrected


def t(freedom: float, level: float = LEVEL) -> float:
    """The two-sided quantile of Student's t."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1 + level) / 2))
