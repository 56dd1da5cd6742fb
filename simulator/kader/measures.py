"""Whether the numbers that a werkwijze uses measure what they are used for, and whether its teams keep anybody together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.base.language import say
from simulator.kader.parameters import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.kader.model import KaderFile
    from simulator.kader.werkwijze import Node

_SEVERAL = 2


def uses(node: Node) -> Iterator[tuple[str, str]]:
    """(parameter, what it must measure) of everything that a node uses itself."""
    step, select = node.step, node.select
    yield from ((guard.draw, "chance") for guard in node.guards() if guard.draw)
    if select:
        yield from ((name, "share") for name in (select.luck, select.share))
    if step:
        yield from ((name, "hours") for name in step.hours.values())
    if step and step.time:
        yield from ((name, "duration") for name in (step.time.takes, step.time.otherwise) if name)
        yield from ((scale.by, "factor") for scale in step.time.scaled)
        if step.time.share:
            yield step.time.share, "share"


def wrong(file: KaderFile) -> Iterator[tuple[str, str]]:
    """(node, what is wrong) of every number that measures something else than it is used for."""
    for node in file.werkwijze.walk():
        for name, kind in dict.fromkeys(uses(node)):
            unit = file.parameters[name].unit
            if kind not in (unit, kind_of(unit)):
                yield node.id, say("kader.unit", node=node.id, name=name, unit=say(f"unit.{unit}"), kind=_words(kind))


def teams(file: KaderFile) -> Iterator[tuple[tuple[str, ...], str]]:
    """What is wrong with the teams of a kader, each with its place in the file."""
    steps = [node.step for node in file.werkwijze.walk() if node.step]
    for name, team in file.teams.items():
        unit = file.parameters[team.waits].unit
        if unit != "working_days":
            yield ("teams", name, "waits"), say("kader.team_waits", name=team.waits, unit=say(f"unit.{unit}"))
        if sum(one.team == name for one in steps) < _SEVERAL:
            yield ("teams", name), say("kader.team_alone", name=name)


def _words(kind: str) -> str:
    return say("kader.duration" if kind == "duration" else f"unit.{kind}")
