"""Tables as a workbook: what is an amount, a share or a date is one in Excel too."""

import io
from datetime import date

import openpyxl

from simulator.reports.tables import BY_ROW, Column, Table, workbook

COLUMNS = (
    Column("what", "Wat"),
    Column("on", "Dag"),
    Column("euros", "Euro", "eur"),
    Column("part", "Deel", "share"),
    Column("either", "Anders", BY_ROW),
)
ROWS = [
    {"what": "a", "on": date(2014, 5, 1), "euros": 1234.5, "part": 0.25, "either": 2.0, "unit": "fine_eur"},
    {"what": "b", "on": None, "euros": float("nan"), "part": None, "either": 3.0, "unit": "days"},
]


def test_cells_are_what_they_say_and_shown_as_such():
    book = openpyxl.load_workbook(io.BytesIO(workbook([Table("t", "T", COLUMNS, ROWS)])))
    first, second = list(book["t"].iter_rows(min_row=2, max_row=3))
    assert [cell.value for cell in first][2:] == [1234.5, 0.25, 2.0]
    assert first[1].value.date() == date(2014, 5, 1)
    assert [cell.number_format for cell in first] == ["General", "yyyy-mm-dd", "#,##0.00", "0.0%", "#,##0.00"]
    assert [cell.value for cell in second] == ["b", None, None, None, 3.0]
    assert second[4].number_format == "General"
