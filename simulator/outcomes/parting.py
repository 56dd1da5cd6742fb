"""Why two runs differ in a figure: the first event at which they part, the input behind it, and who carries how much."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from simulator.base.days import NEVER
from simulator.outcomes import comparing, courses, kpis
from simulator.outcomes.account import REST, Account
from simulator.outcomes.courses import Course, Paths
from simulator.outcomes.outside import Outside
from simulator.outcomes.play import Player
from simulator.world.bekostiging import drawing, rates

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from simulator.engine.model import Model
    from simulator.kader.model import Kpi
    from simulator.outcomes.account import Book, Step
    from simulator.outcomes.courses import Key, Parting
    from simulator.outcomes.replication import Replication
    from simulator.outcomes.store import Run

K = TypeVar("K", bound="str | tuple[str, str]")
CONTENT = "content"
"""Stands for the step when nothing in the course differs: what the plan shows does."""


@dataclass(frozen=True)
class Cause:
    """What makes a step go otherwise.

    Attributes:
        step: a step; for a figure of the bekostiging the shock, or `money` for all else.
        kind: `duration`, `waiting`, `moment`, `choice` or `content`; `money` for a figure of the bekostiging.
        inputs: what is set otherwise and plays a part in it; empty when it comes from elsewhere (others in the queue).
    """

    step: str
    kind: str
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """A step on the way from the cause to the figure: when it ended in both, and the seconds that it added itself."""

    key: Key
    left: int
    right: int
    own: int


@dataclass(frozen=True)
class Story:
    """How one swv came to differ in one replication.

    Attributes:
        parting: the first event at which the two courses part; None when they never do.
        cause: what made them part.
        carrier: the step that carries the difference to the figure.
        chain: the steps from there to the figure whose end differs.
        money: for a figure of the bekostiging what each thing that is set otherwise does to it; it has no course.
    """

    replication: int
    swv: str
    parting: Parting | None
    cause: Cause
    carrier: Cause
    chain: list[Link]
    money: list[Step] | None = None


@dataclass(frozen=True)
class Part:
    """What one swv adds to the difference in one replication, and the step that carries it.

    Attributes:
        lines: of the money table, the cents over all school years by which they differ, for a figure of the bekostiging.
    """

    replication: int
    swv: str
    amount: float
    carrier: Cause
    lines: Mapping[str, int] = field(default_factory=dict)


class Pair:
    """Two runs that share their luck, ready to be played side by side.

    Args:
        kpi: the figure.
        group: codes of the swv over which it is taken; None: everybody.
        players: of both, where they are ready already.
    """

    def __init__(
        self,
        left: Run,
        right: Run,
        kpi: str,
        group: Collection[str] | None = None,
        players: tuple[Player, Player] | None = None,
    ) -> None:
        self.kpi = kpi
        self.players = players or (Player(left.scenario), Player(right.scenario))
        self.differing = {name for name, _ in comparing.differing([left, right])}
        self.outside = Outside((left.scenario, right.scenario), self.differing)
        self.codes = self.players[0].model.codes
        chosen = self.codes if group is None else group
        self.group = np.array([place for place, code in enumerate(self.codes) if code in chosen], dtype=np.int64)
        self._paths: dict[int, tuple[Paths, Paths]] = {}
        self._accounts: dict[str, Account | None] = {}

    @property
    def account(self) -> Account | None:
        """The money behind the figure, when it is one of the bekostiging."""
        if self.kpi not in self._accounts:
            self._accounts[self.kpi] = self._account()
        return self._accounts[self.kpi]

    def _account(self) -> Account | None:
        left, right = (player.model.scenario for player in self.players)
        name = self._kpi.attribute
        if name is None or any(
            (one := scenario.kader.file.attributes.get(name)) is None or one.money is None for scenario in (left, right)
        ):
            return None
        return Account(left, right, name)

    @property
    def _kpi(self) -> Kpi:
        return next(one for one in self.players[0].looker.kader.file.kpis if one.id == self.kpi.partition(".")[0])

    def play(self, number: int) -> tuple[Replication, Replication]:
        """A replication of both."""
        return self.players[0].replication(number), self.players[1].replication(number)

    def parts(self, number: int) -> list[Part] | None:
        """What each swv adds to the difference in a replication; swv that add nothing are left out.

        Returns:
            None when there was nothing to measure in one of the two: such a replication has no difference.
        """
        if self.account:
            return self._of_money(self.account, self.account.books(number), number)
        played = self.play(number)
        left, right = (kpis.parts_of(one, self.kpi).among(self.group) for one in played)
        if not left.over or not right.over:
            return None
        amounts = right.of_swv / right.over - left.of_swv / left.over
        return [
            Part(number, self.codes[swv], float(amounts[place]), self.story(number, swv, played).carrier)
            for place, swv in enumerate(self.group.tolist())
            if amounts[place]
        ]

    def _of_money(self, account: Account, books: list[Book], number: int) -> list[Part] | None:
        """What each swv adds to the difference in a figure of the bekostiging, by what is set otherwise."""
        figures = [one.figure.among(self.group) for one in books]
        if not figures[0].over or not figures[-1].over:
            return None
        found = []
        for step, stage in enumerate(account.stages[1:]):
            one, other = figures[step], figures[step + 1]
            amounts = other.of_swv / max(other.over, 1) - one.of_swv / max(one.over, 1)
            carrier = self._of_stage(stage.name)
            for place in np.flatnonzero(amounts).tolist():
                swv = int(self.group[place])
                before, after = books[step].lines(swv), books[step + 1].lines(swv)
                lines = {name: after[name] - before.get(name, 0) for name in after}
                found.append(Part(number, self.codes[swv], float(amounts[place]), carrier, lines))
        return found

    def _of_stage(self, name: str) -> Cause:
        """A shock as a cause, or the rest with the inputs that the money rests on."""
        if name != REST:
            return Cause(name, "money", ())
        file = self.players[0].model.scenario.kader.file
        drawn = [one for one in (*drawing.NEEDED, "opting_out") if one in file.attributes]
        settings = [one for one in self.differing if one == rates.INDEX or one.startswith(rates.SHARE)]
        others = self._of(["plans", "kader", *(one for one in self.outside.money if one in self.outside.parts)])
        return Cause(REST, "money", (*self._behind(sorted(settings), drawn, self.players[0].model), *others))

    def story(self, number: int, swv: int, played: tuple[Replication, Replication]) -> Story:
        """How an swv came to differ."""
        if self.account:
            steps = self.account.steps(self.account.books(number), swv)
            largest = max(steps, key=lambda one: abs(one.after - one.before), default=None)
            own = self._of_stage(largest.name if largest else REST)
            return Story(number, self.codes[swv], None, own, own, [], steps)
        if swv not in self._paths:
            self._paths[swv] = (Paths(self.players[0].model, swv), Paths(self.players[1].model, swv))
        left, right = (Course(paths, one.trace) for paths, one in zip(self._paths[swv], played, strict=True))
        first = courses.parting(left, right)
        if first is None:
            cause = Cause(CONTENT, "content", tuple(sorted(n for n in self.differing if n.startswith("content"))))
            return Story(number, self.codes[swv], None, cause, cause, [])
        cause = self._cause(first, left, right)
        end = self._end(left, right)
        chain, carrier = self._chain(left, right, end) if end else ([], None)
        return Story(number, self.codes[swv], first, cause, carrier or cause, chain)

    def _end(self, left: Course, right: Course) -> Key | None:
        """The step with which the figure is decided, as far as it is an event."""
        kpi = self._kpi
        if kpi.event is None:
            return None
        marked = {
            (model.tables.node[row], model.tables.item[row], model.tables.visit[row])
            for model in (player.model for player in self.players)
            for event, row in model.unrolled.marks
            if event == kpi.event
        }
        there = [key for key in marked if min(left.of(key).ended, right.of(key).ended) < NEVER]
        return min(there, key=lambda key: (min(left.of(key).ended, right.of(key).ended), key), default=None)

    def _chain(self, left: Course, right: Course, end: Key) -> tuple[list[Link], Cause | None]:
        """The steps towards an end that end otherwise, and what makes the first of them do so, if that is its own doing."""
        happened = [course for course in (right, left) if course.of(end).ended < NEVER]
        later = max(happened, key=lambda course: course.of(end).ended)
        links: list[Link] = []
        carrier = None
        for number, key in enumerate(later.path(end)):
            one, other = left.of(key), right.of(key)
            if one.ended == other.ended:
                continue
            own = _spent(other) - _spent(one) if max(one.ended, other.ended) < NEVER else NEVER
            if not links and (one.requested == other.requested or not number):
                carrier = self._cause(_parting_of(key, one, other), left, right)
            links.append(Link(key, one.ended, other.ended, own))
        return links, carrier  # without one: the flow went on at a set moment, and something beside the path held it up

    def _cause(self, first: Parting, left: Course, right: Course) -> Cause:
        """What makes a step go otherwise, with what comes from outside of its numbers: parts left out, and shocks."""
        found = self._own_cause(first, left, right)
        return replace(found, inputs=tuple(dict.fromkeys([*found.inputs, *self.outside.of(found.step)])))

    def _own_cause(self, first: Parting, left: Course, right: Course) -> Cause:
        """What makes a step go otherwise: its duration, those it waits for, the day it waits for, or a choice."""
        course, model = (left, self.players[0].model) if first.key in left.times else (right, self.players[1].model)
        row = course.paths.row_of[first.key]
        step = first.key[0]
        unrolled = model.unrolled
        if first.moment == "started":
            families = [f"pools.{model.pools[pool].family}" for pool in model.tables.pools[row]]
            team = [use.parameter for use in unrolled.uses_of.get(row, ()) if use.purpose == "patience"]
            return Cause(step, "waiting", self._of([*families, *team]))
        if first.moment == "ended":
            waits = unrolled.waits_of.get(row, [])
            used = [
                use.parameter for use in unrolled.uses_of.get(row, ()) if use.purpose not in ("outcome", "patience")
            ]
            return Cause(step, "moment" if waits else "duration", self._behind(used, waits, model))
        asked = [name for _, found in course.paths.before[row] for name in found]
        known, drawn = model.scenario.kader.file.attributes, model.scenario.parameters
        draws, bits = [one for one in asked if one in drawn], [one for one in asked if one in known]
        return Cause(step, "choice" if draws or bits else "moment", self._behind(draws, bits, model))

    def _behind(self, parameters: list[str], attributes: list[str], model: Model) -> tuple[str, ...]:
        """The inputs that are set otherwise among parameters, and among all that the attributes behind them rest on."""
        known, drawn = model.scenario.kader.file.attributes, model.scenario.parameters
        found, waiting = list(parameters), list(attributes)
        waiting += [name for one in parameters for name in drawn[one].factors]
        for name in waiting:  # grows while it is walked
            attribute = known.get(name)
            if attribute is None:
                continue
            if attribute.parameter:
                found.append(attribute.parameter)
                waiting += [one for one in drawn[attribute.parameter].factors if one not in waiting]
            found += self.outside.money if attribute.money else []
            if attribute.outlook:
                found += sorted({use.parameter for use in model.unrolled.uses if use.purpose == "duration"})
        return self._of(found)

    def _of(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for name in names if name in self.differing))


def _spent(times: courses.Times) -> int:
    return times.ended - times.requested


def _parting_of(key: Key, one: courses.Times, other: courses.Times) -> Parting:
    """Which moment of a step goes otherwise by itself: that it happens at all, its waiting, or its duration."""
    if max(one.ended, other.ended) >= NEVER:
        return courses.Parting(key, "requested", one, other)
    waited = one.started - one.requested != other.started - other.requested
    return courses.Parting(key, "started" if waited else "ended", one, other)


@dataclass(frozen=True)
class Waterfall:
    """The difference of two runs in a figure, as a sum.

    Attributes:
        total: mean of the second minus mean of the first.
        by_step: what each step carries, by step and kind of cause; adds up to the total.
        by_swv: what each swv carries; adds up to the total.
        inputs: per step and kind the inputs behind it.
        lines: per step and kind the lines of the money table that change: cents over all school years and swv, the mean
            over replications, the largest first.
    """

    replications: int
    total: float
    by_step: dict[tuple[str, str], float]
    by_swv: dict[str, float]
    inputs: dict[tuple[str, str], tuple[str, ...]]
    lines: dict[tuple[str, str], dict[str, float]]


def waterfall(parts: list[Part], replications: int) -> Waterfall:
    """Add up the parts of all replications, largest first; sums are rounded once (math.fsum).

    Args:
        parts: of every swv in every replication that has a difference.
        replications: how many have one.
    """
    by_step: dict[tuple[str, str], list[float]] = {}
    by_swv: dict[str, list[float]] = {}
    inputs: dict[tuple[str, str], tuple[str, ...]] = {}
    lines: dict[tuple[str, str], dict[str, float]] = {}
    for part in parts:
        name = part.carrier.step, part.carrier.kind
        by_step.setdefault(name, []).append(part.amount)
        by_swv.setdefault(part.swv, []).append(part.amount)
        inputs[name] = tuple(dict.fromkeys((*inputs.get(name, ()), *part.carrier.inputs)))
        own = lines.setdefault(name, {})
        for line, cents in part.lines.items():
            own[line] = own.get(line, 0.0) + cents / replications
    steps = {name: math.fsum(amounts) / replications for name, amounts in by_step.items()}
    swv = {name: math.fsum(amounts) / replications for name, amounts in by_swv.items()}
    moved = {name: _largest({line: cents for line, cents in own.items() if cents}) for name, own in lines.items()}
    total = math.fsum(part.amount for part in parts) / replications if replications else math.nan
    return Waterfall(replications, total, _largest(steps), _largest(swv), inputs, moved)


def _largest(amounts: dict[K, float]) -> dict[K, float]:
    return dict(sorted(amounts.items(), key=lambda pair: (-abs(pair[1]), pair[0])))
