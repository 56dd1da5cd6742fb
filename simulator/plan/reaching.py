"""The least repair after which the whole gets a chosen judgement, by the decision tables of the kader.

The tables go into the integer programme as what any plan with that judgement must satisfy; each solution is applied and
judged, and one that does not get there is left out and the next lowest is taken. The first that gets there is the least.
Where that takes too many tries, a repair of everything is made smaller as long as it still gets there: all of it is needed,
but it is not proved that no other set is smaller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.kader import judgement
from simulator.kader.assess import Status
from simulator.plan import repair
from simulator.plan.changes import hastening, spoiling
from simulator.plan.mending import Mending

if TYPE_CHECKING:
    from simulator.kader.standards import DecisionRow
    from simulator.plan.changes import Change
    from simulator.plan.checking import Checked
    from simulator.plan.repair import Repair

_TRIES = 30
"""Candidates that are judged before proof is given up; each takes up to a second in a plan without answers."""
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
    else:
        found = _pared(checked, wanted, cheapest=cheapest)
        return repair.listed(checked, ways, found, impossible=[], optimal=False, reached=bool(found))
    return repair.listed(checked, ways, frozenset(), impossible=[], optimal=False, reached=False)


def _pared(checked: Checked, wanted: str, *, cheapest: bool) -> frozenset[Change]:
    """The repair of everything without what is not needed to get there; nothing where all of it does not get there.

    Duties are left out whole, those with most changes (or hours) first, and then what is left change by change.
    """
    whole = repair.least(checked, cheapest=cheapest)
    kept = {change.id: change for change in whole.changes}
    if judged(repair.apply(checked, list(kept.values()))) != wanted:
        return frozenset()
    duties: dict[str, list[Change]] = {}
    for change in whole.changes:
        duties.setdefault(whole.duties[change.id][0], []).append(change)
    cost = {name: sum(one.hours if cheapest else 1.0 for one in own) for name, own in duties.items()}
    by_duty = [duties[name] for name in sorted(duties, key=lambda name: (-cost[name], name))]
    for group in [*by_duty, *([change] for change in whole.changes)]:
        names = {change.id for change in group}
        fewer = [change for change in kept.values() if change.id not in names]
        if names <= kept.keys() and judged(repair.apply(checked, fewer)) == wanted:
            kept = {change.id: change for change in fewer}
    return frozenset(kept.values())


class _Tables:
    """The decision tables of a kader as bounds of a programme."""

    def __init__(self, checked: Checked, mending: Mending) -> None:
        self.file = checked.file.kader.file
        self.programme, self.own, self.met = mending.programme, mending.own, mending.met
        self.made = mending.made
        self.wrong = {one.obligation: one.status for one in checked.own if one.status in _WRONG}
        self.counted = {one.obligation for one in checked.own}
        self.checked = checked
        self.failing: dict[str, list[int]] = {}

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
        for number, row in enumerate(self.file.decision.rows):
            fits = self.programme.binary()
            self._fits(fits, row, duties)
            if any(one.not_met == 0 and one.not_assessable is None for one in self.file.decision.rows[:number]):
                self._fails(fits, duties)
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
        if row.not_assessable is not None:
            unknown = [name for name in sorted(duties) if self.wrong.get(name) == Status.NOT_ASSESSABLE]
            self._without_at_most(fits, [self._settled(name) for name in unknown], row.not_assessable)

    def _settled(self, name: str) -> int:
        """A variable that is yes only when a duty that cannot be assessed is met, or turns out not met."""
        settled = self.programme.binary()
        self.programme.at_most(settled, [self.met[name], *self._failing(name)])
        return settled

    def _fails(self, fits: int, duties: set[str]) -> None:
        """After a row for what has nothing that is not met: something is. What is only unknown cannot become so."""
        self.programme.at_most(fits, [failing for name in sorted(duties) for failing in self._failing(name)])

    def _failing(self, name: str) -> list[int]:
        """A variable that is yes only when a duty can turn out not met; none where it cannot."""
        if name in self.failing:
            return self.failing[name]
        self.failing[name] = []
        if name not in self.own or name not in self.counted:
            return []
        fails, counted = self.programme.binary(), self.checked.assessment
        self._at_most(fails, [self.own[name]], 0)
        if not counted.own[name].false[0]:
            spoilt = (one for way in spoiling(self.checked, name) for one in sorted(way))
            self.programme.at_most(fails, [self.made[one] for one in spoilt if one in self.made])
        if not counted.due[name][0]:
            self.programme.at_most(fails, [self.made[one] for one in hastening(self.checked, name, self.made)])
        self.failing[name] = [fails]
        return [fails]

    def _without_at_most(self, fits: int, variables: list[int], most: int) -> None:
        """When it fits, no more than this of the variables are no."""
        needed = max(0, len(variables) - most)
        self.programme.limit({fits: float(needed), **dict.fromkeys(variables, -1.0)}, 0)

    def _at_most(self, chosen: int, variables: list[int], most: int) -> None:
        """When it is chosen, no more than this of the variables are yes."""
        spare = max(0, len(variables) - most)
        self.programme.limit({chosen: float(spare), **dict.fromkeys(variables, 1.0)}, most + spare)
