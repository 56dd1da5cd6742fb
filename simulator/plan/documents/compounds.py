"""Dutch words in their many forms: the parts of compounds, and the forms of a verb, also of one that is taken apart."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from simulator.plan.documents.patterns import stem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_PARTICLES = (
    *(
        "aan",
        "af",
        "bij",
        "door",
        "goed",
        "in",
        "mee",
        "na",
        "op",
        "over",
        "samen",
        "terug",
        "toe",
        "uit",
        "vast",
        "voor",
    ),
    "weg",
)
"""What stands before a verb or apart from it: `vaststellen`, `stelt vast`."""
_PARTICIPLE = re.compile(rf"({'|'.join(_PARTICLES)})?ge(.{{3,}}?)(?:d|t|en)")
_SHORTEST = 4
"""Letters of the shortest part; shorter words stand in others by chance."""
_LONGEST = 80
"""Letters of the longest word that is split; the longest of the law have half of that. Time grows with their square."""
_LINKS = ("", "s", "en", "e", "n")
"""What can stand between two parts."""


@lru_cache(maxsize=100_000)
def base(word: str) -> str:
    """The stem of a word with the forms of a verb made one: of `stelt` and `gesteld`, of `vaststelt` and `vastgesteld`."""
    found = _PARTICIPLE.fullmatch(word)
    plain = stem(f"{found[1] or ''}{found[2]}" if found else word)
    return re.sub(r"(?<=...)(?<![aeiou])[dt]+$", "", plain)


class Forms:
    """What words are made of, as far as a lexicon knows it.

    Args:
        lexicon: the words that can be parts, and verbs that can be taken apart.
    """

    def __init__(self, lexicon: Collection[str]) -> None:
        self.words = {word for word in lexicon if len(word) >= _SHORTEST and word.isalpha()}
        self.bases = {base(word) for word in self.words}
        self.of_word = lru_cache(maxsize=None)(self._of_word)

    def of(self, words: Sequence[str]) -> Iterator[str]:
        """The bases of the words of a text, those of their parts, and those of verbs that stand apart in it."""
        for word in words:
            yield from self.of_word(word)
        for particle in sorted(set(words) & set(_PARTICLES)):
            whole = (particle + base(word) for word in words if word not in _PARTICLES)
            yield from (one for one in whole if one in self.bases)

    def _of_word(self, word: str) -> tuple[str, ...]:
        return (base(word), *(base(part) for part in self.parts(word)))

    def parts(self, word: str) -> tuple[str, ...]:
        """The parts of a compound, the last as long as it can be; none of a word that is none or is too long."""
        if len(word) > _LONGEST:
            return ()
        for place in range(_SHORTEST, len(word) - _SHORTEST + 1):
            left, right = word[:place], word[place:]
            if right not in self.words:
                continue
            for link in _LINKS:
                whole = left.removesuffix(link) if link else left
                if left.endswith(link) and whole in self.words:
                    return (*(self.parts(whole) or (whole,)), right)
        return ()
