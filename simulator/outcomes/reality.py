"""What was seen in reality beside what the model says: which figures lie within what it plays, and what that is worth.

A figure that the model was given, or fitted to, shows that it does what it was told. Only a figure that it was not given
and that rests on more than one observation is evidence that it is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from simulator.base import resources, yamlfile
from simulator.base.fields import Confidence, Date, Text
from simulator.base.validation import Strict, validated
from simulator.kader.model import Kpi
from simulator.kader.names import exactly_one
from simulator.outcomes import kpis, toezicht

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from simulator.kader.model import Kader
    from simulator.outcomes.replication import Replication
    from simulator.world.scenariofile import Span

Array = np.ndarray
LEVEL = 0.90
ENOUGH = 20
"""Replications (or single cases) from which on it is judged whether a figure lies within what 90% of them span."""


class Observed(Strict):
    """A figure that was seen in reality.

    Attributes:
        kader: under which it was seen.
        cases: the kind of onderzoek whose days from visit to report it is about, each one by itself.
        measure: a figure of a whole run, as in the `kpis` of a kader.
        values: what was seen; of a range its ends.
        n: how many observations it rests on; without it as many as there are values.
        use: whether it follows from what the model was given, numbers in the model were chosen with it in view, or neither.
        within: the widest interval that the model may have.
        over: the first and the last day that it is about; a run that does not play them all says nothing of it.
    """

    id: str
    kader: str
    label: Text
    cases: str | None = None
    measure: dict[str, Any] | None = None
    unit: Literal["count", "days", "share"]
    values: list[float] = Field(min_length=1)
    n: Annotated[int, Field(ge=1)] | None = None
    use: Literal["input", "fitted", "predicted"]
    source: Text
    confidence: Confidence
    within: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None
    over: Annotated[list[Date], Field(min_length=2, max_length=2)] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        exactly_one(self, ("cases", "measure"), "value.attribute")
        return self

    @property
    def rests_on(self) -> int:
        """How many observations it rests on."""
        return self.n or len(self.values)


class _File(Strict):
    figures: list[Observed]


@dataclass(frozen=True)
class Held:
    """A figure beside what was played.

    Attributes:
        low, middle, high: between which 90% of the replications (or single cases) lie, and the middle one.
        played: how many of them there are.
        inside: every value that was seen lies between them (of a range: a part of it); None when too few were played.
    """

    figure: Observed
    low: float
    middle: float
    high: float
    played: int
    inside: bool | None

    @property
    def evidence(self) -> bool:
        """Whether it counts as evidence, for or against."""
        return self.figure.use == "predicted" and self.figure.rests_on > 1

    @property
    def narrow(self) -> bool | None:
        """Whether the interval is no wider than the figure allows; None when it says nothing of that."""
        if self.figure.within is None:
            return None
        return self.figure.within[0] <= self.low and self.high <= self.figure.within[1]


def figures(kader: Kader, path: Path | None = None, period: Span | None = None) -> list[Observed]:
    """The figures that were seen under a kader, or under the one that it is like.

    Args:
        kader: under which they were seen.
        path: of another file of figures.
        period: what is played; figures about other days are left out.

    Raises:
        InputError: a file of figures that is not as it should be.
    """
    document = yamlfile.read(path or resources.WORLD / "reality.yaml")
    file: _File = validated(_File, document, "reality", {})
    kin = [kader.id, *(Path(path).stem for path in kader.sources)]  # of the kader, and of those that it is like
    found = next((found for name in kin if (found := [one for one in file.figures if one.kader == name])), [])
    return [one for one in found if period is None or one.over is None or _played(one.over, period)]


def _played(days: Sequence[date], period: Span) -> bool:
    return period.start <= days[0] and days[-1] <= period.until


def hold(wanted: Sequence[Observed], plays: Iterable[Replication], swv: Array | None = None) -> list[Held]:
    """Figures beside the replications of a run.

    Args:
        wanted: the figures.
        plays: the replications; each is looked at once.
        swv: places of the swv that count; everybody without it.
    """
    values: dict[str, list[float]] = {one.id: [] for one in wanted}
    for play in plays:
        for one in wanted:
            values[one.id] += _cases(play, one.cases, swv) if one.cases else [_measured(play, one, swv)]
    return [_held(one, np.array([value for value in values[one.id] if not np.isnan(value)])) for one in wanted]


def _cases(play: Replication, visit: str, swv: Array | None) -> list[float]:
    """The days from visit to report of every onderzoek of a kind."""
    rule = next((one for one in play.looker.kader.file.visits if one.id == visit), None)
    if rule is None:
        return []
    whose, days = toezicht.lags(play.happened, play.looker, play.seen, rule)
    return list(map(float, (days if swv is None else days[np.isin(whose, swv)]).tolist()))


def _measured(play: Replication, one: Observed, swv: Array | None) -> float:
    file = play.looker.kader.file
    context = {"events": set(file.events), "attributes": set(file.attributes), "obligations": set(play.looker.duties)}
    told = {"id": one.id, "unit": one.unit, "label": one.label, "definition": one.label, **(one.measure or {})}
    parts = kpis.figure(play, Kpi.model_validate(told, context=context))
    return (parts if swv is None else parts.among(swv)).value


def _held(one: Observed, played: Array) -> Held:
    if not len(played):
        return Held(one, np.nan, np.nan, np.nan, 0, None)
    low, middle, high = (float(np.quantile(played, q)) for q in ((1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2))
    seen = min(one.values), max(one.values)
    a_range = one.n == 1 and len(one.values) > 1
    inside = seen[0] <= high and seen[1] >= low if a_range else low <= seen[0] and seen[1] <= high
    return Held(one, low, middle, high, len(played), inside if len(played) >= ENOUGH else None)
