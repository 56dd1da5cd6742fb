"""The named things of a kader with what a chain of scenarios says otherwise laid over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from simulator.base.errors import nearest
from simulator.base.language import say
from simulator.base.validation import problem_of
from simulator.base.yamlfile import MAX_PROBLEMS
from simulator.kader.attributes import beyond
from simulator.kader.parameters import kind_of

if TYPE_CHECKING:
    from simulator.base.errors import Problem
    from simulator.base.yamlfile import Document, Loc
    from simulator.kader.attributes import Attribute
    from simulator.kader.parameters import Parameter

_DESCRIBES = {"source", "confidence", "note", "unit", "factors"}


def overlaid(
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


def out_of_range(
    attributes: dict[str, Attribute], parameters: dict[str, Parameter], changed: list[str], documents: list[Document]
) -> list[Problem]:
    """Parameters set by the chain that can draw what an swv cannot be, at the nearest file that sets each."""
    found = []
    for name, words in beyond(attributes, parameters, changed):
        loc = ("parameters", name)
        document = next(one for one in documents if loc in one.keys)
        found.append(document.problem(say("value.attribute_range", **words), loc, key=True))
    return found


def _blamed(places: list[tuple[Document, Loc]], kind: Any, detail: Any) -> Problem:
    """The problem at the file of the chain that set the value, nearest first."""
    for document, loc in places:
        if any((*loc, part) in document.values for part in detail["loc"]):
            return problem_of(document, kind, detail, loc)
    document, loc = places[0]
    return problem_of(document, kind, detail, loc)
