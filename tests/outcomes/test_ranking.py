"""What help does: plays that share their beginning give what whole plays do, up to the day that is asked about."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simulator.base.days import day_of
from simulator.engine import forking
from simulator.engine.interpreter import Play
from simulator.engine.model import Model
from simulator.outcomes import kpis
from simulator.outcomes.helping import Tries, Try
from simulator.outcomes.play import Player
from simulator.world import scenario as scenarios
from simulator.world import support

DEADLINE = day_of(date(2014, 5, 1))
DAYS = [day_of(date(2013, 10, 1)), day_of(date(2013, 12, 24)), day_of(date(2014, 4, 8)), DEADLINE - 1]


@pytest.fixture
def player(small_scenario) -> Player:
    return Player(scenarios.load(str(small_scenario)))


def test_plays_that_share_their_beginning_give_what_whole_plays_do(player, monkeypatch):
    tries = tuple(Try(hours, day) for day in DAYS for hours in (8.0, 24.0, 60.0))
    work = Tries((Try(0.0, DAYS[0]), *tries), "plan_on_time", DEADLINE)
    whole = []
    for one in work.tries:
        own = player.varied(support.given(player.scenario, vars(one)))
        whole.append([kpis.parts_of(own.replication(number), work.figure).of_swv for number in range(3)])
    drawn = []
    draw = Model.draw
    monkeypatch.setattr(Model, "draw", lambda model, number: drawn.append(number) or draw(model, number))
    shared = [work(player, number) for number in range(3)]
    np.testing.assert_array_equal(np.array(shared).swapaxes(0, 1), np.array(whole))
    assert len({tuple(np.ravel(one)) for one in whole}) > 4
    assert drawn == [0, 0, 1, 1, 2, 2]  # once for help, once for none; a whole play of each try would draw 13 times


def test_a_play_is_not_copied_where_other_draws_would_have_made_a_difference_before(player):
    draws = player.model.draw(0).draws
    play = Play(player.model, draws)
    play.open()
    play.up_to(100 * 86400)
    row = next(row for row, end in enumerate(play.end) if 0 < end - play.start[row] < 2**40)
    other = player.model.draw(0).draws
    other.amount[row] += 1
    with pytest.raises(ValueError):
        forking.forked(play, other, [row])


def test_a_copy_under_the_same_draws_goes_on_as_the_whole_does(player):
    play = Play(player.model, player.model.draw(0).draws)
    play.open()
    play.up_to(150 * 86400)
    copy = forking.forked(play, play.draws, [])
    horizon = player.model.horizon
    assert copy.up_to(horizon) == Play(player.model, player.model.draw(0).draws).run()
    assert max(end for end in play.end if end < 2**40) <= 150 * 86400  # the first stands where it stood
