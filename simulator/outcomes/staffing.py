"""The smallest number of people per pool with which a scenario reaches a target.

A target is a figure, a bound and a chance: with that chance a replication meets the bound. First every pool is made so
large that it holds up nobody; if the target is not reached then, people are not the reason. Then, pool by pool in the
order of the kader, the smallest number is sought with which the target is still reached, by cutting the range in three.
More people are taken never to make a figure worse: same luck, and a test holds that they do not for what ships.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.errors import InputError, Problem
from simulator.base.language import say
from simulator.outcomes.evaluating import Crew, Question
from simulator.outcomes.statistics import Estimate, proportion
from simulator.world import teams

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from simulator.world.scenario import Scenario

_FORM = re.compile(r"\s*([a-z0-9_.]+)\s*(<=|>=|<|>)\s*([-+0-9.,]+)\s*:\s*([0-9.,]+)\s*")
_OPS = {"<=": np.less_equal, ">=": np.greater_equal, "<": np.less, ">": np.greater}
_FEW, _PERCENT = 10, 100
_GENEROUS = 4
_AT_LEAST = 8
"""A pool that holds up nobody has so many times its people, and no fewer than this."""


@dataclass(frozen=True)
class Target:
    """A bound on a figure, and the chance with which a replication must meet it."""

    figure: str
    op: str
    bound: float
    chance: float

    def met(self, values: np.ndarray) -> Estimate:
        """The share of replications that meet the bound, with its interval; one without the figure does not."""
        return proportion(int(np.sum(_OPS[self.op](values, self.bound))), len(values))

    def reached(self, values: np.ndarray) -> bool:
        """Whether enough replications meet the bound."""
        return self.met(values).mean >= self.chance


def target(text: str) -> Target:
    """The target of `visit_to_report_days<=135:0.9`.

    Raises:
        InputError: it has another form, or a chance that is none, told at its column.
    """
    match = _FORM.fullmatch(text)
    try:
        if match is None:
            raise ValueError(text)
        found = Target(match[1], match[2], float(match[3].replace(",", ".")), float(match[4].replace(",", ".")))
    except ValueError:
        raise InputError(Problem(say("capacity.form", text=text), hint=say("capacity.form_hint"))) from None
    if not 0 < found.chance <= 1:
        share = f"{found.chance / 100:g}"
        percent = say("capacity.percent", text=match[4], share=share) if _FEW < found.chance <= _PERCENT else ""
        raise InputError(_wrong(text, match, 4, say("capacity.chance_hint", percent=percent), "chance"))
    return found


def fits(text: str, found: Target, unit: str) -> None:
    """Refuse a bound that a figure in this unit can never meet or always does.

    Raises:
        InputError: the figure is a share, and the bound is none.
    """
    match = _FORM.fullmatch(text)
    if match and unit == "share" and not 0 <= found.bound <= 1:
        raise InputError(_wrong(text, match, 3, say("capacity.bound_hint"), "bound", figure=found.figure))


def _wrong(text: str, match: re.Match[str], part: int, hint: str, key: str, **values: str) -> Problem:
    """That a part of a target is wrong, at its column."""
    message = say(f"capacity.{key}", text=match[part], **values)
    return Problem(message, "--target", column=match.start(part) + 1, excerpt=text, hint=hint)


@dataclass(frozen=True)
class Need:
    """What one pool needs.

    Attributes:
        now: how many people it has.
        smallest: with how many the target is still reached.
        one_less: the share of replications that meet the bound with one person less; None where none can be less.
    """

    pool: str
    now: int
    smallest: int
    one_less: Estimate | None


@dataclass(frozen=True)
class Staffing:
    """The smallest numbers of people that reach a target.

    Attributes:
        as_it_is, with_all: the share of replications that meet the bound now, and when no pool holds anybody up.
        needs: per pool what it needs; empty when the target is not reached with any number of people.
        reached: the share with the smallest numbers.
        binds: the pools of which one person less loses most.
    """

    target: Target
    as_it_is: Estimate
    with_all: Estimate
    needs: tuple[Need, ...]
    reached: Estimate | None
    binds: tuple[str, ...]


class _Search:
    def __init__(self, target: Target, crew: Crew, tick: Callable[[], None]) -> None:
        self.target, self.crew, self.tick = target, crew, tick
        self.known: dict[tuple[tuple[str, int], ...], np.ndarray] = {}

    def values(self, staffs: Sequence[Mapping[str, int]]) -> list[np.ndarray]:
        """The figure of every replication with each of some numbers of people."""
        keys = [tuple(sorted(staff.items())) for staff in staffs]
        new = list(dict.fromkeys(key for key in keys if key not in self.known))
        if new:
            asked = [{f"pools.{name}.capacity": count for name, count in key} for key in new]
            rows = self.crew.evaluate(asked, lambda _: self.tick())
            self.known |= dict(zip(new, rows, strict=True))
        return [self.known[key] for key in keys]

    def smallest(self, staff: dict[str, int], pool: str, low: int) -> int:
        """The smallest number of people in a pool, the others as they are, that still reaches the target."""
        high = staff[pool]
        while low < high:
            third = max(1, (high - low) // 3)
            cuts = sorted({low + third - 1, min(low + 2 * third - 1, high - 1)})
            good = [self.target.reached(one) for one in self.values([{**staff, pool: cut} for cut in cuts])]
            reached = next((cut for cut, fine in zip(cuts, good, strict=True) if fine), None)
            failed = [
                cut for cut, fine in zip(cuts, good, strict=True) if not fine and (reached is None or cut < reached)
            ]
            high = high if reached is None else reached
            low = max([low, *(cut + 1 for cut in failed)])
        return high


def attempts(scenario: Scenario, pools: Sequence[str]) -> int:
    """About how many attempts a search takes: each pair of them leaves a third of the range."""
    least = teams.needed(scenario.kader)
    ranges = [_generous(scenario, name) - max(1, least.get(name, 1)) + 1 for name in pools]
    return 3 + len(pools) + sum(2 * math.ceil(math.log(max(1, one), 3)) for one in ranges)


def _generous(scenario: Scenario, pool: str) -> int:
    return max(scenario.pools[pool].capacity * _GENEROUS, _AT_LEAST)


def search(
    scenario: Scenario, target: Target, pools: Sequence[str], replications: int, workers: int, tick: Callable[[], None],
    group: tuple[str, ...] | None = None,
) -> Staffing:  # fmt: skip
    """The smallest number of people per pool with which a scenario reaches a target.

    Args:
        scenario: what is played.
        target: what has to be reached.
        pools: whose numbers are sought; the others stay as they are.
        replications: how many are played for each attempt, all with the same luck.
        workers: processes.
        tick: called after each attempt.
        group: the swv over which the figure is taken; everybody without it.
    """
    question = Question(scenario, (target.figure,), replications, "values", each=True, group=group)
    with Crew(question, workers) as crew:
        return _sought(_Search(target, crew, tick), scenario, pools)


def _sought(search: _Search, scenario: Scenario, pools: Sequence[str]) -> Staffing:
    target = search.target
    now = {name: scenario.pools[name].capacity for name in pools}
    least = teams.needed(scenario.kader)
    staff = {name: _generous(scenario, name) for name in pools}
    as_it_is, with_all = (target.met(values) for values in search.values([now, staff]))
    if with_all.mean < target.chance:
        return Staffing(target, as_it_is, with_all, (), None, ())
    for name in pools:
        staff[name] = search.smallest(staff, name, max(1, least.get(name, 1)))
    (reached,) = (target.met(values) for values in search.values([staff]))
    less = {name: {**staff, name: staff[name] - 1} for name in pools if staff[name] > max(1, least.get(name, 1))}
    lost = {name: target.met(values) for name, values in zip(less, search.values(list(less.values())), strict=True)}
    lowest = min((one.mean for one in lost.values()), default=1.0)
    needs = tuple(Need(name, now[name], staff[name], lost.get(name)) for name in pools)
    binds = tuple(name for name, one in lost.items() if one.mean == lowest and one.mean < reached.mean)
    return Staffing(target, as_it_is, with_all, needs, reached, binds)
