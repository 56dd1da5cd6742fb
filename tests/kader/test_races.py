"""Checks of a process tree: names, and races between branches."""

from __future__ import annotations

import pytest
from kader_samples import TEXT

from simulator.kader import races
from simulator.kader.werkwijze import Node

WHO = {"label": TEXT, "actor": "swv", "source": "s", "confidence": "assumed"}


def step(name, *effects):
    return {"id": name, "step": {**WHO, "effects": list(effects)}}


def sets(name, bit):
    return step(name, {"set": bit})


def asks(name, bit, then=None):
    return {"id": name, "choice": [{"when": {"bit": bit}, "then": then or step(f"{name}_then")}]}


def sequence(name, *nodes):
    return {"id": name, "sequence": list(nodes)}


def parallel(name, *branches, join="all"):
    by = {"by": "2014-05-01"} if join == "by" else {}
    return {"id": name, "parallel": {"join": join, **by, "branches": list(branches)}}


def for_each(name, do, join="all"):
    return {"id": name, "for_each": {"over": "gemeenten", "join": join, "do": do}}


def loop(name, again, body):
    return {"id": name, "loop": {"max": 3, "again": {"bit": again}, "body": body}}


def found(tree, *attributes):
    """(node, message) of every problem."""
    return [(node, message) for message, node in races.problems(Node.model_validate(tree), set(attributes))]


def race(names):
    return f"branches that run at the same time write and read the same: {names}"


def test_a_tree_in_which_all_is_well():
    tree = sequence(
        "all",
        sets("one", "x"),
        asks("two", "x"),
        parallel("three", sets("left", "y"), sets("right", "z")),
        asks("four", "y"),
        asks("five", "founded"),
    )
    assert found(tree, "founded") == []


def test_an_id_used_twice_is_told_once():
    tree = sequence("all", step("one"), sequence("two", step("one"), step("one")))
    assert found(tree) == [("one", "the node id 'one' is used more than once")]


@pytest.mark.parametrize(
    "guard",
    [
        {"bit": "x"},
        {"variable": "x"},
        {"no": {"bit": "x"}},
        {"all": [{"bit": "founded"}, {"bit": "x"}]},
        {"any": [{"bit": "founded"}, {"all": [{"bit": "x"}]}]},
    ],
    ids=str,
)
def test_a_condition_on_what_nothing_sets_is_told(guard):
    tree = {"id": "ask", "choice": [{"when": guard, "then": step("go")}]}
    assert found(tree, "founded") == [("ask", "the condition asks for 'x', which no attribute or step sets")]
    assert found(sequence("all", sets("first", "x"), tree), "founded") == []


def test_a_loop_asks_as_well():
    assert [node for node, _ in found(loop("again", "x", step("go")))] == ["again"]
    assert found(loop("again", "x", sets("go", "x"))) == []


@pytest.mark.parametrize("effect", [{"clear": "x"}, {"variable": "x", "add": 1}, {"variable": "x", "to": 0}], ids=str)
def test_two_branches_may_not_write_the_same_in_different_ways(effect):
    tree = parallel("both", step("left", effect), sequence("deep", sets("right", "x")))
    assert found(tree) == [("both", race("x"))]


@pytest.mark.parametrize("effect", [{"set": "x"}, {"clear": "x"}, {"variable": "x", "add": 1}], ids=str)
def test_two_branches_may_write_the_same_where_the_order_does_not_matter(effect):
    assert found(parallel("both", step("left", effect), step("right", effect))) == []


@pytest.mark.parametrize("first", ["copy_content", "mend"])
@pytest.mark.parametrize("second", ["copy_content", "mend"])
def test_branches_may_work_at_the_same_part_of_the_plan(first, second):
    assert found(parallel("both", step("left", {first: "GOV-4"}), step("right", {second: "GOV-4"}))) == []


@pytest.mark.parametrize("guard", [{"already": "x"}, {"no": {"already": "x"}}, {"all": [{"already": "x"}]}], ids=str)
def test_what_was_set_before_the_instant_may_be_asked_by_another_branch(guard):
    asks_before = {"id": "right", "choice": [{"when": guard, "then": step("then")}]}
    assert found(parallel("both", sets("left", "x"), asks_before)) == []


def test_a_bit_that_nobody_sets_cannot_have_been_set_before():
    asks_before = {"id": "right", "choice": [{"when": {"already": "y"}, "then": step("then")}]}
    assert [node for node, _ in found(asks_before)] == ["right"]


def test_a_factor_on_a_duration_reads_as_well():
    slow = {
        "id": "right",
        "step": {**step("right")["step"], "time": {"takes": "p", "scaled": [{"by": "p", "when": {"bit": "x"}}]}},
    }
    assert found(parallel("both", sets("left", "x"), slow)) == [("both", race("x"))]


@pytest.mark.parametrize("turned", [False, True])
def test_a_branch_may_not_read_what_another_writes(turned):
    branches = [sets("left", "x"), asks("right", "x")]
    assert found(parallel("both", *(reversed(branches) if turned else branches))) == [("both", race("x"))]


