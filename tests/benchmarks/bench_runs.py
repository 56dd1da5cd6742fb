"""Speed and memory of runs, as ratios in one run where there is something to compare with.

    python tests/benchmarks/bench_runs.py [rounds]

Two workers beside one; a whole replication (draws, play, looking, figures) beside the bare interpreter; events written per
second and their bytes; the most memory that a run of 100 and one of 2,000 replications takes; comparing
two runs of 10,000 as they stand on disk.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars

from simulator.engine.playing import play
from simulator.outcomes import chunks, comparing, frames, inputs, running, store
from simulator.outcomes.play import Player
from simulator.outcomes.running import How
from simulator.outcomes.unfinished import Unfinished, Wanted
from simulator.reports import comparison as reported
from simulator.world import scenario as scenarios

SCENARIO = "invoering-2014"
MANY = 240
"""Replications that take one worker at least 20 seconds."""


def timed(work, *arguments):
    """Seconds that some work takes, and what comes out of it."""
    began = time.perf_counter()
    found = work(*arguments)
    return time.perf_counter() - began, found


def workers(rounds):
    """One worker's time over that of two, median of interleaved rounds."""
    scenario = scenarios.load(SCENARIO)
    ratios = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            one, two = (timed(_run, scenario, number, Path(folder))[0] for number in (1, 2))
        ratios.append(one / two)
        print(f"  one worker {one:.1f} s, two {two:.1f} s: {one / two:.2f} x")
    return statistics.median(ratios)


def _run(scenario, processes, folder):
    return running.run(scenario, MANY, How(processes), folder=folder / str(processes), logged=())


def whole(rounds):
    """A replication with draws, looking and figures over its play alone."""
    player = Player(scenarios.load(SCENARIO))
    draws = [player.model.draw(number)[0] for number in range(10)]
    ratios = []
    for _ in range(rounds):
        bare, _ = timed(lambda: [play(player.model, one) for one in draws])
        full, _ = timed(lambda: [player.result(number) for number in range(10)])
        ratios.append(full / bare)
    return statistics.median(ratios)


def events(rounds):
    """Million rows per second that are made and written, that are written, and bytes per row."""
    player = Player(scenarios.load(SCENARIO))
    played = [player.replication(number) for number in range(20)]
    made, wrote, size = [], [], 0.0
    for _ in range(rounds):
        making, tables = timed(lambda: [frames.events(player, one, n) for n, one in enumerate(played)])
        table = polars.concat(tables)
        writing, content = timed(frames.parquet, table)
        made.append(len(table) / (making + writing) / 1e6)
        wrote.append(len(table) / writing / 1e6)
        size = len(content) / len(table)
    return statistics.median(made), statistics.median(wrote), size


def memory(replications):
    """The most memory in MB of a run in a process of its own."""
    code = (
        "import resource, sys, tempfile; from pathlib import Path; from simulator.outcomes import running;"
        "from simulator.world import scenario as s;"
        "f = Path(tempfile.mkdtemp()) / 'run';"
        "running.run(s.load('plancyclus-2026'), int(sys.argv[1]), folder=f, logged=());"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(replications)], capture_output=True, text=True, check=True)
    return int(done.stdout)


def comparison(rounds):
    """Seconds to read and compare two real run folders of 10,000 replications, up to the page that is shown."""
    with tempfile.TemporaryDirectory() as place:
        folders = [_long_run(name, Path(place), 10_000) for name in (SCENARIO, "late-opr")]

        def work():
            found = comparing.compare([store.read(folder) for folder in folders])
            return reported.page(reported.data(found), found)

        return statistics.median(timed(work)[0] for _ in range(rounds))


def _long_run(name, place, number):
    """A run whose chunks are all like its first, but for the numbers of the replications and some luck in the figures."""
    scenario = scenarios.load(name)
    first, _ = running.run(scenario, chunks.SIZE, How(2), folder=place / f"first-{name}", logged=())
    tables = {
        "kpis": polars.read_parquet(first.folder / "kpis.parquet"),
        "statuses": polars.read_parquet(first.folder / chunks.name_of("statuses", 0)),
    }
    unfinished = Unfinished(place / name)
    unfinished.begin(Wanted(replications=number))
    for start in range(0, number, chunks.SIZE):
        shifted = polars.col("replication") + start
        luck = polars.exclude("replication") * (1 + start / number / 100)
        made = {
            "kpis": tables["kpis"].with_columns(shifted, luck),
            "statuses": tables["statuses"].with_columns(shifted),
        }
        unfinished.shelf.put(start + chunks.SIZE, made, [])
    unfinished.assemble(number)
    for file, content in inputs.inputs(scenario).items():
        unfinished.write(file, content)
    unfinished.finish(first.manifest.model_copy(update={"replications": number}), {})
    return place / name


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print(f"two workers: {workers(min(rounds, 3)):.2f} x one")
    print(f"draws, play, looking and figures: {whole(rounds):.2f} x the bare interpreter")
    both, wrote, size = events(rounds)
    print(f"events: made and written {both:.1f}, written {wrote:.1f} million rows/s, {size:.1f} bytes a row")
    print(f"memory: {memory(100)} MB for 100 replications, {memory(2000)} MB for 2,000")
    print(f"compare of two runs of 10,000 replications: {comparison(rounds):.2f} s")


if __name__ == "__main__":
    main()
