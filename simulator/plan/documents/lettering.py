"""Which letters the bytes of a text file stand for."""

from __future__ import annotations

import re

_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_DECLARED = re.compile(rb"charset\s*=|<\?xml[^>]*encoding", re.IGNORECASE)
_WINDOWS = "cp1252"
_START = 4_096


def decoded(raw: bytes) -> str:
    """A text as it was meant: by its first bytes, else UTF-8, else as Windows wrote it."""
    return raw.decode(_by_mark(raw) or ("utf-8" if _is_utf8(raw) else _WINDOWS), errors="replace")


def of_page(raw: bytes) -> str | None:
    """The encoding of a web page; None when it says itself which."""
    found = _by_mark(raw)
    if found:
        return None if found == "utf-16" else "utf-8"
    if _is_utf8(raw):
        return "utf-8"
    return None if _DECLARED.search(raw[:_START]) else _WINDOWS


def _by_mark(raw: bytes) -> str | None:
    return next((name for mark, name in _MARKS.items() if raw.startswith(mark)), None)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
