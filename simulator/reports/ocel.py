"""An event log as OCEL 2.0 JSON: events that each touch several objects.

One event per step that was finished, at its end; `requested` and `started` are attributes of it. Objects are the swv,
their gemeenten, OPR, reports and parts of the plan, those who act, and the people (`unit`) of every pool. The published
schema wants attribute values as texts, so they are texts or times. Of a werkwijze that goes against the law there is an
object with that mark, and its steps have the articles in an attribute `against_law`; so have steps that came too soon or
too late for the law.
Format: https://www.ocel-standard.org (version 2.0).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from simulator.base.language import pick
from simulator.kader import lawful
from simulator.outcomes.eventlog import against_law, executions, item_kinds, stamp
from simulator.world import population

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from simulator.outcomes.eventlog import EventLog
    from simulator.world.scenario import Scenario

OBJECT_TYPES = {
    "swv": ("sector", "province"), "gemeente": (), "opr": (), "body": (), "element": ("duty",),
    "report": ("visit", "label", "round"), "pool": ("label",), "unit": ("number",),
}  # fmt: skip
"""Types of objects with their attributes."""
_EVENT_ATTRIBUTES = (("label", "string"), ("actor", "string"), ("round", "string"), ("marks", "string"),
                     ("causes", "string"), ("requested", "time"), ("started", "time"))  # fmt: skip
AGAINST_LAW = "against_law"
_STAGES = ("visited", "drafted", "reaction", "adopted", "published")
_ITEMS = {
    "gemeenten": ("gemeente", "with"), "overlaps": ("swv", "with"), "elements": ("element", "about"),
    "duties": ("element", "about"),
}  # fmt: skip


def ocel(log: EventLog) -> Iterator[str]:
    """The log as pieces of one JSON text, made while they are written."""
    scenario = log.scenario
    writer = _Writer(scenario, against_law(log))
    rows = executions(log).drop_nulls("ended").sort("ended", maintain_order=True)
    used = {name for names in rows["units"].to_list() for name in names}
    reports = sorted({found for row in rows.iter_rows(named=True) for found in writer.reports(row)})
    steps = sorted(set(rows["step"].to_list()))
    kinds = {**OBJECT_TYPES, **({"werkwijze": (AGAINST_LAW,)} if scenario.unlawful else {})}
    yield from _array("{", "objectTypes", (_type(name, [(one, "string") for one in own])
                                           for name, own in kinds.items()))  # fmt: skip
    broken = {row["step"] for row in rows.iter_rows(named=True) if writer.articles(row)}
    marks = dict.fromkeys(broken, ((AGAINST_LAW, "string"),))
    yield from _array(",", "eventTypes", (_type(name, (*_EVENT_ATTRIBUTES, *marks.get(name, ()))) for name in steps))
    yield from _array(",", "objects", writer.objects(used, reports))
    numbered = enumerate(rows.iter_rows(named=True), start=1)
    yield from _array(",", "events", (writer.event(number, row) for number, row in numbered))
    yield "\n}\n"


def _array(before: str, name: str, entries: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A list of the top level, one entry on a line."""
    mark = f'{before}\n"{name}": [\n'
    for entry in entries:
        yield mark + json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
        mark = ",\n"
    yield "\n]" if mark == ",\n" else f"{mark}]"


