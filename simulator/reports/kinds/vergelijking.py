"""Scenarios side by side: what differs from the first, by how much and how surely, for the country and its parts."""

from __future__ import annotations

import math
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simulator.base.language import pick, say
from simulator.outcomes import comparing, grouping
from simulator.outcomes.statistics import Estimate
from simulator.reports import (
    certainty,
    comparedparts,
    comparedpictures,
    comparedreasons,
    comparison,
    honesty,
    inputwords,
    played,
    settingwords,
)
from simulator.reports.accounting import accounted
from simulator.reports.blocks import Block, Chapters, Column, Document, Note, Paragraph, Row, Span, Table, Text, text
from simulator.reports.honesty import Provenance
from simulator.reports.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.outcomes.store import Run
    from simulator.reports.source import Asked

TAKES = "runs"
_DOUBT = "\u2020"
"""Marks an interval that excludes nothing only as long as no other difference is looked at."""


def build(asked: Asked) -> Document:
    """The report; of a group, province or swv with the figures of these alone, for which runs are played again."""
    if asked.scope.kind == "country":
        return of(asked)
    runs = [source.run for source in asked.sources if source.run is not None]
    own = tuple(Source.of_run(_of_part(run, asked.scope.codes)) for run in runs)
    return of(replace(asked, sources=own), (say("vergelijking.only", scope=asked.scope.words),))


def of(asked: Asked, words: Sequence[str] = ()) -> Document:
    """The report; `words` tell over whom it is, and which scenario was chosen when one was asked for."""
    runs = [source.run for source in asked.sources if source.run is not None]
    found = comparing.compare(runs)
    told = comparison.data(found)
    page = _in_units(comparison.page(told, found), len(asked.scope.codes))
    names = [page["names"][run.id] for run in runs]
    base = asked.source.scenario
    sectors = tuple(sorted({one.sector for one in base.swv.values()}))
    origin = Provenance(
        base.kader, tuple(source.scenario for source in asked.sources), tuple(run.id for run in runs),
        tuple(run.replications for run in runs), asked.replication,
        tuple(name for source in asked.sources for name in honesty.plan_names(source.scenario)), sectors,  # type: ignore[arg-type]
        (base.period.start, base.period.until),
    )  # fmt: skip
    heads = Chapters()
    codes = [code for code in asked.scope.codes if all(code in source.scenario.swv for source in asked.sources)]
    tables, choices = comparedparts.tables(asked, codes, found, names)
    choices["runs"] = list(asked.names or [run.id for run in runs])
    choices |= comparedparts.chosen(asked, codes, found, page, names, choices["kpis"])
    blocks: list[Block] = [
        heads.chapter(say("vergelijking.brief"), "kort"), *comparedpictures.brief(asked, page, names),
        heads.chapter(say("vergelijking.differences"), "verschillen"), *_differences(asked, page, names),
        heads.chapter(say("vergelijking.reasons"), "redenen"), *comparedreasons.reasons(asked, found, page),
        heads.chapter(say("vergelijking.inputs"), "instellingen"), *_inputs(asked, page, names),
        heads.chapter(say("vergelijking.progress"), "voortgang"), *comparedpictures.progress(asked, codes, names),
        heads.chapter(say("vergelijking.spread"), "spreiding"), *comparedpictures.spreads(runs, names),
        heads.chapter(say("vergelijking.parts"), "delen"), Paragraph(text(say("vergelijking.parts_intro"))), *tables,
    ]  # fmt: skip
    return accounted(
        origin,
        kind="vergelijking", kicker=say("vergelijking.kicker"), title=say("vergelijking.title"),
        subtitle=" / ".join(names), cover=_cover(asked, names), lead=(*_said(words), *_lead(page)),
        blocks=blocks,
        told={**{key: told[key] for key in ("runs", "paired", "reasons", "rows")},
              "shown": say("vergelijking.shown", names=", ".join(names))},
        extra=choices,
    )  # fmt: skip


def _in_units(page: dict[str, Any], swv: int) -> dict[str, Any]:
    """A comparison in which every figure is called by its unit too, and an interval stands only where there is one."""
    compared = sum(not math.isnan(row["p"]) for table in page["tables"] for row in table["rows"])
    tables = [{**table, "rows": [_row(row, swv, compared) for row in table["rows"]]} for table in page["tables"]]
    return {**page, "tables": tables}


