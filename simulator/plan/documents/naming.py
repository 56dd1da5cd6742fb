"""The names of gemeenten as plans spell them: `Alphen a/d Rijn`, `Den Haag`, `Bergen NH`."""

from __future__ import annotations

import re
from functools import cache

from simulator.plan.documents.phrases import wording

_BETWEEN = {"aan den": r"(?:aan\s+den|a\s?/\s?d|a\.\s?d\.?)", "aan de": r"(?:aan\s+de|a\s?/\s?d|a\.\s?d\.?)"}
_PROVINCE = re.compile(r" \((\w+)\.?\)$")


@cache
def spelled(name: str) -> re.Pattern[str]:
    """What finds a gemeente in a text, in every spelling that is known."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_one, (name, *wording().gemeenten.get(name, ()))))})(?!\w)")


def _one(name: str) -> str:
    province = _PROVINCE.search(name)
    plain = _PROVINCE.sub("", name)
    for words, pattern in _BETWEEN.items():
        if f" {words} " in plain:
            before, after = plain.split(f" {words} ")
            return rf"{re.escape(before)}\s+{pattern}\s*{re.escape(after)}"
    letters = re.escape(plain).replace("'", "['\u2018\u2019]")
    if province is None:
        return letters
    shortened = r"\.?".join(province[1])
    return rf"{letters}(?:\s*\({shortened}\.?\)|\s{shortened}\b\.?|(?!\s+(?:op|aan)\b))"
