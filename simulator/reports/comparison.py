"""A comparison of runs as data, and in the formats that people pass on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator.base.language import pick, say
from simulator.base.numbers import cell, difference, figure, interval, number
from simulator.outcomes.statistics import LEVEL
from simulator.reports import inputwords, sheets
from simulator.reports.tables import nothing
from simulator.world import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.outcomes.choosing import Choice
    from simulator.outcomes.comparing import Comparison, Row
    from simulator.outcomes.statistics import Difference
    from simulator.outcomes.store import Run

COLUMNS = (
    "kpi", "unit", "scenario", "run", "mean", "low", "high", "n", "diff", "diff_low", "diff_high", "p", "p_holm",
    "reduction", "paired",
)  # fmt: skip

_SMALL = 0.001
_FEWEST_GAINS = 20
"""Fewer replications than this leave what pairing takes away so uncertain that its range says nothing."""


def labels(run: Run) -> Iterator[tuple[str, str, str]]:
    """(name, label, unit) of every figure of a run, in the order of the kader."""
    file = run.scenario.kader.file
    for kpi in file.kpis:
        if kpi.id in run.kpis:
            yield kpi.id, pick(kpi.label), kpi.unit
        for pool, row in file.pools.items():
            if f"{kpi.id}.{pool}" in run.kpis:
                yield f"{kpi.id}.{pool}", f"{pick(kpi.label)}: {pick(row.label)}", kpi.unit


def said(run: Run) -> Iterator[tuple[str, str, str]]:
    """The same, without the figures that rest on what the scenario of the run leaves out."""
    lost = parts.lost_figures(run.scenario)
    return (one for one in labels(run) if one[0] not in lost)


def with_unit(label: str, unit: str) -> str:
    """What a figure is called where its unit stands nowhere else; shares and counts show theirs themselves."""
    return label if unit in ("share", "count", "year") else f"{label} ({say(f'unit.{unit}')})"


def data(comparison: Comparison, choice: Choice | None = None) -> dict[str, Any]:
    """The comparison as plain data."""
    units = {name: unit for run in comparison.runs for name, _, unit in labels(run)}
    return {
        "format": "comparison/2",
        "runs": [
            {"id": run.id, "scenario": run.manifest.scenario, "seed": run.manifest.seed, "n": run.replications,
             "apart": why}
            for run, why in zip(comparison.runs, comparison.apart, strict=True)
        ],
        "paired": comparison.paired,
        "reasons": comparison.reasons,
        "inputs": inputwords.rows([run.scenario for run in comparison.runs], comparison.inputs),
        "rows": [_row(row, units[row.kpi]) for row in comparison.rows],
        "best": _best(choice) if choice else None,
    }  # fmt: skip


def _row(row: Row, unit: str) -> dict[str, Any]:
    found = row.difference
    return {
        "kpi": row.kpi, "unit": unit, "scenario": row.scenario, "run": row.run,
        "mean": row.value.mean, "low": row.value.low, "high": row.value.high,
        "n": found.estimate.n if found else row.value.n,
        "diff": found.estimate.mean if found else None,
        "diff_low": found.estimate.low if found else None,
        "diff_high": found.estimate.high if found else None,
        "p": found.p if found else None,
        "p_holm": row.p_holm if found else None,
        "reduction": found.reduction if found and _differs(found) else None,
        "paired": row.paired,
    }  # fmt: skip


def _differs(found: Difference) -> bool:
    """Whether there is a difference at all: without one pairing takes away all that there is, which says nothing."""
    return (found.estimate.mean, found.estimate.low, found.estimate.high) != (0, 0, 0)


def _best(choice: Choice) -> dict[str, Any]:
    return {"kpi": choice.kpi, "lowest": choice.lowest, "error": choice.error, "kept": choice.kept}


def names_of(runs: list[dict[str, Any]]) -> dict[str, str]:
    """What each run is called: its scenario, or its id when two have the same."""
    scenarios = [run["scenario"] for run in runs]
    return {run["id"]: run["id"] if scenarios.count(run["scenario"]) > 1 else run["scenario"] for run in runs}


def page(told: dict[str, Any], comparison: Comparison) -> dict[str, Any]:
    """The data as tables of words: a table per run against the first."""
    runs = [{**run, "title": pick(own.scenario.title)} for run, own in zip(told["runs"], comparison.runs, strict=True)]
    named = {name: label for run in reversed(comparison.runs) for name, label, _ in labels(run)}
    means = {row["kpi"]: row["mean"] for row in told["rows"] if row["run"] == runs[0]["id"]}
    tables = []
    for run in runs[1:]:
        own = [row for row in told["rows"] if row["run"] == run["id"] and row["diff"] is not None]
        rows = [{**_words(row, means), "label": named[row["kpi"]]} for row in own]
        tables.append({"run": run, "rows": rows, "pairing": pairing(run, rows)})
    return {**told, "runs": runs, "base": runs[0], "tables": tables, "names": names_of(runs)}


def pairing(run: dict[str, Any], rows: list[dict[str, Any]]) -> str:
    """Whether replications were taken in pairs, and what that was worth for the figures that differ."""
    if run["apart"]:
        return say("compare.unpaired", why="; ".join(run["apart"]))
    n = max((row["n"] for row in rows), default=0)
    told = f"{say('compare.paired')} n = {n}."
    gains = sorted(row["reduction"] for row in rows if not nothing(row["reduction"]))
    if not gains or n < _FEWEST_GAINS:
        return told
    low, middle, high = (f"{number(gains[place] * 100, 0)}%" for place in (0, len(gains) // 2, -1))
    return f"{told} {say('compare.reduction', low=low, middle=middle, high=high)}"


def _words(row: dict[str, Any], means: dict[str, float]) -> dict[str, Any]:
    unit = row["unit"]
    return {
        **row,
        "base_words": figure(means[row["kpi"]], unit) if row["kpi"] in means else "-",
        "mean_words": figure(row["mean"], unit),
        "diff_words": difference(row["diff"], unit),
        "interval_words": interval(row["diff_low"], row["diff_high"], unit),
        "p_words": _p(row["p_holm"]),
        "reduction_words": "-" if nothing(row["reduction"]) else f"{number(row['reduction'] * 100, 0)}%",
        "sure": row["p_holm"] < 1 - LEVEL,
    }


def doubtful(row: dict[str, Any]) -> bool:
    """Whether a difference is beyond chance by itself, but not among all that are compared."""
    return not nothing(row["p"]) and bool(row["p"] < 1 - LEVEL <= row["p_holm"])


def _p(value: float) -> str:
    if math.isnan(value):
        return "-"
    return f"< {number(_SMALL, 3)}" if value < _SMALL else number(value, 3)


def _cells(row: dict[str, Any]) -> dict[str, Any]:
    """A row as others calculate with it, empty where there is nothing."""
    rounded = {name: cell(row[name], row["unit"]) for name in ("mean", "low", "high") if not nothing(row[name])}
    return {name: None if nothing(row[name]) else rounded.get(name, row[name]) for name in COLUMNS}


def table(told: dict[str, Any]) -> str:
    """The rows as CSV."""
    return sheets.as_csv(COLUMNS, [_cells(row) for row in told["rows"]])


def workbook(told: dict[str, Any]) -> bytes:
    """The comparison as an Excel workbook: figures, inputs, runs; the same data gives the same bytes."""
    rows = [list(_cells(row).values()) for row in told["rows"]]
    inputs = [[one["name"], *one["values"]] for one in told["inputs"]]
    runs = [[*list(run.values())[:-1], "; ".join(run["apart"])] for run in told["runs"]]
    tables = {
        "kpis": [list(COLUMNS), *rows],
        "inputs": [["name", *(run["id"] for run in told["runs"])], *inputs],
        "runs": [list(told["runs"][0]), *runs],
    }
    return sheets.workbook(tables, say("report.disclaimer"))
