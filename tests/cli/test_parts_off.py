"""What commands say of parts of the model that a scenario leaves out."""

from __future__ import annotations

import json

import pytest

from simulator.kader import reading as kaders
from simulator.world import parts
from simulator.world import scenario as scenarios
from tests.conftest import scenario_of


@pytest.fixture
def without(write):
    """Writes a scenario of two swv that leaves out one part, and gives its file."""

    def wrote(part):
        text = scenario_of(f"zonder-{part}", ["PO2814", "VO2802"])
        return write(f"zonder-{part}.yaml", text + f"parts: {{{part}: false}}\n")

    return wrote


def test_every_event_of_the_oogo_is_lost_with_the_oogo_and_no_other(without):
    lost = parts.lost_events(scenarios.load(str(without("oogo"))))
    assert {"oogo_begun", "oogo_held"} <= set(lost)
    assert set(lost.values()) == {"oogo"}
    assert not {"sent", "adopted", "opr_installed"} & set(lost)
    assert parts.lost_events(scenarios.load("invoering-2014")) == {}


@pytest.mark.parametrize(("part", "gone"), [("oogo", {"oogo_started", "oogo_closed"}), ("opr", {"opr", "consent"})])
def test_progress_leaves_out_what_can_not_come(command, without, part, gone):
    file = without(part)
    told = json.loads(command("voortgang", file, "-n", "1", "--json")[1])
    every = {state.id for state in kaders.load("swv-2014").file.progress}
    assert {row["id"] for row in told["voortgang"]} == every - gone
    assert "leaves it out" in command("voortgang", file, "-n", "1")[1]


def test_the_burden_leaves_out_what_is_counted_together_when_half_of_it_is_gone(command, without):
    file = without("praktijktoets")
    assert "together" not in json.loads(command("lastendruk", file, "-n", "1", "--json")[1])
    assert "leaves it out: praktijktoets and simulatieonderzoek" in command("lastendruk", file, "-n", "1")[1]


def test_a_run_says_which_parts_are_left_out(command, without):
    file = without("oogo")
    assert "leaves out parts of the model: OOGO with the gemeenten (oogo)" in command("run", file, "-n", "2")[2]
    assert json.loads(command("run", file, "-n", "2", "--json")[1])["parts_off"] == ["oogo"]


def test_why_says_that_a_figure_rests_on_what_one_of_two_leaves_out(command, without, write):
    whole, file = write("heel.yaml", scenario_of("heel", ["PO2814", "VO2802"])), without("bekostiging")
    asked = ("why", file, whole, "--kpi", "heavy_budget_shortfall_eur", "-n", "2")
    screen = " ".join(command(*asked)[1].split())
    assert "Nothing differs" not in screen
    assert "zonder-bekostiging leaves out what this figure rests on: money and verevening" in screen
    (row,) = json.loads(command(*asked, "--json")[1])["left_out"]
    assert (row["scenario"], row["part"]) == ("zonder-bekostiging", "bekostiging")
    other = json.loads(command("why", file, whole, "--kpi", "plan_on_time", "-n", "2", "--json")[1])
    assert other["left_out"] == []
