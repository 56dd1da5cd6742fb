"""Parameters that a kader of one's own adds and nothing in it uses: most likely a name written wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


def parameters(own: Collection[str], data: Any, known: Collection[str], items: Collection[str]) -> Iterator[str]:
    """Names, of those that a file gives, that mean nothing: not known of other kaders and named nowhere else.

    Args:
        own: the parameters that the file itself gives.
        data: the whole kader as it stands in its files.
        known: parameters of the kaders that it could be meant after; the program itself uses some of these.
        items: what a parameter can be of one of (`name.ITEM`): the duties.
    """
    used = {*_words({key: one for key, one in data.items() if key != "parameters"})}
    used |= {word for one in data["parameters"].values() for word in _words(one)}
    for name in own:
        stem, _, item = name.partition(".")
        if name not in known and name not in used and not (item in items and (stem in known or stem in used)):
            yield name


def _words(part: Any) -> Iterator[str]:
    """Every text in data, keys as well."""
    if isinstance(part, dict):
        for key, one in part.items():
            yield str(key)
            yield from _words(one)
    elif isinstance(part, list):
        for one in part:
            yield from _words(one)
    elif isinstance(part, str):
        yield part
