"""What changes while the clock runs, whatever the swv do: levels of circumstances, and capacities of pools."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import moment_of
from simulator.engine import draws as keyed
from simulator.engine.tables import PoolRow, Track
from simulator.world import shocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.world.scenario import Scenario
    from simulator.world.shocks import Level

Span = tuple[int, int, int]
"""From a moment until a moment a value."""


def track(spans: Sequence[Span], otherwise: int) -> Track:
    """A value over time: of the spans that hold at a moment the last counts, without any the value that is otherwise."""
    moments = sorted({0, *(max(0, edge) for start, until, _ in spans for edge in (start, until))})
    values = [
        next((value for start, until, value in reversed(spans) if start <= moment < until), otherwise)
        for moment in moments
    ]
    kept = [number for number in range(len(values)) if not number or values[number] != values[number - 1]]
    return Track([moments[number] for number in kept], [values[number] for number in kept])


class Circumstances:
    """The circumstances that a model's guards ask about."""

    def __init__(self, scenario: Scenario, tracks: Sequence[tuple[str, str]], start: int) -> None:
        self.seed = scenario.seed
        by_key: dict[tuple[str, str], list[Level]] = {}
        for level in shocks.levels(scenario):
            by_key.setdefault((level.circumstance, level.entity), []).append(level)
        self.levels = [by_key.get(key, []) for key in tracks]
        self.start = start
        self.sure = [self._track(levels, ()) if not any(one.draw for one in levels) else None for levels in self.levels]

    def _track(self, levels: Iterable[Level], came: Iterable[bool]) -> Track:
        holds = list(came) or [True for _ in levels]
        spans = [
            (moment_of(one.start, self.start), moment_of(one.until, self.start), one.level)
            for one, there in zip(levels, holds, strict=True)
            if there
        ]
        return track(spans, 0)

    def tracks(self, replication: int) -> list[Track]:
        """The level of each circumstance over time, with luck deciding where a shock comes by chance."""
        return [
            sure if sure is not None else self._track(levels, [self._comes(one, replication) for one in levels])
            for sure, levels in zip(self.sure, self.levels, strict=True)
        ]

    def _comes(self, level: Level, replication: int) -> bool:
        if level.draw is None:
            return True
        name, chance = level.draw
        keys = keyed.keys([(name, level.entity, "", "", "comes")])
        whole = keyed.whole(keys, self.seed, replication)
        return bool(whole[0] < keyed.threshold(np.array(chance)))


def capacities(scenario: Scenario, pools: Sequence[PoolRow], start: int) -> dict[int, Track]:
    """The capacity over time of each pool that has not always the same."""
    changes = shocks.capacities(scenario)
    found = {}
    for number, pool in enumerate(pools):
        item = pool.name.partition(".")[2]
        spans = [
            (moment_of(one.start, start), moment_of(one.until, start), one.capacity)
            for one in changes
            if one.pool == pool.family and one.item in (None, item)
        ]
        if spans:
            found[number] = track(spans, pool.capacity)
    return found
