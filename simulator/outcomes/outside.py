"""What two scenarios set otherwise besides numbers: parts of the model that are left out, and shocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.kader.werkwijze import pool_names
from simulator.world import differences
from simulator.world.shockparts import BEKOSTIGING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.kader.model import KaderFile
    from simulator.kader.werkwijze import Effect, Guard, Node
    from simulator.world.scenario import Scenario

_PART = "parts."
_CONTENT = "content"
"""Stands for what a plan holds: a step can put it in order, and a condition can ask what is lacking."""


class Outside:
    """Parts and shocks that two scenarios do not have alike, by the names that a comparison gives them.

    Args:
        scenarios: the two.
        differing: names of all that they set otherwise.
    """

    def __init__(self, scenarios: tuple[Scenario, Scenario], differing: set[str]) -> None:
        self.file = scenarios[0].kader.file
        self.parts = {name: name.removeprefix(_PART) for name in sorted(differing) if name.startswith(_PART)}
        self.shocks = {
            label: shock.kind
            for scenario in scenarios
            for shock in scenario.shocks
            if (label := differences.shock_name(shock)) in differing
        }
        self.chains = dict(_chains(self.file.werkwijze, ()))

    @property
    def money(self) -> list[str]:
        """What makes the money of swv otherwise."""
        kinds = self.file.shocks
        return [
            *(name for name, part in self.parts.items() if part == BEKOSTIGING),
            *(label for label, kind in self.shocks.items() if kinds[kind].money),
        ]

    def of(self, step: str) -> list[str]:
        """What makes a step go otherwise, or be there at all: a part that it is in or rests on, a shock that it meets."""
        chain = self.chains.get(step, ())
        asked = {name for node in chain for guard in node.guards() for name in _asked(guard)}
        pools = set(pool_names(chain[-1].step)) if chain and chain[-1].step else set()
        found = [
            name
            for name, part in self.parts.items()
            if any(node.part == part for node in chain) or asked & _left_by(self.file, part)
        ]
        for label, kind in self.shocks.items():
            one = self.file.shocks[kind]
            if one.circumstance in asked or one.pool in pools:
                found.append(label)
        return found


def _chains(node: Node, above: tuple[Node, ...]) -> Iterator[tuple[str, tuple[Node, ...]]]:
    """Of every node those that it stands in, from the top to itself."""
    own = (*above, node)
    yield node.id, own
    for child in node.children():
        yield from _chains(child, own)


def _asked(guard: Guard) -> Iterator[str]:
    """The names of what a condition asks for."""
    yield from (name for name in (guard.bit, guard.already, guard.variable, guard.circumstance) if name)
    if guard.lacks:
        yield _CONTENT


def _left_by(file: KaderFile, part: str) -> set[str]:
    """What the steps of a part leave behind, and the circumstances that go with it."""
    inside = [below for node in file.werkwijze.walk() if node.part == part for below in node.walk()]
    left = {name for node in inside if node.step for effect in node.step.effects for name in _leaves(effect)}
    return left | {name for name, one in file.circumstances.items() if one.part == part}


def _leaves(effect: Effect) -> Iterator[str]:
    yield from (name for name in (effect.set, effect.clear, effect.variable) if name)
    if effect.mend or effect.copy_content:
        yield _CONTENT
