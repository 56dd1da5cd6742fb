"""Who was there on all research days of an onderzoek, and which days lie over two dates: counted in a replication."""

from dataclasses import replace

import pytest

from simulator.base.days import NEVER
from simulator.engine.tables import Track
from simulator.kader import reading
from simulator.outcomes import sameteam
from simulator.outcomes.play import Player
from simulator.reports import teams
from simulator.world import scenario as scenarios
from tests.conftest import TWELVE

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
    assert found.onderzoeken == found.same == found.kept > 3
    tables, names = player.model.tables, [pool.name for pool in player.model.pools]
    mine = names.index("inspecteur_swv")
    row = next(row for pool, _, row, _, _ in trace.grants if tables.node[row] == "third_day" and pool == mine)
    for moved, same, kept in (({0, 1}, -1, -1), ({1}, -1, 0)):
        grants = [(p, unit + 50 if r == row and unit in moved else unit, r, a, s) for p, unit, r, a, s in trace.grants]
        present = {pool: people * 30 for pool, people in trace.present.items()}
        other = sameteam.kept(player.model, replace(trace, grants=grants, present=present), file)
        assert (other.same - found.same, other.kept - found.kept) == (same, kept)
    alone = sameteam.kept(player.model, trace, file, {"PO2201"})
    assert 0 < alone.onderzoeken < found.onderzoeken


def test_most_onderzoeken_keep_their_people_and_no_day_lies_over_two_dates():
    player = Player(scenarios.load("cyclus-2021").among(TWELVE))
    every = [
        sameteam.kept(player.model, player.replication(number).trace, player.scenario.kader.file) for number in range(3)
    ]
    assert sum(one.same for one in every) > sum(one.onderzoeken for one in every) / 2
    assert sum(one.same for one in every) <= sum(one.kept for one in every)
    assert {one.over_dates for one in every} == {0}


def test_a_day_that_begins_at_midday_lies_over_two_dates(write):
    player, trace = played(write, 2)
    file, tables, noon = player.scenario.kader.file, player.model.tables, 43_200
    row = next(row for row, node in enumerate(tables.node) if node == "third_day" and trace.start[row] < NEVER)
    later = [
        [moment + noon if r == row else moment for r, moment in enumerate(moments)]
        for moments in (trace.start, trace.end)
    ]
    grants = [(p, u, r, a, s + noon if r == row else s) for p, u, r, a, s in trace.grants]
    always = {pool: [Track([0], [1]) for _ in people] for pool, people in trace.present.items()}
    moved = replace(trace, start=later[0], end=later[1], grants=grants, present=always)
    assert sameteam.kept(player.model, moved, file).over_dates == 1


def test_the_roster_and_capacity_tell_which_teams_stay_together(command, write):
    import io

    import openpyxl

    from simulator.base.language import say

    write("klein.yaml", OWN % 3)
    command("run", "klein.yaml", "-n", "1")
    text = " ".join(command("rooster", "klein.yaml")[1].split())
    assert "Teams stay together: team of an onderzoek (10 working days)" in text
    assert "onderzoeken with several research days" in text
    command("rooster", "klein.yaml", "-o", "r.xlsx")
    command("rooster", "klein.yaml", "-o", "r.html")
    folder = write("x", "").parent
    book = openpyxl.load_workbook(io.BytesIO((folder / "r.xlsx").read_bytes()))
    assert any(str(cell.value).startswith("Teams stay together") for cell in book[say("rooster.notes_sheet")]["A"])
    assert "Teams stay together" in (folder / "r.html").read_text(encoding="utf-8")
    said = command("capacity", "klein.yaml", "--target", "visit_to_report_days<=400:0.5", "-n", "2")[1]
    assert "Teams stay together" in " ".join(said.split())


def test_without_teams_the_roster_says_that_nobody_stays():
    player = Player(scenarios.load("cyclus-2021").among(TWELVE))
    file = player.scenario.kader.file.model_copy(update={"teams": {}})
    scenario = replace(player.scenario, kader=replace(player.scenario.kader, file=file))
    (told,) = teams.told(scenario)
    assert "nobody stays" in told


@pytest.mark.parametrize(("given", "told_days"), [("value: 3", "3"), ("value: 36, unit: hours", "1.5")])
def test_the_wait_of_a_team_is_told_in_working_days(write, given, told_days):
    own = (OWN % 3).replace("{selection_share: {value: 1, source: x}}", f"{{team_waits: {{{given}, source: x}}}}")
    (found,) = teams.told(scenarios.load(str(write("klein.yaml", own))))
    assert f"team of an onderzoek ({told_days} working days)" in found
