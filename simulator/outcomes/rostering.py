"""Who was where, and when: the people of pools in one replication, week by week.

A *shift* is the time that one numbered person of a pool gives to one step of one swv. Weeks run from Monday; the first one
holds the first day of the scenario.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count, pairwise
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import DAY_SECONDS, NEVER, date_of, day_of
from simulator.engine.tables import TAKES
from simulator.kader.werkwijze import pool_names
from simulator.outcomes import atwork
from simulator.world import calendar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from simulator.engine.model import Model
    from simulator.engine.tables import Trace, Track
    from simulator.kader.model import KaderFile
    from simulator.kader.werkwijze import Node, Step
    from simulator.world.calendar import Calendar

REGIONS = ("Noord", "Midden", "Zuid")
_WEEK = 7 * DAY_SECONDS
_MOST_OF_IT = 3
"""Weekdays of a week that a region must be on holiday to count."""

Array = np.ndarray


@dataclass(frozen=True)
class Shift:
    """The time of one person for one step; moments are seconds since the start of the scenario.

    Who leaves a step for whole days elsewhere has a shift before and one after these (`again`: nobody waited for that), as
    far as there is work in them. `open` is the calendar on which the step is worked at; without one all working days count.
    `there` tells when the person is at work, of who has a roster.
    """

    pool: str
    number: int
    swv: str
    node: str
    item: str
    asked: int
    start: int
    end: int
    again: bool = False
    open: Calendar | None = field(default=None, compare=False, repr=False)
    there: Track | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Week:
    """A week of the scenario.

    Attributes:
        monday: its first day.
        first, last: its moments within the scenario; the last one is no part of it.
        holiday: regions where schools are closed for most of it.
        public: public holidays on its weekdays.
    """

    monday: date
    first: int
    last: int
    holiday: tuple[str, ...]
    public: int


@dataclass(frozen=True)
class Use:
    """How busy the people of a pool were, per week.

    Attributes:
        family: the pool; pools per gemeente are taken together.
        capacity: mean number of people.
        busy: mean number of people at work.
        queue: mean number of requests that wait for them, also those that never got anybody.
    """

    family: str
    capacity: Array
    busy: Array
    queue: Array

    @property
    def share(self) -> float:
        """The share of the time of all people that went into work, over the whole."""
        return float(self.busy.sum() / self.capacity.sum()) if self.capacity.sum() else 0.0


def of_inspectie(file: KaderFile, without: Collection[str] = ()) -> list[str]:
    """The pools whose people work for the Inspectie: those that its steps need.

    Args:
        file: the kader.
        without: parts of the model that are left out.
    """
    steps = [step for step in _steps(file.werkwijze, without) if step.actor == "inspectie"]
    named = {name for step in steps for name in pool_names(step)}
    return [name for name in file.pools if name in named]


def _steps(node: Node, without: Collection[str]) -> list[Step]:
    """The steps of a tree without those of parts that are left out."""
    if node.part in without:
        return []
    return [node.step] if node.step else [step for child in node.children() for step in _steps(child, without)]


def shifts(model: Model, trace: Trace, families: Iterable[str]) -> list[Shift]:
    """The shifts of some pools, in order of pool, person and time; those that run on stop with the scenario."""
    wanted = set(families)
    own = (grant for grant in trace.grants if model.pools[grant[0]].family in wanted)
    found = [shift for grant in own for shift in _pieces(model, trace, grant)]
    return sorted(found, key=lambda one: (one.pool, one.number, one.start, one.end, one.swv, one.node))


def _pieces(model: Model, trace: Trace, grant: tuple[int, int, int, int, int]) -> list[Shift]:
    """The shifts of one person for one step: those in which something was done, or the first when nothing was."""
    pool, unit, row, _, start = grant
    tables, people = model.tables, trace.present.get(pool)
    names = model.codes[tables.swv[row]], tables.node[row], tables.item[row], atwork.asked(model, grant)
    whole = Shift(model.pools[pool].name, unit + 1, *names, start, start, False, _open(model, row),
                  None if people is None else people[unit])  # fmt: skip
    spans = list(atwork.pieces(trace, grant, model.horizon)) or [(start, start)]
    every = [replace(whole, start=first, end=last) for first, last in spans]
    done = [one for one in every if len(every) == 1 or any(worked(model.start, one).values())] or every[:1]
    return [replace(one, again=number > 0) for number, one in enumerate(done)]


def _open(model: Model, row: int) -> Calendar | None:
    """The calendar of the work of a row; None where its time is no work of some days."""
    time = model.tables.time[row]
    return model.clock.calendars[time.calendar] if time.form == TAKES and time.calendar >= 0 else None


def worked(start: int, shift: Shift) -> dict[int, float]:
    """The working days on which a shift is at work, with the share of each: when its calendar is open and its person there.

    Args:
        start: the day number of the first day of the scenario.
        shift: whose; one that takes no working time is told on the first working day from its begin on, with a share of 0.
    """
    found = {}
    for day in range(shift.start // DAY_SECONDS, -(-max(shift.end, shift.start + 1) // DAY_SECONDS)):
        seconds = min(shift.end, (day + 1) * DAY_SECONDS) - max(shift.start, day * DAY_SECONDS)
        if seconds > 0 and _at_work(start, day, shift):
            found[start + day] = seconds / DAY_SECONDS
    first = shift.start // DAY_SECONDS
    return found or {start + next(day for day in count(first) if _at_work(start, day, shift)): 0.0}


def _at_work(start: int, day: int, shift: Shift) -> bool:
    """Whether a day, counted from the start of the scenario, is a working day of the calendar and person of a shift."""
    closed = shift.open is not None and day < len(shift.open.worked) and not shift.open.worked[day]
    away = shift.there is not None and not shift.there.at(day * DAY_SECONDS) and day * DAY_SECONDS < shift.end
    return calendar.is_working(start + day) and not closed and not away


def clashes(found: Sequence[Shift]) -> list[tuple[Shift, Shift]]:
    """Shifts of one person that overlap; there should be none."""
    own = (pair for pair in pairwise(found) if (pair[0].pool, pair[0].number) == (pair[1].pool, pair[1].number))
    return [(one, other) for one, other in own if other.start < one.end]


def short_teams(model: Model, trace: Trace) -> list[tuple[str, str]]:
    """(swv, step) of steps that began without all the people that they need; there should be none."""
    had: dict[int, list[int]] = {}
    for pool, _, row, _, granted in trace.grants:
        if granted <= trace.start[row]:
            had.setdefault(row, []).append(pool)
    tables = model.tables
    return [
        (model.codes[tables.swv[row]], tables.node[row])
        for row, needs in enumerate(tables.pools)
        if needs and trace.start[row] < NEVER and sorted(had.get(row, [])) != list(needs)
    ]


def weeks(model: Model) -> list[Week]:
    """The weeks of a scenario with their holidays."""
    first = date_of(model.start)
    monday = day_of(first - timedelta(days=first.weekday()))
    closed = {region: calendar.school_holidays(region) for region in REGIONS}
    found = []
    while monday < model.stop:
        weekdays = range(monday, monday + 5)
        holiday = tuple(name for name in REGIONS if sum(day in closed[name] for day in weekdays) >= _MOST_OF_IT)
        public = sum(day in calendar.public_holidays() for day in weekdays)
        start = max((monday - model.start) * DAY_SECONDS, 0)
        end = min((monday + 7 - model.start) * DAY_SECONDS, model.horizon)
        found.append(Week(date_of(monday), start, end, holiday, public))
        monday += 7
    return found


def use(model: Model, trace: Trace, family: str, over: Sequence[Week]) -> Use:
    """How busy the people of a pool were in each week, and how many requests waited for them."""
    numbers = {number for number, pool in enumerate(model.pools) if pool.family == family}
    length = np.array([week.last - week.first for week in over], dtype=float)
    own = [grant for grant in trace.grants if grant[0] in numbers]
    busy = _filled(
        (spell for grant in own for spell in atwork.spells(trace, grant, model.horizon)), over,
    )  # fmt: skip
    waited = [(atwork.asked(model, grant), grant[4]) for grant in own]
    queue = _filled([*waited, *_unserved(model, trace, numbers)], over)
    capacity = sum((_capacity(model, trace, number, over) for number in sorted(numbers)), np.zeros(len(over)))
    return Use(family, capacity, busy / length, queue / length)


def _unserved(model: Model, trace: Trace, numbers: set[int]) -> Iterator[tuple[int, int]]:
    """From when requests for some pools waited that were never served, one for each person that they need."""
    for row, needs in enumerate(model.tables.pools):
        if needs and trace.requested[row] < NEVER <= trace.start[row]:
            since = model.clock.begins(model.tables, row, trace.requested[row])
            if since < model.horizon:
                yield from ((since, model.horizon) for pool in needs if pool in numbers)


def _capacity(model: Model, trace: Trace, number: int, over: Sequence[Week]) -> Array:
    """The mean number of people of one pool that are there in each week."""
    return np.array([
        atwork.there(model, trace, number, week.first, week.last) / (week.last - week.first) for week in over
    ])  # fmt: skip


def _filled(spans: Iterable[tuple[int, int]], over: Sequence[Week]) -> Array:
    """Seconds of some spans in every week."""
    seconds = np.zeros(len(over))
    lead = _WEEK - (over[0].last - over[0].first) if over else 0  # of the first week, before the scenario begins
    for start, end in spans:
        for number in range((start + lead) // _WEEK, min((end + lead - 1) // _WEEK + 1, len(over))):
            seconds[number] += min(end, over[number].last) - max(start, over[number].first)
    return seconds
