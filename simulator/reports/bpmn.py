"""A werkwijze as BPMN 2.0 XML with its drawing, for viewers and editors of process models.

Who acts is a performer and a colour (the colours of the OMG), not a lane: parts that are done for each gemeente are
subprocesses, and no lane can run through those. Not executable: conditions and times are words.
"""

from __future__ import annotations

import textwrap
from itertools import count
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Xml

from simulator import __version__
from simulator.base.language import pick, say
from simulator.kader.werkwijze import pool_names
from simulator.reports import bpmnflow, bpmnwords

if TYPE_CHECKING:
    from simulator.kader.model import Kader
    from simulator.kader.werkwijze import Step
    from simulator.reports.bpmnflow import Block, Element, Flow

_SPACES = {
    "": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "color": "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
}
_COLOURS = (("#E3F2FD", "#0D4372"), ("#FFE0B2", "#6B3C00"), ("#E8F5E9", "#205022"), ("#F3E5F5", "#5B176D"),
            ("#FFCDD2", "#831311"), ("#ECEFF1", "#37474F"), ("#FFF9C4", "#5C5300"), ("#D7CCC8", "#4E342E"),
            ("#B2DFDB", "#00413A"), ("#F8BBD0", "#7A1237"))  # fmt: skip
"""Fill and stroke per actor."""
_TOP = 150
_SHORT = 52
"""Characters of a condition that a drawing has room for; the whole stands in the condition itself."""


def bpmn(kader: Kader) -> str:
    """The werkwijze of a kader as a BPMN file, in the chosen language."""
    return _Writer(kader).text()


