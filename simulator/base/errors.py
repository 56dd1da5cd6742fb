"""Errors as a product: what is wrong, where, and what to do about it.

Every error that a user can cause is an `InputError` that carries all problems found in one pass. The exit code of the
command line stands on the class.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from simulator.base.bidi import stripped
from simulator.base.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an input, in the language of the user.

    Attributes:
        file, line, column: where; in a workbook the row and column of a cell, counted from 1.
        excerpt: what stands there.
        hint: what to do about it.
        shift: characters of the line that the excerpt leaves out at its start.
        sheet: of a workbook.
    """

    message: str
    file: str = ""
    line: int = 0
    column: int = 0
    excerpt: str = ""
    hint: str = ""
    shift: int = 0
    sheet: str = ""

    @property
    def cell(self) -> str:
        """Sheet and cell, in a workbook."""
        return cell_name(self.sheet, self.line, self.column) if self.sheet else ""

    @property
    def place(self) -> str:
        """`file:line:column` or `file:sheet!cell`, as far as known."""
        if self.sheet:
            return f"{self.file}:{self.cell}"
        return ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])

    def as_text(self) -> str:
        """The problem as lines for a terminal: place and message, excerpt with a caret, hint."""
        lines = [f"{self.place}: {self.message}" if self.file else self.message]
        if self.excerpt:
            lines.append(f"    {self.excerpt}")
            if self.column and not self.sheet:
                lines.append("    " + " " * (self.column - 1 - self.shift) + "^")
        if self.hint:
            lines.append(f"    {self.hint}")
        return stripped("\n".join(lines))

    def as_data(self) -> dict[str, str | int]:
        """The problem as plain data for `--json`."""
        names = ["message", "file", "line", "column", "cell", "excerpt", "hint"]
        return {name: value for name in names if (value := getattr(self, name)) or name == "message"}


def cell_name(sheet: str, row: int, column: int) -> str:
    """A cell as Excel writes it, `inhoud!C14` or `'lees eerst'!A1`; without column the row, without row the sheet."""
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    quoted = sheet if sheet.replace("_", "").isalnum() else "'" + sheet.replace("'", "''") + "'"
    return f"{quoted}!{letters}{row or ''}" if letters or row else quoted


class SimulatorError(Exception):
    """Base of all errors that the program raises on purpose."""

    exit_code = 3


class InputError(SimulatorError):
    """The input is wrong; nothing has been written."""

    exit_code = 2

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(problem.as_text() for problem in self.problems))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Problem, ...]]]:
        """Lets a worker process hand the error over whole."""
        return type(self), (self.problems,)


class RunFailed(SimulatorError):
    """Too many replications of a run failed."""

    exit_code = 1


def offering(message: str, name: str, known: Iterable[str]) -> str:
    """A message as a sentence, followed by the known names closest to what was given, where there are any."""
    return f"{message}. {nearest(name, known)}".rstrip()


def nearest(name: str, known: Iterable[str]) -> str:
    """The sentence that offers the known names closest to `name`, or lists them when they are few."""
    names = sorted({str(item) for item in known})
    close = get_close_matches(str(name), names, n=2, cutoff=0.6)
    if close:
        return say("hint.nearest", names=" / ".join(close))
    if 0 < len(names) <= 12:
        return say("hint.choose", names=", ".join(names))
    return ""
