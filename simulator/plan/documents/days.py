"""Days in the text of a plan."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from simulator.plan.documents.patterns import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.plan.documents.passages import Passage

_SHORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_DATE = re.compile(
    rf"\b(\d{{1,2}})\s+({'|'.join(MONTHS)}|(?:{'|'.join(_SHORT)}|sept)\b\.?)(?:\s+((?:19|20)\d\d)\b)?"
    r"|\b(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)\b"
    r"|\b(\d{1,2})[-/](\d{1,2})[-/]['\u2019]?(\d\d)\b",
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
    years: list[str] = []
    for one in reversed(found):
        own = one[3] or one[6] or (f"20{one[9]}" if one[9] else "")
        years.append(own or (years[-1] if years else "0"))  # no such year: no date
    for one, year in zip(found, reversed(years), strict=True):
        month = _SHORT.index(_named(one[2])) + 1 if one[2] else int(one[5] or one[8])
        with suppress(ValueError):
            yield one.start(), date(int(year), month, int(one[1] or one[4] or one[7]))


def _named(month: str) -> str:
    """The short name of a month, as in `20 sept. 2026`."""
    return "mrt" if month.lower() == "maart" else month.lower()[:3]


def without(text: str) -> str:
    """A text without its dates."""
    return _DATE.sub(" ", text)


def fits(day: date, first: int | None) -> bool:
    """Whether a day can be one on which a plan for a first school year was made; any day can where that is not asked."""
    return first is None or date(first - _SOONEST, 6, 1) <= day <= date(first, 12, 31)
