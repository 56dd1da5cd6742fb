"""Every kind of report in a real browser, offline: axe-core finds nothing against WCAG 2.1 AA, in both languages.

Needs Debian's chromium (`.ci/browser` installs it) or one that CHROMIUM names.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from conftest import CASES, LANGUAGES

from simulator.base import language
from simulator.reports import formats

pytestmark = pytest.mark.browser

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-default-apps", "--no-first-run", "--no-default-browser-check", "--host-resolver-rules=MAP * ~NOTFOUND",
]  # fmt: skip
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


def chromium():
    """Where the browser is; a test that cannot find one says how to get it."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("no chromium: run `bash .ci/browser` (apt-get install chromium), or set CHROMIUM to its path")
    return found


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
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


@pytest.mark.parametrize(("lang", "size"), [*((lang, DESK) for lang in LANGUAGES), ("nl", PHONE)], ids=str)
@pytest.mark.parametrize("case", CASES)
def test_axe_finds_nothing(opened, axe, case, lang, size):
    page = opened(case, lang, size)
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.evaluate(axe)
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    assert len(found["passes"]) > 15
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found["violations"]] == []


OTHERS = {
    "graph": ["graph", "voorbeeld-po"],
    "matrix": ["check", "voorbeeld-po", "voorbeeld-po-2022", "--format", "html"],
    "compare": ["compare", "klein", "laat", "--format", "html"],
    "praktijktoets": ["praktijktoets", "voorbeeld-po-2022", "--format", "html"],
    "praktijktoetsen": ["praktijktoets", "klein.yaml", "-n", "1", "--format", "html"],
    "sensitivity": [
        "sensitivity",
        "klein.yaml",
        "-n",
        "1",
        "--trajectories",
        "2",
        "--samples",
        "0",
        "--format",
        "html",
    ],
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", OTHERS)
def test_axe_finds_nothing_in_other_pages(browser, axe, runs, monkeypatch, tmp_path, lang, name):
    from simulator.cli import main as cli

    folder = runs[0].folder.parent
    monkeypatch.chdir(folder.parent)
    monkeypatch.setenv("INSPECTIE_SIM_RUNS", str(folder))
    language.choose(lang)
    target = tmp_path / "x.html"
    assert cli._run([*OTHERS[name], "-o", str(target)]) in (0, 1)
    page = browser.new_page(viewport=DESK)
    page.goto(target.as_uri())
    page.evaluate(axe)
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    page.close()
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found["violations"]] == []


@pytest.mark.parametrize("case", CASES)
def test_a_page_never_scrolls_sideways_on_a_phone(opened, case):
    page = opened(case, "nl", PHONE)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("case", CASES)
def test_the_keyboard_reaches_every_link_and_field(opened, case):
    page = opened(case, "nl")
    wanted = page.evaluate(
        "() => [...document.querySelectorAll('a[href], select, summary, [tabindex=\"0\"]')]"
        ".filter(one => one.checkVisibility()).length"
    )
    reached = page.evaluate(
        "() => { window.seen = new Set(); document.addEventListener('focusin', e => seen.add(e.target)); }"
    )
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
    reached = page.evaluate("() => seen.size")
    assert reached >= wanted


def test_a_comparison_is_whole_without_script_and_chosen_from_with_it(opened):
    without = opened("vergelijking", "nl", script=False)
    rows = without.locator("tr[data-kpi]").count()
    assert not without.locator("form.choose").is_visible()
    assert without.locator("tr[data-part=sector]").first.is_visible()
    page = opened("vergelijking", "nl")
    assert page.locator("tr[data-kpi]").count() == rows > 20
    assert page.locator("output").inner_text() == str(rows)
    page.select_option("select[name=swv]", "PO2814")
    shown = page.locator("tr[data-kpi]:visible")
    assert {shown.nth(number).get_attribute("data-swv") for number in range(shown.count())} == {"PO2814"}
    assert page.locator("output").inner_text() == str(shown.count())
    page.select_option("select[name=kpi]", "plan_on_time")
    assert shown.count() == 1
    page.select_option("select[name=sector]", "vo")
    assert shown.count() == 0


def test_a_comparison_prints_what_was_chosen(opened, tmp_path):
    import io

    from pypdf import PdfReader

    page = opened("vergelijking", "nl")
    whole = len(PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
    page.select_option("select[name=province]", "Zuid-Holland")
    text = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
    assert "PO2814" in text.partition("Per sector")[2]
    assert "PO2201" not in text.rpartition("Per sector")[2].partition("verantwoording")[0]
    assert whole >= 5
