"""What a pupil case is made of: steps with what they need, terms in law, detours."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from simulator.base.days import date_of, day_of
from simulator.base.fields import Sector, Sourced, Text
from simulator.base.validation import Strict
from simulator.kader.due import Period
from simulator.kader.terms import next_open_day

Who = Literal["parents", "school", "board", "swv", "other_swv", "gemeente", "experts", "committee", "disputes"]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
STUCK, OPEN = "stuck", "open"


class Detour(Sourced):
    """How an actor goes on when the plan does not say how, and the calendar days that it costs."""

    days: Annotated[int, Field(ge=1)]
    how: Text


class TermVersion(Sourced):
    """The article that a term stands in, between two days."""

    sector: Literal["po", "vo", "both"]
    in_force: Period
    article: dict[Sector, str]


class Term(Strict):
    """A term that a step must end within.

    Attributes:
        weeks: its length; it runs from the end of another step.
        extend: weeks by which it can be put off.
        plain: the Algemene termijnenwet does not apply.
    """

    label: Text
    weeks: Annotated[int, Field(ge=1)]
    extend: Annotated[int, Field(ge=0)] = 0
    plain: bool = False
    versions: list[TermVersion] = Field(min_length=1)

    def on(self, day: date, sector: Sector) -> TermVersion | None:
        """The version that holds on a day in a sector, if any."""
        fitting = [one for one in self.versions if one.sector in (sector, "both") and one.in_force.holds(day)]
        return fitting[-1] if fitting else None


class Otherwise(Strict):
    """What happens when a need is not there: `stuck`, `open`, or a detour."""

    missing: str
    vague: str
    unknown: str


class Need(Strict):
    """Something in the plan or the organisation that a step leans on: a duty, or one question of it (`PLAN-c.criteria`).

    Attributes:
        missing, vague, unknown: `stuck`, `open` or the name of a detour, where it is not what the file says for all.
    """

    on: Annotated[str, Field(pattern=r"^[A-Z]+-[A-Za-z0-9]+(\.[a-z0-9_]+)?$")]
    missing: str | None = None
    vague: str | None = None
    unknown: str | None = None

    @property
    def duty(self) -> str:
        """The duty."""
        return self.on.partition(".")[0]

    @property
    def part(self) -> str | None:
        """The question of the duty, or None for all of it."""
        return self.on.partition(".")[2] or None


def _need(value: Any) -> Any:
    return {"on": value} if isinstance(value, str) else value


Needs = list[Annotated[Need, BeforeValidator(_need)]]


class Step(Strict):
    """One step of a case.

    Attributes:
        takes: calendar days when nothing is in the way (assumed).
        term: the term within which it must end.
        since, since_term: the step after whose end (or whose own term) that term runs.
    """

    id: Name
    who: Who
    what: Text
    takes: Annotated[int, Field(ge=0)] = 0
    needs: Needs = []
    term: str | None = None
    since: str | None = None
    since_term: str | None = None


class Use(Strict):
    """A procedure that is taken in as it stands."""

    use: str


class Fallback(Strict):
    """What the law gives from the day after a term on when a step has not ended by then."""

    term: str
    since: str
    unless: str
    needs: Needs


class Case(Sourced):
    """A pupil case.

    Attributes:
        in_force: when cases of this kind occur.
        starts: month and day on which it begins, as `mm-dd`.
    """

    id: Name
    sectors: list[Sector]
    in_force: Period
    title: Text
    story: Text
    starts: Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$")]
    steps: list[Step | Use]
    fallback: Fallback | None = None

    def first_day(self, not_before: date) -> date | None:
        """The day on which it begins, from a day on; None when cases of this kind no longer occur then.

        Nobody begins anything on a Saturday, Sunday or holiday.
        """
        floor = max(not_before, self.in_force.start)
        month, day = map(int, self.starts.split("-"))
        start = date(floor.year, month, day)
        if start < floor:
            start = date(floor.year + 1, month, day)
        start = date_of(int(next_open_day(day_of(start))))  # type: ignore[arg-type]
        return start if self.in_force.holds(start) else None
