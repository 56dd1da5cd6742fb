"""The duties as a picture: layered from what comes first (left) to what rests on it (right)."""

from __future__ import annotations

import io
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import networkx as nx

from simulator.base.language import pick, say

if TYPE_CHECKING:
    from simulator.kader.assess import Status
    from simulator.kader.law import Law
    from simulator.kader.model import Kader

WIDTH, HEIGHT, GAP_X, GAP_Y, MARGIN = 200, 50, 60, 14, 24
_SWEEPS = 12
_COLUMNS = 6
"""Columns of boxes that can be read beside each other on a page of paper."""


@dataclass(frozen=True)
class Box:
    """A duty with its place in the picture."""

    id: str
    x: float
    y: float


def layout(graph: nx.DiGraph) -> tuple[list[Box], float, float]:
    """Places for the nodes, layer by layer, in an order with few crossings; and the width and height of all.

    Every node stands to the right of all it rests on. Within a layer nodes are ordered by the middle of their
    neighbours, swept back and forth (the barycentre method of Sugiyama, Tagawa and Toda, 1981).
    """
    layers = [sorted(layer) for layer in nx.topological_generations(graph)]
    place = {name: number for layer in layers for number, name in enumerate(layer)}
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        for layer in layers if forward else layers[::-1]:
            near = graph.predecessors if forward else graph.successors
            layer.sort(key=lambda name: (_middle([place[one] for one in near(name)], place[name]), name))
            place.update({name: number for number, name in enumerate(layer)})
    tallest = max((len(layer) for layer in layers), default=1)
    boxes = []
    for column, layer in enumerate(layers):
        top = MARGIN + (tallest - len(layer)) * (HEIGHT + GAP_Y) / 2
        x = MARGIN + column * (WIDTH + GAP_X)
        boxes += [Box(name, x, top + row * (HEIGHT + GAP_Y)) for row, name in enumerate(layer)]
    width = 2 * MARGIN + len(layers) * (WIDTH + GAP_X) - GAP_X
    return boxes, width, 2 * MARGIN + tallest * (HEIGHT + GAP_Y) - GAP_Y


def _middle(values: list[int], own: int) -> float:
    return sum(values) / len(values) if values else float(own)


def focused(graph: nx.DiGraph, name: str) -> nx.DiGraph:
    """A duty with all it rests on and all that rests on it."""
    return graph.subgraph({name, *nx.ancestors(graph, name), *nx.descendants(graph, name)}).copy()


def picture(
    kader: Kader, law: Law, sector: str, statuses: dict[str, Status] | None, focus: str | None
) -> dict[str, Any]:
    """Everything that the templates draw.

    Args:
        kader, law, sector: the duties on a day in a sector.
        statuses: of a plan, when there is one; else nodes are told apart by their group.
        focus: only this duty with what belongs to it.
    """
    graph = focused(law.graph, focus) if focus else law.graph
    boxes, width, height = layout(graph)
    where = {box.id: box for box in boxes}
    nodes = []
    for box in boxes:
        version, duty = law.versions[box.id], kader.obligations[box.id]
        status = statuses[box.id].name.lower() if statuses else ""
        lines = wrap(pick(version.text), 34)
        nodes.append({
            "id": box.id, "x": box.x, "y": box.y, "group": duty.group, "status": status,
            "word": say(f"status.{status}") if status else say(f"group.{duty.group}"),
            "short": lines[0] + ("…" if len(lines) > 1 else ""), "text": pick(version.text),
            "article": version.article[sector], "link": version.link.get(sector),  # type: ignore[index, call-overload]
            "requires": sorted(graph.predecessors(box.id)), "own": version.counts,
        })  # fmt: skip
    drawn = set(nx.transitive_reduction(graph).edges)  # what follows from other lines is left out of the picture
    edges = [
        {"from": a, "to": b, "path": curve(where[a], where[b]), "drawn": (a, b) in drawn}
        for a, b in sorted(graph.edges)
    ]
    kinds = sorted({(node["status"] or node["group"], node["word"]) for node in nodes})
    return {
        "nodes": nodes, "edges": edges, "width": width, "height": height + 30, "kinds": kinds,
        "box_width": WIDTH, "box_height": HEIGHT, "sheets": sheets(boxes),
    }  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """A part of a wide picture for a page of paper: where it begins, and its size."""

    left: float
    top: float
    width: float
    height: float


def sheets(boxes: list[Box]) -> list[Sheet]:
    """The parts that hold all boxes, none of them torn; about equally many columns in each."""
    step = WIDTH + GAP_X
    columns = round((max(box.x for box in boxes) - MARGIN) / step) + 1
    count = -(-columns // _COLUMNS)
    ends = [MARGIN - GAP_X / 2 + step * round(number * columns / count) for number in range(count + 1)]
    made = []
    for left, right in pairwise(ends):
        own = [box.y for box in boxes if left < box.x < right]
        made.append(Sheet(left, min(own) - MARGIN, right - left, max(own) - min(own) + HEIGHT + 2 * MARGIN))
    return made


def curve(start: Box, end: Box) -> str:
    """A line from the right of one box to the left of another, as the path of an SVG."""
    x1, y1, x2, y2 = start.x + WIDTH, start.y + HEIGHT / 2, end.x, end.y + HEIGHT / 2
    bend = max((x2 - x1) / 2, 30)
    return f"M{x1:g},{y1:g}C{x1 + bend:g},{y1:g} {x2 - bend:g},{y2:g} {x2:g},{y2:g}"


def dot(told: dict[str, Any]) -> str:
    """The picture for Graphviz."""
    lines = ["digraph duties {", "  rankdir=LR; node [shape=box];"]
    lines += [f'  "{node["id"]}" [label="{node["id"]}\\n{node["word"]}"];' for node in told["nodes"]]
    lines += [f'  "{edge["from"]}" -> "{edge["to"]}";' for edge in told["edges"]]
    return "\n".join([*lines, "}"]) + "\n"


def mermaid(told: dict[str, Any]) -> str:
    """The picture for Mermaid."""
    groups: dict[str, list[str]] = defaultdict(list)
    for node in told["nodes"]:
        groups[node["group"]].append(f'    {node["id"]}["{node["id"]}<br>{node["word"]}"]')
    lines = ["flowchart LR"]
    for group in sorted(groups):
        lines += [f'  subgraph {group}["{say(f"group.{group}")}"]', *groups[group], "  end"]
    lines += [f"  {edge['from']} --> {edge['to']}" for edge in told["edges"]]
    return "\n".join(lines) + "\n"


def graphml(told: dict[str, Any]) -> str:
    """The graph as GraphML, with article, text, group and status on each node."""
    graph = nx.DiGraph()
    for node in sorted(told["nodes"], key=lambda node: str(node["id"])):
        graph.add_node(node["id"], **{key: node[key] for key in ("article", "text", "group", "status")})
    graph.add_edges_from((edge["from"], edge["to"]) for edge in told["edges"])
    buffer = io.BytesIO()
    nx.write_graphml(graph, buffer, encoding="utf-8", prettyprint=True)
    return buffer.getvalue().decode() + "\n"