class _Writer:
    def __init__(self, kader: Kader) -> None:
        self.kader = kader
        steps = [node.step for node in kader.file.werkwijze.walk() if node.step]
        self.actors = list(dict.fromkeys(step.actor for step in steps))
        self.pools = [name for name in kader.file.pools if any(name in pool_names(step) for step in steps)]
        self.numbers = count(1)
        self.names: dict[int, str] = {}
        spaces = {"xmlns" if not name else f"xmlns:{name}": uri for name, uri in _SPACES.items()}
        self.root = Xml.Element(
            "definitions", {**spaces, "id": "definitions", "targetNamespace": f"urn:inspectie-sim:{kader.id}",
                            "exporter": "inspectie-sim", "exporterVersion": __version__}
        )  # fmt: skip

    def text(self) -> str:
        """The whole file."""
        flow = bpmnflow.flow(self.kader.file.werkwijze).moved(40, _TOP)
        for name in self.actors:
            Xml.SubElement(self.root, "resource", id=f"actor.{name}", name=bpmnwords.actor(name))
        for name in self.pools:
            Xml.SubElement(self.root, "resource", id=f"pool.{name}", name=pick(self.kader.file.pools[name].label))
        name = pick(self.kader.file.name)
        process = Xml.SubElement(self.root, "process", id="werkwijze", name=name, isExecutable="false")
        Xml.SubElement(process, "documentation").text = f"{say('bpmn.about')} {self.kader.file.source}"
        self._block(process, flow)
        for number in range(len(self.actors) + 1):
            note = Xml.SubElement(process, "textAnnotation", id=f"note.{number}")
            Xml.SubElement(note, "text").text = (
                bpmnwords.actor(self.actors[number - 1]) if number else f"{name}\n{say('bpmn.about')}"
            )
        diagram = Xml.SubElement(self.root, "bpmndi:BPMNDiagram", id="diagram", name=name)
        plane = Xml.SubElement(diagram, "bpmndi:BPMNPlane", id="plane", bpmnElement="werkwijze")
        self._drawing(plane, flow)
        self._legend(plane)
        Xml.indent(self.root)
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(self.root, encoding="unicode") + "\n"

    def _block(self, parent: Xml.Element, block: Block) -> None:
        """The elements of a block and of the subprocesses in it, then the arrows between them."""
        for flow in block.flows:
            self.names[id(flow)] = f"flow.{next(self.numbers)}"
        for element in block.elements:
            self._element(parent, element, block.flows)
        for flow in block.flows:
            self._flow(parent, flow)

    def _element(self, parent: Xml.Element, element: Element, flows: list[Flow]) -> None:
        made = Xml.SubElement(parent, element.kind, id=element.id)
        step = element.node.step
        if step is not None and element.kind in ("task", "intermediateCatchEvent"):
            made.set("name", pick(step.label))
            Xml.SubElement(made, "documentation").text = "\n".join(bpmnwords.about(self.kader, step))
        if element.kind == "subProcess" and element.node.for_each:
            made.set("name", say(f"bpmn.each_{element.node.for_each.over}"))
        elif element.kind == "subProcess":
            made.set("name", say("bpmn.timed"))
        if element.by is not None:
            made.set("name", say("bpmn.latest", moment=bpmnwords.moment(self.kader, element.by)))
            made.set("attachedToRef", element.host)
            made.set("cancelActivity", "false")
        for direction, names in (("incoming", [flow for flow in flows if flow.target == element.id]),
                                 ("outgoing", [flow for flow in flows if flow.source == element.id])):  # fmt: skip
            for flow in names:
                Xml.SubElement(made, direction).text = self.names[id(flow)]
                if flow.default and direction == "outgoing":
                    made.set("default", self.names[id(flow)])
        self._details(made, element, step)

    def _details(self, made: Xml.Element, element: Element, step: Step | None) -> None:
        """What belongs to one kind of element: who does a task, the moment of a timer, the inside of a subprocess."""
        if element.kind == "task" and step is not None:
            for kind, name in [("performer", f"actor.{step.actor}"),
                               *(("resourceRole", f"pool.{one}") for one in pool_names(step))]:  # fmt: skip
                Xml.SubElement(Xml.SubElement(made, kind), "resourceRef").text = name
        moment = element.by or (step.time.until if step and step.time and element.kind != "task" else None)
        if moment is not None and element.kind in ("boundaryEvent", "intermediateCatchEvent"):
            timer = Xml.SubElement(made, "timerEventDefinition")
            Xml.SubElement(timer, "timeDate").text = (
                bpmnwords.moment(self.kader, moment) if isinstance(moment, str) else moment.isoformat()
            )
        if element.kind == "complexGateway":
            Xml.SubElement(made, "activationCondition").text = say("bpmn.first")
        if element.kind == "subProcess" and element.node.for_each:
            many = Xml.SubElement(made, "multiInstanceLoopCharacteristics", isSequential="false")
            if element.join == "any":
                Xml.SubElement(many, "completionCondition").text = say("bpmn.first")
        if element.inner is not None:
            self._block(made, element.inner)

    def _flow(self, parent: Xml.Element, flow: Flow) -> None:
        made = Xml.SubElement(
            parent, "sequenceFlow", id=self.names[id(flow)], sourceRef=flow.source, targetRef=flow.target
        )
        if flow.when is not None:
            text = bpmnwords.condition(self.kader, flow.when)
            text = say("bpmn.again", what=text, n=flow.rounds) if flow.rounds else text
            made.set("name", textwrap.shorten(text, _SHORT, placeholder=" ..."))
            Xml.SubElement(made, "conditionExpression").text = text

    def _drawing(self, plane: Xml.Element, block: Block) -> None:
        for element in block.elements:
            self._shape(plane, element)
            if element.inner is not None:
                self._drawing(plane, element.inner)
        for flow in block.flows:
            name = self.names[id(flow)]
            edge = Xml.SubElement(plane, "bpmndi:BPMNEdge", id=f"{name}.edge", bpmnElement=name)
            for x, y in flow.points:
                Xml.SubElement(edge, "di:waypoint", x=str(x), y=str(y))
            if flow.when is not None:
                x, y = flow.points[0] if flow.rounds or len(flow.points) == 2 else flow.points[1]
                _bounds(Xml.SubElement(edge, "bpmndi:BPMNLabel"), x + 6, y + 2 if flow.rounds else y - 30, 108, 28)

    def _shape(self, plane: Xml.Element, element: Element) -> None:
        shape = Xml.SubElement(plane, "bpmndi:BPMNShape", id=f"{element.id}.shape", bpmnElement=element.id)
        if element.kind == "subProcess":
            shape.set("isExpanded", "true")
        if element.kind == "exclusiveGateway":
            shape.set("isMarkerVisible", "true")
        if element.node.step is not None and element.kind in ("task", "intermediateCatchEvent"):
            self._coloured(shape, element.node.step.actor)
        _bounds(shape, element.x, element.y, element.width, element.height)
        if element.kind in ("intermediateCatchEvent", "boundaryEvent"):
            x, y = element.middle
            x, y = (x - 240, y + 22) if element.by is not None else (x - 55, y + 22)
            _bounds(Xml.SubElement(shape, "bpmndi:BPMNLabel"), x, y, 220 if element.by is not None else 110, 40)

    def _coloured(self, shape: Xml.Element, actor: str) -> None:
        fill, stroke = _COLOURS[self.actors.index(actor) % len(_COLOURS)]
        shape.set("color:background-color", fill)
        shape.set("color:border-color", stroke)

    def _legend(self, plane: Xml.Element) -> None:
        """What the drawing is, and the colour of each actor, above it."""
        for number in range(len(self.actors) + 1):
            shape = Xml.SubElement(plane, "bpmndi:BPMNShape", id=f"note.{number}.shape", bpmnElement=f"note.{number}")
            if number:
                self._coloured(shape, self.actors[number - 1])
            _bounds(shape, 40 + (420 + 170 * number if number else 0), 30, 150 if number else 560, 60)


def _bounds(parent: Xml.Element, x: int, y: int, width: int, height: int) -> None:
    Xml.SubElement(parent, "dc:Bounds", x=str(x), y=str(y), width=str(width), height=str(height))
