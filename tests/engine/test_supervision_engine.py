"""What supervision over years needs of the engine: teams, rosters, gates, years, bits per item, and the law of the day."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from trying import CODES, SOURCE, START, days, ends, step, tried

from simulator.base.days import DAY_SECONDS, NEVER, date_of, day_of
from simulator.engine.model import Model
from simulator.engine.playing import play
from simulator.kader.parameters import Fixed, Uniform
from simulator.outcomes import rostering
from simulator.world import calendar, inspecteurs
from simulator.world import scenario as scenarios


def test_a_team_begins_with_all_of_it_and_nobody_is_in_two_places():
    model, trace = tried([step("look", pools=["lcg", "lcg", "gemeente_team"], time={"takes": "short"})],
                         pools={"lcg": 3, "gemeente_team": 2})  # fmt: skip
    found = rostering.shifts(model, trace, ["lcg", "gemeente_team"])
    assert rostering.clashes(found) == []
    assert rostering.short_teams(model, trace) == []
    assert len(trace.grants) == 3 * len(CODES)
    assert max(ends(model, trace, "look").values()) == 3 * len(CODES), "three people are one team of two at a time"


def test_two_teams_never_wait_for_each_other():
    one = step("one", pools=["lcg", "lcg"], time={"takes": "short"})
    other = step("other", pools=["lcg", "lcg", "lcg"], time={"takes": "short"})
    both = {"id": "both", "parallel": {"branches": [one, other]}}
    model, trace = tried([both], pools={"lcg": 3})
    assert len(ends(model, trace, "one")) == len(ends(model, trace, "other")) == len(CODES)


@pytest.mark.parametrize("seed", range(6))
def test_random_teams_and_capacities_never_lock(seed):
    luck = np.random.default_rng(seed)
    names = ["first", "second", "third"]
    sizes = {name: int(luck.integers(1, 5)) for name in names}
    branches = [
        step(f"s{number}", time={"takes": "short"},
             pools=[name for name in names for _ in range(int(luck.integers(0, sizes[name] + 1)))])
        for number in range(8)
    ]  # fmt: skip
    model, trace = tried([{"id": "fork", "parallel": {"branches": branches}}], pools=sizes)
    assert all(len(ends(model, trace, f"s{number}")) == len(CODES) for number in range(8))


def gate(**more):
    return {"id": "gate", "select": {"luck": "luck", "share": "half", "then": step("chosen"),
                                     "otherwise": step("left"), **more}}  # fmt: skip


def test_a_gate_chooses_its_share_by_luck_without_a_score():
    model, trace = tried([step("come"), gate()])
    assert len(ends(model, trace, "chosen")) == len(ends(model, trace, "left")) == len(CODES) / 2


def scored(code):
    """Steps that give one swv a score."""
    only = "po" if code.startswith("PO") else "vo"
    return step("score", sector=only, effects=[{"variable": "score", "add": 1}])


def test_a_gate_chooses_the_highest_scores():
    model, trace = tried([scored("PO"), gate(score="score")])
    assert {code for code, _, _ in ends(model, trace, "chosen")} == {code for code in CODES if code.startswith("PO")}


def test_who_must_be_chosen_is_and_takes_the_place_of_others():
    must = {"variable": "score", "at_least": 1}
    everybody = Fixed(dist="fixed", value=0.34, unit="share", **SOURCE)
    model, trace = tried([scored("VO"), gate(must=must, share="third")], third=everybody)
    assert {code for code, _, _ in ends(model, trace, "chosen")} == {code for code in CODES if code.startswith("VO")}


def test_who_may_not_be_chosen_is_not():
    model, trace = tried([scored("PO"), gate(may={"no": {"variable": "score", "at_least": 1}})])
    assert {code[:2] for code, _, _ in ends(model, trace, "chosen")} == {"VO"}


def test_a_gate_spreads_evenly_over_sectors():
    model, trace = tried([scored("PO"), gate(score="score", evenly="sector")])
    chosen = [code[:2] for code, _, _ in ends(model, trace, "chosen")]
    assert chosen.count("PO") == 2  # three of six: the odd one goes to the higher score
    assert chosen.count("VO") == 1


def test_rounds_of_a_loop_come_together_at_one_gate():
    """Who is in a later round of a loop is chosen from with those in an earlier one, when they come at the same moment."""
    go, wait = step("go", effects=[{"set": "gone"}]), step("wait", time={"yearly": "09-01"})
    ahead = {"all": [{"no": {"bit": "gone"}}, {"variable": "score"}]}
    body = [{"id": "ahead", "choice": [{"when": ahead, "then": go}, {"then": wait}]}, gate(), step("mark")]
    loop = {"max": 2, "again": {"all": [{"bit": "gone"}, {"no": {"bit": "twice"}}]}}
    tree = [scored("PO"), {"id": "rounds", "loop": {**loop, "body": {"id": "body", "sequence": body}}}]
    model, trace = tried([*tree, step("end", effects=[{"set": "twice"}])])
    late = [key for key, day in ends(model, trace, "chosen").items() if day > 1]
    rounds = {visit for _, _, visit in ends(model, trace, "chosen")} | {v for _, _, v in ends(model, trace, "left")}
    assert rounds == {"1", "2"}
    assert len(late) == len(CODES) / 2, "all six came on the first of September, in two different rounds"


def test_a_step_waits_for_the_next_day_of_the_year():
    model, trace = tried([step("first", time={"yearly": "09-01"}), step("short", time={"takes": "short"}),
                          step("second", time={"yearly": "09-01"}), step("third", time={"yearly": "08-01"})])  # fmt: skip
    found = [
        {date_of(day_of(START) + int(day)) for day in ends(model, trace, name).values()}
        for name in ("first", "second", "third")
    ]
    assert found == [{date(2021, 9, 1)}, {date(2022, 9, 1)}, {date(2023, 8, 1)}]


@pytest.mark.parametrize(
    ("until", "time", "last"),
    [
        (date(2021, 12, 3), {}, date(2021, 12, 3)),  # a Friday
        (date(2021, 12, 4), {}, date(2021, 12, 6)),  # a Saturday
        (date(2021, 12, 1), {"takes": "short"}, date(2021, 12, 6)),  # three days, always: there is no choice
        (date(2022, 4, 8), {"takes": "week"}, date(2022, 4, 19)),  # Good Friday, Easter
    ],
)
def test_a_step_that_ends_on_a_working_day_ends_on_the_next(until, time, last):
    tree = [step("wait", time={"until": until}), step("act", time={**time, "ends_on": "working"})]
    model, trace = tried(tree, week=days(7))
    assert {date_of(day_of(START) + int(day)) for day in ends(model, trace, "act").values()} == {last}


@pytest.mark.parametrize("monday", [date(2022, 3, 14), date(2022, 11, 21), date(2024, 11, 26)])
def test_moved_to_a_working_day_a_step_stays_within_what_it_can_take(monday):
    """In a week that ends in Easter or Christmas the next working day can be too late: it is the one before."""
    week = Uniform(dist="uniform", low=29, high=35, unit="days", **SOURCE)
    every = list(scenarios.load("cyclus-2021").swv)[:60]
    tree = [step("wait", time={"until": monday}), step("act", time={"takes": "week", "ends_on": "working"})]
    model, trace = tried(tree, week=week, codes=every)
    found = [day_of(START) + int(day) for day in ends(model, trace, "act").values()]
    closed = calendar.public_holidays()
    assert all(29 <= day - day_of(monday) <= 35 for day in found)
    assert not [day for day in found if day in closed or date_of(day).weekday() > 4]
    assert any(day in closed for day in range(day_of(monday) + 29, day_of(monday) + 36))


def test_a_bit_of_a_round_is_seen_in_that_round_alone():
    ask = {"id": "ask", "choice": [{"when": {"bit": "round.seen"}, "then": step("saw")},
                                   {"then": step("see", effects=[{"set": "round.seen"}])}]}  # fmt: skip
    twice = {
        "id": "body",
        "sequence": [ask, {"id": "ask_again", "choice": [{"when": {"bit": "round.seen"}, "then": step("kept")}]}],
    }
    tree = [
        {"id": "rounds", "loop": {"max": 2, "again": {"no": {"bit": "done"}}, "body": twice}},
        step("end", effects=[{"set": "done"}]),
    ]
    model, trace = tried(tree)
    assert ends(model, trace, "saw") == {}
    assert {visit for _, _, visit in ends(model, trace, "kept")} == {"1", "2"}


def test_a_bit_per_item_is_seen_by_that_item_alone():
    over = {"over": "duties", "only": ["GOV-4", "GOV-6c"]}
    only_one = {"over": "duties", "only": ["GOV-6c"]}
    tree = [
        {"id": "first", "for_each": {**only_one, "do": step("set", effects=[{"set": "item.seen"}])}},
        {"id": "second", "for_each": {**over, "do": {"id": "ask", "choice": [{"when": {"bit": "item.seen"},
                                                                                "then": step("saw")}]}}},
    ]  # fmt: skip
    model, trace = tried(tree)
    assert {item for _, item, _ in ends(model, trace, "saw")} == {"GOV-6c"}


def test_an_item_has_the_number_that_is_given_for_it():
    over = {"over": "duties", "only": ["GOV-4", "GOV-6c"]}
    tree = [{"id": "each", "for_each": {**over, "do": step("take", time={"takes": "long"})}}]
    model, trace = tried(tree, **{"long": days(5), "long.GOV-6c": days(9)})
    assert {(item, day) for (_, item, _), day in ends(model, trace, "take").items()} == {("GOV-4", 5), ("GOV-6c", 9)}


def test_the_term_of_an_order_is_that_of_its_duty():
    over = {"over": "duties", "only": ["GOV-6c", "PLAN-e"]}
    tree = [
        {"id": "each", "for_each": {**over, "do": step("term", time={"term": {"order": True}, "share": "whole_term"})}}
    ]
    model, trace = tried(tree)
    last = {item: date_of(day_of(START) + int(day)) for (_, item, _), day in ends(model, trace, "term").items()}
    assert last == {"PLAN-e": date(2021, 11, 1), "GOV-6c": date(2022, 2, 1)}  # three months, and six


def test_a_duty_counts_when_the_law_of_the_day_has_it():
    ask = {"id": "ask", "choice": [{"when": {"in_law": "OJS-1"}, "then": step("holds")}]}
    before = [step("wait", time={"until": date(2024, 12, 31)}), ask]
    after = [step("wait", time={"until": date(2025, 1, 1)}), ask]
    assert ends(*tried(before), "holds") == {}
    assert len(ends(*tried(after), "holds")) == len(CODES)


def test_what_no_step_writes_is_there_as_drawn():
    ask = {"id": "ask", "choice": [{"when": {"lacks": "GOV-6c"}, "then": step("lacking")}]}
    model, trace = tried([step("wait", time={"takes": "short"}), ask])
    content = model.draw(0).content["GOV-6c"]
    assert {code for code, _, _ in ends(model, trace, "lacking")} == {
        code for code, good in zip(model.codes, content, strict=True) if not good
    }


ALWAYS = inspecteurs.Inspecteur(1.0, 1.0, "Midden", 0, 0.0)


def test_nobody_begins_on_a_day_that_he_is_not_there():
    half = inspecteurs.Inspecteur(1.0, 0.5, "Midden", 0, 0.0)
    pools = {"lcg": 2}
    _, trace = tried([step("look", pools=["lcg"], time={"takes": "short"})], pools=pools,
                     people={"lcg": (half, ALWAYS)})  # fmt: skip
    for pool, unit, _, _, granted in trace.grants:
        assert trace.present[pool][unit].at(granted) == 1
    free = [track.at(moment) for track in trace.present[trace.grants[0][0]] for moment in range(0, 700 * 86400, 86400)]
    assert 0 < sum(free) < len(free)


def test_illness_takes_the_part_of_the_time_that_the_table_says():
    ill = inspecteurs.Inspecteur(1.0, 1.0, "Midden", 0, 0.2)
    lost = {}
    for name, one in (("well", ALWAYS), ("ill", ill)):
        model, _ = tried([step("look", pools=["lcg"])], pools={"lcg": 40}, people={"lcg": (one,)})
        tracks = model.rosters.tracks(0)
        there = [[track.at(day * DAY_SECONDS) for day in range(1400)] for own in tracks.values() for track in own]
        lost[name] = np.mean(there)
    assert lost["ill"] / lost["well"] == pytest.approx(0.8, abs=0.04)


def test_days_for_swv_are_those_of_the_table():
    start, stop = day_of(date(2022, 8, 1)), day_of(date(2024, 8, 1))
    one = inspecteurs.Inspecteur(0.8, 0.5, "Zuid", 10, 0.0)
    (there,) = inspecteurs.days_at_work((one,), 1, start, stop)
    (free,) = inspecteurs.days_at_work((replace(one, training_days=0),), 1, start, stop)
    calendar = inspecteurs.calendar
    closed = calendar.school_holidays("Zuid") | calendar.public_holidays()
    open_days = [day for day in range(start, stop) if date_of(day).weekday() < 5 and day not in closed]
    assert not any(there[day - start] for day in range(start, stop) if day not in open_days)
    assert free.sum() == pytest.approx(0.4 * len(open_days), rel=0.1)
    assert 0 < free.sum() - there.sum() <= 4 * 5  # a week of training a year, of the half for swv


def test_who_has_worked_for_an_swv_comes_back_when_free():
    look = [step(f"look{number}", pools=["lcg", "lcg"], time={"takes": "short"}) for number in range(3)]
    model, trace = tried(look, pools={"lcg": 12}, people={"lcg": (ALWAYS,)})
    teams = {}
    for _, unit, row, _, _ in trace.grants:
        teams.setdefault((model.tables.swv[row], model.tables.node[row]), set()).add(unit)
    for swv in range(len(CODES)):
        assert teams[swv, "look0"] == teams[swv, "look1"] == teams[swv, "look2"]


@pytest.mark.parametrize(("chance", "looked"), [(0.0, True), (1.0, False)])
def test_nobody_looks_whether_orders_are_carried_out_when_all_are_withdrawn(chance, looked):
    shipped = scenarios.load("cyclus-2021")
    scenario = shipped.among(list(shipped.swv)[:24])
    parameters = {
        **scenario.parameters,
        **{
            name: scenario.parameters[name].model_copy(update={"value": chance})
            for name in ("reassessed", "withdrawn_though_right")
        },
    }
    model = Model(replace(scenario, parameters=parameters))
    trace = play(model, model.draw(0).draws)
    happened = {event for event, row in model.unrolled.marks if trace.end[row] < NEVER and model.tables.visit[row]}
    assert {"order_given", "order_withdrawn" if chance else "order_repaired"} <= happened
    assert ("herstel_visited" in happened) is looked


@pytest.mark.parametrize("join", ["all", "any"])
def test_what_follows_a_join_is_dated_alike_in_whatever_order_its_branches_come(join):
    """One day of work from a Sunday, told by the Monday, and two plain days end at the same midnight."""
    work = step("work", pools=["lcg"], time={"takes": "one", "calendar": "working"})
    term = step("term", time={"takes": "two"})
    told = []
    for branches in ([work, term], [term, work]):
        fork = {"id": "fork", "parallel": {"branches": branches, "join": join}}
        one = Fixed(dist="fixed", value=1, unit="working_days", **SOURCE)
        model, trace = tried([fork, step("after")], pools={"lcg": 9}, one=one, two=days(2))
        rows = {name: model.tables.node.index(name) for name in ("work", "term", "after")}
        assert {trace.end[row] for row in rows.values()} == {2 * DAY_SECONDS}
        assert trace.told[rows["work"]] < trace.told[rows["term"]]
        told.append(trace.told[rows["after"]])
    assert told == [2 * DAY_SECONDS] * 2
