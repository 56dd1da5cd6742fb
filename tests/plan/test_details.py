"""The tables of a plan: goals, money, decisions and meetings, what follows from them, and what is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from simulator.base import resources
from simulator.base.errors import InputError
from simulator.plan import checking, reading, repair
from simulator.plan.checking import Kind
from simulator.plan.details import Goal, MoneyYear
from simulator.plan.model import Answer
from simulator.world import population

EXAMPLE = reading.load("voorbeeld-po-2022", set(population.everyone()))
WHOLE = (resources.shipped("scenarios") / "plans" / "voorbeeld-po-2022.yaml").read_text(encoding="utf-8")
TEXT = re.sub(r"pupils:\n(  - .*\n)+", "", WHOLE)


def changed(**update):
    return replace(EXAMPLE, plan=EXAMPLE.plan.model_copy(update=update))


def kinds(file, on=None):
    return {one.obligation: one.kind for one in checking.check(file, on).findings}


def row(year, **more):
    return MoneyYear(year=year, **{"support": 100, "schools": 60, "placements": 30, "office": 10, "reserve": 5, **more})


def test_goals_without_any_figure_contradict_a_yes_and_filling_them_in_repairs_it():
    file = changed(goals=[Goal(goal="Beter", kind="kwalitatief", indicator="oordeel")])
    checked = checking.check(file)
    assert kinds(file)["PLAN-e"] == Kind.SHORTFALL
    found = repair.least(checked)
    assert [change.id for change in found.changes] == ["table:goals"]
    after = repair.apply(checked, found.changes)
    assert not after.failed
    assert {one.obligation: one.kind for one in after.findings}["PRAC-1"] == Kind.MET


@pytest.mark.parametrize("lacking", ["indicator", "baseline", "target", "year"])
def test_a_goal_that_is_not_concrete_could_be_better_and_is_no_shortfall(lacking):
    whole = EXAMPLE.plan.goals
    file = changed(goals=[*whole, whole[0].model_copy(update={lacking: None})])
    found = kinds(file)
    assert (found["PRAC-1"], found["PLAN-e"]) == (Kind.ADVICE, Kind.MET)
    assert not checking.check(file).failed


def test_one_year_of_money_is_no_multi_year_budget():
    assert kinds(changed(money=[row(2023)]))["PLAN-b"] == Kind.SHORTFALL
    assert [one.id for one in repair.least(checking.check(changed(money=[row(2023)]))).changes] == ["table:money"]
    two = kinds(changed(money=[row(2023), row(2024)]))
    assert (two["PLAN-b"], two["PRAC-4"]) == (Kind.MET, Kind.ADVICE)
    assert kinds(changed(money=[row(year) for year in range(2023, 2027)]))["PRAC-4"] == Kind.MET


def test_a_year_that_is_left_empty_does_not_count():
    empty = [MoneyYear(year=year) for year in range(2023, 2027)]
    assert kinds(changed(money=empty))["PRAC-4"] == Kind.ADVICE
    assert kinds(changed(money=empty))["PLAN-b"] == Kind.MET  # nothing is shown that speaks against the answer


def test_one_meeting_a_year_contradicts_the_answer():
    organisation = EXAMPLE.plan.organisation
    once = organisation.model_copy(update={"opr_meetings": [date(2021, 5, 1), date(2022, 5, 1)]})
    twice = organisation.model_copy(update={"opr_meetings": [date(2021, 5, 1), date(2021, 11, 1)]})
    assert kinds(changed(organisation=once))["GOV-9"] == Kind.SHORTFALL
    assert kinds(changed(organisation=twice))["GOV-9"] == Kind.MET
    repaired = repair.least(checking.check(changed(organisation=once)))
    assert [change.id for change in repaired.changes] == ["table:meetings"]


def test_words_that_put_off_are_a_risk_by_case_law_and_never_an_order():
    answers = {**EXAMPLE.plan.answers}
    answers["PLAN-c"] = {**answers["PLAN-c"], "criteria": Answer(answer=True, quote="Dit wordt nog uitgewerkt.")}
    checked = checking.check(changed(answers=answers))
    assert {one.obligation for one in checked.findings if one.kind == Kind.RISK} == {"CASE-1"}
    assert not checked.failed
    assert not checked.of(Kind.SHORTFALL)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kind: kwantitatief", "kind: beide", "Possible: kwalitatief, kwantitatief"),
        ("year: 2026, achieved", "year: 1926, achieved", "2013"),
        ("{year: 2024, support", "{year: 2023, support", "2023"),
        ("support: 11950000", "support: veel", "support"),
        ("support: 11950000", "support: .nan", "support"),
        ("support: 11950000", "support: -1", "support: must be at least 0"),
        ("schools: 6", "schools: -6", "schools: must be at least 0"),
        ("money:", "pupils: [{year: 2021, pupils: -5}]\nmoney:", "pupils: must be at least 0"),
        ("money:", "pupils: [{year: 2021, pupils: 1.5}]\nmoney:", "whole number"),
        ("money:", "pupils: [{year: 2021, pupils: 10, sbo: 11}]\nmoney:", r"more sbo \(11\) than pupils \(10\)"),
        ("money:", "pupils: [{year: 2021, pupils: 10, vso: [1, 0, 0]}]\nmoney:", "vso has no pupils in sector po"),
        ("money:", "pupils: [{year: 2011, pupils: 10, lgf: {vo: 1}}]\nmoney:", "lgf vo has no pupils in sector po"),
        ("money:", "pupils: [{year: 2021, pupils: 10, so_older: [1, 0]}]\nmoney:", "so_older"),
        ("money:", "pupils: [{year: 2021, pupils: 9}, {year: 2020, pupils: 9}]\nmoney:", "2020"),
        ("money:", "pupils: [{year: 2013, pupils: 9, lgf: {bo: 1}}]\nmoney:", "bo"),
        ("goals:", "tlv: [{case: 'Jan de Vries', on: '2022-01-01'}]\ngoals:", "case"),
        ("goals:", "tlv: [{case: '1', on: '2022-01-01', experts: [kapper]}]\ngoals:", "kapper"),
        ("goals:", "tlv: [{case: '1', on: '2022-01-01', pupil: Jan}]\ngoals:", "pupil"),
    ],
)
def test_what_does_not_belong_in_a_table_is_refused(write, old, new, message):
    assert old in TEXT
    with pytest.raises(InputError, match=message):
        reading.load(str(write("p.yaml", TEXT.replace(old, new, 1))), set(population.everyone()))
