"""The smallest number of people per pool that reaches a target, as tables."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator.base.language import pick, say
from simulator.base.numbers import figure
from simulator.reports import teams
from simulator.reports.tables import BY_ROW, Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.outcomes.staffing import Outcome, Staffing
    from simulator.outcomes.statistics import Estimate
    from simulator.world.scenario import Scenario

_Z = 1.959963984540054
"""Of the interval of Wilson, two-sided 95%."""


def tables(scenario: Scenario, found: Staffing, replications: int) -> list[Table]:
    """What each pool needs, what that gives, and where it is not reached the steps that take the time.

    Args:
        scenario: what was played.
        found: what was found.
        replications: how many were played for each attempt.
    """
    told = [_pools(scenario, found, replications), _outcomes(scenario, found)]
    return [*told, _steps(scenario, found)] if found.steps else told


def _pools(scenario: Scenario, found: Staffing, replications: int) -> Table:
    columns = (
        Column("pool", say("capacity.pool_column")), Column("now", say("capacity.now")),
        Column("smallest", say("capacity.smallest")), Column("low", say("capacity.low")),
        Column("high", say("capacity.high")),
        *((Column("one_less", say("capacity.one_less"), "share"),) if found.reached else
          (Column("alone", say("capacity.alone"), BY_ROW),)),
        Column("binds", say("capacity.binds"), words={name: say(f"report.{name}") for name in ("yes", "no")}),
        Column("id", say("table.name"), screen=False),
    )  # fmt: skip
    rows: list[dict[str, Any]] = [
        {"pool": pick(scenario.pools[need.pool].label), "now": need.now, "smallest": need.smallest, "low": need.low,
         "high": need.high, "one_less": need.one_less.mean if need.one_less else None, "alone": need.alone,
         "binds": "yes" if need.pool in found.binds else "no", "id": need.pool,
         "unit": _unit(scenario, found)}
        for need in found.needs
    ]  # fmt: skip
    target = found.target
    words = {"op": target.op, "figure": _label(scenario, target.figure), "bound": f"{target.bound:g}",
             "chance": figure(target.chance, "share")}  # fmt: skip
    notes = (
        *_notes(scenario, found, replications),
        say("capacity.note", n=replications),
        *teams.told(scenario),
        *([say("teams.not_always")] if scenario.kader.file.teams else []),
    )
    return Table("capacity", say("capacity.title", **words), columns, rows, notes)


def _notes(scenario: Scenario, found: Staffing, replications: int) -> Iterator[str]:
    """What the table of pools does not say by itself."""
    if not found.reached:
        yield say(
            "capacity.out_of_reach", share=share(found.with_all.met), figure=_figure(scenario, found, found.with_all)
        )
        if near := nearest(found):
            yield say("capacity.nearest", target=near)
        names = ", ".join(pick(scenario.pools[name].label) for name in found.binds)
        yield say("capacity.holds_up" if names else "capacity.nobody_holds_up", pools=names)
        return
    yield say("capacity.interval")
    if any(need.high is None for need in found.needs):
        enough = _replications_for(found.target.chance)
        yield say("capacity.too_few", n=replications, enough=enough) if enough else say("capacity.never_sure")
    if found.least:
        names = ", ".join(pick(scenario.pools[name].label) for name in found.least)
        yield say("capacity.least", pools=names)
    if not found.binds:
        yield say("capacity.nothing_binds")


def _replications_for(chance: float) -> int | None:
    """How many replications it takes to say at all that a chance is reached; None for a chance of one."""
    return math.ceil(chance * _Z * _Z / (1 - chance)) if chance < 1 else None


def _outcomes(scenario: Scenario, found: Staffing) -> Table:
    """The share of replications that meet the bound and the figure itself: now, with ample people, with what is enough."""
    columns = (
        Column("people", say("capacity.people")), Column("share", say("capacity.share"), "share"),
        Column("share_low", say("capacity.from"), "share"), Column("share_high", say("capacity.to"), "share"),
        Column("figure", _label(scenario, found.target.figure), BY_ROW),
        Column("figure_low", say("capacity.from"), BY_ROW), Column("figure_high", say("capacity.to"), BY_ROW),
        Column("id", say("table.name"), screen=False),
    )  # fmt: skip
    rows: list[dict[str, Any]] = [
        {"people": say(f"capacity.{name}"), "share": one.met.mean, "share_low": one.met.low, "share_high": one.met.high,
         "figure": one.figure.mean, "figure_low": one.figure.low, "figure_high": one.figure.high, "id": name,
         "unit": _unit(scenario, found)}
        for name, one in _named(found)
    ]  # fmt: skip
    return Table("outcome", say("capacity.outcome_title"), columns, rows)


def _named(found: Staffing) -> list[tuple[str, Outcome]]:
    own = [("as_it_is", found.as_it_is), ("with_all", found.with_all)]
    return [*own, ("reached", found.reached)] if found.reached else own


def _steps(scenario: Scenario, found: Staffing) -> Table:
    labels = {node.id: node.step.label for node in scenario.kader.file.werkwijze.walk() if node.step}
    columns = (Column("step", say("capacity.step")), Column("days", say("capacity.days"), "days"),
               Column("id", say("table.name"), screen=False))  # fmt: skip
    rows: list[dict[str, Any]] = [
        {"step": pick(labels[name]) if name in labels else name, "days": days, "id": name} for name, days in found.steps
    ]
    return Table("steps", say("capacity.steps_title"), columns, rows, (say("capacity.steps_note"),))


def nearest(found: Staffing) -> str:
    """The nearest target that is reached with people enough, as it is typed; empty where the target itself is."""
    return "" if found.nearest is None else found.target.words(found.nearest)


def data(found: Staffing) -> dict[str, Any]:
    """What the tables do not hold, as plain data."""
    return {"reached": found.reached is not None, "binds": list(found.binds), "nearest": nearest(found) or None}


def share(one: Estimate) -> str:
    """A share with its interval, in words."""
    return f"{figure(one.mean, 'share')} [{figure(one.low, 'share')} .. {figure(one.high, 'share')}]"


def _figure(scenario: Scenario, found: Staffing, one: Outcome) -> str:
    unit = _unit(scenario, found)
    own = one.figure
    return f"{figure(own.mean, unit)} [{figure(own.low, unit)} .. {figure(own.high, unit)}]"


def _unit(scenario: Scenario, found: Staffing) -> str:
    name = found.target.figure.partition(".")[0]
    return next(kpi.unit for kpi in scenario.kader.file.kpis if kpi.id == name)


def _label(scenario: Scenario, name: str) -> str:
    """What a figure is called."""
    kpi, _, pool = name.partition(".")
    label = next(pick(one.label) for one in scenario.kader.file.kpis if one.id == kpi)
    return f"{label}: {pick(scenario.pools[pool].label)}" if pool else label