def test_two_branches_may_read_the_same():
    assert found(parallel("both", asks("left", "founded"), asks("right", "founded")), "founded") == []


def test_a_branch_may_read_what_it_writes_itself():
    assert found(parallel("both", sequence("left", sets("a", "x"), asks("b", "x")), sets("right", "y"))) == []


def test_all_names_of_a_race_are_told_in_order():
    left, right = [{"set": "z"}, {"set": "a"}], [{"clear": "a"}, {"clear": "z"}]
    assert found(parallel("both", step("left", *left), step("right", *right))) == [("both", race("a, z"))]


def test_each_pair_of_branches_is_looked_at():
    tree = parallel("three", sets("left", "x"), step("middle"), step("right", {"clear": "x"}))
    assert found(tree) == [("three", race("x"))]


def test_a_race_deep_in_the_tree_is_found():
    inner = parallel("both", sets("left", "x"), step("right", {"clear": "x"}))
    for tree in (
        sequence("all", inner),
        loop("all", "founded", inner),
        asks("all", "founded", inner),
        parallel("all", inner, step("other")),
    ):
        assert found(tree, "founded") == [("both", race("x"))]


def test_items_may_set_the_same_but_not_turn_it_or_read_it():
    assert found(for_each("each", sequence("do", sets("one", "x"), step("two")))) == []
    assert found(for_each("each", step("one", {"variable": "x", "add": 1}))) == []
    assert found(for_each("each", sequence("do", sets("one", "x"), step("two", {"clear": "x"})))) == [
        ("each", race("x"))
    ]
    assert found(for_each("each", sequence("do", sets("one", "x"), asks("two", "x")))) == [("each", race("x"))]
    assert found(for_each("each", step("one", {"copy_content": "item"}))) == []
    assert found(for_each("each", asks("one", "founded")), "founded") == []


@pytest.mark.parametrize("join", ["any", "by"])
def test_a_late_branch_races_with_what_follows(join):
    late = parallel("late", sets("left", "x"), step("right"), join=join)
    assert found(sequence("all", late, asks("after", "x"))) == [("late", race("x"))]
    assert found(sequence("all", late, step("between"), step("after", {"clear": "x"}))) == [("late", race("x"))]
    assert found(sequence("all", late, sets("after", "y"))) == []
    assert found(sequence("all", asks("before", "founded"), late), "founded") == []


def test_a_branch_that_is_waited_for_does_not_race_with_what_follows():
    waited = parallel("waited", sets("left", "x"), step("right"))
    assert found(sequence("all", waited, asks("after", "x"))) == []


def test_a_late_branch_deep_down_races_with_what_follows_higher_up():
    late = sequence("inner", parallel("late", sets("left", "x"), step("right"), join="any"))
    assert found(sequence("all", parallel("outer", late, step("other")), asks("after", "x"))) == [("late", race("x"))]


def test_late_items_race_with_what_follows():
    late = for_each("late", step("one", {"set": "x"}), join="any")
    assert [node for node, _ in found(sequence("all", late, asks("after", "x")))] == ["late"]
    assert found(sequence("all", late, step("then", {"set": "y"}))) == []


@pytest.mark.parametrize("join", ["any", "by"])
def test_a_late_branch_races_with_the_next_round_of_its_loop(join):
    # the first round may still be writing when the second begins, and when the loop asks whether to go on
    late = parallel("late", sets("left", "x"), step("right"), join=join)
    assert ("late", race("x")) in found(loop("again", "x", late))
    body = sequence("body", step("first", {"clear": "x"}), late)
    assert ("late", race("x")) in found(loop("again", "founded", body), "founded")


@pytest.mark.parametrize("guard", [{"lacks": "item"}, {"in_law": "item"}, {"bit": "item.x"}], ids=str)
def test_what_is_about_an_item_stands_in_a_list(guard):
    ask = {"id": "ask", "choice": [{"when": guard, "then": step("then")}]}
    mark = step("mark", {"set": "item.x"})
    inside = {"id": "each", "for_each": {"over": "elements", "do": {"id": "both", "sequence": [mark, ask]}}}
    assert not any("for_each" in message for _, message in found(inside))
    outside = {"id": "both", "sequence": [step("a"), ask]}
    assert [node for node, message in found(outside) if "for_each" in message] == ["ask"]


def test_bits_of_a_round_cannot_race_with_those_of_more_rounds():
    own = sequence("own", sets("set", "round.x"), asks("ask", "round.x"))
    other = sequence("other", sets("set_2", "round.x"), asks("ask_2", "round.x"))
    assert found(parallel("both", own, loop("rounds", "again", sequence("body", sets("go", "again"), other)))) == []
    assert found(parallel("both", own, other)) == [("both", race("round.x"))]
    within = parallel("both", own, other)
    deep = loop("rounds", "again", sequence("body", sets("go", "again"), within))
    assert found(deep) == [("both", race("round.x"))]
