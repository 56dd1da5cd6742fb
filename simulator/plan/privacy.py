"""What a plan file must not hold: numbers and dates that point at a pupil."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from simulator.base.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.base.errors import Problem
    from simulator.base.yamlfile import Document, Loc

_NINE_DIGITS = re.compile(r"(?<![0-9])[0-9]{9}(?![0-9])|(?<![0-9])[0-9]{3}[. -][0-9]{3}[. -][0-9]{3}(?![0-9])")
_BIRTH = re.compile(r"\b(geboren|geboortedatum|geb\.|born|birth)[^0-9]{0,20}[0-9]{1,4}[-/. ]", re.IGNORECASE)
_BARE_DATE = re.compile(
    r"\s*([0-9]{1,2}[-/.][0-9]{1,2}[-/.](19|20)[0-9]{2}|(19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
    r"|[0-9]{1,2} (jan|feb|maart|mrt|apr|mei|juni?|juli?|aug|sep|okt|nov|dec)[a-z]*\.? (19|20)[0-9]{2})\s*",
    re.IGNORECASE,
)
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_FREE = ("quote", "section", "title", "document", "note")


def problems(document: Document) -> Iterator[Problem]:
    """Every text in a file that looks like a burgerservicenummer or a date of birth."""
    for loc, text in _texts(document.data, ()):
        if any(_is_bsn(found) for found in _NINE_DIGITS.findall(text)):
            yield document.problem(say("plan.bsn"), loc, hint=say("hint.no_pupils"))
        elif _BIRTH.search(text) or (loc[-1] in _FREE and _BARE_DATE.fullmatch(text)):
            yield document.problem(say("plan.birth"), loc, hint=say("hint.no_pupils"))


def is_personal(text: str) -> bool:
    """Whether a text would be refused in a plan file: it looks like a burgerservicenummer or a date of birth."""
    return any(map(_is_bsn, _NINE_DIGITS.findall(text))) or bool(_BIRTH.search(text) or _BARE_DATE.fullmatch(text))


def masked(text: str, instead: str) -> str:
    """A text with other words for each sentence that a plan file may not hold: whom it is about goes with the number."""
    if not is_personal(text):
        return text
    sentences = re.split(r"(?<=[.!?;])(\s+)(?!\d)", text)
    kept = [instead if is_personal(one) else one for one in sentences]
    whole = "".join(kept)
    return instead if is_personal(whole) else whole


def _texts(value: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Every text and number in a file, with its place."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*loc, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*loc, number))
    elif loc and isinstance(value, str | int) and not isinstance(value, bool):
        yield loc, str(value)


def _is_bsn(text: str) -> bool:
    """The test of eleven that every burgerservicenummer passes."""
    digits = [int(letter) for letter in text if letter.isdigit()]
    return any(digits) and sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11 == 0
