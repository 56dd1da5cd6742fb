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
from simulator.world.scenariofile import label

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
        group: over which the figure is taken; None for everybody.
        came: whether the difference has the expected direction, with its interval clear of zero.
    """

    scenario: Scenario
    against: str
    name: str
    direction: str
    before: float
    after: float
    difference: Difference
    group: str | None = None

    @property
    def label(self) -> str:
        """The figure, and the group where there is one."""
        return label(self.name, self.group)

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
        return self.label in self.scenario.expects.known_to_fail


def tried(names: Sequence[str], number: int, workers: int) -> list[Tried]:
    """Play scenarios, and those that they are held against, and look at every figure that they expect something of.

    Args:
        names: of scenarios; one that expects nothing is left out.
        number: of replications.
        workers: processes.
    """
    loaded = {name: scenarios.load(name) for name in names}
    wanted = {name: one for name, one in loaded.items() if one.expects.figures and one.expects.against}
    figures = sorted({claim.figure for one in wanted.values() for claim in one.expects.claims})
    played: dict[tuple[str, tuple[str, ...] | None], np.ndarray] = {}

    def of(whose: str, codes: tuple[str, ...] | None) -> np.ndarray:
        if (whose, codes) not in played:
            played[whose, codes] = _played(scenarios.load(whose), figures, number, workers, codes)
        return played[whose, codes]

    found = []
    for name, one in wanted.items():
        against = str(one.expects.against)
        for claim in one.expects.claims:
            codes = None if claim.group is None else one.groups[claim.group]
            place = figures.index(claim.figure)
            left, right = of(against, codes)[:, place], of(name, codes)[:, place]
            difference = statistics.paired(left, right)
            means = float(left.mean()), float(right.mean())
            found.append(Tried(one, against, claim.figure, claim.direction, *means, difference, claim.group))
    return found


def _played(
    scenario: Scenario, figures: Sequence[str], number: int, workers: int, codes: Sequence[str] | None
) -> np.ndarray:
    """Figures of a scenario over those of some codes: replications by figures; NaN for a figure not in its kader."""
    tasks = [range(first, min(first + _BATCH, number)) for first in range(0, number, _BATCH)]
    group = None if codes is None else [code for code in scenario.swv if code in codes]
    results = (
        executors.processes(scenario, tasks, workers, group)
        if workers > 1
        else executors.here(Player(scenario, group), tasks)
    )
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
    return [f"{one.scenario.id} {one.label}: {told[one.came]}" for one in found if one.came == one.known_to_fail]


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
        "Differences are taken before rounding: two rounded columns need not differ by exactly what stands beside them.",
        "The table is made by `python -m pytest -m slow tests/outcomes/test_expectations.py`: paired differences with 95%",
        f"intervals, over {number} replications. Everybody takes part in the play; figures are means over those under",
        "*over*: all, or a group of which the scenario claims something by itself. For other groups there is",
        "`inspectie-sim compare A B --group GROUP`.",
        "",
        "| scenario | against | over | figure | unit | expected | before | after | difference | came true |",
        "|---|---|---|---|---|---|---:|---:|---:|---|",
    ]
    for one in found:
        spread = one.difference.estimate
        means, (change, low, high) = in_one_precision(
            (one.before, one.after), (spread.mean, spread.low, spread.high), one.unit
        )
        came = f"{change} [{low.removesuffix(say('unit.points')).strip()} .. {high}]"
        over, unit = one.group or "all", say(f"unit.{one.unit}")
        cells = [
            one.scenario.id, one.against, over, f"`{one.name}`", unit, one.direction, *means, came,
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
