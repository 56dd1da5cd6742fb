"""Pages about the whole country stay small enough to mail, and one swv is written in all formats within its time."""

from __future__ import annotations

import time

import pytest

from simulator.base import language
from simulator.outcomes import running
from simulator.reports import formats, kinds
from simulator.reports.source import Asked, Source, scope
from simulator.world import population
from simulator.world import scenario as scenarios

MOST = 5_000_000


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    """Two runs with every swv."""
    folder = tmp_path_factory.mktemp("country")
    names = ("invoering-2014", "late-opr")
    return tuple(Source.of_run(running.run(scenarios.load(name), 2, folder=folder / name)[0]) for name in names)


@pytest.mark.parametrize("kind", ["bevindingen", "voortgang", "lastendruk", "vergelijking"])
def test_a_page_of_the_country_is_small(country, kind):
    language.choose("nl")
    sources = country if kind == "vergelijking" else country[:1]
    everyone = scope(sources[0].scenario, None, None, None)
    assert len(everyone.codes) == len(population.everyone())
    page = formats.written(kinds.load(kind).build(Asked(sources, None, everyone)), "html")
    size = len(page.encode())
    assert 50_000 < size < MOST


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["bevindingen", "dossier"])
def test_one_swv_in_all_formats_takes_no_longer_than_promised(country, kind):
    language.choose("nl")
    asked = Asked(country[:1], None, scope(country[0].scenario, "PO2814", None, None))
    formats.written(kinds.load(kind).build(asked), "docx")  # start-up: libraries are loaded once

    def seconds():
        begin = time.perf_counter()
        document = kinds.load(kind).build(asked)
        for ending in formats.FORMATS:
            formats.written(document, ending)
        return time.perf_counter() - begin

    assert min(seconds() for _ in range(3)) < 5  # of a machine that may be busy
