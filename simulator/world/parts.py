"""Parts of the model that a question rests on, in a scenario that may leave them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.base.errors import InputError, Problem
from simulator.base.language import pick, say

if TYPE_CHECKING:
    from simulator.world.scenario import Scenario

LASTENDRUK, PRAKTIJKTOETS, VOORTGANG = "lastendruk", "praktijktoets", "voortgang"


def needed(scenario: Scenario, part: str) -> None:
    """See that a scenario has a part of the model; a kader that knows no such part has nothing to leave out.

    Raises:
        InputError: the scenario leaves it out.
    """
    if part in scenario.parts_off:
        label = pick(scenario.kader.file.parts[part].label)
        message = say("part.left_out", scenario=scenario.id, label=label, part=part)
        raise InputError(Problem(message, hint=say("part.put_back", part=part)))
