"""What differs between two kaders, or between two days of one: new, gone, moved, changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.language import pick
from simulator.kader.describing import due_words
from simulator.kader.law import law_on
from simulator.kader.parameters import called, describe

if TYPE_CHECKING:
    from datetime import date

    from simulator.base.fields import Sector
    from simulator.kader.model import Kader

Things = dict[str, dict[str, Any]]


def differences(left: Kader, right: Kader, days: tuple[date, date], sector: Sector) -> dict[str, Any]:
    """The differences by kind of thing, each as rows of what, name, and the values before and after.

    Args:
        left, right: the kaders.
        days: the day on which each is looked at.
        sector: po or vo.
    """
    kinds = {
        "obligations": [_duties(kader, day, sector) for kader, day in zip((left, right), days, strict=True)],
        "rules": [_rules(kader, day, sector) for kader, day in zip((left, right), days, strict=True)],
        "standards": [_standards(kader) for kader in (left, right)],
        "decision": [_decision(kader) for kader in (left, right)],
        "events": [_events(kader) for kader in (left, right)],
        "steps": [_steps(kader) for kader in (left, right)],
        "parameters": [_parameters(kader) for kader in (left, right)],
        "pools": [_pools(kader) for kader in (left, right)],
        "teams": [_teams(kader) for kader in (left, right)],
    }
    return {
        "format": "kader-diff/1",
        "left": {"kader": left.id, "on": days[0].isoformat()},
        "right": {"kader": right.id, "on": days[1].isoformat()},
        "sector": sector,
        **{kind: _rows(before, after) for kind, (before, after) in kinds.items()},
    }


def _rows(before: Things, after: Things) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [{"what": "new", "name": name, **after[name]} for name in after if name not in before]
    rows += [{"what": "gone", "name": name, **before[name]} for name in before if name not in after]
    for name in before:
        if name not in after:
            continue
        changed = {
            key: [before[name][key], after[name][key]] for key in before[name] if before[name][key] != after[name][key]
        }
        if changed:
            what = "moved" if set(changed) == {"article"} else "changed"
            rows.append({"what": what, "name": name, "changes": changed})
    return rows


def _duties(kader: Kader, day: date, sector: Sector) -> Things:
    return {
        name: {
            "article": version.article[sector],
            "text": pick(version.text),
            "due": due_words(version.due),
            "requires": [" / ".join(group.any) for group in version.requires],
            "checks": version.checks.model_dump(exclude_none=True),
            "questions": [part.key for part in version.parts if part.sector in (None, sector)],
            "actor": version.actor,
        }
        for name, version in law_on(kader.obligations, day, sector).versions.items()
    }


def _rules(kader: Kader, day: date, sector: Sector) -> Things:
    return {
        name: {"article": held.article[sector], "text": pick(held.text), "actor": held.actor}
        for name, rule in kader.rules.items()
        if (held := rule.on(day, sector)) is not None
    }


def _standards(kader: Kader) -> Things:
    return {
        one.id: {"title": pick(one.name), "duties": list(one.obligations)}
        for aspect in kader.file.standards.aspects
        for one in aspect.indicators
    }


def _decision(kader: Kader) -> Things:
    """The rows of the decision rule, those for the whole, and the terms of orders."""
    decision = kader.file.decision
    tables: dict[str, list[Any]] = {"rows": list(decision.rows), "overall": list(decision.overall)}
    tables["orders"] = list(decision.orders.terms) if decision.orders else []
    return {
        f"{name} {number + 1}": {"value": ", ".join(f"{k}: {v}" for k, v in row.model_dump(exclude_none=True).items())}
        for name, rows in tables.items()
        for number, row in enumerate(rows)
    }


def _events(kader: Kader) -> Things:
    return {name: {"label": pick(event.label), "items": event.items} for name, event in kader.events.items()}


def _steps(kader: Kader) -> Things:
    """The steps of the werkwijze with who does them, who they need, and their time."""
    return {
        node.id: {
            "label": pick(node.step.label),
            "actor": node.step.actor,
            "people": [str(pool) for pool in node.step.pools],
            "team": node.step.team,
            "time": node.step.time.model_dump(exclude_none=True, mode="json") if node.step.time else {},
        }
        for node in kader.file.werkwijze.walk()
        if node.step
    }


def _parameters(kader: Kader) -> Things:
    names = called(kader.file.attributes)
    return {name: {"value": describe(one, names)} for name, one in kader.file.parameters.items()}


def _pools(kader: Kader) -> Things:
    return {name: {"capacity": pool.capacity, "label": pick(pool.label)} for name, pool in kader.file.pools.items()}


def _teams(kader: Kader) -> Things:
    return {name: {"waits": team.waits, "label": pick(team.label)} for name, team in kader.file.teams.items()}
