"""The multi-year budget of a plan held against itself and against what the model computes: remarks, never shortfalls.

A budget that does not add up says something about the financial continuity of an swv. The law asks that there is one
(PLAN-b); it does not ask that it is right, so nothing here changes the status of a duty or leads to an order.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from simulator.world.bekostiging import later, planned
from simulator.world.bekostiging.cents import of_euros
from simulator.world.bekostiging.people import BASE, NOW
from simulator.world.bekostiging.projecting import TRANSITION, project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.base.yamlfile import Place
    from simulator.plan.details import MoneyYear
    from simulator.plan.model import Plan
    from simulator.plan.reading import PlanFile
    from simulator.world.bekostiging.rates import Amounts
    from simulator.world.bekostiging.table import MoneyTable

_ROUNDING = 100
"""Cents by which the figures of a plan may be off: it is written in whole euros."""
_ASKED = ("support", "schools", "placements", "office", "reserve")
"""What every row of a budget says; a result when another row has one, the verevening in the years in which there is one."""
COMPUTED = {
    "support": (
        "light_personnel", "light_materieel", "heavy_personnel", "heavy_materieel", "first_year_lgf", "opting_out",
        "preparation",
    ),
    "verevening": ("verevening_personnel", "verevening_materieel"),
    "placements": (
        "special_personnel", "special_materieel", "growth", "sbo_above", "sbo_above_materieel", "sbo_growth",
        "cut_personnel", "cut_materieel", "schools_heavy", "schools_light",
    ),
}  # fmt: skip
"""Which lines of a money table an amount of a plan stands for; what schools bear is no cost of the swv."""
REPAID = ("cut_personnel", "cut_materieel", "schools_heavy", "schools_light")


@dataclass(frozen=True)
class Remark:
    """Something about the budget of a plan.

    Attributes:
        kind: what it is; the texts `remark.<kind>` say it.
        year: the calendar year it is about; None for the whole.
        planned, computed: amounts in cents that are held against each other, where there are two.
        names: what is meant: columns of the table, or years.
        place: where it stands in the plan file.
    """

    kind: str
    year: int | None
    planned: int | None
    computed: int | None
    names: str
    place: Place


@dataclass(frozen=True)
class Compared:
    """An amount of a plan beside what the model computes, in cents."""

    year: int
    name: str
    planned: int
    computed: int

    @property
    def difference(self) -> int:
        """What the plan has more than the model."""
        return self.planned - self.computed


def remarks(file: PlanFile, amounts: Amounts) -> list[Remark]:
    """Every remark on the multi-year budget of a plan, by year.

    Args:
        file: the plan, with the places in its file.
        amounts: what each pupil brings and costs.
    """
    found = [*_pupils(file), *_itself(file, amounts), *_against_model(file, amounts)]
    return sorted(found, key=lambda one: (one.year or 0, one.place, one.kind))


def compared(plan: Plan, amounts: Amounts) -> list[Compared]:
    """The amounts of a plan beside the model's, for the years that both know; nothing without a table of pupils."""
    table = computed(plan, amounts)
    return list(_pairs(plan, table)) if table is not None else []


def computed(plan: Plan, amounts: Amounts) -> MoneyTable | None:
    """What the model computes per calendar year from the pupils of a plan; None without a table of them."""
    people = planned.planned_people(plan, amounts)
    return project(people, amounts, "calendar_year") if people is not None else None


def by_model(plan: Plan, table: MoneyTable) -> dict[tuple[int, str], int]:
    """What the model computes of each amount of a budget, in cents, for the years that both know."""
    found = {}
    for year in [row.year for row in plan.money if row.year in known_years(table.amounts)]:
        place = table.years.index(year)
        for name, lines in COMPUTED.items():
            if name != "verevening" or planned.has_base(plan):
                model = int(table.sum(*lines)[0, place])
                found[year, name] = -model if name == "placements" else model
    return found


def _pairs(plan: Plan, table: MoneyTable) -> Iterator[Compared]:
    rows = {row.year: row for row in plan.money}
    for (year, name), model in by_model(plan, table).items():
        value = getattr(rows[year], name)
        if value is not None:
            yield Compared(year, name, of_euros(value), model)


def known_years(amounts: Amounts) -> tuple[int, ...]:
    """The calendar years that a budget is held against: of 2014 not all was read, of the last only January to July."""
    return tuple(year for year in amounts.calendar[:-1] if year > TRANSITION)


def _pupils(file: PlanFile) -> Iterator[Remark]:
    """Years that the table of pupils leaves out, and that it lacks the count of 2011, on which the correction rests."""
    rows = file.plan.pupils
    for number, (before, row) in enumerate(pairwise(rows), start=1):
        missing = [str(year) for year in range(max(before.year + 1, NOW), row.year)]
        if missing:
            place = file.place("pupils", number, "year")
            yield Remark("pupils_between", int(missing[0]), None, None, ", ".join(missing), place)
    if rows and rows[0].year <= TRANSITION and not planned.has_base(file.plan):
        place = file.document.place(("pupils",), key=True)
        yield Remark("no_base", None, None, None, str(BASE), place)


