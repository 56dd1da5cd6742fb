"""Who is in trouble, why, and what help would do: per swv, over replications under the same luck with and without help."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import DAY_SECONDS, NEVER, date_of, day_of
from simulator.outcomes import kpis
from simulator.outcomes.courses import Course, Paths
from simulator.outcomes.evaluating import Crew, Question
from simulator.outcomes.play import Player
from simulator.world import support

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from simulator.outcomes.replication import Replication
    from simulator.world.scenario import Scenario

Array = np.ndarray

HOURS = (8.0, 16.0, 24.0, 40.0, 60.0)
"""Hours of help that are tried."""
EVERY = 21
"""Days between the days on which help is begun for a try."""
LEAST = 0.05
"""A rise in the chance of being in time below this is not told from chance at the usual number of replications."""
_FOREVER = 365 * DAY_SECONDS


@dataclass(frozen=True)
class Row:
    """One swv.

    Attributes:
        late, incomplete, not_ready: chances, as the scenario is.
        step: the step that most often makes it late; None when it never is.
        hours: the hours of help, of those tried, that change the chance of being in time most; 0 when none does.
        gain: that change, from no help at all.
        last: the last day tried (a day number) on which that many hours still raise that chance; None when none do.
    """

    swv: str
    late: float
    incomplete: float
    not_ready: float
    step: str | None
    hours: float
    gain: float
    last: int | None


@dataclass(frozen=True)
class How:
    """How much is tried: replications, from which day, with how many processes; `tick` counts what is ready."""

    replications: int
    on: date
    workers: int
    tick: Callable[[int], None]


def _later(scenario: Scenario, on: date) -> range:
    """The days after the first on which help is begun for a try."""
    return range(day_of(on) + EVERY, deadline(scenario), EVERY)


def most_tries(scenario: Scenario, on: date) -> int:
    """The most variants that are played: no help and each number of hours, then each of these from later days on.

    None from the deadline on: no help makes a plan come in time any more.
    """
    if day_of(on) >= deadline(scenario):
        return 0
    return 1 + len(HOURS) * (1 + len(_later(scenario, on)))


def deadline(scenario: Scenario) -> int:
    """The day (number) before which the plan must be there, or on which the scenario stops when that is sooner."""
    figure = support.of(scenario).figure
    kpi = next(kpi for kpi in scenario.kader.file.kpis if kpi.id == figure)
    return min(kpis.due(scenario, kpi), day_of(scenario.period.until))


def up_to_deadline(scenario: Scenario) -> Scenario:
    """The scenario up to the day before which the plan must be there: what comes after it makes no plan late."""
    last = date_of(deadline(scenario))
    if last <= scenario.period.start:
        return scenario
    return replace(scenario, period=scenario.period.model_copy(update={"until": last}))


def ranked(scenario: Scenario, codes: Sequence[str], how: How) -> list[Row]:
    """The swv of a scenario, those most likely to be late first.

    Args:
        scenario: what is played.
        codes: the swv that are ranked; all others take part as well.
        how: how much is tried.
    """
    chances = _as_it_is(scenario, how)
    places = {code: place for place, code in enumerate(scenario.swv)}
    own = [places[code] for code in codes]
    help_ = _helped(scenario, own, how)
    rows = [_row(code, places[code], chances, help_) for code in codes]
    return sorted(rows, key=lambda row: (-row.late, -row.gain, row.swv))


@dataclass(frozen=True)
class _Help:
    """What help does, per swv: the best of the hours tried, its gain, and the last day on which that still gains.

    Nothing of it (0, 0 and -1) where no number of hours helps.
    """

    hours: Array
    gain: Array
    last: Array


def _helped(scenario: Scenario, own: Sequence[int], how: How) -> _Help:
    """What help does to each swv; later days are tried with the numbers of hours that are best for those asked about."""
    if not most_tries(scenario, how.on):
        nothing = np.zeros(len(scenario.swv))
        return _Help(nothing, nothing, nothing - 1)
    question = Question(up_to_deadline(scenario), (support.of(scenario).figure,), how.replications, "help", by_swv=True)
    with Crew(question, how.workers) as crew:
        return _tried(crew, own, how, _later(scenario, how.on))


def _tried(crew: Crew, own: Sequence[int], how: How, later: Sequence[int]) -> _Help:
    first = day_of(how.on)
    tried = [{"hours": hours, "day": float(first)} for hours in (0.0, *HOURS)]
    without, *at_once = crew.evaluate(tried, how.tick)
    gains = np.array(at_once) - without
    best = np.argmax(gains, axis=0)
    gain = gains[best, np.arange(len(best))]
    helps = gain >= LEAST
    last = np.where(helps, first, -1)
    wanted = sorted({int(best[place]) for place in own if helps[place]})
    variants = [(number, day) for number in wanted for day in later]
    asked = [{"hours": HOURS[number], "day": float(day)} for number, day in variants]
    outcome = crew.evaluate(asked, how.tick) if asked else np.empty((0, len(best)))
    for (number, day), row in zip(variants, outcome, strict=True):
        still = helps & (best == number) & (row - without >= LEAST)
        last = np.where(still, np.maximum(last, day), last)
    how.tick(len(HOURS) * len(later) - len(variants))
    return _Help(np.where(helps, np.array(HOURS)[best], 0.0), np.where(helps, gain, 0.0), last)


@dataclass(frozen=True)
class _AsItIs:
    late: Array
    incomplete: Array
    not_ready: Array
    steps: list[Counter[str]]


def _row(code: str, place: int, chances: _AsItIs, help_: _Help) -> Row:
    steps = chances.steps[place].most_common()
    worst = min((name for name, count in steps if count == steps[0][1]), default=None)
    return Row(
        code, float(chances.late[place]), float(chances.incomplete[place]), float(chances.not_ready[place]), worst,
        float(help_.hours[place]), float(help_.gain[place]), int(help_.last[place]) if help_.hours[place] else None,
    )  # fmt: skip


def _as_it_is(scenario: Scenario, how: How) -> _AsItIs:
    """Chances and causes in the scenario itself, without any change in who is helped."""
    player = Player(scenario)
    asked = support.of(scenario)
    people = len(scenario.swv)
    sums = np.zeros((3, people))
    steps: list[Counter[str]] = [Counter() for _ in range(people)]
    paths = [Paths(player.model, swv) for swv in range(people)]
    for number in range(how.replications):
        play = player.replication(number)
        good = [kpis.parts_of(play, name).of_swv for name in (asked.figure, asked.complete, asked.ready)]
        sums += 1 - np.array(good)
        usual = _usual(play)
        for swv in np.flatnonzero(good[0] < 1).tolist():
            if step := culprit(Course(paths[swv], play.trace), usual, asked.step):
                steps[swv][step] += 1
        how.tick(1)
    late, incomplete, not_ready = sums / how.replications
    return _AsItIs(late, incomplete, not_ready, steps)


def _usual(play: Replication) -> dict[str, float]:
    """Per step the median of the time from being asked for to its end, over all swv and items in a replication."""
    asked, end = np.array(play.trace.requested), np.array(play.trace.end)
    done = np.flatnonzero(end < NEVER)
    names, spent = np.array(play.looker.model.tables.node)[done], end[done] - asked[done]
    order = np.argsort(names, kind="stable")
    names, spent = names[order], spent[order]
    edges = np.flatnonzero(names[1:] != names[:-1]) + 1
    parts = zip(np.split(names, edges), np.split(spent, edges), strict=True)
    return {str(own[0]): float(np.median(times)) for own, times in parts if len(own)}


def culprit(course: Course, usual: dict[str, float], step: str) -> str | None:
    """The step on the way to another that took most longer than it usually does.

    When the other never comes, the way to what was asked for last and did not end counts; None when there is no such way.

    Args:
        course: of one swv.
        usual: seconds that each step usually takes, waiting included.
        step: node id of the step that should have come in time.
    """
    done = [key for key, times in course.times.items() if key[0] == step and times.ended < NEVER]
    pending = [key for key, times in course.times.items() if times.requested < NEVER <= times.ended]
    end = done[0] if done else max(pending, key=lambda key: (course.of(key).requested, key), default=None)
    if end is None:
        return None
    longer = []
    for key in course.path(end):
        times = course.of(key)
        spent = times.ended - times.requested if times.ended < NEVER else _FOREVER
        longer.append((spent - usual.get(key[0], 0.0), key[0]))
    return max(longer)[1]
