"""From facts to statuses: each duty's own check, then what its prerequisites make of it.

Everything works on columns: one plan is one column, a replication is a column per swv and moment. Duties are taken in an
order in which prerequisites come first, so one pass over the rows is enough and no graph is walked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import NEVER
from simulator.kader import timing
from simulator.kader.timing import Events, Happening, Truth

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from simulator.kader.duties import Requirement, Version
    from simulator.kader.law import Law

Array = np.ndarray


class Status(IntEnum):
    """What a check saw about one duty on one day."""

    NOT_APPLICABLE = 0
    NOT_YET_DUE = 1
    NOT_ASSESSABLE = 2
    NOT_MET = 3
    MET = 4


_NOT_APPLICABLE, _NOT_YET_DUE, _NOT_ASSESSABLE, _NOT_MET, _MET = (np.uint8(status) for status in Status)


@dataclass(frozen=True)
class Columns:
    """The facts on which duties are assessed, one column per swv and moment.

    Attributes:
        on: day number on which each column is looked at.
        events: what had happened by then.
        content: per duty what the plan and the organisation show; duties left out are unknown.
    """

    on: Array
    events: Events
    content: dict[str, Truth]


@dataclass(frozen=True)
class Assessment:
    """The outcome for every duty of a law, in its order.

    Attributes:
        own: each duty's own check, prerequisites left aside.
        due: whether it is due.
        status: the final status, as `Status` numbers.
        holds: whether what requires it can rest on it: met, or done though late.
    """

    law: Law
    columns: Columns
    own: dict[str, Truth]
    due: dict[str, Array]
    status: dict[str, Array]
    holds: dict[str, Array]


def once(day: Array, known: Array, on: Array) -> Happening:
    """An event without items, seen on a day: what comes later has not happened yet."""
    happened = (day <= on) & (day < NEVER)
    unknown = (~known).astype(np.int64)
    return Happening(np.where(happened, day, NEVER), known, happened.astype(np.int64), np.ones_like(on), unknown)


def planned(day: Array, on: Array) -> Happening:
    """A day that is known beforehand: it counts as the moment it is, also while it lies ahead."""
    return Happening(
        np.broadcast_to(day, on.shape),
        np.ones(on.shape, bool),
        (day <= on).astype(np.int64),
        np.ones_like(on),
        np.zeros_like(on),
    )


def per_item(day: Array, known: Array, on: Array) -> Happening:
    """An event with items (first axis), seen on a day; its day is that of the last item."""
    happened = (day <= on) & (day < NEVER)
    count = happened.sum(axis=0)
    total = np.full(on.shape, day.shape[0])
    latest = np.max(day, axis=0, initial=-NEVER)
    complete = (count == total) & (total > 0)
    missing = (known & ~happened).any(axis=0)
    known_each = np.asarray(known.all(axis=0) | missing)
    return Happening(np.where(complete, latest, NEVER), known_each, count, total, (~known).sum(axis=0))


def assess(law: Law, columns: Columns, due_now: Collection[str] = ()) -> Assessment:
    """Assess every duty of a law on columns of facts.

    Args:
        law: the duties that hold.
        columns: what is known.
        due_now: duties that are taken to be due, whatever their rule says.
    """
    result = Assessment(law, columns, {}, {}, {}, {})
    for name, version in law.versions.items():
        judged = _judged(name, version, result, due_now=name in due_now)
        result.own[name], result.due[name], result.holds[name], result.status[name] = judged
    return result


def assess_each(laws: Sequence[tuple[Law, Array]], order: Sequence[str], columns: Columns) -> Assessment:
    """Assess columns under several laws at once: the same as `assess` by law, in far fewer steps.

    Args:
        laws: each law with the columns (true) on which it holds; its own versions are looked at there alone.
        order: the duties of all laws, prerequisites before what rests on them under any of them.
        columns: what is known.

    Returns:
        Statuses of every duty on every column, not applicable where it does not hold; `law` is the last one.
    """
    result = Assessment(laws[-1][0], columns, {}, {}, {}, {})
    nothing = np.zeros(columns.on.shape, dtype=bool)
    for name in order:
        where: dict[int, tuple[Version, Array]] = {}
        for law, here in laws:
            if (version := law.versions.get(name)) is not None:
                before = where.get(id(version), (version, nothing))[1]
                where[id(version)] = version, before | here
        true, false, due, holds = (nothing.copy() for _ in range(4))
        status = np.full(columns.on.shape, _NOT_APPLICABLE)
        for version, here in where.values():
            own, is_due, is_held, found = _judged(name, version, result, due_now=False)
            true |= own.true & here
            false |= own.false & here
            due |= is_due & here
            holds |= is_held & here
            status = np.where(here, found, status)
        result.own[name], result.due[name], result.holds[name] = Truth(true, false), due, holds
        result.status[name] = status
    return result


def _judged(name: str, version: Version, so_far: Assessment, *, due_now: bool) -> tuple[Truth, Array, Array, Array]:
    """Of one duty: its own check, where it is due, where what requires it can rest on it, and its status."""
    columns = so_far.columns
    own = check(name, version, columns)
    due = (columns.on > version.due.last_day(columns.events)) | due_now
    blocked = np.zeros(columns.on.shape, dtype=bool)
    for group in version.requires:
        blocked |= blocks(group, so_far)
    met = own.true & ~blocked
    rest = np.where(own.false, _NOT_MET, _NOT_ASSESSABLE)
    early = _NOT_APPLICABLE if version.optional else _NOT_YET_DUE
    due = due & (not version.optional)
    status = np.where(met, _MET, np.where(due, rest, early))
    return own, due, met | (_late(version, columns) & ~blocked), status


def check(name: str, version: Version, columns: Columns) -> Truth:
    """A duty's own check."""
    shape = columns.on.shape
    parts = []
    if version.checks.timing:
        parts.append(timing.parse(version.checks.timing)(columns.events))
    if version.checks.content:
        unknown = np.zeros(shape, dtype=bool)
        parts.append(columns.content.get(name, Truth(unknown, unknown)))
    result = parts[0] if len(parts) == 1 else parts[0] & parts[1]
    if result.true.shape == shape:
        return result
    return Truth(np.broadcast_to(result.true, shape), np.broadcast_to(result.false, shape))


