"""What is like a question without holding a pattern of an answer: by other words, by what stands around it."""

import pytest

from simulator.plan.documents.blocks import Block, Document, under_headings
from simulator.plan.documents.likeness import Asked
from simulator.plan.documents.passages import cut
from simulator.plan.documents.phrases import Phrases
from simulator.plan.documents.search import Searcher

FILLING = [
    Block("paragraph", f"Op school {number} rijdt de bus elke ochtend om half negen langs het station.")
    for number in range(12)
]


def first(question, *blocks, **phrases):
    """The sentence that comes first, in a document with much else."""
    whole = Document("plan.docx", 0, tuple(under_headings([*FILLING[:6], *blocks, *FILLING[6:]])))
    hits = Searcher(cut([whole])).ask(Asked(question), Phrases(**phrases))
    return hits[0] if hits else None


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Wie stelt de begroting vast?", "De directie heeft de raming in juni vastgesteld."),
        ("Hoe horen ouders van de voorzieningen?", "Vader of moeder leest het in de nieuwsbrief."),
        ("Is er een onafhankelijk steunpunt?", "De steunpuntmedewerker staat los van de scholen."),
        ("Wat gebeurt er bij een tekort?", "Schiet het budget te kort, dan slaan wij het naar rato om."),
    ],
)
def test_other_words_for_the_same_are_found(question, sentence):
    assert first(question, Block("paragraph", sentence)).quote == sentence


def test_of_two_like_passages_that_under_the_better_heading_comes_first():
    sentence = "Zij krijgen bericht binnen een maand na de vergadering."
    found = first(
        "Hoe verloopt een aanvraag voor een toelaatbaarheidsverklaring?",
        Block("heading", "Jaarverslag", 1), Block("paragraph", sentence),
        Block("heading", "Toelaatbaarheid", 1), Block("paragraph", "Een aanvraag begint met een formulier."),
        Block("paragraph", sentence),
        hints=["bericht"],
    )  # fmt: skip
    assert found.passage.section == "Toelaatbaarheid"


def test_what_is_only_alike_does_not_answer():
    assert not first("Wie stelt de begroting vast?", Block("paragraph", "De directie stelt de begroting vast.")).answers


def test_a_heading_that_all_stands_under_is_the_title_of_the_plan_and_no_glossary():
    body = [Block("heading", "De inhoud van ons plan", 1), Block("heading", "Vervoer", 2), *FILLING]
    body += [Block("heading", "Loket", 2), Block("paragraph", "De commissie beslist snel.")]
    whole = Document("plan.docx", 0, tuple(under_headings(body)))
    hit = Searcher(cut([whole])).ask(
        Asked("Wie beslist?"), Phrases(about=["commissie"], answers=["commissie beslist"])
    )[0]
    assert hit.answers
