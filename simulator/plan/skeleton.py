"""A plan without answers: every question of the law and every date that a duty asks for, to be filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.base.language import say
from simulator.kader import timing
from simulator.kader.law import law_on
from simulator.plan.details import MoneyYear
from simulator.plan.model import Answer, Plan, SchoolYears

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from typing import Any

    from simulator.base.fields import Sector
    from simulator.kader.duties import Part, Version
    from simulator.kader.law import Law
    from simulator.kader.model import Kader


def blank(
    kader: Kader,
    swv: str,
    first_school_year: int,
    years: int,
    on: date,
    gemeenten: Iterable[str],
    overlaps: Iterable[str],
) -> Plan:
    """A plan without answers.

    Args:
        kader: whose questions are asked, as the law stands on the day `on`.
        swv, first_school_year, years: whose plan, and for when.
        gemeenten, overlaps: as they are known.
    """
    sector: Sector = "po" if swv.lower().startswith("po") else "vo"
    law = law_on(kader.obligations, on, sector)
    items: dict[str, Any] = {"gemeenten": list(gemeenten), "overlaps": list(overlaps)}
    events: dict[str, Any] = {
        name: dict.fromkeys(items[kind]) or None if (kind := kader.events[name].items) else None
        for name in asked_events(kader, law)
    }
    return Plan(
        title=say("skeleton.title", swv=swv), swv=swv, sector=sector, kader=kader.id, **items,
        period=SchoolYears(first_school_year=first_school_year, school_years=years),
        answers={
            name: {key: Answer() for key in questions(version, sector)}
            for name, version in law.versions.items()
            if version.parts
        },
        money=[MoneyYear(year=first_school_year + number) for number in range(1, years + 1)],
        events=events,
    )  # fmt: skip


def questions(version: Version, sector: str) -> list[str]:
    """The questions about a duty in a sector."""
    return [part.key for part in version.parts if part.sector in (None, sector)]


def parts_on(kader: Kader, law: Law, name: str, sector: str) -> dict[str, Part]:
    """Every question about a duty that the kader knows, in the words of the law of a day where that asks it."""
    known = kader.parts(name, sector) if name in kader.obligations else {}
    held = law.versions[name].parts if name in law.versions else ()
    return {**known, **{part.key: part for part in held if part.sector in (None, sector)}}


def asked_events(kader: Kader, law: Law) -> list[str]:
    """The events that a duty is checked on and that a plan tells of, in the order of the kader."""
    texts = [
        text for one in law.versions.values() for text in (one.checks.timing, one.checks.late, one.due.when) if text
    ]
    asked = {name for text in texts for name, _ in timing.parse(text).names()} | {"adopted", "sent"}
    return [name for name, event in kader.events.items() if name in asked and not (event.period or event.change)]
