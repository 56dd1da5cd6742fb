"""What a reader needs to reckon every line of a money table by hand: pupils and amounts per pupil, year by year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.base.language import pick, say
from simulator.reports.tables import BY_ROW, Column, Table
from simulator.world.bekostiging import projecting
from simulator.world.bekostiging.cents import FACTOR, euros
from simulator.world.bekostiging.data import AGES, CATEGORIES, LGF

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.world.bekostiging import Amounts, MoneyTable, People

Array = np.ndarray
LEVELS = ("low", "middle", "high")
ONCE = ("first_year_personnel", "first_year_materieel", "respend_personnel", "respend_materieel")
"""Amounts per pupil with lgf in the year of transition."""


def tables(table: MoneyTable, people: People, *, based: bool) -> list[Table]:
    """Pupils and amounts of the one swv of a table of school years.

    Args:
        based: whether the count of 2011 is known, on which the correction rests.
    """
    amounts = table.amounts
    found = [
        _by_year("per_school_year", table, list(_school(people, amounts)), [table.label(year) for year in table.years]),
        _by_year(
            "per_calendar_year", table, list(_calendar(people, amounts)), [str(year) for year in amounts.calendar]
        ),
    ]
    if based:
        found.append(_correction(table, people))
    return [*found, _lgf(people, amounts)] if people.lgf_2013.any() else found


Row = tuple[str, str, str, Array]
"""A name, a unit, words, and a value per year; amounts in cents."""
UNITS = {"fine_eur": "eur"}
"""What data calls a unit that people see more finely."""


def _school(people: People, amounts: Amounts) -> Iterator[Row]:
    """Personnel, by school year."""
    years = slice(0, len(amounts.years))
    if people.sbo.any():
        above = projecting.above_two_percent(people, amounts, people.sbo_growth)[0, years]
        yield "sbo_above_pupils", "pupils", say("reckon.sbo_above_peildatum"), above
    yield from _rates(people, amounts, "school_year")
    yield from _special(people.special[0, years], people.growth[0, years], amounts.special_personnel)


def _calendar(people: People, amounts: Amounts) -> Iterator[Row]:
    """Material, by calendar year."""
    yield "pupils", "pupils", say("money.pupils"), people.pupils[0]
    if people.sbo.any():
        above = projecting.above_two_percent(people, amounts)[0]
        yield "sbo", "pupils", say("money.sbo"), people.sbo[0]
        yield "sbo_above_pupils", "pupils", say("reckon.sbo_above"), above
    yield "melt", "fine_share", say("reckon.melt"), amounts.melt_materieel[people.sector[0]] / FACTOR
    yield from _rates(people, amounts, "calendar_year")
    yield from _special(people.special[0], np.zeros_like(people.special[0]), amounts.special_materieel)


def _rates(people: People, amounts: Amounts, per: str) -> Iterator[Row]:
    """Amounts per pupil of the own sector."""
    for name, rate in amounts.data.rates.items():
        values = amounts.rates[name][people.sector[0]]
        if rate.per == per and values.any():
            yield f"{name}_rate", "fine_eur", pick(rate.label), values


def _special(there: Array, more: Array, each: Array) -> Iterator[Row]:
    """Pupils in the (v)so by age and category, their growth, and what one of them costs; those of whom there are any."""
    for place in np.ndindex(len(AGES), CATEGORIES):
        every = slice(None), *place
        if not (there[every].any() or more[every].any()):
            continue
        name, group = f"{AGES[place[0]]}_{LEVELS[place[1]]}", _group(*place)
        yield f"{name}_pupils", "pupils", say("reckon.special", group=group), there[every]
        if more[every].any():
            yield f"{name}_growth", "pupils", say("reckon.growth", group=group), more[every]
        yield f"{name}_rate", "fine_eur", say("reckon.rate", group=group), each[every]


def _group(age: int, category: int) -> str:
    return say("reckon.group", age=say(f"reckon.{AGES[age]}"), category=say(f"reckon.{LEVELS[category]}"))


def _plain(values: Array, unit: str) -> list[Any]:
    """Values as they stand in a table: what is in cents as euros."""
    return list(euros(values) if unit == "fine_eur" else values.tolist())


def _by_year(name: str, table: MoneyTable, rows: Sequence[Row], labels: Sequence[str]) -> Table:
    """Rows with a column per year, from the first in which a pupil brings or costs anything."""
    paid = np.any([values != 0 for _, unit, _, values in rows if unit == "fine_eur"], axis=0)
    first = int(np.argmax(paid))
    shown = labels[first:]
    columns = (
        Column("line", "line", screen=False), Column("unit", "unit", screen=False), Column("what", ""),
        *(Column(label, label, BY_ROW) for label in shown),
    )  # fmt: skip
    data = [
        {"line": line, "unit": UNITS.get(unit, unit), "shown": unit, "what": what,
         **dict(zip(shown, _plain(values, unit)[first:], strict=True))}
        for line, unit, what, values in rows
    ]  # fmt: skip
    title = say(f"reckon.{name}", swv=table.codes[0])
    return Table(name, title, columns, data, (say(f"reckon.{name}_note", first=shown[0]),))


def _correction(table: MoneyTable, people: People) -> Table:
    """The correction C: pupils of 2011, what each counts for, and the sum."""
    amounts, sector = table.amounts, people.sector[0]
    parts = [
        (f"{AGES[place[0]]}_{LEVELS[place[1]]}", _group(*place), people.special_2011[0][place],
         amounts.old_personnel[place], amounts.old_materieel[place])
        for place in np.ndindex(len(AGES), CATEGORIES)
    ]  # fmt: skip
    parts += [
        (f"lgf_{kind}", say("reckon.lgf_of", kind=pick(amounts.data.lgf[kind].label)), people.lgf_2011[0, place],
         amounts.lgf["verevening_personnel"][place], amounts.lgf["verevening_materieel"][place])
        for place, kind in enumerate(LGF)
    ]  # fmt: skip
    norms = -amounts.norm_personnel[sector], -amounts.norm_materieel[sector]
    parts.append(("norm", say("reckon.norm"), people.pupils_2011[0], *norms))
    rows: list[dict[str, Any]] = [
        {"line": line, "what": what, "number": int(number), "personnel": euros(first), "materieel": euros(second)}
        for line, what, number, first, second in parts
        if number
    ]
    whole = [euros(values[0]) for values in table.correction]
    rows.append(
        {"line": "correction", "what": say("reckon.sum"), "number": None, "personnel": whole[0], "materieel": whole[1]}
    )
    columns = (
        Column("line", "line", screen=False), Column("what", ""), Column("number", say("reckon.number"), "pupils"),
        Column("personnel", say("reckon.personnel"), "fine_eur"), Column("materieel", say("reckon.materieel"), "fine_eur"),
    )  # fmt: skip
    return Table("correction", say("reckon.correction"), columns, rows, (say("reckon.correction_note"),))


def _lgf(people: People, amounts: Amounts) -> Table:
    """The money of the year of transition: pupils with lgf by kind of school, and the amounts of each."""
    rows = [
        {"line": kind, "what": pick(amounts.data.lgf[kind].label), "number": int(people.lgf_2013[0, place]),
         **{name: euros(amounts.lgf[name][place]) for name in ONCE}}
        for place, kind in enumerate(LGF)
        if people.lgf_2013[0, place]
    ]  # fmt: skip
    columns = (
        Column("line", "line", screen=False), Column("what", ""), Column("number", say("reckon.number"), "pupils"),
        *(Column(name, say(f"reckon.{name}"), "fine_eur") for name in ONCE),
    )  # fmt: skip
    return Table("lgf", say("reckon.lgf"), columns, rows, (say("reckon.lgf_note"),))
