"""A walk of a case: days, detours, terms to the day, and what the law gives when it takes too long."""

from __future__ import annotations

from datetime import date

import pytest

from simulator.base.days import date_of, day_of
from simulator.kader import reading
from simulator.plan import casebook, practising, walking
from simulator.plan.walking import Look, Outcome, State

BOOK = casebook.shipped()
KADERS = {2014: reading.load("swv-2014"), 2026: reading.load("swv-2021")}


def case(name):
    return next(one for one in BOOK.cases if one.id == name)


def walk(name, start, states=None, sector="po", year=2014):
    """A walk in which everything is there but what is named otherwise."""
    states = states or {}

    def ask(need, day):
        version = practising.asked(KADERS[year], need, sector, date_of(day))
        return Look(states.get(need.on, State.OK), version, {}) if version else None

    return walking.walk(BOOK, case(name), sector, start, ask)


def count(done, term):
    return next(one for one in done.counts if one.term == term)


@pytest.mark.parametrize(
    ("term", "event", "last", "longest"),
    [
        ("zorgplicht", date(2014, 10, 6), date(2014, 11, 17), date(2014, 12, 15)),
        ("zorgplicht", date(2014, 11, 13), date(2014, 12, 29), date(2015, 1, 26)),  # Christmas on Thursday, a weekend
        ("zorgplicht", date(2015, 2, 23), date(2015, 4, 7), date(2015, 5, 6)),  # Easter Monday; 5 May is a holiday
        ("tijdelijke_plaats", date(2015, 1, 26), date(2015, 4, 7), date(2015, 4, 7)),
        ("tlv", date(2014, 9, 6), date(2014, 11, 3), date(2014, 11, 3)),  # a Saturday eight weeks later
        ("tlv", date(2016, 3, 2), date(2016, 4, 28), date(2016, 4, 28)),  # the King's birthday, 27 April
        ("besluit_bezwaar", date(2015, 3, 17), date(2015, 6, 9), date(2015, 7, 21)),
        ("besluit_bezwaar", date(2015, 1, 31), date(2015, 4, 28), date(2015, 6, 9)),  # a Saturday before King's day
        ("advies_lbt", date(2014, 12, 13), date(2014, 12, 27), date(2014, 12, 27)),  # a reglement: no shift on Saturday
        ("geschil", date(2014, 12, 1), date(2015, 2, 9), date(2015, 2, 9)),
        ("opp", date(2014, 9, 1), date(2014, 10, 13), date(2014, 10, 13)),
        ("bezwaar", date(2015, 2, 3), date(2015, 3, 17), date(2015, 3, 17)),
    ],
)
def test_terms_end_to_the_day(term, event, last, longest):
    assert tuple(map(date_of, walking.last_days(BOOK, term, day_of(event)))) == (last, longest)


def test_a_case_that_finds_everything_goes_through_in_the_days_that_it_takes():
    done = walk("grensverkeer", date(2014, 10, 6))
    assert done.outcome == Outcome.THROUGH
    assert done.stuck is None
    days = {one.step.id: (one.start - done.start, one.end - done.start) for one in done.taken}
    assert days["aanmelding"] == (0, 0)
    assert days["aan_zet"] == (0, 4)
    assert days["tlv_aanvraag"] == (4, 8)
    assert days["tlv_advies"] == (8, 28)  # 18 days end on Saturday 1 November: Monday
    assert days["tlv_besluit"] == (28, 37)
    assert done.days == max(end for _, end in days.values())
    assert [one.broken for one in done.counts] == [False] * len(done.counts)


def test_steps_follow_on_each_other_and_end_on_open_days():
    for one in BOOK.cases:
        for sector in one.sectors:
            done = walk(one.id, one.first_day(date(2014, 8, 1)), sector=sector)
            for before, after in zip(done.taken, done.taken[1:], strict=False):
                assert after.start == before.end
            for taken in done.taken:
                assert taken.end == int(walking.terms.next_open_day(taken.end))


def test_a_detour_costs_its_days_once_per_step():
    free = walk("verhuizing", date(2015, 1, 19))
    slow = walk("verhuizing", date(2015, 1, 19), {"TLV-7.whole_years": State.MISSING, "TLV-8.right_swv": State.MISSING})
    step = next(one for one in slow.taken if one.step.id == "verklaring")
    assert slow.outcome == Outcome.DETOUR
    assert [rest.effect for rest in step.rests] == ["ander_swv", "ander_swv"]
    assert step.end - step.start == 5 + BOOK.detours["ander_swv"].days + 2  # 21 February is a Saturday
    assert slow.days > free.days


def test_what_is_vague_is_asked_after_and_what_is_unknown_stays_open():
    vague = walk("groei", date(2015, 2, 9), {"PLAN-i.growth_procedure": State.VAGUE})
    assert (vague.outcome, vague.stuck) == (Outcome.DETOUR, None)
    unknown = walk("groei", date(2015, 2, 9), {"PLAN-i.growth_procedure": State.UNKNOWN})
    assert unknown.outcome == Outcome.OPEN
    assert unknown.days == walk("groei", date(2015, 2, 9)).days < vague.days


