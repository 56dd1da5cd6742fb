"""The word lists that plan files are read with."""

from __future__ import annotations

import re
from functools import cache

from pydantic import Field

from simulator.base import resources, yamlfile
from simulator.base.fields import Date
from simulator.base.validation import Strict, validated


class Outdated(Strict):
    """A word that the law left behind."""

    word: str
    start: Date = Field(alias="from")
    instead: str
    source: str

    def stands_in(self, text: str) -> bool:
        """Whether it stands in a text as a word of its own; what has capitals here, such as `REC`, only with them."""
        flags = re.IGNORECASE if self.word.islower() else 0
        return re.search(rf"(?<![\w-]){re.escape(self.word)}(?!\w)", text, flags) is not None


class Words(Strict):
    """The word lists.

    Attributes:
        deferring: words that put off what a plan should settle.
        outdated: words that the law left behind.
        roles: who can advise as an expert on admissibility.
    """

    deferring: list[str]
    outdated: list[Outdated]
    roles: list[str]


@cache
def words() -> Words:
    """The shipped lists."""
    return validated(Words, yamlfile.read(resources.WORDS), "words")
