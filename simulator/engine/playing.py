"""One replication from begin to end, or up to a fault, which is told with the step, the swv and the simulated day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.base.days import day_at, iso
from simulator.base.errors import InputError, SimulatorError
from simulator.engine.interpreter import Play

if TYPE_CHECKING:
    from simulator.engine.model import Model
    from simulator.engine.tables import Draws, Trace


class StepFailed(SimulatorError):
    """A replication stopped in the middle; carries the step, the swv and the simulated day."""

    def __init__(self, reason: str, swv: str, step: str, day: str) -> None:
        super().__init__(f"{swv} {step} {day}: {reason}")
        self.reason, self.swv, self.step, self.day = reason, swv, step, day


def play(model: Model, draws: Draws) -> Trace:
    """One replication: everything that happens before the end of the scenario.

    Raises:
        StepFailed: a fault in the program, with where it came up.
    """
    trace, fault = halted(model, draws)
    if fault is not None:
        raise fault
    return trace


def halted(model: Model, draws: Draws) -> tuple[Trace, StepFailed | None]:
    """One replication, or what happened in it up to a fault, and the fault."""
    one = Play(model, draws)
    try:
        return one.run(), None
    except InputError:
        raise
    except Exception as error:
        row = one.last
        day = iso(day_at(int(one.env.now), model.start))
        reason = f"{type(error).__name__}: {error}"
        fault = StepFailed(reason, model.codes[model.tables.swv[row]], model.tables.node[row], day)
        fault.__cause__ = error
        return one.trace, fault
