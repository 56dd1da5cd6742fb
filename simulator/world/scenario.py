"""A scenario: which kader is played on which population with which numbers, read from YAML and fully resolved.

A scenario may extend another and then says only what differs. Resolving follows the chain, lays the overrides over the
parameters and pools of the kader, and checks the result; every problem names the file of the chain it stands in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from simulator.base import resources, yamlfile
from simulator.base.errors import InputError, Problem, nearest
from simulator.base.language import say
from simulator.base.validation import unique, validated
from simulator.kader import lawful, reading
from simulator.kader.parameters import Parameter
from simulator.kader.pools import Pool
from simulator.plan import reading as plan_reading
from simulator.world import inspecteurs, overlay, population, shocks, teams
from simulator.world.scenariofile import ScenarioFile

if TYPE_CHECKING:
    from collections.abc import Collection

    from simulator.base.fields import Text
    from simulator.base.yamlfile import Document, Loc
    from simulator.kader.model import Kader, PlanPeriod
    from simulator.kader.shocks import Shock
    from simulator.plan.model import Plan
    from simulator.world.inspecteurs import Inspecteur
    from simulator.world.population import Swv
    from simulator.world.scenariofile import Expects, Span


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
    chain = _chain(resources.find(name, resources.shipped("scenarios")), problems)
    files = [_file(document, problems) for _, document in chain]
    kader = _kader(chain, problems)
    if kader is None:
        missing = chain[-1][1].problem(say("value.missing", key="kader"))
        raise InputError(unique(problems) or [missing])
    return _resolve(chain, files, kader, problems, kept=kept)


def _chain(path: Path, problems: list[Problem]) -> list[tuple[Path, Document]]:
    """The documents from a scenario to the one it finally rests on, as far as they can be found and read."""
    chain = [(path, yamlfile.read(path))]
    while True:
        path, document = chain[-1]
        parent = document.data.get("extends") if isinstance(document.data, dict) else None
        if not isinstance(parent, str):
            return chain
        try:
            path = _parent(parent, path)
            below = yamlfile.read(path)
            if any(path.resolve() == seen.resolve() for seen, _ in chain):
                loop = " -> ".join([*(seen.name for seen, _ in chain), path.name])
                raise InputError(Problem(say("scenario.loop", loop=loop), hint=_instead(parent, path)))
            chain.append((path, below))
        except InputError as error:
            problems += _referred(document, ("extends",), error)
            return chain


def _instead(name: str, path: Path) -> str:
    """What to do about a file that leads back to itself: one that is called as a shipped scenario comes before it."""
    shipped = resources.shipped("scenarios") / f"{name}.yaml"
    if resources.is_file(shipped) and path.resolve() != shipped.resolve():
        return say("scenario.rename", file=path.name, name=name)
    return say("scenario.break")


def _parent(name: str, path: Path) -> Path:
    beside = path.parent / f"{name}.yaml"
    try:
        if beside.is_file():
            return beside
    except OSError:  # a name that the system cannot hold is no file beside this one
        pass
    return resources.find(name, resources.shipped("scenarios"), path.parent)


def _referred(document: Document, loc: Loc, error: InputError) -> list[Problem]:
    """The problems of a file that another names: without a place in it they stand at the name."""
    return [
        problem if problem.line else document.problem(problem.message, loc, hint=problem.hint)
        for problem in error.problems
    ]


def _file(document: Document, problems: list[Problem]) -> ScenarioFile:
    """A file of the chain; of a file with problems what can be used, so that the rest is looked at as well."""
    context = {"swv": set(population.everyone())}
    try:
        return validated(ScenarioFile, document, "scenario", context)
    except InputError as error:
        problems += error.problems
    nothing = {"nl": "", "en": ""}
    sound: dict[str, Any] = {"id": "x", "title": nothing, "question": nothing}
    for key, value in document.data.items() if isinstance(document.data, dict) else ():
        try:
            ScenarioFile.model_validate({**sound, key: value}, context=context)
        except ValidationError:
            continue
        sound[key] = value
    return ScenarioFile.model_validate(sound, context=context)


def _kader(chain: list[tuple[Path, Document]], problems: list[Problem]) -> Kader | None:
    for path, document in chain:
        name = document.data.get("kader") if isinstance(document.data, dict) else None
        if isinstance(name, str):
            try:
                return reading.load(name, path.parent)
            except InputError as error:
                problems += _referred(document, ("kader",), error)
                return None
    return None


def _resolve(
    chain: list[tuple[Path, Document]],
    files: list[ScenarioFile],
    kader: Kader,
    problems: list[Problem],
    *,
    kept: bool,
) -> Scenario:
    def first(key: str, default: Any = None) -> Any:
        values = [getattr(file, key) for file in files]
        return next((value for value in values if value is not None), default)

    documents = [document for _, document in chain]
    context = {"attributes": set(kader.file.attributes)}
    parameters, changed = overlay.overlaid("parameters", kader.file.parameters, Parameter, documents, problems, context)
    problems += overlay.out_of_range(kader.file.attributes, parameters, changed, documents)
    pools, more = overlay.overlaid("pools", kader.file.pools, Pool, documents, problems, context)
    period = first("period")
    if period is None and not problems:
        problems.append(documents[-1].problem(say("value.missing", key="period")))
    chosen, sources = _population(chain, files, kader, problems)
    people, people_file = _inspecteurs(chain, files, pools, problems)
    pools = {
        name: pool.model_copy(update={"capacity": len(people[name])}) if name in people and name not in more else pool
        for name, pool in pools.items()
    }
    for name, message in teams.too_small(kader, pools).items():
        named = [one for one in documents if ("pools", name) in one.values] or documents[:1]
        problems.append(named[0].problem(message, ("pools", name), key=True))
    groups = _groups(files)
    for document, file in zip(documents, files, strict=True):
        problems += shocks.problems(document, kader, groups, period)
        problems += [] if kept else _known_groups(document, file)
        problems += _unknown_parts(document, file, kader)
        problems += _unknown_figures(document, file, kader)
    for document in [] if kept else documents[: _says_who(files) + 1]:
        problems += shocks.unheard(document, groups, chosen)
    off = dict(part for file in reversed(files) for part in file.parts.items())
    plans = _plans(chain, files, kader, chosen, problems)
    plan_files = {code: path.as_posix() for code, (_, path) in plans.items()}
    sources |= {path.as_posix(): resources.digest(path) for _, path in plans.values()}
    if problems:
        raise InputError(unique(problems))
    parts_off = tuple(sorted(name for name, on in off.items() if not on))
    if people_file:
        sources[people_file] = resources.digest(Path(people_file))
    unlawful = lawful.findings(kader, parameters, (period.start, period.until), parts_off)
    if powers := [one for one in unlawful if one.power]:
        raise InputError(_too_early(kader, powers))
    own = files[0]
    for path, _ in chain:
        sources[path.as_posix()] = resources.digest(path)
    return Scenario(
        id=own.id, title=own.title, question=own.question,
        expects=_expects(own),
        chain=tuple(path.as_posix() for path, _ in chain),
        kader=kader, period=period, seed=first("seed", 1), replications=first("replications", 100),
        parameters=parameters, pools=pools, changed=tuple(sorted({*changed, *more})), swv=chosen,
        plans={code: plan for code, (plan, _) in plans.items()}, plan_files=plan_files,
        inspecteurs=people, inspecteurs_file=people_file,
        plan_period=first("plan_period", kader.file.plan_period),
        carry_on=first("assume_school_holidays") == "last_known",
        parts_off=parts_off, groups=groups, unlawful=tuple(unlawful),
        shocks=tuple(shock for file in reversed(files) for shock in file.shocks), sources=sources | kader.sources,
    )  # fmt: skip


def _expects(own: ScenarioFile) -> Expects:
    return own.expects.model_copy(update={"against": own.expects.against or own.extends})


def _unknown_figures(document: Document, file: ScenarioFile, kader: Kader) -> list[Problem]:
    known = [kpi.id for kpi in kader.file.kpis]
    return [
        document.problem(
            say("scenario_command.unknown_figure", name=name), ("expects", name), hint=nearest(name, known), key=True
        )
        for name in file.expects.figures
        if name not in known
    ] + [
        document.problem(say("scenario_command.not_expected", name=name), ("expects", "known_to_fail", name), key=True)
        for name in file.expects.known_to_fail
        if name not in file.expects.figures
    ]


def _too_early(kader: Kader, powers: list[lawful.Finding]) -> list[Problem]:
    """Steps that use a power before it existed, each at its place in the kader."""
    return [
        replace(problem, message=say("lawful.power_used", what=problem.message), hint=say("lawful.hint"))
        for problem in lawful.problems(kader, powers)
    ]


def _groups(files: list[ScenarioFile]) -> dict[str, tuple[str, ...]]:
    """Groups of swv by name: those that the program knows, and those of the chain."""
    own = {name: tuple(sorted(set(codes))) for file in reversed(files) for name, codes in file.groups.items()}
    return {**population.groups(), **own}


def _known_groups(document: Document, file: ScenarioFile) -> list[Problem]:
    """Groups that have the name of one that the program knows."""
    return [
        document.problem(say("scenario.known_group", name=name, other=f"mijn-{name}"), ("groups", name), key=True)
        for name in file.groups
        if name in population.groups()
    ]


def _says_who(files: list[ScenarioFile]) -> int:
    """The place in the chain of the file that says who takes part; the last when none does."""
    return next((place for place, file in enumerate(files) if file.population is not None), len(files) - 1)


def _unknown_parts(document: Document, file: ScenarioFile, kader: Kader) -> list[Problem]:
    known = kader.file.parts
    return [
        document.problem(
            say("scenario.unknown", name=name, section="parts"), ("parts", name), hint=nearest(name, known), key=True
        )
        for name in file.parts
        if name not in known
    ]


def _population(
    chain: list[tuple[Path, Document]], files: list[ScenarioFile], kader: Kader, problems: list[Problem]
) -> tuple[dict[str, Swv], dict[str, str]]:
    everyone = population.everyone()
    for (path, document), file in zip(chain, files, strict=True):
        if file.population is None:
            continue
        codes = set(everyone) if file.population.swv == "all" else set(file.population.swv)
        chosen = {code: swv for code, swv in everyone.items() if code in codes}
        if not file.population.table:
            return chosen, {}
        table_path = path.parent / file.population.table
        try:
            with_table = population.with_table(everyone, table_path, kader.file.attributes)
        except InputError as error:
            problems += _referred(document, ("population", "table"), error)
            return chosen, {}
        return {code: with_table[code] for code in chosen}, {table_path.as_posix(): resources.digest(table_path)}
    return everyone, {}


def _inspecteurs(
    chain: list[tuple[Path, Document]], files: list[ScenarioFile], pools: dict[str, Pool], problems: list[Problem]
) -> tuple[dict[str, tuple[Inspecteur, ...]], str]:
    """Who is in each pool with a roster, and the table of the nearest file that names one."""
    wanted = {name for name, pool in pools.items() if pool.roster}
    people = inspecteurs.shipped(wanted)
    for (path, document), file in zip(chain, files, strict=True):
        if file.inspecteurs:
            table_path = path.parent / file.inspecteurs
            try:
                return {**people, **inspecteurs.read(table_path, wanted)}, table_path.as_posix()
            except InputError as error:
                problems += _referred(document, ("inspecteurs",), error)
                return people, ""
    return people, ""


def _plans(
    chain: list[tuple[Path, Document]], files: list[ScenarioFile], kader: Kader, chosen: dict[str, Swv],
    problems: list[Problem],
) -> dict[str, tuple[Plan, Path]]:  # fmt: skip
    """The plan of each swv that has one, with its file; a plan for an swv that does not take part is a mistake."""
    found: dict[str, tuple[Plan, Path]] = {}
    for (path, document), file in zip(chain, files, strict=True):
        for code, name in file.plans.items():
            loc = ("plans", code)
            if code in found:
                continue
            if code not in chosen:
                problems.append(document.problem(say("scenario.not_in_population", code=code), loc, key=True))
                continue
            try:
                read = plan_reading.load(name, set(population.everyone()), beside=path.parent)
            except InputError as error:
                problems += _referred(document, loc, error)
                continue
            if read.plan.swv != code or read.kader.id != kader.id:
                message = say("scenario.other_plan", swv=read.plan.swv, kader=read.kader.id)
                problems.append(document.problem(message, loc))
            found[code] = read.plan, read.path
    return found
