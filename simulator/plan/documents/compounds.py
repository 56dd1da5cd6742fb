"""Dutch compounds and the words they are made of: `steunpuntmedewerker` is a `medewerker` of a `steunpunt`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from simulator.plan.documents.patterns import stem

if TYPE_CHECKING:
    from collections.abc import Collection

PARTICLES = ("aan", "af", "bij", "door", "goed", "in", "mee", "na", "op", "over", "samen", "terug", "toe", "uit", "vast", "voor", "weg")
_SHORTEST = 4
"""Letters of the shortest part; shorter words stand in others by chance."""
_LINKS = ("", "s", "en", "e", "n")
"""What can stand between two parts."""


FOLD = True
_PARTICIPLE = re.compile(rf"({'|'.join(PARTICLES)})?ge(.{{3,}}?)(?:d|t|en)")


@lru_cache(maxsize=100_000)
def base(word: str) -> str:
    """The stem of a word with the forms of a verb made one: `vastgesteld` and `vaststellen` are `vaststel`."""
    if not FOLD:
        return stem(word)
    found = _PARTICIPLE.fullmatch(word)
    plain = stem(f"{found[1] or ''}{found[2]}" if found else word)
    return plain[:-1] if len(plain) > 4 and plain[-1] in "dt" and plain[-2] not in "aeiou" else plain


class Splitter:
    """Splits words into the words of a lexicon."""

    def __init__(self, lexicon: Collection[str]) -> None:
        self.lexicon = {word for word in lexicon if len(word) >= _SHORTEST and word.isalpha()}
        self.stems = lru_cache(maxsize=None)(self._stems)

    def _stems(self, word: str) -> tuple[str, ...]:
        return (base(word), *(base(part) for part in self.parts(word)))

    def parts(self, word: str) -> tuple[str, ...]:
        """The parts of a compound, the last as long as it can be; none of a word that is no compound."""
        for place in range(_SHORTEST, len(word) - _SHORTEST + 1):
            left, right = word[:place], word[place:]
            if right not in self.lexicon:
                continue
            for link in _LINKS:
                whole = left.removesuffix(link) if link else left
                if left.endswith(link) and whole in self.lexicon:
                    return (*(self.parts(whole) or (whole,)), right)
        return ()
