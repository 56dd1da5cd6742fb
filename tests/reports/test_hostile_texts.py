"""Text from outside comes out as text in every format: never as markup, code or template, whatever it holds."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from simulator.base import language
from simulator.plan import checking
from simulator.reports import formats, kinds
from simulator.reports.blocks import (
    Bullets,
    Column,
    Document,
    Figure,
    Finding,
    Folded,
    Heading,
    Note,
    Paragraph,
    Row,
    Span,
    Table,
    text,
)
from simulator.reports.pictures.canvas import Canvas
from simulator.reports.source import Asked, Scope, Source
from tests.reports.conftest import KINDS, Page, plan_file, words

HOSTILE = {
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{{ 7*7 }} {% for x in y %}{{ document.title }}{% endfor %} {# weg #}",
    "quotes": '"dubbel" \'enkel\' `schuin` \\ & &amp; $x$ #let #eval("1") @a *b* _c_ [d](e) <f@g.h> ~i~ |j|',
    "typst": '"; #panic("x") #read("/etc/passwd") "',
    "markdown": "# kop",
    "number": "1. eerst",
    "rtl": "مرحبا بالعالم שלום \u202eomgekeerd\u202c",
    "long": "a" * 10_000,
    "emoji": "😀 👩‍👩‍👧 🇳🇱",
    "control": "voor\u0000\u0007na\u2028regel",
}
HYPHENS = {ord(sign): None for sign in "-\u00ad"}
"""Words are broken over lines with them."""
SPANS = ("", "strong", "soft", "quote", "mark", "status", "origin", "id")


def document(word):
    """A document with a text in every place that a document has."""
    line = text(*(Span(word, kind, "met") for kind in SPANS), Span(word, link="#plek"))
    canvas = Canvas(40)
    canvas.text(4, 20, word)
    with canvas.series(word), canvas.mark(word, {"swv": word}):
        canvas.rect(0, 0, 9, 9, fill="#fff", title=word)
    with canvas.series("x"), canvas.zoomed(0, 9):
        canvas.spot(0, 0, 9, 9, word)
    table = Table(word, (Column(word), Column(word, right=True)), (Row((line, line)), Row((line, ()), group=True)))
    drawn = canvas.picture(word)
    blocks = (
        Heading(2, line, "plek", "1"), Paragraph(line), Bullets((line,)), Bullets((line,), ordered=True), table,
        Figure(drawn, word, table, others=((word, drawn),)), Note("warn", word, (Paragraph(line),)),
        Heading(3, line, "deel"), Finding("p", line, (Paragraph(line),)), Folded(word, (table,)),
    )  # fmt: skip
    return Document(
        "plancheck", "nl", word, word, word, ((word, line),), (Paragraph(line),), blocks, word, "2026-08-01"
    )  # fmt: skip


def squeezed(value):
    """Letters alone: what formats do with white space does not matter here."""
    return "".join(letter for letter in value if letter.isprintable() and not letter.isspace())


def letters_of(content):
    """The text of a PDF by a reader that takes hundreds of pages in a second."""
    import pypdfium2

    return " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))


@pytest.mark.parametrize("kind", formats.FORMATS)
@pytest.mark.parametrize("name", HOSTILE)
def test_every_text_comes_out_as_text(name, kind):
    language.choose("nl")
    word = HOSTILE[name]
    content = formats.written(document(word), kind)
    if kind == "html":
        page = Page(content)
        assert page.open == []
        assert page.tags.count("script") == 1  # that of the pictures, in which nothing of a document stands
        assert squeezed(word) not in squeezed(content[content.index("<script>") :])
        assert "img" not in page.tags
        assert not [one for one in page.attributes if one[1].startswith("on")]
        assert page.fetched == []
    told = letters_of(content) if kind == "pdf" else words(content, kind)
    if kind == "md":
        told = re.sub(r"\\([\\`*_{}\[\]<>|#&~.)+=-])", r"\1", told)
    if name in ("rtl", "emoji") and kind == "pdf":
        return  # letters are there by their shapes, or as their code points; see below
    shown = squeezed(told)
    if kind == "pdf":
        for letter in "-\u00ad":
            shown = shown.replace(letter, "")  # long words are broken
        assert squeezed(word).replace("-", "")[:5000] in shown
    else:
        assert shown.count(squeezed(word)) >= 10


def test_a_word_that_is_longer_than_a_line_stays_on_the_paper():
    """Every letter of it has its place between the margins of the page."""
    import pypdfium2

    language.choose("nl")
    line = text(*(Span("a" * 900, kind, "met") for kind in ("", "strong", "soft", "quote")))
    blocks = (Heading(2, line, "plek", "1"), Paragraph(line), Bullets((line,)))
    long = Document("plancheck", "nl", "b" * 900, "c" * 900, "kind", (), (), blocks, "made", "2026-08-01")
    found = pypdfium2.PdfDocument(formats.written(long, "pdf"))
    letters = 0
    for page in found:
        drawn = page.get_textpage()
        letters += sum(map(drawn.get_text_range().count, "abc"))
        for place in range(drawn.count_rects()):
            left, _, right, _ = drawn.get_rect(place)
            assert 0 < left <= right < page.get_width()
    assert letters >= 900 * 13


def test_what_no_font_can_show_stands_there_by_its_code_point():
    from simulator.reports import pdf

    language.choose("nl")
    rare = "Sumerisch \U00012000 en meer"
    told = words(formats.written(document(rare), "pdf"), "pdf")
    assert pdf.fonts()
    assert "U+12000" in told or "\U00012000" in told
    assert "Sumerisch" in told


def test_letters_of_other_scripts_are_in_the_pdf():
    language.choose("nl")
    told = words(formats.written(document("Ελληνικά кириллица"), "pdf"), "pdf")
    assert "Ελληνικά" in told
    assert "кириллица" in told


NASTY = " ".join(HOSTILE[name] for name in ("script", "template", "quotes", "rtl", "emoji")) + "a" * 2_000
"""Much of it at once; that 10,000 letters stand anywhere in any format is seen above."""
PLAIN = squeezed(HOSTILE["script"] + HOSTILE["template"])


def hostile_plan(name):
    """A plan whose title, quotes and sections are hostile."""
    file = plan_file(name)
    answers = {
        duty: {
            key: one.model_copy(update={"answer": False, "quote": NASTY[: 200 if cut else None], "section": NASTY[:99]})
            for key, one in parts.items()
        }
        for duty, parts in file.plan.answers.items()
        for cut in [duty != "GOV-6c"]
    }
    return replace(file, plan=file.plan.model_copy(update={"title": NASTY, "answers": answers}))


@pytest.fixture(scope="module")
def hostile(sources):
    """A function that gives the report of a kind about hostile input."""
    titled = tuple(
        replace(
            one, scenario=replace(one.scenario, title=one.scenario.title.model_copy(update={"nl": NASTY, "en": NASTY}))
        )
        for one in sources
    )
    codes = tuple(sources[0].scenario.swv)
    planned = Source.of_plan(hostile_plan("voorbeeld-2026"))
    swv, group = Scope("swv", "PO2814", ("PO2814",)), Scope("group", NASTY, codes)

    def make(kind, lang):
        language.choose(lang)
        if kind in ("plancheck", "praktijktoets"):
            name = "voorbeeld-po" if kind == "plancheck" else "voorbeeld-po-2022"
            asked = Asked((), checking.check(hostile_plan(name)), swv)
        elif kind == "vergelijking":
            asked = Asked(titled, None, group)
        elif kind == "dossier":
            asked = Asked(titled[:1], None, swv)
        elif kind == "bevindingen":
            asked = Asked((planned,), None, swv)
        else:
            asked = Asked(titled[:1], None, group)
        return kinds.load(kind).build(asked)

    return cache(make)


EACH = [("html", "nl"), ("html", "en"), ("pdf", "en"), ("docx", "nl"), ("odt", "en"), ("md", "nl"), ("md", "en")]
"""Every format; a language differs in its own words alone, so both are made where that costs nothing."""


@pytest.mark.parametrize(("ending", "lang"), EACH)
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_input_is_text_in_every_kind_and_format(hostile, kind, ending, lang):
    language.choose(lang)
    content = formats.written(hostile(kind, lang), ending)
    if ending == "html":
        page = Page(content)
        assert page.open == []
        assert page.fetched == []
        assert page.tags.count("img") == 0
        assert not [one for one in page.attributes if one[1].startswith("on")]
        assert "alert(1)" not in content.partition("<script>")[2]
    told = words(content, ending)
    if ending == "md":
        told = re.sub(r"\\([\\`*_{}\[\]<>|#&~.)+=-])", r"\1", told)
    shown = squeezed(told).translate(HYPHENS)
    assert PLAIN.translate(HYPHENS) in shown
    assert shown.count("a" * 200) >= 1
    if ending not in ("pdf", "md"):
        assert squeezed(HOSTILE["rtl"]) in shown
        assert squeezed(HOSTILE["emoji"]) in squeezed(told)


def test_documents_and_a_plan_with_such_texts_are_text_on_the_page_of_evidence(tmp_path):
    from simulator.cli import main as cli

    lines = [HOSTILE[name] for name in ("script", "template", "quotes", "rtl", "emoji")]
    told = "Het besluit op een aanvraag tlv volgt binnen zes weken, zegt "
    paragraphs = ["Ondersteuningsplan 2026-2030 PO2814", *(told + one for one in lines)]
    (tmp_path / "plan.docx").write_bytes(_word(paragraphs))
    assert cli._run(["plan", "evidence", str(tmp_path / "plan.docx"), "--html", "-o", str(tmp_path / "x.html")]) == 0
    html = (tmp_path / "x.html").read_text(encoding="utf-8")
    page = Page(html)
    assert page.open == []
    assert page.fetched == []
    assert page.tags.count("img") == page.tags.count("script") == 0
    assert not [one for one in page.attributes if one[1].startswith("on")]
    shown = squeezed(page.text)
    assert all(squeezed(HOSTILE[name]) in shown for name in ("script", "template", "rtl", "emoji"))


def test_what_points_at_a_pupil_is_left_out_of_the_page_of_evidence(tmp_path):
    from simulator.cli import main as cli

    told = (
        "Het besluit op een aanvraag tlv volgt binnen zes weken. Leerling Jansje Pietersen (BSN 111222333) wacht nog. "
    )
    born = "Karel Klaassen, geboren 12-03-2011, kreeg een tlv."
    paragraphs = ["Ondersteuningsplan 2026-2030 PO2814", told + born, "De adviezen van deskundigen liggen klaar."]
    (tmp_path / "plan.docx").write_bytes(_word(paragraphs))
    assert cli._run(["plan", "evidence", str(tmp_path / "plan.docx"), "--html", "-o", str(tmp_path / "x.html")]) == 0
    html = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert not [one for one in ("111222333", "Pietersen", "Klaassen", "12-03-2011") if one in html]
    assert "aanvraag tlv volgt binnen zes weken" in html
    assert "De adviezen van deskundigen" in html
    language.choose("en")
    assert language.say("evidence.masked") in html or "[weggelaten" in html
    assert 'class="box warn"' in html


@pytest.mark.parametrize("ending", ["html", "docx", "odt", "md", "pdf"])
def test_a_text_that_turns_the_direction_of_writing_does_not_turn_that_of_others(ending):
    language.choose("nl")
    told = words(formats.written(document("wijs \u202eomgekeerd en \u2067dan"), ending), ending)
    for line in told.splitlines():
        depth = 0
        for sign in line:
            depth += (sign in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068") - (sign in "\u202c\u2069")
            assert depth == 0 or sign not in "\n|"
        assert depth == 0, line


def test_words_of_the_program_around_a_text_keep_their_direction():
    from simulator.base.bidi import closed
    from simulator.reports.pictures.canvas import Canvas

    language.choose("nl")
    assert closed("a\u202eb") == "a\u202eb\u202c"
    assert closed("\u2067a\u202eb\u2069c") == "\u2067a\u202eb\u202c\u2069c"
    assert closed("a\u202c\u2069b") == "ab"
    told = language.say("vergelijking.shown", names="\u202ex")
    assert told.count("\u202e") == told.count("\u202c") == 1
    canvas = Canvas(10)
    canvas.text(0, 0, "\u202ex")
    assert "\u202ex\u202c</text>" in canvas.picture("y").svg


def _word(paragraphs):
    import io

    import docx

    book, out = docx.Document(), io.BytesIO()
    for number, one in enumerate(paragraphs):
        book.add_heading(one, 1) if number == 0 else book.add_paragraph(one)
    book.save(out)
    return out.getvalue()


def test_a_terminal_and_plain_text_get_no_sign_that_turns_the_direction(command, write):
    language.choose("nl")
    told = formats.written(document("wijs \u202eomgekeerd en \u2067dan"), "md")
    assert "wijs omgekeerd en dan" in told
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", told)
    write("x.yaml", "format: plan/1\nswv: PO2814\ntitle: wijs \u202eom\nsector: \u202epo\n")
    code, out, err = command("check", "x.yaml")
    assert code == 2
    assert "po" in out + err
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", out + err)
