"""A comparison of which a part is chosen: the choice stands on top, and every chapter follows or says it does not."""

from __future__ import annotations

import io

import pytest
from browsing import PHONE
from pypdf import PdfReader
from test_accessible import tabbed

pytestmark = pytest.mark.browser


def printed(page):
    return " ".join(" ".join(one.extract_text().split()) for one in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)


def drawn(page):
    """The figures of which the pictures show a row."""
    rows = page.locator("#kort ~ figure .picture:visible g[data-kpi]")
    return set(rows.evaluate_all("all => all.map(one => one.dataset.kpi)"))


def test_what_was_chosen_stands_on_top_and_on_paper(opened):
    page = opened("vergelijking", "nl")
    assert not page.locator(".choice").is_visible()
    page.select_option("select[name=kpi]", "plan_on_time")
    page.select_option("select[name=province]", "Zuid-Holland")
    assert page.locator(".choice").inner_text() == "Gekozen: kengetal plan op tijd; provincie Zuid-Holland."
    words = printed(page)
    assert words.index("Gekozen: kengetal plan op tijd; provincie Zuid-Holland.") < words.index("Inhoud")


def test_paper_has_tables_per_swv_when_something_was_chosen_and_says_so_else(opened):
    page = opened("vergelijking", "nl")
    whole = printed(page)
    assert "komen de tabellen per sector binnen elke provincie en per samenwerkingsverband alleen als" in whole
    own = page.locator("details.folded tbody[data-part=swv] tr").first.evaluate("one => one.dataset.swv")
    assert (
        own not in whole.partition("Per sector, provincie en samenwerkingsverband")[2].rpartition("verantwoording")[0]
    )
    figure = page.locator("select[name=kpi] option").nth(1).get_attribute("value")
    page.select_option("select[name=kpi]", figure)
    assert "komen de tabellen per sector" in printed(page)
    page.select_option("select[name=kpi]", "plan_on_time")
    assert own not in printed(page).rpartition("Per sector, provincie en samenwerkingsverband")[2]
    page.select_option("select[name=swv]", own)
    chosen = printed(page)
    assert own in chosen.rpartition("Per sector, provincie en samenwerkingsverband")[2]
    assert "komen de tabellen per sector" not in chosen


def test_a_figure_chosen_for_all_is_printed_without_every_swv(opened):
    page = opened("vergelijking", "nl")
    above = set(page.locator("tbody[data-kpi]").evaluate_all("all => all.map(one => one.dataset.kpi)"))
    figures = page.locator("select[name=kpi] option").evaluate_all("all => all.map(one => one.value)")
    page.select_option("select[name=kpi]", next(one for one in figures if one and one not in above))
    rows = page.locator(".chosen tbody tr[data-swv]")
    page.emulate_media(media="print")
    assert rows.count()
    assert not any(row.is_visible() for row in rows.all())
    page.emulate_media(media="screen")
    page.select_option("select[name=swv]", rows.first.get_attribute("data-swv"))
    page.emulate_media(media="print")
    assert page.locator(".chosen tbody tr[data-swv]:visible").count()


def test_the_first_chapter_follows_the_figure(opened, made):
    page = opened("vergelijking", "nl")
    clear = page.locator("#kort ~ ul li[data-figure]").evaluate_all("all => all.map(one => one.dataset.figure)")
    figures = page.locator("select[name=kpi] option").evaluate_all("all => all.map(one => one.value)")
    unclear = next(one for one in figures if one and one not in clear)
    assert clear
    page.select_option("select[name=kpi]", clear[0])
    shown = page.locator("#kort ~ ul li[data-figure]:visible")
    assert shown.evaluate_all("all => all.map(one => one.dataset.figure)") == [clear[0]] * clear.count(clear[0])
    page.select_option("select[name=kpi]", unclear)
    assert shown.count() == 0
    assert "geen verschil groter" in page.locator("#kort + .of-all").inner_text()
    assert drawn(page) == {unclear}


