"""Working time: what holds for every moment."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.base.days import DAY_SECONDS, NEVER, date_of, day_of
from simulator.world import calendar

START, END = day_of(date(2013, 6, 18)), day_of(date(2015, 8, 1))
KINDS = [("working", "Midden"), ("school", "Noord"), ("school", "Zuid")]
CALENDARS = {kind: calendar.build(*kind, START, END, carry_on=False) for kind in KINDS}
moments = st.integers(0, (END - START) * DAY_SECONDS - 1)
lengths = st.integers(0, 60 * DAY_SECONDS)
kinds = st.sampled_from(KINDS)


@settings(max_examples=60, deadline=None)
@given(kinds, moments, lengths)
def test_time_ends_on_a_working_day_and_not_before_it_began(kind, moment, seconds):
    found = CALENDARS[kind]
    end = found.finish(moment, seconds)
    assert end >= moment
    assert found.worked[end // DAY_SECONDS]
    assert end - moment >= seconds


@settings(max_examples=60, deadline=None)
@given(kinds, moments, lengths, lengths)
def test_two_stretches_take_as_long_as_their_sum(kind, moment, one, two):
    found = CALENDARS[kind]
    assert found.finish(found.finish(moment, one), two) == found.finish(moment, one + two)


@settings(max_examples=60, deadline=None)
@given(kinds, moments, lengths)
def test_the_days_between_are_worked_one_by_one(kind, moment, seconds):
    """Counted the slow way."""
    found = CALENDARS[kind]
    day, second = divmod(moment, DAY_SECONDS)
    if not found.worked[day]:
        day, second = next(n for n in range(day, len(found.worked)) if found.worked[n]), 0
    left = second + seconds
    while left >= DAY_SECONDS:
        day = next(n for n in range(day + 1, len(found.worked)) if found.worked[n])
        left -= DAY_SECONDS
    assert found.finish(moment, seconds) == day * DAY_SECONDS + left


def test_a_school_day_is_a_working_day():
    working = CALENDARS["working", "Midden"].worked
    for kind in KINDS[1:]:
        assert all(worked for worked, school in zip(working, CALENDARS[kind].worked, strict=True) if school)
        assert sum(CALENDARS[kind].worked) < sum(working)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2014, 4, 21), False),  # Easter Monday
        (date(2014, 5, 29), False),  # Ascension Day
        (date(2014, 6, 9), False),  # Whit Monday
        (date(2014, 4, 26), False),  # a Saturday, and King's Day
        (date(2013, 12, 25), False),
        (date(2013, 12, 27), True),
        (date(2014, 7, 1), True),
    ],
)
def test_public_holidays_of_the_netherlands(day, worked):
    assert CALENDARS["working", "Midden"].worked[day_of(day) - START] is worked


@pytest.mark.parametrize("region", ["Noord", "Midden", "Zuid"])
def test_christmas_is_the_same_everywhere_and_summer_is_six_weeks(region):
    free = calendar.school_holidays(region)
    assert {day_of(date(2013, 12, day)) for day in range(23, 32)} <= free
    summer = sorted(day for day in free if date(2014, 6, 20) < date_of(day) < date(2014, 9, 10))
    assert summer == list(range(summer[0], summer[-1] + 1))  # in one piece
    assert 40 <= len(summer) <= 46


def test_an_end_beyond_the_table_or_a_begin_beyond_it_never_comes():
    found = CALENDARS["working", "Midden"]
    assert found.finish(0, 5000 * DAY_SECONDS) == NEVER
    assert found.finish(len(found.worked) * DAY_SECONDS, 0) == NEVER


def test_what_is_carried_on_falls_on_the_same_day_of_the_week():
    until = calendar.KNOWN_UNTIL
    start, end = until - 400, until + 400
    carried = calendar.build("school", "Midden", start, end, carry_on=True)
    year = 364  # 52 weeks
    for day in range(until + 1 - start, end - start):
        if carried.worked[day]:
            assert day + start - year not in calendar.school_holidays("Midden")
    assert carried.limit == NEVER
    assert not all(carried.worked[until + 1 - start : end - start])
