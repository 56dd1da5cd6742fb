"""Supervision as tables: what happened per school year, and which orders were given per article or standard."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from simulator.base.language import pick, say
from simulator.base.numbers import number
from simulator.kader import lawful
from simulator.kader.lawful import SECTORS
from simulator.outcomes import people, toezichtjaren
from simulator.reports.tables import BY_ROW, Column, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator, Sequence
    from datetime import date

    from simulator.kader.model import Kader
    from simulator.outcomes.replication import Replication
    from simulator.outcomes.toezichtjaren import By, Row
    from simulator.world.scenario import Scenario

_MANY = 0.25
"""The share of onderzoeken without people from which on it is told."""
_UNITS = {"repair_days": "days", "withheld_eur": "eur"}


def tables(
    plays: Sequence[Replication], by: By, members: Collection[int] | None = None, year: int | None = None
) -> list[Table]:
    """The figures of supervision as one table: figures by school years, or articles or standards by figures.

    A second table has a row per figure with its interval.

    Args:
        plays: replications of one scenario.
        by: what the rows are about.
        members: indices of the swv that count; without it all.
        year: the first calendar year of the one school year that counts; without it all of the scenario.
    """
    scenario = plays[0].looker.model.scenario
    rows = toezichtjaren.rows(plays, by, members, year)
    columns, wide = _by_year(scenario.kader, rows) if by == "year" else _by_duty(scenario, rows, by)
    names = tuple(say(f"toezicht.{key}") for key in ("low", "high"))
    figures = Table(
        "figures", say("toezicht.intervals"),
        (Column("of", say(f"toezicht.{by}")), Column("id", say("table.name"), screen=False),
         Column("figure", say("toezicht.figure")),
         *(Column(name, heading, "count") for name, heading in
           zip(("mean", "low", "high"), (say("toezicht.mean"), *names), strict=True)),
         Column("n", say("toezicht.replications"))),
        [_figure(scenario.kader, row, by) for row in rows],
    )  # fmt: skip
    title = say("toezicht.title", scenario=pick(scenario.title))
    title += "" if year is None else f" ({_year(year)})"
    return [Table("toezicht", title, columns, wide, _notes(plays, by, {row.what for row in rows})), figures]


def _notes(plays: Sequence[Replication], by: By, rows: Collection[str]) -> tuple[str, ...]:
    """What stands under the table of some rows: what goes against the law, what was counted, and how that adds up."""
    scenario = plays[0].looker.model.scenario
    file, told = scenario.kader.file, scenario.kader.file.toezicht
    after = [say(f"toezicht.note_{by}"), say("toezicht.note_states")] if told is not None and told.given else []
    counted = next((pick(one.label) for one in file.visits if told is not None and one.id == told.visit), "")
    of_visit = say("toezicht.note_visit", visit=counted) if len(file.visits) > 1 and counted else ""
    broken = dict.fromkeys(one.article for play in plays for one in play.breaches) if by == "year" else ()
    outside = say("toezicht.note_against_law", articles="; ".join(broken)) if broken else ""
    several = _several(scenario.kader, rows) if by == "year" else ()
    points = say("toezicht.note_points") if "points_unfollowed" in rows else ""
    rule = file.decision
    judged = any(what.startswith("judged ") for what in rows) and rule.confidence not in ("read", "seen")
    scale = say("toezicht.note_decision", kader=scenario.kader.id) if judged else ""
    marks = lawful.marked(lawful.told(scenario.unlawful)), outside, say("toezicht.note", n=len(plays)), of_visit
    return tuple(
        filter(None, (*marks, " ".join(after), points, scale, *several, *_short_of_people(plays), say("run.model")))
    )


def _several(kader: Kader, rows: Collection[str]) -> Iterator[str]:
    """What a measure with a row counts that several kinds of steps stand for, as on an order and on a plan not sent in."""
    steps = [node.step for node in kader.file.werkwijze.walk() if node.step]
    for name in kader.file.toezicht.measures if kader.file.toezicht else ():
        labels = list(dict.fromkeys(pick(step.label) for step in steps if name in step.marks))
        if name in rows and len(labels) > 1:
            yield say("toezicht.note_measure", measure=pick(kader.events[name].label), steps="; ".join(labels))


def _short_of_people(plays: Sequence[Replication]) -> list[str]:
    """That many onderzoeken never got people, and how many are there; nothing where that is not so."""
    found = people.teams(plays)
    if found is None or not found.asked or found.without < _MANY * found.asked:
        return []
    there = "; ".join(
        say(
            "toezicht.there",
            pool=pick(plays[0].looker.model.scenario.pools[name].label),
            mean=number(mean, 2),
            of=count,
        )
        for name, (mean, count) in found.there.items()
    )
    return [say("toezicht.no_team", asked=number(found.asked, 0), without=number(found.without, 0), there=there)]


def _by_year(kader: Kader, rows: Sequence[Row]) -> tuple[tuple[Column, ...], list[dict[str, object]]]:
    """A row per figure, a column per school year."""
    years = list(dict.fromkeys(row.of for row in rows))
    columns = (
        Column("figure", say("toezicht.figure")), Column("id", say("table.name"), screen=False),
        *(Column(_year(year), _year(year), BY_ROW) for year in years),
    )  # fmt: skip
    wide: dict[str, dict[str, object]] = {}
    for row in rows:
        unit = _UNITS.get(row.what, "count")
        line = wide.setdefault(row.what, {"figure": _heading(kader, row.what), "id": row.what, "unit": unit})
        line[_year(row.of)] = row.value.mean
    return columns, list(wide.values())


def _by_duty(scenario: Scenario, rows: Sequence[Row], by: By) -> tuple[tuple[Column, ...], list[dict[str, object]]]:
    """A row per article or standard, a column per figure."""
    kader, day = scenario.kader, scenario.period.until - timedelta(days=1)
    whats = list(dict.fromkeys(row.what for row in rows))
    columns = (
        Column("of", say(f"toezicht.{by}")),
        Column("id", say("table.name"), screen=False),
        Column("subject", say("toezicht.subject"), screen=by == "standard"),
        *(Column(what, _heading(kader, what), _UNITS.get(what, "count")) for what in whats),
    )
    wide: dict[Hashable, dict[str, object]] = {}
    for row in rows:
        wide.setdefault(row.of, _named(kader, row.of, by, day))[row.what] = row.value.mean
    return columns, list(wide.values())


def _named(kader: Kader, of: Hashable, by: By, day: date) -> dict[str, object]:
    if by == "article":
        duty = kader.obligations[str(of)]
        held = [one for sector in SECTORS if (one := duty.on(day, sector))] or [duty.versions[-1]]
        version, article = held[0], "; ".join(dict.fromkeys(name for one in held for name in one.article.values()))
        return {"of": f"{of} ({article})", "id": str(of), "subject": pick(version.text)}
    standards = {one.id: one for aspect in kader.file.standards.aspects for one in aspect.indicators}
    return {"of": str(of), "id": str(of), "subject": pick(standards[str(of)].name)}


def _year(of: Hashable) -> str:
    return f"{of}-{int(str(of)) + 1}"


def _figure(kader: Kader, row: Row, by: By) -> dict[str, object]:
    value = row.value
    return {"of": _year(row.of) if by == "year" else str(row.of), "id": row.what,
            "figure": _heading(kader, row.what), "mean": value.mean, "low": value.low, "high": value.high,
            "n": value.n}  # fmt: skip


def _heading(kader: Kader, what: str) -> str:
    if what.startswith("judged "):
        return say("toezicht.judged", judgement=pick(kader.file.decision.judgements[what.removeprefix("judged ")]))
    if what.startswith("visit "):
        return next(pick(one.label) for one in kader.file.visits if one.id == what.removeprefix("visit "))
    event = kader.events.get(what)
    rule = kader.file.toezicht
    if event is not None and rule is not None and what in rule.measures:
        return pick(event.label)
    return say(f"toezicht.{what}")
