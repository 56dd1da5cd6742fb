"""A praktijktoets held with every swv of a scenario: which share of them gets stuck on a case, where, and on what.

What each swv has is what its plan and its organisation show in a played replication on the day on which a case begins; the
walk is that of one plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import date_of, day_of
from simulator.base.errors import InputError, Problem, nearest
from simulator.base.language import pick, say
from simulator.engine.playing import StepFailed
from simulator.kader.model import period_days
from simulator.outcomes.play import Player
from simulator.outcomes.tallies import Lack, Practices, Tally
from simulator.plan import casebook, practising, walking
from simulator.plan.cases import STUCK
from simulator.plan.walking import Look, State

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from simulator.base.fields import Sector
    from simulator.kader.catalogue import Gap
    from simulator.outcomes.replication import Replication
    from simulator.plan.casebook import CaseFile
    from simulator.plan.cases import Case, Need
    from simulator.plan.walking import Walk
    from simulator.world.scenario import Scenario

SECTORS: tuple[Sector, Sector] = ("po", "vo")
States = dict[str, State]


def practise(
    scenario: Scenario, n: int, on: date | None = None, names: Sequence[str] = (),
    tick: Callable[[int], None] = lambda _: None, group: Sequence[str] | None = None,
) -> Practices:  # fmt: skip
    """Hold a praktijktoets with every swv, in some replications.

    Args:
        scenario: what is played; its seed counts.
        n: number of replications.
        on: the day of the praktijktoets; the cases play in the year after it, and not before the plans begin.
        names: the cases; all when empty.
        tick: called after each replication.
        group: the swv that hold it; all without it.

    Raises:
        InputError: the kader does not hold on that day, or there is no such case.
    """
    kader = scenario.kader
    holds = kader.file.holds
    if on and not holds.holds(on):
        until = holds.until or "..."
        message = say("check.outside", kader=kader.id, on=on, start=holds.start, until=until)
        raise InputError(Problem(message, hint=say("hint.other_day")))
    usual = kader.file.plan_period
    begins = period_days(usual.first_school_year, usual.school_years)["start"]
    floor = max(on, begins) if on else begins
    book = casebook.shipped()
    player = Player(scenario, list(scenario.swv) if group is None else group)
    sectors = [one for one in SECTORS if (player.looker.sector[player.group] == one).any()]
    tallies = [Tally(case, sector, start) for sector, case, start in _chosen(book, sectors, names, floor)]
    counting = _Counting(book, player, tallies)
    failed = 0
    for number in range(n):
        try:
            counting.count(player.replication(number))
        except StepFailed:
            failed += 1
        tick(1)
    who = scenario if group is None else scenario.among(group)
    return Practices(who, floor, n - failed, failed, tallies, counting.ordered(), counting.gaps())


def _chosen(
    book: CaseFile, sectors: list[Sector], names: Sequence[str], floor: date
) -> list[tuple[Sector, Case, date]]:
    known = {case.id for sector in sectors for case in book.chosen(sector)}
    if wrong := [name for name in dict.fromkeys(names) if name not in known]:
        possible = say("hint.choose", names=", ".join(sorted(known)))
        raise InputError(
            Problem(
                say("praktijktoets.no_case", name=name, sector=" / ".join(sectors)),
                hint=nearest(name, known) or possible,
            )
            for name in wrong
        )
    found = [(sector, case, case.first_day(floor)) for sector in sectors for case in book.chosen(sector)]
    return [(s, case, start) for s, case, start in found if start is not None and (not names or case.id in names)]


class _Counting:
    """Walks all cases of all swv, and the same case with the same things missing only once."""

    def __init__(self, book: CaseFile, player: Player, tallies: list[Tally]) -> None:
        self.book = book
        self.player = player
        self.tallies = tallies
        self.kader = player.scenario.kader
        self.lacks: dict[tuple[Sector, str], Lack] = {}
        self.days = sorted({day_of(tally.start) for tally in tallies})
        self.duties = {
            (tally.sector, tally.case.id): [name for name in self._needed(tally) if name in player.looker.number]
            for tally in tallies
        }
        self.memory: dict[tuple[str, str, tuple[State, ...]], Walk] = {}

    def _needed(self, tally: Tally) -> list[str]:
        return list(dict.fromkeys(need.duty for need in self.book.needs(tally.case)))

    def count(self, played: Replication) -> None:
        """Walk every case with every swv of a replication."""
        people = np.arange(len(self.player.model.codes))
        seen = played.seen.statuses(np.tile(people, len(self.days)), np.repeat(self.days, len(people)))
        column = {(int(swv), int(day)): number for number, (swv, day) in enumerate(zip(seen.swv, seen.on, strict=True))}
        rows = self.player.looker.number
        for swv in people[self.player.group].tolist():
            lacking: dict[str, list[str]] = {}
            sector = str(self.player.looker.sector[swv])
            for tally in self.tallies:
                if tally.sector != sector:
                    continue
                at = column[swv, day_of(tally.start)]
                states = {
                    name: _state(bool(seen.known[rows[name], at]), bool(seen.passed[rows[name], at]))
                    for name in self.duties[tally.sector, tally.case.id]
                }
                walk = self._walk(tally, states)
                tally.add(walk)
                for name in {rest.need.duty for rest in walk.rests if rest.look.state == State.MISSING}:
                    lacking.setdefault(name, [])
                for name in {rest.need.duty for rest in walk.rests if rest.effect == STUCK}:
                    lacking.setdefault(name, []).append(tally.case.id)
            self._note(sector, lacking)  # type: ignore[arg-type]

    def _walk(self, tally: Tally, states: States) -> Walk:
        key = tally.sector, tally.case.id, tuple(states.values())
        if key not in self.memory:

            def ask(need: Need, day: int) -> Look | None:
                version = practising.asked(self.kader, need, tally.sector, date_of(day))
                return Look(states[need.duty], version, {}) if version is not None else None

            self.memory[key] = walking.walk(self.book, tally.case, tally.sector, tally.start, ask)
        return self.memory[key]

    def _note(self, sector: Sector, lacking: dict[str, list[str]]) -> None:
        for name in {duty for (own, _), duties in self.duties.items() if own == sector for duty in duties}:
            lack = self.lacks.setdefault((sector, name), Lack(sector, name))
            lack.n += 1
            if name in lacking:
                lack.lacking += 1
                lack.stuck += len(lacking[name])
                lack.cases.update(lacking[name])

    def gaps(self) -> list[Gap]:
        """The times of which the law was not read, as far as what was walked rests on them."""
        by_sector = {sector: [one for key, one in self.memory.items() if key[0] == sector] for sector in SECTORS}
        found = [gap for sector, walks in by_sector.items() for gap in practising.unread(self.kader, sector, walks)]
        return list({pick(gap.note): gap for gap in found}.values())

    def ordered(self) -> list[Lack]:
        """What was missing, by sector, with what stops the most cases first."""
        there = [lack for lack in self.lacks.values() if lack.lacking]
        return sorted(there, key=lambda one: (one.sector, -one.stuck / one.n, -one.lacking / one.n, one.duty))


def _state(known: bool, passed: bool) -> State:
    if not known:
        return State.UNKNOWN
    return State.OK if passed else State.MISSING
