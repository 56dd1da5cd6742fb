"""A working method as a process tree: what happens in which order, who does it, how long it takes, what it leaves.

Nodes: `step`, `sequence`, `parallel`, `choice`, `loop` and `for_each`. The names of steps and choices are the names of
their draws: renaming one changes its luck, moving it does not.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.base.fields import Date, Sector, Sourced, Text, known_name
from simulator.base.validation import Strict
from simulator.kader.due import EventName
from simulator.kader.duties import ObligationId

ParameterName = Annotated[str, known_name("parameters")]
PoolName = Annotated[str, known_name("pools")]
AttributeName = Annotated[str, known_name("attributes")]
NodeId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Items = Literal["gemeenten", "overlaps", "elements"]


def _exactly_one(model: Strict, names: tuple[str, ...], key: str) -> None:
    if sum(getattr(model, name) is not None for name in names) != 1:
        raise PydanticCustomError(key, key, {"names": ", ".join(names)})


class Guard(Strict):
    """A condition on a draw, a bit, a variable, the clock, or a combination of these."""

    draw: ParameterName | None = None
    bit: str | None = None
    variable: str | None = None
    at_least: int = 1
    now_before: Date | None = None
    all: list[Guard] | None = None
    any: list[Guard] | None = None
    no: Guard | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        _exactly_one(self, ("draw", "bit", "variable", "now_before", "all", "any", "no"), "value.guard")
        return self


class Effect(Strict):
    """What a finished step leaves behind: a bit set or cleared, a content bit copied, a variable set or raised."""

    set: str | None = None
    clear: str | None = None
    copy_content: ObligationId | Literal["item"] | None = None
    variable: str | None = None
    add: int | None = None
    to: int | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        _exactly_one(self, ("set", "clear", "copy_content", "variable"), "value.effect")
        if self.variable is not None:
            _exactly_one(self, ("add", "to"), "value.effect")
        return self


class Term(Strict):
    """A statutory term that begins when the step starts; `plain` without the Algemene termijnenwet."""

    days: int | None = None
    weeks: int | None = None
    months: int | None = None
    plain: bool = False

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        _exactly_one(self, ("days", "weeks", "months"), "value.term")
        return self


class StepTime(Strict):
    """How long a step takes; exactly one form, or none for a step that takes no time.

    `takes` a drawn duration, counted on a `calendar`; `term` with the `share` of it that is used; a `deadline` date with
    the share of the time up to it, `otherwise` a duration when it has passed; `until` a date or a date attribute.
    """

    takes: ParameterName | None = None
    calendar: Literal["calendar", "working", "school"] = "calendar"
    term: Term | None = None
    share: ParameterName | None = None
    deadline: Date | None = None
    otherwise: ParameterName | None = None
    until: Date | AttributeName | None = Field(default=None, union_mode="left_to_right")

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        _exactly_one(self, ("takes", "term", "deadline", "until"), "value.time")
        if (self.term or self.deadline) and self.share is None:
            raise PydanticCustomError("value.share", "share", {})
        if self.deadline and self.otherwise is None:
            raise PydanticCustomError("value.otherwise", "otherwise", {})
        return self


class Step(Sourced):
    """One thing that somebody does."""

    label: Text
    actor: str
    sector: Sector | None = None
    pools: list[PoolName | dict[Sector, PoolName]] = []
    priority: int = 0
    time: StepTime | None = None
    hours: dict[str, ParameterName] = {}
    marks: list[EventName] = []
    effects: list[Effect] = []


class Parallel(Strict):
    """Branches at the same time; the flow goes on when all or any are done, or at the moment `by`."""

    join: Literal["all", "any", "by"] = "all"
    by: Date | AttributeName | None = Field(default=None, union_mode="left_to_right")
    branches: list[Node] = Field(min_length=1)

    @model_validator(mode="after")
    def _moment(self) -> Self:
        if (self.join == "by") != (self.by is not None):
            raise PydanticCustomError("value.by", "by", {})
        return self


class Option(Strict):
    """One way to go on; without `when` it is taken when no earlier one was."""

    when: Guard | None = None
    then: Node | None = None


class Loop(Strict):
    """A body that is done again while `again` holds, at most `max` times in all."""

    max: Annotated[int, Field(ge=1, le=12)]
    again: Guard
    body: Node


class ForEach(Strict):
    """A body for each item of a list of the swv, all at the same time."""

    over: Items
    join: Literal["all", "any", "by"] = "all"
    by: Date | AttributeName | None = Field(default=None, union_mode="left_to_right")
    do: Node

    @model_validator(mode="after")
    def _moment(self) -> Self:
        if (self.join == "by") != (self.by is not None):
            raise PydanticCustomError("value.by", "by", {})
        return self


_FORMS = ("step", "sequence", "parallel", "choice", "loop", "for_each")


class Node(Strict):
    """A node of the process tree: an id and exactly one form."""

    id: NodeId
    step: Step | None = None
    sequence: list[Node] | None = None
    parallel: Parallel | None = None
    choice: list[Option] | None = None
    loop: Loop | None = None
    for_each: ForEach | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_form(cls, value: Any) -> Any:
        if isinstance(value, dict) and sum(form in value for form in _FORMS) != 1 and set(value) <= {"id", *_FORMS}:
            raise PydanticCustomError("value.node", "node", {"names": ", ".join(_FORMS)})
        return value

    def children(self) -> list[Node]:
        """The nodes directly below this one."""
        if self.parallel:
            return self.parallel.branches
        if self.choice:
            return [option.then for option in self.choice if option.then]
        if self.loop:
            return [self.loop.body]
        if self.for_each:
            return [self.for_each.do]
        return self.sequence or []

    def walk(self) -> list[Node]:
        """This node and all below it, in the order of the file."""
        return [self, *(node for child in self.children() for node in child.walk())]


for _model in (Guard, Parallel, Option, Loop, ForEach, Node):
    _model.model_rebuild()


class Pool(Sourced):
    """People who can be busy: how many, and whether there is one group of them or one per gemeente."""

    label: Text
    capacity: Annotated[int, Field(ge=0)]
    per: Literal["gemeenten"] | None = None


class Attribute(Strict):
    """A property of an swv: given in a table, or drawn from a parameter. `only_if` another attribute (a bit) holds."""

    kind: Literal["number", "bit", "date"]
    parameter: ParameterName
    label: Text
    decimals: int = 0
    minimum: float | None = None
    only_if: AttributeName | None = None
