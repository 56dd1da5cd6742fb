"""Which numbers matter: known answers on a made-up figure, and the same outcome for any number of workers."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("SALib")

from simulator.base.errors import InputError
from simulator.outcomes import evaluating, sensitivity
from simulator.outcomes.sensitivity import Plan
from simulator.world import scenario as scenarios

SHIPPED = scenarios.load("invoering-2014")
NAMES = ("install_opr", "opr_refuses", "adopt_plan", "send_plan")


@pytest.fixture
def made_up(monkeypatch):
    """A figure that depends on the first two numbers alone, on one of them twice as much, and on both together."""

    def answer(question, variants, workers, tick):
        del question, workers
        found = []
        for variant in variants:
            a, b = variant.get("install_opr", 0.5), variant.get("opr_refuses", 0.5)
            found.append([2 * a + b])
            tick(1)
        return np.array(found)

    monkeypatch.setattr(evaluating, "evaluate", answer)


def test_effects_are_those_of_a_known_figure(made_up):
    plan = Plan(NAMES, trajectories=20, samples=256, top=3, replications=1)
    ticks = []
    effects, base = sensitivity.analyse(SHIPPED, "plan_on_time", plan, 1, ticks.append)
    assert base == 1.5
    by_name = {effect.name: effect for effect in effects}
    assert [effect.name for effect in effects[:2]] == ["install_opr", "opr_refuses"]
    assert by_name["install_opr"].mu_star == pytest.approx(2)
    assert by_name["opr_refuses"].mu == pytest.approx(1)
    assert by_name["adopt_plan"].mu_star == 0
    # a sum of 2 a + b: variances 4/12 and 1/12
    assert by_name["install_opr"].total == pytest.approx(0.8, abs=0.05)
    assert by_name["opr_refuses"].first == pytest.approx(0.2, abs=0.05)
    assert by_name["send_plan"].total is None
    assert sum(ticks) == plan.screened + plan.shared


def test_how_much_is_played_is_known_beforehand():
    assert Plan(NAMES, 4, 16, 3, 5).screened == 4 * 5
    assert Plan(NAMES, 4, 16, 3, 5).shared == 16 * 5
    assert Plan(NAMES, 4, 0, 3, 5).shared == 0
    assert Plan(NAMES[:1], 4, 16, 3, 5).shared == 0


def test_all_that_is_assumed_and_played_takes_part():
    names = sensitivity.names_of(SHIPPED)
    assert {"install_opr", "opr_refuses", "content", "content.GOV-6c", "maturity"} <= set(names)
    assert not [name for name in names if name.startswith("hours")]
    assert all(SHIPPED.parameters[name].confidence in ("assumed", "unverified") for name in names if "." not in name)


def test_the_outcome_is_the_same_for_any_number_of_workers(tiny_scenario):
    scenario = scenarios.load(str(tiny_scenario))
    plan = Plan(NAMES[:3], 2, 2, 2, 1)
    one, two = (sensitivity.analyse(scenario, "findings_per_swv", plan, workers, lambda _: None) for workers in (1, 2))
    assert one == two


def test_without_salib_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(sensitivity, "find_spec", lambda _: None)
    with pytest.raises(InputError, match="SALib"):
        sensitivity.analyse(SHIPPED, "plan_on_time", Plan(NAMES, 2, 0, 2, 1), 1, lambda _: None)
