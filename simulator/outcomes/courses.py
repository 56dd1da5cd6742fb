"""The course of one swv in one replication, and where two courses under the same luck part."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulator.base.days import NEVER
from simulator.engine.tables import CHOICE, FORK, JOIN, STEP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.engine.model import Model
    from simulator.engine.tables import Guard, Trace

Key = tuple[str, str, str]
"""A step as it is named in every scenario: node, item, visits."""
MOMENTS = ("requested", "started", "ended")


class Times(NamedTuple):
    """When a step was asked for, began and ended; `NEVER` when not."""

    requested: int
    started: int
    ended: int


_NOT = Times(NEVER, NEVER, NEVER)


class Parting(NamedTuple):
    """The first event at which two courses part: the step, which of its moments, and its times in both."""

    key: Key
    moment: str
    left: Times
    right: Times


class Paths:
    """The steps of an swv in the tables of a model, and which steps can lead straight to which."""

    def __init__(self, model: Model, swv: int) -> None:
        self.model = model
        tables = model.tables
        own = np.flatnonzero(model.owner == swv).tolist()
        self.rows = [row for row in own if tables.kind[row] == STEP]
        self.keys = {row: (tables.node[row], tables.item[row], tables.visit[row]) for row in self.rows}
        self.row_of = {key: row for row, key in self.keys.items()}

    @cached_property
    def before(self) -> dict[int, list[tuple[int, tuple[str, ...]]]]:
        """Per step the steps that can lead straight to it, with the draws that decide on the way."""
        found: dict[int, list[tuple[int, tuple[str, ...]]]] = {row: [] for row in self.rows}
        for row in self.rows:
            for reached, draws in self._next(self.model.tables.after[row], ()):
                found[reached].append((row, draws))
        return found

    def _next(self, row: int, draws: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The steps that come next from a row, when no time passes."""
        tables = self.model.tables
        if row < 0:
            return
        kind = tables.kind[row]
        if kind == STEP:
            yield row, draws
        elif kind == FORK:
            for branch in (*tables.branches[row], *([tables.after[tables.late[row]]] if tables.late[row] >= 0 else [])):
                yield from self._next(branch, draws)
        elif kind == JOIN:
            yield from self._next(tables.after[row], draws)
        elif kind == CHOICE:
            for guard, way in tables.options[row]:
                draws = (*draws, *_draws(guard))  # a way is taken when those before it were not
                yield from self._next(way, draws)
            yield from self._next(tables.after[row], draws)


def _draws(guard: Guard | None) -> Iterator[str]:
    """What a condition rests on that is drawn: parameters of draws, and attributes of the swv."""
    if guard is None:
        return
    if guard.op in ("draw", "at_least"):
        yield guard.name
    for inner in guard.inner:
        yield from _draws(inner)


class Course:
    """What happened to one swv in one replication."""

    def __init__(self, paths: Paths, trace: Trace) -> None:
        self.paths = paths
        self.times = {
            key: Times(trace.requested[row], trace.start[row], trace.end[row]) for row, key in paths.keys.items()
        }

    def of(self, key: Key) -> Times:
        """The times of a step; never when it is not part of this course."""
        return self.times.get(key, _NOT)

    def path(self, key: Key) -> list[Key]:
        """The steps that led to one, first to last: of those before it each time the one that ended last."""
        found = [key]
        while True:
            row = self.paths.row_of[found[-1]]
            asked = self.of(found[-1]).requested
            ended = [
                (self.of(self.paths.keys[one]).ended, one)
                for one, _ in self.paths.before[row]
                if self.of(self.paths.keys[one]).ended <= asked and self.paths.keys[one] not in found
            ]
            if not ended:
                return found[::-1]
            found.append(self.paths.keys[max(ended)[1]])


def parting(left: Course, right: Course) -> Parting | None:
    """The first event at which two courses part; None when they never do."""
    first = None
    for key in {**left.times, **right.times}:
        one, other = left.of(key), right.of(key)
        if one == other:
            continue
        place = next(number for number in range(3) if one[number] != other[number])
        course = left if key in left.times else right
        when = (min(one[place], other[place]), min(one.requested, other.requested), -course.paths.row_of[key], place)
        if first is None or when < first[0]:
            first = when, Parting(key, MOMENTS[place], one, other)
    return first[1] if first else None
