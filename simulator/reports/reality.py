"""Figures that were seen in reality beside a run, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.base.language import pick, say
from simulator.base.numbers import number
from simulator.outcomes.reality import ENOUGH, LEVEL
from simulator.reports.tables import BY_ROW, Column, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.outcomes.reality import Held, Observed


def table(held: Sequence[Held], title: str, replications: int) -> Table:
    """A row per figure: what was seen, what the model plays, whether the one lies in the other, and what that is worth.

    Args:
        held: the figures.
        title: of the run.
        replications: how many were played.
    """
    columns = (
        Column("figure", say("reality.figure")), Column("seen", say("reality.seen")), Column("n", say("reality.n")),
        Column("low", say("reality.low"), BY_ROW), Column("middle", say("reality.middle"), BY_ROW),
        Column("high", say("reality.high"), BY_ROW), Column("inside", say("reality.inside"), words=_words(*_INSIDE)),
        Column("use", say("reality.use"), words=_words("input", "fitted", "predicted")),
        Column("evidence", say("reality.evidence"), words=_words("yes", "no")),
        Column("source", say("reality.source")), Column("id", say("table.name"), screen=False),
    )  # fmt: skip
    counts = sum(one.evidence for one in held)
    notes = (
        say("reality.note", n=replications, level=round(LEVEL * 100)),
        *((say("reality.thin", n=ENOUGH),) if any(0 < one.played < ENOUGH for one in held) else ()),
        say("reality.uses"),
        say("reality.worth_none" if not counts else "reality.worth", n=counts),
        *(_within(one) for one in held if one.narrow is not None),
    )
    return Table("reality", say("reality.title", scenario=title), columns, [_row(one) for one in held], notes,
                 frozenset({"source"}))  # fmt: skip


_INSIDE = ("yes", "no", "too_few")


def _words(*names: str) -> dict[str, str]:
    """What people see for the values of data."""
    return {name: say(f"report.{name}" if name in ("yes", "no") else f"reality.{name}") for name in names}


def _inside(one: Held) -> str | None:
    if one.inside is None:
        return "too_few" if one.played else None
    return "yes" if one.inside else "no"


def _row(one: Held) -> dict[str, object]:
    return {
        "figure": pick(one.figure.label), "seen": _seen(one.figure), "n": one.figure.rests_on,
        "low": one.low, "middle": one.middle, "high": one.high, "unit": one.figure.unit,
        "inside": _inside(one), "use": one.figure.use, "evidence": "yes" if one.evidence else "no",
        "source": pick(one.figure.source), "id": one.figure.id,
    }  # fmt: skip


def _within(one: Held) -> str:
    """Whether the interval is as narrow as the figure asks."""
    low, high = (number(bound, 0) for bound in one.figure.within or ())
    return say("reality.narrow" if one.narrow else "reality.wide", figure=pick(one.figure.label), low=low, high=high)


def _seen(figure: Observed) -> str:
    """What was seen: the values, or a range."""
    if figure.n == 1 and len(figure.values) > 1:
        return say("reality.range", low=number(figure.values[0], 0), high=number(figure.values[-1], 0))
    return "; ".join(number(value, 0) for value in figure.values)
