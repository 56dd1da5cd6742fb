"""What a table of a user gives about each swv."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.base import language
from simulator.base.days import day_of
from simulator.base.errors import InputError
from simulator.base.fields import Text
from simulator.kader import reading
from simulator.kader.attributes import Attribute
from simulator.world import population
from simulator.world import scenario as scenarios
from simulator.world.population import value_of


def attribute(kind, **more):
    return Attribute(kind=kind, parameter="x", label=Text(nl="x", en="x"), **more)


ATTRIBUTES = {
    "pupils": attribute("number", minimum=1),
    "maturity": attribute("number"),
    "founded": attribute("bit"),
    "founded_on": attribute("date", only_if="founded"),
}


@pytest.fixture
def table(write):
    def read(text):
        return population.with_table(population.everyone(), write("t.csv", text), ATTRIBUTES)

    return read


def problems(table, text):
    with pytest.raises(InputError) as caught:
        table(text)
    return [(problem.line, problem.column, problem.message, problem.hint) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("number", "14.500", 14500),
        ("number", "-0,35", -0.35),
        ("bit", "JA", 1),
        ("bit", "yes", 1),
        ("bit", "0", 0),
        ("bit", "nee", 0),
        ("date", "2013-06-17", day_of(date(2013, 6, 17))),
        ("date", "17-06-2013", day_of(date(2013, 6, 17))),
        ("date", "17/6/2013", day_of(date(2013, 6, 17))),
        ("date", "1-6-2013", day_of(date(2013, 6, 1))),  # the day comes first
    ],
)
def test_cells_are_read_as_people_write_them(kind, text, value):
    assert value_of(text, attribute(kind)) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("number", "veel"),
        ("number", "nan"),
        ("bit", "2"),
        ("bit", "misschien"),
        ("date", "31-02-2013"),
        ("date", "2013-6-1"),
        ("date", "1-6-13"),
        ("date", "juni 2013"),
        ("date", "17"),
        ("date", "-"),
    ],
)
def test_what_a_cell_cannot_hold_is_refused(kind, text):
    with pytest.raises(ValueError):
        value_of(text, attribute(kind))


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_date_means_the_same_in_both_orders(day):
    kind = attribute("date")
    assert value_of(day.isoformat(), kind) == value_of(f"{day.day}-{day.month}-{day.year}", kind) == day_of(day)


def test_what_is_given_says_so_and_where(table, tmp_path):
    found = table("swv,pupils,founded_on\nPO2814,12345,\nVO2802,,2013-05-01\n")
    pupils = found["PO2814"].given["pupils"]
    assert (pupils.value, pupils.origin, pupils.source) == (12345, "given", (tmp_path / "t.csv").as_posix())
    assert "pupils" not in found["VO2802"].given
    assert found["PO2801"] is population.everyone()["PO2801"]


def test_a_date_that_is_given_means_that_it_happened(table):
    given_now = table("swv,founded_on\nPO2814,2013-05-01\n")["PO2814"].given
    assert given_now["founded"].value == 1


def test_codes_may_be_in_small_letters(table):
    assert table("swv,pupils\n po2814 ,5\n")["PO2814"].given["pupils"].value == 5


def test_the_population_itself_does_not_change(table):
    before = dict(population.everyone()["PO2814"].given)
    table("swv,boards,pupils\nPO2814,,5\n".replace("boards", "maturity"))
    assert population.everyone()["PO2814"].given == before


def test_every_mistake_is_told_at_its_cell(table):
    found = problems(table, "swv,pupilz,founded\nPO2814,1,soms\nPO2841,2,ja\nPO2814,3,ja\n,4,ja\n")
    assert [place[:2] for place in found] == [(1, 5), (2, 10), (3, 1), (4, 1), (5, 1)]
    assert "pupils" in found[0][3]
    assert "PO2814" in found[3][2]


def test_the_header_is_looked_at_without_rows_too(table):
    assert [(line, column) for line, column, _, _ in problems(table, "swv,pupilz\n")] == [(1, 5)]
    assert table("swv,pupils\n") == population.everyone()


def test_a_number_below_its_minimum_is_refused(table):
    ((line, column, message, _),) = problems(table, "swv,pupils,maturity\nPO2814,0,-3\n")
    assert (line, column, message) == (2, 8, "must be at least 1, not '0'")


def test_not_more_is_told_than_anybody_reads(table):
    rows = "".join(f"XX{number:04d},1\n" for number in range(2000))
    assert len(problems(table, f"swv,pupils\n{rows}")) == 50


def test_columns_that_only_help_to_read_are_left_alone_when_they_fit(table):
    assert table("swv,sector,province,pupils\nPO2814,PO,zuid-holland,5\n")["PO2814"].given["pupils"].value == 5
    assert table("swv,sector,province,pupils\nPO2814,,,5\n")["PO2814"].sector == "po"


def test_another_sector_or_province_than_that_of_the_swv_is_told(table):
    found = problems(table, "swv,sector,province\nPO2814,vo,Zeeland\nPO2801,p.o.,Zuid-Hollnd\n")
    assert [place[:2] for place in found] == [(2, 8), (2, 11), (3, 8), (3, 13)]
    assert found[1][2] == "PO2814 lies in Zuid-Holland, not in Zeeland"
    assert "Zuid-Holland" in found[3][3]


SHIPPED = reading.load("swv-2014").file.attributes


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("pupils", "-5", "Write 5, without a minus"),
        ("pupils", "0", ""),
        ("pupils_trend", "-2", "-0.02"),
        ("special_trend", "3", "0.03"),
        ("sbo_share", "1,5", "0.015"),
        ("sbo_share", "-0.1", "Write 0.1, without a minus"),
        ("growth_share", "5", "0.05"),
        ("sbo_share", "30%", "Then write 0.3."),
        ("sbo_share", "2,5 %", "Then write 0.025."),
        ("special_growth", "102", ""),
        ("special_growth", "102%", "Write only the number"),
        ("boards", "-1", "Write 1, without a minus"),
    ],
)
def test_a_number_that_an_swv_cannot_have_is_refused_by_the_bounds_of_the_kader(write, name, value, hint):
    path = write("t.csv", f'swv,{name}\nPO2814,"{value}"\n')
    with pytest.raises(InputError) as caught:
        population.with_table(population.everyone(), path, SHIPPED)
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (2, 8)
    assert hint in problem.hint
    assert bool(hint) == bool(problem.hint)


def test_values_of_an_unknown_swv_are_looked_at_as_well(table):
    assert [place[:2] for place in problems(table, "swv,pupils\nPO2841,0\n")] == [(2, 1), (2, 8)]


def test_the_hint_for_a_percentage_splits_no_cell_in_any_language(write):
    language.choose("nl")
    with pytest.raises(InputError) as caught:
        population.with_table(population.everyone(), write("t.csv", "swv,sbo_share\nPO2814,30\n"), SHIPPED)
    assert caught.value.problems[0].hint == "Bedoelt u 30 procent? Schrijf dan 0.3."


def test_figures_that_follow_from_pupils_cannot_be_given(write):
    attributes = scenarios.load("invoering-2014").kader.file.attributes
    text = "swv,budget_change,lumpsum_cut,verevening\nPO2814,99,5,\nPO2801,,,10\n"
    with pytest.raises(InputError) as caught:
        population.with_table(population.everyone(), write("t.csv", text), attributes)
    first, second = caught.value.problems
    assert (first.line, second.line) == (2, 2)
    assert "'budget_change' is worked out" in first.message
    assert "verevening, special_growth, sbo_share, pupils" in second.hint
