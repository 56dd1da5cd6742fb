"""From a scenario to a run folder: the same inputs give the same bytes, for any number of workers, also after a break."""

from __future__ import annotations

import os
import platform
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator import __version__
from simulator.base import resources
from simulator.base.errors import InputError, Problem, RunFailed
from simulator.base.language import say
from simulator.kader import lawful
from simulator.outcomes import executors, frames, kpis, statistics, store
from simulator.outcomes import inputs as run_inputs
from simulator.outcomes.chunks import SIZE
from simulator.outcomes.play import Failure, Player

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from simulator.outcomes.play import Result
    from simulator.outcomes.store import Run, Writer
    from simulator.world.scenario import Scenario

MOST_FAILURES = 0.05
_BATCH = 5
"""Replications that a worker does at a time; it changes nothing but the progress."""
_LEAST = 2 * SIZE
"""Replications before a wanted precision can stop a run: a spread over fewer says little."""


@dataclass(frozen=True)
class Precision:
    """A figure with the half-width that its 95% interval should have."""

    kpi: str
    half_width: float


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
    logged: Sequence[int] = (0,),
) -> tuple[Run, bool]:
    """Play a scenario and store the outcome; a run that is there already is not done again.

    Args:
        scenario: what to play.
        replications: how many; with `until` the most.
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
    there = _there(target, identity)
    if there and not how.force and (_precise(there, until) if until else there.replications >= replications):
        return there, True
    began = time.monotonic()
    writer = store.Writer(target)
    try:
        _prepare(writer, there, how)
        player = Player(scenario)
        reached = _fill(writer, player, replications, how, until)
        failed = writer.shelf.close(reached)
        manifest = _manifest(writer, identity, player, inputs, reached, logged, failed)
        return writer.finish(manifest, _log(how, time.monotonic() - began)), False
    except BaseException:
        writer.leave()
        raise


def _prepare(writer: Writer, there: Run | None, how: How) -> None:
    """Begin with what is there: nothing, a shorter run, or the chunks of one that was broken off."""
    if how.force:
        writer.clear()
        return
    whole = writer.shelf.whole()
    if whole and not how.resume:
        raise InputError(Problem(say("run.unfinished", count=whole), str(writer.target), hint=say("hint.resume")))
    if there:
        writer.shelf.take(there)


def _fill(writer: Writer, player: Player, replications: int, how: How, until: Sequence[Precision]) -> int:
    """Play what is missing, chunk by chunk; the number of replications that there are then."""
    looker, shelf = player.looker, writer.shelf
    names, codes, duties = kpis.names(looker), player.model.codes, len(looker.duties)
    ready: list[Result] = []
    failures: list[Failure] = []
    lost = 0
    parts = list(shelf.missing(replications))
    how.tick(replications - sum(map(len, parts)))
    if until and (enough := _enough(writer, until, parts[0].start if parts else replications)):
        return enough
    for numbers, batch in _batches(player.scenario, parts, how):
        ready += [one for one in batch if not isinstance(one, Failure)]
        failures += [one for one in batch if isinstance(one, Failure)]
        lost += sum(isinstance(one, Failure) for one in batch)
        if lost > MOST_FAILURES * replications:
            raise RunFailed(_too_many(lost, next(one for one in batch if isinstance(one, Failure))))
        how.tick(len(batch))
        if numbers.stop in {part.stop for part in parts}:
            tables = {"kpis": frames.kpis(ready, names), "statuses": frames.statuses(ready, codes, duties)}
            shelf.put(numbers.stop, tables, [vars(one) for one in failures])
            ready, failures = [], []
            if until and (enough := _enough(writer, until, numbers.stop)):
                return enough
    return replications


def _batches(scenario: Scenario, parts: Sequence[range], how: How) -> Iterator[tuple[range, list[Result | Failure]]]:
    tasks = [range(n, min(n + _BATCH, part.stop)) for part in parts for n in range(part.start, part.stop, _BATCH)]
    if how.scheduler is not None:
        results = executors.dask(scenario, tasks, how.scheduler)
    elif min(how.workers, len(tasks)) > 1:
        results = executors.processes(scenario, tasks, min(how.workers, len(tasks)))
    else:
        results = executors.here(scenario, tasks)
    return zip(tasks, results, strict=True)


def _too_many(lost: int, first: Failure) -> str:
    values = {"swv": first.swv, "step": first.step, "day": first.day}
    return say("run.failed", count=lost, number=first.replication, reason=first.reason, **values)


def _enough(writer: Writer, until: Sequence[Precision], reached: int) -> int:
    """The number of replications when all up to there give every figure its precision; else 0."""
    import polars

    if reached < _LEAST:
        return 0
    numbers = range(-(-reached // SIZE))
    table = polars.concat([writer.shelf.table("kpis", number) for number in numbers])
    return reached if _fine(table.filter(polars.col("replication") < reached), until) else 0


def _precise(run: Run, until: Sequence[Precision]) -> bool:
    import polars

    return run.replications >= _LEAST and _fine(polars.DataFrame(run.kpis), until)


def _fine(table: Any, until: Sequence[Precision]) -> bool:
    for one in until:
        found = statistics.estimate(table[one.kpi].cast(float).fill_null(float("nan")).to_numpy(), lowest=None)
        if not found.high - found.mean <= one.half_width:
            return False
    return True


def _there(target: Path, identity: str) -> Run | None:
    """The run in the target folder, when it is the same one; None where one can be written."""
    own = target.parent == store.folder_of_runs()  # whatever stands under a name of ours is a run that is damaged
    if not resources.is_folder(target) and not resources.is_file(target):
        return None
    if resources.is_folder(target) and not any(target.iterdir()):
        target.rmdir()
        return None
    try:
        found = store.read(target)
    except InputError:
        if own:
            return None
        if resources.is_file(target / "manifest.json"):
            raise
        raise _in_the_way(target) from None
    if found.id == identity:
        return found
    if own:
        return None
    raise _in_the_way(target)


def _in_the_way(target: Path) -> InputError:
    return InputError(Problem(say("run.in_the_way"), str(target), hint=say("hint.other_folder")))


def _manifest(
    writer: Writer, identity: str, player: Player, inputs: dict[str, bytes], replications: int,
    logged: Sequence[int], failed: list[dict[str, Any]],
) -> store.Manifest:  # fmt: skip
    """Write the inputs and the replications that are kept in full, and say what the run is."""
    scenario = player.scenario
    for kind, make in (("events", frames.events), ("findings", frames.findings)):
        made = [make(player, player.replication(number), number) for number in sorted(set(logged))]
        if made:
            import polars

            writer.write(f"{kind}.parquet", frames.parquet(polars.concat(made)))
    for name, content in inputs.items():
        writer.write(name, content)
    return store.Manifest(
        id=identity, program=__version__, scenario=scenario.id, seed=scenario.seed, replications=replications,
        obligations=player.looker.duties, failed=failed, unlawful=lawful.told(scenario.unlawful),
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
