"""What is counted of praktijktoetsen with many swv."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from simulator.base.fields import Sector
    from simulator.kader.catalogue import Gap
    from simulator.plan.cases import Case
    from simulator.plan.walking import Outcome, Walk
    from simulator.world.scenario import Scenario


@dataclass
class Tally:
    """How a case went in a sector, over all swv and replications.

    Attributes:
        n: how many times it was walked.
        outcomes: how it went.
        broken: how often a term was broken.
        where: how often it got stuck on a need in a step, by (step, need).
        days: calendar days of those that were not stuck.
    """

    case: Case
    sector: Sector
    start: date
    n: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    broken: int = 0
    where: Counter[tuple[str, str]] = field(default_factory=Counter)
    days: list[int] = field(default_factory=list)

    def add(self, walk: Walk) -> None:
        """Count a walk."""
        self.n += 1
        self.outcomes[walk.outcome] += 1
        self.broken += any(count.broken for count in walk.counts)
        self.where.update(walk.stops)
        if walk.stuck is None:
            self.days.append(walk.days)


@dataclass
class Lack:
    """A duty that is not there, in a sector.

    Attributes:
        n: swv and replications that were looked at.
        lacking: in how many of these it was missing when a first case leaned on it.
        stuck: how many cases got stuck on it, in all of these together.
        cases: the cases that did.
    """

    sector: Sector
    duty: str
    n: int = 0
    lacking: int = 0
    stuck: int = 0
    cases: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Practices:
    """What praktijktoetsen with all swv of a scenario gave.

    Attributes:
        start: the day from which the cases play.
        n, failed: replications that count, and that could not be played.
        tallies: by case and sector, in the order of the cases.
        lacks: what is missing, with what stops the most cases first.
        gaps: times of which the law was not read, as far as a case rests on them.
    """

    scenario: Scenario
    start: date
    n: int
    failed: int
    tallies: list[Tally]
    lacks: list[Lack]
    gaps: list[Gap]
