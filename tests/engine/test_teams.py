"""Teams that stay together, whole days, and work that lies still meanwhile."""

from datetime import date

import pytest
from trying import CODES, SOURCE, days, step, tried

from simulator.base.days import DAY_SECONDS, date_of, day_of
from simulator.kader.parameters import Fixed
from simulator.outcomes import rostering
from simulator.world.inspecteurs import Inspecteur, days_at_work

WORK = {"takes": "work", "calendar": "working"}
DAY = {"takes": "day", "calendar": "working", "whole_days": True}


def who(model, trace, node):
    """Per swv the people that did a step."""
    found = {}
    for _, unit, row, _, _ in trace.grants:
        if model.tables.node[row] == node:
            found.setdefault(model.codes[model.tables.swv[row]], set()).add(unit)
    return found


def test_the_people_of_the_first_step_do_the_next_ones():
    looks = [step(f"look{n}", pools=["lcg", "lcg"], team="onderzoek", time=WORK) for n in range(3)]
    model, trace = tried(looks, pools={"lcg": 12}, work=days(2, "working_days"))
    teams = [who(model, trace, f"look{n}") for n in range(3)]
    assert teams[0] == teams[1] == teams[2]
    assert len({frozenset(own) for own in teams[0].values()}) == len(CODES), "each swv has people of its own"


def away(after):
    """Somebody looks, then does something else for a month; after a pause the same team is asked for again, twice."""
    again = {"id": "later", "sequence": [step("rest", time={"takes": "pause"}), *(
        step(name, pools=["lcg"], team="onderzoek", time=after) for name in ("again", "last")
    )]}  # fmt: skip
    look = step("look", pools=["lcg"], team="onderzoek", time=WORK)
    return [
        look,
        {"id": "fork", "parallel": {"branches": [step("other", pools=["lcg"], time={"takes": "month"}), again]}},
    ]


NUMBERS = {"work": days(1, "working_days"), "day": days(1, "working_days"), "pause": days(2), "month": days(30)}


def test_a_step_waits_for_its_own_people_while_others_are_free():
    model, trace = tried(away(WORK), pools={"lcg": 2}, codes=CODES[:1], team_waits=days(40, "working_days"), **NUMBERS)
    rows = {node: row for row, node in enumerate(model.tables.node)}
    assert trace.start[rows["again"]] == trace.end[rows["other"]] > trace.requested[rows["again"]]
    assert who(model, trace, "look") == who(model, trace, "again") == who(model, trace, "other")
    assert trace.own == {rows[name]: trace.start[rows[name]] for name in ("again", "last")}


@pytest.mark.parametrize("waits", [0, 1, 3])
@pytest.mark.parametrize("work", [WORK, DAY])
def test_after_its_time_others_stand_in_and_stay(waits, work):
    numbers = {**NUMBERS, "team_waits": days(waits, "working_days")}
    model, trace = tried(away(work), pools={"lcg": 2}, codes=CODES[:1], **numbers)
    rows = {node: row for row, node in enumerate(model.tables.node)}
    asked, again = trace.requested[rows["again"]], rows["again"]
    gave_up = model.clock.gives_up(model.tables, model.draw(0)[0], again, asked)
    assert trace.start[again] == model.clock.begins(model.tables, again, gave_up)
    assert who(model, trace, "look") != who(model, trace, "again") == who(model, trace, "last")
    assert trace.own[again] == gave_up
    assert rows["last"] in trace.own


def test_a_team_keeps_its_size_when_one_of_it_does_a_step_alone():
    two, one = ["lcg", "lcg"], ["lcg"]
    tree = [step(f"look{n}", pools=pools, team="onderzoek", time=WORK) for n, pools in enumerate([one, two, one, two])]
    model, trace = tried(tree, pools={"lcg": 12}, work=days(2, "working_days"))
    teams = [who(model, trace, f"look{n}") for n in range(4)]
    assert all(teams[n][swv] < teams[1][swv] for n in (0, 2) for swv in CODES)
    assert teams[1] == teams[3]


@pytest.mark.parametrize("length", [0.3, 1])
def test_a_whole_day_takes_one_working_date_and_one_place(length):
    half = step("half", pools=["lcg"], time={"takes": "half_day", "calendar": "working"})
    model, trace = tried([half, *(step(f"day{n}", pools=["lcg"], time=DAY) for n in range(3))], pools={"lcg": 2},
                         day=days(length, "working_days"), half_day=days(0.5, "working_days"))  # fmt: skip
    dates = {}
    for one in rostering.shifts(model, trace, ["lcg"]):
        if one.node != "half":
            (on,) = rostering.worked(model.start, one)
            assert one.end - one.start == DAY_SECONDS
            dates.setdefault((one.number, on), set()).add(one.swv)
    assert len(dates) == 3 * len(CODES)
    assert all(len(swv) == 1 for swv in dates.values())


