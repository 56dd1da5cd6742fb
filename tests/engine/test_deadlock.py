"""Nobody waits for ever, whatever the number of people in each pool."""

from dataclasses import replace

import numpy as np
import pytest

from simulator.base.days import DAY_SECONDS, NEVER
from simulator.engine.desks import FREE
from simulator.engine.interpreter import Play
from simulator.engine.model import Model
from simulator.world import scenario as scenarios
from simulator.world import teams
from tests.conftest import TWELVE

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
    """Steps that people are kept for though they have not begun, and those that wait though they could begin.

    With neither, nobody waits for ever: of all that wait one is first, and only people at work keep it waiting; those who
    wait for their own team give up in time.
    """
    queues, tables = play.queues, play.tables
    kept = [row for row in queues.desks.held if play.start[row] == NEVER]
    late = [
        key[-1] for lane in queues.teams.waiting for key in lane
        if play.clock.gives_up(tables, play.draws, key[-1], key[-3]) < play.horizon
    ]  # fmt: skip
    waiting = {(key, lane) for pool in queues.waiting for lane, keys in enumerate(pool) for key in keys}
    return [*kept, *late, *(key[-1] for key, lane in sorted(waiting) if could_begin(play, key, lane))]


def could_begin(play, key, lane):
    """Whether a step that waits is first in all its pools, and they had people for it at the last moment that counts.

    For whole days that is the last time that a day began; who came free after it does not count.
    """
    *_, asked, _, row = key
    moment = play.horizon - 1
    while moment >= 0 and play.clock.begins(play.tables, row, moment) > moment:
        moment -= 1 + (moment - 1) % DAY_SECONDS
    pools = play.tables.pools[row]
    if asked > moment or any(play.queues.waiting[pool][lane][0] != key for pool in pools):
        return False
    later = {(pool, unit) for pool, unit, other, _, _ in play.queues.grants if moment < play.end[other] < NEVER}
    free = {pool: [u for u in play.queues.free(pool, row, moment) if (pool, u) not in later] for pool in pools}
    return all(len(free[pool]) >= pools.count(pool) for pool in pools)


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


@pytest.fixture
def over():
    model = Model(scenarios.load("cyclus-2021").among(TWELVE))
    play = Play(model, model.draw(0).draws)
    play.run()
    return play


def team_of(play):
    """A step that needs two people of one pool and one of another."""
    return next(row for row, pools in enumerate(play.tables.pools) if len(pools) == 3 and len(set(pools)) == 2)


def test_the_test_sees_people_kept_for_a_step_that_does_not_begin(over):
    row = team_of(over)
    over.start[row] = NEVER
    over.queues.desks.held = {row: [(over.tables.pools[row][0], 0)]}
    assert stuck(over) == [row]


def test_the_test_sees_a_step_that_could_begin(over):
    row = next(row for row, pools in enumerate(over.tables.pools) if pools and not over.tables.time[row].whole)
    (pool,) = over.tables.pools[row]
    over.queues.waiting = [([], []) for _ in over.queues.waiting]
    over.queues.teams.waiting = [], []
    over.queues.waiting[pool][1].append((0, 0, 0, 0, 0, row))
    over.queues.desks.desk[pool] = [FREE] * len(over.queues.desks.desk[pool])
    over.draws.present.pop(pool, None)
    assert stuck(over) == [row]
    over.queues.desks.desk[pool] = [row] * len(over.queues.desks.desk[pool])
    assert stuck(over) == []


def test_the_test_sees_a_whole_day_that_could_begin(over):
    row = team_of(over)
    over.queues.waiting = [([], []) for _ in over.queues.waiting]
    over.queues.teams.waiting = [], []
    for pool in set(over.tables.pools[row]):
        over.queues.waiting[pool][0].append((0, 0, 0, 0, 0, row))
        over.queues.desks.days[pool] = [FREE] * len(over.queues.desks.days[pool])
        over.draws.present.pop(pool, None)
    over.queues.grants.clear()
    assert stuck(over) == [row]
    over.queues.desks.days[pool] = [row] * len(over.queues.desks.days[pool])
    assert stuck(over) == []


def test_the_test_sees_a_step_that_waits_for_its_team_for_ever(over):
    row = team_of(over)
    over.queues.teams.waiting = [(0, 0, 0, 0, 0, row)], []
    assert stuck(over) == [row]