def test_captions_tell_the_part_that_is_shown_and_chapters_of_the_whole_say_so(opened):
    page = opened("vergelijking", "nl")
    counted = "12 samenwerkingsverbanden"
    curve = page.locator("#voortgang ~ figure figcaption").first
    assert counted in curve.inner_text()
    page.select_option("select[name=province]", "Zuid-Holland")
    assert "het geheel is Zuid-Holland" in curve.inner_text()
    captions = page.locator("tr[data-part]:visible").evaluate_all(
        "all => all.map(one => one.closest('table').caption.textContent)"
    )
    assert captions
    assert all(one.endswith("; getoond: Zuid-Holland") for one in captions)
    for chapter in ("kort", "verschillen", "redenen", "spreiding"):
        told = page.locator(f"#{chapter} + .of-all").inner_text()
        assert f"Dit hoofdstuk gaat over {counted} samen, niet over Zuid-Holland alleen." in told
    page.select_option("select[name=province]", "")
    assert counted in curve.inner_text()
    assert page.locator(".of-all:visible").count() == 0


def test_the_caption_of_a_spread_names_the_figure_that_is_drawn(opened):
    page = opened("vergelijking", "nl")
    page.select_option("select[name=kpi]", "burden_hours_per_swv")
    captions = page.locator("figure[data-whole]:visible figcaption").all_inner_texts()
    assert captions
    assert all("lastendruk per swv (uren)" in one for one in captions)


def test_choices_that_do_not_go_together_say_why(opened):
    page = opened("vergelijking", "nl")
    page.select_option("select[name=swv]", "PO2814")
    assert page.locator(".nothing").inner_text() == ""
    page.select_option("select[name=sector]", "vo")
    assert page.locator("output").inner_text() == "0"
    assert "PO2814 hoort bij primair onderwijs in Zuid-Holland" in page.locator(".nothing").inner_text()
    page.select_option("select[name=sector]", "")
    page.select_option("select[name=kpi]", "plan_on_time")
    assert page.locator("form p[role=status]").inner_text().startswith("1 rij getoond.")


def test_a_phone_shows_difference_and_interval_without_scrolling(opened):
    page = opened("vergelijking", "nl", PHONE)
    page.select_option("select[name=kpi]", "burden_hours_per_swv")
    for row in ("tr[data-figure]:visible", "div.chosen tbody tr:visible"):
        cells = page.locator(row).first.locator("td")
        assert cells.count() > 3
        for number in range(cells.count()):
            box = cells.nth(number).bounding_box()
            assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE["width"]
    hint, picture = (
        page.locator(f"figure:visible {one}:visible").first.bounding_box() for one in (".scrolls", ".picture")
    )
    assert hint["y"] < picture["y"]


def test_sector_and_province_together_have_a_difference_of_their_own(opened):
    page = opened("vergelijking", "nl")
    page.select_option("select[name=kpi]", "plan_on_time")
    page.select_option("select[name=sector]", "po")
    page.select_option("select[name=province]", "Zuid-Holland")
    row = page.locator("tr[data-part=both]:visible")
    assert row.count() == 1
    assert row.locator("th").inner_text() == "primair onderwijs in Zuid-Holland"
    others = page.locator("tr[data-kpi]:visible").evaluate_all("all => all.map(one => one.dataset.part)")
    assert set(others) == {"both", "swv"}
    curve = page.locator("#voortgang ~ figure .picture:visible").first
    assert curve.get_attribute("data-part") == "primair onderwijs in Zuid-Holland"
    words = printed(page)
    assert "primair onderwijs in Zuid-Holland" in words
    assert "bezetting" not in words.partition("Inhoud")[2].partition("verantwoording")[0]  # rows that were not chosen


def test_the_list_of_swv_says_where_they_are(opened):
    page = opened("vergelijking", "nl")
    options = page.locator("select[name=swv] option").all_inner_texts()[1:]
    assert len(options) == 12
    assert all(" (" in one for one in options)
    assert "Boskoop" in next(one for one in options if one.startswith("PO2814"))


def test_the_keyboard_reaches_every_visible_thing_also_when_something_is_chosen(opened):
    page = opened("vergelijking", "nl")
    page.select_option("select[name=kpi]", "plan_on_time")
    page.select_option("select[name=swv]", "PO2814")
    wanted, reached, dull = tabbed(page)
    assert reached >= wanted > 20
    assert dull == []
    page.locator("figure .picture:visible").first.focus()
    page.keyboard.press("ArrowRight")
    assert "plan op tijd" in page.locator("figure .told").first.inner_text()
