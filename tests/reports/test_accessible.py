"""Every kind of report in a real browser, offline: axe-core finds nothing against WCAG 2.1 AA, in both languages."""

from __future__ import annotations

import re

import pytest
import test_hostile_texts
from browsing import DESK, OTHERS, PHONE
from test_formats import OF_THE_OTHER

from simulator.base import language
from simulator.reports import formats
from tests.reports.conftest import CASES, LANGUAGES, Page

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


AXE = """async tags => {
    const found = await axe.run(document, {
        runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false, elementRef: false,
    });
    return {passed: found.passes.length,
        wrong: found.violations.map(one => one.id + ': ' + one.nodes[0].html.slice(0, 120))};
}"""


def against(page, axe):
    """What axe finds against the rules on a page with all that is folded away shown."""
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.evaluate(axe)
    found = page.evaluate(AXE, TAGS)
    assert found["passed"] > 15
    return found["wrong"]


@pytest.mark.parametrize(("lang", "size"), [*((lang, DESK) for lang in LANGUAGES), ("nl", PHONE)], ids=str)
@pytest.mark.parametrize("case", CASES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(opened, axe, case, lang, size):
    page = opened(case, lang, size)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= size["width"]
    assert against(page, axe) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", OTHERS)
def test_axe_finds_nothing_in_other_pages(elsewhere, visited, axe, lang, name):
    assert against(visited(elsewhere(name, lang)), axe) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", OTHERS)
def test_other_pages_stand_alone_in_one_language(elsewhere, lang, name):
    html = elsewhere(name, lang).read_text(encoding="utf-8")
    page = Page(html)
    assert page.open == []
    assert page.fetched == []
    assert f'<html lang="{lang}">' in html
    keys = set(language.texts("en"))
    assert not {word for word in re.findall(r"\b[a-z_]+\.[a-z_]+\b", page.text) if word in keys}
    assert "Undefined" not in page.text
    if name != "evidence":  # documents are in Dutch, whatever the language of the page
        lower = " ".join(page.text.lower().split())
        lower = lower.replace("inspectie-sim scenario assumptions", "")  # a command is the same in all languages
        assert [word for word in OF_THE_OTHER[lang] if word in lower] == []


@pytest.mark.parametrize("name", OTHERS)
def test_other_pages_have_the_same_look_and_are_reached_by_keyboard(elsewhere, visited, name):
    page = visited(elsewhere(name, "nl"))
    for part in (".notice", ".cover .kicker", ".cover h1", "main", "footer.foot"):
        assert page.locator(part).count() == 1, part
    assert "Lato" in page.evaluate("() => getComputedStyle(document.querySelector('h1')).fontFamily")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= DESK["width"]
    wanted, reached, dull = tabbed(page)
    assert reached >= wanted > 0
    assert dull == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]


REACHED = "a[href], button, select, input, summary, [tabindex='0']"


def tabbed(page):
    """How many places a keyboard should reach, and what is wrong with those that Tab gets to."""
    wanted = page.evaluate(
        "which => [...document.querySelectorAll(which)].filter(one => one.checkVisibility() && !one.disabled).length",
        REACHED,
    )
    page.evaluate(
        """() => { window.seen = new Set(); window.dull = [];
            document.addEventListener('focusin', event => {
                if (seen.has(event.target)) return;
                seen.add(event.target);
                const style = getComputedStyle(event.target), box = event.target.querySelector('.box');
                const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
                const edge = box && parseFloat(getComputedStyle(box).strokeWidth) >= 3;
                if (!ring && !edge) dull.push(event.target.outerHTML.slice(0, 100)); }); }"""
    )
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
    return wanted, page.evaluate("() => seen.size"), page.evaluate("() => dull")


@pytest.mark.parametrize("case", CASES)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(opened, case):
    wanted, reached, dull = tabbed(opened(case, "nl"))
    assert reached >= wanted > 3
    assert dull == []


def test_a_picture_is_stepped_through_by_keyboard(opened):
    page = opened("dossier", "nl")
    figure = page.locator("figure").first
    steps = figure.locator(".m").count()
    assert steps > 30
    figure.locator(".picture").focus()
    told = figure.locator("[role=status]")
    seen = []
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        seen.append(told.inner_text())
        assert figure.locator(".m.on title").text_content() in seen[-1]
    assert len(set(seen)) == 3
    page.keyboard.press("End")
    assert f"({steps}/{steps})" in told.inner_text()
    page.keyboard.press("Escape")
    assert figure.locator(".m.on").count() == 0
    page.get_by_role("button", name="Volgend punt").first.click()
    assert told.inner_text() == seen[0]


def test_a_series_stands_out_and_steps_go_through_it_alone(opened):
    page = opened("dossier", "nl")
    figure = page.locator("figure").first
    chip = figure.get_by_role("button", name="stap van de Inspectie")
    chip.click()
    assert chip.get_attribute("aria-pressed") == "true"
    rest = figure.locator("[data-series]:not(.off) .m").count()
    assert 0 < rest < figure.locator(".m").count()
    figure.locator(".picture").focus()
    page.keyboard.press("ArrowRight")
    assert f"(1/{rest})" in figure.locator("[role=status]").inner_text()
    chip.click()
    assert figure.locator(".off").count() == 0


