"""The institutional words that a report uses, each with what it is: Dutch words that stay Dutch in every language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulator.base.language import current, say, texts
from simulator.reports.blocks import (
    Block,
    Bullets,
    Chapters,
    Column,
    Figure,
    Finding,
    Folded,
    Heading,
    Note,
    Paragraph,
    Row,
    Table,
    plain,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TERMS = "wordlist_terms."


def blocks(told: Iterable[Block]) -> list[Block]:
    """The words that occur in some blocks as a table; nothing where there are none."""
    words = " ".join(_words(told)).lower()
    found = [line.split(": ", 1) for key, line in texts(current()).items() if key.startswith(_TERMS)]
    rows = [Row((text(term), text(meaning))) for term, meaning in sorted(found, key=_alphabet) if _occurs(term, words)]
    if not rows:
        return []
    columns = (Column(say("wordlist.term"), width=1), Column(say("wordlist.meaning"), width=3))
    return [
        Chapters.plain(say("wordlist.title"), "begrippen", 3),
        Table(say("wordlist.title"), columns, tuple(rows), dense=True, folded=True),
    ]


def _alphabet(line: list[str]) -> str:
    return line[0].lower().lstrip("(")


def _occurs(term: str, words: str) -> bool:
    """Whether a word or its plural stands there by itself."""
    return re.search(rf"(?<!\w){re.escape(term.lower())}(en|n|s)?(?!\w)", words) is not None


def _words(told: Iterable[Block]) -> Iterator[str]:
    for block in told:
        if isinstance(block, Heading | Paragraph):
            yield plain(block.text)
        elif isinstance(block, Bullets):
            yield from map(plain, block.items)
        elif isinstance(block, Table):
            yield block.caption
            yield from (column.title for column in block.columns)
            yield from (plain(cell) for row in block.rows for cell in row.cells)
        elif isinstance(block, Figure):
            yield f"{block.caption} {block.picture.alt}"
        elif isinstance(block, Note | Finding | Folded):
            yield from _words(block.blocks)
