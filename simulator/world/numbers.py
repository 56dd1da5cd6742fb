"""The numbers of a scenario: parameters and pools of its kader as its files set them otherwise, and who is in each pool."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from simulator.base.errors import InputError
from simulator.base.language import say
from simulator.kader.parameters import Parameter
from simulator.kader.pools import Pool
from simulator.world import inspecteurs, overlay, teams
from simulator.world.chain import referred

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.base.errors import Problem
    from simulator.kader.model import Kader
    from simulator.world.chain import Chain
    from simulator.world.inspecteurs import Inspecteur


class Numbers(NamedTuple):
    """The numbers of a scenario.

    Attributes:
        changed: names of parameters and pools that its files set otherwise than the kader.
        inspecteurs: per pool with a roster who is in it.
        table: the file in which they stand, when it is not the shipped one.
    """

    parameters: dict[str, Parameter]
    pools: dict[str, Pool]
    changed: tuple[str, ...]
    inspecteurs: dict[str, tuple[Inspecteur, ...]]
    table: Path | None


def of(chain: Chain, kader: Kader, problems: list[Problem]) -> Numbers:
    """The numbers of a scenario.

    Args:
        chain: its files.
        kader: what they play.
        problems: to which everything that is wrong with them is added.
    """
    file, documents = kader.file, chain.documents
    context = {"attributes": set(file.attributes)}
    parameters, changed = overlay.overlaid("parameters", file.parameters, Parameter, documents, problems, context)
    problems += overlay.out_of_range(file.attributes, parameters, changed, documents)
    pools, more = overlay.overlaid("pools", file.pools, Pool, documents, problems, context)
    people, table = _inspecteurs(chain, pools, problems)
    pools = {
        name: pool.model_copy(update={"capacity": len(people[name])}) if name in people and name not in more else pool
        for name, pool in pools.items()
    }
    there = {name: pool.model_copy(update={"capacity": _with_time(people[name], pool.capacity)}) if name in people else pool
             for name, pool in pools.items()}  # fmt: skip
    for name, message in teams.too_small(kader, there).items():
        problems.append(_too_few(chain, name, message, table))
    return Numbers(parameters, pools, tuple(sorted({*changed, *more})), people, table)


def _too_few(chain: Chain, pool: str, message: str, table: Path | None) -> Problem:
    """That a pool has too few people, where they are named: in a file, in the table of inspecteurs, else by the kader."""
    for document in chain.documents:
        if ("pools", pool) in document.values:
            return document.problem(message, ("pools", pool), key=True)
    row = inspecteurs.last_of(table, pool) if table else None
    if row is not None:
        return row.problem(message, say("teams.more_rows"))
    named = [one for one in chain.documents if ("kader",) in one.values] or chain.documents[:1]
    return named[0].problem(message, ("kader",), key=True, hint=say("teams.more_people", name=pool))


def _with_time(people: tuple[Inspecteur, ...], count: int) -> int:
    """How many of a pool have any time for swv; one with more people than the table has rows begins at its first again."""
    return sum(people[number % len(people)].fte * people[number % len(people)].share > 0 for number in range(count))


def _inspecteurs(
    chain: Chain, pools: dict[str, Pool], problems: list[Problem]
) -> tuple[dict[str, tuple[Inspecteur, ...]], Path | None]:
    """Who is in each pool with a roster, and the table of the nearest file that names one."""
    wanted = {name for name, pool in pools.items() if pool.roster}
    people = inspecteurs.shipped(wanted)
    for path, document, file in chain.links:
        if file.inspecteurs:
            table = path.parent / file.inspecteurs
            try:
                return {**people, **inspecteurs.read(table, wanted)}, table
            except InputError as error:
                problems += referred(document, ("inspecteurs",), error)
                return people, None
    return people, None