def test_a_factor_on_a_whole_day_still_gives_whole_days():
    time = {**DAY, "scaled": [{"by": "slower", "when": {"now_before": "2030-01-01"}}]}
    slower = Fixed(dist="fixed", value=1.4, unit="factor", **SOURCE)
    model, trace = tried(
        [step("day", pools=["lcg"], time=time)], pools={"lcg": 1}, codes=CODES[:1], slower=slower, **NUMBERS
    )
    row = model.tables.node.index("day")
    assert trace.end[row] - trace.start[row] == 2 * DAY_SECONDS


def test_whole_days_do_not_hold_up_other_work_of_the_same_day():
    """At midday both wait: the day begins the next morning, the other work at once."""
    half = step("half", pools=["lcg"], time={"takes": "half_day", "calendar": "working"})
    both = {"id": "both", "parallel": {"branches": [step("day", pools=["lcg"], time=DAY, priority=-1),
                                                    step("work", pools=["lcg"], time=WORK)]}}  # fmt: skip
    model, trace = tried([half, both], pools={"lcg": 1}, codes=CODES[:1], half_day=days(0.5, "working_days"), **NUMBERS)
    rows = {node: row for row, node in enumerate(model.tables.node)}
    midday = trace.end[rows["half"]]
    assert trace.start[rows["work"]] == midday
    assert trace.start[rows["day"]] == midday + DAY_SECONDS // 2
    assert trace.breaks == [(trace.grants[0][0], 0, rows["work"], trace.start[rows["day"]], trace.end[rows["day"]])]
    assert trace.end[rows["work"]] == midday + 2 * DAY_SECONDS, "a day longer than without the day elsewhere"


def test_work_of_two_lies_still_once_when_both_are_called_away_on_one_day():
    both = step("both", pools=["lcg", "lcg"], time={"takes": "long", "calendar": "working"})
    called = {"id": "called", "sequence": [step("rest", time={"takes": "pause"}), {"id": "fork", "parallel": {"branches": [
        step("one", pools=["lcg"], time=DAY), step("other", pools=["lcg"], time=DAY)]}}]}  # fmt: skip
    tree = [{"id": "top", "parallel": {"branches": [both, called]}}]
    model, trace = tried(tree, pools={"lcg": 2}, codes=CODES[:1], long=days(4, "working_days"), **NUMBERS)
    rows = {node: row for row, node in enumerate(model.tables.node)}
    assert len(trace.breaks) == 2
    assert trace.end[rows["both"]] == 6 * DAY_SECONDS, "Monday to Friday: four days of work, and one that was lost"
    shifts = rostering.shifts(model, trace, ["lcg"])
    assert rostering.clashes(shifts) == []
    assert sum(sum(rostering.worked(model.start, one).values()) for one in shifts if one.node == "both") == 2 * 4


def test_work_is_done_on_the_own_days_only():
    """Two days a week for swv, Tuesday and Thursday: five days of work take three weeks."""
    two = Inspecteur(1.0, 0.4, "Midden", 0, 0.0)
    tree = [step("work", pools=["lcg"], time={"takes": "long", "calendar": "working"})]
    model, trace = tried(tree, pools={"lcg": 1}, codes=CODES[:1], people={"lcg": (two,)}, start=date(2022, 9, 5),
                         long=days(5, "working_days"))  # fmt: skip
    (shift,) = rostering.shifts(model, trace, ["lcg"])
    on = [date_of(day) for day in rostering.worked(model.start, shift)]
    assert [day.isoformat() for day in on] == ["2022-09-06", "2022-09-08", "2022-09-13", "2022-09-15", "2022-09-20"]
    assert sum(rostering.worked(model.start, shift).values()) == 5


def test_two_of_a_team_with_different_shares_have_common_days():
    people = (Inspecteur(1.0, 0.5, "Midden", 0, 0.0), Inspecteur(0.8, 0.4, "Midden", 0, 0.0))
    there = days_at_work(people, 2, day_of(date(2022, 9, 5)), day_of(date(2022, 12, 19)))
    assert (there[0] & there[1]).sum() >= 0.8 * there[1].sum()
