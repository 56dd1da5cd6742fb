"""What there is to tell of one swv in one replication, as plain data, with the origin of every figure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import NEVER, date_of, day_of
from simulator.base.language import pick
from simulator.kader import judgement
from simulator.kader.assess import Assessment, Status, explain
from simulator.kader.standards import Aspect
from simulator.outcomes import toezicht
from simulator.reports import asseen, origins

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from simulator.kader.duties import Version
    from simulator.kader.judgement import Order
    from simulator.kader.model import KaderFile
    from simulator.kader.standards import Indicator
    from simulator.reports.asseen import AsSeen
    from simulator.reports.subject import Subject


_MISSED = (Status.NOT_MET, Status.NOT_ASSESSABLE)


@dataclass(frozen=True)
class Duty:
    """A duty as it was seen on the day of the visit.

    Attributes:
        roots: the duties that hold it back, other than itself.
        due: the last day on which it could be met; None when there is none to name.
        origins: where what decided its status comes from.
        mistaken: whether an inspector saw it otherwise than it was: a shortfall that is none, or none that is.
        seen: whether the inspectors saw what is not in order; at a visit that looks at all, always.
    """

    id: str
    version: Version
    article: str
    status: Status
    roots: tuple[str, ...]
    due: date | None
    origins: frozenset[str]
    mistaken: bool = False
    seen: bool = True

    @property
    def counts(self) -> bool:
        """Whether it is the swv's own, in law, and not of choice."""
        return self.version.counts

    @property
    def missed(self) -> bool:
        """Whether there is something to say about it."""
        return self.status in _MISSED


