"""Figures about supervision: how often something happened, orders and what became of them, judgements, time to repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import NEVER
from simulator.outcomes.replication import Parts, by_swv

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.kader.model import Kpi
    from simulator.outcomes.replication import Replication
    from simulator.outcomes.toezicht import Order


def _counted(play: Replication, swv: Iterable[int], over: float, values: Iterable[float] | None = None) -> Parts:
    who = np.fromiter(swv, dtype=np.int64)
    what = np.ones(len(who)) if values is None else np.fromiter(values, dtype=float)
    return Parts(by_swv(play, who, what), over)


def _orders(play: Replication, kpi: Kpi, before: int) -> list[Order]:
    """The orders that a figure is about."""
    return [
        one
        for one in play.orders
        if one.given < before
        and (not kpi.obligations or one.duty in kpi.obligations)
        and (one.state != "repaired_before_final" if kpi.state is None else one.state == kpi.state)
    ]


def times(play: Replication, kpi: Kpi, before: int) -> Parts:
    """How many times an event happened, to all swv together, before a day."""
    days = play.happened.of(kpi.event)
    return _counted(play, (swv for (swv, _, _), day in days.items() if day < before), 1.0)


def orders(play: Replication, kpi: Kpi, before: int) -> Parts:
    """How many orders were given to all swv together before a day, of some duties, in a state."""
    return _counted(play, (one.swv for one in _orders(play, kpi, before)), 1.0)


def orders_per_report(play: Replication, kpi: Kpi, before: int) -> Parts:
    """Mean number of orders of an adopted report."""
    reports = [one for one in play.onderzoeken if one.adopted < before]
    return _counted(play, (one.swv for one in _orders(play, kpi, before) if one.round), len(reports))


def judged(play: Replication, kpi: Kpi, before: int) -> Parts:
    """Share of adopted reports with a judgement on the whole."""
    reports = [one for one in play.onderzoeken if one.adopted < before]
    return _counted(play, (one.swv for one in reports if one.judgement == kpi.judgement), len(reports))


def repair_days(play: Replication, kpi: Kpi, before: int) -> Parts:
    """Mean number of days from an order to its repair, of those that were repaired."""
    done = [one for one in _orders(play, kpi, before) if one.settled < NEVER]
    return _counted(play, (one.swv for one in done), len(done), (float(one.settled - one.given) for one in done))
