"""Checks of a process tree before it is played: names, and races between branches.

The outcome of a replication may not depend on the order in which events of the same instant are processed. A guard may
therefore read only what the branch it stands in has written itself; two branches that run at the same time may not write
the same bit, and may not read what the other writes. Branches of a join `any` or `by` run on beside all that follows.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from simulator.base.language import say
from simulator.kader.werkwijze import Guard, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


ITEM = "item"
"""What a step in a `for_each` over elements writes: the duty that is its item."""

Uses = tuple[set[str], set[str]]
"""Names read and names written."""


def problems(tree: Node, attributes: set[str], elements: set[str]) -> Iterator[tuple[str, str]]:
    """(message, node id) of everything wrong with a tree.

    Args:
        tree: the process tree of a kader.
        attributes: of an swv, which guards may read as well.
        elements: duties that `item` can stand for.
    """
    nodes = tree.walk()
    for name, count in Counter(node.id for node in nodes).items():
        if count > 1:
            yield say("tree.duplicate", id=name), name
    known = attributes | set(_written(nodes))
    for node in nodes:
        for name in _guards(node):
            if name not in known:
                yield say("tree.unknown_bit", name=name), node.id
    yield from _Races(elements).below(tree)


def _written(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        for effect in node.step.effects if node.step else ():
            yield str(effect.set or effect.clear or effect.variable or effect.copy_content)


def _guards(node: Node) -> Iterator[str]:
    if node.choice:
        for option in node.choice:
            if option.when:
                yield from _names(option.when)
    if node.loop:
        yield from _names(node.loop.again)


def _names(guard: Guard) -> Iterator[str]:
    if guard.bit or guard.variable:
        yield str(guard.bit or guard.variable)
    for inner in [*(guard.all or ()), *(guard.any or ()), *([guard.no] if guard.no else ())]:
        yield from _names(inner)


class _Races:
    """Looks for races in a tree; `elements` are the duties that `item` can stand for."""

    def __init__(self, elements: set[str]) -> None:
        self.elements = elements

    def uses(self, node: Node) -> Uses:
        """What a node and all below it read and write."""
        below = node.walk()
        written = set(_written(below))
        return {name for one in below for name in _guards(one)}, written | (self.elements if ITEM in written else set())

    def below(self, node: Node) -> Iterator[tuple[str, str]]:
        """Races below a node; in a sequence also between late branches and what follows them."""
        for child in node.children():
            yield from self.below(child)
        if node.parallel:
            yield from _clashes(node.id, [self.uses(branch) for branch in node.parallel.branches])
        if node.for_each:
            own = set(_written(node.for_each.do.walk())) - {ITEM}
            if own:
                yield say("tree.race", names=", ".join(sorted(own))), node.id
        if node.loop:
            for where, branch in self.late(node.loop.body):
                yield from _clashes(where, [branch, self.uses(node)])
        for number, child in enumerate(node.sequence or ()):
            after = [self.uses(sibling) for sibling in (node.sequence or [])[number + 1 :]]
            for where, branch in self.late(child):
                for rest in after:
                    yield from _clashes(where, [branch, rest])

    def late(self, node: Node) -> Iterator[tuple[str, Uses]]:
        """Branches that may still run when the flow has gone on: below a join `any` or `by`, with the id of that node."""
        for inner in node.walk():
            group = inner.parallel or inner.for_each
            if group is not None and group.join != "all":
                for branch in inner.children():
                    yield inner.id, self.uses(branch)


def _clashes(where: str, branches: list[Uses]) -> Iterator[tuple[str, str]]:
    for number, (reads, writes) in enumerate(branches):
        for other_reads, other_writes in branches[number + 1 :]:
            shared = (writes & (other_reads | other_writes)) | (other_writes & reads)
            if shared:
                yield say("tree.race", names=", ".join(sorted(shared))), where
