"""A real browser for tests of pages: opened from a file, offline, with what else than reports is a page.

Needs Debian's chromium (`.ci/browser` installs it) or one that CHROMIUM names.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from simulator.base import language
from simulator.reports import formats
from tests.conftest import scenario_of

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-default-apps", "--no-first-run", "--no-default-browser-check", "--host-resolver-rules=MAP * ~NOTFOUND",
]  # fmt: skip
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


def chromium():
    """Where the browser is; a test that cannot find one says how to get it."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("no chromium: run `bash .ci/browser` (apt-get install chromium), or set CHROMIUM to its path")
    return found


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe():
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def opened(browser, made, tmp_path):
    """A function that opens a case from a file, and fails when the page asks for anything else."""
    pages = []

    def open_(case, lang, size=DESK, *, script=True):
        language.choose(lang)
        file = tmp_path / f"{case}-{lang}.html"
        file.write_text(formats.written(made(case, lang), "html"), encoding="utf-8")
        context = browser.new_context(viewport=size, java_script_enabled=script)
        page = context.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        page.goto(file.as_uri())
        assert asked == [file.as_uri()]
        pages.append(context)
        return page

    yield open_
    for context in pages:
        context.close()


OTHERS = {
    "graph": ["graph", "voorbeeld-po"],
    "matrix": ["check", "voorbeeld-po", "voorbeeld-po-2022", "--format", "html"],
    "compare": ["compare", "klein", "laat", "--format", "html"],
    "rooster": ["rooster", "klein"],
    "evidence": ["plan", "evidence", "plan.md", "--html"],
    "praktijktoets": ["praktijktoets", "voorbeeld-po-2022", "--format", "html"],
    "praktijktoetsen": ["praktijktoets", "klein.yaml", "-n", "1", "--format", "html"],
    "sensitivity": ["sensitivity", "een.yaml", "-n", "1", "--trajectories", "2", "--samples", "0", "--format", "html"],
}
"""Pages of other commands than report, by name: the words of the command."""


@pytest.fixture(scope="session")
def elsewhere(runs, tmp_path_factory):
    """A function that gives the page of another command than report, made once in each language."""
    import contextlib

    from simulator.cli import main as cli
    from simulator.outcomes import sensitivity

    folder, made, studied = runs[0].folder.parent, {}, []

    def studied_once(*asked, analyse=sensitivity.analyse):
        if not studied:  # the same in every language
            studied.append(analyse(*asked))
        return studied[0]

    text = "# Ondersteuningsplan 2026-2030 PO2814\n\nHet besluit op een aanvraag tlv volgt binnen zes weken.\n"
    text += "\nHet bestuur heeft dit ondersteuningsplan vastgesteld op 2 april 2026.\n"
    text += "\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    (folder.parent / "plan.md").write_text(text, encoding="utf-8")
    (folder.parent / "een.yaml").write_text(scenario_of("een", ["PO2814"]), encoding="utf-8")

    def make(name, lang):
        if (name, lang) not in made:
            target = tmp_path_factory.mktemp("pages") / f"{name}-{lang}.html"
            with pytest.MonkeyPatch.context() as patch, contextlib.chdir(folder.parent):
                patch.setenv("INSPECTIE_SIM_RUNS", str(folder))
                patch.setattr(sensitivity, "analyse", studied_once)
                language.choose(lang)
                assert cli._run(["--lang", lang, *OTHERS[name], "-o", str(target)]) in (0, 1)
            made[name, lang] = target
        return made[name, lang]

    return make


@pytest.fixture
def visited(browser):
    """A function that opens a file."""
    pages = []

    def visit(file, size=DESK):
        pages.append(browser.new_page(viewport=size))
        pages[-1].on("pageerror", lambda error: pytest.fail(str(error)))
        asked = []
        pages[-1].on("request", lambda request: asked.append(request.url))
        pages[-1].goto(file.as_uri())
        assert asked == [file.as_uri()]
        return pages[-1]

    yield visit
    for page in pages:
        page.close()
