"""A praktijktoets: pupil cases walked through a plan, and what there is to do after it.

After the praktijktoets of PO-Raad and VO-raad (2013-2014): cases against the organisation, an action list on the same
day, no judgement. The cases play in the year after the day of the praktijktoets; what counts is what the plan holds,
and what the law asks, on the day of each step.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from simulator.base.days import date_of, day_of
from simulator.kader.model import period_days
from simulator.plan import casebook, checking, facts, walking, wording
from simulator.plan.cases import OPEN, STUCK
from simulator.plan.walking import Look, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from simulator.base.fields import Sector
    from simulator.kader.catalogue import Gap
    from simulator.kader.duties import Version
    from simulator.kader.model import Kader
    from simulator.plan.cases import Case, Need
    from simulator.plan.model import Answer, Plan
    from simulator.plan.reading import PlanFile
    from simulator.plan.walking import Walk

_WORST = (State.MISSING, State.UNKNOWN, State.VAGUE, State.OK)


@dataclass(frozen=True)
class Action:
    """Something to write, to arrange or to find out.

    Attributes:
        on: the need, as a duty or a question of one.
        unblocks: the cases that get stuck on it.
        helps: the other cases that take a detour for it.
        settles: the other cases of which it is not known how they go without it.
        before: the first day on which a case leans on it.
    """

    on: str
    look: Look
    unblocks: tuple[str, ...]
    helps: tuple[str, ...]
    settles: tuple[str, ...]
    before: int


@dataclass(frozen=True)
class Practice:
    """What a praktijktoets gave.

    Attributes:
        on: the day on which it was held.
        start: the day from which the cases play.
        walks: every case as it went, by the day on which it began.
        actions: what there is to do, with what unblocks the most cases first.
        left_out: cases that no longer occur.
        beyond: cases that begin after the kader or the plan has run out.
        gaps: times of which the law was not read, as far as a case rests on them.
    """

    file: PlanFile
    on: date
    start: date
    walks: list[Walk]
    actions: list[Action]
    left_out: list[Case]
    beyond: list[str]
    gaps: list[Gap]


def practise(file: PlanFile, on: date | None = None, names: Sequence[str] = ()) -> Practice:
    """Hold a praktijktoets.

    Args:
        file: the plan with its kader.
        on: the day of the praktijktoets; else the day on which the plan was sent, or the last day to send it.
        names: the cases to walk; all when empty.

    Raises:
        InputError: the kader does not hold on that day, or there is no such case.
    """
    plan, kader, book = file.plan, file.kader, casebook.shipped()
    day = on or facts.default_day(plan)
    checking.within(file, day, as_filed=on is None)
    chosen = book.chosen(plan.sector, names)
    period = period_days(plan.period.first_school_year, plan.period.school_years)
    floor = max(day, period["start"])
    starts = {case.id: start for case in chosen if (start := case.first_day(floor)) is not None}
    ask = asking(plan, kader)
    walks = [
        walking.walk(book, case, plan.sector, starts[case.id], ask)
        for case in sorted(chosen, key=lambda case: (starts.get(case.id, floor), case.id))
        if case.id in starts
    ]
    until = kader.file.holds.until or period["end"]
    last = min(until, period["end"] - timedelta(days=1))
    return Practice(
        file, day, floor, walks, actions(walks), [case for case in chosen if case.id not in starts],
        [one.case.id for one in walks if one.start > day_of(last)], unread(kader, plan.sector, walks),
    )  # fmt: skip


def asking(plan: Plan, kader: Kader) -> Callable[[Need, int], Look | None]:
    """What a plan shows of a need on a day: its answers as they stand then, and what has happened by then."""

    def ask(need: Need, day: int) -> Look | None:
        version = asked(kader, need, plan.sector, date_of(day))
        if version is None:
            return None
        if not version.parts:
            shown = facts.dated(plan, kader, version.checks.timing or "", date_of(day))
            state = State.UNKNOWN if shown is None else State.OK if shown else State.MISSING
            return Look(state, version, {})
        given = plan.answers_on(date_of(day)).get(need.duty, {})
        keys = [need.part] if need.part else [one.key for one in version.parts if one.sector in (None, plan.sector)]
        states = [_state(given.get(key)) for key in keys]
        worst = next(state for state in _WORST if state in states)
        return Look(worst, version, {key: given[key] for key in keys if key in given})

    return ask


def _state(answer: Answer | None) -> State:
    if answer is None or answer.answer is None:
        return State.UNKNOWN
    if not answer.answer:
        return State.MISSING
    return State.VAGUE if wording.defers(answer.quote) else State.OK


def asked(kader: Kader, need: Need, sector: Sector, day: date) -> Version | None:
    """The duty behind a need as it holds on a day; None when the law of that day does not ask it."""
    obligation = kader.obligations.get(need.duty)
    version = obligation.on(day, sector) if obligation else None
    if version is None or need.part is None:
        return version
    return version if any(one.key == need.part and one.sector in (None, sector) for one in version.parts) else None


def actions(walks: Iterable[Walk]) -> list[Action]:
    """What there is to do after these walks, ordered by the number of cases that it stops, slows down and leaves open."""
    found: dict[str, list[tuple[Walk, walking.Rest, int]]] = {}
    for one in walks:
        for rest, day in _days(one):
            if rest.effect:
                found.setdefault(rest.need.on, []).append((one, rest, day))
    made = [
        Action(name, uses[0][1].look, *_by_effect(uses), min(day for _, _, day in uses)) for name, uses in found.items()
    ]
    return sorted(made, key=lambda one: (-len(one.unblocks), -len(one.helps), -len(one.settles), one.before))


def _by_effect(uses: list[tuple[Walk, walking.Rest, int]]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The cases that something stops, slows down or leaves open; each in the worst of these."""
    effects: dict[str, set[str]] = {}
    for one, rest, _ in uses:
        effects.setdefault(one.case.id, set()).add(rest.effect)
    stuck = tuple(name for name, own in effects.items() if STUCK in own)
    slow = tuple(name for name, own in effects.items() if STUCK not in own and own - {OPEN})
    return stuck, slow, tuple(name for name, own in effects.items() if own == {OPEN})


