"""What scenarios say otherwise: parameters, pools, parts, shocks, population and the rest, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.kader.parameters import describe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.kader.pools import Pool
    from simulator.kader.shocks import Shock, Where
    from simulator.world.scenario import Scenario

NOTHING = "-"


def between(scenarios: Sequence[Scenario]) -> list[tuple[str, list[str]]]:
    """(what, what each scenario says) of everything that they do not all say alike."""
    found: dict[str, list[str]] = {}

    def look(label: str, values: list[Any]) -> None:
        if any(value != values[0] for value in values):
            found[label] = [str(value) for value in values]

    for name in sorted({name for one in scenarios for name in one.parameters}):
        look(name, [describe(p) if (p := one.parameters.get(name)) else NOTHING for one in scenarios])
    for name in sorted({name for one in scenarios for name in one.pools}):
        look(f"pools.{name}", [_pool(pool) if (pool := one.pools.get(name)) else NOTHING for one in scenarios])
    for name in sorted({name for one in scenarios for name in one.parts_off}):
        look(f"parts.{name}", ["false" if name in one.parts_off else "true" for one in scenarios])
    for shock in dict.fromkeys(shock_in_words(shock) for one in scenarios for shock in one.shocks):
        there = [{shock_in_words(own) for own in one.shocks} for one in scenarios]
        look(f"shocks.{shock}", ["true" if shock in own else "false" for own in there])
    look("kader", [one.kader.id for one in scenarios])
    look("seed", [one.seed for one in scenarios])
    look("period", [f"{one.period.start} - {one.period.until}" for one in scenarios])
    look("swv", [len(one.swv) for one in scenarios])
    look("plans", [" ".join(one.plans) or NOTHING for one in scenarios])
    return list(found.items())


def _pool(pool: Pool) -> str:
    order = f", {pool.order.prefer} {pool.order.by}" if pool.order else ""
    return f"{pool.capacity}{order}"


def shock_in_words(shock: Shock) -> str:
    """A shock on one line: kind, days, place and size."""
    until = f" - {shock.until}" if shock.until else ""
    sizes = [
        f"{name} {getattr(shock, name)}"
        for name in ("level", "capacity", "size", "chance")
        if name in shock.model_fields_set
    ]
    return " ".join([f"{shock.kind} {shock.start}{until}", *sizes, *_where(shock.where)])


def _where(where: Where | None) -> list[str]:
    if where is None:
        return []
    names = [*where.swv, *where.provinces, *where.gemeenten, *filter(None, (where.group, where.sector))]
    return [f"({', '.join(names)})"] if names else []
