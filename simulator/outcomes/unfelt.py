"""Shocks that come over somebody and yet change nothing of what is played: in their days nobody does what they work on.

Gemeenten without people in days on which no talk is held anyway are an instance: in a recess, or before the first talk.
The days of a shock cannot tell, since it depends on the course of events; so it is played, with each shock and without it,
under the same luck.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.engine.model import Model
from simulator.engine.playing import play
from simulator.world import shocks

if TYPE_CHECKING:
    from simulator.engine.tables import Draws, Trace
    from simulator.kader.shocks import Shock
    from simulator.world.scenario import Scenario

TRIES = 3
"""Replications in which a shock must change nothing before that is told."""


def unfelt(scenario: Scenario, tries: int = TRIES) -> list[Shock]:
    """The shocks that change the end of no step in the first replications of a scenario.

    Not those of which is known without playing that they do nothing (`shocks.idle`, `shocks.left_out`), nor those on the
    bekostiging: whether their days count for anything is looked at when the scenario is read.

    Args:
        scenario: that is played.
        tries: how many replications.

    Raises:
        StepFailed: a fault in the program.
    """
    known = [*shocks.idle(scenario), *(shock for shock, _ in shocks.left_out(scenario))]
    asked = [
        number
        for number, shock in enumerate(scenario.shocks)
        if scenario.kader.file.shocks[shock.kind].money is None and shock not in known
    ]
    if not asked:
        return []
    model = Model(scenario)
    others = {number: model.varied(_without(scenario, number)) for number in asked}
    for replication in range(tries):
        draws = model.draw(replication).draws
        with_it = play(model, _fresh(draws))
        others = {number: one for number, one in others.items() if _same(one, draws, replication, with_it)}
    return [scenario.shocks[number] for number in others]


def _without(scenario: Scenario, number: int) -> Scenario:
    """A scenario in which a shock comes when all is over; it keeps its place, and so the others keep their luck."""
    never = scenario.shocks[number].model_copy(update={"start": scenario.period.until, "until": None})
    laid = (*scenario.shocks[:number], never, *scenario.shocks[number + 1 :])
    return replace(scenario, shocks=laid)


def _same(model: Model, draws: Draws, replication: int, with_it: Trace) -> bool:
    """Whether all steps end at the same moments without a shock.

    A step that is begun on a day on which its time does not run, or later, ends at the same moment.
    """
    tracks = model.circumstances.tracks(replication)
    without = play(model, replace(_fresh(draws), capacity=model.capacity, tracks=tracks))
    return without.end == with_it.end


def _fresh(draws: Draws) -> Draws:
    """The draws for another play: the state of each swv is a copy, since a play writes in it."""
    return replace(draws, state=[dict(state) for state in draws.state])
