"""What comes from outside: circumstances that change how steps go, and the kinds of shock that a scenario can lay."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.base.fields import Date, Sector, Sourced, Text
from simulator.base.validation import Strict
from simulator.kader.names import CircumstanceName, PartName, PoolName, exactly_one


class Spell(Strict):
    """Days between which a circumstance has a level, everywhere."""

    start: Date = Field(alias="from")
    until: Date
    level: Annotated[int, Field(ge=0)] = 1

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until <= self.start:
            context = {"start": self.start.isoformat(), "until": self.until.isoformat()}
            raise PydanticCustomError("value.days_order", "days", context)
        return self


Named = Annotated[list[str], Field(min_length=1)]
"""Names, where they are given at all: an empty list would say everybody where nobody is meant."""


class Where(Strict):
    """Over whom a shock comes: those of all that is named; nothing named is everybody.

    Attributes:
        swv, group: codes of swv; a group that the scenario names, or a table of the program.
        provinces: provinces of swv.
        gemeenten: for what comes over gemeenten, these alone; without it all gemeenten of the swv.
    """

    swv: Named = []
    group: str | None = None
    sector: Sector | None = None
    provinces: Named = []
    gemeenten: Named = []


class Circumstance(Sourced):
    """Something from outside that makes steps go otherwise while it lasts; it has a level, 0 when it is not there.

    Attributes:
        of: whether it comes over an swv or over a gemeente.
        part: the part of the model that it goes with.
        where, spells: over whom, and when, it is there without any shock of a scenario.
    """

    label: Text
    of: Literal["swv", "gemeenten"]
    part: PartName | None = None
    where: Where = Where()
    spells: list[Spell] = []


class ShockKind(Sourced):
    """A kind of shock: what it does, and where it comes when a scenario does not say.

    Attributes:
        circumstance: that has a level while it lasts.
        pool: whose capacity is another while it lasts.
        money: the change in the world that the bekostiging is worked out for.
        size: of a change in the bekostiging, when a scenario does not say.
    """

    label: Text
    circumstance: CircumstanceName | None = None
    pool: PoolName | None = None
    money: Literal["krimp", "growth", "growth_within_year", "verevening"] | None = None
    size: float | None = None
    where: Where = Where()
    part: PartName | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        exactly_one(self, ("circumstance", "pool", "money"), "value.shock")
        return self


class Shock(Strict):
    """A shock in a scenario: of which kind, from when until when, over whom, and how much of it.

    Attributes:
        level: of a circumstance.
        capacity: of a pool, for each of its groups.
        size: of a change in the bekostiging, in the unit of its kind.
        chance: that it comes over each of them, drawn for each; without it it comes over all.
    """

    kind: str
    start: Date = Field(alias="from")
    until: Date | None = None
    where: Where | None = None
    level: Annotated[int, Field(ge=0)] = 1
    capacity: Annotated[int, Field(ge=0, le=100_000)] | None = None
    size: float | None = None
    chance: Annotated[float, Field(gt=0, le=1)] | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Any:
        if self.until is not None and self.until <= self.start:
            context = {"start": self.start.isoformat(), "until": self.until.isoformat()}
            raise PydanticCustomError("value.days_order", "days", context)
        return self
