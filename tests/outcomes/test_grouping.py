"""Figures over a group: its part of a play in which everybody takes part."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.outcomes import grouping, kpis, running
from simulator.outcomes.play import Player
from simulator.world import scenario


@pytest.fixture
def run(small_scenario, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INSPECTIE_SIM_RUNS", str(tmp_path / "runs"))
    return running.run(scenario.load(str(small_scenario)), 3, running.How(1))[0]


def test_everybody_as_a_group_has_the_figures_of_the_run(run):
    found = grouping.of_group(run, list(run.scenario.swv), 1, lambda _: None)
    for name, values in run.kpis.items():
        np.testing.assert_array_equal(found.kpis[name], values)


def test_groups_add_up_to_the_whole(run):
    po = [code for code in run.scenario.swv if code.startswith("PO")]
    vo = [code for code in run.scenario.swv if code.startswith("VO")]
    one, other = (grouping.of_group(run, codes, 1, lambda _: None).kpis for codes in (po, vo))
    for name in ("plan_on_time", "plan_complete", "burden_hours_per_swv", "consent_before_1_may"):
        np.testing.assert_allclose((one[name] + other[name]) / 2, run.kpis[name])
    for name in [name for name in run.kpis if name.startswith("pool_utilisation.")]:
        np.testing.assert_allclose(one[name] + other[name], run.kpis[name])
    assert not np.array_equal(one["burden_hours_per_swv"], other["burden_hours_per_swv"])


def test_every_figure_can_be_taken_over_one_swv(run):
    play = Player(run.scenario).replication(0)
    alone = [kpis.measure(play, np.array([number])) for number in range(len(run.scenario.swv))]
    whole = kpis.measure(play)
    assert all(set(one) == set(whole) for one in alone)
    days = [one["visit_to_report_days"] for one in alone if not np.isnan(one["visit_to_report_days"])]
    assert min(days) <= whole["visit_to_report_days"] <= max(days)


def test_the_number_of_workers_changes_nothing(run):
    codes = list(run.scenario.swv)[:3]
    one, two = (grouping.of_group(run, codes, workers, lambda _: None).kpis for workers in (1, 2))
    for name, values in one.items():
        np.testing.assert_array_equal(values, two[name])
