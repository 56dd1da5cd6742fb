"""Makes templates/reference.docx and templates/reference.odt: the look of reports in Word and LibreOffice.

They start from pandoc's own reference documents; styles, page and footer are laid over these. Run it after changing the
look here: `.venv/bin/python .ci/reference_documents.py`. `{disclaimer}` in a footer is filled in when a report is made.
"""

import io
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import pypandoc

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
FONT = "Arial"
INK, SOFT, LINE, ACCENT = "1C2430", "55606E", "D5DAE1", "1F4E79"
GOOD, BAD, OPEN = "1D6B3C", "9B1C1C", "8A5300"
WARN, SHADE, WARN_SHADE = "C98A00", "F4F6F8", "FFFAF0"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
STAMP = (2014, 5, 1, 0, 0, 0)


class Style(NamedTuple):
    """The look of a paragraph: letters in points, distances in the unit of the form (1/20 point in Word, else inches)."""

    id: str
    name: str
    size: float
    colour: str = INK
    bold: bool = False
    before: float = 0
    after: float = 0
    more: str = ""
    last: str = ""
    line: int = 112
    """Height of a line, in per cent."""


class Letters(NamedTuple):
    """The look of words in a paragraph."""

    word: str
    colour: str
    bold: bool = False
    size: float | None = None
    """None takes the size of the paragraph around them."""


WORDS = {
    "Status good": Letters("StatusGood", GOOD, bold=True),
    "Status bad": Letters("StatusBad", BAD, bold=True),
    "Status open": Letters("StatusOpen", OPEN, bold=True),
    "Origin": Letters("Origin", SOFT, size=7),
    "Soft": Letters("Soft", SOFT),
}
"""The styles of words in both forms, by their name."""


def replaced(styles: str, made: list[str], key: str, whole: str, end: str) -> str:
    """The styles of a form with ours in them: each in the place of its namesake, else at the end.

    Args:
        key: a pattern for the attribute that names a style.
        whole: a pattern for a style, with `{}` for that attribute.
        end: where the list of styles ends.
    """
    for style in made:
        old = re.compile(whole.format(re.search(key, style)[0]), re.DOTALL)
        known = old.search(styles)
        styles = old.sub(lambda _, new=style: new, styles) if known else styles.replace(end, f"{style}{end}")
    return styles


def run(size: float | None, colour: str = INK, *, bold: bool = False) -> str:
    """Properties of letters in Word."""
    weight = "<w:b/>" if bold else '<w:b w:val="0"/>'
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/>'
    points = f'<w:sz w:val="{int(size * 2)}"/>' if size else ""
    return f'<w:rPr>{fonts}{weight}<w:i w:val="0"/><w:color w:val="{colour}"/>{points}</w:rPr>'


def word_paragraph(one: Style) -> str:
    """A paragraph style of Word; Word takes its properties in this order alone."""
    height = f' w:line="{round(one.line * 2.4)}" w:lineRule="auto"' if one.line else ""
    spacing = f'<w:spacing w:before="{one.before}" w:after="{one.after}"{height}/>'
    based = "" if one.id == "Normal" else '<w:basedOn w:val="Normal"/>'
    default = ' w:default="1"' if one.id == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{one.id}"><w:name w:val="{one.name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{one.more}{spacing}{one.last}</w:pPr>{run(one.size, one.colour, bold=one.bold)}</w:style>"
    )


def word_letters(name: str, one: Letters) -> str:
    """A character style of Word."""
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{one.word}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/>{run(one.size, one.colour, bold=one.bold)}</w:style>'
    )


def word_box(colour: str, fill: str) -> str:
    """A bar on the left and a shade behind."""
    return (
        f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="{colour}"/></w:pBdr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    )


def word_heading(level: int, size: float, before: int, after: int) -> Style:
    """A heading of Word, kept with what follows."""
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    return Style(
        f"Heading{level}", f"heading {level}", size, INK, True, before, after, "<w:keepNext/><w:keepLines/>", outline
    )


def word_contents(level: str, before: int, left: int) -> Style:
    """A line of the contents, with room for a page at its end.

    No dots lead to it: Word counts pages of a list when it prints, or when it is asked to (F9), and until then has none.
    """
    more = '<w:tabs><w:tab w:val="right" w:pos="9600"/></w:tabs>'
    indent = f'<w:ind w:left="{left}"/>'
    return Style(f"Contents{level.title()}", f"Contents {level}", 10, INK, False, before, 20, more, indent, line=0)


