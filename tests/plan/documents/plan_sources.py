"""The invented plans: their texts with, behind each sentence that answers a question, which one and how.

A source is a header (`name: value`), then one or more documents (`=== name`). A document is lines: `# heading`,
`- item`, `1. item`, `| cell | cell |`, `@filler ...`, and paragraphs. `{{PLAN-c.term=concrete}}` stands behind the sentence
(or under the table) that answers that question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

SOURCES = Path(__file__).parent / "sources"
_MARK = re.compile(r"\{\{(.*?)\}\}")
_SENTENCE = re.compile(r"(?<=[^\d][.!?])\s+(?=[A-ZÉ])")


@dataclass
class Piece:
    """A block of a document: `heading`, `paragraph`, `item`, `number` or `table` (then with rows)."""

    kind: str
    text: str = ""
    level: int = 0
    rows: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class Mark:
    """A place where a question is answered.

    Attributes:
        sentence: the words that distinguish it; of a table its cells, one after the other.
        labels: `procedure`, `criteria`, `intended`, `achieved`, and one of `concrete`, `general`, `deferring`.
    """

    question: str
    document: str
    section: str
    sentence: str
    labels: tuple[str, ...]


@dataclass
class Source:
    """A plan: its header, its documents by name, and its key."""

    name: str
    header: dict[str, Any]
    documents: dict[str, list[Piece]] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)


def names() -> list[str]:
    """All plans."""
    return sorted(path.stem for path in SOURCES.glob("*.md"))


def read(name: str) -> Source:
    """One plan from its file, without what the filler adds."""
    header, *documents = re.split(r"^=== (.+)$", (SOURCES / f"{name}.md").read_text("utf-8"), flags=re.MULTILINE)
    source = Source(name, yaml.safe_load(header))
    for title, text in zip(documents[::2], documents[1::2], strict=True):
        source.documents[title] = _pieces(text, title, source.marks)
    return source


def _pieces(text: str, document: str, marks: list[Mark]) -> list[Piece]:
    pieces: list[Piece] = []
    section = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        piece = _piece(_MARK.sub("", line))
        if piece.kind == "heading":
            section = piece.text
        if piece.kind == "table" and pieces and pieces[-1].kind == "table":
            pieces[-1].rows += piece.rows
        elif piece.text or piece.rows:
            pieces.append(piece)
        marks += _marks(line, document, section, pieces[-1])
    return pieces


def _piece(line: str) -> Piece:
    if found := re.match(r"(#+) (.*)", line):
        return Piece("heading", found[2], len(found[1]))
    if line.startswith("- "):
        return Piece("item", line[2:])
    if found := re.match(r"\d+\. (.*)", line):
        return Piece("number", found[1])
    if line.startswith("|"):
        return Piece("table", rows=[[cell.strip() for cell in line.strip("|").split("|")]])
    return Piece("filler" if line.startswith("@") else "paragraph", line)


def _marks(line: str, document: str, section: str, piece: Piece) -> list[Mark]:
    found = []
    parts = _MARK.split(line)
    for before, mark in zip(parts[::2], parts[1::2], strict=False):
        sentence = _SENTENCE.split(before.strip())[-1].removeprefix("- ")
        if not sentence:  # under a table: all of it
            sentence = " ".join(cell for row in piece.rows for cell in row if cell)
        for one in mark.split():
            question, labels = one.split("=")
            found.append(Mark(question, document, section, re.sub(r"^\d+\. ", "", sentence), tuple(labels.split(","))))
    return found
