"""Several plans side by side: plans by duties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.language import say
from simulator.base.numbers import long_date
from simulator.reports import checked
from simulator.reports.accounting import accounted
from simulator.reports.blocks import (
    Chapters,
    Column,
    Document,
    Note,
    Paragraph,
    Row,
    Span,
    Table,
    Text,
    text,
)
from simulator.reports.honesty import Provenance

if TYPE_CHECKING:
    from simulator.plan.checking import Checked


def data(plans: list[dict[str, Any]]) -> dict[str, Any]:
    """The outcomes of plans together, in the order in which they were given."""
    return {"format": "checks/1", "plans": plans}


def page(checks: list[Checked]) -> dict[str, Any]:
    """A table of own duties (rows) by plans (columns); a duty that holds for no plan is left out."""
    kinds = [{one.obligation: one.kind for one in check.own} for check in checks]
    names = sorted({name for found in kinds for name in found})
    rows = [
        {"obligation": name, "cells": [found[name].value if name in found else "" for found in kinds]} for name in names
    ]
    return {
        "plans": [
            {"name": check.file.path.stem, "title": check.plan.title, "swv": check.plan.swv, "on": check.on.isoformat(),
             "failed": check.failed}
            for check in checks
        ],
        "rows": [row for row in rows if set(row["cells"]) - {"", "met", "not_applicable", "later"}],
        "silent": [row["obligation"] for row in rows if not set(row["cells"]) - {"", "met", "not_applicable", "later"}],
        "failed": sum(check.failed for check in checks),
        "words": {kind.value: say(f"kind.{kind}") for kind in checked.ORDER} | {"": "-"},
    }  # fmt: skip


_STATUS = {"met": "met", "shortfall": "not_met"}


def document(checks: list[Checked]) -> Document:
    """The same as a report; its account is that of the kader of the first plan."""
    shown, kader, heads = page(checks), checks[0].file.kader, Chapters()
    days = [check.on for check in checks]
    origin = Provenance(
        kader, (), (), (), None, tuple(plan["name"] for plan in shown["plans"]),
        tuple(sorted({check.plan.sector for check in checks})), (min(days), max(days)),
    )  # fmt: skip
    total = say("check.totals", plans=len(checks), failed=shown["failed"])
    columns = (
        Column(say("table.obligation"), width=0.8),
        *(
            Column(f"{plan['name']} ({plan['swv']}, {long_date(check.on)})", width=1)
            for plan, check in zip(shown["plans"], checks, strict=True)
        ),
    )
    rows = tuple(
        Row((text(Span(row["obligation"], "id")), *(_cell(shown, one) for one in row["cells"])))
        for row in shown["rows"]
    )
    silent = [Paragraph(text(say("check.silent", names=", ".join(shown["silent"]))))] if shown["silent"] else []
    return accounted(
        origin,
        kind="matrix", kicker=say("plancheck.kicker"), title=say("check.matrix"), subtitle="",
        cover=tuple((plan["name"], text(f"{plan['title']} ({plan['swv']})")) for plan in shown["plans"]),
        lead=(Note("info", "", (Paragraph(text(Span(total, "strong"))),)),),
        blocks=(
            heads.chapter(say("plancheck.duties"), "plichten"), Table(say("check.matrix"), columns, rows), *silent,
        ),
    )  # fmt: skip


def _cell(shown: dict[str, Any], kind: str) -> Text:
    words = shown["words"][kind]
    return text(Span(words, "status", _STATUS.get(kind, "not_assessable"))) if kind else text(words)
