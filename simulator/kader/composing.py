"""A kader file made whole: what it takes over from another kader, and nodes that are copies of other nodes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simulator.base import filekinds, resources
from simulator.base.errors import InputError, nearest
from simulator.base.language import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from simulator.base.errors import Problem
    from simulator.base.yamlfile import Document

_NAMED = ("events", "phases", "parts", "circumstances", "shocks", "pools", "teams", "attributes", "parameters")
"""What a kader takes name by name from the one that it is like."""


def whole(path: Path, check: Callable[[Path], object]) -> tuple[Document, list[Path]]:
    """A kader file with all that it takes from others put in, and the files of those, nearest first.

    Args:
        path: of the file.
        check: tells what is wrong in a file that is taken from, of that file itself.

    Raises:
        InputError: there is no such kader or node, or they take from each other in a circle.
    """
    document, parents = _with_parents(path, check)
    if isinstance(document.data, dict) and isinstance(document.data.get("werkwijze"), dict):
        tree = document.data["werkwijze"]
        tree = _Copies(document, tree).put_in(tree, "werkwijze")
        document = replace(document, data={**document.data, "werkwijze": tree})
    return document, parents


def _with_parents(
    path: Path, check: Callable[[Path], object], below: tuple[Path, ...] = ()
) -> tuple[Document, list[Path]]:
    document = filekinds.read(path, "kader")
    name = document.data.get("like") if isinstance(document.data, dict) else None
    if not isinstance(name, str):
        return document, []
    beside = path.parent / f"{name}.yaml"
    try:
        parent = beside if resources.is_file(beside) and beside != path else filekinds.find(name, "kader")
    except InputError as error:
        (problem,) = error.problems
        raise InputError(document.problem(problem.message, ("like",), hint=problem.hint)) from None
    if parent.resolve() in {one.resolve() for one in (path, *below)}:
        loop = " -> ".join(one.stem for one in (*below, path, parent))
        raise InputError(document.problem(say("kader.like_loop", loop=loop), ("like",)))
    above_document, parents = _with_parents(parent, check, (*below, path))
    check(parent)
    own, above = document.data, {key: one for key, one in above_document.data.items() if key != "like"}
    named = {key: {**above[key], **own[key]} for key in _NAMED
             if isinstance(above.get(key), dict) and isinstance(own.get(key), dict)}  # fmt: skip
    data = {**above, **own, **named}
    if isinstance(own.get("nodes"), list) and "werkwijze" not in own:
        data["werkwijze"] = _changed(document, above.get("werkwijze"), own["nodes"])
    return replace(document, data=data), [parent, *parents]


def _changed(document: Document, tree: Any, nodes: list[Any]) -> Any:
    """A process tree, as it stands in a file, with some of its nodes replaced by those with the same id.

    What these are copies of is looked for in the tree as it was, so that a part of what goes can stay.
    """
    nodes = _Copies(document, tree, nodes).put_in(nodes, "nodes")
    places = {number: str(node.get("id")) for number, node in enumerate(nodes) if isinstance(node, dict)}
    others = {name: nodes[number] for number, name in places.items()}
    known: set[str] = set()

    def walk(part: Any) -> Any:
        if isinstance(part, list):
            return [walk(one) for one in part]
        if not isinstance(part, dict):
            return part
        name = str(part.get("id"))
        known.add(name)
        return others[name] if name in others else {key: walk(one) for key, one in part.items()}

    changed = walk(tree)
    times = Counter(places.values())
    problems = []
    for number, name in places.items():
        if name not in known:
            problems.append(_of_node(document, number, say("kader.no_node", name=name), nearest(name, known)))
        elif times[name] > 1:
            problems.append(_of_node(document, number, say("tree.duplicate", id=name)))
    if problems:
        raise InputError(problems)
    return changed


def _of_node(document: Document, number: int, message: str, hint: str = "") -> Problem:
    return document.problem(message, ("nodes", number, "id"), hint=hint)


class _Copies:
    """The nodes of a tree that say `like`, each replaced by a copy of the node that it names."""

    def __init__(self, document: Document, *sources: Any) -> None:
        self.document = document
        self.nodes: dict[str, dict[str, Any]] = {}
        self.problems: list[Problem] = []
        for source in sources:
            self._gather(source)

    def put_in(self, part: Any, section: str) -> Any:
        made = self._made(part, (section,), ())
        if self.problems:
            raise InputError(self.problems)
        return made

    def _gather(self, part: Any) -> None:
        if isinstance(part, dict):
            if "id" in part and "like" not in part:
                self.nodes.setdefault(str(part["id"]), part)
            part = list(part.values())
        for one in part if isinstance(part, list) else ():
            self._gather(one)

    def _made(self, part: Any, loc: tuple[str | int, ...], within: tuple[str, ...]) -> Any:
        if isinstance(part, list):
            return [self._made(one, (*loc, number), within) for number, one in enumerate(part)]
        if not isinstance(part, dict):
            return part
        name = str(part.get("like"))
        if "like" not in part or "id" not in part:
            return {key: self._made(one, (*loc, key), within) for key, one in part.items()}
        if name not in self.nodes or name in within:
            known = self.nodes.keys() - set(within)
            message = say("kader.no_copy", name=name)
            self.problems.append(self.document.problem(message, (*loc, "like"), hint=nearest(name, known)))
            return part
        own = {key: one for key, one in part.items() if key != "like"}
        copied = {**_named(self.nodes[name], str(part["id"])), **own}
        return self._made(copied, loc, (*within, name))


def _named(part: Any, prefix: str) -> Any:
    """A copy of a node, with `prefix` before the id of every node in it."""
    if isinstance(part, list):
        return [_named(one, prefix) for one in part]
    if not isinstance(part, dict):
        return part
    return {key: f"{prefix}_{one}" if key == "id" else _named(one, prefix) for key, one in part.items()}