def _row(row: dict[str, Any], swv: int, compared: int) -> dict[str, Any]:
    estimate = Estimate(row["diff"], row["diff_low"], row["diff_high"], row["n"])
    label = comparison.with_unit(row["label"], row["unit"])
    words = certainty.words(estimate, row["unit"], swv)
    doubt = words == row["interval_words"] and comparison.doubtful(row)
    return {
        **row, "label": label, "interval_words": words,
        "doubt": compared if doubt else 0,
    }  # fmt: skip


def _of_part(run: Run, codes: Sequence[str]) -> Run:
    return grouping.of_group(run, codes, os.cpu_count() or 1, lambda _: None)


def _cover(asked: Asked, names: list[str]) -> list[tuple[str, Text]]:
    rows = [
        (name, text(f"{pick(source.scenario.title)} ({say('run.of_replications', n=source.replications)})"))
        for name, source in zip(names, asked.sources, strict=True)
    ]
    about = (say("overview.about"), text(f"{asked.scope.words} ({asked.scope.counted})"))
    return [about, *rows, (say("vergelijking.base"), text(names[0]))]


def _said(words: Sequence[str]) -> list[Block]:
    said = tuple(Paragraph(text(Span(one, "strong"))) for one in words if one)
    return [Note("info", "", said)] if said else []


def _lead(page: dict[str, Any]) -> list[Block]:
    tone = "info" if page["paired"] else "warn"
    pairing = tuple(Paragraph(text(f"{page['names'][one['run']['id']]}: {one['pairing']}")) for one in page["tables"])
    return [
        Note(tone, "", (*pairing, Paragraph(text(say("vergelijking.how"))))),
        played.drawn(),
    ]


def _differences(asked: Asked, page: dict[str, Any], names: list[str]) -> list[Block]:
    blocks: list[Block] = []
    for table in page["tables"]:
        name = page["names"][table["run"]["id"]]
        columns = (
            Column(say("table.kpi"), width=2.3), Column(names[0], right=True, width=1.1),
            Column(name, right=True, width=1.1),
            Column(say("table.difference"), right=True), Column(say("table.interval"), right=True, width=1.5),
            Column(say("compare.p"), right=True, width=0.8),
        )  # fmt: skip
        rows = tuple(
            Row((
                text(row["label"]), text(row["base_words"]), text(row["mean_words"]),
                _starred(row["diff_words"], sure=row["sure"]),
                text(row["interval_words"], Span(f" {_DOUBT}", "soft") if row["doubt"] else ""), text(row["p_words"]),
            ), data=(("figure", row["kpi"]), ("scenario", name), *([("doubt", "")] if row["doubt"] else [])))
            for row in table["rows"]
        )  # fmt: skip
        blocks.append(
            Table(
                say("vergelijking.against", name=name, base=names[0], scope=asked.scope.counted), columns, rows,
                stacks=True,
            )
        )  # fmt: skip
    compared = max((row["doubt"] for table in page["tables"] for row in table["rows"]), default=0)
    return [*blocks, Paragraph(text(f"{_DOUBT} {say('vergelijking.doubt', n=compared)}"))] if compared else blocks


def _starred(words: str, *, sure: bool) -> Text:
    return text(Span(f"{words}*", "strong") if sure else words)


def _inputs(asked: Asked, page: dict[str, Any], names: list[str]) -> list[Block]:
    if not page["inputs"]:
        return [Paragraph(text(say("vergelijking.none_inputs")))]
    columns = (Column(say("vergelijking.input"), width=1.2), *(Column(name, width=1.4) for name in names))
    scenarios = [one.scenario for one in asked.sources]
    called = inputwords.words(scenarios, [row["name"] for row in page["inputs"]])
    rows = tuple(
        Row((
            text(inputwords.full(row["name"], called)),
            *(text(value) for value in settingwords.cells(row["name"], scenarios, row["values"])),
        ))
        for row in page["inputs"]
    )  # fmt: skip
    return [Table(say("vergelijking.inputs"), columns, rows)]
