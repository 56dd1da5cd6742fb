"""The chance that a plan still gets there in time: what is left of the werkwijze, walked many times with drawn luck.

Durations, the use of terms, refusals and rulings are drawn from the parameters of the kader. Nobody waits for busy people
here, and nobody stops halfway: the play of a scenario has both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import day_of
from simulator.world.durations import Durations
from simulator.world.latest import Planner, deadline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from simulator.kader.werkwijze import Guard, Node, Step
    from simulator.plan.checking import Checked
    from simulator.world.calendar import Calendar
    from simulator.world.latest import Row
    from simulator.world.population import Swv


@dataclass(frozen=True)
class Chances:
    """What many walks gave.

    Attributes:
        n: number of walks.
        in_time: share in which the plan was sent in time.
        steps: per step the share of the walks that came by it in which it started by its latest day.
    """

    n: int
    in_time: float
    steps: dict[str, float]


def chances(checked: Checked, swv: Swv, today: date, rows: Sequence[Row], n: int, seed: int = 1) -> Chances:
    """Walk what is left of a plan many times.

    Args:
        checked: the plan as it was checked; what it says has happened is done.
        swv: whose plan it is.
        today: the day from which the walks start.
        rows: the latest days against which each step is held.
        n, seed: how many walks, with which luck.
    """
    last = deadline(checked)
    by: dict[str, list[bool]] = {row.node: [] for row in rows}
    calendars: dict[str, Calendar | None] = {}
    sent = 0
    for number in range(n):
        walk = _Walk(checked, swv, today, np.random.Generator(np.random.PCG64([seed, number])))
        walk.durations.calendars = calendars
        sent += walk.sent() <= last
        for row in rows:
            if row.node in walk.started:
                by[row.node].append(walk.started[row.node] <= row.start)
    return Chances(n, sent / n, {name: sum(seen) / len(seen) for name, seen in by.items() if seen})


class _Drawn(Durations):
    """Durations as luck has them."""

    random: np.random.Generator

    def fraction(self) -> float:
        return float(self.random.random())

    def share(self, name: str | None) -> float:
        return min(1.0, self.value(name)) if name else 1.0


class _Walk(Planner):
    """One walk through what is left, with drawn durations and choices.

    Attributes:
        started: per step the day on which it first started.
    """

    def __init__(self, checked: Checked, swv: Swv, today: date, random: np.random.Generator) -> None:
        super().__init__(checked, swv, today, setback=False)
        self.durations = _Drawn(self.kader, self.plan, swv, self.today)
        self.durations.random = random
        self.random = random
        self.state = {name: float(value[0]) for name, value in self.durations.attributes.items()}
        self.started: dict[str, int] = {}

    def sent(self) -> int:
        """The day on which the plan is sent."""
        return self._walk(self.track, self.today)

    def _walk(self, node: Node, start: int) -> int:
        """The day on which a node ends that starts on a day."""
        if self._done(node):
            return start
        if node.step:
            return self._do(node.id, node.step, start)
        if node.sequence:
            for part in self._sequence(node):
                start = self._walk(part, start)
            return start
        if node.choice:
            chosen = next((way for way in node.choice if way.when is None or self._holds(way.when, start)), None)
            return self._walk(chosen.then, start) if chosen and chosen.then else start
        if node.loop:
            for number in range(node.loop.max):
                if number and not self._holds(node.loop.again, start):
                    break
                start = self._walk(node.loop.body, start)
            return start
        bodies = [node.for_each.do] * len(self._left(node)) if node.for_each else node.children()
        return max((self._walk(body, start) for body in bodies), default=start)

    def _do(self, name: str, step: Step, start: int) -> int:
        if step.sector not in (None, self.plan.sector):
            return start
        self.started.setdefault(name, start)
        for effect in step.effects:
            if bit := effect.set or effect.clear:
                self.state[bit] = float(effect.set is not None)
            elif effect.variable:
                before = self.state.get(effect.variable, 0.0) if effect.add is not None else 0.0
                self.state[effect.variable] = before + (effect.add if effect.add is not None else effect.to or 0)
        return self.durations.meeting(step, self.durations.end(step, start))

    def _holds(self, guard: Guard, now: int) -> bool:
        if guard.draw:
            return bool(self.random.random() < self.durations.value(guard.draw))
        if guard.bit:
            return self.state.get(guard.bit, 0.0) >= 1
        if guard.variable:
            return self.state.get(guard.variable, 0.0) >= guard.at_least
        if guard.now_before:
            return now < day_of(guard.now_before)
        if guard.already:
            return self.state.get(guard.already, 0.0) >= 1
        if guard.lacks or guard.circumstance:  # what the plan lacks is to be written anyway; nothing comes from outside
            return False
        if guard.no:
            return not self._holds(guard.no, now)
        inner = [self._holds(one, now) for one in guard.all or guard.any or ()]
        return all(inner) if guard.all else any(inner)
