"""The law on a day in a sector."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kader_samples import duty, law_of, version

from simulator.kader import law

DAY = date(2014, 5, 1)


def order(*duties, day=DAY, sector="po"):
    return list(law.law_on(law_of(*duties), day, sector).versions)


def found_cycles(*duties):
    return [(day.isoformat(), sector, path) for day, sector, path in law.cycles(law_of(*duties))]


def test_prerequisites_come_first_and_the_rest_in_order_of_id():
    duties = [
        duty("A-1", requires=["Z-1"]),
        duty("B-1"),
        duty("M-1", requires=["A-1", {"any": ["Z-1", "B-1"]}]),
        duty("Z-1"),
    ]
    # B before Z (both free), then A as soon as Z is done, then M
    assert order(*duties) == ["B-1", "Z-1", "A-1", "M-1"]


_links = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=10)


@settings(max_examples=60, deadline=None)
@given(_links, st.permutations(range(7)), st.permutations(range(7)))
def test_the_order_does_not_depend_on_the_file(links, names, shuffled):
    # an edge goes from a lower number to a higher one, under names in any order: no cycles
    requires = {
        number: sorted({f"A-{names[low]}" for low, high in links if low < high == number}) for number in range(7)
    }
    duties = [duty(f"A-{names[number]}", requires=requires[number]) for number in range(7)]
    there = law.law_on(law_of(*duties), DAY, "po")
    again = law.law_on(law_of(*(duties[number] for number in shuffled)), DAY, "po")
    assert list(there.versions) == list(again.versions)
    assert set(there.graph.edges) == set(again.graph.edges)
    place = {name: number for number, name in enumerate(there.versions)}
    assert all(place[before] < place[after] for before, after in there.graph.edges)
    assert set(there.graph.edges) == {(low, f"A-{names[number]}") for number in range(7) for low in requires[number]}


def test_only_what_holds_on_the_day_in_the_sector_is_law():
    duties = [
        duty("A-1", sector="po", article={"po": "x"}),
        duty("B-1", sector="vo", article={"vo": "x"}, requires=["A-1"]),
        duty("C-1", in_force={"from": "2014-08-01"}, requires=["A-1"]),
        duty("D-1", in_force={"from": "2013-01-01", "until": "2014-07-31"}),
    ]
    assert order(*duties) == ["A-1", "D-1"]
    assert order(*duties, sector="vo") == ["B-1", "D-1"]
    assert order(*duties, day=date(2014, 8, 1)) == ["A-1", "C-1"]
    assert order(*duties, day=date(2012, 1, 1)) == []


def test_the_version_of_the_day_is_taken():
    one = duty(
        "A-1",
        version(in_force={"from": "2013-01-01", "until": "2014-07-31"}, source="old"),
        version(in_force={"from": "2014-08-01"}, source="new"),
    )
    sources = [law.law_on(law_of(one), day, "po").versions["A-1"].source for day in (DAY, date(2014, 8, 1))]
    assert sources == ["old", "new"]


def test_what_is_required_but_does_not_hold_is_left_out():
    graph = law.graph_of(law_of(duty("A-1", requires=["B-1", "C-1"]), duty("B-1")), DAY, "po")
    assert sorted(graph.edges) == [("B-1", "A-1")]


def test_the_law_changes_when_a_version_begins_and_the_day_after_one_ends():
    duties = law_of(
        duty("A-1", in_force={"from": "2013-08-01", "until": "2014-07-31"}),
        duty("B-1", in_force={"from": "2013-01-01"}),
        duty("C-1", in_force={"from": "2014-08-01"}),
    )
    assert law.changes(duties) == [date(2013, 1, 1), date(2013, 8, 1), date(2014, 8, 1)]


def test_a_law_without_cycles_has_none():
    assert found_cycles(duty("A-1"), duty("B-1", requires=["A-1"]), duty("C-1", requires=["A-1", "B-1"])) == []


@pytest.mark.parametrize("turned", [False, True])
def test_a_cycle_is_told_once_from_its_first_id(turned):
    # A needs B, B needs C, C needs A: C comes before B comes before A comes before C
    duties = [duty("C-1", requires=["A-1"]), duty("A-1", requires=["B-1"]), duty("B-1", requires=["C-1"]), duty("D-1")]
    found = found_cycles(*(reversed(duties) if turned else duties))
    assert found == [("2013-01-01", "po", ["A-1", "C-1", "B-1"])]


def test_a_duty_that_requires_itself_is_a_cycle():
    assert found_cycles(duty("A-1", requires=["A-1"])) == [("2013-01-01", "po", ["A-1"])]


def test_a_cycle_begins_when_its_last_duty_does():
    duties = [duty("A-1", requires=["B-1"], in_force={"from": "2014-08-01"}), duty("B-1", requires=["A-1"])]
    assert found_cycles(*duties) == [("2014-08-01", "po", ["A-1", "B-1"])]


def test_a_cycle_of_one_sector_names_that_sector():
    vo = {"sector": "vo", "article": {"vo": "x"}}
    assert found_cycles(duty("A-1", requires=["B-1"]), duty("B-1", requires=["A-1"], **vo)) == [
        ("2013-01-01", "vo", ["A-1", "B-1"])
    ]


def test_two_cycles_apart_are_both_told():
    duties = [
        duty("A-1", requires=["B-1"]),
        duty("B-1", requires=["A-1"]),
        duty("C-1", requires=["D-1"]),
        duty("D-1", requires=["C-1"]),
    ]
    assert sorted(path for _, _, path in found_cycles(*duties)) == [["A-1", "B-1"], ["C-1", "D-1"]]


def test_duties_that_hold_one_after_the_other_make_no_cycle():
    duties = [
        duty("A-1", requires=["B-1"], in_force={"from": "2013-01-01", "until": "2014-07-31"}),
        duty("B-1", requires=["A-1"], in_force={"from": "2014-08-01"}),
    ]
    assert found_cycles(*duties) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=8), st.permutations(range(5)))
def test_a_cycle_that_is_told_is_one_and_none_is_passed_over(links, shuffled):
    requires = {number: sorted({f"A-{low}" for low, high in links if high == number}) for number in range(5)}
    found = found_cycles(*(duty(f"A-{number}", requires=requires[number]) for number in shuffled))
    for _, _, path in found:
        following = [*path[1:], path[0]]
        assert all(before in requires[int(after[2:])] for before, after in zip(path, following, strict=True))
    # taking away duties without open prerequisites until none is left works when there is no cycle
    left = dict(requires)
    while free := [number for number, needs in left.items() if not {int(name[2:]) for name in needs} & set(left)]:
        for number in free:
            del left[number]
    assert bool(found) == bool(left)
