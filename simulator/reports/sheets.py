"""Tables as CSV and as an Excel workbook; the same rows give the same bytes."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from simulator.base.numbers import written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Row = dict[str, Any]


def as_csv(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Rows as CSV; nothing is an empty cell."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: "" if row.get(name) is None else written(row[name]) for name in columns} for row in rows)
    return text.getvalue()


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]], comments: str) -> bytes:
    """An Excel workbook with a sheet per table; the first row of each is its heading.

    Args:
        sheets: rows by the name of the sheet.
        comments: what stands in the properties of the file.
    """
    import xlsxwriter  # type: ignore[import-untyped]

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2014, 5, 1, tzinfo=UTC), "comments": comments})
    heading = book.add_format({"bold": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row, None if line else heading)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    book.close()
    return buffer.getvalue()
