"""Inputs that scenarios set otherwise are told in words, in either language, with dates as it writes them."""

import re

import pytest

from simulator.base import language
from simulator.reports import inputwords
from simulator.world import differences
from simulator.world import scenario as scenarios
from tests.reports.conftest import LANGUAGES

NAMES = ("invoering-2014", "jeugdzorg-vertraagd", "weinig-inspecteurs", "zonder-praktijktoets", "krimp", "herindeling")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_difference_between_shipped_scenarios_has_words(lang):
    language.choose(lang)
    played = [scenarios.load(name) for name in NAMES]
    told = dict(differences.between(played))
    called = inputwords.words(played, list(told))
    assert len(told) > 5
    assert set(told) <= set(called)
    shown = [inputwords.full(name, called) for name in told] + [one for values in told.values() for one in values]
    assert not [one for one in shown if re.search(r"\d{4}-\d{2}-\d{2}|^shocks\.", one)]


def test_a_pool_a_part_and_a_shock_in_dutch():
    language.choose("nl")
    played = [scenarios.load(name) for name in NAMES]
    told = dict(differences.between(played))
    words = " / ".join(inputwords.full(name, inputwords.words(played, list(told))) for name in told)
    assert "onderdeel van het model: " in words
    assert "(parts.praktijktoets" in words
    assert "van 1 november 2013 tot 1 januari 2015" in words
    assert inputwords.full("x.y", {}) == "x.y"


def test_a_shock_of_one_scenario_is_told_once_with_the_name_of_that_one():
    language.choose("nl")
    called = {"shocks.griep (over iedereen)": "griep"}
    told = [
        inputwords.beside("shocks.griep (over iedereen)", called, values, ["A", "B"])
        for values in (["nee", "ja"], ["ja", "nee"])
    ]
    assert told == ["griep: geldt alleen in B", "griep: geldt alleen in A"]
    assert inputwords.beside("seed", {}, ["1", "2"], ["A", "B"]) == "seed: 1 -> 2"
