"""Documents of every form become the same blocks; nothing in them is run or fetched."""

import socket
import zipfile

import make
import pytest

from simulator.plan.documents import layout, reading, unruled
from simulator.plan.documents.blocks import Block, under_headings
from simulator.plan.documents.layout import Line

FORMS = ("docx", "odt", "html", "md", "pdf")
NUMBERED = "2.3 Wat elke school zelf doet"


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    folder = tmp_path_factory.mktemp("forms")
    paths = {form: make.make("po-2014-goed", folder, form)[0] for form in FORMS}
    return {form: reading.read_here(path) for form, path in paths.items()}


@pytest.mark.parametrize("form", FORMS)
def test_text_stands_under_its_headings(documents, form):
    block = next(one for one in documents[form].blocks if one.text.startswith("Onder basisondersteuning verstaan"))
    assert block.path[-2:] == ("2 Ondersteuning op en rond de school", NUMBERED)


@pytest.mark.parametrize("form", FORMS)
def test_tables_are_read_cell_by_cell(documents, form):
    rows = [one.rows for one in documents[form].blocks if one.rows and one.rows[0][0].startswith("Bedragen")]
    assert rows[0][1] == ("Lichte ondersteuning", "2.640", "2.655", "2.660", "2.668", "2.671")
    assert rows[0][3] == ("Verevening", "0", "0", "-190", "-475", "-855")


@pytest.mark.parametrize("form", ["odt", "html", "md", "pdf"])
def test_every_form_holds_the_words_of_the_word_file(documents, form):
    def words(document):
        return "".join("".join(one.words.split()) for one in document.blocks if one.kind != "table").replace("-", "")

    theirs, ours = words(documents[form]), words(documents["docx"])
    assert abs(len(theirs) - len(ours)) < 0.005 * len(ours)


def test_a_pdf_knows_its_pages(documents):
    pdf = documents["pdf"]
    assert pdf.pages == 14
    assert [one.page for one in pdf.blocks] == sorted(one.page for one in pdf.blocks)
    assert next(one.page for one in pdf.blocks if one.text == NUMBERED) == 6


def test_running_heads_page_numbers_and_broken_words_are_gone(documents):
    texts = [one.text for one in documents["pdf"].blocks]
    assert not any(text == "po-2014-goed-ondersteuningsplan" or text.isdigit() for text in texts)
    assert any("Het bureau houdt van elk besluit een volgnummer bij." in text for text in texts)


def test_bold_lines_of_a_plan_without_styles_are_headings(made):
    for name in ("po-2022-rommelig-plan.docx", "po-2022-rommelig-plan.pdf"):
        headings = [one.text for one in reading.read_here(made / name).blocks if one.kind == "heading"]
        assert [one for one in headings if one in ("TLV", "THUISZITTERS", "GELD")] == ["TLV", "THUISZITTERS", "GELD"]


def test_inserted_text_counts_and_deleted_text_does_not(tmp_path):
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    run = "<w:r><w:t>{}</w:t></w:r>"
    inserted, deleted = run.format("weken"), "<w:r><w:delText>maanden</w:delText></w:r>"
    body = f"<w:p>{run.format('Zes ')}<w:ins>{inserted}</w:ins><w:del>{deleted}</w:del></w:p>"
    path = word_file(tmp_path, f'<w:document xmlns:w="{w}"><w:body>{body}</w:body></w:document>')
    assert [one.text for one in reading.read_here(path).blocks] == ["Zes weken"]


def word_file(folder, xml, **others):
    path = folder / "plan.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", xml)
        for name, content in others.items():
            packed.writestr(name, content)
    return path