WORD = (
    Style("Normal", "Normal", 9.5, after=90, line=106),
    Style("BodyText", "Body Text", 9.5, after=90, line=106),
    Style("FirstParagraph", "First Paragraph", 9.5, after=90, line=106),
    Style("Compact", "Compact", 8, before=14, after=14, line=100),
    Style("Title", "Title", 26, bold=True, before=900, after=80),
    Style("Subtitle", "Subtitle", 16, SOFT, after=360),
    Style("Kicker", "Kicker", 10, ACCENT, bold=True, after=60),
    word_heading(1, 16, 340, 110),
    word_heading(2, 12, 220, 80),
    word_heading(3, 10, 260, 60),
    Style("Caption", "Caption", 9, SOFT, before=120, after=80),
    Style("Box", "Box", 10, after=120, more=word_box(ACCENT, SHADE)),
    Style("BoxWarn", "Box warn", 10, after=120, more=word_box(WARN, WARN_SHADE)),
    Style("Contents", "Contents", 10, after=40),
    word_contents("one", 60, 0),
    word_contents("two", 0, 340),
)
WORD_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="Table"><w:name w:val="Table"/><w:qFormat/><w:tblPr>'
    f'<w:tblBorders><w:bottom w:val="single" w:sz="4" w:color="{LINE}"/>'
    f'<w:insideH w:val="single" w:sz="4" w:color="{LINE}"/></w:tblBorders>'
    '<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/>'
    '<w:right w:w="110" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tblPr/>'
    "<w:trPr><w:tblHeader/></w:trPr><w:tcPr><w:tcBorders>"
    f'<w:bottom w:val="single" w:sz="8" w:color="{INK}"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>'
)
FOOTER = (
    f'<?xml version="1.0" encoding="UTF-8"?><w:ftr {W}><w:p><w:pPr><w:tabs>'
    '<w:tab w:val="right" w:pos="9400"/></w:tabs></w:pPr>'
    f'<w:r>{run(7.5, SOFT)}<w:t xml:space="preserve">{{disclaimer}}</w:t></w:r><w:r>{run(7.5, SOFT)}<w:tab/></w:r>'
    f'<w:r>{run(7.5, SOFT)}<w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    f'<w:r>{run(7.5, SOFT)}<w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>'
)
PAGE = (
    f'<w:sectPr><w:footerReference {R} r:id="rIdFooter" w:type="default"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1020" w:right="1134" w:bottom="1134" w:left="1134" w:header="600" w:footer="500" '
    'w:gutter="0"/></w:sectPr>'
)
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"


def docx(parts: dict[str, str]) -> dict[str, str]:
    """The parts of the Word document with our styles, page and footer."""
    made = [
        *map(word_paragraph, WORD),
        *(word_letters(name, one) for name, one in WORDS.items()),
        word_letters("Hyperlink", Letters("Hyperlink", ACCENT)),
        WORD_TABLE,
    ]
    styles = replaced(
        parts["word/styles.xml"], made, r'w:styleId="\w+"', "<w:style [^>]*{}.*?</w:style>", "</w:styles>"
    )
    body = re.sub(r"<w:sectPr>.*?</w:sectPr>", lambda _: PAGE, parts["word/document.xml"], flags=re.DOTALL)
    rels = parts["word/_rels/document.xml.rels"].replace(
        "</Relationships>", f'<Relationship Id="rIdFooter" Type="{KIND}" Target="footer1.xml"/></Relationships>'
    )
    types = parts["[Content_Types].xml"].replace(
        "</Types>", f'<Override PartName="/word/footer1.xml" ContentType="{TYPE}"/></Types>'
    )
    return {
        **parts, "word/styles.xml": styles, "word/document.xml": body, "word/_rels/document.xml.rels": rels,
        "[Content_Types].xml": types, "word/footer1.xml": FOOTER,
    }  # fmt: skip


def odt_letters(size: float | None, colour: str, *, bold: bool = False) -> str:
    """Properties of letters in OpenDocument."""
    points = f'fo:font-size="{size}pt" ' if size else ""
    return (
        f'<style:text-properties style:font-name="{FONT}" fo:font-family="{FONT}" {points}fo:color="#{colour}" '
        f'fo:font-style="normal" fo:font-weight="{"bold" if bold else "normal"}"/>'
    )


def odt_paragraph(one: Style) -> str:
    """A paragraph style of OpenDocument."""
    level = re.fullmatch(r"Heading (\d)", one.name)
    outline = f' style:default-outline-level="{level[1]}"' if level else ""
    keep = f" {ODT_KEPT}" if level else ""
    inner = f">{one.last}</style:paragraph-properties>" if one.last else "/>"
    return (
        f'<style:style style:name="{one.id}" style:display-name="{one.name}" style:family="paragraph" '
        f'style:parent-style-name="Standard"{outline}><style:paragraph-properties fo:margin-top="{one.before}in" '
        f'fo:margin-bottom="{one.after}in" fo:line-height="{one.line}%" fo:text-align="start"{keep} '
        f"{one.more}{inner}"
        f"{odt_letters(one.size, one.colour, bold=one.bold)}</style:style>"
    )


