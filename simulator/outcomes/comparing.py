"""Two or more runs side by side: means, and differences under the same luck."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.base.language import say
from simulator.outcomes import statistics
from simulator.world import differences

if TYPE_CHECKING:
    from simulator.outcomes.statistics import Difference, Estimate
    from simulator.outcomes.store import Run


@dataclass(frozen=True)
class Row:
    """One figure of one run, and how it differs from the first run.

    Attributes:
        p_holm: the p-value of the difference, corrected for all differences that are compared.
    """

    kpi: str
    scenario: str
    run: str
    value: Estimate
    difference: Difference | None
    paired: bool
    p_holm: float = float("nan")

    @property
    def clear(self) -> bool:
        """Whether the difference is beyond chance, also after the correction."""
        return self.p_holm < 1 - statistics.LEVEL


@dataclass(frozen=True)
class Comparison:
    """Runs side by side.

    Attributes:
        rows: every figure of every run.
        inputs: what the runs set otherwise: name, and the value in each run.
        reasons: why replications cannot be taken in pairs; empty when they are.
    """

    runs: list[Run]
    rows: list[Row]
    inputs: list[tuple[str, list[str]]]
    reasons: list[str]

    @property
    def paired(self) -> bool:
        """Whether the runs share their luck."""
        return not self.reasons


def compare(runs: list[Run]) -> Comparison:
    """Every figure of every run; differences are against the first run, over the replications that all have."""
    base = runs[0]
    reasons = list(dict.fromkeys(reason for run in runs[1:] for reason in apart(base, run)))
    shared = None if reasons else _shared(runs)
    rows = []
    for name in _names(runs):
        for run in runs:
            values = _values(run, name, shared)
            difference = None
            if run is not base and name in base.kpis and name in run.kpis:
                differ = statistics.unpaired if reasons else statistics.paired
                difference = differ(_values(base, name, shared), values)
            rows.append(Row(name, run.manifest.scenario, run.id, statistics.estimate(values), difference, not reasons))
    return Comparison(runs, _corrected(rows), differing(runs), reasons)


def _corrected(rows: list[Row]) -> list[Row]:
    corrected = statistics.holm(np.array([row.difference.p if row.difference else np.nan for row in rows]))
    return [replace(row, p_holm=float(p)) for row, p in zip(rows, corrected, strict=True)]


def apart(base: Run, other: Run) -> list[str]:
    """Why replications of two runs cannot be taken in pairs, in words; nothing when they can."""
    reasons = [
        say(f"compare.other_{name}")
        for name in ("seed", "program", "obligations")
        if getattr(base.manifest, name) != getattr(other.manifest, name)
    ]
    if list(base.scenario.swv) != list(other.scenario.swv):
        reasons.append(say("compare.other_population"))
    return reasons


def _shared(runs: list[Run]) -> np.ndarray:
    """Replications that all runs have."""
    shared = runs[0].kpis["replication"]
    for run in runs[1:]:
        shared = np.intersect1d(shared, run.kpis["replication"])
    return shared


def _values(run: Run, name: str, shared: np.ndarray | None) -> np.ndarray:
    values = run.kpis.get(name, np.array([]))
    return values[np.isin(run.kpis["replication"], shared)] if shared is not None and len(values) else values


def _names(runs: list[Run]) -> list[str]:
    return list(dict.fromkeys(name for run in runs for name in run.kpis if name != "replication"))


def differing(runs: list[Run]) -> list[tuple[str, list[str]]]:
    """What runs set otherwise: what their scenarios say, the version of the program, and the files that they rest on."""
    found = dict(differences.between([run.scenario for run in runs]))

    def look(label: str, values: list[Any]) -> None:
        if any(value != values[0] for value in values):
            found[label] = [str(value) for value in values]

    look("version", [run.manifest.program for run in runs])
    for name in sorted({name for run in runs for name in run.manifest.files if name.startswith("inputs/")}):
        look(name, [run.manifest.files.get(name, "-")[:8] for run in runs])
    return list(found.items())
