"""Numbers and dates as each language writes them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.base import language, numbers

NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "decimals", "en", "nl"),
    [
        (1234.5, 1, "1,234.5", "1.234,5"),
        (1_234_567, 0, "1,234,567", "1.234.567"),
        (0.125, 2, "0.12", "0,12"),  # halves go to the even digit
        (-3.14159, 2, "-3.14", "-3,14"),
        (-0.04, 1, "0.0", "0,0"),  # no minus before a zero
        (-0.4, 0, "0", "0"),
        (0, 2, "0.00", "0,00"),
        (NAN, 2, "-", "-"),
    ],
)
def test_numbers_are_written_as_the_language_does(value, decimals, en, nl):
    assert numbers.number(value, decimals) == en
    language.choose("nl")
    assert numbers.number(value, decimals) == nl


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.4567, "share", "45.7%"),
        (1.0, "share", "100.0%"),
        (12.34, "days", "12.3"),
        (1234.6, "hours", "1,235"),
        (2.345, "count", "2.35"),  # 2.345 lies just above the half as a float
        (2.5, "something else", "2.50"),
        (NAN, "share", "-"),
    ],
)
def test_a_figure_stands_in_its_unit(value, unit, text):
    assert numbers.figure(value, unit) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.05, "+5.0 pp"),
        (-0.05, "-5.0 pp"),
        (0.0, "0.0 pp"),
        (0.0001, "+0.01 pp"),
        (-0.0001, "-0.01 pp"),
        (1e-9, "0.0000 pp"),
        (NAN, "-"),
    ],
)
def test_a_difference_has_a_sign_unless_it_is_nothing(value, text):
    assert numbers.difference(value, "share") == text


def test_a_figure_without_sign_has_no_plus():
    assert numbers.figure(0.05, "share") == "5.0%"


@pytest.mark.parametrize(
    ("value", "en", "nl"),
    [(25.0, "25", "25"), (0.4, "0.4", "0,4"), (-1.25, "-1.25", "-1,25"), (90_000.0, "90000", "90000")],
)
def test_a_plain_number_is_as_short_as_it_is(value, en, nl):
    assert numbers.plain(value) == en
    language.choose("nl")
    assert numbers.plain(value) == nl


def test_a_plain_number_keeps_its_value():
    assert float(numbers.plain(1_234_567.0)) == 1_234_567


@pytest.mark.parametrize(
    ("code", "day", "text"),
    [
        ("en", date(2014, 5, 1), "1 May 2014"),
        ("nl", date(2014, 5, 1), "1 mei 2014"),
        ("nl", date(2014, 3, 31), "31 maart 2014"),
        ("en", date(2013, 12, 9), "9 December 2013"),
    ],
)
def test_long_dates_name_the_month(code, day, text):
    language.choose(code)
    assert numbers.long_date(day) == text


@pytest.mark.parametrize("code", language.languages())
def test_each_language_has_twelve_different_months(code):
    language.choose(code)
    assert len({numbers.long_date(date(2014, month, 1)) for month in range(1, 13)}) == 12


def test_parts_are_rounded_so_that_they_add_up():
    assert numbers.parts([-0.155, -0.0055], "share") == (["-15.5 pp", "-0.5 pp"], "-16.0 pp")
    assert numbers.parts([1.26, 1.26, 1.26], "days") == (["+1.3", "+1.3", "+1.2"], "+3.8")
    assert numbers.parts([], "days") == ([], "0.0")


@given(st.lists(st.floats(-1, 1), max_size=12), st.sampled_from(["share", "days", "count", "hours"]))
def test_whatever_the_parts_what_is_shown_adds_up(values, unit):
    def read(text):
        return round(float(text.removesuffix(" pp").replace(",", "")) * 10**4)

    words, total = numbers.parts(values, unit)
    assert sum(map(read, words)) == read(total)
    assert abs(read(total) - sum(values) * (100 if unit == "share" else 1) * 10**4) <= 5001


def test_the_bounds_of_a_figure_are_two_or_none():
    assert numbers.between(0.1, 0.25, "share") == "10.0% .. 25.0%"
    assert numbers.between(NAN, NAN, "days") == "-"


@pytest.mark.parametrize("language_", ["nl", "en"])
def test_a_year_is_written_as_on_a_calendar(language_):
    language.choose(language_)
    assert numbers.figure(2018.7, "year") == "2019"
    assert numbers.figure(NAN, "year") == "-"
    assert numbers.difference(-0.36, "year") == ("-0,4" if language_ == "nl" else "-0.4")
    assert (numbers.cell(2018.7, "year"), numbers.cell(18.7, "eur")) == (2019, 18.7)
    assert numbers.cell(NAN, "year") != numbers.cell(NAN, "year")


def test_the_bounds_of_a_difference_say_their_unit_once():
    assert numbers.interval(-0.036, -0.027, "share") == "-3.6 .. -2.7 pp"
    assert numbers.interval(-3.0, 12.0, "days") == "-3.0 .. +12.0"
    assert numbers.interval(NAN, NAN, "share") == "-"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1 + 0.2, "0.3"), (152.0, "152.0"), (1 / 3, "0.3333333333"), (12, "12"), ("a", "a"), (True, "True")],
)
def test_a_number_for_other_programs_has_no_digits_that_mean_nothing(value, text):
    assert str(numbers.written(value)) == text


@pytest.mark.parametrize(
    ("value", "en", "nl"),
    [(227000.0, "227,000", "227.000"), (0, "0", "0"), (1234.5, "1,234.5", "1.234,5"), (0.035, "0.035", "0,035")],
)
def test_a_number_in_words_has_thousands_and_no_more_decimals_than_it_needs(value, en, nl):
    assert numbers.grouped(value) == en
    language.choose("nl")
    assert numbers.grouped(value) == nl
