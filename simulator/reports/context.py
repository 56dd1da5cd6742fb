"""What a report on one swv says, as plain data: taken from one replication, with the origin of every figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulator import __version__
from simulator.base import numbers
from simulator.base.days import NEVER, date_of, day_of
from simulator.base.language import current, pick, say
from simulator.kader import judgement, lawful
from simulator.kader.assess import Assessment, Status, explain
from simulator.kader.parameters import describe
from simulator.reports import origins

if TYPE_CHECKING:
    from datetime import date

    from simulator.reports.subject import Subject

_COURSE = ("drafted", "reaction", "adopted", "published")
_SURE = ("read", "seen", "derived", "given", "known")


def build(about: Subject, run_id: str, replication: int) -> dict[str, Any]:
    """Everything that the template needs."""
    scenario = about.player.scenario
    file = scenario.kader.file
    assessment = about.played.seen.assessments(np.array([about.number]), np.array([day_of(about.visited)]))[0][1]
    report = next(report for report in file.reports if report.holds(about.visited))
    area = about.swv.area(about.visited)
    return {
        "lang": current(),
        "origin_names": {name: say(f"origin.{name}") for name in origins.ORDER},
        "kind": report.kind,
        "unlawful": lawful.marked(lawful.told(scenario.unlawful)),
        "title": pick(report.title),
        "swv": about.swv,
        "drawn": about.swv.code not in scenario.plans,
        "visit": pick(about.visit.label),
        "visited": numbers.long_date(about.visited),
        "dates": {name: _date(about.day(getattr(about.visit, name))) for name in _COURSE},
        "gemeenten": area.gemeenten,
        "gemeenten_on": numbers.long_date(area.state_of),
        "in_part": area.in_part,
        "overlaps": [code for code in about.swv.overlaps if code in scenario.swv],
        "team": _team(about),
        "facts": _facts(about),
        "timeline": _timeline(about),
        "aspects": _aspects(about, assessment),
        "overall": _judged(about, judgement.judge_whole(file, _statuses(assessment))),
        "standards": file.standards,
        "decision": file.decision,
        "findings": _findings(about, assessment, own=True),
        "conditions": _findings(about, assessment, own=False),
        "remarks": _remarks(about, assessment),
        "obligations": [_obligation(about, assessment, name) for name in assessment.law.versions],
        "counts": _counts(assessment),
        "counts_origin": origins.shown(
            origin for name in _statuses(assessment) for origin in origins.of_duty(about, assessment, name)
        ),
        "area_origin": origins.shown([origins.of_area(about)]),
        "played_origin": origins.shown(["drawn"]),
        "assumptions": _assumptions(about),
        "meta": {
            "scenario": scenario.id, "title": pick(scenario.title), "seed": scenario.seed, "replication": replication,
            "run": run_id, "version": __version__, "kader": scenario.kader.id, "kader_note": file.note,
        },
    }  # fmt: skip


def _date(day: date | None) -> str:
    return numbers.long_date(day) if day else ""


def _statuses(assessment: Assessment) -> dict[str, Status]:
    """Statuses of the duties that count as findings about the swv."""
    return {
        name: Status(int(assessment.status[name][0]))
        for name, version in assessment.law.versions.items()
        if version.counts
    }


def _judged(about: Subject, name: str) -> dict[str, str]:
    return {"id": name, "text": pick(about.player.scenario.kader.file.decision.judgements[name])}


def _aspects(about: Subject, assessment: Assessment) -> list[dict[str, Any]]:
    file = about.player.scenario.kader.file
    statuses = _statuses(assessment)
    found = []
    for aspect in file.standards.aspects:
        indicators = []
        for indicator in aspect.indicators:
            judged = judgement.judge_indicator(file.decision, indicator, statuses)
            indicators.append(
                {
                    "id": indicator.id,
                    "name": pick(indicator.name),
                    "judgement": _judged(about, judged.judgement),
                    "because": _with(judged.statuses, Status.NOT_MET, Status.NOT_ASSESSABLE),
                    "failed": _with(judged.statuses, Status.NOT_MET),
                }
            )
        whole = judgement.judge_aspect(file.decision, aspect, statuses)
        found.append(
            {
                "id": aspect.id,
                "name": pick(aspect.name),
                "judgement": _judged(about, whole.judgement),
                "indicators": indicators,
            }
        )
    return found


def _with(statuses: dict[str, Status], *wanted: Status) -> list[str]:
    return [name for name, status in statuses.items() if status in wanted]


def _findings(about: Subject, assessment: Assessment, *, own: bool) -> list[dict[str, Any]]:
    """Duties not met, then those that cannot be assessed; own duties of the swv, or conditions outside it."""
    rows = [
        _obligation(about, assessment, name)
        for name, version in assessment.law.versions.items()
        if version.counts == own and version.basis == "law" and not version.optional
    ]
    wanted = {"not_met": 0, "not_assessable": 1}
    return sorted((row for row in rows if row["status"] in wanted), key=lambda row: wanted[row["status"]])


def _remarks(about: Subject, assessment: Assessment) -> list[dict[str, Any]]:
    """What could be better by practice, or is a risk by case law; no article of the law asks it."""
    return [
        {**_obligation(about, assessment, name), "basis": version.basis}
        for name, version in assessment.law.versions.items()
        if version.basis != "law" and assessment.status[name][0] == Status.NOT_MET
    ]


def _obligation(about: Subject, assessment: Assessment, name: str) -> dict[str, Any]:
    version = assessment.law.versions[name]
    status = Status(int(assessment.status[name][0])).name.lower()
    cause = explain(assessment, name)
    last = int(np.broadcast_to(version.due.last_day(assessment.columns.events), (1,))[0])
    dated = abs(last) < NEVER and version.due.before is None
    return {
        "id": name,
        "article": version.article[about.swv.sector],  # type: ignore[index]
        "text": pick(version.text),
        "evidence": pick(version.evidence),
        "status": status,
        "label": say(f"status.{status}"),
        "roots": sorted(set(cause.roots()) - {name}),
        "due": numbers.long_date(date_of(last)) if dated else "",
        "counts": version.counts,
        "actor": say(f"actor.{version.actor}"),
        "confidence": say(f"confidence.{version.confidence}"),
        "sure": version.confidence in _SURE,
        "origin": origins.shown(origins.of_duty(about, assessment, name)),
    }


def _counts(assessment: Assessment) -> list[tuple[str, str, int]]:
    found = list(_statuses(assessment).values())
    return [(s.name.lower(), say(f"status.{s.name.lower()}"), found.count(s)) for s in sorted(Status, reverse=True)]


def _facts(about: Subject) -> list[dict[str, Any]]:
    """What the swv is like in this replication, and whether each figure is given, known or drawn."""
    scenario = about.player.scenario
    rows = []
    for name, attribute in scenario.kader.file.attributes.items():
        value = float(about.played.seen.attributes[name][about.number])
        given = about.swv.given.get(name)
        if attribute.kind == "date":
            text = numbers.long_date(date_of(int(value))) if value < NEVER else "-"
        elif attribute.kind == "bit":
            text = say("report.yes" if value else "report.no")
        else:
            text = numbers.number(value, attribute.decimals)
        source = given.source if given and given.origin == "known" else ""
        origin = origins.shown([origins.of_attribute(about, name)])
        rows.append({"label": pick(attribute.label), "value": text, "origin": origin, "source": source})
    return rows


def _team(about: Subject) -> list[str]:
    """The inspectors who took part in the visit: pool and number."""
    model = about.player.model
    tables = model.tables
    rows = {
        row for event, row in model.unrolled.marks if event == about.visit.visited and tables.swv[row] == about.number
    }
    pools = about.player.scenario.pools
    return [
        f"{pick(pools[model.pools[pool].family].label)}, nr. {unit + 1}"
        for pool, unit, row, _, _ in about.played.trace.grants
        if row in rows
    ]


def _timeline(about: Subject) -> list[dict[str, Any]]:
    """What happened to the swv until its report was adopted, in order; events with items by their first and last."""
    looker = about.played.looker
    stop = about.day(about.visit.adopted) or about.day(about.visit.visited)
    rows = []
    for name, event in looker.kader.events.items():
        days = about.played.seen.days[name]
        if event.items is None:
            own = [int(days[about.number])]
            note = ""
        else:
            own = sorted(int(day) for day in days[looker.item_owner[event.items] == about.number])
            done = [day for day in own if day < NEVER]
            note = say("report.items", done=len(done), total=len(own))
            own = done[-1:] if done else []
        for day in own:
            if day < NEVER and stop is not None and date_of(day) <= stop:
                rows.append({
                    "day": day, "date": numbers.long_date(date_of(day)), "what": pick(event.label), "note": note,
                    "origin": origins.shown([origins.of_event(about, name)]), "visit": name == about.visit.visited,
                })  # fmt: skip
    return sorted(rows, key=lambda row: row["day"])


def _assumptions(about: Subject) -> list[dict[str, str]]:
    """Every parameter of the model that no law and no source gives."""
    return [
        {
            "name": name,
            "value": describe(parameter),
            "source": pick(parameter.source),
            "confidence": say(f"confidence.{parameter.confidence}"),
        }
        for name, parameter in about.player.scenario.parameters.items()
        if parameter.confidence not in _SURE
    ]
