"""Who plays the replications: this process, some processes of this machine, or the workers of a dask scheduler.

Tasks are ranges of replications. Results come in the order of the tasks, so who plays them changes nothing but the time;
only a few tasks are under way at once, so memory does not grow with their number.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from simulator.base.errors import InputError, Problem, RunFailed
from simulator.base.language import say
from simulator.outcomes.play import Player

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from simulator.outcomes.play import Failure, Result
    from simulator.world.scenario import Scenario

    Batch = list[Result | Failure]

_AHEAD = 3
"""Tasks under way per worker."""
_PATIENCE = 20
"""Seconds that a cluster may be without any worker."""
_LOOK = 2
"""Seconds between two looks at whether there is still a worker."""
_FAREWELL = 5
"""Seconds that saying goodbye to a scheduler may take."""
_LOSSES = 3
"""Times that workers may be lost before a run is given up; what was whole is kept."""


def here(player: Player, tasks: Iterable[range]) -> Iterator[Batch]:
    """Play in this process."""
    for numbers in tasks:
        yield [player.result(number) for number in numbers]


def processes(
    scenario: Scenario, tasks: Iterable[range], workers: int, group: Sequence[str] | None = None
) -> Iterator[Batch]:
    """Play in worker processes; when one is lost the others are replaced as well, and its work is done again.

    Args:
        scenario: what is played.
        tasks: ranges of replications.
        workers: how many processes.
        group: the swv over which figures are taken; everybody without it.

    Raises:
        RunFailed: workers were lost again and again.
    """
    left = iter(tasks)
    waiting: deque[range] = deque()
    for loss in range(_LOSSES + 1):
        with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _start, (scenario, group)) as pool:
            try:
                yield from in_order(lambda numbers: pool.submit(_play, numbers), left, waiting, workers * _AHEAD)
            except BrokenProcessPool:
                if loss == _LOSSES:
                    raise RunFailed(say("run.workers_lost", count=loss + 1)) from None
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
            else:
                return


def dask(scenario: Scenario, tasks: Iterable[range], address: str) -> Iterator[Batch]:
    """Play on the workers of a dask scheduler; work of a worker that is lost is done again by the others.

    Raises:
        InputError: dask is not installed, nothing answers at the address, or no worker is there.
        RunFailed: the scheduler, or all of its workers, were lost.
    """
    try:
        import distributed
    except ImportError:
        raise InputError(Problem(say("run.no_dask"), hint=say("hint.extra", name="dask"))) from None
    with _silent("distributed", "tornado"):
        try:
            client = distributed.Client(address, timeout=10)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            raise InputError(Problem(say("run.no_scheduler", address=address, reason=str(error)))) from None
        try:
            yield from _on_cluster(client, scenario, tasks, address)
        finally:
            with suppress(OSError, TimeoutError):
                client.close(timeout=_FAREWELL)  # type: ignore[no-untyped-call]


def _on_cluster(client: Any, scenario: Scenario, tasks: Iterable[range], address: str) -> Iterator[Batch]:
    from concurrent.futures import CancelledError

    from distributed import KilledWorker
    from distributed.comm.core import CommClosedError

    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except (TimeoutError, OSError):
        raise InputError(Problem(say("run.no_workers", address=address), hint=say("hint.workers"))) from None
    workers = len(client.nthreads())
    shared = client.submit(_same, scenario, pure=False)  # done again when the worker that holds it is lost

    def submit(numbers: range) -> Any:
        return _Answer(client, client.submit(_play_elsewhere, shared, numbers, pure=False))

    try:
        yield from in_order(submit, iter(tasks), deque(), max(1, workers) * _AHEAD)
    except (CommClosedError, CancelledError, KilledWorker, OSError) as error:
        raise RunFailed(say("run.cluster_lost", address=address, reason=type(error).__name__)) from None


class _Answer:
    """What a worker will answer; gives up when no worker has been there for a while."""

    def __init__(self, client: Any, future: Any) -> None:
        self.client, self.future = client, future

    def result(self) -> Any:
        lonely = 0
        while True:
            try:
                return self.future.result(timeout=_LOOK)
            except TimeoutError:
                if self.client.status != "running":
                    raise ConnectionError from None
                lonely = 0 if self.client.nthreads() else lonely + 1
                if lonely * _LOOK >= _PATIENCE:
                    raise ConnectionError from None


@contextmanager
def _silent(*libraries: str) -> Iterator[None]:
    """Keep libraries from writing to the screen what we tell ourselves."""
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] in libraries]
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def in_order(submit: Callable[[Any], Any], left: Iterator[Any], waiting: deque[Any], most: int) -> Iterator[Any]:
    """Results in the order of the tasks. `waiting` holds the tasks that are not yet answered, also when this breaks off."""
    under_way = deque((numbers, submit(numbers)) for numbers in waiting)
    while True:
        while len(under_way) < most and (numbers := next(left, None)) is not None:
            waiting.append(numbers)
            under_way.append((numbers, submit(numbers)))
        if not under_way:
            return
        _, future = under_way.popleft()
        batch = future.result()
        waiting.popleft()
        yield batch


_player: Player | None = None
"""The player of a worker process; made once when the worker starts."""


def _start(scenario: Scenario, group: Sequence[str] | None) -> None:
    global _player
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _player = Player(scenario, group)


def _end_with_parent() -> None:
    """A worker whose parent was killed has nobody left to work for."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _play(numbers: range) -> Batch:
    if _player is None:
        raise RuntimeError("the worker was not started")
    return [_player.result(number) for number in numbers]


def _same(scenario: Scenario) -> Scenario:
    return scenario


_elsewhere: tuple[Scenario, Player] | None = None
"""The last scenario that this dask worker was given, and its player."""


def _play_elsewhere(scenario: Scenario, numbers: range) -> Batch:
    global _elsewhere
    if _elsewhere is None or _elsewhere[0] is not scenario:
        _elsewhere = scenario, Player(scenario)
    player = _elsewhere[1]
    return [player.result(number) for number in numbers]
