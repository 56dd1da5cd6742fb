"""Which people stay together, in words: for whoever reads how many people are needed, or who is where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.base.language import pick, say
from simulator.base.numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.world.scenario import Scenario


def told(scenario: Scenario) -> Iterator[str]:
    """The teams that steps wait for, and for how long; or that nobody waits for anybody."""
    teams = scenario.kader.file.teams
    if not teams:
        yield say("teams.none")
        return
    waits = {name: scenario.parameters[team.waits].quantile(np.array([0.5]))[0] for name, team in teams.items()}
    each = [say("teams.one", team=pick(team.label), days=number(float(waits[name]), 0)) for name, team in teams.items()]
    yield say("teams.together", teams="; ".join(each))
