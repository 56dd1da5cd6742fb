"""One plan played many times in the scenario of its kader: what a visit would find, and how often."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from simulator.base import resources, yamlfile
from simulator.base.days import NEVER, day_of
from simulator.kader.assess import Status
from simulator.outcomes.play import Player
from simulator.plan import checking
from simulator.world import participants
from simulator.world import scenario as scenarios

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.plan.reading import PlanFile
    from simulator.world.scenario import Scenario


@dataclass(frozen=True)
class Tried:
    """What came out of playing a plan.

    Attributes:
        scenario: what was played.
        n: how many times.
        on_time: share in which the plan was sent before 1 May.
        seen: share in which the Inspectie came to look at all.
        not_met: per own duty the share of those in which it was not met when the Inspectie last looked; what the plan
            file settles by its dates is not left to luck.
    """

    scenario: str
    n: int
    on_time: float
    seen: float
    not_met: dict[str, float]


def fits(file: PlanFile) -> bool:
    """Whether a scenario plays plans of this plan's first school year."""
    return scenario_name(file) is not None


def scenario_name(file: PlanFile) -> str | None:
    """The scenario that plays plans of this plan's first school year: that of its kader, else a shipped one under it.

    Variants of another scenario are passed over: what they change is a question of their own.
    """
    kader, year = file.kader.file, file.plan.period.first_school_year
    if year == kader.plan_period.first_school_year:
        return kader.scenario
    for path in sorted(resources.shipped("scenarios").glob("*.yaml")):
        told = yamlfile.read(path).data
        period = told.get("plan_period") or {}
        if "extends" not in told and told.get("kader") == file.kader.id and period.get("first_school_year") == year:
            return path.stem
    return None


def scenario_of(file: PlanFile) -> Scenario:
    """The scenario that plays a plan with the swv of that plan, beside the swv that it must consult."""
    base = scenarios.load(scenario_name(file) or file.kader.file.scenario)
    code = file.plan.swv
    own = participants.with_plan(base.swv[code], file.plan, file.path)
    near = {code, *own.overlaps}
    return replace(
        base, kader=file.kader, swv={name: swv for name, swv in {**base.swv, code: own}.items() if name in near},
        plans={code: file.plan}, plan_files={code: file.path.as_posix()},
    )  # fmt: skip


def play(file: PlanFile, n: int, tick: Callable[[int], None] = lambda _: None) -> Tried:
    """Play the swv of a plan with the content of that plan, beside the swv that it must consult.

    Args:
        file: the plan with its kader.
        n: number of replications.
        tick: called after each.
    """
    chosen = scenario_of(file)
    player = Player(chosen)
    number = player.model.codes.index(file.plan.swv)
    sent, last = [], []
    for replication in range(n):
        played = player.replication(replication)
        sent.append(int(played.seen.days["sent"][number]))
        last.append(_last_look(played, player, number))
        tick(1)
    looks = [look for look in last if look is not None]
    names = player.looker.duties
    counts = {
        name: sum(bool(look[row]) for look in looks) for row, name in enumerate(names) if player.looker.counts[row]
    }
    shares = {name: count / len(looks) for name, count in counts.items()} if looks else {}
    shares |= _settled(file) if looks else {}
    deadline = int(player.looker.periods["plan_start"][number]) - _BEFORE_START
    return Tried(
        chosen.id, n, _on_time(file, sent, deadline), len(looks) / n,
        {name: share for name, share in shares.items() if share},
    )  # fmt: skip


_BEFORE_START = 92
"""Days from 1 May to 1 August."""


def _on_time(file: PlanFile, sent: list[int], deadline: int) -> float:
    """The share sent in time; when the plan file tells the day, that day counts and not those that were played."""
    told = file.plan.known_events.get("sent")
    days = [day_of(told)] if isinstance(told, date) else sent
    return float(np.mean([day < deadline for day in days]))


def _settled(file: PlanFile) -> dict[str, float]:
    """Duties about dates that the plan file settles: 0 for what was met when it was sent, 1 for what was not."""
    if not isinstance(file.plan.known_events.get("sent"), date):
        return {}
    checked = checking.check(file)
    outcomes = {Status.MET: 0.0, Status.NOT_MET: 1.0}
    return {
        one.obligation: outcomes[one.status]
        for one in checked.own
        if one.version.checks.timing and one.status in outcomes
    }


def _last_look(played: object, player: Player, number: int) -> np.ndarray | None:
    """Which duties were not met at the last visit of a replication; None when there was none."""
    found: tuple[int, np.ndarray] | None = None
    looked, where = played.looked, played.where  # type: ignore[attr-defined]
    for visit in player.scenario.kader.file.visits:
        for column in where[visit.id]:
            day = int(looked.on[column])
            if looked.swv[column] == number and day < NEVER and (found is None or day > found[0]):
                found = day, looked.status[:, column] == Status.NOT_MET
    return found[1] if found else None
