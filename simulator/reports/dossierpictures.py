"""A dossier as pictures: its steps as a timeline, and how far what they settled lay from the dates of the law."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from simulator.base.days import day_of
from simulator.base.language import say
from simulator.reports.blocks import Figure
from simulator.reports.pictures import slack
from simulator.reports.pictures.slack import Slack
from simulator.reports.pictures.timeline import Bar, timeline

if TYPE_CHECKING:
    from collections.abc import Iterator


def figures(told: dict[str, Any]) -> list[Figure]:
    """The timeline, and the slack of every event that a date of the law waited for."""
    code, left = told["swv"], slacks(told)
    found = []
    if rows := list(bars(told)):
        caption = say("dossier.timeline", code=code)
        found.append(Figure(timeline(rows, code, (one.last for one in left)), caption))
    if left:
        picture = slack.slack(left, max(one.day for one in left))
        found.append(Figure(picture, say("dossier.slack", code=code), slack.table(left)))
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


def slacks(told: dict[str, Any]) -> list[Slack]:
    """The duties with a last day that steps settled, with the event that did."""
    found: dict[tuple[str, str], Slack] = {}
    for phase in told["phases"]:
        for step in phase["steps"]:
            labels = {one["event"]: one["label"] for one in step["events"]}
            for duty in step["duties"]:
                key = duty["duty"], duty["due"]
                day = _day(duty["on"])
                if duty["due"] and (key not in found or day > found[key].day):
                    found[key] = Slack(labels[duty["event"]], duty["duty"], duty["article"], day, _day(duty["due"]))
    return sorted(found.values(), key=lambda one: (one.last, one.duty))


def _day(iso: str) -> int:
    return day_of(date.fromisoformat(iso))
