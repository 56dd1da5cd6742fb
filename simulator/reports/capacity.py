"""How busy people were, week by week, in one replication: what pictures and tables of capacity rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import DAY_SECONDS
from simulator.base.language import pick
from simulator.outcomes import atwork
from simulator.reports.pictures.busy import Busy
from simulator.world import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from simulator.outcomes.replication import Replication

_WEEK = 7 * DAY_SECONDS


def weekly(played: Replication) -> list[Busy]:
    """Per pool that all swv share its use and its queue in every week.

    A unit that was given at one moment until its step ended counts for the weeks between by how much of each it fills; a
    request that waited likewise. People with a roster count as far as they were there.
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
        until = np.minimum(end[own[:, 2]], model.horizon)
        given = zip(own[:, :2].tolist(), own[:, 4].tolist(), until.tolist(), strict=True)
        worked = _filled((span for who, *one in given for span in atwork.spells(played.trace, *who, *one)), weeks)
        time = _filled(_there(played, numbers), weeks)
        busy = np.divide(worked, time, out=np.zeros(weeks), where=time > 0)
        queue = _filled(own[:, 3:].tolist(), weeks) / _WEEK
        found.append(Busy(pick(row.label), capacity, busy.tolist(), queue.tolist()))
    return found


def _there(played: Replication, numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The spans in which the people of some pools were there, in whole weeks where they always were."""
    model, present = played.looker.model, played.trace.present
    for number in numbers:
        for unit in range(model.pools[number].capacity):
            until = model.horizon if number in present else -(-model.horizon // _WEEK) * _WEEK
            yield from atwork.spells(played.trace, number, unit, 0, until)


def _filled(spans: Iterable[Sequence[int]], weeks: int) -> np.ndarray:
    """Seconds of some spans, first and last moment, in every week."""
    seconds = np.zeros(weeks)
    for first, last in spans:
        for week in range(first // _WEEK, min(-(-last // _WEEK), weeks)):
            seconds[week] += min(last, (week + 1) * _WEEK) - max(first, week * _WEEK)
    return seconds
