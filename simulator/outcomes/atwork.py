"""When people were with a step and at work: not on days on which they are away, nor on whole days elsewhere.

How busy people are and how much time there was are counted in the same terms by this, so that nobody is ever busy for
longer than he or she was there. Without a roster people always are.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from simulator.base.days import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.engine.tables import Trace, Track


def pieces(trace: Trace, grant: tuple[int, int, int, int, int], horizon: int) -> Iterator[tuple[int, int]]:
    """The spans, in moments up to the end of the scenario, in which the person of a grant had its step in hand.

    Those in which he or she left it for whole days elsewhere come off.
    """
    pool, unit, row, _, start = grant
    end = min(trace.end[row], horizon)
    for away, back in trace.left.get((pool, unit, row), ()):
        if start < away < end:
            yield start, away
        start = back
    if start < end:
        yield start, end


def spells(trace: Trace, grant: tuple[int, int, int, int, int], horizon: int) -> Iterator[tuple[int, int]]:
    """The parts of these spans in which that person was there."""
    people = trace.present.get(grant[0])
    for start, end in pieces(trace, grant, horizon):
        if people is None:
            yield start, end
        else:
            yield from within(people[grant[1]], start, end)


def within(track: Track, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a span in which a track is not 0, which it is before its first moment."""
    for place in range(max(bisect_right(track.moments, start) - 1, 0), len(track.moments)):
        first = track.moments[place]
        if first >= end:
            return
        last = track.moments[place + 1] if place + 1 < len(track.moments) else NEVER
        if track.values[place]:
            yield max(first, start), min(last, end)


def worked(trace: Trace, grant: tuple[int, int, int, int, int], horizon: int) -> int:
    """The seconds that the person of a grant was at work for its step, up to the end of the scenario."""
    return sum(last - first for first, last in spells(trace, grant, horizon))
