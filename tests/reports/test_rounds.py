"""An swv that comes under onderzoek twice has two reports, each with its own dates, findings and place in the dossier."""

import json

import pytest

from simulator.base.days import date_of
from simulator.base.errors import InputError
from simulator.outcomes.eventlog import EventLog
from simulator.outcomes.frames import happened
from simulator.outcomes.play import Player
from simulator.reports import asseen, dossier, visited
from simulator.reports.ocel import ocel
from simulator.reports.subject import subject
from simulator.world import scenario as scenarios
from tests.conftest import TWELVE, scenario_of


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    """A player, a replication and an swv with two onderzoeken in it."""
    path = tmp_path_factory.mktemp("rondes") / "klein.yaml"
    path.write_text(scenario_of("klein", TWELVE, "cyclus-2021"), encoding="utf-8")
    player = Player(scenarios.load(str(path)))
    for number in range(30):
        play = player.replication(number)
        for one in play.onderzoeken:
            if one.round == "2":
                return player, play, number, player.model.codes[one.swv]
    raise AssertionError("nobody came under onderzoek twice")


def test_each_round_has_its_own_report(twice):
    player, play, _, code = twice
    both = [subject(player, play, code, f"onderzoek:{turn}") for turn in (1, 2)]
    assert [about.round for about in both] == ["1", "2"]
    own = [one for one in play.onderzoeken if player.model.codes[one.swv] == code]
    assert [about.visited for about in both] == [date_of(one.visited) for one in own]
    for about, one in zip(both, own, strict=True):
        drafted = about.day(about.visit.drafted)
        assert drafted == (date_of(one.drafted) if one.drafted < 10**6 else None)
        seen = {
            duty for (swv, duty, round_) in play.happened.of("shortfall_seen") if (swv, round_) == (one.swv, one.round)
        }
        assert asseen.of(about).found <= seen


def test_a_round_that_did_not_come_is_told(twice):
    player, play, _, code = twice
    for wanted in ("onderzoek:3", "onderzoek:0", "onderzoek:x"):
        with pytest.raises(InputError) as caught:
            subject(player, play, code, wanted)
        assert "2 times" in caught.value.problems[0].message


def test_the_dossier_tells_each_round_by_itself(twice):
    player, play, number, code = twice
    told = dossier.data(player, play, code, "run", number)
    rounds = [one["round"] for one in told["visits"] if one["visit"] == "onderzoek"]
    assert rounds == ["1", "2"]
    days = [[row["from"] for row in phase["steps"]] for phase in told["phases"]
            if (phase["phase"], phase["round"]) in (("onderzoek", "1"), ("onderzoek", "2"))]  # fmt: skip
    assert len(days) == 2
    assert max(days[0]) <= min(days[1])


def test_the_export_has_a_report_per_round(twice):
    player, play, number, code = twice
    log = EventLog(player.scenario, number, happened(player.model, play.trace, number))
    found = json.loads("".join(ocel(log)))
    reports = [one["id"] for one in found["objects"] if one["type"] == "report"]
    assert {f"report:{code}:onderzoek:1", f"report:{code}:onderzoek:2"} <= set(reports)
    visited = {link["objectId"] for event in found["events"] for link in event["relationships"]
               if link["qualifier"] == "visited"}  # fmt: skip
    assert visited <= set(reports)
    assert len(set(reports)) == len(reports)


def test_a_report_names_all_who_took_part_with_what_they_did(twice):
    player, play, _, code = twice
    about = subject(player, play, code, "onderzoek:1")
    told = visited.team(about)
    names = [line.partition(":")[0] for line in told]
    assert len(set(names)) == len(names)
    first, second = ([line for line in told if day in line] for day in ("first research day", "second research day"))
    assert (len(first), len(second)) == (2, 3)
    assert sum("finance" in line for line in second) >= 1
    days = [day for day in visited.timeline(about) if day["visit"]]
    assert [date_of(day["day"]) for day in days] == [about.visited]


def test_the_herstelonderzoek_of_a_plan_check_is_not_that_of_an_onderzoek():
    """Each has the dates of its own round, also where a report of one is not adopted and that of the other is."""
    player = Player(scenarios.load("cyclus-2021").among(TWELVE))
    both = 0
    for number in range(12):
        play = player.replication(number)
        adopted = play.happened.of("herstel_adopted")
        for swv, code in enumerate(player.model.codes):
            rounds = [round_ for who, _, round_ in play.happened.of("herstel_visited") if who == swv]
            for turn in range(1, len(rounds) + 1):
                about = subject(player, play, code, f"herstel:{turn}")
                day = about.day(about.visit.adopted)
                assert day == (date_of(adopted[key]) if (key := (swv, "", about.round)) in adopted else None)
            both += len(rounds) > 1
    assert both
