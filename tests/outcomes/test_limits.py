"""Intervals keep within what a figure can be, and around its mean."""

from __future__ import annotations

import json

import numpy as np
import pytest

from simulator.kader import reading
from simulator.outcomes import limits
from tests.conftest import scenario_of


@pytest.fixture(scope="module")
def file():
    return reading.load("swv-2014").file


def test_a_change_that_is_below_zero_has_an_interval_around_it(file):
    found = limits.estimate([file], "budget_change_2020_pct", np.array([-1.2, -1.7, -1.5, -1.9]))
    assert found.low < found.mean < found.high < 0


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("plan_on_time", 0, 1),
        ("pool_utilisation.inspecteur_so", 0, 1),
        ("findings_per_swv", 0, None),
        ("heavy_budget_shortfall_eur", 0, None),
        ("budget_change_2020_pct", None, None),
    ],
)
def test_what_a_figure_cannot_pass_follows_from_what_it_measures(file, name, low, high):
    wide = limits.estimate([file], name, np.array([-5.0, 5.0]))
    assert (wide.low == 0) is (low == 0)
    assert (wide.high == 1) is (high == 1)


def test_every_mean_on_the_screen_lies_within_its_interval(command, tmp_path):
    shock = "shocks: [{kind: negatieve_verevening, from: 2013-08-01, size: 600, where: {swv: [PO2814, VO2802]}}]\n"
    small = scenario_of("duur", ["PO2814", "VO2802"]) + shock
    (tmp_path / "duur.yaml").write_text(small, encoding="utf-8")
    _, out, _ = command("run", "duur.yaml", "-n", "3", "--json")
    kpis = json.loads(out)["kpis"]
    assert kpis["budget_change_2020_pct"]["mean"] < 0
    for name, one in kpis.items():
        if one["n"] > 1:
            assert one["low"] <= one["mean"] + 1e-9, name
            assert one["mean"] <= one["high"] + 1e-9, name
