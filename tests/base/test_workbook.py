"""Workbooks as they come: what is read of a cell, and what is refused with a remedy."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
import xlsxwriter

from simulator.base import package, workbook
from simulator.base.errors import InputError, cell_name

DAY = datetime(2026, 1, 31)  # noqa: DTZ001 - Excel knows no time zones


def read(path):
    return workbook.read(path, lambda _: True)


@pytest.fixture
def made(tmp_path):
    """A function that makes a workbook with one sheet and reads it."""

    def maker(fill, **options):
        path = tmp_path / "a.xlsx"
        book = xlsxwriter.Workbook(path, options)
        fill(book, book.add_worksheet("blad"))
        book.close()
        return read(path)

    return maker


def refused(path):
    with pytest.raises(InputError) as caught:
        read(path)
    (problem,) = caught.value.problems
    assert problem.hint
    return problem.message


def changed(path, part, change):
    """The workbook with one of its parts changed, or left out."""
    parts = {}
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@pytest.fixture
def plain(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("blad").write(0, 0, "x")
    return path


def test_values_formulas_errors_and_formats(made):
    def fill(book, sheet):
        sheet.write_row(0, 0, ["tekst", 1.5, True])
        sheet.write_formula(1, 0, "=1+1", None, 2)
        sheet.write_formula(1, 1, "=1+1", None, "")
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
        sheet.write_string(2, 0, "0012", book.add_format({"num_format": "@"}))
        sheet.write_datetime(2, 1, DAY, book.add_format({"num_format": "d mmm yyyy"}))

    (sheet,) = made(fill).sheets
    assert {place: cell.value for place, cell in sheet.rows[1].items()} == {1: "tekst", 2: 1.5, 3: True}
    assert [sheet.rows[2][column].trouble for column in (1, 2, 3)] == ["", "uncomputed", "error"]
    assert sheet.rows[2][1].value == 2
    assert sheet.rows[3][1] == workbook.Cell("0012", literal=True)
    assert sheet.rows[3][2].value == DAY


def test_a_formula_that_gave_an_empty_text_has_an_outcome(made, tmp_path):
    made(lambda _, sheet: sheet.write_formula(0, 0, "=1", None, "tekst"))
    changed(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v>tekst</v>", b"<v></v>"))
    assert read(tmp_path / "a.xlsx").sheets[0].rows.get(1, {}).get(1) in (None, workbook.Cell(""))


def test_merged_and_hidden_are_seen(made):
    def fill(_, sheet):
        sheet.merge_range("B2:C4", "samen")
        sheet.set_row(6, None, None, {"hidden": True})
        sheet.set_column("E:F", 9, None, {"hidden": True})
        sheet.write("E7", 1)

    (sheet,) = made(fill).sheets
    assert sheet.merged == [(2, 2, 4, 3)]
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({7}, {5, 6})


@pytest.mark.parametrize("options", [{}, {"date_1904": True}])
def test_either_calendar_of_excel(made, options):
    day = date(2026, 1, 31)

    def fill(book, sheet):
        sheet.write_datetime(0, 0, day, book.add_format({"num_format": "dd-mm-yyyy"}))
        sheet.write_datetime(0, 1, day)  # a number, as it is not formatted as a date

    book = made(fill, **options)
    dated, bare = book.sheets[0].rows[1][1].value, book.sheets[0].rows[1][2].value
    assert dated.date() == day
    assert book.day(bare) == day


def test_a_sheet_that_is_not_wanted_is_not_even_looked_at(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "blad"
    book.active.append(["kop"])
    book.create_sheet("eigen").append(["niet voor ons"])
    book.save(tmp_path / "a.xlsx")
    changed(tmp_path / "a.xlsx", "xl/worksheets/sheet2.xml", lambda _: b"<kapot")
    found = workbook.read(tmp_path / "a.xlsx", lambda name: name == "blad")
    assert (found.names, [sheet.name for sheet in found.sheets]) == (["blad", "eigen"], ["blad"])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"geen werkmap", "no Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"PK\x03\x04" + b"\0" * 100, "damaged"),
    ],
)
def test_what_is_no_workbook_is_named(tmp_path, content, message):
    (tmp_path / "a.xlsx").write_bytes(content)
    assert message in refused(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    ("part", "message"),
    [("xl/vbaProject.bin", "macros"), ("word/document.xml", "Word"), ("mimetype", "LibreOffice"),
     ("xl/workbook.bin", ".xlsb")],
)  # fmt: skip
def test_a_package_of_something_else_is_named(plain, part, message):
    changed(plain, part, lambda _: b"x")
    assert message in refused(plain)


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("xl/workbook.xml", lambda xml: xml.replace(b"<workbook", b'<!DOCTYPE a [<!ENTITY b "c">]><workbook')),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<worksheet", b"<!DOCTYPE a><worksheet")),
        ("xl/worksheets/sheet1.xml", lambda xml: xml[:200]),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.decode().encode("utf-16")),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'r="1"', b'r="een"')),
        ("xl/_rels/workbook.xml.rels", lambda _: b"<Relationships/>"),
        ("[Content_Types].xml", lambda _: b"<Types/>"),
        ("xl/styles.xml", lambda _: b"<styles>"),
    ],
)
def test_a_damaged_workbook_is_told_as_one(plain, part, change):
    changed(plain, part, change)
    assert "damaged" in refused(plain)


def test_a_truncated_workbook_is_told_as_one(plain):
    plain.write_bytes(plain.read_bytes()[:-200])
    assert "damaged" in refused(plain)


def test_a_bomb_is_refused_before_it_is_parsed(plain, monkeypatch):
    monkeypatch.setattr(package, "MAX_READ", 100_000)
    changed(plain, "xl/sharedStrings.xml", lambda xml: xml + b" " * 200_000)
    assert plain.stat().st_size < 20_000
    assert "more than a plan needs" in refused(plain)


def test_too_many_rows_are_refused_with_the_sheet(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MAX_ROWS", 20)
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("blad").write_column(0, 0, range(21))
    with pytest.raises(InputError) as caught:
        read(tmp_path / "a.xlsx")
    assert caught.value.problems[0].place.endswith("a.xlsx:blad!A21")


def test_a_cell_far_away_costs_nothing(made):
    def fill(book, sheet):
        sheet.write(1_048_575, 16_383, "ver")
        sheet.write_blank(1_048_575, 0, None, book.add_format({"bold": True}))

    assert made(fill).sheets[0].rows == {}


@pytest.mark.parametrize(
    ("sheet", "row", "column", "name"),
    [("inhoud", 14, 3, "inhoud!C14"), ("lees eerst", 1, 27, "'lees eerst'!AA1"), ("d'n", 0, 703, "'d''n'!AAA"),
     ("blad", 7, 0, "blad!7"), ("blad", 0, 0, "blad")],
)  # fmt: skip
def test_the_name_of_a_cell(sheet, row, column, name):
    assert cell_name(sheet, row, column) == name
    letters = name.rpartition("!")[2].rstrip("0123456789")
    assert column == 0 or workbook.number_of(letters) == column


def test_an_archive_in_memory_is_looked_into_as_well(plain):
    content = plain.read_bytes()
    assert package.Package(content, "a.xlsx").sheets() == {"blad": "xl/worksheets/sheet1.xml"}
    assert zipfile.is_zipfile(io.BytesIO(content))


def test_more_texts_than_a_plan_has_are_refused(plain, monkeypatch):
    monkeypatch.setattr(package, "MAX_STRING_TAGS", 400)
    changed(plain, "xl/sharedStrings.xml", lambda xml: xml.replace(b"</sst>", b"<si><t>a</t></si>" * 101 + b"</sst>"))
    assert "more than a plan needs" in refused(plain)


def test_empty_rows_with_a_format_are_refused_when_they_are_too_many(plain, monkeypatch):
    changed(
        plain,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", b'<row r="9"/>' * 50 + b"</sheetData>"),
    )
    assert read(plain).sheets[0].rows == {1: {1: workbook.Cell("x")}}
    monkeypatch.setattr(workbook, "MAX_EMPTY", 20)
    monkeypatch.setattr(workbook, "MAX_CELLS", 20)
    assert "longer than" in refused(plain)


def test_a_sheet_with_a_chart_alone_does_no_harm(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("blad").write_column(0, 0, [1, 2])
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=blad!$A$1:$A$2"})
        book.add_chartsheet("grafiek").set_chart(chart)
    found = workbook.read(tmp_path / "a.xlsx", lambda name: name == "blad")
    assert (found.names, found.sheets[0].rows[2][1].value) == (["blad", "grafiek"], 2)
