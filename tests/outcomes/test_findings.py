"""Findings and figures follow from what happened, swv by swv."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars
import pytest

from simulator.base.days import NEVER, day_of
from simulator.kader.assess import Status
from simulator.outcomes import frames, kpis
from simulator.outcomes.play import Player
from simulator.world import scenario as scenarios


@pytest.fixture(scope="module")
def played():
    player = Player(scenarios.load("invoering-2014"))
    return player, player.replication(0)


def test_who_adopted_before_the_oogo_was_done_gets_that_finding(small_scenario):
    scenario = scenarios.load(str(small_scenario))
    parameters = dict(scenario.parameters)
    parameters["hurried"] = parameters["hurried"].model_copy(update={"value": 1.0})
    parameters["content"] = parameters["content"].model_copy(update={"value": 1.0})
    player = Player(replace(scenario, parameters=parameters))
    one = player.replication(0)
    owner = player.looker.item_owner["gemeenten"]
    oogo = np.full(len(player.model.codes), -1)
    np.maximum.at(oogo, owner, one.seen.days["oogo_held"])
    hurried = np.flatnonzero(one.seen.days["adopted"] < oogo)
    assert len(hurried)
    end = one.where["end"]
    rows = {name: player.looker.number[name] for name in ("PROC-2", "PROC-8")}
    found = frames.findings(player, one, 0)
    for number in hurried:
        assert one.looked.status[rows["PROC-2"], end[number]] in (Status.NOT_MET, Status.NOT_ASSESSABLE)
        assert one.looked.status[rows["PROC-8"], end[number]] == Status.NOT_ASSESSABLE
        assert not one.looked.passed[rows["PROC-2"], end[number]]
    mine = found.filter((polars.col("obligation") == "PROC-2") & (polars.col("status") == "not_met"))
    assert set(mine["article"]) <= {"WPO 18a(9)", "WVO 17a(9)"}
    assert len(mine)


def test_plan_on_time_is_the_share_that_sent_before_1_may(played):
    _player, one = played
    days = one.seen.days["sent"]
    in_time = sum(day < day_of(date(2014, 5, 1)) for day in days.tolist())
    assert kpis.measure(one)["plan_on_time"] == pytest.approx(in_time / 152)
    assert 0 < in_time < 152


def test_a_plan_is_complete_when_every_element_was_there_when_it_was_sent(played):
    player, one = played
    plan_duties = [name for name in player.scenario.kader.obligations if name.startswith("PLAN-")]
    complete = 0
    for number, code in enumerate(player.model.codes):
        day = one.seen.days["sent"][number]
        if day == NEVER:
            continue
        shown = one.seen.shown(np.array([number]), np.array([day]))
        sector = code[:2].lower()
        wanted = [name for name in plan_duties if player.scenario.kader.obligations[name].on(date(2014, 5, 1), sector)]
        complete += all(shown[name].true[0] for name in wanted)
    assert kpis.measure(one)["plan_complete"] == pytest.approx(complete / 152)


@pytest.mark.parametrize("duty", ["PLAN-a", "PLAN-e"])
def test_an_element_stands_in_the_plan_as_it_was_written_and_in_order_once_it_is_mended(played, duty):
    player, one = played
    looker = player.looker
    rows, owner, copies = looker.writes[duty]
    end = one.seen.end_day
    for swv in range(len(player.model.codes)):
        own = owner == swv
        written = int(end[rows[own & (copies == 1)]].min())
        mended = [int(day) for day in end[rows[own & (copies == 0)]] if day < NEVER]
        if written >= NEVER:
            continue
        days = np.array(sorted({written - 1, written, *mended, *(day - 1 for day in mended)}))
        shown = one.seen.shown(np.full(len(days), swv), days)[duty].true
        drawn = bool(one.seen.content[duty][swv] == 1)
        assert shown.tolist() == [
            bool(day >= written and (drawn or any(day >= mend for mend in mended))) for day in days.tolist()
        ]


def test_what_is_revised_was_missing_before_and_the_plan_was_not_sent(played):
    player, one = played
    tables, asked, end = player.model.tables, one.trace.requested, one.trace.end
    written = {(tables.swv[row], tables.item[row]): end[row] for row in rows_of(tables, "draft_element")}
    sent = {tables.swv[row]: end[row] for row in rows_of(tables, "send_plan")}
    revised = [
        row for node in ("talk", "help", "toets") for row in rows_of(tables, f"{node}_rewrite") if asked[row] < NEVER
    ]
    assert revised
    for row in revised:
        swv, item = tables.swv[row], tables.item[row]
        assert one.seen.content[item][swv] == 0 or written[swv, item] >= asked[row]
        assert sent[swv] >= asked[row]


def rows_of(tables, node):
    return [row for row, name in enumerate(tables.node) if name == node]


def test_the_mean_wait_and_use_of_a_pool_follow_from_its_grants(played):
    player, one = played
    model = player.model
    number = [pool.name for pool in model.pools].index("inspecteur_so")
    mine = [grant for grant in one.trace.grants if grant[0] == number]
    waits = [grant[4] - model.clock.begins(model.tables, *grant[2:4]) for grant in mine]
    busy = [min(one.trace.end[row], model.horizon) - granted for _, _, row, _, granted in mine]
    figures = kpis.measure(one)
    assert figures["pool_wait_days.inspecteur_so"] == pytest.approx(sum(waits) / len(waits) / 86400)
    assert figures["pool_utilisation.inspecteur_so"] == pytest.approx(sum(busy) / 3 / model.horizon)


def test_more_inspectors_never_make_a_visit_wait_longer(small_scenario):
    """Under the same luck, for every swv, where nobody waits for people of an own team."""
    scenario = scenarios.load(str(small_scenario))
    at_once = scenario.parameters["team_waits"].model_copy(update={"value": 0})
    scenario = replace(scenario, parameters={**scenario.parameters, "team_waits": at_once})

    def waits(number):
        names = ("inspecteur_po", "inspecteur_vo", "inspecteur_so", "rekenschap")
        pools = dict(scenario.pools) | {n: scenario.pools[n].model_copy(update={"capacity": number}) for n in names}
        player = Player(replace(scenario, pools=pools))
        return sum(kpis.measure(player.replication(k))["pool_wait_days.inspecteur_po"] for k in range(5))

    assert waits(1) > waits(2) >= waits(50) == 0


def test_the_event_log_tells_everything_in_order(played):
    player, one = played
    log = frames.events(player, one, 0)
    assert log["second"].is_sorted()
    sent = log.filter(polars.col("detail") == "sent")
    assert len(sent) == sum(day < NEVER for day in one.seen.days["sent"].tolist())
    assert set(log["what"]) == {"requested", "granted", "started", "ended"}


def test_all_laws_at_once_give_what_each_gives_by_itself(small_scenario):
    player = Player(scenarios.load(str(small_scenario)))
    played = player.replication(0)
    days = [
        date(2013, 3, 1),
        date(2013, 12, 11),
        date(2013, 12, 12),
        date(2014, 6, 15),
        date(2014, 8, 1),
        date(2015, 8, 1),
    ]
    people = np.tile(np.arange(len(player.model.codes)), len(days))
    on = np.repeat([day_of(day) for day in days], len(player.model.codes))
    together = played.seen.statuses(people, on)
    for columns, assessment in played.seen.assessments(people, on):
        for name, row in player.looker.number.items():
            if name in assessment.status:
                np.testing.assert_array_equal(together.status[row, columns], assessment.status[name])
                np.testing.assert_array_equal(together.passed[row, columns], assessment.own[name].true)
            else:
                assert set(together.status[row, columns]) == {Status.NOT_APPLICABLE}


def test_laws_whose_order_turns_round_are_looked_at_one_by_one(small_scenario, monkeypatch):
    player = Player(scenarios.load(str(small_scenario)))
    one = player.result(0)
    monkeypatch.setattr(type(player.looker), "order", lambda *_: None)
    assert player.result(0).kpis == one.kpis
