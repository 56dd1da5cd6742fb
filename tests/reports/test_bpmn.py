"""The werkwijze as BPMN: valid, complete, and drawn so that nothing lies over something else."""

from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as Xml

import networkx as nx
import pytest
import xmlschema

from simulator.base import language, resources
from simulator.kader import reading
from simulator.kader.werkwijze import Node
from simulator.reports import bpmn, bpmnflow

SCHEMA = Path(__file__).parents[1] / "data" / "bpmn" / "BPMN20.xsd"
KADERS = sorted(path.stem for path in resources.KADERS.glob("swv-*.yaml"))
SPACE = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
STEP = {"label": {"nl": "stap", "en": "step"}, "actor": "swv", "source": "x", "confidence": "assumed"}


@pytest.fixture(scope="module")
def schema():
    return xmlschema.XMLSchema(SCHEMA)


@pytest.mark.parametrize("name", KADERS)
def test_every_shipped_werkwijze_is_valid_and_whole(name, schema):
    kader = reading.load(name)
    text = bpmn.bpmn(kader)
    schema.validate(text)
    assert not schema.is_valid(text.replace(' targetRef="', ' to="', 1))
    root = Xml.fromstring(text)  # noqa: S314 - our own output
    drawn = {one.get("id") for kind in ("task", "intermediateCatchEvent") for one in root.iter(SPACE + kind)}
    assert drawn == {node.id for node in kader.file.werkwijze.walk() if node.step}
    assert text == bpmn.bpmn(kader)
    shown = {one.get("bpmnElement") for one in root.iter() if one.get("bpmnElement")}
    flowing = ("task", "subProcess", "sequenceFlow", "startEvent", "endEvent", "boundaryEvent", "exclusiveGateway",
               "parallelGateway", "complexGateway", "intermediateCatchEvent")  # fmt: skip
    assert {one.get("id") for kind in flowing for one in root.iter(SPACE + kind)} <= shown


@pytest.mark.parametrize("name", KADERS)
def test_nothing_lies_over_something_else_and_arrows_meet_what_they_join(name):
    for block in bpmnflow.flow(reading.load(name).file.werkwijze).everything():
        placed = {element.id: element for element in block.elements}
        solid = [element for element in block.elements if not element.host]
        for one, other in combinations(solid, 2):
            assert apart(one, other), (one.id, other.id)
        for flow in block.flows:
            assert on_border(placed[flow.source], flow.points[0]), flow
            assert on_border(placed[flow.target], flow.points[-1]), flow
        for element in block.elements:
            if element.inner:
                assert all(within(child, element) for child in element.inner.elements), element.id


def apart(one, other):
    return (one.x + one.width <= other.x or other.x + other.width <= one.x
            or one.y + one.height <= other.y or other.y + other.height <= one.y)  # fmt: skip


def within(child, parent):
    return (parent.x < child.x and parent.y < child.y and child.x + child.width < parent.x + parent.width
            and child.y < parent.y + parent.height)  # fmt: skip


def on_border(element, point):
    x, y = point
    right, bottom = element.x + element.width, element.y + element.height
    return (x in (element.x, right) and element.y <= y <= bottom) or (
        y in (element.y, bottom) and element.x <= x <= right
    )


@pytest.mark.parametrize("name", KADERS)
def test_every_element_lies_on_a_way_from_start_to_end(name):
    for block in bpmnflow.flow(reading.load(name).file.werkwijze).everything():
        graph = nx.DiGraph((flow.source, flow.target) for flow in block.flows)
        graph.add_edges_from((element.host, element.id) for element in block.elements if element.host)
        assert set(graph) == {element.id for element in block.elements}
        assert nx.descendants(graph, block.first) | {block.first} == set(graph)
        assert nx.ancestors(graph, block.last) | {block.last} == set(graph)


def kinds(block):
    return [element.kind for element in block.elements]


def test_joins_become_what_the_engine_does():
    branches = [{"id": "one", "step": STEP}, {"id": "two", "step": STEP}]
    both = bpmnflow.block(Node.model_validate({"id": "p", "parallel": {"branches": branches}}))
    assert kinds(both).count("parallelGateway") == 2
    either = bpmnflow.block(Node.model_validate({"id": "p", "parallel": {"join": "any", "branches": branches}}))
    assert kinds(either)[:2] == ["parallelGateway", "complexGateway"]
    timed = {"join": "by", "by": "2014-04-01", "branches": branches}
    late = bpmnflow.block(Node.model_validate({"id": "p", "parallel": timed}))
    assert kinds(late) == ["subProcess", "complexGateway", "boundaryEvent"]
    assert sorted(flow.source for flow in late.flows) == ["p", "p.moment"]
    assert {flow.target for flow in late.flows} == {"p.first"}


def test_a_choice_that_may_skip_has_a_default_way():
    choice = {"id": "c", "choice": [{"when": {"bit": "x"}, "then": {"id": "one", "step": STEP}}]}
    found = bpmnflow.block(Node.model_validate(choice))
    assert [(flow.source, flow.target) for flow in found.flows if flow.default] == [("c.split", "c.join")]


def test_documentation_names_source_time_and_who(schema):
    language.choose("nl")
    text = bpmn.bpmn(reading.load("swv-2021"))
    schema.validate(text)
    for words in ("Bron: WMS 32(1) via 37", "termijn van 6 weken, volgens de Algemene termijnenwet", "voor elke gemeente",
                  "Nodig: zittingskamers LCG WMS", "geen document van de Inspectie"):  # fmt: skip
        assert words in text


def test_the_command_writes_a_file(command, tmp_path):
    code, _, err = command("kader", "bpmn", "swv-2014", "-o", "w.bpmn")
    assert code == 0
    steps = [node for node in reading.load("swv-2014").file.werkwijze.walk() if node.step]
    assert f"{len(steps)} steps" in err
    assert (tmp_path / "w.bpmn").read_text(encoding="utf-8").startswith("<?xml")
    code, _, err = command("kader", "bpmn", "swv-2041")
    assert code == 2
    assert "swv-2021" in err
