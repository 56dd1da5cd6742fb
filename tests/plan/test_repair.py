"""The least repair: enough, no more than needed, and as small as the smallest found by trying everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from simulator.base import resources
from simulator.plan import changes as possible
from simulator.plan import checking, reading, repair
from simulator.plan.changes import Change
from simulator.plan.model import Answer
from simulator.reports import todo
from simulator.world import population

EXAMPLE = reading.load("voorbeeld-po", set(population.everyone()))
GOOD = replace(
    EXAMPLE,
    plan=EXAMPLE.plan.model_copy(
        update={
            "answers": {
                **EXAMPLE.plan.answers,
                "GOV-6c": {key: Answer(answer=True) for key in EXAMPLE.plan.answers["GOV-6c"]},
            }
        }
    ),
)
PARTS = [(duty, part) for duty, parts in GOOD.plan.answers.items() for part in parts]


def broken(wrong, answer=False):
    """The good plan with some answers that are no, or left empty."""
    answers = {duty: dict(parts) for duty, parts in GOOD.plan.answers.items()}
    for duty, part in wrong:
        answers[duty][part] = Answer(answer=answer)
    return replace(GOOD, plan=GOOD.plan.model_copy(update={"answers": answers}))


def test_a_good_plan_needs_nothing():
    checked = checking.check(GOOD)
    assert not checked.failed
    assert repair.least(checked).changes == []


def test_the_example_needs_one_change():
    found = repair.least(checking.check(EXAMPLE))
    assert [change.id for change in found.changes] == ["answer:GOV-6c.independence"]
    assert (found.impossible, found.optimal, found.hours) == ([], True, 16)
    assert found.duties["answer:GOV-6c.independence"] == ["GOV-6c"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sets(st.sampled_from(PARTS), min_size=1, max_size=6), st.sampled_from([False, None]))
def test_applied_it_is_enough_and_without_any_one_of_its_changes_it_is_not(wrong, answer):
    checked = checking.check(broken(wrong, answer))
    assume(checked.failed)
    found = repair.least(checked)
    assert found.impossible == []
    assert found.optimal
    assert not repair.apply(checked, found.changes).failed
    for change in found.changes:
        rest = [one for one in found.changes if one != change]
        assert repair.apply(checked, rest).failed


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sets(st.sampled_from(PARTS), min_size=1, max_size=4))
def test_nothing_smaller_is_enough(wrong):
    """Every smaller set of the changes that could matter is tried."""
    checked = checking.check(broken(wrong))
    found = repair.least(checked)
    ways = {
        change for name in checked.assessment.law.versions for way in possible.options(checked, name) for change in way
    }
    assert len(ways) <= 12
    for size in range(len(found.changes)):
        for chosen in combinations(sorted(ways), size):
            assert repair.apply(checked, list(chosen)).failed


def test_what_cannot_be_repaired_comes_first_and_the_rest_is_still_told(write):
    text = (resources.shipped("scenarios") / "plans" / "voorbeeld-po.yaml").read_text(encoding="utf-8")
    late = write("laat.yaml", text.replace('sent: "2014-04-22"', 'sent: "2014-05-03"'))
    checked = checking.check(reading.load(str(late), set(population.everyone())))
    found = repair.least(checked)
    assert found.impossible == ["PROC-9"]
    assert [change.id for change in found.changes] == ["answer:GOV-6c.independence"]
    after = repair.apply(checked, found.changes)
    assert after.failed
    assert [one.obligation for one in after.of(checking.Kind.SHORTFALL)] == ["PROC-9"]


def test_an_event_that_can_still_take_place_is_a_repair():
    checked = checking.check(GOOD, date(2014, 8, 1))
    found = repair.least(checked)
    assert {change.kind for change in found.changes} == {"event"}
    assert {change.name for change in found.changes} >= {"tlv_ready", "experts_engaged"}
    assert not repair.apply(checked, found.changes).failed


@pytest.mark.parametrize(("cheapest", "names"), [(False, ["c"]), (True, ["a", "b"])])
def test_the_fewest_or_the_cheapest(monkeypatch, cheapest, names):
    """Two ways for one duty: one change of 30 hours, or two of 5."""
    checked = checking.check(EXAMPLE)
    a, b, c = (Change("answer", f"GOV-6c.{name}", hours) for name, hours in (("a", 5.0), ("b", 5.0), ("c", 30.0)))
    real = possible.options
    monkeypatch.setattr(
        repair.possible, "options",
        lambda one, name: [frozenset({a, b}), frozenset({c})] if name == "GOV-6c" else real(one, name),
    )  # fmt: skip
    assert [change.name[-1] for change in repair.least(checked, cheapest=cheapest).changes] == names


def test_a_tie_goes_to_the_first_name(monkeypatch):
    checked = checking.check(EXAMPLE)
    ways = [frozenset({Change("answer", f"GOV-6c.{name}", 7.0)}) for name in ("z", "m", "b", "k")]
    real = possible.options
    monkeypatch.setattr(repair.possible, "options", lambda one, name: ways if name == "GOV-6c" else real(one, name))
    assert [change.name for change in repair.least(checked).changes] == ["GOV-6c.b"]


def test_what_rests_on_a_date_that_nobody_filled_in_is_not_called_beyond_repair(write):
    """PROC-2 has all its own dates; what is open is the procedure of the OOGO, one duty down."""
    text = (resources.shipped("scenarios") / "plans" / "voorbeeld-po-2022.yaml").read_text(encoding="utf-8")
    for start in ("oogo_procedure:", "GOV-2:", "area_designated:"):
        (line,) = (one for one in text.splitlines(keepends=True) if one.strip().startswith(start))
        text = text.replace(line, "")
    checked = checking.check(reading.load(str(write("open.yaml", text)), set(population.everyone())))
    (finding,) = (one for one in checked.own if one.obligation == "PROC-2")
    assert finding.roots == ["GOV-2"], "the root is a question without a date"
    told = {one["obligation"]: one["fill"] for one in todo.data(checked, repair.least(checked))["impossible"]}
    assert "PROC-2" in told
    assert all(told.values()), "each names the dates to fill in"


def test_what_hangs_on_an_open_date_is_not_called_beyond_repair():
    wrong = broken([(duty, part) for duty, part in PARTS if duty == "PLAN-a"])
    open_date = {**wrong.plan.events, "oogo_procedure": None}
    checked = checking.check(replace(wrong, plan=wrong.plan.model_copy(update={"events": open_date})))
    told = {one["obligation"]: one for one in todo.data(checked, repair.least(checked))["impossible"]}
    assert "PROC-1" in told["PROC-2"]["waits"]
    assert told["PROC-2"]["fill"] == told["PROC-1"]["fill"] != []


def test_what_was_missed_for_good_is():
    late = {**GOOD.plan.events, "oogo_procedure": date(2022, 2, 20)}
    checked = checking.check(replace(GOOD, plan=GOOD.plan.model_copy(update={"events": late})))
    told = todo.data(checked, repair.least(checked))["impossible"]
    assert "PROC-1" in {one["obligation"] for one in told}
    assert {(*one["fill"], *one["waits"]) for one in told} == {()}
