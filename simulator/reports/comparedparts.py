"""A comparison per sector, province and swv: tables of what runs have stored, and words of all else to choose from."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator.base.language import say
from simulator.base.numbers import difference, figure
from simulator.outcomes import comparing, limits
from simulator.reports import certainty, comparison, measuring, parts, regional
from simulator.reports.blocks import Block, Column, Row, Span, Table, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.outcomes.comparing import Comparison
    from simulator.reports.parts import Compared, Measured, Part
    from simulator.reports.source import Asked

KINDS = ("sector", "province", "both", "swv")
_LONG = ("both", "swv")


def tables(asked: Asked, codes: list[str], found: Comparison, names: list[str]) -> tuple[list[Block], dict[str, Any]]:
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
    provinces = sorted({province for _, province in people.values()})
    choices = {
        "kpis": labels, "scenarios": names[1:], "sectors": sorted({sector for sector, _ in people.values()}),
        "provinces": {one: regional.written(one) for one in provinces}, "swv": people,
        "where": {code: where(asked, code) for code in codes}, "counted": asked.scope.counted,
    }  # fmt: skip
    return blocks, choices


def where(asked: Asked, code: str) -> str:
    """Where an swv is when the period begins: codes alone say nothing to most readers."""
    scenario = asked.source.scenario
    return regional.where(scenario.swv[code], scenario.period.start)


def chosen(
    asked: Asked, codes: list[str], found: Comparison, page: dict[str, Any], names: list[str], told_of: dict[str, str]
) -> dict[str, Any]:
    """All figures from which a page can choose; and of those without tables above the words of every part.

    `parts` holds of each part its kind, name, sector and province; `more` per figure and scenario the rows of all parts
    in that order, each with four words between tabs ("" where there is nothing to measure). With many swv that is most
    of a page, so what a part is called is told once.
    """
    labels = {row["kpi"]: row["label"] for table in page["tables"] for row in table["rows"]}
    units = {name: unit for run in found.runs for name, _, unit in comparison.labels(run)}
    files = [run.scenario.kader.file for run in found.runs]
    numbers = measuring.replications(found)
    wanted = [name for name in labels if name not in told_of]
    base, *others = (measuring.sums(source, wanted, codes, numbers) for source in asked.sources)
    own = list(parts.parts(asked.source.scenario.swv, codes))
    more: dict[str, dict[str, list[str]]] = {}
    for told, other in zip(names[1:], others, strict=True):
        for name in wanted:
            if name in base and name in other:
                most = limits.apart(*limits.of_name(files, name))
                rows = measuring.compared(asked, base[name], other[name], codes, paired=found.paired, most=most)
                words = {row.part: "\t".join(_figures(row, units[name])) for row in rows if _measured(row)}
                more.setdefault(name, {})[told] = [words.get(part, "") for part in own]
    columns = [say("vergelijking.who"), say("vergelijking.scenario"), names[0], say("vergelijking.there")]
    columns += [say("table.difference"), say("table.interval")]
    captions = {name: say("vergelijking.more", label=labels[name], n=len(numbers)) for name in more}
    return {
        "figures": labels | told_of, "more": more, "columns": columns, "captions": captions,
        "parts": [_called(part) for part in own],
    }  # fmt: skip


def _called(part: Part) -> list[str]:
    name = part.name if part.kind == "swv" else regional.name(part)
    return [part.kind, name, part.sector, part.province]


def _figures(row: Compared, unit: str) -> list[str]:
    """The figure in both runs, the difference, and how sure it is."""
    estimate = certainty.from_base(row.difference.estimate, unit, row.base)
    return [
        figure(row.base, unit), figure(row.other, unit), difference(estimate.mean, unit),
        certainty.words(estimate, unit, len(row.part.codes)),
    ]  # fmt: skip


def _measured(row: Compared) -> bool:
    return not (math.isnan(row.base) and math.isnan(row.other))


def _tables(asked: Asked, one: Measured, rows: Sequence[Compared], base: str, told: str) -> list[Block]:
    columns = (
        Column(say("vergelijking.who"), width=1.9), Column(base, right=True), Column(told, right=True),
        Column(say("table.difference"), right=True), Column(say("table.interval"), right=True, width=1.6),
    )  # fmt: skip
    made: list[Block] = []
    for kind in KINDS:
        shown = tuple(_row(asked, one, row) for row in rows if row.part.kind == kind and _measured(row))
        what = say(f"vergelijking.by_{kind}")
        caption = say("vergelijking.parts_table", label=one.label, name=told, base=base, what=what)
        if shown:
            data = (("kpi", one.id), ("scenario", told), ("part", kind))
            long = kind in _LONG
            made.append(Table(caption, columns, shown, dense=long, folded=long, stacks=True, data=data))
    return made


def _row(asked: Asked, one: Measured, row: Compared) -> Row:
    """A row; the page knows of an swv what its sector and province are."""
    part = row.part
    data = [("swv", part.name)] if part.kind == "swv" else [("sector", part.sector), ("province", part.province)]
    cells = (text(word) for word in _figures(row, one.unit))
    return Row((_who(asked, part), *cells), data=tuple((name, value) for name, value in data if value))


def _who(asked: Asked, part: Part) -> tuple[Span, ...]:
    if part.kind != "swv":
        return text(regional.name(part))
    return text(part.name, " ", Span(where(asked, part.name), "soft"))
