"""Mean figures of many variants of one scenario under the same luck, without keeping their runs."""

from __future__ import annotations

import multiprocessing
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Self, TypeVar

import numpy as np

from simulator.outcomes import kpis
from simulator.outcomes.executors import in_order
from simulator.outcomes.play import Player
from simulator.world import support, varying

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from simulator.world.scenario import Scenario

T = TypeVar("T")

_AHEAD = 3


@dataclass(frozen=True)
class Question:
    """What is asked of every variant.

    Attributes:
        scenario: what variants start from.
        figures: names of the figures.
        replications: how many are played of each variant; the same luck for all.
        kind: what a variant gives: values by name, places between 0 and 1 (`nudge`), or help to everybody (`help`).
        by_swv: whether the figures of each swv are asked for, instead of those of all together.
        each: whether the figures of each replication are asked for, instead of their means.
        group: the swv over which figures are taken; everybody without it.
    """

    scenario: Scenario
    figures: tuple[str, ...]
    replications: int
    kind: Literal["values", "nudge", "help"]
    by_swv: bool = False
    each: bool = False
    group: tuple[str, ...] | None = None


def evaluate(
    question: Question, variants: Sequence[Mapping[str, float]], workers: int, tick: Callable[[int], None]
) -> np.ndarray:
    """The mean figures of each variant, for who asks once: see `Crew`."""
    with Crew(question, min(workers, len(variants))) as crew:
        return crew.evaluate(variants, tick)


class Crew:
    """Who answers a question about one set of variants after another; each unrolls the scenario once.

    Args:
        question: what is asked.
        workers: processes; 1 works in this one.
    """

    def __init__(self, question: Question, workers: int) -> None:
        self.question = question
        self.pool: ProcessPoolExecutor | None = None
        if workers > 1:
            self.pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _start, (question,))
        self.workers, self.ahead = workers, workers * _AHEAD

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *mistake: object) -> None:
        if self.pool is not None:
            self.pool.shutdown(wait=mistake[0] is None, cancel_futures=True)

    @cached_property
    def _player(self) -> Player:
        return Player(self.question.scenario, self.question.group)

    def evaluate(self, variants: Sequence[Mapping[str, float]], tick: Callable[[int], None]) -> np.ndarray:
        """The mean figures of each variant: variants by figures (by figures x swv). The same for any number of workers.

        Args:
            variants: values or places by name.
            tick: called with the number of variants that have become ready.
        """
        rows = []
        for row in self._answers(variants):
            rows.append(row)
            tick(1)
        return np.array(rows).reshape(len(variants), -1)

    def of_replications(
        self, work: Callable[[Player, int], T], asked: Sequence[tuple[Mapping[str, float], Sequence[int]]],
        tick: Callable[[int], None],
    ) -> list[list[T]]:  # fmt: skip
        """What some work gives for single replications of variants: per variant a list, in the order of its numbers.

        Args:
            work: on a player of the variant and the number of a replication; it must be possible to pickle it.
            asked: the values by name of each variant, and the numbers of the replications.
            tick: called with the number of replications that have become ready.
        """
        tasks = [
            (place, variant, part)
            for place, (variant, numbers) in enumerate(asked)
            for part in _parts_of(numbers, self.workers)
        ]
        found: list[list[T]] = [[] for _ in asked]
        for (place, _, numbers), part in zip(tasks, self._parts(work, tasks), strict=True):
            found[place] += part
            tick(len(numbers))
        return found

    def _parts(
        self, work: Callable[[Player, int], T], tasks: list[tuple[int, Mapping[str, float], Sequence[int]]]
    ) -> Iterator[list[T]]:
        pool = self.pool
        if pool is None:
            return (_work(self._player, work, variant, numbers) for _, variant, numbers in tasks)
        return in_order(lambda one: pool.submit(_work_here, work, *one[1:]), iter(tasks), deque(), self.ahead)

    def _answers(self, variants: Sequence[Mapping[str, float]]) -> Iterator[list[float]]:
        pool = self.pool
        if pool is None:
            return (answer(self._player, self.question, variant) for variant in variants)
        return in_order(lambda one: pool.submit(_play, one), iter(variants), deque(), self.ahead)


def answer(player: Player, question: Question, variant: Mapping[str, float]) -> list[float]:
    """The mean figures of one variant; NaN where nothing gave rise to a figure.

    Args:
        player: of the scenario of the question.
        question: what is asked.
        variant: values or places by name.
    """
    if question.kind == "nudge":
        scenario = varying.nudged(question.scenario, variant)
    elif question.kind == "help":
        scenario = support.given(question.scenario, variant)
    else:
        scenario = varying.varied(question.scenario, variant, "variant")
    own = player.varied(scenario)
    table = np.array([_figures(question, own, number) for number in range(question.replications)])
    if question.each:
        return [float(value) for value in table.ravel()]
    there = ~np.isnan(table)
    number = there.sum(axis=0)
    sums = np.where(there, table, 0.0).sum(axis=0)
    return [float(total / n) if n else float("nan") for total, n in zip(sums, number, strict=True)]


def _figures(question: Question, player: Player, number: int) -> list[float]:
    play = player.replication(number)
    if question.by_swv:
        return [float(one) for name in question.figures for one in kpis.parts_of(play, name).of_swv]
    found = kpis.measure(play, player.group)
    return [found[name] for name in question.figures]


_ready: tuple[Player, Question] | None = None
"""What a worker process answers with; made once when it starts."""


def _start(question: Question) -> None:
    """Make ready what a worker answers with."""
    global _ready
    _ready = Player(question.scenario, question.group), question


def _parts_of(numbers: Sequence[int], count: int) -> list[Sequence[int]]:
    """Some numbers in so many parts that each worker has one."""
    size = max(1, -(-len(numbers) // count))
    return [numbers[first : first + size] for first in range(0, len(numbers), size)]


def _work(
    player: Player, work: Callable[[Player, int], T], variant: Mapping[str, float], numbers: Sequence[int]
) -> list[T]:
    own = player.varied(varying.varied(player.scenario, variant, "variant")) if variant else player
    return [work(own, number) for number in numbers]


def _work_here(work: Callable[[Player, int], T], variant: Mapping[str, float], numbers: Sequence[int]) -> list[T]:
    if _ready is None:
        raise RuntimeError("the worker was not started")
    return _work(_ready[0], work, variant, numbers)


def _play(variant: Mapping[str, float]) -> list[float]:
    if _ready is None:
        raise RuntimeError("the worker was not started")
    return answer(_ready[0], _ready[1], variant)
