"""What a passage is: concrete, general or deferring; procedure or criteria; intended or achieved; in old words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.plan.documents.phrases import Form, Time, wording

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from simulator.plan.documents.passages import Passage
    from simulator.plan.documents.patterns import Index
    from simulator.plan.documents.phrases import Phrases
    from simulator.plan.wordlists import Outdated

Firmness = Literal["concrete", "general", "deferring"]

_LIST, _COLUMNS = 3, 3
"""Items from which on a list, or a sentence with commas, counts as an enumeration; columns that have names above them."""
_TERMS = ("week", "weken", "dag", "dagen", "werkdag", "werkdagen", "maand", "maanden", "jaar", "schooljaar")


@dataclass(frozen=True, slots=True)
class Labels:
    """What a passage is with regard to a question; form and time only where the question asks for one."""

    firmness: Firmness
    form: Form | None = None
    time: Time | None = None
    outdated: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        """The labels as words."""
        return tuple(one for one in (self.form, self.time, self.firmness, "outdated" if self.outdated else None) if one)


class Labeller:
    """Labels for passages of a bundle.

    Args:
        passages: the passages.
        index: the index of their sentences.
        starts: per passage the number of its first sentence in that index.
        outdated: words that the law has left behind by the day of the plan.
    """

    def __init__(
        self, passages: Sequence[Passage], index: Index, starts: Sequence[int], outdated: Sequence[Outdated]
    ) -> None:
        self.passages, self.index, self.starts, self.outdated = passages, index, starts, outdated
        words = wording()
        self.deferring = index.find_any(words.deferring)
        self.hedging = index.find_any(words.hedging)
        self.roles = index.find_any(words.roles)
        self.cues = {name: [index.find(one) for one in getattr(words, name)] for name in _CUES}

    def label(
        self, passage: Passage, sentences: Sequence[int], phrases: Phrases, *, together: bool, sure: bool
    ) -> Labels:
        """The labels of a passage for a question.

        Args:
            sentences: those that answer it, the best first.
            together: whether they answer it only with each other.
            sure: whether a pattern of an answer stands in them. Where they are only alike, one of them that puts off is
                enough to doubt, and the first alone tells of which kind it is.
        """
        telling = sentences if sure else sentences[:1]
        return Labels(
            self._firmness(passage, sentences, phrases, sentences[:1] if sure and not together else sentences),
            self._either(passage, telling, phrases, "procedure", "criteria"),  # type: ignore[arg-type]
            self._either(passage, telling, phrases, "intended", "achieved") if phrases.time else None,  # type: ignore[arg-type]
            tuple(one.word for one in self.outdated if one.stands_in(passage.text)),
        )

    def _firmness(
        self, passage: Passage, sentences: Sequence[int], phrases: Phrases, decisive: Sequence[int]
    ) -> Firmness:
        header = self._header(passage)
        decisive = [number for number in decisive if number not in header]
        below = [number for number in self._range(passage) if number > max(header, default=number)]
        if any(number in self.deferring for number in decisive) or (
            below and not decisive and self.deferring >= {*below}
        ):
            return "deferring"
        hedged = any(number in self.hedging for number in decisive)
        sentences = self._around(passage, sentences)
        shown = any(self._shows(passage, sentences, need) for need in phrases.needs)
        hard = any(
            self._shows(passage, sentences, need) for need in ("n", "pct", "euro", "date", "term", "list", "table")
        )
        return "concrete" if shown and (hard or not hedged) else "general"

    def _header(self, passage: Passage) -> Collection[int]:
        """The names of the columns of a table: `Streven (2030)` names what is below it, and puts nothing off.

        A table of two columns can begin with a row like any other.
        """
        cells = [cell for cell in passage.rows[0] if cell] if passage.rows else []
        if len(cells) < _COLUMNS:
            return ()
        return [number for number in self._range(passage) if self._is_row(passage, number, cells)]

    def _is_row(self, passage: Passage, number: int, cells: Sequence[str]) -> bool:
        return passage.sentences[number - self.starts[passage.number]] == " | ".join(cells)

    def _around(self, passage: Passage, sentences: Sequence[int]) -> list[int]:
        """The sentences that answer, with the one after the first: what a question or a lead-in asks for."""
        after = sentences[0] + 1
        return [*sentences, after] if after in self._range(passage) and after not in self.deferring else list(sentences)

    def _shows(self, passage: Passage, sentences: Sequence[int], need: str) -> bool:
        if need == "fact":
            return True
        if need == "table":
            return passage.kind == "table" and any(self._has(number, "{n}") for number in self._range(passage))
        if need == "list":
            return self._enumerates(passage, sentences)
        if need == "role":
            return any(number in self.roles for number in sentences)
        if need == "term":
            return any(self._has(number, "{n}") and self._names_term(number) for number in sentences)
        if need == "date":
            return any(self._has(number, "{date}") or self._has(number, "{year}") for number in sentences)
        return any(self._has(number, f"{{{need}}}") for number in sentences)

    def _enumerates(self, passage: Passage, sentences: Sequence[int]) -> bool:
        if passage.kind == "table" or (passage.kind == "list" and len(passage.sentences) >= _LIST):
            return True
        start = self.starts[passage.number]
        return any(passage.sentences[number - start].count(",") >= _LIST - 1 for number in sentences)

    def _has(self, number: int, kind: str) -> bool:
        return number in self.index.postings.get(kind, ())

    def _names_term(self, number: int) -> bool:
        return any(word in _TERMS for word in self.index.words[number])

    def _range(self, passage: Passage) -> range:
        start = self.starts[passage.number]
        return range(start, start + len(passage.sentences))

    def _either(self, passage: Passage, sentences: Sequence[int], phrases: Phrases, one: str, other: str) -> str | None:
        """Which of two kinds a passage is, by the cues in the sentences that answer, then in all of it."""
        weights = dict.fromkeys((one, other), 0.0)
        for name in weights:
            for found in self.cues[name]:
                weights[name] += sum(1.0 for number in sentences if number in found)
                weights[name] += 0.3 * any(number in found for number in self._range(passage))
        asked = phrases.form if one == "procedure" else phrases.time
        if passage.kind == "table" and asked and weights[asked]:
            return asked  # a table tells both: what it was, and what it is to be
        if not any(weights.values()):
            return None
        return one if weights[one] >= weights[other] else other


_CUES = ("procedure", "criteria", "intended", "achieved")
