"""How far the swv are on any day: the days on which each reached the states that a kader names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import NEVER
from simulator.outcomes import kpis, statistics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.kader.model import State
    from simulator.outcomes.replication import Replication
    from simulator.outcomes.statistics import Estimate

Array = np.ndarray


def reached(play: Replication) -> dict[str, Array]:
    """Per state the day on which each swv reached it; `NEVER` when it did not."""
    return {state.id: _day(play, state) for state in play.looker.kader.file.progress}


def _day(play: Replication, state: State) -> Array:
    people = len(play.looker.model.codes)
    seen = play.seen
    day = seen.days[state.event]
    if kind := play.looker.kader.events[state.event].items:
        owner = play.looker.item_owner[kind]
        if state.items == "first":
            first = np.full(people, NEVER, dtype=np.int64)
            np.minimum.at(first, owner, day)
            return first
        last = np.full(people, -1, dtype=np.int64)
        np.maximum.at(last, owner, day)
        return np.where(last < 0, NEVER, last)
    if state.group:
        good = kpis.complete(play, state.group, str(state.event))
        return np.where(good, day, NEVER)
    return day


@dataclass(frozen=True)
class Share:
    """The share of a set of swv that had reached a state on a day, over replications."""

    state: str
    of: str
    day: int
    share: Estimate


def shares(played: Sequence[dict[str, Array]], sets: dict[str, Array], days: Sequence[int]) -> list[Share]:
    """Shares of sets of swv over replications.

    Args:
        played: per replication the days of `reached`.
        sets: the indices of the swv of each set, by name.
        days: day numbers.
    """

    def share(state: str, own: Array, day: int) -> Estimate:
        return statistics.estimate(np.array([float((one[state][own] <= day).mean()) for one in played]), highest=1)

    return [
        Share(state, of, day, share(state, own, day)) for state in played[0] for of, own in sets.items() for day in days
    ]
