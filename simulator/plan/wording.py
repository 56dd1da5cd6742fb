"""What takes something away from the answers of a plan: words that put off what it should settle, and words of old law."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.plan.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from simulator.plan.model import Plan
    from simulator.plan.reading import PlanFile


@dataclass(frozen=True)
class Caution:
    """Something that a reader of the plan would stumble over.

    Attributes:
        kind: `deferring` or `outdated`.
        word: the word that stands in the quote.
        instead: what the law says now.
        line, place: where it stands in the plan file: the line or row, and what follows the name of the file.
    """

    obligation: str
    part: str
    kind: str
    word: str
    instead: str
    line: int
    place: str


def warnings(file: PlanFile, on: date) -> Iterator[Caution]:
    """Every such thing in the plan as it stands on a day."""
    outdated = [one for one in words().outdated if one.start <= on]
    for duty, part, quote in _quotes(file.plan, on):
        at = file.place("answers", duty, part, "quote")
        for word in _found(words().deferring, quote.lower()):
            yield Caution(duty, part, "deferring", word, "", at.line, str(at))
        for one in outdated:
            if one.stands_in(quote):
                yield Caution(duty, part, "outdated", one.word, one.instead, at.line, str(at))


def deferring(plan: Plan, on: date, *, accepted: bool = False) -> list[str]:
    """The questions of which the quote holds a word that puts things off, as `PLAN-b.criteria`.

    Args:
        plan, on: whose quotes, as the plan stands on that day.
        accepted: leave out the quotes that a program proposed and no person has accepted.
    """
    answers = plan.answers_on(on)
    return [
        f"{duty}.{part}"
        for duty, part, quote in _quotes(plan, on)
        if any(_found(words().deferring, quote.lower())) and not (accepted and answers[duty][part].state == "proposed")
    ]


def defers(quote: str | None) -> bool:
    """Whether a quote holds a word that puts things off."""
    return quote is not None and any(_found(words().deferring, quote.lower()))


def _quotes(plan: Plan, on: date) -> Iterator[tuple[str, str, str]]:
    for duty, parts in plan.answers_on(on).items():
        for part, answer in parts.items():
            if answer.quote:
                yield duty, part, answer.quote


def _found(listed: Iterable[str], quote: str) -> Iterator[str]:
    return (word for word in listed if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", quote))
