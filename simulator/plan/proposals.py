"""What in a plan a program proposed and no person has accepted yet, and what it counts for until then.

- An *answer* counts as claimed. A proposed no counts as not known.
- A *date* of an event does not count: it is not known whether it happened.
- A *table* (boards, budget, goals, pupils) counts as claimed; where it alone makes that a duty is not met, that is not
  known.
- The *frame* (swv, period, gemeenten) counts, since nothing can be judged without it.

So nothing that is proposed speaks against a plan, and no date makes a step done; what does rest on a proposal can be told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from simulator.kader import timing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulator.base.yamlfile import Loc
    from simulator.kader.duties import Version
    from simulator.plan.evidence import Evidence
    from simulator.plan.model import Plan

PROPOSED = "proposed"
TABLES = ("boards", "money", "goals", "pupils")
Kind = Literal["answer", "date", "table", "frame"]


@dataclass(frozen=True)
class Proposed:
    """One thing that waits for a person.

    Attributes:
        name: the question (`PLAN-b.criteria`), the event, the table, or the path of a part of the frame.
        item: of an event the gemeente or swv; of a table the board, year or goal.
        value: what is proposed.
        state: where its state stands in the plan.
    """

    kind: Kind
    name: str
    item: str
    value: Any
    evidence: Evidence
    state: Loc

    @property
    def counts(self) -> bool:
        """Whether it is taken to be so until a person looks at it."""
        return self.kind != "date" and self.value is not False


def everything(plan: Plan, on: date) -> list[Proposed]:
    """All that waits for a person in the plan as it stands on a day."""
    return [*_frame(plan), *_answers(plan, on), *_tables(plan, TABLES), *_dates(plan)]


def of_duty(plan: Plan, name: str, version: Version, on: date) -> list[Proposed]:
    """What the check of a duty rests on, or would rest on, that waits for a person."""
    content = version.checks.content or ""
    events = {event for event, _ in timing.parse(version.checks.timing).names()} if version.checks.timing else set()
    asked = [one for one in TABLES if f"plan.{one}" in content]
    answers = (one for one in _answers(plan, on) if one.name.partition(".")[0] == name) if content else ()
    meetings = {"opr_meetings"} if "plan.meetings" in content else set()
    return [*answers, *_tables(plan, asked), *(one for one in _dates(plan) if one.name in events | meetings)]


def _frame(plan: Plan) -> Iterator[Proposed]:
    for path, source in plan.sources.items():
        whole, _, item = path.partition("/")
        if source.state == PROPOSED and whole not in ("events", "organisation"):
            name, item = (whole, item) if whole in ("gemeenten", "overlaps") else (path, "")
            yield Proposed("frame", name, item, item or None, source, ("sources", path, "state"))


def _answers(plan: Plan, on: date) -> Iterator[Proposed]:
    """Answers; a quote without an answer proposes nothing that counts, but must be looked at too."""
    for duty, parts in plan.answers_on(on).items():
        for part, answer in parts.items():
            if answer.state == PROPOSED:
                yield Proposed("answer", f"{duty}.{part}", "", answer.answer, answer, ("answers", duty, part, "state"))


def _tables(plan: Plan, names: Iterable[str]) -> Iterator[Proposed]:
    for name in names:
        for number, row in enumerate(getattr(plan, name)):
            if row.state == PROPOSED:
                item = {"goals": "goal", "boards": "name"}.get(name, "year")
                yield Proposed("table", name, str(getattr(row, item)), None, row, (name, number, "state"))


def _dates(plan: Plan) -> Iterator[Proposed]:
    for name, value in plan.events.items():
        for item, day in value.items() if isinstance(value, dict) else (("", value),):
            yield from _date(plan, name, item, day, *filter(None, ("events", name, item)))
    for day in plan.organisation.opr_meetings:
        yield from _date(plan, "opr_meetings", "", day, "organisation", "opr_meetings", str(day))


def _date(plan: Plan, name: str, item: str, day: Any, *path: str) -> Iterator[Proposed]:
    source = plan.waiting(*path)
    if source is not None and day is not None:
        yield Proposed("date", name, item, day, plan.sources[source], ("sources", source, "state"))
