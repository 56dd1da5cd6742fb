"""Reading the tables of a plan: its budget per year, its goals, and its registers of schools."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from simulator.plan.documents.patterns import Index
from simulator.plan.documents.phrases import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from simulator.plan.documents.passages import Passage

_YEAR = re.compile(r"\b(201[3-9]|20[2-4]\d)\b")
"""A year that a plan can be about."""
_SCHOOL_YEAR = re.compile(r"(?:schooljaar\s+)?20[1-4]\d\s*[-\u2013/]\s*(?:20)?\d\d", re.IGNORECASE)
_UNITS = {"mln": 1e6, "miljoen": 1e6, "duizend": 1e3}
_NUMBER = re.compile(
    r"(-/-|[-\u2212\u2013+])?\s*(\()?\s*(?:€\s*)?(-/-|[-\u2212\u2013])?\s*(\()?\s*(\d{1,3}(?:[. ]\d{3})+|\d+)"
    r"(?:,(?:(\d+)|[-\u2013=]{1,2}))?\s*\)?\s*(?:(mln|miljoen|duizend)\.?|%|procent)?"
)
_PERCENT = re.compile(r"%|procent")
_NAME = re.compile(r"(?!(?:Totaal|Overig|Samen)\b)['\u2019A-ZÀ-Ý][\w'\u2019()./ -]{1,40}")
"""What can be the name of a gemeente."""
_WRITTEN_OUT = 100_000
"""An amount from which on it is in euros, whatever the others are in."""
_FEWEST_YEARS = 3
_MOST_HEADERS = 2
"""Rows of names above the first year of a table with years down the side."""
_WITHOUT_SIGN = ("support", "schools", "placements", "office")
"""Posts that the plan file writes without sign; a budget may write its spending below zero."""


Cells = list[tuple[str, int, float]]
"""Label, year and number of every cell of a table that holds one."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row for the plan file, with the passage that it was read from and the words of it that tell, when it is a part."""

    values: dict[str, Any]
    passage: Passage
    quote: str = ""


def number(text: str) -> float | None:
    """A number as Dutch writes it: `1.250`, `-3,5`, `€ 1.250,-`, `-/- 40` and `(40)` below zero, `2,9 %`; else None."""
    found = _NUMBER.fullmatch(text.strip())
    if not found:
        return None
    sign, bracket, inner_sign, inner_bracket, whole, part, unit = found.groups()
    value = float(f"{re.sub(r'[. ]', '', whole)}.{part or 0}") * _UNITS.get(unit or "", 1.0)
    return -value if (sign or "+") != "+" or bracket or inner_sign or inner_bracket else value


def money(passages: Iterable[Passage]) -> list[Row]:
    """The years of the first table that holds a budget over several years, along the top or down the side."""
    for passage in passages:
        if not passage.rows or _counts_pupils(passage):
            continue
        for cells in (_across(passage.rows), _down(passage.rows)):
            if len({year for _, year, _ in cells}) >= _FEWEST_YEARS and (rows := _budget(passage, cells)):
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
        if len(columns := _years(header)) >= _FEWEST_YEARS:
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
        cells = {place: _YEAR.findall(row[column]) for place, row in enumerate(rows) if column < len(row)}
        dated = {place: int(years[0]) for place, years in cells.items() if len(years) == 1}
        if len(set(dated.values())) >= _FEWEST_YEARS:
            return column, dated
    return 0, {}


def _years(cells: Sequence[str]) -> dict[int, int]:
    """Per column with one year its year; of a year with several columns the first."""
    found = {column: _YEAR.findall(cell) for column, cell in enumerate(cells)}
    columns = {int(years[0]): column for column, years in reversed(found.items()) if len(years) == 1}
    return dict(sorted((column, year) for year, column in columns.items()))


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
    dated = [row for row in passage.rows if _YEAR.findall(" ".join(row)) == [str(year)]]
    income = [row for row in passage.rows if row and _post(row[0]) == "support"]
    return joined((dated or income)[0]) if dated or income else ""


def joined(row: Sequence[str]) -> str:
    """A row of a table as a line of text."""
    return " | ".join(cell for cell in row if cell)


def per_school_year(passages: Iterable[Passage]) -> Passage | None:
    """The first table of money that has school years where calendar years are wanted."""
    for passage in passages:
        if passage.rows and not _counts_pupils(passage):
            cells = {cell for row in passage.rows[:3] for cell in row} | {row[0] for row in passage.rows if row}
            labels = [row[0] for row in passage.rows if row] + list(passage.rows[0])
            years = sum(_SCHOOL_YEAR.fullmatch(cell.strip()) is not None for cell in cells)
            if years >= _FEWEST_YEARS and any(_post(label) == "support" for label in labels):
                return passage
    return None


