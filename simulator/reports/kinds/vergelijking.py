"""Scenarios side by side: what differs from the first, by how much and how surely, for the country and its parts."""

from __future__ import annotations

import math
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simulator.base.language import pick, say
from simulator.base.numbers import difference, figure, interval
from simulator.outcomes import comparing, grouping, kpis, stored
from simulator.reports import comparison, honesty, inputwords, measuring, parts, played, regional
from simulator.reports.accounting import accounted
from simulator.reports.blocks import (
    Block,
    Bullets,
    Chapters,
    Column,
    Document,
    Figure,
    Note,
    Paragraph,
    Row,
    Span,
    Table,
    Text,
    text,
)  # fmt: skip
from simulator.reports.honesty import Provenance
from simulator.reports.pictures import spread
from simulator.reports.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.outcomes.comparing import Comparison
    from simulator.outcomes.store import Run
    from simulator.reports.parts import Compared, Measured
    from simulator.reports.source import Asked
    from simulator.world.population import Swv

TAKES = "runs"


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
    page = _in_units(comparison.page(told, found))
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
    tables, choices = _parts(asked, codes, found, names)
    choices |= _chosen(asked, codes, found, page, names, choices["kpis"])
    blocks: list[Block] = [
        heads.chapter(say("vergelijking.brief"), "kort"), *_brief(asked, page, names),
        heads.chapter(say("vergelijking.differences"), "verschillen"), *_differences(asked, page, names),
        heads.chapter(say("vergelijking.reasons"), "redenen"), *_reasons(asked, found, page, names),
        heads.chapter(say("vergelijking.inputs"), "instellingen"), *_inputs(asked, page, names),
        heads.chapter(say("vergelijking.progress"), "voortgang"), *_progress(asked, codes, names),
        heads.chapter(say("vergelijking.spread"), "spreiding"), *_spread(runs, names),
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


def _in_units(page: dict[str, Any]) -> dict[str, Any]:
    """A comparison in which every figure is called by its unit too: a report has no column for it."""
    tables = [
        {**table, "rows": [{**row, "label": comparison.with_unit(row["label"], row["unit"])} for row in table["rows"]]}
        for table in page["tables"]
    ]
    return {**page, "tables": tables}


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


def _brief(asked: Asked, page: dict[str, Any], names: list[str]) -> list[Block]:
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
        picture = spread.intervals(gaps, names[1:], names[0])
        blocks.append(Figure(picture, say("vergelijking.picture", base=names[0], scope=asked.scope.counted)))
    return blocks


_COLUMNS = ("table.difference", "table.interval", "compare.p")


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
                text(row["interval_words"]), text(row["p_words"]),
            ), data=(("figure", row["kpi"]), ("scenario", name)))
            for row in table["rows"]
        )  # fmt: skip
        blocks.append(
            Table(
                say("vergelijking.against", name=name, base=names[0], scope=asked.scope.counted), columns, rows,
                stacks=True,
            )
        )  # fmt: skip
    return blocks


def _starred(words: str, *, sure: bool) -> Text:
    return text(Span(f"{words}*", "strong") if sure else words)


_CLEAREST = 3


def _reasons(asked: Asked, found: Comparison, page: dict[str, Any], names: list[str]) -> list[Block]:
    """Per scenario the steps that carry the first figures that differ, as `why` tells them; and how to ask for more."""
    runs = " ".join(run.id or name for run, name in zip(found.runs[:2], names, strict=False))
    more = Paragraph(text(Span(say("vergelijking.why", names=runs), "soft")))
    if asked.scope.kind != "country":
        return [Paragraph(text(say("vergelijking.reasons_whole"))), more]
    blocks: list[Block] = []
    for run, table in zip(found.runs[1:], page["tables"], strict=True):
        sure = [row["kpi"] for row in table["rows"] if row["sure"]][:_CLEAREST]
        for told in measuring.why(found.runs[0], run, sure) if sure and not table["run"]["apart"] else ():
            blocks.append(_carried(told, page["names"][run.id]))
    intro = say("vergelijking.reasons_intro" if blocks else "vergelijking.no_reasons", n=measuring.MOST_REASONS)
    return [Paragraph(text(intro)), *blocks, more]


def _carried(told: dict[str, Any], name: str) -> Table:
    columns = (
        Column(say("table.difference"), right=True, width=0.7), Column(say("vergelijking.step"), width=1.8),
        Column(say("vergelijking.by"), width=1.2), Column(say("vergelijking.behind"), width=2.2),
    )  # fmt: skip
    rows = [
        Row(
            (text(one["words"]), text(one["label"]), text(one["kind"]), text("; ".join(one["behind"]) or "-")),
            data=(("figure", told["kpi"]), ("scenario", name)),
        )
        for one in told["steps"][:_STEPS]
    ]
    caption = say(
        "vergelijking.carried", label=told["label"], name=name, n=told["replications"],
        total=f"{told['total']} {told['unit_words']}".strip(), shown=len(rows), all=told["count_steps"],
    )  # fmt: skip
    return Table(caption, columns, tuple(rows))


_STEPS = 5


