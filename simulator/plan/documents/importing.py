"""From the documents of a plan to what they say on each question of a kader."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.base.language import pick
from simulator.kader.law import law_on
from simulator.plan.documents import budgets
from simulator.plan.documents.labels import Labels
from simulator.plan.documents.likeness import Asked
from simulator.plan.documents.passages import Passage, cut
from simulator.plan.documents.phrases import Phrases, of_kader
from simulator.plan.documents.search import Hit, Searcher
from simulator.plan.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from simulator.base.fields import Sector, Text
    from simulator.kader.duties import Part, Version
    from simulator.kader.model import Kader
    from simulator.plan.documents.blocks import Document


_HARDLY = 0.1
_ALIKE = 0.6
"""Score from which on a passage without a pattern of an answer is shown as perhaps one."""
_OPEN = 0.35
"""The same for a passage that puts off what it is about: few words stand in it beside those of the subject."""
_READ = 0.8
"""Score of a table that was read for what it holds; that is more certain than any likeness."""
_WEAK = 0.57
"""Score below which a passage is only shown; on the plans to tune on, every right one that settles something is above."""


@dataclass(frozen=True)
class Found:
    """What the documents say on one question.

    Attributes:
        obligation, part: the question, as the plan file names it.
        hits: the passages that come first, the best first; they may answer it or not.
    """

    obligation: str
    part: Part
    version: Version
    phrases: Phrases
    hits: tuple[Hit, ...]

    @property
    def question(self) -> str:
        """The question as `PLAN-c.term`."""
        return f"{self.obligation}.{self.part.key}"

    @property
    def best(self) -> Hit | None:
        """The first passage that holds an answer; one that settles it goes before one that is hardly better.

        Where none does, the first passage when it is much like the question; it settles nothing by that.
        """
        answering = [hit for hit in self.hits if hit.answers]
        firm = [
            hit
            for hit in answering
            if hit.labels.firmness == "concrete" and not hit.refuses and hit.score > answering[0].score - _HARDLY
        ]
        alike = [hit for hit in self.hits[:1] if hit.score >= (_OPEN if _puts_off(hit) else _ALIKE)]
        return next(iter(firm or answering or alike), None)

    @property
    def doubt(self) -> str | None:
        """Why the passage does not settle the question.

        That is `denied`, `deferring`, `general`, only `alike`, of another kind than asked, or `weak`.
        """
        if self.best is None:
            return None
        if self.best.refuses:
            return "denied"
        labels = self.best.labels
        if labels.firmness != "concrete":
            return labels.firmness
        if not self.best.answers:
            return "alike"
        if self.phrases.form == "criteria" and labels.form == "procedure":
            return "only_procedure"
        if self.phrases.time == "achieved" and labels.time == "intended":
            return "only_intended"
        return "weak" if self.best.score < _WEAK else None

    @property
    def state(self) -> str:
        """`found`, `vague` (see `doubt`) or `not_found`."""
        if self.best is None:
            return "not_found"
        return "vague" if self.doubt else "found"


def _puts_off(hit: Hit) -> bool:
    return hit.puts_off and hit.labels.firmness == "deferring" and hit.passage.kind != "table"


def answer(documents: Sequence[Document], kader: Kader, sector: Sector, on: date) -> tuple[list[Passage], list[Found]]:
    """What a bundle says on every question of the law as it stands on a day.

    Returns: its passages, and one `Found` per question in the order of the kader.
    """
    passages = cut(documents)
    outdated = [one for one in words().outdated if one.start <= on]
    versions = law_on(kader.obligations, on, sector).versions
    searcher = Searcher(passages, outdated, [_law(version) for version in versions.values()])
    known = of_kader(kader)
    budget = next((row.passage for row in budgets.money(passages)), None)
    found = []
    for name, version in versions.items():
        for part in version.parts:
            if part.sector in (None, sector):
                phrases = known.get(f"{name}.{part.key}", Phrases())
                hits = tuple(searcher.ask(_asked(part, version), phrases))
                found.append(_with_table(Found(name, part, version, phrases, hits), budget))
    return passages, found


def _with_table(found: Found, budget: Passage | None) -> Found:
    """The same with the budget that was read in front, where that answers the question and no passage does."""
    if budget is None or found.phrases.read != "budget" or found.state == "found":
        return found
    table = Hit(budget, tuple(range(min(len(budget.sentences), 2))), _READ, True, Labels("concrete"))
    others = tuple(hit for hit in found.hits if hit.passage.number != budget.number)
    return replace(found, hits=(table, *others[: max(len(found.hits) - 1, 0)]))


def _asked(part: Part, version: Version) -> Asked:
    missing = _dutch(part.missing) if part.missing else ""
    return Asked(_dutch(part.ask), f"{_law(version)} {missing}")


def _law(version: Version) -> str:
    return f"{_dutch(version.text)} {_dutch(version.evidence)}"


def _dutch(text: Text) -> str:
    """A text in the language of the documents, whatever that of the user."""
    return text if isinstance(text, str) else str(getattr(text, "nl", "") or pick(text))
