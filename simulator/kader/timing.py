"""Timing checks: a small closed form over the days of events, with three truth values.

One implementation serves the events in a plan file and the events of simulated swv: every value is a numpy array over
columns (swv, moments), and a plan is one column.

    happened(e)        the event took place
    before(e, x)       e took place on an earlier day than x
    by(e, x)           e took place on the day of x or earlier
    all_items(e)       the event took place for every item (gemeente, overlapping swv); never true for an empty list
    count(e) >= n      the event took place for at least n items

`x` is a date in quotes, another event, `term(e, weeks=4)` (Algemene termijnenwet applied) or `after(e, weeks=4)`
(plain); a length below zero counts backwards and is never shifted. An event that has not happened is later than
everything. Joined by `and`, `or`, `not`.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulator.base import days
from simulator.base.days import NEVER
from simulator.kader import terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_UNITS = ("days", "weeks", "months", "years")


class TimingError(ValueError):
    """An expression that is not of the closed form; `offset` is the 0-based position in the text."""

    def __init__(self, key: str, offset: int, **values: str) -> None:
        super().__init__(key)
        self.key, self.offset, self.values = key, offset, values


class Truth(NamedTuple):
    """Kleene truth over columns: certainly true, certainly false, neither (unknown)."""

    true: np.ndarray
    false: np.ndarray

    def __and__(self, other: Truth) -> Truth:
        return Truth(self.true & other.true, self.false | other.false)

    def __or__(self, other: Truth) -> Truth:
        return Truth(self.true | other.true, self.false & other.false)

    def __invert__(self) -> Truth:
        return Truth(self.false, self.true)


@dataclass(frozen=True)
class Happening:
    """What is known of one event, per column.

    Attributes:
        day: day number of its first occurrence (of the last item, for an event with items); `NEVER` when not.
        known: whether that is known at all.
        count: number of items for which it took place (0 or 1 for an event without items).
        total: number of items (1 for an event without items).
        unknown: number of items of which it is not known.
    """

    day: np.ndarray
    known: np.ndarray
    count: np.ndarray
    total: np.ndarray
    unknown: np.ndarray


Events = dict[str, Happening]


@dataclass(frozen=True)
class Expression:
    """A parsed timing expression."""

    text: str
    tree: ast.expr

    def __call__(self, events: Events) -> Truth:
        return _evaluate(self.tree, events)

    def names(self) -> Iterator[tuple[str, int]]:
        """Events that the expression speaks of, with their offset in the text."""
        return _names(self.tree)

    def subjects(self) -> set[str]:
        """Events that the expression judges, and not those whose day it measures them by."""
        calls = [node for node in ast.walk(self.tree) if isinstance(node, ast.Call) and node.args]
        judged = {(call.func.id, call.args[0].id) for call in calls
                  if isinstance(call.func, ast.Name) and isinstance(call.args[0], ast.Name)}  # fmt: skip
        return {event for function, event in judged if function != "after"}


@dataclass(frozen=True)
class Point:
    """A parsed moment: a date, an event, or a length of time after (below zero: before) an event."""

    text: str
    tree: ast.expr

    def day(self, events: Events) -> np.ndarray:
        """Its day, per column; `NEVER` while the event has not happened."""
        return _point(self.tree, events).day

    def names(self) -> Iterator[tuple[str, int]]:
        """The events it speaks of, with their offset in the text."""
        return _names(self.tree)


@cache
def parse_point(text: str) -> Point:
    """Parse a moment: `2014-05-01`, `adopted`, `after(plan_start, months=-3)` or `term(opr_refused, weeks=6)`.

    Raises:
        TimingError: it is not of the closed form.
    """
    stripped = text.strip()
    quoted = repr(stripped) if stripped[:1].isdigit() else stripped
    try:
        tree = ast.parse(quoted, mode="eval").body
    except (SyntaxError, RecursionError, MemoryError, ValueError):
        raise TimingError("timing.syntax", 0) from None
    _check_point(tree)
    return Point(text, tree)


def _names(tree: ast.expr) -> Iterator[tuple[str, int]]:
    functions = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node not in functions:
            yield node.id, node.col_offset


@cache
def parse(text: str) -> Expression:
    """Parse a timing expression.

    Raises:
        TimingError: it is not of the closed form.
    """
    try:
        tree = ast.parse(text.strip(), mode="eval").body
        _check(tree)
    except SyntaxError as error:
        raise TimingError("timing.syntax", (error.offset or 1) - 1) from None
    except (RecursionError, MemoryError, ValueError) as error:
        if isinstance(error, TimingError):
            raise
        raise TimingError("timing.syntax", 0) from None
    return Expression(text, tree)


def _check(node: ast.expr) -> None:
    match node:
        case ast.BoolOp(values=values):
            for value in values:
                _check(value)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            _check(operand)
        case ast.Call(func=ast.Name(id="happened" | "all_items"), args=[ast.Name()], keywords=[]):
            pass
        case ast.Call(func=ast.Name(id="before" | "by"), args=[ast.Name(), point], keywords=[]):
            _check_point(point)
        case ast.Compare(
            left=ast.Call(func=ast.Name(id="count"), args=[ast.Name()], keywords=[]),
            ops=[ast.GtE()],
            comparators=[ast.Constant(value=int())],
        ):
            pass
        case _:
            raise TimingError("timing.form", node.col_offset, part=ast.unparse(node))


def _check_point(node: ast.expr) -> None:
    match node:
        case ast.Name():
            pass
        case ast.Constant(value=str() as text):
            try:
                days.parse(text)
            except ValueError:
                raise TimingError("timing.date", node.col_offset, part=text) from None
        case ast.Call(
            func=ast.Name(id="term" | "after"), args=[ast.Name()], keywords=[ast.keyword(arg=unit, value=value)]
        ) if unit in _UNITS and _is_whole(value):
            pass
        case _:
            raise TimingError("timing.form", node.col_offset, part=ast.unparse(node))


_LONGEST = 1200
"""A term of more days, weeks, months or years than this is a slip of the pen."""


def _is_whole(node: ast.expr) -> bool:
    """Whether a node is a whole number that a term can have; below zero counts backwards."""
    inner = node.operand if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) else node
    return isinstance(inner, ast.Constant) and type(inner.value) is int and inner.value <= _LONGEST


def _evaluate(node: ast.expr, events: Events) -> Truth:
    match node:
        case ast.BoolOp(op=op, values=values):
            result = _evaluate(values[0], events)
            for value in values[1:]:
                other = _evaluate(value, events)
                result = result & other if isinstance(op, ast.And) else result | other
            return result
        case ast.UnaryOp(operand=operand):
            return ~_evaluate(operand, events)
        case ast.Compare(left=ast.Call(args=[ast.Name(id=name)]), comparators=[ast.Constant(value=int() as number)]):
            return _at_least(events[name], number)
        case ast.Call(func=ast.Name(id=function), args=[ast.Name(id=name), *rest]):
            return _FUNCTIONS[function](events[name], *(_point(part, events) for part in rest))
    raise TimingError("timing.form", node.col_offset, part=ast.unparse(node))


def _point(node: ast.expr, events: Events) -> Happening:
    match node:
        case ast.Name(id=name):
            return events[name]
        case ast.Constant(value=text):
            day = np.asarray(days.day_of(days.parse(str(text))))
            one = np.asarray(1)
            return Happening(day, np.asarray(True), one, one, np.asarray(0))
        case ast.Call(
            func=ast.Name(id=function), args=[ast.Name(id=name)], keywords=[ast.keyword(arg=unit, value=value)]
        ):
            start = events[name]
            number = ast.literal_eval(value)
            end = terms.last_day(start.day, number, unit, plain=function == "after")  # type: ignore[arg-type]
            return Happening(end, start.known, start.count, start.total, start.unknown)
    raise TimingError("timing.form", node.col_offset, part=ast.unparse(node))


def _happened(event: Happening) -> Truth:
    took_place = (event.count >= event.total) & (event.total > 0)
    return Truth(event.known & took_place, event.known & ~took_place)


def _all_items(event: Happening) -> Truth:
    filled = event.total > 0
    truth = _happened(event)
    return Truth(truth.true & filled, truth.false | (event.known & ~filled))


def _at_least(event: Happening, number: int) -> Truth:
    return Truth(event.count >= number, event.count + event.unknown < number)


def _earlier(event: Happening, point: Happening, slack: int) -> Truth:
    took_place = event.day < NEVER
    in_time = event.day < point.day + slack
    both = event.known & point.known
    never = event.known & ~took_place
    return Truth(both & took_place & in_time, never | (both & ~in_time))


def _before(event: Happening, point: Happening) -> Truth:
    return _earlier(event, point, 0)


def _by(event: Happening, point: Happening) -> Truth:
    return _earlier(event, point, 1)


_FUNCTIONS: dict[str, Callable[..., Truth]] = {
    "happened": _happened,
    "all_items": _all_items,
    "before": _before,
    "by": _by,
}
