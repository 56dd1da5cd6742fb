"""When people were with a step and at work: not on days on which they are away, nor on whole days elsewhere.

How busy people are and how much time there was are counted in the same terms by this, so that nobody is ever busy for
longer than he or she was there. Without a roster people always are.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from simulator.base.days import NEVER
from simulator.engine.tables import Track

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.engine.model import Model
    from simulator.engine.tables import Trace


def pieces(trace: Trace, grant: tuple[int, int, int, int, int], horizon: int) -> Iterator[tuple[int, int]]:
    """The spans, in moments up to the end of the scenario, in which the person of a grant had its step in hand.

    Those in which he or she left it for whole days elsewhere come off.
    """
    pool, unit, row, _, start = grant
    end = min(trace.end[row], horizon)
    for away, back in trace.left.get((pool, unit, row), ()):
        if start < min(away, end):
            yield start, min(away, end)
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


def asked(model: Model, grant: tuple[int, int, int, int, int]) -> int:
    """The moment from which the step of a grant waited for people: not before the day on which it could begin."""
    _, _, row, requested, _ = grant
    return model.clock.begins(model.tables, row, requested)


def there(model: Model, trace: Trace, pool: int, first: int = 0, last: int = NEVER) -> int:
    """The seconds that the people of a pool were there between two moments of the scenario, added up.

    Whoever is numbered beyond the capacity of the moment counts only while he or she has work in hand.
    """
    last = min(last, model.horizon)
    people, changes, count = trace.present.get(pool), model.capacity.get(pool), model.pools[pool].capacity
    if people is None:
        found = _added_up(changes, first, last) if changes else count * (last - first)
    else:
        found = sum(_both(track, _numbered(changes, unit), first, last) for unit, track in enumerate(people))
    for grant in trace.grants if changes else ():
        if grant[0] == pool:
            spans = ((max(start, first), min(end, last)) for start, end in spells(trace, grant, model.horizon))
            found += sum(end - start - _both(_ALWAYS, _numbered(changes, grant[1]), start, end)
                         for start, end in spans if start < end)  # fmt: skip
    return found


_ALWAYS = Track([0], [1])


def _numbered(capacity: Track | None, unit: int) -> Track:
    """When somebody, by number, is within the capacity of a pool."""
    return Track(capacity.moments, [int(value > unit) for value in capacity.values]) if capacity else _ALWAYS


def _both(one: Track, other: Track, start: int, end: int) -> int:
    """The seconds of a span in which neither of two tracks is 0."""
    return sum(last - first for span in within(one, start, end) for first, last in within(other, *span))


def _added_up(track: Track, start: int, end: int) -> int:
    """A track times the seconds of a span that it lasts."""
    ends = [*track.moments[1:], NEVER]
    spans = zip(track.moments, ends, track.values, strict=True)
    return sum(value * max(min(last, end) - max(first, start), 0) for first, last, value in spans)


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
