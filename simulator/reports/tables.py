"""Tables as data, for every form in which they are shown: on screen, as JSON, CSV or Excel."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from simulator.base.language import say
from simulator.base.numbers import figure, written
from simulator.reports import sheets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BY_ROW = "by row"


@dataclass(frozen=True)
class Column:
    """A column: its name in data, its heading, and the unit of its numbers (none for words and dates).

    Attributes:
        words: what is shown to people instead of the values of the data.
        unit: of its numbers; with `BY_ROW` each row says its own, as `unit`, or as `shown` where people see a finer one.
        screen: whether people see it; data always has it.
    """

    name: str
    heading: str
    unit: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    screen: bool = True


@dataclass(frozen=True)
class Table:
    """Rows under columns, with a name for a sheet and a title for people.

    Attributes:
        notes: sentences that belong below it.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: list[dict[str, Any]]
    notes: tuple[str, ...] = ()
    wide_only: frozenset[str] = field(default_factory=frozenset)

    @property
    def shown(self) -> list[Column]:
        """The columns that people see."""
        return [column for column in self.columns if column.screen]

    def cells(self) -> list[list[str]]:
        """The rows as they are written for people."""
        return [
            [_words(row.get(column.name), column, row.get("shown", row.get("unit", ""))) for column in self.shown]
            for row in self.rows
        ]

    def data(self) -> list[dict[str, Any]]:
        """The rows as plain data."""
        return [{column.name: _plain(row.get(column.name)) for column in self.columns} for row in self.rows]


def _words(value: Any, column: Column, unit_of_row: str) -> str:
    if nothing(value):
        return "-"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return column.words.get(value, value)
    unit = unit_of_row if column.unit == BY_ROW else column.unit
    return figure(float(value), unit) if unit else str(value)


_FORMS = {"eur": "#,##0.00", "fine_eur": "#,##0.00", "share": "0.0%", "fine_share": "0.0000%"}
"""How a workbook shows numbers of a unit; Excel writes the signs as its own language does."""


def _cell(value: Any, column: Column, row: Mapping[str, Any]) -> Any:
    """A value in a workbook: dates stay dates, amounts and shares are shown as such."""
    form = _FORMS.get(row.get("unit", "") if column.unit == BY_ROW else column.unit)
    if form and isinstance(value, int | float) and not nothing(value):
        return sheets.Shown(value, form)
    return None if nothing(value) else value


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else None if nothing(value) else value


def nothing(value: Any) -> bool:
    """Whether there is no value: None, or not a number."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def as_csv(tables: Sequence[Table]) -> str:
    """Tables as CSV, one below the other; with several each row says first which table it is in."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for number, table in enumerate(tables):
        if number:
            writer.writerow([])
        named = ["table"] if len(tables) > 1 else []
        writer.writerow([*named, *(column.name for column in table.columns)])
        for row in table.data():
            writer.writerow(
                [*([table.name] if named else []), *("" if one is None else written(one) for one in row.values())]
            )
    return text.getvalue()


def workbook(tables: Sequence[Table]) -> bytes:
    """Tables as an Excel workbook, a sheet for each with its notes below; the same data gives the same bytes."""
    found = {}
    for table in tables:
        rows: list[list[Any]] = [[column.heading for column in table.columns]]
        rows += [[_cell(row.get(column.name), column, row) for column in table.columns] for row in table.rows]
        found[table.name[:31]] = [*rows, [], *([note] for note in (*table.notes, say("report.disclaimer")))]
    return sheets.workbook(found, say("report.disclaimer"))
