"""The rounds at the end of an instant, after all that happens in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simpy.events import Event

if TYPE_CHECKING:
    from collections.abc import Callable

    import simpy

POOLS, GATES = 2, 3
"""Priorities of the rounds; SimPy's own events have 0 and 1."""


class Round(Event):
    """One round, which calls back when everything of a lower priority has been done."""

    def __init__(self, env: simpy.Environment, call: Callable[[Event], None], priority: int) -> None:
        super().__init__(env)
        self._ok, self._value = True, None
        self.callbacks = [call]
        env.schedule(self, priority=priority)  # type: ignore[arg-type]
