"""What an swv is like in a replication, with the origin of every figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base import numbers
from simulator.base.days import NEVER, date_of
from simulator.base.language import pick, say
from simulator.reports import origins
from simulator.world import bekostiging
from simulator.world.bekostiging import later, planned

if TYPE_CHECKING:
    from simulator.kader.attributes import Attribute
    from simulator.reports.subject import Subject
    from simulator.world.scenario import Scenario

_SHARES = ("share", "yearly", "factor")
"""Units of which a value is told as a percentage."""


def facts(about: Subject) -> list[dict[str, Any]]:
    """What the swv is like in this replication, and whether each figure is given, known or drawn.

    What the tables of its plan take the place of played no part, and is left out; so is a day that does not come for it,
    and what is held against a rule of later.
    """
    scenario = about.player.scenario
    rows, replaced = [], _replaced(scenario, about)
    for name, attribute in scenario.kader.file.attributes.items():
        if name in replaced or (attribute.money and not _there(about, attribute.money.figure)):
            continue
        value = float(about.played.seen.attributes[name][about.number])
        if attribute.kind == "date" and value >= NEVER:
            continue
        given = about.swv.given.get(name)
        law = origins.set_by(about, name)
        source = given.source if given and given.origin == "known" else pick(law.source) if law else ""
        rows.append({
            "label": pick(attribute.label), "value": _value(value, attribute, _unit(scenario, attribute)),
            "origin": origins.of_attribute(about, name), "source": source,
        })  # fmt: skip
    return rows


def _there(about: Subject, figure: str) -> bool:
    """Whether what a figure of its money is held against was there when the report was adopted."""
    amounts = bekostiging.of_parameters(about.player.scenario.parameters)
    return later.names_by(figure, about.day(about.visit.adopted) or about.visited, amounts)


def _unit(scenario: Scenario, attribute: Attribute) -> str:
    """The unit in which an attribute is told: its own, else that of the parameter that it is drawn from."""
    parameter = scenario.parameters.get(attribute.parameter or "")
    return attribute.unit or ("rescue" if attribute.rescue else str(parameter.unit) if parameter else "")


def _replaced(scenario: Scenario, about: Subject) -> frozenset[str]:
    plan = scenario.plans.get(about.swv.code)
    if plan is None:
        return frozenset()
    years = later.years_of(scenario.plan_period) if later.tells(scenario.kader) else ()
    return planned.replaced(plan, years)


def _value(value: float, attribute: Attribute, unit: str) -> str:
    if attribute.kind == "date":
        return numbers.long_date(date_of(int(value)))
    if attribute.kind == "bit":
        return say("report.yes" if value else "report.no")
    if unit == "rescue":
        return numbers.difference(value, "share")
    if unit in _SHARES:
        return numbers.figure(value, "share")
    return numbers.figure(value, unit) if attribute.unit else numbers.number(value, attribute.decimals)
