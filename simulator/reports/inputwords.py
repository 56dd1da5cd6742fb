"""What scenarios set otherwise, called as a reader would: the names by which inputs are compared, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.language import known, pick, say
from simulator.reports import numberwords
from simulator.world import differences

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from simulator.world.scenario import Scenario

_SHOCK, _FILE = "shocks.", "inputs/"


def words(scenarios: Iterable[Scenario], names: Collection[str]) -> dict[str, str]:
    """Per input what it is; those of which nothing is known are left out."""
    found: dict[str, str] = {}
    for scenario in scenarios:
        for name, told in _of(scenario):
            found.setdefault(name, told)
    found |= {name: say(f"inputwords.{name}") for name in names if known(f"inputwords.{name}")}
    found |= {name: say("inputwords.file", name=name.removeprefix(_FILE)) for name in names if name.startswith(_FILE)}
    return {name: found[name] for name in names if name in found}


def rows(scenarios: Sequence[Scenario], inputs: Iterable[tuple[str, list[str]]]) -> list[dict[str, Any]]:
    """What scenarios set otherwise, as data: the name by which it is set, what it is, and what each says of it."""
    inputs = list(inputs)
    called = words(scenarios, [name for name, _ in inputs])
    return [{"name": name, "label": called.get(name, name), "values": values} for name, values in inputs]


def full(name: str, called: Mapping[str, str]) -> str:
    """An input in words, with the name by which a scenario sets it; shocks and files have none."""
    if name not in called:
        return name
    return called[name] if name.startswith((_SHOCK, _FILE)) else f"{called[name]} ({name})"


def beside(name: str, called: Mapping[str, str], values: Sequence[str], scenarios: Sequence[str]) -> str:
    """An input with what two scenarios say of it; a shock that one of them has with the name of that one."""
    told = full(name, called)
    if name.startswith(_SHOCK) and scenarios[0] != scenarios[1]:
        return f"{told}: {say('inputwords.only', name=scenarios[values[0] == say('differences.no')])}"
    return f"{told}: {' -> '.join(values)}"


def _of(scenario: Scenario) -> Iterator[tuple[str, str]]:
    file = scenario.kader.file
    yield from numberwords.words(scenario.kader, scenario.parameters).items()
    for name, pool in scenario.pools.items():
        yield f"pools.{name}", say("inputwords.pool", pool=pick(pool.label))
    for shock in scenario.shocks:
        kind = file.shocks[shock.kind]
        yield differences.shock_name(shock), differences.briefly(shock, kind)
    for name, part in file.parts.items():
        yield f"parts.{name}", say("inputwords.part", part=pick(part.label))
    for node in file.werkwijze.walk():
        if node.step:
            yield f"werkwijze.{node.id}", say("inputwords.step", step=pick(node.step.label))
