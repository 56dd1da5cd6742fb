"""A walk of a pupil case through a procedure: step by step, from what is there, with terms to the day.

Every duration is in calendar days. A step that would end on a Saturday, Sunday or holiday ends on the next day that is
none (Algemene termijnenwet, the list of article 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from simulator.base.days import date_of, day_of
from simulator.kader import terms
from simulator.plan.cases import OPEN, STUCK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from simulator.base.fields import Sector
    from simulator.kader.duties import Version
    from simulator.plan.casebook import CaseFile
    from simulator.plan.cases import Case, Need, Step, TermVersion
    from simulator.plan.model import Answer


class State(StrEnum):
    """Whether something that a step leans on is there."""

    OK = "ok"
    VAGUE = "vague"
    UNKNOWN = "unknown"
    MISSING = "missing"


class Outcome(StrEnum):
    """How a case went; `open` when it got through as far as is known."""

    THROUGH = "through"
    OPEN = "open"
    DETOUR = "detour"
    STUCK = "stuck"


@dataclass(frozen=True)
class Look:
    """What was found of a need.

    Attributes:
        version: the duty as it held on that day.
        answers: the answers of the plan that it was read from, by question; empty for dates and for what was drawn.
    """

    state: State
    version: Version
    answers: dict[str, Answer]


@dataclass(frozen=True)
class Rest:
    """A need that a step leaned on, and what came of it: nothing, `stuck`, `open`, or the name of a detour."""

    need: Need
    look: Look
    effect: str


@dataclass(frozen=True)
class Count:
    """A term that ran.

    Attributes:
        start: the day of the event that it runs from.
        end: the day on which what it asks was done; None when it never was.
        last, longest: the last day, without and with putting it off.
    """

    term: str
    step: str
    version: TermVersion
    start: int
    end: int | None
    last: int
    longest: int

    @property
    def broken(self) -> bool:
        """Whether it ended, or will end, without what it asks."""
        return self.end is None or self.end > self.longest

    @property
    def extended(self) -> bool:
        """Whether it had to be put off."""
        return self.end is not None and self.last < self.end <= self.longest


@dataclass(frozen=True)
class Taken:
    """A step as it went; without an end the case got stuck in it, without a start it was never reached."""

    step: Step
    start: int | None
    end: int | None
    rests: tuple[Rest, ...]


@dataclass(frozen=True)
class Walk:
    """A case as it went.

    Attributes:
        taken: all steps; those after the one in which it got stuck only with what they would lean on.
        counts: the terms that ran.
        fallback: what the law gave because it took too long, with the day from which.
    """

    case: Case
    start: int
    taken: tuple[Taken, ...]
    counts: tuple[Count, ...]
    fallback: tuple[int, tuple[Rest, ...]] | None

    @property
    def stuck(self) -> Taken | None:
        """The step in which it got stuck, if any."""
        return next((one for one in self.taken if one.start is not None and one.end is None), None)

    @property
    def stops(self) -> list[tuple[str, str]]:
        """What it got stuck on: (step, need); for a temporary place that is not arranged the term stands for the step."""
        found = (
            [(self.stuck.step.id, rest.need.on) for rest in self.stuck.rests if rest.effect == STUCK]
            if self.stuck
            else []
        )
        if self.fallback and self.case.fallback:
            found += [(self.case.fallback.term, rest.need.on) for rest in self.fallback[1] if rest.effect == STUCK]
        return found

    @property
    def rests(self) -> Iterator[Rest]:
        """Everything that it leaned on or would have leaned on."""
        for one in self.taken:
            yield from one.rests
        if self.fallback:
            yield from self.fallback[1]

    @property
    def outcome(self) -> Outcome:
        """How it went; a child that should get a temporary place and does not is stuck too."""
        if self.stops:
            return Outcome.STUCK
        effects = {rest.effect for rest in self.rests} - {""}
        if effects - {OPEN}:
            return Outcome.DETOUR
        return Outcome.OPEN if effects else Outcome.THROUGH

    @property
    def days(self) -> int:
        """Calendar days from its start to its end, or to the day on which it got stuck."""
        reached = [one.end if one.end is not None else one.start for one in self.taken if one.start is not None]
        return max(reached) - self.start if reached else 0


def walk(file: CaseFile, case: Case, sector: Sector, start: date, ask: Callable[[Need, int], Look | None]) -> Walk:
    """Walk a case from a day.

    Args:
        file: where the case comes from.
        case, sector, start: what is walked, by whom, from when.
        ask: what there is of a need on a day.
    """
    day = day_of(start)
    taken: list[Taken] = []
    ended: dict[str, int] = {}
    held = False
    for step in file.steps(case):
        rests = tuple(_rests(file, step.needs, day, ask))
        if held:
            taken.append(Taken(step, None, None, rests))
            continue
        held = any(rest.effect == STUCK for rest in rests)
        end = None if held else _end(file, step, day, rests)
        taken.append(Taken(step, day, end, rests))
        if end is not None:
            ended[step.id] = day = end
    counts = tuple(_counts(file, case, sector, ended))
    return Walk(case, day_of(start), tuple(taken), counts, _fallback(file, case, ended, ask))


def _rests(file: CaseFile, needs: list[Need], day: int, ask: Callable[[Need, int], Look | None]) -> Iterator[Rest]:
    for need in needs:
        look = ask(need, day)
        if look is not None:
            yield Rest(need, look, "" if look.state == State.OK else file.effect(need, look.state))


def _end(file: CaseFile, step: Step, day: int, rests: tuple[Rest, ...]) -> int:
    """The day on which a step ends; the same detour is made once for all that needs it."""
    detours = {rest.effect for rest in rests if rest.effect not in ("", OPEN)}
    length = step.takes + sum(file.detours[name].days for name in detours)
    return int(terms.next_open_day(day + length)) if length else day  # type: ignore[arg-type]


def last_days(file: CaseFile, name: str, event: int) -> tuple[int, int]:
    """The last day of a term that runs from an event, and the last one when it is put off."""
    term = file.terms[name]
    last = int(terms.last_day(event, term.weeks, "weeks", plain=term.plain))  # type: ignore[arg-type]
    if not term.extend:
        return last, last
    return last, int(terms.last_day(last, term.extend, "weeks", plain=term.plain))  # type: ignore[arg-type]


def _counts(file: CaseFile, case: Case, sector: Sector, ended: dict[str, int]) -> Iterator[Count]:
    """The terms that began to run, whether or not what they ask was done."""
    last: dict[str, int] = {}
    for step in file.steps(case):
        if step.term is None:
            continue
        before = step.since_term or step.since or ""
        event = last.get(before) if step.since_term and before in ended else ended.get(before)
        version = None if event is None else file.terms[step.term].on(date_of(event), sector)
        if event is None or version is None:
            continue
        within, longest = last_days(file, step.term, event)
        last[step.id] = within
        yield Count(step.term, step.id, version, event, ended.get(step.id), within, longest)


def _fallback(
    file: CaseFile, case: Case, ended: dict[str, int], ask: Callable[[Need, int], Look | None]
) -> tuple[int, tuple[Rest, ...]] | None:
    """What the law gives from the day after a term, when it ended without the step that it waits for."""
    own = case.fallback
    if own is None or own.since not in ended:
        return None
    _, last = last_days(file, own.term, ended[own.since])
    done = ended.get(own.unless)
    if done is not None and done <= last:
        return None
    return last + 1, tuple(_rests(file, own.needs, last + 1, ask))