def _itself(file: PlanFile, amounts: Amounts) -> Iterator[Remark]:
    """What the budget says against itself: holes, amounts that do not add up, a deficit, too large a reserve."""
    years = file.plan.money
    for number, row in enumerate(years):
        empty = [name for name in _asked(file.plan, row, amounts) if getattr(row, name) is None]
        if empty and not _is_blank(row):
            yield _remark(file, "empty", number, "year", row, names=", ".join(empty))
        balance = balance_of(row, amounts)
        if row.result is not None and balance is not None:
            stated, follows = of_euros(row.result), of_euros(balance)
            if abs(stated - follows) > _ROUNDING:
                yield _remark(file, "result", number, "result", row, stated, follows)
        if row.reserve is not None and row.reserve < 0:
            yield _remark(file, "deficit", number, "reserve", row, of_euros(row.reserve))
        yield from _too_much(file, number, row, amounts)
    for number, (before, row) in enumerate(pairwise(years), start=1):
        if row.year != before.year + 1:
            missing = ", ".join(map(str, range(before.year + 1, row.year)))
            yield _remark(file, "hole", number, "year", row, names=missing)
        elif before.reserve is not None and row.reserve is not None and balance_of(row, amounts) is not None:
            stated, follows = (
                of_euros(row.reserve),
                of_euros(before.reserve) + of_euros(balance_of(row, amounts) or 0.0),
            )
            if abs(stated - follows) > _ROUNDING:
                yield _remark(file, "reserve", number, "reserve", row, stated, follows)
    yield from _blank(file)
    yield from _period(file)


def _asked(plan: Plan, row: MoneyYear, amounts: Amounts) -> tuple[str, ...]:
    """The amounts that a row of a budget should say."""
    verevening = ("verevening",) if row.year in verevening_years(amounts) else ()
    result = ("result",) if any(one.result is not None for one in plan.money) else ()
    return (*_ASKED, *verevening, *result)


def verevening_years(amounts: Amounts) -> range:
    """The calendar years in which there is a verevening: from the first school year after the transition to the last."""
    last = max(int(year) for year, one in amounts.data.verevening.shares.items() if one.share > 0)
    return range(TRANSITION + 1, last + 2)


def balance_of(row: MoneyYear, amounts: Amounts) -> float | None:
    """Income less spending of a year in euros; None when something of it is not filled in."""
    return None if row.verevening is None and row.year in verevening_years(amounts) else row.balance


def _is_blank(row: MoneyYear) -> bool:
    return all(getattr(row, name) is None for name in (*_ASKED, "verevening", "result"))


def _blank(file: PlanFile) -> Iterator[Remark]:
    """The rows in which nothing is filled in yet."""
    blank = [str(row.year) for row in file.plan.money if _is_blank(row)]
    if blank:
        yield _whole(file, "blank", blank)


def _whole(file: PlanFile, kind: str, years: list[str]) -> Remark:
    """A remark on the budget as a whole."""
    return Remark(kind, None, None, None, ", ".join(years), file.document.place(("money",), key=True))


def _period(file: PlanFile) -> Iterator[Remark]:
    """The calendar years after the one in which the plan begins, up to the one in which it ends, that have no row."""
    plan = file.plan
    first = plan.period.first_school_year + 1
    own = [row.year for row in plan.money]
    outside = [year for year in range(first, first + plan.period.school_years) if own and not own[0] <= year <= own[-1]]
    if outside:
        yield _whole(file, "period", list(map(str, outside)))


def _too_much(file: PlanFile, number: int, row: MoneyYear, amounts: Amounts) -> Iterator[Remark]:
    """A reserve above the signaleringswaarde."""
    late = later.planned_year(row, amounts)
    if late is not None and late.above is not None and late.above > 0:
        yield _remark(file, "signaleringswaarde", number, "reserve", row, late.reserve, late.most)


def _against_model(file: PlanFile, amounts: Amounts) -> Iterator[Remark]:
    """Amounts that are far from what the model computes, and years in which heavy or light support falls short."""
    plan = file.plan
    table = computed(plan, amounts)
    if table is None:
        return
    rows = {row.year: number for number, row in enumerate(plan.money)}
    limit = amounts.data.remarks
    for pair in _pairs(plan, table):
        row = plan.money[rows[pair.year]]
        far = abs(pair.difference) > max(limit.share * abs(pair.computed), of_euros(limit.euros))
        if pair.name == "verevening" and far and pair.planned * pair.computed < 0:
            yield _remark(file, "sign", rows[pair.year], pair.name, row, pair.planned, pair.computed)
        elif far:
            yield _remark(file, "differs", rows[pair.year], pair.name, row, pair.planned, pair.computed, pair.name)
    for year in known_years(amounts):
        short = int(table.sum(*REPAID)[0, table.years.index(year)])
        if year in rows and short > 0:
            row = plan.money[rows[year]]
            yield _remark(file, "falls_short", rows[year], "placements", row, computed=short)


def _remark(
    file: PlanFile, kind: str, number: int, field: str, row: MoneyYear, stated: int | None = None,
    computed: int | None = None, names: str = "",
) -> Remark:  # fmt: skip
    return Remark(kind, row.year, stated, computed, names, file.place("money", number, field))
