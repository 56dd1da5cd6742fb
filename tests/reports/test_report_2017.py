"""Reports of the kader of 2017: what was not there yet is not told, and nothing is announced that does not follow."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pytest

from simulator.base import language
from simulator.reports import characteristics, formats
from simulator.reports import later as tables
from simulator.reports.kinds import bevindingen
from simulator.reports.source import Asked, Scope, Source
from simulator.reports.subject import subject
from simulator.world import bekostiging
from simulator.world import scenario as scenarios
from simulator.world.bekostiging import later

CODES = ("PO2814", "VO2802")


@pytest.fixture(scope="module")
def source():
    scenario = scenarios.load("plancyclus-2018").among(CODES)
    return Source(scenario, "achttien", 1)


@pytest.fixture(scope="module")
def told(source):
    @cache
    def make(code, lang):
        language.choose(lang)
        return formats.written(bevindingen.build(Asked((source,), None, Scope("swv", code, (code,)))), "md")

    return make


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    ("lang", "row"), [("nl", "leerlingen in het (v)so op 1 oktober |"), ("en", "pupils in the (v)so on 1 October |")]
)
def test_pupils_are_told_with_the_day_on_which_they_were_counted(told, code, lang, row):
    assert row in told(code, lang)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_report_of_2018_knows_no_rule_of_later(told, code, lang):
    body = told(code, lang).partition("## Bijlage" if lang == "nl" else "## Annex")[0]
    assert not re.search("signaleringswaarde|vangnet", body, re.IGNORECASE)


def test_a_year_tells_what_was_there_in_it_and_on_the_day(source):
    amounts = bekostiging.of_parameters(source.scenario.parameters)
    years = [
        later.LaterYear(2019, 9_000_000_00, 5, 7, None, 100, 0, 3, 0),
        later.LaterYear(2020, 9_000_000_00, 5, 7, None, 100, 0, 3, 0),
        later.LaterYear(2023, 9_000_000_00, 5, 7, date(2023, 2, 1), 110, 9, 3, 4),
    ]
    early, between, late = (
        later.told_on(years, day, amounts) for day in (date(2019, 12, 31), date(2022, 3, 31), date(2022, 4, 1))
    )
    assert [one.most for one in early] == [None] * 3
    assert [one.most for one in between] == [one.most for one in late] == [None, 7, 7]
    assert [one.vangnet for one in between] == [None] * 3
    assert [(one.growth, one.vangnet) for one in late] == [(None, None), (None, None), (9, 4)]
    language.choose("nl")
    rows = {row["line"]: row["what"] for row in tables.of_one(late, "", (), amounts).rows}
    assert rows["special"] == "leerlingen in het (v)so op 1 oktober, vanaf 2023 1 februari"
    assert rows["growth"] == "groei van het (v)so na 1 februari"


def test_a_day_that_the_law_sets_is_known_and_a_day_that_does_not_come_is_left_out(source):
    language.choose("nl")
    rows = characteristics.facts(subject(source.player, source.replication(0), "PO2814", None))
    known = {row["label"]: row for row in rows}
    assert known["dag waarop het plan binnen moet zijn"]["origin"] == "known"
    assert "WPO 18a(10)" in known["dag waarop het plan binnen moet zijn"]["source"]
    assert known["begin van het schrijven"]["origin"] == "drawn"
    assert "datum waarop wordt vastgesteld" not in known
    assert all(row["value"] != "-" for row in rows)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_chapter_comes_twice_and_no_table_is_announced_that_does_not_come(told, code, lang):
    text = told(code, lang)
    language.choose(lang)
    chapters = [re.sub(r"^## [\d.]* *", "", line) for line in text.splitlines() if line.startswith("## ")]
    assert len(chapters) == len(set(chapters)), chapters
    for key in ("report.finance_intro", "report.naleving_intro"):
        _, there, after = text.partition(language.say(key) + "\n")
        assert not there or after.lstrip().startswith(("|", "*")), key


@pytest.mark.parametrize(("visit", "public"), [("plancyclus-2018", False), ("cyclus-2021", True)])
def test_only_a_course_with_a_publication_has_a_day_on_which_it_is_public(visit, public):
    language.choose("nl")
    scenario = scenarios.load(visit).among(CODES[:1])
    document = bevindingen.build(Asked((Source(scenario),), None, Scope("swv", CODES[0], CODES[:1])))
    assert ("Openbaar" in [label for label, _ in document.cover]) == public
