"""Reading a Word file (docx): paragraphs, lists and tables in order, with headings by style, outline or look."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Any

from simulator.plan.documents import opening
from simulator.plan.documents.blocks import Block

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
"""What a file calls its words that Word saved as `Strict Open XML`; the words are the same."""
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOT_THERE = (_FALLBACK, f"{_W}moveFrom", f"{_W}del")
"""What older programs show instead of a text box (the same text again), and text that was moved or taken away."""
_AROUND = tuple(f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
"""What can stand around paragraphs, rows and cells: content controls, tracked changes, marks of other programs."""
_CONTENTS = re.compile(r"(?:toc|inhopg|table of contents)\b", re.IGNORECASE)
_HEADING = re.compile(r"(?:heading|kop|titel|title)\s*(\d?)$", re.IGNORECASE)
_LISTS = re.compile(r"list|lijst|opsomming", re.IGNORECASE)
_LONGEST_HEADING = 110
_MOST_COLUMNS = 60
_MOST_STYLES = 12
"""Styles that a style may rest on, one on the other; a file can make them a circle."""


def read(path: Path) -> Iterator[Block]:
    """The blocks of a Word file; page numbers as Word last laid it out, where it kept them.

    Only the text and the styles are unpacked: no pictures, no embedded files, nothing that a link points at.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    with zipfile.ZipFile(path) as packed:
        body = _tree(packed, "word/document.xml", parser).find(f"{_W}body")
        styles = _tree(packed, "word/styles.xml", parser) if _has_styles(packed) else ()
    if body is not None:
        _clear(body)
        yield from _State({style.get(f"{_W}styleId"): style for style in styles}).walk(body)


def _tree(packed: zipfile.ZipFile, name: str, parser: Any) -> Any:
    from lxml import etree

    return etree.fromstring(opening.xml(packed, name).replace(_STRICT, _W[1:-1].encode()), parser)


def _clear(body: Any) -> None:
    """Take out what a reader does not see."""
    hidden = [mark.getparent().getparent() for mark in body.iter(f"{_W}vanish") if _on(mark)]
    for one in [*body.iter(*_NOT_THERE), *(run for run in hidden if run is not None and run.tag == f"{_W}r")]:
        if one.getparent() is not None:
            one.getparent().remove(one)


def _has_styles(packed: zipfile.ZipFile) -> bool:
    return "word/styles.xml" in packed.namelist()


class _State:
    def __init__(self, styles: dict[str | None, Any]) -> None:
        self.styles = styles
        self.page, self.counted = 1, False

    def walk(self, parent: Any) -> Iterator[Block]:
        for child in parent:
            if child.tag == f"{_W}p":
                yield from self.paragraph(child)
            elif child.tag == f"{_W}tbl":
                yield from self.table(child)
            elif child.tag in _AROUND:
                yield from self.walk(child)

    def paragraph(self, element: Any) -> Iterator[Block]:
        """A paragraph, and after it the text boxes that hang on it."""
        boxes = list(element.iter(f"{_W}txbxContent"))
        for box in boxes:
            box.getparent().remove(box)
        yield from self.words(element)
        for box in boxes:
            yield from self.walk(box)

    def words(self, element: Any) -> Iterator[Block]:
        for mark in element.iter(f"{_W}lastRenderedPageBreak", f"{_W}br"):
            if mark.tag.endswith("lastRenderedPageBreak") or mark.get(f"{_W}type") == "page":
                self.page, self.counted = self.page + 1, True
        text = _text(element)
        if not text:
            return
        page = self.page if self.counted else 0
        name, level = self.style(element)
        if _CONTENTS.match(name):
            return
        if level:
            yield Block("heading", text, level, page=page)
        elif _LISTS.search(name) or element.find(f"{_W}pPr/{_W}numPr") is not None:
            yield Block("item", text, page=page)
        elif _looks_like_heading(element, text):
            yield Block("heading", text, 3 if text.upper() != text else 2, page=page)
        else:
            yield Block("paragraph", text, page=page)

    def style(self, element: Any) -> tuple[str, int]:
        """The name of the style of a paragraph, and its level as a heading (0: none)."""
        style = self.styles.get(_value(element.find(f"{_W}pPr/{_W}pStyle")))
        level = _value(element.find(f"{_W}pPr/{_W}outlineLvl"))
        name = ""
        for _ in range(_MOST_STYLES):
            if style is None:
                break
            own = _value(style.find(f"{_W}name")) or ""
            name = name or own
            if match := _HEADING.match(own):
                return name, int(match[1] or 1)
            level = level or _value(style.find(f"{_W}pPr/{_W}outlineLvl"))
            style = self.styles.get(_value(style.find(f"{_W}basedOn")))
        return name, int(level) + 1 if level and level.isdecimal() and int(level) < 9 else 0

    def table(self, element: Any) -> Iterator[Block]:
        """A table; one that only lays out text (a single cell, or cells with tables) is given as its paragraphs."""
        cells = [list(_inside(row, f"{_W}tc")) for row in _inside(element, f"{_W}tr")]
        if sum(map(len, cells)) == 1 or any(cell.find(f"{_W}tbl") is not None for row in cells for cell in row):
            for row in cells:
                for cell in row:
                    yield from self.walk(cell)
            return
        page = self.page if self.counted else 0
        yield Block("table", rows=tuple(tuple(_spread(row)) for row in cells), page=page)


def _inside(parent: Any, tag: str) -> Iterator[Any]:
    """The rows of a table, or the cells of a row, also where something stands around them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _AROUND:
            yield from _inside(child, tag)


def _spread(cells: list[Any]) -> Iterator[str]:
    """The texts of a row; a cell over several columns is followed by empty ones."""
    for cell in cells:
        yield _text(cell)
        span = _value(cell.find(f"{_W}tcPr/{_W}gridSpan")) or "1"
        yield from [""] * (min(int(span), _MOST_COLUMNS) - 1 if span.isdecimal() else 0)


def _value(element: Any) -> str | None:
    return None if element is None else element.get(f"{_W}val")


def _text(element: Any) -> str:
    """The text as it stands: inserted text counts, deleted text does not."""
    pieces = []
    for node in element.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}p", f"{_W}noBreakHyphen"):
        if node.tag == f"{_W}t":
            pieces.append(node.text or "")
        else:
            pieces.append("-" if node.tag.endswith("noBreakHyphen") else " ")
    return " ".join("".join(pieces).split())


def _looks_like_heading(element: Any, text: str) -> bool:
    """Whether a paragraph is short, ends as no sentence does, and is bold as a whole."""
    if len(text) > _LONGEST_HEADING or text[-1] in ".;:,":
        return False
    runs = [run for run in element.iter(f"{_W}r") if "".join(run.itertext()).strip()]
    return bool(runs) and all(_bold(run) for run in runs)


def _bold(run: Any) -> bool:
    return _on(run.find(f"{_W}rPr/{_W}b"))


def _on(mark: Any) -> bool:
    return mark is not None and _value(mark) not in ("0", "false", "off")
