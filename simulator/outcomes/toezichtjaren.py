"""Supervision per school year, per duty and per standard: counts in every replication, as estimates over all of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from simulator.base.days import NEVER
from simulator.kader.judgement import standards_of
from simulator.kader.toezicht import STATES
from simulator.outcomes import statistics, toezicht

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence

    from simulator.kader.toezicht import Toezicht
    from simulator.outcomes.replication import Replication
    from simulator.outcomes.statistics import Estimate

By = Literal["year", "article", "standard"]
_POINTS = ("seen", "points_repaired", "points_open", "points_unfollowed")
"""What was seen, and what became of it where no orders are given: three ways that add up to it."""
Counts = Counter[tuple["Hashable", str]]
"""Numbers by (year, duty or standard; what is counted)."""


@dataclass(frozen=True)
class Row:
    """One figure of supervision.

    Attributes:
        of: the school year (by its first calendar year), duty or standard that it is about.
        what: what is counted: `selected`, `visit KIND`, `reports`, `judged JUDGEMENT`, `orders`, a state of orders,
            `repair_days`, an event of the measures beyond orders, `withheld_eur`, or `against_law`
            (what came too soon or too late for the law).
        value: over replications; a number of times, days, or euros.
    """

    of: Hashable
    what: str
    value: Estimate


def rows(
    plays: Sequence[Replication], by: By, members: Collection[int] | None = None, year: int | None = None
) -> list[Row]:
    """The figures of supervision over replications; school years before the first in which anything happened are left out.

    Args:
        plays: the replications.
        by: what each figure is about.
        members: indices of the swv that count; without it all.
        year: the first calendar year of the one school year that counts; without it all of the scenario.
    """
    counted = [_counts(play, by, members, year) for play in plays]
    order = _all_of(plays[0], by)
    if by == "year":
        first = min((int(str(of)) for counts in counted for of, _ in counts), default=None)
        order = [of for of in order if year in (None, of) and (first is None or int(str(of)) >= first)]
    names = [what for what in _names(plays[0], by) if any(key[1] == what for counts in counted for key in counts)]
    found = []
    for of in order:
        for what in names:
            fill = np.nan if what == "repair_days" else 0.0
            values = np.array([float(counts.get((of, what), fill)) for counts in counted])
            found.append(Row(of, what, statistics.estimate(values)))
    return found


def _names(play: Replication, by: By) -> list[str]:
    """What is counted, in the order in which it happens."""
    file = play.looker.kader.file
    orders = ["orders", *STATES, "repair_days"]
    if by != "year":
        return [*_POINTS, *orders]
    judgements = [f"judged {name}" for name in file.decision.judgements]
    measures = list(file.toezicht.measures) if file.toezicht else []
    visits = [f"visit {visit.id}" for visit in file.visits]
    return ["monitored", "selected", *visits, "reports", *judgements, *_POINTS, *orders,
            *measures, "withheld_eur", "against_law"]  # fmt: skip


def _all_of(play: Replication, by: By) -> list[Hashable]:
    file = play.looker.kader.file
    if by == "year":
        return list(toezicht.years(play.looker.model.start, play.looker.model.stop))
    duties = list(dict.fromkeys(name for own in file.examined.values() for name in own))
    if by == "article":
        return [name for name in play.looker.duties if name in duties]
    return [
        one.id for aspect in file.standards.aspects for one in aspect.indicators if set(one.obligations) & set(duties)
    ]


def _counts(play: Replication, by: By, members: Collection[int] | None, year: int | None) -> Counts:
    """The numbers of one replication."""
    counts: Counts = Counter()
    days: dict[Hashable, list[int]] = {}
    for swv, day, duty, what in _occurrences(play, by):
        if (members is None or swv in members) and year in (None, toezicht.year_of(day)):
            counts.update((of, what) for of in _of(play, duty, day, by))
    for order in play.orders:
        if (members is not None and order.swv not in members) or year not in (None, toezicht.year_of(order.given)):
            continue
        for of in _of(play, order.duty, order.given, by):
            if order.state != "repaired_before_final":
                counts[of, "orders"] += 1
            counts[of, order.state] += 1
            if order.was_repaired:
                days.setdefault(of, []).append(order.settled - order.given)
    for (swv, _, round_), euros in play.withheld.items() if by == "year" else ():
        day = play.happened.of(play.looker.kader.file.toezicht.withheld.event)[swv, "", round_]  # type: ignore[union-attr]
        if (members is None or swv in members) and year in (None, toezicht.year_of(day)):
            counts[toezicht.year_of(day), "withheld_eur"] += euros  # type: ignore[assignment]
    for of, lengths in days.items():
        counts[of, "repair_days"] = float(np.mean(lengths))  # type: ignore[assignment]
    return counts


def _occurrences(play: Replication, by: By) -> Iterator[tuple[int, int, str, str]]:
    """(swv, day, duty if it is about one, what is counted) of all that happened."""
    rule = play.looker.kader.file.toezicht
    if rule is None:
        return
    events: dict[str, str | None] = {"seen": rule.seen}
    if rule.given is None:
        yield from _points(play, rule)
    if by == "year":
        events |= {"monitored": rule.monitored, "selected": rule.selected, **{name: name for name in rule.measures}}
        events |= {f"visit {visit.id}": visit.visited for visit in play.looker.kader.file.visits}
        number = {code: place for place, code in enumerate(play.looker.model.codes)}
        yield from ((number[one.done.swv], one.day, "", "against_law") for one in play.breaches)
        for one in play.onderzoeken:
            if one.adopted < NEVER:
                yield one.swv, one.adopted, "", "reports"
                yield one.swv, one.adopted, "", f"judged {one.judgement}"
    for what, event in events.items():
        for (swv, duty, _), day in play.happened.of(event).items():
            yield swv, day, duty, what


def _points(play: Replication, rule: Toezicht) -> Iterator[tuple[int, int, str, str]]:
    """What became of each point that is no order, on the day on which it was seen, so that it adds up to what was seen.

    A point that was found open after its term stays so, whenever it was repaired after that. Of one with neither, no look
    followed, it was about nothing, or its repair was not done by the end.
    """
    fates = {
        what: {(swv, duty) for swv, duty, _ in play.happened.of(event)} if event else set()
        for what, event in (("points_open", rule.overdue), ("points_repaired", rule.repaired))
    }
    for (swv, duty, _), day in play.happened.of(rule.seen).items():
        fate = next((what for what, those in fates.items() if (swv, duty) in those), "points_unfollowed")
        yield swv, day, duty, fate


def _of(play: Replication, duty: str, day: int, by: By) -> Iterable[Hashable]:
    """What an order or finding about a duty, on a day, counts towards."""
    if by == "year":
        return [toezicht.year_of(day)]
    return [duty] if by == "article" else standards_of(play.looker.kader.file, duty)
