"""A report as a small tree of blocks: built once from data, and written by templates in every format.

Nothing here knows of HTML, Word or PDF. Text stands in spans, so that a template decides how a status or an origin looks
and data can never become markup.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from simulator.base.bidi import closed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True)
class Span:
    """A piece of text.

    Attributes:
        kind: how it stands out: "", `strong`, `soft`, `quote`, `code`, `mark`, `status` or `origin`.
        of: of a status or origin its id, such as `not_met` or `drawn`.
        link: an address, or `#id` for a place in the report.
    """

    text: str
    kind: str = ""
    of: str = ""
    link: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", closed(self.text))


Text = tuple[Span, ...]


def text(*parts: str | Span | Text) -> Text:
    """Spans from strings, spans and texts; what is empty is left out."""
    found: list[Span] = []
    for part in parts:
        if isinstance(part, str):
            found.append(Span(part))
        elif isinstance(part, Span):
            found.append(part)
        else:
            found += part
    return tuple(span for span in found if span.text)


def coded(words: str) -> Text:
    """Words in which what stands between backticks is code."""
    return text(*(Span(part, "code" if number % 2 else "") for number, part in enumerate(words.split("`"))))


def plain(spans: Text) -> str:
    """The words alone."""
    return "".join(span.text for span in spans)


def joined(parts: Iterable[Text], separator: str = ", ") -> Text:
    """Texts one after the other with something between them."""
    found: list[Span] = []
    for number, part in enumerate(parts):
        found += [Span(separator), *part] if number else part
    return tuple(found)


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 (chapter), 3 or 4; `number` such as `2.1`, or "" for none."""

    type: ClassVar[str] = "heading"
    level: int
    text: Text
    id: str
    number: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    type: ClassVar[str] = "paragraph"
    text: Text


@dataclass(frozen=True)
class Bullets:
    """A list; numbered when the order matters; `data` are per item words by which a page can choose items."""

    type: ClassVar[str] = "bullets"
    items: tuple[Text, ...]
    ordered: bool = False
    data: tuple[tuple[tuple[str, str], ...], ...] = ()


@dataclass(frozen=True)
class Column:
    """A column of a table: its title, whether its cells are numbers (to the right), and its share of the width."""

    title: str
    right: bool = False
    width: float = 1.0


@dataclass(frozen=True)
class Row:
    """A row of a table; a `group` heads the rows below it; `data` are words by which a page can choose rows.

    A group of one cell spans the table.
    """

    cells: tuple[Text, ...]
    group: bool = False
    data: tuple[tuple[str, str], ...] = ()

    @property
    def spans(self) -> bool:
        """Whether its one cell is as wide as the table."""
        return self.group and len(self.cells) == 1


@dataclass(frozen=True)
class Table:
    """A table. The first cell of each row is its heading.

    Attributes:
        caption: what it shows; every table has one, for who hears the page.
        dense: whether it is for looking up, and may stand in small type.
        folded: whether a page may fold it away below its caption; other formats and paper show it.
        stacks: whether a phone shows a card per row, though its cells are numbers: all of them matter together.
        data: words by which a page can choose, of all its rows alike.
    """

    type: ClassVar[str] = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    dense: bool = False
    folded: bool = False
    stacks: bool = False
    data: tuple[tuple[str, str], ...] = ()

    @property
    def whole(self) -> bool:
        """Whether every row is short enough to stay on one page."""
        return all(len(plain(cell)) <= _SHORT for row in self.rows for cell in row.cells)


