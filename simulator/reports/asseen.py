"""An onderzoek as the inspectors saw it: what they found, which is not all that was wrong, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from simulator.base.days import NEVER, date_of
from simulator.kader.assess import Status
from simulator.kader.judgement import Order, standards_of
from simulator.outcomes import toezicht

if TYPE_CHECKING:
    from simulator.kader.toezicht import Toezicht
    from simulator.outcomes.toezicht import Key
    from simulator.reports.subject import Subject


@dataclass(frozen=True)
class Became:
    """What became of a finding: an order state, `dropped`, or `running` under an earlier order; the day if it ended."""

    duty: str
    how: str
    day: date | None


class AsSeen:
    """An onderzoek of one swv, or the look again at what it ordered.

    Attributes:
        examined: the duties that it looked at.
        found: those in which a shortfall stands in the report.
        alone: the own duties that the report is about; None for all that hold, as long as there are no orders.
        looks_at_all: whether it is about the whole swv, and not about what was found before or about the plan alone.
    """

    def __init__(self, about: Subject, rule: Toezicht) -> None:
        play, file = about.played, about.player.scenario.kader.file
        self.about, self.rule = about, rule
        self.round = about.round
        self.gives_orders = about.visit.id != rule.again
        self.looks_at_all = about.visit.id == rule.visit
        if about.visit.id == rule.standing:
            self.found = {duty for _, duty, _ in self._days(rule.given)}
            self.examined = frozenset(file.elements[about.swv.sector]) | self.found  # type: ignore[index]
        elif about.visit.id == rule.again:
            self.examined = frozenset(duty for _, duty, _ in self._days(rule.given or rule.seen))
            self.found = {duty for _, duty, _ in self._days(rule.overdue)}
        else:
            self.examined = frozenset(file.examined.get(about.swv.sector, ()))  # type: ignore[call-overload]
            self.found = toezicht.open_findings(rule, play.happened, about.number, self.round, NEVER)
        self.alone = self.examined if rule.given or about.visit.id == rule.again else None

    def status(self, duty: str) -> Status:
        """A duty as the report has it; one in which nothing was found counts as met."""
        return Status.NOT_MET if duty in self.found else Status.MET

    def orders(self) -> list[Order]:
        """The orders of the report, in the order of the law."""
        kader = self.about.player.scenario.kader
        rule = kader.file.decision.orders
        given = {
            one.duty for one in self.about.played.orders if (one.swv, one.round) == (self.about.number, self.round)
        }
        return [
            Order(name, standards_of(kader.file, name), rule.months(duty.group))
            for name, duty in kader.obligations.items()
            if rule is not None and self.gives_orders and name in given & self.found
        ]

    def became(self, until: int) -> list[Became]:
        """What had become of every finding of the draft report by a day: that of the report, which knows nothing later."""
        own = (self.about.number, self.round)
        dropped = self._days(self.rule.dropped)
        found = [Became(duty, "dropped", date_of(day)) for (_, duty, _), day in dropped.items()]
        found += [Became(duty, "running", None) for _, duty, _ in self._days(self.rule.running)]
        found += [
            Became(one.duty, state, date_of(one.settled) if state != "open" and one.settled <= until else None)
            for one in self.about.played.orders
            if (one.swv, one.round) == own and one.given <= until
            for state in [self._state(one, until)]
        ]
        order = list(self.about.player.scenario.kader.obligations)
        return sorted(found, key=lambda one: order.index(one.duty))

    def _state(self, one: toezicht.Order, until: int) -> str:
        """The state of an order on a day."""
        key = (one.swv, one.duty, one.round)
        came = {
            "escalated": self.about.played.happened.of(self.rule.escalated).get(key, NEVER),
            "overdue": one.until + 1,
        }
        return one.state if came.get(one.state, one.settled) <= until else "open"

    def _days(self, event: str | None) -> dict[Key, int]:
        own = (self.about.number, self.round)
        return {key: day for key, day in self.about.played.happened.of(event).items() if (key[0], key[2]) == own}


def of(about: Subject) -> AsSeen | None:
    """The onderzoek as it was seen, for a visit that gives a judgement or looks again; None for other visits.

    The plan check of a plan that the user gave is told in full: what chance would have it miss is what he wants to know.
    """
    rule = about.player.scenario.kader.file.toezicht
    if rule is not None and about.visit.id == rule.standing and about.swv.code in about.player.scenario.plans:
        return None
    return (
        AsSeen(about, rule) if rule is not None and about.visit.id in (rule.visit, rule.again, rule.standing) else None
    )
