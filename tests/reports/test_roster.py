"""The roster in its forms: weeks by people, holidays greyed, the same bytes again."""

import json
from datetime import date, timedelta

import openpyxl
import polars
import pytest
from icalendar import Calendar

from simulator.base.days import day_of
from simulator.outcomes import rostering
from simulator.outcomes.play import Player
from simulator.reports import roster, rosterfiles
from simulator.world import calendar
from simulator.world import scenario as scenarios


@pytest.fixture
def told(small_scenario):
    player = Player(scenarios.load(str(small_scenario)))
    pools = rostering.of_inspectie(player.scenario.kader.file)
    return roster.data(player, player.replication(0), "run", 0, pools)


def test_the_grid_has_a_row_per_week_and_a_column_per_person(told):
    rows = roster.grid(told)
    people = [person for pool in told["pools"] for person in pool["people"]]
    assert people[:3] == ["inspecteur_po#1", "inspecteur_po#2", "inspecteur_vo#1"]
    assert all(len(row["cells"]) == len(people) for row in rows)
    shift = next(one for one in told["shifts"] if one["swv"] == "PO2814" and one["step"] == "kwaliteit_visit")
    row = next(row for row in rows if row["week"] == shift["week"] == "2014-W39")
    assert row["cells"][people.index(shift["person"])] == [f"PO2814 {shift['label']}"]
    christmas = next(row for row in rows if row["week"] == "2013-W52")
    assert (christmas["free"], christmas["holiday_words"]) == (True, "school holidays everywhere; 2 public holidays")


def test_the_workbook_greys_holidays_and_is_the_same_again(told, tmp_path):
    made = rosterfiles.workbook(told)
    assert made == rosterfiles.workbook(told)
    (tmp_path / "r.xlsx").write_bytes(made)
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    sheet = book["Roster"]
    assert sheet.max_row == len(told["weeks"]) + 1
    colours = {row[0].value: row[0].fill.fgColor.rgb for row in sheet.iter_rows(min_row=2)}
    assert colours["2013-W52"] == "FFBFBFBF"
    assert colours["2013-W42"] == "FFEDEDED"
    assert colours["2013-W45"] not in ("FFBFBFBF", "FFEDEDED")
    assert book["Shifts"].max_row == len(told["shifts"]) + 1
    assert book["Use per pool"].max_column == 1 + 3 * len(told["pools"])


def test_the_calendar_file_has_an_entry_per_day_of_work(told):
    """A shift of some days is no span over its weekend; the table and the calendar have the same days."""
    entries = list(Calendar.from_ical(rosterfiles.ics(told)).walk("VEVENT"))
    days = [(one["swv"], day["on"]) for one in told["shifts"] for day in one["days"]]
    assert sorted(days) == sorted((str(one["summary"])[:6], one["dtstart"].dt.isoformat()) for one in entries)
    assert all(calendar.is_working(day_of(one["dtstart"].dt)) for one in entries)
    assert all(one["dtend"].dt - one["dtstart"].dt == timedelta(days=1) for one in entries)
    assert any(len(one["days"]) <= _span(one) for one in told["shifts"]), (
        "none lies around a weekend: then this says nothing"
    )
    assert [day for one in roster.listed(told) for day in one["days"].split()] == [on for _, on in days]
    told_of = [(one["days"][0]["on"], one["days"][-1]["on"]) for one in told["shifts"]]
    assert told_of == [(one["from"], one["to"]) for one in told["shifts"]]


def _span(shift):
    return (date.fromisoformat(shift["to"]) - date.fromisoformat(shift["from"])).days


def test_an_entry_of_a_calendar_file_keeps_its_id_when_less_is_asked(told):
    fewer = {**told, "shifts": [one for one in told["shifts"] if one["swv"] == "PO2814"]}
    every, some = (
        {str(one["uid"]): one for one in Calendar.from_ical(rosterfiles.ics(which)).walk("VEVENT")}
        for which in (told, fewer)
    )
    assert 0 < len(some) < len(every) == sum(len(one["days"]) for one in told["shifts"])
    assert all(str(every[name]["summary"]) == str(one["summary"]) for name, one in some.items())
    assert len({one["dtstamp"].dt for one in every.values()}) == 1
    assert rosterfiles.ics(told) == rosterfiles.ics(told)


def test_the_command_in_every_form(command, small_scenario, tmp_path):
    command("run", small_scenario, "-n", "2")
    code, out, err = command("rooster", "klein")
    assert code == 0
    assert "Nobody was in two places at once" in out
    assert "Next:" in err
    code, out, _ = command("rooster", "klein", "--replication", "1", "--json")
    told = json.loads(out)
    assert (told["format"], told["replication"], told["clashes"], told["short_teams"]) == ("rooster/1", 1, 0, 0)
    for kind in ("xlsx", "ics", "csv", "html"):
        assert command("rooster", "klein", "-o", f"r.{kind}")[0] == 0
    assert polars.read_csv(tmp_path / "r.csv").columns == list(roster.COLUMNS)
    assert "Use per pool" in (tmp_path / "r.html").read_text(encoding="utf-8")
    code, out, _ = command("rooster", "klein", "--pool", "lcg", "--format", "csv")
    assert code == 0
    assert set(polars.read_csv(out.encode())["pool"]) <= {"lcg"}
    code, _, err = command("rooster", "klein", "--pool", "lgc")
    assert code == 2
    assert "lcg" in err
    assert command("rooster", "klein", "--format", "xlsx")[0] == 2
