"""How sure a difference of a part is, in words: an interval only where there is enough to say one."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.base.language import say
from simulator.base.numbers import interval

if TYPE_CHECKING:
    from simulator.outcomes.statistics import Estimate

FEWEST = 10
"""Fewer looks (replications times swv) than this have no interval: Student's t is no guide for a handful of yes and no."""
FEWEST_SAME = 30
"""Fewer looks than this that are all the same say little: of 30 without a difference up to 10% may still have one."""


def from_base(estimate: Estimate, unit: str, base: float) -> Estimate:
    """The estimate of a difference, its bounds no further from the base than its figure can go: a share is 0 to 1."""
    if unit != "share" or math.isnan(estimate.low) or math.isnan(base):
        return estimate
    return replace(estimate, low=max(estimate.low, -base), high=min(estimate.high, 1 - base))


def words(estimate: Estimate, unit: str, swv: int) -> str:
    """The interval of a difference; that there are too few replications for one; or that they are all the same.

    Args:
        estimate: of the difference, over replications.
        unit: of the figure.
        swv: how many samenwerkingsverbanden the figure is about.
    """
    if math.isnan(estimate.mean):
        return "-"
    looks, same = estimate.n * swv, estimate.low == estimate.high
    if math.isnan(estimate.low) or looks < (FEWEST_SAME if same else FEWEST):
        return say("parts.too_few", n=estimate.n)
    return say("parts.same", n=estimate.n) if same else interval(estimate.low, estimate.high, unit)
