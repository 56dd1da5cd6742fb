"""Tables of amounts per year that stand in a PDF without lines around their cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulator.plan.documents.layout import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.plan.documents.layout import Line

_YEARS = re.compile(r"(.*?)((?:\s*\b20[1-4]\d){3,})")
_AMOUNT = r"(?:[-\u2212+]?(?:€\s?)?\d[\d.]*(?:,\d+)?%?|p\.m\.|-)"
_FEWEST_ROWS = 2


def tables(lines: Sequence[Line], ruled: Sequence[Table]) -> list[Table]:
    """The tables that begin with a line of three or more years and go on with as many amounts a line.

    Args:
        lines: all lines of a document, in order.
        ruled: tables that were found already; what stands in them is left alone.
    """
    found: list[Table] = []
    for place, line in enumerate(lines):
        header = _YEARS.fullmatch(line.text)
        if header and not any(one.page == line.page and one.top <= line.top <= one.bottom for one in (*ruled, *found)):
            years = header[2].split()
            rows, last = _rows(lines[place + 1 :], line.page, len(years))
            if len(rows) >= _FEWEST_ROWS:
                found.append(Table(line.page, line.top, last, ((header[1].strip(), *years), *rows)))
    return found


def _rows(lines: Sequence[Line], page: int, columns: int) -> tuple[list[tuple[str, ...]], float]:
    """The rows below a header, and where the last of them ends; a label may take a line of its own."""
    row = re.compile(rf"(.*?)((?:\s+{_AMOUNT}){{{columns}}})")
    rows: list[tuple[str, ...]] = []
    last, label = 0.0, ""
    for line in lines:
        match = row.fullmatch(" " + line.text) if line.page == page else None
        if match is None:
            if label or line.page != page or line.text[-1] in ".;:?!":
                break
            label = line.text + " "
            continue
        rows.append(((label + match[1].strip()).strip(), *match[2].split()))
        last, label = line.bottom, ""
    return rows, last
