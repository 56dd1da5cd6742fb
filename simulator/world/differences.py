"""What scenarios say otherwise: parameters, pools, parts, shocks, population and the rest, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.language import pick, say
from simulator.base.numbers import long_date, plain
from simulator.kader.parameters import called, describe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.kader.pools import Pool
    from simulator.kader.shocks import Shock, ShockKind, Where
    from simulator.kader.werkwijze import Step
    from simulator.world.scenario import Scenario

NOTHING = "-"


def between(scenarios: Sequence[Scenario]) -> list[tuple[str, list[str]]]:
    """(what, what each scenario says) of everything that they do not all say alike."""
    found: dict[str, list[str]] = {}

    def look(label: str, values: list[Any]) -> None:
        if any(value != values[0] for value in values):
            found[label] = [str(value) for value in values]

    for name in sorted({name for one in scenarios for name in one.parameters}):
        look(name, [_parameter(one, name) for one in scenarios])
    for name in sorted({name for one in scenarios for name in one.pools}):
        look(f"pools.{name}", [_pool(pool, one) if (pool := one.pools.get(name)) else NOTHING for one in scenarios])
    for name in sorted({name for one in scenarios for name in one.parts_off}):
        look(f"parts.{name}", [_yes(name not in one.parts_off) for one in scenarios])
    there = [[shock_name(shock) for shock in one.shocks] for one in scenarios]
    for shock in dict.fromkeys(shock for own in there for shock in own):
        look(shock, [_yes(shock in own) for own in there])
    look("kader", [one.kader.id for one in scenarios])
    look("seed", [one.seed for one in scenarios])
    look("period", [f"{long_date(one.period.start)} - {long_date(one.period.until)}" for one in scenarios])
    look("swv", [len(one.swv) for one in scenarios])
    look("plans", [" ".join(one.plans) or NOTHING for one in scenarios])
    look("plan_period", [f"{one.plan_period.first_school_year} ({one.plan_period.school_years})" for one in scenarios])
    look("inspecteurs", [one.inspecteurs_file or NOTHING for one in scenarios])
    found |= _steps(scenarios)
    return list(found.items())


def _steps(scenarios: Sequence[Scenario]) -> dict[str, list[str]]:
    """The steps of the werkwijze that are not the same, when one kader is like the other; else every step differs."""
    trees = [{node.id: node.step for node in one.kader.file.werkwijze.walk() if node.step} for one in scenarios]
    kaders = {one.kader.id: one.kader.file.like for one in scenarios}
    if len(kaders) == 1 or not any(like in kaders for like in kaders.values()):
        return {}
    names = dict.fromkeys(name for tree in trees for name in tree)
    return {
        f"werkwijze.{name}": [_step(tree.get(name)) for tree in trees]
        for name in names
        if any(tree.get(name) != trees[0].get(name) for tree in trees)
    }


def _step(step: Step | None) -> str:
    """What a step is called, how long it takes, whom it needs, and with whom these stay together."""
    if step is None:
        return NOTHING
    time = step.time.takes if step.time and step.time.takes else ""
    pools = [name if isinstance(name, str) else "/".join(dict.fromkeys(name.values())) for name in step.pools]
    whole = say("differences.whole_days") if step.time and step.time.whole_days else ""
    team = say("differences.team", name=step.team) if step.team else ""
    return "; ".join(filter(None, [pick(step.label), time, whole, ", ".join(pools), team]))


def _parameter(scenario: Scenario, name: str) -> str:
    parameter = scenario.parameters.get(name)
    return describe(parameter, called(scenario.kader.file.attributes)) if parameter else NOTHING


def _yes(holds: bool) -> str:
    return say("differences.yes" if holds else "differences.no")


def _pool(pool: Pool, scenario: Scenario) -> str:
    """How many people there are, and who goes first when that is not who asked first."""
    if pool.order is None:
        return str(pool.capacity)
    by = pick(scenario.kader.file.attributes[pool.order.by].label)
    return f"{pool.capacity}, {say(f'differences.{pool.order.prefer}', by=by)}"


def shock_name(shock: Shock) -> str:
    """The name of a shock, the same in every language: its kind, its days, and what it says of size and place."""
    told = shock.model_dump(mode="json", by_alias=True, exclude_unset=True)
    where = {name: value for name, value in (told.pop("where", None) or {}).items() if value}
    days = [told.pop("from"), *filter(None, (told.pop("until", None),))]
    rest = {name: value for name, value in told.items() if name != "kind" and value is not None} | where
    words = [f"{name}={'+'.join(value) if isinstance(value, list) else value}" for name, value in rest.items()]
    return ", ".join([f"shocks.{shock.kind} {'/'.join(days)}", *words])


def shock_in_words(shock: Shock, kinds: Mapping[str, ShockKind]) -> str:
    """A shock on one line: kind, days, size and place; size and place of its kind where it says none of its own.

    Args:
        kinds: of the kader, by name.
    """
    kind = kinds[shock.kind]
    return f"{pick(kind.label)}, {how_in_words(shock, kind)} ({_where(shock.where, kind)})"


def briefly(shock: Shock, kind: ShockKind) -> str:
    """A shock by its kind, days and size; its place only where there is one."""
    names = _names(shock.where or kind.where)
    told = f"{pick(kind.label)}, {how_in_words(shock, kind)}"
    return f"{told} ({', '.join(names)})" if names else told


def how_in_words(shock: Shock, kind: ShockKind) -> str:
    """When a shock comes, and how much of it."""
    days = say("differences.between" if shock.until else "differences.since", **_days(shock))
    sizes = [
        say(f"differences.{name}", value=plain(getattr(shock, name)))
        for name in ("level", "capacity", "size", "chance")
        if name in shock.model_fields_set
    ]
    if shock.size is None and kind.size is not None:
        sizes.append(say("differences.size_of_kind", value=plain(kind.size)))
    return ", ".join([days, *sizes])


def _days(shock: Shock) -> dict[str, str]:
    return {"start": long_date(shock.start), "until": long_date(shock.until) if shock.until else ""}


def _where(where: Where | None, kind: ShockKind) -> str:
    """Over whom a shock comes: as it says itself, else by its kind, which may be everybody."""
    if where is not None:
        return ", ".join(_names(where)) or say("differences.everybody")
    names = _names(kind.where)
    return say("differences.by_kind", names=", ".join(names)) if names else say("differences.nowhere_named")


def _names(where: Where) -> list[str]:
    return [*where.swv, *where.provinces, *where.gemeenten, *filter(None, (where.group, where.sector))]
