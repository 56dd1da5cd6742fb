"""The parts of sentences that hold a date, and which of them tell what has come."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.plan.documents.days import dates
from simulator.plan.documents.patterns import Index
from simulator.plan.documents.phrases import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from simulator.plan.documents.passages import Passage

_CLAUSE = re.compile(
    r"[;,(]\s+|(?<=\b20\d\d)[.|]?\s+(?=[A-Z][^.:;|]{2,40}[:|]\s)|\s+(?:en|maar)\s+(?=(?:met|op|de|heeft|hebben|na|is|zijn|"
    r"was|werd|werden|wordt|worden|zal|zullen|moet|stemde|stelde|daarna|vervolgens|later|verwacht\w*)\b)"
)
"""Between the parts of a sentence, and between lines as `Vastgesteld: 12 februari 2026` that were put together."""
_AUXILIARY = r"(?:heeft|hebben|is|zijn|was|waren|werd|werden|wordt|worden)"
_HEAD = re.compile(rf".{{1,80}}?\b{_AUXILIARY}\b")
_OPEN = re.compile(rf"(?:op|na|daarna|vervolgens|later)\b(?!.*\b{_AUXILIARY}\b)")
"""How a part begins that has neither a subject nor a verb of its own: those of the sentence hold for it."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence, or all of it, with the days in it and their places."""

    passage: Passage
    sentence: str
    text: str
    days: tuple[tuple[int, date], ...]


class Clauses:
    """What holds a date in some passages.

    Attributes:
        all: the clauses, in order.
        index: of their words, by the number of the clause; a part that leaves out subject and verb is read with those
            of its sentence.
        came: the numbers of those that tell what has come: it is not still to come by the sentence up to there, and the
            sentence does not call it off.
    """

    def __init__(self, passages: Iterable[Passage], *, whole: bool = False) -> None:
        """Read the clauses; with `whole` every sentence is one."""
        self.all: list[Clause] = []
        until: list[str] = []
        read: list[str] = []
        for passage in passages:
            for sentence in passage.sentences:
                head = ""
                for text in (sentence,) if whole else _parts(sentence):
                    if days := tuple(dates(text)):
                        self.all.append(Clause(passage, sentence, text, days))
                        until.append(sentence[: sentence.find(text) + len(text)])
                        read.append(f"{head} {text}" if head and _OPEN.match(text) else text)
                    head = head or _head(text)
        self.index = Index.of(read)
        self.came = frozenset(range(len(self.all))) - held_back(until, [one.sentence for one in self.all])


def held_back(until: Iterable[str], sentences: Iterable[str]) -> frozenset[int]:
    """The numbers of the clauses that tell of what is still to come, or of what their sentence calls off.

    Args:
        until: of every clause its sentence up to its end.
        sentences: of every clause its sentence.
    """
    words = wording()
    to_come = Index.of(map(_plain, until)).find_any(words.to_come)
    return to_come | Index.of(map(_plain, sentences)).find_any(words.called_off)


def _parts(sentence: str) -> Iterator[str]:
    """The clauses of a sentence; of a row of a table the cells, where more than one holds a date."""
    cells = sentence.split(" | ")
    dated = sum(next(dates(cell), None) is not None for cell in cells) > 1
    for part in cells if dated else [sentence]:
        yield from _CLAUSE.split(part)


def _head(text: str) -> str:
    """The subject and verb that a sentence begins with, or nothing."""
    found = _HEAD.match(text)
    return found[0] if found else ""


def _plain(text: str) -> str:
    """A text without the asides that speak of a plan that was kept or left behind."""
    lower = text.lower()
    for aside in wording().asides:
        lower = lower.replace(aside, " ")
    return lower
