"""From a scenario to a run folder: the same inputs give the same bytes, for any number of workers."""

from __future__ import annotations

import os
import platform
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator import __version__
from simulator.base import resources
from simulator.base.errors import InputError, Problem
from simulator.base.language import say
from simulator.outcomes import frames, store
from simulator.outcomes import inputs as run_inputs
from simulator.outcomes.play import Player, play_all

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulator.outcomes.store import Run
    from simulator.world.scenario import Scenario


def run(
    scenario: Scenario,
    replications: int,
    *,
    workers: int = 1,
    folder: Path | None = None,
    force: bool = False,
    logged: Sequence[int] = (0,),
    tick: Callable[[int], None] = lambda _: None,
) -> tuple[Run, bool]:
    """Play a scenario and store the outcome; a run that is there already is not done again.

    Args:
        scenario: what to play.
        replications: how many.
        workers: processes.
        folder: exactly where to store it; else `<runs>/<scenario>-<hash>`.
        force: do it again even when it is there; else a run with as many replications or more is kept as it is.
        logged: replications of which every event and finding is kept.
        tick: called with the number of replications that have become ready.

    Returns:
        The run, and whether it was there already.

    Raises:
        InputError: the folder holds something else, or cannot be written.
        RunFailed: too many replications failed; nothing is left behind.
    """
    inputs = run_inputs.inputs(scenario)
    identity = run_inputs.identity(scenario, inputs)
    target = folder or store.folder_of_runs() / identity
    there = _there(target, identity)
    if there and there.replications >= replications and not force:
        return there, True
    began = time.monotonic()
    writer = store.Writer(target)
    try:
        manifest = _outcome(writer, identity, scenario, inputs, replications, workers, logged, tick)
        return writer.finish(manifest, _log(workers, time.monotonic() - began)), False
    except BaseException:
        writer.abandon()
        raise


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


def _outcome(
    writer: store.Writer,
    identity: str,
    scenario: Scenario,
    inputs: dict[str, bytes],
    replications: int,
    workers: int,
    logged: Sequence[int],
    tick: Callable[[int], None],
) -> store.Manifest:
    """Write everything that a run holds, and say what it is."""
    results, failures = play_all(scenario, replications, workers, tick)
    names = list(dict.fromkeys(name for result in results for name in result.kpis))
    player = Player(scenario)
    tables = {
        "kpis.parquet": frames.kpis(results, names),
        "statuses.parquet": frames.statuses(results, player.model.codes),
    }
    for kind, make in (("events", frames.events), ("findings", frames.findings)):
        made = [make(player, player.replication(number), number) for number in sorted(set(logged))]
        if made:
            import polars

            tables[f"{kind}.parquet"] = polars.concat(made)
    for name, content in inputs.items():
        writer.write(name, content)
    for name, frame in tables.items():
        writer.write(name, frames.parquet(frame))
    return store.Manifest(
        id=identity,
        program=__version__,
        scenario=scenario.id,
        seed=scenario.seed,
        replications=replications,
        obligations=player.looker.duties,
        failed=[vars(failure) for failure in failures],
    )


def _log(workers: int, seconds: float) -> dict[str, Any]:
    """What no comparison reads: when, where and how fast."""
    return {
        "finished": datetime.now(UTC).isoformat(timespec="microseconds"),
        "seconds": round(seconds, 3),
        "workers": workers,
        "host": platform.node(),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "processors": os.cpu_count(),
        "command": sys.argv,
    }
