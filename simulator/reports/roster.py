"""A roster of the people of the Inspectie in one replication: as data, as a table of weeks by people, as a page."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from simulator.base.days import DAY_SECONDS, date_of
from simulator.base.language import pick, say
from simulator.base.numbers import figure, number
from simulator.outcomes import rostering, sameteam
from simulator.outcomes.rostering import REGIONS
from simulator.reports import teams

if TYPE_CHECKING:
    from collections.abc import Collection

    from simulator.outcomes.play import Player
    from simulator.outcomes.replication import Replication
    from simulator.outcomes.rostering import Shift, Use, Week

COLUMNS = (
    "week",
    "pool",
    "person",
    "swv",
    "step",
    "label",
    "item",
    "from",
    "to",
    "working_days",
    "waited_days",
    "days",
)


def data(
    player: Player, played: Replication, run: str, replication: int, pools: list[str], group: Collection[str] | None = None
) -> dict[str, Any]:  # fmt: skip
    """Who was where: shifts of people, and per pool and week how busy they were and how many waited.

    Args:
        player, played: the scenario, and one replication of it.
        run, replication: the run and the number of the replication, to be named.
        pools: which pools.
        group: only the shifts at these swv; at everybody without it.
    """
    model, trace = player.model, played.trace
    found = rostering.shifts(model, trace, pools)
    own = [one for one in found if group is None or one.swv in group]
    weeks = rostering.weeks(model)
    labels = {node.id: pick(node.step.label) for node in player.scenario.kader.file.werkwijze.walk() if node.step}
    uses = [rostering.use(model, trace, pool, weeks) for pool in pools]
    team = sameteam.kept(model, trace, player.scenario.kader.file, group)
    return {
        "format": "rooster/1", "run": run, "scenario": player.scenario.id, "replication": replication,
        "clashes": len(rostering.clashes(found)), "short_teams": len(rostering.short_teams(model, trace)),
        "same_team": asdict(team) if team else None, "teams": list(teams.told(player.scenario)),
        "weeks": [_week(week) for week in weeks],
        "pools": [_pool(player, one, own) for one in uses],
        "shifts": [_shift(model.start, one, labels) for one in own],
    }  # fmt: skip


def _week(week: Week) -> dict[str, Any]:
    return {"week": _week_of(week.monday), "monday": week.monday.isoformat(), "holiday": list(week.holiday),
            "public": week.public}  # fmt: skip


def _pool(player: Player, use: Use, found: list[Shift]) -> dict[str, Any]:
    own = [one for one in found if one.pool.partition(".")[0] == use.family]
    waited = [(one.start - one.asked) / DAY_SECONDS for one in own if not one.again]
    people = [f"{pool.name}#{unit + 1}" for pool in player.model.pools if pool.family == use.family
              for unit in range(pool.capacity)]  # fmt: skip
    return {
        "pool": use.family, "label": pick(player.scenario.pools[use.family].label), "people": people,
        "utilisation": use.share, "shifts": len(own),
        "waited_days": sum(waited) / len(waited) if waited else 0.0, "waited_most": max(waited, default=0.0),
        "capacity": [round(float(one), 3) for one in use.capacity],
        "busy": [round(float(one), 3) for one in use.busy], "queue": [round(float(one), 3) for one in use.queue],
    }  # fmt: skip


def _shift(start: int, one: Shift, labels: dict[str, str]) -> dict[str, Any]:
    worked = rostering.worked(start, one)
    days = [date_of(day) for day in (min(worked), max(worked))]
    return {
        "week": _week_of(days[0]), "pool": one.pool, "person": f"{one.pool}#{one.number}", "swv": one.swv,
        "step": one.node, "label": labels[one.node], "item": one.item, "from": days[0].isoformat(),
        "to": days[1].isoformat(), "working_days": round(sum(worked.values()), 2),
        "waited_days": 0.0 if one.again else round((one.start - one.asked) / DAY_SECONDS, 1),
        "days": [{"on": date_of(day).isoformat(), "share": round(share, 2)} for day, share in sorted(worked.items())],
    }  # fmt: skip


def listed(told: dict[str, Any]) -> list[dict[str, Any]]:
    """A row per shift, by `COLUMNS`: its days are one text, apart by a space."""
    return [{**one, "days": " ".join(day["on"] for day in one["days"])} for one in told["shifts"]]


def summary(told: dict[str, Any]) -> list[tuple[str, ...]]:
    """A row per pool: people, shifts, share of time, waiting, the week with the longest queue."""
    rows: list[tuple[str, ...]] = []
    for pool in told["pools"]:
        queue = pool["queue"]
        worst = max(range(len(queue)), key=lambda place: queue[place], default=0)
        longest = (
            say("rooster.worst", n=number(queue[worst], 1), week=told["weeks"][worst]["week"]) if any(queue) else "-"
        )
        rows.append((
            pool["label"], str(len(pool["people"])), str(pool["shifts"]), figure(pool["utilisation"], "share"),
            number(pool["waited_days"], 1), number(pool["waited_most"], 1), longest,
        ))  # fmt: skip
    return rows


def notes(told: dict[str, Any]) -> list[str]:
    """What a planner must know of a roster: is it sound, which people stay together, what came of that."""
    sound = not told["clashes"] and not told["short_teams"]
    found = [
        say("rooster.sound") if sound else say("rooster.unsound", clashes=told["clashes"], teams=told["short_teams"]),
        *told["teams"],
    ]
    team = told["same_team"]
    if team and team["onderzoeken"]:
        parts = {name: figure(team[name] / team["onderzoeken"], "share") for name in ("same", "kept")}
        found.append(say("rooster.same_team", of=team["onderzoeken"], same=team["same"], share=parts["same"],
                         n=team["kept"], part=parts["kept"]))  # fmt: skip
        if over := team["over_dates"]:
            found.append(say("rooster.over_dates", n=over, of=team["days"], part=figure(over / team["days"], "share")))
    return found


def grid(told: dict[str, Any]) -> list[dict[str, Any]]:
    """A row per week: its holidays, and for each person what he or she did in it."""
    people = [person for pool in told["pools"] for person in pool["people"]]
    cells: dict[tuple[str, str], list[str]] = {}
    for one in told["shifts"]:
        text = f"{one['swv']} {one['label']}"
        for week in dict.fromkeys(_week_of(date.fromisoformat(day["on"])) for day in one["days"]):
            own = cells.setdefault((week, one["person"]), [])
            own += [text] if text not in own else []
    return [
        {**week, "holiday_words": holidays(week), "free": len(week["holiday"]) == len(REGIONS),
         "part": bool(week["holiday"] or week["public"]),
         "cells": [cells.get((week["week"], person), []) for person in people]}
        for week in told["weeks"]
    ]  # fmt: skip


def _week_of(day: date) -> str:
    """The week of a day, as ISO 8601 numbers it."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def holidays(week: dict[str, Any]) -> str:
    """The holidays of a week in words."""
    regions = say("rooster.everywhere") if len(week["holiday"]) == len(REGIONS) else ", ".join(week["holiday"])
    school = say("rooster.school", regions=regions) if week["holiday"] else ""
    public = say("rooster.public", n=week["public"]) if week["public"] else ""
    return "; ".join(filter(None, (school, public)))


def page(told: dict[str, Any]) -> dict[str, Any]:
    """The roster in words, for the template."""
    heads = [{"label": pool["label"], "n": len(pool["people"])} for pool in told["pools"]]
    rows = grid(told)
    for place, row in enumerate(rows):
        row["loads"] = [_load(pool["busy"][place], pool["queue"][place]) for pool in told["pools"]]
    used = [place for place, row in enumerate(rows) if any(row["loads"])]
    rows = rows[used[0] : used[-1] + 1] if used else []
    return {**told, "heads": heads, "grid": rows, "rows": summary(told), "notes": notes(told)}


def _load(busy: float, queue: float) -> str:
    return f"{number(busy, 1)} / {number(queue, 1)}" if busy or queue else ""