def odt_words(name: str, one: Letters) -> str:
    """A character style of OpenDocument."""
    return (
        f'<style:style style:name="{odt_id(name)}" style:display-name="{name}" style:family="text">'
        f"{odt_letters(one.size, one.colour, bold=one.bold)}</style:style>"
    )


def odt_id(name: str) -> str:
    """The name of a style as OpenDocument writes it."""
    return name.replace(" ", "_20_")


def odt_style(name: str, size: float, colour: str = INK, **rest: Any) -> Style:
    """A paragraph style by the name that a user sees."""
    return Style(odt_id(name), name, size, colour, **{"after": 0.08, "line": 125, **rest})


def odt_contents(level: str, left: float) -> Style:
    """A line of the contents, with dots to its page."""
    stops = (
        '<style:tab-stops><style:tab-stop style:position="6.6in" style:type="right" style:leader-style="dotted" '
        'style:leader-text="."/></style:tab-stops>'
    )
    name = f"Contents {level}"  # as pandoc writes it for a style that the reference has by this very name
    return Style(name, name, 10, after=0.03, line=125, more=f'fo:margin-left="{left}in"', last=stops)


def odt_box(colour: str, fill: str) -> str:
    """A bar on the left and a shade behind."""
    return f'fo:background-color="#{fill}" fo:padding="0.08in" fo:border-left="2.5pt solid #{colour}"'


ODT_KEPT = 'fo:keep-with-next="always"'
ODT_STANDARD = (
    '<style:style style:name="Standard" style:family="paragraph" style:class="text">'
    f'<style:paragraph-properties fo:margin-right="0.06in"/>{odt_letters(9, INK)}</style:style>'
)
ODT = (
    odt_style("Text body", 9.5, after=0.06, line=117),
    odt_style("Table Contents", 8, before=0.01, after=0.01, line=110),
    odt_style("Table Heading", 8, bold=True, before=0.01, after=0.01, line=110, more=ODT_KEPT),
    odt_style("Title", 26, bold=True, before=0.6, after=0.05),
    odt_style("Subtitle", 16, SOFT, after=0.25),
    odt_style("Kicker", 10, ACCENT, bold=True),
    odt_style("Heading 1", 16, bold=True, before=0.24, after=0.1),
    odt_style("Heading 2", 12, bold=True, before=0.22, after=0.07),
    odt_style("Heading 3", 10, bold=True, before=0.18, after=0.04),
    odt_style("Caption", 9, SOFT, before=0.08, after=0.06),
    odt_style("Box", 10, more=odt_box(ACCENT, SHADE)),
    odt_style("Box warn", 10, more=odt_box(WARN, WARN_SHADE)),
    odt_style("Contents", 10, after=0.03),
    odt_contents("one", 0),
    odt_contents("two", 0.24),
)


def odt(parts: dict[str, str]) -> dict[str, str]:
    """The parts of the OpenDocument file with our styles, page and footer."""
    made = [ODT_STANDARD, *map(odt_paragraph, ODT), *(odt_words(name, one) for name, one in WORDS.items())]
    styles = replaced(
        parts["styles.xml"],
        made,
        r'style:name="[^"]+"',
        "<style:style {}(?:[^>]*/>|.*?</style:style>)",
        "</office:styles>",
    )
    for before, after in (("8.5in", "21cm"), ("11in", "29.7cm")):
        styles = styles.replace(f'"{before}"', f'"{after}"')
    styles = re.sub(r'fo:margin-(left|right)="1in"', r'fo:margin-\1="0.79in"', styles)
    styles = re.sub(r"<text:p text:style-name=\"MP1\">", '<text:p text:style-name="MP1">{disclaimer} | ', styles)
    return {**parts, "styles.xml": styles}


def main() -> None:
    """Write both."""
    for kind, change in (("docx", docx), ("odt", odt)):
        name = f"reference.{kind}"
        line = [pypandoc.get_pandoc_path(), "--print-default-data-file", name]
        raw = subprocess.run(line, check=True, capture_output=True).stdout
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            parts = {one: book.read(one).decode() for one in book.namelist()}
        with zipfile.ZipFile(TEMPLATES / name, "w", zipfile.ZIP_DEFLATED) as book:
            for part, content in change(parts).items():
                info = zipfile.ZipInfo(part, STAMP)
                info.compress_type = zipfile.ZIP_STORED if part == "mimetype" else zipfile.ZIP_DEFLATED
                book.writestr(info, content)


if __name__ == "__main__":
    main()
