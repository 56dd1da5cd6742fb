"""Days and moments."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.base import days
from simulator.base.days import NEVER

MAY_1 = 16_191
"""1970-2013 are 44 years with 11 leap days: 16 071 days; January to April 2014 are 31 + 28 + 31 + 30 = 120 more."""


def test_days_are_counted_from_1970():
    assert days.day_of(date(1970, 1, 1)) == 0
    assert days.day_of(date(2014, 5, 1)) == MAY_1
    assert days.day_of(date(1969, 12, 31)) == -1


@settings(max_examples=60, deadline=None)
@given(st.dates())
def test_a_date_comes_back_from_its_number_and_its_text(day):
    number = days.day_of(day)
    assert days.date_of(number) == day
    assert days.parse(days.iso(number)) == day


def test_never_has_no_date():
    assert days.iso(MAY_1) == "2014-05-01"
    assert days.iso(NEVER) == ""
    assert days.iso(NEVER + 1) == ""


def test_never_lies_after_every_date_and_leaves_room_to_add():
    assert days.day_of(date.max) < NEVER < 2**62


@pytest.mark.parametrize("text", ["2014-05-01", " 2014-05-01 ", "2014-05-01\n"])
def test_a_date_is_read_with_space_around_it(text):
    assert days.parse(text) == date(2014, 5, 1)


@pytest.mark.parametrize(
    "text", ["2014-02-29", "2014-13-01", "2014-5-1", "1-5-2014", "2014/05/01", "20140501", "2014-05-01T00:00", "", "x"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError):
        days.parse(text)


def test_a_leap_day_is_a_date():
    assert days.parse("2016-02-29") == date(2016, 2, 29)


@pytest.mark.parametrize(
    ("moment", "day"),
    [(0, 100), (86_399, 100), (86_400, 101), (10 * 86_400 + 1, 110), (-1, 99), (NEVER, NEVER), (NEVER + 5, NEVER)],
)
def test_a_moment_falls_on_a_day(moment, day):
    # a scenario that starts on day 100; a day has 24 * 60 * 60 = 86 400 seconds
    assert days.day_at(moment, 100) == day


def test_a_day_begins_at_midnight():
    assert days.moment_of(100, 100) == 0
    assert days.moment_of(103, 100) == 3 * 86_400
    assert days.moment_of(NEVER, 100) == NEVER


@settings(max_examples=60, deadline=None)
@given(st.integers(-1000, 50_000), st.integers(0, 86_399))
def test_every_second_of_a_day_falls_on_that_day(day, second):
    assert days.day_at(days.moment_of(day, 16_000) + second, 16_000) == day


@pytest.mark.parametrize(
    ("text", "meant"),
    [("31-12-2013", "2013-12-31"), ("2014-5-1", "2014-05-01"), ("1/5/2014", "2014-05-01"), ("20140501", "2014-05-01"),
     ("31-02-2014", None), ("2014-02-30", None), ("2014-05-01", None), ("1-5/2014", None), ("mei 2014", None)],
)  # fmt: skip
def test_a_date_in_another_form_is_known(text, meant):
    assert days.meant(text) == (meant and date.fromisoformat(meant))
