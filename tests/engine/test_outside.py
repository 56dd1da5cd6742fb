"""What comes from outside: circumstances, shocks, capacities over time, queues by attribute, parts that are left out."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from reference import Reference

from simulator.base.days import DAY_SECONDS, NEVER
from simulator.engine import tracks
from simulator.engine.model import Model
from simulator.engine.playing import play
from simulator.engine.tables import Track
from simulator.kader.pools import Queue
from simulator.outcomes import atwork, kpis
from simulator.outcomes.play import Player
from simulator.world import scenario as scenarios
from tests.conftest import TWELVE, scenario_of

EVERYTHING = """
shocks:
  - {kind: jeugdzorg_vertraagd, from: "2013-11-01", until: "2014-12-01", level: 2}
  - {kind: herindeling, from: "2014-01-06", until: "2014-05-01", where: {provinces: [Zuid-Holland]}}
  - {kind: gemeente_gesloten, from: "2014-01-01", until: "2014-03-01", capacity: 0, where: {sector: po}}
  - {kind: directeur_weg, from: "2013-12-01", until: "2014-06-01", chance: 0.5}
  - {kind: inspecteurs_so, from: "2013-12-01", until: "2014-02-01", capacity: 0}
  - {kind: inspecteurs_so, from: "2014-02-01", until: "2014-04-01", capacity: 5}
pools:
  steunteam_po: {capacity: 1, order: {by: slack, prefer: low}}
  steunteam_vo: {capacity: 1, order: {by: rescue, prefer: high}}
