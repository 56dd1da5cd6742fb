"""Reading the table of pupils: counts per year, with the years along the top or down the side."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from simulator.plan.documents.phrases import wording
from simulator.plan.documents.tables import Row, number, says

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.base.fields import Sector
    from simulator.plan.documents.passages import Passage

_YEAR = re.compile(r"(?<![\d.])(201[2-9]|20[2-4]\d)(?![\d.])")
"""A year that pupils can be counted in; the first of a school year is that of its 1 October.

The count of 2011 is left to a person: it sets the verevening, and sets it wrong without the pupils with lgf of that year.
"""
_FEWEST_YEARS = 2
_FEWEST_PUPILS = 100
"""Of a whole swv; a table of fewer is about something else."""
_LEVELS = ("low", "middle", "high")
_Cells = list[tuple[str, int, int]]
"""Label, year and count of every cell that holds a count."""


def pupils(passages: Iterable[Passage], sector: Sector) -> list[Row]:
    """The years of the first table that holds the pupils of the swv over several years.

    Values are fields of a `PupilsYear`, and `notes`: which of the texts `proposed.pupils_*` a reader must know.
    """
    for passage in passages:
        if _about_pupils(passage) and (rows := _rows(passage, sector)):
            return rows
    return []


def _about_pupils(passage: Passage) -> bool:
    if len(passage.rows) < 2:
        return False
    words = wording().tables.pupils
    around = " ".join((*passage.sentences[:1], *passage.rows[0], *passage.path[-1:]))
    labels = " ".join((around, *(row[0] for row in passage.rows if row)))
    return says(labels, words.about) and not says(around, words.against)


def _rows(passage: Passage, sector: Sector) -> list[Row]:
    for cells in (_across(passage.rows), _down(passage.rows)):
        if len({year for _, year, _ in cells}) >= _FEWEST_YEARS and (found := _years(cells, sector)):
            return [Row({"year": year, **values}, passage) for year, values in sorted(found.items())]
    return []


def _across(rows: Sequence[Sequence[str]]) -> _Cells:
    """The cells of a table with years along the top: in one of its first rows."""
    for place, header in enumerate(rows[:3]):
        columns: dict[int, int] = {}
        for column, cell in enumerate(header[1:], start=1):
            if (year := _year(cell)) and year not in columns.values():
                columns[column] = year
        if len(columns) >= _FEWEST_YEARS:
            told = (
                (row, column, year)
                for row in rows[place + 1 :]
                for column, year in columns.items()
                if column < len(row)
            )
            return [(row[0], year, count) for row, column, year in told if (count := _count(row[column])) is not None]
    return []


def _down(rows: Sequence[Sequence[str]]) -> _Cells:
    """The cells of a table with a year at the beginning of each row; the labels are the names of the columns."""
    header, cells, seen = rows[0], [], set()
    for row in rows[1:]:
        year = _year(row[0]) if row else None
        if year is None or year in seen:
            continue
        seen.add(year)
        for label, cell in zip(header[1:], row[1:], strict=False):
            if (count := _count(cell)) is not None:
                cells.append((label, year, count))
    return cells


def _year(cell: str) -> int | None:
    found = _YEAR.search(cell)
    return int(found[1]) if found else None


def _count(cell: str) -> int | None:
    """A number of pupils: whole, and no percentage."""
    value = None if "%" in cell or "procent" in cell.lower() or "€" in cell else number(cell)
    return int(value) if value is not None and value >= 0 and value == int(value) else None


def _years(cells: _Cells, sector: Sector) -> dict[int, dict[str, Any]]:
    """Per year what can be told of it; nothing for a year of which the number of pupils is not there."""
    found: dict[int, dict[str, Any]] = {}
    for year in dict.fromkeys(year for _, year, _ in cells):
        counts: Counter[str] = Counter()
        for label, of_year, count in cells:
            field = _field(label, sector) if of_year == year else None
            if field is not None and field not in counts:
                counts[field] = count
        if values := _values(counts, sector):
            found[year] = values
    return found


def _field(label: str, sector: Sector) -> str | None:
    """What a row or column counts: `all`, `mainstream`, `sbo`, or a kind and level of (v)so, as `so_older.low`."""
    words = wording().tables.pupils
    if says(label, words.skip):
        return None
    level = next((one for one in _LEVELS if says(label, words.levels[one])), None)
    for kind in ("vso", "so", "sbo", "mainstream", "all"):
        if says(label, words.kinds[kind]) and not says(label, words.apart.get(kind, [])):
            if kind in ("so", "vso"):
                return _special(label, kind, level, sector)
            return None if level or (kind == "sbo" and sector == "vo") else kind
    return None


def _special(label: str, kind: str, level: str | None, sector: Sector) -> str | None:
    if level is None or (kind == "vso") != (sector == "vo"):
        return None
    if kind == "vso":
        return f"vso.{level}"
    young = says(label, wording().tables.pupils.young)
    older = says(label, wording().tables.pupils.older)
    return f"{'so_young' if young and not older else 'so_older'}.{level}" + ("" if young or older else ".unaged")


def _values(counts: Counter[str], sector: Sector) -> dict[str, Any]:
    notes = []
    total = counts.get("all")
    if total is None and "mainstream" in counts:
        total = counts["mainstream"] + counts.get("sbo", 0)
        notes += ["pupils_summed"] if "sbo" in counts else []
    if total is None or total < _FEWEST_PUPILS:
        return {}
    values: dict[str, Any] = {"pupils": total, "sbo": min(counts.get("sbo", 0), total)}
    for kind in ("so_young", "so_older") if sector == "po" else ("vso",):
        levels = [counts.get(f"{kind}.{one}", counts.get(f"{kind}.{one}.unaged", 0)) for one in _LEVELS]
        values[kind] = levels if sum(levels) <= total else [0, 0, 0]
    notes += ["pupils_unaged"] if any(field.endswith(".unaged") for field in counts) else []
    return {**values, "notes": notes}
