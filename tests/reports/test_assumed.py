"""The assumptions of a report: the heaviest in words, the rest counted, with the command that lists every one."""

from __future__ import annotations

import pytest

from simulator.base import language
from simulator.reports import assumed, numberwords, valuewords
from simulator.reports.blocks import Paragraph, Table, plain
from simulator.world import scenario as scenarios


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("name", ["invoering-2014", "cyclus-2021"])
def test_what_is_shown_and_what_is_not_adds_up(name, lang):
    language.choose(lang)
    scenario = scenarios.load(name)
    told = assumed.blocks((scenario,))
    table = next(block for block in told if isinstance(block, Table))
    every = [one for one in scenario.parameters.values() if one.confidence not in assumed.SURE]
    content = sum(
        key.partition(".")[0] == "content" and one.confidence not in assumed.SURE
        for key, one in scenario.parameters.items()
    )
    rest = plain(told[-1].text)
    hidden = len(every) - content - (len(table.rows) - 1)
    assert f": {hidden}." in rest
    assert f"scenario assumptions {name}" in rest
    assert isinstance(told[-1], Paragraph)
    assert len(table.rows) < len(every) / 3
    assert not any("sigma" in plain(cell) for row in table.rows for cell in row.cells)


def test_what_took_most_days_stands_before_what_takes_longest():
    language.choose("en")
    scenario = scenarios.load("invoering-2014")
    table = next(block for block in assumed.blocks((scenario,), ("talk_oogo",)) if isinstance(block, Table))
    assert "(talk_oogo)" in plain(table.rows[0].cells[0])


def test_values_are_told_in_words():
    language.choose("nl")
    parameters = scenarios.load("cyclus-2021").parameters
    assert valuewords.told(parameters["draft_element"], {"maturity": "rijpheid"}) == (
        "mediaan 28 werkdagen, middelste 90% tussen 15 en 54; verschilt naar rijpheid"
    )
    assert valuewords.told(parameters["opr_weeks"], {}) == "tussen 21 en 42 dagen"
    assert valuewords.told(parameters["oogo_dispute"], {}) == "1,0%"
    assert valuewords.told(parameters["plan_deadline"], {}) == "1 mei 2022"


def test_a_number_that_several_steps_use_is_told_by_what_it_is_with_the_first_of_them():
    language.choose("nl")
    scenario = scenarios.load("invoering-2014")
    found = numberwords.words(scenario.kader, scenario.parameters)
    assert found["elect_members"].startswith("duur, zoals bij: ")
    assert "personeel" in found["elect_members"]
    assert "ouders" in found["elect_members"]
