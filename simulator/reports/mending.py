"""What pandoc cannot say of Word and OpenDocument: page numbers in the contents, rows that stay whole, names first,
pictures that stay with their captions, room below a table.

Both work on the XML that pandoc wrote; the contents are paragraphs of the styles `Contents one` and `Contents two`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.reports.blocks import Table

_P = rb"<w:p>(?:(?!</w:p>).)*?</w:p>"
LINE = 110
"""Letters of the type of tables that stand side by side on a line."""
_LONGEST = 20


def word(xml: bytes) -> bytes:
    """The text of a Word document, mended."""
    title = rb'(<w:p>\s*<w:pPr>\s*<w:pStyle w:val="Title" />(?:(?!</w:p>).)*</w:p>)\s*'
    kicker = rb'(<w:p><w:pPr><w:pStyle w:val="Kicker" />(?:(?!</w:p>).)*</w:p>)'
    xml = re.sub(title + kicker, rb"\2\1", xml, count=1, flags=re.DOTALL)
    head = rb'(<w:p><w:pPr><w:pStyle w:val="Contents" />)'
    xml = re.sub(head, rb"\1<w:keepNext /><w:pageBreakBefore />", xml, count=1)
    xml = _word_contents(_bookmarked(xml))
    xml = xml.replace(
        b'<w:trPr><w:tblHeader w:val="on" /></w:trPr>', b"<w:trPr><w:cantSplit /><w:tblHeader /></w:trPr>"
    )
    xml = xml.replace(b"<w:tr><w:tc>", b"<w:tr><w:trPr><w:cantSplit /></w:trPr><w:tc>")
    return re.sub(rb"<w:tblHeader /></w:trPr>.*?</w:tr>", _kept, xml, flags=re.DOTALL)


def _kept(match: re.Match[bytes]) -> bytes:
    return re.sub(rb'(<w:pStyle w:val="[^"]*" />)', rb"\1<w:keepNext />", match[0])


_START = rb'<w:bookmarkStart w:id="(\d+)" w:name="([^"]*)" />'


def _bookmarked(xml: bytes) -> bytes:
    """Headings that hold their own bookmark, by a name that Word allows: letters, digits and underscores.

    Pandoc lays a bookmark around all that stands under a heading; LibreOffice loses one that begins or ends at a table.
    """
    heading = (
        _START + rb'\s*(<w:p><w:pPr><w:pStyle w:val="Heading\d" />(?:(?!</w:pPr>).)*</w:pPr>)((?:(?!</w:p>).)*)</w:p>'
    )
    for number in {match[1] for match in re.finditer(heading, xml, re.DOTALL)}:
        xml = xml.replace(b'<w:bookmarkEnd w:id="%s" />' % number, b"", 1)
    begin, end = rb'<w:bookmarkStart w:id="\1" w:name="\2" />', rb'<w:bookmarkEnd w:id="\1" />'
    xml = re.sub(heading, rb"\3" + begin + rb"\4" + end + b"</w:p>", xml, flags=re.DOTALL)
    named = rb'(<w:bookmarkStart w:id="\d+" w:name="|w:anchor=")([^"]*)"'
    return re.sub(named, lambda match: match[1] + re.sub(rb"\W", b"_", match[2]) + b'"', xml)


def _word_contents(xml: bytes) -> bytes:
    """Each line of the contents with a field for the page of its heading.

    LibreOffice counts these on opening. Word does so when it prints, or when asked to: a field that is marked for a count
    on opening, or a table of contents of its own, makes it ask whether the file may fetch from other files.
    """

    def paged(line: re.Match[bytes]) -> bytes:
        name = re.search(rb'w:anchor="([^"]*)"', line[0])
        page = b"<w:r><w:tab /></w:r>" + _field(b" PAGEREF %s \\h " % name[1]) if name else b""
        return line[0].removesuffix(b"</w:p>") + page + b"</w:p>"

    return re.sub(
        rb'<w:p><w:pPr><w:pStyle w:val="Contents(?:One|Two)" /></w:pPr>.*?</w:p>', paged, xml, flags=re.DOTALL
    )


def _field(code: bytes) -> bytes:
    return (
        b'<w:r><w:fldChar w:fldCharType="begin" /></w:r>'
        b'<w:r><w:instrText xml:space="preserve">' + code + b"</w:instrText></w:r>"
        b'<w:r><w:fldChar w:fldCharType="separate" /></w:r><w:r><w:t></w:t></w:r>'
        b'<w:r><w:fldChar w:fldCharType="end" /></w:r>'
    )


_ODT_STYLES = b"""<style:style style:name="RowKept" style:family="table-row">
<style:table-row-properties fo:keep-together="always"/></style:style>
<style:style style:name="ContentsHead" style:family="paragraph"
style:parent-style-name="Contents">
<style:paragraph-properties fo:break-before="page" fo:keep-with-next="always"/></style:style>
<style:style style:name="FigureKept" style:family="paragraph" style:parent-style-name="FigureWithCaption">
<style:paragraph-properties fo:keep-with-next="always"/></style:style>
<style:style style:name="CaptionKept" style:family="paragraph" style:parent-style-name="TableCaption">
<style:paragraph-properties fo:keep-with-next="always"/></style:style>
<style:style style:name="AfterTable" style:family="paragraph" style:parent-style-name="Text_20_body">
<style:paragraph-properties fo:margin-top="0.12in" fo:margin-bottom="0.08in"/></style:style>
</office:automatic-styles>"""


def opendocument(xml: bytes) -> bytes:
    """The text of an OpenDocument file, mended."""
    title = rb'(<text:p text:style-name="Title">.*?</text:p>)\s*'
    xml = re.sub(title + rb'(<text:p text:style-name="Kicker">.*?</text:p>)', rb"\2\1", xml, count=1, flags=re.DOTALL)
    xml = xml.replace(b"</office:automatic-styles>", _ODT_STYLES, 1)
    xml = xml.replace(b'<text:p text:style-name="Contents">', b'<text:p text:style-name="ContentsHead">', 1)
    xml = xml.replace(b"<table:table-row>", b'<table:table-row table:style-name="RowKept">')
    xml = xml.replace(b'<text:p text:style-name="FigureWithCaption">', b'<text:p text:style-name="FigureKept">')
    xml = xml.replace(b'<text:p text:style-name="TableCaption">', b'<text:p text:style-name="CaptionKept">')
    below = rb'(</table:table>\s*<text:p text:style-name=")(?:First_20_paragraph|Text_20_body)"'
    xml = re.sub(below, rb'\1AfterTable"', xml)
    lines = list(re.finditer(rb'<text:p text:style-name="Contents (?:one|two)">.*?</text:p>', xml, re.DOTALL))
    if not lines:
        return xml
    made = [_numbered(line[0]) for line in lines]
    begin = (
        b'<text:table-of-content text:name="Contents1" text:protected="true"><text:table-of-content-source '
        b'text:outline-level="2"/><text:index-body>'
    )
    end = b"</text:index-body></text:table-of-content>"
    return xml[: lines[0].start()] + begin + b"".join(made) + end + xml[lines[-1].end() :]


def _numbered(line: bytes) -> bytes:
    """A line of the contents with the page of its heading."""
    name = re.search(rb'xlink:href="#([^"]*)"', line)
    if not name:
        return line
    page = (
        b'<text:tab/><text:bookmark-ref text:reference-format="page" text:ref-name="%s">1</text:bookmark-ref>' % name[1]
    )
    return line.removesuffix(b"</text:p>") + page + b"</text:p>"


def widths(table: Table) -> list[float]:
    """Shares of the columns of a table, in per cent: as its report asks, yet no word of a narrow one broken.

    Word breaks what does not fit, so each column gets at least its longest word, as far as the line has room.
    """
    total = sum(column.width for column in table.columns)
    asked = [column.width / total for column in table.columns]
    least = [_longest(table, number) / LINE for number in range(len(asked))]
    least = [one / max(sum(least), 1) for one in least]
    short = [one if ask < one else 0.0 for ask, one in zip(asked, least, strict=True)]
    over = sum(ask - one for ask, one in zip(asked, least, strict=True) if ask >= one)
    taken = sum(one - ask for ask, one in zip(asked, least, strict=True) if ask < one)
    rest = max(over - taken, 0) / over if over else 0
    found = [one or floor + (ask - floor) * rest for ask, one, floor in zip(asked, short, least, strict=True)]
    return [100 * one / sum(found) for one in found]


def _longest(table: Table, number: int) -> int:
    rows = [row.cells for row in table.rows if not row.spans and number < len(row.cells)]
    told = [table.columns[number].title, *(span.text for cells in rows for span in cells[number])]
    return 3 + min(max((len(word) for one in told for word in one.split()), default=1), _LONGEST)
