"""A plan held against the law: what is a shortfall, what is not filled in, what lies ahead, what was accepted."""

from __future__ import annotations

from datetime import date

import pytest

from simulator.base import resources
from simulator.base.errors import InputError
from simulator.plan import checking, reading, repair, waivers, wording
from simulator.plan.checking import Kind
from simulator.world import population

EXAMPLE = (resources.shipped("scenarios") / "plans" / "voorbeeld-po.yaml").read_text(encoding="utf-8")
HEAD = EXAMPLE.partition("# Per plicht")[0]


@pytest.fixture
def read(write):
    def load(text):
        return reading.load(str(write("plan.yaml", text)), set(population.everyone()))

    return load


@pytest.fixture
def kinds(read):
    def found(text, on=None):
        return {one.obligation: one.kind for one in checking.check(read(text), on).findings}

    return found


EXAMPLE_2022 = (resources.shipped("scenarios") / "plans" / "voorbeeld-po-2022.yaml").read_text(encoding="utf-8")


def changed(old, new, text=EXAMPLE):
    assert old in text
    return text.replace(old, new)


def test_the_day_is_that_of_sending_else_the_last_one_to_send(read):
    assert checking.check(read(EXAMPLE)).on == date(2014, 4, 22)
    assert checking.check(read(HEAD)).on == date(2014, 4, 30)


def test_a_no_is_a_shortfall_and_what_rests_on_it_too(kinds):
    found = kinds(changed("criteria: {answer: ja, page: 42", "criteria: {answer: nee, page: 42"))
    assert found["PLAN-b"] == Kind.SHORTFALL
    assert found["PLAN-e"] == Kind.SHORTFALL  # rests on PLAN-b
    assert found["PLAN-a"] == Kind.MET


def test_what_is_left_empty_is_unknown_and_never_a_shortfall(kinds, read):
    found = kinds(HEAD)
    assert Kind.SHORTFALL not in found.values()
    assert found["PLAN-a"] == Kind.UNKNOWN
    assert checking.check(read(HEAD)).failed  # a fresh skeleton is no pass
    assert kinds(changed("criteria: {answer: ja, page: 42", "criteria: {page: 42"))["PLAN-b"] == Kind.UNKNOWN


def test_what_must_stand_in_a_plan_is_judged_before_it_is_adopted(kinds):
    concept = changed('adopted: "2014-04-08"', "adopted: false", changed('sent: "2014-04-22"', "sent: false"))
    found = kinds(changed("criteria: {answer: ja, page: 42", "criteria: {answer: nee, page: 42", concept))
    assert found["PLAN-b"] == Kind.SHORTFALL
    assert (found["PROC-8"], found["PROC-9"]) == (Kind.TODO, Kind.TODO)


def test_what_lies_ahead_has_its_last_day(read):
    checked = checking.check(read(changed('sent: "2014-04-22"', "sent: false")))
    sent = next(one for one in checked.findings if one.obligation == "PROC-9")
    assert (sent.kind, sent.last_day) == (Kind.TODO, date(2014, 4, 30))


def test_the_order_of_steps_counts(kinds):
    early = changed('adopted: "2014-04-08"', 'adopted: "2014-02-10"')
    found = kinds(early)
    assert {found[name] for name in ("OPR-6", "PROC-2")} == {Kind.SHORTFALL}
    # the OPR before the gemeenten is lawful
    assert kinds(changed('opr_consented: "2014-02-24"', 'opr_consented: "2014-01-30"'))["OPR-6"] == Kind.MET


def test_sending_too_late_is_a_shortfall(kinds):
    assert kinds(changed('sent: "2014-04-22"', 'sent: "2014-05-02"'))["PROC-9"] == Kind.SHORTFALL


def waiver(**more):
    values = {"obligation": "GOV-6c", "reason": "wordt opgepakt", "owner": "bestuur", "until": "2014-12-31", **more}
    lines = "".join(f"    {key}: {value}\n" for key, value in values.items())
    return "format: waivers/1\nwaivers:\n  -" + lines[3:]


