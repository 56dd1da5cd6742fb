"""Every figure of several runs for every part of the country, and why the clearest differ: some replications played again.

A stored run keeps of each swv only when it was looked at. What the other figures are for a part follows from playing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.outcomes import comparing, kpis, parting, statistics
from simulator.reports import parts, reasons
from simulator.reports.parts import Compared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.outcomes.comparing import Comparison
    from simulator.outcomes.replication import Replication
    from simulator.reports.source import Asked, Source

Array = np.ndarray

MOST = 12
"""Replications of each run that are played again for parts; for the reasons of a figure `MOST_REASONS`."""
MOST_REASONS = 6


@dataclass(frozen=True)
class Sums:
    """A figure as sums, per replication (rows) and swv (columns).

    Attributes:
        of_swv: the part of each swv in the numerator.
        each: the part of each in the denominator; the whole of it (one column) where it is nobody's own.
    """

    of_swv: Array
    each: Array

    def among(self, columns: Sequence[int]) -> Array:
        """The figure of some swv per replication; NaN where there was nothing to measure."""
        over = (self.each[:, columns] if self.each.shape[1] == self.of_swv.shape[1] else self.each).sum(axis=1)
        return np.where(over > 0, self.of_swv[:, columns].sum(axis=1) / np.where(over > 0, over, 1), np.nan)


def replications(found: Comparison) -> list[int]:
    """The replications that are played again."""
    return [int(one) for one in comparing.shared(found.runs)[:MOST]]


def sums(source: Source, names: Sequence[str], codes: Sequence[str], numbers: Sequence[int]) -> dict[str, Sums]:
    """Figures of a run as sums over some swv.

    Args:
        source: the run.
        names: of the figures; those that it has not are left out.
        codes: the swv.
        numbers: of the replications.
    """
    where = [source.player.model.codes.index(code) for code in codes]
    rows: dict[str, list[tuple[Array, Array]]] = {}
    kept = numbers[:MOST_REASONS]  # `why` asks for them again; each takes megabytes
    for number in numbers:
        play = source.replication(number) if number in kept else source.player.replication(number)
        for name in set(kpis.names(play.looker)).intersection(names):
            rows.setdefault(name, []).append(_row(play, name, where))
    return {name: Sums(*(np.array(side) for side in zip(*row, strict=True))) for name, row in sorted(rows.items())}


def _row(play: Replication, name: str, where: list[int]) -> tuple[Array, Array]:
    found = kpis.parts_of(play, name)
    return found.of_swv[where], np.array([found.over]) if found.each is None else found.each[where]


def compared(
    asked: Asked, base: Sums, other: Sums, codes: Sequence[str], *, paired: bool, most: float | None = None
) -> list[Compared]:
    """A figure of every part in two runs; `most` is how far two values of it can differ."""
    place = {code: number for number, code in enumerate(codes)}
    differ = statistics.paired if paired else statistics.unpaired
    found = []
    for part in parts.parts(asked.source.scenario.swv, codes):
        left, right = (one.among([place[code] for code in part.codes]) for one in (base, other))
        if not (np.isnan(left).all() or np.isnan(right).all()):
            found.append(
                Compared(part, float(np.nanmean(left)), float(np.nanmean(right)), differ(left, right, most=most))
            )
    return found


class _Once(parting.Pair):
    """Two runs side by side that are asked about several figures: each replication is played once."""

    def __init__(self, sources: tuple[Source, Source], found: Comparison) -> None:
        super().__init__(found.runs[0], found.runs[1], "", players=(sources[0].player, sources[1].player))
        self._sources = sources

    def play(self, number: int) -> tuple[Replication, Replication]:
        return self._sources[0].replication(number), self._sources[1].replication(number)


def why(left: Source, right: Source, figures: Sequence[str]) -> list[dict[str, Any]]:
    """Why two stored runs that share their luck differ in figures: per figure what `reasons.page` tells."""
    found = comparing.compare([source.run for source in (left, right) if source.run is not None])
    pair, told = _Once((left, right), found), []
    for name in figures:
        pair.kpi = name
        each = [pair.parts(int(number)) for number in comparing.shared(found.runs)[:MOST_REASONS]]
        measured = [one for one in each if one is not None]
        fall = parting.waterfall([part for one in measured for part in one], len(measured))
        if fall.by_step:
            told.append(reasons.page(reasons.data(found, pair, name, fall, None), found))
    return told
