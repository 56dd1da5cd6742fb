"""Means and intervals over replications, alone and as paired differences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Array = np.ndarray

LEVEL = 0.95


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
    if len(there) == 1:
        return Estimate(mean, np.nan, np.nan, 1)
    half = _t(len(there) - 1) * float(np.std(there, ddof=1)) / len(there) ** 0.5
    low = mean - half if lowest is None else max(mean - half, lowest)
    high = mean + half if highest is None else min(mean + half, highest)
    return Estimate(mean, low, high, len(there))


def paired(base: Array, other: Array) -> Estimate:
    """The mean difference `other - base`, replication by replication."""
    return estimate(other - base, lowest=None)


def unpaired(base: Array, other: Array) -> Estimate:
    """The difference of means with Welch's interval, for runs that do not share their luck."""
    a, b = base[~np.isnan(base)], other[~np.isnan(other)]
    if len(a) < 2 or len(b) < 2:
        return Estimate(
            float(np.mean(b) - np.mean(a)) if len(a) and len(b) else np.nan, np.nan, np.nan, min(len(a), len(b))
        )
    parts = [float(np.var(x, ddof=1)) / len(x) for x in (a, b)]
    difference, spread = float(np.mean(b) - np.mean(a)), sum(parts)
    if spread == 0:
        return Estimate(difference, difference, difference, min(len(a), len(b)))
    freedom = spread**2 / sum(part**2 / (len(x) - 1) for part, x in zip(parts, (a, b), strict=True))
    half = _t(freedom) * spread**0.5
    return Estimate(difference, difference - half, difference + half, min(len(a), len(b)))


def _t(freedom: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1 + LEVEL) / 2))
