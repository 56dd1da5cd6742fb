"""Reading tables as people have them: commas or semicolons, decimal commas, UTF-8 or the encoding of an older Excel."""

from __future__ import annotations

import csv
import io
import math
import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from simulator.base.errors import InputError, Problem, nearest
from simulator.base.language import say
from simulator.base.yamlfile import BINARY, decode, read_bytes

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Cell:
    """A cell with the place it came from."""

    text: str
    file: str
    line: int
    column: int
    excerpt: str

    def problem(self, message: str, hint: str = "") -> Problem:
        """A problem with this cell."""
        return Problem(message, self.file, self.line, self.column, self.excerpt, hint)


Row = dict[str, Cell]

_DELIMITERS = (",", ";", "\t")  # the first of those that are as frequent; tabs come from Excel's Unicode text
_NUMBER = re.compile(r"[-+]?[0-9]*\.?[0-9]*([eE][-+]?[0-9]+)?")


def read(path: Path, required: tuple[str, ...]) -> list[Row]:
    """The rows of a table with a header line, by column name.

    Raises:
        InputError: no text, no header, a required column missing, a column named twice, or a cell in no column.
    """
    return read_with_header(path, required)[1]


def read_with_header(path: Path, required: tuple[str, ...]) -> tuple[Row, list[Row]]:
    """The cells of the header line and the rows below it, each by column name.

    Raises:
        InputError: as `read`.
    """
    name = path.as_posix()
    text = _text(path, name)
    lines = text.splitlines()
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=lines[0].count)))
    except csv.Error as error:
        raise InputError(Problem(say("table.syntax", reason=error), name)) from None
    header = [title.strip() for title in rows[0]]
    if problems := _header_problems(header, required, name, lines[0]):
        raise InputError(problems)
    found, line = [], 1
    for row in rows:
        if any(cell.strip() for title, cell in zip_longest(header, row, fillvalue="") if not title):
            excerpt = lines[line - 1] if line <= len(lines) else ""
            problems.append(Problem(say("table.too_many"), name, line, 1, excerpt[:120], say("hint.decimal_comma")))
        found.append(_row(row, header, name, line, lines))
        line += 1 + sum(cell.count("\n") for cell in row)
    if problems:
        raise InputError(problems)
    return found[0], [row for row in found[1:] if any(cell.text for cell in row.values())]


def _text(path: Path, name: str) -> str:
    """The text of a table; what is not in UTF-8 comes from an older Excel."""
    content = read_bytes(path)
    try:
        text = decode(content, name)
    except InputError:
        if BINARY.search(content):
            raise
        text = content.decode("cp1252", "replace")
    if not text.strip():
        raise InputError(Problem(say("input.empty"), name, 1, 1))
    return text


def _header_problems(header: list[str], required: tuple[str, ...], name: str, excerpt: str) -> list[Problem]:
    """Columns that are missing or named twice; columns without a name do not matter while they are empty."""
    named = [title for title in header if title]
    return [
        Problem(say("table.column", name=title), name, 1, 1, excerpt[:120], nearest(title, named))
        for title in required
        if title not in named
    ] + [
        Problem(say("table.twice", name=title), name, 1, 1, excerpt[:120])
        for title in sorted({title for title in named if named.count(title) > 1})
    ]


def _row(row: list[str], header: list[str], name: str, line: int, lines: list[str]) -> Row:
    excerpt = lines[line - 1] if line <= len(lines) else ""
    cells, column = {}, 1
    for title, text in zip(header, [*row, *[""] * (len(header) - len(row))], strict=False):
        if title:
            cells[title] = Cell(text.strip(), name, line, column, excerpt[:120])
        column += len(text) + 1
    return cells


def number(text: str) -> float:
    """A number as people write it: 14.500, 14500, 0,35 or 0.35.

    Raises:
        ValueError: it is no number.
    """
    cleaned = text.replace(" ", "").replace("\u00a0", "")
    if "," in cleaned:
        cleaned = cleaned.replace(".", "").replace(",", ".")
    elif cleaned.count(".") > 1 or (
        cleaned.count(".") == 1 and len(cleaned.rpartition(".")[2]) == 3 and cleaned[0] not in "0-"
    ):
        cleaned = cleaned.replace(".", "")
    value = float(cleaned) if _NUMBER.fullmatch(cleaned) else math.nan  # float() also takes 1_000 and other scripts
    if not math.isfinite(value):
        raise ValueError(text)
    return value
