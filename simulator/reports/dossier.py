"""Everything that happened to one swv in one replication, short enough to read: data for the screen, pages and tables.

Steps are told by phase; what was done for each of a list (gemeenten, elements of the plan) is one row, and what takes no
time stands with the step that it followed. Waiting for a planned day is left out of the reading, not out of the data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars

from simulator.base.days import DAY_SECONDS, date_of, day_of
from simulator.base.language import pick, say
from simulator.base.numbers import long_date
from simulator.kader import lawful, timing
from simulator.kader.assess import Status
from simulator.outcomes import causes, eventlog, frames, queueing, spans
from simulator.reports import closed, dossierorders
from simulator.reports.bpmnwords import actor
from simulator.reports.context import Context, last_day
from simulator.reports.subject import Subject, held

if TYPE_CHECKING:
    from datetime import date

    from simulator.base.fields import Sector
    from simulator.kader.assess import Assessment
    from simulator.kader.werkwijze import Node, Step
    from simulator.outcomes.play import Player
    from simulator.outcomes.replication import Replication
    from simulator.reports.subject import Held

_COURSE = ("visited", "drafted", "reaction", "adopted", "published")
_MAIN = ("visited", "adopted", "drafted", "reaction", "published")
"""What a day in the course of a visit is called first, where one event stands for several."""


def data(player: Player, played: Replication, code: str, run: str, number: int) -> dict[str, Any]:
    """What happened to an swv.

    Args:
        player, played: the scenario, and one replication of it.
        code: the swv.
        run, number: the run and the number of the replication, to be named.
    """
    teller = _Teller(player, played, code)
    swv = player.scenario.swv[code]
    log = eventlog.EventLog(player.scenario, number, frames.happened(player.model, played.trace, number))
    rows = teller.course(eventlog.executions(log).filter(polars.col("swv") == code))
    breaches = spans.told(player.scenario, [one for one in played.breaches if one.done.swv == code])
    for row in rows:
        row["against_law"] = [
            one["text"] for one in breaches if (one["step"], one["round"]) == (row["step"], row["round"])
        ]
    return {
        "format": "dossier/1", "run": run, "scenario": player.scenario.id, "replication": number,
        "kader": player.scenario.kader.id, "unlawful": lawful.told(player.scenario.unlawful),
        "against_law": breaches,
        "swv": code, "sector": swv.sector,
        "gemeenten": list(swv.area(player.scenario.period.start).gemeenten),
        "period": [player.scenario.period.start.isoformat(), player.scenario.period.until.isoformat()],
        "has_plan": code in player.scenario.plans,
        "phases": _phases(player, rows), "visits": teller.visits(),
        "orders": dossierorders.data(player, played, teller.number), "plan": teller.plan(),
    }  # fmt: skip


def phase_of(node: Node, above: tuple[str, int] = ("", 0), loops: int = 0) -> dict[str, tuple[str, int]]:
    """Per step of a tree the phase under which it is told (else the part of the model), and the loops around that phase.

    What comes in rounds as a whole is told round by round.
    """
    own = (node.phase, loops) if node.phase else above if above[0] else (node.part or "", loops)
    if node.step is not None:
        return {node.id: own}
    inner = loops + (node.loop is not None)
    return {name: phase for child in node.children() for name, phase in phase_of(child, own, inner).items()}


def _phases(player: Player, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows by phase and round of it, in the order in which something was first done in them."""
    file = player.scenario.kader.file
    labels = {**{name: part.label for name, part in file.parts.items()}, **file.phases}
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in sorted(rows, key=lambda row: (row["waiting"], row["from"])):
        found.setdefault(row.pop("phase"), []).append(row)
    return [
        {"phase": name, "round": turn, "label": _heading(pick(labels[name]) if name else say("dossier.other"), turn),
         "steps": sorted(own, key=lambda row: row["begun"] or row["from"])}
        for (name, turn), own in found.items()
    ]  # fmt: skip


def _heading(label: str, turn: str) -> str:
    return f"{label} ({say('dossier.round', n=turn)})" if turn else label


def _of(label: str, again: Held | None) -> str:
    """The name of a visit; of one that looks again with the visit at whose orders it looks."""
    return label if again is None else say(
        "dossier.again", label=label, of=pick(again.visit.label), day=long_date(date_of(again.visited))
    )  # fmt: skip


