"""A kader: a supervision framework as data, with the days between which it holds.

Two halves: what is judged (the duties, the standards they count towards, the decision rule) and how (the werkwijze with
its pools, parameters and events).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.base.days import school_year
from simulator.base.fields import Date, Sector, Sourced, Text
from simulator.base.language import say
from simulator.base.validation import Strict
from simulator.kader.attributes import Attribute
from simulator.kader.catalogue import Gap
from simulator.kader.due import EventName, Moment, Period
from simulator.kader.duties import ObligationId
from simulator.kader.names import Act, AttributeName, Items, NodeId, ParameterName, PartName, PoolName
from simulator.kader.parameters import Parameter
from simulator.kader.pools import Pool, Team
from simulator.kader.shocks import Circumstance, ShockKind
from simulator.kader.standards import Decision, Standards
from simulator.kader.toezicht import OrderState, Toezicht
from simulator.kader.werkwijze import Node

if TYPE_CHECKING:
    from simulator.base.errors import Problem
    from simulator.kader.catalogue import LegalRule, Setting
    from simulator.kader.duties import Obligation


class Event(Strict):
    """Something that can happen to an swv, once or once per item.

    Attributes:
        history: the attribute that holds the date when it came before the start.
        setback: it throws the plan back; planning leaves it out, or plays it once.
        period: the first day of the plan's period, or the first day after it, instead of something that happens.
        change: a change of the running plan that was adopted without the consent of the OPR; read from its changes.
        act: what a step is that marks it, where the course of an onderzoek and the rules of toezicht do not tell.
    """

    label: Text
    items: Items | None = None
    history: AttributeName | None = None
    setback: bool = False
    period: Literal["start", "end"] | None = None
    change: Literal["unconsented"] | None = None
    act: Act | None = None


class Report(Strict):
    """Which kind of report follows a visit of some kinds (without any: every kind) on a day."""

    kind: Literal["simulatie", "kwaliteitsonderzoek"]
    title: Text
    visits: list[str] = []
    start: Date | None = Field(default=None, alias="from")
    until: Date | None = None

    def holds(self, day: date, visit: str) -> bool:
        """Whether a visit of this kind on this day gives this report."""
        of = not self.visits or visit in self.visits
        return of and (self.start is None or self.start <= day) and (self.until is None or day <= self.until)


class Visit(Strict):
    """A kind of onderzoek: the events that mark its course."""

    id: str
    label: Text
    visited: EventName
    drafted: EventName
    reaction: EventName
    adopted: EventName
    published: EventName

    @property
    def course(self) -> tuple[EventName, ...]:
        """Its events, in order."""
        return self.visited, self.drafted, self.reaction, self.adopted, self.published


class Kpi(Strict):
    """A figure that is reported of every run."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    kind: Literal[
        "event_before",
        "items_before",
        "content_complete",
        "in_order",
        "findings",
        "visit_to_report",
        "pool_utilisation",
        "pool_wait",
        "hours",
        "euros",
        "attribute",
        "times",
        "orders",
        "orders_per_report",
        "judged",
        "repair_days",
        "breaches",
    ]
    unit: Literal["share", "count", "days", "hours", "eur", "percent", "year"]
    label: Text
    definition: Text
    event: EventName | None = None
    before: Date | Moment | None = Field(default=None, union_mode="left_to_right")
    group: str | None = None
    on: Date | None = None
    happened: list[EventName] = []
    obligations: list[ObligationId] = []
    visits: list[str] = []
    actor: str | None = None
    attribute: AttributeName | None = None
    state: OrderState | None = None
    judgement: str | None = None

    @model_validator(mode="after")
    def _complete(self) -> Any:
        needs = {
            "event_before": ("event", "before"),
            "items_before": ("event", "before"),
            "content_complete": ("event", "group"),
            "in_order": ("on",),
            "hours": ("actor",),
            "attribute": ("attribute",),
            "times": ("event",),
            "judged": ("judgement",),
        }
        for name in needs.get(self.kind, ()):
            if getattr(self, name) is None:
                raise PydanticCustomError("value.kpi", "kpi", {"name": name, "kind": self.kind})
        return self


class PlanPeriod(Strict):
    """The period of the plans of swv without a plan file; a school year begins on 1 August."""

    first_school_year: int
    school_years: Annotated[int, Field(ge=1)]


def period_days(first_school_year: int, school_years: int) -> dict[str, date]:
    """The first day of a plan's period, and the first day after it."""
    return {"start": school_year(first_school_year), "end": school_year(first_school_year + school_years)}


