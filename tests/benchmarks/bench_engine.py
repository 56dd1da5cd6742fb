"""Speed of the SimPy interpreter beside a bare SimPy program with the same work, as a ratio in one run.

    python tests/benchmarks/bench_engine.py [rounds]

The bare program knows beforehand what will happen: for every chain of steps the same timeouts, and for every step that
needs people the same requests and releases, on durations drawn beforehand, with SimPy's own resources and processes and
no calendars, terms, guards or effects. The time of `--help` is measured beside that of an empty click program.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import simpy

from simulator.base.days import NEVER
from simulator.engine.model import Model
from simulator.engine.playing import play
from simulator.world import scenario as scenarios

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Done:
    """A step that took time or people: asked for at a moment, its seconds, its pools, and the steps that followed it."""

    asked: int
    seconds: int
    pools: tuple[int, ...]
    after: list[Done] = field(default_factory=list)


def recorded(model: Model, replication: int) -> tuple[list[Done], int]:
    """The steps of a replication as trees, each below the step of its swv at whose end it was asked for; and how many."""
    trace = play(model, model.draw(replication)[0])
    tables = model.tables
    granted: dict[int, int] = {}
    for _, _, row, _, moment in trace.grants:
        granted[row] = max(moment, granted.get(row, 0))
    rows = [
        row for row, end in enumerate(trace.end) if end < NEVER and (end > trace.requested[row] or tables.pools[row])
    ]
    rows.sort(key=lambda row: trace.requested[row])
    done = {
        row: Done(trace.requested[row], trace.end[row] - granted.get(row, trace.requested[row]), tables.pools[row])
        for row in rows
    }
    ended = {(tables.swv[row], trace.end[row]): row for row in rows}
    roots = []
    for row in rows:
        parent = ended.get((tables.swv[row], trace.requested[row]))
        siblings = roots if parent is None or parent == row else done[parent].after
        siblings.append(done[row])
    return roots, len(rows)


def bare(model: Model, roots: list[Done]) -> None:
    """The same timeouts, requests and releases as plain SimPy processes."""
    env = simpy.Environment()
    pools = [simpy.PriorityResource(env, pool.capacity) for pool in model.pools]

    def life(step: Done | None) -> Iterator[simpy.Event]:
        while step is not None:
            if step.asked > env.now:
                yield env.timeout(step.asked - env.now)
            requests = []
            for number in step.pools:
                request = pools[number].request(priority=step.asked)
                yield request
                requests.append((pools[number], request))
            yield env.timeout(step.seconds)
            for pool, request in requests:
                pool.release(request)
            for other in step.after[1:]:
                env.process(life(other))
            step = step.after[0] if step.after else None

    for root in roots:
        env.process(life(root))
    env.run(until=model.horizon)


def help_ratio() -> float:
    """Time of `inspectie-sim --help` over that of a click program with one empty command."""
    program = "import click\n@click.group()\ndef main(): 'bare'\n@main.command()\ndef run(): 'run'\nmain()"
    ours = "import sys; from simulator.cli.main import main; main(['--help'])"
    times: dict[str, list[float]] = {program: [], ours: []}
    for _ in range(9):
        for text, taken in times.items():
            arguments = ["--help"] if text == program else []
            began = time.perf_counter()
            subprocess.run([sys.executable, "-c", text, *arguments], stdout=subprocess.DEVNULL, check=True)
            taken.append(time.perf_counter() - began)
    return statistics.median(times[ours]) / statistics.median(times[program])


def main(rounds: int) -> None:
    model = Model(scenarios.load("invoering-2014"))
    numbers = range(5)
    work = [recorded(model, number) for number in numbers]
    ratios, speeds = [], []
    for _ in range(rounds):
        began = time.perf_counter()
        draws = [model.draw(number)[0] for number in numbers]
        drawn = time.perf_counter()
        for one in draws:
            play(model, one)
        played = time.perf_counter()
        for roots, _ in work:
            bare(model, roots)
        ratios.append((time.perf_counter() - played) / (played - drawn))
        speeds.append(len(numbers) / (played - began))
    print(f"steps with time or people in replication 0: {work[0][1]}")
    print(f"replications/s, draws and play: {statistics.median(speeds):.1f}")
    rounds_seen = sorted(round(ratio, 2) for ratio in ratios)
    print(f"speed, interpreter / bare SimPy: median {statistics.median(ratios):.2f}, rounds {rounds_seen}")
    print(f"time, inspectie-sim --help / bare click: {help_ratio():.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
