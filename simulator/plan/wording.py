"""Quotes that take something away from a yes: words that put off what the plan should settle, and words of old law."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from pydantic import Field

from simulator.base import resources, yamlfile
from simulator.base.fields import Date
from simulator.base.validation import Strict, validated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.plan.reading import PlanFile


class Outdated(Strict):
    """A word that the law left behind."""

    word: str
    start: Date = Field(alias="from")
    instead: str
    source: str


class Words(Strict):
    """The word lists."""

    deferring: list[str]
    outdated: list[Outdated]


@dataclass(frozen=True)
class Caution:
    """A word in a quote.

    Attributes:
        kind: `deferring` or `outdated`.
        instead: what the law says now, for an outdated word.
        line: where the quote stands in the plan file.
    """

    obligation: str
    part: str
    kind: str
    word: str
    instead: str
    line: int


@cache
def words() -> Words:
    """The shipped lists."""
    return validated(Words, yamlfile.read(resources.WORDS), "words")


def warnings(file: PlanFile, on: date) -> Iterator[Caution]:
    """Every such word in a quote of the plan as it stands on a day."""
    lists = words()
    outdated = {one.word: one.instead for one in lists.outdated if one.start <= on}
    for duty, parts in file.plan.answers_on(on).items():
        for part, answer in parts.items():
            line = file.line("answers", duty, part, "quote")
            text = (answer.quote or "").lower()
            for word in filter(lambda word: _stands(word, text), lists.deferring):
                yield Caution(duty, part, "deferring", word, "", line)
            for word, instead in outdated.items():
                if _stands(word, text):
                    yield Caution(duty, part, "outdated", word, instead, line)


def _stands(word: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None
