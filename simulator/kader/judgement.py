"""Judgements: the decision rule of a kader, applied to the statuses of the duties under a standard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.kader.assess import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.kader.model import Aspect, Decision, Indicator, KaderFile

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
    """The judgement on the whole: all duties that count towards any indicator."""
    names = dict.fromkeys(
        name for aspect in file.standards.aspects for indicator in aspect.indicators for name in indicator.obligations
    )
    return decide(file.decision, [statuses[name] for name in names if name in statuses])