class Context:
    """One swv at one visit, ready to be told about."""

    def __init__(self, about: Subject) -> None:
        self.about = about
        self.scenario = about.player.scenario
        self.file: KaderFile = self.scenario.kader.file
        self.plan = self.scenario.plans.get(about.swv.code)
        self.report = next(report for report in self.file.reports if report.holds(about.visited, about.visit.id))
        self.area = about.swv.area(about.visited)

    @cached_property
    def assessment(self) -> Assessment:
        """The duties on the day of the visit."""
        about = self.about
        return about.played.seen.assessments(np.array([about.number]), np.array([day_of(about.visited)]))[0][1]

    def assessed(self, name: str) -> Assessment:
        """The duties by a law that has one of them: of the day of the visit, else of a later day on which it was found."""
        return self.assessment if name in self.assessment.law.versions else self._later

    @cached_property
    def _later(self) -> Assessment:
        """The duties on the day on which the report was adopted: what came in force in the meantime can be found too."""
        day = self.about.day(self.about.visit.adopted) or self.scenario.period.until
        return self.about.played.seen.assessments(np.array([self.about.number]), np.array([day_of(day)]))[0][1]

    @cached_property
    def seen(self) -> AsSeen | None:
        """The onderzoek as the inspectors saw it, for a visit that gives a judgement."""
        return asseen.of(self.about)

    @cached_property
    def duties(self) -> dict[str, Duty]:
        """Every duty that held on that day, prerequisites first; of an onderzoek the own ones that it looked at."""
        own = self.seen.alone if self.seen else None
        law = self.assessment.law.versions
        names = [name for name, version in law.items() if own is None or name in own or not version.counts]
        found = self.seen.found if self.seen else ()
        since = [name for name in self._later.law.versions if name not in law and name in found] if found else []
        return {name: self._duty(name) for name in [*names, *since]}

    def _duty(self, name: str) -> Duty:
        assessment = self.assessed(name)
        version = assessment.law.versions[name]
        roots = [root for root in self._truly(name) if not self._seen_met(root)]
        mistaken, status = self._mistaken(name), self._status(name)
        return Duty(
            name, version, version.article[self.about.swv.sector],  # type: ignore[index]
            status, tuple(roots), last_day(assessment, name),
            frozenset(["drawn"] if mistaken else origins.of_duty(self.about, assessment, name)), mistaken,
            not version.counts or self._saw(name, status, roots),
        )  # fmt: skip

    def _saw(self, name: str, status: Status, roots: Collection[str]) -> bool:
        """Whether what a report says of a duty was seen: itself, or all that keeps it from being assessed."""
        if self.seen is None or status not in _MISSED or name in self.seen.found:
            return True
        return status == Status.NOT_ASSESSABLE and bool(roots) and self.seen.found.issuperset(roots)

    @cached_property
    def unseen(self) -> list[Duty]:
        """Own duties in law that were not in order on the day of an onderzoek and that its inspectors did not see.

        They did not look at them, or overlooked them; what a look again did not have to look at is not among them.
        """
        if self.seen is None:
            return []
        every = self.assessment.law.versions if self.seen.looks_at_all else self.seen.examined
        rows = [self._unseen(name) for name in self.assessment.law.versions if name in every]
        return sorted((duty for duty in rows if duty is not None), key=lambda duty: duty.status != Status.NOT_MET)

    @cached_property
    def overlooked(self) -> frozenset[str]:
        """Own duties that the inspectors took for in order and that were not: they count as met, and stand as unseen."""
        return frozenset(
            duty.id for duty in self.unseen if duty.id in self.statuses and not self.duties[duty.id].missed
        )

    def _unseen(self, name: str) -> Duty | None:
        version, told = self.assessment.law.versions[name], self.duties.get(name)
        if not version.counts or version.basis != "law" or version.optional or self._ahead(name):
            return None
        if told is not None and told.missed:
            return None if told.seen else told
        status, roots = Status(int(self.assessment.status[name][0])), tuple(self._truly(name))
        overlooked = told is None or told.mistaken
        if status not in _MISSED or not overlooked:
            return None
        return Duty(
            name, version, version.article[self.about.swv.sector],  # type: ignore[index]
            status, roots, last_day(self.assessment, name),
            frozenset(origins.of_duty(self.about, self.assessment, name)), seen=False,
        )  # fmt: skip

    def _mistaken(self, name: str) -> bool:
        """Whether an onderzoek saw a duty otherwise than its own check has it; what is seen amiss is drawn."""
        if self.seen is None or name not in self.seen.examined:
            return False
        own, seen = self.assessed(name).own[name], self.seen.status(name)
        return bool(own.true[0] if seen == Status.NOT_MET else own.false[0])

    def _ahead(self, name: str) -> bool:
        """Whether what a duty asks is to be done by a date that lies ahead: nobody can have seen that it was done."""
        version = self.assessed(name).law.versions[name]
        last = last_day(self.assessed(name), name)
        by_date = version.due.date is not None and not version.checks.timing
        return by_date and last is not None and last > self.about.visited

    def _truly(self, name: str) -> list[str]:
        """What holds a duty back, whether an inspector saw it or not."""
        return sorted(set(explain(self.assessed(name), name).roots()) - {name})

    def _seen_met(self, name: str) -> bool:
        """Whether an onderzoek looked at a duty and saw nothing amiss."""
        return self.seen is not None and name in self.seen.examined and self.seen.status(name) == Status.MET

    def _status(self, name: str) -> Status:
        """As an onderzoek saw it: what rests only on duties that it took for met is judged by itself."""
        if self.seen is not None and name in self.seen.examined:
            status = self.seen.status(name)
            return Status.NOT_YET_DUE if status == Status.MET and self._ahead(name) else status
        if self._ahead(name):
            return Status.NOT_YET_DUE
        status, roots = Status(int(self.assessed(name).status[name][0])), self._truly(name)
        if status != Status.NOT_ASSESSABLE or not roots or not all(self._seen_met(root) for root in roots):
            return status
        own = self.assessed(name).own[name]
        return Status.MET if own.true[0] else Status.NOT_MET if own.false[0] else status

    @cached_property
    def statuses(self) -> dict[str, Status]:
        """Statuses of the duties that count as findings about the swv."""
        return {name: duty.status for name, duty in self.duties.items() if duty.counts}

    @property
    def findings(self) -> list[Duty]:
        """Own duties not met, then those that cannot be assessed, as far as the inspectors saw it."""
        return [duty for duty in self._missed(own=True) if duty.seen]

    @property
    def conditions(self) -> list[Duty]:
        """Duties of others that are not met or cannot be assessed; they do not count."""
        return self._missed(own=False)

    def _missed(self, *, own: bool) -> list[Duty]:
        rows = [
            duty
            for duty in self.duties.values()
            if duty.counts == own and duty.version.basis == "law" and not duty.version.optional and duty.missed
        ]
        return sorted(rows, key=lambda duty: duty.status != Status.NOT_MET)

    @property
    def remarks(self) -> list[Duty]:
        """What could be better by practice, or is a risk by case law; no article of the law asks it."""
        return [duty for duty in self.duties.values() if duty.version.basis != "law" and duty.status == Status.NOT_MET]

    @cached_property
    def orders(self) -> list[Order]:
        """The herstelopdrachten that follow."""
        if self.seen is not None:
            return self.seen.orders()
        return judgement.orders(self.scenario.kader, self.assessment, self.about.visited)

    @cached_property
    def given(self) -> dict[str, int]:
        """The days on which orders of this visit were given, by duty; in a kader that plays none the day of the report.

        The plan check of a plan of the user tells every order that its shortfalls lead to: those that are not here too,
        since in this replication nobody saw the shortfall.
        """
        about, rule = self.about, self.file.toezicht
        if rule is None or rule.given is None:
            adopted = about.day(about.visit.adopted)
            return {one.obligation: day_of(adopted) for one in self.orders} if adopted else {}
        return {
            one.duty: one.given for one in about.played.orders
            if (one.swv, one.round) == (about.number, about.round) and one.state != "repaired_before_final"
        }  # fmt: skip

    def last_of(self, order: Order) -> date | None:
        """The last day of the term of an order; None for one that was not given."""
        day = self.given.get(order.obligation)
        return None if day is None else date_of(toezicht.due(self.scenario.kader, order.obligation, day))

    @property
    def binding(self) -> bool:
        """Whether shortfalls lead to orders on the day of the visit."""
        rule = self.file.decision.orders
        return rule is not None and rule.start <= self.about.visited

    @property
    def overall(self) -> str:
        """The judgement on the whole."""
        return judgement.judge_whole(self.file, self.statuses)

    def judged(self, one: Indicator | Aspect) -> str:
        """The judgement on an indicator or an aspect."""
        if isinstance(one, Aspect):
            return judgement.judge_aspect(self.file.decision, one, self.statuses).judgement
        return judgement.judge_indicator(self.file.decision, one, self.statuses).judgement

    def under(self, one: Indicator) -> list[Duty]:
        """The own duties that count towards an indicator."""
        return [self.duties[name] for name in one.obligations if name in self.duties and self.duties[name].counts]

    @property
    def unexamined(self) -> tuple[str, ...]:
        """Indicators that no duty counts towards."""
        return tuple(
            f"{one.id} {pick(one.name)}"
            for aspect in self.file.standards.aspects
            for one in aspect.indicators
            if not self.under(one)
        )

    @property
    def loose(self) -> list[Duty]:
        """Own duties under no indicator at all."""
        named = {
            name for aspect in self.file.standards.aspects for one in aspect.indicators for name in one.obligations
        }
        return [duty for name, duty in self.duties.items() if duty.counts and name not in named]

    def counts(self) -> list[tuple[Status, int]]:
        """How many own duties have each status, best first."""
        found = list(self.statuses.values())
        return [(status, found.count(status)) for status in sorted(Status, reverse=True)]

    def origins(self) -> frozenset[str]:
        """Where everything that decided comes from."""
        return frozenset(origin for name in self.statuses for origin in self.duties[name].origins)


def last_day(assessment: Assessment, name: str) -> date | None:
    """The last day on which a duty of an swv that was assessed alone could be met; None when there is none to name."""
    due = assessment.law.versions[name].due
    last = int(np.broadcast_to(due.last_day(assessment.columns.events), (1,))[0])
    return date_of(last) if abs(last) < NEVER and due.before is None else None
