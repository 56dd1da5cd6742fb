"""The money after 2020 as tables: own equity beside the signaleringswaarde, and growth after the teldatum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.language import say
from simulator.base.numbers import number
from simulator.reports.tables import BY_ROW, Column, Table
from simulator.world.bekostiging.later import counted_on, told_on

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from simulator.world.bekostiging import Amounts
    from simulator.world.bekostiging.later import Later, LaterYear

_CENTS = 100
_ROWS = {
    "income": "eur", "most": "eur", "reserve": "eur", "above": "eur", "special": "pupils", "growth": "pupils",
    "usual": "pupils", "vangnet": "eur",
}  # fmt: skip


def of_one(years: Sequence[LaterYear], title: str, notes: Sequence[str], amounts: Amounts) -> Table:
    """The years of one swv, a row for each of what is looked at; rows in which there is nothing are left out."""
    columns = (
        Column("line", "line", screen=False), Column("unit", "unit", screen=False), Column("what", ""),
        *(Column(str(one.year), str(one.year), BY_ROW) for one in years),
    )  # fmt: skip
    rows = []
    for name, unit in _ROWS.items():
        values = [_plain(getattr(one, name), unit) for one in years]
        if any(value is not None for value in values):
            cells = dict(zip([str(one.year) for one in years], values, strict=True))
            day = _counted(years, name, amounts)
            rows.append({"line": name, "unit": unit, "what": say(f"later.{name}", teldatum=day), **cells})
    return Table("later", title, columns, rows, tuple(notes))


def _plain(value: int | None, unit: str) -> float | int | None:
    return value / _CENTS if unit == "eur" and value is not None else value


def of_many(table: Later, title: str, notes: Sequence[str], day: date, amounts: Amounts) -> Table:
    """The figures of every swv: of the first year, and what the growth of all years costs; as far as there on a day."""
    every = [told_on(table.of(place), day, amounts) for place in range(len(table.codes))]
    signalled = any(years[0].most is not None for years in every)
    names = ("most", "reserve", "above") if signalled else ("income", "reserve")
    heads = {name: say(f"later.{name}") for name in names}
    if any(one.vangnet is not None for years in every for one in years):
        heads["vangnet"] = say("later.vangnet_all")
    rows: list[dict[str, Any]] = []
    for code, years in zip(table.codes, every, strict=True):
        cents = {name: getattr(years[0], name) for name in names}
        cents["vangnet"] = sum(one.vangnet or 0 for one in years)
        rows.append({"swv": code, **{name: cents[name] / _CENTS for name in heads}})
    columns = (Column("swv", "swv"), *(Column(name, head, "eur") for name, head in heads.items()))
    return Table("later", title, columns, rows, tuple(notes))


def _counted(years: Sequence[LaterYear], name: str, amounts: Amounts) -> str:
    """The teldatum of the years that a row tells of, each from the year on in which it came."""
    days: dict[str, int] = {}
    for one in years:
        if getattr(one, name) is not None:
            days.setdefault(teldatum([counted_on(one.year, amounts)]), one.year)
    first, *rest = days or [""]
    return first + "".join(say("later.since", year=days[day], teldatum=day) for day in rest)


def teldatum(days: Sequence[date | None]) -> str:
    """The last of some teldata in words, without its year."""
    known = [day for day in days if day is not None]
    return f"{known[-1].day} {say('date.months').split()[known[-1].month - 1]}" if known else ""


def rules(amounts: Amounts, years: Sequence[LaterYear]) -> list[str]:
    """What some years are held against, in words, with what of it is an assumption."""
    data = amounts.data
    share = number(100 * data.signaleringswaarde.share_of_income, 1)
    usual = number(100 * data.vangnet.usual, 1)
    found = []
    if any(one.most is not None for one in years):
        found.append(say("later.rule", share=share, minimum=number(data.signaleringswaarde.minimum, 0)))
    if any(one.vangnet is not None for one in years):
        since = min(amounts.carried.values(), default=amounts.years[-1])
        found.append(say("later.assumed", usual=usual, year=since))
    return found
