"""Points of a sweep, values by name, and variants that are played without a run of their own."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.base.errors import InputError
from simulator.outcomes import evaluating, kpis, running, sweeping
from simulator.outcomes.evaluating import Question
from simulator.outcomes.play import Player
from simulator.world import scenario as scenarios
from simulator.world import varying

SHIPPED = scenarios.load("invoering-2014")


@pytest.fixture
def scenario(tiny_scenario):
    return scenarios.load(str(tiny_scenario))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a.b=4..12:2", (4, 6, 8, 10, 12)),
        ("a=0..0.3:0.1", (0, 0.1, 0.2, 0.3)),
        ("a=1,2.5,2014-01-01", (1, 2.5, "2014-01-01")),
        ("a=7", (7,)),
        ("a=1..2:0.75", (1, 1.75)),
    ],
)
def test_values_of_an_axis(text, values):
    assert sweeping.axis(text).values == values


def test_bounds_of_an_axis():
    found = sweeping.axis("a=0.1..0.4")
    assert (found.values, found.low, found.high) == ((), 0.1, 0.4)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a=",
        "=1",
        "a=4..1",
        "a=4..12:0",
        "a=4..12:-1",
        "a=x..y",
        "a=0..1:1e-9",
        "a=0..inf",
        "a=0..nan:1",
        "a=inf",
        "a=1,nan",
    ],
)
def test_what_is_no_axis_is_refused(text):
    with pytest.raises(InputError):
        sweeping.axis(text)


@given(st.text(max_size=20))
def test_any_text_is_an_axis_or_refused(text):
    with suppress(InputError):
        assert sweeping.axis(text).name


def test_a_grid_has_every_combination():
    axes = [sweeping.axis("opr_refuses.value=0.1,0.2"), sweeping.axis("pools.lcg.capacity=1..3:1")]
    points = sweeping.points(SHIPPED, axes, None, 1)
    assert len(points) == 6
    assert points[0] == {"opr_refuses.value": 0.1, "pools.lcg.capacity": 1}


def test_a_hypercube_has_one_point_in_each_band_and_whole_numbers_where_they_count():
    axes = [sweeping.axis("opr_refuses.value=0.1..0.2"), sweeping.axis("pools.lcg.capacity=1..9")]
    points = sweeping.points(SHIPPED, axes, 10, 1)
    bands = sorted(int((point["opr_refuses.value"] - 0.1) * 100) for point in points)
    assert bands == list(range(10))
    assert all(isinstance(point["pools.lcg.capacity"], int) for point in points)
    assert points == sweeping.points(SHIPPED, axes, 10, 1)
    assert points != sweeping.points(SHIPPED, axes, 10, 2)
    (axis,) = [sweeping.axis("pools.lcg.capacity=0.2..1.9")]
    assert {point["pools.lcg.capacity"] for point in sweeping.points(SHIPPED, [axis], 10, 1)} == {1}


@pytest.mark.parametrize(
    ("texts", "hypercube", "message"),
    [
        (["opr_refuse.value=0.1"], None, "opr_refuse"),
        (["opr_refuses.vale=0.1"], None, "vale"),
        (["opr_refuses.value=1.5"], None, r"1\.5"),
        (["pools.lcg.capacity=1.5"], None, r"1\.5"),
        (["pools.nobody.capacity=1"], None, "nobody"),
        (["opr_refuses.value=0.1..0.2"], None, "step"),
        (["opr_refuses.value=0.1,0.2"], 4, "bounds"),
        (["opr_refuses.value=0..1:0.001", "pools.lcg.capacity=1..20:1"], None, "20020"),
        (["install_opr=3"], None, "install_opr"),
        (["pools.lcg.capacity=1,2", "pools.lcg.capacity=3"], None, "twice"),
        (["pools.lcg.capacity=0.2..0.4"], 3, "whole number"),
    ],
)
def test_a_sweep_that_cannot_be_is_refused_before_anything_is_played(texts, hypercube, message):
    with pytest.raises(InputError, match=message):
        sweeping.points(SHIPPED, [sweeping.axis(text) for text in texts], hypercube, 1)


def test_a_variant_gives_what_its_own_run_gives(scenario, tmp_path):
    values = {"opr_refuses.value": 0.5, "pools.lcg.capacity": 1}
    run, _ = running.run(varying.varied(scenario, values, "test"), 3, folder=tmp_path / "own")
    figures = tuple(kpis.names(Player(scenario).looker))
    (row,) = evaluating.evaluate(Question(scenario, figures, 3, kind="values"), [values], 1, lambda _: None)
    for name, value in zip(figures, row, strict=True):
        expected = run.kpis[name][~np.isnan(run.kpis[name])]
        assert (len(expected) == 0 and np.isnan(value)) or value == pytest.approx(expected.mean())


def test_variants_are_the_same_for_any_number_of_workers(scenario):
    question = Question(scenario, ("plan_on_time", "findings_per_swv"), 2, kind="nudge")
    variants = [{"opr_refuses": place, "install_opr": 1 - place} for place in (0.0, 0.3, 0.5, 1.0)]
    one, two = (evaluating.evaluate(question, variants, workers, lambda _: None) for workers in (1, 2))
    np.testing.assert_array_equal(one, two)


def test_in_the_middle_nothing_is_nudged_and_at_the_ends_all_is():
    names = varying.unsure(SHIPPED)
    assert len(names) > 40
    middle = varying.nudged(SHIPPED, dict.fromkeys(names, 0.5))
    assert middle.pools == SHIPPED.pools
    for name, one in middle.parameters.items():
        assert one.quantile(np.array([0.3])) == pytest.approx(SHIPPED.parameters[name].quantile(np.array([0.3])))
    for end in (0.0, 1.0):
        moved = varying.nudged(SHIPPED, dict.fromkeys(names, end))
        for name in names:
            if not name.startswith("pools."):
                assert moved.parameters[name] != SHIPPED.parameters[name], name
