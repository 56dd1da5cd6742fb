"""Pictures are whole SVG, show what the data say, and say it in words as well."""

from __future__ import annotations

import math
import re
from datetime import date
from itertools import accumulate, pairwise
from xml.etree import ElementTree as Xml

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.base import language
from simulator.base.days import NEVER, day_of
from simulator.reports import capacity
from simulator.reports.context import Context
from simulator.reports.pictures import canvas, curves, slack, spread, swv, tiles, timeline, tornado
from simulator.reports.subject import subject

SVG = "{http://www.w3.org/2000/svg}"


def shapes(picture, tag):
    return Xml.fromstring(picture.svg).findall(f".//{SVG}{tag}")  # noqa: S314 - made by ourselves


def contrast(one, other):
    """The contrast of two colours, as WCAG 2.1 defines it."""

    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_colour_can_be_read():
    assert min(contrast(colour, canvas.PAPER) for colour in (*canvas.SERIES, canvas.SOFT, canvas.AMBER)) >= 4.5
    assert min(contrast(fill, letters) for fill, letters in tiles.SHADES) >= 4.5


@settings(max_examples=60, deadline=None)
@given(st.floats(-1e6, 1e6), st.floats(0.001, 1e6), st.integers(2, 10))
def test_ticks_are_round_few_and_within(low, size, most):
    found = canvas.ticks(low, low + size, most)
    assert len(found) <= most + 1
    assert all(low - size * 1e-6 <= tick <= low + size * (1 + 1e-6) for tick in found)
    steps = np.diff(found)
    assert len(found) < 3 or np.allclose(steps, steps[0])


@pytest.mark.parametrize("sector", ["po", "vo"])
def test_every_tile_has_a_place_of_its_own_and_north_is_up(sector):
    places = tiles.places(sector)
    assert len(set(places.values())) == len(places) >= 74
    code = {"po": ("PO2001", "PO3101"), "vo": ("VO2001", "VO3101")}[sector]
    north, south = (next(row for name, (_, row) in places.items() if name == one) for one in code)
    assert north < south
    assert all(0 <= x < tiles.COLUMNS and 0 <= y < tiles.ROWS for x, y in places.values())


def test_a_map_shades_by_value_and_names_the_extremes():
    values = {code: float(number) for number, code in enumerate(tiles.places("po"))}
    picture = tiles.tiles(values, "what", lambda value: f"{value:.0f}")
    fills = {
        mark.find(f"{SVG}title").text: mark.find(f"{SVG}rect").get("fill")
        for mark in shapes(picture, "g")
        if mark.get("class") == "m"
    }
    low, high = min(values, key=values.get), max(values, key=values.get)
    assert fills[f"{low}: 0"] == tiles.SHADES[0][0]
    assert fills[f"{high}: {values[high]:.0f}"] == tiles.SHADES[-1][0]
    assert low in picture.alt
    assert high in picture.alt
    assert fills["VO2001"] == "#ffffff"  # no value


def climbed(way):
    """How high a staircase stands: where it begins, and after each step up or down."""
    start = float(re.match(r"M[-\d.]+,([-\d.]+)", way)[1])
    return [round(one, 1) for one in accumulate(map(float, re.findall(r"v([-\d.]+)", way)), initial=start)]


def test_progress_rises_to_the_share_that_its_words_tell():
    language.choose("en")
    first = day_of(date(2014, 1, 1))
    series = [curves.Series("half", [first + 10, first + 20, NEVER, NEVER], 4), curves.Series("none", [NEVER] * 4, 4)]
    picture = curves.progress(series, first, first + 100, first + 50, "all")
    assert "half 50.0%" in picture.alt
    assert "none 0.0%" in picture.alt
    heights = [climbed(path.get("d")) for path in shapes(picture, "path") if path.get("stroke-width") == "2"]
    assert all(after <= before for one in heights for before, after in pairwise(one))
    assert heights[0][-1] < heights[0][0]
    assert len(set(heights[1])) == 1


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(0, 1000) | st.just(math.nan), min_size=1, max_size=60).filter(
        lambda v: not all(map(math.isnan, v))
    )
)
def test_a_histogram_counts_every_value_once(values):
    picture = spread.histogram(values, "label", "days")
    counts = [
        int(rect.find(f"{SVG}title").text.rsplit(": ", 1)[1])
        for rect in shapes(picture, "rect")
        if rect.find(f"{SVG}title") is not None
    ]
    assert sum(counts) == sum(not math.isnan(value) for value in values)


