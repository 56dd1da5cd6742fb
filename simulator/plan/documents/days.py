"""Days in the text of a plan: reading them, and telling what happened on them from what is to come or never came."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from simulator.plan.documents.patterns import MONTHS, Index
from simulator.plan.documents.phrases import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.plan.documents.passages import Passage

_DATE = re.compile(
    rf"\b(\d{{1,2}})\s+({'|'.join(MONTHS)})(?:\s+((?:19|20)\d\d))?\b|\b(\d{{1,2}})[-/.](\d{{1,2}})[-/.]((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_SOONEST = 2
"""Years before the first school year in which consent, talks and adoption can fall at the earliest: from June on."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A day on which something happened, and the sentence that says so."""

    event: str
    day: date
    passage: Passage
    sentence: str
    item: str = ""


def dates(text: str) -> Iterator[tuple[int, date]]:
    """Every date in a text that exists, with its place; one without year is of the year of the next that has one."""
    found = list(_DATE.finditer(text))
    years = [one[3] or one[6] for one in found]
    for number, one in enumerate(found):
        year = next((later for later in years[number:] if later), "0")  # no such year: no date
        month = MONTHS.index(one[2].lower()) + 1 if one[2] else int(one[5])
        with suppress(ValueError):
            yield one.start(), date(int(year), month, int(one[1] or one[4]))


def without(text: str) -> str:
    """A text without its dates."""
    return _DATE.sub(" ", text)


def fits(day: date, first: int | None) -> bool:
    """Whether a day can be one on which a plan for a first school year was made; any day can where that is not asked."""
    return first is None or date(first - _SOONEST, 6, 1) <= day <= date(first, 12, 31)


def came(sentence: str, clause: str) -> bool:
    """Whether what a clause with a date tells has come: it is not still to come, and the sentence does not call it off."""
    told, words = sentence[: sentence.find(clause) + len(clause)], wording()
    return not Index.of([told]).find_any(words.to_come) and not Index.of([sentence]).find_any(words.called_off)
