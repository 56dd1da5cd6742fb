"""The pictures of a comparison: differences as intervals, progress over the period, and how figures are spread."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator.base.language import pick, say
from simulator.outcomes import kpis, stored
from simulator.reports import comparison, regional
from simulator.reports.blocks import Block, Bullets, Figure, Paragraph, Span, text
from simulator.reports.pictures import spread

if TYPE_CHECKING:
    from collections.abc import Container

    from simulator.outcomes.store import Run
    from simulator.reports.blocks import Picture
    from simulator.reports.source import Asked


def brief(asked: Asked, page: dict[str, Any], names: list[str]) -> list[Block]:
    """What differs beyond chance as a list, and every difference with its interval as a picture."""
    rows = [
        (
            text(
                f"{row['label']} ({name}): ", Span(row["diff_words"], "strong"),
                f" ({row['interval_words']}); {row['base_words']} → {row['mean_words']}",
            ),
            (("figure", row["kpi"]), ("scenario", name)),
        )
        for table in page["tables"]
        for name in [page["names"][table["run"]["id"]]]
        for row in table["rows"]
        if row["sure"]
    ]  # fmt: skip
    blocks: list[Block] = [Paragraph(text(say("vergelijking.clear" if rows else "vergelijking.nothing_clear")))]
    blocks += [Bullets(tuple(told for told, _ in rows), data=tuple(data for _, data in rows))] if rows else []
    gaps = [
        spread.Gap(
            row["label"], number_, row["diff"], row["diff_low"], row["diff_high"], row["unit"], row["sure"], row["kpi"]
        )
        for number_, table in enumerate(page["tables"])
        for row in table["rows"]
    ]
    if gaps:
        blocks += _intervals(asked, gaps, names)
    return blocks


_TALLEST, _FEWEST_ROWS = 480, 6
"""Pixels of rows in one picture, so that half a page of paper holds it; and rows that it has at the least."""


def _intervals(asked: Asked, gaps: list[spread.Gap], names: list[str]) -> list[Figure]:
    """All differences; and those of each figure alone, which a page shows in their place when it is chosen."""
    labels = list({gap.id: gap.label for gap in gaps}.items())
    most = max(_TALLEST // spread.row_height(len(names) - 1), _FEWEST_ROWS)
    pieces = math.ceil(len(labels) / most)
    size = math.ceil(len(labels) / pieces)
    made = []
    for number in range(pieces):
        own = dict(labels[number * size : (number + 1) * size])
        whole = say("vergelijking.some_figures", part=number + 1, parts=pieces)
        whole = whole if pieces > 1 else say("vergelijking.all_figures")
        others = tuple((label, _gaps_of(gaps, {one}, names)) for one, label in own.items())
        caption = say("vergelijking.picture", base=names[0], scope=asked.scope.counted, whole=whole)
        made.append(Figure(_gaps_of(gaps, own, names), caption, others=others, whole=whole))
    return made


def _gaps_of(gaps: list[spread.Gap], figures: Container[str], names: list[str]) -> Picture:
    return spread.intervals([gap for gap in gaps if gap.id in figures], names[1:], names[0])


def progress(asked: Asked, codes: list[str], names: list[str]) -> list[Block]:
    """For the first figure about an event: the share that had reached it, a line per scenario, of all and of each part."""
    base = asked.source.scenario
    kpi = next((one for one in base.kader.file.kpis if one.kind == "event_before"), None)
    if kpi is None:
        return [Paragraph(text(say("vergelijking.no_progress")))]
    event, reached = str(kpi.event), {}
    own = [source for source in asked.sources if event in source.scenario.kader.events]
    for name, source in zip(names, asked.sources, strict=True):
        if source in own and source.run is not None:
            reached[name] = stored.looks(source.run, [event], codes)[event].days()
    span = min(one.player.model.start for one in own), max(one.player.model.stop for one in own)
    label = pick(base.kader.events[event].label)
    caption = say("vergelijking.progress_caption", label=label, scope=asked.scope.counted)
    return [
        regional.progress(
            reached, base.swv, codes, span, kpis.due(base, kpi), label, caption, ("sector", "province", "both", "swv")
        )
    ]


def spreads(runs: list[Run], names: list[str]) -> list[Block]:
    """How each figure is spread in each run; the first is shown, and a page can choose the others."""
    blocks: list[Block] = []
    for run, told in zip(runs, names, strict=True):
        drawn = [
            (label, spread.histogram(run.kpis[name].tolist(), label, unit, _ends(runs, name)))
            for name, short, unit in comparison.labels(run)
            for label in [comparison.with_unit(short, unit)]
            if not all(math.isnan(value) for value in run.kpis[name])
        ]
        if drawn:
            (label, picture), *others = drawn
            caption = say("vergelijking.spread_caption", name=told, label=label, n=run.replications)
            blocks.append(Figure(picture, caption, others=tuple(others), whole=label))
    return blocks


def _ends(runs: list[Run], name: str) -> tuple[float, float]:
    there = [value for run in runs for value in run.kpis.get(name, ()) if not math.isnan(value)]
    return min(there), max(there)
