"""The page of a comparison stays small with the whole country in it."""

from __future__ import annotations

import json
import re

from simulator.reports import formats

COUNTRY, SCENARIOS, MOST = 152, 4, 5_000_000
LONGER = 2.5
"""How much longer a line over a hundred replications is than one over four."""


def test_four_scenarios_of_the_whole_country_fit_in_five_megabytes(made):
    document = made("vergelijking", "nl")
    page = formats.written(document, "html")
    codes = list(document.extra["swv"])
    rows = sum(map(len, re.findall(r"<tr data-swv=.*?</tr>", page)))
    lines = sum(
        len(one) for one in re.findall(r'<div class="picture" data-part="[PV]O\d{4}".*?</div>', page, re.DOTALL)
    )
    own = {at for at, part in enumerate(document.extra["parts"]) if part[0] == "swv"}
    words = sum(
        len(json.dumps(told))
        for each in document.extra["more"].values()
        for one in each.values()
        for at, told in enumerate(one)
        if at in own
    )
    assert min(rows, lines, words) > 0
    others = SCENARIOS - 1
    of_swv = others * (rows + words) + SCENARIOS / 2 * LONGER * lines
    rest = others * (len(page) - rows - lines - words)
    assert rest + of_swv * COUNTRY / len(codes) < MOST


def test_a_picture_of_a_part_leaves_out_what_the_whole_has_and_nothing_else(made):
    figures = made("vergelijking", "nl").figures()
    figure = next(one for one in figures if one.others and "data-bare" in one.others[0][1].svg)
    series = re.findall(r'data-series="(.*?)"', figure.picture.svg)
    assert len(series) == 2
    for _, picture in figure.others:
        assert re.findall(r'data-series="(.*?)"', picture.svg) == series
        assert len(picture.svg) < len(figure.picture.svg) / 2
        assert picture.alt in picture.svg
