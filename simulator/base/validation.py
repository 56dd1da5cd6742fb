"""Joins pydantic's errors with the places in the file they came from, in the language of the user."""

from __future__ import annotations

import re
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError

from simulator.base.errors import InputError, Problem, nearest
from simulator.base.language import known, say
from simulator.base.yamlfile import MAX_PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic_core import ErrorDetails

    from simulator.base.yamlfile import Document, Loc

M = TypeVar("M", bound=BaseModel)
_WORDS = {True: "true", False: "false", None: "null"}
_NO_KEYS = ("model_type", "model_attributes_type", "dict_type")
_HUNDRED = 100
_MOST_NAMES = 500
"""Characters of a list of names that anybody reads."""
_VERSION = re.compile(r"[0-9]{1,9}")


class Strict(BaseModel):
    """Base of all data read from files: unknown keys are refused, nothing changes after reading.

    A text or a yes is no number, and a number is finite: `true` is not one replication, `1e999` not a median.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, strict=True, allow_inf_nan=False
    )


def format_problem(document: Document, kind: str, version: int) -> Problem | None:
    """What is wrong with the `format:` line of a file, if anything."""
    wanted = f"{kind}/{version}"
    if not isinstance(document.data, dict):
        return document.problem(say("format.mapping", wanted=wanted))
    found = document.data.get("format")
    if found == wanted:
        return None
    if found is None:
        return document.problem_at(say("format.missing"), document.start, say("hint.format", wanted=wanted))
    name, _, number = str(found).partition("/")
    if name == kind and _VERSION.fullmatch(number):
        age = "format.newer" if int(number) > version else "format.older"
        return document.problem(say(age, found=found, wanted=wanted), ("format",))
    message = say("format.other", found=short(found))
    return document.problem(message, ("format",), hint=say("hint.format", wanted=wanted))


def validated(model: type[M], document: Document, kind: str, context: Mapping[str, Any] | None = None) -> M:
    """The file as an instance of `model`, or one `InputError` with every problem in it."""
    wrong = format_problem(document, kind, 1)
    if wrong is not None and not isinstance(document.data, dict):
        raise InputError(wrong)
    problems = [wrong] if wrong is not None else []
    body = {key: value for key, value in document.data.items() if key != "format"}
    try:
        result = model.model_validate(body, context=dict(context or {}))
    except ValidationError as error:
        problems += problems_of(document, model, error)
        raise InputError(unique(problems)) from None
    if problems:
        raise InputError(problems)
    return result


def unique(problems: list[Problem]) -> list[Problem]:
    """Problems in the order of the file, each once; of every file not more than anybody reads."""
    in_order = sorted(dict.fromkeys(problems), key=lambda one: (one.file, one.sheet, one.line, one.column))
    return [one for _, group in groupby(in_order, lambda problem: problem.file) for one in islice(group, MAX_PROBLEMS)]


def problems_of(document: Document, model: Any, error: ValidationError, below: Loc = ()) -> list[Problem]:
    """The errors of pydantic as problems; `below` is where the validated part begins in the file.

    Where one of two forms is possible pydantic tells of both; the form that got furthest is the one that was meant.
    """
    details = error.errors()[:MAX_PROBLEMS]
    places = [_in_file(document, (*below, *detail["loc"])) for detail in details]
    named = {place for detail, place in zip(details, places, strict=True) if detail["type"] == "value.unknown_name"}
    return [
        problem_of(document, model, detail, below)
        for detail, place in zip(details, places, strict=True)
        if detail["type"] != "literal_error"
        or (place not in named and not any(place == other[:-1] for other in places))
    ]


def problem_of(document: Document, model: Any, detail: ErrorDetails, below: Loc = ()) -> Problem:
    """One error of pydantic as a problem in a file; `below` is where the validated part begins in the file."""
    kind = detail["type"]
    value = short(detail["input"])
    context = _context(detail, value)
    whole = (*below, *detail["loc"], *context.pop("at", ()))  # where in a list it is, when the list tells it itself
    if whole in document.named and (kind == "missing" or detail["input"] is None):
        name, cell = document.named[whole]
        return document.problem_at(say("value.not_filled", name=name), cell, hint=say("hint.fill_in"))
    loc = _in_file(document, whole)
    place = ".".join(str(part) for part in loc)
    if kind == "extra_forbidden":
        name = str(detail["loc"][-1])
        hint = nearest(name, _fields_at(_models_in(model), detail["loc"][:-1]))
        return document.problem(say("value.extra", key=name), loc, hint=hint, key=True)
    if kind == "missing":
        return document.problem(say("value.missing", key=detail["loc"][-1]), loc, key=True)
    if kind in ("literal_error", "enum"):
        names = [name.strip("'") for name in str(context["expected"]).replace(" or ", ", ").split(", ")]
        return document.problem(
            say("value.choice", value=value),
            loc,
            hint=nearest(value, names) or say("hint.choose", names=", ".join(names)),
        )
    if known(kind):
        key = "[key]" in detail["loc"]
        names, remedy = context.pop("known", ()), context.pop("hint", "")
        hint = say(remedy, **context) if remedy else nearest(str(context.get("value", value)), names)
        hint = hint or _all_of(names) or _percent(detail)
        return document.problem(say(kind, **{"value": value, **context}), loc, hint=hint, key=key)
    text = say(f"value.{kind}", value=value, **context) if known(f"value.{kind}") else detail["msg"]
    hint = _keys(model, detail["loc"]) if kind in _NO_KEYS else _percent(detail) or number_remedy(kind, detail["input"])
    told = document.place(loc).sheet or place in ("", text)  # a cell says it all; a path of keys is for a text
    return document.problem(text if told else f"{place}: {text}", loc, hint=hint)


def _percent(detail: ErrorDetails) -> str:
    """What to write where a percentage stands in the place of a share or a chance."""
    context = detail.get("ctx") or {}
    if detail["type"] in ("value.share_range", "value.yearly_range"):
        return percent(context.get("value"))
    if detail["type"].startswith("int"):
        return ""  # a count is no share
    above = detail["type"] == "less_than_equal" and context.get("le") == 1
    return percent(detail["input"]) if above or str(detail["input"]).strip().endswith("%") else ""


def percent(value: Any) -> str:
    """The sentence that says how a number is written that may be meant as a percentage; nothing when it cannot be."""
    text = str(value).strip()
    try:
        number = float(text.removesuffix("%").strip().replace(",", "."))
    except ValueError:
        return ""
    share = number / _HUNDRED
    meant = abs(number) <= _HUNDRED and (text.endswith("%") or abs(number) > 1)
    return say("hint.share", percent=f"{number:g}", share=f"{share:g}") if meant else ""


def number_remedy(kind: str, value: Any) -> str:
    """What to write where a number was wanted, or one that is not below zero; nothing for any other error of pydantic."""
    if kind in ("float_type", "float_parsing", "int_type", "int_parsing", "int_from_float"):
        return say("hint.whole_number" if kind.startswith("int") else "hint.number")
    if kind in ("greater_than_equal", "greater_than") and isinstance(value, int | float) and value < 0:
        return say("hint.no_minus", number=f"{-value:.15g}")
    return ""


def _all_of(names: Iterable[str]) -> str:
    """The sentence that lists all names that there are, when they fit in a few lines."""
    text = ", ".join(sorted(names))
    return say("hint.choose", names=text) if 0 < len(text) <= _MOST_NAMES else ""


def _keys(model: Any, loc: Loc) -> str:
    """The sentence that names the keys that are asked at a location of a model, with their words where these are fixed."""
    found = []
    for name in _fields_at(_models_in(model), loc):
        annotations = [one for here in _at(_models_in(model), loc) if (one := _annotation(here, name)) is not None]
        words = [str(word) for one in annotations if get_origin(one) is Literal for word in get_args(one)]
        found.append(f"{name} ({' / '.join(words)})" if words else name)
    return say("hint.keys", names=", ".join(found)) if found else ""


def message_of(detail: ErrorDetails) -> str:
    """What is wrong, of an error of pydantic about a value that stands in no file."""
    kind, value = detail["type"], short(detail["input"])
    context = {"value": value, **_context(detail, value)}
    key = kind if known(kind) else f"value.{kind}"
    return say(key, **context) if known(key) else detail["msg"]


def _context(detail: ErrorDetails, value: str) -> dict[str, Any]:
    """What a message can name, as it stands in the file; a bound that was computed loses its noise."""
    context = dict(detail.get("ctx") or {})
    if context.get("value") == str(detail["input"]):
        context["value"] = value
    return {name: _short_number(one) if isinstance(one, float) else one for name, one in context.items()}


def _short_number(value: float) -> float:
    return int(value) if value.is_integer() else round(value, 6)


def _in_file(document: Document, loc: Loc) -> Loc:
    """The part of a pydantic location that exists in the file: without the names of union members and functions."""
    kept: Loc = ()
    for part in loc:
        here = (*kept, part)
        if here in document.values or here in document.keys:
            kept = here
    return kept


def _fields_at(found: list[type[BaseModel]], loc: Loc) -> list[str]:
    """Names of the keys that are allowed at a location of a model."""
    return [info.alias or name for here in _at(found, loc) for name, info in here.model_fields.items()]


def _at(found: list[type[BaseModel]], loc: Loc) -> list[type[BaseModel]]:
    """The models that can stand at a location of a model."""
    for part in loc:
        step = [_annotation(here, str(part)) for here in found]
        deeper = [inner for annotation in step if annotation is not None for inner in _models_in(annotation)]
        found = deeper or found
    return found


def _annotation(model: type[BaseModel], name: str) -> Any:
    for field, info in model.model_fields.items():
        if name in (field, info.alias):
            return info.annotation
    return None


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]


def short(value: Any) -> str:
    """A value for a message: as YAML writes it, on one line, and not too long."""
    word = _WORDS.get(value) if value is None or isinstance(value, bool) else None
    text = word or " ".join(str(value).split())
    return text if len(text) <= 60 else text[:57] + "..."
