"""What the money needs to know of each swv, from its attributes as drawn or given and from what is known of its region."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from simulator.base import resources, table
from simulator.base.errors import InputError, Problem
from simulator.base.language import say
from simulator.world import shocks
from simulator.world.bekostiging.changing import Change, changed
from simulator.world.bekostiging.data import AGES, LGF
from simulator.world.bekostiging.making import paths
from simulator.world.bekostiging.planned import planned_people
from simulator.world.bekostiging.rates import SECTORS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from simulator.kader.model import Kader
    from simulator.plan.model import Plan
    from simulator.world.bekostiging.people import People
    from simulator.world.bekostiging.rates import Amounts
    from simulator.world.population import Swv
    from simulator.world.scenario import Scenario

Array = np.ndarray
PATH = resources.WORLD / "verevening.csv"
CORRECTION = "verevening"
"""The attribute that holds the correction in euros per pupil of 2011."""
NEEDED = (CORRECTION, "special_growth", "sbo_share", "pupils", "pupils_trend", "special_trend", "growth_share")
_MOST_SHARE = 0.5


@dataclass(frozen=True)
class Region:
    """What is known of the correction of an swv or of those of a province.

    Attributes:
        sign: 1 where more was used than the norm, -1 where less, 0 where it is drawn.
        shift: euros per pupil added to what is drawn, where the sign is drawn.
    """

    sign: int
    shift: float
    source: str
    confidence: str


@cache
def regions(path: Path = PATH) -> dict[str, Region]:
    """What is known of the correction, by swv code and by province.

    Raises:
        InputError: a sign that is not 1, -1 or empty, a shift that is no number, or a row for nobody.
    """
    found, problems = {}, []
    for row in table.read(path, ("swv", "province", "sign", "shift", "source", "confidence")):
        name = row["swv"].text or row["province"].text
        if not name:
            problems.append(row["province"].problem(say("bekostiging.nobody")))
        if row["sign"].text not in ("", "1", "-1"):
            problems.append(row["sign"].problem(say("bekostiging.sign", value=row["sign"].text)))
            continue
        try:
            shift = table.number(row["shift"].text or "0")
        except ValueError:
            problems.append(row["shift"].problem(say("value.number", value=row["shift"].text)))
            continue
        sign = int(row["sign"].text or 0)
        found[name] = Region(sign, shift, row["source"].text, row["confidence"].text)
    if problems:
        raise InputError(problems)
    return found


def tells(kader: Kader) -> bool:
    """Whether a kader says of an swv what its money up to 2020 rests on."""
    return all(name in kader.file.attributes for name in NEEDED)


def check(scenario: Scenario) -> None:
    """See that the kader of a scenario says of an swv what the money needs.

    Raises:
        InputError: it does not, and what to do.
    """
    if not tells(scenario.kader):
        message = say("bekostiging.no_attributes", kader=scenario.kader.id)
        raise InputError(Problem(message, scenario.chain[0], hint=say("bekostiging.no_attributes_hint")))


def corrections(swv: Sequence[Swv], drawn: Array) -> Array:
    """The correction in euros per pupil of each swv: as given, else as drawn with the sign or shift of its region."""
    known = regions()
    found = np.array(drawn, dtype=float)
    for number, one in enumerate(swv):
        region = known.get(one.code) or known.get(one.province)
        if region is None or CORRECTION in one.given:
            continue
        found[number] = region.sign * abs(found[number]) if region.sign else found[number] + region.shift
    return found


def shares(swv: Sequence[Swv], attributes: Mapping[str, Array], amounts: Amounts) -> dict[str, Array]:
    """The attributes that `paths` wants, from those of a kader.

    What was used in 2011 is the norm plus the correction; lgf is a fixed part of it, the (v)so the rest, at the mean amount
    of its pupils. From there the share in the (v)so has grown by `special_growth` to 2013.
    """
    sector = np.array([SECTORS.index(one.sector) for one in swv])
    used = np.maximum(amounts.norm_personnel[sector] / 100 + corrections(swv, attributes[CORRECTION]), 0.0)
    national = amounts.data.national
    part = np.array([getattr(national.lgf_part, one) for one in SECTORS])[sector]
    special, lgf = _means(amounts)
    before = np.minimum(used * (1 - part) / special[sector], _MOST_SHARE)
    return {
        "pupils": attributes["pupils"],
        "special_share": np.minimum(before * attributes["special_growth"], _MOST_SHARE),
        "special_share_2011": before,
        "lgf_share_2011": np.minimum(used * part / lgf[sector], _MOST_SHARE),
        "sbo_share": np.clip(attributes["sbo_share"], 0.0, _MOST_SHARE),
        "pupils_trend": attributes["pupils_trend"],
        "special_trend": attributes["special_trend"],
        "growth_share": attributes["growth_share"],
        "opting_out": attributes.get("opting_out", np.zeros(len(swv))),
    }


def _means(amounts: Amounts) -> tuple[Array, Array]:
    """Mean amounts in euros of a (v)so pupil and of a pupil with lgf within the correction, per sector."""
    mix, lgf_mix = amounts.data.national.special_mix, amounts.data.national.lgf_mix
    old, lgf = amounts.old_personnel / 100, amounts.lgf["verevening_personnel"] / 100
    by_age = [float(np.dot(getattr(mix, age), old[number])) for number, age in enumerate(AGES)]
    by_kind = [getattr(lgf_mix, kind) * lgf[number] for number, kind in enumerate(LGF)]
    return np.array([by_age[0] + by_age[1], by_age[2]]), np.array([sum(by_kind[:3]), sum(by_kind[3:])])


def laid(scenario: Scenario) -> list[Change]:
    """The changes that the shocks of a scenario lay over its swv."""
    return [
        Change(one.start, one.kind, np.array([code in one.swv for code in scenario.swv]), one.size)  # type: ignore[arg-type]
        for one in shocks.changes(scenario)
    ]


def drawn_people(
    swv: Sequence[Swv],
    attributes: Mapping[str, Array],
    amounts: Amounts,
    changes: Sequence[Change] = (),
    plans: Mapping[str, Plan] | None = None,
) -> People:
    """The pupils of each swv of a replication.

    Args:
        swv: in the order of the arrays.
        attributes: as the engine gives them, with those that `NEEDED` names.
        amounts: which years there are.
        changes: what comes from outside.
        plans: plans by swv code; the counts in a plan's own table stand in the place of what is drawn, and changes come
            over them as well.
    """
    codes, sectors = [one.code for one in swv], [one.sector for one in swv]
    made = paths(codes, sectors, shares(swv, attributes, amounts), (), amounts)
    for number, code in enumerate(codes):
        own = planned_people(plans[code], amounts) if plans and code in plans else None
        if own is not None:
            made = made.with_one(number, own)
    return changed(made, changes, amounts)
