"""Duties as data: due rules, requirements, checks and versions."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from kader_samples import TEXT, duty, event, number, version
from pydantic import ValidationError

from simulator.base.days import NEVER
from simulator.kader.due import Due, Period
from simulator.kader.duties import Obligation, Requirement, Version

EVENTS = {"adopted": event("2014-04-10"), "refused": event("2014-03-03"), "never": event(None), "maybe": event("?")}


def errors(model, raw, context=None):
    with pytest.raises(ValidationError) as caught:
        model.model_validate(raw, context=context)
    return [detail["type"] for detail in caught.value.errors()]


def last_day(rule, events=EVENTS):
    parsed = Version.model_validate(version(due=rule)).due
    return int(np.broadcast_to(parsed.last_day(events), (1,))[0])


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ({"date": "2013-11-01"}, "2013-11-01"),
        ({"date": "2014-05-01", "strict": True}, "2014-04-30"),
        # two weeks after Monday 3 March is Monday 17 March
        ({"after": "refused", "weeks": 2}, "2014-03-17"),
        # 12 days after Monday 3 March is Saturday 15 March: Monday 17 March
        ({"after": "refused", "days": 12}, "2014-03-17"),
        ({"after": "refused", "days": 12, "plain": True}, "2014-03-15"),
        # two months after 3 March is Saturday 3 May; Sunday 4 and Monday 5 May are closed as well
        ({"after": "refused", "months": 2}, "2014-05-06"),
        ({"after": "refused", "years": 1}, "2015-03-03"),
        ({"after": "refused", "days": -2}, "2014-03-01"),
        ({"before": "adopted"}, "2014-04-09"),
        ({"before": "adopted", "latest": "2014-04-30"}, "2014-04-09"),
        ({"before": "adopted", "latest": "2014-04-01"}, "2014-04-01"),
        ({"before": "never", "latest": "2014-04-30"}, "2014-04-30"),
        ({"every": "year", "month": 7, "day": 1, "first": 2015}, "2015-07-01"),
        ({"every": "year", "first": 2014}, "2014-12-31"),
        ({"when": "happened(refused)", "then": {"date": "2014-04-15"}}, "2014-04-15"),
        ({"when": "happened(refused)", "then": {"after": "refused", "weeks": 2}}, "2014-03-17"),
    ],
)
def test_the_last_day_of_a_due_rule(rule, day):
    assert last_day(rule) == number(day)


@pytest.mark.parametrize(
    "rule",
    [
        {"after": "never", "weeks": 2},
        {"after": "maybe", "weeks": 2},
        {"before": "never"},
        {"when": "happened(never)", "then": {"date": "2014-04-15"}},
        {"when": "happened(maybe)", "then": {"date": "2014-04-15"}},
        {"when": "happened(never)", "then": "none"},
        {"when": "happened(refused)", "then": {"before": "never"}},
    ],
    ids=str,
)
def test_a_rule_that_waits_for_what_has_not_happened_is_open(rule):
    assert last_day(rule) == NEVER


@pytest.mark.parametrize("rule", ["none", {"standing": True}, {"when": "happened(refused)", "then": "none"}], ids=str)
def test_a_standing_duty_is_due_from_the_start(rule):
    assert last_day(rule) == -NEVER


def test_a_due_rule_is_worked_out_per_column():
    due = Due.model_validate({"when": "happened(e)", "then": {"after": "e", "weeks": 2}})
    days = due.last_day({"e": event("2014-03-03", None, "2014-03-10", "?")})
    assert days.tolist() == [number("2014-03-17"), NEVER, number("2014-03-24"), NEVER]


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"date": "2014-05-01", "before": "sent"},
        {"date": "2014-05-01", "standing": True},
        {"after": "sent"},
        {"after": "sent", "weeks": 2, "days": 1},
        {"strict": True},
        {"latest": "2014-05-01"},
        {"weeks": 2},
        {"when": "happened(sent)", "every": "year"},
    ],
    ids=str,
)
def test_a_due_rule_has_exactly_one_form(rule):
    assert errors(Due, rule) == ["value.due"]


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        ({"date": "2014-02-30"}, "value.date"),
        ({"after": "sended", "weeks": 2}, "value.unknown_name"),
        ({"before": "sended"}, "value.unknown_name"),
        ({"when": "happened(sended)", "then": "none"}, "value.unknown_name"),
        ({"when": "happened(sent", "then": "none"}, "timing.syntax"),
        ({"when": "sent", "then": "none"}, "timing.form"),
        ({"when": "by(sent, '2014-02-30')", "then": "none"}, "timing.date"),
        ({"when": "happened(sent)", "then": {"before": "sended"}}, "value.unknown_name"),
        ({"when": "happened(sent)", "then": {}}, "value.due"),
        ({"every": "year", "month": 13}, "less_than_equal"),
        ({"every": "year", "day": 0}, "greater_than_equal"),
        ({"every": "month"}, "literal_error"),
    ],
    ids=str,
)
def test_what_a_due_rule_speaks_of_must_exist(rule, kind):
    assert errors(Due, rule, {"events": {"sent"}}) == [kind]


def test_a_day_that_no_month_has_is_refused_when_read():
    with pytest.raises(ValidationError):
        Due.model_validate({"every": "year", "month": 2, "day": 31, "first": 2015})


@pytest.mark.parametrize(
    ("period", "day", "holds"),
    [
        ({"from": "2013-08-01"}, date(2013, 7, 31), False),
        ({"from": "2013-08-01"}, date(2013, 8, 1), True),
        ({"from": "2013-08-01"}, date(2099, 1, 1), True),
        ({"from": "2013-08-01", "until": "2014-07-31"}, date(2014, 7, 31), True),
        ({"from": "2013-08-01", "until": "2014-07-31"}, date(2014, 8, 1), False),
        ({"from": "2013-08-01", "until": "2013-08-01"}, date(2013, 8, 1), True),
    ],
)
def test_both_ends_of_a_period_are_in_it(period, day, holds):
    assert Period.model_validate(period).holds(day) is holds


def test_a_period_does_not_end_before_it_begins():
    assert errors(Period, {"from": "2014-01-02", "until": "2014-01-01"}) == ["value.days_before"]


DATED = duty(
    "GOV-6c",
    version(in_force={"from": "2013-01-01", "until": "2014-07-31"}, source="first"),
    version(in_force={"from": "2014-08-01"}, sector="po", article={"po": "WPO 1"}, source="po"),
    version(in_force={"from": "2015-08-01"}, sector="vo", article={"vo": "WVO 1"}, source="vo"),
)


@pytest.mark.parametrize(
    ("day", "po", "vo"),
    [
        (date(2012, 12, 31), None, None),
        (date(2013, 1, 1), "first", "first"),
        (date(2014, 7, 31), "first", "first"),
        (date(2014, 8, 1), "po", None),
        (date(2015, 8, 1), "po", "vo"),
    ],
)
def test_the_version_of_a_duty_depends_on_day_and_sector(day, po, vo):
    found = [DATED.on(day, sector) for sector in ("po", "vo")]
    assert [one.source if one else None for one in found] == [po, vo]


def test_a_plain_name_is_a_group_of_one():
    found = Version.model_validate(version(requires=["A-1", {"any": ["A-2", "A-3"], "when": "happened(sent)"}]))
    assert [(group.any, group.when) for group in found.requires] == [
        (["A-1"], None),
        (["A-2", "A-3"], "happened(sent)"),
    ]


@pytest.mark.parametrize(
    ("group", "kind"),
    [
        ({"any": []}, "too_short"),
        ({"any": ["A-9"]}, "value.unknown_name"),
        ({"any": ["A-1"], "when": "happened(x)"}, "value.unknown_name"),
        ({"all": ["A-1"]}, "missing"),
    ],
)
def test_a_group_of_prerequisites_names_what_exists(group, kind):
    assert kind in errors(Requirement, group, {"obligations": {"A-1"}, "events": {"sent"}})


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"checks": {}}, "value.checks"),
        ({"checks": {"timing": "happened(sent)"}, "parts": [{"key": "a", "ask": TEXT}]}, "value.parts"),
        ({"checks": {"content": "part.a"}, "parts": []}, "value.parts"),
        ({"checks": {"timing": "sent"}}, "timing.form"),
        ({"checks": {"late": "happened(sent)"}, "parts": []}, "value.checks"),
        ({"checks": {"timing": "happened(sent)", "late": "sent"}}, "timing.form"),
        ({"article": {"po": "WPO 1"}}, "value.article"),
        ({"sector": "vo", "article": {"po": "WPO 1"}}, "value.article"),
        ({"article": {"so": "WEC 1", "po": "a", "vo": "b"}}, "literal_error"),
        ({"actor": "press"}, "literal_error"),
        ({"text": {"nl": "alleen"}}, "missing"),
        ({"parts": [{"key": "Not Snake", "ask": TEXT}]}, "string_pattern_mismatch"),
        ({"aricle": {}}, "extra_forbidden"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_version_is_complete(changes, kind):
    assert errors(Version, version(**changes)) == [kind]


def test_a_duty_of_one_sector_needs_the_article_of_that_sector_only():
    assert Version.model_validate(version(sector="po", article={"po": "WPO 1"})).article == {"po": "WPO 1"}


@pytest.mark.parametrize(
    ("actor", "optional", "counts"),
    [("swv", False, True), ("swv", True, False), ("boards", False, False), ("lcg", True, False)],
)
def test_only_own_duties_that_are_no_choice_count(actor, optional, counts):
    assert Version.model_validate(version(actor=actor, optional=optional)).counts is counts


@pytest.mark.parametrize("name", ["GOV", "gov-1", "GOV-", "GOV 1", "GOV-1!"])
def test_an_id_has_its_form(name):
    assert errors(Obligation, {"id": name, "group": "plan", "versions": [version()]}) == ["string_pattern_mismatch"]


def test_a_duty_is_no_choice_unless_it_says_so():
    assert Version.model_validate(version()).optional is False


def test_a_duty_has_at_least_one_version():
    assert errors(Obligation, {"id": "A-1", "group": "plan", "versions": []}) == ["too_short"]
