"""Reading an OpenDocument text (odt)."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

from simulator.plan.documents import opening
from simulator.plan.documents.blocks import Block

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MOST_REPEATED = 50
"""Repeated cells that are given as such; a sheet-like table repeats its empty ones a million times."""


def read(path: Path) -> Iterator[Block]:
    """The blocks of an OpenDocument text; no page numbers, since it holds none."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    with zipfile.ZipFile(path) as packed:
        root = etree.fromstring(opening.xml(packed, "content.xml"), parser)
    yield from _walk(root.find(f"{_OFFICE}body/{_OFFICE}text"), item=False)


def _walk(parent: Any, *, item: bool) -> Iterator[Block]:
    for child in parent if parent is not None else ():
        if child.tag == f"{_TEXT}h":
            text = _text(child)
            if text:
                yield Block("heading", text, int(child.get(f"{_TEXT}outline-level") or 1))
        elif child.tag == f"{_TEXT}p":
            text = _text(child)
            if text:
                yield Block("item" if item else "paragraph", text)
        elif child.tag == f"{_TABLE}table":
            yield Block("table", rows=tuple(_rows(child)))
        elif child.tag in (f"{_TEXT}list", f"{_TEXT}list-item"):
            yield from _walk(child, item=True)
        elif child.tag in (f"{_TEXT}section", f"{_TEXT}index-body"):
            yield from _walk(child, item=False)


def _rows(table: Any) -> Iterator[tuple[str, ...]]:
    for row in table.iter(f"{_TABLE}table-row"):
        cells: list[str] = []
        for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            repeated = min(int(cell.get(f"{_TABLE}number-columns-repeated") or 1), _MOST_REPEATED)
            cells += [_text(cell)] * repeated
        if any(cells):
            yield tuple(cells)


def _text(element: Any) -> str:
    pieces: list[str] = []
    _collect(element, pieces)
    return " ".join("".join(pieces).split())


def _collect(element: Any, pieces: list[str]) -> None:
    if element.tag in (f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}tracked-changes"):
        return
    if element.tag in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break", f"{_TEXT}p"):
        pieces.append(" ")
    pieces.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            _collect(child, pieces)
        pieces.append(child.tail or "")
