"""Evidence: where things stand, and what counts as claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.base.errors import InputError
from simulator.plan import reading
from simulator.plan.model import Answer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_PLAN = """format: plan/1
title: "Plan"
swv: PO2814
sector: po
kader: swv-2021
period: {first_school_year: 2026, school_years: 4}
gemeenten: [Gouda]
events: {adopted: "2026-03-10", oogo_held: {Gouda: "2026-01-10"}}
sources:
"""


@pytest.mark.parametrize(
    ("given", "claimed"),
    [
        ({}, True),
        ({"page": 3}, False),
        ({"quote": "zo is het", "state": "proposed", "score": 0.8}, True),
        ({"quote": "zo is het", "state": "accepted", "score": 0.8}, False),
    ],
)
def test_a_yes_is_claimed_until_a_person_accepts_what_shows_it(given: dict[str, object], claimed: bool) -> None:
    assert Answer(answer=True, **given).claimed is claimed
    assert not Answer(answer=False, **given).claimed


def test_sources_point_at_what_is_in_the_plan(write: Callable[[str, str], Path]) -> None:
    right = _PLAN + "".join(
        f'  {path}: {{document: plan.docx, page: 4, quote: "op die dag", score: 0.5, state: proposed}}\n'
        for path in ("title", "gemeenten/Gouda", "events/adopted", "events/oogo_held/Gouda")
    )
    plan = reading.load(str(write("plan.yaml", right)), {"PO2814"}).plan
    assert plan.sources["events/oogo_held/Gouda"].document == "plan.docx"
    wrong = write("wrong.yaml", _PLAN + "  events/adopte: {page: 4}\n")
    with pytest.raises(InputError) as caught:
        reading.load(str(wrong), {"PO2814"})
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (10, 3)
    assert "events/adopted" in problem.hint
