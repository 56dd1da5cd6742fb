"""Who takes part in a scenario: its swv with what is known of them, their plans, and their groups."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from simulator.base import resources
from simulator.base.errors import InputError
from simulator.base.language import say
from simulator.plan import reading
from simulator.world import population
from simulator.world.bekostiging import planned
from simulator.world.chain import referred
from simulator.world.population import Given

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.base.errors import Problem
    from simulator.kader.model import Kader
    from simulator.plan.model import Plan
    from simulator.world.chain import Chain
    from simulator.world.population import Swv


class Participants(NamedTuple):
    """Who takes part.

    Attributes:
        swv: by code, in order of the codes.
        plans: of the swv that have one, with the file of each.
        groups: codes by the name of a group: those that the program knows, and those of the chain.
        table: the file with what is known of them, if the scenario names one.
    """

    swv: dict[str, Swv]
    plans: dict[str, tuple[Plan, Path]]
    groups: dict[str, tuple[str, ...]]
    table: Path | None

    @property
    def sources(self) -> dict[str, str]:
        """Path and SHA-256 of every file that they were read from."""
        files = [*([self.table] if self.table else []), *(path for _, path in self.plans.values())]
        return {path.as_posix(): resources.digest(path) for path in files}


def of(chain: Chain, kader: Kader, problems: list[Problem]) -> Participants:
    """Who takes part in a scenario.

    Args:
        chain: its files.
        kader: what they play.
        problems: to which everything that is wrong with them is added.
    """
    swv, table = _population(chain, kader, problems)
    own = {name: tuple(sorted(set(codes))) for file in chain.furthest_first() for name, codes in file.groups.items()}
    plans = _plans(chain, kader, swv, problems)
    swv = {code: with_plan(one, *plans[code]) if code in plans else one for code, one in swv.items()}
    return Participants(swv, plans, {**population.groups(), **own}, table)


def with_plan(swv: Swv, plan: Plan, path: Path) -> Swv:
    """An swv with the number of pupils that its plan counts on: one size in the play, the money and reports.

    A size that a table of the user gives stays as it is.
    """
    pupils, own = planned.at_start(plan), swv.given.get("pupils")
    if not pupils or (own is not None and own.origin == "given"):
        return swv
    return replace(swv, given={**swv.given, "pupils": Given(float(pupils), "given", path.as_posix())})


def _population(chain: Chain, kader: Kader, problems: list[Problem]) -> tuple[dict[str, Swv], Path | None]:
    everyone = population.everyone()
    path, document, file = chain.links[chain.who]
    if file.population is None:
        return everyone, None
    codes = set(everyone) if file.population.swv == "all" else set(file.population.swv)
    chosen = {code: swv for code, swv in everyone.items() if code in codes}
    if not file.population.table:
        return chosen, None
    table = path.parent / file.population.table
    try:
        known = population.with_table(everyone, table, kader.file.attributes)
    except InputError as error:
        problems += referred(document, ("population", "table"), error)
        return chosen, None
    return {code: known[code] for code in chosen}, table


def _plans(chain: Chain, kader: Kader, chosen: dict[str, Swv], problems: list[Problem]) -> dict[str, tuple[Plan, Path]]:
    """The plan of each swv that has one, with its file; a plan for an swv that does not take part is a mistake."""
    found: dict[str, tuple[Plan, Path]] = {}
    for path, document, file in chain.links:
        for code, name in file.plans.items():
            loc = ("plans", code)
            if code in found:
                continue
            if code not in chosen:
                problems.append(document.problem(say("scenario.not_in_population", code=code), loc, key=True))
                continue
            try:
                read = reading.load(name, set(population.everyone()), beside=path.parent)
            except InputError as error:
                problems += referred(document, loc, error)
                continue
            if read.plan.swv != code or read.kader.id != kader.id:
                message = say("scenario.other_plan", swv=read.plan.swv, kader=read.kader.id)
                problems.append(document.problem(message, loc))
            found[code] = read.plan, read.path
    return found
