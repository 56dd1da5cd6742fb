"""Terms in law: a table worked by hand, and properties."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kader_samples import number

from simulator.base.days import NEVER, date_of, day_of
from simulator.kader import terms


def last_day(event, length, unit, **how):
    return date_of(int(terms.last_day(np.array([number(event)]), length, unit, **how)[0])).isoformat()


BY_HAND = [
    # event, term, end: an ordinary Wednesday stays
    ("2014-04-02", 4, "weeks", "2014-04-30"),
    # Saturday 1 and Sunday 2 March 2014 run on to Monday 3 March
    ("2014-02-01", 4, "weeks", "2014-03-03"),
    ("2014-02-02", 4, "weeks", "2014-03-03"),
    ("2014-02-03", 4, "weeks", "2014-03-03"),
    # 5 May 2014 is a Monday, and a holiday of the ATW in every year (2017: a Friday; 2015: a Tuesday)
    ("2014-04-07", 4, "weeks", "2014-05-06"),
    ("2014-04-05", 4, "weeks", "2014-05-06"),  # Saturday 3 May runs through Sunday 4 and Monday 5
    ("2017-04-07", 4, "weeks", "2017-05-08"),
    ("2015-04-07", 4, "weeks", "2015-05-06"),
    ("2013-04-07", 4, "weeks", "2013-05-06"),  # a Sunday
    # Easter 2014: Good Friday 18 April (ATW 3(2)), Easter Monday 21 April
    ("2014-04-03", 2, "weeks", "2014-04-17"),
    ("2014-04-04", 2, "weeks", "2014-04-22"),
    ("2014-04-05", 2, "weeks", "2014-04-22"),
    ("2014-04-07", 2, "weeks", "2014-04-22"),
    ("2014-04-08", 2, "weeks", "2014-04-22"),
    # the birthday of the king: 27 April 2014 is a Sunday, so it was kept on Saturday 26; Monday 28 is open
    ("2014-04-12", 2, "weeks", "2014-04-28"),
    ("2014-04-13", 2, "weeks", "2014-04-28"),
    ("2014-04-14", 2, "weeks", "2014-04-28"),
    ("2014-04-16", 2, "weeks", "2014-04-30"),
    # Monday 27 April 2015 is King's day; Tuesday 30 April 2013 was the last Queen's day
    ("2015-04-13", 2, "weeks", "2015-04-28"),
    ("2013-04-16", 2, "weeks", "2013-05-01"),
    # Ascension Thursday 29 May, Whit Monday 9 June, Christmas on Thursday and Friday, New Year on a Wednesday
    ("2014-05-15", 2, "weeks", "2014-05-30"),
    ("2014-05-26", 2, "weeks", "2014-06-10"),
    ("2014-05-24", 2, "weeks", "2014-06-10"),
    ("2014-12-11", 2, "weeks", "2014-12-29"),
    ("2013-12-18", 2, "weeks", "2014-01-02"),
    # days: 90 days after 1 December 2013 (30 + 31 + 28 + 1) is Saturday 1 March 2014
    ("2014-02-28", 1, "days", "2014-03-03"),
    ("2013-12-01", 90, "days", "2014-03-03"),
    ("2013-11-30", 91, "days", "2014-03-01"),  # over 90 days: exempt (ATW 4)
    # weeks: 12 weeks after Saturday 1 February is Saturday 26 April (King's day)
    ("2014-02-01", 12, "weeks", "2014-04-28"),
    ("2014-02-01", 13, "weeks", "2014-05-03"),  # over 12 weeks: exempt
    # months: the same day of the month, or the last one of a shorter month
    ("2013-12-01", 3, "months", "2014-03-03"),
    ("2013-11-01", 4, "months", "2014-03-01"),  # over 3 months: exempt
    ("2014-01-31", 1, "months", "2014-02-28"),
    ("2016-01-31", 1, "months", "2016-02-29"),
    ("2013-12-31", 2, "months", "2014-02-28"),
    ("2014-03-31", 1, "months", "2014-04-30"),
    ("2013-11-15", 2, "months", "2014-01-15"),
    # years are always exempt: 1 March 2014 is a Saturday
    ("2013-03-01", 1, "years", "2014-03-01"),
    ("2012-02-29", 1, "years", "2013-02-28"),
    ("2012-02-29", 4, "years", "2016-02-29"),
    # counted backwards: never shifted
    ("2014-03-08", -1, "weeks", "2014-03-01"),
    ("2014-05-06", -1, "days", "2014-05-05"),
    ("2014-04-01", -1, "months", "2014-03-01"),
    ("2014-03-31", -1, "months", "2014-02-28"),
    # a term of nothing ends on the day itself, or on the next open one
    ("2014-04-30", 0, "days", "2014-04-30"),
    ("2014-05-05", 0, "days", "2014-05-06"),
]


@pytest.mark.parametrize(("event", "length", "unit", "end"), BY_HAND)
def test_the_last_day_of_a_term(event, length, unit, end):
    assert last_day(event, length, unit) == end


def test_many_columns_at_once_give_the_same_as_one_by_one():
    weeks = [(number(event), number(end)) for event, length, unit, end in BY_HAND if (length, unit) == (2, "weeks")]
    events, ends = map(np.array, zip(*weeks, strict=True))
    assert len(weeks) > 10
    assert terms.last_day(events, 2, "weeks").tolist() == ends.tolist()
    assert terms.last_day(events.reshape(2, -1), 2, "weeks").tolist() == ends.reshape(2, -1).tolist()


def test_the_clock_of_the_first_plan():
    # submitted on 1 February 2014; four weeks for the OPR end on Saturday 1 March: Monday 3 March;
    # refused on that day; two weeks to go to the LCG end on Monday 17 March
    assert last_day("2014-02-01", 4, "weeks") == "2014-03-03"
    assert last_day("2014-03-03", 2, "weeks") == "2014-03-17"


@pytest.mark.parametrize(
    ("event", "length", "unit", "end"),
    [("2014-02-01", 4, "weeks", "2014-03-01"), ("2014-04-07", 4, "weeks", "2014-05-05")],
)
def test_a_plain_term_is_not_shifted(event, length, unit, end):
    assert last_day(event, length, unit, plain=True) == end


@pytest.mark.parametrize("unit", ["days", "weeks", "months", "years"])
@pytest.mark.parametrize("length", [-1, 0, 1, 100])
def test_a_term_after_what_does_not_come_does_not_end(unit, length):
    assert terms.last_day(np.array([NEVER]), length, unit).tolist() == [NEVER]


def easter(year):
    """Easter Sunday by the method of Meeus, Jones and Butcher."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l = (32 + 2 * e + 2 * i - h - k) % 7  # noqa: E741
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return date(year, month, day + 1)


