"""Reading a kader: its file, its catalogue of duties, and everything that the two must agree on."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from simulator.base import resources, yamlfile
from simulator.base.errors import InputError, Problem
from simulator.base.language import say
from simulator.base.validation import unique, validated
from simulator.kader import law, races
from simulator.kader.duties import Catalogue
from simulator.kader.model import Kader, KaderFile

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.base.yamlfile import Document


def load(name: str, beside: Path | None = None) -> Kader:
    """A kader by shipped name or path.

    Raises:
        InputError: with every problem of the kader file and its catalogue.
    """
    return _load(resources.find(name, resources.KADERS, beside))


@cache
def _load(path: Path) -> Kader:
    document = yamlfile.read(path)
    raw = document.data if isinstance(document.data, dict) else {}
    catalogue_path = path.parent / str(raw.get("catalogue", "obligations.yaml"))
    if not catalogue_path.is_file():
        catalogue_path = resources.KADERS / catalogue_path.name
    catalogue_document = yamlfile.read(catalogue_path)
    context = {**_names(raw), "obligations": set(_ids(catalogue_document))}
    problems: list[Problem] = _duplicates(catalogue_document)
    catalogue = _collect(problems, Catalogue, catalogue_document, "obligations", context)
    file = _collect(problems, KaderFile, document, "kader", context)
    if file is not None:
        problems += _tree_problems(file, document)
    if catalogue is not None and file is not None:
        chosen = {
            obligation.id: obligation
            for obligation in catalogue.obligations
            if file.obligations == "all" or obligation.id in file.obligations
        }
        problems += _cycles(chosen, catalogue_document, catalogue)
        if not problems:
            sources = {p.as_posix(): resources.digest(p) for p in (path, catalogue_path)}
            return Kader(file, chosen, sources)
    raise InputError(unique(problems))


def _collect(problems: list[Problem], model: Any, document: Document, kind: str, context: dict[str, Any]) -> Any:
    try:
        return validated(model, document, kind, context)
    except InputError as error:
        problems += error.problems
        return None


def _names(raw: dict[str, Any]) -> dict[str, set[str]]:
    """The names that a kader defines, as far as they can be read before it is checked."""
    names = {
        key: set(raw[key]) if isinstance(raw.get(key), dict) else set()
        for key in ("events", "pools", "attributes", "parameters")
    }
    names["agenda"] = {str(visit.get("id")) for visit in raw.get("visits") or [] if isinstance(visit, dict)}
    return names


def _ids(document: Document) -> list[str]:
    entries = document.data.get("obligations") if isinstance(document.data, dict) else None
    return [str(entry.get("id")) for entry in entries or [] if isinstance(entry, dict)]


def _duplicates(document: Document) -> list[Problem]:
    seen: dict[str, int] = {}
    problems = []
    for number, name in enumerate(_ids(document)):
        loc = ("obligations", number, "id")
        if name in seen:
            first = document.place(("obligations", seen[name], "id"))[0]
            problems.append(document.problem(say("kader.duplicate", id=name, line=first), loc))
        seen.setdefault(name, number)
    return problems


def _cycles(chosen: dict[str, Any], document: Document, catalogue: Catalogue) -> list[Problem]:
    numbers = {obligation.id: number for number, obligation in enumerate(catalogue.obligations)}
    problems = []
    for day, sector, cycle in law.cycles(chosen):
        loc = ("obligations", numbers[cycle[0]], "id")
        path = " -> ".join([*cycle, cycle[0]])
        lines = ", ".join(f"{name}: {document.place(('obligations', numbers[name], 'id'))[0]}" for name in cycle)
        message = say("kader.cycle", path=path, day=day.isoformat(), sector=sector)
        problems.append(document.problem(message, loc, hint=say("hint.lines", lines=lines)))
    return problems


def _tree_problems(file: KaderFile, document: Document) -> list[Problem]:
    """Node ids used twice, guards on unknown bits, and branches that would race for the same bit."""
    places = _node_places(document)
    problems = []
    for message, node in races.problems(file):
        problems.append(document.problem(message, places.get(node, ("werkwijze",))))
    return problems


def _node_places(document: Document) -> dict[str, tuple[str | int, ...]]:
    found: dict[str, tuple[str | int, ...]] = {}
    for loc in document.values:
        if loc and loc[0] == "werkwijze" and loc[-1] == "id":
            value: Any = document.data
            for part in loc:
                value = value[part]
            found[str(value)] = loc
    return found
