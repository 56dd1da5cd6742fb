"""A scenario as it stands in its file."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from simulator.base.fields import Date, Text, known_name
from simulator.base.validation import Strict
from simulator.kader.model import PlanPeriod
from simulator.kader.shocks import Shock

SwvCode = Annotated[str, known_name("swv")]
GroupName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]


class Span(Strict):
    """The first day of a scenario and the day on which it stops."""

    start: Date = Field(alias="from")
    until: Date

    @model_validator(mode="after")
    def _in_order(self) -> Any:
        if self.until <= self.start:
            context = {"start": self.start.isoformat(), "until": self.until.isoformat()}
            raise PydanticCustomError("value.days_order", "days", context)
        return self


class PopulationFile(Strict):
    """Which swv take part, and a table with what is given about them."""

    swv: Annotated[
        Annotated[Literal["all"], Tag("all")] | Annotated[list[SwvCode], Field(min_length=1), Tag("some")],
        Discriminator(lambda value: "some" if isinstance(value, list) else "all"),
    ] = "all"
    table: str | None = None


Direction = Literal["lower", "higher", "same"]


class Claim(Strict):
    """What is expected of a figure, of everybody or of a group alone: lower, higher, or the same."""

    direction: Direction = Field(alias="is")
    group: str | None = None


OneClaim = Annotated[
    Annotated[Direction, Tag("word")] | Annotated[Claim, Tag("claim")],
    Discriminator(lambda value: "claim" if isinstance(value, dict | Claim) else "word"),
]
Claims = Annotated[
    Annotated[OneClaim, Tag("one")] | Annotated[list[OneClaim], Field(min_length=1), Tag("some")],
    Discriminator(lambda value: "some" if isinstance(value, list) else "one"),
]


class Claimed(NamedTuple):
    """A claim on a figure: over which group (None: everybody), in which direction, and where it stands in `expects`."""

    figure: str
    group: str | None
    direction: Direction
    place: tuple[str | int, ...]

    @property
    def label(self) -> str:
        """The name of the figure over the group, as `known_to_fail` has it."""
        return label(self.figure, self.group)


def label(figure: str, group: str | None) -> str:
    """The name of a figure, over a group with that behind it."""
    return f"{figure}/{group}" if group else figure


class Expects(BaseModel):
    """What a scenario is expected to do to figures, written before it was played: lower, higher, or the same.

    A figure has a direction, or a direction for a group (`{is: lower, group: krimpregio}`), or several of these.

    Attributes:
        against: the scenario that it is held against; without it the one that it extends.
        known_to_fail: figures that were played and did not move as expected, each with what is known of it; that of a group
            by the figure and the group with a stroke between them.
        seen: what was seen when it was played, or changed in it since; told apart from what was written before.
    """

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, Claims]

    against: str | None = None
    known_to_fail: dict[str, Text] = {}
    seen: Text | None = None

    @property
    def claims(self) -> list[Claimed]:
        """Everything that is expected of a figure, of everybody or of a group."""
        found = []
        for figure, told in (self.__pydantic_extra__ or {}).items():
            for number, one in enumerate(told if isinstance(told, list) else [told]):
                place = (figure, number) if isinstance(told, list) else (figure,)
                claim = one if isinstance(one, Claim) else Claim.model_validate({"is": one})
                found.append(Claimed(figure, claim.group, claim.direction, place))
        return found

    @property
    def figures(self) -> dict[str, str]:
        """The direction of each figure, of everybody by its name, of a group as `figure/group`."""
        return {one.label: one.direction for one in self.claims}


class ScenarioFile(Strict):
    """A scenario as it stands in its file; with `extends` everything else may be left out."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,60}$")]
    title: Text
    question: Text
    extends: str | None = None
    expects: Expects = Expects()
    kader: str | None = None
    period: Span | None = None
    seed: Annotated[int, Field(ge=0, lt=2**63)] | None = None
    replications: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    population: PopulationFile | None = None
    plan_period: PlanPeriod | None = None
    inspecteurs: str | None = None
    plans: dict[SwvCode, str] = {}
    parameters: dict[str, dict[str, Any]] = {}
    pools: dict[str, dict[str, Any]] = {}
    parts: dict[str, bool] = {}
    groups: dict[GroupName, Annotated[list[SwvCode], Field(min_length=1)]] = {}
    shocks: list[Shock] = []
    assume_school_holidays: Literal["error", "last_known"] | None = None
