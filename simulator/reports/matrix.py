"""Several plans side by side: plans by duties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.language import say
from simulator.reports import checked

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
