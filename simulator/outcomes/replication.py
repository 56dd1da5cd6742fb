"""A replication with everything that a figure can be taken from, and what a figure is made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simulator.outcomes import spans, toezicht

if TYPE_CHECKING:
    from simulator.engine.tables import Trace
    from simulator.outcomes.looking import Looker, Seen, Statuses
    from simulator.outcomes.toezicht import Happened, Onderzoek, Order

Array = np.ndarray
NOTHING = float("nan")


@dataclass(frozen=True)
class Replication:
    """A replication with everything that a figure can be taken from.

    Attributes:
        looked: statuses of all swv on the days that the kader asks for, all in one table.
        where: per name of such a day its columns: one per swv for which the day comes.
    """

    looker: Looker
    seen: Seen
    trace: Trace
    looked: Statuses
    where: dict[str, Array]

    @cached_property
    def happened(self) -> Happened:
        """The days of the events of supervision, each time that they happened."""
        return toezicht.happened(self.looker, self.seen)

    @cached_property
    def orders(self) -> list[Order]:
        """Every order, and what became of it; none in a kader without supervision."""
        return toezicht.orders(self.looker, self.happened)

    @cached_property
    def steps_of_orders(self) -> dict[toezicht.Key, list[tuple[str, int]]]:
        """Per order, by swv, duty and round, the (event, row) of all that happened to it."""
        return toezicht.steps_of_orders(self.looker, self.trace)

    @cached_property
    def breaches(self) -> list[spans.Breach]:
        """What came too soon or too late for the law, by day."""
        return spans.of_play(self)

    @cached_property
    def withheld(self) -> dict[toezicht.Key, float]:
        """Euros that were kept back of the funding, by swv and round."""
        return toezicht.withheld(self.looker, self.seen, self.happened)

    @cached_property
    def onderzoeken(self) -> list[Onderzoek]:
        """Every onderzoek, with its judgement."""
        return toezicht.onderzoeken(self.looker, self.seen, self.happened)


@dataclass(frozen=True)
class Parts:
    """A figure as a sum over swv: the numerators of all swv together over one denominator.

    Attributes:
        of_swv: per swv its part of the numerator.
        over: the denominator; 0 when nobody gave rise to the figure.
        each: per swv its part of the denominator; None when it is nobody's own, as the time of a pool.
    """

    of_swv: Array
    over: float
    each: Array | None = None

    @classmethod
    def mean(cls, values: Array, each: Array | None = None) -> Parts:
        """The mean of values over what each swv counts for: once when that is not said."""
        each = np.ones(len(values)) if each is None else each
        return cls(values, float(each.sum()), each)

    def among(self, swv: Array) -> Parts:
        """The figure of some swv, by their places."""
        each = None if self.each is None else self.each[swv]
        return Parts(self.of_swv[swv], self.over if each is None else float(each.sum()), each)

    @property
    def value(self) -> float:
        """The figure."""
        return float(self.of_swv.sum() / self.over) if self.over else NOTHING


def by_swv(play: Replication, swv: Array, values: Array) -> Array:
    """Sums of values by the swv that they belong to."""
    return np.bincount(swv, weights=values, minlength=len(play.looker.model.codes))
