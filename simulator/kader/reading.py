"""Reading a kader: its file, its catalogue of duties, and everything that the two must agree on."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from simulator.base import filekinds, resources, yamlfile
from simulator.base.errors import InputError, Problem, nearest
from simulator.base.language import pick, say
from simulator.base.validation import unique, validated
from simulator.kader import attributes, composing, law, marking, measures, races, unused
from simulator.kader.catalogue import Catalogue
from simulator.kader.duties import Obligation
from simulator.kader.model import Kader, KaderFile
from simulator.kader.werkwijze import Node

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from simulator.base.yamlfile import Document
    from simulator.kader.werkwijze import Step


def load(name: str, beside: Path | None = None) -> Kader:
    """A kader by shipped name or path.

    Raises:
        InputError: with every problem of the kader file and its catalogue.
    """
    path = filekinds.find(name, "kader", beside)
    return _load(path, *resources.state(path))


def shipped() -> list[Kader]:
    """The kaders that come with the program, the one that holds last at the end."""
    paths = sorted(path for path in resources.KADERS.glob("*.yaml") if path.name not in resources.NOT_OFFERED)
    return sorted((load(path.stem) for path in paths), key=lambda kader: kader.file.holds.start)


def shipped_on(day: date) -> Kader | None:
    """The kader that comes with the program and holds on a day."""
    return next((kader for kader in shipped() if kader.file.holds.holds(day)), None)


@cache
def _load(path: Path, _place: Path, _changed: int) -> Kader:
    """A kader, read once per file and state of it."""
    document, parents = composing.whole(path, lambda parent: load(parent.as_posix()))
    raw = document.data if isinstance(document.data, dict) else {}
    catalogue_path = _catalogue_path(document, raw, path)
    catalogue_document = yamlfile.read(catalogue_path)
    context: dict[str, Any] = {**_names(raw), "obligations": set(_ids(catalogue_document))}
    if isinstance(raw.get("obligations"), list):
        context["listed"] = set(map(str, raw["obligations"]))
    problems: list[Problem] = _duplicates(catalogue_document)
    catalogue = _collect(problems, Catalogue, catalogue_document, "obligations", context)
    file = _collect(problems, KaderFile, document, "kader", context)
    problems += _tree_problems(document, raw, context, parents)
    problems += _cycles(catalogue_document, context)
    if file is not None:
        problems += [
            document.problem(say("value.attribute_range", **words), ("parameters", parameter), key=True)
            for parameter, words in attributes.beyond(file.attributes, file.parameters, set(file.parameters))
        ]
        problems += _measures(document, file)
        problems += [*_unsaid(document, file), *_unused(document, path, context, parents)]
    if problems or file is None or catalogue is None:
        raise InputError(unique(_placed(document, problems)))
    chosen = {
        obligation.id: obligation
        for obligation in catalogue.obligations
        if file.obligations == "all" or obligation.id in file.obligations
    }
    sources = {one.as_posix(): resources.digest(one) for one in (path, catalogue_path, *parents)}
    rules = {rule.id: rule for rule in catalogue.rules}
    places: dict[str, Problem] = {}
    for one in (document, *map(yamlfile.read, parents)):  # what a file changes stands in that file
        places = {node: one.problem("", loc) for node, loc in _node_places(one).items()} | places
    gaps = tuple(catalogue.gaps)
    return Kader(file, chosen, sources, catalogue.read_until, gaps, catalogue.settings, rules, places)


def _unsaid(document: Document, file: KaderFile) -> list[Problem]:
    """Steps that set the mark of an act and do not say it, each at its marks; a copy only when its original is not told."""
    places = _node_places(document)
    problems: list[Problem] = []
    told: list[tuple[Step, str]] = []
    for node, step, event, acts in sorted(marking.unsaid(file), key=lambda one: one[0].id not in places):
        if node.id not in places and (step, event) in told:
            continue
        told.append((step, event))
        loc = (*places[node.id][:-1], "step", "marks", step.marks.index(event)) if node.id in places else ("werkwijze",)
        message = say("lawful.unsaid", label=pick(step.label), node=node.id, event=event, act=acts[0])
        hint = say("lawful.say_it", acts=" / ".join(f"act: {act}" for act in acts))
        problems.append(document.problem(message, loc, hint=hint))
    return problems


def _measures(document: Document, file: KaderFile) -> list[Problem]:
    """Numbers that measure something else than they are used for, and teams of the file that keep nobody together."""
    places = _node_places(document)
    found = [(places.get(node, ("werkwijze",)), message) for node, message in measures.wrong(file)]
    for loc, message in measures.teams(file):
        if loc[:2] in document.keys:
            found.append((loc, message))
        elif len(loc) > 2:  # the team is of another kader, the number that it waits is of this one
            found.append((("parameters", file.teams[str(loc[1])].waits), message))
    told = dict.fromkeys(found)
    return [document.problem(message, loc, key=len(loc) == 2 and loc[0] != "werkwijze") for loc, message in told]


def _unused(
    document: Document, path: Path, context: dict[str, Any], parents: Sequence[Path]
) -> list[Problem]:  # fmt: skip
    """Parameters of a file that does not come with the program that nothing uses, with the names that may be meant."""
    own = [loc[1] for loc in document.keys if len(loc) == 2 and loc[0] == "parameters"]
    if path.parent == resources.KADERS or not own:
        return []
    others = [load(parent.as_posix()) for parent in parents] or shipped()
    known = {name for kader in others for name in kader.file.parameters}
    wrong = unused.parameters(list(map(str, own)), document.data, known, context["obligations"])
    names = known | context.get("parameters", set())
    return [
        document.problem(
            say("kader.unused", name=name),
            ("parameters", name),
            hint=nearest(name, names - {name}) or say("kader.unused_hint"),
            key=True,
        )
        for name in wrong
    ]


def _placed(document: Document, problems: list[Problem]) -> list[Problem]:
    """Problems without those of the merged process tree that are told at their own place as well."""
    start = document.place(())
    at_start = [(one.line, one.column) == (start.line, start.column) and one.file == document.path for one in problems]
    told = [one.message for one, first in zip(problems, at_start, strict=True) if not first]
    return [
        one for one, first in zip(problems, at_start, strict=True)
        if not first or not any(f": {other}".endswith(f": {one.message}") for other in told)
    ]  # fmt: skip


def _catalogue_path(document: Document, raw: dict[str, Any], path: Path) -> Path:
    """The catalogue beside the kader, else the shipped one of that name."""
    name = str(raw.get("catalogue", "obligations.yaml"))
    for folder in (path.parent, resources.KADERS):
        if resources.is_file(folder / name):
            return folder / name
    raise InputError(document.problem(say("kader.no_catalogue", name=name), ("catalogue",)))


def _collect(problems: list[Problem], model: Any, document: Document, kind: str, context: dict[str, Any]) -> Any:
    try:
        return validated(model, document, kind, context)
    except InputError as error:
        problems += error.problems
        return None


def _names(raw: dict[str, Any]) -> dict[str, set[str]]:
    """The names that a kader defines, as far as they can be read before it is checked."""
    keys = ("events", "pools", "teams", "attributes", "parameters", "circumstances", "parts", "phases")
    return {key: set(raw[key]) for key in keys if isinstance(raw.get(key), dict)}


def _entries(document: Document) -> list[tuple[int, dict[str, Any]]]:
    """The duties of a catalogue as they stand in the file, numbered; what is no duty is left to the validation."""
    found = document.data.get("obligations") if isinstance(document.data, dict) else None
    return [(n, entry) for n, entry in enumerate(found if isinstance(found, list) else ()) if isinstance(entry, dict)]


def _ids(document: Document) -> list[str]:
    return [str(entry.get("id")) for _, entry in _entries(document)]


def _duplicates(document: Document) -> list[Problem]:
    seen: dict[str, int] = {}
    problems = []
    for number, entry in _entries(document):
        name = str(entry.get("id"))
        loc = ("obligations", number, "id")
        if name in seen:
            first = document.place(("obligations", seen[name], "id"))[0]
            problems.append(document.problem(say("kader.duplicate", id=name, line=first), loc))
        seen.setdefault(name, number)
    return problems


def _cycles(document: Document, context: dict[str, Any]) -> list[Problem]:
    """Duties that wait for each other, among those that are right by themselves."""
    duties: dict[str, Obligation] = {}
    numbers: dict[str, int] = {}
    for number, entry in _entries(document):
        try:
            duty = Obligation.model_validate(entry, context=context)
        except ValidationError:
            continue
        duties.setdefault(duty.id, duty)
        numbers.setdefault(duty.id, number)
    problems = []
    for day, sector, cycle in law.cycles(duties):
        path = " -> ".join([*cycle, cycle[0]])
        lines = ", ".join(f"{name}: {document.place(('obligations', numbers[name], 'id'))[0]}" for name in cycle)
        message = say("kader.cycle", path=path, day=day.isoformat(), sector=sector)
        loc = ("obligations", numbers[cycle[0]], "id")
        problems.append(document.problem(message, loc, hint=say("hint.lines", lines=lines)))
    return problems


def _tree_problems(
    document: Document, raw: dict[str, Any], context: dict[str, Any], parents: Sequence[Path]
) -> list[Problem]:
    """Node ids used twice, guards on unknown bits, and branches that would race, when the tree is right by itself."""
    try:
        tree = Node.model_validate(raw.get("werkwijze"), context=context)
    except ValidationError:
        return []
    places = _node_places(document)
    found = races.problems(tree, context.get("attributes", set()))
    lost = {say("tree.unknown_bit", name=name): node for name, node in _lost(document, tree, parents).items()}
    return [
        document.problem(
            message, places.get(lost.get(message, node), ("werkwijze",)),
            hint=say("kader.no_longer_set", node=lost[message], parent=parents[0].stem) if message in lost else "",
        )
        for message, node in found
    ]  # fmt: skip


def _lost(document: Document, tree: Node, parents: Sequence[Path]) -> dict[str, str]:
    """Bits and variables that a node of a kader sets no more, while the node of which it took the place did, by name."""
    replaced = {name for name, loc in _node_places(document).items() if loc[0] == "nodes"}
    if not parents or not replaced:
        return {}
    before = {node.id: node for node in load(parents[0].as_posix()).file.werkwijze.walk()}
    return {
        name: node.id
        for node in tree.walk() if node.id in replaced and node.id in before
        for name in races.written(before[node.id].walk()).keys() - races.written(node.walk()).keys()
    }  # fmt: skip


def _node_places(document: Document) -> dict[str, tuple[str | int, ...]]:
    found: dict[str, tuple[str | int, ...]] = {}
    for loc in document.values:
        if loc and loc[0] in ("werkwijze", "nodes") and loc[-1] == "id":
            value: Any = document.data
            for part in loc:
                value = value[part]
            found[str(value)] = loc
    return found
