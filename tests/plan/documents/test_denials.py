"""What a sentence denies, or only asks, is no answer to a question."""

import pytest

from simulator.base.language import say
from simulator.kader import reading as kaders
from simulator.plan.documents import denials, importing
from simulator.plan.documents.blocks import Block, Document, under_headings

NOT_SO = [
    "Er is geen ouder- en jeugdsteunpunt.",
    "Het samenwerkingsverband kent geen doorzettingsmacht.",
    "Een meerjarenbegroting ontbreekt in dit plan.",
    "Niet alle scholen bieden de basisondersteuning.",
    "De toezichthouder is niet onafhankelijk van de aangesloten besturen.",
    "De directeur besluit niet over de toelaatbaarheidsverklaring.",
    "Het jaarverslag is nooit gepubliceerd.",
    "Nee, de basisondersteuning is niet vastgelegd.",
    "Slechts één deskundige adviseert over de toelaatbaarheidsverklaring.",
]
SO = [
    "De voorzitter van de raad heeft geen binding met een van de besturen.",
    "Wie het kind eerder begeleidde mag in die zaak geen deskundige zijn.",
    "Het reglement geeft de raad zes weken, de schoolvakanties niet meegeteld.",
    "De functies zijn gescheiden: wie bestuurt, heeft in de ledenvergadering geen stem.",
    "Geen van de vijf toezichthouders is werkzaam bij een aangesloten schoolbestuur.",
    "Een uitspraak laat nooit langer dan acht weken op zich wachten.",
    "Is aan een van de drie niet voldaan, dan is het wijkbudget aan zet.",
    "Leden die uit een schoolbestuur komen stemmen niet mee over hun eigen zaken.",
    "Het budget is niet alleen voor scholen.",
]


@pytest.mark.parametrize("sentence", NOT_SO)
def test_a_denial_is_known(sentence):
    assert denials.denies(sentence)


@pytest.mark.parametrize("sentence", SO)
def test_a_no_that_is_an_answer_is_none(sentence):
    assert not denials.denies(sentence)


def asked(text, question="OJS-1.there", heading="Ouder- en jeugdsteunpunt"):
    blocks = [Block("heading", heading, 1), *(Block("paragraph", one) for one in text)]
    kader = kaders.load("swv-2021")
    _, found = importing.answer([Document("plan.docx", 0, tuple(under_headings(blocks)))], kader, "po", DAY)
    return next(one for one in found if one.question == question)


DAY = kaders.load("swv-2021").file.holds.start.replace(year=2026)
THERE = "Het ouder- en jeugdsteunpunt is elke werkdag bereikbaar voor ouders, in Gouda en op de website."


def test_a_denial_settles_nothing_and_says_why():
    found = asked(
        ["Het ouder- en jeugdsteunpunt is niet elke werkdag bereikbaar voor ouders, in Gouda en op de website."]
    )
    assert (found.state, found.doubt) == ("vague", "denied")
    assert "not there" in say(f"proposed.{found.doubt}")
    assert asked([THERE]).state == "found"


def test_a_question_without_its_answer_settles_nothing():
    found = asked(["Is het ouder- en jeugdsteunpunt elke werkdag bereikbaar voor ouders, in Gouda en op de website?"])
    assert found.doubt == "denied"


def test_what_is_there_goes_before_a_denial_elsewhere():
    found = asked(
        [
            "Tot 2024 was het ouder- en jeugdsteunpunt niet bereikbaar voor ouders, in Gouda en op de website.",
            THERE,
        ]
    )
    assert found.state == "found"
    assert "elke werkdag" in found.best.quote
