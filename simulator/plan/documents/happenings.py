"""Reading dates: when the plan was talked over, consented to and adopted, and for which years it is."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.plan.documents import talks
from simulator.plan.documents.clauses import Clause, Clauses
from simulator.plan.documents.days import Dated, fits, without
from simulator.plan.documents.patterns import Index
from simulator.plan.documents.phrases import Happening, wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from simulator.plan.documents.blocks import Block, Document
    from simulator.plan.documents.passages import Passage

_PERIOD = re.compile(r"\b(20[1-4]\d)\s*(?:[-\u2013/]|tot(?: en met)?|t/m)\s*(20[1-4]\d)\b")
_SCHOOL_YEARS = re.compile(
    r"\b(20[1-4]\d)\s*[-\u2013/]\s*(?:20)?\d\d\s*(?:[-\u2013]|tot(?: en met)?|t/m)\s*20\d\d\s*[-\u2013/]\s*(?:20)?(\d\d)\b"
)
_LONG_PERIOD = re.compile(r"1 augustus (20\d\d) tot (?:en met 31 juli )?(20\d\d)")
_CODE = re.compile(r"\b(PO|VO)[\s-]?(\d{2})[\s-]?(\d{2})\b")
_TITLE = 10
"""Blocks at the beginning of a document that are its title page."""
_FIRST = 2013
"""The first school year that a plan can be for."""


def codes(text: str) -> list[str]:
    """The codes of swv in a text, as PO2814."""
    return ["".join(found) for found in _CODE.findall(text)]


@dataclass(frozen=True, slots=True)
class Told:
    """Something about the plan as a whole, and where it stands."""

    value: Any
    document: Document
    block: Block


def code(documents: Iterable[Document], known: Collection[str]) -> Told | None:
    """The first code of an swv that exists."""
    named = (
        Told(one, document, block) for document in documents for block in document.blocks for one in codes(block.words)
    )
    return next((one for one in named if one.value in known), None)


def period(documents: Iterable[Document]) -> Told | None:
    """The first school year and the number of school years: those of the title page, else those named most."""
    counted: Counter[tuple[int, int]] = Counter()
    first: dict[tuple[int, int], Told] = {}
    for document in documents:
        for place, block in enumerate(document.blocks):
            if re.search(r"vorig|terugblik|vervangt|oude plan", block.text.lower()):
                continue
            named = [
                (int(start), int(end) - int(start))
                for start, end in _periods(block.text)
                if 2 <= int(end) - int(start) <= 5 and int(start) >= _FIRST
            ]
            for one in named:
                first.setdefault(one, Told(one, document, block))
            if named and place < _TITLE:
                return first[named[0]]
            counted.update(named)
    return first[max(counted, key=lambda found: (counted[found], found))] if counted else None


def _periods(text: str) -> list[tuple[str, str]]:
    """The first and last calendar years of the periods in a text, the surest form first."""
    from_to = [(start, f"20{end}") for start, end in _SCHOOL_YEARS.findall(text)]
    return [*from_to, *_PERIOD.findall(text), *_LONG_PERIOD.findall(text)]


def find(passages: Sequence[Passage], first: int, gemeenten: Sequence[str], overlaps: Sequence[str]) -> list[Dated]:
    """What happened when, as far as the documents say.

    Args:
        passages: of the documents.
        first: the first school year; consent, adoption and talks fall in the two years before it, or in that year.
        gemeenten, overlaps: with whom the plan is talked over.
    """
    found: dict[str, Dated] = {}
    words, clauses, sentences = wording().events, Clauses(passages), Clauses(passages, whole=True)
    for event, happening in words.items():
        if event != "overleg_held":
            around = None if event in ("legal_person", "opr_installed", "oogo_procedure") else first
            one = next(_single(event, happening, clauses, around), None)
            if one is not None:
                found[event] = one
    held = talks.talks(passages, sentences, first, gemeenten)
    others = _overleg(words["overleg_held"], sentences, first, overlaps)
    return [*found.values(), *held, *others]


def _single(event: str, happening: Happening, clauses: Clauses, first: int | None) -> Iterator[Dated]:
    told = _tells(clauses.index, happening)
    for number, one in enumerate(clauses.all):
        days = [day for _, day in one.days if fits(day, first)]
        if days and number in clauses.came and (number in told or _labels(one, happening)):
            yield Dated(event, days[0], one.passage, one.sentence)


def _tells(index: Index, happening: Happening) -> frozenset[int]:
    """The clauses that say that it happened."""
    denied = frozenset() if happening.refusal else index.find_any(wording().denied)
    return index.find_any(happening.near) - denied - index.find_any(happening.against)


def _labels(clause: Clause, happening: Happening) -> bool:
    """Whether a clause is no more than a name and a date, as in a colophon; what it is about then stands above it."""
    name, _, rest = clause.text.partition(":" if ":" in clause.text else "|")
    if not happening.labels or not rest or re.search(r"[^\W\d_]", without(rest)):
        return False
    about = Index.of([" ".join((clause.passage.document, *clause.passage.path))])
    return not about.find_any(happening.against) and bool(Index.of([name]).find_any(happening.labels))


def _overleg(happening: Happening, sentences: Clauses, first: int, overlaps: Sequence[str]) -> Iterator[Dated]:
    done: set[str] = set()
    told = _tells(sentences.index, happening) & sentences.came
    for number in sorted(told):
        one = sentences.all[number]
        days = [day for _, day in one.days if fits(day, first)]
        named = [code for code in codes(one.sentence) if code in overlaps] or (overlaps if len(overlaps) == 1 else [])
        for code in named if len(days) == 1 else ():
            if code not in done:
                done.add(code)
                yield Dated("overleg_held", days[0], one.passage, one.sentence, code)
