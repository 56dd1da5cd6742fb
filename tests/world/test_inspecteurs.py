"""The table of inspecteurs: read as people have it, every mistake told with its place, and used by a scenario."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from simulator.base.days import day_of
from simulator.base.errors import InputError
from simulator.engine.model import Model
from simulator.outcomes import atwork, inputs, kpis, rostering
from simulator.outcomes.play import Player
from simulator.reports import capacity
from simulator.world import inspecteurs
from simulator.world import scenario as scenarios
from tests.conftest import TWELVE, scenario_of

POOLS = {"inspecteur_swv", "inspecteur_rekenschap"}


def test_a_table_with_semicolons_and_decimal_commas(write):
    path = write("wie.csv", "pool;fte;share;region\ninspecteur_swv;0,8;0,5;Noord\ninspecteur_swv;1;;\n")
    first, second = inspecteurs.read(path, POOLS)["inspecteur_swv"]
    assert (first.fte, first.share, first.region) == (0.8, 0.5, "Noord")
    assert (second.share, second.training_days, second.illness) == (1.0, 0, 0.0)


def test_every_mistake_is_told_in_one_pass(write):
    path = write("wie.csv", "pool,fte,share,region,ziek\ninspecteur_sw,1,1,Oost,0\ninspecteur_swv,1.5,x,Zuid,0\n")
    with pytest.raises(InputError) as caught:
        inspecteurs.read(path, POOLS)
    told = [(problem.line, problem.message) for problem in caught.value.problems]
    assert [line for line, _ in told] == [1, 2, 2, 3, 3]
    assert "inspecteur_swv" in caught.value.problems[1].hint
    assert any("Oost" in message for _, message in told)
    assert any("1.5" in message for _, message in told)


def test_the_shipped_table_has_people_for_every_pool_with_a_roster():
    pools = scenarios.load("cyclus-2021").pools
    own = inspecteurs.shipped({name for name, pool in pools.items() if pool.roster})
    for name, people in own.items():
        assert len(people) == pools[name].capacity
        assert all(0 < one.fte * one.share <= 1 for one in people)


def supervised(write, more):
    return scenarios.load(str(write("klein.yaml", scenario_of("klein", TWELVE, "cyclus-2021") + more)))


def test_a_table_of_one_s_own_takes_the_place_of_the_shipped_one(write):
    rows = "".join(f"inspecteur_swv,{fte},1\n" for fte in (1, 1, 0.5))
    write("wie.csv", f"pool,fte,share\n{rows}")
    found = supervised(write, "inspecteurs: wie.csv\n")
    assert found.pools["inspecteur_swv"].capacity == 3
    assert found.pools["inspecteur_rekenschap"].capacity == 4
    assert any(name.endswith("wie.csv") for name in found.sources)
    assert b"inspecteur_swv" in inputs.inputs(found)["inputs/inspecteurs.csv"]


def test_a_number_of_people_goes_over_the_table(write):
    write("wie.csv", "pool,fte\ninspecteur_swv,1\ninspecteur_swv,1\n")
    found = supervised(write, "inspecteurs: wie.csv\npools: {inspecteur_swv: {capacity: 5}}\n")
    model = Model(found)
    (number,) = [n for n, pool in enumerate(model.pools) if pool.family == "inspecteur_swv"]
    assert len(model.rosters.tracks(0)[number]) == 5


def test_a_mistake_in_the_table_is_told_at_its_place(write):
    write("wie.csv", "pool,fte\ninspecteur_swv,9\n")
    with pytest.raises(InputError) as caught:
        supervised(write, "inspecteurs: wie.csv\n")
    assert caught.value.problems[0].file.endswith("wie.csv")
    assert caught.value.problems[0].line == 2


def test_a_table_that_is_not_there_is_told_in_the_scenario(write):
    with pytest.raises(InputError) as caught:
        supervised(write, "inspecteurs: nergens.csv\n")
    assert "nergens.csv" in str(caught.value.problems[0])


def test_a_pool_smaller_than_a_team_is_an_error_with_its_place(write):
    with pytest.raises(InputError) as caught:
        supervised(write, "pools: {inspecteur_swv: {capacity: 1}}\n")
    (problem,) = caught.value.problems
    assert problem.file.endswith("klein.yaml")
    assert problem.line == 7
    assert "2" in problem.message


def test_the_roster_can_be_left_out_and_that_changes_the_outcome(write):
    with_it, without = (Player(supervised(write, more)) for more in ("", "parts: {rooster: false}\n"))
    names = ("visit_to_report_days", "pool_wait_days.inspecteur_swv", "pool_utilisation.inspecteur_swv")
    figures = [kpis.measure(player.replication(0)) for player in (with_it, without)]
    assert all(figures[0][name] > figures[1][name] for name in names)


def test_use_is_of_the_time_that_people_are_there(write):
    player = Player(supervised(write, ""))
    play = player.replication(0)
    for number, pool in enumerate(player.model.pools):
        if pool.family == "inspecteur_swv":
            there = atwork.there(player.model, play.trace, number)
            assert 0 < there < 0.6 * pool.capacity * player.model.horizon


def test_nobody_is_busy_longer_than_he_is_there(write):
    """A step lasts over the weeks in which its people are away; the share of their time cannot pass the whole."""
    write("wie.csv", "pool,fte,share\ninspecteur_plan,0.2,1\n")
    text = (
        scenario_of("druk", TWELVE, "plancyclus-2018")
        + "inspecteurs: wie.csv\npools: {inspecteur_plan: {capacity: 1}}\n"
    )
    player = Player(scenarios.load(str(write("druk.yaml", text))))
    play, family = player.replication(0), "inspecteur_plan"
    model, trace = player.model, play.trace
    (number,) = [n for n, pool in enumerate(model.pools) if pool.family == family]
    lasted = sum(
        min(trace.end[row], model.horizon) - start for pool, _, row, _, start in trace.grants if pool == number
    )
    share = kpis.measure(play)[f"pool_utilisation.{family}"]
    there = atwork.there(model, trace, number)
    assert 0 < share < lasted / there, "steps last while their inspecteur is away"
    assert share <= 1
    weeks = rostering.weeks(model)
    found = rostering.use(model, trace, family, weeks)
    length = np.array([week.last - week.first for week in weeks])
    assert (found.capacity == 0).any()
    assert (found.busy <= found.capacity + 1e-9).all()
    assert (found.busy * length).sum() / (found.capacity * length).sum() == pytest.approx(share)
    names = [pool for pool, row in model.scenario.pools.items() if row.per is None]
    picture = capacity.weekly(play)[names.index(family)]
    assert max(picture.busy) <= 1 + 1e-9
    assert max(picture.busy) > 0


def test_people_without_any_time_for_swv_make_no_team(write):
    write("wie.csv", "pool,fte,share\ninspecteur_swv,1,0\ninspecteur_swv,0,1\ninspecteur_swv,1,0.5\n")
    path = write("zonder.yaml", scenario_of("zonder", TWELVE, "cyclus-2021") + "inspecteurs: wie.csv\n")
    with pytest.raises(InputError) as caught:
        scenarios.load(str(path))
    (problem,) = [one for one in caught.value.problems if "2" in one.message]
    assert problem.place.endswith("wie.csv:4:1"), "at the table, where there are too few"
    assert "add rows" in problem.hint


def test_more_training_leaves_less_time_bit_by_bit():
    start, stop = day_of(date(2021, 8, 1)), day_of(date(2025, 8, 1))
    left = [
        int(inspecteurs.days_at_work((inspecteurs.Inspecteur(0.2, 0.5, "Midden", n, 0.0),), 1, start, stop).sum())
        for n in range(0, 30, 3)
    ]
    assert all(less < more + left[0] / 10 for more, less in pairwise(left)), "which weeks they are moves a few days"
    assert max(more - less for more, less in pairwise(left)) < left[0] / 4
    assert left[-1] > 0
