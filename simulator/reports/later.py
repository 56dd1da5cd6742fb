"""The money after 2020 as tables: own equity beside the signaleringswaarde, and growth after the teldatum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.base.language import say
from simulator.base.numbers import number
from simulator.reports.tables import BY_ROW, Column, Table

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


def of_one(years: Sequence[LaterYear], title: str, notes: Sequence[str]) -> Table:
    """The years of one swv, a row for each of what is looked at; rows in which there is nothing are left out."""
    columns = (
        Column("line", "line", screen=False), Column("unit", "unit", screen=False), Column("what", ""),
        *(Column(str(one.year), str(one.year), BY_ROW) for one in years),
    )  # fmt: skip
    day = teldatum([one.count for one in years])
    rows = []
    for name, unit in _ROWS.items():
        values = [_plain(getattr(one, name), unit) for one in years]
        if any(value is not None for value in values):
            cells = dict(zip([str(one.year) for one in years], values, strict=True))
            rows.append({"line": name, "unit": unit, "what": say(f"later.{name}", teldatum=day), **cells})
    return Table("later", title, columns, rows, tuple(notes))


def _plain(value: int | None, unit: str) -> float | int | None:
    return value / _CENTS if unit == "eur" and value is not None else value


def of_many(table: Later, title: str, notes: Sequence[str]) -> Table:
    """The figures of every swv: of the first year, and what the growth of all years costs."""
    columns = (
        Column("swv", "swv"), *(Column(name, say(f"later.{name}"), "eur") for name in ("most", "reserve", "above")),
        Column("vangnet", say("later.vangnet_all"), "eur"),
    )  # fmt: skip
    rows: list[dict[str, Any]] = []
    for place, code in enumerate(table.codes):
        years = table.of(place)
        cents = {name: getattr(years[0], name) for name in ("most", "reserve", "above")}
        cents["vangnet"] = sum(one.vangnet or 0 for one in years)
        rows.append({"swv": code, **{name: value / _CENTS for name, value in cents.items()}})
    return Table("later", title, columns, rows, tuple(notes))


def teldatum(days: Sequence[date | None]) -> str:
    """The last of some teldata in words, without its year."""
    known = [day for day in days if day is not None]
    return f"{known[-1].day} {say('date.months').split()[known[-1].month - 1]}" if known else ""


def rules(amounts: Amounts, *, growth: bool = True) -> list[str]:
    """What is held against what, in words, with what of it is an assumption; `growth`: whether that is told as well."""
    data = amounts.data
    share = number(100 * data.signaleringswaarde.share_of_income, 1)
    usual = number(100 * data.vangnet.usual, 1)
    found = [say("later.rule", share=share, minimum=number(data.signaleringswaarde.minimum, 0))]
    if growth:
        since = min(amounts.carried.values(), default=amounts.years[-1])
        found.append(say("later.assumed", usual=usual, year=since))
    return found
