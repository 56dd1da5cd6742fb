"""A scenario made ready to be played: tables, calendars, and the draws of any replication."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulator.base.days import DAY_SECONDS, NEVER, SECONDS_OF, day_of
from simulator.base.memory import uncollected
from simulator.engine import draws as keyed
from simulator.engine import tracks
from simulator.engine.clock import Clock
from simulator.engine.people import People
from simulator.engine.rosters import Rosters
from simulator.engine.tables import HELD, PLANNED, SHARE_BITS, WRITTEN, Draws, Track
from simulator.engine.unroll import unroll
from simulator.world import calendar

if TYPE_CHECKING:
    from simulator.engine.tables import PoolRow, Tables
    from simulator.engine.unrolled import Use
    from simulator.kader.pools import Pool
    from simulator.world.scenario import Scenario

Array = np.ndarray

_SECONDS = {**SECONDS_OF, "share": 2**SHARE_BITS}
_THOUSANDTHS = 1000


class Luck(NamedTuple):
    """All that chance decides in a replication: the draws, the attributes of the swv, and what their plans hold.

    Of a plan file `content` is what it shows at the start; `People.planned` tells how that changes.
    """

    draws: Draws
    attributes: dict[str, Array]
    content: dict[str, Array]


class Model:
    """A scenario unrolled over its population.

    Attributes:
        scenario: what is played.
        start: day number of its first day.
        horizon: the moment at which it stops; what would happen then no longer happens.
        tables, pools, clock: what the interpreters need.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.start = day_of(scenario.period.start)
        self.stop = day_of(scenario.period.until)
        self.horizon = (self.stop - self.start) * DAY_SECONDS
        with uncollected():
            self.unrolled = unroll(scenario)
        self.tables: Tables = self.unrolled.tables
        self.pools: list[PoolRow] = self.unrolled.pools
        calendars = [
            calendar.build(kind, region, self.start, self.stop, carry_on=scenario.carry_on)
            for kind, region in self.unrolled.calendars
        ]
        self.clock = Clock(calendars, self.unrolled.terms, self.start, self.stop, self.unrolled.yearly)
        self.codes = self.unrolled.codes
        self.owner = np.array(self.tables.swv)
        self.people = People(scenario, self.codes)
        self.names: object | None = None  # of events, kept here by who writes them
        self.lay()

    def lay(self) -> None:
        """Lay what comes from outside: circumstances, and the capacities that change."""
        scenario = self.scenario
        changes = tracks.capacities(scenario, self.pools, self.start)
        self.capacity = changes
        self.pools = [
            replace(pool, capacity=max(changes[number].values)) if number in changes else pool
            for number, pool in enumerate(self.pools)
        ]
        self.circumstances = tracks.Circumstances(scenario, self.unrolled.tracks, self.start)
        self.rosters = Rosters(scenario, self.pools, self.start, self.stop)
        self.longest = self._longest()
        self.quota = [self._quota(gate.share) for gate in self.tables.gates]

    def _longest(self) -> dict[int, int]:
        """Of the rows whose end is moved to a working day the seconds that they may take, where there is a bound."""
        days = {name: self.scenario.parameters[name].bound() for name in {name for _, name in self.unrolled.falls}}
        return {row: round(days[name] * DAY_SECONDS) for row, name in self.unrolled.falls if days[name] < NEVER}

    def _quota(self, share: str) -> int:
        """How many of all swv a share is: its middle value."""
        middle = self.scenario.parameters[share].quantile(np.array([0.5]))[0]
        return round(float(middle) * len(self.codes))

    def varied(self, scenario: Scenario) -> Model:
        """This model with the parameters and capacities of a scenario that differs in nothing else; the tables stay."""
        other = copy(self)
        other.scenario = scenario
        other.names = None
        other.people = self.people.varied(scenario)
        other.pools = [
            replace(pool, capacity=_capacity(scenario.pools[pool.family], pool.name)) for pool in self.unrolled.pools
        ]
        other.lay()
        return other

    @cached_property
    def _uses(self) -> dict[tuple[str, str], tuple[Array, Array]]:
        """Per (parameter, purpose) the rows that draw from it and the keys of their draws."""
        tables = self.tables
        groups: dict[tuple[str, str], list[Use]] = {}
        for use in self.unrolled.uses:
            groups.setdefault((use.parameter, use.purpose), []).append(use)
        return {
            group: (
                np.array([use.row for use in uses]),
                keyed.keys([self._names(tables, use) for use in uses]),
            )
            for group, uses in groups.items()
        }

    def _names(self, tables: Tables, use: Use) -> tuple[str, str, str, str, str]:
        row = use.row
        purpose = f"outcome:{use.name}" if use.purpose == "outcome" else use.purpose
        return tables.node[row], self.codes[tables.swv[row]], tables.item[row], tables.visit[row], purpose

    def draw(self, replication: int) -> Luck:
        """All draws of a replication, and what the swv are like."""
        attributes = self.people.attributes(replication)
        content = self.people.content(replication, attributes)
        rows = len(self.tables)
        amount, otherwise = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
        passes: dict[tuple[int, str], bool] = {}
        factors: dict[tuple[int, str], int] = {}
        patience: dict[int, int] = {}
        for (name, purpose), (where, keys) in self._uses.items():
            parameter = self.scenario.parameters[name]
            whole = keyed.whole(keys, self.scenario.seed, replication)
            own = {attribute: attributes[attribute][self.owner[where]] for attribute in parameter.factors}
            values = parameter.values(keyed.fraction(whole), own)
            places = ((row, name) for row in where.tolist())
            if purpose == "outcome":
                passes.update(zip(places, (whole < keyed.threshold(values)).tolist(), strict=True))
            elif purpose == "factor":
                factors.update(zip(places, np.rint(values * _THOUSANDTHS).astype(np.int64).tolist(), strict=True))
            else:
                seconds = np.rint(np.minimum(values * _SECONDS[parameter.unit], NEVER)).astype(np.int64)
                if purpose == "patience":
                    patience.update(zip(where.tolist(), seconds.tolist(), strict=True))
                else:
                    (amount if purpose == "duration" else otherwise)[where] = seconds
        draws = Draws(
            amount.tolist(), otherwise.tolist(), self._moments(attributes), passes, self._state(attributes, content),
            factors, self.circumstances.tracks(replication), self.capacity, self._order(attributes),
            self.rosters.tracks(replication), self.quota, self.longest, [track for _, _, track in self._turning],
            patience,
        )  # fmt: skip
        return Luck(draws, attributes, content)

    def _state(self, attributes: dict[str, Array], content: dict[str, Array]) -> list[dict[str, int]]:
        """Per swv what guards can read at the start: its bits, and which parts of its plan are good as drawn."""
        read = self.unrolled.read
        start = {name: attributes[name] for name in sorted(read & attributes.keys())}
        start |= {HELD + name: content[name] == 1 for name in content if name in self._asked}
        columns = {name: values.astype(np.int64).tolist() for name, values in start.items()}
        states = [
            {name: values[number] for name, values in columns.items()} | self._there[number]
            for number in range(len(self.codes))
        ]
        for place, (number, name, _) in enumerate(self._turning):
            states[number][HELD + name] = PLANNED + place
        return states

    @cached_property
    def _turning(self) -> list[tuple[int, str, Track]]:
        """What the plan file of an swv (by number) shows of a duty, where that changes in the time that is played."""
        return [
            (number, name, Track([(day - self.start) * DAY_SECONDS for day in shown.moments], shown.values))
            for name, own in sorted(self.people.planned.items())
            if name in self._asked
            for number, shown in sorted(own.items())
            if len(shown.values) > 1
        ]

    @cached_property
    def _there(self) -> list[dict[str, int]]:
        """Per swv the parts that no step of it writes: they are there from before the start.

        What is examined and is a matter of record (a talk held, a consent given) has no content that can lack.
        """
        written = {(self.tables.swv[one.row], one.obligation) for one in self.unrolled.writes if one.copies}
        content = set(self.scenario.kader.content_obligations)
        names = sorted(content & self._asked)
        record = {name for own in self.scenario.kader.file.examined.values() for name in own} - content
        known = {start + name: value for name in sorted(record) for start, value in ((WRITTEN, -1), (HELD, 1))}
        return [
            {WRITTEN + name: -1 for name in names if (number, name) not in written} | known
            for number in range(len(self.codes))
        ]

    @property
    def _asked(self) -> set[str]:
        """The parts of a plan of which a guard asks whether they are lacking."""
        read = self.unrolled.read
        return set(self.scenario.kader.content_obligations) if "item" in read else read

    def _order(self, attributes: dict[str, Array]) -> list[int]:
        """Per row what goes before the moment of asking in its queue."""
        order = np.zeros(len(self.tables), dtype=np.int64)
        for name, sign, row in self.unrolled.ordered:
            order[row] = sign * round(float(attributes[name][self.owner[row]]) * _THOUSANDTHS)
        return list(map(int, order.tolist()))

    def _moments(self, attributes: dict[str, Array]) -> list[int]:
        """Per row the moment that it waits for, or at which its join opens."""
        moments = np.full(len(self.tables), NEVER, dtype=np.int64)
        for row, moment in self.unrolled.fixed:
            moments[row] = moment
        for row, name in self.unrolled.waits:
            day = int(attributes[name][self.owner[row]])
            moments[row] = NEVER if day >= NEVER else max(0, (day - self.start) * DAY_SECONDS)
        return list(map(int, moments.tolist()))


def _capacity(pool: Pool, name: str) -> int:
    return pool.by.get(name.partition(".")[2], pool.capacity)
