"""Holds scenarios against what was expected of them, in pairs of replications under the same luck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.language import pick, say
from simulator.base.numbers import in_one_precision
from simulator.outcomes import executors, statistics
from simulator.outcomes.play import Player, Result
from simulator.world import scenario as scenarios

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.outcomes.statistics import Difference
    from simulator.world.scenario import Scenario


_BATCH = 5
SAME = 0.01
"""By how much a figure may differ and be called the same: a percentage point, or a hundredth of it."""


@dataclass(frozen=True)
class Tried:
    """One expectation: the figure in both scenarios, and the paired difference.

    Attributes:
        came: whether the difference has the expected direction, with its interval clear of zero.
    """

    scenario: Scenario
    against: str
    name: str
    direction: str
    before: float
    after: float
    difference: Difference

    @property
    def came(self) -> bool:
        """Whether it came true, beyond chance; *the same* when the whole interval lies within a hundredth."""
        found = self.difference.estimate
        if self.direction == "same":
            most = SAME * (1 if self.unit == "share" else abs(self.before))
            return -most <= found.low and found.high <= most
        return found.high < 0 if self.direction == "lower" else found.low > 0

    @property
    def unit(self) -> str:
        """The unit of the figure."""
        return next(kpi.unit for kpi in self.scenario.kader.file.kpis if kpi.id == self.name)

    @property
    def known_to_fail(self) -> bool:
        """Whether the scenario itself says that it does not."""
        return self.name in self.scenario.expects.known_to_fail


def tried(names: Sequence[str], number: int, workers: int) -> list[Tried]:
    """Play scenarios, and those that they are held against, and look at every figure that they expect something of.

    Args:
        names: of scenarios; one that expects nothing is left out.
        number: of replications.
        workers: processes.
    """
    loaded = {name: scenarios.load(name) for name in names}
    wanted = {name: one for name, one in loaded.items() if one.expects.figures and one.expects.against}
    figures = sorted({figure for one in wanted.values() for figure in one.expects.figures})
    played: dict[str, np.ndarray] = {}
    for name in [*wanted, *(str(one.expects.against) for one in wanted.values())]:
        if name not in played:
            played[name] = _played(scenarios.load(name), figures, number, workers)
    found = []
    for name, one in wanted.items():
        base, own = played[str(one.expects.against)], played[name]
        for label, direction in one.expects.figures.items():
            place = figures.index(label)
            left, right = base[:, place], own[:, place]
            difference = statistics.paired(left, right)
            means = float(left.mean()), float(right.mean())
            found.append(Tried(one, str(one.expects.against), label, direction, *means, difference))
    return found


def _played(scenario: Scenario, figures: Sequence[str], number: int, workers: int) -> np.ndarray:
    """Figures of a scenario: replications by figures; NaN for a figure that its kader does not have."""
    tasks = [range(first, min(first + _BATCH, number)) for first in range(0, number, _BATCH)]
    results = executors.processes(scenario, tasks, workers) if workers > 1 else executors.here(Player(scenario), tasks)
    rows = [
        [one.kpis.get(name, np.nan) for name in figures]
        for batch in results
        for one in batch
        if isinstance(one, Result)
    ]
    return np.array(rows)


def surprises(found: Sequence[Tried]) -> list[str]:
    """What is not as the scenarios say: expectations that fail and are not known to, and those that came true after all."""
    told = {True: "came true, but is listed under known_to_fail", False: "did not come true, and is not listed"}
    return [f"{one.scenario.id} {one.name}: {told[one.came]}" for one in found if one.came == one.known_to_fail]


def page(found: Sequence[Tried], names: Sequence[str], number: int) -> str:
    """The outcome as a page of the documentation.

    Args:
        found: every expectation.
        names: of all scenarios that are told of, also those that expect nothing.
        number: of replications.
    """
    lines = [
        "# Scenarios and what is expected of them",
        "",
        "Every scenario says in a paragraph what it asks, and names the figures that it expects to move. Both were written",
        "before it was played. An expectation that does not come true is told here and not tuned away: its scenario",
        "names it under `known_to_fail`, with what is known of it. What was learned when it was played, and what was",
        "changed after that in a paragraph or in what it is held against, is told apart, as *seen afterwards*.",
        "Differences of shares are in percentage points (pp); *same* is within one point, or a hundredth of the figure.",
        "The table is made by `python -m pytest -m slow tests/outcomes/test_expectations.py`: paired differences with 95%",
        f"intervals, over {number} replications. Figures are means over all samenwerkingsverbanden, also where a scenario",
        "lays something over one region; for that region alone there is `inspectie-sim compare A B --group REGION`.",
        "",
        "| scenario | against | figure | unit | expected | before | after | difference | came true |",
        "|---|---|---|---|---|---:|---:|---:|---|",
    ]
    for one in found:
        spread = one.difference.estimate
        means, (change, low, high) = in_one_precision(
            (one.before, one.after), (spread.mean, spread.low, spread.high), one.unit
        )
        came = f"{change} [{low.removesuffix(say('unit.points')).strip()} .. {high}]"
        cells = [
            one.scenario.id, one.against, f"`{one.name}`", say(f"unit.{one.unit}"), one.direction, *means, came,
            "yes" if one.came else "**no**",
        ]  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n\n" + asked(names)


def asked(names: Sequence[str]) -> str:
    """What every scenario asks, that some claim nothing, and what is known of expectations that do not come true."""
    lines = ["## What each asks", ""]
    for name in names:
        scenario = scenarios.load(name)
        told = " ".join(pick(scenario.question).split())
        claim = "" if scenario.expects.figures else " *It claims nothing about figures.*"
        lines += [f"**{pick(scenario.title)}** (`{scenario.id}`). {told}{claim}", ""]
        if scenario.expects.seen:
            lines += [f"Seen afterwards: {' '.join(pick(scenario.expects.seen).split())}", ""]
        for figure_, why in scenario.expects.known_to_fail.items():
            lines += [f"Not come true, `{figure_}`: {' '.join(pick(why).split())}", ""]
    return "\n".join(lines).rstrip() + "\n"
