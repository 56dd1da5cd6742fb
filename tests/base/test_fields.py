"""Kinds of fields that many files share."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import pytest
from pydantic import TypeAdapter, ValidationError

from simulator.base.fields import Date, Sourced, Text, known_name

DATE = TypeAdapter(Date)
NAME = TypeAdapter(Annotated[str, known_name("events")])


@pytest.mark.parametrize("value", ["2014-05-01", date(2014, 5, 1)])
def test_a_date_is_a_text_or_a_date(value):
    assert DATE.validate_python(value) == date(2014, 5, 1)


@pytest.mark.parametrize("value", ["2014-02-30", "1 mei 2014", "2014", 2014, None, True, ["2014-05-01"]])
def test_what_is_no_date_has_its_own_error(value):
    with pytest.raises(ValidationError) as caught:
        DATE.validate_python(value)
    (detail,) = caught.value.errors()
    assert detail["type"] == "value.date"
    assert detail["ctx"] == {"value": str(value)}


def test_a_known_name_passes_and_an_unknown_one_says_what_is_known():
    context = {"events": {"sent", "adopted"}}
    assert NAME.validate_python("sent", context=context) == "sent"
    with pytest.raises(ValidationError) as caught:
        NAME.validate_python("sended", context=context)
    (detail,) = caught.value.errors()
    assert detail["type"] == "value.unknown_name"
    assert detail["ctx"] == {"value": "sended", "kind": "events", "known": ["adopted", "sent"]}


def test_without_a_set_of_names_every_name_passes():
    assert NAME.validate_python("anything") == "anything"
    assert NAME.validate_python("anything", context={"pools": set()}) == "anything"


def test_with_an_empty_set_of_names_none_passes():
    with pytest.raises(ValidationError):
        NAME.validate_python("anything", context={"events": set()})


def test_a_text_needs_both_languages_and_may_have_more():
    text = Text.model_validate({"nl": "ja", "en": "yes", "fy": "ja"})
    assert (text.nl, text.en, text.fy) == ("ja", "yes", "ja")
    for language in ("nl", "en"):
        with pytest.raises(ValidationError):
            Text.model_validate({language: "x"})


@pytest.mark.parametrize("confidence", ["read", "seen", "derived", "given", "known", "assumed", "unverified"])
def test_something_sourced_says_how_sure_it_is(confidence):
    assert Sourced.model_validate({"source": "s", "confidence": confidence}).confidence == confidence


@pytest.mark.parametrize("raw", [{"source": "s"}, {"confidence": "read"}, {"source": "s", "confidence": "sure"}])
def test_something_sourced_needs_source_and_a_known_confidence(raw):
    with pytest.raises(ValidationError):
        Sourced.model_validate(raw)
