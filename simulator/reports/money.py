"""The money of swv as tables: of one swv per school year, from its pupils to what is left, or the figures of many."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulator.base.language import pick, say
from simulator.base.numbers import cell, number
from simulator.reports import reckoning
from simulator.reports.tables import BY_ROW, Column, Table
from simulator.world.bekostiging import indicators, projecting
from simulator.world.bekostiging.cents import FACTOR, euros

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.world.bekostiging import Amounts, MoneyTable, People

FIGURES = {
    "budget_change_2020_pct": "percent", "heavy_budget_shortfall_eur": "eur", "school_lumpsum_cut_eur": "eur",
    "first_deficit_year": "year",
}  # fmt: skip
"""The figures of a money table with their units."""
_CENTS = 100
_RESTS_ON = {"growth": "special_personnel"}


def of_one(table: MoneyTable, people: People, title: str, *, based: bool = True) -> list[Table]:
    """The money of the one swv of a table of school years: what it rests on, every line, and how each comes about.

    Args:
        based: whether the count of 2011 is known; without it the correction is not, nor any figure that rests on it.
    """
    years = tuple(Column(table.label(year), table.label(year), BY_ROW) for year in table.years)
    columns = (
        Column("line", "line", screen=False), Column("kind", "kind", screen=False),
        Column("unit", "unit", screen=False), Column("what", ""), *years,
    )  # fmt: skip
    rows = [*_causes(table, people), *_lines(table)]
    notes = (
        *([*_correction(table), *_capped(table, people)] if based else [say("money.no_base")]),
        _last_count(people),
        *_nothing_left(table),
        *assumptions(table.amounts),
        say("money.rounded"),
    )
    first = Table("money", title, columns, rows, notes)
    return [first, _formulas(table), *reckoning.tables(table, people, based=based), _figures(table, based=based)]


PARTS = ("personnel", "materieel")


def _correction(table: MoneyTable) -> list[str]:
    """The correction as it was counted, what it means by its sign, and what shocks add to that for personnel."""
    counted = [int(cents[0]) for cents in table.correction]
    told = {part: number(cents / _CENTS, 2) for part, cents in zip(PARTS, counted, strict=True)}
    shocks = int(table.shift[0, -1])
    signs = [say(f"money.c_{'above' if counted[0] > 0 else 'below'}")] if counted[0] else []
    found = [" ".join([say("money.correction", **told), *signs])]
    if shocks:
        both = number((counted[0] + shocks) / _CENTS, 2)
        found.append(say("money.with_shocks", counted=told["personnel"], shocks=number(shocks / _CENTS, 2), both=both))
    return found


def _capped(table: MoneyTable, people: People) -> list[str]:
    """The years in which the verevening would take more than there is."""
    personnel, material = (bites[0] for bites in projecting.capped(people, table.amounts))
    school_years = [table.label(year) for year, bit in zip(table.amounts.years, personnel, strict=True) if bit]
    calendar = [str(year) for year, bit in zip(table.amounts.calendar, material, strict=True) if bit]
    found = {"capped_personnel": school_years, "capped_materieel": calendar}
    return [say(f"money.{name}", years=", ".join(years)) for name, years in found.items() if years]


def _last_count(people: People) -> str:
    """The count after those of the columns, on which the material of the last months rests."""
    year = people.counts[-1]
    pupils, special = people.pupils[0, -1], people.special[0, -1].sum()
    return say("money.last_count", year=year + 1, before=year, pupils=number(pupils, 0), special=number(special, 0))


def _nothing_left(table: MoneyTable) -> list[str]:
    """That an swv has nothing to spend in the year from which the change of its budget is measured, where one has."""
    first = table.years.index(projecting.TRANSITION + 1)
    codes = [code for code, left in zip(table.codes, table.total[:, first], strict=True) if not left]
    whom = f" ({', '.join(codes)})" if len(table.codes) > 1 else ""
    year, last = table.label(table.years[first]), table.label(table.years[-1])
    return [say("money.nothing_left", year=year, last=last, whom=whom)] if codes else []


def _row(table: MoneyTable, line: str, kind: str, unit: str, what: str, values: Any) -> dict[str, Any]:
    years = (table.label(year) for year in table.years)
    return {"line": line, "kind": kind, "unit": unit, "what": what, **dict(zip(years, values, strict=True))}


def _causes(table: MoneyTable, people: People) -> Iterator[dict[str, Any]]:
    """What the lines rest on, per school year: the counts of 1 October before it, and what is left of the correction."""
    years = slice(0, len(table.years))
    sector = int(people.sector[0])
    counts = {
        "pupils": people.pupils[0, years],
        "sbo": people.sbo[0, years],
        "sbo_growth": people.sbo_growth[0, years],
        "special": people.special[0, years].sum(axis=(1, 2)),
        "special_growth": people.growth[0, years].sum(axis=(1, 2)),
    }
    for name, values in counts.items():
        if sector == 0 or not name.startswith("sbo"):
            yield _row(table, name, "cause", "pupils", say(f"money.{name}"), values.tolist())
    if table.shift.any():
        counted = table.correction[0].repeat(len(table.years))
        yield _row(table, "correction", "cause", "eur", say("money.counted"), euros(counted))
        yield _row(table, "correction_shocks", "cause", "eur", say("money.shocks"), euros(table.shift[0]))
    left = (table.amounts.melt_personnel[sector] / FACTOR).tolist()
    yield _row(table, "melt", "cause", "fine_share", say("money.melt"), [round(one, 8) for one in left])


def _lines(table: MoneyTable) -> Iterator[dict[str, Any]]:
    """Every line in which there is something, the total, and what is told beside it."""
    for kind in ("income", "cost", "repaid", "total", "memo"):
        if kind == "total":
            yield _row(table, "total", kind, "eur", say("money.total"), euros(table.total[0]))
        for line, cells in zip(table.amounts.lines, table.cells, strict=True):
            if line.kind == kind and cells.any():
                yield _row(table, line.id, kind, "eur", pick(line.label), euros(cells[0]))


def _formulas(table: MoneyTable) -> Table:
    """How each line comes about in words, with its article."""
    columns = (
        Column("line", "line", screen=False), Column("what", say("money.what")), Column("formula", say("money.how")),
        Column("article", say("money.article")), Column("assumed_from", say("money.assumed_from")),
    )  # fmt: skip
    rows = [
        {"line": line.id, "what": pick(line.label), "formula": pick(line.formula), "article": line.article,
         "assumed_from": _assumed_from(table, line.id)}
        for line, cells in zip(table.amounts.lines, table.cells, strict=True) if cells.any()
    ]  # fmt: skip
    return Table("formulas", say("money.how_title"), columns, rows)


def _assumed_from(table: MoneyTable, name: str) -> str | None:
    """The first year of a line that rests on an amount or a percentage that was not read."""
    amounts = table.amounts
    year = amounts.carried.get(_RESTS_ON.get(name, name))
    if name.startswith("verevening") and amounts.unsure:
        year = amounts.unsure[0]
    return None if year is None else str(year)


def _figures(table: MoneyTable, *, based: bool) -> Table:
    """The correction and the figures that runs report, in euros."""
    columns = (
        Column("figure", "figure", screen=False), Column("unit", "unit", screen=False),
        Column("what", say("money.figure")), Column("value", say("money.value"), BY_ROW),
    )  # fmt: skip
    found = indicators(table)
    rows: list[dict[str, Any]] = [
        {"figure": f"correction_{part}", "unit": "eur", "shown": "fine_eur", "what": say(f"money.c_{part}"),
         "value": euros(cents[0])}
        for part, cents in zip(PARTS, table.correction, strict=True)
    ]  # fmt: skip
    rows.insert(1, {
        "figure": "correction_shocks", "unit": "eur", "shown": "fine_eur", "what": say("money.c_shocks"),
        "value": euros(table.shift[0, -1]),
    })  # fmt: skip
    rows += [
        {"figure": name, "unit": unit, "what": say(f"money.{name}"), "value": _value(name, found[name][0])}
        for name, unit in FIGURES.items()
    ]
    if not based:
        rows = [row | {"value": None} for row in rows]
    return Table("figures", say("money.figures"), columns, rows)


def _value(name: str, value: float) -> float | None:
    """A figure of one swv; None when there is none."""
    return None if math.isnan(value) else cell(float(value), FIGURES[name])


def of_many(table: MoneyTable, title: str) -> Table:
    """The figures of every swv of a table."""
    found = indicators(table)
    columns = (
        Column("swv", "swv"), Column("correction_personnel", say("money.c_personnel"), "fine_eur"),
        Column("correction_shocks", say("money.c_shocks"), "fine_eur", screen=bool(table.shift.any())),
        Column("correction_materieel", say("money.c_materieel"), "fine_eur", screen=False),
        *(Column(name, say(f"money.{name}"), unit) for name, unit in FIGURES.items()),
    )  # fmt: skip
    rows = [
        {"swv": code,
         **{f"correction_{part}": euros(cents[place]) for part, cents in zip(PARTS, table.correction, strict=True)},
         "correction_shocks": euros(table.shift[place, -1]),
         **{name: _value(name, found[name][place]) for name in FIGURES}}
        for place, code in enumerate(table.codes)
    ]  # fmt: skip
    return Table("money", title, columns, rows, (*_nothing_left(table), *assumptions(table.amounts)))


def assumptions(amounts: Amounts) -> list[str]:
    """What the tables rest on that was not read, in words."""
    found = []
    if amounts.carried:
        share = number(100 * amounts.index, 1)
        found.append(say("money.carried", year=min(amounts.carried.values()), index=share))
    if amounts.unsure:
        found.append(say("money.unsure", first=amounts.unsure[0], last=amounts.unsure[-1]))
    return found
