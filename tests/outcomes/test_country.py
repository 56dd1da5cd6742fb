"""How far all are, what it costs, and who is in trouble: states, lastendruk and ranking of a scenario."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from simulator.base.days import NEVER, day_of
from simulator.outcomes import burden, evaluating, kpis, ranking, states
from simulator.outcomes.play import Player
from simulator.plan import practising
from simulator.world import scenario as scenarios
from tests.conftest import TWELVE, scenario_of


@pytest.fixture(scope="module")
def player(tmp_path_factory):
    path = tmp_path_factory.mktemp("land") / "klein.yaml"
    path.write_text(scenario_of("klein", TWELVE), encoding="utf-8")
    return Player(scenarios.load(str(path)))


@pytest.fixture(scope="module")
def play(player):
    return player.replication(1)


def test_states_come_in_their_order(play):
    found = states.reached(play)
    assert list(found) == [state.id for state in play.looker.kader.file.progress]
    for earlier, later in (
        ("concept", "oogo_started"),
        ("oogo_started", "oogo_closed"),
        ("adopted", "sent"),
        ("opr", "consent"),
    ):
        both = (found[earlier] < NEVER) & (found[later] < NEVER)
        assert both.any()
        assert (found[earlier] <= found[later])[both].all()


def test_the_shares_of_states_are_those_of_the_figures(play):
    found = states.reached(play)
    everybody = {"all": np.arange(len(TWELVE))}
    on = {one.state: one.share.mean for one in states.shares([found], everybody, [day_of(date(2014, 4, 30))])}
    figures = kpis.measure(play)
    assert on["sent"] == pytest.approx(figures["plan_on_time"])
    assert on["consent"] == pytest.approx(figures["consent_before_1_may"])
    after = {one.state: one.share.mean for one in states.shares([found], everybody, [NEVER - 1])}
    assert after["complete"] == pytest.approx(figures["plan_complete"])


def test_shares_never_fall_with_the_days(play):
    days = [day_of(date(2013, month, 1)) for month in (7, 9, 11)] + [
        day_of(date(2014, month, 1)) for month in (2, 5, 8)
    ]
    by_state = {}
    for one in states.shares([states.reached(play)], {"all": np.arange(len(TWELVE))}, days):
        by_state.setdefault(one.state, []).append(one.share.mean)
    assert all(shares == sorted(shares) for shares in by_state.values())


def test_the_burden_by_actor_step_and_duty_adds_up_to_the_figures(play):
    rows = burden.booked(play)
    figures = kpis.measure(play)
    swv = sum(one.hours.sum() for one in rows if one.actor == "swv")
    assert swv / len(TWELVE) == pytest.approx(figures["burden_hours_per_swv"])
    assert sum(one.euros.sum() for one in rows) / len(TWELVE) == pytest.approx(figures["burden_eur_per_swv"])
    assert {one.duty for one in rows} >= {"PLAN-a", "PROC-2", "PROC-9", burden.NO_DUTY}


def test_hours_are_booked_on_steps_that_were_done_and_on_no_others(play):
    model = play.looker.model
    done = {(model.tables.node[row], model.tables.swv[row]) for row, end in enumerate(play.trace.end) if end < NEVER}
    for one in burden.booked(play):
        for swv in np.flatnonzero(one.hours).tolist():
            assert (one.step, swv) in done


def test_asking_once_saves_the_second_time_for_who_did_both(play):
    (together,) = play.looker.kader.file.together
    found = burden.overlap(play, together)
    toets, simulatie = (
        np.array([day < NEVER for day in play.seen.days[event]])
        for event in ("praktijktoets_held", "simulatie_visited")
    )
    hours = play.looker.model.scenario.parameters["hours_documents"].value
    assert (toets & simulatie).any()
    assert found.saved_hours.tolist() == pytest.approx(np.where(toets & simulatie, hours, 0.0).tolist())
    assert (found.saved_hours <= found.hours).all()


def test_the_praktijktoets_finds_what_its_cases_lean_on(player):
    file = player.scenario.kader.file
    node = next(one for one in file.werkwijze.walk() if one.id == "toets_elements")
    both = set(file.elements["po"]) | set(file.elements["vo"])
    touched = {
        duty for sector in ("po", "vo") for duty in practising.touched(player.scenario.kader, sector, date(2013, 12, 5))
    }
    assert set(node.for_each.only) == touched & both


def test_who_is_late_is_ranked_with_a_step_and_what_help_would_do(player):
    ticks = []
    how = ranking.How(3, date(2013, 10, 1), 1, ticks.append)
    rows = ranking.ranked(player.scenario, TWELVE[:8], how)
    assert sum(ticks) == 3 + ranking.most_tries(player.scenario, date(2013, 10, 1))
    assert sorted(row.swv for row in rows) == sorted(TWELVE[:8])
    assert [row.late for row in rows] == sorted((row.late for row in rows), reverse=True)
    steps = set(burden.steps_of(player.model))
    for row in rows:
        assert (row.step in steps) == (row.late > 0)
        assert (row.hours > 0) == (row.gain > 0)
        assert (row.last is None) == (row.hours == 0)
        assert row.last is None or day_of(date(2013, 10, 1)) <= row.last < day_of(date(2014, 5, 1))


def test_the_gain_and_the_last_day_are_of_the_same_hours_of_help(player):
    """What the columns say of one swv is what that many hours do, at once and on that last day."""
    rows = ranking.ranked(player.scenario, TWELVE, ranking.How(4, date(2013, 10, 1), 1, lambda _: None))
    helped = [row for row in rows if row.hours]
    assert helped
    question = evaluating.Question(player.scenario, ("plan_on_time",), 4, "help", by_swv=True)
    for row in helped[:3]:
        place = list(player.scenario.swv).index(row.swv)
        first = float(day_of(date(2013, 10, 1)))
        asked = [
            {"hours": hours, "day": day} for hours, day in ((0.0, first), (row.hours, first), (row.hours, row.last))
        ]
        without, at_once, late = evaluating.evaluate(question, asked, 1, lambda _: None)[:, place]
        assert at_once - without == pytest.approx(row.gain)
        assert late - without >= ranking.LEAST


def test_help_works_until_a_day_and_more_hours_do_more_where_help_is_strong(player):
    """With help that makes every later step ten times as fast, those who can be late are saved, and until late."""
    strong = player.scenario.parameters["help_pace"].model_copy(update={"value": 0.1, "factors": {}})
    scenario = replace(player.scenario, parameters={**player.scenario.parameters, "help_pace": strong})
    rows = ranking.ranked(scenario, TWELVE, ranking.How(3, date(2013, 10, 1), 1, lambda _: None))
    late = [row for row in rows if row.late > 0.4]
    assert late
    assert np.mean([row.gain for row in late]) > 0.3
    assert max(row.last or 0 for row in late) > day_of(date(2013, 12, 1))
