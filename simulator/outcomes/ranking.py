"""Who is in trouble, why, and what help would do: per swv, over replications under the same luck with and without help."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import DAY_SECONDS, NEVER, day_of
from simulator.outcomes import kpis
from simulator.outcomes.courses import Course, Paths
from simulator.outcomes.evaluating import Question, evaluate
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
        last: the last day tried (a day number) on which help still raises that chance; None when it never does.
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


def tries(scenario: Scenario, on: date) -> list[dict[str, float]]:
    """All that is tried: no help, each number of hours from a day on, and the middle number from later days on."""
    first = float(day_of(on))
    middle = HOURS[len(HOURS) // 2]
    later = range(day_of(on) + EVERY, _deadline(scenario), EVERY)
    return [
        {"hours": 0.0, "day": first},
        *({"hours": hours, "day": first} for hours in HOURS),
        *({"hours": middle, "day": float(day)} for day in later),
    ]


def _deadline(scenario: Scenario) -> int:
    figure = support.of(scenario).figure
    kpi = next(kpi for kpi in scenario.kader.file.kpis if kpi.id == figure)
    return min(kpis.due(scenario, kpi), day_of(scenario.period.until))


def ranked(scenario: Scenario, codes: Sequence[str], how: How) -> list[Row]:
    """The swv of a scenario, those most likely to be late first.

    Args:
        scenario: what is played.
        codes: the swv that are ranked; all others take part as well.
        how: how much is tried.
    """
    figure = support.of(scenario).figure
    tried = tries(scenario, how.on)
    chances = _as_it_is(scenario, how)
    question = Question(scenario, (figure,), how.replications, "help", by_swv=True)
    outcome = evaluate(question, tried, how.workers, how.tick)
    places = {code: place for place, code in enumerate(scenario.swv)}
    rows = [_row(code, places[code], chances, outcome[:, places[code]], tried) for code in codes]
    return sorted(rows, key=lambda row: (-row.late, -row.gain, row.swv))


@dataclass(frozen=True)
class _AsItIs:
    late: Array
    incomplete: Array
    not_ready: Array
    steps: list[Counter[str]]


def _row(code: str, place: int, chances: _AsItIs, outcome: Array, tried: Sequence[dict[str, float]]) -> Row:
    gains = outcome - outcome[0]
    by_hours, number = gains[1 : 1 + len(HOURS)], len(HOURS)
    best = int(np.argmax(by_hours))
    helps = bool(by_hours[best] >= LEAST)
    by_day = [1 + number // 2, *range(1 + number, len(tried))]
    works = [int(tried[one]["day"]) for one in by_day if gains[one] >= LEAST]
    steps = chances.steps[place].most_common()
    worst = min((name for name, count in steps if count == steps[0][1]), default=None)
    return Row(
        code, float(chances.late[place]), float(chances.incomplete[place]), float(chances.not_ready[place]), worst,
        HOURS[best] if helps else 0.0, float(by_hours[best]) if helps else 0.0, max(works, default=None),
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
