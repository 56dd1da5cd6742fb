"""Tables of figures as blocks: only columns in which something stands."""

from __future__ import annotations

from simulator.base import language
from simulator.reports import tabling
from simulator.reports.tables import Column, Table


def test_a_column_in_which_nothing_stands_is_left_out():
    language.choose("en")
    columns = (Column("what", "what"), Column("hours", "hours", "hours"), Column("low", "low", "hours"))
    none = float("nan")
    rows = [{"what": "a", "hours": 3.0, "low": none}, {"what": "b", "hours": none, "low": none}]
    (table,) = tabling.block(Table("x", "x", columns, rows))
    assert [column.title for column in table.columns] == ["what", "hours"]
    assert all(len(row.cells) == 2 for row in table.rows)
    (empty,) = tabling.block(Table("x", "x", columns, []))
    assert len(empty.columns) == 3
