"""Reading tables as people have them: commas or semicolons, decimal commas, UTF-8 or the encoding of an older Excel."""

from __future__ import annotations

import csv
import io
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.base.errors import InputError, Problem, nearest
from simulator.base.language import say
from simulator.base.yamlfile import decode, read_bytes

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
        InputError: no text, no header, a required column missing, or a column named twice.
    """
    content = read_bytes(path)
    name = path.as_posix()
    try:
        text = decode(content, name)
    except InputError as error:
        if error.problems[0].line == 0:  # binary
            raise
        text = content.decode("cp1252", "replace")
    lines = text.splitlines()
    if not text.strip():
        raise InputError(Problem(say("input.empty"), name, 1, 1))
    delimiter = max(_DELIMITERS, key=lines[0].count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise InputError(Problem(say("table.syntax", reason=error), name)) from None
    header = [title.strip() for title in rows[0]]
    problems = [
        Problem(say("table.column", name=title), name, 1, 1, lines[0], nearest(title, header))
        for title in required
        if title not in header
    ]
    problems += [
        Problem(say("table.twice", name=title), name, 1, 1, lines[0])
        for title in sorted({title for title in header if header.count(title) > 1})
    ]
    if problems:
        raise InputError(problems)
    found, line = [], 1
    for row in rows:
        if any(cell.strip() for cell in row[len(header) :]):
            excerpt = lines[line - 1] if line <= len(lines) else ""
            problems.append(Problem(say("table.too_many"), name, line, 1, excerpt[:120], say("hint.decimal_comma")))
        found.append(_row(row, header, name, line, lines))
        line += 1 + sum(cell.count("\n") for cell in row)
    if problems:
        raise InputError(problems)
    return [row for row in found[1:] if any(cell.text for cell in row.values())]


def _row(row: list[str], header: list[str], name: str, line: int, lines: list[str]) -> Row:
    excerpt = lines[line - 1] if line <= len(lines) else ""
    cells, column = {}, 1
    for title, text in zip(header, [*row, *[""] * (len(header) - len(row))], strict=False):
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
