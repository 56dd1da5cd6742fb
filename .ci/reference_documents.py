"""Makes templates/reference.docx and templates/reference.odt: the look of reports in Word and LibreOffice.

They start from pandoc's own reference documents; styles, page and footer are laid over these. Run it after changing the
look here: `.venv/bin/python .ci/reference_documents.py`. `{disclaimer}` in a footer is filled in when a report is made.
"""

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pypandoc

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
FONT = "Arial"
INK, SOFT, LINE, ACCENT = "1C2430", "55606E", "D5DAE1", "1F4E79"
GOOD, BAD, OPEN = "1D6B3C", "9B1C1C", "8A5300"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
STAMP = (2014, 5, 1, 0, 0, 0)


def run(size: float, colour: str = INK, *, bold: bool = False) -> str:
    """Properties of letters; the size in points."""
    weight = "<w:b/>" if bold else '<w:b w:val="0"/>'
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/>'
    return f'<w:rPr>{fonts}{weight}<w:i w:val="0"/><w:color w:val="{colour}"/><w:sz w:val="{int(size * 2)}"/></w:rPr>'


def paragraph(style: str, name: str, letters: str, *, before: int = 0, after: int = 120, more: str = "") -> str:
    """A paragraph style; distances in twentieths of a point."""
    spacing = f'<w:spacing w:before="{before}" w:after="{after}" w:line="269" w:lineRule="auto"/>'
    based = "" if style == "Normal" else '<w:basedOn w:val="Normal"/>'
    default = ' w:default="1"' if style == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{style}"><w:name w:val="{name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{more}{spacing}</w:pPr>{letters}</w:style>"
    )


def letters(style: str, name: str, colour: str, *, bold: bool = False, size: float = 10) -> str:
    """A character style."""
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{style}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/>{run(size, colour, bold=bold)}</w:style>'
    )


def box(colour: str) -> str:
    """A bar on the left and a shade behind."""
    fill = "F4F6F8" if colour == ACCENT else "FFFAF0"
    return (
        f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="{colour}"/></w:pBdr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    )


KEEP = "<w:keepNext/><w:keepLines/>"
STYLES = [
    paragraph("Normal", "Normal", run(10)),
    paragraph("BodyText", "Body Text", run(10)),
    paragraph("FirstParagraph", "First Paragraph", run(10)),
    paragraph("Compact", "Compact", run(9.5), after=30, before=30),
    paragraph("Title", "Title", run(26, bold=True), before=900, after=80),
    paragraph("Subtitle", "Subtitle", run(16, SOFT), after=360),
    paragraph("Kicker", "Kicker", run(10, ACCENT, bold=True), after=60),
    paragraph(
        "Heading1", "heading 1", run(16, bold=True), before=480, after=140, more=f'{KEEP}<w:outlineLvl w:val="0"/>'
    ),
    paragraph(
        "Heading2", "heading 2", run(12, bold=True), before=320, after=100, more=f'{KEEP}<w:outlineLvl w:val="1"/>'
    ),
    paragraph(
        "Heading3", "heading 3", run(10, bold=True), before=260, after=60, more=f'{KEEP}<w:outlineLvl w:val="2"/>'
    ),
    paragraph("Caption", "Caption", run(9, SOFT), before=120, after=80),
    paragraph("Box", "Box", run(10), more=box(ACCENT)),
    paragraph("BoxWarn", "Box warn", run(10), more=box("C98A00")),
    paragraph("Contents", "Contents", run(10), after=40),
    letters("StatusGood", "Status good", GOOD, bold=True),
    letters("StatusBad", "Status bad", BAD, bold=True),
    letters("StatusOpen", "Status open", OPEN, bold=True),
    letters("Origin", "Origin", SOFT, size=8.5),
    letters("Soft", "Soft", SOFT),
    letters("Hyperlink", "Hyperlink", ACCENT),
    (
        '<w:style w:type="table" w:default="1" w:styleId="Table"><w:name w:val="Table"/><w:qFormat/><w:tblPr>'
        f'<w:tblBorders><w:bottom w:val="single" w:sz="4" w:color="{LINE}"/>'
        f'<w:insideH w:val="single" w:sz="4" w:color="{LINE}"/></w:tblBorders>'
        '<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/>'
        '<w:right w:w="110" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tblPr/>'
        "<w:trPr><w:tblHeader/></w:trPr><w:tcPr><w:tcBorders>"
        f'<w:bottom w:val="single" w:sz="8" w:color="{INK}"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>'
    ),
]
FOOTER = (
    f'<?xml version="1.0" encoding="UTF-8"?><w:ftr {W}><w:p><w:pPr><w:tabs>'
    '<w:tab w:val="right" w:pos="9400"/></w:tabs></w:pPr>'
    f'<w:r>{run(7.5, SOFT)}<w:t xml:space="preserve">{{disclaimer}}</w:t></w:r><w:r>{run(7.5, SOFT)}<w:tab/></w:r>'
    f'<w:r>{run(7.5, SOFT)}<w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    f'<w:r>{run(7.5, SOFT)}<w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>'
)
PAGE = (
    f'<w:sectPr><w:footerReference {R} r:id="rIdFooter" w:type="default"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1250" w:right="1250" w:bottom="1360" w:left="1250" w:header="700" w:footer="600" '
    'w:gutter="0"/></w:sectPr>'
)
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"


