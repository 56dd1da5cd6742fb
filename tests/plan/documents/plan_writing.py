"""Writing an invented plan as Word, PDF, web page, OpenDocument text and Markdown."""

from __future__ import annotations

import io
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from plan_sources import Piece

_MESSY = "rommelig"
"""The style of a plan without heading styles: headings are bold paragraphs."""


def docx(pieces: list[Piece], style: str, path: Path) -> None:
    """A Word file; in the messy style without headings that Word knows as such."""
    import docx as word

    document = word.Document()
    styles = {"item": "List Bullet", "number": "List Number"}
    for piece in pieces:
        if piece.kind == "heading" and style == _MESSY:
            document.add_paragraph().add_run(piece.text).bold = True
        elif piece.kind == "heading":
            document.add_heading(piece.text, piece.level)
        elif piece.kind == "table":
            table = document.add_table(0, len(piece.rows[0]), style="Table Grid")
            for row in piece.rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        else:
            document.add_paragraph(piece.text, styles.get(piece.kind))
    document.save(str(path))


def markdown(pieces: list[Piece]) -> str:
    """A Markdown file."""
    lines: list[str] = []
    for piece in pieces:
        if piece.kind == "table":
            head, *rows = ["| " + " | ".join(row) + " |" for row in piece.rows]
            lines += [head, "|" + " --- |" * len(piece.rows[0]), *rows, ""]
        else:
            before = {"heading": "#" * piece.level + " ", "item": "- ", "number": "1. "}.get(piece.kind, "")
            lines += [before + piece.text, ""]
    return "\n".join(lines)


def html(pieces: list[Piece]) -> str:
    """A web page, as a site of an swv has it: with a menu and a footer around the text."""
    body = []
    for piece in pieces:
        if piece.kind == "table":
            rows = "".join("<tr>" + "".join(f"<td>{escape(one)}</td>" for one in row) + "</tr>" for row in piece.rows)
            body.append(f"<table>{rows}</table>")
        else:
            tag = {"heading": f"h{piece.level}", "item": "li", "number": "li"}.get(piece.kind, "p")
            body.append(f"<{tag}>{escape(piece.text)}</{tag}>")
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/toelaatbaarheid'>Toelaatbaarheid</a></li></ul></nav>"
    script = "<script>document.title = 'uitgevoerd'</script>"
    return f"<!doctype html><html lang=nl><body>{menu}{script}{''.join(body)}<footer>Contact</footer></body></html>"


def odt(pieces: list[Piece], path: Path) -> None:
    """An OpenDocument text."""
    from odf.opendocument import OpenDocumentText
    from odf.table import Table, TableCell, TableRow
    from odf.text import H, P

    document = OpenDocumentText()
    for piece in pieces:
        if piece.kind == "table":
            table = Table()
            for row in piece.rows:
                line = TableRow()
                for text in row:
                    cell = TableCell()
                    cell.addElement(P(text=text))
                    line.addElement(cell)
                table.addElement(line)
            document.text.addElement(table)
        elif piece.kind == "heading":
            document.text.addElement(H(outlinelevel=piece.level, text=piece.text))
        else:
            document.text.addElement(P(text=piece.text))
    document.save(str(path))


_LOOKS = {
    "boek": '#set text(font: "Libertinus Serif", size: 11pt)\n#set par(leading: 0.95em, justify: true)\n'
    "#show heading.where(level: 1): it => { pagebreak(weak: true); it }\n",
    "brochure": '#set text(font: "New Computer Modern", size: 11.5pt)\n#set par(leading: 1.2em)\n',
    "rapport": '#set text(font: "Libertinus Serif", size: 11.5pt, hyphenate: true)\n'
    "#set par(leading: 1.05em, justify: true)\n",
    _MESSY: '#set text(font: "DejaVu Sans Mono", size: 9.5pt)\n#set par(leading: 1.1em)\n',
}


def pdf(pieces: list[Piece], style: str, title: str, path: Path) -> None:
    """A PDF with running heads and page numbers; long words are broken at line ends in the style `rapport`."""
    import typst

    head = f'#set document(title: "{title}")\n#set page(margin: 3cm, header: [{_safe(title)}], numbering: "1")\n'
    text = head + '#set text(lang: "nl")\n' + _LOOKS[style] + "\n\n".join(_typst(piece, style) for piece in pieces)
    path.write_bytes(typst.compile(text.encode()))


def _typst(piece: Piece, style: str) -> str:
    if piece.kind == "table":
        cells = ", ".join(f"[{_safe(cell)}]" for row in piece.rows for cell in row)
        return f"#table(columns: {len(piece.rows[0])}, {cells})"
    if piece.kind == "heading" and style == _MESSY:
        return f"#strong[{_safe(piece.text)}]"
    before = {"heading": "=" * piece.level + " ", "item": "- ", "number": "+ "}.get(piece.kind, "")
    return before + _safe(piece.text)


def _safe(text: str) -> str:
    return "".join("\\" + one if one in "\\#*_`$<>@[]=-+/~'\"" else one for one in text)


def scanned(source: Path, path: Path) -> None:
    """A PDF of pictures of the pages of another, as a scanner makes it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(source)
    pages = [page.render(scale=0.6).to_pil().convert("L") for page in document]
    document.close()
    held = io.BytesIO()
    pages[0].save(held, "PDF", save_all=True, append_images=pages[1:])
    path.write_bytes(held.getvalue())