def test_a_case_gets_stuck_and_still_tells_what_it_would_lean_on():
    done = walk(
        "groei", date(2015, 2, 9), {"PLAN-i.growth_procedure": State.MISSING, "PLAN-j.share_per_school": State.MISSING}
    )
    assert (done.outcome, done.stuck.step.id, done.days) == (Outcome.STUCK, "telling", 7)
    assert done.stops == [("telling", "PLAN-i.growth_procedure")]
    last = done.taken[-1]
    assert (last.step.id, last.start, last.end) == ("betaling", None, None)
    assert {rest.need.on: rest.effect for rest in last.rests}["PLAN-j.share_per_school"] == "stuck"


def test_a_term_that_runs_when_a_case_gets_stuck_is_broken():
    done = walk("grensverkeer", date(2014, 10, 6), {"TLV-2": State.MISSING})
    assert done.stuck.step.id == "tlv_advies"
    assert [(one.term, one.end, one.broken) for one in done.counts] == [("tlv", None, True), ("zorgplicht", None, True)]
    before = walk("grensverkeer", date(2014, 10, 6), {"PLAN-c.procedure": State.MISSING})
    assert [one.term for one in before.counts] == ["zorgplicht"]  # there was no request yet that Awb 4:13 runs from


def test_a_decision_after_six_weeks_needs_putting_off_and_after_ten_is_too_late():
    slow = walk("po-vo", date(2015, 1, 20), {"ZP-1.decision_term": State.MISSING})
    assert count(slow, "zorgplicht").extended
    assert not count(slow, "zorgplicht").broken
    late = walk("grensverkeer", date(2014, 10, 6), {
        "TLV-8.right_swv": State.MISSING, "TLV-2": State.VAGUE, "PLAN-c.term": State.MISSING})  # fmt: skip
    term = count(late, "zorgplicht")
    assert term.broken
    assert not term.extended
    assert date_of(term.longest) == date(2014, 12, 15)
    assert date_of(term.end) > date(2014, 12, 15)


def test_the_decision_on_an_objection_runs_from_the_end_of_the_term_for_objecting():
    done = walk("tlv-betwist", date(2015, 2, 2))
    objecting, deciding = count(done, "bezwaar"), count(done, "besluit_bezwaar")
    assert date_of(objecting.last) == date(2015, 3, 17)  # six weeks after the letter of 3 February
    assert deciding.start == objecting.last
    assert objecting.end < objecting.last  # the parents objected earlier; Awb 7:10 does not run from that day
    assert (date_of(deciding.last), date_of(deciding.longest)) == (date(2015, 6, 9), date(2015, 7, 21))


def test_a_child_without_school_gets_a_temporary_place_from_the_day_after_ten_weeks():
    slow = {"PROC-2": State.MISSING, "PRIV-1": State.MISSING}
    assert walk("kdc", date(2015, 5, 11)).fallback is None
    done = walk("kdc", date(2015, 5, 11), slow)
    assert date_of(done.fallback[0]) == date(2015, 7, 21)  # ten weeks end on Monday 20 July
    assert done.outcome == Outcome.DETOUR
    without = walk("kdc", date(2015, 5, 11), {**slow, "ZP-1.temporary_place": State.MISSING})
    assert without.outcome == Outcome.STUCK
    assert (without.stuck, without.stops) == (None, [("tijdelijke_plaats", "ZP-1.temporary_place")])
    stopped = walk("kdc", date(2015, 5, 11), {"TLV-2": State.MISSING})
    assert date_of(stopped.fallback[0]) == date(2015, 7, 21)


def test_what_the_law_of_the_day_does_not_ask_cannot_be_missing():
    heard = {"ZP-2.pupil_heard": State.MISSING}
    early = walk("gehoorapparaat", date(2025, 7, 1), heard, year=2026)
    assert early.outcome == Outcome.THROUGH  # the opp begins before 1 August 2025
    late = walk("gehoorapparaat", date(2025, 7, 21), heard, year=2026)
    assert date_of(late.taken[-1].start) >= date(2025, 8, 1)  # the case began before the law did
    assert late.outcome == Outcome.DETOUR
    day = {"PLAN-i.reference_date": State.MISSING}
    assert walk("groei", date(2015, 2, 9), day).outcome == Outcome.DETOUR
    assert walk("groei", date(2016, 2, 9), day).outcome == Outcome.THROUGH  # no day of its own since 1 August 2015


def test_every_case_keeps_its_terms_when_all_is_there():
    for year, first in ((2014, date(2014, 8, 1)), (2026, date(2022, 8, 1)), (2026, date(2026, 8, 1))):
        for one in BOOK.cases:
            start = one.first_day(first)
            for sector in one.sectors if start else ():
                done = walk(one.id, start, sector=sector, year=year)
                assert done.outcome == Outcome.THROUGH, one.id
                assert not any(term.broken for term in done.counts), one.id
