"""The Netherlands as tiles: a square per swv, near its place, with a map for each sector."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from simulator.base import resources, table
from simulator.base.language import say
from simulator.reports.pictures.canvas import INK, LINE, SOFT, Canvas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from simulator.reports.blocks import Picture

COLUMNS, ROWS, TILE, GAP = 11, 13, 31.0, 3.0
SHADES = (("#e6eef5", INK), ("#b9d0e3", INK), ("#7fa8c9", INK), ("#33698f", "#ffffff"), ("#12334f", "#ffffff"))
"""Fills from low to high with the colour of the words on them; each pair has a contrast of at least 4.5."""


@cache
def places(sector: str) -> dict[str, tuple[int, int]]:
    """Per swv of a sector its column and row: the assignment of tiles with the least squared distance in all."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    rows = table.read(resources.WORLD / "positions.csv", ("swv", "latitude", "longitude"))
    own = {
        row["swv"].text: (float(row["longitude"].text), float(row["latitude"].text))
        for row in rows
        if row["swv"].text.lower().startswith(sector)
    }
    where = np.array(list(own.values()))
    low, high = where.min(axis=0), where.max(axis=0)
    x = (where[:, 0] - low[0]) / (high[0] - low[0]) * (COLUMNS - 1)
    y = (high[1] - where[:, 1]) / (high[1] - low[1]) * (ROWS - 1)
    cells = np.array([(column, row) for row in range(ROWS) for column in range(COLUMNS)])
    cost = (x[:, None] - cells[None, :, 0]) ** 2 + (y[:, None] - cells[None, :, 1]) ** 2
    chosen = linear_sum_assignment(cost)[1]
    return {code: (int(cells[cell][0]), int(cells[cell][1])) for code, cell in zip(own, chosen, strict=True)}


def drawable(codes: Iterable[str]) -> bool:
    """Whether any of these swv has a tile: the national ones have none."""
    known = {*places("po"), *places("vo")}
    return any(code in known for code in codes)


def tiles(
    values: Mapping[str, float],
    what: str,
    words: Callable[[float], str],
    provinces: Mapping[str, str] | None = None,
) -> Picture:
    """Two maps side by side, primary and secondary education, with a shade per swv.

    Args:
        values: per swv; those left out are drawn empty.
        what: what the values are, in words.
        words: a value as a reader sees it.
        provinces: of the swv, by which a page can choose tiles.
    """
    wide, tall = COLUMNS * (TILE + GAP), ROWS * (TILE + GAP)
    canvas = Canvas(tall + 78, 2 * wide + 40)
    bounds = _bounds(list(values.values()))
    for number, sector in enumerate(("po", "vo")):
        left = number * (wide + 40)
        canvas.text(left, 14, say(f"report.sector_{sector}").capitalize(), bold=True)
        for code, (column, row) in places(sector).items():
            place = left + column * (TILE + GAP), 26 + row * (TILE + GAP)
            told = f"{code}: {words(values[code])}" if code in values else code
            data = {"sector": say(f"report.sector_{sector}"), "swv": code}
            data |= {"province": provinces[code]} if provinces and code in provinces else {}
            with canvas.mark(told, data):
                _tile(canvas, code, *place, values.get(code), bounds)
    _legend(canvas, bounds, what, words, tall + 42)
    there = {code: value for code, value in values.items() if any(code in places(s) for s in ("po", "vo"))}
    high, low = max(there, key=lambda c: (there[c], c)), min(there, key=lambda c: (there[c], c))
    return canvas.picture(
        say(
            "picture.tiles_alt", what=what, n=len(there), low=low, low_value=words(there[low]), high=high,
            high_value=words(there[high]),
        )
    )  # fmt: skip


def _tile(canvas: Canvas, code: str, x: float, y: float, value: float | None, bounds: list[float]) -> None:
    if value is None:
        canvas.rect(x, y, TILE, TILE, fill="#ffffff", stroke=LINE, round_=2)
        return
    fill, letters = SHADES[sum(value > bound for bound in bounds)]
    canvas.rect(x, y, TILE, TILE, fill=fill, round_=2)
    canvas.text(x + TILE / 2, y + TILE / 2 + 3.5, code[2:], size=10.5, fill=letters, anchor="middle")


def _bounds(values: list[float]) -> list[float]:
    """Four bounds that divide the range of the values into five equal parts."""
    low, high = min(values), max(values)
    return [low + (high - low) * part / len(SHADES) for part in range(1, len(SHADES))]


def _legend(canvas: Canvas, bounds: list[float], what: str, words: Callable[[float], str], y: float) -> None:
    canvas.text(0, y, what, size=11.5, fill=SOFT)
    x = 0.0
    for number, (fill, _) in enumerate(SHADES):
        label = f"≤ {words(bounds[0])}" if number == 0 else f"> {words(bounds[number - 1])}"
        canvas.rect(x, y + 10, 22, 13, fill=fill, stroke=LINE)
        canvas.text(x + 28, y + 21, label, size=11.5)
        x += 48 + len(label) * 6.6
