"""Plays replications of a scenario and keeps what is reported of each."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.errors import InputError
from simulator.engine.model import Model
from simulator.engine.playing import StepFailed, play
from simulator.outcomes import kpis, packing
from simulator.outcomes.looking import Looker, Seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.outcomes.replication import Replication
    from simulator.world.scenario import Scenario


@dataclass(frozen=True)
class Failure:
    """A replication that could not be played to its end, with what is needed to play it again."""

    replication: int
    reason: str
    swv: str
    step: str
    day: str


@dataclass(frozen=True)
class Result:
    """What is kept of one replication.

    Attributes:
        kpis: the figures by name.
        looks: per name of a day: swv index, day number and packed statuses of everybody seen on it.
    """

    replication: int
    kpis: dict[str, float]
    looks: dict[str, packing.Packed]


class Player:
    """A scenario made ready: plays any replication of it.

    Attributes:
        group: places of the swv over which figures are taken; None: everybody. All take part in the play.
    """

    def __init__(self, scenario: Scenario, group: Sequence[str] | None = None) -> None:
        self.scenario = scenario
        codes = list(scenario.swv)
        self.group = None if group is None else np.array([codes.index(code) for code in group], dtype=np.int64)
        self.model = Model(scenario)
        self.looker = Looker(self.model)
        self.warm = False

    def varied(self, scenario: Scenario) -> Player:
        """A player of a scenario that differs in parameters and capacities alone; ready much sooner than a new one."""
        if not self.warm:  # what is worked out at the first play and stays the same goes along with copies
            self.replication(0)
            self.warm = True
        other = copy(self)
        other.scenario = scenario
        other.model = self.model.varied(scenario)
        other.looker = self.looker.varied(other.model)
        return other

    def replication(self, number: int) -> Replication:
        """Play one replication and look at it on all days that the kader asks for."""
        luck = self.model.draw(number)
        trace = play(self.model, luck.draws)
        seen = Seen(self.looker, trace, luck.attributes, luck.content)
        return kpis.look(self.looker, seen, trace)

    def result(self, number: int) -> Result | Failure:
        """What is kept of a replication, or why it failed."""
        try:
            played = self.replication(number)
        except InputError:
            raise
        except StepFailed as failure:
            return Failure(number, failure.reason, failure.swv, failure.step, failure.day)
        looks = {name: packing.pack(played.looked, columns) for name, columns in played.where.items()}
        return Result(number, kpis.measure(played, self.group), looks)
