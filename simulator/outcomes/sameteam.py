"""Whether the same people did all research days of an onderzoek: a team waits for its people, but not for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.outcomes import rostering

if TYPE_CHECKING:
    from collections.abc import Collection

    from simulator.engine.model import Model
    from simulator.engine.tables import Trace
    from simulator.kader.model import KaderFile

_SEVERAL = 2


@dataclass(frozen=True)
class Kept:
    """How the people of onderzoeken of several research days stayed together.

    Attributes:
        onderzoeken: those of which at least two research days were held.
        same: of these, those where as many people as a research day takes were there on all of them.
        kept: of these, those where at least one person was there on all research days.
        days: research days in them.
        over_dates: of these, those that begin on one date and end on a later one.
    """

    onderzoeken: int
    same: int
    kept: int
    days: int
    over_dates: int


def research_days(file: KaderFile) -> list[str]:
    """The steps that are the research days of the onderzoek that gives a judgement: as long as its first, in its course."""
    rule = file.toezicht
    visited = {one.id: one.visited for one in file.visits}
    first = visited.get(rule.visit) if rule else None
    others = set(visited.values()) - {first}
    for node in reversed(file.werkwijze.walk()):  # the innermost course comes last
        if not node.sequence or not any(one.step and first in one.step.marks for one in node.sequence):
            continue
        steps = {one.id: one.step for one in node.walk() if one.step}
        takes = {one.time.takes for one in steps.values() if first in one.marks and one.time}
        return [name for name, one in steps.items()
                if one.time and one.time.takes in takes - {None} and not others & set(one.marks)]  # fmt: skip
    return []


def kept(model: Model, trace: Trace, file: KaderFile, group: Collection[str] | None = None) -> Kept | None:
    """How the people of the onderzoeken of a replication stayed together; None when an onderzoek has one research day.

    Args:
        model, trace: what was played, and one replication of it.
        file: the kader.
        group: only the onderzoeken at these swv.
    """
    nodes, tables = set(research_days(file)), model.tables
    if len(nodes) < _SEVERAL:
        return None
    there: dict[tuple[int, str], dict[int, set[tuple[int, int]]]] = {}
    for pool, unit, row, _, _ in trace.grants:
        if tables.node[row] in nodes and (group is None or model.codes[tables.swv[row]] in group):
            own = there.setdefault((tables.swv[row], tables.visit[row]), {})
            own.setdefault(row, set()).add((pool, unit))
    several = [days for days in there.values() if len(days) >= _SEVERAL]
    long = {
        (one.swv, one.node, one.start) for one in rostering.shifts(model, trace, [pool.family for pool in model.pools])
        if one.node in nodes and len(rostering.worked(model.start, one)) > 1
    }  # fmt: skip
    rows = [row for days in several for row in days]
    always = [(len(set.intersection(*days.values())), min(map(len, days.values()))) for days in several]
    return Kept(
        len(several),
        sum(stayed == asked for stayed, asked in always),
        sum(stayed > 0 for stayed, _ in always),
        len(rows),
        sum((model.codes[tables.swv[row]], tables.node[row], trace.start[row]) in long for row in rows),
    )
