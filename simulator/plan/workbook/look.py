"""How a plan workbook looks: colours, widths, drop-downs, what stays in view and what goes on paper."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from functools import cached_property
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from simulator.base.language import pick, say
from simulator.base.numbers import long_date
from simulator.plan.workbook import layout, rules
from simulator.plan.workbook.layout import TABLES, column_name, sheet_name

if TYPE_CHECKING:
    from simulator.kader.model import Kader
    from simulator.plan.model import Plan
    from simulator.plan.workbook.layout import Column, Table

_SPARE = {
    "municipalities": 8,
    "boards": 20,
    "goals": 12,
    "budget": 4,
    "pupils": 10,
    "tlv": 20,
    "changes": 20,
    "events": 4,
}
"""Empty rows below a table, to be filled in."""
_HEADER = 1
"""The line with the names of the columns, counted from 0; the line above says what the sheet is for."""
_EXPERTS = 3
_LINE_HEIGHT, _MOST_LINES = 13.5, 12
_INK, _GREY, _DARK, _PALE, _YELLOW = "#1F2933", "#6B7280", "#154273", "#F3F4F6", "#FFF9E5"
_LINE = "#D1D5DB"
_FIXED = ("code", "item")
"""Columns that say which row it is, grey where they are filled in."""
_KINDS: dict[str, dict[str, Any]] = {
    "date": {"num_format": "dd-mm-yyyy", "align": "left"},
    "amount": {"num_format": "#,##0.##;-#,##0.##"},
    "score": {"num_format": "0.00"},
    "page": {"align": "left"},
    "integer": {"align": "left"},
    "any": {"align": "left"},
}
_AS_TEXT = ("code", "name", "item", "case", "section", "document")
"""Columns in which Excel must not make a date of 3.1 or a number of 0012."""
_A4 = 9


def made(rows: dict[str, list[dict[str, Any]]], plan: Plan, kader: Kader, on: date) -> bytes:
    """The bytes of a workbook with these rows."""
    import xlsxwriter  # type: ignore[import-untyped]

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {"title": plan.title, "created": datetime(2014, 5, 1, tzinfo=UTC), "comments": say("report.disclaimer")}
    )
    book.set_size(2400, 1500)
    formats = Formats(book)
    _start(book, formats, plan, kader, on)
    for table in TABLES:
        _sheet(book, formats, table, rows[table.key], plan.sector)
    book.close()
    return buffer.getvalue()


class Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.known: dict[tuple[Any, ...], Any] = {}

    def get(self, **look: Any) -> Any:
        """A format."""
        key = tuple(sorted(look.items()))
        if key not in self.known:
            base = {"font_name": "Calibri", "font_size": 10, "font_color": _INK, "valign": "top"}
            self.known[key] = self.book.add_format({**base, **look})
        return self.known[key]

    def cell(self, key: str, kind: str, *, literal: bool = False, fixed: bool = False) -> Any:
        """The format of a cell: yellow to fill in, grey for the code of a row, plain to be read."""
        border = {"border": 1, "border_color": _LINE, "text_wrap": True}
        if fixed:
            return self.get(**border, font_color=_GREY, font_size=8, bg_color=_PALE, num_format="@")
        if not kind:
            return self.get(**border, font_color=_GREY if key in ("article", "law") else _INK, bg_color="#FFFFFF")
        if literal or key in _AS_TEXT:
            return self.get(**border, bg_color=_YELLOW, num_format="@")
        return self.get(**border, bg_color=_YELLOW, **_KINDS.get(kind, {}))

    @cached_property
    def header(self) -> Any:
        """Of the names of the columns."""
        return self.get(bold=True, font_color="#FFFFFF", bg_color=_DARK, text_wrap=True, border=1, border_color=_LINE)

    @cached_property
    def title(self) -> Any:
        """Of the line above a table."""
        return self.get(italic=True, font_size=11, font_color=_DARK, valign="vcenter")


def _start(book: Any, formats: Formats, plan: Plan, kader: Kader, on: date) -> None:
    """The first sheet: what to do, in five lines."""
    sheet = book.add_worksheet(sheet_name(layout.START))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 112)
    sheet.set_row(0, 30)
    sheet.write_string(
        0, 0, say("book_start.title", swv=plan.swv), formats.get(bold=True, font_size=16, font_color=_DARK)
    )
    line = 2
    for key in ("one", "two", "three", "four", "five"):
        text = say(f"book_start.{key}", command="inspectie-sim toets plan.xlsx")
        sheet.merge_range(line, 0, line, 1, text, formats.get(font_size=12, text_wrap=True, valign="vcenter"))
        sheet.set_row(line, 34)
        line += 1
    line += 1
    sheet.write_string(line, 0, say("book_start.sheets"), formats.get(bold=True, font_color=_DARK, font_size=12))
    for table in TABLES:
        line += 1
        link = formats.get(font_color=_DARK, underline=1, font_size=11)
        name = sheet_name(table.key)
        sheet.set_row(line, 16 if len(say(f"sheet_help.{table.key}")) < 120 else 31)
        sheet.write_url(line, 0, f"internal:'{name}'!A1", link, name)
        sheet.write_string(line, 1, say(f"sheet_help.{table.key}"), formats.get(text_wrap=True, font_size=11))
    about = say("book_start.about", kader=pick(kader.file.name), day=long_date(on))
    sheet.write_string(line + 2, 0, about, formats.get(font_color=_GREY))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.set_paper(_A4)


def _columns(table: Table, rows: list[dict[str, Any]], sector: str) -> list[tuple[str, str, Column]]:
    """The columns of a sheet: what each holds, its name, and how it looks; several where there can be."""
    found = []
    others = {key for keys in layout.OF_SECTOR.values() for key in keys} - set(layout.OF_SECTOR[sector])
    for column in table.columns:
        if column.key in others and not any(column.key in row for row in rows):
            continue
        if not column.many:
            found.append((column.key, column_name(column.key), column))
            continue
        most = max([_EXPERTS, *(sum(key.startswith(column.key) for key in row) for row in rows)])
        name = column_name(column.key)
        found += [(f"{column.key} {number}", f"{name} {number}", column) for number in range(1, most + 1)]
    return found


def _sheet(book: Any, formats: Formats, table: Table, rows: list[dict[str, Any]], sector: str) -> None:
    sheet = book.add_worksheet(sheet_name(table.key))
    columns = _columns(table, rows, sector)
    last = _HEADER + len(rows) + _SPARE.get(table.key, 0)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, say(f"sheet_help.{table.key}"), formats.title)
    sheet.set_row(_HEADER, 30)
    for line, row in enumerate(rows, start=_HEADER + 1):
        if any(not column.kind for _, _, column in columns):
            sheet.set_row(line, _height(row, columns))
    for number, (key, name, column) in enumerate(columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(_HEADER, number, name, formats.header)
        for line in range(_HEADER + 1, last + 1):
            row = rows[line - _HEADER - 1] if line - _HEADER - 1 < len(rows) else {}
            _cell(sheet, formats, (line, number), column, row, row.get(key))
        if rule := rules.of_column(column, table.key):
            sheet.data_validation(_HEADER + 1, number, last, number, rule)
        for colour in rules.colours(book, column):
            sheet.conditional_format(_HEADER + 1, number, last, number, colour)
    _paper(sheet, table, last, len(columns))


def _height(row: dict[str, Any], columns: list[tuple[str, str, Column]]) -> float:
    """The height at which the texts of a row can be read; not every program finds it by itself."""
    lines = 1
    for key, _, column in columns:
        text = str(row.get(key) or "") if key not in _FIXED else ""  # in small print
        lines = max(lines, sum(len(wrap(part, int(column.width * 1.1))) or 1 for part in text.split("\n")))
    return _LINE_HEIGHT * min(lines, _MOST_LINES) + 3


def _cell(sheet: Any, formats: Formats, at: tuple[int, int], column: Column, row: dict[str, Any], value: Any) -> None:
    """One cell; a text that looks like a number is marked as text, so that it stays one."""
    fixed = (column.key in _FIXED and bool(value)) or row.get("code") == "format"
    field = row.get("code") if column.kind == "any" else None
    if rule := rules.of_field(field or ""):
        sheet.data_validation(*at, *at, rule)
    kind = "date" if isinstance(value, date) or layout.FIELDS.get(field or "") == "date" else column.kind
    literal = isinstance(value, str) and column.kind in ("any", "figure")
    form = formats.cell(column.key, kind, literal=literal, fixed=fixed)
    if value is None or value == "":
        sheet.write_blank(*at, None, form)
    elif isinstance(value, date):
        sheet.write_datetime(*at, value, form)
    elif isinstance(value, int | float):
        sheet.write_number(*at, value, form)
    else:
        sheet.write_string(*at, value.replace("\r\n", "\n").replace("\r", "\n"), form)


def _paper(sheet: Any, table: Table, last: int, columns: int) -> None:
    """What stays in view, and how it is printed."""
    sheet.freeze_panes(_HEADER + 1, table.frozen)
    sheet.autofilter(_HEADER, 0, last, columns - 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.print_area(0, 0, last, min(table.printed, columns) - 1)
    sheet.repeat_rows(0, _HEADER)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&8&F - &A&R&8&P / &N")
