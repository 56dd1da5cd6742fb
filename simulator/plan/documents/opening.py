"""Looking at a file before anything reads it: what it is, and whether it is safe and whole."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from simulator.base import resources
from simulator.base.errors import InputError, Problem
from simulator.base.language import say
from simulator.base.writing import reason

if TYPE_CHECKING:
    from pathlib import Path

FORMS = ("docx", "odt", "pdf", "html", "md")
MAX_BYTES = 60_000_000
MAX_UNPACKED = 40_000_000
"""Bytes of the text parts of a packed file once unpacked; pictures do not count, since they are never unpacked."""
MAX_PARTS = 5_000
MAX_PAGES = 500

_SUFFIXES = {".htm": "html", ".markdown": "md", ".txt": "md", **{f".{form}": form for form in FORMS}}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_START = 8_192
_PIECE = 200_000


def form(path: Path) -> str:
    """What a file is: one of `FORMS`, by its content.

    Raises:
        InputError: there is no such file, it is none of these, it is locked, broken or too large, or holds macros.
    """
    start = _start(path)
    suffix = path.suffix.lower()
    if start.startswith(_OLD_OFFICE):
        raise refused(path, _old(path))
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(path)
    if start.startswith(b"%PDF-") or (b"%PDF-" in start[:1_024] and suffix == ".pdf"):
        return "pdf"
    found = _SUFFIXES.get(suffix)
    if found in ("docx", "odt", "pdf"):
        raise refused(path, "misnamed", suffix=suffix)
    if found is None:
        raise refused(path, "unknown", suffix=suffix or "?")
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused(path, "binary")
    return "html" if start.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")) else found


def named(path: Path) -> str:
    """What a file is by its name, one of `FORMS`; empty for another ending."""
    return _SUFFIXES.get(path.suffix.lower(), "")


def _old(path: Path) -> str:
    """What is in a file of the kind that Word wrote before 2007, and that it still packs a locked document in."""
    try:
        content = path.read_bytes() if path.stat().st_size <= MAX_BYTES else b""
    except OSError:
        content = b""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "locked"
    return "old_office" if "WordDocument".encode("utf-16-le") in content else "old_other"


def refused(path: Path, why: str, **values: object) -> InputError:
    """The error that a document cannot be read, with the remedy."""
    return InputError(Problem(say(f"document.{why}", **values), path.name, hint=say(f"document.{why}_do")))


def _start(path: Path) -> bytes:
    if resources.is_folder(path):
        raise refused(path, "folder")
    try:
        if path.exists() and not path.is_file():
            raise refused(path, "special")
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(_START)
    except FileNotFoundError:
        raise InputError(Problem(say("document.missing"), str(path), hint=say("document.missing_do"))) from None
    except (OSError, ValueError) as error:
        raise InputError(Problem(say("document.unreadable", reason=reason(error)), str(path))) from None
    if not start.strip():
        raise refused(path, "empty")
    if size > MAX_BYTES:
        raise refused(path, "large", size=size // 1_000_000, most=MAX_BYTES // 1_000_000)
    return start


def _packed(path: Path) -> str:
    """What a packed file is, from its list of parts alone."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            kind = part(packed, "mimetype")[:60] if "mimetype" in packed.namelist()[:1] else b""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        raise refused(path, "truncated") from None
    names = [part.filename for part in parts]
    texts = [part for part in parts if part.filename.lower().endswith((".xml", ".rels", ".bin")) or part.is_dir()]
    if len(parts) > MAX_PARTS or sum(part.file_size for part in texts) > MAX_UNPACKED:
        raise refused(path, "bomb")
    if any(part.flag_bits & 1 for part in parts) or "EncryptedPackage" in names:
        raise refused(path, "locked")
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) or name.startswith("Basic/") for name in names):
        raise refused(path, "macros")
    if "word/document.xml" in names:
        return "docx"
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        if b"encryption-data" in _manifest(path):
            raise refused(path, "locked")
        return "odt"
    if any(name.startswith(("xl/", "ppt/")) for name in names) or kind:
        raise refused(path, "other_office")
    raise refused(path, "unknown", suffix=path.suffix)


def part(packed: zipfile.ZipFile, name: str) -> bytes:
    """A part of a packed file, read piece by piece: what its list of parts says about its size is not believed.

    Raises:
        ValueError: it is larger than any text is.
    """
    pieces, size = [], 0
    with packed.open(name) as file:
        while piece := file.read(_PIECE):
            size += len(piece)
            if size > MAX_UNPACKED:
                raise ValueError(name)
            pieces.append(piece)
    return b"".join(pieces)


def xml(packed: zipfile.ZipFile, name: str) -> bytes:
    """A part that holds text and no definitions of its own: no program for documents writes those.

    Raises:
        ValueError: it is larger than any text is, or defines entities.
    """
    content = part(packed, name)
    if b"<!DOCTYPE" in content[:_START]:
        raise ValueError(name)
    return content


def _manifest(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as packed:
            return part(packed, "META-INF/manifest.xml")
    except (KeyError, zipfile.BadZipFile, OSError, ValueError):
        return b""
