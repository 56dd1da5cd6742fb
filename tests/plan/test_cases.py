"""The shipped cases: what they speak of exists, they say where they come from, and nobody can be recognised in them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from simulator.base import resources, yamlfile
from simulator.base.errors import InputError
from simulator.base.validation import validated
from simulator.kader import reading
from simulator.plan import casebook, cases, privacy

BOOK = casebook.shipped()
TEXT = resources.CASES.read_text(encoding="utf-8")


@pytest.fixture
def changed(write):
    """A function that reads the cases with one text changed."""

    def read(old, new):
        assert TEXT.count(old) >= 1, old
        return validated(casebook.CaseFile, yamlfile.read(write("cases.yaml", TEXT.replace(old, new, 1))), "cases")

    return read


def test_there_are_enough_cases_for_a_day_in_both_sectors():
    assert len(BOOK.cases) >= 16
    assert {sector: len(BOOK.chosen(sector)) for sector in ("po", "vo")} == {"po": 21, "vo": 19}
    names = {"gehoorapparaat", "thuiszitter", "grensverkeer", "terug-van-so", "tlv-betwist", "medische-gegevens"}
    assert names <= {case.id for case in BOOK.cases}


def test_every_need_is_a_question_of_the_catalogue():
    kaders = [reading.load("swv-2014"), reading.load("swv-2021")]
    for case in BOOK.cases:
        for need in BOOK.needs(case):
            duties = [kader.obligations[need.duty] for kader in kaders if need.duty in kader.obligations]
            assert duties, need.on
            keys = {part.key for duty in duties for version in duty.versions for part in version.parts}
            assert need.part in keys if keys else need.part is None, need.on


def test_every_case_leans_on_something_in_both_times():
    for name, day in (("swv-2014", date(2014, 8, 1)), ("swv-2021", date(2026, 8, 1))):
        kader = reading.load(name)
        for case in BOOK.cases:
            if case.first_day(day) is None:
                continue
            held = [
                need.on
                for sector in case.sectors
                for need in BOOK.needs(case)
                if need.duty in kader.obligations and kader.obligations[need.duty].on(day, sector)
            ]
            assert held, (name, case.id)


def test_stories_are_short_and_in_two_languages():
    for case in BOOK.cases:
        for story in (case.story.nl, case.story.en):
            assert 2 <= len(re.findall(r"[.?](?:\s|$)", story)) <= 3, case.id
        assert case.title.nl != case.title.en
        assert all(step.what.nl != step.what.en for step in BOOK.steps(case))


def test_no_pupil_can_be_recognised():
    assert list(privacy.problems(yamlfile.read(resources.CASES))) == []
    for case in BOOK.cases:
        assert not re.search(r"\d{4}", case.story.nl.replace("2016", "")), case.id  # no year, number or postcode


def test_every_figure_has_an_origin():
    for one in [*BOOK.cases, *BOOK.detours.values(), *(v for term in BOOK.terms.values() for v in term.versions)]:
        assert one.source
        assert one.confidence


def test_every_term_has_an_article_from_the_day_on_which_cases_begin():
    for name, term in BOOK.terms.items():
        for sector in ("po", "vo"):
            for day in (date(2014, 8, 1), date(2022, 7, 31), date(2022, 8, 1), date(2030, 1, 1)):
                assert term.on(day, sector), (name, sector, day)
        assert term.on(date(2014, 7, 31), "po") is None


def test_a_case_begins_on_the_first_such_day_that_is_no_weekend_or_holiday():
    case = next(one for one in BOOK.cases if one.id == "gehoorapparaat")
    assert case.first_day(date(2014, 4, 22)) == date(2014, 9, 1)
    assert case.first_day(date(2014, 9, 1)) == date(2014, 9, 1)
    assert case.first_day(date(2014, 9, 2)) == date(2015, 9, 1)
    assert case.first_day(date(2019, 1, 1)) == date(2019, 9, 2)  # 1 September 2019 was a Sunday
    assert case.first_day(date(2013, 1, 1)) == date(2014, 9, 1)  # the duties begin on 1 August 2014


def test_a_case_of_a_time_that_is_over_does_not_begin():
    case = next(one for one in BOOK.cases if one.id == "oude-indicatie")
    assert case.first_day(date(2015, 12, 1)) == date(2016, 3, 16)
    assert case.first_day(date(2016, 4, 1)) is None


def test_cases_are_chosen_by_sector_and_name():
    assert [case.id for case in BOOK.chosen("po", ["kdc", "sbo"])] == ["kdc", "sbo"]
    with pytest.raises(InputError) as caught:
        BOOK.chosen("po", ["kdv", "lwoo-pro"])
    first, second = caught.value.problems
    assert (first.message, first.hint) == ("there is no case 'kdv' for po", "Did you mean kdc?")
    assert "lwoo-pro" in second.message


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("{use: tlv}", "{use: tvl}", "tvl"),
        ("term: zorgplicht", "term: zorgplich", "zorgplich"),
        ("since: aanmelding", "since: aanmeldin", "aanmeldin"),
        ("missing: zoektocht}", "missing: zoektoch}", "zoektoch"),
        ("vague: uitleg", "vague: uitlegg", "uitlegg"),
        ("unless: besluit", "unless: besluiten", "besluiten"),
        ("- id: thuiszitter", "- id: gehoorapparaat", "gehoorapparaat"),
        ("- id: basis\n", "- id: besluit\n", "gehoorapparaat: besluit"),
    ],
)
def test_a_name_that_is_not_there_or_twice_is_told(changed, old, new, name):
    with pytest.raises(InputError) as caught:
        changed(old, new)
    assert name in caught.value.problems[0].message


def test_a_procedure_is_taken_in_where_it_stands():
    case = next(one for one in BOOK.cases if one.id == "tlv-laatste-jaar")
    steps = [step.id for step in BOOK.steps(case)]
    assert steps == ["bewaking", "gesprek", "tlv_aanvraag", "tlv_advies", "tlv_besluit", "tlv_brief"]


def test_what_happens_without_a_need_is_its_own_or_that_of_the_file():
    need = cases.Need(on="PLAN-a.coverage", missing="besturen")
    assert BOOK.effect(need, "missing") == "besturen"
    assert (BOOK.effect(need, "vague"), BOOK.effect(need, "unknown")) == ("uitleg", "open")
    assert (need.duty, need.part, cases.Need(on="TLV-2").part) == ("PLAN-a", "coverage", None)
