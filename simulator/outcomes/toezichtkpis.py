"""Figures about supervision: how often something happened, orders and what became of them, judgements, time to repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.outcomes.replication import Parts, by_swv

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.kader.model import Kpi
    from simulator.outcomes.replication import Replication
    from simulator.outcomes.toezicht import Order


def _counted(play: Replication, swv: Iterable[int]) -> Parts:
    """How often something happened, to all together."""
    who = np.fromiter(swv, dtype=np.int64)
    return Parts(by_swv(play, who, np.ones(len(who))), 1.0)


def _mean(play: Replication, swv: Iterable[int], over: Iterable[int], values: Iterable[float] | None = None) -> Parts:
    """The mean of values over what happened to some swv, named once for each time."""
    who, each = (np.fromiter(one, dtype=np.int64) for one in (swv, over))
    what = np.ones(len(who)) if values is None else np.fromiter(values, dtype=float)
    return Parts.mean(by_swv(play, who, what), by_swv(play, each, np.ones(len(each))))


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
    return _counted(play, (swv for (swv, _, _), day in days.items() if day < before))


def breaches(play: Replication, _kpi: Kpi, before: int) -> Parts:
    """How many times something came too soon or too late for the law, at all swv together, before a day."""
    number = {code: place for place, code in enumerate(play.looker.model.codes)}
    return _counted(play, (number[one.done.swv] for one in play.breaches if one.day < before))


def orders(play: Replication, kpi: Kpi, before: int) -> Parts:
    """How many orders were given to all swv together before a day, of some duties, in a state."""
    return _counted(play, (one.swv for one in _orders(play, kpi, before)))


def orders_per_report(play: Replication, kpi: Kpi, before: int) -> Parts:
    """Mean number of orders of an adopted report."""
    reports = [one for one in play.onderzoeken if one.adopted < before]
    given = (one.swv for one in _orders(play, kpi, before) if one.round)
    return _mean(play, given, (one.swv for one in reports))


def judged(play: Replication, kpi: Kpi, before: int) -> Parts:
    """Share of adopted reports with a judgement on the whole."""
    reports = [one for one in play.onderzoeken if one.adopted < before]
    so_judged = (one.swv for one in reports if one.judgement == kpi.judgement)
    return _mean(play, so_judged, (one.swv for one in reports))


def repair_days(play: Replication, kpi: Kpi, before: int) -> Parts:
    """Mean number of days from an order to its repair, of those that were repaired, in time or late."""
    done = [one for one in _orders(play, kpi, before) if one.was_repaired]
    swv = [one.swv for one in done]
    return _mean(play, swv, swv, (float(one.settled - one.given) for one in done))
