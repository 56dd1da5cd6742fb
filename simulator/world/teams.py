"""Whether the pools of a scenario are large enough for the teams that steps need."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from simulator.base.language import pick, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.base.fields import Sector
    from simulator.kader.model import Kader
    from simulator.kader.pools import Pool

SECTORS: tuple[Sector, ...] = ("po", "vo")


def needed(kader: Kader) -> dict[str, int]:
    """How many people of each pool one step needs at most, in either sector."""
    most: dict[str, int] = {}
    for node in kader.file.werkwijze.walk():
        for sector in SECTORS:
            pools = node.step.pools if node.step else []
            names = [one if isinstance(one, str) else one.get(sector) for one in pools]
            for name, count in Counter(filter(None, names)).items():
                most[str(name)] = max(count, most.get(str(name), 0))
    return most


def first_step(kader: Kader, pool: str) -> str:
    """The first step that needs the most people of a pool at once."""
    most = needed(kader)[pool]
    return next(
        node.id
        for node in kader.file.werkwijze.walk()
        for sector in SECTORS
        if node.step
        and [one if isinstance(one, str) else one.get(sector) for one in node.step.pools].count(pool) == most
    )


def too_small(kader: Kader, pools: Mapping[str, Pool]) -> dict[str, str]:
    """By pool what is wrong: it has fewer people than a step needs at once, so that the step could never begin."""
    return {
        name: say("teams.too_small", label=pick(pools[name].label), capacity=pools[name].capacity, count=count)
        for name, count in needed(kader).items()
        if pools[name].capacity < count
    }
