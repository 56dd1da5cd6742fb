"""The figures of some swv of a run: its replications are played again, with everybody, and only they are measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.outcomes import executors
from simulator.outcomes.play import Player, Result

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulator.outcomes.store import Run

_BATCH = 5


def of_group(run: Run, codes: Sequence[str], workers: int, tick: Callable[[int], None]) -> Run:
    """A run with its figures taken over some of its swv.

    The figures of a pool's time tell the part of that time that went to these swv.

    Args:
        run: a stored run.
        codes: the swv.
        workers: processes; the outcome is the same for any number.
        tick: called with the number of replications that have become ready.
    """
    numbers = [int(number) for number in run.kpis["replication"]]
    tasks = [range(first, last + 1) for first, last in _stretches(numbers)]
    batches = (
        executors.processes(run.scenario, tasks, workers, codes)
        if min(workers, len(tasks)) > 1
        else executors.here(Player(run.scenario, codes), tasks)
    )
    found: dict[int, dict[str, float]] = {}
    for batch in batches:
        found |= {one.replication: one.kpis for one in batch if isinstance(one, Result)}
        tick(len(batch))
    names = [name for name in run.kpis if name != "replication"]
    kpis = {name: np.array([found[number].get(name, np.nan) for number in numbers]) for name in names}
    return run.measured({"replication": run.kpis["replication"], **kpis})


def _stretches(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers as stretches without gaps, none longer than a batch: (first, last) each."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1 and number - found[-1][0] < _BATCH:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
