"""Steps with the marks of an act that do not say the act: the law would be held against nothing.

Which mark belongs to which act follows from what a kader declares: the course of its kinds of onderzoek (`visits`), the
orders and the money kept back (`toezicht`), and events that name the act themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.kader.names import LASTING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.kader.model import KaderFile
    from simulator.kader.names import Act
    from simulator.kader.werkwijze import Node, Step


def acts_of(file: KaderFile) -> dict[str, list[tuple[Act, ...]]]:
    """Per event the acts that its mark belongs to: of each group a step says one.

    A look at every plan (`standing`) has no report in the sense of the law, and what the board does with a draft only ever
    allows what comes after it: leaving that unsaid hides nothing.
    """
    found: dict[str, list[tuple[Act, ...]]] = {}
    rule = file.toezicht
    for visit in file.visits:
        if rule and visit.id == rule.standing:
            continue
        again = rule is not None and visit.id == rule.again
        lasting = tuple(sorted(LASTING, key=lambda act: act != "herstelonderzoek")) if again else LASTING
        for event, group in (
            (visit.visited, lasting), (visit.drafted, ("draft",)), (visit.adopted, ("adopt",)),
            (visit.published, ("publish",)),
        ):  # fmt: skip
            found.setdefault(event, []).append(group)
    if rule and rule.given:
        found.setdefault(rule.given, []).append(("order",))
    if rule and rule.withheld:
        found.setdefault(rule.withheld.event, []).append(("withhold",))
    for name, declared in file.events.items():
        if declared.act:
            found.setdefault(name, []).append((declared.act,))
    return {name: list(dict.fromkeys(groups)) for name, groups in found.items()}


def unsaid(file: KaderFile) -> Iterator[tuple[Node, Step, str, tuple[Act, ...]]]:
    """Each step that sets the mark of an act and does not say it: its node, the event, and what it could say."""
    acts = acts_of(file)
    for node in file.werkwijze.walk():
        if node.step is None:
            continue
        for event in node.step.marks:
            for group in acts.get(event, ()):
                if not set(group) & set(node.step.act):
                    yield node, node.step, event, group
