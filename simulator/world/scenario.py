"""A scenario: which kader is played on which population with which numbers, read from YAML and fully resolved.

A scenario may extend another and then says only what differs. Resolving follows the chain, lays the overrides over the
parameters and pools of the kader, and checks the result; every problem names the file of the chain it stands in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.base import resources
from simulator.base.errors import InputError
from simulator.base.language import say
from simulator.base.validation import unique
from simulator.kader import lawful
from simulator.world import chain as chains
from simulator.world import naming, numbers, participants

if TYPE_CHECKING:
    from collections.abc import Collection

    from simulator.base.errors import Problem
    from simulator.base.fields import Text
    from simulator.kader.model import Kader, PlanPeriod
    from simulator.kader.parameters import Parameter
    from simulator.kader.pools import Pool
    from simulator.kader.shocks import Shock
    from simulator.plan.model import Plan
    from simulator.world.chain import Chain
    from simulator.world.inspecteurs import Inspecteur
    from simulator.world.population import Swv
    from simulator.world.scenariofile import Expects, ScenarioFile, Span


@dataclass(frozen=True)
class Scenario:
    """A scenario with everything it rests on, read and checked.

    Attributes:
        expects: what it is expected to do, and against which scenario.
        chain: documents from the scenario itself to the one it starts from.
        parameters: of the kader, with the overrides of the chain.
        changed: names of parameters and pools that the chain sets otherwise than the kader.
        swv: the population by code, in order of the codes.
        plans: plan per swv that has one.
        plan_files: the file of each of these plans.
        inspecteurs: per pool with a roster who is in it.
        inspecteurs_file: the table in which they stand, when it is not the shipped one.
        plan_period: of the plans of swv without a plan file.
        carry_on: whether the last known school holidays are carried on.
        parts_off: parts of the model that are left out.
        groups: codes by the name of a group.
        shocks: what comes from outside, those of the nearest file last.
        unlawful: steps of the werkwijze that the law of their days does not allow; what is played is marked so.
        sources: path and SHA-256 of every file that counts.
    """

    id: str
    title: Text
    question: Text
    expects: Expects
    chain: tuple[str, ...]
    kader: Kader
    period: Span
    seed: int
    replications: int
    parameters: dict[str, Parameter]
    pools: dict[str, Pool]
    changed: tuple[str, ...]
    swv: dict[str, Swv]
    plans: dict[str, Plan]
    plan_files: dict[str, str]
    inspecteurs: dict[str, tuple[Inspecteur, ...]]
    inspecteurs_file: str
    plan_period: PlanPeriod
    carry_on: bool
    parts_off: tuple[str, ...]
    groups: dict[str, tuple[str, ...]]
    shocks: tuple[Shock, ...]
    unlawful: tuple[lawful.Finding, ...]
    sources: dict[str, str]

    def outside_kader(self) -> str:
        """That some of its days lie outside those for which its kader holds; empty when none do."""
        holds, last = self.kader.file.holds, self.period.until - timedelta(days=1)
        if holds.start <= self.period.start and (holds.until is None or last <= holds.until):
            return ""
        until = holds.until or ""
        return say("scenario_command.outside_kader", kader=self.kader.id, start=holds.start, until=until)

    def among(self, codes: Collection[str]) -> Scenario:
        """The scenario with only some of its swv."""
        keep = set(codes)
        return replace(
            self, swv={code: swv for code, swv in self.swv.items() if code in keep},
            plans={code: plan for code, plan in self.plans.items() if code in keep},
            plan_files={code: path for code, path in self.plan_files.items() if code in keep},
        )  # fmt: skip


def names() -> list[str]:
    """Shipped scenarios by name, then those in the working folder by path."""
    shipped = sorted(path.stem for path in resources.shipped("scenarios").glob("*.yaml"))
    return [*shipped, *sorted(path.as_posix() for path in Path().glob("*.yaml") if _is_scenario(path))]


def _is_scenario(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return b"format: scenario/" in file.read(400)
    except OSError:
        return False


def load(name: str, *, kept: bool = False) -> Scenario:
    """A scenario by shipped name or path.

    Args:
        name: a shipped name, or a path.
        kept: whether it is the copy that a run keeps, in which all is put together: shocks of one file over the swv of
            another, and the groups that the program had.

    Raises:
        InputError: with every problem of the chain of files and of what they refer to.
    """
    problems: list[Problem] = []
    chain = chains.read(name, problems)
    kader = chains.kader(chain, problems)
    if kader is None:
        missing = chain.documents[-1].problem(say("value.missing", key="kader"))
        raise InputError(unique(problems) or [missing])
    return _resolved(chain, kader, problems, kept=kept)


def _resolved(chain: Chain, kader: Kader, problems: list[Problem], *, kept: bool) -> Scenario:
    """The scenario of a chain, when there is nothing wrong with it."""
    amounts = numbers.of(chain, kader, problems)
    period = chain.first("period")
    if period is None and not problems:
        problems.append(chain.documents[-1].problem(say("value.missing", key="period")))
    who = participants.of(chain, kader, problems)
    problems += naming.problems(chain, kader, who, period, amounts.parameters, kept=kept)
    if problems:
        raise InputError(unique(problems))
    parts = dict(part for file in chain.furthest_first() for part in file.parts.items())
    parts_off = tuple(sorted(name for name, on in parts.items() if not on))
    unlawful = lawful.findings(kader, amounts.parameters, (period.start, period.until), parts_off)
    if powers := [one for one in unlawful if one.power]:
        raise InputError(_too_early(kader, powers))
    files = [*(path for path, _, _ in chain.links), *([amounts.table] if amounts.table else [])]
    own = chain.links[0].file
    return Scenario(
        id=own.id, title=own.title, question=own.question,
        expects=_expects(own),
        chain=tuple(path.as_posix() for path, _, _ in chain.links),
        kader=kader, period=period, seed=chain.first("seed", 1), replications=chain.first("replications", 100),
        parameters=amounts.parameters, pools=amounts.pools, changed=amounts.changed, swv=who.swv,
        plans={code: plan for code, (plan, _) in who.plans.items()},
        plan_files={code: path.as_posix() for code, (_, path) in who.plans.items()},
        inspecteurs=amounts.inspecteurs, inspecteurs_file=amounts.table.as_posix() if amounts.table else "",
        plan_period=chain.first("plan_period", kader.file.plan_period),
        carry_on=chain.first("assume_school_holidays") == "last_known",
        parts_off=parts_off, groups=who.groups, unlawful=tuple(unlawful),
        shocks=tuple(shock for file in chain.furthest_first() for shock in file.shocks),
        sources={**who.sources, **{path.as_posix(): resources.digest(path) for path in files}, **kader.sources},
    )  # fmt: skip


def _expects(own: ScenarioFile) -> Expects:
    return own.expects.model_copy(update={"against": own.expects.against or own.extends})


def _too_early(kader: Kader, powers: list[lawful.Finding]) -> list[Problem]:
    """Steps that use a power before it existed, each at its place in the kader."""
    return [
        replace(problem, message=say("lawful.power_used", what=problem.message), hint=say("lawful.hint"))
        for problem in lawful.problems(kader, powers)
    ]
