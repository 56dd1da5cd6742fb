"""The tables of a run as Parquet: figures, statuses, and of some replications every event and finding."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.base.days import NEVER, date_of, day_at
from simulator.kader.assess import Status, explain
from simulator.outcomes import packing

if TYPE_CHECKING:
    import polars

    from simulator.engine.model import Model
    from simulator.engine.tables import Trace
    from simulator.outcomes.kpis import Replication
    from simulator.outcomes.play import Player, Result


def kpis(results: list[Result], names: list[str]) -> polars.DataFrame:
    """One row per replication, one column per figure; empty where there was nothing to measure."""
    import polars

    columns: dict[str, Any] = {"replication": [result.replication for result in results]}
    frame = polars.DataFrame(columns, schema={"replication": polars.UInt32})
    return frame.with_columns(
        polars.Series(name, [result.kpis.get(name, np.nan) for result in results], dtype=polars.Float64).fill_nan(None)
        for name in names
    )


def statuses(results: list[Result], codes: list[str], duties: int) -> polars.DataFrame:
    """One row per replication, day of looking and swv, with own and final statuses of some duties as packed words."""
    import polars

    parts = [(result.replication, name, packed) for result in results for name, packed in result.looks.items()]
    sizes = [len(packed.swv) for _, _, packed in parts]
    names = np.array(codes)

    def column(values: list[Any]) -> Any:
        return np.repeat(np.array(values), sizes) if parts else []

    frame = {
        "replication": polars.Series(column([replication for replication, _, _ in parts]), dtype=polars.UInt32),
        "look": polars.Series(column([name for _, name, _ in parts]), dtype=polars.String),
        "swv": polars.Series(
            names[np.concatenate([packed.swv for _, _, packed in parts])] if parts else [], dtype=polars.String
        ),
        "on": polars.Series(
            np.concatenate([packed.on for _, _, packed in parts]) if parts else [], dtype=polars.Int32
        ).cast(polars.Date),
    }
    for kind in ("own", "final"):
        nothing = np.zeros((packing.words(duties, kind), 0), dtype=np.uint64)
        words = np.concatenate([nothing, *(getattr(packed, kind) for _, _, packed in parts)], axis=1)
        for number, word in enumerate(words):
            frame[f"{kind}_{number}"] = polars.Series(word, dtype=polars.UInt64)
    return polars.DataFrame(frame)


def events(player: Player, played: Replication, number: int) -> polars.DataFrame:
    """Everything that happened in a replication, in order of time, swv and step."""
    return happened(player.model, played.trace, number)


def happened(model: Model, trace: Trace, number: int) -> polars.DataFrame:
    """The events of a trace, in order of time, swv and step."""
    import polars

    tables = model.tables
    marks: dict[int, list[str]] = {}
    for event, row in model.unrolled.marks:
        marks.setdefault(row, []).append(event)
    rows = []

    def add(moment: int, row: int, what: str, detail: str = "") -> None:
        if moment < NEVER:
            who = model.codes[tables.swv[row]]
            rows.append((moment, who, tables.node[row], tables.item[row], tables.visit[row], what, detail))

    for row in range(len(tables)):
        add(trace.requested[row], row, "requested")
        add(trace.start[row], row, "started")
        add(trace.end[row], row, "ended", " ".join(marks.get(row, ())))
    for pool, unit, row, _, granted in trace.grants:
        add(granted, row, "granted", f"{model.pools[pool].name}#{unit + 1}")
    rows.sort()
    names = ("second", "swv", "step", "item", "visit", "what", "detail")
    schema = {"second": polars.Int64, **dict.fromkeys(names[1:], polars.String)}
    frame = polars.DataFrame(rows, schema=schema, orient="row")
    date = polars.Series("date", [date_of(day_at(row[0], model.start)) for row in rows], dtype=polars.Date)
    first = polars.Series("replication", [number] * len(rows), dtype=polars.UInt32)
    return frame.insert_column(0, date).insert_column(0, first)


def findings(player: Player, played: Replication, number: int) -> polars.DataFrame:
    """Every own duty of an swv that was not met or could not be assessed on the day of a visit, with its root causes."""
    import polars

    looker = player.looker
    rows = []
    for visit in looker.kader.file.visits:
        columns = played.where[visit.id]
        swv, on = played.looked.swv[columns], played.looked.on[columns]
        for group, assessment in played.seen.assessments(swv, on):
            for name, version in assessment.law.versions.items():
                for place in np.flatnonzero(_is_finding(assessment.status[name])) if version.counts else ():
                    cause = explain(assessment, name, int(place))
                    column = group[place]
                    code = looker.model.codes[swv[column]]
                    article = version.article[player.scenario.swv[code].sector]  # type: ignore[index]
                    roots = " ".join(dict.fromkeys(cause.roots()))
                    rows.append(
                        (number, code, visit.id, date_of(on[column]), name, cause.status.name.lower(), article, roots)
                    )
    names = ("replication", "swv", "visit", "on", "obligation", "status", "article", "roots")
    schema = dict.fromkeys(names, polars.String) | {"replication": polars.UInt32, "on": polars.Date}
    return polars.DataFrame(sorted(rows), schema=schema, orient="row")


def _is_finding(status: np.ndarray) -> np.ndarray:
    return np.asarray((status == Status.NOT_MET) | (status == Status.NOT_ASSESSABLE))


def parquet(frame: polars.DataFrame) -> bytes:
    """The bytes of a frame as Parquet."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", statistics=False)
    return buffer.getvalue()
