"""The law over time: what changed on which day comes out of the data alone."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest

from simulator.base import resources, yamlfile
from simulator.base.validation import validated
from simulator.kader import law, reading
from simulator.kader.catalogue import Catalogue
from simulator.plan import checking
from simulator.plan import reading as plans
from simulator.plan.checking import Kind
from simulator.plan.model import Answer
from simulator.reports import checked as reported
from simulator.world import population

SECTORS = ("po", "vo")
CATALOGUE = validated(Catalogue, yamlfile.read(resources.KADERS / "obligations.yaml"), "obligations", {})
DUTIES = {one.id: one for one in CATALOGUE.obligations}
EXAMPLE = plans.load("voorbeeld-po-2022", set(population.everyone()))
KADERS = {name: reading.load(name) for name in ("swv-2014", "swv-2021")}


def held(day, sector="po"):
    return set(law.law_on(DUTIES, date.fromisoformat(day), sector).versions)


def article(name, day, sector):
    return DUTIES[name].on(date.fromisoformat(day), sector).article[sector]


@pytest.mark.parametrize(
    ("day", "missed"),
    [
        ("2022-03-31", {}),
        ("2022-04-01", {"PLAN-v": "WPO 18a(8)g"}),
        ("2024-12-31", {"PLAN-v": "WPO 18a(8)g"}),
        ("2025-01-01", {"PLAN-v": "WPO 18a(8)g", "OJS-1": "WPO 19(1)-(2)"}),
        ("2025-07-31", {"PLAN-v": "WPO 18a(8)g", "OJS-1": "WPO 19(1)-(2)"}),
        ("2025-08-01", {"PLAN-v": "WPO 18a(8)g", "OJS-1": "WPO 19(1)-(2)", "PLAN-f": "WPO 18a(8)f"}),
        ("2026-07-31", {"PLAN-v": "WPO 18a(8)g", "OJS-1": "WPO 19(1)-(2)", "PLAN-f": "WPO 18a(8)f"}),
        (
            "2026-08-01",
            {"PLAN-v": "WPO 18a(8)g", "OJS-1": "WPO 19(1)-(2)", "PLAN-f": "WPO 18a(8)f", "PLAN-m": "WPO 18a(7)"},
        ),
    ],
)
def test_a_plan_that_was_complete_is_overtaken_by_the_law(day, missed):
    checked = checking.check(EXAMPLE, date.fromisoformat(day))
    assert {one.obligation: one.version.article["po"] for one in checked.of(Kind.SHORTFALL)} == missed
    assert not checked.of(Kind.UNKNOWN)


def test_it_was_complete_when_it_was_sent():
    assert not checking.check(EXAMPLE).failed


def test_the_later_start_that_the_sector_names_is_a_setting():

    later = replace(EXAMPLE, kader=EXAMPLE.kader.reading({"vangnet_start": "sector"}))
    found = {
        day: {one.obligation for one in checking.check(later, date.fromisoformat(day)).of(Kind.SHORTFALL)}
        for day in ("2022-12-31", "2023-01-01")
    }
    assert found == {"2022-12-31": set(), "2023-01-01": {"PLAN-v"}}
    with pytest.raises(KeyError):
        EXAMPLE.kader.reading({"vangnet_start": "x"})


def test_ten_elements_become_seven():
    ten = {f"PLAN-{letter}" for letter in "abcdefghij"}
    assert ten <= held("2022-03-31")
    assert "PLAN-v" not in held("2022-03-31")
    now = {name for name in held("2022-04-01") if name.startswith("PLAN-")} - {"PLAN-m"}
    assert now == {"PLAN-a", "PLAN-b", "PLAN-c", "PLAN-d", "PLAN-e", "PLAN-f", "PLAN-v"}


@pytest.mark.parametrize(
    ("name", "day", "sector", "expected"),
    [
        ("PLAN-a", "2022-07-31", "vo", "WVO 17a(8)a"),
        ("PLAN-a", "2022-08-01", "vo", "WVO 2020 2.47(9)a"),
        ("PROC-9", "2022-08-01", "vo", "WVO 2020 2.47(11)"),
        ("PROC-9", "2026-08-01", "po", "WPO 18a(10)"),
        ("TLV-2", "2022-08-01", "vo", "WVO 2020 2.47(14)"),
        ("TLV-4", "2026-08-01", "po", "WPO 18a(14)"),
        ("OJS-1", "2025-01-01", "vo", "WVO 2020 2.47a"),
        ("GOV-9", "2017-01-01", "po", "WPO 17c(5)"),
    ],
)
def test_articles_are_numbered_as_they_were_then(name, day, sector, expected):
    assert article(name, day, sector) == expected


@pytest.mark.parametrize(
    ("name", "sector", "before", "after"),
    [
        ("PLAN-a", "po", "2013-07-31", "2013-08-01"),
        ("TLV-1", "po", "2014-07-31", "2014-08-01"),  # a year after the plan must describe it
        ("OJS-1", "po", "2024-12-31", "2025-01-01"),
        ("OJS-1", "vo", "2024-12-31", "2025-01-01"),
        ("PROC-2m", "vo", "2022-07-31", "2022-08-01"),
        ("GOV-9", "po", "2016-12-31", "2017-01-01"),
        ("SCH-3", "po", "2025-07-31", "2025-08-01"),
    ],
)
def test_a_duty_begins_on_its_day(name, sector, before, after):
    assert name not in held(before, sector)
    assert name in held(after, sector)


def test_the_term_after_a_refusal_changed_in_2017():
    old, new = (DUTIES["OPR-7"].on(date.fromisoformat(day), "po") for day in ("2016-12-31", "2017-01-01"))
    assert (old.due.then.months, old.due.then.weeks) == (3, None)
    assert (new.due.then.months, new.due.then.weeks) == (None, 6)


def test_a_plan_adopted_without_consent_stands_unless_the_opr_says_so():
    def kind(**events):

        values = {name: date.fromisoformat(day) if day else False for name, day in events.items()}
        plan = EXAMPLE.plan.model_copy(update={"events": {**EXAMPLE.plan.events, **values}})
        checked = checking.check(replace(EXAMPLE, plan=plan), date(2022, 9, 1))
        return {one.obligation: one.status.name for one in checked.findings}

    refused = {"opr_consented": "", "opr_refused": "2022-02-17"}
    assert kind(**refused)["OPR-6"] == "NOT_MET"
    assert kind(**refused)["PROC-8"] == "NOT_ASSESSABLE"
    assert kind(**refused, opr_voided="2022-04-01")["PROC-8"] == "NOT_MET"


def test_versions_follow_each_other_without_hole_or_overlap():
    for one in DUTIES.values():
        for sector in SECTORS:
            periods = sorted(
                (version.in_force for version in one.versions if version.sector in (sector, "both")),
                key=lambda period: period.start,
            )
            for before, after in itertools.pairwise(periods):
                assert before.until + timedelta(days=1) == after.start, (one.id, sector)


def test_no_duties_wait_for_each_other_on_any_day():
    assert list(law.cycles(DUTIES)) == []


@pytest.mark.parametrize("kader", KADERS.values(), ids=list(KADERS))
def test_every_duty_of_a_kader_has_article_source_and_texts_on_every_day(kader):
    days = [day for day in law.changes(kader.obligations) if kader.file.holds.holds(day)]
    assert days
    for day in [kader.file.holds.start, *days]:
        for sector in SECTORS:
            for version in law.law_on(kader.obligations, day, sector).versions.values():
                assert version.article[sector]
                assert version.source
                assert version.text.nl != version.text.en
                assert version.confidence


@pytest.mark.parametrize("kader", KADERS.values(), ids=list(KADERS))
def test_every_own_duty_of_a_kader_that_is_in_force_at_its_end_counts_towards_a_standard(kader):
    placed = {n for aspect in kader.file.standards.aspects for one in aspect.indicators for n in one.obligations}
    assert placed <= set(kader.obligations)


def test_what_was_not_read_is_marked():

    vo = EXAMPLE.plan.model_copy(update={"swv": "VO2802", "sector": "vo", "answers": {}, "events": {}})
    gap = checking.check(replace(EXAMPLE, plan=vo), date(2022, 7, 1))
    assert {one.obligation for one in gap.findings if one.assumed} >= {"PLAN-a", "PROC-2", "TLV-1"}
    assert len(gap.gaps) == 1
    after = checking.check(replace(EXAMPLE, plan=vo), date(2022, 8, 1))
    assert after.gaps == []


def test_strict_law_refuses_to_rest_on_what_was_not_read():

    from simulator.base.errors import InputError

    vo = EXAMPLE.plan.model_copy(update={"swv": "VO2802", "sector": "vo", "answers": {}, "events": {}})
    with pytest.raises(InputError, match="PLAN-a"):
        checking.check(replace(EXAMPLE, plan=vo), date(2022, 7, 1), strict_law=True)
    checking.check(replace(EXAMPLE, plan=vo), date(2022, 8, 1), strict_law=True)


def test_voldoende_with_orders_exists():
    from simulator.reports import checked

    told = checked.data(checking.check(EXAMPLE, date(2025, 1, 1)))
    assert told["judgements"]["overall"] == "voldoende"
    assert {order["obligation"] for order in told["orders"]} == {"PLAN-v", "OJS-1"}
    assert all(order["article"] for order in told["orders"])
    assert {order["obligation"]: order["months"] for order in told["orders"]} == {"PLAN-v": 3, "OJS-1": 6}


def with_change(consented):
    """The example with an interim change that puts the safety net in."""

    from simulator.plan.model import Answer, Change

    yes = Answer(answer=True, page=3)
    change = Change(
        title="vangnet",
        answers={"PLAN-v": {"established": yes, "compensated": yes}},
        opr_consented=consented,
        adopted=date(2022, 10, 4),
        sent=date(2022, 10, 6),
    )
    return replace(EXAMPLE, plan=EXAMPLE.plan.model_copy(update={"changes": [change]}))


@pytest.mark.parametrize(
    ("consented", "day", "missed"),
    [
        (date(2022, 9, 20), "2022-10-03", {"PLAN-v"}),
        (date(2022, 9, 20), "2022-10-04", set()),
        (date(2022, 10, 5), "2022-12-01", {"PLAN-v", "OPR-6"}),  # consent came after adoption: does not count
        (False, "2022-12-01", {"PLAN-v", "OPR-6"}),
        (False, "2022-10-03", {"PLAN-v"}),
    ],
)
def test_an_interim_change_repairs_the_plan_only_with_the_consent_of_the_opr(consented, day, missed):
    checked = checking.check(with_change(consented), date.fromisoformat(day))
    failed = {one.obligation for one in checked.findings if one.status.name == "NOT_MET" and one.version.counts}
    assert failed == missed


RULES = {rule.id: rule for rule in CATALOGUE.rules}


def test_rules_are_dated_and_no_part_of_what_is_judged():
    assert not set(RULES) & set(DUTIES)
    before, after = (RULES["INS-9"].on(date.fromisoformat(day), "po") for day in ("2023-07-31", "2023-08-01"))
    assert ("fifth week" in before.text.en, "third week" in after.text.en) == (True, True)
    assert RULES["SAN-1"].on(date(2023, 8, 1), "po").article == {"po": "WPO 153(1)-(6)"}
    assert RULES["SAN-1"].on(date(2014, 7, 31), "po") is None
    for rule in RULES.values():
        for version in rule.versions:
            assert version.source
            assert version.text.nl != version.text.en


def test_every_id_of_the_dated_law_is_a_duty_or_a_rule():
    ids = """OLD-1 OLD-2 OLD-3 GOV-1 GOV-2 GOV-2x GOV-3 GOV-4 GOV-5 GOV-6a GOV-6b GOV-6c GOV-6d GOV-7 GOV-9 GOV-L OPR-1
    OPR-2 OPR-2t OPR-3 OPR-4 OPR-5 OPR-6 OPR-7 OPR-7b OPR-8 OPR-9 OPR-10 OPR-11 OPR-13 PLAN-a PLAN-b PLAN-c PLAN-d PLAN-e
    PLAN-f PLAN-g PLAN-h PLAN-i PLAN-j PLAN-m PLAN-v PROC-1 PROC-2 PROC-2m PROC-3 PROC-8 PROC-9 TLV-1 TLV-2 TLV-3 TLV-4
    TLV-5 TLV-6 TLV-6b TLV-7 TLV-8 TLV-9 PRIV-1 OJS-1 OPDC-1 LWOO-1 SOP-1 SCH-3 ZP-1 ZP-1b ZP-1c ZP-1d ZP-2 FIN-1 FIN-1m
    FIN-5 FIN-6 DATA-1 INS-1 INS-2 INS-3 INS-4 INS-5 INS-6 INS-7 INS-8 INS-9 INS-10 INS-11 INS-12 INS-13 INS-14 INS-15
    SAN-1 SAN-2 SAN-3 SAN-4 SAN-5 ATW-1 ATW-2 ATW-3 ATW-4 ATW-5 ATW-6"""
    assert set(ids.split()) <= set(DUTIES) | set(RULES)


def test_what_the_law_does_not_ask_gives_no_order_and_counts_towards_no_judgement():
    outside = {name for name, one in DUTIES.items() if not one.in_law}
    assert outside == {"CASE-1", "CASE-2", "PRAC-1", "PRAC-2", "PRAC-3", "PRAC-4"}
    no = {
        name: {key: Answer(answer=False) for key in parts}
        for name, parts in EXAMPLE.plan.answers.items()
        if name in outside
    }
    plan = EXAMPLE.plan.model_copy(update={"answers": {**EXAMPLE.plan.answers, **no}, "goals": [], "money": []})
    checked = checking.check(replace(EXAMPLE, plan=plan))
    kinds = {one.obligation: one.kind for one in checked.findings}
    assert {kinds[name] for name in ("CASE-2", "PRAC-1", "PRAC-2", "PRAC-3", "PRAC-4")} == {Kind.RISK, Kind.ADVICE}
    assert not checked.failed
    told = reported.data(checked)
    assert told["orders"] == []
    assert told["judgements"] == reported.data(checking.check(EXAMPLE))["judgements"]
