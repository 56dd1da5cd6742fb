"""Text from outside that turns the direction of writing, and must not turn that of the words around it."""

from __future__ import annotations

import re

_ANY = re.compile("[\u202a-\u202e\u2066-\u2069]")
_EMBED, _ISOLATE, _POP, _POP_ISOLATE = "\u202a\u202b\u202d\u202e", "\u2066\u2067\u2068", "\u202c", "\u2069"


def stripped(text: str) -> str:
    """A text without changes of direction, for a terminal and plain text: they may not heed where such a change ends.

    >>> stripped("a" + chr(0x202E) + "b")
    'ab'
    """
    return _ANY.sub("", text)


def closed(text: str) -> str:
    """A text in which every change of direction ends, and none is ended that was not begun (Unicode, annex 9).

    >>> closed("a" + chr(0x202E) + "b") == "a" + chr(0x202E) + "b" + chr(0x202C)
    True
    >>> closed("a" + chr(0x2069) + "b")
    'ab'
    """
    if not _ANY.search(text):
        return text
    found: list[str] = []
    ends: list[str] = []
    for sign in text:
        if sign in _EMBED or sign in _ISOLATE:
            ends.append(_POP if sign in _EMBED else _POP_ISOLATE)
        elif sign == _POP_ISOLATE and sign in ends:
            while ends[-1] != sign:
                found.append(ends.pop())
            ends.pop()
        elif sign == _POP and ends and ends[-1] == sign:
            ends.pop()
        elif sign in (_POP, _POP_ISOLATE):
            continue
        found.append(sign)
    return "".join([*found, *reversed(ends)])
