"""Help given to every swv of a scenario, or to none, to see what it changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.base.days import date_of
from simulator.base.errors import InputError, Problem
from simulator.base.language import say
from simulator.kader.parameters import Chance, Dates, Fixed
from simulator.world import parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.kader.model import Support
    from simulator.world.scenario import Scenario

_WHY = "help given to see what it changes"


def of(scenario: Scenario) -> Support:
    """What help consists of in the kader of a scenario.

    Raises:
        InputError: nobody helps in that kader, or that part of the model is left out.
    """
    found = scenario.kader.file.support
    if found is None:
        raise InputError(Problem(say("ranglijst.no_support", kader=scenario.kader.id), hint=say("ranglijst.choose")))
    parts.needed(scenario, found.part)
    return found


def given(scenario: Scenario, variant: Mapping[str, float]) -> Scenario:
    """The scenario in which all get help at once, or nobody does; who helps is then never busy.

    Args:
        scenario: whose kader says what help consists of.
        variant: `hours` for each swv (0 is no help at all), and `day`, the day number on which it can begin.
    """
    support = of(scenario)
    hours = variant["hours"]
    day = date_of(int(variant["day"]))
    parameters = {
        **scenario.parameters,
        support.asks: Chance(dist="chance", value=float(hours > 0), source=_WHY, confidence="assumed"),
        support.accepts: Chance(dist="chance", value=0.0, source=_WHY, confidence="assumed"),
        support.hours: Fixed(dist="fixed", value=max(hours, 1.0), unit="hours", source=_WHY, confidence="assumed"),
        support.on: Dates(dist="dates", first=day, last=day, source=_WHY, confidence="assumed"),
    }
    many = {"capacity": len(scenario.swv), "order": None}
    pools = {name: scenario.pools[name].model_copy(update=many) for name in support.pools}
    return replace(scenario, parameters=parameters, pools={**scenario.pools, **pools})
