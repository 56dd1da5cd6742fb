"""Attributes that are worked out from others: days left over by rule of thumb, and what help is expected to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import day_of
from simulator.world import outlook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.kader.attributes import Attribute, Rescue
    from simulator.world.scenario import Scenario

Array = np.ndarray
_MIDDLE = np.array([0.5])
_PER = 1000.0


def values(scenario: Scenario, attribute: Attribute, known: Mapping[str, Array]) -> Array:
    """The values of a derived attribute for all swv of a scenario, in the order of their codes.

    Args:
        scenario: whose swv.
        attribute: that is not drawn.
        known: attributes that come before it.
    """
    if attribute.outlook:
        until = day_of(attribute.outlook.before) - day_of(scenario.period.start)
        return until - outlook.days(scenario, known, attribute.outlook.of)
    if attribute.rescue:
        return _rescued(scenario, attribute.rescue, known)
    raise TypeError(attribute)


def _rescued(scenario: Scenario, rescue: Rescue, known: Mapping[str, Array]) -> Array:
    """The rise in the chance of being in time per 1,000 hours of help, the days left over being normal around `slack`."""
    spread, saves = (
        scenario.parameters[name].values(np.repeat(_MIDDLE, len(scenario.swv)), dict(known))
        for name in (rescue.spread, rescue.saves)
    )
    slack = known[rescue.slack]
    gain = outlook.normal((slack + saves) / spread) - outlook.normal(slack / spread)
    return np.asarray(gain / np.maximum(known[rescue.hours], 1.0) * _PER)
