"""Reading the budget of a plan: its posts per calendar year, with what could not be placed."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from simulator.plan.documents.patterns import Index
from simulator.plan.documents.phrases import wording
from simulator.plan.documents.tables import FEWEST_YEARS, YEAR, Row, joined, number, says, years_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from simulator.plan.documents.passages import Passage

_SCHOOL_YEAR = re.compile(r"(?:schooljaar\s+)?20[1-4]\d\s*[-\u2013/]\s*(?:20)?\d\d", re.IGNORECASE)
_WRITTEN_OUT = 100_000
"""An amount from which on it is in euros, whatever the others are in."""
_MOST_HEADERS = 2
"""Rows of names above the first year of a table with years down the side."""
_WITHOUT_SIGN = ("support", "schools", "placements", "office")
"""Posts that the plan file writes without sign; a budget may write its spending below zero."""

Cells = list[tuple[str, int, float]]
"""Label, year and number of every cell of a table that holds one."""


def money(passages: Iterable[Passage]) -> list[Row]:
    """The years of the first table that holds a budget over several years, along the top or down the side."""
    for passage in passages:
        if not passage.rows or _counts_pupils(passage):
            continue
        for cells in (_across(passage.rows), _down(passage.rows)):
            if len({year for _, year, _ in cells}) >= FEWEST_YEARS and (rows := _budget(passage, cells)):
                return rows
    return []


def _counts_pupils(passage: Passage) -> bool:
    """Whether a table is about pupils and says nothing of money."""
    around = " ".join((*passage.sentences[:2], *passage.rows[0], *passage.path[-1:]))
    words = wording().tables
    return says(around, words.pupils.about) and not says(around, words.money)


def _across(rows: Sequence[Sequence[str]]) -> Cells:
    """The amounts of a table with years along the top, in one of its first rows."""
    for place, header in enumerate(rows[:3]):
        if len(columns := years_of(header)) >= FEWEST_YEARS:
            named = zip(_labels(rows[place + 1 :]), rows[place + 1 :], strict=True)
            told = ((label, row, column, year) for label, row in named for column, year in columns.items())
            found = ((label, year, number(row[column])) for label, row, column, year in told if column < len(row))
            return [(label, year, amount) for label, year, amount in found if amount is not None]
    return []


def _labels(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The label of every row; of a row under a heading of spending with that heading before it, as `Lasten: Overige`."""
    heading = ""
    for row in rows:
        if not any(number(cell) is not None for cell in row[1:]):
            heading = f"{row[0]}: " if says(row[0], wording().tables.spending) else ""
        yield heading + row[0]


def _down(rows: Sequence[Sequence[str]]) -> Cells:
    """The amounts of a table with years in one of its columns, of a year with several rows the first; what stands above a
    column is its label.
    """
    column, dated = _column_of_years(rows)
    first = min(dated, default=0)
    if not 0 < first <= _MOST_HEADERS:
        return []
    labels = [" ".join(filter(None, cells)) for cells in zip_longest(*rows[:first], fillvalue="")]
    places = {year: place for place, year in reversed(dated.items())}
    return [
        (label, year, amount)
        for year, place in sorted(places.items())
        for label, cell in list(zip(labels, rows[place], strict=False))[column + 1 :]
        if (amount := number(cell)) is not None
    ]


def _column_of_years(rows: Sequence[Sequence[str]]) -> tuple[int, dict[int, int]]:
    """The first column with a year in enough of its cells, and the year per row; nothing where there is none."""
    for column in range(max(map(len, rows))):
        cells = {place: YEAR.findall(row[column]) for place, row in enumerate(rows) if column < len(row)}
        dated = {place: int(years[0]) for place, years in cells.items() if len(years) == 1}
        if len(set(dated.values())) >= FEWEST_YEARS:
            return column, dated
    return 0, {}


def _budget(passage: Passage, cells: Cells) -> list[Row]:
    factor = _factor(passage)
    posts = {label: _post(label) for label in dict.fromkeys(label for label, _, _ in cells)}
    totals: dict[int, dict[str, float]] = {year: {} for _, year, _ in cells}
    for label, year, amount in cells:
        if post := posts[label]:
            whole = amount if abs(amount) >= _WRITTEN_OUT else amount * factor
            totals[year][post] = totals[year].get(post, 0.0) + whole
    if not any("support" in posts for posts in totals.values()):
        return []
    quotes = {year: _quote(passage, year) for year in totals}
    return [
        Row({"year": year, **_signed(posts)}, passage, quotes[year]) for year, posts in sorted(totals.items()) if posts
    ]


def _factor(passage: Passage) -> int:
    """What the amounts of a table are in, by its heading, caption and names of columns."""
    words = wording().tables
    around = (*passage.sentences[:1], *passage.rows[0], *passage.path[-1:])
    if says(" ".join((*around, *passage.sentences[1:2])), words.thousand):
        return 1_000
    return 1_000_000 if says(" ".join(around), words.million) else 1


def unplaced(passage: Passage) -> list[str]:
    """The rows of a budget, by their label, that hold amounts but belong to no post and are no total."""
    totals = wording().tables.totals
    labels = dict.fromkeys(label for cells in (_across(passage.rows), _down(passage.rows)) for label, _, _ in cells)
    return [label for label in labels if label and _post(label) is None and not says(label, totals)]


def _quote(passage: Passage, year: int) -> str:
    """The row of a year; where the years are columns, the row of the money that comes in."""
    dated = [row for row in passage.rows if YEAR.findall(" ".join(row)) == [str(year)]]
    income = [row for row in passage.rows if row and _post(row[0]) == "support"]
    return joined((dated or income)[0]) if dated or income else ""


def per_school_year(passages: Iterable[Passage]) -> Passage | None:
    """The first table of money that has school years where calendar years are wanted."""
    for passage in passages:
        if passage.rows and not _counts_pupils(passage):
            cells = {cell for row in passage.rows[:3] for cell in row} | {row[0] for row in passage.rows if row}
            labels = [row[0] for row in passage.rows if row] + list(passage.rows[0])
            years = sum(_SCHOOL_YEAR.fullmatch(cell.strip()) is not None for cell in cells)
            if years >= FEWEST_YEARS and any(_post(label) == "support" for label in labels):
                return passage
    return None


def _signed(posts: dict[str, float]) -> dict[str, float]:
    """Amounts in whole cents, as a plan has them; spending without the sign that some budgets give it."""
    return {post: round(abs(amount) if post in _WITHOUT_SIGN else amount, 2) for post, amount in posts.items()}


def _post(label: str) -> str | None:
    """The post that a label is about: by the pattern with most words that fits, of these the first."""
    words, own = wording().tables, Index.of([label])
    if own.find_any(words.totals):
        return None
    fitting = {name: [one.count(" ") for one in patterns if own.find(one)] for name, patterns in words.posts.items()}
    fitting = {name: found for name, found in fitting.items() if not own.find_any(words.no_posts.get(name, ()))}
    return max((name for name in fitting if fitting[name]), key=lambda name: max(fitting[name]), default=None)
