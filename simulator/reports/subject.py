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
class Held:
    """A visit that took place: its kind, the round of supervision in which it did, and the day numbers of its course.

    `adopted` is `NEVER` while its report was not.
    """

    visit: Visit
    round: str
    visited: int
    adopted: int


def held(player: Player, played: Replication, number: int) -> list[Held]:
    """Every visit to an swv, in order of time.

    Args:
        player, played: the scenario, and one replication of it.
        number: index of the swv.
    """
    found = []
    for visit in player.scenario.kader.file.visits:
        for round_, day in days_of(played, number, visit.visited).items():
            found.append(Held(visit, round_, day, days_of(played, number, visit.adopted).get(round_, NEVER)))
    return sorted(found, key=lambda one: one.visited)


def days_of(played: Replication, number: int, event: str) -> dict[str, int]:
    """The days of an event of an swv by round; of an event that supervision does not tell of, its one day."""
    by_round = {round_: day for (swv, _, round_), day in played.happened.of(event).items() if swv == number}
    days, kind = played.seen.days[event], played.looker.kader.events[event].items
    own = days[[number]] if kind is None else days[played.looker.item_owner[kind] == number]
    came = own[own < NEVER]
    return by_round or ({"": int(came.min())} if len(came) else {})


@dataclass(frozen=True)
class Subject:
    """Whom the report is about: one swv in one replication, at one visit, in a round of supervision."""

    player: Player
    played: Replication
    swv: Swv
    number: int
    visit: Visit
    visited: date
    round: str = ""

    def day(self, event: str) -> date | None:
        """The day of an event of this swv, in the round of the visit where it comes in rounds, if it came."""
        days = days_of(self.played, self.number, event)
        own = event in self.visit.course  # of its own course what came in another round does not count
        day = days.get(self.round, NEVER if own else days.get("", NEVER))
        return date_of(day) if day < NEVER else None


def subject(player: Player, played: Replication, code: str, wanted: str | None) -> Subject:
    """The swv and the visit to report on.

    It is the one wanted (`kind`, or `kind:2` for the second of that kind), else the one that gives a judgement, else the
    last that did more than look again; of several the last whose report was adopted.

    Raises:
        InputError: the swv does not take part, or was not visited.
    """
    codes = player.model.codes
    if code not in codes:
        raise InputError(Problem(say("table.unknown_swv", name=code), hint=nearest(code, codes)))
    number = codes.index(code)
    kinds = [visit.id for visit in player.scenario.kader.file.visits]
    kind, _, turn = (wanted or "").partition(":")
    if kind and kind not in kinds:
        raise InputError(Problem(say("report.no_visit_kind", name=kind), hint=nearest(kind, kinds)))
    came = [one for one in held(player, played, number) if kind in ("", one.visit.id)]
    if not came:
        raise InputError(Problem(say("report.no_visit", swv=code)))
    if turn:
        if not turn.isdecimal() or not 1 <= int(turn) <= len(came):
            raise InputError(Problem(say("report.no_turn", name=kind, turn=turn, swv=code, times=len(came))))
        chosen = came[int(turn) - 1]
    else:
        rule = player.scenario.kader.file.toezicht
        chosen = max(
            came,
            key=lambda one: (
                rule is not None and one.visit.id == rule.visit,
                rule is None or one.visit.id != rule.again,
                one.adopted < NEVER,
                one.visited,
            ),
        )
    return Subject(
        player, played, player.scenario.swv[code], number, chosen.visit, date_of(chosen.visited), chosen.round
    )
