"""How busy people were, week by week, in one replication: what pictures and tables of capacity rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import DAY_SECONDS, date_of
from simulator.base.language import pick
from simulator.outcomes import rostering
from simulator.reports.pictures.busy import Busy
from simulator.world import parts

if TYPE_CHECKING:
    from simulator.outcomes.replication import Replication

_WEEK = 7 * DAY_SECONDS


def weekly(played: Replication) -> list[Busy]:
    """Per pool that all swv share its use and its queue in every week from the first day on, as a rooster counts them."""
    model = played.looker.model
    over = [
        rostering.Week(date_of(model.start + 7 * number), first, min(first + _WEEK, model.horizon), (), 0)
        for number, first in enumerate(range(0, model.horizon, _WEEK))
    ]
    lost = parts.lost_numbers(model.scenario)
    found = []
    for family, row in model.scenario.pools.items():
        numbers = [number for number, pool in enumerate(model.pools) if pool.family == family]
        if row.per is not None or not numbers or family in lost:
            continue
        used = rostering.use(model, played.trace, family, over)
        busy = np.divide(used.busy, used.capacity, out=np.zeros(len(over)), where=used.capacity > 0)
        people = sum(model.pools[number].capacity for number in numbers)
        found.append(Busy(pick(row.label), people, busy.tolist(), used.queue.tolist()))
    return found
