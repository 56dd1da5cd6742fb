"""Key figures of a replication: what each kind in a kader measures.

A figure that nobody gives rise to (no visit, no request) is NaN and left out of means over replications.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import DAY_SECONDS, NEVER, day_of
from simulator.engine.unrolled import LASTENDRUK
from simulator.kader.assess import Status
from simulator.kader.model import period_days
from simulator.kader.timing import Happening, parse_point
from simulator.outcomes import atwork, toezicht, toezichtkpis
from simulator.outcomes.replication import Parts, Replication, by_swv
from simulator.world.shockparts import BEKOSTIGING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulator.engine.tables import Trace
    from simulator.kader.model import KaderFile, Kpi
    from simulator.outcomes.looking import Looker, Seen
    from simulator.world.scenario import Scenario

Array = np.ndarray


def days_to_look(looker: Looker, seen: Seen) -> dict[str, Array]:
    """Per name the day on which each swv is looked at: visits, what the figures need, and the last day."""
    file = looker.kader.file
    people = len(looker.model.codes)
    found = {visit.id: seen.days[visit.visited] for visit in file.visits}
    for kpi in file.kpis:
        if kpi.kind == "content_complete":
            found[_name(kpi)] = seen.days[str(kpi.event)]
        elif kpi.kind == "in_order" and kpi.on is not None:
            found[_name(kpi)] = np.full(people, day_of(kpi.on))
    found |= {state.event: seen.days[state.event] for state in file.progress if state.group}
    found["end"] = np.full(people, looker.model.stop)
    return found


def _name(kpi: Kpi) -> str:
    return str(kpi.event) if kpi.event else f"on_{kpi.on}"


def look(looker: Looker, seen: Seen, trace: Trace) -> Replication:
    """Assess all swv of a replication on every day that the kader asks for, in one go."""
    wanted = days_to_look(looker, seen)
    people = np.arange(len(looker.model.codes))
    where, first = {}, 0
    for name, on in wanted.items():
        size = int((on < NEVER).sum())
        where[name] = np.arange(first, first + size)
        first += size
    looked = seen.statuses(np.tile(people, len(wanted)), np.concatenate(list(wanted.values())))
    return Replication(looker, seen, trace, looked, where)


def names(looker: Looker) -> list[str]:
    """The names of all figures of a replication, in the order of the kader."""
    return names_of(looker.kader.file, list(dict.fromkeys(pool.family for pool in looker.model.pools)))


def names_of(file: KaderFile, families: Sequence[str]) -> list[str]:
    """The names of all figures under a kader, of a scenario with some pools."""
    return [
        name
        for kpi in file.kpis
        for name in ([f"{kpi.id}.{family}" for family in families] if kpi.kind in _PER_POOL else [kpi.id])
    ]


def measure(replication: Replication, swv: Array | None = None) -> dict[str, float]:
    """All figures of a replication, by name; a figure per pool is named `kpi.pool`.

    Args:
        replication: as played.
        swv: places of the swv that count; everybody without it.
    """
    found = [one for kpi in replication.looker.kader.file.kpis for one in _named(replication, kpi)]
    return {name: (parts if swv is None else parts.among(swv)).value for name, parts in found}


def parts_of(replication: Replication, name: str) -> Parts:
    """A figure of a replication as a sum over swv.

    Raises:
        KeyError: there is no such figure.
    """
    for kpi in replication.looker.kader.file.kpis:
        if kpi.id in (name, name.partition(".")[0]):
            return dict(_named(replication, kpi))[name]
    raise KeyError(name)


def figure(replication: Replication, kpi: Kpi) -> Parts:
    """A figure that need not be one of the kader's own; not one per pool.

    Raises:
        TypeError: it is a figure per pool.
    """
    found = _KINDS[kpi.kind](replication, kpi)
    if isinstance(found, dict):
        raise TypeError(kpi.kind)
    return found


def _named(replication: Replication, kpi: Kpi) -> list[tuple[str, Parts]]:
    found = _KINDS[kpi.kind](replication, kpi)
    return [(f"{kpi.id}.{pool}", one) for pool, one in found.items()] if isinstance(found, dict) else [(kpi.id, found)]


def due(scenario: Scenario, kpi: Kpi) -> int:
    """The day number before which a figure asks for something; the end of time when it names none.

    A day that follows from the period of the plan is that of the plans of swv without a plan file.
    """
    if not isinstance(kpi.before, str):
        return day_of(kpi.before) if kpi.before else NEVER
    period = period_days(scenario.plan_period.first_school_year, scenario.plan_period.school_years)
    one = np.ones(1, dtype=np.int64)
    events = {
        name: Happening(np.array([day_of(period[event.period])]), one > 0, one, one, one * 0)
        for name, event in scenario.kader.events.items()
        if event.period
    }
    return int(parse_point(kpi.before).day(events)[0])


def _due(play: Replication, kpi: Kpi) -> int:
    return due(play.looker.model.scenario, kpi)


def _event_before(play: Replication, kpi: Kpi) -> Parts:
    day = play.seen.days[str(kpi.event)]
    return Parts.mean((day < _due(play, kpi)).astype(float))


def complete(play: Replication, group: str, look: str) -> Array:
    """Per swv whether on a day of looking every duty in law of a group was in order in what was there."""
    obligations = play.looker.kader.obligations
    names = [name for name, duty in obligations.items() if duty.group == group and duty.in_law]
    columns = play.where[look]
    cells = np.ix_(np.array([play.looker.number[name] for name in names]), columns)
    holds = play.looked.status[cells] != Status.NOT_APPLICABLE
    good = (play.looked.passed[cells] | ~holds).all(axis=0)
    return by_swv(play, play.looked.swv[columns], good) > 0


def _content_complete(play: Replication, kpi: Kpi) -> Parts:
    """Share of all swv whose plan, on the day of the event, has every duty in law of the group in order."""
    good = complete(play, str(kpi.group), _name(kpi))
    return Parts.mean(good.astype(float))


def _in_order(play: Replication, kpi: Kpi) -> Parts:
    """Share of swv for which, on a day, events have happened and the own checks of duties pass."""
    rows = np.array([play.looker.number[name] for name in kpi.obligations], dtype=np.int64)
    good = play.looked.passed[np.ix_(rows, play.where[_name(kpi)])].all(axis=0)
    for name in kpi.happened:
        good &= play.seen.days[name] <= day_of(kpi.on)  # type: ignore[arg-type]
    return Parts.mean(good.astype(float))


def _findings(play: Replication, kpi: Kpi) -> Parts:
    """Mean number of own duties of the swv that are not met on the day of a visit, over all visits."""
    visits = [visit.id for visit in play.looker.kader.file.visits if not kpi.visits or visit.id in kpi.visits]
    columns = np.concatenate([play.where[name] for name in visits])
    not_met = (play.looked.status[:, columns] == Status.NOT_MET) & play.looker.counts[:, None]
    swv = play.looked.swv[columns]
    return Parts.mean(by_swv(play, swv, not_met.sum(axis=0)), by_swv(play, swv, np.ones(len(columns))))


def _visit_to_report(play: Replication, kpi: Kpi) -> Parts:
    of_swv, each = np.zeros((2, len(play.looker.model.codes)))
    for visit in play.looker.kader.file.visits:
        if not kpi.visits or visit.id in kpi.visits:
            swv, days = toezicht.lags(play.happened, play.looker, play.seen, visit)
            of_swv += by_swv(play, swv, days)
            each += by_swv(play, swv, np.ones(len(days)))
    return Parts.mean(of_swv, each)


def _per_family(play: Replication) -> dict[str, tuple[Array, Array, Array, int]]:
    """Per family of pools: the grants (for which swv, busy seconds, waited seconds) as columns, and the seconds that
    there were; people with a roster are busy on the days that they are there, as their seconds are counted.
    """
    model = play.looker.model
    families = list(dict.fromkeys(pool.family for pool in model.pools))
    of_pool = np.array([families.index(pool.family) for pool in model.pools], dtype=np.int64)
    grants = np.array(play.trace.grants, dtype=np.int64).reshape(-1, 5)
    end = np.minimum(np.array(play.trace.end, dtype=np.int64)[grants[:, 2]], model.horizon)
    asked = [atwork.asked(model, grant) for grant in play.trace.grants]
    busy, waited, swv = end - grants[:, 4], grants[:, 4] - np.array(asked, dtype=np.int64), model.owner[grants[:, 2]]
    left = np.isin(grants[:, 2], [row for _, _, row, _, _ in play.trace.breaks])
    for place in np.flatnonzero(np.isin(grants[:, 0], list(play.trace.present)) | left).tolist():
        busy[place] = atwork.worked(play.trace, play.trace.grants[place], model.horizon)
    family = of_pool[grants[:, 0]]
    capacity = {
        name: sum(
            atwork.there(model, play.trace, number) for number, pool in enumerate(model.pools) if pool.family == name
        )
        for name in families
    }
    return {
        name: (swv[family == number], busy[family == number], waited[family == number], capacity[name])
        for number, name in enumerate(families)
    }


def _pool_utilisation(play: Replication, _: Kpi) -> dict[str, Parts]:
    return {
        name: Parts(by_swv(play, swv, busy), capacity) for name, (swv, busy, _, capacity) in _per_family(play).items()
    }


def _pool_wait(play: Replication, _: Kpi) -> dict[str, Parts]:
    return {
        name: Parts.mean(by_swv(play, swv, waited), by_swv(play, swv, np.full(len(waited), DAY_SECONDS)))
        for name, (swv, _, waited, _) in _per_family(play).items()
    }


def _items_before(play: Replication, kpi: Kpi) -> Parts:
    """Share of all swv for which an event has happened for every item before a day."""
    people = len(play.looker.model.codes)
    on = np.full(people, _due(play, kpi) - 1)
    last = play.seen.events(np.arange(people), on)[str(kpi.event)].day
    return Parts.mean((last <= on).astype(float))


def hours(play: Replication) -> dict[tuple[str, str], tuple[Array, Array]]:
    """Per actor and parameter the rows that were finished, and the hours that each of them cost."""
    model, attributes = play.looker.model, play.seen.attributes
    found = {}
    for (actor, name), rows in play.looker.hours.items():
        parameter = model.scenario.parameters[name]
        done = rows[play.seen.end[rows] < NEVER]
        own = {key: attributes[key][model.owner[done]] for key in parameter.factors}
        found[actor, name] = done, parameter.values(np.full(len(done), 0.5), own)
    return found


def rate(play: Replication, actor: str) -> float:
    """Euros that an hour of an actor costs; the middle value."""
    parameter = play.looker.model.scenario.parameters.get(f"rate_{actor}")
    return float(parameter.quantile(np.array([0.5]))[0]) if parameter else 0.0


def _hours(play: Replication, kpi: Kpi) -> Parts:
    """Mean hours of an actor per swv, over the steps that were finished."""
    model = play.looker.model
    total = np.zeros(len(model.codes))
    for (actor, _), (rows, values) in hours(play).items():
        if actor == kpi.actor:
            total += by_swv(play, model.owner[rows], values)
    return _booked(play, total)


def _euros(play: Replication, _: Kpi) -> Parts:
    """Mean cost per swv of all hours of all actors: hours times rate, the standaardkostenmodel."""
    model = play.looker.model
    total = np.zeros(len(model.codes))
    for (actor, _name), (rows, values) in hours(play).items():
        total += by_swv(play, model.owner[rows], values * rate(play, actor))
    return _booked(play, total)


def _booked(play: Replication, total: Array) -> Parts:
    """The mean of hours or euros per swv; none where no hours are booked: that is not nothing."""
    booked = LASTENDRUK not in play.looker.model.scenario.parts_off
    return Parts.mean(total, np.full(len(total), float(booked)))


def _attribute(play: Replication, kpi: Kpi) -> Parts:
    """Mean of an attribute over the swv that have it."""
    values = play.seen.attributes[str(kpi.attribute)]
    scenario = play.looker.model.scenario
    there = ~np.isnan(values)
    if scenario.kader.file.attributes[str(kpi.attribute)].money and BEKOSTIGING in scenario.parts_off:
        there[:] = False  # a bit says no where nothing was worked out
    return Parts.mean(np.where(there, values, 0.0), there.astype(float))


def _supervision(figure: Callable[[Replication, Kpi, int], Parts]) -> Callable[[Replication, Kpi], Parts]:
    return lambda play, kpi: figure(play, kpi, _due(play, kpi))


_KINDS: dict[str, Callable[[Replication, Kpi], Parts | dict[str, Parts]]] = {
    "event_before": _event_before,
    "items_before": _items_before,
    "content_complete": _content_complete,
    "in_order": _in_order,
    "findings": _findings,
    "visit_to_report": _visit_to_report,
    "pool_utilisation": _pool_utilisation,
    "pool_wait": _pool_wait,
    "hours": _hours,
    "euros": _euros,
    "attribute": _attribute,
    **{
        name: _supervision(figure)
        for name, figure in {
            "times": toezichtkpis.times,
            "orders": toezichtkpis.orders,
            "judged": toezichtkpis.judged,
            "orders_per_report": toezichtkpis.orders_per_report,
            "repair_days": toezichtkpis.repair_days,
            "breaches": toezichtkpis.breaches,
        }.items()
    },
}
_PER_POOL = ("pool_utilisation", "pool_wait")
