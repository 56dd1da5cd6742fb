"""The whole derivation of one finding: which version held, what its checks ran on, what decided it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.base import resources
from simulator.base.language import pick, say
from simulator.base.numbers import long_date
from simulator.kader import assess, timing
from simulator.kader.assess import Status
from simulator.plan import facts
from simulator.reports import waiting

if TYPE_CHECKING:
    from simulator.plan.checking import Checked

_NOWHERE = {"line": None, "place": None}


def explain(checked: Checked, name: str) -> dict[str, Any]:
    """Everything that decided the status of a duty, as plain data with words.

    Args:
        checked: the plan as it was checked.
        name: a duty that holds on that day.
    """
    assessment, plan = checked.assessment, checked.plan
    one = next(finding for finding in checked.findings if finding.obligation == name)
    version, sector = one.version, plan.sector
    period = version.in_force
    return {
        "format": "explanation/1",
        "plan": checked.file.path.as_posix(),
        "on": checked.on.isoformat(),
        "obligation": name,
        "status": one.status.name.lower(),
        "kind": one.kind.value,
        "text": pick(version.text),
        "article": version.article[sector],
        "link": version.link.get(sector),
        "in_force": {"from": period.start.isoformat(), "until": period.until.isoformat() if period.until else None},
        "confidence": "assumed" if one.assumed else version.confidence,
        "source": pick(version.source),
        "last_checked": version.last_checked.isoformat() if version.last_checked else None,
        "last_day": one.last_day.isoformat() if one.last_day else None,
        "due": bool(assessment.due[name][0]),
        "own": _truth(assessment.own[name]),
        "checks": [
            {"kind": kind, "expression": text}
            for kind in ("content", "timing", "late")
            if (text := getattr(version.checks, kind))
        ],
        "answers": _answers(checked, name) if version.checks.content else [],
        "events": happened(checked, name),
        "proposals": (proposals := waiting.of_finding(checked, one)),
        "proposed_dates": waiting.days(checked, proposals),
        "requires": _requires(checked, name),
        "roots": one.roots,
    }


def _truth(truth: timing.Truth) -> bool | None:
    return True if truth.true[0] else False if truth.false[0] else None


def _answers(checked: Checked, name: str) -> list[dict[str, Any]]:
    given = checked.plan.answers_on(checked.on).get(name, {})
    return [
        {
            "part": key,
            "ask": pick(part.ask),
            "answer": given[key].answer if key in given else None,
            **(checked.file.at("answers", name, key) if key in given else _NOWHERE),
        }
        for key, part in checked.file.kader.parts(name, checked.plan.sector).items()
    ]


def happened(checked: Checked, name: str) -> list[dict[str, Any]]:
    """The events that a duty is checked on, with what the plan says of each."""
    expression = checked.assessment.law.versions[name].checks.timing
    if not expression:
        return []
    names = dict.fromkeys(name for name, _ in timing.parse(expression).names())
    kader, plan = checked.file.kader, checked.plan
    return [
        {
            "event": name,
            "label": pick(kader.events[name].label),
            "value": _value(facts.occurrence(plan, kader, name, checked.on)),
            **_place(checked, name),
        }
        for name in names
    ]


def _place(checked: Checked, name: str) -> dict[str, Any]:
    event = checked.file.kader.events[name]
    if event.period or event.change:
        return checked.file.at("period" if event.period else "changes")
    return checked.file.at("events", name) if name in checked.plan.events else _NOWHERE


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return {item: _value(one) for item, one in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def _requires(checked: Checked, name: str) -> list[dict[str, Any]]:
    """Every group of prerequisites, whether it holds the duty back, and the status of each."""
    assessment = checked.assessment
    return [
        {
            "any": [
                {"obligation": needed, "status": Status(int(assessment.status[needed][0])).name.lower(),
                 "due": bool(assessment.due[needed][0]), "holds": bool(assessment.holds[needed][0])}
                for needed in group.any
                if needed in assessment.status
            ],
            "when": group.when,
            "blocks": bool(assess.blocks(group, assessment)[0]),
        }
        for group in assessment.law.versions[name].requires
    ]  # fmt: skip


def words(told: dict[str, Any]) -> dict[str, Any]:
    """The explanation with dates in words, for the template."""
    day = date.fromisoformat(told["last_day"]) if told["last_day"] else None
    own = {True: say("explain.passed"), False: say("explain.failed"), None: say("explain.unknown")}[told["own"]]
    return {
        **told,
        "plan": resources.short(Path(told["plan"])),
        "last_day_words": long_date(day) if day and day.year > 1900 else "",
        "own_words": own,
    }
