"""What a scenario rests on that neither a law nor a source that was read gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.base.language import pick, say
from simulator.base.numbers import long_date
from simulator.kader.parameters import called, describe
from simulator.world import differences, parts
from simulator.world.bekostiging import assumed, drawing, later
from simulator.world.bekostiging.data import shipped
from simulator.world.shockparts import BEKOSTIGING

if TYPE_CHECKING:
    from simulator.base.fields import Sourced
    from simulator.kader.shocks import Circumstance
    from simulator.world.scenario import Scenario

SURE = ("read", "given", "known")
_UNITS = {"krimp": "share_a_year", "growth": "share", "growth_within_year": "share", "verevening": "eur_per_pupil"}
"""Of the size of a change in the bekostiging."""


@dataclass
class Assumption:
    """One thing that is assumed: a parameter, a pool, an entry of the bekostiging, a circumstance or a kind of shock."""

    name: str
    kind: str
    value: str
    unit: str
    confidence: str
    source: str
    note: str


def of(scenario: Scenario) -> list[Assumption]:
    """Everything that a scenario assumes, parameters first, in the order of the kader; nothing of parts it leaves out."""
    file = scenario.kader.file
    names, lost = called(file.attributes), parts.lost_numbers(scenario)
    found = [
        _one(name, "parameter", describe(one, names), str(one.unit), one)
        for name, one in scenario.parameters.items()
        if name not in lost
    ]
    found += [
        _one(name, "pool", str(one.capacity), "people", one) for name, one in scenario.pools.items() if name not in lost
    ]
    found += _of_money(scenario)
    found += [
        _one(name, "circumstance", _spells(one), "", one)
        for name, one in file.circumstances.items()
        if one.part not in scenario.parts_off
    ]
    for name, one in file.shocks.items():
        laid = [differences.how_in_words(shock, one) for shock in scenario.shocks if shock.kind == name]
        if laid:
            found.append(_one(name, "shock", "; ".join(laid), _UNITS.get(one.money or "", ""), one))
    return [one for one in found if one.confidence not in SURE]


def _of_money(scenario: Scenario) -> list[Assumption]:
    """What the amounts of the bekostiging rest on, where the scenario works out money."""
    after_2020 = later.tells(scenario.kader)
    if BEKOSTIGING in scenario.parts_off or not (after_2020 or drawing.tells(scenario.kader)):
        return []
    return [
        _one(f"bekostiging.{name}", "money", value, "", origin)
        for name, value, origin in assumed.entries(shipped(), set(scenario.parameters), after_2020=after_2020)
    ]


def _spells(circumstance: Circumstance) -> str:
    """When a circumstance is there, at which level; that only a shock brings it, where the kader names no days."""
    spells = [
        f"{long_date(one.start)} - {long_date(one.until)}, {say('differences.level', value=one.level)}"
        for one in circumstance.spells
    ]
    return "; ".join(spells) or say("differences.by_shock")


def _one(name: str, kind: str, value: str, unit: str, thing: Sourced) -> Assumption:
    return Assumption(name, kind, value, unit, thing.confidence, pick(thing.source), pick(thing.note))
