"""What was read from documents, as data for the screen and for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.base.language import known, pick, say
from simulator.plan.documents import opening

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.kader.duties import Version
    from simulator.kader.model import Kader
    from simulator.plan.documents.importing import Found
    from simulator.plan.documents.proposing import Proposal

_FIRST = "plan"
"""The group of duties that a plan is about; it is shown first."""
_STATES = ("found", "vague", "not_found")


def data(proposal: Proposal) -> dict[str, Any]:
    """Everything that was found and not found, as `import/1`."""
    plan = proposal.plan
    plan_first = sorted(proposal.found, key=lambda one: proposal.kader.obligations[one.obligation].group != _FIRST)
    rows = [_row(one, proposal) for one in plan_first]
    return {
        "format": "import/1",
        "plan": {
            "title": plan.name,
            "swv": plan.swv,
            "first": plan.period.first_school_year,
            "last": plan.period.first_school_year + plan.period.school_years,
        },
        "kader": proposal.kader.id,
        "on": proposal.on.isoformat(),
        "documents": [
            {
                "name": one.name,
                "pages": one.pages or None,
                "blocks": len(one.blocks),
                "pictures": list(one.pictures),
                "form": one.form,
                "misnamed": bool(one.form) and opening.named(Path(one.name)) != one.form,
            }
            for one in proposal.documents
        ],
        "outdated": [{"word": word, "instead": now, "passages": n} for word, now, n in proposal.outdated],
        "school_years": _budget_of_school_years(proposal),
        "unplaced": list(proposal.unplaced),
        "other_swv": proposal.other_swv,
        "groups": _groups(rows),
        "vague": [row for row in rows if row["state"] == "vague"],
        "questions": rows,
        "else": {
            "money": sum(1 for year in plan.money if year.state == "proposed"),
            "pupils": len(plan.pupils),
            "goals": len(plan.goals),
            "dates": sum(1 for path in plan.sources if path.startswith("events/")),
            "schools": proposal.schools,
            "boards": len(plan.boards),
            "gemeenten": sum(1 for path in plan.sources if path.startswith("gemeenten/") and plan.waiting(path)),
            "strange": list(proposal.strange),
        },
    }


def _budget_of_school_years(proposal: Proposal) -> str:
    """Where a budget stands that could not be read, since its years are school years; empty where there is none."""
    passage = proposal.school_years
    return where(passage.document, passage.section, passage.page) if passage else ""


def _groups(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = sorted(dict.fromkeys(row["group"] for row in rows), key=lambda name: name != _FIRST)
    return [
        {"group": name, "label": group_label(name)}
        | {state: sum(1 for row in rows if row["group"] == name and row["state"] == state) for state in _STATES}
        for name in names
    ]


def plan_first(versions: Mapping[str, Version], kader: Kader) -> list[tuple[str, Version]]:
    """Duties with those on what the plan holds first, in their order otherwise."""
    return sorted(versions.items(), key=lambda pair: kader.obligations[pair[0]].group != _FIRST)


def group_label(name: str) -> str:
    """A group of duties in words."""
    return say(f"group.{name}") if known(f"group.{name}") else name


def _row(found: Found, proposal: Proposal) -> dict[str, Any]:
    answer = proposal.plan.answers[found.obligation][found.part.key]
    hits = [
        {
            "document": hit.passage.document,
            "page": hit.passage.page or None,
            "section": hit.passage.section,
            "quote": hit.quote,
            "score": round(hit.score, 2),
            "labels": list(hit.labels.all()),
            "answers": hit.answers,
        }
        for hit in found.hits
    ]
    return {
        "question": found.question,
        "ask": pick(found.part.ask),
        "group": proposal.kader.obligations[found.obligation].group,
        "state": found.state,
        "note": answer.note or "",
        "quote": answer.quote or "",
        "where": where(answer.document, answer.section, answer.page),
        "passages": hits,
    }


def where(document: str | None, section: str | None, page: int | None) -> str:
    """A place in a document, as a reader looks it up."""
    at = say("proposed.page", page=page) if page else ""
    return ", ".join(filter(None, (section, document, at)))
