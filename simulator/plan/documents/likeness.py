"""How much sentences share with a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.plan.documents.patterns import stem, tokens
from simulator.plan.documents.phrases import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.plan.documents.patterns import Index
    from simulator.plan.documents.phrases import Phrases

_MOST = 60


class Likeness:
    """How much sentences share with a question, by BM25 over stems; between 0 and 1."""

    def __init__(self, index: Index) -> None:
        import bm25s

        self.size = len(index.words)
        self.model = bm25s.BM25()
        corpus = [[stem(word) for word in words] or ["-"] for words in index.words]
        self.known = {word for words in corpus for word in words}
        if self.size:
            self.model.index(corpus, show_progress=False)

    def of(self, question: str, phrases: Phrases) -> Mapping[int, float]:
        """The sentences that share most with the question and the words of its patterns."""
        words = {stem(word) for word in tokens(question)} - {stem(word) for word in wording().stop}
        for pattern in phrases.answers:
            words |= {stem(one) for term in pattern.split() for one in term.split("|") if one.isalpha()}
        words &= self.known
        if not words:
            return {}
        scores = self.model.get_scores(sorted(words))
        best = float(scores.max())
        return {int(one): float(scores[one]) / best for one in scores.argsort()[::-1][:_MOST] if scores[one] > 0}
