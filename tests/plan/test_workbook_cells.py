"""What people write in cells, and what is made of it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from simulator.base.workbook import Book, Cell
from simulator.plan.workbook import cells

BOOK = Book("a.xlsx", [], [], date(1899, 12, 30))
MAC = Book("a.xlsx", [], [], date(1904, 1, 1))
DAY = date(2026, 1, 31)
MIDNIGHT, NOON = (datetime(2026, 1, 31, hour) for hour in (0, 12))  # noqa: DTZ001 - Excel knows no time zones
YEAR = datetime(1905, 7, 18)  # noqa: DTZ001 - what 2026 shows as in a cell for dates


def meant(kind, value, book=BOOK, **more):
    return cells.meant(kind, Cell(value, **more), book)


@pytest.mark.parametrize("kind", ["text", "name", "answer", "state", "choice", "date", "amount", "page", "figure"])
@pytest.mark.parametrize("value", [None, "", "  ", "\n"])
def test_empty_is_nothing(kind, value):
    assert meant(kind, value) is None


@pytest.mark.parametrize(
    "written",
    [
        MIDNIGHT, NOON, 46053, 46053.6, "31-01-2026", "31-1-2026", "31/01/2026",
        "31.01.2026", " 31-01-2026 ", "2026-01-31", "2026-01-31 00:00:00", "31 januari 2026", "31 jan. 2026", "31 Jan 2026",
        "zaterdag 31 januari 2026", "31 January 2026",
    ],
)  # fmt: skip
def test_a_date_in_many_forms(written):
    assert meant("date", written) == DAY


def test_a_number_is_a_date_of_the_calendar_of_the_workbook():
    assert meant("date", 46053 - 1462, MAC) == DAY


@pytest.mark.parametrize("written", ["nee", "Nee", "no", "onwaar"])
def test_a_no_in_place_of_a_date(written):
    assert meant("date", written) is False


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("31-02-2026", "no date"), ("01/31/2026", "no date"), ("31-01-26", "not written in full"), ("morgen", "no date"),
        ("2026", "no date"), (2026, "does not show as a date"), (20260131, "does not show"), ("ja", "but not when"),
        (True, "no date"), (1e300, "does not show"), ("31 foo 2026", "no date"), (YEAR, "no date"),
    ],
)  # fmt: skip
def test_a_date_that_is_none_has_a_remedy(written, message):
    with pytest.raises(cells.Unclear) as caught:
        meant("date", written)
    assert message in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        (1250.5, 1250.5), ("1250,50", 1250.5), ("1.250,50", 1250.5), ("1,250.50", 1250.5), ("12.500", 12500),
        ("12,500", 12500), ("€ 1.250,-", 1250), ("EUR 1 250", 1250), ("1.250.000", 1_250_000), ("-3,5", -3.5),
        ("\u22123,5", -3.5), ("(1.250)", -1250), ("0,350", 0.35), ("1250 euro", 1250), ("-/- 50.000", -50_000),
    ],
)  # fmt: skip
def test_an_amount_in_many_forms(written, amount):
    assert meant("amount", written) == amount


@pytest.mark.parametrize("written", ["veel", "12-14", "1.250.50", "p.m.", True, MIDNIGHT])
def test_an_amount_that_is_none_is_refused(written):
    with pytest.raises(cells.Unclear):
        meant("amount", written)


@pytest.mark.parametrize(
    ("written", "figure"),
    [
        (31, 31),
        ("31", 31),
        ("12,5", 12.5),
        ("12.500", "12.500"),
        ("vier van de vijf", "vier van de vijf"),
        ("12%", "12%"),
    ],
)
def test_a_figure_is_a_number_where_it_can_only_be_one(written, figure):
    assert meant("figure", written) == figure


def test_a_figure_that_is_formatted_as_text_stays_one():
    assert meant("figure", "0012", literal=True) == "0012"


@pytest.mark.parametrize(
    ("kind", "written", "number"),
    [
        ("page", 12, 12), ("page", 12.0, 12), ("page", "12", 12), ("page", "p. 12", 12), ("page", "blz. 12", 12),
        ("integer", "2026", 2026), ("integer", YEAR, 2026), ("year", "2026-2027", 2026),
        ("year", "2026/27", 2026), ("year", 2026, 2026), ("score", "80%", 0.8), ("score", "0,8", 0.8), ("score", 0.8, 0.8),
    ],
)  # fmt: skip
def test_numbers_of_a_kind(kind, written, number):
    assert meant(kind, written) == number


@pytest.mark.parametrize(("kind", "written"), [("page", "12-14"), ("page", 1.5), ("integer", "12,5"), ("year", "soon")])
def test_numbers_that_are_not_of_that_kind(kind, written):
    with pytest.raises(cells.Unclear):
        meant(kind, written)


@pytest.mark.parametrize(
    ("written", "answer"),
    [("ja", True), (" JA ", True), ("yes", True), (True, True), ("nee", False), ("n", False), (False, False),
     ("onbekend", None), ("unknown", None), ("?", None)],
)  # fmt: skip
def test_an_answer_in_either_language(written, answer):
    assert meant("answer", written) is answer


@pytest.mark.parametrize(("kind", "written"), [("answer", "deels"), ("answer", 1), ("state", "klaar"), ("state", "ja")])
def test_a_word_that_is_no_choice_is_refused(kind, written):
    with pytest.raises(cells.Unclear):
        meant(kind, written)


def test_states_and_names():
    assert [meant("state", word) for word in ("voorgesteld", "Accepted")] == ["proposed", "accepted"]
    assert meant("name", "  Alphen  aan den\nRijn ") == "Alphen aan den Rijn"
    assert meant("name", 12.0) == "12"
    assert meant("text", " zo is het ") == " zo is het "


@pytest.mark.parametrize("trouble", ["error", "uncomputed"])
def test_a_cell_with_trouble_is_never_empty(trouble):
    with pytest.raises(cells.Unclear):
        meant("text", None, trouble=trouble)
