from datetime import date, datetime, timedelta

import pytest

from simulator.base.days import DAY_SECONDS, NEVER, day_of
from simulator.base.errors import InputError
from simulator.world import calendar

START = date(2013, 6, 18)
HOUR = 3600


def moment(year, month, day, hour=0):
    return int((datetime(year, month, day, hour) - datetime(2013, 6, 18)).total_seconds())  # noqa: DTZ001


def when(seconds):
    return datetime(2013, 6, 18) + timedelta(seconds=seconds)  # noqa: DTZ001


def build(kind, region="Midden", start=START, end=date(2015, 8, 1), *, carry_on=False):
    return calendar.build(kind, region, day_of(start), day_of(end), carry_on=carry_on)


def test_plain_time_needs_no_calendar():
    assert build("calendar") is None


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ((2013, 9, 6, 12), 1, datetime(2013, 9, 9, 12)),  # Friday noon to Monday noon  # noqa: DTZ001
        ((2013, 9, 7), 1, datetime(2013, 9, 10)),  # a Saturday does not count: Monday is used  # noqa: DTZ001
        ((2014, 4, 17), 2, datetime(2014, 4, 23)),  # Good Friday works, Easter Monday does not  # noqa: DTZ001
        ((2014, 5, 5), 1, datetime(2014, 5, 6)),  # 5 May 2014 was worked: no lustrum year  # noqa: DTZ001
        ((2015, 5, 5), 1, datetime(2015, 5, 7)),  # 5 May 2015 was not  # noqa: DTZ001
    ],
)
def test_working_time_skips_weekends_and_public_holidays(start, days, end):
    # Good Friday is a public holiday in the list of the holidays package
    found = when(build("working").finish(moment(*start), days * DAY_SECONDS))
    assert found == end


def test_school_time_also_skips_the_holidays_of_the_region():
    # autumn 2013: Zuid 12-20 October, Midden and Noord 19-27 October
    friday = moment(2013, 10, 11)
    two = 2 * DAY_SECONDS
    assert when(build("school", "Zuid").finish(friday, two)).date() == date(2013, 10, 22)
    assert when(build("school", "Midden").finish(friday, two)).date() == date(2013, 10, 15)
    assert when(build("working").finish(friday, two)).date() == date(2013, 10, 15)


def test_a_day_of_work_takes_the_hours_of_that_day():
    # eight hours that begin at midnight of a working day end on that day
    assert when(build("working").finish(moment(2014, 9, 25), 8 * HOUR)) == datetime(2014, 9, 25, 8)  # noqa: DTZ001


def test_no_time_ends_where_it_starts_on_a_working_day():
    assert build("working").finish(moment(2013, 9, 6, 12), 0) == moment(2013, 9, 6, 12)


def test_what_ends_beyond_the_table_never_ends():
    assert build("working").finish(0, 10_000 * DAY_SECONDS) >= NEVER


def test_school_holidays_that_are_not_known_are_an_error_only_when_a_step_gets_there():
    far = build("school", end=date(2033, 1, 1))
    assert when(far.finish(0, 5 * DAY_SECONDS)).date() == date(2013, 6, 25)
    with pytest.raises(InputError, match="last_known"):
        far.finish(moment(2030, 12, 20), 60 * DAY_SECONDS)


def test_the_last_known_pattern_can_be_carried_on():
    far = build("school", end=date(2033, 1, 1), carry_on=True)
    summer = when(far.finish(moment(2032, 7, 1), 20 * DAY_SECONDS))
    assert summer.date() > date(2032, 8, 15)  # twenty school days from 1 July run into or over the holidays


def test_a_scenario_cannot_begin_before_the_known_school_holidays():
    with pytest.raises(InputError, match="2013-06-10"):
        build("school", start=date(2012, 9, 1))
