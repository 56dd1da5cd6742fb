"""A dossier as pictures: its steps as a timeline, and how far what they settled lay from the dates of the law."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from simulator.base.days import day_of
from simulator.base.language import say
from simulator.base.numbers import long_date
from simulator.reports.blocks import Figure
from simulator.reports.pictures import slack
from simulator.reports.pictures.timeline import Bar, timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.reports.pictures.slack import Slack


def figures(told: dict[str, Any], left: Sequence[Slack]) -> list[Figure]:
    """The timeline, and the slack of every event that a date of the law waited for."""
    code = told["swv"]
    found = []
    if rows := list(bars(told)):
        caption = say("dossier.timeline", code=code)
        found.append(Figure(timeline(rows, code, (one.last for one in left)), caption))
    if left:
        end = date.fromisoformat(told["period"][1])
        caption = say("dossier.slack", code=code, day=long_date(end))
        found.append(Figure(slack.slack(left, day_of(end)), caption, slack.table(left)))
    return found


def bars(told: dict[str, Any]) -> Iterator[Bar]:
    """The steps as bars, phase after phase; without the waiting, and without what had not begun at the end."""
    for phase in told["phases"]:
        for step in phase["steps"]:
            if step["waiting"] or not step["begun"]:
                continue
            many = f" ({len(step['items'])}x)" if len(step["items"]) > 1 else ""
            turn = f" ({step['round']})" if step["round"] else ""
            end = step["to"] or told["period"][1]
            inspects = step["role"] == "inspectie"
            yield Bar(step["label"] + many + turn, _day(step["from"]), _day(step["begun"]), _day(end), inspects)


def _day(iso: str) -> int:
    return day_of(date.fromisoformat(iso))
