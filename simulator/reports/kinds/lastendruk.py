"""What it costs, in hours and euros: by who bears it, on what, and for which duty of the law."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.base.language import say
from simulator.base.numbers import figure, number
from simulator.reports import burdens, played, tabling
from simulator.reports.blocks import Block, Chapters, Document, Figure, Note, Paragraph, Span, text
from simulator.reports.pictures import bars
from simulator.world import parts

if TYPE_CHECKING:
    from simulator.reports.source import Asked
    from simulator.reports.tables import Table

TAKES = "run"

_MOST = 20
"""Replications that are played again."""
_PARTS = (
    ("actor", "actors", "betrokkenen"),
    ("activity", "activities", "activiteiten"),
    ("obligation", "duties", "plichten"),
)


def build(asked: Asked) -> Document:
    """The report."""
    scenario, source = asked.source.scenario, asked.source
    parts.needed(scenario, parts.LASTENDRUK)
    own = [list(scenario.swv).index(code) for code in asked.scope.codes]
    counts = {by: burdens.Counts(by, own) for by, _, _ in _PARTS}
    n = min(_MOST, source.replications)
    for replication in range(n):
        play = source.player.replication(replication)
        for one in counts.values():
            one.add(play)
    tables = {by: burdens.tables(scenario, one) for by, one in counts.items()}
    total = tables["actor"][0].rows[-1]
    words = {"euros": figure(total["euros"], "eur"), "hours": number(total["hours"], 0)}
    heads = Chapters()
    blocks: list[Block] = []
    for by, title, name in _PARTS:
        blocks += [heads.chapter(say(f"burden_report.{title}"), name), *_part(by, tables[by])]
    strong = Paragraph(text(Span(say("burden_report.total", **words), "strong")))
    brief = Note("info", "", (strong, Paragraph(text(say("burden_report.intro", n=n)))))
    return played.report(
        asked, "lastendruk", say("burden_report.title"), brief, blocks,
        {
            "run": source.id, "replications": n, "swv": list(asked.scope.codes),
            "rows": {by: found[0].data() for by, found in tables.items()},
            "shown": say("burden_report.shown", scope=asked.scope.words, swv=asked.scope.counted),
        },
    )  # fmt: skip


def _part(by: str, tables: list[Table]) -> list[Block]:
    """A table; for who bears it also a picture, and what is asked more than once."""
    if by != "actor":
        return tabling.block(tables[0], ("id", "low", "high"))
    rows = [(row["what"], row["euros"]) for row in tables[0].rows[:-1]]
    blocks: list[Block] = [Figure(bars.bars(rows, "eur"), say("burden_report.picture"))]
    for table in tables:
        blocks += tabling.block(table, ("id",))
    return blocks