def closed(day):
    """Saturday, Sunday or a day of ATW 3, worked out without a library."""
    birthday = (4, 30) if day.year < 2014 else (4, 27)
    kept = date(day.year, *birthday)
    if kept.weekday() == 6:
        kept -= timedelta(days=1)
    fixed = {(1, 1), (5, 5), (12, 25), (12, 26)}
    moving = {easter(day.year) + timedelta(days=shift) for shift in (-2, 1, 39, 50)}
    return day.weekday() >= 5 or (day.month, day.day) in fixed or day in moving or day == kept


def test_the_sample_easters_are_right():
    assert [easter(year) for year in (2013, 2014, 2015)] == [date(2013, 3, 31), date(2014, 4, 20), date(2015, 4, 5)]


def test_every_day_of_twenty_years_runs_on_to_the_next_open_day():
    days = np.arange(number("2010-01-01"), number("2030-01-01"))
    expected = []
    for day in map(date_of, days.tolist()):
        following = day
        while closed(following):
            following += timedelta(days=1)
        expected.append(day_of(following))
    assert terms.next_open_day(days).tolist() == expected


days_of_event = st.integers(number("2008-01-01"), number("2040-01-01"))
lengths = st.integers(0, 40)
units = st.sampled_from(["days", "weeks", "months", "years"])


@settings(max_examples=60, deadline=None)
@given(days_of_event, st.integers(0, 60), lengths, units)
def test_a_later_event_never_ends_earlier(event, later, length, unit):
    first, second = terms.last_day(np.array([event, event + later]), length, unit)
    assert event <= first <= second


@settings(max_examples=60, deadline=None)
@given(days_of_event, lengths, units)
def test_a_shift_is_for_a_week_at_most_and_ends_on_an_open_day(event, length, unit):
    day = np.array([event])
    plain, shifted = terms.last_day(day, length, unit, plain=True)[0], terms.last_day(day, length, unit)[0]
    assert 0 <= shifted - plain <= 6
    assert shifted == plain or not closed(date_of(shifted))


@settings(max_examples=60, deadline=None)
@given(days_of_event, st.integers(-40, 40))
def test_months_keep_the_day_of_the_month_where_they_can(event, months):
    start = date_of(event)
    end = date_of(int(terms.add(np.array([event]), months, "months")[0]))
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    last = (end + timedelta(days=1)).day == 1
    assert end.day == start.day or (last and end.day < start.day)
