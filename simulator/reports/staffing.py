"""The smallest number of people per pool that reaches a target, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.language import pick, say
from simulator.base.numbers import figure
from simulator.reports.tables import Column, Table

if TYPE_CHECKING:
    from simulator.outcomes.staffing import Staffing
    from simulator.outcomes.statistics import Estimate
    from simulator.world.scenario import Scenario


def table(scenario: Scenario, found: Staffing, replications: int) -> Table:
    """A row per pool: how many people it has, how many are enough, and what one less does.

    Args:
        scenario: what was played.
        found: what was found.
        replications: how many were played for each attempt.
    """
    columns = (
        Column("pool", say("capacity.pool_column")), Column("now", say("capacity.now")),
        Column("smallest", say("capacity.smallest")), Column("one_less", say("capacity.one_less")),
        Column("binds", say("capacity.binds")), Column("id", say("table.name"), screen=False),
    )  # fmt: skip
    rows = [
        {"pool": pick(scenario.pools[need.pool].label), "now": str(need.now), "smallest": str(need.smallest),
         "one_less": _share(need.one_less), "binds": say("report.yes" if need.pool in found.binds else "report.no"),
         "id": need.pool}
        for need in found.needs
    ]  # fmt: skip
    target = found.target
    words = {"op": target.op, "figure": _label(scenario, target.figure), "bound": f"{target.bound:g}",
             "chance": figure(target.chance, "share")}  # fmt: skip
    outcome = "capacity.reached" if found.reached else "capacity.out_of_reach"
    notes = (
        say("capacity.as_it_is", share=_share(found.as_it_is)),
        say(outcome, share=_share(found.reached or found.with_all)),
        *((say("capacity.nothing_binds"),) if found.reached and not found.binds else ()),
        say("capacity.note", n=replications),
    )
    return Table("capacity", say("capacity.title", **words), columns, rows, notes)


def data(found: Staffing) -> dict[str, Any]:
    """The shares of replications that meet the bound, as plain data."""
    shares = {"as_it_is": found.as_it_is, "with_all": found.with_all, "reached": found.reached}
    return {
        name: None if one is None else {"mean": one.mean, "low": one.low, "high": one.high}
        for name, one in shares.items()
    }


def _share(one: Estimate | None) -> str:
    if one is None:
        return "-"
    return f"{figure(one.mean, 'share')} [{figure(one.low, 'share')} .. {figure(one.high, 'share')}]"


def _label(scenario: Scenario, name: str) -> str:
    """What a figure is called."""
    kpi, _, pool = name.partition(".")
    label = next(pick(one.label) for one in scenario.kader.file.kpis if one.id == kpi)
    return f"{label}: {pick(scenario.pools[pool].label)}" if pool else label
