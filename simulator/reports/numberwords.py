"""What the numbers of a model are about, in words: from the attribute, step, choice or actor that uses each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.base.language import known, pick, say
from simulator.reports.bpmnwords import actor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.kader.model import Kader
    from simulator.kader.parameters import Parameter
    from simulator.kader.werkwijze import Node, Step

_CONTENT, _RATE = "content", "rate_"


def words(kader: Kader, parameters: Mapping[str, Parameter]) -> dict[str, str]:
    """Per parameter what it is, as a reader would call it; those of which nothing is known are left out.

    A parameter that several steps use is told by the first.
    """
    found: dict[str, str] = {}
    for attribute in kader.file.attributes.values():
        if attribute.parameter:
            found.setdefault(attribute.parameter, pick(attribute.label))
    for node in kader.file.werkwijze.walk():
        for name, told in (*_of_step(node.step), *_of_choice(node)):
            found.setdefault(name, told)
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


def _of_step(step: Step | None) -> Iterator[tuple[str, str]]:
    if step is None:
        return
    label = pick(step.label)
    for who, name in step.hours.items():
        yield name, say("numberwords.hours", step=label, actor=actor(who))
    if step.time:
        for taken in filter(None, (step.time.takes, step.time.otherwise)):
            yield taken, say("numberwords.takes", step=label)
        if step.time.share:
            yield step.time.share, say("numberwords.share", step=label)
        for scale in step.time.scaled:
            yield scale.by, say("numberwords.pace", step=label)


def _of_choice(node: Node) -> Iterator[tuple[str, str]]:
    """The chance of each way on, told by the first step on that way; of another round by its first step."""
    ways = [(option.when, option.then) for option in node.choice or ()]
    ways += [(node.loop.again, node.loop.body)] if node.loop else []
    for guard, goal in ways:
        steps = (pick(one.step.label) for one in goal.walk() if one.step) if goal else iter(())
        first = next(steps, None)
        for draw in (one.draw for one in guard.walk()) if guard and first else ():
            if draw:
                yield draw, say("numberwords.again" if node.loop else "numberwords.chance", step=first)
