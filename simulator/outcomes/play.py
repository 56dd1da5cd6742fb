"""Plays replications of a scenario and keeps what is reported of each; in one process or in several."""

from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.errors import InputError, RunFailed
from simulator.base.language import say
from simulator.engine.interpreter import StepFailed, play
from simulator.engine.model import Model
from simulator.outcomes import kpis, packing
from simulator.outcomes.looking import Looker, Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from simulator.outcomes.kpis import Replication
    from simulator.world.scenario import Scenario

MOST_FAILURES = 0.05
_BATCH = 5
"""Replications that a worker does at a time; results are put together in order, so it changes nothing but the progress."""


@dataclass(frozen=True)
class Failure:
    """A replication that could not be played to its end, with what is needed to play it again."""

    replication: int
    reason: str
    swv: str
    step: str
    day: str


@dataclass(frozen=True)
class Result:
    """What is kept of one replication.

    Attributes:
        kpis: the figures by name.
        looks: per name of a day: swv index, day number and packed statuses of everybody seen on it.
    """

    replication: int
    kpis: dict[str, float]
    looks: dict[str, packing.Packed]


class Player:
    """A scenario made ready: plays any replication of it."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.model = Model(scenario)
        self.looker = Looker(self.model)

    def replication(self, number: int) -> Replication:
        """Play one replication and look at it on all days that the kader asks for."""
        draws, attributes = self.model.draw(number)
        trace = play(self.model, draws)
        seen = Seen(self.looker, trace, attributes, self.model.content(number, attributes))
        return kpis.look(self.looker, seen, trace)

    def result(self, number: int) -> Result | Failure:
        """What is kept of a replication, or why it failed."""
        try:
            played = self.replication(number)
        except InputError:
            raise
        except StepFailed as failure:
            return Failure(number, failure.reason, failure.swv, failure.step, failure.day)
        looks = {name: packing.pack(played.looked, columns) for name, columns in played.where.items()}
        return Result(number, kpis.measure(played), looks)


def play_all(
    scenario: Scenario, replications: int, workers: int, tick: Callable[[int], None]
) -> tuple[list[Result], list[Failure]]:
    """Play replications 0 to n-1, in order, over some worker processes.

    Args:
        scenario: what to play.
        replications: how many.
        workers: processes; 1 plays in this one.
        tick: called with the number of replications that have become ready.

    Raises:
        RunFailed: more than 5% of the replications failed.
    """
    results: list[Result] = []
    failures: list[Failure] = []
    for batch in _batches(scenario, replications, workers):
        for one in batch:
            (failures if isinstance(one, Failure) else results).append(one)  # type: ignore[arg-type]
        if len(failures) > MOST_FAILURES * replications:
            first = failures[0]
            values = {
                "number": first.replication,
                "reason": first.reason,
                "swv": first.swv,
                "step": first.step,
                "day": first.day,
            }
            raise RunFailed(say("run.failed", count=len(failures), **values))
        tick(len(batch))
    return results, failures


def _batches(scenario: Scenario, replications: int, workers: int) -> Iterator[list[Result | Failure]]:
    ranges = [range(first, min(first + _BATCH, replications)) for first in range(0, replications, _BATCH)]
    if workers <= 1 or len(ranges) == 1:
        player = Player(scenario)
        for numbers in ranges:
            yield [player.result(number) for number in numbers]
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(ranges)), context, _start, (scenario,)) as pool:
        try:
            yield from pool.map(_play_batch, ranges)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


_player: Player | None = None
"""The player of a worker process; made once when the worker starts."""


def _start(scenario: Scenario) -> None:
    global _player
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _player = Player(scenario)


def _end_with_parent() -> None:
    """A worker whose parent was killed has nobody left to work for."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _play_batch(numbers: range) -> list[Result | Failure]:
    if _player is None:
        raise RuntimeError("the worker was not started")
    return [_player.result(number) for number in numbers]


def table_of(results: list[Result]) -> dict[str, np.ndarray]:
    """The figures as columns over replications, in their order."""
    names = list(dict.fromkeys(name for result in results for name in result.kpis))
    return {name: np.array([result.kpis.get(name, np.nan) for result in results]) for name in names}