def _signed(posts: dict[str, float]) -> dict[str, float]:
    return {post: abs(amount) if post in _WITHOUT_SIGN else amount for post, amount in posts.items()}


def _post(label: str) -> str | None:
    """The post that a label is about: by the pattern with most words that fits, of these the first."""
    words, own = wording().tables, Index.of([label])
    if own.find_any(words.totals):
        return None
    fitting = {name: [one.count(" ") for one in patterns if own.find(one)] for name, patterns in words.posts.items()}
    fitting = {name: found for name, found in fitting.items() if not own.find_any(words.no_posts.get(name, ()))}
    return max((name for name in fitting if fitting[name]), key=lambda name: max(fitting[name]), default=None)


def says(text: str, patterns: Iterable[str]) -> bool:
    """Whether one of some patterns of words stands in a text."""
    return bool(Index.of([text]).find_any(patterns))


def goals(passages: Iterable[Passage], first_school_year: int) -> Iterator[Row]:
    """The rows of tables that set targets."""
    words = wording().tables
    for passage in passages:
        if not passage.rows or len(passage.rows[0]) < 3:
            continue
        if len(_years(passage.rows[0])) > _FEWEST_YEARS and not says(passage.rows[0][0], words.indicator):
            continue  # a budget, or numbers of pupils
        header = passage.rows[0]
        about = " ".join((*passage.sentences[:2], *header, *passage.path[-1:]))
        named = [place for place, cell in enumerate(header) if place and says(cell, words.indicator)]
        baseline = _column(header, words.baseline, lambda year: year <= first_school_year, last=False)
        target = _column(header, words.target, lambda year: year > first_school_year, last=True)
        if baseline is None or target is None or baseline == target or not says(about, words.goals):
            continue
        for row in passage.rows[1:]:
            if len(row) > max(baseline, target) and row[0] and row[target]:
                measured = row[named[0]] if named and len(row) > named[0] and row[named[0]] else row[0]
                yield Row({"goal": row[0], **_goal(row, baseline, target, header, measured)}, passage, joined(row))


def _column(header: Sequence[str], patterns: Iterable[str], fits: Any, *, last: bool) -> int | None:
    named = [column for column, cell in enumerate(header) if column and says(cell, patterns)]
    dated = [column for column, year in _years(header).items() if column and fits(year)]
    wrong = {column for column, year in _years(header).items() if not fits(year)}
    found = sorted(set(named) - wrong | set(dated))
    return (found[-1] if last else found[0]) if found else None


def _goal(row: Sequence[str], baseline: int, target: int, header: Sequence[str], measured: str) -> dict[str, Any]:
    """The figures of a goal, with the unit of percentages in the name of what is measured: the plan file has numbers."""
    year = _YEAR.search(header[target])
    values = {name: _figure(row[column]) for name, column in (("baseline", baseline), ("target", target))}
    kind = "kwantitatief" if isinstance(values["target"], float) else "kwalitatief"
    unit = "" if "%" in measured or "procent" in measured.lower() else " (%)"
    indicator = measured + (unit if kind == "kwantitatief" and _PERCENT.search(row[target]) else "")
    return {"kind": kind, "indicator": indicator, **values, "year": int(year[1]) if year else None}


def _figure(text: str) -> float | str | None:
    value = number(text)
    return text or None if value is None else value


def schools(passages: Iterable[Passage]) -> int:
    """How many schools the registers of the plan name; one that stands in two of them, or twice in one, is one."""
    rows = (row for passage in passages if _is_register(passage) for row in passage.rows[1:] if row[0])
    return len({tuple(cell.casefold() for cell in row[:2]) for row in rows})


def _is_register(passage: Passage) -> bool:
    return bool(passage.rows) and says(" ".join(passage.rows[0]), wording().tables.registers)


def gemeenten(passages: Iterable[Passage]) -> list[str]:
    """The names in the columns that are headed so, in the order in which they come."""
    found: dict[str, None] = {}
    for passage in passages:
        header = [cell.lower() for cell in passage.rows[0]] if passage.rows else []
        column = next((number for number, cell in enumerate(header) if cell in ("gemeente", "gemeenten")), None)
        if column is not None:
            names = (row[column] for row in passage.rows[1:] if len(row) > column)
            found |= dict.fromkeys(name for name in names if _NAME.fullmatch(name))
    return list(found)
