"""Nobody waits for ever, whatever the number of people in each pool."""

from dataclasses import replace

import numpy as np
import pytest

from simulator.base.days import NEVER
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

    With neither, nobody waits for ever: of all that wait one is first, and only people at work keep it waiting.
    """
    queues, tables = play.queues, play.tables
    kept = [row for row in queues.held if play.start[row] == NEVER]

    def could_begin(row):
        pools = tables.pools[row]
        first = all(queues.waiting[pool][0][-1] == row for pool in pools)
        before_the_end = play.horizon - 1
        return first and all(
            len(queues._free(pool, pools.count(pool), before_the_end, -1)) == pools.count(pool) for pool in pools
        )

    waiting = {key[-1] for queue in queues.waiting for key in queue}
    return [*kept, *(row for row in sorted(waiting) if could_begin(row))]


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
    over.queues.held = {row: [(over.tables.pools[row][0], 0)]}
    assert stuck(over) == [row]


def test_the_test_sees_a_step_that_could_begin(over):
    row = team_of(over)
    over.queues.waiting = [[] for _ in over.queues.waiting]
    for pool in set(over.tables.pools[row]):
        over.queues.waiting[pool] = [(0, 0, 0, 0, 0, row)]
        over.queues.busy[pool][:] = bytes(len(over.queues.busy[pool]))
        over.draws.present.pop(pool, None)
    assert stuck(over) == [row]
    over.queues.busy[over.tables.pools[row][0]][:] = b"\1" * len(over.queues.busy[over.tables.pools[row][0]])
    assert stuck(over) == []
