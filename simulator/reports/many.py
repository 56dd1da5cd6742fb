"""Many swv of a run: what was seen of each at its last visit, and what was stored over all replications."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.language import pick, say
from simulator.kader import judgement
from simulator.kader.assess import Status
from simulator.outcomes import kpis, states, stored
from simulator.world import parts

if TYPE_CHECKING:
    from simulator.kader.model import Visit
    from simulator.outcomes.store import Run
    from simulator.outcomes.stored import Looks
    from simulator.reports.source import Asked

_MOST_EVENTS = 12


@dataclass(frozen=True)
class Seen:
    """One swv at its last visit in the replication that is shown."""

    code: str
    visit: Visit
    on: int
    judgement: str
    not_met: int
    not_assessable: int


class Many:
    """A run and the swv that a report is about."""

    def __init__(self, asked: Asked, run: Run) -> None:
        self.asked, self.run = asked, run
        self.scenario = asked.source.scenario
        self.file = self.scenario.kader.file
        self.codes = asked.scope.codes
        self.played = asked.source.replication(asked.replication)
        self.looker = self.played.looker
        self.numbers = np.array([self.looker.model.codes.index(code) for code in self.codes])

    @cached_property
    def own(self) -> set[str]:
        """Duties that count as findings."""
        return {name for name, counts in zip(self.looker.duties, self.looker.counts, strict=True) if counts}

    @cached_property
    def looks(self) -> dict[str, Looks]:
        """What was stored of the days of visits, and of events that a figure asks for."""
        names = [visit.id for visit in self.visits]
        names += [kpi.event for kpi in self.file.kpis if kpi.event and kpi.event in self.played.where]
        return stored.looks(self.run, list(dict.fromkeys(names)), self.codes)

    @property
    def visits(self) -> list[Visit]:
        """The kinds of onderzoek at which any of the swv was visited, or all when a visit is asked for."""
        wanted = self.asked.visit
        return [visit for visit in self.file.visits if wanted in (None, visit.id)]

    @cached_property
    def seen(self) -> list[Seen]:
        """Every swv that was visited, at its last visit, in the order of the codes."""
        found: dict[str, Seen] = {}
        for visit in self.visits:
            for column in self.played.where[visit.id]:
                code = self.looker.model.codes[self.played.looked.swv[column]]
                one = self._seen(code, visit, int(column))
                if code in self.codes and (code not in found or found[code].on < one.on):
                    found[code] = one
        return [found[code] for code in self.codes if code in found]

    def _seen(self, code: str, visit: Visit, column: int) -> Seen:
        states = self.played.looked.status[:, column]
        statuses = {
            name: Status(int(states[row])) for row, name in enumerate(self.looker.duties) if self.looker.counts[row]
        }
        counts = Counter(statuses.values())
        return Seen(
            code, visit, int(self.played.looked.on[column]), judgement.judge_whole(self.file, statuses),
            counts[Status.NOT_MET], counts[Status.NOT_ASSESSABLE],
        )  # fmt: skip

    @cached_property
    def lost(self) -> set[str]:
        """Events that never come and figures that say nothing, since parts of the model are left out."""
        return {*parts.lost_events(self.scenario), *parts.lost_figures(self.scenario)}

    def figures(self) -> list[tuple[str, str, np.ndarray]]:
        """(label, unit, value per replication) of what can be told of these swv alone."""
        rows: list[tuple[str, str, np.ndarray]] = []
        for kpi in self.file.kpis:
            if kpi.kind == "event_before" and kpi.event in self.looks and kpi.id not in self.lost:
                before = self.looks[str(kpi.event)].days() < kpis.due(self.scenario, kpi)
                rows.append((pick(kpi.label), "share", before.mean(axis=1)))
        for visit in self.visits:
            one = self.looks[visit.id]
            if len(one.on):
                label = say("overview.findings_at", visit=pick(visit.label))
                rows.append((label, "count", one.mean_of_replication(one.missed(self.own))))
        return rows


def means(many: Many) -> dict[str, float]:
    """Per swv the mean number of own duties not met over all its visits in all replications."""
    looks = [many.looks[visit.id] for visit in many.visits]
    sums, counts = np.zeros(len(many.codes)), np.zeros(len(many.codes))
    for one in looks:
        sums += np.bincount(one.swv, weights=one.missed(many.own), minlength=len(many.codes))
        counts += np.bincount(one.swv, minlength=len(many.codes))
    return {code: float(sums[i] / counts[i]) for i, code in enumerate(many.codes) if counts[i]}


def events(many: Many) -> list[tuple[str, np.ndarray]]:
    """The states that the kader names, else the events of its figures; with visits, by when half had reached them."""
    names = [name for kpi in many.file.kpis for name in (kpi.event, *kpi.happened) if name]
    names += [name for visit in many.visits for name in (visit.visited, visit.adopted)]
    events = many.scenario.kader.events
    kept = [
        name for name in dict.fromkeys(names)
        if events[name].items is None and not events[name].period and name not in many.lost
    ]  # fmt: skip
    rows = [(pick(events[name].label), many.played.seen.days[name][many.numbers]) for name in kept]
    if many.file.progress:
        reached = states.reached(many.played)
        visits = [row for name, row in zip(kept, rows, strict=True) if name in {one.visited for one in many.visits}]
        rows = [
            (pick(one.label), reached[one.id][many.numbers]) for one in many.file.progress if one.event not in many.lost
        ]
        rows += visits
    rows.sort(key=lambda row: (float(np.median(row[1])), row[0]))
    return rows[:_MOST_EVENTS]
