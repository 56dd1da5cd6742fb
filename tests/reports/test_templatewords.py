"""What is wrong in a template is told in the language of the reader, with the original message behind it."""

from __future__ import annotations

import jinja2
import pytest

from simulator.base import language
from simulator.base.errors import InputError
from simulator.reports import render
from simulator.reports.render import Templates
from simulator.reports.templatewords import told


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{% if %}x{% endif %}", "hier hoort een uitdrukking, en er staat 'end of statement block'"),
        ("{% doe %}", "er is geen opdracht 'doe'"),
        ("{{ 1|plat }}", "er is geen filter 'plat'"),
        ("{% for x in [1] %}", "het sjabloon houdt op voordat alles is afgesloten"),
        ("{{ ''.__class__.__mro__ }}", "het kenmerk '__class__' mag een sjabloon niet gebruiken"),
        ("{% for x in range(10**9) %}{% endfor %}", "zo'n groot bereik mag een sjabloon niet doorlopen"),
        ("{{ 1 / 0 }}", "hier wordt door nul gedeeld"),
    ],
)
def test_well_known_mistakes_are_told_in_dutch_with_the_original(tmp_path, source, words):
    language.choose("nl")
    (tmp_path / "document.md.j2").write_text(source, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        render.text("document.md.j2", {}, templates=Templates.of(tmp_path))
    message = caught.value.problems[0].message
    assert words in message
    assert 'oorspronkelijke melding: "' in message


def test_an_error_of_an_unknown_kind_keeps_its_own_words():
    assert told(RuntimeError("iets anders")) == "iets anders"
    assert "oorspronkelijk" not in told(jinja2.TemplateRuntimeError("iets anders"))
