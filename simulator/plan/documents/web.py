"""Reading a web page (html); nothing in it is run, and nothing that it points at is fetched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from simulator.plan.documents import lettering
from simulator.plan.documents.blocks import Block, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NOT_TEXT = (
    *("script", "style", "nav", "header", "footer", "aside", "noscript", "template", "svg", "iframe", "object"),
    *("button", "select", "textarea", "input", "audio", "video"),
)
"""What holds no text of the document. A form can stand around a whole page, and stays."""
_BLOCKS = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "dt", "dd", "pre")
_ITEMS = ("li", "dd")
_IN_CELLS = ("table", "h1", "h2", "h3", "h4", "h5", "h6")
"""What in a cell shows that a table only lays out a page."""


def read(path: Path) -> Iterator[Block]:
    """The blocks of a web page, without its menus and scripts."""
    from lxml import html

    raw = path.read_bytes()
    encoding = lettering.of_page(raw)
    parser = html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    root = html.document_fromstring(raw, parser=parser)
    for tag in list(root.iter(*_NOT_TEXT)):
        if tag.getparent() is not None:
            tag.drop_tree()
    yield from _walk(root.find("body") if root.find("body") is not None else root, item=False)


def _walk(parent: Any, *, item: bool) -> Iterator[Block]:
    kind: Kind = "item" if item else "paragraph"
    if parent.text and parent.text.strip():
        yield Block(kind, _clean(parent.text))
    for child in parent:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == "table" and not _lays_out(child):
            yield Block("table", rows=tuple(_rows(child)))
        elif tag in _BLOCKS and tag != "table" and not any(True for _ in child.iter(*_BLOCKS) if _ is not child):
            text = _clean(child.text_content())
            if text:
                heading = re.fullmatch(r"h([1-6])", tag)
                own: Kind = "item" if tag in _ITEMS else kind
                yield Block("heading", text, int(heading[1])) if heading else Block(own, text)
        elif tag:
            yield from _walk(child, item=item or tag in _ITEMS)
        if child.tail and child.tail.strip():
            yield Block(kind, _clean(child.tail))


def _lays_out(table: Any) -> bool:
    """Whether a table holds a page and no figures: a single cell, or cells with tables or headings."""
    inside = any(True for one in table.iter(*_IN_CELLS) if one is not table)
    return inside or sum(1 for _ in table.iter("td", "th")) == 1


def _rows(table: Any) -> Iterator[tuple[str, ...]]:
    for row in table.iter("tr"):
        cells = tuple(_clean(cell.text_content()) for cell in row.iterchildren("td", "th"))
        if any(cells):
            yield cells


def _clean(text: str) -> str:
    return " ".join(text.split())
