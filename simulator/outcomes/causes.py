"""Why a step took longer or shorter than was drawn, or had to wait: what came from outside, help, and who was busy.

Read off a trace afterwards, by the conditions and factors with which the clock worked. In an event log the causes of an
event stand as words with spaces between them; `read` makes them causes again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.base.days import NEVER
from simulator.engine.clock import holds
from simulator.engine.tables import STAMP
from simulator.engine.unrolled import BEFORE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.engine.model import Model
    from simulator.engine.tables import Draws, Guard, Trace

_THOUSANDTHS = 1000
BUSY, TURN, NOBODY = "busy", "turn", "nobody"
_PACE = re.compile(r"([^=*]+)(?:=(\d+))?\*([\d.]+)")
_READABLE = {"circumstance", "already", "before", "draw", "all", "any", "no"}
"""Conditions that can be looked at afterwards: what they ask about is drawn, laid, or noted with its moment."""


@dataclass(frozen=True)
class Cause:
    """Why a step went otherwise.

    Attributes:
        name: a circumstance, or what was there already (such as help), for a step that took `factor` times as long;
            `busy`: it waited for who was with another step; `turn`: for one before it in the queue, whose team was not
            there; `nobody`: until somebody was there.
        level: of the circumstance; 0 for what has none.
        factor: on the duration.
        swv, step: whose step the people were busy with.
    """

    name: str
    level: int = 0
    factor: float = 1.0
    swv: str = ""
    step: str = ""

    def __str__(self) -> str:
        """One word: `jeugdzorg=2*1.45`, `helped*0.8`, `busy:PO2814/talk_oogo` or `nobody`."""
        if self.step:
            return f"{self.name}:{self.swv}/{self.step}"
        if self.name == NOBODY:
            return NOBODY
        return f"{self.name}{f'={self.level}' if self.level else ''}*{self.factor:g}"


def read(text: str) -> list[Cause]:
    """The causes that stand in an event log."""
    found = []
    for word in text.split():
        if pace := _PACE.fullmatch(word):
            found.append(Cause(pace[1], int(pace[2] or 0), float(pace[3])))
        else:
            name, _, whose = word.partition(":")
            swv, _, step = whose.partition("/")
            found.append(Cause(name, swv=swv, step=step))
    return found


def of_starts(model: Model, trace: Trace, draws: Draws) -> dict[int, str]:
    """Per row that was begun what made it longer or shorter, where something did.

    Args:
        model: what was played.
        trace: what happened.
        draws: of that replication, as they were before it.
    """
    tables = model.tables
    states = _stamped(model, trace, draws)
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
        if causes:
            found[row] = " ".join(map(str, causes))
    return found


def of_grants(model: Model, trace: Trace) -> list[str]:
    """Per time that somebody was given to a step what it had waited for.

    Empty where it had not waited, or where it was somebody else of its team that it waited for.
    """
    last: dict[tuple[int, int], int] = {}
    before: dict[tuple[int, int], int] = {}  # who got somebody of a pool last, by pool and moment
    found: list[Cause | None] = []
    of_row: dict[int, list[int]] = {}
    for number, (pool, unit, row, requested, granted) in enumerate(trace.grants):
        holder, first = last.get((pool, unit)), before.get((pool, granted), row)
        last[pool, unit] = before[pool, granted] = row
        of_row.setdefault(row, []).append(number)
        if granted == requested:
            found.append(None)
        elif holder is not None and trace.end[holder] == granted:
            found.append(_whose(BUSY, model, holder))
        else:
            found.append(_whose(TURN, model, first) if first != row else Cause(NOBODY))
    for numbers in of_row.values():
        known = [one.name for number in numbers if (one := found[number])]
        best = next((name for name in (BUSY, TURN, NOBODY) if name in known), "")
        for number in numbers:
            one = found[number]
            found[number] = one if one and one.name == best else None
    return [str(one) if one else "" for one in found]


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
