"""What help does to a figure under the same luck: plays that share all that happens before the help makes a difference.

Help that begins on a day changes nothing before it, so one play without help is copied on each day that is tried. While
help is being given its hours do not count yet, so the play with the most hours is copied again when fewer would end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from simulator.base.days import DAY_SECONDS, day_of
from simulator.base.memory import uncollected
from simulator.engine import forking
from simulator.engine.interpreter import Play
from simulator.outcomes import kpis
from simulator.outcomes.looking import Seen
from simulator.world import support

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np

    from simulator.engine.model import Luck, Model
    from simulator.engine.tables import Trace
    from simulator.outcomes.play import Player


@dataclass(frozen=True)
class Try:
    """Help given to every swv: so many hours (0 is none at all) that begin on a day number."""

    hours: float
    day: int


@dataclass(frozen=True)
class Tries:
    """What help does to the part of each swv in a figure: work for `Crew.of_replications`.

    Attributes:
        figure: its name; what comes after the deadline does not change it.
        deadline: the day number at which plays stop.
    """

    tries: tuple[Try, ...]
    figure: str
    deadline: int

    def __call__(self, player: Player, number: int) -> list[np.ndarray]:
        """Per try the part of each swv.

        Args:
            player: of the scenario without any change in who is helped.
            number: of the replication.
        """
        found: dict[Try, np.ndarray] = {}
        helped = [one for one in self.tries if one.hours]
        with uncollected(kept=False):
            if helped:
                shared = _Shared(player, number, max(one.hours for one in helped), self.deadline)
                for day in sorted({one.day for one in helped}):
                    for one, luck, trace in shared.on(day, [one for one in helped if one.day == day]):
                        found[one] = self._parts(player, luck, trace)
            for one in self.tries:
                if one not in found:
                    found[one] = self.whole(player, number, one)
        return [found[one] for one in self.tries]

    def whole(self, player: Player, number: int, one: Try) -> np.ndarray:
        """The part of each swv in a try that shares its beginning with no other."""
        model = player.varied(support.given(player.scenario, vars(one))).model
        luck = model.draw(number)
        play = Play(model, luck.draws)
        play.open()
        return self._parts(player, luck, play.up_to((self.deadline - model.start) * DAY_SECONDS))

    def _parts(self, player: Player, luck: Luck, trace: Trace) -> np.ndarray:
        seen = Seen(player.looker, trace, luck.attributes, luck.content)
        return kpis.parts_of(kpis.look(player.looker, seen, trace), self.figure).of_swv


class _Way(NamedTuple):
    """How a try is played: its model, its draws, and the rows whose time was drawn again for it."""

    model: Model
    luck: Luck
    rows: frozenset[int]


class _Shared:
    """The play that the others share: help comes only after the end."""

    def __init__(self, player: Player, number: int, hours: float, deadline: int) -> None:
        self.player, self.number, self.hours = player, number, hours
        after = day_of(player.scenario.period.until)
        model = player.varied(support.given(player.scenario, {"hours": hours, "day": after})).model
        self.start, self.horizon = model.start, (deadline - model.start) * DAY_SECONDS
        self.way = _Way(model, model.draw(number), frozenset())
        self.last: dict[float, _Way] = {}
        self.play = Play(model, self.way.luck.draws)
        self.play.open()

    def on(self, day: int, tries: Sequence[Try]) -> Iterator[tuple[Try, Luck, Trace]]:
        """The plays of tries that begin on one day, later than those before; nothing where they share no beginning."""
        moment = (day - self.start) * DAY_SECONDS
        longest = Try(self.hours, day)
        found = {one: self._way(one) for one in dict.fromkeys((longest, *tries))}
        ways = {one: way for one, way in found.items() if way is not None}
        if not int(self.play.env.now) < moment < self.horizon or len(ways) < len(found):
            return
        self.play.up_to(moment)
        branch = self._fork(self.play, ways[longest])
        branch.up_to(moment + 1)
        ends = {one: self._first_end(branch, way) for one, way in ways.items() if one != longest}
        for one in sorted(ends, key=lambda one: ends[one]):
            if ends[one] > int(branch.env.now):
                branch.up_to(ends[one])
            yield one, ways[one].luck, self._fork(branch, ways[one]).up_to(self.horizon)
        if longest in tries:
            yield longest, ways[longest].luck, branch.up_to(self.horizon)

    def _way(self, one: Try) -> _Way | None:
        """The draws of a try, made from those of the last one with as many hours."""
        before = self.last.get(one.hours, self.way)
        model = before.model.with_parameters(support.given(self.player.scenario, vars(one)))
        again = model.draw_again(self.number, before.model, before.luck)
        if again is None:
            return None
        self.last[one.hours] = way = _Way(model, again[0], before.rows | again[1])
        return way

    def _rows(self, way: _Way) -> frozenset[int]:
        """The rows whose time may differ between a try and what it shares its beginning with."""
        return way.rows | self.last[self.hours].rows

    def _fork(self, play: Play, way: _Way) -> Play:
        return forking.forked(play, way.luck.draws, self._rows(way))

    def _first_end(self, play: Play, way: _Way) -> int:
        """The moment at which the first help would end in a try; the last of all when that comes later."""
        rows = forking.other_times(play.draws, way.luck.draws, self._rows(way))
        return min([*forking.ends(play, way.luck.draws, rows).values(), self.horizon - 1])
