"""The money of an swv as one structure, and in the forms in which it is shown: screen, JSON, csv and xlsx."""

from __future__ import annotations

import csv
import io
import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.base.language import pick, say
from simulator.base.numbers import number
from simulator.world.bekostiging import indicators
from simulator.world.bekostiging.cents import FACTOR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.world.bekostiging import Amounts, MoneyTable, People

FORMAT = "money/1"
KINDS = ("income", "cost", "repaid")
FIGURES = ("budget_change_2020_pct", "heavy_budget_shortfall_eur", "school_lumpsum_cut_eur", "first_deficit_year")
_HUNDRED = 100


def data(table: MoneyTable, people: People) -> dict[str, Any]:
    """The money of the one swv of a table of school years, from its pupils to what is left to spend; amounts in cents."""
    amounts = table.amounts
    return {
        "format": FORMAT,
        "swv": table.codes[0],
        "years": [table.label(year) for year in table.years],
        "correction": {"personnel": int(table.correction[0, 0]), "materieel": int(table.correction[1, 0])},
        "causes": list(_causes(people, amounts)),
        "lines": [
            {"line": line.id, "kind": line.kind, "label": pick(line.label), "formula": pick(line.formula),
             "article": line.article, "cents": cells[0].tolist(), "assumed_from": _label(table, line.id)}
            for line, cells in zip(amounts.lines, table.cells, strict=True)
        ],
        "totals": {
            **{kind: table.of_kind(kind)[0].tolist() for kind in KINDS}, "total": table.total[0].tolist()
        },
        "figures": {name: _plain(values[0]) for name, values in indicators(table).items()},
        "assumptions": assumptions(amounts),
    }  # fmt: skip


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


_RESTS_ON = {"growth": "special_personnel"}


def _label(table: MoneyTable, name: str) -> str | None:
    """The first year of a line that rests on an amount carried on."""
    year = table.amounts.carried.get(_RESTS_ON.get(name, name))
    return table.label(year) if year is not None else None


def _causes(people: People, amounts: Amounts) -> Iterator[dict[str, Any]]:
    """What the lines rest on, per school year: the counts of 1 October before it."""
    years = len(amounts.years)
    sector = int(people.sector[0])
    rows = {
        "pupils": people.pupils[0, :years],
        "sbo": people.sbo[0, :years],
        "sbo_growth": people.sbo_growth[0, :years],
        "special": people.special[0, :years].sum(axis=(1, 2)),
        "special_growth": people.growth[0, :years].sum(axis=(1, 2)),
    }
    for name, values in rows.items():
        if sector == 0 or not name.startswith("sbo"):
            yield {"cause": name, "label": say(f"money.{name}"), "unit": "pupils", "values": values.tolist()}
    melting = amounts.melt_personnel[sector] / FACTOR
    yield {
        "cause": "melt",
        "label": say("money.melt"),
        "unit": "factor",
        "values": [round(v, 6) for v in melting.tolist()],
    }


def assumptions(amounts: Amounts) -> list[str]:
    """What the table rests on that was not read, in words."""
    found = []
    if amounts.carried:
        share = number(_HUNDRED * amounts.index, 1)
        found.append(say("money.carried", year=min(amounts.carried.values()), index=share))
    if amounts.unsure:
        found.append(say("money.unsure", first=amounts.unsure[0], last=amounts.unsure[-1]))
    return found


def overview(table: MoneyTable) -> dict[str, Any]:
    """The figures of every swv of a table, as rows."""
    figures = indicators(table)
    pupils = np.arange(len(table.codes))
    rows = [
        {"swv": table.codes[one], "correction": int(table.correction[0, one]),
         **{name: _plain(figures[name][one]) for name in FIGURES}}
        for one in pupils
    ]  # fmt: skip
    return {"format": "money-overview/1", "rows": rows, "assumptions": assumptions(table.amounts)}


def euros(amount: float) -> str:
    """An amount in cents as whole euros, as the language writes it."""
    return number(amount / _HUNDRED, 0)


def rows(told: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The table as words: a label, and a cell per year; an empty label stands for a line of space."""
    for cause in told["causes"]:
        decimals = 4 if cause["unit"] == "factor" else 0
        yield cause["label"], [number(value, decimals) for value in cause["values"]]
    for kind in KINDS:
        own = [line for line in told["lines"] if line["kind"] == kind and any(line["cents"])]
        if own:
            yield "", []
        for line in own:
            yield line["label"], [euros(value) for value in line["cents"]]
    yield "", []
    yield say("money.total"), [euros(value) for value in told["totals"]["total"]]
    for line in told["lines"]:
        if line["kind"] == "memo" and any(line["cents"]):
            yield line["label"], [euros(value) for value in line["cents"]]


Sheet = tuple[list[str], list[list[Any]]]


def sheet(told: dict[str, Any]) -> Sheet:
    """A header, and a row per line with its amounts in euros."""
    header = ["line", "kind", say("money.what"), say("money.how"), say("money.article"), *told["years"]]
    body: list[list[Any]] = [
        [cause["cause"], "cause", cause["label"], "", "", *cause["values"]] for cause in told["causes"]
    ]
    body += [
        [line["line"], line["kind"], line["label"], line["formula"], line["article"],
         *(value / _HUNDRED for value in line["cents"])]
        for line in told["lines"]
    ]  # fmt: skip
    total = [value / _HUNDRED for value in told["totals"]["total"]]
    return header, [*body, ["total", "total", say("money.total"), say("money.total_how"), "", *total]]


def overview_sheet(told: dict[str, Any]) -> Sheet:
    """A header, and a row per swv with its figures."""
    header = ["swv", "correction_eur", *FIGURES]
    return header, [
        [row["swv"], row["correction"] / _HUNDRED, *(row[name] for name in FIGURES)] for row in told["rows"]
    ]


def as_csv(sheets: Sequence[Sheet]) -> str:
    """Tables as CSV, amounts in euros; an empty line between two."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for number_of, (header, body) in enumerate(sheets):
        if number_of:
            text.write("\n")
        writer.writerow(header)
        writer.writerows([["" if value is None else value for value in row] for row in body])
    return text.getvalue()


def workbook(sheets: dict[str, Sheet], notes: Sequence[str]) -> bytes:
    """Tables as an Excel workbook, with a sheet of what they rest on; the same data gives the same bytes."""
    import xlsxwriter  # type: ignore[import-untyped]

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": datetime(2014, 5, 1, tzinfo=UTC), "comments": say("report.disclaimer")})
    heading, amount = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
    for name, (header, body) in sheets.items():
        page = book.add_worksheet(name)
        page.write_row(0, 0, header, heading)
        for place, row in enumerate(body, start=1):
            page.write_row(place, 0, row, None if row[1] == "cause" or "swv" in header else amount)
        page.freeze_panes(1, 1)
        page.autofit()
    page = book.add_worksheet(say("money.notes"))
    for place, note in enumerate([*notes, say("report.disclaimer")]):
        page.write(place, 0, note)
    book.close()
    return buffer.getvalue()