def docx(parts: dict[str, str]) -> dict[str, str]:
    """The parts of the Word document with our styles, page and footer."""
    styles = parts["word/styles.xml"]
    for style in STYLES:
        name = re.search(r'w:styleId="(\w+)"', style)[1]
        old = re.compile(rf'<w:style [^>]*w:styleId="{name}".*?</w:style>', re.DOTALL)
        styles = (
            old.sub(lambda _, new=style: new, styles)
            if old.search(styles)
            else styles.replace("</w:styles>", f"{style}</w:styles>")
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


def odt_style(
    name: str,
    shown: str,
    size: float,
    colour: str = INK,
    *,
    bold: bool = False,
    above: float = 0,
    below: float = 0.08,
    more: str = "",
) -> str:
    """A paragraph style of OpenDocument; distances in inches."""
    level = re.fullmatch(r"Heading_20_(\d)", name)
    outline = f' style:default-outline-level="{level[1]}"' if level else ""
    keep = ' fo:keep-with-next="always"' if level else ""
    return (
        f'<style:style style:name="{name}" style:display-name="{shown}" style:family="paragraph" '
        f'style:parent-style-name="Standard"{outline}><style:paragraph-properties fo:margin-top="{above}in" '
        f'fo:margin-bottom="{below}in" fo:line-height="125%" fo:text-align="start"{keep} {more}/>'
        f"{odt_letters(size, colour, bold=bold)}</style:style>"
    )


def odt_letters(size: float, colour: str, *, bold: bool = False) -> str:
    """Properties of letters in OpenDocument."""
    return (
        f'<style:text-properties style:font-name="{FONT}" fo:font-family="{FONT}" fo:font-size="{size}pt" '
        f'fo:color="#{colour}" '
        f'fo:font-style="normal" fo:font-weight="{"bold" if bold else "normal"}"/>'
    )


def odt_span(name: str, shown: str, colour: str, *, bold: bool = False, size: float = 10) -> str:
    """A character style of OpenDocument."""
    return (
        f'<style:style style:name="{name}" style:display-name="{shown}" style:family="text">'
        f"{odt_letters(size, colour, bold=bold)}</style:style>"
    )


SHADE = 'fo:background-color="#{}" fo:padding="0.08in" fo:border-left="2.5pt solid #{}"'
STANDARD = (
    '<style:style style:name="Standard" style:family="paragraph" style:class="text">'
    f'<style:paragraph-properties fo:margin-right="0.06in"/>{odt_letters(9, INK)}</style:style>'
)
ODT = [
    STANDARD,
    odt_style("Text_20_body", "Text body", 10),
    odt_style("Table_20_Contents", "Table Contents", 9, above=0.02, below=0.02),
    odt_style("Table_20_Heading", "Table Heading", 9, bold=True, above=0.02, below=0.02),
    odt_style("Title", "Title", 26, bold=True, above=0.6, below=0.05),
    odt_style("Subtitle", "Subtitle", 16, SOFT, below=0.25),
    odt_style("Kicker", "Kicker", 10, ACCENT, bold=True),
    odt_style("Heading_20_1", "Heading 1", 16, bold=True, above=0.35, below=0.1),
    odt_style("Heading_20_2", "Heading 2", 12, bold=True, above=0.22, below=0.07),
    odt_style("Heading_20_3", "Heading 3", 10, bold=True, above=0.18, below=0.04),
    odt_style("Caption", "Caption", 9, SOFT, above=0.08, below=0.06),
    odt_style("Box", "Box", 10, more=SHADE.format("F4F6F8", ACCENT)),
    odt_style("Box_20_warn", "Box warn", 10, more=SHADE.format("FFFAF0", "C98A00")),
    odt_style("Contents", "Contents", 10, below=0.03),
    odt_span("Status_20_good", "Status good", GOOD, bold=True),
    odt_span("Status_20_bad", "Status bad", BAD, bold=True),
    odt_span("Status_20_open", "Status open", OPEN, bold=True),
    odt_span("Origin", "Origin", SOFT, size=8.5),
    odt_span("Soft", "Soft", SOFT),
]


def odt(parts: dict[str, str]) -> dict[str, str]:
    """The parts of the OpenDocument file with our styles, page and footer."""
    styles = parts["styles.xml"]
    for style in ODT:
        name = re.search(r'style:name="(\w+)"', style)[1]
        old = re.compile(rf'<style:style style:name="{name}"(?:[^>]*/>|.*?</style:style>)', re.DOTALL)
        styles = (
            old.sub(lambda _, new=style: new, styles)
            if old.search(styles)
            else styles.replace("</office:styles>", f"{style}</office:styles>")
        )
    for before, after in (("8.5in", "21cm"), ("11in", "29.7cm")):
        styles = styles.replace(f'"{before}"', f'"{after}"')
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
