"""Latest dates: working back from the day of sending gives what working forward confirms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from simulator.base.days import day_of
from simulator.plan import checking, reading
from simulator.plan.model import Organisation
from simulator.world import latest, population
from simulator.world.durations import Durations

EVERYONE = population.everyone()
EXAMPLE = reading.load("voorbeeld-po", set(EVERYONE))
START = date(2013, 8, 1)


def rows(*, setback=False, today=START, organisation=None, **events):
    update = {"events": {name: date.fromisoformat(day) for name, day in events.items()}, "answers": {}}
    if organisation:
        update["organisation"] = Organisation.model_validate(organisation)
    file = replace(EXAMPLE, plan=EXAMPLE.plan.model_copy(update=update))
    found = latest.planned(checking.check(file), EVERYONE["PO2814"], today, setback=setback)
    return {row.node: row for row in found}


def test_each_step_that_starts_on_its_last_day_ends_in_time_and_a_day_later_it_does_not():
    durations = Durations(EXAMPLE.kader, EXAMPLE.plan, EVERYONE["PO2814"], day_of(START))
    for row in rows().values():
        assert durations.end(row.step, row.start) <= row.end
        assert durations.end(row.step, row.start + 1) > row.end


def test_the_last_days_are_those_of_the_law():
    found = rows()
    assert latest.day(found["send_plan"].end) <= date(2014, 4, 30)
    assert latest.day(found["found_legal_person"].end) <= date(2013, 11, 1)
    assert latest.day(found["install_opr"].end) <= date(2014, 2, 1)
    assert latest.day(found["submit_opr"].end) <= date(2014, 2, 1)


def test_steps_follow_each_other():
    found = rows()
    chain = [
        "found_legal_person",
        "install_opr",
        "adopt_reglement",
        "submit_opr",
        "decide_opr",
        "adopt_plan",
        "send_plan",
    ]
    starts = [found[name].start for name in chain]
    assert starts == sorted(starts)


def test_what_has_happened_and_all_before_it_is_not_planned_again():
    found = rows(
        opr_submitted="2014-01-20", opr_decided="2014-02-20", opr_consented="2014-02-20", today=date(2014, 2, 20)
    )
    assert not {"submit_opr", "decide_opr", "adopt_reglement"} & set(found)
    assert {"adopt_plan", "send_plan", "talk_oogo"} <= set(found)


def test_a_refusal_takes_its_time():
    smooth, refused = rows(), rows(setback=True)
    assert {"file_dispute", "rule_dispute"} <= set(refused)
    assert not {"file_dispute", "refuse"} & set(smooth)
    assert refused["decide_opr"].start < smooth["decide_opr"].start
    assert refused["decide_opr"].slack < smooth["decide_opr"].slack
    assert refused["adopt_plan"].slack <= smooth["adopt_plan"].slack


def test_slack_shrinks_day_by_day():
    early, late = rows(today=date(2013, 9, 2)), rows(today=date(2013, 9, 9))
    assert late["found_legal_person"].slack == early["found_legal_person"].slack - 7


@pytest.mark.parametrize(("weeks", "earlier"), [(4, 0), (8, 1)])
def test_the_term_of_the_own_reglement_counts(weeks, earlier):
    usual = rows(opr_installed="2013-10-01", legal_person="2013-09-01")
    own = rows(opr_installed="2013-10-01", legal_person="2013-09-01", organisation={"opr_term_weeks": weeks})
    assert own["decide_opr"].end - own["decide_opr"].start >= weeks * 7
    assert (own["decide_opr"].start < usual["decide_opr"].start) == bool(earlier)


def test_adoption_falls_on_a_meeting_of_the_board():
    found = rows(organisation={"board_meetings": ["2014-03-04", "2014-04-15", "2014-05-20"]})
    assert latest.day(found["adopt_plan"].end) <= date(2014, 4, 15)


def test_school_holidays_of_the_region_count():
    """The spring holiday of 2014 in region Midden was in the last week of February."""
    durations = Durations(EXAMPLE.kader, EXAMPLE.plan, EVERYONE["PO2814"], day_of(START))
    step = rows()["adopt_plan"].step
    before, after = day_of(date(2014, 2, 20)), day_of(date(2014, 3, 6))
    assert durations.end(step, before) - before > durations.end(step, after) - after


def test_what_comes_before_a_step_that_has_begun_is_not_planned_again():
    found = rows(opr_submitted="2014-02-01", legal_person="2013-10-01")
    assert not {"draft_element", "write_concept", "install_opr", "submit_opr"} & set(found)
    assert "decide_opr" in found


def test_a_refusal_that_has_happened_is_where_planning_starts():
    known = {"opr_submitted": "2014-01-20", "opr_decided": "2014-02-10", "opr_refused": "2014-02-10"}
    found = rows(today=date(2014, 2, 11), **known)
    assert {"file_dispute", "adopt_plan", "send_plan"} <= set(found)
    assert not {"submit_opr", "decide_opr", "refuse", "consent"} & set(found)
    assert latest.day(found["file_dispute"].end) <= date(2014, 2, 24)  # two weeks: Wet passend onderwijs IXa(2)