@pytest.mark.parametrize(
    ("until", "kind"),
    [
        ("2014-12-31", Kind.ACCEPTED),
        ("2014-04-22", Kind.ACCEPTED),  # inclusive
        ("2014-04-21", Kind.SHORTFALL),
        ("2014-02-30", Kind.SHORTFALL),  # no date: has run out
        ("ooit", Kind.SHORTFALL),
    ],
)
def test_a_waiver_counts_until_and_including_its_day(read, write, until, kind):
    checked = checking.check(read(EXAMPLE))
    accepted = checking.accept(checked, waivers.read(write("w.yaml", waiver(until=until)), checked.file.kader))
    assert next(one.kind for one in accepted.findings if one.obligation == "GOV-6c") == kind
    assert accepted.failed == (kind == Kind.SHORTFALL)


def test_comply_or_explain_is_not_for_duties_in_law(read, write):
    with pytest.raises(InputError, match=r"w\.yaml:\d+"):
        waivers.read(write("w.yaml", waiver(code="true")), read(EXAMPLE).kader)


def test_a_waiver_of_an_unknown_duty_is_told_with_the_nearest_name(read, write):
    with pytest.raises(InputError, match="GOV-6c"):
        waivers.read(write("w.yaml", waiver(obligation="GOV-66")), read(EXAMPLE).kader)


def test_only_what_is_new_fails_against_a_baseline(read):
    checked = checking.check(read(EXAMPLE))
    assert checked.failed
    assert not checking.since(checked, {"GOV-6c"}).failed
    assert checking.since(checked, {"GOV-5"}).failed


def test_a_change_counts_from_its_adoption_with_consent_of_the_opr(read):
    broken = changed("criteria: {answer: ja, page: 42", "criteria: {answer: nee, page: 42")
    change = (
        'changes:\n  - title: nieuwe maatstaven\n    opr_consented: {consent}\n    adopted: "2014-10-01"\n'
        "    answers: {{PLAN-b: {{criteria: {{answer: ja, page: 3}}}}}}\n"
    )  # fmt: skip
    for consent, on, answer in (
        ('"2014-09-20"', date(2014, 10, 1), True),
        ('"2014-09-20"', date(2014, 9, 30), False),
        ('"2014-10-02"', date(2014, 12, 1), False),
        ("false", date(2014, 12, 1), False),
    ):
        plan = read(broken + change.format(consent=consent)).plan
        assert plan.answers_on(on)["PLAN-b"]["criteria"].answer is answer
        assert (plan.unconsented(on) is False) == (consent == '"2014-09-20"')


@pytest.mark.parametrize(
    ("quote", "on", "kind"),
    [
        ("Dit wordt uitgewerkt in 2015.", date(2014, 4, 30), "deferring"),
        ("P.M.", date(2014, 4, 30), "deferring"),
        ("De groeiregeling geldt.", date(2014, 4, 30), None),
        ("De groeiregeling geldt.", date(2022, 8, 1), "outdated"),
        ("Het streven naargelang", date(2014, 4, 30), None),
    ],
)
def test_words_that_take_something_away_are_pointed_at(read, quote, on, kind):
    text = changed('quote: "De basisondersteuning omvat dertien voorzieningen."', f'quote: "{quote}"')
    found = [one for one in wording.warnings(read(text), on) if one.part == "basic_support"]
    assert [one.kind for one in found] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Leerling 111222333 staat ingeschreven", True),
        ("111 222 333", True),
        ("Nummer 123456789", False),  # fails the test of eleven
        ("geboren 3-4-2009", True),
        ("12-03-2009", True),
        ("vastgesteld op 12-03-2014 door het bestuur", False),
        ("000000000", False),
    ],
)
def test_nothing_that_points_at_a_pupil_is_read(read, text, wrong):
    plan = changed('quote: "De basisondersteuning omvat dertien voorzieningen."', f'quote: "{text}"')
    if not wrong:
        read(plan)
        return
    with pytest.raises(InputError, match=r"plan\.yaml:\d+"):
        read(plan)


