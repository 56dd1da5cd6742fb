"""The smallest number of people per pool with which a scenario reaches a target.

First every pool is made so large that it holds up nobody. If the target is not reached then, people are not the reason:
what is, and which bound can be reached, is the answer. Else the smallest number is sought pool by pool, that with most
people first, with the others as few as was found and those still to come as many as can be. All with the same luck.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from simulator.outcomes import kpis, pathways
from simulator.outcomes.evaluating import Crew, Question
from simulator.outcomes.ladders import Ladder
from simulator.outcomes.statistics import Estimate, estimate, proportion
from simulator.world import teams

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from simulator.kader.model import Kpi
    from simulator.outcomes.play import Player
    from simulator.outcomes.targets import Target
    from simulator.world.scenario import Scenario

    Staff = dict[str, int]

_GENEROUS = 4
_AT_LEAST = 8
"""A pool that holds up nobody has so many times its people, and no fewer than this."""
_LOOKED_AT = 4
"""Replications of which the steps are looked at that the time goes into, and in which each pool is tried by itself."""
_SHOWN = 6
"""Steps that are told."""
PER_VISIT = "visit_to_report"
"""The kind of figure of which it is known into which steps it goes."""


@dataclass(frozen=True)
class Outcome:
    """What some numbers of people give.

    Attributes:
        met: the share of replications that meet the bound.
        figure: the mean of the figure itself.
    """

    met: Estimate
    figure: Estimate


@dataclass(frozen=True)
class Need:
    """What one pool needs.

    Attributes:
        now: how many people it has.
        smallest: with how many the target is still reached; None when it is not reached at all.
        low, high: with fewer than `low` it is not reached and with `high` it is, at the level of the interval; None
            when that cannot be said of any number.
        alone: the mean of the figure when only this pool has people enough, where the target is not reached.
        one_less: the share of replications that meet the bound with one person less; None where none can be less.
    """

    pool: str
    now: int
    smallest: int | None = None
    low: int | None = None
    high: int | None = None
    alone: float | None = None
    one_less: Estimate | None = None


@dataclass(frozen=True)
class Staffing:
    """The smallest numbers of people that reach a target, or why none do.

    Attributes:
        as_it_is, with_all, reached: now, when no pool holds anybody up, and with the smallest numbers (None: not reached).
        needs: per pool what it needs.
        binds: the pools of which one person less loses most; where the target is not reached, the pool with which alone
            most would be gained.
        least: pools of which the fewest people that a step needs are enough: they do not hold up this figure.
        nearest: the nearest bound that is reached with people enough; None when the target itself is.
        steps: where the target is not reached, the steps with most days on the way from visit to report, per report.
    """

    target: Target
    as_it_is: Outcome
    with_all: Outcome
    reached: Outcome | None
    needs: tuple[Need, ...]
    binds: tuple[str, ...]
    least: tuple[str, ...] = ()
    nearest: float | None = None
    steps: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Told:
    """How far a search is: how many replications were played, and what has become known, if anything has.

    Attributes:
        pool: whose smallest number `people` is; empty for what holds of ample people everywhere (`met`).
    """

    played: int = 0
    pool: str = ""
    people: int = 0
    met: Estimate | None = None


def most_plays(scenario: Scenario, pools: Sequence[str], replications: int) -> int:
    """How many replications a search plays at most, about; it mostly needs fewer."""
    ranges = [_generous(scenario, name) for name in pools]
    return replications * (3 + sum(3 + one.bit_length() for one in ranges))


def search(
    scenario: Scenario, target: Target, pools: Sequence[str], replications: int, workers: int,
    tell: Callable[[Told], None], group: tuple[str, ...] | None = None,
) -> Staffing:  # fmt: skip
    """The smallest number of people per pool with which a scenario reaches a target.

    Args:
        scenario: what is played.
        target: what has to be reached.
        pools: whose numbers are sought; the others stay as they are.
        replications: how many are played at most for each attempt, all with the same luck.
        workers: processes.
        tell: called with how far it is.
        group: the swv over which the figure is taken; everybody without it.
    """
    question = Question(scenario, (target.figure,), replications, "values", each=True, group=group)
    with Crew(question, workers) as crew:
        return _Search(scenario, target, pools, crew, tell).found()


class _Search:
    def __init__(
        self, scenario: Scenario, target: Target, pools: Sequence[str], crew: Crew, tell: Callable[[Told], None]
    ) -> None:
        self.scenario, self.target, self.pools, self.crew, self.tell = scenario, target, pools, crew, tell
        self.known: dict[tuple[tuple[tuple[str, int], ...], int], float] = {}
        self.all = range(crew.question.replications)
        self.now: Staff = {name: scenario.pools[name].capacity for name in pools}
        self.ample: Staff = {name: _generous(scenario, name) for name in pools}
        needed = teams.needed(scenario.kader)
        self.least = {name: max(1, needed.get(name, 1)) for name in pools}

    def found(self) -> Staffing:
        """What was sought."""
        now, ample = self.values([(self.now, self.all), (self.ample, self.all)])
        as_it_is, with_all = self.outcome(now), self.outcome(ample)
        self.tell(Told(met=with_all.met))
        if with_all.met.mean < self.target.chance:
            return self.out_of_reach(as_it_is, with_all, ample)
        return self.reached(as_it_is, with_all, self.target.hits(ample).tolist())

    def values(self, asked: Sequence[tuple[Staff, Sequence[int]]]) -> list[np.ndarray]:
        """The figure of some replications with each of some numbers of people; none is played twice."""
        keys = [tuple(sorted(staff.items())) for staff, _ in asked]
        new = [
            [one for one in numbers if (key, one) not in self.known]
            for key, (_, numbers) in zip(keys, asked, strict=True)
        ]
        tasks = [(_capacities(staff), numbers) for (staff, _), numbers in zip(asked, new, strict=True)]
        work = partial(_figure, name=self.target.figure)
        found = self.crew.of_replications(work, tasks, lambda count: self.tell(Told(count)))
        for key, numbers, values in zip(keys, new, found, strict=True):
            self.known |= {(key, one): value for one, value in zip(numbers, values, strict=True)}
        return [
            np.array([self.known[key, one] for one in numbers]) for key, (_, numbers) in zip(keys, asked, strict=True)
        ]

    def outcome(self, values: np.ndarray) -> Outcome:
        return Outcome(self.target.met(values), estimate(values))

    def out_of_reach(self, as_it_is: Outcome, with_all: Outcome, ample: np.ndarray) -> Staffing:
        """Why the target is not reached, and what is."""
        few = self.all[:_LOOKED_AT]
        alone = self.values([(self.now, few), *(({**self.now, name: self.ample[name]}, few) for name in self.pools)])
        before, *after = (estimate(one).mean for one in alone)
        better = -1 if self.target.op.startswith("<") else 1
        gains = {name: better * (one - before) for name, one in zip(self.pools, after, strict=True)}
        most = max(gains.values(), default=0.0)
        needs = tuple(Need(name, self.now[name], alone=one) for name, one in zip(self.pools, after, strict=True))
        kpi = self.kpi()
        return Staffing(
            self.target, as_it_is, with_all, None, needs,
            binds=tuple(name for name, gain in gains.items() if gain == most > 0),
            nearest=self.target.nearest(ample, kpi.unit), steps=self.steps(kpi),
        )  # fmt: skip

    def kpi(self) -> Kpi:
        name = self.target.figure.partition(".")[0]
        return next(one for one in self.scenario.kader.file.kpis if one.id == name)

    def steps(self, kpi: Kpi) -> tuple[tuple[str, float], ...]:
        """The steps with most days on the way from visit to report when nobody waits; none for another figure."""
        if kpi.kind != PER_VISIT:
            return ()
        work = partial(_steps, visits=tuple(kpi.visits))
        (found,) = self.crew.of_replications(
            work, [(_capacities(self.ample), self.all[:_LOOKED_AT])], lambda count: self.tell(Told(count))
        )
        total: dict[str, float] = {}
        for days, _ in found:
            for name, value in days.items():
                total[name] = total.get(name, 0.0) + value
        reports = max(1, sum(number for _, number in found))
        longest = sorted(total.items(), key=lambda one: (-one[1], one[0]))[:_SHOWN]
        return tuple((name, value / reports) for name, value in longest)

    def reached(self, as_it_is: Outcome, with_all: Outcome, top: list[bool]) -> Staffing:
        """The smallest numbers, pool by pool."""
        staff, needs = dict(self.ample), {}
        for name in sorted(self.pools, key=lambda one: -self.now[one]):
            ladder = Ladder(partial(self.hits, staff, name), self.least[name], staff[name], top, self.target.chance)
            staff[name] = ladder.smallest()
            low, high = ladder.between(staff[name])
            needs[name] = Need(name, self.now[name], staff[name], low, high)
            top = ladder.meeting(staff[name])
            self.tell(Told(pool=name, people=staff[name]))
        values = self.confirmed(staff)
        hits = self.target.hits(values).tolist()
        lost = {name: self.one_less(staff, name, hits) for name in self.pools if staff[name] > self.least[name]}
        outcome = self.outcome(values)
        lowest = min((one.mean for one in lost.values()), default=1.0)
        return Staffing(
            self.target, as_it_is, with_all, outcome,
            tuple(replace(needs[name], smallest=staff[name], one_less=lost.get(name)) for name in self.pools),
            binds=tuple(name for name, one in lost.items() if one.mean == lowest and one.mean < outcome.met.mean),
            least=tuple(name for name in self.pools if staff[name] == self.least[name]),
        )  # fmt: skip

    def confirmed(self, staff: Staff) -> np.ndarray:
        """The figure with what was found, played in full; one more of each pool for as long as that falls short."""
        (values,) = self.values([(staff, self.all)])
        while self.target.met(values).mean < self.target.chance and staff != self.ample:
            staff |= {name: min(count + 1, self.ample[name]) for name, count in staff.items()}
            (values,) = self.values([(staff, self.all)])
        return values

    def hits(self, staff: Staff, pool: str, people: int, numbers: Sequence[int]) -> list[bool]:
        """Which of some replications meet the bound with a number of people in a pool, the others as they are."""
        (values,) = self.values([({**staff, pool: people}, numbers)])
        return list(map(bool, self.target.hits(values)))

    def one_less(self, staff: Staff, pool: str, hits: Sequence[bool]) -> Estimate:
        """The share that meets the bound with one person less; who missed it already is not asked again."""
        numbers = [one for one in self.all if hits[one]]
        return proportion(sum(self.hits(staff, pool, staff[pool] - 1, numbers)), len(self.all))


def _generous(scenario: Scenario, pool: str) -> int:
    return max(scenario.pools[pool].capacity * _GENEROUS, _AT_LEAST)


def _capacities(staff: Mapping[str, int]) -> dict[str, float]:
    return {f"pools.{name}.capacity": count for name, count in staff.items()}


def _figure(player: Player, number: int, name: str) -> float:
    parts = kpis.parts_of(player.replication(number), name)
    return (parts if player.group is None else parts.among(player.group)).value


def _steps(player: Player, number: int, visits: tuple[str, ...]) -> tuple[dict[str, float], int]:
    return pathways.days_per_step(player.replication(number), visits, player.group)
