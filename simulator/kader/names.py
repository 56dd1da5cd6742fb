"""Names that the files of a kader refer to each other by, each checked against what the kader defines."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from simulator.base.fields import known_name
from simulator.base.validation import Strict

ParameterName = Annotated[str, known_name("parameters")]
PoolName = Annotated[str, known_name("pools")]
TeamName = Annotated[str, known_name("teams")]
AttributeName = Annotated[str, known_name("attributes")]
CircumstanceName = Annotated[str, known_name("circumstances")]
PartName = Annotated[str, known_name("parts")]
PhaseName = Annotated[str, known_name("phases")]
NodeId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Items = Literal["gemeenten", "overlaps", "elements", "duties"]
OF_DUTIES = ("elements", "duties")
"""Lists of which each item is a duty in law: the elements of the plan, and what an onderzoek looks at."""

CalendarKind = Literal["calendar", "working", "school", "gemeente"]
Act = Literal[
    "visit", "draft", "board_reads", "zienswijze", "judge", "adopt", "publish", "notice", "nader", "herstelonderzoek",
    "specific", "outcome", "order", "inform", "withhold", "instruct",
    "neglect",
]  # fmt: skip
"""What a step is in the law of supervision."""
LASTING: tuple[Act, ...] = ("visit", "nader", "herstelonderzoek", "specific")
"""Acts that last, and that the law counts to from their start; the others take place at the end of their step."""


def exactly_one(model: Strict, names: tuple[str, ...], key: str) -> None:
    """Refuse a model in which not exactly one of some fields is there.

    Args:
        model: what was read.
        names: of the fields.
        key: of the text that says so.
    """
    if sum(getattr(model, name) is not None for name in names) != 1:
        raise PydanticCustomError(key, key, {"names": ", ".join(names)})
