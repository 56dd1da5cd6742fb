"""What the documents of a plan are about: the swv, the school years and the kader, given or read from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.base.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.kader.model import Kader
    from simulator.plan.documents.blocks import Document
    from simulator.plan.documents.happenings import Told
    from simulator.plan.documents.proposing import Proposal


def proposed(files: Sequence[str], kader_name: str | None, swv: str | None, year: int | None) -> Proposal:
    """What documents propose, for the swv, kader and years that are given or found in them."""
    from simulator.plan.documents import proposing, reading
    from simulator.plan.model import SchoolYears
    from simulator.world import population

    documents = reading.read_all([Path(name) for name in files])
    everyone = population.everyone()
    code, code_told = _swv(documents, swv, everyone)
    first, years, period_told = _period(documents, year)
    day = date(first, 4, 30)
    area = everyone[code].area(day)
    proposal = proposing.propose(
        documents,
        kader_of(kader_name, day),
        code,
        SchoolYears(first_school_year=first, school_years=years),
        day,
        area.gemeenten,
        everyone[code].overlaps,
        {path: told for path, told in (("swv", code_told), ("period/first_school_year", period_told)) if told},
    )
    return replace(proposal, other_swv=_other(documents, code, everyone))


def _other(documents: Sequence[Document], code: str, everyone: dict[str, Any]) -> str:
    """The swv that the documents name where they nowhere name the one that the plan is said to be of."""
    from simulator.plan.documents import happenings

    told = happenings.code(documents, everyone)
    return told.value if told and happenings.code(documents, (code,)) is None else ""


def _swv(documents: Sequence[Document], given: str | None, everyone: dict[str, Any]) -> tuple[str, Told | None]:
    """The swv that is given; else the one that the documents name, with where they do."""
    from simulator.base.errors import InputError, Problem, nearest
    from simulator.plan.documents import happenings

    if given is not None:
        code = given.upper().replace("-", "")
        if code not in everyone:
            raise InputError(Problem(say("table.unknown_swv", name=given), hint=nearest(code, everyone)))
        return code, None
    told = happenings.code(documents, everyone)
    if told is None:
        raise InputError(Problem(say("import.no_swv"), hint=say("import.no_swv_do")))
    return told.value, told


def _period(documents: Sequence[Document], year: int | None) -> tuple[int, int, Told | None]:
    """The first school year and how many: as given (then four, unless the documents say so), else as the documents say."""
    from simulator.base.errors import InputError, Problem
    from simulator.plan.documents import happenings

    told = happenings.period(documents)
    if year is not None and (told is None or told.value[0] != year):
        return year, 4, None
    if told is None:
        raise InputError(Problem(say("import.no_period"), hint=say("import.no_period_do")))
    return (*told.value, told)


def kader_of(name: str | None, day: date) -> Kader:
    """The kader that is named, else the shipped one that holds on the day.

    Raises:
        InputError: there is none.
    """
    from simulator.base.errors import InputError, Problem
    from simulator.kader import reading

    kader = reading.load(name) if name is not None else reading.shipped_on(day)
    if kader is None:
        held = [one.file.holds for one in reading.shipped()]
        hint = say("import.no_kader_do", start=held[0].start, until=held[-1].until or "...")
        raise InputError(Problem(say("import.no_kader", day=day), hint=hint))
    return kader
