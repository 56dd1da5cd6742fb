"""A kader told as data: what it holds, and every duty with its dated versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.language import pick, say
from simulator.base.numbers import long_date
from simulator.kader import judgement
from simulator.kader.law import law_on

if TYPE_CHECKING:
    from datetime import date

    from simulator.base.fields import Sector
    from simulator.kader.due import Due
    from simulator.kader.duties import Obligation, Provision, Version
    from simulator.kader.model import Kader

_UNITS = ("days", "weeks", "months", "years")


def summary(kader: Kader) -> dict[str, Any]:
    """A kader in one row."""
    holds = kader.file.holds
    return {
        "id": kader.id,
        "name": pick(kader.file.name),
        "from": holds.start.isoformat(),
        "until": holds.until.isoformat() if holds.until else None,
        "duties": len(kader.obligations),
        "standards": sum(len(aspect.indicators) for aspect in kader.file.standards.aspects),
        "confidence": kader.file.standards.confidence,
    }


def on_day(kader: Kader, day: date, sector: Sector) -> dict[str, Any]:
    """The duties of a kader that hold on a day in a sector, prerequisites first."""
    law = law_on(kader.obligations, day, sector)
    return {
        "format": "kader-show/1",
        **summary(kader),
        "on": day.isoformat(),
        "sector": sector,
        "obligations": [
            {
                "id": name,
                "article": version.article[sector],
                "link": version.link.get(sector),
                "text": pick(version.text),
                "actor": version.actor,
                "due": due_words(version.due),
                "requires": [" / ".join(group.any) for group in version.requires],
                "confidence": version.confidence,
                "counts": version.counts,
            }
            for name, version in law.versions.items()
        ],
        "rules": [
            {"id": name, "article": held.article[sector], "text": pick(held.text), "actor": held.actor}
            for name, rule in kader.rules.items()
            if (held := rule.on(day, sector)) is not None
        ],
    }


def rule(kader: Kader, name: str) -> dict[str, Any]:
    """A rule that goes with the duties, with all its versions."""
    versions = [_provision(version) for version in kader.rules[name].versions]
    return {"format": "rule/1", "kader": kader.id, "id": name, "versions": versions}


def duty(kader: Kader, name: str) -> dict[str, Any]:
    """One duty with all its versions."""
    one: Obligation = kader.obligations[name]
    return {
        "format": "duty/1",
        "kader": kader.id,
        "id": name,
        "group": one.group,
        "standards": list(judgement.standards_of(kader.file, name)),
        "versions": [_version(version) for version in one.versions],
    }


def _provision(version: Provision) -> dict[str, Any]:
    period = version.in_force
    return {
        "sector": version.sector,
        "from": period.start.isoformat(),
        "until": period.until.isoformat() if period.until else None,
        "article": dict(version.article),
        "link": dict(version.link),
        "actor": version.actor,
        "text": pick(version.text),
        "source": pick(version.source),
        "basis": version.basis,
        "confidence": version.confidence,
        "last_checked": version.last_checked.isoformat() if version.last_checked else None,
        "note": pick(version.note),
    }


def _version(version: Version) -> dict[str, Any]:
    return {
        **_provision(version),
        "optional": version.optional,
        "evidence": pick(version.evidence),
        "due": due_words(version.due),
        "requires": [{"any": list(group.any), "when": group.when} for group in version.requires],
        "checks": version.checks.model_dump(exclude_none=True),
        "questions": [
            {"key": part.key, "ask": pick(part.ask), "missing": pick(part.missing) if part.missing else ""}
            for part in version.parts
        ],
    }


def due_words(due: Due) -> str:
    """A due rule in words."""
    if due.date is not None:
        return say("due.before" if due.strict else "due.by", moment=_moment(due.date))
    if due.after is not None:
        unit = next(name for name in _UNITS if getattr(due, name) is not None)
        return say("due.after", number=getattr(due, unit), unit=say(f"due.{unit}"), event=due.after)
    if due.before is not None:
        latest = (
            say("due.latest_before" if due.strict else "due.latest", moment=_moment(due.latest)) if due.latest else ""
        )
        return " ".join(filter(None, [say("due.before_event", event=due.before), latest]))
    if due.every is not None:
        return say("due.every", day=due.day or 31, month=due.month or 12)
    if due.when is not None:
        inner = due_words(due.then) if due.then else ""
        return say("due.when", condition=due.when, rule=inner).strip()
    return say("due.standing")


def _moment(text: str) -> str:
    from simulator.base import days

    try:
        return long_date(days.parse(text))
    except ValueError:
        return say("due.first_of_may") if text == "after(plan_start, months=-3)" else text
