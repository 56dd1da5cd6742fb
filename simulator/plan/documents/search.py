"""Finding per question the passages of a bundle that answer it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

from simulator.plan.documents import denials
from simulator.plan.documents.labels import Labeller, Labels
from simulator.plan.documents.likeness import Asked, Likeness
from simulator.plan.documents.patterns import Index
from simulator.plan.documents.phrases import Phrases, wording

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from simulator.plan.documents.passages import Passage
    from simulator.plan.wordlists import Outdated

FIRST = 3
_UNSURE = 2
"""Sentences that are looked at where none holds a pattern of an answer."""
_ANSWER, _MORE, _HINT, _PASSAGE = 3.0, 0.7, 0.5, 2.0
_ABOUT, _ABOUT_HEADING, _ABOUT_NEAR, _HEADING = 0.5, 0.7, 0.4, 1.2
_AGAINST, _ELSEWHERE, _PAIR = -1.5, 0.4, 1.2
_TITLE = 0.5
"""Share of the passages under one heading with others below it from which on it is the title of the bundle."""
_LAW = 0.3
"""Share of sentences that tell what the law says from which on a passage does nothing else."""
_LIKENESS, _ALIKE, _UNDER = 2.0, 2.0, 2.0
"""What likeness to the question counts for: of a sentence, of a passage, and of all under its heading. The last two only
put passages in order: they are no sign that one of them answers.
"""
_TERM = re.compile(r"[A-Z][\w ()/-]{1,40}: ")
_SCALE = 6.0
"""A raw score is s; what is shown is 1 - exp(-s / 6): 0.5 at 4.2, 0.8 at 9.7."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that may answer a question.

    Attributes:
        sentences: the numbers within the passage of the sentences that answer, the best first.
        score: between 0 and 1.
        answers: whether a pattern of an answer stands in it, about the right subject, in a part that settles things.
        labels: what the passage is for this question.
        puts_off: whether the best sentence is about the subject, in its words, and puts it off.
        refuses: whether the best sentence denies, or asks without an answer.
    """

    passage: Passage
    sentences: tuple[int, ...]
    score: float
    answers: bool
    labels: Labels
    puts_off: bool = False
    refuses: bool = False

    @property
    def quote(self) -> str:
        """The sentence that answers best, with the next one where it only leads in, or the first items of the list that it
        leads in to; of a table its beginning.
        """
        if self.passage.kind == "table":
            return self.passage.text[:_LONGEST_QUOTE]
        first, sentences = self.sentences[0], self.passage.sentences
        lead = next((place for place, one in enumerate(sentences) if one.endswith(":")), -1)
        if self.passage.kind == "list" and first <= lead:
            return " ".join(sentences[first : lead + 1 + _ITEMS])[:_LONGEST_QUOTE]
        until = first + 2 if sentences[first][-1] in "?:" or len(sentences[first]) < _SHORT_QUOTE else first + 1
        return " ".join(sentences[first:until])[:_LONGEST_QUOTE]


_SHORT_QUOTE, _LONGEST_QUOTE, _ITEMS = 30, 400, 3
"""Letters of a quote, and the items of a list that are quoted with what leads in to them."""


class Searcher:
    """A bundle to ask questions of.

    Args:
        passages: its passages.
        outdated: words that the law has left behind by the day of the plan.
        known: texts in the words of the law.
    """

    def __init__(
        self, passages: Sequence[Passage], outdated: Sequence[Outdated] = (), known: Sequence[str] = ()
    ) -> None:
        self.passages = passages
        self.starts: list[int] = []
        self.owner: list[int] = []
        sentences: list[str] = []
        for passage in passages:
            self.starts.append(len(sentences))
            self.owner += [passage.number] * len(passage.sentences)
            sentences += passage.sentences
        self.index = Index.of(sentences)
        self.pairs = Index.of(
            f"{one} {sentences[number + 1]}" if self.owner[number : number + 2] == [self.owner[number]] * 2 else ""
            for number, one in enumerate(sentences)
        )
        self.whole = Index.of(passage.text for passage in passages)
        self.paths = Index.of(" ".join(passage.path) for passage in passages)
        self.labeller = Labeller(passages, self.index, self.starts, outdated)
        elsewhere = wording().elsewhere
        self.settles_nothing = self._apart(elsewhere.headings)
        of_law = self.index.find_any(elsewhere.law)
        told = Counter(self.owner[number] for number in of_law)
        self.settles_nothing |= {one for one, count in told.items() if count > _LAW * len(passages[one].sentences)}
        self.settles_nothing |= {one.number for one in passages if _is_glossary(one)}
        self.points_elsewhere = self.index.find_any(elsewhere.sentences) | of_law
        self.likeness = Likeness(self.index, passages, known)

    def _apart(self, patterns: Sequence[str]) -> frozenset[int]:
        """The passages under a heading of one of some patterns, unless it is the title of most of the bundle."""
        under: dict[str, set[int]] = defaultdict(set)
        deeper: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for passage in self.passages:
            for depth, heading in enumerate(passage.path, start=1):
                under[heading].add(passage.number)
                deeper[heading] |= {passage.path[depth:]} - {()}
        headings = list(under)
        most = _TITLE * len(self.passages)
        found = [headings[number] for number in Index.of(headings).find_any(patterns)]
        titles = {one for one in found if len(deeper[one]) > 1 and len(under[one]) > most}
        return frozenset().union(*(under[one] for one in found if one not in titles))

    def ask(self, question: Asked, phrases: Phrases, most: int = FIRST) -> list[Hit]:
        """The passages that answer a question best, the best first.

        Args:
            question: its words, for those that it shares with the passages.
            phrases: how plans speak about it.
            most: how many.
        """
        likely = self.likeness.of(question, phrases)
        scores, answering, pairs = self._sentences(likely.sentences, phrases)
        by_passage: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for number, score in scores.items():
            by_passage[self.owner[number]].append((score, number))
        in_whole = self.whole.find_any(phrases.passage)
        ranked = []
        for number, found in by_passage.items():
            found.sort(key=lambda pair: (-pair[0], pair[1]))
            score = found[0][0] + 0.25 * sum(one for one, _ in found[1:3])
            score += _PASSAGE if number in in_whole else 0.0
            score *= _ELSEWHERE if number in self.settles_nothing else 1.0
            alike = _ALIKE * likely.passages.get(number, 0.0) + _UNDER * likely.sections.get(number, 0.0)
            alike *= _ELSEWHERE if number in self.settles_nothing else 1.0
            ranked.append((score + alike, number, score, [one for _, one in found]))
        ranked.sort(key=lambda row: (-row[0], row[1]))
        return [self._hit(row[1:], phrases, answering, pairs, in_whole) for row in ranked[:most] if row[0] > 0]

    def _hit(
        self,
        row: tuple[int, float, list[int]],
        phrases: Phrases,
        answering: set[int],
        pairs: set[int],
        whole: Collection[int],
    ) -> Hit:
        number, score, found = row
        passage = self.passages[number]
        sure = [one for one in found if one in answering][:2]
        best = sure or found[:_UNSURE]
        if best[0] in pairs:
            best = [best[0], best[0] + 1]
        answers = number not in self.settles_nothing and (best[0] in answering or number in whole)
        labels = self.labeller.label(passage, best, phrases, together=best[0] in pairs, sure=bool(sure))
        inside = tuple(one - self.starts[number] for one in best)
        puts_off = best[0] in self.labeller.deferring and best[0] in self.index.find_any(phrases.about)
        refuses = passage.kind != "table" and denials.refuses(passage, inside[0])
        return Hit(passage, inside, 1 - exp(-max(score, 0.0) / _SCALE), answers, labels, puts_off, refuses)

    def _sentences(self, alike: Mapping[int, float], phrases: Phrases) -> tuple[dict[int, float], set[int], set[int]]:
        """The score of every sentence that says something, those that hold an answer about the right subject, and those
        that hold it only with the sentence after them.
        """
        scores: dict[int, float] = defaultdict(float)
        hits: dict[int, int] = defaultdict(int)
        pairs: set[int] = set()
        for pattern in phrases.answers:
            alone = self.index.find(pattern)
            for number in alone:
                hits[number] += 1
            for number in self.pairs.find(pattern):
                if number not in alone and number + 1 not in alone:
                    scores[number] += _PAIR
                    pairs.add(number)
        for number, count in hits.items():
            scores[number] += _ANSWER + _MORE * (min(count, 4) - 1)
        for pattern in phrases.hints:
            for number in self.index.find(pattern):
                scores[number] += _HINT
        for number, likeness in alike.items():
            scores[number] += _LIKENESS * likeness
        about = self.index.find_any(phrases.about)
        near = self.whole.find_any(phrases.about)
        above = self.paths.find_any(phrases.about)
        headings = self.paths.find_any(phrases.headings)
        against = [self.index.find(pattern) for pattern in phrases.against]
        answering = set()
        for number in list(scores):
            owner = self.owner[number]
            subject = _ABOUT * (number in about) + _ABOUT_HEADING * (owner in above) + _ABOUT_NEAR * (owner in near)
            wrong = sum(number in found for found in against)
            scores[number] += subject + _HEADING * (owner in headings) + _AGAINST * wrong
            if number in self.points_elsewhere:
                scores[number] *= _ELSEWHERE
            elif not wrong and ((number in hits and subject) or (number in pairs and subject >= _ABOUT)):
                answering.add(number)
        return scores, answering, pairs - set(hits)


def _is_glossary(passage: Passage) -> bool:
    """Whether a passage is a list of terms with what they mean."""
    terms = sum(1 for one in passage.sentences if _TERM.match(one))
    return passage.kind == "list" and terms >= max(4, 0.7 * len(passage.sentences))
