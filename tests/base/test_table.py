"""Reading tables as people have them."""

from __future__ import annotations

import pytest

from simulator.base import table
from simulator.base.errors import InputError


@pytest.fixture
def read(tmp_path):
    def reader(content, required=("swv",)):
        path = tmp_path / "table.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return table.read(path, required)

    return reader


def texts(rows):
    return [{name: cell.text for name, cell in row.items()} for row in rows]


def problems(read, content, required=("swv",)):
    with pytest.raises(InputError) as caught:
        read(content, required)
    return caught.value.problems


EXPECTED = [{"swv": "PO2201", "pupils": "14.500"}, {"swv": "VO2201", "pupils": "0,35"}]


@pytest.mark.parametrize(
    "content",
    [
        'swv,pupils\nPO2201,14.500\nVO2201,"0,35"\n',
        "swv;pupils\nPO2201;14.500\nVO2201;0,35\n",
        "swv;pupils\r\nPO2201;14.500\r\nVO2201;0,35\r\n",
        "swv;pupils\nPO2201;14.500\nVO2201;0,35",
        " swv ; pupils\n PO2201 ; 14.500\nVO2201;0,35\n",
        "swv;pupils\n\nPO2201;14.500\n;\nVO2201;0,35\n\n",
        "\ufeffswv;pupils\nPO2201;14.500\nVO2201;0,35\n",
        "swv;pupils\nPO2201;14.500\nVO2201;0,35\n".encode("utf-16"),
    ],
    ids=["commas", "semicolons", "windows", "no last newline", "spaces", "empty rows", "mark", "utf-16"],
)
def test_the_ways_of_writing_a_table_give_the_same(read, content):
    assert texts(read(content)) == EXPECTED


def test_an_older_excel_is_read_as_windows_text(read):
    rows = read("swv;naam\nPO2201;Súdwest-Fryslân\n".encode("cp1252"))
    assert texts(rows) == [{"swv": "PO2201", "naam": "Súdwest-Fryslân"}]


def test_utf_8_is_not_taken_for_windows_text(read):
    assert texts(read("swv;naam\nPO2201;Súdwest\n")) == [{"swv": "PO2201", "naam": "Súdwest"}]


def test_a_short_row_has_empty_cells(read):
    assert texts(read("swv;a;b\nPO2201\n")) == [{"swv": "PO2201", "a": "", "b": ""}]


def test_a_row_with_more_cells_than_the_header_is_not_cut_in_silence(read):
    # a decimal comma without quotes: 0,35 would be read as 0
    (problem,) = problems(read, "swv,maturity\nPO2201,1\nVO2201,0,35\n")
    assert (problem.line, problem.column, problem.excerpt) == (3, 1, "VO2201,0,35")


def test_empty_cells_past_the_header_do_not_matter(read):
    assert texts(read("swv;a\nPO2201;1;;\n")) == [{"swv": "PO2201", "a": "1"}]


def test_each_cell_knows_its_place(read):
    rows = read("swv;pupils\nPO2201;14\n\nVO2201;15\n")
    cell = rows[1]["pupils"]
    assert (cell.line, cell.column, cell.excerpt) == (4, 8, "VO2201;15")  # six letters and a semicolon before it
    assert (rows[0]["swv"].line, rows[0]["swv"].column) == (2, 1)
    problem = cell.problem("wrong", "Do this.")
    assert problem.as_text().splitlines()[0].endswith("table.csv:4:8: wrong")
    assert problem.hint == "Do this."


def test_lines_are_counted_through_a_cell_of_two_lines(read):
    rows = read('swv;note\nPO2201;"one\ntwo"\nVO2201;x\n')
    assert rows[0]["note"].text == "one\ntwo"
    assert [row["swv"].line for row in rows] == [2, 4]


def test_all_missing_columns_are_named_with_the_nearest(read):
    found = problems(read, "svw;pupils\nPO2201;1\n", ("swv", "sector"))
    assert [problem.message for problem in found] == ["the column 'swv' is missing", "the column 'sector' is missing"]
    assert found[0].hint == "Did you mean svw?"
    assert {(problem.line, problem.column) for problem in found} == {(1, 1)}


def test_a_column_named_twice_is_refused_together_with_a_missing_one(read):
    found = problems(read, "swv;a;a\nPO2201;1;2\n", ("swv", "b"))
    assert {(problem.line, problem.column) for problem in found} == {(1, 1)}
    assert [p.message for p in found] == ["the column 'b' is missing", "the column 'a' stands in the table twice"]


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_a_table_without_any_text_is_refused(read, content):
    assert problems(read, content)


def test_a_workbook_is_no_text(read):
    assert [problem.message for problem in problems(read, b"PK\x03\x04\x14\x00")] == ["this is no text file"]


def test_an_endless_cell_is_refused(read):
    # an unclosed quote makes one cell of all that follows
    assert problems(read, 'swv;note\nPO2201;"' + "x\n" * 100_000)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("14500", 14500),
        ("14.500", 14500),
        ("1.234.567", 1234567),
        ("14.500,5", 14500.5),
        ("0,35", 0.35),
        ("0.35", 0.35),
        ("0.125", 0.125),  # nobody writes thousands with a zero in front
        ("-0,8", -0.8),
        ("-0.125", -0.125),
        ("12.5", 12.5),
        ("12.3456", 12.3456),
        ("14 500", 14500),
        ("14\u00a0500", 14500),
        ("+3", 3),
        ("1e3", 1000),
    ],
)
def test_numbers_are_read_as_people_write_them(text, value):
    assert table.number(text) == value


@pytest.mark.parametrize("text", ["", " ", "-", "een", "12a", "1,2,3", "1-2", "nan", "inf", "-inf"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError):
        table.number(text)
