"""What a file that is called a workbook really is, and the parts of one that are read, within bounds.

Nothing is unpacked to disk, no part is read that is not needed (macros, pictures, links to other files), and a part is
looked at before any parser sees it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Xml

from simulator.base.errors import InputError, Problem
from simulator.base.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_FILE = 20_000_000
MAX_READ = 40_000_000
"""Bytes that the parts of a workbook that are read may come to when unpacked."""
MAX_PARTS = 5_000
MAX_TAGS = 200_000
MAX_STRING_TAGS = 1_200_000
"""Tags in a part other than a sheet, and in the one with the texts of all cells (four for each text)."""
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
WORKBOOK, _STRINGS, _RELATIONS = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"
_NEEDED = ("[Content_Types].xml", "_rels/.rels", WORKBOOK, _RELATIONS, _STRINGS, "xl/styles.xml")
"""All that is read besides sheets."""
_KINDS = {
    "word/document.xml": "word",
    "ppt/presentation.xml": "powerpoint",
    "xl/workbook.bin": "xlsb",
    "xl/vbaProject.bin": "macros",
    "mimetype": "ods",
}
_EMPTY = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, Xml.ParseError)
"""What reading a damaged package raises; RuntimeError is a part with a password."""


class Package:
    """An .xlsx file as its parts."""

    def __init__(self, content: bytes, name: str) -> None:
        """Look into a file.

        Raises:
            InputError: it is something else than a workbook, or too large when unpacked.
            Exception: one of BROKEN.
        """
        self.name = name
        self.archive = _opened(content, name)
        self.left = MAX_READ
        self.parts: dict[str, bytes] = {}
        for part in _NEEDED:
            if part in self.archive.namelist():
                most = MAX_STRING_TAGS if part == _STRINGS else MAX_TAGS
                if self.read(part).count(b"<") > most:
                    raise self.too_large()

    def read(self, part: str) -> bytes:
        """A part that a parser may see: it counts towards the bound, and declares no entities of its own."""
        if part not in self.parts:
            whole = b"".join(self.pieces(part))
            if b"<!DOCTYPE" in whole or b"\0" in whole:
                raise damaged(self.name)
            self.parts[part] = whole
        return self.parts[part]

    def looked_at(self) -> io.BytesIO:
        """The workbook with nothing in it but the parts that were read; every other sheet is empty."""
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for part, whole in self.parts.items():
                archive.writestr(part, whole)
            for part in sorted(set(self.sheets().values()) - set(self.parts)):
                if "chartsheet" not in part:  # which openpyxl skips when it is not there
                    archive.writestr(part, _EMPTY)
        return content

    def pieces(self, part: str) -> Iterator[bytes]:
        """A part, piece by piece, as long as the bound is not passed."""
        with self.archive.open(part) as stream:
            while piece := stream.read(1 << 16):
                self.left -= len(piece)
                if self.left < 0:
                    raise self.too_large()
                yield piece

    def too_large(self) -> InputError:
        """The workbook holds more than a plan can need."""
        message = say("book.too_large", limit=MAX_READ // 1_000_000)
        return InputError(Problem(message, self.name, hint=say("book.only_plan")))

    def hidden_sheets(self) -> set[str]:
        """The names of the sheets that are not shown."""
        return {str(one.get("name")) for one in self.listed() if one.get("state") in ("hidden", "veryHidden")}

    def listed(self) -> Iterator[Xml.Element]:
        """What the workbook says of each sheet."""
        whole = Xml.fromstring(self.read(WORKBOOK))  # noqa: S314 - no entities, see read
        return (one for one in whole.iter() if one.tag.endswith("}sheet"))

    def sheets(self) -> dict[str, str]:
        """The part in which each sheet stands, by the name of the sheet, in the order of the workbook."""
        targets = {
            one.get("Id"): str(one.get("Target"))
            for one in Xml.fromstring(self.read(_RELATIONS))  # noqa: S314
        }
        found = {}
        for one in self.listed():
            relation = next((value for key, value in one.attrib.items() if key.endswith("}id")), "")
            target = targets.get(relation, "")
            found[str(one.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        return found


def _opened(content: bytes, name: str) -> zipfile.ZipFile:
    if content.startswith(_OLE):
        raise _other("encrypted" if _ENCRYPTED in content else "xls", name)
    if not content.startswith(_ZIP):
        raise _other("none", name)
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = set(archive.namelist())
    for part, kind in _KINDS.items():
        if part in names:
            raise _other(kind, name)
    if WORKBOOK not in names or len(names) > MAX_PARTS:
        raise damaged(name)
    return archive


def _other(kind: str, name: str) -> InputError:
    """The file is something else than a workbook that is read."""
    return InputError(Problem(say(f"book.{kind}"), name, hint=say(f"book.{kind}_remedy")))


def damaged(name: str) -> InputError:
    """The workbook cannot be read, and no more can be said of it."""
    return InputError(Problem(say("book.damaged"), name, hint=say("book.save_again")))
