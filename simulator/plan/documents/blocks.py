"""What a document holds once it is read: blocks of text in order, whatever file they came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Kind = Literal["heading", "paragraph", "item", "table"]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document.

    Attributes:
        level: of a heading, 1 for the highest; else 0.
        rows: of a table, its cells.
        page: where it begins, from 1; 0 where the form has no pages.
        path: the headings above it, the highest first; filled in by `under_headings`.
    """

    kind: Kind
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    page: int = 0
    path: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Its text; of a table all cells, row by row."""
        return self.text or "\n".join(" | ".join(row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read.

    Attributes:
        name: of its file.
        pages: their number; 0 when it has none.
        pictures: the pages that are a picture without text, and so were not read.
        form: what it is, by its content.
    """

    name: str
    pages: int
    blocks: tuple[Block, ...]
    pictures: tuple[int, ...] = ()
    form: str = ""


def under_headings(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, each with the headings above it."""
    open_headings: list[Block] = []
    for block in _with_minor_headings(list(blocks)):
        if block.kind == "heading":
            open_headings = [one for one in open_headings if one.level < block.level]
        yield replace(block, path=tuple(one.text for one in open_headings))
        if block.kind == "heading":
            open_headings.append(block)


_LONGEST_MINOR = 60
_LOWEST = 9
_COLOPHON = re.compile(r":\s.*\d.*\b20\d\d$")


def _with_minor_headings(blocks: list[Block]) -> Iterator[Block]:
    """The blocks, with a short line that ends as no sentence does as a heading of the lowest level, however it was set.

    Above a table it is a caption, and with a date after a colon it is a line of a colophon.
    """
    for block, after in zip(blocks, [*blocks[1:], None], strict=False):
        text = block.text
        short = (
            block.kind == "paragraph" and 2 < len(text) <= _LONGEST_MINOR and text[-1].isalnum() and text[0].isupper()
        ) and not _COLOPHON.search(text)
        above = after is not None and after.kind != "table"
        yield replace(block, kind="heading", level=_LOWEST) if short and above else block
