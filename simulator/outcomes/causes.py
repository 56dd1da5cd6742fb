"""Why a step took longer or shorter than was drawn, had to wait, or was done at all where what was counted decided.

What came from outside, help, who was busy; the objections on which consent is withheld.

Read off a trace afterwards, by the conditions and factors with which the clock worked. In an event log the causes of an
event stand as words with spaces between them; `read` makes them causes again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.base.days import DAY_SECONDS, NEVER
from simulator.engine.clock import holds
from simulator.engine.tables import ADD, SET, STAMP
from simulator.engine.unrolled import BEFORE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy as np

    from simulator.engine.model import Luck, Model
    from simulator.engine.tables import Draws, Effect, Guard, Trace
    from simulator.kader.attributes import Attribute

_THOUSANDTHS = 1000
BUSY, TURN, NOBODY, TEAM, DAY = "busy", "turn", "nobody", "team", "day"
WAITS = (BUSY, TURN, TEAM, DAY, NOBODY)
"""What a step can wait for, what says most of it first."""
COUNTED, OTHER, STILL = "for", "other", "still"
_LIMIT = re.compile(r"([^=*<>]+)=(-?[\d.]+)[<>](-?[\d.]+)")
_DAYS = re.compile(rf"({NOBODY}|{STILL})=([\d.]+)")
_PACE = re.compile(r"([^=*]+)(?:=(\d+))?\*([\d.]+)")
_READABLE = {"circumstance", "already", "before", "draw", "all", "any", "no"}
"""Conditions that can be looked at afterwards: what they ask about is drawn, laid, or noted with its moment."""


@dataclass(frozen=True)
class Cause:
    """Why a step went otherwise.

    Attributes:
        name: a circumstance, or what was there already (such as help), for a step that took `factor` times as long;
            `busy`: it waited for who was with another step; `turn`: for one before it in the queue, whose team was not
            there; `team`: until the people of its own team could; `day`: until the next working day began; `nobody`:
            until somebody was there (`days` of the wait, where a pool was closed); `for`: it was done for a step that
            counted towards it, such as an objection; `other`: it was done for another reason than what is counted;
            `still`: it lay still on `days`, since who did it was elsewhere for whole days.
        level: of the circumstance; 0 for what has none.
        factor: on the duration.
        swv, step: whose step the people were busy with, or which own step counted.
        item: what that step was about.
        value, bound: of a figure of the bekostiging that lies below or above a bound, for which the step is done.
        days: of the wait on which nobody of a pool could begin, since it was closed, else 0; of `still` the days.
    """

    name: str
    level: int = 0
    factor: float = 1.0
    swv: str = ""
    step: str = ""
    item: str = ""
    value: float | None = None
    bound: float | None = None
    days: float = 0.0

    def __str__(self) -> str:
        """One word: `jeugdzorg=2*1.45`, `helped*0.8`, `busy:PO2814/talk_oogo`, `for:object_vague/PLAN-d` or `nobody`.

        A figure of the bekostiging as `budget_change=-6.1<-5`, days of a wait on a closed pool as `nobody=30`.
        """
        if self.value is not None and self.bound is not None:
            return f"{self.name}={self.value:.15g}{'<' if self.value < self.bound else '>'}{self.bound:g}"
        if self.name == COUNTED:
            return f"{COUNTED}:{self.step}/{self.item}"
        if self.step:
            return f"{self.name}:{self.swv}/{self.step}"
        if self.name in (NOBODY, TEAM, DAY, OTHER, STILL):
            return f"{self.name}={self.days:g}" if self.days else self.name
        return f"{self.name}{f'={self.level}' if self.level else ''}*{self.factor:g}"


def read(text: str) -> list[Cause]:
    """The causes that stand in an event log."""
    found = []
    for word in text.split():
        if days := _DAYS.fullmatch(word):
            found.append(Cause(days[1], days=float(days[2])))
        elif pace := _PACE.fullmatch(word):
            found.append(Cause(pace[1], int(pace[2] or 0), float(pace[3])))
        elif limit := _LIMIT.fullmatch(word):
            found.append(Cause(limit[1], value=float(limit[2]), bound=float(limit[3])))
        else:
            name, _, whose = word.partition(":")
            one, _, other = whose.partition("/")
            own = Cause(name, step=one, item=other) if name == COUNTED else Cause(name, swv=one, step=other)
            found.append(own)
    return found


def of_starts(model: Model, trace: Trace, luck: Luck) -> dict[int, str]:
    """Per row that was begun what made it longer or shorter, where something did, and what counted towards it.

    Args:
        model: what was played.
        trace: what happened.
        luck: of that replication, as it was before it.
    """
    tables, draws = model.tables, luck.draws
    states, counted = _stamped(model, trace, draws), _counted(model, trace, draws)
    money, still = _by_money(model, trace, luck.attributes), _still(trace)
    found = {}
    for row, start in enumerate(trace.start):
        if start >= NEVER:
            continue
        factors: dict[tuple[str, int], float] = {}
        for guard, own, parameter in tables.scales[row]:
            if _is_readable(guard) and holds(guard, states[tables.swv[row]], draws, start):
                name = "+".join(dict.fromkeys(_names(guard, model))), _level(guard, draws, start)
                factors[name] = factors.get(name, 1.0) * draws.factors[own, parameter] / _THOUSANDTHS
        causes = [Cause(*name, factor) for name, factor in factors.items() if factor != 1]
        causes = [*money.get(row, ()), *counted.get(row, ()), *causes, *still.get(row, ())]
        if causes:
            found[row] = " ".join(map(str, causes))
    return found


def _counted(model: Model, trace: Trace, draws: Draws) -> dict[int, list[Cause]]:
    """Per row that was begun by a choice on what was counted: the steps that counted, or that it was something else."""
    tables = model.tables
    counts = [
        {effect.name: effect for effect in effects if effect.how == ADD or (effect.how == SET and not effect.value)}
        for effects in tables.effects
    ]
    names = {name for own in counts for name, effect in own.items() if effect.how == ADD}
    found = {}
    for options in tables.options:
        for guard, target in options:
            start = trace.start[target] if guard and target >= 0 else NEVER
            name = next((one for one in _counts(guard) if one in names), None) if guard and start < NEVER else None
            if guard and name:
                rows = _since_zero(name, tables.swv[target], start, counts, model, trace)
                state = {name: sum(counts[row][name].value for row in rows)}
                decisive = _decisive(guard, state, draws, start)
                found[target] = [
                    Cause(COUNTED, step=tables.node[row], item=tables.item[row]) for row in rows
                ] if name in _counts(decisive) and rows else [Cause(OTHER)]  # fmt: skip
    return found


def _still(trace: Trace) -> dict[int, list[Cause]]:
    """Per row that lay still the days on which it did."""
    spans: dict[int, set[tuple[int, int]]] = {}
    for _, _, row, start, end in trace.breaks:
        spans.setdefault(row, set()).add((start, end))
    days = {row: sum(end - start for start, end in own) / DAY_SECONDS for row, own in spans.items()}
    return {row: [Cause(STILL, days=round(one, 1))] for row, one in days.items()}


def _by_money(model: Model, trace: Trace, attributes: Mapping[str, np.ndarray]) -> dict[int, list[Cause]]:
    """Per row that was begun by a choice on a figure of the bekostiging: that figure, and the bound that it passed."""
    tables, known = model.tables, model.scenario.kader.file.attributes
    found: dict[int, list[Cause]] = {}
    for options in tables.options:
        for guard, target in options:
            if guard is None or target < 0 or trace.start[target] >= NEVER:
                continue
            for name in dict.fromkeys(_asks(guard)):
                rule = known[name].money if name in known else None
                bound = rule.below if rule and rule.below is not None else rule.above if rule else None
                if rule is None or bound is None or not attributes[name][tables.swv[target]]:
                    continue
                figure = next((own for own, one in known.items() if _is_figure(one, rule.figure)), name)
                value = round(float(attributes[figure][tables.swv[target]]), known[figure].decimals + 1)
                found.setdefault(target, []).append(Cause(figure, value=value, bound=bound))
    return found


def _asks(guard: Guard) -> Iterator[str]:
    """The names of what must hold for a condition, not of what must not."""
    if guard.op == "at_least":
        yield guard.name
    for inner in guard.inner if guard.op in ("all", "any") else ():
        yield from _asks(inner)


def _is_figure(attribute: Attribute, figure: str) -> bool:
    """Whether an attribute is a figure of the bekostiging itself, and not where that lies."""
    return attribute.kind == "number" and attribute.money is not None and attribute.money.figure == figure


def _counts(guard: Guard) -> Iterator[str]:
    """The names of what a condition counts."""
    if guard.op == "at_least":
        yield guard.name
    for inner in guard.inner:
        yield from _counts(inner)


def _decisive(guard: Guard, state: dict[str, int], draws: Draws, now: int) -> Guard:
    """The first part of a condition that holds by itself, where it has several and each can be looked at."""
    if guard.op != "any":
        return guard
    return next((one for one in guard.inner if _can_look(one, state) and holds(one, state, draws, now)), guard)


def _can_look(guard: Guard, state: dict[str, int]) -> bool:
    known = guard.op in _READABLE - {"already"} or (guard.op == "at_least" and guard.name in state)
    return known and all(_can_look(inner, state) for inner in guard.inner)


def _since_zero(
    name: str, swv: int, now: int, counts: list[dict[str, Effect]], model: Model, trace: Trace
) -> list[int]:
    """The rows of an swv that have added to a variable up to a moment, since it was last set to nothing."""
    own = sorted(
        (trace.end[row], row)
        for row, of_row in enumerate(counts)
        if name in of_row and model.tables.swv[row] == swv and trace.end[row] <= now
    )
    last = max((place for place, (_, row) in enumerate(own) if counts[row][name].how == SET), default=-1)
    return [row for _, row in own[last + 1 :]]


def of_grants(model: Model, trace: Trace) -> list[str]:
    """Per time that somebody was given to a step what it had waited for.

    Empty where it had not waited, or where it was somebody else of its team that it waited for. Of a wait on a pool that
    was closed for a part of it the days of that part come first, then who had the people in the rest of it.
    """
    over: dict[tuple[int, int, int], int] = {}  # whose step somebody had in hand, by the moment at which it ended
    before: dict[tuple[int, int], int] = {}  # who got somebody of a pool last, by pool and moment
    found: list[Cause | None] = []
    of_row: dict[int, list[int]] = {}
    for number, (pool, unit, row, requested, granted) in enumerate(trace.grants):
        holder, first = over.get((pool, unit, granted)), before.get((pool, granted), row)
        over[pool, unit, trace.end[row]] = before[pool, granted] = row
        of_row.setdefault(row, []).append(number)
        if granted == requested:
            found.append(None)
        elif holder is not None:
            found.append(_whose(BUSY, model, holder))
        elif model.clock.begins(model.tables, row, requested) == granted:
            found.append(Cause(DAY))
        elif trace.own.get(row) == granted:
            found.append(Cause(TEAM))
        else:
            found.append(_whose(TURN, model, first) if first != row else Cause(NOBODY))
    closed = [_days_closed(model, pool, requested, granted) for pool, _, _, requested, granted in trace.grants]
    told = [""] * len(found)
    for numbers in of_row.values():
        known = [one.name for number in numbers if (one := found[number])]
        best = next((name for name in WAITS if name in known), "")
        for number in numbers:
            one = found[number]
            gave_up = trace.own.get(trace.grants[number][2], NEVER) < trace.grants[number][4]
            told[number] = _words(one if one and one.name == best else None, closed[number], gave_up=gave_up)
    return told


def _words(rest: Cause | None, closed: float, *, gave_up: bool) -> str:
    """What a step waited for: the days on which a pool was closed, its own team, and what else."""
    parts = [Cause(NOBODY, days=closed)] if closed else []
    parts += [Cause(TEAM)] if gave_up and rest else []
    parts += [rest] if rest and not (closed and rest.name == NOBODY) else []
    return " ".join(map(str, parts))


def _days_closed(model: Model, pool: int, since: int, until: int) -> float:
    """The days between two moments, to a tenth, on which a pool was closed: of nobody in it a step could begin."""
    track = model.capacity.get(pool)
    if track is None:
        return 0.0
    seconds = 0
    for moment, after, people in zip(track.moments, [*track.moments[1:], NEVER], track.values, strict=True):
        seconds += 0 if people else max(0, min(until, after) - max(since, moment))
    return round(seconds / DAY_SECONDS, 1)


def _whose(name: str, model: Model, row: int) -> Cause:
    """That the step of a row was what was waited for."""
    return Cause(name, swv=model.codes[model.tables.swv[row]], step=model.tables.node[row])


def _stamped(model: Model, trace: Trace, draws: Draws) -> list[dict[str, int]]:
    """Per swv what the conditions read: what was drawn, and when something first happened."""
    states = [dict(state) for state in draws.state]
    for row, end in sorted(enumerate(trace.end), key=lambda one: one[1]):
        if end >= NEVER:
            break
        for effect in model.tables.effects[row]:
            if effect.how == STAMP:
                states[model.tables.swv[row]].setdefault(effect.name, end)
    return states


def _is_readable(guard: Guard) -> bool:
    return guard.op in _READABLE and all(_is_readable(inner) for inner in guard.inner)


def _names(guard: Guard, model: Model) -> Iterator[str]:
    """What a condition asks about, by name."""
    if guard.op == "circumstance":
        yield model.unrolled.tracks[guard.track][0]
    elif guard.op == "already":
        yield guard.name.removeprefix(BEFORE).partition(" ")[0]
    elif guard.op == "draw":
        yield guard.name
    for inner in guard.inner:
        yield from _names(inner, model)


def _level(guard: Guard, draws: Draws, now: int) -> int:
    """The highest level of the circumstances that a condition asks about."""
    own = draws.tracks[guard.track].at(now) if guard.op == "circumstance" else 0
    return max([own, *(_level(inner, draws, now) for inner in guard.inner)])
