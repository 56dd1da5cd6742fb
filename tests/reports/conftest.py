"""What tests of reports share: two small runs, the documents of every kind, and readers of every format."""

from __future__ import annotations

import io
import zipfile
from html.parser import HTMLParser

import pytest
from browsing import axe, browser, elsewhere, opened, visited  # noqa: F401 - fixtures

from simulator.base import language
from simulator.outcomes import running
from simulator.plan import checking
from simulator.plan import reading as plans
from simulator.reports import kinds
from simulator.reports.source import Asked, Scope, Source, scope
from simulator.world import population
from simulator.world import scenario as scenarios
from tests.conftest import TWELVE, scenario_of

LANGUAGES = ("nl", "en")
KINDS = {
    "bevindingen": ["bevindingen-swv", "bevindingen-simulatie", "bevindingen-orders", "bevindingen-country"],
    "plancheck": ["plancheck", "plancheck-shortfalls"],
    "vergelijking": ["vergelijking"],
    "voortgang": ["voortgang"],
    "lastendruk": ["lastendruk"],
    "praktijktoets": ["praktijktoets"],
    "dossier": ["dossier", "dossier-plan"],
}
"""Per kind the cases that tests make of it; a kind without a case fails a test."""
CASES = [case for cases in KINDS.values() for case in cases]


@pytest.fixture(scope="session")
def runs(tmp_path_factory):
    """Two stored runs of twelve swv that share their luck."""
    folder = tmp_path_factory.mktemp("reports")
    late = (
        "format: scenario/1\nid: laat\nextends: klein\n"
        'title: {nl: "Laat", en: "Late"}\nquestion: {nl: "?", en: "?"}\nparameters: {install_opr: {median: 90}}\n'
    )
    (folder / "klein.yaml").write_text(scenario_of("klein", TWELVE), encoding="utf-8")
    (folder / "laat.yaml").write_text(late, encoding="utf-8")
    return tuple(
        running.run(scenarios.load(str(folder / f"{name}.yaml")), 4, folder=folder / "runs" / name)[0]
        for name in ("klein", "laat")
    )


@pytest.fixture(scope="session")
def sources(runs):
    """The runs as sources, so that they are played again once for all tests."""
    return tuple(Source.of_run(run) for run in runs)


@pytest.fixture(scope="session")
def plan_cycle():
    """The scenario of a plan under the kader of 2021, whose shortfalls lead to orders."""
    return Source.of_plan(plan_file("voorbeeld-2026"))


def plan_file(name):
    """A plan by name; `voorbeeld-2026` is the shipped one of 2022 moved on to the next period, with a duty missed."""
    everyone = set(population.everyone())
    if name != "voorbeeld-2026":
        return plans.load(name, everyone)
    from dataclasses import replace

    file = plans.load("voorbeeld-po-2022", everyone)
    period = file.plan.period.model_copy(update={"first_school_year": 2026})
    answers = {**file.plan.answers, "GOV-6c": {}}
    answers["GOV-6c"] = {
        key: one.model_copy(update={"answer": False, "page": 61, "section": "9.1", "quote": "Het bestuur kiest zelf."})
        for key, one in file.plan.answers["GOV-6c"].items()
    }
    plan = file.plan.model_copy(update={"period": period, "answers": answers, "events": {}})
    return replace(file, plan=plan)


@pytest.fixture(scope="session")
def made(sources, plan_cycle):
    """A function that gives the document of a case in a language, each made once."""
    found = {}

    def make(case, lang):
        if (case, lang) not in found:
            found[case, lang] = _built(case, lang, sources, plan_cycle)
        return found[case, lang]

    return make


def _built(case, lang, sources, plan_cycle):
    language.choose(lang)
    kind, _, which = case.partition("-")
    people = sources[0].scenario
    if kind in ("plancheck", "praktijktoets"):
        checked = checking.check(plan_file("voorbeeld-po" if which else "voorbeeld-po-2022"))
        asked = Asked((), checked, Scope("swv", "PO2814", ("PO2814",)))
    elif kind == "vergelijking":
        asked = Asked(sources, None, scope(people, None, None, None))
    elif which in ("orders", "plan"):
        asked = Asked((plan_cycle,), None, Scope("swv", "PO2814", ("PO2814",)))
    else:
        code = None if which == "country" else "PO2814"
        visit = "simulatie" if which == "simulatie" else None
        asked = Asked(sources[:1], None, scope(people, code, None, None), visit=visit)
    return kinds.load(kind).build(asked)


class Page(HTMLParser):
    """Text of a page, its tags balanced, and everything it would fetch."""

    void = ("meta", "br", "link", "img", "hr", "input", "col")

    def __init__(self, page):
        super().__init__()
        self.pieces, self.fetched, self.open, self.tags, self.attributes = [], [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        self.fetched += [
            value
            for name, value in attrs
            if name in ("src", "srcset", "data", "poster", "action")
            or (name == "href" and tag != "a" and not value.startswith("#"))
        ]
        if tag not in self.void:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.void:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        if not self.open or self.open[-1] not in ("style", "script"):
            self.pieces.append(data)

    @property
    def text(self):
        return " ".join("".join(self.pieces).split())


def words(content, kind):
    """The text of a report as a reader gets it, in any format."""
    if kind == "html":
        return Page(content).text
    if kind == "md":
        return content
    if kind == "pdf":
        from pypdf import PdfReader

        return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())
    import re
    from html import unescape

    name = "word/document.xml" if kind == "docx" else "content.xml"
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        xml = book.read(name).decode()
    xml = re.sub(r"</(w:p|text:p|text:h)>|<w:tab/>|<text:tab/>|<text:s[^>]*/>", " ", xml)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", xml)).split())
