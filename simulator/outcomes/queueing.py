"""How long a queue was in which a step waited for people: how many others were helped while it waited."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.engine.tables import Trace


def served(trace: Trace, row: int) -> int:
    """How many other steps got people, of a pool that the step of a row waited for, between its request and its start.

    Args:
        trace: what happened.
        row: of the step; without people given to it nothing is counted.
    """
    own = [(pool, asked, granted) for pool, _, of, asked, granted in trace.grants if of == row and granted > asked]
    return len({
        of for pool, _, of, _, granted in trace.grants
        for mine, asked, until in own if of != row and pool == mine and asked < granted < until
    })  # fmt: skip
