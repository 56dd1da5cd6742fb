"""A small drawing board for SVG: shapes and text of one look, escaped, with the same bytes every time."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from simulator.base.bidi import closed
from simulator.base.days import date_of, day_of
from simulator.base.language import say
from simulator.reports.blocks import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WIDTH = 760.0
SIZE = 12.5
_SMALLER = (SIZE, 11.5, 11.0)
"""Sizes in which the name of a row is tried."""
INK, SOFT, LINE, WASH, PAPER = "#1c2430", "#55606e", "#d5dae1", "#f4f6f8", "#ffffff"
BLUE, GREEN, RED, AMBER = "#1f4e79", "#1d6b3c", "#9b1c1c", "#8a5300"
SERIES = (
    BLUE, "#b3541e", GREEN, "#6b3fa0", "#0b6e75", "#7a6a00", RED, SOFT, "#a0316b", "#005f87", "#4b5d16", "#6e4b2a",
)  # fmt: skip
"""Colours of series, each with a contrast of at least 4.5 on white; lines also differ in their dashes."""
DASHES = ("", "7 4", "2 3", "9 3 2 3", "4 2", "12 4", "1 4", "6 2 1 2", "10 2", "3 5", "8 2 2 2 2 2", "5 1")
_FONT = "Lato, 'Segoe UI', 'Helvetica Neue', Helvetica, Arial, sans-serif"
_LETTER = 0.54
"""Mean width of a letter, as a share of the size of the type."""


def wide(words: str, size: float = SIZE) -> float:
    """About how wide a text is, in pixels."""
    return len(words) * size * _LETTER


def cut(words: str, room: float, size: float = SIZE) -> str:
    """A text that fits in some pixels, with an ellipsis where it was cut."""
    most = max(int(room / (size * _LETTER)), 3)
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


class Canvas:
    """A picture in the making.

    A shape with a `title` is a mark: a page tells of it, to a pointer that rests on it and to a keyboard that steps to it.
    Its `data` are words by which a page can choose marks.
    """

    def __init__(self, height: float, width: float = WIDTH) -> None:
        self.width, self.height = width, height
        self._parts: list[str] = []

    @contextmanager
    def series(self, label: str) -> Iterator[None]:
        """What is drawn meanwhile belongs to a series, which a page can make stand out."""
        yield from self._group(f'data-series="{_safe(label)}"')

    @contextmanager
    def zoomed(self, left: float, right: float) -> Iterator[None]:
        """What is drawn meanwhile lies between two places on an axis that a page can stretch."""
        yield from self._group(f'data-zoom="{_n(left)} {_n(right)}"')

    @contextmanager
    def about(self, figure: str) -> Iterator[None]:
        """What is drawn meanwhile is about one figure, by which a page can choose."""
        yield from self._group(f'data-kpi="{_safe(figure)}"')

    @contextmanager
    def mark(self, title: str, data: Mapping[str, str] | None = None) -> Iterator[None]:
        """What is drawn meanwhile is one mark."""
        yield from self._group(f'class="m"{_data(data)}', f"<title>{_safe(title)}</title>")

    def _group(self, attribute: str, inner: str = "") -> Iterator[None]:
        self._parts.append(f"<g {attribute}>{inner}")
        yield
        self._parts.append("</g>")

    def _shape(self, tag: str, attributes: str, title: str = "", data: Mapping[str, str] | None = None) -> None:
        mark = ' class="m"' if title else ""
        inner = f"><title>{_safe(title)}</title></{tag}>" if title else "/>"
        self._parts.append(f"<{tag}{mark} {attributes}{_data(data)}{inner}")

    def rect(
        self, x: float, y: float, width: float, height: float, *, fill: str, stroke: str = "none", title: str = "",
        round_: float = 0.0, dash: str = "", data: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """A rectangle."""
        extra = (f' rx="{_n(round_)}"' if round_ else "") + (f' stroke-dasharray="{dash}"' if dash else "")
        extra += f' stroke="{stroke}"' if stroke != "none" else ""
        size = f'width="{_n(max(width, 0))}" height="{_n(max(height, 0))}"'
        self._shape("rect", f'x="{_n(x)}" y="{_n(y)}" {size} fill="{fill}"{extra}', title, data)

    @contextmanager
    def unseen(self) -> Iterator[None]:
        """Marks that are drawn meanwhile are not seen until they are pointed at."""
        yield from self._group('fill-opacity="0"')

    def spot(self, x: float, y: float, width: float, height: float, title: str) -> None:
        """A mark as it stands in what is `unseen`."""
        size = f'width="{_n(max(width, 0))}" height="{_n(max(height, 0))}"'
        self._shape("rect", f'x="{_n(x)}" y="{_n(y)}" {size}', title)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, stroke: str = LINE, width: float = 1.0, dash: str = ""
    ) -> None:
        """A straight line."""
        extra = f' stroke-dasharray="{dash}"' if dash else ""
        ends = f'x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
        self._shape("line", f'{ends} stroke="{stroke}" stroke-width="{_n(width)}"{extra}')

    def path(self, points: Sequence[tuple[float, float]], *, stroke: str, width: float = 2.0, dash: str = "") -> None:
        """A line through points."""
        extra = f' stroke-dasharray="{dash}"' if dash else ""
        way = f'd="{_way(points)}" fill="none" stroke="{stroke}" stroke-width="{_n(width)}"'
        self._shape("path", f'{way} stroke-linejoin="round"{extra}')

    def curve(self, way: str, *, stroke: str, width: float = 1.2) -> None:
        """A line along the path of an SVG."""
        self._shape("path", f'd="{way}" fill="none" stroke="{stroke}" stroke-width="{_n(width)}"')

    def area(self, points: Sequence[tuple[float, float]], *, fill: str) -> None:
        """A filled shape through points."""
        self._shape("path", f'd="{_way(points)}Z" fill="{fill}"')

    def dot(
        self, x: float, y: float, *, fill: str, size: float = 4.5, title: str = "",
        data: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """A disc."""
        self._shape("circle", f'cx="{_n(x)}" cy="{_n(y)}" r="{_n(size)}" fill="{fill}"', title, data)

    def diamond(
        self, x: float, y: float, *, fill: str, size: float = 5.5, stroke: str = "none", title: str = ""
    ) -> None:
        """A square on its corner."""
        way = f"M{_n(x)},{_n(y - size)}L{_n(x + size)},{_n(y)}L{_n(x)},{_n(y + size)}L{_n(x - size)},{_n(y)}Z"
        self._shape("path", f'd="{way}" fill="{fill}" stroke="{stroke}" stroke-width="1.5"', title)

    def label(self, x: float, y: float, words: str, room: float) -> None:
        """A name that ends at x: smaller where it would not fit in some pixels, and cut where that is not enough."""
        size = next((one for one in _SMALLER if wide(words, one) <= room), _SMALLER[-1])
        self.text(x, y, cut(words, room, size), size=size, anchor="end", whole=words)

    def text(
        self, x: float, y: float, words: str, *, size: float = SIZE, fill: str = INK, anchor: str = "start",
        bold: bool = False, fine: bool = False, whole: str = "",
    ) -> None:  # fmt: skip
        """Words on one line; what is `fine` is seen only where a page stretches the axis. `whole` is what was cut."""
        extra = (' font-weight="700"' if bold else "") + (' class="fine" visibility="hidden"' if fine else "")
        where = f'x="{_n(x)}" y="{_n(y)}"' + (f' text-anchor="{anchor}"' if anchor != "start" else "")
        shown = _safe(" ".join(words.split()))
        full = f"<title>{_safe(whole)}</title>" if whole and whole != words else ""
        self._parts.append(f'<text {where} font-size="{_n(size)}" fill="{fill}"{extra}>{full}{shown}</text>')

    def picture(self, alt: str) -> Picture:
        """The picture with what it shows in words."""
        size = f'viewBox="0 0 {_n(self.width)} {_n(self.height)}" width="{_n(self.width)}" height="{_n(self.height)}"'
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{_safe(alt)}" '
            f'font-family="{_safe(_FONT)}">'
        )
        body = "\n".join([f'<rect width="100%" height="100%" fill="{PAPER}"/>', *self._parts])
        return Picture(f"{head}\n{body}\n</svg>", self.width, self.height, alt)

    def bare(self, alt: str) -> Picture:
        """What differs from a picture of the same size and scale: a page puts its series in the place of those there."""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" data-bare="" aria-label="{_safe(alt)}">'
        return Picture(f"{head}{''.join(self._parts)}</svg>", self.width, self.height, alt)


def _safe(text: str) -> str:
    return escape(closed(text))


def _data(words: Mapping[str, str] | None) -> str:
    return "".join(f' data-{name}="{_safe(value)}"' for name, value in (words or {}).items())


def _way(points: Sequence[tuple[float, float]]) -> str:
    """The way along points: from each to the next, in whole tenths, so that steps do not drift."""
    places = [(round(x * 10), round(y * 10)) for x, y in points]
    way = f"M{_n(places[0][0] / 10)},{_n(places[0][1] / 10)}"
    for (x, y), (to_x, to_y) in pairwise(places):
        right, down = _n((to_x - x) / 10), _n((to_y - y) / 10)
        if x != to_x or y != to_y:
            way += f"h{right}" if y == to_y else f"v{down}" if x == to_x else f"l{right},{down}"
    return way


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


class Scale:
    """From values to places on a line."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.high = low, high if high > low else low + 1
        self.start, self.end = start, end

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def within(self, value: float) -> float:
        """The place of a value; of one that lies outside that of the nearest end."""
        return self(min(max(value, self.low), self.high))


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round values from low to high, at most so many apart: steps of 1, 2 or 5 times a power of ten."""
    if high <= low:
        return [low]
    rough = (high - low) / most
    power = 10.0 ** _exponent(rough)
    step = next(one * power for one in (1, 2, 5, 10) if one * power >= rough * 0.999999)
    first = -int(-low / step // 1) if low < 0 else int(-(-low // step))
    found = []
    while first * step <= high + step * 1e-9:
        found.append(first * step)
        first += 1
    return found


def _exponent(value: float) -> int:
    exponent = 0
    while 10.0**exponent > value:
        exponent -= 1
    while 10.0 ** (exponent + 1) <= value:
        exponent += 1
    return exponent


def months(first: int, last: int) -> Iterator[tuple[int, int, date]]:
    """(first day, first day of the next, its date) of every month between two days."""
    start = date_of(first)
    begins = [
        date(start.year + (start.month - 1 + n) // 12, (start.month - 1 + n) % 12 + 1, 1)
        for n in range(2 + (last - first) // 28)
    ]
    for begin, end in pairwise(begins):
        if day_of(begin) <= last and day_of(end) > first:
            yield max(day_of(begin), first), min(day_of(end), last), begin


def time_axis(canvas: Canvas, scale: Scale, top: float, bottom: float) -> None:
    """Months as bands with the names of some above, as many as there is room for, and the years above these."""
    days = scale.high - scale.low
    every = 3 if days > 500 else 2 if days > 330 else 1
    names = say("date.short_months").split()
    shown = set()
    for begin, end, first in months(int(scale.low), int(scale.high)):
        x1, x2 = scale(begin), scale(end)
        canvas.line(x1, top, x1, bottom, stroke=LINE)
        fine = (first.month - 1) % every != 0 or x2 - x1 <= 8
        canvas.text(x1 + 3, top - 5, names[first.month - 1], size=10.5, fill=SOFT, fine=fine)
        if first.year not in shown and scale.end - x1 > 30:
            shown.add(first.year)
            canvas.text(x1 + 3, top - 19, str(first.year), size=11, fill=INK, bold=True)
    canvas.line(scale.start, top, scale.end, top, stroke=SOFT)
