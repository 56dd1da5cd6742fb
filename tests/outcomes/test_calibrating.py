"""Numbers fitted to figures: known answers on a made-up model, what cannot be met, and mistakes in the file."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.base.errors import InputError
from simulator.outcomes import calibrating, evaluating
from simulator.outcomes.calibrating import Calibration, Targets
from simulator.world import scenario as scenarios

SHIPPED = scenarios.load("invoering-2014")
NUMBERS = {"install_opr.median": {"low": 10, "high": 60}, "opr_refuses.value": {"low": 0.01, "high": 0.3}}


def targets(**figures):
    made = {
        name: {"value": (low + high) / 2, "low": low, "high": high, "source": "x"}
        for name, (low, high) in figures.items()
    }
    return Targets.model_validate({"targets": made, "parameters": NUMBERS})


@pytest.fixture
def made_up(monkeypatch):
    """Figures that follow from the two numbers by a formula."""

    def answer(_, question, variant):
        a, b = variant["install_opr.median"], variant["opr_refuses.value"]
        formulas = {"plan_on_time": 1 - a / 100, "plan_complete": b, "findings_per_swv": a / 10 + b}
        return [formulas[name] for name in question.figures]

    def evaluate(question, variants, workers, tick):
        del workers
        tick(len(variants))
        return np.array([answer(None, question, variant) for variant in variants])

    monkeypatch.setattr(evaluating, "answer", answer)
    monkeypatch.setattr(evaluating, "evaluate", evaluate)


def fit(**figures):
    return Calibration(SHIPPED, targets(**figures), 1, 60, lambda _: None).fit(1)


def test_numbers_that_give_the_figures_are_found(made_up):
    found = fit(plan_on_time=(0.64, 0.66), plan_complete=(0.09, 0.11))
    assert found.missed == []
    assert found.values["install_opr.median"] == pytest.approx(35, abs=1.5)
    assert found.values["opr_refuses.value"] == pytest.approx(0.1, abs=0.015)
    assert (found.alone, found.together) == ([], [])


def test_a_figure_out_of_reach_is_named_by_itself(made_up):
    found = fit(plan_on_time=(0.95, 0.99), plan_complete=(0.09, 0.11))
    assert found.alone == ["plan_on_time"]
    assert found.together == []
    assert 0.09 <= found.figures["plan_complete"] <= 0.11


def test_figures_that_exclude_each_other_are_named_together(made_up):
    found = fit(plan_on_time=(0.64, 0.66), findings_per_swv=(1.4, 1.8))
    assert found.missed
    assert found.alone == []
    assert found.together == [("plan_on_time", "findings_per_swv")]


@pytest.mark.parametrize(
    "figures",
    [
        {"plan_on_time": (0.64, 0.66)},
        {"plan_on_time": (0.95, 0.99), "plan_complete": (0.9, 0.95), "findings_per_swv": (0.1, 0.2)},
    ],
)
def test_no_more_is_played_than_was_announced(made_up, figures):
    wanted = targets(**figures)
    assert calibrating.beforehand(wanted) < fit(**figures).played <= calibrating.most(wanted, 60)


def test_the_fit_of_a_real_scenario_is_the_same_for_any_number_of_workers(tiny_scenario):
    scenario = scenarios.load(str(tiny_scenario))
    wanted = targets(findings_per_swv=(2.0, 3.5))
    one, two = (Calibration(scenario, wanted, 1, 5, lambda _: None).fit(workers) for workers in (1, 2))
    assert one == two


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("plan_on_time", "plan_on_tim", "plan_on_time"),
        ("opr_refuses.value", "opr_refuses.valu", "value"),
        ("opr_refuses.value", "opr_refusse.value", "opr_refuses"),
        ("high: 0.3", "high: 1.3", "1.3"),
        ("high: 60", "high: 6", "6"),
        ("low: 0.45", "low: 0.55", "0.5"),
        ('source: "x"', "", "source"),
    ],
)
def test_mistakes_in_the_file_are_told(write, tiny_scenario, old, new, message):
    scenario = scenarios.load(str(tiny_scenario))
    text = """format: targets/1
targets:
  plan_on_time: {value: 0.5, low: 0.45, high: 0.6, source: "x"}
parameters:
  install_opr.median: {low: 10, high: 60}
  opr_refuses.value: {low: 0.01, high: 0.3}
"""
    assert calibrating.read(write("t.yaml", text), scenario)
    with pytest.raises(InputError) as caught:
        calibrating.read(write("t.yaml", text.replace(old, new, 1)), scenario)
    told = " ".join(f"{one.message} {one.hint}" for one in caught.value.problems)
    assert message in told
    assert all(one.line for one in caught.value.problems)
