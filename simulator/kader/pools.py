"""People who can be busy: how many there are, who of those that wait for them goes first, and who stays together."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from simulator.base.fields import Sourced, Text
from simulator.base.validation import Strict
from simulator.kader.names import AttributeName, ParameterName


class Queue(Strict):
    """Who goes first: the lowest or the highest value of an attribute; equal ones in order of asking."""

    by: AttributeName
    prefer: Literal["low", "high"]


class Pool(Sourced):
    """People who can be busy: how many, and whether there is one group of them or one per gemeente.

    Attributes:
        by: other capacities, by gemeente.
        order: who goes first; without it who asked first.
        roster: they stand in the table of inspecteurs, which says when each of them is there; without a capacity there
            are as many as that table has rows for them.
    """

    label: Text
    capacity: Annotated[int, Field(ge=0, le=100_000)]
    per: Literal["gemeenten"] | None = None
    by: dict[str, Annotated[int, Field(ge=0, le=100_000)]] = {}
    order: Queue | None = None
    roster: bool = False


class Team(Sourced):
    """People who stay together over the steps that name their team, for one swv in one round of the loops around them.

    Attributes:
        waits: how many working days a step waits for those who did the earlier steps; after that it takes whoever is free
            in the place of those who are not.
    """

    label: Text
    waits: ParameterName
