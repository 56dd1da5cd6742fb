"""The tables of a run as Parquet: figures, statuses, and of some replications every event and finding."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.base.days import DAY_SECONDS, NEVER, date_of
from simulator.kader.assess import Status, explain
from simulator.outcomes import causes, packing

if TYPE_CHECKING:
    import polars

    from simulator.engine.model import Model
    from simulator.engine.tables import Trace
    from simulator.outcomes.play import Player, Result
    from simulator.outcomes.replication import Replication


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
    """The events of a trace, in order of time, swv and step; those of one step as they follow on each other.

    With an event stands what caused it to come later or sooner, where something did.
    """
    import polars

    names = Names.of(model)
    rows = np.arange(len(model.tables))
    columns = [np.array(getattr(trace, kind), dtype=np.int64) for kind in ("requested", "start", "told")]
    columns[:2] = [np.minimum(begun, columns[2]) for begun in columns[:2]]  # what takes no time is told with its end
    grants = np.array(trace.grants, dtype=np.int64).reshape(-1, 5)
    # per event: its moment, the row, what it was, and the place of its detail in the list of details
    marked = names.details_of_row
    parts = [
        (columns[0], rows, _REQUESTED, np.zeros_like(rows)),
        (columns[1], rows, _STARTED, np.zeros_like(rows)),
        (columns[2], rows, _ENDED, marked),
        (grants[:, 4], grants[:, 2], _GRANTED, names.details_of_unit[names.first_unit[grants[:, 0]] + grants[:, 1]]),
    ]
    why = causes.of_starts(model, trace, model.draw(number))
    nothing = [""] * len(rows)
    cause = [*nothing, *(why.get(row, "") for row in range(len(rows))), *nothing, *causes.of_grants(model, trace)]
    moment = np.concatenate([part[0] for part in parts])
    row = np.concatenate([part[1] for part in parts])
    what = np.concatenate([np.full(len(part[0]), part[2]) for part in parts])
    detail = np.concatenate([part[3] for part in parts])
    there = np.flatnonzero(moment < NEVER)
    order = there[np.lexsort((detail[there], _TURN[what[there]], names.rank[row[there]], moment[there]))]
    second, row = moment[order], row[order]
    frame = {"replication": polars.Series(np.full(len(order), number, dtype=np.uint32))}
    frame["date"] = polars.Series((model.start + second // DAY_SECONDS).astype(np.int32)).cast(polars.Date)
    frame["second"] = polars.Series(second)
    for name, of_row in names.columns.items():
        frame[name] = of_row.gather(row)
    frame["what"] = names.what.gather(what[order])
    frame["detail"] = names.details.gather(detail[order])
    frame["cause"] = polars.Series([cause[place] for place in order], dtype=polars.String)
    return polars.DataFrame(frame)


WHAT = ("ended", "granted", "requested", "started")
_ENDED, _GRANTED, _REQUESTED, _STARTED = range(4)
_TURN = np.array([3, 1, 0, 2])
"""The place of each of these in the course of a step."""


@dataclass(frozen=True)
class Names:
    """The words of a model's events, once for all replications: per row and per detail a value of an enumeration.

    Attributes:
        columns: swv, step, item and visit of each row.
        rank: the place of each row by these.
        what, details: the words for what happened, and for what goes with it.
        details_of_row, details_of_unit: per row the place of its marks among the details, per unit that of its name.
        first_unit: per pool the place of its first unit among all units.
    """

    columns: dict[str, polars.Series]
    rank: np.ndarray
    what: polars.Series
    details: polars.Series
    details_of_row: np.ndarray
    details_of_unit: np.ndarray
    first_unit: np.ndarray

    @classmethod
    def of(cls, model: Model) -> Names:
        """The names of a model, made when first asked for."""
        if model.names is None:
            model.names = cls._made(model)
        return model.names  # type: ignore[return-value]

    @classmethod
    def _made(cls, model: Model) -> Names:
        tables = model.tables
        marks: dict[int, list[str]] = {}
        for event, row in model.unrolled.marks:
            marks.setdefault(row, []).append(event)
        units = [f"{pool.name}#{unit + 1}" for pool in model.pools for unit in range(pool.capacity)]
        words = sorted({"", *(" ".join(found) for found in marks.values()), *units})
        place = {word: number for number, word in enumerate(words)}
        first = np.cumsum([0, *(pool.capacity for pool in model.pools)])
        whose = [model.codes[swv] for swv in tables.swv]
        columns = {"swv": whose, "step": tables.node, "item": tables.item, "visit": tables.visit}
        return cls(
            {name: _enumerated(values) for name, values in columns.items()}, np.array(tables.rank),
            _enumerated(list(WHAT)), _enumerated(words),
            np.array([place[" ".join(marks.get(row, ()))] for row in range(len(tables))]),
            np.array([place[unit] for unit in units], dtype=np.int64), first,
        )  # fmt: skip


def _enumerated(values: list[str]) -> polars.Series:
    import polars

    return polars.Series(values, dtype=polars.Enum(sorted(set(values))))


def findings(player: Player, played: Replication, number: int) -> polars.DataFrame:
    """Every own duty of an swv that was not met or could not be assessed on the day of a visit, with its root causes."""
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
    return _findings(sorted(rows))


def no_findings() -> polars.DataFrame:
    """The findings of a replication in which nobody could look."""
    return _findings([])


def _findings(rows: list[tuple[Any, ...]]) -> polars.DataFrame:
    import polars

    names = ("replication", "swv", "visit", "on", "obligation", "status", "article", "roots")
    schema = dict.fromkeys(names, polars.String) | {"replication": polars.UInt32, "on": polars.Date}
    return polars.DataFrame(rows, schema=schema, orient="row")


def _is_finding(status: np.ndarray) -> np.ndarray:
    return np.asarray((status == Status.NOT_MET) | (status == Status.NOT_ASSESSABLE))


def parquet(frame: polars.DataFrame) -> bytes:
    """The bytes of a frame as Parquet."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", statistics=False)
    return buffer.getvalue()
