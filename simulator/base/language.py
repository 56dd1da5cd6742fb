"""The texts of the program in the language of the user.

Texts are data: per language a folder in `texts/` with a TOML file per subject. Adding a language is adding a folder.
"""

from __future__ import annotations

import json
import locale
import os
import sys
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from simulator.base.bidi import closed

TEXTS = Path(__file__).parent / "texts"
FALLBACK = "en"
QUOTE = '"'
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
def _written(language: str) -> dict[str, str]:
    """All texts of one language as they are written, keyed `table.name`; an entry stands on one line.

    A text is read when it is first asked for: a program that starts needs few of them.
    """
    found = {}
    for path in sorted((TEXTS / language).glob("*.toml")):
        table = ""
        for line in path.read_text("utf-8").split("\n"):
            name, mark, value = line.partition(" = ")
            if line.startswith("["):
                table = line.strip("[]")
            elif mark:
                found[f"{table}.{name.strip(QUOTE)}"] = value
    return found


@cache
def _text(language: str, key: str) -> str | None:
    """A text; None when the language does not have it."""
    value = _written(language).get(key)
    if value is None:
        return None
    if value.startswith(QUOTE):  # such a string is the same in JSON, which reads faster
        return str(json.loads(value))
    import tomllib

    return str(tomllib.loads(f"text = {value}")["text"])


@cache
def texts(language: str) -> dict[str, str]:
    """All texts of one language, keyed `table.name`; a table stands in one file."""
    return {key: _text(language, key) or "" for key in _written(language)}


def known(key: str) -> bool:
    """Whether there is a text with this key."""
    return key in _written(FALLBACK)


class _Filling(Formatter):
    """Fills a text in, where `{n:dag|dagen}` is the first word for one and the other for any other number."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, mark, many = format_spec.partition("|")
        return (one if str(value) == "1" else many) if mark else super().format_field(value, format_spec)


_filling = _Filling()


def say(key: str, /, **values: Any) -> str:
    """The text `key` in the chosen language with its values filled in; `{n:dag|dagen}` chooses a word by a number.

    Raises:
        KeyError: no language has it.
    """
    text = _text(_chosen, key) or _text(FALLBACK, key)
    if text is None:
        raise KeyError(key)
    closed_values = {name: _closed(value) for name, value in values.items()}
    fill = _filling.vformat if "|" in text else _plainly
    return fill(text, (), closed_values) if values else text


def _plainly(text: str, _: tuple[()], values: dict[str, Any]) -> str:
    return text.format_map(values)


def _closed(value: Any) -> Any:
    return closed(value) if isinstance(value, str) else value


def pick(text: Any) -> str:
    """The chosen language's version of a text from a data file: an object with one attribute per language, or a text
    that is the same in all."""
    if isinstance(text, str):
        return text
    return str(getattr(text, _chosen, None) or getattr(text, FALLBACK))