def test_intervals_lie_on_their_side_of_zero():
    rows = [
        spread.Gap("up", 0, 2.0, 1.0, 3.0, "days", True), spread.Gap("down", 0, -2.0, -3.0, -1.0, "days", True),
        spread.Gap("nothing", 0, math.nan, math.nan, math.nan, "days", False),
    ]  # fmt: skip
    picture = spread.intervals(rows, ["other"], "base")
    middle = next(float(line.get("x1")) for line in shapes(picture, "line") if line.get("stroke-width") == "1.2")
    dots = sorted(float(dot.get("cx")) for dot in shapes(picture, "circle") if float(dot.get("cx")) > 100)
    assert len(dots) == 2
    assert dots[0] < middle < dots[1]
    assert "2" in picture.alt


@pytest.fixture(scope="module")
def context(sources):
    return Context(subject(sources[0].player, sources[0].replication(0), "PO2814", None))


def test_the_timeline_has_a_bar_for_every_step_that_was_taken(context):
    bars = swv.bars(context)
    picture = timeline.timeline(bars, "PO2814", [])
    names = {bar.label for bar in bars}
    assert len(names) > 15
    assert all(bar.asked <= bar.start <= bar.end for bar in bars)
    assert any(bar.inspects for bar in bars)
    in_full = {one.find(f"{SVG}title").text for one in shapes(picture, "text") if len(one)}
    assert in_full < names
    assert {title.text for title in shapes(picture, "title")} - in_full == {bar.words for bar in bars}


def test_slack_is_the_days_between_event_and_law(context):
    rows = swv.slacks(context)
    sent = next(one for one in rows if one.duty == "PROC-9")
    day = int(context.about.played.seen.days["sent"][context.about.number])
    assert sent.last == day_of(date(2014, 4, 30))
    assert sent.day == day
    assert sent.days == sent.last - day
    late = slack.Slack("x", "PROC-9", "WPO", sent.last + 3, sent.last)
    assert late.days == -3
    picture = slack.slack([late, sent], sent.last)
    assert "3" in picture.alt
    assert canvas.RED in picture.svg


