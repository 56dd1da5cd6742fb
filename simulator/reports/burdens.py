"""The lastendruk of a run as tables: per actor, activity or duty, and what is asked more than once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.base.language import known, pick, say
from simulator.outcomes import burden, statistics
from simulator.reports.tables import Column, Table
from simulator.world import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.kader.model import Together
    from simulator.outcomes.replication import Replication
    from simulator.world.scenario import Scenario

_OF = {"actor": "actor", "activity": "step", "obligation": "duty"}


class Counts:
    """Hours and euros of some swv, added up over replications.

    Args:
        by: actor, activity or obligation.
        swv: indices of the swv that count.
    """

    def __init__(self, by: str, swv: Sequence[int]) -> None:
        self.by, self.swv = by, list(swv)
        self.sums: list[dict[str, tuple[float, float, float]]] = []
        self.overlaps: list[dict[str, tuple[float, float, float, float]]] = []

    def add(self, play: Replication) -> None:
        """Add a replication."""
        sums: dict[str, tuple[float, float, float]] = {}
        for one in burden.booked(play):
            name = getattr(one, _OF[self.by])
            before = sums.get(name, (0.0, 0.0, 0.0))
            more = (self._sum(one.hours), self._sum(one.euros), self._sum(one.times))
            sums[name] = (before[0] + more[0], before[1] + more[1], before[2] + more[2])
        self.sums.append(sums)
        together = play.looker.kader.file.together
        found = {group.id: burden.overlap(play, group) for group in together}
        self.overlaps.append(
            {
                name: (
                    self._sum(one.hours),
                    self._sum(one.euros),
                    self._sum(one.saved_hours),
                    self._sum(one.saved_euros),
                )
                for name, one in found.items()
            }
        )

    def _sum(self, values: Any) -> float:
        return float(np.asarray(values, dtype=float)[self.swv].sum())


def tables(scenario: Scenario, counts: Counts) -> list[Table]:
    """The tables of a lastendruk."""
    found = [_by(scenario, counts)]
    lost = parts.lost_nodes(scenario)
    groups = scenario.kader.file.together
    whole = [group for group in groups if not lost.keys() & set(group.nodes)]
    if names := [pick(group.label) for group in groups if group not in whole]:
        note = say("part.not_shown", names="; ".join(names))
        found[0] = replace(found[0], notes=(note, *found[0].notes))
    return [*found, _together(counts, whole)] if whole else found


def _by(scenario: Scenario, counts: Counts) -> Table:
    names = sorted({name for one in counts.sums for name in one})
    people, number = len(counts.swv), len(counts.sums)
    rows: list[dict[str, Any]] = []
    for name in names:
        table = np.array([one.get(name, (0.0, 0.0, 0.0)) for one in counts.sums])
        hours = statistics.estimate(table[:, 0] / people)
        means = {
            "euros": table[:, 1].mean() / people,
            "times": table[:, 2].mean() / people,
            "total": table[:, 1].mean(),
        }
        own = {"what": _label(scenario, counts.by, name), "id": name}
        rows.append({**own, "hours": hours.mean, "low": hours.low, "high": hours.high, **_plain(means)})
    rows.sort(key=lambda row: (-row["euros"], row["id"]))
    total = {key: sum(row[key] for row in rows) for key in ("hours", "euros", "total")}
    whole = np.array([sum(hours for hours, _, _ in one.values()) for one in counts.sums]) / people
    bounds = statistics.estimate(whole)
    rows.append({"what": say("lastendruk.all"), "id": "all", **total, "low": bounds.low, "high": bounds.high})
    units = {"hours": "hours", "low": "hours", "high": "hours", "euros": "eur", "times": "count", "total": "eur"}
    columns = (
        Column("what", say(f"lastendruk.{counts.by}")),
        *(Column(name, say(f"lastendruk.{name}"), unit) for name, unit in units.items()),
        Column("id", say("table.name")),
    )
    title = say("lastendruk.title", scenario=pick(scenario.title), swv=say("asking.swv", n=people))
    notes = (say("lastendruk.note", n=number), say("run.model"))
    return Table("lastendruk", title, columns, rows, notes, frozenset({"low", "high", "id", "times"}))


def _plain(values: dict[str, Any]) -> dict[str, float]:
    return {name: float(value) for name, value in values.items()}


def _label(scenario: Scenario, by: str, name: str) -> str:
    if by == "actor":
        return say(f"actor.{name}") if known(f"actor.{name}") else name
    if by == "activity":
        return next(
            pick(node.step.label) for node in scenario.kader.file.werkwijze.walk() if node.step and node.id == name
        )
    if name == burden.NO_DUTY:
        return say("lastendruk.no_duty")
    return f"{name}: {pick(scenario.kader.obligations[name].versions[-1].text)}"


def _together(counts: Counts, groups: Sequence[Together]) -> Table:
    people = len(counts.swv)
    rows = []
    for group in groups:
        means = np.array([one[group.id] for one in counts.overlaps]).mean(axis=0) / people
        names = ("hours", "euros", "saved_hours", "saved_euros")
        rows.append({"what": pick(group.label), **dict(zip(names, means.tolist(), strict=True))})
    columns = (
        Column("what", say("lastendruk.together")), Column("hours", say("lastendruk.hours"), "hours"),
        Column("euros", say("lastendruk.euros"), "eur"), Column("saved_hours", say("lastendruk.saved_hours"), "hours"),
        Column("saved_euros", say("lastendruk.saved_euros"), "eur"),
    )  # fmt: skip
    return Table("together", say("lastendruk.together_title"), columns, rows)
