"""One plan played many times in the scenario of its kader: what a visit would find, and how often."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import NEVER
from simulator.kader.assess import Status
from simulator.outcomes.play import Player
from simulator.world import scenario as scenarios

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.plan.reading import PlanFile


@dataclass(frozen=True)
class Tried:
    """What came out of playing a plan.

    Attributes:
        scenario: what was played.
        n: how many times.
        on_time: share in which the plan was sent before 1 May.
        seen: share in which the Inspectie came to look at all.
        not_met: per own duty the share of those in which it was not met when the Inspectie last looked.
    """

    scenario: str
    n: int
    on_time: float
    seen: float
    not_met: dict[str, float]


def fits(file: PlanFile) -> bool:
    """Whether the scenario of the kader plays plans of this plan's first school year."""
    return file.plan.period.first_school_year == file.kader.file.plan_period.first_school_year


def play(file: PlanFile, n: int, tick: Callable[[int], None] = lambda _: None) -> Tried:
    """Play the swv of a plan with the content of that plan, beside the swv that it must consult.

    Args:
        file: the plan with its kader.
        n: number of replications.
        tick: called after each.
    """
    base = scenarios.load(file.kader.file.scenario)
    code = file.plan.swv
    near = {code, *base.swv[code].overlaps}
    chosen = replace(
        base, kader=file.kader, swv={name: swv for name, swv in base.swv.items() if name in near},
        plans={code: file.plan}, plan_files={code: file.path.as_posix()},
    )  # fmt: skip
    player = Player(chosen)
    number = player.model.codes.index(code)
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
    deadline = int(player.looker.periods["plan_start"][number]) - _BEFORE_START
    return Tried(
        base.id, n, float(np.mean([day < deadline for day in sent])), len(looks) / n,
        {name: count / len(looks) for name, count in counts.items() if count} if looks else {},
    )  # fmt: skip


_BEFORE_START = 92
"""Days from 1 May to 1 August."""


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
