"""What the numbers of a model are about, in words: from the attribute, step, choice or actor that uses each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from simulator.base.language import known, pick, say
from simulator.reports.bpmnwords import actor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from simulator.kader.model import Kader
    from simulator.kader.parameters import Parameter
    from simulator.kader.werkwijze import Node, Step

_CONTENT, _RATE = "content", "rate_"
_NAMED = 2
"""Steps that are named where more use one parameter."""


def words(kader: Kader, parameters: Mapping[str, Parameter]) -> dict[str, str]:
    """Per parameter what it is, as a reader would call it; those of which nothing is known are left out.

    A parameter that several steps use is told by what it is, with the first few of them.
    """
    found: dict[str, str] = {}
    for attribute in kader.file.attributes.values():
        if attribute.parameter:
            found.setdefault(attribute.parameter, pick(attribute.label))
    for name, uses in _uses(kader).items():
        found.setdefault(name, _used(uses))
    for name, one in parameters.items():
        whole, _, duty = name.partition(".")
        if whole == _CONTENT:
            found[name] = say("numberwords.content", duty=duty) if duty else say("numberwords.content_all")
        elif name.startswith(_RATE) and known(f"actor.{name.removeprefix(_RATE)}"):
            found[name] = say("numberwords.rate", actor=actor(name.removeprefix(_RATE)))
        elif duty and whole in found:
            found[name] = f"{found[whole]} ({duty})"
        elif one.note is not None and pick(one.note):
            found.setdefault(name, pick(one.note))
    return {name: found[name] for name in parameters if name in found}


class _Use(NamedTuple):
    """What a parameter is for a step: `takes`, `hours` and so on; of hours whose they are."""

    kind: str
    step: str
    actor: str = ""


def _uses(kader: Kader) -> dict[str, list[_Use]]:
    """Per parameter all its uses by the working method, in its order."""
    found: dict[str, list[_Use]] = {}
    for node in kader.file.werkwijze.walk():
        for name, use in (*_of_step(node.step), *_of_choice(node)):
            found.setdefault(name, []).append(use)
    return found


def _used(uses: Sequence[_Use]) -> str:
    """A parameter by its uses of one kind: of a single step in its name, of more with the first few of them."""
    first = uses[0]
    steps = list(dict.fromkeys(use.step for use in uses if use.kind == first.kind))
    if len(steps) == 1:
        return say(f"numberwords.{first.kind}", step=first.step, actor=first.actor)
    named = "; ".join(steps[:_NAMED])
    if len(steps) > _NAMED:
        named = say("numberwords.more", steps=named, n=len(steps) - _NAMED)
    actors = ", ".join(dict.fromkeys(use.actor for use in uses if use.actor))
    return say(f"numberwords.{first.kind}_many", steps=named, actor=actors)


def _of_step(step: Step | None) -> Iterator[tuple[str, _Use]]:
    if step is None:
        return
    label = pick(step.label)
    for who, name in step.hours.items():
        yield name, _Use("hours", label, actor(who))
    if step.time:
        for taken in filter(None, (step.time.takes, step.time.otherwise)):
            yield taken, _Use("takes", label)
        if step.time.share:
            yield step.time.share, _Use("share", label)
        for scale in step.time.scaled:
            yield scale.by, _Use("pace", label)


def _of_choice(node: Node) -> Iterator[tuple[str, _Use]]:
    """The chance of each way on, told by the first step on that way; of another round by its first step."""
    ways = [(option.when, option.then) for option in node.choice or ()]
    ways += [(node.loop.again, node.loop.body)] if node.loop else []
    for guard, goal in ways:
        steps = (pick(one.step.label) for one in goal.walk() if one.step) if goal else iter(())
        first = next(steps, "")
        for draw in (one.draw for one in guard.walk()) if guard and first else ():
            if draw:
                yield draw, _Use("again" if node.loop else "chance", first)
