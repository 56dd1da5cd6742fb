"""Two or more runs side by side: means, and differences under the same luck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.outcomes import statistics
from simulator.outcomes.statistics import Estimate

if TYPE_CHECKING:
    from simulator.outcomes.store import Run


@dataclass(frozen=True)
class Row:
    """One figure of one run, and how it differs from the first run."""

    kpi: str
    scenario: str
    run: str
    value: Estimate
    difference: Estimate | None
    paired: bool


def shares_luck(base: Run, other: Run) -> bool:
    """Whether replications of two runs can be taken in pairs: same seed, same population, same program."""
    same = ("seed", "program", "obligations")
    return all(getattr(base.manifest, name) == getattr(other.manifest, name) for name in same) and list(
        base.scenario.swv
    ) == list(other.scenario.swv)


def compare(runs: list[Run]) -> list[Row]:
    """Every figure of every run; differences are against the first run, over the replications that both have."""
    base = runs[0]
    rows = []
    shared = _shared(runs)
    for name in _names(runs):
        for run in runs:
            values = run.kpis.get(name, np.array([]))
            if shared is not None and len(values):
                values = values[np.isin(run.kpis["replication"], shared)]
            difference, paired = None, True
            if run is not base and name in base.kpis and name in run.kpis:
                difference, paired = _difference(base, run, name)
            rows.append(Row(name, run.manifest.scenario, run.id, statistics.estimate(values), difference, paired))
    return rows


def _shared(runs: list[Run]) -> np.ndarray | None:
    """Replications that all runs have; None when they do not share their luck and nothing is paired."""
    if not all(shares_luck(runs[0], run) for run in runs[1:]):
        return None
    shared = runs[0].kpis["replication"]
    for run in runs[1:]:
        shared = np.intersect1d(shared, run.kpis["replication"])
    return shared


def _names(runs: list[Run]) -> list[str]:
    return list(dict.fromkeys(name for run in runs for name in run.kpis if name != "replication"))


def _difference(base: Run, other: Run, name: str) -> tuple[Estimate, bool]:
    if not shares_luck(base, other):
        return statistics.unpaired(base.kpis[name], other.kpis[name]), False
    _, left, right = np.intersect1d(base.kpis["replication"], other.kpis["replication"], return_indices=True)
    return statistics.paired(base.kpis[name][left], other.kpis[name][right]), True


def differing_inputs(base: Run, other: Run) -> list[tuple[str, str, str]]:
    """Parameters and pools that two runs set otherwise: name, value in the first, value in the other."""
    from simulator.kader.parameters import describe

    found = []
    for name in sorted(base.scenario.parameters.keys() | other.scenario.parameters.keys()):
        values = [describe(p) if (p := run.scenario.parameters.get(name)) else "-" for run in (base, other)]
        if values[0] != values[1]:
            found.append((name, values[0], values[1]))
    for name in sorted(base.scenario.pools.keys() | other.scenario.pools.keys()):
        sizes = [str(pool.capacity) if (pool := run.scenario.pools.get(name)) else "-" for run in (base, other)]
        if sizes[0] != sizes[1]:
            found.append((f"pools.{name}", sizes[0], sizes[1]))
    for label, values in (
        ("kader", [run.scenario.kader.id for run in (base, other)]),
        ("seed", [str(run.scenario.seed) for run in (base, other)]),
        ("period", [f"{run.scenario.period.start} - {run.scenario.period.until}" for run in (base, other)]),
        ("swv", [str(len(run.scenario.swv)) for run in (base, other)]),
    ):
        if values[0] != values[1]:
            found.append((label, values[0], values[1]))
    return found + _differing_files(base, other)


def _differing_files(base: Run, other: Run) -> list[tuple[str, str, str]]:
    """Plans, tables and kaders that differ, by the first letters of their hashes."""
    files = [run.manifest.files for run in (base, other)]
    names = sorted(name for name in {**files[0], **files[1]} if name.startswith("inputs/"))
    pairs = [(name, *(own.get(name, "-")[:8] for own in files)) for name in names]
    return [(name, left, right) for name, left, right in pairs if left != right]
