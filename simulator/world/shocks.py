"""The shocks of a scenario laid over the swv and gemeenten that they come over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.base.days import day_of
from simulator.kader.shocks import Shock, Where
from simulator.world import shockparts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from simulator.kader.shocks import ShockKind
    from simulator.world.population import Swv
    from simulator.world.scenario import Scenario

OF_FORM = {"circumstance": ("level",), "pool": ("capacity",), "money": ("size",)}
"""What a shock of each form can say."""


@dataclass(frozen=True)
class Level:
    """A circumstance at a level between two days (day numbers), for one swv or gemeente.

    Attributes:
        draw: the name and the chance of the draw that decides whether it comes; None when it surely does.
    """

    circumstance: str
    entity: str
    start: int
    until: int
    level: int
    draw: tuple[str, float] | None = None


@dataclass(frozen=True)
class Capacity:
    """Another capacity of a pool between two days, for all its groups or for one gemeente, by a kind of shock."""

    kind: str
    pool: str
    item: str | None
    start: int
    until: int
    capacity: int


@dataclass(frozen=True)
class Change:
    """A change in the world of the bekostiging from a day on, for some swv."""

    kind: str
    start: date
    size: float
    swv: frozenset[str]


def _over(scenario: Scenario, where: Where) -> list[Swv]:
    """The swv of a scenario over whom something comes."""
    return [swv for swv in scenario.swv.values() if meant(swv, where, scenario.groups)]


def meant(swv: Swv, where: Where, groups: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether an swv is one of those over whom something comes."""
    return (
        (not where.swv or swv.code in where.swv)
        and (where.group is None or swv.code in groups[where.group])
        and where.sector in (None, swv.sector)
        and (not where.provinces or swv.province in where.provinces)
    )


def _gemeenten(scenario: Scenario, where: Where) -> list[str]:
    """The gemeenten over which something comes: those named, else all with which the swv talk."""
    if where.gemeenten:
        return sorted(set(where.gemeenten))
    day = scenario.period.start
    return sorted({via for swv in _over(scenario, where) for _, via in swv.partners(day)})


def _laid(scenario: Scenario, form: str) -> list[tuple[int, Shock, ShockKind, Where]]:
    """The shocks of a form that count, with where they come; what goes with a part that is left out does not."""
    kinds = scenario.kader.file.shocks
    return [
        (number, shock, kinds[shock.kind], shock.where or kinds[shock.kind].where)
        for number, shock in enumerate(scenario.shocks)
        if getattr(kinds[shock.kind], form) is not None and kinds[shock.kind].part not in scenario.parts_off
    ]


def idle(scenario: Scenario) -> list[Shock]:
    """The shocks that come over nobody who takes part, nor over a gemeente with which one of them talks."""
    circumstances, day = scenario.kader.file.circumstances, scenario.period.start
    partners = {via for swv in scenario.swv.values() for _, via in swv.partners(day)}
    found = []
    for _, shock, kind, where in sorted(
        (one for form in OF_FORM for one in _laid(scenario, form)), key=lambda one: one[0]
    ):
        if kind.pool is not None:
            reached = not scenario.pools[kind.pool].per or bool(partners & {*_gemeenten(scenario, where)})
        elif kind.circumstance is not None and circumstances[kind.circumstance].of == "gemeenten":
            reached = bool(partners & {*_gemeenten(scenario, where)})
        else:
            reached = bool(_over(scenario, where))
        if not reached:
            found.append(shock)
    return found


def left_out(scenario: Scenario) -> list[tuple[Shock, tuple[str, ...]]]:
    """The shocks that do nothing since parts of the model are left out, with those parts."""
    kinds = scenario.kader.file.shocks
    found = [(one, shockparts.left_out(kinds[one.kind], scenario.kader, scenario.parts_off)) for one in scenario.shocks]
    return [(shock, parts) for shock, parts in found if parts]


def levels(scenario: Scenario) -> list[Level]:
    """Every circumstance that comes over an swv or gemeente: by the kader, then by shocks, which count over it."""
    stop = day_of(scenario.period.until)
    found = []
    for name, circumstance in scenario.kader.file.circumstances.items():
        if circumstance.part in scenario.parts_off:
            continue
        everywhere = _entities(scenario, circumstance.of, circumstance.where)
        for spell in circumstance.spells:
            span = day_of(spell.start), day_of(spell.until)
            found += [Level(name, entity, *span, spell.level) for entity in everywhere]
    for number, shock, kind, where in _laid(scenario, "circumstance"):
        circumstance = scenario.kader.file.circumstances[str(kind.circumstance)]
        if circumstance.part in scenario.parts_off:
            continue
        until = day_of(shock.until) if shock.until else stop
        draw = None if shock.chance is None else (f"shock {shock.kind} {number}", shock.chance)
        found += [
            Level(str(kind.circumstance), entity, day_of(shock.start), until, shock.level, draw)
            for entity in _entities(scenario, circumstance.of, where)
        ]
    return found


def _entities(scenario: Scenario, of: str, where: Where) -> list[str]:
    return _gemeenten(scenario, where) if of == "gemeenten" else [swv.code for swv in _over(scenario, where)]


def capacities(scenario: Scenario) -> list[Capacity]:
    """Every change of a pool's capacity."""
    stop = day_of(scenario.period.until)
    found = []
    for _, shock, kind, where in _laid(scenario, "pool"):
        pool = str(kind.pool)
        per = scenario.pools[pool].per
        items: list[str | None] = [*_gemeenten(scenario, where)] if per else [None]
        until = day_of(shock.until) if shock.until else stop
        found += [
            Capacity(shock.kind, pool, item, day_of(shock.start), until, int(shock.capacity or 0)) for item in items
        ]
    return found


def changes(scenario: Scenario) -> list[Change]:
    """Every change in the world of the bekostiging."""
    return [
        Change(str(kind.money), shock.start, float(shock.size if shock.size is not None else kind.size or 0.0),
               frozenset(swv.code for swv in _over(scenario, where)))
        for _, shock, kind, where in _laid(scenario, "money")
    ]  # fmt: skip