class State(Strict):
    """How far an swv can be: an event that has happened, for the first or for all of its items.

    Attributes:
        group: all duties in law of this group are in order in what was there on the day of the event.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: Text
    event: EventName
    items: Literal["first", "all"] = "all"
    group: str | None = None


class Support(Strict):
    """What help consists of, so that it can be given or withheld: its hours, who asks, from which day, and who gives it.

    Attributes:
        accepts: the chance that help that is offered later is taken.
        figure: a share of swv that help is meant to raise; `complete` and `ready` are shares shown beside it.
        step: the step of which the time is what the figure is about.
    """

    part: PartName
    hours: ParameterName
    asks: ParameterName
    accepts: ParameterName
    on: ParameterName
    pools: list[PoolName]
    figure: str
    complete: str
    ready: str
    step: NodeId


class Together(Strict):
    """Parts of the werkwijze whose burden is added up, with what they ask of an swv more than once."""

    id: str
    label: Text
    nodes: list[NodeId]
    asks: str


class Part(Strict):
    """A part of the model that a scenario can leave out, with what that takes away."""

    label: Text
    without: Text


class Repairs(Sourced):
    """What one change costs an swv in hours, by group of duties."""

    hours: dict[str, Annotated[float, Field(ge=0)]]


class KaderFile(Strict):
    """A kader as it stands in its file.

    Attributes:
        like: the kader from which it takes what it does not say itself; of things with names (events, pools, parameters
            and the like) each by itself, of the rest the whole.
        nodes: what goes otherwise in the werkwijze that it takes over: each takes the place of the node with its id.
        examined: the duties that an onderzoek of the Inspectie looks at: what `for_each: duties` runs over.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    name: Text
    holds: Period
    like: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")] | None = None
    source: str
    note: str = ""
    catalogue: str
    obligations: list[ObligationId] | Literal["all"]
    events: dict[str, Event]
    elements: dict[Sector, list[ObligationId]]
    examined: dict[Sector, list[ObligationId]] = {}
    plan_period: PlanPeriod
    scenario: str
    repairs: Repairs
    standards: Standards
    decision: Decision
    reports: list[Report]
    visits: list[Visit]
    progress: list[State] = []
    toezicht: Toezicht | None = None
    together: list[Together] = []
    support: Support | None = None
    parts: dict[str, Part] = {}
    phases: dict[str, Text] = {}
    circumstances: dict[str, Circumstance] = {}
    shocks: dict[str, ShockKind] = {}
    pools: dict[str, Pool]
    teams: dict[str, Team] = {}
    attributes: dict[str, Attribute]
    parameters: dict[str, Parameter]
    kpis: list[Kpi]
    nodes: list[Node] = []
    werkwijze: Node

    @model_validator(mode="after")
    def _each_once(self) -> Any:
        listed = list(self.obligations) if isinstance(self.obligations, list) else []
        standards = [one.id for aspect in self.standards.aspects for one in aspect.indicators]
        for names in (listed, standards, [aspect.id for aspect in self.standards.aspects]):
            for name in names:
                if names.count(name) > 1:
                    raise PydanticCustomError("kader.twice", "twice", {"value": name})
        return self

    @model_validator(mode="after")
    def _attributes_in_order(self) -> Any:
        """An attribute can rest on those before it alone: they are worked out in the order of the file."""
        before: set[str] = set()
        for name, attribute in self.attributes.items():
            parameter = self.parameters.get(attribute.parameter or "")
            rests = {*(parameter.factors if parameter else ()), *filter(None, [attribute.only_if])}
            rests |= {attribute.rescue.slack, attribute.rescue.hours} if attribute.rescue else set()
            if later := sorted((rests - before) & set(self.attributes)):
                raise PydanticCustomError("kader.later", "later", {"value": name, "later": ", ".join(later)})
            before.add(name)
        return self

    @model_validator(mode="after")
    def _events_of_duties(self) -> Any:
        """Findings and orders happen per duty; being looked at and chosen happens to an swv."""
        rule = self.toezicht
        for field in rule.model_fields_set if rule else ():
            event = self.events.get(str(getattr(rule, field)))
            if event is not None and (event.items == "duties") != (field in rule.of_duties):  # type: ignore[union-attr]
                raise PydanticCustomError("kader.toezicht", "toezicht", {"value": field})
        return self

    def hours_of(self, group: str) -> float:
        """What one change about a duty of a group costs."""
        return self.repairs.hours.get(group, 0.0)


@dataclass(frozen=True)
class Kader:
    """A kader with its duties, read and checked.

    Attributes:
        file: the kader as it stands in its file.
        obligations: its duties by id, in the order of the catalogue.
        sources: path and SHA-256 of every file it was read from.
        read_until, gaps, settings, rules: of its catalogue.
        places: per node of the werkwijze its place in the file, as a problem without a message.
    """

    file: KaderFile
    obligations: dict[str, Obligation]
    sources: dict[str, str]
    read_until: date
    gaps: tuple[Gap, ...]
    settings: dict[str, Setting]
    rules: dict[str, LegalRule]
    places: dict[str, Problem]

    def reading(self, choices: dict[str, str]) -> Kader:
        """The kader with other answers to questions that the law leaves open.

        Raises:
            KeyError: there is no such question or answer.
        """
        starts = {
            duty: day
            for name, choice in choices.items()
            for duty, day in self.settings[name].choices[choice].starts.items()
        }
        changed = {
            name: duty.starting(starts[name]) if name in starts else duty for name, duty in self.obligations.items()
        }
        return replace(self, obligations=changed)

    def unread(self, sector: Sector) -> list[Gap]:
        """Times of which the law of a sector was not read: the gaps, and all that comes after the last reading."""
        later = self.read_until + timedelta(days=1)
        note = say("check.after_reading", day=self.read_until)
        text = Text.model_construct(nl=note, en=note)
        after = Gap.model_construct(sector=sector, articles="", start=later, until=date.max, note=text)
        return [*self.gaps, after]

    @property
    def id(self) -> str:
        """The name of the kader."""
        return self.file.id

    @property
    def events(self) -> dict[str, Event]:
        """What can happen, by name."""
        return self.file.events

    @cached_property
    def content_obligations(self) -> list[str]:
        """Duties that are checked on what the plan, the statutes or the organisation show."""
        return [
            obligation.id
            for obligation in self.obligations.values()
            if any(version.checks.content for version in obligation.versions)
        ]

    def parts(self, obligation: str, sector: str) -> dict[str, Any]:
        """Questions about a duty in a sector, by key, over all its versions."""
        return {
            part.key: part
            for version in self.obligations[obligation].versions
            for part in version.parts
            if part.sector in (None, sector) and version.sector in (sector, "both")
        }
