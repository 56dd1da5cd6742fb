"""Judgements from the statuses of duties."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kader_samples import TEXT
from pydantic import ValidationError

from simulator.kader.assess import Status
from simulator.kader.judgement import decide, judge_aspect, judge_indicator, judge_whole
from simulator.kader.model import Report
from simulator.kader.standards import Aspect, Decision

NA, EARLY, OPEN, NOT, MET = Status
NAMES = ("goed", "open", "slecht")


def decision(*rows):
    raw = {"source": "s", "confidence": "assumed", "rows": list(rows), "judgements": dict.fromkeys(NAMES, TEXT)}
    return Decision.model_validate(raw)


RULE = decision(
    {"not_met": 0, "not_assessable": 0, "judgement": "goed"},
    {"not_met": 0, "judgement": "open"},
    {"judgement": "slecht"},
)


@pytest.mark.parametrize(
    ("statuses", "judgement"),
    [
        ([MET, MET], "goed"),
        ([MET, OPEN], "open"),
        ([OPEN], "open"),
        ([MET, NOT], "slecht"),
        ([OPEN, NOT], "slecht"),
        ([MET, EARLY, NA], "goed"),  # what is not due is not looked at
        ([EARLY, NA], "niet_onderzocht"),
        ([], "niet_onderzocht"),
    ],
)
def test_the_first_row_that_fits_decides(statuses, judgement):
    assert decide(RULE, statuses) == judgement
    assert decide(RULE, iter(statuses)) == judgement


def test_a_row_may_allow_a_number():
    rule = decision({"not_met": 1, "judgement": "goed"}, {"not_met": 2, "judgement": "open"}, {"judgement": "slecht"})
    assert [decide(rule, [NOT] * count + [MET]) for count in range(4)] == ["goed", "goed", "open", "slecht"]


def test_when_no_row_fits_the_last_decides():
    rule = decision({"not_met": 0, "judgement": "goed"}, {"not_met": 1, "judgement": "open"})
    assert decide(rule, [NOT, NOT]) == "open"


def test_a_row_gives_a_judgement_that_has_a_name():
    with pytest.raises(ValidationError) as caught:
        decision({"judgement": "prima"})
    assert [detail["type"] for detail in caught.value.errors()] == ["value.unknown_name"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(list(Status)), max_size=6), st.integers(0, 5))
def test_one_shortfall_less_never_gives_a_worse_judgement(statuses, place):
    order = ["goed", "open", "slecht"]
    before = decide(RULE, statuses)
    if before == "niet_onderzocht" or place >= len(statuses) or statuses[place] not in (NOT, OPEN):
        return
    after = decide(RULE, [*statuses[:place], MET, *statuses[place + 1 :]])
    assert order.index(after) <= order.index(before)


def aspect(**indicators):
    found = [{"id": name, "name": TEXT, "obligations": duties} for name, duties in indicators.items()]
    return Aspect.model_validate({"id": "1", "name": TEXT, "indicators": found})


def test_an_indicator_looks_at_its_own_duties_that_count():
    (indicator,) = aspect(one=["A-1", "B-1", "C-1"]).indicators
    # C-1 does not count (no status is given for it), D-1 belongs elsewhere
    judged = judge_indicator(RULE, indicator, {"B-1": OPEN, "A-1": MET, "D-1": NOT})
    assert (judged.id, judged.judgement, judged.statuses) == ("one", "open", {"A-1": MET, "B-1": OPEN})


def test_an_indicator_without_duties_is_not_examined():
    (indicator,) = aspect(one=[]).indicators
    assert judge_indicator(RULE, indicator, {"A-1": NOT}).judgement == "niet_onderzocht"


def test_an_aspect_counts_each_duty_once():
    rule = decision({"not_met": 1, "judgement": "goed"}, {"judgement": "slecht"})
    twice = aspect(one=["A-1"], two=["A-1", "B-1"])
    assert judge_aspect(rule, twice, {"A-1": NOT, "B-1": MET}).judgement == "goed"
    assert judge_aspect(rule, twice, {"A-1": NOT, "B-1": NOT}).judgement == "slecht"
    assert list(judge_aspect(rule, twice, {"A-1": NOT, "B-1": MET}).statuses) == ["A-1", "B-1"]


def test_the_whole_looks_at_all_aspects_and_at_nothing_else():
    rule = decision({"not_met": 1, "judgement": "goed"}, {"judgement": "slecht"})
    aspects = [aspect(one=["A-1"]), aspect(two=["A-1", "B-1"])]
    file = SimpleNamespace(standards=SimpleNamespace(aspects=aspects), decision=rule)
    assert judge_whole(file, {"A-1": NOT, "B-1": MET, "C-1": NOT}) == "goed"
    assert judge_whole(file, {"A-1": NOT, "B-1": NOT}) == "slecht"
    assert judge_whole(file, {}) == "niet_onderzocht"


@pytest.mark.parametrize(
    ("limits", "days"),
    [
        ({}, [True, True, True, True]),
        ({"until": "2014-07-31"}, [True, True, False, False]),
        ({"from": "2014-08-01"}, [False, False, True, True]),
        ({"from": "2014-07-31", "until": "2014-08-01"}, [False, True, True, False]),
    ],
)
def test_the_kind_of_report_follows_the_day_of_the_visit(limits, days):
    from datetime import date

    report = Report.model_validate({"kind": "simulatie", "title": TEXT, **limits})
    visits = [date(2014, 7, 30), date(2014, 7, 31), date(2014, 8, 1), date(2014, 8, 2)]
    assert [report.holds(day, "bezoek") for day in visits] == days
