"""What a figure cannot pass, by what it measures, and its mean with an interval that keeps within that."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simulator.outcomes import statistics
from simulator.world.bekostiging.figures import SIGNED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.kader.model import KaderFile, Kpi
    from simulator.outcomes.statistics import Array, Estimate

Limits = tuple[float | None, float | None]
"""The lowest and the highest that a figure can be; None where there is no end."""


def of(file: KaderFile, kpi: Kpi) -> Limits:
    """The limits of a figure of a kader.

    Shares lie between 0 and 1. What is counted, and the time and money that something takes, is 0 or more. What an swv is
    like lies between the bounds of that attribute: days that are left over can be below zero, and so can a change.
    """
    if kpi.unit == "share":
        return 0, 1
    if kpi.kind != "attribute":
        return 0, None
    attribute = file.attributes[str(kpi.attribute)]
    if attribute.money:
        return (None if attribute.money.figure in SIGNED else 0), None
    low, high = (bound if math.isfinite(bound) else None for bound in attribute.bounds)
    return low, high


def apart(low: float | None, high: float | None) -> float | None:
    """How far two values of a figure can differ; None where there is no end."""
    return None if low is None or high is None else high - low


def of_name(files: Iterable[KaderFile], name: str) -> Limits:
    """The limits of a figure by its name, `figure` or `figure.pool`, by the first kader that knows it."""
    known = ((file, kpi) for file in files for kpi in file.kpis if kpi.id in (name, name.partition(".")[0]))
    return next((of(file, kpi) for file, kpi in known), (None, None))


def estimate(files: Iterable[KaderFile], name: str, values: Array) -> Estimate:
    """The mean of a figure with its interval, cut at what the figure cannot pass.

    Args:
        files: kaders; the first that knows the figure says what it is.
        name: a figure, or `figure.pool`.
        values: one per replication.
    """
    low, high = of_name(files, name)
    return statistics.estimate(values, lowest=low, highest=high)
