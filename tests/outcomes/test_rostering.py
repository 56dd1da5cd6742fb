"""Rosters: nobody in two places, no incomplete team, and use and queues that agree with the figures of the run."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from simulator.base.days import DAY_SECONDS, NEVER, day_of
from simulator.outcomes import atwork, kpis, rostering
from simulator.outcomes.play import Player
from simulator.outcomes.rostering import Shift
from simulator.reports import roster
from simulator.world import scenario as scenarios
from tests.conftest import TWELVE, scenario_of

TEAM_2021 = ["inspecteur_plan", "inspecteur_swv", "inspecteur_rekenschap"]
TEAM = ["inspecteur_po", "inspecteur_vo", "inspecteur_so", "rekenschap"]


@pytest.fixture
def player(small_scenario):
    return Player(scenarios.load(str(small_scenario)))


@pytest.fixture
def tight(write):
    """One inspector of each kind for twelve swv whose visits all fall in three weeks."""
    text = scenario_of("krap", TWELVE) + (
        'parameters: {visit_kwaliteit: {first: "2014-09-08", last: "2014-09-26"}, write_report: {median: 12}}\n'
        "pools: {inspecteur_po: {capacity: 1}, inspecteur_vo: {capacity: 1}, inspecteur_so: {capacity: 1},"
        " rekenschap: {capacity: 1}}\n"
    )
    return Player(scenarios.load(str(write("krap.yaml", text))))


def test_the_pools_of_the_inspectie_are_those_its_steps_need(player):
    assert rostering.of_inspectie(player.scenario.kader.file) == TEAM


@pytest.mark.parametrize("number", [0, 1, 2])
def test_nobody_is_in_two_places_and_no_team_is_incomplete(tight, number):
    played = tight.replication(number)
    every = [pool for pool, row in tight.scenario.pools.items()]
    found = rostering.shifts(tight.model, played.trace, every)
    assert len(found) >= len(played.trace.grants) > 60
    assert rostering.clashes(found) == []
    assert rostering.short_teams(tight.model, played.trace) == []
    queue = rostering.use(tight.model, played.trace, "inspecteur_po", rostering.weeks(tight.model)).queue
    assert queue.max() > 1  # there was something to get wrong


def test_a_clash_and_an_incomplete_team_would_be_seen(player):
    trace = player.replication(0).trace
    found = rostering.shifts(player.model, trace, TEAM)
    longest = max(found, key=lambda one: one.end - one.start)
    there = found.index(longest)
    twice = replace(longest, start=longest.start + 1, swv="VO2201")
    assert rostering.clashes([*found[: there + 1], twice, *found[there + 1 :]])[0] == (longest, twice)
    visit = next(grant for grant in trace.grants if player.model.pools[grant[0]].name == "rekenschap")
    missing = replace(trace, grants=[grant for grant in trace.grants if grant != visit])
    row = visit[2]
    expected = (player.model.codes[player.model.tables.swv[row]], player.model.tables.node[row])
    assert rostering.short_teams(player.model, missing) == [expected]


def test_weeks_run_from_monday_and_know_their_holidays(player):
    weeks = rostering.weeks(player.model)
    assert weeks[0].monday.isoformat() == "2013-06-17"  # the scenario begins on a Tuesday
    assert (weeks[0].first, weeks[0].last) == (0, 6 * 86_400)
    assert all(one.last == other.first for one, other in pairwise(weeks))
    assert weeks[-1].last == player.model.horizon
    by_day = {week.monday.isoformat(): week for week in weeks}
    assert by_day["2013-12-23"].holiday == ("Noord", "Midden", "Zuid")
    assert by_day["2013-12-23"].public == 2
    assert by_day["2013-10-14"].holiday == ("Zuid",)
    assert by_day["2013-11-04"].holiday == ()


def test_use_adds_up_to_the_figure_of_the_run(player):
    played = player.replication(0)
    weeks = rostering.weeks(player.model)
    measured = kpis.measure(played)
    for pool in (*TEAM, "gemeente", "lcg"):
        found = rostering.use(player.model, played.trace, pool, weeks)
        length = np.array([week.last - week.first for week in weeks])
        share = (found.busy * length).sum() / (found.capacity * length).sum()
        assert share == pytest.approx(measured[f"pool_utilisation.{pool}"])
        assert (found.busy <= found.capacity + 1e-9).all()


def test_queues_hold_the_waiting_of_the_served_and_of_those_that_never_were(tight):
    trace = tight.replication(0).trace
    weeks = rostering.weeks(tight.model)
    length = np.array([week.last - week.first for week in weeks])
    own = [grant for grant in trace.grants if tight.model.pools[grant[0]].name == "inspecteur_po"]
    waited = sum(grant[4] - atwork.asked(tight.model, grant) for grant in own)
    queue = rostering.use(tight.model, trace, "inspecteur_po", weeks).queue
    assert (queue * length).sum() == pytest.approx(waited)
    last = own[-1]
    cut = replace(trace, grants=[one for one in trace.grants if one != last],
                  start=[NEVER if row == last[2] else one for row, one in enumerate(trace.start)])  # fmt: skip
    longer = rostering.use(tight.model, cut, "inspecteur_po", weeks).queue
    since = atwork.asked(tight.model, last)
    assert (longer * length).sum() == pytest.approx(waited - (last[4] - since) + tight.model.horizon - since)


def test_the_working_days_of_a_shift_leave_out_weekends_and_holidays():
    friday = day_of(date(2023, 1, 13))
    over_the_weekend = Shift("inspecteur_swv", 1, "PO2814", "third_day", "", 0, 0, 3 * DAY_SECONDS)
    assert rostering.worked(friday, over_the_weekend) == {friday: 1.0}
    from_two_o_clock = Shift("inspecteur_swv", 1, "PO2814", "third_day", "", 0, DAY_SECONDS // 2, 7 * DAY_SECONDS // 2)
    assert rostering.worked(friday, from_two_o_clock) == {friday: 0.5, friday + 3: 0.5}
    christmas = day_of(date(2023, 12, 25))
    at_christmas = Shift("inspecteur_swv", 1, "PO2814", "third_day", "", 0, 0, 3 * DAY_SECONDS)
    assert rostering.worked(christmas, at_christmas) == {christmas + 2: 1.0}


def test_a_shift_without_working_time_is_told_on_a_working_day():
    saturday = day_of(date(2023, 1, 14))
    in_the_weekend = Shift("lcg", 1, "PO2814", "advise", "", 0, 0, DAY_SECONDS)
    assert rostering.worked(saturday, in_the_weekend) == {saturday + 2: 0.0}


def test_who_works_on_a_calendar_of_schools_is_not_at_work_in_their_holidays(player):
    shifts = rostering.shifts(player.model, player.replication(0).trace, ["gemeente"])
    around = [one for one in shifts if one.open and one.end - one.start > 30 * DAY_SECONDS]
    assert around
    for one in around:
        days = rostering.worked(player.model.start, one)
        assert all(one.open.worked[day - player.model.start] for day in days)


@pytest.fixture(scope="module")
def supervised():
    """A player of supervision over years in which teams wait, and leave other work for research days."""
    return Player(scenarios.load("cyclus-2021").among(TWELVE))


def test_on_a_visit_nobody_is_at_another_swv_on_the_same_date(supervised):
    steps = {node.id: node.step for node in supervised.scenario.kader.file.werkwijze.walk() if node.step}
    whole = {name for name, step in steps.items() if step.time and step.time.whole_days}
    told = roster.data(supervised, supervised.replication(0), "run", 0, TEAM_2021)
    at: dict[tuple[str, str], list[str]] = {}
    for one in told["shifts"]:
        for day in one["days"]:
            at.setdefault((one["person"], day["on"]), []).append(one["step"])
    visits = [names for names in at.values() if whole & set(names)]
    assert len(visits) > 100
    assert all(len(names) == 1 for names in visits)


def test_the_roster_and_the_figures_tell_the_same_waiting(supervised):
    play = supervised.replication(0)
    assert play.trace.breaks
    told = roster.data(supervised, play, "run", 0, TEAM_2021)
    measured = kpis.measure(play)
    for pool in told["pools"]:
        assert pool["waited_days"] == pytest.approx(measured[f"pool_wait_days.{pool['pool']}"])
        each = [one["waited_days"] for one in told["shifts"] if one["pool"] == pool["pool"]]
        assert pool["waited_most"] == pytest.approx(max(each), abs=0.06)
    again = [one for one in rostering.shifts(supervised.model, play.trace, TEAM_2021) if one.again]
    assert again
    assert all(any(rostering.worked(supervised.model.start, one).values()) for one in again)


def test_those_that_never_get_people_wait_for_each_person_that_they_need(supervised):
    trace, model = supervised.replication(0).trace, supervised.model
    row = next(row for row, needs in enumerate(model.tables.pools) if len(needs) == 3 and trace.start[row] < NEVER)
    never = replace(trace, start=[NEVER if one == row else start for one, start in enumerate(trace.start)],
                    grants=[grant for grant in trace.grants if grant[2] != row])  # fmt: skip
    weeks = rostering.weeks(model)
    last = [rostering.use(model, one, "inspecteur_swv", weeks).queue[-1] for one in (trace, never)]
    assert last[1] - last[0] == pytest.approx(2)
