"""Reading a PDF: lines with their place and look, put together to headings, paragraphs, lists and tables."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING, Any

from simulator.plan.documents import opening
from simulator.plan.documents.blocks import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_RULES = 6
"""Drawn lines on a page from which on it is looked at for tables."""
_MOST_TABLE_PAGES = 150
_FEW_LETTERS = 40
"""Letters per page below which a PDF is taken for pictures of pages."""
_BULLET = re.compile(r"^(?:[•‣▪●○◦–\-*]\s+|\(?\d{1,2}[.)]\s+(?=\S)|\(?[a-z][.)]\s+)")
_PAGE_NUMBER = re.compile(r"(?:pagina\s*)?[\divxl]{1,4}(?:\s*(?:/|van)\s*\d{1,4})?", re.IGNORECASE)
_BREAK = "\ufffe"
"""Where PDFium has taken out a hyphen at a line end."""
_BOLD = re.compile(r"bold|black|heavy|semibold", re.IGNORECASE)


@dataclass(slots=True)
class _Line:
    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool


def read(path: Path) -> tuple[int, list[Block]]:
    """The number of pages and the blocks of a PDF.

    Raises:
        InputError: it is locked, broken, too long, or holds pictures of pages only.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise opening.refused(path, "locked" if "assword" in str(error) else "truncated") from None
    with document:
        pages = len(document)
        if pages > opening.MAX_PAGES:
            raise opening.refused(path, "long", pages=pages, most=opening.MAX_PAGES)
        lines, ruled = _lines(document)
    if sum(len(line.text) for line in lines) < _FEW_LETTERS * pages:
        raise opening.refused(path, "scanned", pages=pages)
    _mend_words(lines)
    lines = _without_running_heads(lines, pages)
    tables = _tables(path, ruled[:_MOST_TABLE_PAGES])
    return pages, list(_continued(_blocks(lines, tables)))


def _lines(document: Any) -> tuple[list[_Line], list[int]]:
    """Every line of text, and the pages with drawn lines."""
    import pypdfium2.raw as pdfium

    lines: list[_Line] = []
    ruled = []
    for number, page in enumerate(document, 1):
        shapes = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=2)
        if sum(1 for _, _ in zip(range(_RULES), shapes, strict=False)) == _RULES:
            ruled.append(number)
        text_page = page.get_textpage()
        lines += _lines_of(text_page, number, page.get_height())
        text_page.close()
        page.close()
    return lines, ruled


def _lines_of(text_page: Any, number: int, height: float) -> Iterator[_Line]:
    text = text_page.get_text_range()
    for found in re.finditer(r"[^\r\n]+", text):
        line = found[0].replace("\u00ad", "")
        if not line.strip():
            continue
        first = found.start() + len(found[0]) - len(found[0].lstrip())
        last = max(first, found.start() + len(found[0].rstrip()) - 1)
        left, _, _, top = text_page.get_charbox(first, loose=True)
        _, bottom, right, _ = text_page.get_charbox(last, loose=True)
        size, bold = _look(text_page, first)
        bold = bold and _look(text_page, last)[1]
        yield _Line(" ".join(line.split()), number, left, right, height - top, height - bottom, size, bold)


def _mend_words(lines: list[_Line]) -> None:
    """Put together the words that a line end broke; the hyphen stays where the document writes the word with one."""
    known = {word.lower() for line in lines for word in re.findall(r"[\w-]+", line.text)}
    for line in lines:
        for left, right in re.findall(rf"(\w[\w-]*){_BREAK}(\w+)", line.text):
            whole, hyphened = (left + right).lower(), f"{left}-{right}".lower()
            mended = f"{left}-{right}" if hyphened in known and whole not in known else left + right
            line.text = line.text.replace(f"{left}{_BREAK}{right}", mended)
        line.text = line.text.replace(_BREAK, "-")


def _look(text_page: Any, index: int) -> tuple[float, bool]:
    """Size and boldness of a letter."""
    import ctypes

    import pypdfium2.raw as pdfium

    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text_page, index, name, 128, ctypes.byref(flags))
    weight = pdfium.FPDFText_GetFontWeight(text_page, index)
    bold = weight >= 600 or bool(_BOLD.search(name.value.decode("latin-1")))
    return round(pdfium.FPDFText_GetFontSize(text_page, index), 1), bold


def _without_running_heads(lines: list[_Line], pages: int) -> list[_Line]:
    """The lines without page numbers and without what stands at the top or foot of more than a third of the pages."""
    edges: list[_Line] = []
    for _, group in groupby(lines, lambda line: line.page):
        ordered = sorted(group, key=lambda line: line.top)
        edges += ordered[:2] + ordered[2:][-2:]
    counted = Counter(_signature(line) for line in edges)
    often = {key for key, count in counted.items() if count > max(2, pages / 3)}
    dropped = {id(line) for line in edges if _signature(line) in often or _PAGE_NUMBER.fullmatch(line.text)}
    return [line for line in lines if id(line) not in dropped]


def _signature(line: _Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.top / 8)


@dataclass(slots=True)
class _Table:
    page: int
    top: float
    bottom: float
    rows: tuple[tuple[str, ...], ...]


def _tables(path: Path, pages: list[int]) -> list[_Table]:
    """The ruled tables on some pages."""
    import logging

    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    found: list[_Table] = []
    if not pages:
        return found
    with pdfplumber.open(path, pages=pages) as document:
        for page in document.pages:
            for table in page.find_tables():
                rows = tuple(tuple(_cell(cell or "") for cell in row) for row in table.extract())
                if max(map(len, rows), default=0) > 1:
                    found.append(_Table(page.page_number, table.bbox[1], table.bbox[3], rows))
            page.close()
    return found


def _cell(text: str) -> str:
    text = re.sub(r"-\n(?=[a-z])", "", text)
    return " ".join(re.sub(r"-\n", "-", text).split())


def _blocks(lines: list[_Line], tables: list[_Table]) -> Iterator[Block]:
    """The lines outside tables as text, with the tables where they stand."""
    sizes = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0]
    levels = {size: rank for rank, size in enumerate(sorted((s for s in sizes if s > body * 1.08), reverse=True), 1)}
    waiting = list(tables)
    held: list[_Line] = []
    for line in lines:
        middle = (line.top + line.bottom) / 2
        while waiting and (waiting[0].page, waiting[0].top) <= (line.page, middle):
            yield from _paragraph(held, levels)
            held = []
            table = waiting.pop(0)
            yield Block("table", rows=table.rows, page=table.page)
        if any(one.page == line.page and one.top - 1 <= middle <= one.bottom + 1 for one in tables):
            continue
        if held and _begins(held, line):
            yield from _paragraph(held, levels)
            held = []
        held.append(line)
    yield from _paragraph(held, levels)
    for table in waiting:
        yield Block("table", rows=table.rows, page=table.page)


def _continued(blocks: Iterable[Block]) -> Iterator[Block]:
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


def _begins(held: list[_Line], line: _Line) -> bool:
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
    usual = median([b.top - a.bottom for a, b in zip(held, held[1:], strict=False)]) if len(held) > 1 else None
    if usual is not None and gap > usual + 0.35 * height:
        return True
    return gap > 1.3 * height or (ended and last.right < 0.8 * max(one.right for one in held))


def _heading_like(held: list[_Line]) -> bool:
    text = " ".join(line.text for line in held)
    return len(text) < 110 and text[-1] not in ".;,"


def _paragraph(held: list[_Line], levels: dict[float, int]) -> Iterator[Block]:
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
