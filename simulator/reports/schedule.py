"""Latest dates as data, a table and a calendar file."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from simulator.base.language import pick, say
from simulator.base.numbers import long_date
from simulator.world import chances, latest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from simulator.plan.checking import Checked
    from simulator.world.population import Swv

COLUMNS = (
    "case",
    "step",
    "label",
    "actor",
    "latest_start",
    "latest_end",
    "soonest_start",
    "slack_days",
    "chance",
    "items",
)


def data(checked: Checked, swv: Swv, today: date, walks: int = 0) -> dict[str, Any]:
    """The latest dates of a plan, once without and once with a setback.

    Args:
        checked, swv, today: the plan, whose it is, and the day from which slack is counted.
        walks: how often what is left is walked to estimate chances; 0 for none.
    """
    rows = {name: latest.planned(checked, swv, today, setback=name == "setback") for name in ("smooth", "setback")}
    tried = chances.chances(checked, swv, today, rows["smooth"], walks) if walks else None
    return {
        "format": "latest/1",
        "plan": checked.file.path.as_posix(),
        "swv": swv.code,
        "kader": checked.file.kader.id,
        "today": today.isoformat(),
        "deadline": latest.day(latest.deadline(checked)).isoformat(),
        "walks": walks,
        "in_time": tried.in_time if tried else None,
        "cases": [_case(name, rows[name], tried.steps if tried and name == "smooth" else {}) for name in rows],
    }


def _case(name: str, rows: list[latest.Row], likely: dict[str, float]) -> dict[str, Any]:
    return {
        "case": name,
        "slack_days": min((row.slack for row in rows), default=None),
        "steps": [
            {
                "step": row.node,
                "label": pick(row.step.label),
                "actor": row.step.actor,
                "latest_start": latest.day(row.start).isoformat(),
                "latest_end": latest.day(row.end).isoformat(),
                "soonest_start": latest.day(row.soonest).isoformat(),
                "slack_days": row.slack,
                "chance": likely.get(row.node),
                "items": list(row.items),
            }
            for row in rows
        ],
    }


def page(told: dict[str, Any]) -> dict[str, Any]:
    """The data with dates in words, for the template."""
    from datetime import date

    def words(text: str) -> str:
        return long_date(date.fromisoformat(text))

    cases = [
        {
            **case,
            "steps": [
                {**step, "start_words": words(step["latest_start"]), "end_words": words(step["latest_end"])}
                for step in case["steps"]
            ],
        }
        for case in told["cases"]
    ]
    return {**told, "cases": cases, "today_words": words(told["today"]), "deadline_words": words(told["deadline"])}


def table(told: dict[str, Any]) -> str:
    """The steps as CSV, with the items joined."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for case, step in _steps(told):
        writer.writerow([case, *(step[name] for name in COLUMNS[1:-1]), "; ".join(step["items"])])
    return text.getvalue()


def _steps(told: dict[str, Any]) -> Iterable[tuple[str, dict[str, Any]]]:
    return ((case["case"], step) for case in told["cases"] for step in case["steps"])


def ics(told: dict[str, Any]) -> str:
    """The last days of the case without a setback as a calendar file: one whole-day entry per step."""
    from datetime import UTC, date, datetime

    from icalendar import Calendar, Event

    book = Calendar()
    book.add("prodid", "-//inspectie-sim//latest//NL")
    book.add("version", "2.0")
    stamp = datetime.combine(
        date.fromisoformat(told["today"]), datetime.min.time(), UTC
    )  # no clock: same input, same file
    for step in told["cases"][0]["steps"]:
        entry = Event()
        entry.add("uid", f"{step['step']}-{told['swv']}-{told['deadline']}@inspectie-sim")
        entry.add("dtstamp", stamp)
        entry.add("dtstart", date.fromisoformat(step["latest_start"]))
        entry.add("summary", say("latest.entry", label=step["label"], swv=told["swv"]))
        entry.add("description", f"{'; '.join(step['items'])} {say('report.disclaimer')}".strip())
        book.add_component(entry)
    return str(book.to_ical().decode())
