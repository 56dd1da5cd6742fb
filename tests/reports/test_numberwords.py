"""The numbers of a model in words of a reader: from what uses each of them."""

from __future__ import annotations

import pytest

from simulator.base import language
from simulator.reports import formats
from simulator.reports.numberwords import words
from simulator.world import scenario as scenarios
from tests.reports.conftest import LANGUAGES, Page


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["invoering-2014", "kader-2017-2021", "cyclus-2021"])
def test_most_numbers_of_a_kader_are_told_in_words(name, lang):
    language.choose(lang)
    scenario = scenarios.load(name)
    found = words(scenario.kader, scenario.parameters)
    assert all(found.values())
    assert len(found) > 0.8 * len(scenario.parameters), sorted(set(scenario.parameters) - set(found))


def test_a_number_is_told_by_the_step_choice_actor_or_duty_that_uses_it():
    scenario = scenarios.load("invoering-2014")
    found = words(scenario.kader, scenario.parameters)
    assert found["adopt_plan"] == "adopt the plan: how long"
    assert found["hours_send"].startswith("send the plan to the Inspectie: hours of ")
    assert found["opr_refuses"].startswith("chance of: ")
    assert found["another_talk"].startswith("chance of another round: ")
    assert found["rate_gemeente"].startswith("hourly rate of ")
    assert found["content.PLAN-b"] == "content for PLAN-b"
    assert found["boards"] == "school boards"


def test_the_account_of_a_dutch_report_tells_numbers_in_dutch(made):
    text = Page(formats.written(made("bevindingen-swv", "nl"), "html")).text
    account = " ".join(text.rpartition("Waarden die in geen wet")[2].split())
    assert "onderdeel van het plan schrijven: duur (draft_element)" in account
