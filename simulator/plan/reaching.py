"""The least repair after which the whole gets a chosen judgement, by the decision tables of the kader.

The tables go into the integer programme as what any plan with that judgement must satisfy; each solution is applied and
judged, and one that does not get there is left out and the next lowest is taken. The first that gets there is the least.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.kader import judgement
from simulator.kader.assess import Status
from simulator.plan import repair
from simulator.plan.mending import Mending

if TYPE_CHECKING:
    from simulator.kader.standards import DecisionRow
    from simulator.plan.checking import Checked
    from simulator.plan.repair import Repair

_TRIES = 300
_WRONG = (Status.NOT_MET, Status.NOT_ASSESSABLE)


def judged(checked: Checked) -> str:
    """The judgement on the whole of a checked plan."""
    statuses = {one.obligation: one.status for one in checked.own}
    return judgement.judge_whole(checked.file.kader.file, statuses)


def reach(checked: Checked, wanted: str, *, cheapest: bool = False) -> Repair:
    """The least repair after which the judgement on the whole is the wanted one.

    Args:
        checked: the plan with its findings.
        wanted: a judgement of the kader.
        cheapest: fewest hours, and only then fewest changes.
    """
    ways = repair.ways_of(checked)
    if judged(checked) == wanted:
        return repair.listed(checked, ways, frozenset(), impossible=[], optimal=True, reached=True)
    mending = Mending(checked, ways)
    _Tables(checked, mending).want(wanted)
    for _ in range(_TRIES):
        try:
            chosen, optimal = mending.lowest(cheapest=cheapest)
        except ValueError:
            break
        if judged(repair.apply(checked, sorted(chosen))) == wanted:
            return repair.listed(checked, ways, chosen, impossible=[], optimal=optimal, reached=True)
        mending.exclude(chosen)
    return repair.listed(checked, ways, frozenset(), impossible=[], optimal=False, reached=False)


class _Tables:
    """The decision tables of a kader as bounds of a programme."""

    def __init__(self, checked: Checked, mending: Mending) -> None:
        self.file = checked.file.kader.file
        self.programme, self.own, self.met = mending.programme, mending.own, mending.met
        self.wrong = {one.obligation: one.status for one in checked.own if one.status in _WRONG}
        self.counted = {one.obligation for one in checked.own}

    def want(self, wanted: str) -> None:
        """Bound the programme to plans whose whole can have this judgement."""
        indicators = [one for aspect in self.file.standards.aspects for one in aspect.indicators]
        if not self.file.decision.overall:
            names = {name for one in indicators for name in one.obligations}
            self.programme.must(self._standard(names)[wanted])
            return
        each = {
            one.id: self._standard(set(one.obligations)) for one in indicators if self.counted & set(one.obligations)
        }
        rows = []
        for number, row in enumerate(self.file.decision.overall):
            chosen = self.programme.binary()
            if row.judgement == wanted:
                rows.append(chosen)
            for earlier in self.file.decision.overall[:number]:
                self._at_most(chosen, self._among(each, earlier.judged, earlier.among), earlier.at_least - 1)
            if row.judged is not None:
                among = self._among(each, row.judged, row.among)
                self.programme.limit({chosen: float(row.at_least), **dict.fromkeys(among, -1.0)}, 0)
        certain = self.programme.binary()
        self.programme.must(certain)
        self.programme.at_most(certain, rows)

    def _among(self, each: dict[str, dict[str, int]], judged: str | None, among: list[str]) -> list[int]:
        return [found[judged] for name, found in each.items() if judged in found and (not among or name in among)]

    def _standard(self, duties: set[str]) -> dict[str, int]:
        """Per judgement a variable that can be yes only when a row with that judgement can fit; one of them is."""
        by_judgement: dict[str, list[int]] = {}
        for row in self.file.decision.rows:
            fits = self.programme.binary()
            self._fits(fits, row, duties)
            by_judgement.setdefault(row.judgement, []).append(fits)
        found = {}
        for name, rows in by_judgement.items():
            found[name] = self.programme.binary()
            self.programme.at_most(found[name], rows)
        self.programme.exactly_one(list(found.values()))
        return found

    def _fits(self, fits: int, row: DecisionRow, duties: set[str]) -> None:
        """What is not met stays so until its own check passes; what is wrong either way stays so until it is met."""
        if row.not_met is not None:
            failed = [self.own[name] for name in duties if self.wrong.get(name) == Status.NOT_MET]
            self._without_at_most(fits, failed, row.not_met)
        if row.not_met is not None and row.not_assessable is not None:
            wrong = [self.met[name] for name in duties if name in self.wrong]
            self._without_at_most(fits, wrong, row.not_met + row.not_assessable)

    def _without_at_most(self, fits: int, variables: list[int], most: int) -> None:
        """When it fits, no more than this of the variables are no."""
        needed = max(0, len(variables) - most)
        self.programme.limit({fits: float(needed), **dict.fromkeys(variables, -1.0)}, 0)

    def _at_most(self, chosen: int, variables: list[int], most: int) -> None:
        """When it is chosen, no more than this of the variables are yes."""
        spare = max(0, len(variables) - most)
        self.programme.limit({chosen: float(spare), **dict.fromkeys(variables, 1.0)}, most + spare)
