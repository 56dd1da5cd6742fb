"""Nobody ever waits for somebody who waits for him, whatever the number of people in each pool."""

from dataclasses import replace

import numpy as np
import pytest
from conftest import TWELVE

from simulator.base.days import NEVER
from simulator.engine.interpreter import Play
from simulator.engine.model import Model
from simulator.world import scenario as scenarios
from simulator.world import teams

SCENARIOS = ("cyclus-2021", "kader-2017-2021", "invoering-2014")


def with_capacities(model, luck):
    """The model with as many people in each pool as luck has it, but enough for the largest team."""
    scenario = model.scenario
    need = teams.needed(scenario.kader)
    pools = {
        name: pool.model_copy(
            update={"capacity": int(luck.integers(need.get(name, 1), need.get(name, 1) + 6)), "by": {}}
        )
        for name, pool in scenario.pools.items()
    }
    return model.varied(replace(scenario, pools=pools))


def stuck(play):
    """Rows that wait for people of whom none is at work on anything that goes on."""
    now = play.horizon
    holders = {}
    for row, units in play.queues.held.items():
        for pool, _ in units:
            holders.setdefault(pool, set()).add(row)
    waits = {key[-2]: pool for pool, queue in enumerate(play.queues.waiting) for key in queue}

    def goes_on(row, seen=()):
        if play.start[row] < NEVER:
            return True
        if row in seen or row not in waits:
            return False
        if waits[row] in play.draws.present and not all(play.queues.busy[waits[row]]):
            return True  # somebody is free, and away: he comes back
        return any(goes_on(other, (*seen, row)) for other in holders.get(waits[row], ()))

    def could_begin(pool):
        _, _, _, _, _, row, _ = play.queues.waiting[pool][0]
        count = play.tables.pools[row].count(pool)
        return len(play.queues._free(pool, count, now - 1, -1)) >= count

    found = [row for row in waits if not goes_on(row)]
    return found + [pool for pool, queue in enumerate(play.queues.waiting) if queue and could_begin(pool)]


def played(name, number, first=0):
    model = Model(scenarios.load(name).among(TWELVE))
    luck = np.random.default_rng(first)
    waited = 0
    for replication in range(first, first + number):
        own = with_capacities(model, luck)
        play = Play(own, own.draw(replication).draws)
        trace = play.run()
        assert not stuck(play), f"{name}, replication {replication}"
        waited += sum(granted > asked for _, _, _, asked, granted in trace.grants)
    return waited


@pytest.mark.parametrize("name", SCENARIOS)
def test_random_capacities_never_lock(name):
    assert played(name, 8) > 0, "somebody must wait, or the test shows nothing"


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 10_000, 1000))
def test_random_capacities_never_lock_in_ten_thousand_replications(first):
    assert played(SCENARIOS[first // 1000 % len(SCENARIOS)], 1000, first) > 0


def test_the_test_sees_a_lock():
    """Two rows that hold one of two people each, and both wait for a second one."""
    model = Model(scenarios.load("cyclus-2021").among(TWELVE))
    play = Play(model, model.draw(0).draws)
    play.run()
    pool = next(number for number, one in enumerate(model.pools) if one.family == "inspecteur_rekenschap")
    rows = [row for row, pools in enumerate(model.tables.pools) if pool in pools][:2]
    play.queues.waiting[pool] = [(0, 0, 0, 0, 0, rows[0], 0), (0, 0, 0, 0, 1, rows[1], 0)]
    play.queues.held = {row: [(pool, unit)] for unit, row in enumerate(rows)}
    for row in rows:
        play.start[row] = NEVER
    for unit in range(len(play.queues.busy[pool])):
        play.queues.busy[pool][unit] = 1
    assert set(rows) <= set(stuck(play))
