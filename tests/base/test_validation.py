"""Errors of pydantic at their place in the file, in the language of the user."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import Field

from simulator.base import language, yamlfile
from simulator.base.errors import InputError, Problem
from simulator.base.fields import Date, known_name
from simulator.base.validation import Strict, format_problem, unique, validated


class Leaf(Strict):
    size: Annotated[int, Field(ge=1, le=9)]
    weight: Annotated[float, Field(gt=0)] = 1.0
    started: Date | None = Field(default=None, alias="from")


class Round(Strict):
    shape: Literal["round"]
    radius: float


class Square(Strict):
    shape: Literal["square"]
    side: float


class Tree(Strict):
    name: str
    kind: Literal["oak", "elm"] = "oak"
    tall: bool = False
    leaves: list[Leaf] = []
    named: dict[str, Leaf] = {}
    code: Annotated[str, Field(pattern=r"^[a-z]+$")] = "a"
    needed: Annotated[list[int], Field(min_length=1)] = [1]
    event: Annotated[str, known_name("events")] = "sent"
    crown: Annotated[Round | Square, Field(discriminator="shape")] | None = None


@pytest.fixture
def read(write):
    def reader(text, context=None):
        return validated(Tree, yamlfile.read(write("tree.yaml", text)), "tree", context)

    return reader


def problems(read, text, context=None):
    with pytest.raises(InputError) as caught:
        read(text, context)
    return caught.value.problems


def test_a_good_file_becomes_its_model(read):
    tree = read('format: tree/1\nname: x\nleaves:\n  - {size: 2, from: "2014-05-01"}\n')
    assert tree.leaves[0].size == 2
    assert tree.leaves[0].started.year == 2014


def test_what_is_read_does_not_change(read):
    tree = read("format: tree/1\nname: x\n")
    with pytest.raises(ValueError, match="frozen"):
        tree.name = "y"


@pytest.mark.parametrize(
    ("first", "message", "line"),
    [
        ("format: tree/2", "'tree/2' was made for a newer version of the program; this one reads tree/1", 1),
        ("format: tree/0", "'tree/0' is an older form that is no longer read; CHANGELOG names what changed since", 1),
        ("format: plan/1", "'plan/1' is another kind of file", 1),
        ("format: tree/x", "'tree/x' is another kind of file", 1),
        ("format: tree", "'tree' is another kind of file", 1),
        ("# nothing", "the line with the format is missing", 1),
    ],
)
def test_the_format_line_is_looked_at(read, first, message, line):
    (problem,) = problems(read, f"{first}\nname: x\n")
    assert problem.message.startswith(message)
    assert problem.line == line


def test_a_wrong_format_comes_with_the_other_problems(read):
    found = problems(read, "name: x\nformat: tree/2\nkind: ash\n")
    assert [problem.line for problem in found] == [2, 3]


@pytest.mark.parametrize("text", ["- a\n", "a\n", "# nothing\n"])
def test_a_file_that_is_no_mapping_is_refused(read, text):
    (problem,) = problems(read, text)
    assert problem.message == "the file must be a list of keys and values that begins with 'format: tree/1'"


def test_a_good_format_is_no_problem(write):
    document = yamlfile.read(write("a.yaml", "format: tree/1\n"))
    assert format_problem(document, "tree", 1) is None
    assert format_problem(document, "tree", 2) is not None


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        ("nam: y", 1, "unknown key 'nam'"),
        ("kind: ash", 7, "'ash' is not possible here"),
        ("tall: maybe", 7, "tall: this must be true or false, not 'maybe'"),
        ("tall: [1]", 7, "tall: this must be true or false, not '[1]'"),
        ("leaves: 3", 9, "leaves: this must be a list"),
        ("named: 3", 8, "named: this must be a list of keys and values"),
        ("leaves: [3]", 10, "leaves.0: this must be a list of keys and values"),
        ("leaves: [{size: x}]", 17, "leaves.0.size: this must be a whole number, not 'x'"),
        ("leaves: [{size: 1.5}]", 17, "leaves.0.size: this must be a whole number, not '1.5'"),
        ("leaves: [{size: [1]}]", 17, "leaves.0.size: this must be a whole number, not '[1]'"),
        ('leaves: [{size: "3"}]', 17, "leaves.0.size: this must be a whole number, not '3'"),
        ("leaves: [{size: true}]", 17, "leaves.0.size: this must be a whole number, not 'true'"),
        ('tall: "true"', 7, "tall: this must be true or false, not 'true'"),
        ("leaves: [{size: 1, weight: 1e999}]", 28, "leaves.0.weight: this must be a finite number"),
        ("leaves: [{size: 0}]", 17, "leaves.0.size: must be at least 1, not '0'"),
        ("leaves: [{size: 10}]", 17, "leaves.0.size: must be at most 9, not '10'"),
        ("leaves: [{size: 1, weight: 0}]", 28, "leaves.0.weight: must be more than 0, not '0'"),
        ("leaves: [{size: 1, weight: x}]", 28, "leaves.0.weight: this must be a number, not 'x'"),
        ("leaves: [{size: 1, weight: [1]}]", 28, "leaves.0.weight: this must be a number, not '[1]'"),
        ("leaves: [{size: 1, from: 2014-02-30}]", 26, "'2014-02-30' is no date that exists (yyyy-mm-dd)"),
        ("leaves: [{size: 1, form: x}]", 20, "unknown key 'form'"),
        ("leaves: [{}]", 10, "the key 'size' is missing"),
        ("named: {one: {size: 0}}", 21, "named.one.size: must be at least 1, not '0'"),
        ("code: A1", 7, "code: 'A1' has not the right form"),
        ("needed: []", 9, "needed: at least 1 is needed here"),
        ("code: [a]", 7, "code: this must be a text"),
        ("event: sended", 8, "'sended' is not known (events)"),
        ("crown: {shape: round, radius: x}", 31, "crown.radius: this must be a number, not 'x'"),
        ("crown: {shape: square, radius: 1, side: 1}", 24, "unknown key 'radius'"),
    ],
)
def test_every_kind_of_error_has_its_text_and_place(read, line, column, message):
    (problem,) = problems(read, f"format: tree/1\nname: x\n{line}\n", {"events": {"sent"}})
    assert problem.message == message
    assert (problem.line, problem.column) == (3, column)
    assert problem.excerpt == line


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("leafs: []", "Did you mean leaves?"),
        ("kind: elk", "Did you mean elm?"),
        ("kind: birch", "Possible: elm, oak"),
        ("leaves: [{size: 1, form: x}]", "Did you mean from?"),
        ("named: {one: {size: 1, sise: 2}}", "Did you mean size?"),
        ("event: sended", "Did you mean sent?"),
    ],
)
def test_the_nearest_possible_name_is_offered(read, line, hint):
    (problem,) = problems(read, f"format: tree/1\nname: x\n{line}\n", {"events": {"sent"}})
    assert problem.hint == hint


def test_a_missing_key_points_at_what_lacks_it(read):
    (problem,) = problems(read, "format: tree/1\nkind: oak\n")
    assert problem.message == "the key 'name' is missing"
    assert problem.line == 1
    (inner,) = problems(read, "format: tree/1\nname: x\nleaves:\n  - size: 1\n  - weight: 2\n")
    assert (inner.message, inner.line) == ("the key 'size' is missing", 5)


def test_all_problems_come_together_in_the_order_of_the_file(read):
    found = problems(read, "format: tree/1\nleaves: [{size: 0}, {size: x}]\nzzz: 1\nkind: ash\nname: x\n")
    assert [(problem.line, problem.column) for problem in found] == [(2, 17), (2, 28), (3, 1), (4, 7)]


def test_a_long_value_is_cut_in_the_message(read):
    (problem,) = problems(read, f"format: tree/1\nname: x\nkind: {'a' * 100}\n")
    assert problem.message == f"'{'a' * 57}...' is not possible here"


def test_the_message_follows_the_language(read):
    language.choose("nl")
    (problem,) = problems(read, "format: tree/1\nname: x\nleaves: [{size: 0}]\n")
    text = language.texts("nl")["value.greater_than_equal"].format(ge=1, value=0)
    assert problem.message == f"leaves.0.size: {text}"


def test_problems_are_told_once_in_the_order_of_the_file():
    late, early, other = Problem("late", "a", 5), Problem("early", "a", 2), Problem("other", "b", 1)
    assert unique([late, other, early, late]) == [early, late, other]
