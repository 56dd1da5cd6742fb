"""The picture of the duties: everything is in it, nothing overlaps, and what comes first stands left."""

from __future__ import annotations

import itertools
import re
from datetime import date
from xml.etree import ElementTree as Xml

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.cli import main as cli
from simulator.kader import reading
from simulator.kader.law import law_on
from simulator.reports import drawing

KADER = reading.load("swv-2021")
LAW = law_on(KADER.obligations, date(2026, 8, 1), "po")


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 14), st.sets(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=40))
def test_boxes_never_overlap_and_stand_right_of_what_they_rest_on(count, pairs):
    graph = nx.DiGraph()
    graph.add_nodes_from(f"n{number:02d}" for number in range(count))
    graph.add_edges_from((f"n{min(a, b):02d}", f"n{max(a, b):02d}") for a, b in pairs if a != b and max(a, b) < count)
    boxes, width, height = drawing.layout(graph)
    where = {box.id: box for box in boxes}
    assert set(where) == set(graph)
    for a, b in graph.edges:
        assert where[a].x + drawing.WIDTH < where[b].x
    for one, other in itertools.combinations(boxes, 2):
        assert abs(one.x - other.x) >= drawing.WIDTH or abs(one.y - other.y) >= drawing.HEIGHT
    for box in boxes:
        assert 0 <= box.x <= width - drawing.WIDTH
        assert 0 <= box.y <= height - drawing.HEIGHT


def test_the_layout_does_not_depend_on_the_order_of_the_graph():
    turned = nx.DiGraph()
    turned.add_nodes_from(reversed(list(LAW.graph)))
    turned.add_edges_from(reversed(list(LAW.graph.edges)))
    assert drawing.layout(turned) == drawing.layout(LAW.graph)


def test_a_focus_keeps_what_belongs_to_a_duty():
    kept = set(drawing.focused(LAW.graph, "PLAN-c"))
    assert {"PLAN-a", "SCH-3", "TLV-1", "PLAN-d"} <= kept
    assert "GOV-9" not in kept


def test_every_duty_and_line_is_in_the_exchange_formats():
    told = drawing.picture(KADER, LAW, "po", None, None)
    graph = nx.parse_graphml(drawing.graphml(told))
    assert set(graph.edges) == set(LAW.graph.edges)
    assert graph.nodes["PROC-9"]["article"] == "WPO 18a(10)"
    for text in (drawing.dot(told), drawing.mermaid(told)):
        assert all(name in text for name in LAW.versions)


@pytest.fixture
def graph(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        return cli._run(["graph", *map(str, arguments)])

    return run


def test_svg_is_xml_with_a_title_and_a_word_beside_the_colour(graph, tmp_path):
    assert graph("voorbeeld-po", "-o", "x.svg") == 0
    text = (tmp_path / "x.svg").read_text(encoding="utf-8")
    root = Xml.fromstring(text)  # noqa: S314 - made by ourselves
    assert root.find("{http://www.w3.org/2000/svg}title") is not None
    assert "✗ not met" in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")  # nothing is fetched


def test_html_has_every_duty_as_a_row_and_fetches_nothing(graph, tmp_path):
    assert graph("voorbeeld-po-2022", "--on", "2026-08-01", "-o", "x.html") == 0
    text = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert text.count('<tr id="row-') == text.count('<g class="node')
    assert "src=" not in text
    assert "PLAN-m" in text


@pytest.mark.parametrize("plan", ["voorbeeld-po", "voorbeeld-po-2022"])
def test_on_paper_a_wide_picture_is_parts_of_a_readable_size_with_every_box_whole_in_one(plan, graph, tmp_path):
    assert graph(plan, "-o", "x.html") == 0
    text = (tmp_path / "x.html").read_text(encoding="utf-8")
    boxes = [
        tuple(map(float, pair)) for pair in re.findall(r'data-id="[^"]+" transform="translate\((\S+) (\S+)\)', text)
    ]
    parts = re.findall(r'<svg style="[^"]*" viewBox="(\S+) (\S+) (\S+) (\S+)" [^>]*><use href="#drawn"/>', text)
    assert len(parts) > 1
    for x, y in boxes:
        whole = [
            left <= x and x + drawing.WIDTH <= left + wide and top <= y and y + drawing.HEIGHT <= top + tall
            for left, top, wide, tall in (map(float, part) for part in parts)
        ]
        assert sum(whole) == 1
    assert all(float(wide) <= 1600 for _, _, wide, _ in parts)  # letters of 10 are 5 points on A4


def test_the_same_input_gives_the_same_bytes(graph, tmp_path):
    for ending in ("svg", "html", "dot", "mmd", "graphml"):
        for name in ("a", "b"):
            assert graph("swv-2021", "-o", f"{name}.{ending}") == 0
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


WRONG = [
    ["swv-2021", "-o", "x.png"],
    ["swv-2021", "--focus", "X-1", "-o", "x.svg"],
    ["swv-1900", "-o", "x.svg"],
    ["swv-2021", "--on", "1999-01-01", "-o", "x.svg"],
]


@pytest.mark.parametrize("arguments", WRONG)
def test_wrong_use_is_told(graph, capsys, arguments, tmp_path):
    assert graph(*arguments) == 2
    assert capsys.readouterr().err
    assert not list(tmp_path.iterdir())
