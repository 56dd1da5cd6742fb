"""Reading Markdown and plain text; lines that belong together are joined."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulator.plan.documents import lettering
from simulator.plan.documents.blocks import Block

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FRONT = re.compile(r"\A---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
"""Settings of other programs above the text."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCE = re.compile(r"(?:```|~~~).*")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s+(.*)")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_TAG = re.compile(r"</?(?:a|b|br|div|em|font|h[1-6]|i|img|p|small|span|strong|sub|sup|u)\b[^<>]{0,200}>", re.IGNORECASE)
"""Tags of layout, which Markdown may hold; any others are text."""
_LONGEST = 20_000
"""Letters of a line that is looked at for marks; what is longer is text."""


def read(path: Path) -> Iterator[Block]:
    """The blocks of a Markdown or plain text file."""
    text = lettering.decoded(path.read_bytes()).replace("\r\n", "\n")
    lines = _COMMENT.sub("", _FRONT.sub("", text, count=1)).splitlines()
    state = _Lines()
    for line, after in zip(lines, [*lines[1:], ""], strict=False):
        yield from state.line(line.strip(), after.strip())
    yield from state.line("", "")


class _Lines:
    """What was read and not yet given: the lines of a paragraph or item, or the rows of a table."""

    def __init__(self) -> None:
        self.held: list[str] = []
        self.item = False
        self.rows: list[tuple[str, ...]] = []

    def line(self, text: str, after: str) -> Iterator[Block]:
        """The blocks that end with this line, or are it."""
        short = text if len(text) <= _LONGEST else ""
        row = "|" in short and (short.startswith("|") or bool(self.rows) or _is_rule(after))
        heading, item = _HEADING.fullmatch(short), _ITEM.fullmatch(short)
        if self.rows and not row:
            yield Block("table", rows=tuple(self.rows))
            self.rows = []
        if self.held and not self.item and _UNDERLINE.fullmatch(short):
            yield Block("heading", self.joined(), 1 if short[0] == "=" else 2)
            return
        if self.held and (not text or row or heading or item):
            kind = self.item
            yield Block("item" if kind else "paragraph", self.joined())
        if row:
            if not _is_rule(short):
                self.rows.append(tuple(_plain(cell.strip()) for cell in short.strip("|").split("|")))
        elif heading:
            yield Block("heading", _plain(heading[2]), len(heading[1]))
        elif item:
            self.held, self.item = [item[1]], True
        elif text and not _FENCE.fullmatch(short) and not (short and _UNDERLINE.fullmatch(short)):
            self.held.append(text)

    def joined(self) -> str:
        """The lines that are held, as one."""
        text, self.held, self.item = _plain(" ".join(self.held)), [], False
        return text


def _is_rule(text: str) -> bool:
    return "|" in text and "-" in text and _RULE.fullmatch(text) is not None


def _plain(text: str) -> str:
    """Text without emphasis, links and tags."""
    text = _TAG.sub("", re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text))
    return re.sub(r"(\*\*|__|\*|`)(\S(?:.*?\S)?)\1", r"\2", text).strip()
