"""Putting lines of text with their place and look together to headings, paragraphs, lists and tables."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from simulator.plan.documents.blocks import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BULLET = re.compile(r"^(?:[\u2022\u2023\u25aa\u25cf\u25cb\u25e6\u2013\-*]\s+|\(?\d{1,2}[.)]\s+(?=\S)|\(?[a-z][.)]\s+)")
_PAGE_NUMBER = re.compile(r"(?:pagina\s*)?[\divxl]{1,4}(?:\s*(?:/|van)\s*\d{1,4})?", re.IGNORECASE)

_LEADER = re.compile(r"(?:\.\s?){4,}\s*\d{0,3}$|\u2026+\s*\d{1,3}$")
"""The end of a line of a table of contents."""
_WIDER = 0.09
"""Heights of a line by which a gap is wider than usual between paragraphs."""


Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line, or some that stand together, and where, in points from the left and the top."""

    left: float
    right: float
    top: float
    bottom: float
    text: str


@dataclass(slots=True)
class Line:
    """A line of text: where it stands on its page (points from the left and the top), and how it looks.

    Its words are filled in where the page may have a table without lines.
    """

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    words: tuple[Word, ...] = ()


@dataclass(slots=True)
class Table:
    """A table, and where it stands on its page."""

    page: int
    top: float
    bottom: float
    rows: tuple[tuple[str, ...], ...]


def without_running_heads(lines: list[Line], pages: int) -> list[Line]:
    """The lines without page numbers and without what stands at the top or foot of more than a third of the pages."""
    edges: list[Line] = []
    for _, group in groupby(lines, lambda line: line.page):
        ordered = sorted(group, key=lambda line: line.top)
        edges += ordered[:2] + ordered[2:][-2:]
    counted = Counter(_signature(line) for line in edges)
    often = {key for key, count in counted.items() if count > max(2, pages / 3)}
    dropped = {id(line) for line in edges if _signature(line) in often or _PAGE_NUMBER.fullmatch(line.text)}
    return [line for line in lines if id(line) not in dropped and not _LEADER.search(line.text)]


def _signature(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.top / 8)


def blocks(lines: list[Line], tables: list[Table]) -> Iterator[Block]:
    """The lines outside tables as text, with the tables where they stand."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0]
    levels = {size: rank for rank, size in enumerate(sorted((s for s in sizes if s > body * 1.08), reverse=True), 1)}
    usual = _usual_gap(lines, body)
    waiting = list(tables)
    held: list[Line] = []
    for line in lines:
        middle = (line.top + line.bottom) / 2
        while waiting and (waiting[0].page, waiting[0].top) <= (line.page, middle):
            yield from _paragraph(held, levels)
            held = []
            table = waiting.pop(0)
            yield Block("table", rows=table.rows, page=table.page)
        if any(one.page == line.page and one.top - 1 <= middle <= one.bottom + 1 for one in tables):
            continue
        if held and _begins(held, line, usual):
            yield from _paragraph(held, levels)
            held = []
        held.append(line)
    yield from _paragraph(held, levels)
    for table in waiting:
        yield Block("table", rows=table.rows, page=table.page)


def continued(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with a table that goes on, on the next page, as one."""
    held: Block | None = None
    last_page = 0
    for block in blocks:
        if held is not None and _goes_on(held, block, last_page):
            head, *rest = block.rows
            held = replace(held, rows=held.rows + (tuple(rest) if head == held.rows[0] else block.rows))
        else:
            if held is not None:
                yield held
            held = block
        last_page = block.page
    if held is not None:
        yield held


def _goes_on(held: Block, block: Block, last_page: int) -> bool:
    if held.kind != "table" or block.kind != "table" or block.page != last_page + 1:
        return False
    return len(held.rows[0]) == len(block.rows[0])


def _usual_gap(lines: list[Line], body: float) -> float:
    """The space between lines of running text: that within paragraphs, since there are more lines than paragraphs."""
    gaps = Counter(
        round(below.top - above.bottom, 1)
        for above, below in pairwise(lines)
        if above.page == below.page and above.size == below.size == body and below.top > above.top
    )
    return gaps.most_common(1)[0][0] if gaps else 0.0


def _begins(held: list[Line], line: Line, usual: float) -> bool:
    """Whether a line begins something new after the lines before it."""
    last = held[-1]
    if line.size != last.size:
        return True
    if line.bold != last.bold and (line.bold or _heading_like(held)):
        return True
    ended = last.text[-1] in ".:;?!"
    if _BULLET.match(line.text) and (ended or _BULLET.match(held[0].text)):
        return True
    if line.text[0].islower() and not ended:
        return False
    if line.page != last.page:
        return ended
    height = max(min(last.bottom - last.top, 1.5 * last.size), 1.0)
    gap = line.top - last.bottom
    if ended and gap > usual + _WIDER * height:
        return True
    return gap > usual + 0.8 * height or (ended and last.right < 0.8 * max(one.right for one in held))


def _heading_like(held: list[Line]) -> bool:
    text = " ".join(line.text for line in held)
    return len(text) < 110 and text[-1] not in ".;,"


def _paragraph(held: list[Line], levels: dict[float, int]) -> Iterator[Block]:
    if not held:
        return
    text = " ".join(line.text for line in held)
    text = re.sub(r"(?<=[a-z])- (?=[a-z])(?!\s*(?:en|of)\b)", "", text)
    page = held[0].page
    look = (held[0].size in levels, all(line.bold for line in held))
    if any(look) and _heading_like(held):
        numbering = re.match(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s", text)
        level = numbering[1].count(".") + 1 if numbering else levels.get(held[0].size, len(levels) + 1)
        yield Block("heading", text, min(level, 6), page=page)
    elif found := _BULLET.match(text):
        yield Block("item", text[found.end() :], page=page)
    else:
        yield Block("paragraph", text, page=page)
