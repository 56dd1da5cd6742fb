"""Words in their many forms."""

import pytest

from simulator.plan.documents.compounds import Forms, base


@pytest.mark.parametrize(
    ("one", "other"),
    [("stelt", "gesteld"), ("vaststelt", "vastgesteld"), ("terugplaatsen", "teruggeplaatst"), ("meldt", "gemeld")],
)
def test_the_forms_of_a_verb_have_one_base(one, other):
    assert base(one) == base(other)


@pytest.mark.parametrize(("one", "other"), [("besluit", "beslist"), ("geld", "geen"), ("raad", "rad")])
def test_words_that_only_look_alike_have_not(one, other):
    assert base(one) != base(other)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("steunpuntmedewerker", ("steunpunt", "medewerker")),
        ("ondersteuningsgelden", ("ondersteuning", "gelden")),
        ("leerlingenraad", ("leerling", "raad")),
        ("raadslid", ()),
        ("medewerker", ()),
    ],
)
def test_a_compound_is_its_parts(word, parts):
    forms = Forms({"steunpunt", "medewerker", "ondersteuning", "gelden", "leerling", "raad", "lid"})
    assert forms.parts(word) == parts


def test_a_verb_that_stands_apart_is_the_verb():
    forms = Forms({"vaststellen"})
    assert base("vaststellen") in set(forms.of(["de", "raad", "stelt", "het", "plan", "vast"]))
    assert base("vaststellen") not in set(forms.of(["de", "raad", "stelt", "vragen"]))


def test_a_word_longer_than_any_word_is_not_split():
    """Splitting takes time that grows with the square of the length; a page without spaces is one word."""
    forms = Forms({"leerling", "raad"})
    assert forms.parts("leerlingenraad") == ("leerling", "raad")
    assert forms.parts("leerling" * 20 + "raad") == ()
