"""A plan held against the law of a day: every duty with its status, what it rests on, and what lies ahead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import NEVER, date_of
from simulator.base.errors import InputError, Problem
from simulator.base.language import say
from simulator.kader.assess import Cause, Status, explain
from simulator.plan import facts

if TYPE_CHECKING:
    from datetime import date

    from simulator.kader.assess import Assessment
    from simulator.kader.catalogue import Gap
    from simulator.kader.duties import Version
    from simulator.kader.model import Kader
    from simulator.plan.model import Plan
    from simulator.plan.reading import PlanFile
    from simulator.plan.waivers import Waiver

_UNSURE = ("assumed", "unverified")


class Kind(StrEnum):
    """What a status means to who wrote the plan; a risk comes from case law, advice (*kan beter*) from practice."""

    SHORTFALL = "shortfall"
    RISK = "risk"
    ADVICE = "advice"
    ACCEPTED = "accepted"
    UNKNOWN = "unknown"
    TODO = "todo"
    MET = "met"
    LATER = "later"
    NOT_APPLICABLE = "not_applicable"


_BY_BASIS = {"case_law": Kind.RISK, "practice": Kind.ADVICE}
"""What is missed outside the law: it can lead to no order."""


@dataclass(frozen=True)
class Finding:
    """What was seen about one duty.

    Attributes:
        kind: what the status means; a question left empty is `UNKNOWN`, never a shortfall.
        cause: the chain to the root causes of the status.
        last_day: the last day on which it can still be done in time, when there is one.
        waiver: why a shortfall is accepted for now.
        new: false for a shortfall that the baseline knew.
    """

    obligation: str
    status: Status
    kind: Kind
    version: Version
    cause: Cause
    last_day: date | None
    assumed: bool
    waiver: Waiver | None = None
    new: bool = True

    @property
    def roots(self) -> list[str]:
        """The duties at the end of the chain, other than itself."""
        return sorted(set(self.cause.roots()) - {self.obligation})


@dataclass(frozen=True)
class Checked:
    """A plan with its findings on a day.

    Attributes:
        as_filed: whether the plan was judged as if it was sent on that day.
        gaps: times of which the law was not read, as far as a finding rests on them.
    """

    file: PlanFile
    on: date
    as_filed: bool
    assessment: Assessment
    findings: list[Finding]
    gaps: list[Gap]

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.file.plan

    @property
    def own(self) -> list[Finding]:
        """Findings about duties of the swv itself."""
        return [one for one in self.findings if one.version.counts]

    def of(self, *kinds: Kind) -> list[Finding]:
        """Own findings of some kinds."""
        return [one for one in self.own if one.kind in kinds]

    @property
    def failed(self) -> bool:
        """Whether something is wrong that is neither accepted nor known from before, or not filled in."""
        return any(one.new for one in self.of(Kind.SHORTFALL)) or bool(self.of(Kind.UNKNOWN))


def check(file: PlanFile, on: date | None = None, *, strict_law: bool = False) -> Checked:
    """Hold a plan against the law.

    Args:
        file: the plan with its kader.
        on: the day to look on; else the day on which the plan was sent, or the last day to send it, as if it was sent.
        strict_law: refuse to rest on versions of the law that were not read.

    Raises:
        InputError: the kader does not hold on that day, or the law was not read and that is not allowed.
    """
    plan, kader = file.plan, file.kader
    as_filed = on is None
    day = on or facts.default_day(plan)
    within(file, day, as_filed=as_filed)
    assessment = facts.assess_plan(plan, kader, day, as_sent=as_filed)
    gaps = {name: _gaps(kader, plan, version, day) for name, version in assessment.law.versions.items()}
    if strict_law and (unread := sorted(name for name, found in gaps.items() if found)):
        raise InputError(Problem(say("check.strict", names=", ".join(unread), on=day), file.path.as_posix()))
    findings = [_finding(assessment, name, bool(gaps[name])) for name in assessment.law.versions]
    rests_on = list(dict.fromkeys(gap for found in gaps.values() for gap in found))
    return Checked(file, day, as_filed, assessment, findings, rests_on)


def within(file: PlanFile, on: date, *, as_filed: bool) -> None:
    """Nothing when the kader of a plan holds on a day.

    Raises:
        InputError: it does not; `as_filed` tells whether the day comes from the plan itself.
    """
    holds = file.kader.file.holds
    if holds.holds(on):
        return
    message = say("check.outside", kader=file.kader.id, on=on, start=holds.start, until=holds.until or "...")
    loc = ("events", "sent") if as_filed and "sent" in file.plan.events else ("period",)
    if as_filed:
        raise InputError(file.document.problem(message, loc, hint=say("hint.other_kader")))
    raise InputError(Problem(message, hint=say("hint.other_kader")))


def _gaps(kader: Kader, plan: Plan, version: Version, on: date) -> list[Gap]:
    return [gap for gap in kader.unread(plan.sector) if gap.covers(on, plan.sector, version.article[plan.sector])]


def _finding(assessment: Assessment, name: str, unread: bool) -> Finding:
    version = assessment.law.versions[name]
    status = Status(int(assessment.status[name][0]))
    cause = explain(assessment, name)
    last = int(np.broadcast_to(version.due.last_day(assessment.columns.events), (1,))[0])
    last_day = date_of(last) if abs(last) < NEVER else None
    unsure = unread or version.confidence in _UNSURE
    kind = _kind(assessment, status, cause, last_day)
    if status == Status.NOT_MET:
        kind = _BY_BASIS.get(version.basis, kind)
    return Finding(name, status, kind, version, cause, last_day, unsure)


def _kind(assessment: Assessment, status: Status, cause: Cause, last_day: date | None) -> Kind:
    if status == Status.NOT_ASSESSABLE:
        failed = any(assessment.own[root].false[0] for root in cause.roots())
        return Kind.SHORTFALL if failed else Kind.UNKNOWN
    if status == Status.NOT_YET_DUE:
        return Kind.TODO if last_day else Kind.LATER
    return {Status.NOT_MET: Kind.SHORTFALL, Status.MET: Kind.MET}.get(status, Kind.NOT_APPLICABLE)


def accept(checked: Checked, waivers: list[Waiver]) -> Checked:
    """The findings with the shortfalls that are accepted on that day marked so."""
    by_duty = {one.obligation: one for one in waivers if one.holds(checked.on)}
    findings = [
        replace(one, kind=Kind.ACCEPTED, waiver=by_duty[one.obligation])
        if one.kind == Kind.SHORTFALL and one.obligation in by_duty
        else one
        for one in checked.findings
    ]
    return replace(checked, findings=findings)


def since(checked: Checked, known: set[str]) -> Checked:
    """The findings with the shortfalls that were there before marked so."""
    findings = [replace(one, new=one.obligation not in known) for one in checked.findings]
    return replace(checked, findings=findings)
