"""Who was there on all research days of an onderzoek, and which days lie over two dates: counted in a replication."""

from dataclasses import replace

import pytest

from simulator.kader import reading
from simulator.outcomes import rostering, sameteam
from simulator.outcomes.play import Player
from simulator.world import scenario as scenarios

OWN = ("format: scenario/1\nid: klein\nextends: cyclus-2021\ntitle: {nl: x, en: x}\nquestion: {nl: '?', en: '?'}\n"
       "population: {swv: [PO2201, PO2202, PO2203, VO2201]}\nparameters: {selection_share: {value: 1, source: x}}\n"
       "pools: {inspecteur_swv: {capacity: %d}}\n")  # fmt: skip
DAYS = ["first_day", "second_day", "third_day", "fourth_day", "fifth_day"]


def played(write, people):
    player = Player(scenarios.load(str(write("klein.yaml", OWN % people))))
    return player, player.replication(0).trace


@pytest.mark.parametrize(
    ("name", "days"), [("swv-2014", ["kwaliteit_visit"]), ("swv-2017", DAYS), ("swv-2021", DAYS)]
)  # fmt: skip
def test_the_research_days_are_those_of_the_course_of_the_onderzoek(name, days):
    assert sameteam.research_days(reading.load(name).file) == days


def test_of_two_people_both_are_always_there_and_another_on_one_day_is_counted(write):
    player, trace = played(write, 2)
    file = player.scenario.kader.file
    found = sameteam.kept(player.model, trace, file)
    assert found.onderzoeken == found.kept > 3
    tables, names = player.model.tables, [pool.name for pool in player.model.pools]
    mine = names.index("inspecteur_swv")
    row = next(row for pool, _, row, _, _ in trace.grants if tables.node[row] == "third_day" and pool == mine)
    grants = [(p, unit + 50 if r == row else unit, r, a, s) for p, unit, r, a, s in trace.grants]
    assert sameteam.kept(player.model, replace(trace, grants=grants), file).kept == found.kept - 1
    alone = sameteam.kept(player.model, trace, file, {"PO2201"})
    assert 0 < alone.onderzoeken < found.onderzoeken


def test_a_day_that_begins_after_the_morning_lies_over_two_dates(write):
    player, trace = played(write, 14)
    found = sameteam.kept(player.model, trace, player.scenario.kader.file)
    shifts = rostering.shifts(player.model, trace, ["inspecteur_swv"])
    rows = {(one.swv, one.node, one.start): one for one in shifts if one.node in DAYS}
    late = [one for one in rows.values() if one.start % 86_400]
    assert found.over_dates == len(late) > 0
    assert found.days == len(rows) > found.over_dates


def test_the_roster_and_capacity_tell_that_nobody_is_bound(command, write):
    import io

    import openpyxl

    from simulator.base.language import say

    write("klein.yaml", OWN % 3)
    command("run", "klein.yaml", "-n", "1")
    text = " ".join(command("rooster", "klein.yaml")[1].split())
    assert say("rooster.unbound") in text
    assert "onderzoeken with several research days" in text
    command("rooster", "klein.yaml", "-o", "r.xlsx")
    command("rooster", "klein.yaml", "-o", "r.html")
    folder = write("x", "").parent
    book = openpyxl.load_workbook(io.BytesIO((folder / "r.xlsx").read_bytes()))
    assert any(say("rooster.unbound") == cell.value for cell in book[say("rooster.notes_sheet")]["A"])
    assert "bound to an onderzoek" in (folder / "r.html").read_text(encoding="utf-8")
    said = command("capacity", "klein.yaml", "--target", "visit_to_report_days<=400:0.5", "-n", "2")[1]
    assert "no inspecteur is bound" in " ".join(said.split())
