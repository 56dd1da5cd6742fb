"""From facts to statuses."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from kader_samples import duty, event, law_of, number, truth, values

from simulator.base.days import NEVER
from simulator.kader.assess import Columns, Status, assess, blocks, explain, once, per_item
from simulator.kader.law import law_on

NA, EARLY, OPEN, NOT, MET = Status
DAY = date(2014, 5, 1)
PAST, FUTURE = {"date": "2014-02-01"}, {"date": "2014-08-01"}
Y, N, U = True, False, None


def assessed(*duties, events=None, on="2014-05-01", **content):
    """The assessment of one column; content by id with an underscore for the dash."""
    shown = {name.replace("_", "-"): truth(value) for name, value in content.items()}
    return assess(law_on(law_of(*duties), DAY, "po"), Columns(np.array([number(on)]), events or {}, shown))


def statuses(*duties, **how):
    return {name: Status(int(found[0])) for name, found in assessed(*duties, **how).status.items()}


@pytest.mark.parametrize(
    ("due", "optional", "own", "status"),
    [
        (PAST, False, Y, MET),
        (PAST, False, N, NOT),
        (PAST, False, U, OPEN),
        (FUTURE, False, Y, MET),  # done before it is due
        (FUTURE, False, N, EARLY),
        (FUTURE, False, U, EARLY),
        ("none", False, N, NOT),  # standing: due at once
        (PAST, True, Y, MET),
        (PAST, True, N, NA),  # a choice is never a shortfall
        (PAST, True, U, NA),
        (FUTURE, True, N, NA),
    ],
)
def test_the_status_of_a_duty_by_itself(due, optional, own, status):
    assert statuses(duty("A-1", due=due, optional=optional), A_1=own) == {"A-1": status}


@pytest.mark.parametrize(("on", "status"), [("2014-01-31", EARLY), ("2014-02-01", EARLY), ("2014-02-02", NOT)])
def test_a_duty_is_due_on_the_day_after_its_last_day(on, status):
    assert statuses(duty("A-1", due=PAST), on=on, A_1=N) == {"A-1": status}


def test_content_that_is_not_told_is_unknown():
    found = assessed(duty("A-1"))
    assert values(found.own["A-1"]) == [U]
    assert found.status["A-1"].tolist() == [OPEN]


@pytest.mark.parametrize(
    ("sent", "shown", "own"),
    [
        ("2014-04-30", Y, Y),
        ("2014-04-30", N, N),
        ("2014-04-30", U, U),
        ("2014-05-01", Y, N),
        ("2014-05-01", U, N),
        ("?", Y, U),
        ("?", N, N),
    ],
)
def test_timing_and_content_must_both_hold(sent, shown, own):
    one = duty("A-1", checks={"content": "part.shown", "timing": "before(sent, '2014-05-01')"})
    assert values(assessed(one, events={"sent": event(sent)}, A_1=shown).own["A-1"]) == [own]


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        (Y, Y, MET),
        (N, Y, OPEN),  # what it rests on is not there
        (U, Y, OPEN),
        (Y, N, NOT),
        (N, N, NOT),  # its own shortfall is seen whatever it rests on
        (N, U, OPEN),
        (U, N, NOT),
    ],
)
def test_a_prerequisite_that_is_due_and_not_met_holds_back(first, second, status):
    assert statuses(duty("A-1"), duty("B-1", requires=["A-1"]), A_1=first, B_1=second)["B-1"] == status


def test_a_prerequisite_that_is_not_yet_due_does_not_hold_back():
    found = statuses(duty("A-1", due=FUTURE), duty("B-1", requires=["A-1"]), A_1=N, B_1=Y)
    assert found == {"A-1": EARLY, "B-1": MET}


def test_a_choice_does_not_hold_back():
    found = statuses(duty("A-1", optional=True), duty("B-1", requires=["A-1"]), A_1=N, B_1=Y)
    assert found == {"A-1": NA, "B-1": MET}


def test_a_prerequisite_that_does_not_hold_on_the_day_does_not_hold_back():
    later = duty("A-1", in_force={"from": "2014-08-01"})
    assert statuses(later, duty("B-1", requires=["A-1"]), A_1=N, B_1=Y) == {"B-1": MET}


def test_being_held_back_before_it_is_due_is_not_yet_due():
    found = statuses(duty("A-1"), duty("B-1", due=FUTURE, requires=["A-1"]), A_1=N, B_1=Y)
    assert found["B-1"] == EARLY


def test_being_held_back_goes_on_down_the_chain():
    chain = [duty("A-1"), duty("B-1", requires=["A-1"]), duty("C-1", requires=["B-1"]), duty("D-1", requires=["C-1"])]
    found = statuses(*chain, A_1=N, B_1=Y, C_1=Y, D_1=N)
    assert found == {"A-1": NOT, "B-1": OPEN, "C-1": OPEN, "D-1": NOT}


def test_the_chain_is_cut_by_a_duty_that_is_not_yet_due():
    # B is held back but not yet due, so C is not held back by it
    chain = [duty("A-1"), duty("B-1", due=FUTURE, requires=["A-1"]), duty("C-1", requires=["B-1"])]
    assert statuses(*chain, A_1=N, B_1=Y, C_1=Y) == {"A-1": NOT, "B-1": EARLY, "C-1": MET}


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [(Y, N, MET), (N, Y, MET), (Y, Y, MET), (N, N, OPEN), (U, N, OPEN), (U, Y, MET), (U, U, OPEN)],
)
def test_of_a_group_one_is_enough(first, second, status):
    duties = [duty("A-1"), duty("B-1"), duty("C-1", requires=[{"any": ["A-1", "B-1"]}])]
    assert statuses(*duties, A_1=first, B_1=second, C_1=Y)["C-1"] == status


@pytest.mark.parametrize(("second", "status"), [(Y, MET), (N, OPEN)])
def test_in_a_group_one_that_is_not_due_helps_only_when_met(second, status):
    duties = [duty("A-1"), duty("B-1", due=FUTURE), duty("C-1", requires=[{"any": ["A-1", "B-1"]}])]
    assert statuses(*duties, A_1=N, B_1=second, C_1=Y)["C-1"] == status


def test_every_group_must_be_satisfied():
    duties = [duty("A-1"), duty("B-1"), duty("C-1", requires=["A-1", "B-1"])]
    assert statuses(*duties, A_1=Y, B_1=N, C_1=Y)["C-1"] == OPEN
    assert statuses(*duties, A_1=N, B_1=Y, C_1=Y)["C-1"] == OPEN


@pytest.mark.parametrize(("refused", "status"), [("2014-03-03", OPEN), (None, MET), ("?", MET)])
def test_a_group_with_a_condition_counts_only_when_it_certainly_holds(refused, status):
    duties = [duty("A-1"), duty("B-1", requires=[{"any": ["A-1"], "when": "happened(refused)"}])]
    assert statuses(*duties, events={"refused": event(refused)}, A_1=N, B_1=Y)["B-1"] == status


def late_duty(name, **changes):
    return duty(name, checks={"timing": "by(e, '2014-02-01')", "late": "happened(e)"}, due=PAST, **changes)


@pytest.mark.parametrize(
    ("day", "first", "second"),
    [
        ("2014-02-01", MET, MET),
        ("2014-03-03", NOT, MET),  # done after its time: a shortfall, but what rests on it can be assessed
        (None, NOT, OPEN),
        ("?", OPEN, OPEN),
    ],
)
def test_what_was_done_late_is_not_met_and_holds_nothing_back(day, first, second):
    found = statuses(late_duty("A-1"), duty("B-1", requires=["A-1"]), events={"e": event(day)}, B_1=Y)
    assert found == {"A-1": first, "B-1": second}


def test_what_was_done_late_saves_a_group():
    group = duty("C-1", requires=[{"any": ["A-1", "B-1"]}])
    found = statuses(late_duty("A-1"), duty("B-1"), group, events={"e": event("2014-03-03")}, B_1=N, C_1=Y)
    assert found == {"A-1": NOT, "B-1": NOT, "C-1": MET}


def test_what_was_done_late_on_nothing_still_holds_back():
    chain = [duty("A-1"), late_duty("B-1", requires=["A-1"]), duty("C-1", requires=["B-1"])]
    how = {"events": {"e": event("2014-03-03")}, "C_1": Y}
    assert statuses(*chain, A_1=N, **how) == {"A-1": NOT, "B-1": NOT, "C-1": OPEN}
    assert statuses(*chain, A_1=Y, **how)["C-1"] == MET
    assert roots(assessed(*chain, A_1=N, **how), "C-1") == ["B-1"]


def test_where_a_group_holds_back_is_told_per_column():
    law = law_on(law_of(duty("A-1"), duty("B-1", requires=["A-1"])), DAY, "po")
    on = np.full(3, number("2014-05-01"))
    found = assess(law, Columns(on, {}, {"A-1": truth(Y, N, U), "B-1": truth(Y, Y, Y)}))
    assert blocks(law.versions["B-1"].requires[0], found).tolist() == [False, True, True]
    assert found.status["B-1"].tolist() == [MET, OPEN, OPEN]


def test_a_duty_on_dates_alone_fills_all_columns():
    one = duty("A-1", checks={"timing": "by(sent, '2014-05-01')"})
    law = law_on(law_of(one), DAY, "po")
    on = np.array([number("2014-01-01"), number("2014-06-01")])
    found = assess(law, Columns(on, {"sent": event("2014-05-01", "2014-05-02")}, {}))
    assert found.status["A-1"].tolist() == [MET, NOT]
    assert found.due["A-1"].shape == found.own["A-1"].true.shape == (2,)


def test_an_event_after_the_day_has_not_happened_yet():
    days = np.array([number("2014-03-01"), number("2014-05-01"), number("2014-05-02"), NEVER])
    on = np.full(4, number("2014-05-01"))
    found = once(days, np.full(4, True), on)
    assert found.day.tolist() == [days[0], days[1], NEVER, NEVER]
    assert found.count.tolist() == [1, 1, 0, 0]
    assert found.total.tolist() == [1, 1, 1, 1]


def test_an_event_with_items_has_happened_when_the_last_has():
    early, late = number("2014-03-01"), number("2014-04-01")
    days = np.array([[early, early, early], [late, NEVER, late]])
    on = np.array([number("2014-04-01"), number("2014-05-01"), number("2014-03-15")])  # the first: on the last day
    found = per_item(days, np.full((2, 3), True), on)
    assert found.day.tolist() == [late, NEVER, NEVER]
    assert found.count.tolist() == [2, 1, 1]
    assert found.total.tolist() == [2, 2, 2]


def test_an_event_with_items_is_known_when_all_are_or_when_one_certainly_lacks():
    day = number("2014-03-01")
    days = np.array([[day, day, NEVER], [day, NEVER, NEVER]])
    known = np.array([[True, True, True], [True, False, False]])
    found = per_item(days, known, np.full(3, number("2014-05-01")))
    assert found.known.tolist() == [True, False, True]


def test_an_event_over_an_empty_list_is_known_and_has_not_happened():
    on = np.array([number("2014-05-01")])
    found = per_item(np.zeros((0, 1), dtype=np.int64), np.zeros((0, 1), dtype=bool), on)
    assert (found.day.tolist(), found.known.tolist(), found.count.tolist(), found.total.tolist()) == (
        [NEVER], [True], [0], [0],
    )  # fmt: skip


def roots(found, name):
    return sorted(set(explain(found, name).roots()))


DIAMOND = [
    duty("A-1"),
    duty("B-1", requires=["A-1"]),
    duty("C-1", requires=["A-1"]),
    duty("D-1", requires=["B-1", "C-1"]),
]


def test_the_chain_leads_to_the_root_cause():
    found = assessed(*DIAMOND, A_1=N, B_1=Y, C_1=Y, D_1=Y)
    cause = explain(found, "D-1")
    assert (cause.obligation, cause.status) == ("D-1", OPEN)
    assert [(one.obligation, one.status) for one in cause.because] == [("B-1", OPEN), ("C-1", OPEN)]
    assert [(one.obligation, one.status) for one in cause.because[0].because] == [("A-1", NOT)]
    assert roots(found, "D-1") == ["A-1"]


def test_a_duty_with_its_own_shortfall_is_its_own_cause():
    found = assessed(*DIAMOND, A_1=N, B_1=N, C_1=Y, D_1=Y)
    assert explain(found, "B-1").because == ()
    assert roots(found, "D-1") == ["A-1", "B-1"]


def test_what_is_unknown_by_itself_is_its_own_cause():
    found = assessed(*DIAMOND, A_1=Y, B_1=U, C_1=Y, D_1=Y)
    assert roots(found, "D-1") == ["B-1"]
    assert roots(found, "A-1") == ["A-1"]


def test_only_what_really_holds_back_is_a_cause():
    # the group with B is satisfied by C, and E is not yet due
    duties = [
        duty("A-1"),
        duty("B-1"),
        duty("C-1"),
        duty("E-1", due=FUTURE),
        duty("F-1", requires=["A-1", "E-1", {"any": ["B-1", "C-1"]}]),
    ]
    found = assessed(*duties, A_1=N, B_1=N, C_1=Y, E_1=N, F_1=Y)
    assert roots(found, "F-1") == ["A-1"]


def test_all_of_a_group_that_holds_back_are_causes():
    duties = [duty("A-1"), duty("B-1"), duty("C-1", requires=[{"any": ["B-1", "A-1"]}])]
    assert roots(assessed(*duties, A_1=N, B_1=U, C_1=Y), "C-1") == ["A-1", "B-1"]


def test_causes_are_told_per_column():
    law = law_on(law_of(duty("A-1"), duty("B-1"), duty("C-1", requires=["A-1", "B-1"])), DAY, "po")
    on = np.full(2, number("2014-05-01"))
    found = assess(law, Columns(on, {}, {"A-1": truth(N, Y), "B-1": truth(Y, N), "C-1": truth(Y, Y)}))
    assert [list(explain(found, "C-1", column).roots()) for column in (0, 1)] == [["A-1"], ["B-1"]]
