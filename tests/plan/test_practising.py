"""A praktijktoets of a plan: the shipped examples, plans with nothing or one thing missing, and the law of the day."""

from __future__ import annotations

from datetime import date

import pytest
from case_samples import DAYS, answered, happened, plan

from simulator.base.errors import InputError
from simulator.kader import reading, timing
from simulator.plan import casebook, practising
from simulator.plan import reading as plans
from simulator.plan.walking import Outcome, State
from simulator.world import population

BOOK = casebook.shipped()
BOTH = [(name, sector) for name in DAYS for sector in ("po", "vo")]


@pytest.fixture(scope="module")
def examples():
    return {name: plans.load(name, set(population.everyone())) for name in ("voorbeeld-po", "voorbeeld-po-2022")}


def outcomes(practice):
    return {one.case.id: one.outcome for one in practice.walks}


@pytest.mark.parametrize("name", [case.id for case in BOOK.cases if "po" in case.sectors])
def test_every_case_on_the_first_example(examples, name):
    practice = practising.practise(examples["voorbeeld-po"], names=[name])
    (done,) = practice.walks
    assert practice.on == date(2014, 4, 22)
    assert done.start >= (date(2014, 8, 1) - date(1970, 1, 1)).days
    through = {"dyslexie", "groei", "geld-op", "weg-kwijt"}  # all others lean on what is arranged after April
    assert done.outcome == (Outcome.THROUGH if name in through else Outcome.OPEN)
    for rest in done.rests:
        filled = rest.look.version.parts and rest.need.duty not in ("ZP-1", "ZP-2")
        assert rest.look.state == (State.OK if filled or rest.need.duty.startswith("PROC") else State.UNKNOWN)


@pytest.mark.parametrize("name", [case.id for case in BOOK.cases if "po" in case.sectors])
def test_every_case_on_the_second_example(examples, name):
    practice = practising.practise(examples["voorbeeld-po-2022"], names=[name])
    if name == "oude-indicatie":
        assert (practice.walks, [one.id for one in practice.left_out]) == ([], [name])
        return
    (done,) = practice.walks
    expected = {"groei": Outcome.STUCK, "verhuizing": Outcome.DETOUR}  # both meet the safety net that is not there
    assert done.outcome == expected.get(name, Outcome.THROUGH)
    if name == "groei":
        assert done.stops == [("telling", "PLAN-v.established")]


def test_the_law_that_came_later_is_met_by_cases_of_later_years(examples):
    practice = practising.practise(examples["voorbeeld-po-2022"], date(2025, 9, 1))
    assert outcomes(practice)["weg-kwijt"] == Outcome.STUCK  # no support point
    assert [one.on for one in practice.actions][:2] == ["OJS-1.there", "PLAN-v.established"]
    before = practising.practise(examples["voorbeeld-po-2022"], date(2023, 9, 1))
    assert {one.on for one in before.actions} == {"PLAN-v.established", "PLAN-v.compensated"}


def test_a_place_in_the_plan_is_told(examples):
    practice = practising.practise(examples["voorbeeld-po"], names=["groei"])
    rest = next(rest for rest in practice.walks[0].rests if rest.need.on == "PLAN-i.growth_procedure")
    assert (rest.look.answers["growth_procedure"].page, rest.look.answers["growth_procedure"].section) == (45, "6.6")


@pytest.mark.parametrize(("name", "sector"), BOTH)
def test_a_plan_with_all_in_order_has_nothing_to_do(name, sector):
    practice = practising.practise(plan(name, sector), DAYS[name])
    assert set(outcomes(practice).values()) == {Outcome.THROUGH}
    assert practice.actions == []


@pytest.mark.parametrize(("name", "sector"), BOTH)
def test_a_plan_with_everything_missing_gets_stuck_everywhere(name, sector):
    practice = practising.practise(plan(name, sector, answer=False), DAYS[name])
    found = outcomes(practice)
    open_ended = {"verhuizing", "po-vo"}  # others can always work it out, at length
    assert {case for case, outcome in found.items() if outcome != Outcome.STUCK} == open_ended
    assert all(found[case] == Outcome.DETOUR for case in open_ended)
    counts = [len(one.unblocks) for one in practice.actions]
    assert counts == sorted(counts, reverse=True)
    needed = {rest.need.on for done in practice.walks for rest in done.rests}
    assert {one.on for one in practice.actions} == needed


@pytest.mark.parametrize(("name", "sector"), BOTH)
def test_a_plan_with_nothing_filled_in_is_open_and_never_stuck(name, sector):
    practice = practising.practise(plan(name, sector, answer=None), DAYS[name])
    assert set(outcomes(practice).values()) == {Outcome.OPEN}
    assert all(one.unblocks == one.helps == () for one in practice.actions)


def elements(file):
    """Every question and every event that a plan can lack, with the plan that lacks it alone."""
    for duty, parts in file.plan.answers.items():
        for part in parts:
            yield duty, part, answered(file, duty, part, answer=False)
    for event in file.plan.events:
        duties = [
            name
            for name, one in file.kader.obligations.items()
            if any(
                event in {e for e, _ in timing.parse(v.checks.timing).names()} for v in one.versions if v.checks.timing
            )
        ]
        yield duties, None, happened(file, event, False)


