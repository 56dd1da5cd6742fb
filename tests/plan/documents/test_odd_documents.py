"""Documents as programs really write them: tracked changes, content controls, forms, other letters, turned pages."""

import zipfile

import pypdf
import pytest
import typst

from simulator.base.errors import InputError
from simulator.base.language import say
from simulator.plan.documents import reading

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def blocks(path):
    return [(one.kind, one.text or one.rows) for one in reading.read_here(path).blocks]


def texts(path):
    return [text for _, text in blocks(path)]


@pytest.fixture
def word(tmp_path):
    """Writes a Word file of a body; `p(text)` in it is a paragraph."""

    def made(body, space=_MAIN, **parts):
        path = tmp_path / "plan.docx"
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("word/document.xml", f"<w:document xmlns:w='{space}'><w:body>{body}</w:body></w:document>")
            for name, content in parts.items():
                packed.writestr(f"word/{name}.xml", f"<w:x xmlns:w='{space}'>{content}</w:x>")
        return path

    return made


def r(text, more=""):
    return f"<w:r>{more}<w:t xml:space='preserve'>{text}</w:t></w:r>"


def p(text):
    return f"<w:p>{r(text)}</w:p>"


def test_cells_and_rows_in_content_controls_are_in_the_table(word):
    def cell(text):
        return f"<w:tc>{p(text)}</w:tc>"

    def control(inside):
        return f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    first, second = cell("a") + control(cell("b")), control(f"<w:tr>{cell('c')}{cell('d')}</w:tr>")
    table = f"<w:tbl><w:tr>{first}</w:tr>{second}</w:tbl>"
    assert blocks(word(table)) == [("table", (("a", "b"), ("c", "d")))]


def test_a_strict_word_file_says_the_same(word):
    assert texts(word(p("tekst"), "http://purl.oclc.org/ooxml/wordprocessingml/main")) == ["tekst"]


def test_moved_text_stands_where_it_went(word):
    moved = r("zes weken")
    body = f"<w:p><w:moveFrom>{moved}</w:moveFrom>{r('rest.')}</w:p><w:p><w:moveTo>{moved}</w:moveTo></w:p>"
    assert texts(word(body)) == ["rest.", "zes weken"]


def test_hidden_text_is_not_read(word):
    hidden, shown = "<w:rPr><w:vanish/></w:rPr>", "<w:rPr><w:vanish w:val='0'/></w:rPr>"
    body = f"<w:p>{r('geheim', hidden)}{r('gewoon.', shown)}</w:p>"
    assert texts(word(body)) == ["gewoon."]


def test_marks_of_other_programs_hide_nothing(word):
    assert texts(word(f"<w:customXml><w:smartTag>{p('tekst.')}</w:smartTag></w:customXml>")) == ["tekst."]


def test_a_text_box_does_not_break_the_sentence_it_hangs_on(word):
    box = f"<w:r><w:pict><w:txbxContent>{p('Het kader.')}</w:txbxContent></w:pict></w:r>"
    assert texts(word(f"<w:p>{r('Voor ')}{box}{r('en na.')}</w:p>")) == ["Voor en na.", "Het kader."]


def test_comments_and_notes_are_not_the_text(word):
    body = f"<w:p>{r('De zin')}<w:r><w:footnoteReference w:id='2'/></w:r>{r('.')}</w:p>"
    assert texts(word(body, comments=p("opmerking"), footnotes=p("noot"))) == ["De zin."]


def test_a_document_without_text_is_called_empty(word):
    with pytest.raises(InputError) as caught:
        reading.read_here(word(""))
    assert caught.value.problems[0].message == say("document.empty")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<form id='aspnetForm'><p>Een.</p><select><option>x</option></select><button>ok</button></form>", ["Een."]),
        ("<table><tr><td><h1>Kop</h1><p>Een.</p></td></tr></table>", ["Kop", "Een."]),
        (
            "<table><tr><td>Een.</td><td><table><tr><td>1</td><td>2</td></tr></table></td></tr></table>",
            ["Een.", (("1", "2"),)],
        ),
        ("<object>weg</object><p onclick='x()'>Een.</p><video>weg</video>", ["Een."]),
    ],
)
def test_what_stands_around_a_page(tmp_path, content, found):
    path = tmp_path / "plan.html"
    path.write_text(f"<html><body>{content}</body></html>", "utf-8")
    assert texts(path) == found


