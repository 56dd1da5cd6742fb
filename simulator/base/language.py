"""The texts of the program in the language of the user.

Texts are data: per language a folder in `texts/` with a TOML file per subject. Adding a language is adding a folder.
"""

from __future__ import annotations

import locale
import os
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent / "texts"
FALLBACK = "en"
_PRIMARY_LANGUAGE_MASK = 0x3FF
_WINDOWS_DUTCH = 0x13

_chosen = FALLBACK


def languages() -> list[str]:
    """Codes of the languages that the program has texts for."""
    return sorted({path.parent.name for path in TEXTS.glob("*/*.toml")})


def choose(language: str) -> None:
    """Set the language of everything said from now on in this process."""
    global _chosen
    _chosen = language if language in languages() else FALLBACK


def current() -> str:
    """Code of the language in use."""
    return _chosen


def of_system() -> str:
    """Dutch where the system language is Dutch, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "nl" if value.lower().startswith("nl") else FALLBACK
    if sys.platform == "win32":
        import ctypes

        code = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return "nl" if code & _PRIMARY_LANGUAGE_MASK == _WINDOWS_DUTCH else FALLBACK
    return "nl" if (locale.getlocale()[0] or "").lower().startswith("nl") else FALLBACK


@cache
def texts(language: str) -> dict[str, str]:
    """All texts of one language, keyed `table.name`; a table stands in one file."""
    return {
        f"{table}.{name}": text
        for path in sorted((TEXTS / language).glob("*.toml"))
        for table, entries in tomllib.loads(path.read_text("utf-8")).items()
        for name, text in entries.items()
    }


def known(key: str) -> bool:
    """Whether there is a text with this key."""
    return key in texts(FALLBACK)


def say(key: str, /, **values: Any) -> str:
    """The text `key` in the chosen language with its values filled in."""
    text = texts(_chosen).get(key) or texts(FALLBACK)[key]
    return text.format(**values) if values else text


def counted(key: str, number: int, /, **values: Any) -> str:
    """The text for a number of things: `<key>_one` for one, else `<key>_many` with `n`."""
    return say(f"{key}_one" if number == 1 else f"{key}_many", n=number, **values)


def pick(text: Any) -> str:
    """The chosen language's version of a text from a data file: an object with one attribute per language, or a text
    that is the same in all."""
    if isinstance(text, str):
        return text
    return str(getattr(text, _chosen, None) or getattr(text, FALLBACK))