@pytest.mark.parametrize(("name", "sector"), BOTH)
def test_one_missing_element_is_felt_only_in_the_cases_that_lean_on_it(name, sector):
    file = plan(name, sector)
    whole = practising.practise(file, DAYS[name]).walks
    felt = set()
    for duty, part, lacking in elements(file):
        wanted = {f"{duty}.{part}"} if part else set(duty)
        leaning = {done.case.id for done in whole if wanted & {rest.need.on for rest in done.rests}} | {
            case.id for case in BOOK.chosen(sector) if case.fallback and wanted & {n.on for n in case.fallback.needs}
        }
        practice = practising.practise(lacking, DAYS[name])
        touched = {case for case, outcome in outcomes(practice).items() if outcome != Outcome.THROUGH}
        assert touched <= leaning, (duty, part)
        assert {one.on for one in practice.actions} <= wanted
        felt |= {(str(duty), part)} if touched else set()
    assert len(felt) > 25


def test_the_cases_of_a_duty_are_those_that_lean_on_it():
    kader = reading.load("swv-2014")
    for sector in ("po", "vo"):
        found = practising.touched(kader, sector, date(2013, 12, 5))
        practice = practising.practise(plan("swv-2014", sector), date(2014, 4, 30))
        for done in practice.walks:
            for rest in done.rests:
                assert done.case.id in found[rest.need.duty]
        order = list(kader.obligations)
        assert list(found) == sorted(found, key=order.index)
    assert "VO-1" in found
    assert "TLV-2" in found  # not in force in December 2013, but when the cases play
    assert found["PLAN-k"] == ["oude-indicatie"]
    assert "PLAN-k" not in practising.touched(kader, "po", date(2015, 9, 1))
    assert "PLAN-e" not in found  # no pupil meets the results that a plan aims at
    assert set(practising.touched(kader, "po", date(2013, 12, 5), ["groei"])) == {"PLAN-b", "PLAN-i", "PLAN-j"}


def test_words_that_put_off_make_an_answer_vague():
    file = answered(plan("swv-2014", "po"), "PLAN-c", "criteria", answer=True, quote="De criteria: volgt later.")
    practice = practising.practise(file, DAYS["swv-2014"])
    (action,) = practice.actions
    assert (action.on, action.look.state, action.unblocks) == ("PLAN-c.criteria", State.VAGUE, ())
    assert "kdc" in action.helps


def test_actions_come_in_the_order_of_the_cases_that_they_unblock():
    file = answered(plan("swv-2014", "po"), "PLAN-a", "coverage", answer=False)
    file = answered(file, "PLAN-f", "facilities", answer=False)
    file = answered(file, "PLAN-b", "criteria", answer=None)
    actions = practising.practise(file, DAYS["swv-2014"]).actions
    assert [one.on for one in actions] == ["PLAN-a.coverage", "PLAN-f.facilities", "PLAN-b.criteria"]
    assert set(actions[0].unblocks) == {"thuiszitter", "school-vol", "nieuwkomer", "begaafd-gedrag"}
    assert actions[1].unblocks == ("weg-kwijt",)
    assert (actions[2].unblocks, actions[2].helps) == ((), ())
    assert len(actions[2].settles) > 4


def test_something_arranged_before_a_case_begins_is_there():
    file = happened(plan("swv-2014", "po"), "experts_engaged", date(2015, 1, 1))
    found = outcomes(practising.practise(file, DAYS["swv-2014"]))
    assert found["grensverkeer"] == Outcome.STUCK  # plays in October 2014
    assert found["tlv-laatste-jaar"] == Outcome.THROUGH  # plays in the spring of 2015


def test_the_day_must_lie_within_the_kader(examples):
    with pytest.raises(InputError, match="swv-2014"):
        practising.practise(examples["voorbeeld-po"], date(2017, 8, 1))


def test_cases_after_the_end_of_the_plan_are_told(examples):
    practice = practising.practise(examples["voorbeeld-po"], date(2017, 6, 1))
    assert "gehoorapparaat" in practice.beyond  # the kader holds until 31 July 2017
    assert practising.practise(examples["voorbeeld-po"]).beyond == []


def test_law_that_was_not_read_is_told_where_a_case_rests_on_it():
    early = practising.practise(plan("swv-2014", "vo"), date(2014, 4, 30), ["lwoo-pro"])
    assert [gap.start for gap in early.gaps] == [date(2015, 1, 1)]  # plays in the spring of 2015
    assert practising.practise(plan("swv-2014", "po"), date(2014, 4, 30)).gaps == []
    late = practising.practise(plan("swv-2021", "po"), date(2026, 9, 1), ["kdc"])
    assert [gap.start for gap in late.gaps] == [date(2026, 8, 2)]  # after the last day of which the law was read