def _type(name: str, attributes: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {"name": name, "attributes": [{"name": one, "type": kind} for one, kind in attributes]}


def _link(name: str, qualifier: str) -> dict[str, str]:
    return {"objectId": name, "qualifier": qualifier}


class _Writer:
    """Objects and events of a scenario."""

    def __init__(self, scenario: Scenario, articles: Callable[[dict[str, Any]], str]) -> None:
        self.scenario = scenario
        self.file = scenario.kader.file
        self.start = stamp(scenario, 0)
        self.kinds = item_kinds(self.file.werkwijze)
        self.steps = {node.id: node.step for node in self.file.werkwijze.walk() if node.step}
        self.articles = articles
        self.stages = {
            getattr(visit, stage): (visit.id, stage) for visit in self.file.visits for stage in reversed(_STAGES)
        }

    def reports(self, row: dict[str, Any]) -> list[tuple[str, str, str, str]]:
        """The reports that a step belongs to: (swv, kind of visit, round of the loops around it, stage)."""
        found = (self.stages[mark] for mark in row["marks"].split() if mark in self.stages)
        return [(row["swv"], visit, row["visit"], stage) for visit, stage in found]

    def objects(self, units: set[str], reports: list[tuple[str, str, str, str]]) -> Iterator[dict[str, Any]]:
        """All objects, each before those that belong to it; of people and reports only those that came into it."""
        if mark := lawful.marked(lawful.told(self.scenario.unlawful)):
            yield self._object(f"werkwijze:{self.file.id}", "werkwijze", {AGAINST_LAW: mark})
        own = [(swv, swv.area(self.scenario.period.start).gemeenten) for swv in self.scenario.swv.values()]
        tables = {name for _, gemeenten in own for name in gemeenten} | self._regions()
        for name in sorted(tables):
            yield self._object(f"gemeente:{name}", "gemeente", {})
        for actor in sorted({step.actor for step in self.steps.values()} - {"swv", "opr", "gemeente"}):
            yield self._object(actor, "body", {})
        everyone = population.everyone()
        for code in sorted({one for swv, _ in own for one in swv.overlaps} - self.scenario.swv.keys()):  # not played
            yield self._object(code, "swv", {"sector": everyone[code].sector, "province": everyone[code].province})
        for swv, gemeenten in own:
            links = [_link(f"gemeente:{name}", "covers") for name in gemeenten]
            links += [_link(code, "overlaps") for code in swv.overlaps]
            yield self._object(swv.code, "swv", {"sector": swv.sector, "province": swv.province}, links)
            yield self._object(f"opr:{swv.code}", "opr", {}, [_link(swv.code, "of")])
            for duty in dict.fromkeys(name for own in (self.file.elements, self.file.examined)
                                      for name in own.get(swv.sector, ())):  # type: ignore[call-overload]  # fmt: skip
                yield self._object(f"{swv.code}/{duty}", "element", {"duty": duty}, [_link(swv.code, "of the plan of")])
        labels = {visit.id: pick(visit.label) for visit in self.file.visits}
        for code, visit, round_ in dict.fromkeys(one[:3] for one in reports):
            about = {"visit": visit, "label": labels[visit], "round": round_}
            yield self._object(_report(code, visit, round_), "report", about, [_link(code, "about")])
        for pool in sorted({name.rpartition("#")[0] for name in units}):
            label = pick(self.scenario.pools[pool.partition(".")[0]].label)
            yield self._object(f"pool:{pool}", "pool", {"label": label})
        for name in sorted(units):
            pool, _, number = name.rpartition("#")
            yield self._object(name, "unit", {"number": number}, [_link(f"pool:{pool}", "member of")])

    def _regions(self) -> set[str]:
        """With whom OOGO is held instead of each gemeente by itself: the regions of a national swv, or as its plan says."""
        day, plans = self.scenario.period.start, self.scenario.plans
        found = {name for swv in self.scenario.swv.values() for name in dict(swv.partners(day))}
        return found | {name for plan in plans.values() for name in plan.gemeenten or ()}

    def _object(
        self, name: str, kind: str, attributes: dict[str, str], links: list[dict[str, str]] | None = None
    ) -> dict[str, Any]:
        given = [{"name": key, "time": self.start, "value": value} for key, value in attributes.items()]
        return {"id": name, "type": kind, "attributes": given, "relationships": links or []}

    def event(self, number: int, row: dict[str, Any]) -> dict[str, Any]:
        """A finished step with everything that it touched."""
        step = self.steps[row["step"]]
        values = {"label": pick(step.label), "actor": step.actor, "round": row["visit"], "marks": row["marks"],
                  "causes": row["causes"]}  # fmt: skip
        values |= {AGAINST_LAW: articles} if (articles := self.articles(row)) else {}
        values |= {name: stamp(self.scenario, row[name]) for name in ("requested", "started")}
        return {
            "id": f"e{number}",
            "type": row["step"],
            "time": stamp(self.scenario, row["ended"]),
            "attributes": [{"name": name, "value": value} for name, value in values.items()],
            "relationships": self._touched(row, step.actor),
        }

    def _touched(self, row: dict[str, Any], actor: str) -> list[dict[str, str]]:
        swv = row["swv"]
        links = [_link(swv, "case")]
        for item, over in zip(filter(None, row["item"].split("/")), self.kinds[row["step"]], strict=True):
            kind, qualifier = _ITEMS[over]
            name = {"gemeente": f"gemeente:{item}", "element": f"{swv}/{item}"}.get(kind, item)
            links.append(_link(name, "by" if kind == actor else qualifier))
        if actor == "opr":
            links.append(_link(f"opr:{swv}", "by"))
        elif actor not in ("swv", "gemeente"):
            links.append(_link(actor, "by"))
        links += [_link(name, "done by") for name in row["units"]]
        return links + [_link(_report(code, visit, round_), stage) for code, visit, round_, stage in self.reports(row)]


def _report(code: str, visit: str, round_: str) -> str:
    """The name of a report; each round of supervision has its own."""
    return ":".join(filter(None, ("report", code, visit, round_)))
