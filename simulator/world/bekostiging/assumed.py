"""What the amounts of the bekostiging rest on that was not read: every entry of the file that says so itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.base.fields import Sourced, Text
from simulator.base.language import known, say
from simulator.base.numbers import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.world.bekostiging.data import Bekostiging

_ORIGIN = ("source", "confidence", "note", "label")
_LATER = ("vangnet", "signaleringswaarde", "national.income", "national.special_share")
"""What only the years after 2020 rest on; they do not rest on the money of lgf and the verevening."""
_FIRST = ("lgf", "national.lgf", "verevening", "sbo_threshold")
_BOTH_WAYS = {"index": "bekostiging_index", "verevening.shares.": "verevening_"}
"""Entries that a parameter of a kader stands for, by how both names begin."""


class Entry(NamedTuple):
    """An entry of the file: its name there, its values in words, and its origin."""

    name: str
    value: str
    origin: Sourced


def entries(data: Bekostiging, parameters: set[str], *, after_2020: bool) -> list[Entry]:
    """Every entry of the file that the money of some years rests on, whatever its confidence, in the order of the file.

    Args:
        data: the file.
        parameters: names of parameters, which come in the place of the entries they stand for.
        after_2020: whether it is the money after 2020 that is looked at, else that up to then.
    """
    idle = _FIRST if after_2020 else _LATER
    return [
        Entry(name, _told(one), one)
        for name, one in _walk(data, "")
        if not name.startswith(idle) and _parameter(name) not in parameters
    ]


def _walk(value: Any, name: str) -> Iterator[tuple[str, Sourced]]:
    """Everything with an origin below a value, by its dotted name."""
    if isinstance(value, Sourced):
        yield name, value
    elif isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value, 1)
        for key, inner in pairs:
            yield from _walk(inner, f"{name}.{key}")
    elif hasattr(type(value), "model_fields") and not isinstance(value, Text):
        for key in type(value).model_fields:
            yield from _walk(getattr(value, key), f"{name}.{key}".lstrip("."))


def _parameter(name: str) -> str:
    for entry, parameter in _BOTH_WAYS.items():
        if name == entry or (entry.endswith(".") and name.startswith(entry)):
            return parameter + name.removeprefix(entry)
    return ""


def _told(one: Sourced) -> str:
    """The values of an entry in words: a single one alone, more with what each is called."""
    values = {key: getattr(one, key) for key in type(one).model_fields if key not in _ORIGIN}
    words = {key: _words(value) for key, value in values.items()}
    if len(words) == 1 and not isinstance(next(iter(values.values())), dict):
        return next(iter(words.values()))
    return "; ".join(f"{_called(key)}: {text}" for key, text in words.items())


def _called(key: str) -> str:
    return say(f"money_entry.{key}") if known(f"money_entry.{key}") else key.replace("_", " ")


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return say("money_entry.yes" if value else "money_entry.no")
    if value is None:
        return say("money_entry.none")
    if isinstance(value, int | float):
        return plain(value)
    if isinstance(value, list):
        return " / ".join(map(_words, value))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_words(inner)}" for key, inner in value.items())
    return str(value)
