"""What scenarios do to the figures that they name, against what was expected of them before they were played.

`python -m pytest -m slow tests/outcomes/test_expectations.py` plays them all and writes docs/scenarios.md. An expectation
that fails is reported there and in its scenario (`known_to_fail`), not tuned. The test fails on one that fails and is not
listed there, and on one that is listed and came true.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from simulator.base.language import say
from simulator.outcomes import expectations
from simulator.outcomes.statistics import Difference, Estimate
from simulator.world import scenario as scenarios

PAGE = Path(__file__).parents[2] / "docs" / "scenarios.md"
REPLICATIONS = 40


def shipped():
    return [name for name in scenarios.names() if "/" not in name and not name.endswith(".yaml")]


def test_every_scenario_that_differs_from_another_says_what_it_expects_or_asks():
    open_questions = {"een-swv"}
    for name in shipped():
        found = scenarios.load(name)
        if len(found.chain) > 1:
            assert found.expects.figures or name in open_questions, name


def test_the_page_tells_of_every_expectation():
    text = PAGE.read_text("utf-8")
    for name in shipped():
        for figure in scenarios.load(name).expects.figures:
            assert f"| {name} | " in text
            assert f"`{figure}`" in text


@pytest.mark.parametrize("name", shipped())
def test_the_page_tells_what_every_scenario_asks_and_which_claim_nothing(name):
    """Also of those without an expectation; when this fails, the page has to be made again (see above)."""
    text = PAGE.read_text("utf-8")
    for paragraph in expectations.asked([name]).split("\n\n")[1:]:
        assert paragraph.strip() in text


def test_what_is_not_as_the_scenarios_say_is_named():
    """An expectation that fails must be listed, and one that is listed must fail."""
    listed, other = scenarios.load("steun-meeste-redding"), scenarios.load("late-opr")

    def tried(scenario, low, high):
        direction = scenario.expects.figures["plan_on_time"]
        spread = Difference(Estimate((low + high) / 2, low, high, 3), 0.0, 0.01)
        return expectations.Tried(scenario, "x", "plan_on_time", direction, 0.5, 0.5, spread)

    assert expectations.surprises([tried(listed, -0.01, 0.01), tried(other, -0.2, -0.1)]) == []
    assert expectations.surprises([tried(listed, 0.01, 0.02)]) == [
        "steun-meeste-redding plan_on_time: came true, but is listed under known_to_fail"
    ]
    assert expectations.surprises([tried(other, -0.2, 0.1)]) == [
        "late-opr plan_on_time: did not come true, and is not listed"
    ]


def test_only_what_is_expected_can_be_known_to_fail(write):
    from simulator.base.errors import InputError

    path = write("x.yaml", "format: scenario/1\nid: x\nextends: late-opr\ntitle: {nl: t, en: t}\nquestion: {nl: q, en: q}\n"
                 "expects: {plan_on_time: lower, known_to_fail: {plan_complete: {nl: w, en: w}}}\n")  # fmt: skip
    with pytest.raises(InputError, match="expects nothing of 'plan_complete'") as caught:
        scenarios.load(str(path))
    assert (caught.value.problems[0].line, caught.value.problems[0].column) == (6, 48)


def test_the_page_writes_shares_in_points_as_compare_does():
    scenario = scenarios.load("late-opr")
    spread = Difference(Estimate(-0.136, -0.145, -0.126, 3), 0.0, 0.01)
    one = expectations.Tried(scenario, "invoering-2014", "plan_on_time", "lower", 0.472, 0.336, spread)
    text = expectations.page([one], ["late-opr", "een-swv"], 40)
    assert "| 47.2% | 33.6% | -13.6 pp [-14.5 .. -12.6 pp] | yes |" in text
    assert "| `plan_on_time` | share | lower |" in text
    assert "also where a scenario" in text
    assert "(`een-swv`)" in text
    assert text.count("It claims nothing about figures.") == 1


@pytest.mark.parametrize(
    ("name", "before", "low", "high", "came"),
    [("plan_on_time", 0.5, -0.009, 0.009, True), ("plan_on_time", 0.5, -0.009, 0.011, False),
     ("burden_hours_per_swv", 1500, -14, 14, True), ("burden_hours_per_swv", 1500, -16, 0, False)],
)  # fmt: skip
def test_the_same_is_within_a_point_or_a_hundredth(name, before, low, high, came):
    spread = Difference(Estimate((low + high) / 2, low, high, 3), 0.0, 0.01)
    one = expectations.Tried(scenarios.load("late-opr"), "x", name, "same", before, before, spread)
    assert one.came == came


def test_a_row_of_the_page_has_one_precision():
    spread = Difference(Estimate(-0.0021, -0.0043, 0.0001, 3), 0.0, 0.01)
    one = expectations.Tried(scenarios.load("late-opr"), "x", "plan_on_time", "higher", 0.4434, 0.4413, spread)
    assert "| 44.34% | 44.13% | -0.21 pp [-0.43 .. +0.01 pp] | **no** |" in expectations.page([one], [], 40)


def test_every_row_of_the_page_has_the_unit_of_its_figure():
    rows = [line.split(" | ") for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ") and "`" in line]
    units = {f"`{kpi.id}`": kpi.unit for name in shipped() for kpi in scenarios.load(name).kader.file.kpis}
    assert rows
    assert [row[3] for row in rows] == [say(f"unit.{units[row[2]]}") for row in rows]


@pytest.mark.slow
def test_what_scenarios_do_is_what_they_say():
    names = shipped()
    found = expectations.tried(names, REPLICATIONS, os.cpu_count() or 1)
    PAGE.write_text(expectations.page(found, names, REPLICATIONS), encoding="utf-8", newline="\n")
    assert expectations.surprises(found) == []
