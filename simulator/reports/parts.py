"""A comparison of runs for parts of the country: the same figures per sector, province and swv."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.language import pick, say
from simulator.kader.model import KaderFile
from simulator.outcomes import kpis, statistics, stored

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.outcomes.statistics import Difference
    from simulator.outcomes.store import Run
    from simulator.outcomes.stored import Looks
    from simulator.world.population import Swv

Array = np.ndarray


@dataclass(frozen=True)
class Part:
    """Some swv that go together.

    Attributes:
        kind: `sector`, `province`, `both` (a sector within a province) or `swv`.
        sector, province: that all of them are of; "" when they are of several.
    """

    kind: str
    name: str
    codes: tuple[str, ...]
    sector: str = ""
    province: str = ""


@dataclass(frozen=True)
class Measured:
    """A figure that can be told of any part: a value per look, and how looks become a figure.

    Attributes:
        values: per replication (rows) and swv (columns); NaN where there is nothing to measure.
    """

    id: str
    label: str
    unit: str
    values: Array


@dataclass(frozen=True)
class Compared:
    """A figure of a part in two runs."""

    part: Part
    base: float
    other: float
    difference: Difference


def parts(people: dict[str, Swv], codes: Sequence[str]) -> Iterator[Part]:
    """The sectors, the provinces, each sector within each province where that is another part, and every swv alone."""
    sectors = sorted({people[code].sector for code in codes})
    provinces = sorted({people[code].province for code in codes})
    whole: list[tuple[str, ...]] = []
    for kind, pairs in (
        ("sector", [(sector, "") for sector in sectors]),
        ("province", [("", province) for province in provinces]),
        ("both", [(sector, province) for province in provinces for sector in sectors]),
    ):
        for sector, province in pairs:
            own = tuple(
                code for code in codes
                if people[code].sector == (sector or people[code].sector)
                and people[code].province == (province or people[code].province)
            )  # fmt: skip
            if own and (kind != "both" or own not in whole):
                whole.append(own)
                yield _part(kind, " ".join(filter(None, (sector, province))), own, people)
    for code in codes:
        yield _part("swv", code, (code,), people)


def _part(kind: str, name: str, codes: tuple[str, ...], people: dict[str, Swv]) -> Part:
    sectors, provinces = ({getattr(people[code], what) for code in codes} for what in ("sector", "province"))
    sector, province = ("".join(values) if len(values) == 1 else "" for values in (sectors, provinces))
    return Part(kind, name, codes, sector, province)


def measured(run: Run, codes: Sequence[str], shared: Array) -> list[Measured]:
    """The figures that a run has stored of every swv: sent in time and the like, and findings per visit.

    Args:
        run: a stored run.
        codes: the swv.
        shared: replications to use, in order.
    """
    file: KaderFile = run.scenario.kader.file
    own = {
        name
        for name, duty in run.scenario.kader.obligations.items()
        if any(version.counts for version in duty.versions)
    }
    timed = [kpi for kpi in file.kpis if kpi.kind == "event_before"]
    names = [visit.id for visit in file.visits] + [str(kpi.event) for kpi in timed]
    looks = stored.looks(run, list(dict.fromkeys(names)), codes)
    rows = []
    for kpi in timed:
        one = looks[str(kpi.event)]
        if len(one.on) and kpi.before is not None:
            rows.append(
                Measured(kpi.id, pick(kpi.label), "share", _at(one, shared, one.on, kpis.due(run.scenario, kpi)))
            )
    for visit in file.visits:
        one = looks[visit.id]
        if len(one.on):
            label = say("overview.findings_at", visit=pick(visit.label))
            rows.append(Measured(f"findings-{visit.id}", label, "count", _at(one, shared, one.missed(own), None)))
    return rows


def _at(looks: Looks, shared: Array, values: Array, before: int | None) -> Array:
    """A value per replication and swv; for a day whether it came before another, 0 when it did not come."""
    table = np.full((len(looks.replications), len(looks.codes)), np.nan if before is None else 0.0)
    found = values if before is None else (values < before)
    table[np.searchsorted(looks.replications, looks.replication), looks.swv] = found
    return table[np.isin(looks.replications, shared)]


def compared(
    base: Measured, other: Measured, people: dict[str, Swv], codes: Sequence[str], *, paired: bool
) -> list[Compared]:
    """A figure of every part in two runs."""
    place = {code: number for number, code in enumerate(codes)}
    differ = statistics.paired if paired else statistics.unpaired
    found = []
    for part in parts(people, codes):
        columns = [place[code] for code in part.codes]
        most = 1.0 if base.unit == "share" else None
        left, right = _mean(base.values[:, columns]), _mean(other.values[:, columns])
        found.append(Compared(part, _whole(left), _whole(right), differ(left, right, most=most)))
    return found


def _mean(values: Array) -> Array:
    """The mean over swv per replication; NaN where there was nothing to measure."""
    there = ~np.isnan(values)
    counts = there.sum(axis=1)
    sums = np.where(there, values, 0.0).sum(axis=1)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def _whole(values: Array) -> float:
    there = values[~np.isnan(values)]
    return float(there.mean()) if len(there) else float("nan")
