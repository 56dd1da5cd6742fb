"""The least repair towards a judgement: it gets there, and nothing smaller does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from simulator.plan import checking, reaching, reading, repair
from simulator.plan.checking import Kind
from simulator.plan.model import Answer
from simulator.plan.skeleton import blank
from simulator.world import population

PLANS = {name: reading.load(name, set(population.everyone())) for name in ("voorbeeld-po", "voorbeeld-po-2022")}
PARTS = {
    name: [(duty, part) for duty, parts in one.plan.answers.items() for part in parts] for name, one in PLANS.items()
}


def broken(name, wrong):
    file = PLANS[name]
    answers = {duty: dict(parts) for duty, parts in file.plan.answers.items()}
    for duty, part in wrong:
        answers[duty][part] = Answer(answer=False)
    return checking.check(replace(file, plan=file.plan.model_copy(update={"answers": answers})))


def test_what_is_there_already_needs_nothing():
    checked = checking.check(PLANS["voorbeeld-po-2022"])
    found = reaching.reach(checked, "voldoende")
    assert (found.changes, found.reached) == ([], True)


def test_two_shortfalls_under_one_standard_need_one_repair_to_be_voldoende():
    checked = broken("voorbeeld-po-2022", [("TLV-7", "whole_years"), ("TLV-8", "right_swv")])
    assert reaching.judged(checked) == "voldoende"  # one standard that is not good enough is not yet the whole
    more = broken(
        "voorbeeld-po-2022", [("PLAN-a", "coverage"), ("PLAN-v", "established"), ("GOV-5", "open_to_outside")]
    )
    found = reaching.reach(more, "voldoende")
    whole = repair.least(more)
    assert found.reached
    assert 0 < len(found.changes) < len(whole.changes)
    assert reaching.judged(repair.apply(more, found.changes)) == "voldoende"


def test_what_no_change_can_reach_is_told():
    found = reaching.reach(checking.check(PLANS["voorbeeld-po-2022"]), "onvoldoende")
    assert (found.reached, found.changes) == (False, [])


def test_a_duty_that_is_held_back_is_enough_when_its_own_check_passes():
    """Not met becomes not to be assessed, and that the table allows beside one that is not met."""
    checked = broken(
        "voorbeeld-po-2022", [("GOV-6c", "separation"), ("GOV-6c", "independence"), ("GOV-6d", "approval")]
    )
    found = reaching.reach(checked, "voldoende")
    assert [change.name for change in found.changes] == ["GOV-6d.approval"]
    assert reaching.judged(repair.apply(checked, found.changes)) == "voldoende"


@pytest.fixture(scope="module")
def unknown():
    """A plan without any answer."""
    file = PLANS["voorbeeld-po-2022"]
    empty = blank(file.kader, "PO2814", 2026, 4, date(2026, 1, 1), ["Gouda"], ["VO2802"])
    return checking.check(replace(file, plan=empty))


def test_the_first_candidate_gets_there_when_nothing_is_known(unknown, monkeypatch):
    monkeypatch.setattr(reaching, "_TRIES", 1)
    found = reaching.reach(unknown, "voldoende")
    assert (found.reached, found.optimal) == (True, True)
    assert 0 < len(found.changes) < len(repair.least(unknown).changes)
    assert reaching.judged(repair.apply(unknown, found.changes)) == "voldoende"


def test_without_proof_every_change_is_needed(unknown, monkeypatch):
    least = reaching.reach(unknown, "voldoende")
    monkeypatch.setattr(reaching, "_TRIES", 0)
    found = reaching.reach(unknown, "voldoende")
    assert (found.reached, found.optimal) == (True, False)
    assert len(found.changes) >= len(least.changes)
    for one in found.changes:
        fewer = [change for change in found.changes if change != one]
        assert reaching.judged(repair.apply(unknown, fewer)) != "voldoende"


STANDARDS = {"voorbeeld-po": "PLAN-", "voorbeeld-po-2022": ("PLAN-a", "PLAN-v", "GOV-5", "GOV-6", "OPR-2t", "FIN-6")}


@pytest.mark.parametrize("name", PLANS)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data(), cheapest=st.booleans())
def test_it_gets_there_and_nothing_smaller_does(name, data, cheapest):
    parts = [(duty, part) for duty, part in PARTS[name] if duty.startswith(STANDARDS[name])]
    wrong = data.draw(st.lists(st.sampled_from(parts), min_size=2, max_size=5, unique=True))
    checked = broken(name, wrong)
    assume(reaching.judged(checked) != "voldoende")
    found = reaching.reach(checked, "voldoende", cheapest=cheapest)
    assert found.reached
    assert found.optimal
    assert reaching.judged(repair.apply(checked, found.changes)) == "voldoende"
    wrong = {one.obligation for one in checked.findings if one.kind in (Kind.SHORTFALL, Kind.UNKNOWN)}
    ways = {change for name, own in repair.ways_of(checked).items() if name in wrong for way in own for change in way}
    assume(len(ways) <= 7)
    for size in range(len(ways) + 1):
        for chosen in combinations(sorted(ways), size):
            hours = sum(change.hours for change in chosen)
            if (hours < found.hours) if cheapest else (size < len(found.changes)):
                assert reaching.judged(repair.apply(checked, list(chosen))) != "voldoende"
