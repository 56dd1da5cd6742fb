"""What is surely done after a step of a werkwijze, on every way that can be taken from a day on.

Of a choice every branch counts that its conditions on the clock let through on some of these days. Going on without any
branch is excused where the course of the onderzoek decides it (a bit, a count, a duty that is in order: there is nothing to
follow up then), not where a draw or the clock does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from simulator.base.fields import Sector
    from simulator.kader.names import Act
    from simulator.kader.werkwijze import Guard, Node

Acts = frozenset["Act"]
NOTHING: Acts = frozenset()


@dataclass(frozen=True)
class Following:
    """Finds what follows each step of a tree.

    Attributes:
        sector: of the swv; steps of the other sector are not taken.
        last: the last day that counts.
        anew: acts that begin something new, of which what came before is no part.
    """

    sector: Sector
    last: date
    anew: Collection[Act] = ()

    def steps(self, tree: Node, first: date) -> dict[str, Acts]:
        """Per step of a tree what is done in it or after it, from a day on; in a loop also in a next round of it."""
        return dict(self._steps(tree, NOTHING, first))

    def _steps(self, node: Node, later: Acts, first: date) -> Iterator[tuple[str, Acts]]:
        if node.step:
            yield node.id, later | frozenset(node.step.act)
        if node.loop:
            later |= self._until(node.loop.body, first)
        for child in reversed(node.children()):
            yield from self._steps(child, later, first)
            if node.sequence:
                later = self._until(child, first) | (NOTHING if self._begins(child) else later)

    def _until(self, node: Node, first: date) -> Acts:
        """What is done on every way through a node, from a day on, up to the first act that begins something new."""
        if node.step:
            return self._own(node)
        if node.choice or node.select:
            return self._on_each(node, first)
        done = NOTHING
        for child in node.children():
            done |= self._until(child, first)
            if node.sequence and self._begins(child):
                break
        return done

    def _begins(self, node: Node) -> bool:
        """Whether every way through a node begins something new."""
        if node.step:
            return not self._own(node).isdisjoint(self.anew)
        return not (node.choice or node.select) and any(map(self._begins, node.children()))

    def _own(self, node: Node) -> Acts:
        taken = node.step is not None and node.step.sector in (None, self.sector)
        return frozenset(node.step.act) if node.step and taken else NOTHING

    def _on_each(self, node: Node, first: date) -> Acts:
        """What every way through a choice has in common, over all days from the first on."""
        if node.select:
            other = node.select.otherwise
            return self._until(node.select.then, first) & (self._until(other, first) if other else NOTHING)
        turns = {one.now_before for one in node.guards() if one.now_before}
        days = [first, *sorted(day for day in turns if first < day <= self.last)]
        ways = [way for day in days for way in self._ways(node, day)]
        return frozenset.intersection(*ways) if ways else NOTHING

    def _ways(self, node: Node, day: date) -> Iterator[Acts]:
        """What is done on each way through a choice that is come to on a day; the clock only goes on within it."""
        open_still: list[Guard] = []
        for option in node.choice or ():
            holds = clock(option.when, day) if option.when else True
            if holds is False:
                continue
            if option.when and holds is None:
                open_still.append(option.when)
            if option.then:
                yield self._until(option.then, day)
            elif not _excused(open_still):
                yield NOTHING
            if holds:
                return
        if not _excused(open_still):
            yield NOTHING


def clock(guard: Guard, day: date) -> bool | None:
    """Whether a condition holds on a day; None where more than the clock decides it."""
    if guard.now_before:
        return day < guard.now_before
    if guard.no:
        inner = clock(guard.no, day)
        return None if inner is None else not inner
    if guard.all is None and guard.any is None:
        return None
    each = [clock(one, day) for one in guard.all or guard.any or ()]
    decides = guard.all is None  # one that holds is enough for `any`, one that does not for `all`
    if decides in each:
        return decides
    return None if None in each else not decides


def _excused(guards: list[Guard]) -> bool:
    """Whether the course, and no luck, decides that nothing is done."""
    return bool(guards) and not any(one.draw for guard in guards for one in guard.walk())
