"""Reading other tables of a plan: its goals, its registers of schools, and its gemeenten."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from simulator.plan.documents.phrases import wording
from simulator.plan.documents.tables import FEWEST_YEARS, YEAR, Row, joined, number, says, years_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from simulator.plan.documents.passages import Passage

_PERCENT = re.compile(r"%|procent")
_NAME = re.compile(r"(?!(?:Totaal|Overig|Samen)\b)['\u2019A-ZÀ-Ý][\w'\u2019()./ -]{1,40}")
"""What can be the name of a gemeente."""


def goals(passages: Iterable[Passage], first_school_year: int) -> Iterator[Row]:
    """The rows of tables that set targets."""
    words = wording().tables
    for passage in passages:
        if not passage.rows or len(passage.rows[0]) < 3:
            continue
        if len(years_of(passage.rows[0])) > FEWEST_YEARS and not says(passage.rows[0][0], words.indicator):
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
    dated = [column for column, year in years_of(header).items() if column and fits(year)]
    wrong = {column for column, year in years_of(header).items() if not fits(year)}
    found = sorted(set(named) - wrong | set(dated))
    return (found[-1] if last else found[0]) if found else None


def _goal(row: Sequence[str], baseline: int, target: int, header: Sequence[str], measured: str) -> dict[str, Any]:
    """The figures of a goal, with the unit of percentages in the name of what is measured: the plan file has numbers."""
    year = YEAR.search(header[target])
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
