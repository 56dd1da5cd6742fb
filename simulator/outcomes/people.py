"""Whether onderzoeken got people at all, and how many were there on average."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.base.days import NEVER
from simulator.outcomes import atwork

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.outcomes.replication import Replication


@dataclass(frozen=True)
class Teams:
    """The people of onderzoeken, as means over replications.

    Attributes:
        asked: onderzoeken for which a step asked for people of those who visit.
        without: those of them that never came to a visit, since people were still waited for at the end.
        there: per pool that an onderzoek needs how many people are there on average, and how many it has.
    """

    asked: float
    without: float
    there: dict[str, tuple[float, int]]


def teams(plays: Sequence[Replication]) -> Teams | None:
    """Whether onderzoeken got people; None for a kader without supervision.

    Args:
        plays: replications of one scenario.
    """
    looker = plays[0].looker
    rule = looker.kader.file.toezicht
    if rule is None:
        return None
    (visit,) = [one for one in looker.kader.file.visits if one.id == rule.visit]
    tables = looker.model.tables
    visits = [row for row in looker.mark_rows[visit.visited].tolist() if tables.pools[row]]
    pools = {pool for row in visits for pool in tables.pools[row]}
    asking: dict[tuple[int, str], list[int]] = {(tables.swv[row], tables.visit[row]): [] for row in visits}
    for row, own in enumerate(tables.pools):
        if not pools.isdisjoint(own) and (tables.swv[row], tables.visit[row]) in asking:
            asking[tables.swv[row], tables.visit[row]].append(row)
    asked = without = 0
    for play in plays:
        requested, start = play.trace.requested, play.trace.start
        came = {key for key, rows in asking.items() if any(requested[row] < NEVER for row in rows)}
        stuck = {key for key in came if any(requested[row] < NEVER <= start[row] for row in asking[key])}
        visited = {(tables.swv[row], tables.visit[row]) for row in visits if start[row] < NEVER}
        asked += len(came)
        without += len(stuck - visited)
    return Teams(asked / len(plays), without / len(plays), dict(_there(plays, sorted(pools))))


def _there(plays: Sequence[Replication], pools: Sequence[int]) -> Iterator[tuple[str, tuple[float, int]]]:
    model = plays[0].looker.model
    for pool in pools:
        seconds = sum(atwork.there(model, play.trace, pool) for play in plays) / len(plays)
        yield model.pools[pool].family, (seconds / model.horizon, model.pools[pool].capacity)
