"""A roster for other programs: an Excel workbook with holidays greyed, and a calendar file."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

from simulator.base.language import say
from simulator.base.numbers import figure
from simulator.reports.roster import COLUMNS, grid, listed, notes

_USE = ("capacity", "busy", "queue")
_SHADES = ("", "#EDEDED", "#BFBFBF")
"""Behind weeks without holidays, with some, and with school holidays everywhere."""


def workbook(told: dict[str, Any]) -> bytes:
    """The roster as an Excel workbook: weeks by people with holidays greyed, use per week, and all shifts."""
    import xlsxwriter  # type: ignore[import-untyped]

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2014, 5, 1, tzinfo=UTC), "comments": say("report.disclaimer")})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    shades = [book.add_format({"text_wrap": True, "valign": "top", **({"bg_color": colour} if colour else {})})
              for colour in _SHADES]  # fmt: skip
    _grid_sheet(book.add_worksheet(say("rooster.sheet")), told, bold, shades)
    told_of = book.add_worksheet(say("rooster.notes_sheet"))
    told_of.set_column(0, 0, 110)
    for line, note in enumerate(notes(told)):
        told_of.write_string(line, 0, note, book.add_format({"text_wrap": True, "valign": "top"}))
    use, shifts = book.add_worksheet(say("rooster.use_sheet")), book.add_worksheet(say("rooster.list_sheet"))
    pools = told["pools"]
    head = [f"{pool['label']}: {say('rooster.' + kind)}" for pool in pools for kind in _USE]
    rows = [[week["week"], *(pool[kind][place] for pool in pools for kind in _USE)]
            for place, week in enumerate(told["weeks"])]  # fmt: skip
    _sheet(use, [["week", *head], *rows], bold)
    _sheet(shifts, [COLUMNS, *([one[name] for name in COLUMNS] for one in listed(told))], bold)
    book.close()
    return buffer.getvalue()


def _sheet(sheet: Any, rows: list[Any], bold: Any) -> None:
    for line, row in enumerate(rows):
        sheet.write_row(line, 0, row, None if line else bold)
    sheet.freeze_panes(1, 1)
    sheet.autofit()


def _grid_sheet(sheet: Any, told: dict[str, Any], bold: Any, shades: list[Any]) -> None:
    heads = [f"{pool['label']} {person.partition('#')[2]}" for pool in told["pools"] for person in pool["people"]]
    sheet.write_row(0, 0, ["week", say("rooster.monday"), say("rooster.holidays"), *heads], bold)
    for line, week in enumerate(grid(told), start=1):
        shade = shades[2 if week["free"] else 1 if week["part"] else 0]
        texts = ["\n".join(cell) for cell in week["cells"]]
        sheet.write_row(line, 0, [week["week"], week["monday"], week["holiday_words"], *texts], shade)
    sheet.freeze_panes(1, 3)
    sheet.set_column(0, 1, 11)
    sheet.set_column(2, 2, 24)
    sheet.set_column(3, 2 + len(heads), 34)


def ics(told: dict[str, Any]) -> str:
    """The roster as a calendar file: a whole-day entry per person and day of work; the same roster gives the same file."""
    from icalendar import Calendar, Event

    book = Calendar()
    book.add("prodid", "-//inspectie-sim//rooster//NL")
    book.add("version", "2.0")
    stamp = datetime.combine(date.fromisoformat(told["weeks"][0]["monday"]), datetime.min.time(), UTC)
    names = {
        person: f"{pool['label']} {person.partition('#')[2]}" for pool in told["pools"] for person in pool["people"]
    }
    for one in told["shifts"]:
        for day in one["days"]:
            on = date.fromisoformat(day["on"])
            known = "-".join(
                (told["run"], str(told["replication"]), one["person"], one["swv"], one["step"], one["item"])
            )
            entry = Event()
            entry.add("uid", f"{known}-{day['on']}@inspectie-sim")
            entry.add("dtstamp", stamp)
            entry.add("dtstart", on)
            entry.add("dtend", on + timedelta(days=1))
            entry.add("summary", f"{one['swv']}: {one['label']} ({names[one['person']]})")
            share = say("rooster.share", n=figure(day["share"], "share"))
            entry.add("description", f"{share} {say('report.disclaimer')}")
            book.add_component(entry)
    return str(book.to_ical().decode())