def _inputs(asked: Asked, page: dict[str, Any], names: list[str]) -> list[Block]:
    if not page["inputs"]:
        return [Paragraph(text(say("vergelijking.none_inputs")))]
    columns = (Column(say("vergelijking.input"), width=1.2), *(Column(name, width=1.4) for name in names))
    called = inputwords.words([one.scenario for one in asked.sources], [row["name"] for row in page["inputs"]])
    rows = tuple(
        Row((
            text(inputwords.full(row["name"], called)), *(text(value) for value in row["values"]),
        ))
        for row in page["inputs"]
    )  # fmt: skip
    return [Table(say("vergelijking.inputs"), columns, rows)]


def _progress(asked: Asked, codes: list[str], names: list[str]) -> list[Block]:
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
            reached, base.swv, codes, span, kpis.due(base, kpi), label, caption, ("sector", "province", "swv")
        )
    ]


def _spread(runs: list[Run], names: list[str]) -> list[Block]:
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


def _parts(asked: Asked, codes: list[str], found: Comparison, names: list[str]) -> tuple[list[Block], dict[str, Any]]:
    """Tables per figure, scenario and kind of part; and what a page can choose from."""
    base = asked.source.scenario
    shared = comparing.shared(found.runs)
    measured = [parts.measured(run, codes, shared) for run in found.runs]
    blocks: list[Block] = []
    labels: dict[str, str] = {}
    for one in measured[0]:
        for told, other in zip(names[1:], measured[1:], strict=True):
            twin = next((row for row in other if row.id == one.id), None)
            if twin is not None:
                labels[one.id] = one.label
                rows = parts.compared(one, twin, base.swv, codes, paired=found.paired)
                blocks += _tables(asked, one, rows, names[0], told)
    people = {code: (base.swv[code].sector, base.swv[code].province) for code in codes}
    choices = {
        "kpis": labels, "scenarios": names[1:], "sectors": sorted({sector for sector, _ in people.values()}),
        "provinces": sorted({province for _, province in people.values()}), "swv": people,
        "counted": asked.scope.counted,
    }  # fmt: skip
    return blocks, choices


def _chosen(
    asked: Asked, codes: list[str], found: Comparison, page: dict[str, Any], names: list[str], told_of: dict[str, str]
) -> dict[str, Any]:
    """All figures from which a page can choose; and of those without tables above the words of every part.

    `more` holds per figure and scenario: kind of part, name, sector, province, and the four words of a row.
    """
    labels = {row["kpi"]: row["label"] for table in page["tables"] for row in table["rows"]}
    units = {name: unit for run in found.runs for name, _, unit in comparison.labels(run)}
    numbers, people = measuring.replications(found), asked.source.scenario.swv
    wanted = [name for name in labels if name not in told_of]
    base, *others = (measuring.sums(source, wanted, codes, numbers) for source in asked.sources)
    more: dict[str, dict[str, list[list[str]]]] = {}
    for told, other in zip(names[1:], others, strict=True):
        for name in wanted:
            if name in base and name in other:
                rows = measuring.compared(asked, base[name], other[name], codes, paired=found.paired)
                more.setdefault(name, {})[told] = [_words(row, units[name], people) for row in rows]
    columns = [say("vergelijking.who"), say("vergelijking.scenario"), names[0], say("vergelijking.there")]
    columns += [say("table.difference"), say("table.interval")]
    captions = {name: say("vergelijking.more", label=labels[name], n=len(numbers)) for name in more}
    return {"figures": labels | told_of, "more": more, "columns": columns, "captions": captions}


def _words(row: Compared, unit: str, people: dict[str, Swv]) -> list[str]:
    estimate, one = row.difference.estimate, people[row.part.codes[0]]
    return [
        row.part.kind, regional.name(row.part), one.sector if row.part.kind != "province" else "",
        one.province if row.part.kind != "sector" else "", figure(row.base, unit), figure(row.other, unit),
        difference(estimate.mean, unit), interval(estimate.low, estimate.high, unit),
    ]  # fmt: skip


def _tables(asked: Asked, one: Measured, rows: list[Compared], base: str, told: str) -> list[Block]:
    columns = (
        Column(say("vergelijking.who"), width=1.6), Column(base, right=True), Column(told, right=True),
        Column(say("table.difference"), right=True), Column(say("table.interval"), right=True, width=1.5),
    )  # fmt: skip
    made: list[Block] = []
    for kind in ("sector", "province", "swv"):
        own = [row for row in rows if row.part.kind == kind]
        caption = say(
            "vergelijking.parts_table", label=one.label, name=told, base=base, what=say(f"vergelijking.by_{kind}")
        )
        shown = tuple(_part(asked, one, row, told) for row in own)
        made.append(Table(caption, columns, shown, folded=kind == "swv", stacks=True))
    return made


def _part(asked: Asked, one: Measured, row: Compared, told: str) -> Row:
    estimate = row.difference.estimate
    swv = asked.source.scenario.swv[row.part.codes[0]]
    data = [("kpi", one.id), ("scenario", told), ("part", row.part.kind)]
    data += [("sector", swv.sector)] if row.part.kind != "province" else []
    data += [("province", swv.province)] if row.part.kind != "sector" else []
    data += [("swv", row.part.name)] if row.part.kind == "swv" else []
    return Row(
        (
            text(regional.name(row.part)), text(figure(row.base, one.unit)), text(figure(row.other, one.unit)),
            text(difference(estimate.mean, one.unit)),
            text(interval(estimate.low, estimate.high, one.unit)),
        ),
        data=tuple(data),
    )  # fmt: skip
