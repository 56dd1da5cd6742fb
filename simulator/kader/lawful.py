"""Is a working method lawful: its steps held against what the law of their dates asks of the Inspectie and the minister.

Every way through the tree is followed with the earliest day on which a step can begin, and with what has surely been done
before it and how long ago. What a step is, it says itself (`act`); what the law asks is data (`lawful.yaml`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.base import resources, yamlfile
from simulator.base.fields import Date, Sector, Text
from simulator.base.language import pick, say
from simulator.base.validation import Strict, validated
from simulator.kader.following import Following
from simulator.kader.names import Act
from simulator.kader.ways import Ways

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from simulator.base.errors import Problem
    from simulator.kader.catalogue import LegalRule
    from simulator.kader.duties import Provision
    from simulator.kader.model import Kader
    from simulator.kader.parameters import Parameter
    from simulator.kader.ways import Visit

SECTORS: tuple[Sector, ...] = ("po", "vo")
_FORMAT = "lawful"


class Requirement(Strict):
    """One thing that a rule of the catalogue asks of a working method; see the head of the data file."""

    rule: str
    power: list[Act] = []
    act: list[Act] = []
    after: Annotated[list[Act], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)] = []
    days: Annotated[list[Annotated[int, Field(ge=0)] | None], Field(min_length=2, max_length=2)] | None = None
    cites: bool = False
    leads_to: Act | None = None
    share: Annotated[float, Field(gt=0, le=1)] | None = None
    start: Date | None = Field(default=None, alias="from")
    until: Date | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        asks = [bool(self.after), self.cites, self.leads_to is not None, self.share is not None]
        if bool(self.power) == bool(self.act) or (self.act and asks.count(True) != 1):
            raise PydanticCustomError("lawful.form", "lawful", {})
        return self

    def held(self, rule: LegalRule, day: date, sector: Sector) -> Provision | None:
        """The version of the rule that holds on a day, if this requirement does then."""
        if (self.start and day < self.start) or (self.until and day > self.until):
            return None
        return rule.on(day, sector) or rule.on(day, "po")


class _File(Strict):
    rules: list[Requirement]
    opens: dict[Act, list[Act]] = {}


@dataclass(frozen=True)
class Finding:
    """A step that the law of its day does not allow as it stands.

    Attributes:
        node, label: the step.
        rule, article: what it goes against.
        power: it uses a power that did not exist yet.
        day: the first day on which the step can come.
        key, values: of the text that says what is wrong.
        law: what the rule says.
        shared: other steps have the same label (a copy, and what it is a copy of): it is named with its id.
    """

    node: str
    label: Any
    rule: str
    article: str
    power: bool
    day: date
    key: str
    values: tuple[tuple[str, Any], ...]
    law: Any
    shared: bool = False

    def words(self) -> str:
        """What is wrong, in the language of the user."""
        values = {name: say(f"act.{value}") if name in ("act", "what") else value for name, value in self.values}
        label = _with_id(pick(self.label), self.node) if self.shared else pick(self.label)
        return say(f"lawful.{self.key}", label=label, article=self.article, **values)


def _file() -> _File:
    path = resources.KADERS / "lawful.yaml"
    return _read(path, *resources.state(path))


@cache
def _read(path: Any, _place: Any, _changed: int) -> _File:
    found: _File = validated(_File, yamlfile.read(path), _FORMAT, {})
    return found


def spans() -> list[Requirement]:
    """What the law asks that counts days between two acts, and so can be held against what happened as well."""
    return [one for one in _file().rules if one.days is not None]


def findings(
    kader: Kader, parameters: Mapping[str, Parameter] | None = None, span: tuple[date, date] | None = None,
    without: Collection[str] = (),
) -> list[Finding]:  # fmt: skip
    """What is unlawful in the werkwijze of a kader, in the order of its steps.

    Args:
        kader: whose werkwijze.
        parameters: other numbers than those of the kader.
        span: the first and the last day that is played; else those of the kader.
        without: parts of the model that are left out.
    """
    file, holds = _file(), kader.file.holds
    first, last = span or (holds.start, holds.until or date.max)
    numbers, terms = parameters or kader.file.parameters, kader.file.decision.orders
    follows = {
        (sector, act, rule.rule): Following(sector, rule.until or last, _begins_anew(file, act)).steps(
            kader.file.werkwijze, max(first, rule.start or first)
        )
        for sector in SECTORS for rule in file.rules if rule.leads_to for act in rule.act
    }  # fmt: skip
    withheld = kader.file.toezicht.withheld if kader.file.toezicht else None
    kept_back = numbers[withheld.share].highest() if withheld else 0.0
    found = [
        one
        for sector in SECTORS
        for visit in Ways(kader.file.attributes, numbers, file.opens, sector, without, terms).visits(
            kader.file.werkwijze, first
        )
        if visit.earliest <= last
        for requirement in file.rules
        for one in _checked(
            requirement, kader.rules.get(requirement.rule), visit.until(last), sector, follows, kept_back
        )
    ]
    labels = Counter(node.step.label.nl for node in kader.file.werkwijze.walk() if node.step)
    each = {(one.node, one.rule, one.key, one.values): one for one in found}
    return [replace(one, shared=labels[one.label.nl] > 1) for one in each.values()]


def _checked(
    requirement: Requirement, rule: LegalRule | None, visit: Visit, sector: Sector,
    follows: Mapping[tuple[Sector, Act, str], Mapping[str, Collection[Act]]], kept_back: float,
) -> Iterator[Finding]:  # fmt: skip
    """What one requirement finds in one step.

    Args:
        requirement, rule, visit, sector: what is asked, by which rule, of which step, in which sector.
        follows: per sector, act to which something must lead, and rule, what is done in each step or after it.
        kept_back: the largest share of the funding that a measure takes.
    """
    if rule is None:
        return
    if requirement.power:
        yield from _power(requirement, rule, visit, sector)
        return
    for act in requirement.act:
        if act in visit.step.act and (day := _day_held(requirement, rule, visit, sector)):
            law = requirement.held(rule, day, sector) or rule.versions[0]
            if requirement.share is not None and kept_back > requirement.share:
                values = (("act", act), ("n", f"{kept_back:.0%}"), ("most", f"{requirement.share:.0%}"))
                yield _finding(requirement, law, visit, day, "share", values, sector)
            if requirement.leads_to and requirement.leads_to not in follows[sector, act, rule.id][visit.node]:
                yield _finding(
                    requirement, law, visit, day, "nowhere", (("act", act), ("what", requirement.leads_to)), sector
                )
            yield from _asked(requirement, requirement.held(rule, day, sector), visit, act, day, sector)


def _begins_anew(file: _File, act: Act) -> frozenset[Act]:
    """The acts that begin something of which an act is no part any more: they undo it, or what must come before it."""
    own = {act, *(before for rule in file.rules if act in rule.act for before in rule.after)}
    return frozenset(one for one, undone in file.opens.items() if own & set(undone))


def _power(requirement: Requirement, rule: LegalRule, visit: Visit, sector: Sector) -> Iterator[Finding]:
    starts = [version.in_force.start for version in rule.versions if version.sector in (sector, "po", "both")]
    begin = max(min(starts), requirement.start or min(starts))
    for act in requirement.power:
        if act in visit.step.act and visit.earliest < begin:
            law = requirement.held(rule, begin, sector) or rule.versions[0]
            values = (("act", act), ("day", visit.earliest.isoformat()), ("start", begin.isoformat()))
            yield _finding(requirement, law, visit, visit.earliest, "power", values, sector)


def _day_held(requirement: Requirement, rule: LegalRule, visit: Visit, sector: Sector) -> date | None:
    """The first day on which the step can come and the requirement holds; None when there is none."""
    starts = [version.in_force.start for version in rule.versions] + ([requirement.start] if requirement.start else [])
    days = sorted({visit.earliest, *(day for day in starts if day > visit.earliest)})
    return next((day for day in days if day <= visit.latest and requirement.held(rule, day, sector)), None)


def _asked(
    requirement: Requirement, law: Provision | None, visit: Visit, act: Act, day: date, sector: Sector
) -> Iterator[Finding]:
    if law is None:
        return
    if requirement.cites and not visit.step.duty and not visit.per_duty:
        yield _finding(requirement, law, visit, day, "cites", (("act", act),), sector)
    if not requirement.after:
        return
    values: tuple[tuple[str, Any], ...] = (("act", act), ("what", requirement.after[0]))
    since = min(filter(None, (visit.since(before, act) for before in requirement.after)), default=None)
    if since is None:
        yield _finding(requirement, law, visit, day, "after", values, sector)
        return
    least, most = requirement.days or (0, None)
    if least is not None and round(since[0], 6) < least:
        yield _finding(
            requirement, law, visit, day, "soon", (*values, ("n", _short(since[0])), ("least", least)), sector
        )
    if most is not None and since[1] > most:
        yield _finding(requirement, law, visit, day, "late", (*values, ("n", _short(since[1])), ("most", most)), sector)


def _short(days: float) -> str:
    return f"{days:.0f}" if days < 10_000 else "> 10000"


def _finding(
    requirement: Requirement, law: Provision, visit: Visit, day: date, key: str, values: tuple[tuple[str, Any], ...],
    sector: Sector,
) -> Finding:  # fmt: skip
    article = law.article.get(sector) or next(iter(law.article.values()))
    return Finding(visit.node, visit.step.label, requirement.rule, article, key == "power", day, key, values, law.text)


def problems(kader: Kader, found: Sequence[Finding]) -> list[Problem]:
    """Findings as problems, each at its step in the file of the kader."""
    return [
        replace(_place(kader.places, one.node), message=one.words(), hint=f"{one.rule}: {pick(one.law)}")
        for one in found
    ]


def _place(places: Mapping[str, Problem], name: str) -> Problem:
    """Where a node stands; of a node in a copy (`like`) where the copy is put in, the id of which comes before its own."""
    while name and name not in places:
        name = name.rpartition("_")[0]
    return places[name] if name else next(iter(places.values()))


def marked(rows: Iterable[Mapping[str, Any]]) -> str:
    """That a werkwijze goes against the law, with its steps and articles (as `told`); empty when it does not."""
    names = "; ".join(dict.fromkeys(f"{_called(one)} ({one['article']})" for one in rows))
    return say("lawful.marked", names=names) if names else ""


def articles(found: Iterable[Finding]) -> dict[str, str]:
    """Per step that goes against the law the articles, with `; ` between them."""
    each: dict[str, dict[str, None]] = {}
    for one in found:
        each.setdefault(one.node, {})[one.article] = None
    return {node: "; ".join(own) for node, own in each.items()}


def _called(one: Mapping[str, Any]) -> str:
    """The label of a step; its id where that is not told (as in runs of before)."""
    label = pick(Text.model_validate(one["label"])) if "label" in one else str(one["step"])
    return _with_id(label, str(one["step"])) if one.get("shared") else label


def _with_id(label: str, node: str) -> str:
    """A step by its label and id, where the label alone would not tell which one is meant."""
    return f"{label} [{node}]"


def told(found: Sequence[Finding]) -> list[dict[str, Any]]:
    """Findings as plain data, the same in every language."""
    return [
        {"step": one.node, "label": one.label.model_dump(), "rule": one.rule, "article": one.article,
         "from": one.day.isoformat(), "shared": one.shared}
        for one in found
    ]  # fmt: skip
