"""Any law: statuses are those of a plain recursion, and neither one more success nor the order of the file does harm."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from kader_samples import duty, event, law_of, number, truth

from simulator.kader.assess import Columns, Status, assess, explain
from simulator.kader.law import law_on

NA, EARLY, OPEN, NOT, MET = Status
DAY = date(2014, 5, 1)
PAST, FUTURE = {"date": "2014-02-01"}, {"date": "2014-08-01"}
Y, N, U = True, False, None

# Any law: up to six duties that rest on each other in any way without cycles, seen in three columns at once.

COLUMNS = 3


@st.composite
def situations(draw):
    size = draw(st.integers(1, 6))
    names = [f"A-{name}" for name in draw(st.permutations(range(size)))]
    duties = []
    for place, name in enumerate(names):
        groups = st.builds(
            lambda some, when: {"any": sorted(some), **({"when": "happened(e)"} if when else {})},
            st.sets(st.sampled_from(names[:place]), min_size=1, max_size=2) if place else st.nothing(),
            st.booleans(),
        )
        duties.append(
            duty(
                name,
                requires=draw(st.lists(groups, max_size=2)) if place else [],
                due=draw(st.sampled_from(["none", PAST, FUTURE, {"when": "happened(e)", "then": PAST}])),
                optional=draw(st.sampled_from([False, False, False, True])),
                checks={"content": "part.shown", **draw(st.sampled_from([{}, {}, {"late": "happened(e)"}]))},
            )
        )
    own = {name: draw(st.lists(st.sampled_from([Y, Y, N, U]), min_size=3, max_size=3)) for name in names}
    happened = draw(st.lists(st.sampled_from(["2014-03-03", None, "?"]), min_size=COLUMNS, max_size=COLUMNS))
    return duties, own, happened


def play(duties, own, happened):
    law = law_on(law_of(*duties), DAY, "po")
    content = {name: truth(*found) for name, found in own.items()}
    return assess(law, Columns(np.full(COLUMNS, number("2014-05-01")), {"e": event(*happened)}, content))


def reference(duties, own, happened, column):
    """The same rules once more, as a plain recursion over one column, without numpy and without an order of duties."""
    versions = {one.id: one.versions[0] for one in duties}
    occurred = happened[column] == "2014-03-03"

    def due(name):
        rule = versions[name].due
        if versions[name].optional:
            return False
        if rule.standing:
            return True
        limit = rule.then.date if rule.when else rule.date
        return (occurred or not rule.when) and limit < DAY.isoformat()

    def status(name):
        if own[name][column] is True and not any(held_back(group) for group in versions[name].requires):
            return MET
        if versions[name].optional:
            return NA
        if not due(name):
            return EARLY
        return NOT if own[name][column] is False else OPEN

    def can_be_rested_on(name):
        one = versions[name]
        done = own[name][column] is True or (one.checks.late is not None and occurred)
        return done and not any(held_back(group) for group in one.requires)

    def held_back(group):
        if group.when and not occurred:
            return False
        return not any(map(can_be_rested_on, group.any)) and any(map(due, group.any))

    return {name: status(name) for name in versions}


@settings(max_examples=60, deadline=None)
@given(situations())
def test_the_statuses_are_those_of_a_plain_recursion(situation):
    found = play(*situation).status
    for column in range(COLUMNS):
        expected = reference(*situation, column)
        assert {name: Status(int(status[column])) for name, status in found.items()} == expected


@settings(max_examples=60, deadline=None)
@given(situations(), st.data())
def test_passing_one_more_check_makes_no_other_duty_worse(situation, data):
    duties, own, happened = situation
    lifted = data.draw(st.sampled_from(sorted(own)))
    before = play(duties, own, happened).status
    after = play(duties, {**own, lifted: [Y] * COLUMNS}, happened).status
    for name in before:
        for old, new in zip(before[name].tolist(), after[name].tolist(), strict=True):
            assert new in (old, MET) or (name == lifted and (old, new) == (NOT, OPEN))


@settings(max_examples=60, deadline=None)
@given(situations(), st.data())
def test_the_order_of_the_file_changes_nothing(situation, data):
    duties, own, happened = situation
    shuffled = data.draw(st.permutations(duties))
    one, other = play(duties, own, happened), play(shuffled, dict(reversed(own.items())), happened)
    assert list(one.status) == list(other.status)
    for name in one.status:
        assert one.status[name].tolist() == other.status[name].tolist()
        for column in range(COLUMNS):
            assert explain(one, name, column) == explain(other, name, column)


@settings(max_examples=60, deadline=None)
@given(situations())
def test_a_root_cause_is_due_and_falls_short_by_itself(situation):
    found = play(*situation)
    for name, status in found.status.items():
        for column in range(COLUMNS):
            if status[column] != OPEN:
                continue
            for root in explain(found, name, column).roots():
                assert found.due[root][column]
                assert not found.own[root].true[column]
