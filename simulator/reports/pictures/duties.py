"""What shortfalls rest on and what they hold back: the duties near them as a graph, with the status of each."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from simulator.base.language import pick, say
from simulator.kader.assess import Status
from simulator.reports import drawing
from simulator.reports.pictures.canvas import AMBER, GREEN, INK, RED, SOFT, WASH, Canvas, cut

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx

    from simulator.kader.law import Law
    from simulator.reports.blocks import Picture

_MOST = 24
_COLOURS = {Status.MET: GREEN, Status.NOT_MET: RED, Status.NOT_ASSESSABLE: AMBER}
_MARKS = {Status.MET: "✓ ", Status.NOT_MET: "✗ ", Status.NOT_ASSESSABLE: "? "}


def near(graph: nx.DiGraph, names: Sequence[str]) -> nx.DiGraph:
    """The duties with what rests on them, and as far as there is room what they rest on."""
    kept = dict.fromkeys(names)
    for step in (graph.successors, graph.predecessors):
        for name in names:
            for one in sorted(step(name)):
                if len(kept) < _MOST:
                    kept.setdefault(one)
    return graph.subgraph(list(kept)[:_MOST]).copy()


def duties(law: Law, statuses: Mapping[str, Status], names: Sequence[str]) -> Picture:
    """Boxes from left to right: what comes first, and what rests on it.

    Args:
        law: the duties of a day.
        statuses: of each.
        names: the shortfalls to show.
    """
    graph = near(law.graph, names)
    boxes, width, height = drawing.layout(graph)
    canvas = Canvas(height + 8, max(width, 420.0))
    where = {box.id: box for box in boxes}
    for a, b in sorted(graph.edges):
        canvas.curve(
            drawing.curve(where[a], where[b]), stroke=RED if a in names else "#aab3bd", width=1.6 if a in names else 1.1
        )
    for box in boxes:
        status = statuses[box.id]
        told = f"{box.id}: {say(f'status.{status.name.lower()}')}. {pick(law.versions[box.id].text)}"
        with canvas.series(say(f"status.{status.name.lower()}")), canvas.mark(told):
            _box(canvas, box, status, pick(law.versions[box.id].text))
    after = sorted({b for a, b in graph.edges if a in names} - set(names))
    return canvas.picture(
        say(
            "picture.duties_alt", n=len(boxes), names=", ".join(name for name in names if name in where),
            after=", ".join(after) or say("picture.none"),
        )
    )  # fmt: skip


def _box(canvas: Canvas, box: drawing.Box, status: Status, words: str) -> None:
    colour = _COLOURS.get(status, SOFT)
    fill = WASH if status in (Status.NOT_APPLICABLE, Status.NOT_YET_DUE) else "#ffffff"
    canvas.rect(box.x, box.y, drawing.WIDTH, drawing.HEIGHT, fill=fill, stroke=colour, round_=3)
    canvas.rect(box.x, box.y, 6, drawing.HEIGHT, fill=colour)
    word = _MARKS.get(status, "") + say(f"status.{status.name.lower()}")
    canvas.text(box.x + 14, box.y + 18, box.id, bold=True, size=13)
    canvas.text(box.x + drawing.WIDTH - 8, box.y + 18, word, size=11, fill=colour, anchor="end")
    lines = wrap(words, 31) or [""]
    short = lines[0] + ("…" if len(lines) > 1 else "")
    canvas.text(box.x + 14, box.y + 38, cut(short, drawing.WIDTH - 20, 11.5), size=11.5, fill=INK)
