"""Checks of a process tree before it is played: names, and races between branches.

The outcome of a replication may not depend on the order in which events of the same instant are processed. A guard may
therefore read only the bits and variables that the branch it stands in has written itself; two branches that run at the
same time may not write the same one, and may not read what the other writes. Branches of a join `any` or `by` run on
beside all that follows. What a guard asks of the time before its instant (`already`, `lacks`) cannot race, nor can what
is written in the plan: writing a part and putting it in order do not undo each other.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from simulator.base.language import say
from simulator.kader.werkwijze import OF_DUTY, OF_ITEM, OF_ROUND

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from simulator.kader.werkwijze import Node


Uses = tuple[set[str], dict[str, set[str]]]
"""Names read, and names written with the forms of writing."""


def problems(tree: Node, attributes: set[str]) -> Iterator[tuple[str, str]]:
    """(message, node id) of everything wrong with a tree.

    Args:
        tree: the process tree of a kader.
        attributes: of an swv, which guards may read as well.
    """
    nodes = tree.walk()
    for name, count in Counter(node.id for node in nodes).items():
        if count > 1:
            yield say("tree.duplicate", id=name), name
    known = attributes | set(written(nodes))
    for node in nodes:
        for guard in node.guards():
            asked = guard.bit or guard.variable or guard.already
            if asked and asked not in known:
                yield say("tree.unknown_bit", name=asked), node.id
    yield from _itemless(tree)
    yield from _Races(tree).below(tree)


def _itemless(node: Node) -> Iterator[tuple[str, str]]:
    """What is about an item and stands in no list of which each item is one."""
    if node.for_each:
        return
    asked = [guard for guard in node.guards() if "item" in (guard.lacks, guard.in_law)]
    bits = [str(guard.bit or guard.variable or guard.already or "") for guard in node.guards()]
    if node.step:
        effects = node.step.effects
        asked += [one for one in effects if "item" in (one.copy_content, one.mend)]  # type: ignore[misc]
        bits += [str(one.set or one.clear or one.variable or "") for one in effects]
        asked += [node.step] if node.step.duty == "item" else []  # type: ignore[list-item]
    if asked or any(name.startswith((OF_ITEM, OF_DUTY)) for name in bits):
        yield say("tree.no_item"), node.id
    for child in node.children():
        yield from _itemless(child)


def written(nodes: Iterable[Node], depth: Mapping[str, int] | None = None) -> dict[str, set[str]]:
    """Bits and variables that steps write, with how: what all set, or all add to, comes out the same in any order.

    Args:
        nodes: with the steps.
        depth: in how many loops each node stands, by id; of names that are of one round this tells rounds apart.
    """
    forms: dict[str, set[str]] = {}
    for node in nodes:
        for effect in node.step.effects if node.step else ():
            if name := effect.set or effect.clear or effect.variable:
                adds = effect.variable is not None and effect.add is not None
                form = "set" if effect.set else "clear" if effect.clear else "add" if adds else f"to {effect.to}"
                forms.setdefault(_own(name, node, depth or {}), set()).add(form)
    return forms


def _own(name: str, node: Node, depth: Mapping[str, int]) -> str:
    """A name that is of one round, told apart from the same name in more or fewer loops: those are other rounds."""
    loops = depth.get(node.id, 0)
    return f"{name} ({loops})" if loops and name.startswith((OF_ITEM, OF_ROUND)) else name


def _depths(node: Node, loops: int = 0) -> dict[str, int]:
    """In how many loops each node of a tree stands, by id."""
    inner = loops + (node.loop is not None)
    found = {node.id: inner}
    for child in node.children():
        found |= _depths(child, inner)
    return found


class _Races:
    """Looks for races in a tree."""

    def __init__(self, tree: Node) -> None:
        self.depth = _depths(tree)

    def uses(self, node: Node) -> Uses:
        """What a node and all below it read and write."""
        below = node.walk()
        asked = [(one, guard.bit or guard.variable) for one in below for guard in one.guards()]
        return {_own(name, one, self.depth) for one, name in asked if name}, written(below, self.depth)

    def below(self, node: Node) -> Iterator[tuple[str, str]]:
        """Races below a node; in a sequence also between late branches and what follows them."""
        for child in node.children():
            yield from self.below(child)
        if node.parallel:
            yield from _clashes(node.id, [self.uses(branch) for branch in node.parallel.branches])
        if node.for_each:
            reads, writes = self.uses(node.for_each.do)
            own = reads & writes.keys() | _turned(writes)
            if own := {name for name in own if not name.startswith((OF_ITEM, OF_DUTY))}:
                yield say("tree.race", names=_listed(own)), node.id
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


def _turned(writes: dict[str, set[str]]) -> set[str]:
    """Of what is written that of which the order of writing matters."""
    return {name for name, forms in writes.items() if len(forms) > 1}


def _clashes(where: str, branches: list[Uses]) -> Iterator[tuple[str, str]]:
    for number, (reads, writes) in enumerate(branches):
        for other_reads, other_writes in branches[number + 1 :]:
            both = {name: writes[name] | other_writes[name] for name in writes.keys() & other_writes.keys()}
            if shared := (writes.keys() & other_reads) | (other_writes.keys() & reads) | _turned(both):
                yield say("tree.race", names=_listed(shared)), where


def _listed(names: Iterable[str]) -> str:
    """Names as they stand in the file."""
    return ", ".join(sorted({name.partition(" ")[0] for name in names}))
