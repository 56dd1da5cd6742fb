"""Patterns find words by stem, beginning, ending, alternative, order and kind."""

from datetime import date

import pytest

from simulator.base import resources
from simulator.kader import reading
from simulator.kader.law import law_on
from simulator.plan.documents.patterns import Index, tokens
from simulator.plan.documents.phrases import of_kader, wording

TEXTS = [
    "De commissie beslist binnen zes weken over de aanvragen.",
    "De verdeling van € 4.500 en 12 procent is p.m.",
    "Binnen de school zijn zes leerlingen enkele weken ziek.",
    "Vastgesteld op 8 maart 2022 door de toewijzingscommissie.",
]


@pytest.fixture(scope="module")
def index():
    return Index.of(TEXTS)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("aanvraag", {0}),
        ("aanvra*", {0}),
        ("*commissie", {0, 3}),
        ("binnen weken", {0, 2}),
        ("binnen_{n}_weken", {0}),
        ("binnen_weken|ziek", {0, 2}),
        ("{euro}", {1}),
        ("{pct}", {1}),
        ("{date}", {3}),
        ("{year}", {3}),
        ("pm", {1}),
        ("verdelen", {1}),
        ("weken_binnen", set()),
        ("nergens", set()),
        ("commissie nergens", set()),
    ],
)
def test_patterns(index, pattern, found):
    assert index.find(pattern) == found


def test_any_of_some(index):
    assert index.find_any(["aanvraag", "ziek"]) == {0, 2}
    assert index.find_any([]) == frozenset()


def test_words_have_no_accents_and_compounds_come_apart():
    assert tokens("Eén op-de-railsgroep, 2,9%") == ["een", "op", "de", "railsgroep", "2,9", "%"]


def test_every_shipped_pattern_can_be_looked_for(index):
    for kader in ("swv-2014", "swv-2021"):
        for phrases in of_kader(reading.load(kader)).values():
            for name in ("about", "answers", "passage", "hints", "headings", "against"):
                index.find_any(getattr(phrases, name))
    index.find_any([*wording().deferring, *wording().hedging])


DAYS = [date(year, 4, 30) for year in range(2014, 2028)]
KADERS = sorted(path.stem for path in resources.KADERS.glob("swv-*.yaml"))


@pytest.mark.parametrize("name", KADERS)
@pytest.mark.parametrize("sector", ["po", "vo"])
def test_every_question_of_a_kader_has_phrases(name, sector):
    kader = reading.load(name)
    asked = {
        f"{duty}.{part.key}"
        for day in DAYS
        if kader.file.holds.holds(day)
        for duty, version in law_on(kader.obligations, day, sector).versions.items()
        for part in version.parts
        if part.sector in (None, sector)
    }
    assert len(asked) > 40
    assert asked - set(of_kader(kader)) == set()
