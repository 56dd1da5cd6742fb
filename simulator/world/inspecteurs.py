"""Who works for the Inspectie: a table with a row per inspecteur, and on which days each of them is there for swv."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.base import resources, table
from simulator.base.errors import InputError, nearest
from simulator.base.language import say
from simulator.base.yamlfile import MAX_PROBLEMS
from simulator.world import calendar

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from simulator.base.errors import Problem
    from simulator.base.table import Row

Array = np.ndarray

SHIPPED = "inspecteurs.csv"
COLUMNS = ("pool", "fte", "share", "region", "training_days", "illness", "source", "confidence")
REGIONS = ("Noord", "Midden", "Zuid")
_WEEK = 7
_WORKDAYS = 5
_YEAR = 365
_THOUSANDTHS = 1000
_TURNS = (2, 0, 3, 1, 4, _WEEK, _WEEK)
"""Per weekday from Monday how soon it is given to swv: Tuesday first, then Thursday; at weekends nobody works."""


@dataclass(frozen=True)
class Inspecteur:
    """One row of the table.

    Attributes:
        fte: full-time factor, 0 to 1.
        share: of that time the part for swv, 0 to 1.
        region: of the school holidays in which he or she is away.
        training_days: working days of training in a school year.
        illness: part of the time that is lost to illness, 0 to 1.
    """

    fte: float
    share: float
    region: str
    training_days: int
    illness: float


def read(path: Path, pools: Collection[str]) -> dict[str, tuple[Inspecteur, ...]]:
    """The inspecteurs by pool, in the order of the table.

    Args:
        path: of the table; columns as in `COLUMNS`, the first two required; empty is full time, all of it for swv, no
            training and no illness.
        pools: those that can have a roster.

    Raises:
        InputError: with every unknown column or pool and every value that cannot be.
    """
    header, rows = table.read_with_header(path, ("pool", "fte"))
    problems = [
        cell.problem(say("table.unknown_column", name=name), nearest(name, COLUMNS))
        for name, cell in header.items()
        if name not in COLUMNS
    ]
    found: dict[str, list[Inspecteur]] = {}
    for row in rows:
        if len(problems) >= MAX_PROBLEMS:
            break
        pool = row["pool"].text
        if pool not in pools:
            problems.append(
                row["pool"].problem(say("inspecteurs.unknown_pool", name=pool), nearest(pool, pools) or say(
                    "inspecteurs.pools", names=", ".join(sorted(pools))))
            )  # fmt: skip
        found.setdefault(pool, []).append(_inspecteur(row, problems))
    if not rows:
        problems.append(header["pool"].problem(say("inspecteurs.nobody")))
    if problems:
        raise InputError(problems)
    return {pool: tuple(people) for pool, people in found.items()}


def last_of(path: Path, pool: str) -> table.Cell | None:
    """Where the last inspecteur of a pool stands in a table; None when it has none."""
    return next((row["pool"] for row in reversed(table.read(path, ("pool",))) if row["pool"].text == pool), None)


def shipped(pools: Collection[str]) -> dict[str, tuple[Inspecteur, ...]]:
    """The inspecteurs of the table that comes with the program, of some pools."""
    every = {row["pool"].text for row in table.read(resources.WORLD / SHIPPED, ("pool",))}
    return {pool: own for pool, own in read(resources.WORLD / SHIPPED, every).items() if pool in pools}


def _inspecteur(row: Row, problems: list[Problem]) -> Inspecteur:
    region = row["region"].text if "region" in row and row["region"].text else "Midden"
    if region not in REGIONS:
        problems.append(
            row["region"].problem(say("inspecteurs.region", value=region, names=", ".join(REGIONS)),
                                  nearest(region, REGIONS))
        )  # fmt: skip
    return Inspecteur(
        _number(row, "fte", 1.0, 1.0, problems), _number(row, "share", 1.0, 1.0, problems), region,
        round(_number(row, "training_days", 0.0, 100.0, problems)), _number(row, "illness", 0.0, 0.9, problems),
    )  # fmt: skip


def _number(row: Row, name: str, otherwise: float, most: float, problems: list[Problem]) -> float:
    cell = row.get(name)
    if cell is None or not cell.text:
        return otherwise
    try:
        value = table.number(cell.text)
    except ValueError:
        problems.append(cell.problem(say("value.number", value=cell.text)))
        return otherwise
    if not 0 <= value <= most:
        problems.append(cell.problem(say("inspecteurs.range", name=name, value=cell.text, most=f"{most:g}")))
    return value


def days_at_work(people: tuple[Inspecteur, ...], count: int, start: int, stop: int) -> Array:
    """On which days each of a pool is there for swv: persons by days, without illness.

    Of 0.5 of full time two days in one week and three in the next, for all on the same weekdays as far as they go, so
    that people can do a day together. Weekends, public holidays, the school holidays of the own region and weeks of
    training come off. A pool with more people than the table has rows begins at its first row again.

    Args:
        people: the rows of the table.
        count: how many the pool has.
        start, stop: day numbers of the scenario.
    """
    days = np.arange(start, stop)
    week, weekday = np.divmod(days + calendar.WEEKDAY_OF_DAY_0, _WEEK)
    turn_of_day = np.array(_TURNS)[weekday]
    rows = []
    for number in range(count):
        one = people[number % len(people)]
        part = round(one.fte * one.share * _WORKDAYS * _THOUSANDTHS)
        turn = week * part
        there = turn_of_day < (turn + part) // _THOUSANDTHS - turn // _THOUSANDTHS
        closed = calendar.school_holidays(one.region) | calendar.public_holidays()
        works = (weekday < _WORKDAYS) & ~np.isin(days, np.array(sorted(closed)))
        rows.append(there & works & ~_training(week, works, one, number))
    return np.array(rows, dtype=bool).reshape(count, len(days))


def _training(week: Array, works: Array, one: Inspecteur, number: int) -> Array:
    """The days of training: whole weeks, spread over those in which people work, as many as it takes."""
    own = np.unique(week[works])
    weeks = one.training_days / (one.fte * _WORKDAYS) * len(week) / _YEAR if one.fte else 0.0
    turn = (np.arange(len(own) + 1) + number) * min(1.0, weeks / max(len(own), 1))
    return np.asarray(np.isin(week, own[np.diff(np.floor(turn + 1e-9)) > 0]))
