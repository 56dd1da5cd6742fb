"""Sentences that say that something is not there or not so, and questions: they name an answer without giving it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulator.plan.documents.patterns import Index, tokens
from simulator.plan.documents.phrases import wording

if TYPE_CHECKING:
    from simulator.plan.documents.passages import Passage

_FIRST = re.compile(r"(.*?)([,;:(?]| (?:dat|die|wie|waar|omdat|als|indien|wanneer|tenzij|zodat|maar)\b|$)")
"""The first part of a sentence, and what ends it."""


def refuses(passage: Passage, place: int) -> bool:
    """Whether a sentence of a passage denies, or is a question that nothing after it answers."""
    sentence = passage.sentences[place]
    return denies(sentence) or (sentence.endswith("?") and place + 1 >= len(passage.sentences))


def denies(sentence: str) -> bool:
    """Whether the first clause of a sentence denies: `Er is geen steunpunt.`, `Nee, ...`, but not `Wie niet ...`.

    What follows a comma or `dat` can be denied for a good reason (`heeft daar geen stem over`), and a clause before a
    colon is explained by what comes after it.
    """
    words, (clause, end) = wording().denying, _FIRST.match(sentence.strip()).groups()  # type: ignore[union-attr]
    own = tokens(clause)
    if own == ["nee"]:
        return True
    if not own or end in (":", "?") or own[0] in words.conditional:
        return False
    index = Index.of([clause])
    return bool(index.find_any(words.denied)) and not index.find_any(words.against)
