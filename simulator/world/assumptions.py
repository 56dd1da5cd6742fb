"""What a scenario rests on that neither a law nor a source that was read gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.base.language import pick
from simulator.kader.parameters import describe

if TYPE_CHECKING:
    from simulator.base.fields import Sourced
    from simulator.world.scenario import Scenario

SURE = ("read", "given", "known")


@dataclass
class Assumption:
    """One thing that is assumed: a parameter, a pool, a circumstance or a kind of shock that is used."""

    name: str
    kind: str
    value: str
    unit: str
    confidence: str
    source: str
    note: str


def of(scenario: Scenario) -> list[Assumption]:
    """Everything that a scenario assumes, parameters first, in the order of the kader."""
    file = scenario.kader.file
    used = {shock.kind for shock in scenario.shocks}
    found = [_one(name, "parameter", describe(one), str(one.unit), one) for name, one in scenario.parameters.items()]
    found += [_one(name, "pool", str(one.capacity), "people", one) for name, one in scenario.pools.items()]
    found += [
        _one(name, "circumstance", ", ".join(f"{spell.start} - {spell.until}" for spell in one.spells), "", one)
        for name, one in file.circumstances.items()
        if one.part not in scenario.parts_off
    ]
    found += [_one(name, "shock", "", "", one) for name, one in file.shocks.items() if name in used]
    return [one for one in found if one.confidence not in SURE]


def _one(name: str, kind: str, value: str, unit: str, thing: Sourced) -> Assumption:
    return Assumption(name, kind, value, unit, thing.confidence, pick(thing.source), pick(thing.note))
