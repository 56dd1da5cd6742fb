"""What scenarios do to the figures that they name, against what was expected of them before they were played.

`python -m pytest -m slow tests/outcomes/test_expectations.py` plays them all and writes docs/scenarios.md. An expectation
that fails is reported there, not tuned: this test fails only when an outcome is not the one that the page tells.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from simulator.outcomes import expectations
from simulator.world import scenario as scenarios

PAGE = Path(__file__).parents[2] / "docs" / "scenarios.md"
REPLICATIONS = 40


def test_every_scenario_that_differs_from_another_says_what_it_expects_or_asks():
    open_questions = {"een-swv", "steun-slechtste-eerst"}
    for name in scenarios.names():
        found = scenarios.load(name)
        if len(found.chain) > 1:
            assert found.expects.figures or name in open_questions


def test_the_page_tells_of_every_expectation():
    text = PAGE.read_text("utf-8")
    for name in scenarios.names():
        for figure in scenarios.load(name).expects.figures:
            assert f"| {name} | " in text
            assert f"`{figure}`" in text


@pytest.mark.slow
def test_what_scenarios_do_is_what_the_page_tells():
    found = expectations.tried(scenarios.names(), REPLICATIONS, os.cpu_count() or 1)
    text = expectations.page(found, REPLICATIONS)
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    assert sum(one.came for one in found) >= len(found) - 1
