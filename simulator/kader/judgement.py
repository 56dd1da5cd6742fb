"""Judgements: the decision rule of a kader, applied to the statuses of the duties under a standard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.kader.assess import Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from simulator.kader.assess import Assessment
    from simulator.kader.model import Kader, KaderFile
    from simulator.kader.standards import Aspect, Decision, Indicator

NOT_EXAMINED = "niet_onderzocht"


@dataclass(frozen=True)
class Judged:
    """An indicator or aspect with its judgement and the statuses it rests on."""

    id: str
    judgement: str
    statuses: dict[str, Status]


def decide(decision: Decision, statuses: Iterable[Status]) -> str:
    """The judgement of the first row that fits; without any duty to look at, that nothing was examined."""
    seen = [status for status in statuses if status not in (Status.NOT_APPLICABLE, Status.NOT_YET_DUE)]
    if not seen:
        return NOT_EXAMINED
    counts = {
        "not_met": seen.count(Status.NOT_MET),
        "not_assessable": seen.count(Status.NOT_ASSESSABLE),
    }
    for row in decision.rows:
        limits = {name: getattr(row, name) for name in counts}
        if all(limit is None or counts[name] <= limit for name, limit in limits.items()):
            return row.judgement
    return decision.rows[-1].judgement


def judge_indicator(decision: Decision, indicator: Indicator, statuses: dict[str, Status]) -> Judged:
    """The judgement on one indicator, from the statuses of the duties that count."""
    under = {name: statuses[name] for name in indicator.obligations if name in statuses}
    return Judged(indicator.id, decide(decision, under.values()), under)


def judge_aspect(decision: Decision, aspect: Aspect, statuses: dict[str, Status]) -> Judged:
    """The judgement on an aspect: all duties under its indicators together."""
    names = dict.fromkeys(name for indicator in aspect.indicators for name in indicator.obligations)
    under = {name: statuses[name] for name in names if name in statuses}
    return Judged(aspect.id, decide(decision, under.values()), under)


def judge_whole(file: KaderFile, statuses: dict[str, Status]) -> str:
    """The judgement on the whole: by the rule on the judgements of the aspects, else all duties under any indicator."""
    if file.decision.overall:
        judged = {one.id: one.judgement for one in _standards(file, statuses)}
        return overall(file.decision, judged)
    names = dict.fromkeys(
        name for aspect in file.standards.aspects for indicator in aspect.indicators for name in indicator.obligations
    )
    return decide(file.decision, [statuses[name] for name in names if name in statuses])


def _standards(file: KaderFile, statuses: dict[str, Status]) -> list[Judged]:
    return [
        judge_indicator(file.decision, one, statuses) for aspect in file.standards.aspects for one in aspect.indicators
    ]


def overall(decision: Decision, judged: dict[str, str]) -> str:
    """The judgement of the first row of the rule for the whole that fits the judgements on the standards."""
    for row in decision.overall:
        counted = [name for name in judged if not row.among or name in row.among]
        if row.judged is None or sum(judged[name] == row.judged for name in counted) >= row.at_least:
            return row.judgement
    return decision.overall[-1].judgement


@dataclass(frozen=True)
class Order:
    """A herstelopdracht: an oordeel on a duty with its article, and the months given to repair it."""

    obligation: str
    standards: tuple[str, ...]
    months: int


def orders(kader: Kader, assessment: Assessment, on: date) -> list[Order]:
    """The orders that the statuses of one plan give on a day, in the order of the law.

    An order needs a duty in law that is not met; what rests on case law or practice is a risk. Before the day from
    which orders rest on an oordeel there are none.
    """
    rule = kader.file.decision.orders
    if rule is None or on < rule.start:
        return []
    return [
        Order(name, standards_of(kader.file, name), rule.months(kader.obligations[name].group))
        for name, version in assessment.law.versions.items()
        if version.counts and version.basis == "law" and assessment.status[name][0] == Status.NOT_MET
    ]


def standards_of(file: KaderFile, obligation: str) -> tuple[str, ...]:
    """The standards that a duty counts towards."""
    return tuple(
        one.id for aspect in file.standards.aspects for one in aspect.indicators if obligation in one.obligations
    )
