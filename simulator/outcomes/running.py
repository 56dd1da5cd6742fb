"""From a scenario to a run folder: the same inputs give the same bytes, for any number of workers, also after a break."""

from __future__ import annotations

import os
import platform
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator import __version__
from simulator.base import resources
from simulator.base.errors import InputError, Problem, RunFailed
from simulator.base.language import say
from simulator.kader import lawful
from simulator.outcomes import executors, frames, kpis, naming, replaying, statistics, store, unfinished
from simulator.outcomes import inputs as run_inputs
from simulator.outcomes import manifest as manifests
from simulator.outcomes.chunks import SIZE
from simulator.outcomes.manifest import Failed, Manifest, NewerVersion
from simulator.outcomes.play import Failure, Player
from simulator.outcomes.store import Run
from simulator.outcomes.unfinished import Precision, Unfinished, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import polars

    from simulator.outcomes.chunks import Shelf
    from simulator.outcomes.play import Result
    from simulator.world.scenario import Scenario

MOST_FAILURES = 0.05
"""Share of the replications that may fail; one may always, so that a run of a few still records it."""
_BATCH = 5
"""Replications that a worker does at a time; it changes nothing but the progress."""
_LEAST = 2 * SIZE
"""Replications before a wanted precision can stop a run: a spread over fewer says little."""


@dataclass(frozen=True)
class How:
    """How a run is done; nothing here changes what comes out.

    Attributes:
        workers: processes of this machine.
        scheduler: address of a dask scheduler that plays instead.
        force: do it again even when it is there; else a run with as many replications or more is kept as it is.
        resume: go on with a run that was broken off.
        tick: called with the number of replications that have become ready.
    """

    workers: int = 1
    scheduler: str | None = None
    force: bool = False
    resume: bool = False
    tick: Callable[[int], None] = field(default=lambda _: None)


def run(
    scenario: Scenario,
    replications: int,
    how: How = How(),
    *,
    until: Sequence[Precision] = (),
    folder: Path | None = None,
    logged: tuple[int, ...] = (0,),
) -> tuple[Run, bool]:
    """Play a scenario and store the outcome; a run that is there already is not done again.

    Args:
        scenario: what to play.
        replications: how many; with `until` the most. What is ready of a run that is resumed is never left out, so it
            can become longer.
        how: with whom, and what to do with what is there.
        until: stop after the first chunk at which every figure has its precision.
        folder: exactly where to store it; else `<runs>/<scenario>-<hash>`.
        logged: replications of which every event and finding is kept.

    Returns:
        The run, and whether it was there already.

    Raises:
        InputError: the folder holds something else, cannot be written, is being written by another process, or holds an
            unfinished run that is neither to be resumed nor done again.
        RunFailed: too many replications failed, or workers were lost again and again.
    """
    inputs = run_inputs.inputs(scenario)
    identity = run_inputs.identity(scenario, inputs)
    target = folder or store.folder_of_runs() / identity
    asked = Wanted(replications=replications, until=tuple(until), events=logged)
    there = _there(target, identity, how)
    if there and not how.force and _enough_there(there, asked):
        return there, True
    with unfinished.alone(target):
        return _written(scenario, inputs, identity, target, asked, how)


class BrokenOff(InputError):
    """There is a run that was broken off, and nobody said what to do with it."""


def left_over(scenario: Scenario, folder: Path | None = None) -> Wanted | None:
    """What was asked for of a run of this scenario that was broken off; None when there is none."""
    identity = run_inputs.identity(scenario, run_inputs.inputs(scenario))
    return unfinished.wanted(folder or store.folder_of_runs() / identity)


def _written(
    scenario: Scenario, inputs: dict[str, bytes], identity: str, target: Path, asked: Wanted, how: How
) -> tuple[Run, bool]:
    """Play and store, with nobody else at this run."""
    began = time.monotonic()
    place = Unfinished(target)
    there = _there(target, identity, how)  # another process may have finished it in the meantime
    if there and not how.force and _enough_there(there, asked):
        return there, True
    kept = there.replications if there and not how.force else 0
    try:
        _prepare(place, there, how, asked)
        player = _Once(scenario)
        reached = _fill(place, player, max(asked.replications, place.shelf.reach()), how, asked.until)
        logged = {*asked.events, *(there.manifest.events if there else ())}
        manifest = _manifest(place, identity, player.ready, inputs, reached, sorted(logged))
        return Run(target, place.finish(manifest, _log(how, time.monotonic() - began))), False
    except KeyboardInterrupt:
        if ready := place.leave(kept):
            raise KeyboardInterrupt(say("run.interrupted", count=ready)) from None
        raise
    except BaseException:
        place.leave(kept)
        raise


