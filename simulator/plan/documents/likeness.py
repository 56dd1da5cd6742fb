"""How much passages and sentences share with a question, by BM25 over the forms of their words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from simulator.plan.documents.compounds import Forms, base
from simulator.plan.documents.patterns import tokens
from simulator.plan.documents.phrases import wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from simulator.plan.documents.passages import Passage
    from simulator.plan.documents.patterns import Index
    from simulator.plan.documents.phrases import Phrases

_MOST = 60
_CONTEXT = 0.4
"""What a word of the law, or one that says the same, counts for beside one of the question."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in words.

    Attributes:
        ask: the question.
        context: what the law says of it, what evidence answers it, and what is often missing.
    """

    ask: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Likely:
    """How much sentences, passages, and all that stands under the heading of a passage share with a question."""

    sentences: Mapping[int, float]
    passages: Mapping[int, float]
    sections: Mapping[int, float]


class Likeness:
    """How much the parts of a bundle share with a question; between 0 and 1.

    Args:
        index: the sentences.
        passages: to which they belong.
        known: texts whose words compounds are split into, besides those of the bundle.
    """

    def __init__(self, index: Index, passages: Sequence[Passage], known: Iterable[str] = ()) -> None:
        self.forms = Forms({word for text in known for word in tokens(text)}.union(*index.words))
        self.stop = {base(word) for word in wording().stop}
        self.sentences = _Model([list(self.forms.of(words)) for words in index.words])
        whole = [list(self.forms.of(tokens(" ".join((one.text, *one.path))))) for one in passages]
        self.passages = _Model(whole)
        sections: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
        for one in passages:
            sections[one.document, one.path].append(one.number)
        self.members = list(sections.values())
        self.sections = _Model([[term for number in numbers for term in whole[number]] for numbers in self.members])

    def of(self, asked: Asked, phrases: Phrases) -> Likely:
        """What shares most with the question, the law and the words of its patterns."""
        words = set(self.forms.of(tokens(asked.ask))) - self.stop
        for pattern in phrases.answers:
            words |= {base(one) for term in pattern.split() for one in term.split("|") if one.isalpha()}
        context = set(self.forms.of(tokens(asked.context))) - self.stop
        context |= {other for word in words for other in _synonyms().get(word, ())}
        context -= words
        sections = self.sections.best(words, context)
        under = {number: likeness for one, likeness in sections.items() for number in self.members[one]}
        return Likely(self.sentences.best(words, context), self.passages.best(words, context), under)


@cache
def _synonyms() -> dict[str, set[str]]:
    """Per stem the stems of words that say the same in this field."""
    found: dict[str, set[str]] = {}
    for group in wording().synonyms:
        stems = {base(word) for word in group}
        for one in stems:
            found[one] = found.get(one, set()) | stems
    return found


class _Model:
    """BM25 over texts that are lists of terms."""

    def __init__(self, corpus: list[list[str]]) -> None:
        import bm25s

        self.model: Any = bm25s.BM25()
        self.known = {term for terms in corpus for term in terms}
        if corpus:
            self.model.index([terms or ["-"] for terms in corpus], show_progress=False)

    def best(self, words: Collection[str], context: Collection[str]) -> dict[int, float]:
        """The texts that share most with some words and, for less, with their context."""
        weighed = [(sorted(set(one) & self.known), weight) for one, weight in ((words, 1.0), (context, _CONTEXT))]
        scores = sum(weight * self.model.get_scores(one) for one, weight in weighed if one)
        if isinstance(scores, int):
            return {}
        best = float(scores.max())
        return {int(one): float(scores[one]) / best for one in scores.argsort()[::-1][:_MOST] if scores[one] > 0}
