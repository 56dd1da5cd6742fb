"""Numbers of a scenario fitted to known figures, and which figures cannot be met together.

A Latin hypercube over the bounds finds where to begin; Nelder and Mead (1965) goes on from the best point. All points are
played under the same luck and kept: what no point meets is tried by itself. That nothing was found is no proof that there
is nothing, so that is how it is told.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Annotated, Self

import numpy as np
from pydantic import Field, FiniteFloat, model_validator
from pydantic_core import PydanticCustomError

from simulator.base import yamlfile
from simulator.base.errors import InputError, nearest
from simulator.base.language import say
from simulator.base.validation import Strict, unique, validated
from simulator.outcomes import evaluating, kpis
from simulator.outcomes.evaluating import Question
from simulator.outcomes.play import Player
from simulator.world import varying

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from simulator.world.scenario import Scenario

_PER_NUMBER = 8
"""Points of the hypercube per number that is fitted."""


class Target(Strict):
    """A figure that is known, with the interval in which it lies."""

    value: FiniteFloat
    low: FiniteFloat
    high: FiniteFloat
    source: str

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.value <= self.high or self.low == self.high:
            context = {"low": self.low, "value": self.value, "high": self.high}
            raise PydanticCustomError("calibrate.interval", "interval", context)
        return self

    def met(self, figure: float) -> bool:
        """Whether a figure lies in the interval."""
        return self.low <= figure <= self.high


class Bounds(Strict):
    """Between what a number may lie."""

    low: FiniteFloat
    high: FiniteFloat

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low < self.high:
            raise PydanticCustomError("value.bounds", "bounds", {"low": self.low, "high": self.high})
        return self


class Targets(Strict):
    """A file of targets: figures that are known, and numbers that may move."""

    targets: Annotated[dict[str, Target], Field(min_length=1)]
    parameters: Annotated[dict[str, Bounds], Field(min_length=1)]


def read(path: Path, scenario: Scenario) -> Targets:
    """The targets in a file, for a scenario.

    Raises:
        InputError: with every problem, also of figures, numbers and bounds that the scenario does not know.
    """
    document = yamlfile.read(path)
    found = validated(Targets, document, "targets")
    known = kpis.names_of(scenario.kader.file, list(scenario.pools))
    problems = [
        document.problem(say("run.no_kpi", name=name), ("targets", name), hint=nearest(name, known), key=True)
        for name in found.targets
        if name not in known
    ]
    for name, bounds in found.parameters.items():
        for value in (bounds.low, bounds.high):
            try:
                varying.varied(scenario, {name: value}, "calibration")
            except InputError as error:
                problems += [
                    document.problem(one.message, ("parameters", name), hint=one.hint, key=True)
                    for one in error.problems
                ]
    if problems:
        raise InputError(unique(problems))
    return found


def beforehand(targets: Targets) -> int:
    """Points that are played before the first step."""
    return _PER_NUMBER * len(targets.parameters)


def most(targets: Targets, evaluations: int) -> int:
    """The most points that a fit can play: where targets are missed, each is tried alone, and each pair together."""
    number = len(targets.targets)
    return beforehand(targets) + evaluations * (1 + number + math.comb(number, 2))


@dataclass
class Fit:
    """What came out.

    Attributes:
        values: the fitted numbers by name.
        figures: the figures with these.
        missed: targets that are not met.
        alone: of these, targets that no variant met that was played, not even those played for it by itself.
        together: pairs of targets that no variant met together.
        played: variants that were played.
    """

    values: dict[str, float]
    figures: dict[str, float]
    missed: list[str]
    alone: list[str]
    together: list[tuple[str, str]]
    played: int


@dataclass
class Calibration:
    """A fit under way.

    Attributes:
        group: the swv over which figures are taken; everybody without it.
        points, figures: every point that was played, in the unit cube, and what it gave.
    """

    scenario: Scenario
    targets: Targets
    replications: int
    evaluations: int
    tick: Callable[[int], None]
    group: tuple[str, ...] | None = None
    points: list[np.ndarray] = field(default_factory=list)
    figures: list[np.ndarray] = field(default_factory=list)

    @property
    def first(self) -> int:
        """Points of the hypercube."""
        return beforehand(self.targets)

    @cached_property
    def _question(self) -> Question:
        return Question(self.scenario, tuple(self.targets.targets), self.replications, kind="values", group=self.group)

    @cached_property
    def _player(self) -> Player:
        return Player(self.scenario, self.group)

    def fit(self, workers: int) -> Fit:
        """Fit the numbers to all targets, and find out why some are not met."""
        from scipy.stats import qmc

        cube = qmc.LatinHypercube(len(self.targets.parameters), rng=self.scenario.seed).random(self.first)
        rows = evaluating.evaluate(self._question, [self._values(point) for point in cube], workers, self.tick)
        self.points += list(cube)
        self.figures += list(rows)
        names = list(self.targets.targets)
        self._descend(names)
        best = min(range(len(self.points)), key=lambda number: (self._cost(self.figures[number], names), number))
        found = dict(zip(names, map(float, self.figures[best]), strict=True))
        missed = [name for name in names if not self.targets.targets[name].met(found[name])]
        alone = [name for name in missed if not self._can([name])]
        rest = [name for name in names if name not in alone]
        pairs = [pair for pair in combinations(rest, 2) if set(pair) & set(missed) and not self._can(pair)]
        return Fit(self._values(self.points[best]), found, missed, alone, pairs, len(self.points))

    def _values(self, point: np.ndarray) -> dict[str, float]:
        """A point of the unit cube as values between the bounds; whole where the number counts things."""
        found: dict[str, float] = {}
        for where, (name, bounds) in zip(point, self.targets.parameters.items(), strict=True):
            value = bounds.low + float(np.clip(where, 0, 1)) * (bounds.high - bounds.low)
            section, thing, part = varying.place(self.scenario, name)
            counts = isinstance(getattr(getattr(self.scenario, section)[thing], part), int)
            found[name] = round(value) if counts else value
        return found

    def _cost(self, figures: np.ndarray, names: Sequence[str]) -> float:
        """How far figures are from some targets, in half intervals, squared and added."""
        total = 0.0
        for name, value in zip(self.targets.targets, figures, strict=True):
            target = self.targets.targets[name]
            if name in names:
                off = (value - target.value) / ((target.high - target.low) / 2)
                total += float(off**2) if np.isfinite(off) else 1e6
        return total

    def _play(self, point: np.ndarray, names: Sequence[str]) -> float:
        figures = np.array(evaluating.answer(self._player, self._question, self._values(point)))
        self.points.append(np.clip(point, 0, 1))
        self.figures.append(figures)
        self.tick(1)
        return self._cost(figures, names)

    def _descend(self, names: Sequence[str]) -> None:
        """Go down from the best point so far towards some targets."""
        from scipy.optimize import minimize

        start = min(range(len(self.points)), key=lambda number: (self._cost(self.figures[number], names), number))
        minimize(
            self._play, self.points[start], args=(names,), method="Nelder-Mead",
            bounds=[(0.0, 1.0)] * len(self.targets.parameters), options={"maxfev": self.evaluations, "xatol": 1e-3},
        )  # fmt: skip

    def _can(self, names: Sequence[str]) -> bool:
        """Whether some point meets these targets; when none does yet, one is looked for."""

        def there() -> bool:
            targets = list(self.targets.targets.items())
            return any(
                all(target.met(value) for (name, target), value in zip(targets, row, strict=True) if name in names)
                for row in self.figures
            )

        if there():
            return True
        self._descend(names)
        return there()
