"""Tables as blocks of a report: those of figures that a command shows too, and short rows beside each other."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from simulator.base.language import say
from simulator.reports.blocks import Block, Column, Paragraph, Row, Table, Text, text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from simulator.reports.tables import Table as Figures

_NARROW = 2
"""Columns that a phone has room for beside each other when one of them holds words."""
_WIDE = 34
"""Letters of the longest cell that a column of words is as wide for as it gets."""


def block(table: Figures, leave_out: Collection[str] = ()) -> list[Block]:
    """A table with its notes below it; a column in which nothing stands is left out.

    Args:
        table: rows under columns.
        leave_out: names of columns that a reader does without.
    """
    shown = table.shown
    whole = table.cells()
    kept = [
        place for place, column in enumerate(shown)
        if column.name not in leave_out and (not whole or any(row[place] not in ("", "-") for row in whole))
    ]  # fmt: skip
    cells = [[row[place] for place in kept] for row in whole]
    columns = tuple(
        Column(
            shown[place].heading or say("money.what").capitalize(), right=bool(shown[place].unit),
            width=0.8 if shown[place].unit else _width(row[number] for row in cells),
        )
        for number, place in enumerate(kept)
    )  # fmt: skip
    rows = tuple(Row(tuple(text(cell) for cell in row)) for row in cells)
    notes = [note for note in table.notes if note != say("run.model")]  # the account of a report says it
    return [
        Table(table.title, columns, rows, stacks=len(columns) > _NARROW),
        *(Paragraph(text(note)) for note in notes),
    ]


def _width(cells: Iterable[str]) -> float:
    longest = max((len(cell) for cell in cells), default=8)
    return min(max(longest, 8), _WIDE) / 12


def beside(rows: Sequence[tuple[Text, ...]]) -> list[Row]:
    """Rows two by two beside each other, so that short ones take half the room; the last may stand alone."""
    return [
        Row((*left, *(right or ((),) * len(left))))
        for left, right in zip_longest(rows[::2], rows[1::2], fillvalue=())
    ]  # fmt: skip
