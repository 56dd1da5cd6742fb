"""Plays that share their beginning: one is copied at a moment, and the copy goes on under other draws.

SimPy cannot copy a running environment. All that waits in ours are calls back about a row or a pool, so they can be laid
anew. The copy is what the whole play under the other draws would be, as long as these differ in nothing that was used
before that moment but the ends of what is still under way.
"""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from types import MethodType
from typing import TYPE_CHECKING, cast

import simpy

from simulator.base.days import NEVER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from simpy.events import Event

    from simulator.engine.interpreter import Play
    from simulator.engine.tables import Draws


def other_times(one: Draws, other: Draws, rows: Iterable[int]) -> list[int]:
    """Those of some rows that take another time, or wait for another moment, under other draws."""
    return [row for row in sorted(rows) if _time(one, row) != _time(other, row)]


def _time(draws: Draws, row: int) -> tuple[int, int, int]:
    return draws.amount[row], draws.otherwise[row], draws.moment[row]


def ends(play: Play, draws: Draws, rows: Iterable[int]) -> dict[int, int]:
    """When those of some rows that are under way end under some draws."""
    under_way = [row for row in rows if play.start[row] < NEVER <= play.end[row]]
    return {row: play.clock.finish(play.tables, draws, row, play.start[row]) for row in under_way}


def forked(play: Play, draws: Draws, rows: Iterable[int]) -> Play:
    """A copy of a play that goes on under other draws.

    Args:
        play: stopped by `up_to`.
        draws: what it goes on under.
        rows: at least those that take another time under these.

    Raises:
        ValueError: the other draws would have made a difference before now.
    """
    now, rows = int(play.env.now), other_times(play.draws, draws, rows)
    own = ends(play, draws, rows)
    if any(play.end[row] < NEVER for row in rows) or any(end < now for end in own.values()):
        raise ValueError(now)
    other = _copy(play, draws)
    for moment, place, call in _waiting(play):
        if call.__name__ != play.ended.__name__ or place not in own:
            other.later(moment - now, place, MethodType(call.__func__, other))
    for row, end in sorted(own.items()):
        if end < other.horizon:
            other.later(end - now, row, other.ended)
    return other


def _copy(play: Play, draws: Draws) -> Play:
    """The same state of things, with nothing to come."""
    other = copy(play)
    other.env = simpy.Environment(int(play.env.now))
    other.state = [dict(one) for one in play.state]
    other.draws = replace(draws, state=other.state)
    for name in ("requested", "start", "end", "arrived", "dated"):
        setattr(other, name, list(getattr(play, name)))
    other.met, other.gathered, other.due = dict(play.met), {}, set()
    other.queues = play.queues.under(other.draws)
    return other


def _waiting(play: Play) -> Iterator[tuple[int, int, MethodType]]:
    """(moment, row or pool, what is called) of all that is to come, in the order in which it comes."""
    for moment, _, _, event in sorted(play.env._queue, key=lambda one: one[:3]):  # noqa: SLF001 - SimPy does not tell it
        for call in cast("list[Callable[[Event], None]]", event.callbacks):
            yield int(moment), cast("int", event.value), cast("MethodType", call)
