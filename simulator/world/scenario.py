"""A scenario: which kader is played on which population with which numbers, read from YAML and fully resolved.

A scenario may extend another and then says only what differs. Resolving follows the chain, lays the overrides over the
parameters and pools of the kader, and checks the result; every problem names the file of the chain it stands in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, TypeAdapter, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from simulator.base import resources, yamlfile
from simulator.base.errors import InputError, Problem, nearest
from simulator.base.fields import Date, Text, known_name
from simulator.base.language import say
from simulator.base.validation import Strict, problem_of, unique, validated
from simulator.base.yamlfile import MAX_PROBLEMS
from simulator.kader import reading
from simulator.kader.parameters import Parameter, kind_of
from simulator.kader.werkwijze import Pool
from simulator.plan import reading as plan_reading
from simulator.world import population

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.base.yamlfile import Document, Loc
    from simulator.kader.model import Kader
    from simulator.plan.model import Plan
    from simulator.world.population import Swv

SwvCode = Annotated[str, known_name("swv")]
_DESCRIBES = {"source", "confidence", "note", "unit", "factors"}


class Span(Strict):
    """The first day of a scenario and the day on which it stops."""

    start: Date = Field(alias="from")
    until: Date

    @model_validator(mode="after")
    def _in_order(self) -> Any:
        if self.until <= self.start:
            context = {"low": self.start.isoformat(), "high": self.until.isoformat()}
            raise PydanticCustomError("value.bounds", "bounds", context)
        return self


class PopulationFile(Strict):
    """Which swv take part, and a table with what is given about them."""

    swv: Annotated[
        Annotated[Literal["all"], Tag("all")] | Annotated[list[SwvCode], Field(min_length=1), Tag("some")],
        Discriminator(lambda value: "some" if isinstance(value, list) else "all"),
    ] = "all"
    table: str | None = None


class ScenarioFile(Strict):
    """A scenario as it stands in its file; with `extends` everything else may be left out."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,60}$")]
    title: Text
    question: Text
    extends: str | None = None
    kader: str | None = None
    period: Span | None = None
    seed: Annotated[int, Field(ge=0, lt=2**63)] | None = None
    replications: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    population: PopulationFile | None = None
    plans: dict[SwvCode, str] = {}
    parameters: dict[str, dict[str, Any]] = {}
    pools: dict[str, dict[str, Any]] = {}
    assume_school_holidays: Literal["error", "last_known"] | None = None


@dataclass(frozen=True)
class Scenario:
    """A scenario with everything it rests on, read and checked.

    Attributes:
        chain: documents from the scenario itself to the one it starts from.
        parameters: of the kader, with the overrides of the chain.
        changed: names of parameters and pools that the chain sets otherwise than the kader.
        swv: the population by code, in order of the codes.
        plans: plan per swv that has one.
        plan_files: the file of each of these plans.
        sources: path and SHA-256 of every file that counts.
    """

    id: str
    title: Text
    question: Text
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
    carry_on: bool
    sources: dict[str, str]


def load(name: str) -> Scenario:
    """A scenario by shipped name or path.

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
    return _resolve(chain, files, kader, problems)


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
                raise InputError(Problem(say("scenario.loop", loop=loop)))
            chain.append((path, below))
        except InputError as error:
            problems += _referred(document, ("extends",), error)
            return chain


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
    chain: list[tuple[Path, Document]], files: list[ScenarioFile], kader: Kader, problems: list[Problem]
) -> Scenario:
    def first(key: str, default: Any = None) -> Any:
        values = [getattr(file, key) for file in files]
        return next((value for value in values if value is not None), default)

    documents = [document for _, document in chain]
    context = {"attributes": set(kader.file.attributes)}
    parameters, changed = _overlay("parameters", kader.file.parameters, Parameter, documents, problems, context)
    pools, more = _overlay("pools", kader.file.pools, Pool, documents, problems, context)
    period = first("period")
    if period is None and not problems:
        problems.append(documents[-1].problem(say("value.missing", key="period")))
    chosen, sources = _population(chain, files, kader, problems)
    plans = _plans(chain, files, kader, chosen, problems)
    plan_files = {code: path.as_posix() for code, (_, path) in plans.items()}
    sources |= {path.as_posix(): resources.digest(path) for _, path in plans.values()}
    if problems:
        raise InputError(unique(problems))
    own = files[0]
    for path, _ in chain:
        sources[path.as_posix()] = resources.digest(path)
    return Scenario(
        id=own.id, title=own.title, question=own.question, chain=tuple(path.as_posix() for path, _ in chain),
        kader=kader, period=period, seed=first("seed", 1), replications=first("replications", 100),
        parameters=parameters, pools=pools, changed=tuple(sorted({*changed, *more})), swv=chosen,
        plans={code: plan for code, (plan, _) in plans.items()}, plan_files=plan_files,
        carry_on=first("assume_school_holidays") == "last_known", sources=sources | kader.sources,
    )  # fmt: skip


def _overlay(
    section: str,
    base: dict[str, Any],
    kind: Any,
    documents: list[Document],
    problems: list[Problem],
    context: dict[str, Any],
) -> tuple[dict[str, Any], list[str]]:
    """The named things of a kader with the overrides of the chain laid over them, nearest file last."""
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    raw = {name: thing.model_dump(by_alias=True, mode="json") for name, thing in base.items()}
    blame: dict[str, list[tuple[Document, Loc]]] = {}
    for document in reversed(documents):
        entries = document.data.get(section) if isinstance(document.data, dict) else None
        for name, override in entries.items() if isinstance(entries, dict) else ():
            loc = (section, name)
            if len(problems) >= MAX_PROBLEMS:
                return dict(base), []  # nobody reads more, and looking for the nearest names takes its time
            if not isinstance(override, dict):
                continue  # told by the validation of the file
            if name not in raw:
                message = say("scenario.unknown", name=name, section=section)
                problems.append(document.problem(message, loc, hint=nearest(name, raw), key=True))
                continue
            if kind_of(override.get("unit")) not in (None, kind_of(raw[name].get("unit"))):
                message = say("value.unit", value=override["unit"], unit=raw[name].get("unit"))
                problems.append(document.problem(message, (*loc, "unit")))
                continue
            if "dist" in override and override["dist"] != raw[name].get("dist"):
                raw[name] = {key: value for key, value in raw[name].items() if key in _DESCRIBES}
            origin = (
                {}
                if "source" in override
                else {"source": f"scenario {document.data.get('id')}", "confidence": "assumed"}
            )
            raw[name] = {**raw[name], **origin, **override}
            blame.setdefault(name, []).insert(0, (document, loc))
    result = dict(base)
    for name, places in blame.items():
        try:
            result[name] = adapter.validate_python(raw[name], context=context)
        except ValidationError as error:
            problems += [_blamed(places, kind, detail) for detail in error.errors()]
    return result, list(blame)


def _blamed(places: list[tuple[Document, Loc]], kind: Any, detail: Any) -> Problem:
    """The problem at the file of the chain that set the value, nearest first."""
    for document, loc in places:
        if any((*loc, part) in document.values for part in detail["loc"]):
            return problem_of(document, kind, detail, loc)
    document, loc = places[0]
    return problem_of(document, kind, detail, loc)


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
