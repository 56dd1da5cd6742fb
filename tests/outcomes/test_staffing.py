"""The smallest number of people that reaches a target: found, no smaller one does, and what cannot be reached is told."""

from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from simulator.base.errors import InputError
from simulator.outcomes import kpis, staffing, targets
from simulator.outcomes.play import Player
from simulator.world import scenario as scenarios
from simulator.world import varying
from tests.conftest import TWELVE, scenario_of

POOL = "inspecteur_swv"


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    path = tmp_path_factory.mktemp("staffing") / "klein.yaml"
    path.write_text(scenario_of("klein", TWELVE, "cyclus-2021"), encoding="utf-8")
    return scenarios.load(str(path))


@pytest.fixture(scope="module")
def figure(scenario):
    """A function that gives the days to a report with so many people, in each of four replications."""

    @cache
    def of(people):
        player = Player(varying.varied(scenario, {f"pools.{POOL}.capacity": people}, "test"))
        return np.array([kpis.measure(player.replication(number))["visit_to_report_days"] for number in range(4)])

    return of


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("visit_to_report_days<=135:0.9", ("visit_to_report_days", "<=", 135.0, 0.9)),
        ("pool_utilisation.lcg > 0,5 : 1", ("pool_utilisation.lcg", ">", 0.5, 1.0)),
    ],
)
def test_a_target_is_read(text, told):
    found = targets.target(text)
    assert (found.figure, found.op, found.bound, found.chance) == told


@pytest.mark.parametrize("text", ["", "x", "x<=1", "x=1:0.9", "x<=a:0.5", "x<=1:0.5:3"])
def test_what_is_no_target_is_refused(text):
    with pytest.raises(InputError) as caught:
        targets.target(text)
    assert text in caught.value.problems[0].message or not text


@pytest.mark.parametrize(
    ("text", "column", "remedy"),
    [("x<=1:0", 6, "nine in ten"), ("x <= 135 : 1.9", 12, "nine in ten"), ("x<=1:90", 6, "0.9 for 90")],
)
def test_a_chance_that_is_none_is_told_at_its_column_with_what_to_do(text, column, remedy):
    with pytest.raises(InputError) as caught:
        targets.target(text)
    (problem,) = caught.value.problems
    assert (problem.file, problem.column, problem.excerpt) == ("--target", column, text)
    assert remedy in problem.hint


@pytest.mark.parametrize(
    ("text", "remedies"),
    [
        ("late<=5%:0.9", ["per cent sign", "0.05 is 5 per cent"]),
        ("<=5%:0.9", ["name of a figure", "0.05 is 5 per cent"]),
        ("x<=1:90%", ["0.9 is 90 per cent"]),
        ("x<=1", []),
    ],
)
def test_what_a_target_lacks_is_told(text, remedies):
    with pytest.raises(InputError) as caught:
        targets.target(text)
    hint = caught.value.problems[0].hint
    assert all(remedy in hint for remedy in (*remedies, "visit_to_report_days<=170:0.9"))
    assert ("per cent" in hint) == ("%" in text)
    assert ("name of a figure" in hint) == text.startswith("<")


def test_the_bound_of_a_share_is_a_share():
    found = targets.target("x>=1.9:0.9")
    targets.fits("x>=1.9:0.9", found, "days")
    with pytest.raises(InputError) as caught:
        targets.fits("x>=1.9:0.9", found, "share")
    assert caught.value.problems[0].column == 4


def test_a_share_has_the_interval_of_wilson():
    from simulator.outcomes.statistics import proportion

    assert proportion(0, 10).low == 0
    assert proportion(10, 10).high == 1
    one = proportion(5, 10)
    assert (round(one.low, 4), round(one.high, 4)) == (0.2366, 0.7634)  # Brown, Cai and DasGupta 2001, table of Wilson


