"""Whom a report is about: one swv in one replication, at one visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.base.days import NEVER, date_of
from simulator.base.errors import InputError, Problem, nearest
from simulator.base.language import say

if TYPE_CHECKING:
    from datetime import date

    from simulator.kader.model import Visit
    from simulator.outcomes.play import Player
    from simulator.outcomes.replication import Replication
    from simulator.world.population import Swv


@dataclass(frozen=True)
class Subject:
    """Whom the report is about: one swv in one replication, at one visit."""

    player: Player
    played: Replication
    swv: Swv
    number: int
    visit: Visit
    visited: date

    def day(self, event: str) -> date | None:
        """The day of an event of this swv that comes once, if it came."""
        day = int(self.played.seen.days[event][self.number])
        return date_of(day) if day < NEVER else None


def subject(player: Player, played: Replication, code: str, wanted: str | None) -> Subject:
    """The swv and the visit to report on.

    It is the one wanted, else the one that gives a judgement, else the last that did more than look again.

    Raises:
        InputError: the swv does not take part, or was not visited.
    """
    codes = player.model.codes
    if code not in codes:
        raise InputError(Problem(say("table.unknown_swv", name=code), hint=nearest(code, codes)))
    number = codes.index(code)
    visits = player.scenario.kader.file.visits
    if wanted and wanted not in {visit.id for visit in visits}:
        raise InputError(
            Problem(say("report.no_visit_kind", name=wanted), hint=nearest(wanted, [v.id for v in visits]))
        )
    held = [
        (int(day), visit)
        for visit in visits
        if (day := played.seen.days[visit.visited][number]) < NEVER and wanted in (None, visit.id)
    ]
    if not held:
        raise InputError(Problem(say("report.no_visit", swv=code)))
    rule = player.scenario.kader.file.toezicht
    day, visit = max(
        held,
        key=lambda pair: (
            rule is not None and pair[1].id == rule.visit,
            rule is None or pair[1].id != rule.again,
            pair[0],
        ),
    )
    return Subject(player, played, player.scenario.swv[code], number, visit, date_of(day))
