"""Which of the unsure numbers a figure depends on: Morris's screening over all, then Sobol's indices over the few left.

Every number is moved between half and twice what it is (`varying.nudged`). Morris (1991) walks through them one at a time;
`mu_star` is the mean size of the change that a number makes from end to end. Sobol's indices (Saltelli 2010) share the
variance of the figure among the few that matter; `total` counts what a number does together with others as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.base.errors import InputError, Problem
from simulator.base.language import say
from simulator.outcomes import evaluating
from simulator.outcomes.evaluating import Question
from simulator.world import varying

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.world.scenario import Scenario

LEVELS = 4
MOST_SOBOL = 12
_FEW = 2
"""Sobol's indices need two numbers to be told apart."""


@dataclass(frozen=True)
class Plan:
    """How much is played.

    Attributes:
        names: the numbers that are moved.
        trajectories: walks of Morris.
        samples: base samples of Sobol, a power of two; 0 leaves it out.
        top: how many numbers go on to Sobol, at most 12.
        replications: of each variant, with the same luck.
        group: the swv over which the figure is taken; everybody without it.
    """

    names: tuple[str, ...]
    trajectories: int
    samples: int
    top: int
    replications: int
    group: tuple[str, ...] | None = None

    @property
    def screened(self) -> int:
        """Variants that Morris plays."""
        return self.trajectories * (len(self.names) + 1)

    @property
    def shared(self) -> int:
        """Variants that Sobol plays."""
        return self.samples * (min(self.top, len(self.names)) + 2) if min(self.top, len(self.names)) >= _FEW else 0


@dataclass(frozen=True)
class Effect:
    """What one number does to the figure.

    Attributes:
        mu_star, sigma: of Morris: size of its change from end to end, and how that differs from place to place.
        mu: the same with its sign.
        first, total: Sobol's indices with the half-widths of their 95% intervals; None when it did not go on.
    """

    name: str
    mu_star: float
    mu: float
    sigma: float
    first: float | None = None
    first_width: float | None = None
    total: float | None = None
    total_width: float | None = None


def names_of(scenario: Scenario) -> tuple[str, ...]:
    """The numbers of a scenario that no law and no source gives and that its play reads."""
    from simulator.engine.model import Model

    used = Model(scenario).unrolled.uses
    played = {use.parameter for use in used} | {one.parameter for one in scenario.kader.file.attributes.values()}
    contents = set(scenario.kader.content_obligations)
    return tuple(
        name
        for name in varying.unsure(scenario)
        if name in played or name == "content" or name.startswith("pools.") or name.removeprefix("content.") in contents
    )


def analyse(
    scenario: Scenario, figure: str, plan: Plan, workers: int, tick: Callable[[int], None]
) -> tuple[list[Effect], float]:
    """The effects of the numbers on a figure, largest first, and the figure as it stands.

    Args:
        scenario: what is studied.
        figure: the name of a figure.
        plan: how much is played.
        workers: processes; the outcome is the same for any number.
        tick: called with the number of variants that have become ready.

    Raises:
        InputError: SALib is not installed.
    """
    if find_spec("SALib") is None:
        raise InputError(Problem(say("sensitivity.no_salib"), hint=say("hint.extra", name="stats")))
    question = Question(scenario, (figure,), plan.replications, kind="nudge", group=plan.group)

    def figures(rows: np.ndarray, names: tuple[str, ...]) -> np.ndarray:
        variants = [dict(zip(names, map(float, row), strict=True)) for row in rows]
        return evaluating.evaluate(question, variants, workers, tick)[:, 0]

    effects = _morris(plan, scenario.seed, figures)
    few = tuple(effect.name for effect in effects[: min(plan.top, MOST_SOBOL)])
    if plan.samples and len(few) >= _FEW:
        shares = _sobol(few, plan.samples, scenario.seed, figures)
        effects = [Effect(**{**vars(effect), **shares.get(effect.name, {})}) for effect in effects]
    base = evaluating.evaluate(question, [{}], 1, lambda _: None)[0, 0]
    return effects, float(base)


def _problem(names: tuple[str, ...]) -> dict[str, Any]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def _morris(plan: Plan, seed: int, figures: Callable[[np.ndarray, tuple[str, ...]], np.ndarray]) -> list[Effect]:
    from SALib.analyze import morris  # type: ignore[import-untyped]
    from SALib.sample.morris import sample  # type: ignore[import-untyped]

    problem = _problem(plan.names)
    rows = sample(problem, plan.trajectories, num_levels=LEVELS, seed=seed)
    found = morris.analyze(problem, rows, figures(rows, plan.names), num_levels=LEVELS, seed=seed)
    effects = [
        Effect(name, *(float(found[key][number]) for key in ("mu_star", "mu", "sigma")))
        for number, name in enumerate(plan.names)
    ]
    return sorted(effects, key=lambda effect: (-effect.mu_star, effect.name))


def _sobol(
    names: tuple[str, ...], samples: int, seed: int, figures: Callable[[np.ndarray, tuple[str, ...]], np.ndarray]
) -> dict[str, dict[str, float]]:
    from SALib.analyze import sobol
    from SALib.sample.sobol import sample  # type: ignore[import-untyped]

    problem = _problem(names)
    rows = sample(problem, samples, calc_second_order=False, seed=seed)
    found = sobol.analyze(problem, figures(rows, names), calc_second_order=False, seed=seed)
    keys = {"first": "S1", "first_width": "S1_conf", "total": "ST", "total_width": "ST_conf"}
    return {name: {own: float(found[key][number]) for own, key in keys.items()} for number, name in enumerate(names)}
