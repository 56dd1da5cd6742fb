"""Finding patterns of words in many sentences: by an index of words, not by reading every sentence for every pattern."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from simulator.plan.documents.phrases import wording

if TYPE_CHECKING:
    from collections.abc import Iterable

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+(?:'[a-z]+)?|%|€")
_GAP = 2
_LONGEST = 60
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_YEAR = re.compile(r"(?:19|20)\d\d")


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("dutch")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a Dutch word; what is longer than any word is left as it is."""
    return word if len(word) > _LONGEST else str(_stemmer().stemWord(word))


def tokens(text: str) -> list[str]:
    """The words and figures of a text: small letters, no accents, parts of compounds with a hyphen apart."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("p.m.", "pm").replace("\u2019", "'"))
    if not plain.isascii():
        plain = "".join(one for one in plain if not unicodedata.combining(one))
    return _TOKEN.findall(plain)


def classes(words: list[str]) -> list[tuple[str, ...]]:
    """Per word what it is besides itself: `{n}`, `{year}`, `{pct}`, `{euro}`, `{date}`."""
    found: list[tuple[str, ...]] = []
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else ""
        before = words[place - 1] if place else ""
        kinds = []
        if word[0].isdigit():
            if after in MONTHS:
                kinds.append("{date}")
            elif _YEAR.fullmatch(word):
                kinds.append("{year}")
            else:
                kinds.append("{n}")
                if after in ("procent", "%"):
                    kinds.append("{pct}")
                if after in ("euro", "miljoen") or before in ("€", "euro") or re.fullmatch(r"\d{1,3}(\.\d{3})+", word):
                    kinds.append("{euro}")
        elif word in wording().numbers and (word != "een" or after in ("week", "maand", "procent")):
            kinds.append("{n}")
            if after in ("procent", "%"):
                kinds.append("{pct}")
        found.append(tuple(kinds))
    return found


@dataclass(frozen=True, slots=True)
class _Term:
    """A word of a pattern, or words that follow each other; each with its alternatives."""

    words: tuple[tuple[str, ...], ...]


@cache
def _parse(pattern: str) -> tuple[_Term, ...]:
    terms = []
    for part in pattern.split(" "):
        # `a_b|c` is either `a b` or `c`: a term with several shapes is kept as alternatives of runs
        terms.append(_Term(tuple(tuple(one.split("_")) for one in part.split("|"))))
    return tuple(terms)


@dataclass
class Index:
    """Texts by the words in them.

    Attributes:
        words: per text its words.
        postings: per word, stem or class the numbers of the texts that hold it.
    """

    words: list[list[str]] = field(default_factory=list)
    kinds: list[list[tuple[str, ...]]] = field(default_factory=list)
    postings: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _found: dict[str, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Index:
        """The index of some texts."""
        index = cls()
        for number, text in enumerate(texts):
            words = tokens(text)
            kinds = classes(words)
            index.words.append(words)
            index.kinds.append(kinds)
            for word, own in dict.fromkeys(zip(words, kinds, strict=True)):
                index.postings[word].add(number)
                index.postings["=" + stem(word)].add(number)
                for kind in own:
                    index.postings[kind].add(number)
        return index

    def find(self, pattern: str) -> frozenset[int]:
        """The texts in which every term of a pattern stands."""
        if pattern not in self._found:
            sets = [self._term(term) for term in _parse(pattern)]
            self._found[pattern] = frozenset.intersection(*sorted(sets, key=len))
        return self._found[pattern]

    def find_any(self, patterns: Iterable[str]) -> frozenset[int]:
        """The texts in which one of some patterns stands."""
        return frozenset().union(*(self.find(pattern) for pattern in patterns))

    def _term(self, term: _Term) -> frozenset[int]:
        found: set[int] = set()
        for run in term.words:
            holding = frozenset.intersection(*(self._word(word) for word in run))
            found |= holding if len(run) == 1 else {number for number in holding if self._follows(number, run)}
        return frozenset(found)

    def _word(self, word: str) -> frozenset[int]:
        key = "\0" + word
        if key not in self._found:
            if "*" in word:
                fits = re.compile(re.escape(word).replace(r"\*", r"[a-z']*"))
                sets = [own for one, own in self.postings.items() if fits.fullmatch(one)]
            else:
                sets = [self.postings.get(word, set()), self.postings.get("=" + stem(word), set())]
            self._found[key] = frozenset().union(*sets)
        return self._found[key]

    def _follows(self, number: int, run: tuple[str, ...]) -> bool:
        """Whether the words of a run follow each other in a text, with at most two words in between."""
        ends = [place for place in range(len(self.words[number])) if self._is(number, place, run[0])]
        for word in run[1:]:
            ends = [
                place
                for place in range(len(self.words[number]))
                if self._is(number, place, word) and any(0 < place - end <= _GAP + 1 for end in ends)
            ]
        return bool(ends)

    def _is(self, number: int, place: int, word: str) -> bool:
        own = self.words[number][place]
        if word.startswith("{"):
            return word in self.kinds[number][place]
        if "*" in word:
            return re.fullmatch(re.escape(word).replace(r"\*", r"[a-z']*"), own) is not None
        return own == word or stem(own) == stem(word)
