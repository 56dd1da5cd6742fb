"""Tables in a PDF without lines around their cells.

Columns are told apart by the white between them, under a header whose words the reading of tables knows.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from simulator.plan.documents.layout import Table, Word
from simulator.plan.documents.patterns import Index
from simulator.plan.documents.phrases import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from simulator.plan.documents.layout import Line

_LONGEST_HEADER, _LONGEST_NAME = 120, 45
"""Letters of a line of names of columns, and of one name."""
_BETWEEN_NAMES, _BETWEEN_CELLS = 0.75, 0.5
"""Sizes of the letters from which on white parts two names of columns, and two cells below them."""
_NEXT_ROW, _AWAY = 1.35, 2.2
"""Times the narrowest gap between lines from which on a row begins; heights of a line from which on a table has ended."""
_LARGER = 1.08
"""Times the size of a header from which on the letters of a line are those of a heading."""
_FEWEST_ROWS = 2


@dataclass
class _Beside:
    """The words that stand beside each other, from the left."""

    page: int
    top: float
    bottom: float
    size: float
    bold: bool
    words: list[Word] = field(default_factory=list)


@dataclass
class _Row:
    """A row of a table: the text of each column that has one."""

    top: float
    bottom: float
    texts: dict[int, str]


def possible(texts: Iterable[str]) -> bool:
    """Whether one of some lines can be the names of columns."""
    short = [text for text in texts if len(text) <= _LONGEST_HEADER]
    return bool(Index.of(short).find_any(wording().tables.headers))


def tables(lines: Iterable[Line], ruled: Sequence[Table]) -> Iterator[Table]:
    """The tables without lines around their cells.

    Args:
        lines: those of a document, in order; with words on the pages that can have such a table.
        ruled: tables that were found already; what stands in them is left alone.
    """
    rows = list(
        _beside(
            line
            for line in lines
            if line.words and not any(one.page == line.page and one.top - 1 <= line.top <= one.bottom for one in ruled)
        )
    )
    place = 0
    while place < len(rows):
        header = rows[place]
        found = _below(names, header, rows[place + 1 :]) if (names := _names(header)) else []
        place += 1
        if _is_table(found):
            cells = tuple(tuple(row.texts.get(n, "") for n in range(len(names))) for row in found)
            yield Table(header.page, header.top, found[-1].bottom, cells)
            while place < len(rows) and (rows[place].page, rows[place].top) < (header.page, found[-1].bottom):
                place += 1


def _beside(lines: Iterable[Line]) -> Iterator[_Beside]:
    """The words of lines from above: a line of a PDF may be a cell, or go on in the next row."""
    row: _Beside | None = None
    words = [(line, word) for line in lines for word in line.words]
    for line, word in sorted(words, key=lambda one: (one[0].page, _middle(one[1]), one[1].left)):
        if row is None or line.page != row.page or _middle(word) > row.bottom - (row.bottom - row.top) / 4:
            if row:
                yield row
            row = _Beside(line.page, word.top, word.bottom, line.size, line.bold)
        row.words = sorted([*row.words, word], key=lambda one: one.left)
    if row:
        yield row


def _middle(word: Word) -> float:
    return (word.top + word.bottom) / 2


def _names(row: _Beside) -> list[Word]:
    """The names of columns that a row of words is; none when it is something else."""
    names: list[Word] = []
    for word in row.words:
        last = names[-1] if names else None
        if last and word.left - last.right < _BETWEEN_NAMES * row.size:
            names[-1] = Word(last.left, word.right, last.top, last.bottom, f"{last.text} {word.text}")
        else:
            names.append(word)
    texts = [name.text for name in names]
    short = all(len(text) <= _LONGEST_NAME and text[-1] not in ".;:?!," for text in texts)
    known = len(names) > 1 and short and Index.of(texts).find_any(wording().tables.headers)
    return names if known else []


def _is_table(rows: Sequence[_Row]) -> bool:
    """Whether there are rows enough, most with several cells, and few that begin within a sentence, as in two columns."""
    filled = sum(len(row.texts) > 1 for row in rows)
    within = sum(row.texts.get(0, "")[:1].islower() for row in rows)
    return len(rows) > _FEWEST_ROWS and 2 * filled > len(rows) and 3 * within < len(rows)


def _below(names: Sequence[Word], header: _Beside, rows: Sequence[_Beside]) -> list[_Row]:
    """The rows of the table under a header, which is the first of them."""
    white = [(name.right, other.left) for name, other in pairwise(names)]
    lines: list[tuple[float, _Beside, dict[int, str]]] = []
    above, height = header, header.bottom - header.top
    for row in rows:
        narrowed, gap = _narrowed(white, row), row.top - above.bottom
        if narrowed is None or row.page != header.page or gap > _AWAY * height:
            break
        texts = _in_columns(narrowed, row)
        if len(texts) == 1 and (row.size > _LARGER * header.size or (row.bold and not above.bold)):
            break
        white = narrowed
        lines.append((gap, row, texts))
        above = row
    narrowest = max(min((gap for gap, *_ in lines), default=0.0), height / 10)
    found = [_Row(header.top, header.bottom, {n: name.text for n, name in enumerate(names)})]
    for gap, row, texts in lines:
        if 0 in texts and (len(texts) > 1 or gap > _NEXT_ROW * narrowest):
            found.append(_Row(row.top, row.bottom, texts))
        else:
            last = found[-1]
            last.bottom = row.bottom
            last.texts |= {n: _joined(last.texts.get(n, ""), text) for n, text in texts.items()}
    return found


def _narrowed(white: Sequence[tuple[float, float]], row: _Beside) -> list[tuple[float, float]] | None:
    """The white between columns that a row leaves; None when it leaves too little, as running text does."""
    lefts, rights = [word.left for word in row.words], [word.right for word in row.words]
    between = list(zip([-math.inf, *rights], [*lefts, math.inf], strict=True))
    left_over = []
    for start, end in white:
        first, last = max(((max(a, start), min(b, end)) for a, b in between), key=lambda one: one[1] - one[0])
        if last - first < _BETWEEN_CELLS * row.size:
            return None
        left_over.append((first, last))
    return left_over


def _in_columns(white: Sequence[tuple[float, float]], row: _Beside) -> dict[int, str]:
    """The texts of a row by column."""
    texts: dict[int, str] = {}
    for word in row.words:
        column = sum(end <= word.left for _, end in white)
        texts[column] = _joined(texts.get(column, ""), word.text)
    return texts


def _joined(first: str, second: str) -> str:
    """Two texts of a cell, with the word that a line end broke as one."""
    if re.search(r"\w-$", first) and not re.match(r"(?:en|of)\b", second):
        return (first[:-1] if second[:1].islower() else first) + second
    return f"{first} {second}".strip()
