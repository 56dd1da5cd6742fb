"""One replication of a stored run, played again from the inputs that the run kept."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.engine.playing import StepFailed, halted
from simulator.outcomes import frames, kpis
from simulator.outcomes.looking import Seen
from simulator.outcomes.play import Failure, Player

if TYPE_CHECKING:
    import polars

    from simulator.outcomes.store import Run
    from simulator.world.scenario import Scenario


@dataclass(frozen=True)
class Replayed:
    """A replication that was played again.

    Attributes:
        events: everything that happened, in order; up to the fault when it failed.
        kpis: its figures; empty when it failed.
        same: whether these are the figures that the run has stored; None when it failed, or there is no run.
        failure: why it failed.
    """

    events: polars.DataFrame
    kpis: dict[str, float]
    same: bool | None
    failure: Failure | None


def replay(run: Run, number: int) -> Replayed:
    """Play a replication of a run again.

    Args:
        run: with the inputs that it kept.
        number: of the replication.
    """
    return again(run.scenario, number, run)


def again(scenario: Scenario, number: int, run: Run | None = None) -> Replayed:
    """Play one replication of a scenario; it is what a run would have there, also a run that was stopped or never done.

    Args:
        scenario: what to play; its seed counts.
        number: of the replication.
        run: the stored run whose figures they are held against.
    """
    player = Player(scenario)
    luck = player.model.draw(number)
    trace, fault = halted(player.model, luck.draws)
    events = frames.happened(player.model, trace, number)
    if fault is not None:
        return Replayed(events, {}, None, _failure(number, fault))
    seen = Seen(player.looker, trace, luck.attributes, luck.content)
    found = kpis.measure(kpis.look(player.looker, seen, trace))
    return Replayed(events, found, None if run is None else _as_stored(run, number, found), None)


def _as_stored(run: Run, number: int, found: dict[str, float]) -> bool:
    """Whether figures are those that a run has stored of a replication."""
    (row,) = (run.kpis["replication"] == number).nonzero()
    return len(row) == 1 and all(_equal(float(run.kpis[name][row[0]]), value) for name, value in found.items())


def in_full(player: Player, number: int) -> tuple[polars.DataFrame, polars.DataFrame]:
    """The events and findings of a replication; of one that fails the events up to the fault, and no findings."""
    try:
        played = player.replication(number)
    except StepFailed:
        trace, _ = halted(player.model, player.model.draw(number).draws)
        return frames.happened(player.model, trace, number), frames.no_findings()
    return frames.events(player, played, number), frames.findings(player, played, number)


def _failure(number: int, fault: StepFailed) -> Failure:
    return Failure(number, fault.reason, fault.swv, fault.step, fault.day)


def _equal(stored: float, found: float) -> bool:
    return stored == found or (math.isnan(stored) and math.isnan(found))
