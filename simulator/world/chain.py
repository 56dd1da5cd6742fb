"""The files that a scenario is read from: its own, the one that it extends, and so on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from simulator.base import filekinds, resources
from simulator.base.errors import InputError, Problem
from simulator.base.language import say
from simulator.base.validation import validated
from simulator.kader import reading
from simulator.world import population
from simulator.world.scenariofile import ScenarioFile

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.base.yamlfile import Document, Loc
    from simulator.kader.model import Kader


class Link(NamedTuple):
    """One file of a chain: where it is, how it was written, and what it says."""

    path: Path
    document: Document
    file: ScenarioFile


@dataclass(frozen=True)
class Chain:
    """The files of a scenario, from its own to the one that it finally rests on."""

    links: tuple[Link, ...]

    @property
    def documents(self) -> list[Document]:
        """As they were written, the scenario's own first."""
        return [link.document for link in self.links]

    def first(self, key: str, default: Any = None) -> Any:
        """What the nearest file says of something."""
        values = (getattr(link.file, key) for link in self.links)
        return next((value for value in values if value is not None), default)

    def furthest_first(self) -> tuple[ScenarioFile, ...]:
        """What the files say, so that what comes later overrules what came before."""
        return tuple(link.file for link in reversed(self.links))

    @property
    def who(self) -> int:
        """The place of the file that says who takes part; the last when none does."""
        last = len(self.links) - 1
        return next((place for place, link in enumerate(self.links) if link.file.population is not None), last)


def read(name: str, problems: list[Problem]) -> Chain:
    """The chain of a scenario, as far as its files can be found and read.

    Args:
        name: a shipped name, or a path.
        problems: to which everything that is wrong with the files is added.

    Raises:
        InputError: there is no such scenario, or its own file is no YAML.
    """
    found = _documents(filekinds.find(name, "scenario"), problems)
    return Chain(tuple(Link(path, document, _file(document, problems)) for path, document in found))


def kader(chain: Chain, problems: list[Problem]) -> Kader | None:
    """The kader that the nearest file names; None when none does, or it cannot be read."""
    for path, document, _ in chain.links:
        name = document.data.get("kader") if isinstance(document.data, dict) else None
        if isinstance(name, str):
            try:
                return reading.load(name, path.parent)
            except InputError as error:
                problems += referred(document, ("kader",), error)
                return None
    return None


def referred(document: Document, loc: Loc, error: InputError) -> list[Problem]:
    """The problems of a file that another names: without a place in it they stand at the name."""
    return [
        problem if problem.line else document.problem(problem.message, loc, hint=problem.hint)
        for problem in error.problems
    ]


def _documents(path: Path, problems: list[Problem]) -> list[tuple[Path, Document]]:
    chain = [(path, filekinds.read(path, "scenario"))]
    while True:
        path, document = chain[-1]
        parent = document.data.get("extends") if isinstance(document.data, dict) else None
        if not isinstance(parent, str):
            return chain
        try:
            path = _parent(parent, path)
            below = filekinds.read(path, "scenario")
            if any(path.resolve() == seen.resolve() for seen, _ in chain):
                loop = " -> ".join([*(seen.name for seen, _ in chain), path.name])
                raise InputError(Problem(say("scenario.loop", loop=loop), hint=_instead(parent, path)))
            chain.append((path, below))
        except InputError as error:
            problems += referred(document, ("extends",), error)
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
    return filekinds.find(name, "scenario", path.parent)


def _file(document: Document, problems: list[Problem]) -> ScenarioFile:
    """A file of the chain; of a file with problems what can be used, so that the rest is looked at as well."""
    context = {"swv": set(population.everyone())}
    try:
        return validated(ScenarioFile, document, "scenario", context)
    except InputError as error:
        problems += error.problems
    nothing = {"nl": "", "en": ""}
    sound: dict[str, Any] = {"id": "x", "title": nothing, "question": nothing}

    def is_sound(key: str, value: Any) -> bool:
        try:
            ScenarioFile.model_validate({**sound, key: value}, context=context)
        except ValidationError:
            return False
        return True

    for key, value in document.data.items() if isinstance(document.data, dict) else ():
        if not is_sound(key, value) and isinstance(value, dict):
            value = {name: one for name, one in value.items() if is_sound(key, {name: one})}  # noqa: PLW2901
        if is_sound(key, value):
            sound[key] = value
    return ScenarioFile.model_validate(sound, context=context)
