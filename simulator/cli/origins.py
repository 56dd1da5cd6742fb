"""What the documents of a plan are about: the swv, the school years and the kader, given or read from them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.base.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.kader.model import Kader
    from simulator.plan.documents.blocks import Document
    from simulator.plan.documents.proposing import Proposal


def proposed(files: Sequence[str], kader_name: str | None, swv: str | None, year: int | None) -> Proposal:
    """What documents propose, for the swv, kader and years that are given or found in them."""
    from simulator.plan.documents import proposing, reading
    from simulator.plan.model import SchoolYears
    from simulator.world import population

    documents = reading.read_all([Path(name) for name in files])
    everyone = population.everyone()
    code = _swv(documents, swv, everyone)
    first, years = _period(documents, year)
    day = date(first, 4, 30)
    kader = _kader(kader_name, day)
    area = everyone[code].area(day)
    return proposing.propose(
        documents,
        kader,
        code,
        SchoolYears(first_school_year=first, school_years=years),
        day,
        area.gemeenten,
        everyone[code].overlaps,
    )


def _swv(documents: Sequence[Document], given: str | None, everyone: dict[str, Any]) -> str:
    from simulator.base.errors import InputError, Problem, nearest
    from simulator.plan.documents import happenings

    if given is not None:
        code = given.upper().replace("-", "")
        if code not in everyone:
            raise InputError(Problem(say("table.unknown_swv", name=given), hint=nearest(code, everyone)))
        return code
    named = [code for one in documents for block in one.blocks for code in happenings.codes(block.words)]
    known = next((code for code in named if code in everyone), None)
    if known is None:
        raise InputError(Problem(say("import.no_swv"), hint=say("import.no_swv_do")))
    return known


def _period(documents: Sequence[Document], year: int | None) -> tuple[int, int]:
    from simulator.base.errors import InputError, Problem
    from simulator.plan.documents import happenings

    found = happenings.period(documents)
    if year is not None:
        return year, found[1] if found and found[0] == year else 4
    if found is None:
        raise InputError(Problem(say("import.no_period"), hint=say("import.no_period_do")))
    return found


def _kader(name: str | None, day: date) -> Kader:
    """The kader that is named, else the shipped one that holds on the day."""
    from simulator.base import resources
    from simulator.base.errors import InputError, Problem
    from simulator.kader import reading

    if name is not None:
        return reading.load(name)
    for path in sorted(resources.KADERS.glob("*.yaml")):
        if path.name not in resources.NOT_OFFERED:
            kader = reading.load(path.stem)
            if kader.file.holds.holds(day):
                return kader
    raise InputError(Problem(say("import.no_kader", day=day), hint=say("import.no_kader_do")))