def test_people_are_as_busy_week_by_week_as_the_figure_says(sources):
    from simulator.outcomes import kpis

    played = sources[0].replication(0)
    found = kpis.measure(played)
    names = [name for name, pool in sources[0].scenario.pools.items() if pool.per is None]
    horizon, weeks = played.looker.model.horizon, None
    for name, busy in zip(names, capacity.weekly(played), strict=True):
        weeks = len(busy.busy)
        mean = sum(busy.busy) * 7 * 86_400 / horizon
        assert mean == pytest.approx(found[f"pool_utilisation.{name}"], abs=1e-9)
        assert max(busy.busy) <= 1 + 1e-9
    assert weeks == -(-horizon // (7 * 86_400))


def test_pictures_are_the_same_every_time_and_in_the_language(sources, context):
    language.choose("nl")
    one, other = (timeline.timeline(swv.bars(context), "PO2814", []).svg for _ in range(2))
    assert one == other
    assert "wachten" in one
    assert not re.search(r"\d{5,}\.\d", one)


def test_a_tornado_reaches_to_the_side_that_a_number_moves_it():
    rows = [tornado.Pull("up", 3.0, 4.0, "days"), tornado.Pull("down", -2.0, 2.0, "days")]
    picture = tornado.tornado(rows, "figure")
    up, down = (rect for rect in shapes(picture, "rect") if rect.get("class") == "m")
    middle = next(float(line.get("x1")) for line in shapes(picture, "line") if line.get("stroke") == canvas.INK)
    assert float(up.get("x")) == middle
    assert float(down.get("x")) + float(down.get("width")) == pytest.approx(middle, abs=0.11)
    assert float(up.get("width")) == pytest.approx(1.5 * float(down.get("width")), abs=0.2)
    assert "up: +3" in picture.alt


def test_a_tornado_has_room_for_names_as_long_as_the_picture_above_their_bars():
    name = "factor op de duur, zoals bij: onderdeel van het plan schrijven; voorstel voorleggen aan de OPR"
    picture = tornado.tornado([tornado.Pull(name, 3.0, 4.0, "days"), tornado.Pull("down", -2.0, 2.0, "days")], "figure")
    words = {text.text: float(text.get("y")) for text in shapes(picture, "text")}
    bars = [float(rect.get("y")) for rect in shapes(picture, "rect") if rect.get("class") == "m"]
    assert words[name] < bars[0] < words["down"] < bars[1]
    middle = next(float(line.get("x1")) for line in shapes(picture, "line") if line.get("stroke") == canvas.INK)
    assert middle * 608 / picture.width < 340  # seen on a phone without a swipe


def test_a_curve_has_a_mark_for_every_month_before_which_it_rose_and_at_its_ends():
    first = day_of(date(2014, 1, 15))
    series = [curves.Series("one", [first + 40], 2), curves.Series("other", [first, NEVER], 2)]
    picture = curves.progress(series, first, day_of(date(2014, 6, 15)), None, "all")
    titles = [title.text for title in shapes(picture, "title")]
    assert titles == [
        "one, 15 January 2014: 0.0%", "one, 1 March 2014: 50.0%", "one, 1 June 2014: 50.0%",
        "other, 15 January 2014: 50.0%", "other, 1 June 2014: 50.0%",
    ]  # fmt: skip
    assert {group.get("data-series") for group in shapes(picture, "g")} >= {"one", "other"}


def test_what_a_page_can_choose_by_is_text():
    board = canvas.Canvas(10)
    with board.series('"><script>'), board.mark("<b>", {"swv": '"onload="'}):
        board.rect(0, 0, 1, 1, fill="#fff")
    (group,) = [one for one in shapes(board.picture("x"), "g") if one.get("data-series")]
    assert group.get("data-series") == '"><script>'
    assert group[0].get("data-swv") == '"onload="'


def test_who_waits_for_a_day_is_not_drawn_at_work(sources):
    language.choose("nl")
    source = sources[0]
    context = Context(subject(source.player, source.replication(0), "PO2814", None))
    rows = swv.bars(context)
    waits = [bar for bar in rows if bar.waits]
    assert "wachten op het geplande kwaliteitsonderzoek" in {bar.label.partition(" (")[0] for bar in waits}
    assert not [bar.label for bar in rows if bar.label.startswith("wachten") and not bar.waits]
    drawn = timeline.timeline(rows, "PO2814", [])
    grey = [one for one in shapes(drawn, "rect") if one.get("class") == "m" and one.get("fill") == canvas.LINE]
    assert len(grey) == len([bar for bar in waits if bar.end > bar.start])
    assert "wachten" not in drawn.alt


def test_a_name_that_is_cut_is_there_in_full():
    language.choose("nl")
    name = "een heel lange naam van een stap die nergens in past " * 3
    drawn = timeline.timeline([timeline.Bar(name, 0, 1, 9, inspects=False)], "x", [])
    (text,) = [one for one in shapes(drawn, "text") if "\u2026" in "".join(one.itertext())]
    assert text.find(f"{SVG}title").text == name


@pytest.mark.parametrize(("sizes", "drawn", "still"), [((0.2, 0.0, 0.0), 1, "2 "), ((0.0, 0.0, 0.0), 0, "3 ")])
def test_numbers_that_move_nothing_are_counted_beside_a_tornado(sizes, drawn, still):
    from simulator.reports import sensitivities
    from simulator.world import scenario as scenarios

    effects = [
        {"name": name, "mu": size, "mu_star": size, "total": None}
        for name, size in zip(("draft_element", "install_opr", "elect_members"), sizes, strict=True)
    ]
    told = {"kpi": "plan_on_time", "unit": "share", "base": 0.5, "effects": effects, "scenario": "x", "variants": 9}
    document = sensitivities.document(scenarios.load("invoering-2014"), {**told, "replications": 1})
    figures = list(document.figures())
    assert len(figures) == drawn
    assert all("1 number" in one.picture.alt for one in figures)
    assert any(
        "".join(span.text for span in one.text).startswith(still) for one in document.blocks if hasattr(one, "text")
    )


def test_a_name_becomes_smaller_before_it_is_cut():
    drawing = canvas.Canvas(60)
    for number, words in enumerate(("kort", "overleg met overlappend samenwerkingsverband", "a" * 80)):
        drawing.label(292, 12 + 12 * number, words, 288)
    drawn = drawing.picture("alt").svg
    assert ">overleg met overlappend samenwerkingsverband<" in drawn
    assert 'font-size="11.5"' in drawn
    assert "a" * 47 + "…" in drawn
