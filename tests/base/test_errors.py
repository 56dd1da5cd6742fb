"""Errors as a product."""

from __future__ import annotations

import pickle

import pytest

from simulator.base import language
from simulator.base.errors import InputError, Problem, RunFailed, SimulatorError, nearest


@pytest.mark.parametrize(
    ("problem", "place"),
    [
        (Problem("m"), ""),
        (Problem("m", "a.yaml"), "a.yaml"),
        (Problem("m", "a.yaml", 3), "a.yaml:3"),
        (Problem("m", "a.yaml", 3, 7), "a.yaml:3:7"),
    ],
)
def test_the_place_is_as_exact_as_known(problem, place):
    assert problem.place == place


def test_the_caret_stands_under_the_column():
    problem = Problem("wrong", "a.yaml", 2, 5, "abc: def", "Do this.")
    assert problem.as_text().splitlines() == ["a.yaml:2:5: wrong", "    abc: def", "        ^", "    Do this."]


def test_a_problem_without_a_file_is_its_message():
    assert Problem("wrong").as_text() == "wrong"
    assert Problem("wrong", hint="Do this.").as_text() == "wrong\n    Do this."


def test_an_excerpt_without_a_column_has_no_caret():
    assert Problem("wrong", "a.yaml", 2, 0, "abc").as_text() == "a.yaml:2: wrong\n    abc"


def test_data_holds_only_what_is_known_and_always_the_message():
    assert Problem("wrong", "a.yaml", 2).as_data() == {"message": "wrong", "file": "a.yaml", "line": 2}
    assert Problem("").as_data() == {"message": ""}


def test_an_input_error_carries_all_problems():
    one, two = Problem("one"), Problem("two", "b.yaml")
    assert InputError(one).problems == (one,)
    error = InputError(iter([one, two]))
    assert error.problems == (one, two)
    assert str(error) == "one\nb.yaml: two"


def test_exit_codes_tell_the_kinds_apart():
    assert (InputError(()).exit_code, RunFailed("x").exit_code, SimulatorError("x").exit_code) == (2, 1, 3)


def test_an_input_error_comes_back_from_another_process_whole():
    # a worker process sends its errors to the main process by pickling them
    error = InputError([Problem("one", "a.yaml", 1), Problem("two")])
    back = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert isinstance(back, InputError)
    assert back.problems == error.problems


def test_the_nearest_names_are_offered_first():
    assert nearest("PLAN-z", ["PLAN-a", "PROC-1", "GOV-1"]) == "Did you mean PLAN-a?"


def test_few_names_are_listed_in_order_when_none_is_near():
    assert nearest("xyz", ["b", "a", "b"]) == "Possible: a, b"


def test_many_names_are_not_listed():
    assert nearest("xyz", [f"name{number}" for number in range(12)]).startswith("Possible: name0, ")
    assert nearest("xyz", [f"name{number}" for number in range(13)]) == ""


def test_nothing_is_offered_from_nothing():
    assert nearest("xyz", []) == ""


def test_the_offer_follows_the_language():
    language.choose("nl")
    assert nearest("PLAN-z", ["PLAN-a"]) == language.texts("nl")["hint.nearest"].format(names="PLAN-a")
    assert "Did you mean" not in nearest("PLAN-z", ["PLAN-a"])