"""


@pytest.fixture
def stormy(write):
    return scenarios.load(str(write("storm.yaml", scenario_of("storm", TWELVE) + EVERYTHING)))


@pytest.fixture
def calm(small_scenario):
    return scenarios.load(str(small_scenario))


@pytest.mark.parametrize("shuffle", range(3))
def test_both_interpreters_agree_on_what_comes_from_outside_in_any_order(stormy, shuffle):
    model = Model(stormy)
    first = play(model, model.draw(1)[0])
    second = Reference(model, model.draw(1)[0], shuffle).play()
    assert first.end == second.end
    assert first.start == second.start
    assert sorted(first.grants) == sorted(second.grants)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], Track([0], [3])),
        ([(10, 20, 1)], Track([0, 10, 20], [3, 1, 3])),
        ([(10, 30, 1), (20, 25, 0)], Track([0, 10, 20, 25, 30], [3, 1, 0, 1, 3])),
        ([(-5, 10, 7)], Track([0, 10], [7, 3])),
        ([(10, 20, 3)], Track([0], [3])),
    ],
    ids=str,
)
def test_the_last_span_that_holds_counts(spans, expected):
    assert tracks.track(spans, 3) == expected


def test_a_track_holds_from_its_moment_on():
    track = Track([10, 20], [1, 2])
    assert [track.at(moment) for moment in (0, 9, 10, 19, 20, 99)] == [0, 0, 1, 1, 2, 2]


def test_nobody_of_a_closed_pool_begins_and_who_was_busy_finishes(stormy):
    model = Model(stormy)
    closed = next(number for number, pool in enumerate(model.pools) if pool.name == "inspecteur_so")
    assert model.pools[closed].capacity == 5
    track = model.capacity[closed]
    started = 0
    for number in range(4):
        trace = play(model, model.draw(number).draws)
        for pool, unit, row, _, granted in trace.grants:
            if pool == closed:
                assert unit < track.at(granted)
                started += trace.end[row] < NEVER
    assert started


def test_units_at_work_are_never_more_than_there_are_and_none_works_twice_at_once(stormy):
    model = Model(stormy)
    trace = play(model, model.draw(2).draws)
    busy = {}
    for grant in trace.grants:
        busy.setdefault(grant[:2], []).extend(atwork.pieces(trace, grant, model.horizon))
    for spans in busy.values():
        spans.sort()
        assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))


def requests(model, trace):
    """(pool, persons, asked, given) of every request, by the course of its step: all its pools at once, until it begins.

    It is asked for on the first day on which it could begin.
    """
    for row, pools in enumerate(model.tables.pools):
        if trace.start[row] < NEVER:
            for pool in set(pools):
                asked = model.clock.begins(model.tables, row, trace.requested[row])
                yield pool, pools.count(pool), asked, trace.start[row]


@pytest.fixture
def teams(write):
    """Onderzoeken by teams of several inspecteurs of one pool, from rosters."""
    codes = [*TWELVE, "PO2203", "PO2702", "PO3002", "VO2203", "VO2701", "VO3002"]
    return scenarios.load(str(write("teams.yaml", scenario_of("teams", codes, "cyclus-2021"))))


@pytest.mark.parametrize(
    ("which", "busy"),
    [("stormy", {"gemeente", "steunteam_po", "spiegelteam", "inspecteur_po", "inspecteur_so", "rekenschap"}),
     ("teams", {"inspecteur_plan", "inspecteur_swv", "inspecteur_rekenschap"})],
)  # fmt: skip
@pytest.mark.parametrize("number", [0, 1, 7])
def test_littles_law_holds_on_every_pool(which, busy, number, request):
    """The mean number that waits, counted from the course of the steps, is the rate of asking times the reported wait.

    Persons are counted: who needs two of a pool waits twice. In a play of teams some step needs several of one pool.
    """
    play = Player(request.getfixturevalue(which)).replication(number)
    model, trace = play.looker.model, play.trace
    waits = kpis.measure(play)
    own = {}
    for pool, persons, asked, moment in requests(model, trace):
        own.setdefault(model.pools[pool].family, []).append((persons, asked, moment))
    assert {model.pools[pool].family for pool, *_ in trace.grants} == own.keys() >= busy
    assert which != "teams" or any(persons > 1 for name in busy for persons, *_ in own[name])
    for family, asks in own.items():
        changes = sorted(change for persons, asked, moment in asks for change in ((asked, persons), (moment, -persons)))
        waiting, area, before = 0, 0, changes[0][0]
        for moment, change in changes:
            area += waiting * (moment - before)
            waiting, before = waiting + change, moment
        span = max(changes[-1][0] - changes[0][0], 1)
        rate = sum(persons for persons, *_ in asks) / span
        assert area / span == pytest.approx(rate * waits[f"pool_wait_days.{family}"] * DAY_SECONDS), family


def test_a_shock_by_chance_comes_over_its_share_and_always_over_the_same(stormy):
    model = Model(stormy)
    wanted = [number for number, (name, _) in enumerate(model.unrolled.tracks) if name == "zonder_directeur"]
    moment = (200) * DAY_SECONDS
    came = [[model.circumstances.tracks(number)[one].at(moment) for one in wanted] for number in range(40)]
    assert np.mean(came) == pytest.approx(0.5, abs=0.1)
    assert came[7] == [model.circumstances.tracks(7)[one].at(moment) for one in wanted]
    assert len({tuple(one) for one in came}) > 10


def test_a_shock_changes_no_other_draw(calm, stormy):
    """Steps that begin before any shock end at the same moment; draws are those of the calm scenario."""
    one, other = Model(calm), Model(stormy)
    assert one.tables.node == other.tables.node
    first, second = one.draw(5).draws, other.draw(5).draws
    assert first.amount == second.amount
    assert first.passes == second.passes


def test_without_a_director_a_step_takes_its_factor_longer(write):
    text = scenario_of("weg", TWELVE) + 'shocks: [{kind: directeur_weg, from: "2013-06-18"}]\nparts: {steun: false}\n'
    lost = Model(scenarios.load(str(write("weg.yaml", text))))
    luck = lost.draw(0)
    rows = [row for row, node in enumerate(lost.tables.node) if node == "draft_element"]
    factor = lost.scenario.parameters["without_director_pace"].value
    for row in rows[:30]:
        seconds = luck.draws.amount[row]
        calendar = lost.clock.calendars[lost.tables.time[row].calendar]
        assert lost.clock.finish(lost.tables, luck.draws, row, 0) == calendar.finish(
            0, seconds * round(factor * 1000) // 1000
        )


def test_who_has_least_time_left_is_helped_first(calm):
    pools = {
        name: pool.model_copy(update={"capacity": 1, "order": Queue(by="slack", prefer="low")})
        for name, pool in calm.pools.items()
        if name.startswith("steunteam")
    }
    sure = calm.parameters["asks_help"].model_copy(update={"value": 1.0, "factors": {}})
    model = Model(replace(calm, pools={**calm.pools, **pools}, parameters={**calm.parameters, "asks_help": sure}))
    luck = model.draw(0)
    trace = play(model, luck.draws)
    for family in ("steunteam_po", "steunteam_vo"):
        number = next(place for place, pool in enumerate(model.pools) if pool.name == family)
        helped = [model.tables.swv[row] for pool, _, row, _, _ in trace.grants if pool == number]
        slack = [float(luck.attributes["slack"][swv]) for swv in helped]
        assert len(slack) > 1
        assert slack == sorted(slack)


PARTS = [
    "oogo", "jeugdzorg", "opr", "bekostiging", "schokken", "steun", "praktijktoets", "lastendruk", "voortgang",
    "zorgplan",
]  # fmt: skip


def test_the_parts_are_those_of_the_kader(stormy):
    assert sorted(PARTS) == sorted(stormy.kader.file.parts)


MOVES = {
    "oogo": ("oogo_before_1_april", 0.0), "opr": ("consent_before_1_may", 0.0), "steun": ("helped", 0.0),
    "praktijktoets": ("pool_utilisation.spiegelteam", 0.0), "lastendruk": ("burden_hours_per_swv", None),
    "bekostiging": ("budget_change_2020_pct", None), "jeugdzorg": ("pool_utilisation.gemeente", ...),
    "schokken": ("oogo_before_1_april", ...), "voortgang": ("burden_hours_per_swv", ...),
    "zorgplan": ("burden_hours_per_swv", ...),
}  # fmt: skip
"""Per part a figure that is about it, and what it is without: nothing, no figure at all (None), or another (...)."""


@pytest.mark.parametrize("part", PARTS)
def test_every_part_can_be_left_out_and_that_changes_the_outcome(write, part):
    """By data alone: a line in the scenario. What is played changes, and not only what is told of it."""
    base = write("storm.yaml", scenario_of("storm", TWELVE) + EVERYTHING)
    more = f"format: scenario/1\nid: zonder\nextends: {base.as_posix()}\nparts: {{{part}: false}}\n"
    texts = "title: {nl: z, en: z}\nquestion: {nl: z, en: z}\n"
    players = [Player(scenarios.load(str(path))) for path in (base, write("zonder.yaml", more + texts))]
    played = [[player.replication(number) for number in range(3)] for player in players]
    figure, left = MOVES[part]
    before, after = (np.mean([kpis.measure(one)[figure] for one in ones]) for ones in played)
    assert before != 0
    assert not np.isnan(before)
    if left is None:
        assert np.isnan(after)
    else:
        assert after != before if left is ... else after == left
    ends = [
        {key: tuple(one.trace.end[row] for one in ones) for row, key in enumerate(_keys(player.model))}
        for player, ones in zip(players, played, strict=True)
    ]
    if part != "lastendruk":  # which counts the hours of what is done, and changes nothing of that
        assert any(ends[0][key] != ends[1].get(key) for key in ends[0])


def _keys(model):
    tables = model.tables
    return zip(tables.node, tables.swv, tables.item, tables.visit, strict=True)


def test_a_national_swv_talks_by_region_with_the_gemeente_that_leads(write):
    model = Model(scenarios.load(str(write("landelijk.yaml", scenario_of("landelijk", ["PO0001", "VO0001"])))))
    regions = model.unrolled.items["gemeenten"][0]
    assert "Zeeland" in regions
    assert len(regions) == 10
    row = next(
        row for row, node in enumerate(model.tables.node) if node == "talk_oogo" and model.tables.item[row] == "Zeeland"
    )
    assert model.pools[model.tables.pools[row][0]].name == "gemeente.Goes"