def test_of_a_table_without_end_a_page_wide_is_read(tmp_path):
    path = tmp_path / "plan.html"
    path.write_text(f"<p>Een.</p><table><tr>{'<td>1</td>' * 5_000}</tr></table>", "utf-8")
    assert texts(path) == ["Een.", (("1",) * 100,)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("name", ["plan.html", "plan.md"])
def test_letters_are_what_they_were_meant_to_be(tmp_path, encoding, name):
    text = "Eén gemeente, 5 €."
    path = tmp_path / name
    path.write_bytes((f"<html><body><p>{text}</p></body></html>" if name.endswith("html") else text).encode(encoding))
    assert texts(path) == [text]


def test_a_page_says_itself_in_which_letters_it_is(tmp_path):
    path = tmp_path / "plan.html"
    path.write_bytes(
        "<html><head><meta charset='iso-8859-15'></head><body><p>5 €.</p></body></html>".encode("iso-8859-15")
    )
    assert texts(path) == ["5 €."]


MARKDOWN = """---
title: Plan
author: iemand
---

Titel
=====

Onder
-----
Tekst met <b>nadruk</b>
over twee regels.

<!-- een
opmerking -->

Post | 2024
---|---
Licht | 10

| Zwaar | 20 |
|:--|--:|

---

```
code
```
1. een
2. twee
"""


def test_markdown_as_people_write_it(tmp_path):
    path = tmp_path / "plan.md"
    path.write_text(MARKDOWN, "utf-8")
    assert blocks(path) == [
        ("heading", "Titel"),
        ("heading", "Onder"),
        ("paragraph", "Tekst met nadruk over twee regels."),
        ("table", (("Post", "2024"), ("Licht", "10"))),
        ("table", (("Zwaar", "20"),)),
        ("paragraph", "code"),
        ("item", "een"),
        ("item", "twee"),
    ]


def test_a_text_may_begin_as_an_archive_or_speak_of_pdf(tmp_path):
    for name, text in (("a.md", "PK is de afkorting."), ("b.md", "Zie %PDF-1.7 voor de vorm.")):
        (tmp_path / name).write_text(text, "utf-8")
        assert texts(tmp_path / name) == [text]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A page of a PDF with a heading, text and a table."""
    folder = tmp_path_factory.mktemp("pdf")
    words = " ".join(f"Zin {number} van het plan zegt iets over de termijn." for number in range(1, 12))
    (folder / "a.typ").write_text(
        f"= Kop een\n{words}\n\n#table(columns: 2, [Post], [2024], [Licht], [10])\n\n= Kop twee\n{words}\n"
    )
    typst.compile(folder / "a.typ", output=folder / "a.pdf")
    return folder / "a.pdf"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_on_its_side_reads_as_it_was_written(page, tmp_path, turn):
    writer = pypdf.PdfWriter(clone_from=page)
    writer.pages[0].rotate(turn)
    writer.write(tmp_path / "liggend.pdf")
    assert blocks(tmp_path / "liggend.pdf") == blocks(page)


@pytest.mark.parametrize("turn", [90, 270])
def test_a_table_that_lies_on_its_side_is_read_by_its_lines(tmp_path, turn):
    cells = "[Post], [2024], [2025], [Lichte ondersteuning voor de scholen], [10], [20], [Zwaar], [30], [40]"
    table = f"#rotate({turn}deg, reflow: true, block(width: 12cm)[#table(columns: 3, {cells})])"
    (tmp_path / "a.typ").write_text(f"Tekst van het plan.\n#pagebreak()\n{table}\n#lorem(5)\n")
    typst.compile(tmp_path / "a.typ", output=tmp_path / "a.pdf")
    rows = (("Post", "2024", "2025"), ("Lichte ondersteuning voor de scholen", "10", "20"), ("Zwaar", "30", "40"))
    assert ("table", rows) in blocks(tmp_path / "a.pdf")


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_for_showing_reads_as_it_is_shown(page, tmp_path, turn):
    source = pypdf.PdfReader(page).pages[0]
    width, height = float(source.mediabox.width), float(source.mediabox.height)
    lies = {90: (height, 0), 180: (width, height), 270: (0, width)}[turn]
    writer = pypdf.PdfWriter()
    target = writer.add_blank_page(*((width, height) if turn == 180 else (height, width)))
    target.merge_transformed_page(source, pypdf.Transformation().rotate(turn).translate(*lies))
    target.rotate(turn)
    writer.write(tmp_path / "gedraaid.pdf")
    assert blocks(tmp_path / "gedraaid.pdf") == blocks(page)


_OF_BOARDS = (
    ("Schoolbestuur", "Aantal scholen", "Plaats"),
    ("Stichting Katholiek Onderwijs Midden-Holland en de Rijnstreek en omgeving", "12", "Gouda"),
    ("Stichting De Groeiling", "24", "Gouda en Waddinxveen met alle kernen eromheen"),
    ("Vereniging voor Christelijk Onderwijs", "7", "Alphen aan den Rijn"),
)
_OF_TALKS = (
    ("Gemeente", "OOGO gevoerd op", "Uitkomst"),
    ("Gouda", "20 januari 2026", "overeenstemming"),
    ("Waddinxveen", "22 januari 2026", ""),
    ("Zuidplas", "n.n.b.", "wordt in het voorjaar van 2026 gevoerd, samen met die van Gouda en van andere gemeenten"),
)
_OF_GOALS = (
    ("Indicator", "Nulmeting 2025", "Streefwaarde 2029"),
    ("Leerlingen die langer dan drie maanden thuis zitten zonder onderwijs", "24", "10"),
    ("Deelname aan het speciaal onderwijs", "2,9%", "2,5%"),
)


@pytest.mark.parametrize("columns", ["2fr, 1fr, 1fr", "3"])
@pytest.mark.parametrize(
    "look", ["stroke: none", "stroke: (x, y) => (bottom: 0.5pt)", "stroke: none, align: (left, right, left)"]
)
def test_a_table_without_lines_is_read_by_the_white_between_its_columns(tmp_path, columns, look):
    words = "Het samenwerkingsverband werkt met besturen en gemeenten samen aan een dekkend netwerk. " * 3
    pieces = ["#set page(margin: 2.5cm)", "#set par(justify: true)"]
    for rows in (_OF_BOARDS, _OF_TALKS, _OF_GOALS):
        cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
        pieces += [
            f"= Over {rows[0][0]}",
            words,
            f"#table(columns: ({columns},), {look}, {cells})".replace("(3,)", "3"),
        ]
    (tmp_path / "a.typ").write_text("\n\n".join([*pieces, "= Slot", words]))
    typst.compile(tmp_path / "a.typ", output=tmp_path / "a.pdf")
    read = blocks(tmp_path / "a.pdf")
    assert [what for kind, what in read if kind == "table"] == [_OF_BOARDS, _OF_TALKS, _OF_GOALS]
    assert [what for kind, what in read if kind == "heading"][-1] == "Slot"


def test_headings_beside_each_other_over_two_columns_of_text_are_no_table(tmp_path):
    words = " ".join(f"Zin {number} van het plan zegt iets over de termijn." for number in range(1, 30))
    page = "#set page(height: 12cm, columns: 2)\n= Gemeente\n{0}\n#colbreak()\n= Bestuur\n{0}\n"
    (tmp_path / "a.typ").write_text(page.format(words))
    typst.compile(tmp_path / "a.typ", output=tmp_path / "a.pdf")
    assert not [what for kind, what in blocks(tmp_path / "a.pdf") if kind == "table"]


def test_two_columns_are_read_one_after_the_other(tmp_path):
    words = " ".join(f"Zin {number} van het plan zegt iets over de termijn." for number in range(1, 40))
    (tmp_path / "a.typ").write_text(f"#set page(columns: 2)\n= Kop een\n{words}\n\n= Kop twee\n{words}\n")
    typst.compile(tmp_path / "a.typ", output=tmp_path / "a.pdf")
    assert texts(tmp_path / "a.pdf") == ["Kop een", words, "Kop twee", words]


def test_a_pdf_without_text_or_pictures_is_called_empty(tmp_path):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(tmp_path / "leeg.pdf")
    with pytest.raises(InputError) as caught:
        reading.read_here(tmp_path / "leeg.pdf")
    assert caught.value.problems[0].message == say("document.empty")


def test_a_pdf_that_only_may_not_be_printed_is_read(page, tmp_path):
    writer = pypdf.PdfWriter(clone_from=page)
    writer.encrypt("", "eigenaar", algorithm="RC4-128")
    writer.write(tmp_path / "alleen-lezen.pdf")
    assert blocks(tmp_path / "alleen-lezen.pdf") == blocks(page)