def _late(version: Version, columns: Columns) -> Array:
    """Where a duty was done after its time."""
    if version.checks.late is None:
        return np.zeros(columns.on.shape, dtype=bool)
    return np.broadcast_to(timing.parse(version.checks.late)(columns.events).true, columns.on.shape)


def blocks(group: Requirement, so_far: Assessment) -> Array:
    """Where a group of prerequisites holds back what requires it: one is due and does not hold, and none holds."""
    stuck = np.zeros(so_far.columns.on.shape, dtype=bool)
    saved = stuck.copy()
    for name in group.any:
        if name in so_far.status:
            holds = so_far.holds[name]
            saved |= holds
            stuck |= so_far.due[name] & ~holds
    if group.when:
        stuck &= timing.parse(group.when)(so_far.columns.events).true
    return stuck & ~saved


@dataclass(frozen=True)
class Cause:
    """Why a duty has its status: itself, or what holds it back."""

    obligation: str
    status: Status
    because: tuple[Cause, ...] = ()

    def roots(self) -> Iterator[str]:
        """The duties at the end of the chain."""
        if not self.because:
            yield self.obligation
        for cause in self.because:
            yield from cause.roots()


def explain(assessment: Assessment, name: str, column: int = 0) -> Cause:
    """The chain from a duty to the root causes of its status, for one column."""
    status = Status(int(assessment.status[name][column]))
    if status != Status.NOT_ASSESSABLE:
        return Cause(name, status)
    held_back = [
        blocker
        for group in assessment.law.versions[name].requires
        if blocks(group, assessment)[column]
        for blocker in group.any
        if blocker in assessment.status and assessment.due[blocker][column] and not assessment.holds[blocker][column]
    ]
    return Cause(name, status, tuple(explain(assessment, blocker, column) for blocker in sorted(set(held_back))))
