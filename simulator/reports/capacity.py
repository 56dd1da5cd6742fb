"""How busy people were, week by week, in one replication: what pictures and tables of capacity rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import DAY_SECONDS, NEVER
from simulator.base.language import pick
from simulator.reports.pictures.busy import Busy
from simulator.world import parts

if TYPE_CHECKING:
    from simulator.outcomes.replication import Replication

_WEEK = 7 * DAY_SECONDS


def weekly(played: Replication) -> list[Busy]:
    """Per pool that all swv share its use and its queue in every week.

    A unit that was given at one moment until its step ended counts for the weeks between by how much of each it fills; a
    request that waited likewise.
    """
    model = played.looker.model
    scenario = model.scenario
    weeks = -(-model.horizon // _WEEK)
    grants = np.array(played.trace.grants, dtype=np.int64).reshape(-1, 5)
    end = np.array(played.trace.end, dtype=np.int64)
    found = []
    lost = parts.lost_numbers(scenario)
    for family, row in scenario.pools.items():
        numbers = [number for number, pool in enumerate(model.pools) if pool.family == family]
        if row.per is not None or not numbers or family in lost:
            continue
        own = grants[np.isin(grants[:, 0], numbers)]
        capacity = sum(model.pools[number].capacity for number in numbers)
        until = np.minimum(np.where(end[own[:, 2]] >= NEVER, model.horizon, end[own[:, 2]]), model.horizon)
        busy = _filled(own[:, 4], until, weeks) / (capacity * _WEEK)
        queue = _filled(own[:, 3], own[:, 4], weeks) / _WEEK
        found.append(Busy(pick(row.label), capacity, busy.tolist(), queue.tolist()))
    return found


def _filled(start: np.ndarray, end: np.ndarray, weeks: int) -> np.ndarray:
    """Seconds of some spans in every week."""
    seconds = np.zeros(weeks)
    for first, last in zip(start.tolist(), end.tolist(), strict=True):
        for week in range(first // _WEEK, min(-(-last // _WEEK), weeks)):
            seconds[week] += min(last, (week + 1) * _WEEK) - max(first, week * _WEEK)
    return seconds
