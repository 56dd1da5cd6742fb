"""Which steps the time from a visit to its report goes into: those on which the report waited, one after the other.

From the step that adopted the report back: each step was asked for when one before it ended, and that one is on the way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.base.days import DAY_SECONDS, NEVER
from simulator.engine.tables import END, FORK, SELECT, STEP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.engine.tables import Tables
    from simulator.outcomes.replication import Array, Replication

Leads = dict[int, list[int]]
"""Per row the rows that lead to it."""


def days_per_step(play: Replication, visits: Sequence[str], swv: Array | None = None) -> tuple[dict[str, float], int]:
    """The days that each step took on the way from visit to report, added up, and over how many reports.

    Args:
        play: a replication.
        visits: the kinds of visits that count; all when there are none.
        swv: places of the swv that count; everybody without it.

    Returns:
        Days by node, and the number of reports. A step counts from its beginning, so without what it waited for people in
        a queue; what it waited for its own team, or for the day to begin, counts, since more people do not take it away.
    """
    looker, trace = play.looker, play.trace
    leads = _leads(looker.model.tables)
    among = None if swv is None else set(swv.tolist())
    days: dict[str, float] = {}
    number = 0
    for visit in looker.kader.file.visits:
        if visits and visit.id not in visits:
            continue
        begun = _by_key(play, visit.visited)
        for key, row in _by_key(play, visit.adopted).items():
            if key in begun and (among is None or key[0] in among):
                number += 1
                since = trace.start[begun[key]]
                for one in _back(play, leads, row, since):
                    name = looker.model.tables.node[one]
                    days[name] = days.get(name, 0.0) + _lasted(play, one, since) / DAY_SECONDS
    return days, number


def _lasted(play: Replication, row: int, since: int) -> int:
    """The time of a step from a moment on, with that before it that more people would not take away.

    That is what it waited for its own team, or for the day to begin.
    """
    model, trace = play.looker.model, play.trace
    requested, start = trace.requested[row], trace.start[row]
    day = model.clock.begins(model.tables, row, requested)
    waited = max(trace.own.get(row, requested), min(day, start))
    return trace.end[row] - start + max(0, waited - max(requested, since))


def _by_key(play: Replication, event: str) -> dict[tuple[int, str, str], int]:
    """The rows that marked an event, by swv, duty and round."""
    tables, end = play.looker.model.tables, play.trace.end
    rows = [row for row in play.looker.mark_rows[event].tolist() if end[row] < NEVER]
    return {(tables.swv[row], tables.item[row], tables.visit[row]): row for row in rows}


def _back(play: Replication, leads: Leads, row: int, since: int) -> Iterator[int]:
    """The rows on the way to a row, itself first, as far back as a moment."""
    trace = play.trace
    while trace.start[row] >= since:
        yield row
        before = [one for one in _steps(play.looker.model.tables, leads, row) if trace.end[one] == trace.requested[row]]
        if not before:
            return
        row = max(before, key=lambda one: (trace.start[one], one))


def _steps(tables: Tables, leads: Leads, row: int) -> Iterator[int]:
    """The steps after which a row comes, with no other step between."""
    left, seen = list(leads.get(row, ())), {row}
    while left:
        one = left.pop()
        if one in seen:
            continue
        seen.add(one)
        if tables.kind[one] == STEP:
            yield one
        else:
            left += leads.get(one, ())


def _leads(tables: Tables) -> Leads:
    found: Leads = {}
    for row, kind in enumerate(tables.kind):
        ways = list(tables.branches[row]) if kind in (FORK, SELECT) else [tables.after[row]]
        ways += [way for _, way in tables.options[row]]
        for way in ways:
            if way != END:
                found.setdefault(way, []).append(row)
    return found