def test_a_change_of_which_the_consent_is_left_empty_is_unknown_and_no_shortfall(write):
    text = (
        EXAMPLE_2022
        + """changes:
  - title: "Herziening"
    answers: {}
    adopted: "2023-05-01"
    opr_consented:
"""
    )
    checked = checking.check(reading.load(str(write("w.yaml", text)), set(population.everyone())), date(2023, 9, 1))
    kinds = {one.obligation: one.kind for one in checked.findings}
    assert (kinds["OPR-6"], kinds["PROC-8"], kinds["PROC-9"]) == (Kind.UNKNOWN, Kind.MET, Kind.MET)


def test_a_change_without_consent_says_nothing_of_how_the_plan_itself_came_about(write):
    text = (
        EXAMPLE_2022
        + """changes:
  - {title: "Herziening", answers: {}, adopted: "2023-05-01", opr_consented: false}
"""
    )
    checked = checking.check(reading.load(str(write("w.yaml", text)), set(population.everyone())), date(2023, 9, 1))
    kinds = {one.obligation: one.kind for one in checked.findings}
    assert (kinds["OPR-6"], kinds["PROC-8"], kinds["PROC-9"]) == (Kind.SHORTFALL, Kind.MET, Kind.MET)


@pytest.mark.parametrize(("consent", "voided", "adopted"), [
    ("2022-02-17", "2022-04-01", True), ("false", "2022-04-01", False), ("false", "2022-09-01", True)
])  # fmt: skip
def test_the_opr_can_void_a_plan_without_consent_within_six_weeks(write, consent, voided, adopted):
    text = EXAMPLE_2022.replace('opr_consented: "2022-02-17"', f"opr_consented: {consent}").replace(
        "opr_voided: false", f'opr_voided: "{voided}"'
    )
    checked = checking.check(reading.load(str(write("w.yaml", text)), set(population.everyone())), date(2022, 10, 1))
    assert bool(checked.assessment.own["PROC-8"].true[0]) is adopted


@pytest.mark.parametrize(("filed", "kind"), [("2022-02-28", Kind.SHORTFALL), ("2022-02-10", Kind.MET)])
def test_after_2017_the_dispute_is_filed_within_six_weeks_of_the_refusal(write, filed, kind):
    text = EXAMPLE_2022.replace("opr_refused: false", 'opr_refused: "2022-01-05"').replace(
        "lcg_filed: false", f'lcg_filed: "{filed}"'
    )
    checked = checking.check(reading.load(str(write("w.yaml", text)), set(population.everyone())), date(2022, 10, 1))
    assert {one.obligation: one.kind for one in checked.findings}["OPR-7"] == kind


def test_beyond_what_was_read_all_rests_on_an_assumption():
    file = reading.load("voorbeeld-po-2022", set(population.everyone()))
    checked = checking.check(file, date(2026, 12, 1))
    assert all(one.assumed for one in checked.findings)
    assert checked.gaps
    with pytest.raises(InputError):
        checking.check(file, date(2026, 12, 1), strict_law=True)


@pytest.mark.parametrize(
    ("old", "new", "missed"),
    [
        ('adopted: "2022-03-08"', 'adopted: "2022-03-16"', "PROC-9"),  # sent a day before it was adopted
        ('opr_installed: "2013-12-10"', 'opr_installed: "2022-03-10"', "OPR-6"),  # there was no OPR yet to consent
        ('opr_installed: "2013-12-10"', 'opr_installed: "2021-12-10"', "OPR-2"),  # nor to adopt its own reglement
        ("opr_refused: false", 'opr_refused: "2022-02-18"', "OPR-6"),  # the day after it had consented
    ],
)
def test_events_that_contradict_each_other_are_shortfalls(write, old, new, missed):
    assert old in EXAMPLE_2022
    file = reading.load(str(write("w.yaml", EXAMPLE_2022.replace(old, new))), set(population.everyone()))
    checked = checking.check(file)
    assert {one.obligation: one.kind for one in checked.findings}[missed] == Kind.SHORTFALL
    assert missed == "PROC-9" or missed in repair.least(checked).impossible  # it can still be adopted on that day
