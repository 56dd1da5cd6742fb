"""Cutting documents into passages: a paragraph, a list with its lead-in, or a table with its caption."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulator.plan.documents.blocks import Block, Document

_MOST_ROWS = 25
"""Rows of a table from which on it is a register (of schools, of terms), of which only the beginning is looked at."""
_LONGEST = 1_400
_LONGEST_CAPTION = 220
_SHORT = (
    "o.a",
    "i.o.m",
    "d.d",
    "nr",
    "art",
    "ca",
    "bijv",
    "min",
    "max",
    "mevr",
    "dhr",
    "incl",
    "excl",
    "resp",
    "jl",
    "nl",
    "evt",
    *("jan", "feb", "mrt", "apr", "jun", "jul", "aug", "sep", "sept", "okt", "nov", "dec"),
)
_ABBREVIATED = r"(?<!\b[a-zA-Z\d]\.)(?<!\b\d\d\.)" + "".join(rf"(?<!\b{re.escape(one)}\.)" for one in _SHORT)
_SENTENCE = re.compile(
    rf"{_ABBREVIATED}(?<=[.!?])[\"'\u201d\u2019)]*\s+(?=[\"'\u201c\u2018(]?[A-ZÀ-Ý0-9])|(?<=\w\?)\s+"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """What is found or not found as a whole.

    Attributes:
        number: its place in the bundle.
        document, page: where it begins; page 0 where the form has none.
        path: the headings above it.
        kind: `text`, `list` or `table`.
        sentences: its sentences; of a list the lead-in and the items, of a table the caption and the rows.
        blocks: the numbers of the blocks of the document that it is made of.
        rows: of a table, its cells.
    """

    number: int
    document: str
    page: int
    path: tuple[str, ...]
    kind: str
    sentences: tuple[str, ...]
    blocks: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...] = field(default=())

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(self.sentences)

    @property
    def section(self) -> str:
        """The heading right above it."""
        return self.path[-1] if self.path else ""


def cut(documents: Iterable[Document]) -> list[Passage]:
    """All passages of a bundle, in order."""
    found: list[Passage] = []
    for document in documents:
        for kind, parts, rows in _groups(document.blocks):
            first = parts[0][1]
            for sentences in _sized(_sentences([block for _, block in parts])):
                found.append(
                    Passage(
                        len(found),
                        document.name,
                        first.page,
                        first.path,
                        kind,
                        tuple(sentences),
                        tuple(number for number, _ in parts),
                        rows,
                    )
                )
    return found


def _groups(blocks: Iterable[Block]) -> Iterator[tuple[str, list[tuple[int, Block]], tuple[tuple[str, ...], ...]]]:
    """Blocks that belong together: a list with what leads it in, a table with its caption."""
    held: list[tuple[int, Block]] = []
    for number, block in enumerate(blocks):
        if block.kind == "item" and held and (held[-1][1].kind == "item" or _leads_in(held[-1][1])):
            held.append((number, block))
            continue
        if block.kind == "table":
            caption = [held.pop()] if held and len(held) == 1 and _captions(held[0][1]) else []
            if held:
                yield _kind(held), held, ()
            held = []
            yield "table", [*caption, (number, block)], block.rows
            continue
        if held:
            yield _kind(held), held, ()
            held = []
        if block.kind != "heading":
            held = [(number, block)]
    if held:
        yield _kind(held), held, ()


def _kind(held: list[tuple[int, Block]]) -> str:
    return "list" if len(held) > 1 or held[0][1].kind == "item" else "text"


def _leads_in(block: Block) -> bool:
    return block.kind == "paragraph" and block.text.rstrip().endswith(":")


def _captions(block: Block) -> bool:
    text = block.text
    return (
        block.kind == "paragraph"
        and len(text) <= _LONGEST_CAPTION
        and (text[-1] in ":." or text[:5] == "Tabel" or len(text) < 60)
    )


def _sentences(blocks: list[Block]) -> list[str]:
    sentences: list[str] = []
    for block in blocks:
        if block.kind == "table":
            rows = block.rows if len(block.rows) <= _MOST_ROWS else block.rows[:4]
            sentences += [" | ".join(cell for cell in row if cell) for row in rows]
        else:
            sentences += split(block.text)
    return [one for one in sentences if one.strip()]


def split(text: str) -> list[str]:
    """The sentences of a text."""
    return [one.strip() for one in _SENTENCE.split(text) if one and one.strip()]


def _sized(sentences: list[str]) -> Iterator[list[str]]:
    """The sentences in runs that are not too long to read."""
    held: list[str] = []
    for sentence in sentences:
        if held and sum(map(len, held)) + len(sentence) > _LONGEST:
            yield held
            held = []
        held.append(sentence)
    if held:
        yield held
