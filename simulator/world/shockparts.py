"""Shocks that do nothing since parts of the model are left out: that of shocks itself, or all that they work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.kader.werkwijze import pool_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from simulator.kader.model import Kader
    from simulator.kader.shocks import ShockKind
    from simulator.kader.werkwijze import Node

BEKOSTIGING = "bekostiging"
"""The part of the model that works out what swv have to spend."""


def left_out(kind: ShockKind, kader: Kader, parts_off: Collection[str]) -> tuple[str, ...]:
    """The parts without which a kind of shock does nothing; none where it does something.

    Args:
        kind: of the shock.
        kader: with the steps that it works on.
        parts_off: the parts that are left out.
    """
    if kind.part in parts_off:
        return (str(kind.part),)
    if kind.money is not None:
        return (BEKOSTIGING,) if BEKOSTIGING in parts_off else ()
    circumstance = kader.file.circumstances[kind.circumstance] if kind.circumstance else None
    if circumstance and circumstance.part in parts_off:
        return (str(circumstance.part),)
    met = [set(parts) & set(parts_off) for node, parts in within(kader.file.werkwijze, ()) if _meets(node, kind)]
    return tuple(sorted(set().union(*met))) if met and all(met) else ()


def within(node: Node, above: tuple[str, ...]) -> Iterator[tuple[Node, tuple[str, ...]]]:
    """A node and all below it, each with the parts of the model that it is in."""
    own = (*above, node.part) if node.part else above
    yield node, own
    for child in node.children():
        yield from within(child, own)


def _meets(node: Node, kind: ShockKind) -> bool:
    """Whether a node needs the people, or asks for the circumstance, that a kind of shock changes."""
    if kind.pool is not None:
        return node.step is not None and kind.pool in pool_names(node.step)
    return any(guard.circumstance == kind.circumstance for guard in node.guards())
