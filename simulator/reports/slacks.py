"""Which steps with a last day in the law an swv and its boards took, and when: one answer for every report.

A report on a visit asks it of that day; a dossier of many days, those of the visits among them, so that it holds every row
that the reports on those visits have. What never happened is among them: it is late as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import NEVER, day_of
from simulator.base.language import pick
from simulator.kader import timing
from simulator.reports.context import last_day
from simulator.reports.pictures.slack import Slack
from simulator.reports.subject import held

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from simulator.base.fields import Sector
    from simulator.kader.assess import Assessment
    from simulator.kader.duties import Version
    from simulator.kader.model import Kader
    from simulator.outcomes.play import Player
    from simulator.outcomes.replication import Replication

_WHOSE = ("swv", "boards")
"""Whose steps count: the boards found the legal person without which the swv can do nothing (GOV-3)."""


_YEAR = 365


def whole(player: Player, played: Replication, number: int) -> list[Slack]:
    """The steps of an swv over a whole replication.

    It is looked at every year beside the days of the visits, since a later law no longer knows some of the dates.
    """
    visits = [one.visited for one in held(player, played, number)]
    start, stop = player.model.start, player.model.stop
    return slacks(player, played, number, [*visits, *range(start, stop, _YEAR), stop])


def slacks(
    player: Player, played: Replication, number: int, days: Sequence[int], only: Collection[str] | None = None
) -> list[Slack]:
    """Every event that a date of the law waited for, in order of that date; one duty per event and date.

    Args:
        player, played: the scenario, and one replication of it.
        number: the index of the swv.
        days: day numbers on which is looked; what a later look saw takes the place of what an earlier one did.
        only: the duties of the swv that are meant; all when not given.
    """
    kader, sector = player.scenario.kader, player.scenario.swv[player.model.codes[number]].sector
    found: dict[tuple[str, int], Slack] = {}
    for day in sorted(set(days)):
        seen = played.seen.assessments(np.array([number]), np.array([day]))[0][1]
        found |= dict(reversed(list(_on(kader, sector, seen, day, only))))  # type: ignore[arg-type]
    return sorted(found.values(), key=lambda one: (one.last, one.duty))


def _on(
    kader: Kader, sector: Sector, seen: Assessment, on: int, only: Collection[str] | None
) -> Iterator[tuple[tuple[str, int], Slack]]:
    for name, version in seen.law.versions.items():
        due, event = last_day(seen, name), event_of(kader, version)
        meant = only is None or name in only or version.actor != "swv"
        if due is None or event is None or day_of(due) > on or not meant:
            continue
        day = int(np.broadcast_to(seen.columns.events[event].day, (1,))[0])
        label = pick(kader.events[event].label)
        last = day_of(due)
        yield (event, last), Slack(label, name, version.article[sector], min(day, NEVER), last)


def event_of(kader: Kader, version: Version) -> str | None:
    """The event that a duty in law of the swv or its boards judges by its date; None when there is none."""
    if version.actor not in _WHOSE or version.basis != "law" or version.optional or not version.checks.timing:
        return None
    names = (name for name, _ in timing.parse(version.checks.timing).names())
    event = next((name for name in names if not kader.events[name].period), None)
    return event if event is not None and not kader.events[event].change else None
