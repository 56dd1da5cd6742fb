"""Parts of the model that a question rests on, in a scenario that may leave them out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.errors import InputError, Problem
from simulator.base.language import pick, say
from simulator.world.bekostiging import rates
from simulator.world.shockparts import BEKOSTIGING, within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.kader.model import Kpi
    from simulator.kader.werkwijze import Node
    from simulator.world.scenario import Scenario

LASTENDRUK, PRAKTIJKTOETS, VOORTGANG = "lastendruk", "praktijktoets", "voortgang"


def needed(scenario: Scenario, part: str) -> None:
    """See that a scenario has a part of the model; a kader that knows no such part has nothing to leave out.

    Raises:
        InputError: the scenario leaves it out.
    """
    if part in scenario.parts_off:
        label = pick(scenario.kader.file.parts[part].label)
        message = say("part.left_out", scenario=scenario.id, label=label, part=part)
        raise InputError(Problem(message, hint=say("part.put_back", part=part)))


def off(scenario: Scenario) -> dict[str, str]:
    """The parts that a scenario leaves out, by name, as people call them."""
    return {name: pick(scenario.kader.file.parts[name].label) for name in scenario.parts_off}


def lost_nodes(scenario: Scenario) -> dict[str, str]:
    """The nodes of the werkwijze that are left out, with the part that they are in."""
    return {node.id: part for node, part in _nodes(scenario) if part}


def lost_events(scenario: Scenario) -> dict[str, str]:
    """The events that never come since every step that marks them is left out, with the part of the first of these."""
    marked: dict[str, list[str | None]] = {}
    for node, part in _nodes(scenario):
        for event in node.step.marks if node.step else ():
            marked.setdefault(event, []).append(part)
    return {event: parts[0] for event, parts in marked.items() if parts[0] and all(parts)}


def _nodes(scenario: Scenario) -> Iterator[tuple[Node, str | None]]:
    """Every node of the werkwijze with the part that is left out and takes it away; None when it is played."""
    for node, inside in within(scenario.kader.file.werkwijze, ()):
        yield node, next((part for part in inside if part in scenario.parts_off), None)


def of_figure(scenario: Scenario, kpi: Kpi) -> str | None:
    """The part that is left out and without which a figure says nothing; None when it has all it rests on."""
    attribute = scenario.kader.file.attributes.get(kpi.attribute or "")
    if attribute is not None and attribute.money and BEKOSTIGING in scenario.parts_off:
        return BEKOSTIGING
    if kpi.kind in ("hours", "euros") and LASTENDRUK in scenario.parts_off:
        return LASTENDRUK
    lost = lost_events(scenario)
    return next((lost[event] for event in (kpi.event, *kpi.happened) if event in lost), None)


def lost_figures(scenario: Scenario) -> set[str]:
    """The names of the figures that say nothing, since what they rest on is left out; a figure per pool is `kpi.pool`."""
    if not scenario.parts_off:
        return set()
    pools = lost_numbers(scenario) & scenario.pools.keys()
    file = scenario.kader.file
    return {kpi.id for kpi in file.kpis if of_figure(scenario, kpi)} | {
        f"{kpi.id}.{pool}" for kpi in file.kpis for pool in pools
    }


def lost_numbers(scenario: Scenario) -> set[str]:
    """Parameters and pools that a scenario has, and that nothing but what it leaves out makes use of."""
    if not scenario.parts_off:
        return set()
    kept: set[str] = set()
    gone: set[str] = set()
    file = scenario.kader.file
    told = file.model_dump(mode="json", exclude={"parameters", "pools", "parts"})
    _sort(told, set(scenario.parts_off), gone, kept)
    lost = gone - kept
    if LASTENDRUK in scenario.parts_off:
        lost |= {name for name in scenario.parameters if name.startswith("rate_")}
    if BEKOSTIGING in scenario.parts_off:
        lost |= {name for name in scenario.parameters if rates.in_place_of_amounts(name)}
    return lost & {*scenario.parameters, *scenario.pools}


def _sort(value: Any, off: set[str], gone: set[str], kept: set[str]) -> None:
    """Lay every word within a part that is left out in `gone`, every other in `kept`; hours are booked with lastendruk."""
    if isinstance(value, str):
        kept.add(value)
    elif isinstance(value, list):
        for one in value:
            _sort(one, off, gone, kept)
    elif isinstance(value, dict):
        is_off = value.get("part") in off
        for key, one in value.items():
            no_hours = key == "hours" and isinstance(one, dict) and LASTENDRUK in off
            _sort(one, off, gone, gone if is_off or no_hours else kept)
