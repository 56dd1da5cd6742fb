"""A working method as a process tree: what happens in which order, who does it, how long it takes, what it leaves.

Nodes: `step`, `sequence`, `parallel`, `choice`, `loop` and `for_each`. The names of steps and choices are the names of
their draws: renaming one changes its luck, moving it does not.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.base.fields import Date, Sector, Sourced, Text
from simulator.base.validation import Strict
from simulator.kader.due import EventName
from simulator.kader.duties import ObligationId
from simulator.kader.names import (
    Act,
    AttributeName,
    CalendarKind,
    CircumstanceName,
    Items,
    NodeId,
    ParameterName,
    PartName,
    PhaseName,
    PoolName,
    TeamName,
    exactly_one,
)

OF_ITEM = "item."
"""Before the name of a bit or variable that each item of a list has for itself, in each round of a loop around it."""

OF_ROUND = "round."
"""Before the name of a bit or variable that an swv has for itself in each round of the loops around it."""

OF_DUTY = "duty."
"""Before the name of a bit that each item has for itself, in whatever list or round."""


class Guard(Strict):
    """A condition on a draw, a bit, a variable, the clock, or a combination of these.

    What other branches do at this very instant is never seen: `already` asks for a bit that was set before it, `lacks` for
    a part that the plan did not hold before it, `in_law` for a duty that the law of the day has, `circumstance` for what
    holds from outside (by shocks, for the swv or the gemeente that the step is about).

    A bit `item.x` is one of its own for each item of the list that the node stands in, in each round of a loop around it;
    `duty.x` for each item alone, `round.x` for each round alone.
    """

    draw: ParameterName | None = None
    bit: str | None = None
    variable: str | None = None
    at_least: int = 1
    now_before: Date | None = None
    already: str | None = None
    lacks: ObligationId | Literal["item"] | None = None
    in_law: ObligationId | Literal["item"] | None = None
    circumstance: CircumstanceName | None = None
    all: list[Guard] | None = None
    any: list[Guard] | None = None
    no: Guard | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        exactly_one(self, _GUARDS, "value.guard")
        return self

    def walk(self) -> list[Guard]:
        """This condition and all that it is made of."""
        inner = [*(self.all or ()), *(self.any or ()), *([self.no] if self.no else ())]
        return [self, *(found for one in inner for found in one.walk())]


_GUARDS = ("draw", "bit", "variable", "now_before", "already", "lacks", "in_law", "circumstance", "all", "any", "no")


class Effect(Strict):
    """What a finished step leaves behind: a bit set or cleared, a variable set or raised, or something in the plan.

    `copy_content` writes a part of the plan as the swv can write it (as drawn, or as its plan file says); `mend` puts it
    in order. Neither undoes the other, so their order does not matter.
    """

    set: str | None = None
    clear: str | None = None
    copy_content: ObligationId | Literal["item"] | None = None
    mend: ObligationId | Literal["item"] | None = None
    variable: str | None = None
    add: int | None = None
    to: int | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        exactly_one(self, ("set", "clear", "copy_content", "mend", "variable"), "value.effect")
        if self.variable is not None:
            exactly_one(self, ("add", "to"), "value.effect")
        return self


class Term(Strict):
    """A term that begins when the step starts.

    `order` is the term that an order gives for the duty that the step is about; `plain` leaves the Algemene termijnenwet
    aside, which holds for statutory terms alone.
    """

    days: int | None = None
    weeks: int | None = None
    months: int | None = None
    order: Literal[True] | None = None
    plain: bool = False

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        exactly_one(self, ("days", "weeks", "months", "order"), "value.term")
        return self


class Scale(Strict):
    """A factor on a duration, where a condition holds at the moment that the step starts."""

    by: ParameterName
    when: Guard


class StepTime(Strict):
    """How long a step takes; exactly one form, or none for a step that takes no time.

    `takes` a drawn duration, counted on a `calendar` and `scaled` where conditions hold; `term` with the `share` of it
    that is used; a `deadline` date with the share of the time up to it, `otherwise` a duration when it has passed; `until`
    a date or a date attribute; `yearly` the next first moment of a day of the year (`07-01`). With `ends_on: working` a
    step that would end on a day on which nobody works ends on the next working day (on the one before, where the longest
    that it can take would be passed); that can also be all that is said. Of `whole_days` a step that takes working days
    begins only at the start of one and takes whole ones, whatever part of them it is drawn to take, so that its people are
    nowhere else on the same date; other work of theirs lies still.
    """

    takes: ParameterName | None = None
    calendar: CalendarKind = "calendar"
    whole_days: bool = False
    scaled: list[Scale] = []
    term: Term | None = None
    share: ParameterName | None = None
    deadline: Date | None = None
    otherwise: ParameterName | None = None
    until: Date | AttributeName | None = Field(default=None, union_mode="left_to_right")
    yearly: Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$")] | None = None
    ends_on: Literal["working"] | None = None

    @property
    def at_once(self) -> bool:
        """It takes no time, but for the wait for a working day."""
        return all(getattr(self, form) is None for form in _TIMES)

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if not (self.ends_on and self.at_once):
            exactly_one(self, _TIMES, "value.time")
        if (self.term or self.deadline) and self.share is None:
            raise PydanticCustomError("value.share", "share", {})
        if self.deadline and self.otherwise is None:
            raise PydanticCustomError("value.otherwise", "otherwise", {})
        if self.scaled and self.takes is None:
            raise PydanticCustomError("value.scaled", "scaled", {})
        if self.whole_days and (self.takes is None or self.calendar == "calendar"):
            raise PydanticCustomError("value.whole_days", "whole_days", {})
        return self


_TIMES = ("takes", "term", "deadline", "until", "yearly")


class Step(Sourced):
    """One thing that somebody does.

    Attributes:
        team: those who do it stay together with those of the other steps of this team.
        duty: the duty in law that it serves (`item`: that of the element of the plan); without one nobody has to do it.
        asks: what it asks of the swv that another step may ask as well (documents); asked once is enough.
        act: what it is in the law of supervision, for who wants to know whether the werkwijze is lawful.
    """

    label: Text
    actor: str
    sector: Sector | None = None
    pools: list[PoolName | dict[Sector, PoolName]] = []
    team: TeamName | None = None
    priority: int = 0
    time: StepTime | None = None
    hours: dict[str, ParameterName] = {}
    marks: list[EventName] = []
    effects: list[Effect] = []
    duty: ObligationId | Literal["item"] | None = None
    asks: str | None = None
    act: Annotated[list[Act], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)] = []

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not self.pools and (self.team or (self.time and self.time.whole_days)):
            raise PydanticCustomError("value.nobody", "nobody", {"name": "team" if self.team else "whole_days"})
        return self


def pool_names(step: Step) -> list[str]:
    """The pools that a step needs, in any sector, each once."""
    named = [[pool] if isinstance(pool, str) else list(pool.values()) for pool in step.pools]
    return list(dict.fromkeys(name for names in named for name in names))


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
    """A body for each item of a list of the swv, all at the same time; `only` for those of the items that are named."""

    over: Items
    only: list[str] = []
    join: Literal["all", "any", "by"] = "all"
    by: Date | AttributeName | None = Field(default=None, union_mode="left_to_right")
    do: Node

    @model_validator(mode="after")
    def _moment(self) -> Self:
        if (self.join == "by") != (self.by is not None):
            raise PydanticCustomError("value.by", "by", {})
        return self


class Select(Strict):
    """Some of all swv that come here at the same moment are chosen: those with the highest score.

    Attributes:
        score: the variable by which they are ordered, the highest first; without it luck alone orders them.
        luck: between equal scores, a draw between 0 and 1.
        share: how many, as a part of all swv of the scenario.
        may: who can be chosen at all.
        must: who is chosen anyway; they count as well, and may be more than the share.
        evenly: spread over sectors or provinces, so that each has its part of those chosen.
        then, otherwise: how it goes on for those who are chosen, and for the others.
    """

    score: str | None = None
    luck: ParameterName
    share: ParameterName
    may: Guard | None = None
    must: Guard | None = None
    evenly: Literal["sector", "province"] | None = None
    then: Node
    otherwise: Node | None = None

    def guards(self) -> list[Guard]:
        """Its conditions, with the score as one more thing that is asked."""
        score = [Guard(variable=self.score)] if self.score else []
        return [*(one for one in (self.may, self.must) if one), *score]


_FORMS = ("step", "sequence", "parallel", "choice", "loop", "for_each", "select", "like")


class Node(Strict):
    """A node of the process tree: an id and exactly one form.

    Attributes:
        part: the part of the model that it goes with.
        phase: the heading under which a dossier tells of it and of all below it.
        like: another node that it is a copy of; the ids in the copy get its own before them. Put in when a kader is read.
    """

    id: NodeId
    part: PartName | None = None
    phase: PhaseName | None = None
    step: Step | None = None
    sequence: list[Node] | None = None
    parallel: Parallel | None = None
    choice: list[Option] | None = None
    loop: Loop | None = None
    for_each: ForEach | None = None
    select: Select | None = None
    like: NodeId | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_form(cls, value: Any) -> Any:
        if (
            isinstance(value, dict)
            and sum(form in value for form in _FORMS) != 1
            and set(value) <= {"id", "part", "phase", *_FORMS}
        ):
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
        if self.select:
            return [self.select.then, *([self.select.otherwise] if self.select.otherwise else [])]
        return self.sequence or []

    def walk(self) -> list[Node]:
        """This node and all below it, in the order of the file."""
        return [self, *(node for child in self.children() for node in child.walk())]

    def guards(self) -> list[Guard]:
        """All conditions that it asks itself, with those that they are made of."""
        found = [option.when for option in self.choice or () if option.when]
        found += [self.loop.again] if self.loop else []
        found += [scale.when for scale in self.step.time.scaled] if self.step and self.step.time else []
        found += self.select.guards() if self.select else []
        return [inner for guard in found for inner in guard.walk()]


for _model in (Guard, Scale, StepTime, Step, Parallel, Option, Loop, ForEach, Select, Node):
    _model.model_rebuild()