class _Once:
    """A player of a scenario, made when it is first needed: by then other processes are already playing."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    @cached_property
    def ready(self) -> Player:
        return Player(self.scenario)

    def tables(self, results: list[Result]) -> dict[str, polars.DataFrame]:
        """What a chunk keeps of its replications."""
        looker, codes = self.ready.looker, self.ready.model.codes
        return {
            "kpis": frames.kpis(results, kpis.names(looker)),
            "statuses": frames.statuses(results, codes, len(looker.duties)),
        }


def _enough_there(there: Run, asked: Wanted) -> bool:
    """Whether a run holds all that is asked for."""
    if not set(asked.events) <= set(there.manifest.events):
        return False
    if asked.until and not not_precise(there, asked.until):
        return True
    return there.replications >= asked.replications


def _prepare(place: Unfinished, there: Run | None, how: How, asked: Wanted) -> None:
    """Begin with what is there: nothing, a shorter run, or the chunks of one that was broken off."""
    whole = place.shelf.whole()
    if how.force or whole <= (there.replications if there else 0):
        place.clear()
    elif not how.resume:
        raise BrokenOff(Problem(say("run.unfinished", count=whole), str(place.target), hint=say("hint.resume")))
    place.begin(asked)
    if there and not how.force:
        place.shelf.take(there)


def _fill(place: Unfinished, player: _Once, replications: int, how: How, until: Sequence[Precision]) -> int:
    """Play what is missing, chunk by chunk; the number of replications that there are then: never less than there were."""
    shelf = place.shelf
    ready: list[Result] = []
    failures: list[Failure] = []
    lost, reach = 0, shelf.reach()
    parts = list(shelf.missing(replications))
    how.tick(replications - sum(map(len, parts)))
    if until and (not parts or parts[0].start == reach) and _enough(shelf, until, reach):
        return reach
    for numbers, batch in _batches(player, parts, how):
        ready += [one for one in batch if not isinstance(one, Failure)]
        failures += [one for one in batch if isinstance(one, Failure)]
        lost += sum(isinstance(one, Failure) for one in batch)
        if lost > max(1, MOST_FAILURES * replications):
            raise RunFailed(_too_many(lost, failures[0], player.scenario))
        how.tick(len(batch))
        if numbers.stop in {part.stop for part in parts}:
            shelf.put(numbers.stop, player.tables(ready), [Failed(**vars(one)) for one in failures])
            ready, failures = [], []
            if until and numbers.stop >= reach and _enough(shelf, until, numbers.stop):
                return numbers.stop
    return replications


def _batches(player: _Once, parts: Sequence[range], how: How) -> Iterator[tuple[range, list[Result | Failure]]]:
    scenario = player.scenario
    tasks = [range(n, min(n + _BATCH, part.stop)) for part in parts for n in range(part.start, part.stop, _BATCH)]
    if how.scheduler is not None:
        results = executors.dask(scenario, tasks, how.scheduler)
    elif min(how.workers, len(tasks)) > 1:
        results = executors.processes(scenario, tasks, min(how.workers, len(tasks)))
    else:
        results = executors.here(player.ready, tasks)
    return zip(tasks, results, strict=True)


def _too_many(lost: int, first: Failure, scenario: Scenario) -> str:
    """How many failed, the first of them, and how to see what happened in it."""
    values = {"swv": first.swv, "step": first.step, "day": first.day}
    told = say("run.failed", count=lost, number=first.replication, reason=first.reason, **values)
    look = say(
        "run.look_into", scenario=naming.as_typed(scenario.chain[0]), number=first.replication, seed=scenario.seed
    )
    return f"{told}\n    {look}"


def _enough(shelf: Shelf, until: Sequence[Precision], reached: int) -> bool:
    """Whether all replications up to a number give every figure its precision."""
    return reached >= _LEAST and _fine(shelf.kpis(reached), until)


def not_precise(run: Run, until: Sequence[Precision]) -> list[Precision]:
    """The wishes that a run does not meet."""
    import polars

    if not until:
        return []
    table = polars.DataFrame(run.kpis)
    return [one for one in until if run.replications < _LEAST or not _fine(table, [one])]


def _fine(table: Any, until: Sequence[Precision]) -> bool:
    for one in until:
        found = statistics.estimate(table[one.kpi].cast(float).fill_null(float("nan")).to_numpy(), lowest=None)
        if not found.high - found.mean <= one.half_width:
            return False
    return True


def _there(target: Path, identity: str, how: How) -> Run | None:
    """The run in the target folder, when it is the same one; None where one can be written."""
    is_folder = resources.is_folder(target)
    if not (is_folder or resources.is_file(target)) or (is_folder and not any(target.iterdir())):
        return None
    own = target.parent == store.folder_of_runs()  # whatever stands under a name of ours is a run
    try:
        found = store.read(target)
    except NewerVersion:
        raise
    except InputError:
        if not own and not resources.is_file(target / manifests.NAME):
            raise _in_the_way(target) from None
        if own and how.force:
            return None
        raise
    if found.id != identity:
        raise _in_the_way(target)
    return found


def _in_the_way(target: Path) -> InputError:
    return InputError(Problem(say("run.in_the_way"), str(target), hint=say("hint.other_folder")))


def _manifest(
    place: Unfinished, identity: str, player: Player, inputs: dict[str, bytes], replications: int, logged: list[int]
) -> Manifest:
    """Put the whole run together: figures, statuses, inputs, the replications that are kept in full, what the run is."""
    import polars

    scenario = player.scenario
    place.assemble(replications)
    if logged:
        made = zip(*(replaying.in_full(player, number) for number in logged), strict=True)
        for kind, tables in zip(("events", "findings"), made, strict=True):
            place.write(f"{kind}.parquet", frames.parquet(polars.concat(tables)))
    for name, content in inputs.items():
        place.write(name, content)
    return Manifest(
        id=identity, program=__version__, scenario=scenario.id, seed=scenario.seed, replications=replications,
        obligations=player.looker.duties, events=logged, failed=place.shelf.failed(),
        unlawful=lawful.told(scenario.unlawful),
    )  # fmt: skip


def _log(how: How, seconds: float) -> dict[str, Any]:
    """What no comparison reads: when, where and how fast."""
    return {
        "finished": datetime.now(UTC).isoformat(timespec="microseconds"),
        "seconds": round(seconds, 3),
        "workers": how.workers,
        "scheduler": how.scheduler,
        "host": platform.node(),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "processors": os.cpu_count(),
        "command": sys.argv,
    }
