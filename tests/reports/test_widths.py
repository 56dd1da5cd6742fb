"""On a desk no table is wider than its page, so that no last column is out of sight."""

from __future__ import annotations

import pytest

from tests.reports.conftest import CASES

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("case", CASES)
def test_no_table_is_cut_on_a_desk(opened, case):
    page = opened(case, "nl")
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.wide')].filter(one => one.scrollWidth > one.clientWidth + 1)
            .map(one => one.getAttribute('aria-label'))"""
    )
    assert page.locator(".wide").count() > 0
    assert cut == []
