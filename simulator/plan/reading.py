"""Reading a plan file against the kader it names."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from simulator.base import filekinds, resources, workbook, yamlfile
from simulator.base.errors import InputError, Problem, nearest
from simulator.base.language import say
from simulator.base.validation import unique, validated
from simulator.base.yamlfile import MAX_PROBLEMS
from simulator.kader import reading
from simulator.plan import privacy
from simulator.plan.evidence import unknown_sources
from simulator.plan.model import Plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from simulator.base.yamlfile import Document, Loc, Place
    from simulator.kader.model import Kader

SHIPPED = "plans"
Names = Callable[[str, str], set[str]]


@dataclass(frozen=True)
class PlanFile:
    """A plan with the kader it was read against and the file it stands in."""

    plan: Plan
    kader: Kader
    path: Path
    document: Document

    def place(self, *loc: str | int) -> Place:
        """Where something stands in the file, or the nearest thing around it."""
        return self.document.place(loc)

    def at(self, *loc: str | int) -> dict[str, str | int]:
        """The same as data: the line (in a workbook the row), and what follows the name of the file to find it."""
        place = self.place(*loc)
        return {"line": place.line, "place": str(place)}


def load(
    name: str, swv: set[str], kader: str | None = None, beside: Path | None = None, names: Names | None = None
) -> PlanFile:
    """A plan by shipped name or path, with its kader (or the one named instead) and the file it was read from.

    Args:
        name: shipped name or path.
        swv: codes of the swv that exist.
        kader: a kader to use instead of the plan's own.
        beside: the folder that a path starts from.
        names: what is known of an swv: of a code, and `gemeenten` or `overlaps`, the names.

    Raises:
        InputError: with every problem of the file.
    """
    path = filekinds.find(name, "plan", beside)
    document = read(path)
    filekinds.refuse_other(document, path, "plan")
    raw = document.data if isinstance(document.data, dict) else {}
    own = raw.get("kader")
    problems = list(document.problems)
    frame = None
    try:
        frame = reading.load(kader or str(own), None if kader else path.parent) if kader or own else None
    except InputError as error:
        problems += [
            document.problem(problem.message, ("kader",), hint=problem.hint)
            if not problem.line and not kader
            else problem
            for problem in error.problems
        ]
    try:
        plan = validated(Plan, document, "plan", {"swv": swv, **({"events": set(frame.events)} if frame else {})})
    except InputError as error:
        problems += error.problems
    problems += islice(privacy.problems(document), MAX_PROBLEMS)
    problems += islice(unknown_sources(document, raw), MAX_PROBLEMS)
    if frame is not None:
        problems += islice(_unknown_parts(document, raw, frame), MAX_PROBLEMS)
        problems += islice(_unknown_items(document, raw, frame, names or _no_names), MAX_PROBLEMS)
    if problems or frame is None:
        # Of a cell that is not understood the validation cannot say more.
        unclear = {one.cell for one in document.problems if one.cell}
        raise InputError(unique([*document.problems, *(one for one in problems if one.cell not in unclear)]))
    return PlanFile(plan, frame, path, document)


def read(path: Path) -> Document:
    """A plan file as plain data with the place of everything in it, from YAML or from a workbook.

    Raises:
        InputError: the file cannot be read, whatever it says.
    """
    if problem := _other_kind(path):
        raise InputError(problem)
    if workbook.is_workbook(path):
        from simulator.plan.workbook import reading as sheets

        return sheets.read(path)
    return yamlfile.read(path)


_DOCUMENTS = (".docx", ".docm", ".doc", ".odt", ".pdf", ".html", ".htm", ".md")
_TABLES = (".csv", ".tsv")


def _other_kind(path: Path) -> Problem | None:
    """What to do with a document or a table of text where a plan is wanted."""
    suffix = path.suffix.lower()
    if suffix not in (*_DOCUMENTS, *_TABLES) or not resources.is_file(path) or workbook.holds_sheets(path):
        return None
    kind = "document" if suffix in _DOCUMENTS else "table"
    return Problem(say(f"plan.is_{kind}"), path.as_posix(), hint=say(f"plan.is_{kind}_do", name=path.as_posix()))


def _unknown_parts(document: Document, raw: dict[str, Any], kader: Kader) -> Iterator[Problem]:
    sector = str(raw.get("swv"))[:2].lower()  # the code tells it even when the sector is mistaken
    for loc, name, parts in _answers(raw):
        if name not in kader.content_obligations:
            message = say("plan.unknown_duty", name=name, kader=kader.id)
            yield document.problem(message, loc, hint=nearest(name, kader.content_obligations), key=True)
            continue
        known = kader.parts(name, sector)
        for part in parts if isinstance(parts, dict) else ():
            if part not in known:
                message = say("plan.unknown_part", name=part, duty=name)
                yield document.problem(message, (*loc, part), hint=nearest(part, known), key=True)


def _answers(raw: dict[str, Any]) -> Iterator[tuple[Loc, str, Any]]:
    """Every duty that the plan or one of its changes answers: where it stands, its id, and the parts."""
    changes = raw.get("changes")
    holders: list[tuple[Loc, Any]] = [((), raw)]
    holders += [(("changes", number), one) for number, one in enumerate(changes if isinstance(changes, list) else ())]
    for loc, holder in holders:
        answers = holder.get("answers") if isinstance(holder, dict) else None
        for name, parts in answers.items() if isinstance(answers, dict) else ():
            yield (*loc, "answers", name), name, parts


def _unknown_items(document: Document, raw: dict[str, Any], kader: Kader, names: Names) -> Iterator[Problem]:
    events = raw.get("events")
    for name, value in events.items() if isinstance(events, dict) else ():
        kind = kader.events[name].items if name in kader.events else None
        if kind is None and isinstance(value, dict):
            yield document.problem(say("plan.no_items", name=name), ("events", name))
        elif kind and not isinstance(value, dict) and str(value).lower() not in ("none", "false", "nee", "no"):
            yield document.problem(say("plan.items", name=name, kind=kind), ("events", name))
        elif kind and isinstance(value, dict):
            own = raw.get(kind)
            listed: list[Any] = own if isinstance(own, list) else []
            for item in value:
                if item not in listed and (mistaken := _mistaken(raw, kind, item, listed, names)) is not None:
                    message = say("plan.strange_item", name=listed[mistaken], swv=raw.get("swv"))
                    yield document.problem(message, (kind, mistaken), hint=nearest(item, [item]))
                elif item not in listed:
                    message = say("plan.unknown_item", name=item, kind=kind)
                    yield document.problem(
                        message, ("events", name, item), hint=nearest(item, map(str, listed)), key=True
                    )


def _no_names(_swv: str, _kind: str) -> set[str]:
    return set()


def _mistaken(raw: dict[str, Any], kind: str, item: str, listed: list[Any], names: Names) -> int | None:
    """The place in a list of the plan of the name that is mistaken for one which the program knows of this swv."""
    known = names(str(raw.get("swv")), kind)
    strange = [one for one in listed if isinstance(one, str) and one not in known]
    close = difflib.get_close_matches(item, strange, n=1, cutoff=0.5 if len(strange) > 1 else 0.0)
    return listed.index(close[0]) if close and item in known else None
