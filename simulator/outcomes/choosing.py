"""The best of several runs by one figure, with a stated chance of error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.outcomes import comparing, statistics

if TYPE_CHECKING:
    from simulator.outcomes.comparing import Comparison
    from simulator.outcomes.statistics import Estimate
    from simulator.outcomes.store import Run

ERROR = 0.05


@dataclass(frozen=True)
class Choice:
    """The runs of which any may be the best; the others are not, with at most this chance of error.

    Attributes:
        kept: ids of these runs, best mean first.
        means: per run id the mean of the figure.
    """

    kpi: str
    error: float
    lowest: bool
    kept: list[str]
    means: dict[str, Estimate]


def best(comparison: Comparison, kpi: str, *, lowest: bool = False, error: float = ERROR) -> Choice:
    """Select the best run by a figure.

    A run is dropped when another is better by more than chance, at error / (number of runs - 1) one-sided. By Bonferroni
    the truly best run then stays with at least 1 - error: subset selection as in Gupta (1965), with paired differences
    where the runs share their luck (as in Nelson and Matejcik 1995), else Welch's.

    Args:
        comparison: runs side by side.
        kpi: a figure that all runs have.
        lowest: whether less is better.
        error: chance that the best run is dropped.
    """
    runs = comparison.runs
    level = error / max(1, len(runs) - 1)
    sign = -1 if lowest else 1
    kept = [
        one
        for one in runs
        if not any(_better(_difference(one, other, kpi, sign), level) for other in runs if other is not one)
    ]
    means = {run.id: statistics.estimate(run.kpis[kpi], lowest=None) for run in runs}
    order = sorted((run.id for run in kept), key=lambda name: -sign * means[name].mean)
    return Choice(kpi, error, lowest, order, means)


def _difference(one: Run, other: Run, kpi: str, sign: int) -> statistics.Difference:
    """How much more one run has than another, over the replications in which they share their luck where they do."""
    if comparing.apart(one, other):
        return statistics.unpaired(sign * one.kpis[kpi], sign * other.kpis[kpi])
    both = comparing.shared([one, other])
    values = [sign * run.kpis[kpi][np.isin(run.kpis["replication"], both)] for run in (one, other)]
    return statistics.paired(*values)


def _better(difference: statistics.Difference, level: float) -> bool:
    """Whether a mean difference is above zero by more than chance, one-sided."""
    return difference.estimate.mean > 0 and difference.p / 2 < level
