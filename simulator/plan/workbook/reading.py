"""A plan workbook as the same data that a plan file in YAML gives, with sheet and cell of every key and value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base import workbook
from simulator.base.errors import InputError, cell_name, nearest
from simulator.base.language import say
from simulator.base.yamlfile import Document, Place
from simulator.plan.workbook import grids, happened, layout
from simulator.plan.workbook.cells import shown
from simulator.plan.workbook.grids import understood
from simulator.plan.workbook.layout import EVIDENCE, FIELDS, LEVELS, LGF, LISTS, OPTIONAL, QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from simulator.base.workbook import Book
    from simulator.base.yamlfile import Loc
    from simulator.plan.workbook.grids import Grid, Row


def read(path: Path) -> Document:
    """The plan in a workbook; what can be told about its cells is in the problems of the document.

    Raises:
        InputError: the file cannot be read as a workbook at all.
    """
    book = workbook.read(path, grids.wanted)
    document = Document(book.path, [], {})
    found = grids.found(book, document)
    if "details" not in found:  # without it nothing else can be told: not even which kader asks the questions
        raise InputError(document.problems)
    document.start = Place(1, 1, found["details"].sheet.name)
    document.values[()] = document.start
    Filling(book, document, found).all()
    if "format" not in document.data:
        document.data["format"] = "plan/1"
        document.problems.append(
            document.problem(say("book_sheets.no_format"), hint=say("book_sheets.no_format_remedy"))
        )
    return document


class Filling:
    """Fills a document from the tables of a workbook."""

    def __init__(self, book: Book, document: Document, found: dict[str, Grid]) -> None:
        self.book, self.document, self.grids = book, document, found
        self.seen: dict[tuple[str, ...], Place] = {}

    def all(self) -> None:
        """Take over every table."""
        self.details()
        self.municipalities()
        for key in QUESTIONS:
            for row in self.rows(key):
                self.question(row)
        for key in ("boards", "goals", "budget", "pupils", "tlv"):
            self.records(key, "money" if key == "budget" else key)
        happened.events(self)
        happened.changes(self)

    def rows(self, key: str) -> Iterator[Row]:
        """The rows of a table, when it was found."""
        return self.grids[key].rows() if key in self.grids else iter(())

    def value(self, row: Row, key: str, kind: str | None = None) -> Any:
        """What a cell of a row means."""
        column = row.grid.table.column(key.partition(" ")[0])
        if kind is not None:
            column = layout.Column(key, kind, 0)
        return understood(row, column, key, self.book, self.document)

    def put(self, loc: Loc, value: Any, place: Place, key: Place | None = None) -> None:
        """Set what stands at a path, with its place; what is around it comes along."""
        holder = self.document.data
        for number, part in enumerate(loc[:-1], start=1):
            deeper: Any = [] if isinstance(loc[number], int) else {}
            if isinstance(holder, list):
                if len(holder) <= int(part):
                    holder.append(deeper)
                holder = holder[int(part)]
            else:
                holder = holder.setdefault(part, deeper)
            self.document.values.setdefault(loc[:number], key or place)
            self.document.keys.setdefault(loc[:number], key or place)
        if isinstance(holder, list):
            holder.append(value)
        else:
            holder[loc[-1]] = value
        self.document.values[loc] = place
        self.document.keys[loc] = key or place
        if not isinstance(value, dict | list):
            self.document.cells[place] = "" if value is None else shown(value)

    def problem(self, message: str, place: Place, hint: str = "") -> None:
        """A problem with a cell."""
        self.document.problems.append(self.document.problem_at(message, place, hint))

    def code(self, row: Row, *more: str) -> str:
        """What a row is about; empty, and a problem told, when it does not say so or another row says the same."""
        code: str = self.value(row, "code") or ""
        if not code:
            if row.filled:
                self.problem(say("book_sheets.no_code"), row.place("code"), say("book_sheets.no_code_remedy"))
            return ""
        topic = "answers" if row.grid.table.key in QUESTIONS else row.grid.table.key
        return code if self.once(row, topic, code, *more) else ""

    def once(self, row: Row, *what: str) -> bool:
        """Whether no row before this one is about the same; an empty one does not count."""
        if what in self.seen and row.filled:
            other, name = self.seen[what], " ".join(one for one in what[1:] if one)
            message = say("book_sheets.row_twice", name=name, other=cell_name(other.sheet, other.line, other.column))
            self.problem(message, row.place("code"), say("book_sheets.row_twice_remedy"))
        if what in self.seen:
            return False
        self.seen[what] = row.place("code")
        return True

    def evidence(self, row: Row) -> dict[str, tuple[Any, Place]]:
        """Where it stands, as far as filled in."""
        found = {key: (self.value(row, key), row.place(key)) for key in EVIDENCE if key in row.cells}
        return {key: one for key, one in found.items() if one[0] is not None}

    def sources(self, row: Row, path: str) -> None:
        """The evidence of a row that is not an answer, under its path in the plan."""
        for key, (value, place) in self.evidence(row).items():
            self.put(("sources", path, key), value, place, row.place("code" if "code" in row.cells else "name"))

    def details(self) -> None:
        """Title, swv, period and the like."""
        for row in self.rows("details"):
            code = self.value(row, "code") or ""
            if code in LISTS:
                self.listed(row, code)
            elif (code := self.code(row)) and code not in FIELDS:
                hint = nearest(code, FIELDS)
                self.problem(say("book_sheets.unknown_field", name=code), row.place("code"), hint)
            elif code:
                value = self.value(row, "value", FIELDS[code])
                if value is None and code not in OPTIONAL:
                    help_on = say(f"book_field_help.{code.rpartition('.')[2]}")
                    self.problem(say("book_cells.empty"), row.place("value"), help_on)
                self.put(tuple(code.split(".")), value, row.place("value"))
                self.sources(row, code.replace(".", "/"))

    def listed(self, row: Row, code: str) -> None:
        """One more of a list of dates."""
        value = self.value(row, "value", FIELDS[code])
        if value is None:
            return
        whole, part = code.split(".")
        number = len(self.document.data.get(whole, {}).get(part, []))
        self.put((whole, part, number), value, row.place("value"))
        self.sources(row, f"{whole}/{part}/{value}")

    def municipalities(self) -> None:
        """The gemeenten, and the swv of the other sector."""
        for row in self.rows("municipalities"):
            name: str = self.value(row, "name") or ""
            if not name:
                continue
            kind = self.value(row, "kind") or ("swv" if name[:2] in ("PO", "VO") and name[2:].isdigit() else "gemeente")
            if kind not in ("gemeente", "swv"):
                names = ", ".join(say(f"book_choices.{one}") for one in ("gemeente", "swv"))
                hint = say("book_cells.kind_remedy", names=names)
                self.problem(say("book_cells.kind", value=kind), row.place("kind"), hint)
                continue
            key = "gemeenten" if kind == "gemeente" else "overlaps"
            self.put((key, len(self.document.data.get(key, []))), name, row.place("name"))
            self.sources(row, f"{key}/{name}")

    def question(self, row: Row) -> None:
        """The answer to one question."""
        if code := self.code(row):
            duty, _, part = code.partition(".")
            self.answer(row, ("answers", duty, part), "answer")

    def answer(self, row: Row, loc: Loc, column: str) -> None:
        """An answer with its evidence; what is not filled in is there too, so that it has a place."""
        code = row.place("code")
        self.put(loc, {}, row.place(column), code)
        self.put((*loc, "answer"), self.value(row, column), row.place(column))
        for key, (value, place) in self.evidence(row).items():
            self.put((*loc, key), value, place)

    def records(self, table: str, name: str) -> None:
        """Rows of which each is one thing of a list: goals, years, decisions."""
        rows = [(row, {key: self.value(row, key) for key in row.cells}) for row in self.rows(table)]
        if table in ("budget", "pupils"):
            rows.sort(key=lambda pair: year if isinstance(year := pair[1].get("year"), int) else 0)
        for number, (row, values) in enumerate(rows):
            loc: Loc = (name, number)
            self.put(loc, {}, Place(row.number, min(row.grid.columns.values()), row.grid.sheet.name))
            columns = [key for key in row.grid.columns if not key.startswith(("expert", *EVIDENCE))]
            named = {(*loc, *_path(key)): (layout.column_name(key), row.place(key)) for key in columns}
            self.document.named |= named
            for path, value, key in _paths(values):
                self.put((*loc, *path), value, row.place(key))


def _paths(values: dict[str, Any]) -> Iterator[tuple[Loc, Any, str]]:
    """What is filled in in a row, with its path in the record and the column it comes from."""
    whole = {LEVELS[key][0] for key, value in values.items() if key in LEVELS and value is not None}
    yield from (((LEVELS[key]), values.get(key), key) for key in LEVELS if LEVELS[key][0] in whole)
    experts = 0
    for key, value in values.items():
        if value is None or key in LEVELS:
            continue
        if key.startswith("expert"):
            yield ("experts", experts), value, key
            experts += 1
        else:
            yield _path(key), value, key


def _path(key: str) -> Loc:
    """Where what a column holds stands in a record."""
    if key in LEVELS:
        return LEVELS[key]
    return ("lgf", LGF[key]) if key in LGF else ("kind" if key == "goal_kind" else key,)
