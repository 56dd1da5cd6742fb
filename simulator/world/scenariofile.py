"""A scenario as it stands in its file."""

from __future__ import annotations

from typing import Annotated, Any, Literal

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


class Expects(BaseModel):
    """What a scenario is expected to do to figures, written before it was played: lower, higher, or the same.

    Attributes:
        against: the scenario that it is held against; without it the one that it extends.
        known_to_fail: figures that were played and did not move as expected, each with what is known of it.
        seen: what was seen when it was played, or changed in it since; told apart from what was written before.
    """

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, Literal["lower", "higher", "same"]]

    against: str | None = None
    known_to_fail: dict[str, Text] = {}
    seen: Text | None = None

    @property
    def figures(self) -> dict[str, str]:
        """The direction of each figure."""
        return dict(self.__pydantic_extra__ or {})


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