def test_nothing_in_a_page_is_run_or_fetched(tmp_path, monkeypatch):
    def refuse(*_):
        raise AssertionError("a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    path = tmp_path / "plan.html"
    path.write_text(
        "<html><head><link rel=stylesheet href='http://127.0.0.1:9/x.css'></head><body><nav>Menu</nav>"
        "<script>document.write('uitgevoerd')</script><img src='http://127.0.0.1:9/x.png'>"
        "<p>De termijn is <b>zes</b> weken.</p><iframe src='http://127.0.0.1:9/'>weg</iframe></body></html>",
        "utf-8",
    )
    assert [one.text for one in reading.read_here(path).blocks] == ["De termijn is zes weken."]


def test_a_short_line_is_a_heading_and_a_caption_is_none():
    lines = [Block("paragraph", text) for text in ("Woordenlijst", "Dit is een zin.", "Cijfers")]
    kinds = [one.kind for one in under_headings([*lines, Block("table", rows=(("a", "b"),))])]
    assert kinds == ["heading", "paragraph", "paragraph", "table"]


def test_latin_text_and_markdown(tmp_path):
    path = tmp_path / "plan.md"
    path.write_bytes("# Kop\n\nEén *gemeente*\nper [kern](http://x).\n\n- een punt\n- nog een\n".encode("cp1252"))
    assert [(one.kind, one.text) for one in reading.read_here(path).blocks] == [
        ("heading", "Kop"),
        ("paragraph", "Eén gemeente per kern."),
        ("item", "een punt"),
        ("item", "nog een"),
    ]


def test_a_list_of_a_page_is_a_list_with_paragraphs_inside_too(tmp_path):
    path = tmp_path / "plan.html"
    path.write_text("<body><ul><li><p>een</p></li><li>twee <em>drie</em></li></ul><p>vier</p></body>", "utf-8")
    assert [(one.kind, one.text) for one in reading.read_here(path).blocks if one.kind != "heading"] == [
        ("item", "een"),
        ("item", "twee drie"),
        ("paragraph", "vier"),
    ]


def test_amounts_per_year_without_lines_around_them_are_a_table():
    def line(place, text):
        return Line(text, 1, 50.0, 500.0, 20.0 * place, 20.0 * place + 11, 11.0, False)

    texts = ["De begroting:", "x 1.000 2023 2024 2025", "Lichte ondersteuning 1.200 1.210 1.220", "Bovenschoolse",
             "arrangementen -300 - 310,5", "Na 2025 zien wij verder in 2026 en 2027 dan 2028.", "Slot 1 2 3"]  # fmt: skip
    found = unruled.tables([line(number, text) for number, text in enumerate(texts)], [])
    assert [one.rows for one in found] == [
        (
            ("x 1.000", "2023", "2024", "2025"),
            ("Lichte ondersteuning", "1.200", "1.210", "1.220"),
            ("Bovenschoolse arrangementen", "-300", "-", "310,5"),
        )
    ]
    assert (found[0].top, found[0].bottom) == (20.0, 91.0)


def test_text_boxes_once_tables_of_contents_not_and_wide_cells_keep_their_columns(tmp_path):
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    text = "<w:r><w:t>{}</w:t></w:r>".format
    twice = f"<mc:Choice>{text('kader')}</mc:Choice><mc:Fallback>{text('kader')}</mc:Fallback>"
    box = f"<mc:AlternateContent>{twice}</mc:AlternateContent>"
    toc = f"<w:p><w:pPr><w:pStyle w:val='Inhopg1'/></w:pPr>{text('Toelating 12')}</w:p>"
    wide = f"<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p>{text('breed')}</w:p></w:tc>"
    cell = f"<w:tc><w:p>{text('smal')}</w:p></w:tc>"
    table = f"<w:tbl><w:tr>{wide}{cell}</w:tr><w:tr>{cell * 3}</w:tr></w:tbl>"
    style = "<w:style w:styleId='Inhopg1'><w:name w:val='toc 1'/></w:style>"
    document = f"<w:document xmlns:w='{w}' xmlns:mc='{mc}'><w:body>{toc}<w:p>{box}</w:p>{table}</w:body></w:document>"
    path = word_file(tmp_path, document, **{"word/styles.xml": f"<w:styles xmlns:w='{w}'>{style}</w:styles>"})
    blocks = reading.read_here(path).blocks
    assert [one.text for one in blocks] == ["kader", ""]
    assert blocks[1].rows == (("breed", "", "smal"), ("smal", "smal", "smal"))


def test_lines_of_a_table_of_contents_are_left_out():
    def line(text, place):
        return Line(text, 1, 50.0, 500.0, place, place + 11.0, 11.0, False)

    lines = [line("3.2 De stappen ........ 12", 10.0), line("Wij beslissen binnen zes weken.", 30.0)]
    assert [one.text for one in layout.without_running_heads(lines, 1)] == ["Wij beslissen binnen zes weken."]
