"""A werkwijze as a flow of BPMN elements with a place for each: from the process tree, block by block.

A block is drawn from left to right around one line, on which it is entered and left. Branches of `parallel` and `choice`
lie below each other between two gateways; a `loop` goes back underneath; a `for_each` is a subprocess with many instances.
A flow that goes on at a moment (`by`) leaves its subprocess by a timer that interrupts nothing; the complex gateway after
it lets the first of the two pass and takes in the other, which is what the engine does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from simulator.kader.werkwijze import ForEach, Guard, Loop, Node, Option, Parallel, Select

Point = tuple[int, int]

_GAP, _ROOM = 40, 24
_TASK, _ROUND, _GATE = (130, 72), (36, 36), (50, 50)
_LABEL = 120
"""Room for the condition of a branch, before its first element."""
_PAD, _TITLE = 30, 34


@dataclass
class Element:
    """A node of the flow with its place.

    Attributes:
        kind: the name of the element in BPMN.
        node: the node of the tree that it stands for; gateways and events of our own share it with others.
        by: the moment of a timer.
        join: of a subprocess with many instances: when it is done.
        host: the element on whose border an event sits.
        inner: what a subprocess holds.
    """

    id: str
    kind: str
    node: Node
    x: int = 0
    y: int = 0
    width: int = 0
    height: int = 0
    by: date | str | None = None
    join: str = ""
    host: str = ""
    inner: Block | None = None

    @property
    def middle(self) -> Point:
        """Its middle."""
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass
class Flow:
    """An arrow; `when` is the condition of a branch (or a choice among many), `rounds` the most that a loop goes round."""

    source: str
    target: str
    points: list[Point]
    when: Guard | Select | None = None
    default: bool = False
    rounds: int = 0


@dataclass
class Block:
    """A part of the drawing; `line` is the height, from its top, on which it is entered and left."""

    width: int = 0
    height: int = 0
    line: int = 0
    elements: list[Element] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    first: str = ""
    last: str = ""

    def moved(self, x: int, y: int) -> Block:
        """The block, so much to the right and down."""
        for element in self.elements:
            element.x, element.y = element.x + x, element.y + y
            if element.inner:
                element.inner.moved(x, y)
        for flow in self.flows:
            flow.points = [(a + x, b + y) for a, b in flow.points]
        return self

    def take(self, other: Block, x: int, y: int) -> None:
        """Put another block into this one."""
        other.moved(x, y)
        self.elements += other.elements
        self.flows += other.flows

    def everything(self) -> Iterator[Block]:
        """This block and those inside its subprocesses."""
        yield self
        for element in self.elements:
            if element.inner:
                yield from element.inner.everything()


def flow(tree: Node) -> Block:
    """The whole werkwijze from its start event to its end event."""
    return _framed(tree)


def _single(node: Node, kind: str, suffix: str = "", size: tuple[int, int] = _GATE) -> Block:
    name = node.id + suffix
    element = Element(name, kind, node, 0, 0, *size)
    return Block(*size, size[1] // 2, [element], [], name, name)


def _framed(node: Node, suffix: str = "") -> Block:
    ends = [_single(node, kind, f"{suffix}.{kind[:-5]}", _ROUND) for kind in ("startEvent", "endEvent")]
    return _row([ends[0], block(node), ends[1]])


def block(node: Node) -> Block:
    """The drawing of a node; empty for a sequence of nothing."""
    if node.step is not None:
        waits = node.step.time is not None and node.step.time.until is not None and not node.step.pools
        found = _single(node, "intermediateCatchEvent" if waits else "task", size=_ROUND if waits else _TASK)
        if waits:  # room for its name below it
            found = _row([Block(_GAP, 0), found, Block(_GAP, 0)])
            found.height += _GAP
        return found
    return next(make(node, found) for form, make in _FORMS.items() if (found := getattr(node, form)) is not None)


def _row(blocks: list[Block]) -> Block:
    """Blocks after each other, their lines on one height; those without elements only take room."""
    line = max((one.line for one in blocks), default=0)
    whole = Block(0, line + max((one.height - one.line for one in blocks), default=0), line)
    for one in blocks:
        whole.width += _GAP if whole.first and one.first else 0
        whole.take(one, whole.width, line - one.line)
        whole.width += one.width
        whole.first = whole.first or one.first
        whole.last = one.last or whole.last
    places = {element.id: element for element in whole.elements}
    for left, right in pairwise(one for one in blocks if one.first):
        source, target = places[left.last], places[right.first]
        way = [(source.x + source.width, line), (target.x, line)]
        whole.flows.append(Flow(source.id, target.id, way))
    return whole


def _nothing() -> Block:
    """A branch in which nothing happens: an arrow alone."""
    return Block(0, _ROOM, _ROOM // 2)


def _sequence(_: Node, children: list[Node]) -> Block:
    return _row([block(child) for child in children])


@dataclass(frozen=True)
class _Branch:
    body: Block
    when: Guard | Select | None = None
    default: bool = False


def _between(node: Node, kinds: tuple[str, str], branches: list[_Branch], room: int) -> Block:
    """Branches below each other between two gateways, which stand on the line of the first branch."""
    split, join = (_single(node, kind, suffix) for kind, suffix in zip(kinds, (".split", ".join"), strict=True))
    widest = max(branch.body.width for branch in branches)
    line = max(branches[0].body.line, _GATE[1] // 2)
    whole = Block(2 * _GATE[0] + room + widest + _GAP, 0, line, first=split.first, last=join.first)
    whole.take(split, 0, line - split.line)
    whole.take(join, whole.width - _GATE[0], line - join.line)
    top = line - branches[0].body.line
    for branch in branches:
        _lay(whole, branch, top, room)
        top += branch.body.height + _ROOM
    whole.height = max(top - _ROOM, line + _GATE[1] // 2)
    return whole


def _lay(whole: Block, branch: _Branch, top: int, room: int) -> None:
    """Put a branch at a height between the gateways of its block, with the arrows to and from it."""
    body, left, right = branch.body, whole.elements[0], whole.elements[1]
    start, level = _GATE[0] + room, top + body.line
    out = _way(left, level, start if body.first else right.x, right)
    if not body.first:
        whole.flows.append(Flow(left.id, right.id, out, branch.when, branch.default))
        return
    whole.take(body, start, top)
    places = {element.id: element for element in body.elements}
    first, last = places[body.first], places[body.last]
    out[-1] = (first.x, level)
    whole.flows.append(Flow(left.id, body.first, out, branch.when, branch.default))
    back = [(last.x + last.width, level), (right.middle[0], level), (right.middle[0], right.y + right.height)]
    if level == right.middle[1]:
        back = [back[0], (right.x, level)]
    whole.flows.append(Flow(body.last, right.id, back))


def _way(left: Element, level: int, end: int, right: Element) -> list[Point]:
    """From a gateway down to a level and along it; for a branch with nothing in it up to the other gateway."""
    if level == left.middle[1]:
        return [(left.x + left.width, level), (end, level)]
    points = [(left.middle[0], left.y + left.height), (left.middle[0], level), (end, level)]
    if end == right.x:
        points[-1:] = [(right.middle[0], level), (right.middle[0], right.y + right.height)]
    return points


def _parallel(node: Node, group: Parallel) -> Block:
    branches = [_Branch(block(branch)) for branch in group.branches]
    if group.join == "any":
        return _between(node, ("parallelGateway", "complexGateway"), branches, _GAP)
    inner = _between(node, ("parallelGateway", "parallelGateway"), branches, _GAP)
    if group.by is None:
        return inner
    ends = [_single(node, kind, f".{kind[:-5]}", _ROUND) for kind in ("startEvent", "endEvent")]
    return _timed(node, _boxed(node, _row([ends[0], inner, ends[1]]), ""), group.by)


def _choice(node: Node, options: list[Option]) -> Block:
    branches = [_Branch(block(one.then) if one.then else _nothing(), one.when, one.when is None) for one in options]
    if not any(branch.default for branch in branches):
        branches.append(_Branch(_nothing(), default=True))
    return _between(node, ("exclusiveGateway", "exclusiveGateway"), branches, _LABEL)


def _select(node: Node, select: Select) -> Block:
    branches = [_Branch(block(select.then), select)]
    branches.append(_Branch(block(select.otherwise) if select.otherwise else _nothing(), default=True))
    return _between(node, ("exclusiveGateway", "exclusiveGateway"), branches, _LABEL)


def _loop(node: Node, loop: Loop) -> Block:
    """A body between two gateways, with a way back below it."""
    merge, split = (_single(node, "exclusiveGateway", suffix) for suffix in (".again", ".enough"))
    whole = _row([merge, block(loop.body), split])
    places = {element.id: element for element in whole.elements}
    left, right = places[merge.first], places[split.first]
    low = max(whole.height, right.y + right.height) + _ROOM
    back = [(right.middle[0], right.y + right.height), (right.middle[0], low),
            (left.middle[0], low), (left.middle[0], left.y + left.height)]  # fmt: skip
    whole.flows.append(Flow(right.id, left.id, back, loop.again, rounds=loop.max))
    whole.height = low + _ROOM
    return whole


def _for_each(node: Node, group: ForEach) -> Block:
    boxed = _boxed(node, _framed(group.do, ".each"), group.join)
    return boxed if group.by is None else _timed(node, boxed, group.by)


def _boxed(node: Node, inner: Block, join: str) -> Block:
    """A block in a subprocess of its own."""
    size = inner.width + 2 * _PAD, inner.height + _TITLE + _PAD
    inner.moved(_PAD, _TITLE)
    box = Element(node.id, "subProcess", node, 0, 0, *size, join=join, inner=inner)
    return Block(*size, inner.line + _TITLE, [box], [], node.id, node.id)


def _timed(node: Node, box: Block, moment: date | str) -> Block:
    """A subprocess that the flow leaves when it is done or, if earlier, at a moment."""
    gate = _single(node, "complexGateway", ".first")
    whole = _row([box, gate])
    host, right = whole.elements[0], whole.elements[1]
    timer = Element(f"{node.id}.moment", "boundaryEvent", node, host.x + host.width - 80, host.y + host.height - 18,
                    *_ROUND, by=moment, host=host.id)  # fmt: skip
    low = timer.y + timer.height + _ROOM
    way = [(timer.middle[0], timer.y + timer.height), (timer.middle[0], low),
           (right.middle[0], low), (right.middle[0], right.y + right.height)]  # fmt: skip
    whole.elements.append(timer)
    whole.flows.append(Flow(timer.id, right.id, way))
    whole.height = low + _ROOM
    return whole


_FORMS: dict[str, Callable[[Node, Any], Block]] = {
    "sequence": _sequence, "parallel": _parallel, "choice": _choice, "loop": _loop, "for_each": _for_each,
    "select": _select,
}  # fmt: skip
