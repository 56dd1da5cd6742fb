"""Where what a report shows comes from: given by the user, known from a public source, or drawn by the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import day_of
from simulator.base.language import say
from simulator.kader import timing
from simulator.kader.assess import explain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulator.kader.assess import Assessment
    from simulator.kader.model import KaderFile
    from simulator.kader.parameters import Parameter
    from simulator.reports.subject import Subject

ORDER = ("given", "known", "unverified", "drawn")


def shown(origins: Iterable[str]) -> dict[str, str]:
    """Origins as a report shows them: an id for the style, and the words."""
    found = sorted(set(origins), key=ORDER.index)
    return {"id": found[-1] if found else "", "text": " + ".join(say(f"origin.{name}") for name in found)}


def of_area(about: Subject) -> str:
    """Origin of the gemeenten and what follows from them; of the national swv they were not read."""
    return "unverified" if about.swv.national else "known"


def of_attribute(about: Subject, name: str) -> str:
    """Origin of a characteristic of the swv; of its money that of the tables of its plan, which it is worked out from."""
    given = about.swv.given.get(name)
    if given:
        return given.origin
    plan, attribute = about.player.scenario.plans.get(about.swv.code), about.player.scenario.kader.file.attributes[name]
    if attribute.money and plan is not None and (plan.pupils or plan.money):
        return "given"
    return "known" if set_by(about, name) is not None else "drawn"


def set_by(about: Subject, name: str) -> Parameter | None:
    """The parameter of a day that a law which was read sets the same for all; None where the day was drawn or given."""
    attribute = about.player.scenario.kader.file.attributes[name]
    parameter = about.player.scenario.parameters.get(attribute.parameter or "")
    if name in about.swv.given or attribute.kind != "date" or parameter is None or parameter.confidence != "read":
        return None
    first, last = parameter.quantile(np.array([0.001, 0.999])).tolist()
    return parameter if first == last else None


def of_event(about: Subject, name: str) -> str:
    """Origin of the day of an event: what lies before the start can be given or known, all else was played."""
    history = about.player.scenario.kader.events[name].history
    day = about.day(name) if history else None
    if history is None or day is None or day >= about.player.scenario.period.start:
        return _of_visit(about, name)
    return of_attribute(about, history)


def _of_visit(about: Subject, name: str) -> str:
    """Origin of the day of an event that was played: a visit on the day that was planned has that of the planned day."""
    kader, day = about.player.scenario.kader.file, about.day(name)
    if day is None or name not in {visit.visited for visit in kader.visits}:
        return "drawn"
    for attribute in _awaited(kader):
        planned = float(about.played.seen.attributes[attribute][about.number])
        if planned == day_of(day) and attribute in about.swv.given:
            return of_attribute(about, attribute)
    return "drawn"


def _awaited(kader: KaderFile) -> list[str]:
    """Attributes whose day a step waits for."""
    times = [node.step.time for node in kader.werkwijze.walk() if node.step]
    return [str(time.until) for time in times if time and time.until in kader.attributes]


def of_duty(about: Subject, assessment: Assessment, name: str) -> set[str]:
    """Origins of everything that the status of a duty rests on, its root causes included."""
    return {
        origin for duty in {name, *explain(assessment, name).roots()} for origin in _of_check(about, assessment, duty)
    }


def _of_check(about: Subject, assessment: Assessment, name: str) -> Iterator[str]:
    checks = assessment.law.versions[name].checks
    if checks.content:
        yield "given" if about.swv.code in about.player.scenario.plans else "drawn"
    if checks.timing:
        yield from (of_event(about, event) for event, _ in timing.parse(checks.timing).names())
