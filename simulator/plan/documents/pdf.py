"""Reading a PDF: lines with their place and look, put together to headings, paragraphs, lists and tables."""

from __future__ import annotations

import io
import math
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from simulator.plan.documents import columns, layout, opening, unruled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from simulator.plan.documents.blocks import Block

_RULES = 6
"""Drawn lines on a page from which on it is looked at for tables."""
_MOST_TABLE_PAGES = 150
_SAMPLE = 40
"""Letters of a page whose direction is looked at."""
_FEW_LETTERS = 40
"""Letters per page below which a PDF is taken for pictures of pages."""
_SLANT = 0.01
"""Points by which a level line may go up or down."""
_BREAK = "\ufffe"
"""Where PDFium has taken out a hyphen at a line end."""
_BOLD = re.compile(r"bold|black|heavy|semibold", re.IGNORECASE)


def read(path: Path, tell_pages: Callable[[int], None]) -> tuple[int, list[Block], tuple[int, ...]]:
    """The number of pages of a PDF, its blocks, and the pages that are pictures.

    Args:
        tell_pages: hears of the number of pages before they are read.

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
        tell_pages(pages)
        lines, ruled, pictures, turned = _lines(document)
        shown = _saved(document) if turned else path
    if sum(len(line.text) for line in lines) < _FEW_LETTERS * pages:
        raise opening.refused(path, "scanned", pages=pages) if pictures else opening.refused(path, "empty")
    _mend_words(lines)
    lines = layout.without_running_heads(lines, pages)
    tables = _tables(shown, ruled[:_MOST_TABLE_PAGES])
    tables += list(columns.tables(lines, tables))
    tables = sorted([*tables, *unruled.tables(lines, tables)], key=lambda one: (one.page, one.top))
    return pages, list(layout.continued(layout.blocks(lines, tables))), pictures


def _lines(document: Any) -> tuple[list[layout.Line], list[int], tuple[int, ...], bool]:
    """Every line of text, the pages with drawn lines, those that are pictures, and whether pages were turned upright."""
    import pypdfium2.raw as pdfium

    lines: list[layout.Line] = []
    ruled, pictures, turned = [], [], False
    for number, page in enumerate(document, 1):
        text_page = page.get_textpage()
        quarters = _quarters(text_page)
        if aslant := (quarters * 90 + page.get_rotation()) % 360:
            text_page.close()  # PDFium reads what lies on its side in another order
            page.set_rotation((page.get_rotation() - aslant) % 360)
            text_page, turned = page.get_textpage(), True
        shapes = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=2)
        if sum(1 for _, _ in zip(range(_RULES), shapes, strict=False)) == _RULES:
            ruled.append(number)
        if text_page.count_chars() < _FEW_LETTERS and any(
            page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2)
        ):
            pictures.append(number)
        lines += _lines_of(text_page, number, quarters, _size(page))
        text_page.close()
        page.close()
    return lines, ruled, tuple(pictures), turned


def _saved(document: Any) -> io.BytesIO:
    """The document as it stands, with its pages turned."""
    content = io.BytesIO()
    document.save(content)
    return content


def _size(page: Any) -> tuple[float, float]:
    """Width and height of a page, before it is turned for showing."""
    width, height = page.get_size()
    return (width, height) if page.get_rotation() % 180 == 0 else (height, width)


def _quarters(text_page: Any) -> int:
    """Quarters of a turn by which most of the text on a page is turned, before the page is turned for showing."""
    import pypdfium2.raw as pdfium

    step = max(1, text_page.count_chars() // _SAMPLE)
    angles = (pdfium.FPDFText_GetCharAngle(text_page, index) for index in range(0, text_page.count_chars(), step))
    counted = Counter(round(angle / (math.pi / 2)) % 4 for angle in angles)
    return max(counted, key=lambda quarter: (counted[quarter], -quarter)) if counted else 0


def _upright(box: tuple[float, float, float, float], quarters: int, size: tuple[float, float]) -> layout.Box:
    """Left, top, right and bottom of a box, from the corner above on the left, as they are when the text is upright."""
    left, low, right, high = box
    width, height = size
    return {
        0: (left, height - high, right, height - low),
        1: (height - high, width - right, height - low, width - left),
        2: (width - right, low, width - left, high),
        3: (low, left, high, right),
    }[quarters]


def _lines_of(text_page: Any, number: int, quarters: int, size: tuple[float, float]) -> Iterator[layout.Line]:
    text = text_page.get_text_range()
    in_columns = columns.possible(text.splitlines())
    for found in re.finditer(r"[^\r\n]+", text):
        line = found[0].replace("\u00ad", "")
        if not line.strip():
            continue
        first = found.start() + len(found[0]) - len(found[0].lstrip())
        last = max(first, found.start() + len(found[0].rstrip()) - 1)
        left, top, _, _ = _upright(text_page.get_charbox(first, loose=True), quarters, size)
        _, _, right, bottom = _upright(text_page.get_charbox(last, loose=True), quarters, size)
        letters, bold = _look(text_page, first)
        bold = bold and _look(text_page, last)[1]
        words = tuple(_words(text_page, found, quarters, size)) if in_columns else ()
        shown = " ".join(line.split())
        yield layout.Line(shown, number, left, right, top, bottom, letters, bold, words)


def _words(text_page: Any, line: re.Match[str], quarters: int, size: tuple[float, float]) -> Iterator[layout.Word]:
    """The words of a line, each with where it begins and ends; of a word that a line end broke both parts."""
    for word in re.finditer(rf"[^\s{_BREAK}]+({_BREAK}?)", line[0]):
        first, last = line.start() + word.start(), line.start() + word.end() - 1 - len(word[1])
        left, top, _, _ = _upright(text_page.get_charbox(first, loose=True), quarters, size)
        _, _, right, bottom = _upright(text_page.get_charbox(last, loose=True), quarters, size)
        yield layout.Word(left, right, top, bottom, word[0].replace("\u00ad", "").replace(_BREAK, "-"))


def _mend_words(lines: list[layout.Line]) -> None:
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


def _tables(source: Path | io.BytesIO, pages: list[int]) -> list[layout.Table]:
    """The ruled tables on some pages."""
    import logging

    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    found: list[layout.Table] = []
    if not pages:
        return found
    with pdfplumber.open(source, pages=pages) as document:
        for page in document.pages:
            for line in page.lines:
                _straighten(line)
            for table in page.find_tables():
                rows = tuple(tuple(_cell(cell or "") for cell in row) for row in table.extract())
                if max(map(len, rows), default=0) > 1:
                    found.append(layout.Table(page.page_number, table.bbox[1], table.bbox[3], rows))
            page.close()
    return found


def _straighten(line: dict[str, Any]) -> None:
    """Take out what turning a page left of slant in a drawn line: a line of a table is exactly level or upright."""
    for first, last in (("x0", "x1"), ("top", "bottom")):
        if abs(line[last] - line[first]) < _SLANT:
            line[last] = line[first]


def _cell(text: str) -> str:
    text = re.sub(r"-\n(?=[a-z])", "", text)
    return " ".join(re.sub(r"-\n", "-", text).split())
