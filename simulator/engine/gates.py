"""Choosing some of those that come at the same moment: the highest scores, luck between equal ones, who must first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.engine.clock import holds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.engine.tables import Draws, Tables


def ways(tables: Tables, draws: Draws, gate: int, rows: Iterable[int], now: int) -> list[tuple[int, int]]:
    """(row, the row that follows) of everybody who came to a gate at the same moment, in a fixed order.

    Args:
        tables, draws: of the replication.
        gate: where they came to.
        rows: theirs, in any order.
        now: the moment.
    """
    one = tables.gates[gate]

    def rank(row: int) -> tuple[int, int, int]:
        score = draws.state[tables.swv[row]].get(one.score, 0)
        return -score, draws.amount[row], tables.rank[row]

    def asked(row: int, place: int, otherwise: bool) -> bool:
        guard = tables.options[row][place][0]
        return otherwise if guard is None else holds(guard, draws.state[tables.swv[row]], draws, now)

    came = sorted(rows, key=lambda row: tables.rank[row])
    must = {row for row in came if asked(row, 1, otherwise=False)}
    may = [row for row in came if row not in must and asked(row, 0, otherwise=True)]
    by_group: dict[str, list[int]] = {}
    for row in sorted(may, key=rank):
        by_group.setdefault(one.group[tables.swv[row]], []).append(row)
    spread = {row: (2 * n + 1) / (2 * len(own)) for own in by_group.values() for n, row in enumerate(own)}
    room = max(0, draws.quota[gate] - len(must))
    chosen = must | set(sorted(may, key=lambda row: (spread[row], rank(row)))[:room])
    return [(row, tables.branches[row][0 if row in chosen else 1]) for row in came]
