"""What scenarios do to the figures that they name, against what was expected of them before they were played.

`python -m pytest -m slow tests/outcomes/test_expectations.py` plays them all and writes docs/scenarios.md. An expectation
that fails is reported there and in its scenario (`known_to_fail`), not tuned. The test fails on one that fails and is not
listed there, and on one that is listed and came true.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from simulator.base.errors import InputError
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
        for claim in scenarios.load(name).expects.claims:
            start = f"| {name} | {scenarios.load(name).expects.against} | {claim.group or 'all'} | `{claim.figure}` | "
            assert any(line.startswith(start) and f" | {claim.direction} | " in line for line in text.splitlines()), (
                start
            )


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
    assert "| late-opr | invoering-2014 | all | `plan_on_time` |" in text
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
    assert [row[4] for row in rows] == [say(f"unit.{units[row[3]]}") for row in rows]


OWN = ("format: scenario/1\nid: x\nextends: krimp\ntitle: {nl: t, en: t}\nquestion: {nl: q, en: q}\n"
       "population: {swv: [PO2814, PO2903, PO3106, VO2810]}\ngroups: {mijn: [PO2814]}\nexpects:\n")  # fmt: skip


def test_a_claim_on_a_group_is_held_against_that_group_alone(write):
    """The krimpregio loses pupils by krimp, PO2814 does not; all are played together."""
    basis = write("basis.yaml", OWN.replace("extends: krimp", "extends: invoering-2014").replace("expects:\n", ""))
    claims = "[{is: lower, group: krimpregio}, {is: same, group: mijn}, lower]"
    path = write("x.yaml", OWN + f"  against: {basis.as_posix()}\n  budget_change_2020_pct: {claims}\n")
    region, own, everybody = expectations.tried([str(path)], 4, 1)
    assert [one.label for one in (region, own, everybody)] == [
        "budget_change_2020_pct/krimpregio", "budget_change_2020_pct/mijn", "budget_change_2020_pct",
    ]  # fmt: skip
    assert region.came
    assert own.came
    assert (own.before, own.difference.estimate.high) == (own.after, 0)
    assert everybody.difference.estimate.mean == pytest.approx(region.difference.estimate.mean * 2 / 4, rel=0.05)
    text = expectations.page([region, own], [], 4)
    assert f"| x | {basis.as_posix()} | krimpregio | `budget_change_2020_pct` |" in text
    assert expectations.surprises([region, own]) == []


@pytest.mark.parametrize(
    ("expects", "message", "line", "column"),
    [
        ("  plan_on_time: {is: lower, group: krimpregios}\n", "no group 'krimpregios'", 9, 36),
        ("  plan_on_time: [lower, {is: lower, group: zeeland}, {is: higher, group: drenthe}]\n", "'drenthe' nobody", 9, 74),
        ("  plan_on_time: [lower, higher]\n", "'plan_on_time' twice", 9, 25),
        ("  plan_on_tim: {is: lower, group: mijn}\n", "'plan_on_tim' is no figure", 9, 3),
        ("  plan_on_time: {is: les, group: mijn}\n", "'les' is not possible", 9, 22),
        ("  plan_on_time: {is: lower, groep: mijn}\n", "unknown key 'groep'", 9, 29),
        ("  plan_on_time: {group: mijn}\n", "the key 'is' is missing", 9, 3),
        ("  plan_on_time: []\n", "at least 1 is needed", 9, 17),
        ("  plan_on_time: {is: lower, group: mijn}\n  known_to_fail: {plan_on_time: {nl: w, en: w}}\n",
         "Did you mean plan_on_time/mijn", 10, 19),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_claim_is_told_at_its_place(write, expects, message, line, column):
    with pytest.raises(InputError) as caught:
        scenarios.load(str(write("x.yaml", OWN + expects)))
    (problem,) = caught.value.problems
    assert message in problem.as_text()
    assert (problem.line, problem.column) == (line, column)


def test_a_claim_on_a_group_is_shown_and_can_be_known_to_fail(write, command):
    write("x.yaml", OWN + "  plan_on_time: [lower, {is: same, group: mijn}]\n"
          "  known_to_fail: {plan_on_time/mijn: {nl: w, en: 'none is hit'}}\n")  # fmt: skip
    out = " ".join(command("scenario", "show", "x.yaml")[1].split())
    assert "the same as in krimp (group mijn)" in out
    assert "none is hit" in out
    spread = Difference(Estimate(0.2, 0.1, 0.3, 3), 0.0, 0.01)
    scenario = scenarios.load("x.yaml")
    own = expectations.Tried(scenario, "krimp", "plan_on_time", "same", 0.5, 0.7, spread, "mijn")
    assert expectations.surprises([own]) == []


@pytest.mark.slow
def test_what_scenarios_do_is_what_they_say():
    names = shipped()
    found = expectations.tried(names, REPLICATIONS, os.cpu_count() or 1)
    PAGE.write_text(expectations.page(found, names, REPLICATIONS), encoding="utf-8", newline="\n")
    assert expectations.surprises(found) == []
