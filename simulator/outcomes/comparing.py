"""Two or more runs side by side: means, and differences under the same luck."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.base.language import say
from simulator.outcomes import limits, statistics
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
        apart: per run why its replications cannot be taken in pairs with those of the first; nothing when they are.
    """

    runs: list[Run]
    rows: list[Row]
    inputs: list[tuple[str, list[str]]]
    apart: list[list[str]]

    @property
    def reasons(self) -> list[str]:
        """Why replications cannot all be taken in pairs; empty when they are."""
        return list(dict.fromkeys(reason for reasons in self.apart for reason in reasons))

    @property
    def paired(self) -> bool:
        """Whether all runs share their luck."""
        return not self.reasons


def compare(runs: list[Run]) -> Comparison:
    """Every figure of every run; differences are against the first run.

    Runs that share their luck with the first are taken in pairs, over the replications that all of these have.
    """
    base = runs[0]
    reasons = [[], *(apart(base, run) for run in runs[1:])]
    together = shared([run for run, why in zip(runs, reasons, strict=True) if not why])
    files = [run.scenario.kader.file for run in runs]
    rows = []
    for name in _names(runs):
        first = _values(base, name, together)
        most = limits.apart(*limits.of_name(files, name))
        for run, why in zip(runs, reasons, strict=True):
            values = _values(run, name, None if why else together)
            difference = None
            if run is not base and name in base.kpis and name in run.kpis:
                difference = (statistics.unpaired if why else statistics.paired)(first, values, most=most)
            rows.append(
                Row(name, run.manifest.scenario, run.id, limits.estimate(files, name, values), difference, not why)
            )
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


def shared(runs: list[Run]) -> np.ndarray:
    """Replications that all runs have."""
    found = runs[0].kpis["replication"].astype(np.int64)
    for run in runs[1:]:
        found = np.intersect1d(found, run.kpis["replication"].astype(np.int64))
    return found


def _values(run: Run, name: str, chosen: np.ndarray | None) -> np.ndarray:
    values = run.kpis.get(name, np.array([]))
    return values[np.isin(run.kpis["replication"], chosen)] if chosen is not None and len(values) else values


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