class _Teller:
    """Tells of one swv."""

    def __init__(self, player: Player, played: Replication, code: str) -> None:
        self.player, self.played = player, played
        self.scenario = player.scenario
        self.kader = player.scenario.kader
        self.number = player.model.codes.index(code)
        self.sector: Sector = player.scenario.swv[code].sector  # type: ignore[assignment]
        self.steps = {node.id: node.step for node in self.kader.file.werkwijze.walk() if node.step}
        self.phases = phase_of(self.kader.file.werkwijze)
        self.held = held(player, played, self.number)
        self._seen: dict[int, Assessment] = {}

    def day(self, second: int | None) -> str | None:
        """The day of a moment."""
        if second is None:
            return None
        return date_of(day_of(self.scenario.period.start) + second // DAY_SECONDS).isoformat()

    def course(self, steps: polars.DataFrame) -> list[dict[str, Any]]:
        """The steps, those of one kind and round together, what takes no time with the step before it."""
        rows: list[dict[str, Any]] = []
        ends: list[set[int | None]] = []
        for group in steps.partition_by("step", "visit", maintain_order=True):
            name = group["step"][0]
            step = self.steps[name]
            done = group["ended"].null_count() == 0
            instant = done and group["ended"].equals(group["requested"]) and not step.pools
            phase = self._phase(name, group["visit"][0])
            before = self._before(rows, ends, phase, group["ended"].max()) if instant else None
            if before is None:
                rows.append(self._row(name, step, group, done=done))
                ends.append(set(group["ended"]))
            else:
                before["then"].append(pick(step.label))
                before["causes"] += self._causes(group)
            self._mark(before or rows[-1], group)
        return rows

    def _phase(self, name: str, visit: str) -> tuple[str, str]:
        """The phase of a step and its round: the loops around the phase."""
        phase, loops = self.phases[name]
        return phase, "/".join(visit.split("/")[:loops]) if visit else ""

    @staticmethod
    def _before(
        rows: list[dict[str, Any]], ends: list[set[int | None]], phase: tuple[str, str], moment: Any
    ) -> dict[str, Any] | None:
        """The last row of a phase of which something ended at this moment."""
        both = zip(reversed(rows), reversed(ends), strict=True)
        return next(
            (row for row, ended in both if row["phase"] == phase and moment in ended and not row["waiting"]), None
        )

    def _row(self, name: str, step: Step, group: polars.DataFrame, *, done: bool) -> dict[str, Any]:
        first, last = int(group["requested"].to_numpy().min()), group["ended"].to_list()
        waits = (group["started"] - group["requested"]).to_list()
        items = [item for item in group["item"] if item]
        return {
            "phase": self._phase(name, group["visit"][0]),
            "from": self.day(first), "begun": self.day(group["started"].min()),  # type: ignore[arg-type]
            "to": self.day(max(last)) if done else None,
            "days": round((max(last) - first) / DAY_SECONDS, 1) if done else None,
            "step": name, "label": pick(step.label), "round": group["visit"][0],
            "items": items, "open": sum(one is None for one in last),
            "role": step.actor, "actor": actor(step.actor), "who": self._who(group),
            "waited_days": round(max((one for one in waits if one is not None), default=0) / DAY_SECONDS, 1),
            "before": self._before_it(name, group["visit"][0]),
            "source": pick(step.source), "confidence": step.confidence,
            "article": self._article(step, items, date_of(day_of(self.scenario.period.start) + first // DAY_SECONDS)),
            "causes": self._causes(group),
            "waiting": bool(step.time and step.time.until) and not step.pools and not step.marks,
            "then": [], "events": [], "duties": [],
        }  # fmt: skip

    def _before_it(self, name: str, visit: str) -> int:
        """How many other steps got people of the pool that a step waited for, while it waited; the most of its items."""
        tables, found = self.player.model.tables, 0
        for row in {grant[2] for grant in self.played.trace.grants}:
            if (tables.swv[row], tables.node[row], tables.visit[row]) == (self.number, name, visit):
                found = max(found, queueing.served(self.played.trace, row))
        return found

    def _causes(self, group: polars.DataFrame) -> list[dict[str, Any]]:
        """What made steps longer, shorter or wait, each with what it was done for."""
        return [
            {
                **vars(one),
                "item": one.item or item,
                "label": self._closed(group, item) if one.days and one.name == causes.NOBODY else self._cause(one),
                "unit": self._unit(one),
                "cause": str(one),
            }
            for item, text in group.select("item", "causes").iter_rows()
            for one in causes.read(text)
        ]

    def _closed(self, group: polars.DataFrame, item: str) -> str:
        """The shocks by which nobody was there for what was done for an item."""
        row = group.row(by_predicate=polars.col("item") == item, named=True)
        return closed.told(self.scenario, self.steps[row["step"]], item, row["requested"], row["started"])

    def _cause(self, one: causes.Cause) -> str:
        """A cause in words: a circumstance, what a step left, or whose step people were busy with."""
        if one.name == causes.COUNTED:
            return pick(self.steps[one.step].label)
        if one.step:
            return f"{one.swv}, {pick(self.steps[one.step].label)}"
        known = {name: circumstance.label for name, circumstance in self.kader.file.circumstances.items()}
        known |= {name: attribute.label for name, attribute in self.kader.file.attributes.items() if attribute.money}
        known |= {effect.set: step.label for step in self.steps.values() for effect in step.effects if effect.set}
        return ", ".join(pick(known[name]) if name in known else name for name in one.name.split("+"))

    def _unit(self, one: causes.Cause) -> str | None:
        """The unit of a figure of the bekostiging that passed a bound, where it has one."""
        known = self.kader.file.attributes
        return known[one.name].unit if one.value is not None and one.name in known else None

    def _article(self, step: Step, items: list[str], day: date) -> str:
        """The article of the duty that a step serves, as it held for this swv on a day; empty without a duty."""
        duties = items if step.duty == "item" else [step.duty] if step.duty else []
        held = [self.kader.obligations[name].on(day, self.sector) for name in duties if name in self.kader.obligations]
        articles = list(dict.fromkeys(one.article[self.sector] for one in held if one))
        if duties and not articles:
            return say("dossier.no_duty_yet")
        return " - ".join([articles[0], articles[-1]] if len(articles) > 1 else articles)

    def _who(self, group: polars.DataFrame) -> list[str]:
        """The people that it took, by name of their pool and number; of pools per gemeente the gemeente says it."""
        found = dict.fromkeys(name for names in group["units"] for name in names)
        pools = self.kader.file.pools
        return [
            say("dossier.unit", pool=pick(pools[pool].label), number=unit)
            for pool, _, unit in (name.rpartition("#") for name in found)
            if pool in pools
        ]

    def _mark(self, row: dict[str, Any], group: polars.DataFrame) -> None:
        """The events that the end of steps stands for, and the duties that they settle."""
        for name in dict.fromkeys(mark for marks in group["marks"] for mark in marks.split()):
            event = self.kader.events[name]
            rows = group.filter(group["marks"].str.split(" ").list.contains(name))
            on = day_of(self.scenario.period.start) + int(rows["ended"].max()) // DAY_SECONDS  # type: ignore[arg-type]
            label = pick(event.label)
            if event.items == "duties":
                label = f"{label}: {self._duties(rows['item'].to_list(), date_of(on))}"
            row["events"].append({"event": name, "label": label, "on": date_of(on).isoformat()})
            row["duties"] = list({one["duty"]: one for one in (*row["duties"], *self._settled(name, on))}.values())

    def _duties(self, names: list[str], day: date) -> str:
        """Duties by name, each with its article as it held for this swv on a day."""
        held = {name: self.kader.obligations[name].on(day, self.sector) for name in dict.fromkeys(names)}
        return ", ".join(f"{name} ({one.article[self.sector]})" if one else name for name, one in held.items())

    def _settled(self, event: str, on: int) -> list[dict[str, Any]]:
        """Duties in law of the swv that judge an event, as they stood at the end of its day, if due by then or met.

        Each with the event, its day, and the last day that the law had for it, where there is one.
        """
        assessment = self.assessed(on)
        judged = [
            (name, version.article[self.sector], Status(int(assessment.status[name][0])))
            for name, version in assessment.law.versions.items()
            if version.counts and version.checks.timing and event in timing.parse(version.checks.timing).subjects()
        ]
        return [
            {"duty": name, "article": article, "status": status.name.lower(),
             "event": event, "on": date_of(on).isoformat(),
             "due": day.isoformat() if (day := last_day(assessment, name)) else None}
            for name, article, status in judged
            if status not in (Status.NOT_YET_DUE, Status.NOT_APPLICABLE)
        ]  # fmt: skip

    def assessed(self, on: int) -> Assessment:
        """All duties of the swv at the end of a day."""
        if on not in self._seen:
            self._seen[on] = self.played.seen.assessments(np.array([self.number]), np.array([on]))[0][1]
        return self._seen[on]

    def visits(self) -> list[dict[str, Any]]:
        """The visits that took place, each with its course and what it found."""
        found, swv = [], self.scenario.swv[self.player.model.codes[self.number]]
        for one in self.held:
            visit = one.visit
            about = Subject(self.player, self.played, swv, self.number, visit, date_of(one.visited), one.round)
            events = {getattr(visit, name): name for name in reversed(_MAIN)}
            called = sorted(events.items(), key=lambda pair: _COURSE.index(pair[1]))
            dates = {name: day.isoformat() if (day := about.day(event)) else None for event, name in called}
            again = self._again(one)
            found.append({
                "visit": visit.id, "round": one.round, "label": _of(_heading(pick(visit.label), one.round), again),
                "of": again and {"visit": again.visit.id, "visited": date_of(again.visited).isoformat()},
                "dates": dates, "findings": self._findings(about), "not_yet_asked": self._not_yet_asked(about),
            })  # fmt: skip
        return found

    def _again(self, one: Held) -> Held | None:
        """The visit whose orders a visit looks at again: the last before it in its round; None for any other."""
        rule = self.kader.file.toezicht
        if rule is None or one.visit.id != rule.again:
            return None
        before = [
            other for other in self.held
            if other.visit.id != rule.again and other.round == one.round and other.visited < one.visited
        ]  # fmt: skip
        return before[-1] if before else None

    def _not_yet_asked(self, about: Subject) -> list[dict[str, Any]]:
        """The own duties of a visit that the law asks only later in the scenario, each with the day from which it does."""
        context, found = Context(about), []
        for name, duty in self.kader.obligations.items():
            own = [one for one in duty.versions if one.sector in (self.sector, "both")]
            first = min(own, key=lambda one: one.in_force.start, default=None)
            if first is None or not first.counts or first.basis != "law" or first.optional or name in context.duties:
                continue
            looked = context.seen is None or context.seen.alone is None or name in context.seen.examined
            if looked and about.visited < first.in_force.start <= self.scenario.period.until:
                found.append({"duty": name, "article": first.article[self.sector], "text": pick(first.text),
                              "since": first.in_force.start.isoformat()})  # fmt: skip
        return found

    @staticmethod
    def _findings(about: Subject) -> list[dict[str, Any]]:
        """What the report of the visit has, as the inspectors saw it, then what was there and they did not see."""
        context = Context(about)
        return [
            {"duty": duty.id, "status": duty.status.name.lower(), "text": pick(duty.version.text),
             "article": duty.article, "roots": list(duty.roots), "origins": sorted(duty.origins), "seen": duty.seen}
            for duty in (*context.findings, *context.unseen)
        ]  # fmt: skip

    def plan(self) -> dict[str, Any]:
        """What the plan showed on the days of the visits and at the end, element by element.

        Yes, no, not known, or, of what it does not show, that the law did not ask it yet.
        """
        stop = self.player.model.stop
        days = sorted({*(one.visited for one in self.held), stop})
        shown = self.played.seen.shown(np.full(len(days), self.number), np.array(days))
        elements = self.kader.file.elements.get(self.sector, ())
        rows = [
            {"duty": name, "text": pick(self.kader.obligations[name].versions[-1].text),
             "shown": [self._answer(name, shown[name], days, place) for place in range(len(days))]}
            for name in elements if name in shown
        ]  # fmt: skip
        return {"on": [date_of(day).isoformat() for day in days], "elements": rows}

    def _answer(self, name: str, truth: timing.Truth, days: list[int], place: int) -> str:
        if truth.true[place]:
            return "yes"
        own = [one for one in self.kader.obligations[name].versions if one.sector in (self.sector, "both")]
        if own and date_of(days[place]) < min(one.in_force.start for one in own):
            return "not_yet_asked"
        return "no" if truth.false[place] else "unknown"
