"""The tables of a plan found in a workbook: which sheet is which, where the names of the columns stand, and the rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from simulator.base import language
from simulator.base.errors import Problem, cell_name
from simulator.base.language import say
from simulator.base.yamlfile import Place
from simulator.plan.workbook import cells, layout
from simulator.plan.workbook.layout import TABLES, names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.base.workbook import Book, Cell, Sheet
    from simulator.base.yamlfile import Document
    from simulator.plan.workbook.layout import Column, Table

_HEADER_ROWS = 30
"""Rows in which the names of the columns are looked for."""
_MOST_PLACES = 8
_NUMBERED = re.compile(r"(.*?)\s*[0-9]+")


@dataclass(frozen=True)
class Row:
    """A row of a table in which something is filled in.

    Attributes:
        cells: by what the column holds; of a column that can be there several times with its number in the sheet.
    """

    grid: Grid
    number: int
    cells: dict[str, Cell]

    def place(self, key: str) -> Place:
        """Where a cell of this row is, also when it is empty or its column is not there."""
        column = self.grid.columns.get(key) or min(self.grid.columns.values())
        return Place(self.number, column, self.grid.sheet.name)

    @property
    def filled(self) -> bool:
        """Whether it says more than which row it is."""
        return any(key not in self.grid.table.keys for key in self.cells)


@dataclass
class Grid:
    """A table as it stands on a sheet."""

    table: Table
    sheet: Sheet
    header: int
    columns: dict[str, int]

    def rows(self) -> Iterator[Row]:
        """The rows with something in the columns that are read."""
        for number in sorted(self.sheet.rows):
            here = self.sheet.rows[number] if number > self.header else {}
            found = {
                key: here[column] for key, column in self.columns.items() if column in here and _says(here[column])
            }
            if found:
                yield Row(self, number, found)


def _says(cell: Cell) -> bool:
    return not isinstance(cell.value, str) or bool(cell.value.strip())


def wanted(title: str) -> bool:
    """Whether a sheet is one of the plan, by its name in any language."""
    return names("sheet_names").get(_plain(title)) not in (None, layout.START)


def is_plan(titles: list[str]) -> bool:
    """Whether a workbook with these sheets is a plan, perhaps with some of them renamed."""
    return sum(wanted(title) for title in titles) >= len(TABLES) // 2


def found(book: Book, document: Document) -> dict[str, Grid]:
    """The tables of a workbook, by what they hold; what is missing or unclear goes to the problems of the document."""
    by_key: dict[str, Sheet] = {}
    for sheet in book.sheets:
        key = names("sheet_names")[_plain(sheet.name)]
        if key in by_key:
            message = say("book_sheets.twice", name=by_key[key].name, other=sheet.name)
            document.problems.append(_at(document, message, sheet.name, say("book_sheets.twice_remedy")))
        by_key.setdefault(key, sheet)
    code = layout.language_of(book.names)
    others = [title for title in book.names if not names("sheet_names").get(_plain(title))]
    for table in TABLES:
        if table.key not in by_key and not table.optional:
            document.problems.append(_missing(document, table, others, code))
    if others:
        document.notes.append(say("book_notes.others", names=_some(others)))
    grids = {table.key: _grid(table, by_key[table.key], document, code) for table in TABLES if table.key in by_key}
    _tell(grids, document)
    return {key: grid for key, grid in grids.items() if grid is not None}


def _missing(document: Document, table: Table, others: list[str], code: str) -> Problem:
    name = language.texts(code)[f"sheet_names.{table.key}"]
    known = [text for text, key in names("sheet_names").items() if key == table.key]
    near = [other for other in others if get_close_matches(_plain(other), known, cutoff=0.6) or name in _plain(other)]
    hint = say("book_sheets.renamed", name=near[0]) if near else say("book_sheets.missing_remedy")
    return Problem(say("book_sheets.missing", name=name), document.path, hint=hint)


def _at(document: Document, message: str, sheet: str, hint: str, row: int = 0, column: int = 0) -> Problem:
    return Problem(message, document.path, row, column, "", hint, sheet=sheet)


def _grid(table: Table, sheet: Sheet, document: Document, code: str) -> Grid | None:
    """The table on a sheet; None when the names of its columns are nowhere, or when a needed one is missing."""
    header, columns, strange = _header(table, sheet, document)
    needed = [one for one in table.columns if one.needed]
    if not any(one.key in columns for one in needed) or len(columns) < 2:
        examples = ", ".join(language.texts(code)[f"column_names.{one.key}"] for one in needed)
        message = say("book_sheets.no_header", names=examples)
        document.problems.append(_at(document, message, sheet.name, say("book_sheets.no_header_remedy")))
        return None
    whole = True
    for one in table.columns:
        known = [text for text, keys in layout.meanings("column_names").items() if one.key in keys]
        near = [title for title in strange if get_close_matches(_plain(title), known, cutoff=0.7)]
        if one.key in columns or one.many or not one.kind or not (one.needed or near):
            continue
        whole = False
        hint = say("book_sheets.column_renamed", name=near[0]) if near else say("book_sheets.column_remedy")
        message = say("book_sheets.column", name=language.texts(code)[f"column_names.{one.key}"])
        column = strange.pop(near[0]) if near else 1
        document.problems.append(_at(document, message, sheet.name, hint, header, column))
    if strange:
        document.notes.append(f"{cell_name(sheet.name, 0, 0)}: {say('book_notes.columns', names=_some(list(strange)))}")
    grid = Grid(table, sheet, header, columns)
    document.problems += _merged(grid, document)
    return grid if whole else None


def _header(table: Table, sheet: Sheet, document: Document) -> tuple[int, dict[str, int], dict[str, int]]:
    """The row with most names of columns: its number, its columns by what they hold, and other names in it."""
    best: tuple[int, dict[str, int], dict[str, int]] = (1, {}, {})
    twice: list[Problem] = []
    for number in sorted(sheet.rows)[:_HEADER_ROWS]:
        columns: dict[str, int] = {}
        strange: dict[str, int] = {}
        problems = []
        for column, cell in sorted(sheet.rows[number].items()):
            title = str(cell.value or "").strip()
            key = _key(table, title)
            if key is None:
                strange[title or "?"] = column
            elif table.column(key).many:
                columns[f"{key} {column}"] = column
            elif key in columns:
                message = say("book_sheets.column_twice", name=title)
                problems.append(
                    _at(document, message, sheet.name, say("book_sheets.column_twice_remedy"), number, column)
                )
            else:
                columns[key] = column
        if len(columns) > len(best[1]):
            best, twice = (number, columns, strange), problems
    document.problems += twice
    return best[0], {key: one for key, one in best[1].items() if _read(table, key)}, best[2]


def _read(table: Table, key: str) -> bool:
    return bool(table.column(key.partition(" ")[0]).kind)


def _key(table: Table, title: str) -> str | None:
    """What a column of this table with a name holds."""
    plain = _plain(title)
    for one in table.columns:
        if one.key in _keys(plain) or (
            one.many and (found := _NUMBERED.fullmatch(plain)) and one.key in _keys(found[1])
        ):
            return one.key
    return None


def _keys(plain: str) -> set[str]:
    """What a name can stand for; several columns share one, in one language or the other."""
    return layout.meanings("column_names").get(plain, set())


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()


def _merged(grid: Grid, document: Document) -> Iterator[Problem]:
    """Merged cells that hide to which row or column something belongs."""
    read = set(grid.columns.values())
    for top, left, bottom, right in grid.sheet.merged:
        touched = read & set(range(left, right + 1))
        below = bottom > grid.header
        first = grid.sheet.rows.get(top, {}).get(left)  # where Excel keeps what merged cells hold
        filled = first is not None and first.value is not None
        if filled and below and touched and (bottom > top or len(touched) > 1):
            message, hint = say("book_cells.merged"), say("book_cells.merged_remedy")
            yield _at(document, message, grid.sheet.name, hint, max(top, grid.header), min(touched))


def _tell(grids: dict[str, Grid | None], document: Document) -> None:
    """Note what stands outside the tables, and what is hidden."""
    outside, hidden = [], []
    for grid in grids.values():
        if grid is None:
            continue
        hidden += [cell_name(grid.sheet.name, 0, 0)] if grid.sheet.hidden else []
        numbers = {row.number for row in grid.rows()}
        loose = [number for number in sorted(grid.sheet.rows) if number > grid.header and number not in numbers]
        outside += [cell_name(grid.sheet.name, number, min(grid.sheet.rows[number])) for number in loose]
        hidden += [cell_name(grid.sheet.name, number, 0) for number in sorted(grid.sheet.hidden_rows & numbers)]
        columns = sorted(grid.sheet.hidden_columns & set(grid.columns.values()))
        hidden += [cell_name(grid.sheet.name, 0, number) for number in columns]
    if outside:
        document.notes.append(say("book_notes.rows", places=_some(outside)))
    if hidden:
        document.notes.append(say("book_notes.hidden", places=_some(hidden)))


def _some(places: list[str]) -> str:
    return ", ".join(places[:_MOST_PLACES]) + (" ..." if len(places) > _MOST_PLACES else "")


def understood(row: Row, column: Column, key: str, book: Book, document: Document) -> Any:
    """The value of a cell as its column is understood.

    What is unclear goes to the problems of the document. It counts as filled in, as it stands there: the validation then
    refuses that cell and no other, and says nothing that is not told already.
    """
    cell = row.cells.get(key)
    if cell is None:
        return None
    try:
        return cells.meant(column.kind, cell, book)
    except cells.Unclear as unclear:
        place, excerpt = row.place(key), "" if cell.value is None else cells.shown(cell.value)
        document.problems.append(
            Problem(unclear.message, document.path, place.line, place.column, excerpt, unclear.hint, sheet=place.sheet)
        )
        return excerpt or "?"
