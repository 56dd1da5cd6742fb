"""The shocks by which nobody of a pool was there while a step waited for it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.base.days import DAY_SECONDS, date_of, day_of
from simulator.base.language import pick, say
from simulator.base.numbers import long_date
from simulator.kader.werkwijze import pool_names
from simulator.world import shocks

if TYPE_CHECKING:
    from simulator.kader.werkwijze import Step
    from simulator.world.scenario import Scenario


def told(scenario: Scenario, step: Step, item: str, since: int, until: int) -> str:
    """By which shocks a step found nobody in a pool that it needs, and until when; "" where no shock did.

    Args:
        scenario: with its shocks.
        step, item: what waited; of pools per gemeente the item is that gemeente.
        since, until: the wait, in seconds since the start of the scenario.
    """
    first, kinds = day_of(scenario.period.start), scenario.kader.file.shocks
    found = [
        say("dossier.closed", shock=pick(kinds[one.kind].label), until=long_date(date_of(one.until)))
        for one in shocks.capacities(scenario)
        if one.pool in pool_names(step) and one.item in (None, item) and not one.capacity
        and (one.start - first) * DAY_SECONDS < until and (one.until - first) * DAY_SECONDS > since
    ]  # fmt: skip
    return "; ".join(dict.fromkeys(found))