_SHORT = 600
"""Letters of the longest cell of a row that fits on a page, also in the narrowest of columns."""


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG, with its size in pixels and what it shows in words."""

    svg: str
    width: float
    height: float
    alt: str


@dataclass(frozen=True)
class Figure:
    """A picture with its caption.

    Attributes:
        data: its figures as a table, where these stand nowhere else.
        others: the same picture of parts, by name, from which a page can choose; documents show the whole alone.
            Those that differ in their series alone may be bare: a page draws the rest as in the whole.
        whole: what the picture is called among these; "" for the whole.
    """

    type: ClassVar[str] = "figure"
    picture: Picture
    caption: str
    data: Table | None = None
    others: tuple[tuple[str, Picture], ...] = ()
    whole: str = ""


@dataclass(frozen=True)
class Note:
    """A box of text: `info`, `warn` or `honest`."""

    type: ClassVar[str] = "note"
    tone: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def whole(self) -> bool:
        """Whether it is so short that it stays on one page."""
        lines = [line for block in self.blocks for line in _lines(block)]
        return len(lines) <= _FEW and sum(len(plain(line)) for line in lines) <= _BOX


_FEW, _BOX = 12, 1500
"""Lines and letters of a box that fits on a page with room to spare."""


def _lines(block: Block) -> tuple[Text, ...]:
    """The lines of a paragraph or list; more than any box holds of what is larger."""
    if isinstance(block, Paragraph):
        return (block.text,)
    return block.items if isinstance(block, Bullets) else ((),) * (_FEW + 1)


@dataclass(frozen=True)
class Finding:
    """One thing that was found: a heading of level 3 or 4, and below it judgement, practice and what follows."""

    type: ClassVar[str] = "finding"
    id: str
    title: Text
    blocks: tuple[Block, ...]
    level: int = 4


@dataclass(frozen=True)
class Folded:
    """Much detail that a page may fold away; other formats show it in full."""

    type: ClassVar[str] = "folded"
    title: str
    blocks: tuple[Block, ...]
    id: str = ""


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page, where there are pages."""

    type: ClassVar[str] = "break"


Block = Heading | Paragraph | Bullets | Table | Figure | Note | Finding | Folded | PageBreak


@dataclass(frozen=True)
class Document:
    """A whole report.

    Attributes:
        kind: such as `bevindingen`; its own templates go before those of all documents.
        lang: language of the text.
        kicker, title, subtitle: on the cover.
        cover: label and text of each line on the cover.
        lead: the outcome in one or two sentences.
        blocks: the body.
        made: the line that says what it was made with.
        dated: the date that a file carries, `yyyy-mm-dd`: of the inputs, or that of `--date`.
        told: what `--json` says of it.
        extra: data for the templates of one kind.
    """

    kind: str
    lang: str
    kicker: str
    title: str
    subtitle: str
    cover: tuple[tuple[str, Text], ...]
    lead: tuple[Block, ...]
    blocks: tuple[Block, ...]
    made: str
    dated: str
    told: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def contents(self) -> list[Heading]:
        """The headings of chapters and their parts, in order."""
        return [block for block in self.blocks if isinstance(block, Heading) and block.level <= 3]

    def figures(self) -> Iterator[Figure]:
        """Every figure, in order."""
        yield from _figures((*self.lead, *self.blocks))


def _figures(blocks: Iterable[Block]) -> Iterator[Figure]:
    for block in blocks:
        if isinstance(block, Figure):
            yield block
        elif isinstance(block, Note | Finding | Folded):
            yield from _figures(block.blocks)


class Chapters:
    """Gives headings their numbers and ids, in the order in which they are asked for."""

    def __init__(self) -> None:
        self._counts = [0, 0]

    def chapter(self, title: str, name: str) -> Heading:
        """A numbered chapter."""
        self._counts = [self._counts[0] + 1, 0]
        return Heading(2, text(title), name, str(self._counts[0]))

    def part(self, title: str, name: str) -> Heading:
        """A numbered part of the chapter."""
        self._counts[1] += 1
        return Heading(3, text(title), name, f"{self._counts[0]}.{self._counts[1]}")

    @staticmethod
    def plain(title: str, name: str, level: int = 2) -> Heading:
        """A heading without a number."""
        return Heading(level, text(title), name)
