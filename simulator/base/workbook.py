"""Reading the cells of an Excel workbook, with all that makes a cell say something else than it seems to.

openpyxl reads the values in its read-only mode: drop-downs, filters and pictures then cost nothing and cannot go wrong.
What that mode leaves out a first pass over the XML of a sheet sees: merged and hidden cells, and formulas of which no
outcome is stored; and it keeps the sheet within bounds.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.parsers import expat

from simulator.base import yamlfile
from simulator.base.errors import InputError, Problem
from simulator.base.language import say
from simulator.base.package import BROKEN, MAX_FILE, WORKBOOK, Package, damaged

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MAX_ROWS = 20_000
MAX_CELLS = 200_000
MAX_EMPTY = 300_000
"""Rows and cells with a format and nothing in them."""
MAX_COLUMNS = 200
"""Cells to the right of this are never part of a table."""
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


class Cell(NamedTuple):
    """What a cell holds.

    Attributes:
        value: a text, number, bool, date and time; None with trouble.
        trouble: `error` (#REF! and the like) or `uncomputed` (a formula without a stored outcome).
        literal: formatted as text, so that `0012` is no number.
    """

    value: Any
    trouble: str = ""
    literal: bool = False


@dataclass
class Sheet:
    """The cells of a sheet that hold something, by row and column (from 1)."""

    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass
class Book:
    """A workbook: the sheets that were asked for, and the names of all."""

    path: str
    names: list[str]
    sheets: list[Sheet]
    first_day: date
    """The day with number 0: 30 December 1899 (right from March 1900 on), or 1 January 1904."""

    def day(self, number: float) -> date:
        """The day that Excel shows for a number; OverflowError beyond the calendar."""
        return self.first_day + timedelta(days=int(number))


def is_workbook(path: Path) -> bool:
    """Whether a file calls itself a spreadsheet, or begins like one."""
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"):
        return True
    try:
        with path.open("rb") as file:
            return file.read(4) in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
    except (OSError, ValueError):
        return False


def read(path: Path, wanted: Callable[[str], bool]) -> Book:
    """The sheets of a workbook whose name is wanted.

    Raises:
        InputError: it is no workbook, damaged, protected with a password, or too large.
    """
    content, name = yamlfile.read_bytes(path, MAX_FILE), path.as_posix()
    try:
        package = Package(content, name)
        parts = package.sheets()
        found = [_structure(package, title, part) for title, part in parts.items() if wanted(title)]
        for seen in found:
            seen.sheet.hidden = seen.sheet.name in package.hidden_sheets()
        return _with_values(package, list(parts), found)
    except (*BROKEN, expat.ExpatError, KeyError, ValueError):
        raise damaged(name) from None


def holds_sheets(path: Path) -> bool:
    """Whether a file is packed as a workbook, whatever its name ends in."""
    try:
        with zipfile.ZipFile(path) as packed:
            return WORKBOOK in packed.namelist()
    except (*BROKEN, ValueError):
        return False


def names(path: Path) -> list[str]:
    """The names of the sheets.

    Raises:
        InputError: as `read`.
    """
    return read(path, lambda _: False).names


def _with_values(package: Package, names: list[str], found: list[_Structure]) -> Book:
    import openpyxl  # type: ignore[import-untyped]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about parts of the workbook that are not read
        try:
            book = openpyxl.load_workbook(package.looked_at(), read_only=True, data_only=True, keep_links=False)
            for seen in found:
                _fill(seen, book[seen.sheet.name])
        except Exception:  # openpyxl raises anything on a damaged workbook
            raise damaged(package.name) from None
    return Book(package.name, names, [seen.sheet for seen in found], _first_day(book.epoch))


def _first_day(epoch: datetime) -> date:
    return date(1904, 1, 1) if epoch.year == 1904 else date(1899, 12, 30)


def _fill(seen: _Structure, source: Any) -> None:
    sheet = seen.sheet
    source.reset_dimensions()  # what a sheet says of its own size can be anything
    for row in source.iter_rows(max_row=seen.last_row, max_col=seen.last_column) if seen.last_row else ():
        for cell in row:
            if cell.value is None:
                continue
            trouble = "error" if cell.data_type == "e" else ""
            value = _decoded(cell.value) if cell.data_type == "s" else cell.value
            here = Cell(None if trouble else value, trouble, cell.number_format == "@")
            sheet.rows.setdefault(cell.row, {})[cell.column] = here
    for row_number, column in seen.uncomputed:
        sheet.rows.setdefault(row_number, {})[column] = Cell(None, "uncomputed")


def _decoded(text: Any) -> Any:
    """A text without the code that Excel writes for the line ends of other programs."""
    return text.replace("_x000D_", "").replace("\r", "") if isinstance(text, str) else text


def _structure(package: Package, title: str, part: str) -> _Structure:
    """A sheet without its values, and what there is to know of it before they are read."""
    seen = _Structure(package.name, title)
    seen.parser.Parse(package.read(part), True)
    return seen


class _Structure:
    """Listens to the XML of a sheet.

    Attributes:
        sheet: what is merged and hidden.
        uncomputed: cells with a formula of which no outcome is stored.
        last_row, last_column: the last ones with a value, in reach of a table.
    """

    def __init__(self, file: str, title: str) -> None:
        self.file, self.sheet = file, Sheet(title)
        self.uncomputed: set[tuple[int, int]] = set()
        self.row = self.column = self.cells = self.elements = self.last_row = self.last_column = 0
        self.formula = self.outcome = self.value = False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text

    def start(self, name: str, values: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            self.row = int(values.get("r", self.row + 1))
            self.column = 0
            if values.get("hidden") in ("1", "true"):
                self.sheet.hidden_rows.add(self.row)
            self.count()
        elif tag == "c":
            self.count()
            place = _REFERENCE.fullmatch(values.get("r", ""))
            self.column = number_of(place[1]) if place else self.column + 1
            self.formula, self.outcome = False, values.get("t") == "str"  # a formula whose outcome is an empty text
        elif tag == "f":
            self.formula = True
        elif tag in ("v", "t"):
            self.value = True
        elif tag == "mergeCell":
            self.merge(values.get("ref", ""))
        elif tag == "col" and values.get("hidden") in ("1", "true"):
            last = min(int(values.get("max", "0")), MAX_COLUMNS)
            self.sheet.hidden_columns |= set(range(int(values.get("min", "1")), last + 1))

    def text(self, _: str) -> None:
        self.outcome |= self.value

    def end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag in ("v", "t"):
            self.value = False
        elif tag == "c" and (self.formula or self.outcome) and self.column <= MAX_COLUMNS:
            self.cells += 1
            self.last_row, self.last_column = max(self.last_row, self.row), max(self.last_column, self.column)
            if self.formula and not self.outcome:
                self.uncomputed.add((self.row, self.column))
            if self.last_row > MAX_ROWS or self.cells > MAX_CELLS:
                raise self.too_many()

    def count(self) -> None:
        self.elements += 1
        if self.elements > MAX_EMPTY + MAX_CELLS:
            raise self.too_many()

    def too_many(self) -> InputError:
        message = say("book.too_many", rows=MAX_ROWS, cells=MAX_CELLS)
        place = (self.file, self.row, self.column)
        return InputError(Problem(message, *place, hint=say("book.fewer_rows"), sheet=self.sheet.name))

    def merge(self, reference: str) -> None:
        start, _, end = reference.partition(":")
        first, last = _REFERENCE.fullmatch(start), _REFERENCE.fullmatch(end)
        if first and last:
            self.sheet.merged.append((int(first[2]), number_of(first[1]), int(last[2]), number_of(last[1])))


def number_of(letters: str) -> int:
    """The number of a column from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
