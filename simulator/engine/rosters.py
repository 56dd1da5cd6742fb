"""Who of the Inspectie is there when: the days for swv of each person of a pool with a roster, less those of illness."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import DAY_SECONDS
from simulator.engine import draws as keyed
from simulator.engine.tables import Track
from simulator.world import inspecteurs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.engine.tables import PoolRow
    from simulator.world.scenario import Scenario

Array = np.ndarray

ROSTER = "rooster"
"""The part of the model that says who is there; without it everybody always is."""
_SPELL = "illness_spell"
_WEEK = 7


class Rosters:
    """The rosters of a model.

    Illness comes in spells: every week one begins with a chance that makes the part of the time that is lost right on
    average; how long it lasts is drawn.
    """

    def __init__(self, scenario: Scenario, pools: Sequence[PoolRow], start: int, stop: int) -> None:
        self.scenario, self.length = scenario, stop - start
        own = {} if ROSTER in scenario.parts_off else scenario.inspecteurs
        self.people = {number: own[pool.family] for number, pool in enumerate(pools) if pool.family in own}
        self.planned = {
            number: inspecteurs.days_at_work(people, pools[number].capacity, start, stop)
            for number, people in self.people.items()
        }
        weeks = range(-(-self.length // _WEEK))
        self.keys = {
            number: keyed.keys([
                (pools[number].name, str(unit + 1), str(week), "", "illness")
                for unit in range(pools[number].capacity) for week in weeks
            ])
            for number in self.people
        }  # fmt: skip

    def tracks(self, replication: int) -> dict[int, list[Track]]:
        """Per pool and person when he or she is there."""
        return {
            number: [_track(row) for row in planned & ~self._ill(number, replication)]
            for number, planned in self.planned.items()
        }

    def _ill(self, number: int, replication: int) -> Array:
        """Persons by days: who is ill."""
        people, count = self.people[number], len(self.planned[number])
        ill = np.zeros((count, self.length), dtype=bool)
        part = np.array([people[unit % len(people)].illness for unit in range(count)])
        if not part.any():
            return ill
        spell = self.scenario.parameters[_SPELL]
        middle = float(spell.quantile(np.array([0.5]))[0])
        luck = keyed.fraction(keyed.whole(self.keys[number], self.scenario.seed, replication)).reshape(count, -1)
        chance = part[:, None] * _WEEK / middle
        for unit, week in np.argwhere(luck < chance).tolist():
            length = spell.quantile(np.array([luck[unit, week] / chance[unit, 0]]))[0]
            ill[unit, week * _WEEK : week * _WEEK + round(float(length))] = True
        return ill


def _track(there: Array) -> Track:
    """Being there over time, as moments at which it changes."""
    turns = np.flatnonzero(np.diff(there.astype(np.int8), prepend=0))
    return Track([int(day) * DAY_SECONDS for day in turns], [int(there[day]) for day in turns])
