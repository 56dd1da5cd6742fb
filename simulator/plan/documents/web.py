"""Reading a web page (html) and Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from simulator.plan.documents.blocks import Block, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NOT_TEXT = ("script", "style", "nav", "header", "footer", "aside", "form", "noscript", "template", "svg", "iframe")
_BLOCKS = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "dt", "dd", "pre")
_ITEMS = ("li", "dd")


def read_html(path: Path) -> Iterator[Block]:
    """The blocks of a web page, without its menus and scripts; nothing that it points at is fetched."""
    from lxml import html

    raw = path.read_bytes()
    encoding = "utf-8" if _is_utf8(raw) else None  # else what the page declares
    parser = html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    root = html.document_fromstring(raw, parser=parser)
    for tag in list(root.iter(*_NOT_TEXT)):
        if tag.getparent() is not None:
            tag.drop_tree()
    yield from _walk(root.find("body") if root.find("body") is not None else root, item=False)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _walk(parent: Any, *, item: bool) -> Iterator[Block]:
    kind: Kind = "item" if item else "paragraph"
    if parent.text and parent.text.strip():
        yield Block(kind, _clean(parent.text))
    for child in parent:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == "table":
            yield Block("table", rows=tuple(_rows(child)))
        elif tag in _BLOCKS and not any(True for _ in child.iter(*_BLOCKS) if _ is not child):
            text = _clean(child.text_content())
            if text:
                heading = re.fullmatch(r"h([1-6])", tag)
                own: Kind = "item" if tag in _ITEMS else kind
                yield Block("heading", text, int(heading[1])) if heading else Block(own, text)
        elif tag:
            yield from _walk(child, item=item or tag in _ITEMS)
        if child.tail and child.tail.strip():
            yield Block(kind, _clean(child.tail))


def _rows(table: Any) -> Iterator[tuple[str, ...]]:
    for row in table.iter("tr"):
        cells = tuple(_clean(cell.text_content()) for cell in row.iterchildren("td", "th"))
        if any(cells):
            yield cells


def _clean(text: str) -> str:
    return " ".join(text.split())


def read_markdown(path: Path) -> Iterator[Block]:
    """The blocks of a Markdown or plain text file; lines that belong together are joined."""
    held: list[str] = []
    rows: list[tuple[str, ...]] = []
    raw = path.read_bytes()
    for line in [*raw.decode("utf-8-sig" if _is_utf8(raw) else "cp1252", errors="replace").splitlines(), ""]:
        text = line.strip()
        row = re.fullmatch(r"\|(.*)\|", text)
        heading = re.fullmatch(r"(#{1,6})\s+(.*?)\s*#*", text)
        item = re.fullmatch(r"(?:[-*+]|\d{1,3}[.)])\s+(.*)", text)
        if rows and not row:
            yield Block("table", rows=tuple(rows))
            rows = []
        if held and (not text or row or heading or item):
            yield _joined(held)
            held = []
        if row:
            cells = tuple(cell.strip() for cell in row[1].split("|"))
            if not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
                rows.append(cells)
        elif heading:
            yield Block("heading", _plain(heading[2]), len(heading[1]))
        elif item:
            held = ["- ", item[1]]
        elif text:
            held.append(text)


def _joined(lines: list[str]) -> Block:
    kind, lines = ("item", lines[1:]) if lines[0] == "- " else ("paragraph", lines)
    return Block("item" if kind == "item" else "paragraph", _plain(" ".join(lines)))


def _plain(text: str) -> str:
    """Text without emphasis and links."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"(\*\*|__|\*|`)(\S(?:.*?\S)?)\1", r"\2", text)
