"""Events and interim changes in a workbook: rows with a date, or with a no."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from simulator.base.language import say
from simulator.plan.workbook.layout import CHANGE_DATES, EVIDENCE, column_name

if TYPE_CHECKING:
    from simulator.base.yamlfile import Loc, Place
    from simulator.plan.workbook.grids import Row
    from simulator.plan.workbook.reading import Filling

_ITEMS = "oogo_held"
"""The one date of a change that is asked for each gemeente."""


def events(filling: Filling) -> None:
    """What has happened, per event, or per event and gemeente or swv."""
    rows: dict[str, list[tuple[str, Row]]] = {}
    for row in filling.rows("events"):
        item: str = filling.value(row, "item") or ""
        if code := filling.code(row, item):
            rows.setdefault(code, []).append((item, row))
    for code, ones in rows.items():
        _put(filling, ("events", code), ones, "happened")
        for item, row in ones:
            filling.sources(row, "/".join(["events", code, item] if item else ["events", code]))


def changes(filling: Filling) -> None:
    """The interim changes, in the order of their numbers."""
    by_number: dict[int, list[Row]] = {}
    for row in filling.rows("changes"):
        number = filling.value(row, "number")
        if number is None and row.filled:
            hint = say("book_sheets.no_number_remedy", name=column_name("number"))
            filling.problem(say("book_sheets.no_number"), row.place("number"), hint)
        elif isinstance(number, int):
            by_number.setdefault(number, []).append(row)
    whole = [(number, rows) for number, rows in sorted(by_number.items()) if any(row.filled for row in rows)]
    for index, (number, rows) in enumerate(whole):
        _change(filling, ("changes", index), number, rows)


def _change(filling: Filling, loc: Loc, number: int, rows: list[Row]) -> None:
    filling.put(loc, {}, rows[0].place("number"))
    dates: dict[str, list[tuple[str, Row]]] = {}
    for row in rows:
        item: str = filling.value(row, "item") or ""
        title = filling.value(row, "title")
        if title is not None and filling.once(row, "title", str(number)):
            filling.put((*loc, "title"), title, row.place("title"))
        if set(row.cells) <= {"number", "title"} or not (code := filling.code(row, str(number), item)):
            continue
        if code in CHANGE_DATES:
            dates.setdefault(code, []).append((item, row))
        elif row.filled:
            duty, _, part = code.partition(".")
            filling.answer(row, (*loc, "answers", duty, part), "changed")
    for code, ones in dates.items():
        if code == _ITEMS and (whole := next((row for item, row in ones if not item), None)):
            if whole.filled:
                filling.problem(say("plan.items", name=code, kind="gemeenten"), whole.place("item"))
            ones = [one for one in ones if one[0]]  # noqa: PLW2901
        if ones:
            _put(filling, (*loc, code), ones, "changed")
            _unkept(filling, ones)


def _unkept(filling: Filling, rows: list[tuple[str, Row]]) -> None:
    places = [str(row.place(key)) for _, row in rows for key in EVIDENCE if key in row.cells]
    if places:
        filling.document.notes.append(say("book_notes.unkept", places=", ".join(places)))


def _put(filling: Filling, loc: Loc, rows: list[tuple[str, Row]], answer: str) -> None:
    """One value, or one for each item."""
    values = {item: _occurrence(filling, row, answer) for item, row in rows}
    whole = values.pop("", (None, rows[0][1].place("date")))
    if not values:
        filling.put(loc, whole[0], whole[1], rows[0][1].place("code"))
        return
    filled = [value for value, _ in values.values() if value is not None]
    if whole[0] is not None and filled:
        filling.problem(say("book_cells.all_and_each"), whole[1], say("book_cells.all_and_each_remedy"))
    if whole[0] is not None:
        filling.put(loc, whole[0], whole[1], rows[0][1].place("code"))
        return
    for item, row in rows:
        if item:
            filling.put((*loc, item), *values[item], row.place("item"))
    filling.document.keys[loc] = rows[0][1].place("code")


def _occurrence(filling: Filling, row: Row, answer: str) -> tuple[Any, Place]:
    """A date, false, or None; with the cell that says so."""
    day = filling.value(row, "date")
    done = filling.value(row, answer)
    if isinstance(day, date) and done is False:
        filling.problem(say("book_cells.date_and_no"), row.place(answer), say("book_cells.date_and_no_remedy"))
    elif done is True and day is None and "date" not in row.cells:
        filling.problem(say("book_cells.date_missing"), row.place("date"), say("book_cells.date_missing_remedy"))
    if done is False and day is None:
        return False, row.place(answer)
    return day, row.place("date")