def _days(one: Walk) -> Iterable[tuple[walking.Rest, int]]:
    """Everything that a case leaned on or would have leaned on, each with its day; of what lies beyond, that of halting."""
    day = one.start
    for taken in one.taken:
        day = taken.start if taken.start is not None else day
        for rest in taken.rests:
            yield rest, day
    if one.fallback:
        for rest in one.fallback[1]:
            yield rest, one.fallback[0]


def unread(kader: Kader, sector: Sector, walks: Iterable[Walk]) -> list[Gap]:
    """The times of which the law was not read, as far as what these walks rested on, or a term in them, stands in it."""
    uses = {(rest.look.version.article[sector], day) for one in walks for rest, day in _days(one)}
    uses |= {(count.version.article[sector], count.start) for one in walks for count in one.counts}
    gaps = kader.unread(sector)
    return [gap for gap in gaps if any(gap.covers(date_of(day), sector, article) for article, day in uses)]


def touched(kader: Kader, sector: Sector, day: date, names: Sequence[str] = ()) -> dict[str, list[str]]:
    """The duties that the cases of a praktijktoets lean on, each with those cases; in the order of the kader.

    Args:
        kader, sector: whose praktijktoets.
        day: on which it is held; the cases begin on it or in the year after it, and not before the plans of the kader do.
        names: the cases; all of the sector when empty.
    """
    book = casebook.shipped()
    usual = kader.file.plan_period
    floor = max(day, period_days(usual.first_school_year, usual.school_years)["start"])
    found: dict[str, list[str]] = {}
    for case in book.chosen(sector, names):
        start = case.first_day(floor)
        if start is None:
            continue
        for need in book.needs(case):
            if asked(kader, need, sector, start) is not None and case.id not in found.setdefault(need.duty, []):
                found[need.duty].append(case.id)
    return {name: found[name] for name in kader.obligations if found.get(name)}
