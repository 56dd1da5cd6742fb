"""Which people stay together, in words: for whoever reads how many people are needed, or who is where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import DAY_SECONDS, SECONDS_OF
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
    each = [say("teams.one", team=pick(team.label), days=_days(scenario, team.waits)) for team in teams.values()]
    yield say("teams.together", teams="; ".join(each))


def _days(scenario: Scenario, name: str) -> str:
    """The middle of a time in working days; a scenario can give it in hours."""
    parameter = scenario.parameters[name]
    middle = float(parameter.quantile(np.array([0.5]))[0])
    days = middle * SECONDS_OF[parameter.unit] / DAY_SECONDS
    return number(days, 0 if days.is_integer() else 1)
