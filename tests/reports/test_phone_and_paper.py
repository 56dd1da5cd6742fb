"""Pages on a phone and on paper: nothing is cut off, what must be seen comes first, what is folded away is printed."""

from __future__ import annotations

import io

import pytest
from browsing import DESK, PHONE

pytestmark = pytest.mark.browser


def test_on_a_phone_a_table_of_words_is_a_card_per_row_with_all_its_words(opened):
    page = opened("bevindingen-swv", "nl", PHONE)
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
    cut = page.evaluate(
        """() => [...document.querySelectorAll('table.cards')].filter(one => one.scrollWidth > one.clientWidth + 1)
            .map(one => one.querySelector('caption').textContent)"""
    )
    assert page.locator("table.cards").count() > 5
    assert cut == []
    cell = page.locator("#nagerekend ~ details table.cards td[data-label='Status']").first
    assert "Status" in cell.evaluate("one => getComputedStyle(one, '::before').content")
    assert cell.bounding_box()["x"] + cell.bounding_box()["width"] <= PHONE["width"]


def test_paper_shows_what_a_page_folds_away(opened, made):
    from pypdf import PdfReader

    page = opened("bevindingen-swv", "nl", script=False)
    assert not page.get_by_text("draft_element").first.is_visible()
    text = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
    assert "draft_element" in text
    assert "PRIV-1" in text.partition("nagerekend")[2]


def test_evidence_begins_with_the_duties_and_opens_what_somebody_must_look_at(elsewhere, visited):
    page = visited(elsewhere("evidence", "nl"), PHONE)
    duties, texts = page.locator("#duties").bounding_box(), page.locator("#documents").bounding_box()
    assert duties["y"] + duties["height"] <= texts["y"]
    folds = page.locator("#duties details")
    assert folds.count() > 10
    for number in range(folds.count()):
        one = folds.nth(number)
        states = set(one.locator(".state").evaluate_all("all => all.map(one => one.className.split(' ')[1])"))
        assert (one.get_attribute("open") is not None) == bool(states & {"vague", "not_found", "waits"})
    page.locator("a.q").first.click()
    goal = page.url.partition("#")[2]
    assert page.locator(f"#{goal}").is_visible()
    waits = folds.last.locator(".state.waits")
    assert waits.evaluate("one => getComputedStyle(one).color") != page.locator(".state.found").first.evaluate(
        "one => getComputedStyle(one).color"
    )


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_duties_begin_at_what_is_not_in_order_in_letters_that_can_be_read(elsewhere, visited, size):
    page = visited(elsewhere("graph", "nl"), size)
    frame, node = page.locator("#view").bounding_box(), page.locator("#view .node.not_met").first.bounding_box()
    assert frame["x"] <= node["x"]
    assert node["x"] + node["width"] <= frame["x"] + frame["width"]
    assert node["width"] >= 200  # letters of ten pixels or more
    page.get_by_role("button", name="Alles").click()
    assert page.locator("#view .node").last.bounding_box()["x"] < frame["x"] + frame["width"]
    page.emulate_media(media="print")
    assert not page.locator("#view").is_visible()
    assert page.locator("#sheets svg").count() > 1


def test_a_picture_that_is_wider_than_a_phone_says_that_it_slides(opened):
    page = opened("vergelijking", "nl", PHONE)
    wide = page.evaluate(
        """() => [...document.querySelectorAll('figure .picture:not([hidden])')].map(one =>
            one.scrollWidth <= one.clientWidth + 1 || one.parentElement.querySelector('.scrolls').offsetHeight > 0)"""
    )
    assert wide
    assert all(wide)
    assert not opened("vergelijking", "nl").locator(".scrolls").first.is_visible()
