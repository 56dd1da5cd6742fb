"""How supervision went in a replication: every onderzoek with its judgement, every order with what became of it.

A replication keeps the moments at which rows ended. An order is known by the swv, the duty and the round of the loop in
which it was given; what becomes of it is marked by rows with the same three.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.base.days import NEVER, date_of, school_year_of
from simulator.kader import terms
from simulator.kader.assess import Status
from simulator.kader.judgement import judge_indicator, judge_whole

if TYPE_CHECKING:
    from simulator.engine.tables import Trace
    from simulator.kader.model import Kader, KaderFile, Visit
    from simulator.kader.standards import Indicator
    from simulator.kader.toezicht import OrderState, Toezicht
    from simulator.outcomes.looking import Looker, Seen

Array = np.ndarray
Key = tuple[int, str, str]
"""An swv, a duty (empty for what is about no duty) and a round."""


@dataclass(frozen=True)
class Order:
    """An order, or a shortfall that was repaired before it became one.

    Attributes:
        swv: its index.
        duty: whose breach it is about.
        round: of the loops in which it was given; empty for an order of the plan check.
        given: the day.
        state: what has become of it by the end.
        settled: the day on which it was repaired or withdrawn; `NEVER` while it was not.
        until: the last day of its term, which runs anew from the day on which it was upheld after re-assessment.
    """

    swv: int
    duty: str
    round: str
    given: int
    state: OrderState
    settled: int
    until: int

    @property
    def was_repaired(self) -> bool:
        """It was an order, and was carried out, in time or late."""
        return self.settled < NEVER and self.state not in ("withdrawn", "repaired_before_final")


@dataclass(frozen=True)
class Onderzoek:
    """An onderzoek of an swv, by the days of its course (`NEVER` for what did not come) and its judgement, if any."""

    swv: int
    round: str
    visited: int
    drafted: int
    adopted: int
    published: int
    judgement: str
    judged: dict[str, str]


@dataclass(frozen=True)
class Happened:
    """All that happened of the events of supervision: per event the days, by swv, duty and round."""

    days: dict[str, dict[Key, int]]

    def of(self, event: str | None) -> dict[Key, int]:
        """The days of an event; nothing for an event that a kader does not have."""
        return self.days.get(event or "", {})


def happened(looker: Looker, seen: Seen) -> Happened:
    """The days of every event of supervision, each time that it happened."""
    tables = looker.model.tables
    wanted = _events(looker.kader.file)
    found: dict[str, dict[Key, int]] = {event: {} for event in wanted}
    for event, own in found.items():
        rows = looker.mark_rows[event]
        days = seen.end_day[rows]
        for row, day in zip(rows[days < NEVER].tolist(), days[days < NEVER].tolist(), strict=True):
            key = tables.swv[row], tables.item[row], tables.visit[row]
            own[key] = min(day, own.get(key, NEVER))
    return Happened(found)


def _events(file: KaderFile) -> set[str]:
    rule = file.toezicht
    if rule is None:
        return set()
    named = {getattr(rule, name) for name in (*rule.of_duties, "monitored", "selected")}
    course = {event for one in file.visits for event in one.course}
    return {str(name) for name in {*named, *course, *rule.measures} if name}


def orders(looker: Looker, days: Happened) -> list[Order]:
    """Every order of a replication, in order of the day on which it was given; also what was repaired before the final."""
    rule = looker.kader.file.toezicht
    if rule is None:
        return []
    given = days.of(rule.given)
    found = [_order(looker, rule, days, key, day) for key, day in given.items()]
    early = days.of(rule.repaired_before_final).items()
    found += [Order(*key, day, "repaired_before_final", day, day) for key, day in early]
    return sorted(found, key=lambda one: (one.given, one.swv, one.duty, one.round))


ON_THE_WAY = ("given", "running", "upheld", "repaired", "withdrawn", "overdue", "escalated", "repaired_before_final")
"""What can happen to an order, as a kader names the events of it."""


def steps_of_orders(looker: Looker, trace: Trace) -> dict[Key, list[tuple[str, int]]]:
    """Per order the (event, row) of all that happened to it, in the order of `ON_THE_WAY`."""
    rule, tables = looker.kader.file.toezicht, looker.model.tables
    found: dict[Key, list[tuple[str, int]]] = {}
    for event in filter(None, (getattr(rule, name, None) for name in ON_THE_WAY)):
        for row in looker.mark_rows[event].tolist():
            if trace.end[row] < NEVER:
                found.setdefault((tables.swv[row], tables.item[row], tables.visit[row]), []).append((event, row))
    return found


def _order(looker: Looker, rule: Toezicht, days: Happened, key: Key, given: int) -> Order:
    """What became of an order; in time is within its own term, whenever somebody looked."""

    def day(event: str | None) -> int:
        return days.of(event).get(key, NEVER)

    withdrawn, repaired = day(rule.withdrawn), day(rule.repaired)
    upheld = day(rule.upheld)
    term = due(looker.kader, key[1], upheld if upheld < NEVER else given)
    state: OrderState = "open"
    if withdrawn < NEVER:
        state = "withdrawn"
    elif day(rule.escalated) < NEVER:
        state = "escalated"
    elif repaired <= term and repaired < NEVER:
        state = "repaired"
    elif term < min(repaired, looker.model.stop):
        state = "overdue"
    return Order(*key, given, state, min(withdrawn, repaired), term)


def withheld(looker: Looker, seen: Seen, days: Happened) -> dict[Key, float]:
    """Euros that were kept back of the funding, by swv and round, as each came up.

    The months are those of the first year of the plan; where the money is not played, nothing is known of it.
    """
    rule = looker.kader.file.toezicht.withheld if looker.kader.file.toezicht else None
    if rule is None:
        return {}
    parameters, middle = looker.model.scenario.parameters, np.array([0.5])
    share, months = (float(parameters[name].values(middle, {})[0]) for name in (rule.share, rule.months))
    income = seen.attributes[rule.income]
    found = {key: float(income[key[0]]) * share * months for key in days.of(rule.event)}
    return {key: euros for key, euros in found.items() if not np.isnan(euros)}


def due(kader: Kader, duty: str, given: int) -> int:
    """The last day of the term of an order; practice, which the Algemene termijnenwet does not know."""
    rule = kader.file.decision.orders
    months = rule.months(kader.obligations[duty].group) if rule else 12
    return int(terms.last_day(np.array([given]), months, "months", plain=True)[0])


def lags(days: Happened, looker: Looker, seen: Seen, visit: Visit) -> tuple[Array, Array]:
    """The swv of every visit of a kind whose report was adopted, in any round, and the days between the two."""
    if looker.kader.file.toezicht is None:
        visited, adopted = seen.days[visit.visited], seen.days[visit.adopted]
        swv = np.flatnonzero(adopted < NEVER)
        return swv, (adopted - visited)[swv]
    ends = days.of(visit.adopted)
    found = sorted((key[0], ends[key] - day) for key, day in days.of(visit.visited).items() if key in ends)
    table = np.array(found, dtype=np.int64).reshape(len(found), 2)
    return table[:, 0], table[:, 1]


def onderzoeken(looker: Looker, seen: Seen, days: Happened) -> list[Onderzoek]:
    """Every onderzoek that was begun, by its first day, with the judgement of its report.

    What is judged is what was found and not settled before the end. While there were no orders, duties that are a matter
    of record (dates, talks held) are judged as they were on the day of the visit.
    """
    file = looker.kader.file
    rule = file.toezicht
    if rule is None:
        return []
    (visit,) = [one for one in file.visits if one.id == rule.visit]
    came = sorted((day, key) for key, day in days.of(visit.visited).items())
    who, when = (
        np.array([key[0] for _, key in came], dtype=np.int64),
        np.array([day for day, _ in came], dtype=np.int64),
    )
    record = seen.statuses(who, when).status if rule.given is None and came else None
    found = []
    for number, (visited, key) in enumerate(came):
        drafted, adopted, published = (
            days.of(event).get(key, NEVER) for event in (visit.drafted, visit.adopted, visit.published)
        )
        judged, whole = {}, ""
        if adopted < NEVER:
            statuses = _statuses(looker, days, key, adopted, None if record is None else record[:, number])
            judged = {one.id: judge_indicator(file.decision, one, statuses).judgement for one in _standards(file)}
            whole = judge_whole(file, statuses)
        found.append(Onderzoek(key[0], key[2], visited, drafted, adopted, published, whole, judged))
    return found


def _statuses(looker: Looker, days: Happened, key: Key, day: int, record: Array | None) -> dict[str, Status]:
    """The duties of an swv as a report has them: one in which nothing was found counts as met."""
    file = looker.kader.file
    swv, _, round_ = key
    sector = looker.model.scenario.swv[looker.model.codes[swv]].sector
    found = open_findings(file.toezicht, days, swv, round_, day)  # type: ignore[arg-type]
    statuses = {}
    if record is not None:
        statuses = {name: Status(int(record[n])) for n, name in enumerate(looker.duties) if looker.counts[n]}
    examined = file.examined.get(sector, ())  # type: ignore[call-overload]
    return statuses | {name: Status.NOT_MET if name in found else Status.MET for name in examined}


def _standards(file: KaderFile) -> list[Indicator]:
    return [one for aspect in file.standards.aspects for one in aspect.indicators]


def open_findings(rule: Toezicht, days: Happened, swv: int, round_: str, day: int) -> set[str]:
    """The duties of which a shortfall had been seen in a round of an swv, and not been settled, by a day."""
    settled = {*days.of(rule.dropped), *days.of(rule.repaired_before_final)}
    return {
        duty
        for (who, duty, where), on in days.of(rule.seen).items()
        if (who, where) == (swv, round_) and on <= day and (who, duty, where) not in settled
    }


def year_of(day: int) -> int:
    """The school year in which a day lies, by the year in which it begins."""
    return school_year_of(date_of(day))


def years(first: int, stop: int) -> list[int]:
    """The school years that a scenario touches.

    Args:
        first: day number of its first day.
        stop: day number of the day on which it stops.
    """
    return list(range(year_of(first), year_of(stop - 1) + 1))
