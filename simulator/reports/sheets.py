"""Tables as CSV and as an Excel workbook; the same rows give the same bytes."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from simulator.base.numbers import written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Row = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """A number in a workbook with the way in which it is shown, as `#,##0.00`."""

    value: float
    form: str


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
        sheets: rows by the name of the sheet; dates are dates in it too.
        comments: what stands in the properties of the file.
    """
    import xlsxwriter  # type: ignore[import-untyped]

    buffer = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"}
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **plain})
    book.set_properties({"created": datetime(2014, 5, 1, tzinfo=UTC), "comments": comments})
    heading = book.add_format({"bold": True})
    shown = {cell.form for rows in sheets.values() for row in rows for cell in row if isinstance(cell, Shown)}
    forms = {form: book.add_format({"num_format": form}) for form in sorted(shown)}
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, Shown):
                    sheet.write_number(line, place, cell.value, forms[cell.form])
                else:
                    sheet.write(line, place, cell, *([] if line else [heading]))
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    book.close()
    return buffer.getvalue()