def test_the_smallest_number_reaches_the_target_and_one_less_does_not(scenario, figure):
    many, few = figure(24), figure(3)
    bound = (many.max() + few.max()) / 2
    assert many.max() < bound < few.max(), "the bound must lie between the two for the test to mean anything"
    target = targets.target(f"visit_to_report_days<={bound:.1f}:1")
    told = []
    found = staffing.search(scenario, target, [POOL], 4, 1, told.append)
    (need,) = found.needs
    assert (figure(need.smallest) <= bound + 0.05).all()
    assert need.smallest == 2 or not (figure(need.smallest - 1) <= bound).all()
    assert found.reached.met.mean == 1
    assert need.low <= need.smallest
    assert need.high is None, "of a chance of 1 nobody can be certain"
    assert found.binds == ((POOL,) if need.one_less and need.one_less.mean < 1 else ())
    assert [one.people for one in told if one.pool] == [need.smallest]
    played = sum(one.played for one in told)
    assert played <= staffing.most_plays(scenario, [POOL], 4)


def test_the_outcome_is_the_same_for_any_number_of_workers(scenario):
    target = targets.target("visit_to_report_days<=160:0.5")
    one, two = (staffing.search(scenario, target, [POOL], 3, workers, lambda _: None) for workers in (1, 2))
    assert one == two


def test_what_people_cannot_reach_is_told_with_why_and_what_they_can(scenario):
    scenario = varying.varied(scenario, {f"pools.{POOL}.capacity": 2}, "test")
    found = staffing.search(scenario, targets.target("visit_to_report_days<=20:0.5"), [POOL], 4, 1, lambda _: None)
    (need,) = found.needs
    assert found.reached is None
    assert need.smallest is None
    assert found.with_all.met.mean == 0
    assert need.alone < found.as_it_is.figure.mean
    assert found.binds == (POOL,)
    again = targets.target(found.target.words(found.nearest))
    assert staffing.search(scenario, again, [POOL], 4, 1, lambda _: None).reached
    days = sum(one for _, one in found.steps)
    assert 0.5 * found.with_all.figure.mean < days < found.with_all.figure.mean
    names = {node.id for node in scenario.kader.file.werkwijze.walk() if node.step}
    assert {name for name, _ in found.steps} <= names


def test_the_steps_on_the_way_make_up_the_days_to_the_report(scenario):
    from simulator.outcomes import pathways

    play = Player(varying.varied(scenario, {f"pools.{POOL}.capacity": 24}, "test")).replication(0)
    days, reports = pathways.days_per_step(play, ["onderzoek"])
    lag = kpis.measure(play)["visit_to_report_days"]
    assert reports > 0
    assert 0.9 * lag < sum(days.values()) / reports < lag + 3


@pytest.mark.parametrize(
    ("text", "values", "unit", "bound"),
    [
        ("x<=1:0.75", [5.2, 3.0, 9.9, 1.0], "days", 6),
        ("x<5:0.75", [5.0, 3.0, 9.9, 1.0], "days", 6),
        ("x>=1:0.75", [0.123, 0.9, 0.5, 0.4], "share", 0.4),
        ("x<=1:0.75", [5.2, float("nan"), float("nan"), 1.0], "days", None),
        ("x<=1:0.1", [0.5, 0.9, 0.45], "share", 0.45),
    ],
)
def test_the_nearest_bound_is_met_with_the_chance(text, values, unit, bound):
    found = targets.target(text)
    near = found.nearest(np.array(values), unit)
    assert near == bound
    if near is not None:
        assert targets.target(found.words(near)).met(np.array(values)).mean >= found.chance


def test_more_people_make_no_report_later(figure):
    """What the search rests on; tried where people are so few that they hold each other up.

    Not to the day: with more people others make up a team, and each team waits for its own.
    """
    means = [figure(people).mean() for people in (2, 3, 4, 6, 9, 14, 24)]
    assert all(later <= sooner + 4 for sooner, later in pairwise(means))
    assert means[-1] < means[0] - 10