def test_time_is_stretched_and_goes_back(opened):
    page = opened("dossier", "nl")
    figure = page.locator("figure").first
    bar = figure.locator("rect.m").first
    before = bar.bounding_box()
    figure.get_by_role("button", name="Tijd uitrekken").click()
    assert bar.bounding_box()["width"] == pytest.approx(2 * before["width"], rel=0.05)
    letters = figure.locator("text.fine:visible").first.bounding_box()
    assert 3 < letters["width"] < 30  # words are not stretched
    figure.get_by_role("button", name="Geheel").click()
    after = bar.bounding_box()
    assert (after["x"], after["width"]) == (before["x"], before["width"])


def test_a_page_chooses_sector_and_swv_in_its_pictures(opened):
    page = opened("bevindingen-country", "nl")
    shown = page.locator("figure", has=page.get_by_role("combobox", name="Deel"))
    shown.get_by_role("combobox", name="Deel").select_option("voortgezet onderwijs")
    assert shown.locator(".picture:visible").count() == 1
    assert shown.locator(".picture:visible").get_attribute("data-part")
    country = page.locator("figure", has=page.get_by_role("combobox", name="Samenwerkingsverband"))
    country.get_by_role("combobox", name="Samenwerkingsverband").select_option("PO2814")
    assert country.locator(".m:not(.off)").count() == 1
    country.locator(".picture").focus()
    page.keyboard.press("ArrowRight")
    assert country.locator("[role=status]").inner_text().startswith("PO2814: ")


def test_what_a_picture_shows_is_text_whatever_it_holds(visited, tmp_path):
    word = "<img src=x onerror='window.hit = 1'><script>window.hit = 1</script> {{ 7*7 }} \" '"
    language.choose("nl")
    file = tmp_path / "x.html"
    file.write_text(formats.written(test_hostile_texts.document(word), "html"), encoding="utf-8")
    page = visited(file)
    figure = page.locator("figure")
    figure.get_by_role("combobox", name="Deel").select_option(word)
    figure.get_by_role("button", name=word).click()
    figure.get_by_role("button", name="Volgend punt").click()
    assert figure.locator("[role=status]").inner_text().startswith(word)
    assert page.evaluate("() => window.hit") is None
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("case", ["dossier", "bevindingen-country"])
def test_pictures_are_whole_without_script(opened, case):
    page = opened(case, "nl", script=False)
    assert page.locator(".tools, .told").count() == 0
    whole = page.locator("figure .picture:not([data-part])")
    assert whole.count() == page.locator("figure").count() > 1
    assert all(whole.nth(number).is_visible() for number in range(whole.count()))


def test_a_comparison_is_whole_without_script_and_chosen_from_with_it(opened):
    without = opened("vergelijking", "nl", script=False)
    rows = without.locator("tbody[data-kpi] > tr").count()
    assert not without.locator("form.choose").is_visible()
    assert without.locator("tbody[data-part=sector] > tr").first.is_visible()
    page = opened("vergelijking", "nl")
    assert page.locator("tr[data-kpi]").count() == rows > 20
    assert page.locator("output").inner_text() == str(rows)
    page.select_option("select[name=swv]", "PO2814")
    shown = page.locator("tr[data-kpi]:visible")
    assert {shown.nth(number).get_attribute("data-swv") for number in range(shown.count())} == {"PO2814"}
    assert page.locator("output").inner_text() == str(shown.count())
    curve = page.locator("figure", has=page.get_by_role("combobox", name="Deel")).locator(".picture:visible")
    assert curve.get_attribute("data-part") == "PO2814"
    assert page.locator("tr[data-figure]:visible").count() == page.locator("tr[data-figure]").count()
    page.select_option("select[name=kpi]", "plan_on_time")
    assert shown.count() == 1
    assert page.locator("tr[data-figure]:visible").count() == 1
    page.select_option("select[name=sector]", "vo")
    assert shown.count() == 0


def test_every_figure_of_a_comparison_can_be_chosen_by_part_and_the_pictures_follow(opened, axe, made):
    page = opened("vergelijking", "nl")
    figures = {row["kpi"] for row in made("vergelijking", "nl").told["rows"] if row["diff"] is not None}
    offered = page.locator("select[name=kpi] option").evaluate_all("all => all.map(one => one.value)")
    assert figures <= set(offered)
    assert len(figures) > 20
    table = page.locator("div.chosen tbody tr:visible")
    for name in ("burden_hours_per_swv", "plan_complete", "findings_per_swv"):
        page.select_option("select[name=swv]", "")
        page.select_option("select[name=kpi]", name)
        assert table.count() == page.locator("tr[data-kpi]:visible").count() > 12
        assert page.locator("tr[data-figure]:visible").first.get_attribute("data-figure") == name
        page.select_option("select[name=swv]", "PO2814")
        assert table.count() == 1
        assert "PO2814" in table.inner_text()
    own = page.locator("figure .picture[data-part=PO2814]:visible svg")
    assert own.count() > 0  # a drawing of one swv is completed from the whole when it is chosen
    for number in range(own.count()):
        assert own.nth(number).get_attribute("role") == "img"
        assert "PO2814" in own.nth(number).get_attribute("aria-label")
        assert own.nth(number).locator("text").count() > 5
    assert against(page, axe) == []
    page.select_option("select[name=swv]", "")
    clear = page.locator("figure .picture:visible g[data-kpi]").evaluate_all("all => all.map(one => one.dataset.kpi)")
    assert set(clear) == {"findings_per_swv"}
    spread = page.locator("figure[data-whole] .picture:visible")
    called = page.locator("select[name=kpi] option:checked").inner_text()
    assert {spread.nth(number).get_attribute("data-part") for number in range(spread.count())} == {called}


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
