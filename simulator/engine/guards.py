"""The conditions of a process tree as those of the tables: each for the swv, item and visit that its row is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.base.days import DAY_SECONDS, NEVER, day_of, moment_of
from simulator.engine.tables import Guard
from simulator.engine.unrolled import BEFORE, Unrolled, Use
from simulator.kader import werkwijze

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from simulator.engine.unrolled import Place
    from simulator.world.scenario import Scenario


class Guards:
    """Makes the conditions of the rows of a scenario; what a condition draws and asks about is noted in `result`.

    Args:
        scenario: what is played.
        result: what is known of the rows so far.
        gemeente: the gemeente whose people a step at some place is about.
    """

    def __init__(self, scenario: Scenario, result: Unrolled, gemeente: Callable[[Place], str]) -> None:
        self.scenario, self.result, self.gemeente = scenario, result, gemeente
        self.first_day = day_of(scenario.period.start)
        self.tracks: dict[tuple[str, str], int] = {}

    def own(self, name: str, place: Place) -> str:
        """The parameter that a row draws from: `name.ITEM` for its item, where there is one, else `name`."""
        own = f"{name}.{place.item.rpartition('/')[2]}"
        return own if own in self.scenario.parameters else name

    def moment(self, day: date) -> int:
        """The moment at which a day begins."""
        return moment_of(day_of(day), self.first_day)

    def of(self, guard: werkwijze.Guard, row: int, place: Place) -> Guard:
        """The condition of a row."""
        item = place.item.rpartition("/")[2]
        if guard.draw:
            own = self.own(guard.draw, place)
            self.result.uses.append(Use(row, own, "outcome", guard.draw))
            return Guard("draw", own, row)
        if guard.bit:
            return Guard("at_least", own_bit(guard.bit, place), 1)
        if guard.variable:
            return Guard("at_least", own_bit(guard.variable, place), guard.at_least)
        if guard.now_before:
            return Guard("before", "", self.moment(guard.now_before))
        if guard.already:
            return Guard("already", BEFORE + own_bit(guard.already, place))
        if guard.lacks:
            return Guard("lacks", item if guard.lacks == "item" else guard.lacks)
        if guard.in_law:
            return self._in_law(item if guard.in_law == "item" else guard.in_law, place)
        if guard.circumstance:
            return Guard("circumstance", "", guard.at_least, track=self._track(guard.circumstance, place))
        op = "all" if guard.all else "any" if guard.any else "no"
        inner = guard.all or guard.any or ([guard.no] if guard.no else [])
        return Guard(op, inner=tuple(self.of(one, row, place) for one in inner))

    def _in_law(self, duty: str, place: Place) -> Guard:
        """That a duty stands in the law of its sector: in one of the times in which a version of it holds."""
        times = []
        for version in self.scenario.kader.obligations[duty].versions:
            if version.counts and version.basis == "law" and version.sector in (place.sector, "both"):
                begin, last = version.in_force.start, version.in_force.until
                since = Guard("no", inner=(Guard("before", "", self.moment(begin)),))
                end = self.moment(last) + DAY_SECONDS if last else NEVER
                times.append(Guard("all", inner=(since, Guard("before", "", end))))
        return Guard("any", inner=tuple(times))

    def _track(self, name: str, place: Place) -> int:
        """The track of a circumstance for the swv or the gemeente that a row is about."""
        of = self.scenario.kader.file.circumstances[name].of
        key = name, self.result.codes[place.swv] if of == "swv" else self.gemeente(place)
        if key not in self.tracks:
            self.tracks[key] = len(self.result.tracks)
            self.result.tracks.append(key)
        return self.tracks[key]


def own_bit(name: str, place: Place) -> str:
    """The name of a bit or variable in the state of an swv; of one that each item or round has for itself with those."""
    if name.startswith(werkwijze.OF_DUTY):
        return f"{name} {place.item.rpartition('/')[2]}"
    if name.startswith(werkwijze.OF_ROUND):
        return f"{name} {place.visit}"
    return f"{name} {place.item} {place.visit}" if name.startswith(werkwijze.OF_ITEM) else name
