"""Settings that differ are told by what they come to."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from pydantic import TypeAdapter

from simulator.base import language
from simulator.kader.parameters import Parameter
from simulator.reports import settingwords

LOGNORMAL = {"dist": "lognormal", "median": 14, "sigma": 0.4, "unit": "working_days"}
FIXED = {"dist": "fixed", "value": 20, "unit": "hours"}
CHANCE = {"dist": "chance", "value": 0.25}
CASES = [
    (LOGNORMAL, {"median": 28}, "x: duurt twee keer zo lang (mediaan 14 → 28 werkdagen)"),
    (LOGNORMAL, {"median": 7}, "x: duurt half zo lang (mediaan 14 → 7 werkdagen)"),
    (LOGNORMAL, {"median": 21}, "x: duurt 1,5 keer zo lang (mediaan 14 → 21 werkdagen)"),
    (FIXED, {"value": 60}, "x: duurt drie keer zo lang (20 → 60 uren)"),
    (CHANCE, {"value": 0.5}, "x: van 25,0% naar 50,0%"),
    (
        LOGNORMAL,
        {"sigma": 0.8},
        "x: mediaan gelijk (14), maar meestal 5,02 tot 39 in plaats van 8,38 tot 23,4 werkdagen",
    ),
]


def scenario(raw):
    made = TypeAdapter(Parameter).validate_python({"source": "s", "confidence": "assumed", **raw})
    return SimpleNamespace(parameters={"x": made})


@pytest.mark.parametrize(("raw", "change", "words"), CASES)
def test_a_setting_in_words(raw, change, words):
    language.choose("nl")
    assert settingwords.turned("x", [scenario(raw), scenario({**raw, **change})]) == words


def test_a_setting_is_called_in_words_with_its_name_behind():
    language.choose("nl")
    pair = [scenario(FIXED), scenario({**FIXED, "value": 60})]
    assert settingwords.turned("x", pair, {"x": "duur"}) == "duur (x): duurt drie keer zo lang (20 → 60 uren)"


def test_settings_side_by_side_tell_the_first_and_what_the_others_turn_it_to():
    language.choose("nl")
    kader = SimpleNamespace(file=SimpleNamespace(attributes={}))
    one, other = (scenario({**LOGNORMAL, "median": median}) for median in (14, 28))
    one.kader = other.kader = kader
    told = settingwords.cells("x", [one, other, one], ["a", "b", "a"])
    assert told[0].startswith("mediaan 14 werkdagen")
    assert told[1:] == ["duurt twee keer zo lang (mediaan 14 → 28 werkdagen)", told[0]]
    assert settingwords.cells("parts.y", [one, other], ["ja", "nee"]) == ["ja", "nee"]


def test_what_is_no_parameter_of_both_is_left_to_others():
    assert settingwords.turned("pools.x", [scenario(FIXED), scenario(FIXED)]) is None
    assert settingwords.turned("x", [scenario(FIXED), SimpleNamespace(parameters={})]) is None
    assert settingwords.turned("x", [scenario(FIXED), scenario(FIXED)]) is None
