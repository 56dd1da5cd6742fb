"""Reading YAML with places."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.base import language, yamlfile
from simulator.base.errors import InputError
from simulator.base.yamlfile import Place


@pytest.fixture
def read(tmp_path):
    def reader(content):
        path = tmp_path / "file.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return yamlfile.read(path)

    return reader


def problems(read, content):
    with pytest.raises(InputError) as caught:
        read(content)
    return [(problem.message, problem.line, problem.column) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("NULL", None),
        ("nULL", "nULL"),
        ("true", True),
        ("True", True),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("12", 12),
        ("-3", -3),
        ("+3", 3),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("0.5", 0.5),
        (".5", 0.5),
        (".05", 0.05),
        ("1.", 1.0),
        ("1e3", 1000.0),
        ("-2.5E-1", -0.25),
        (".", "."),
        ("1.2.3", "1.2.3"),
        ("2014-05-01", "2014-05-01"),
        ("123456789012345678", 123456789012345678),
        ("9223372036854775807", 9223372036854775807),
        ("-9223372036854775808", -9223372036854775808),
        ("9223372036854775808", "9223372036854775808"),
        ("0" * 30, "0" * 30),
    ],
)
def test_plain_scalars_follow_the_core_schema(text, value):
    found = yamlfile.plain(text)
    assert found == value
    assert type(found) is type(value)


def test_quoted_scalars_stay_texts(read):
    assert read("a: \"12\"\nb: 'true'\nc: |\n  12\nd: 12\n").data == {"a": "12", "b": "true", "c": "12\n", "d": 12}


def test_every_key_and_value_knows_its_place(read):
    document = read("a: 1\nb:\n  - x\n  - c: 2\n    d: {e: 3}\n")
    assert document.data == {"a": 1, "b": ["x", {"c": 2, "d": {"e": 3}}]}
    assert document.keys[("b", 1, "d", "e")] == Place(5, 9)
    assert document.values[("b", 1, "d", "e")] == Place(5, 12)
    assert document.values[("b", 0)] == Place(3, 5)
    assert document.values[("a",)] == Place(1, 4)
    assert document.values[()] == Place(1, 1)


def test_the_place_of_what_is_not_there_is_what_stands_around_it(read):
    document = read("a: 1\nb:\n  c: 2\n")
    assert document.place(("b", "c", "d", 4)) == Place(3, 6)
    assert document.place(("b", "z"), key=True) == Place(3, 3)
    assert document.place(("b", "c"), key=True) == Place(3, 3)
    assert document.place(("z",)) == Place(1, 1)


def test_a_problem_shows_the_line_it_stands_on(read):
    problem = read("a: 1\nb: 2\n").problem("wrong", ("b",), hint="Do this.")
    assert (problem.line, problem.column, problem.excerpt, problem.hint) == (2, 4, "b: 2", "Do this.")
    assert problem.file.endswith("file.yaml")


def test_a_long_line_is_cut_around_the_place(read):
    document = read("a: " + "x" * 200 + "\n")
    assert document.problem_at("wrong", Place(1, 1)).excerpt == "a: " + "x" * 117
    assert document.problem_at("wrong", Place(1, 150)).excerpt == "x" * 113  # columns 91 to 203
    assert document.problem_at("wrong", Place(9, 1)).excerpt == ""


def test_the_caret_stands_right_below_a_long_line(read):
    line = "a: {" + ", ".join(f"key{number}: {number}" for number in range(30)) + ", wrong: here}"
    problem = read(line + "\n").problem("wrong", ("a", "wrong"))
    lines = problem.as_text().splitlines()
    assert lines[1][lines[2].index("^") :].startswith("here")


@pytest.mark.parametrize(
    "content",
    ["a: é\n".encode(), "\ufeffa: é\n".encode(), "a: é\r\n".encode(), "a: é\n".encode("utf-16")],
    ids=["utf-8", "mark", "windows lines", "utf-16"],
)
def test_the_usual_encodings_are_read(read, content):
    assert read(content).data == {"a": "é"}


def test_another_encoding_is_refused_at_its_character(read):
    with pytest.raises(InputError) as caught:
        read("a: 1\nbé: 2\n".encode("cp1252"))
    (problem,) = caught.value.problems
    assert (problem.line, problem.column, problem.excerpt) == (2, 2, "bé: 2")
    assert problem.message == "this character is not in UTF-8"
    assert "UTF-8" in problem.hint


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", [("the key 'a' stands here for the second time (first on line 1)", 3, 1)]),
        ("a: 1\nb:\n    c: 1\n    c: 2\n", [("the key 'c' stands here for the second time (first on line 3)", 4, 5)]),
        ("a: &x 1\n", [("anchors, aliases and tags are not used here", 1, 4)]),
        ("a: [1]\nb: *x\n", [("anchors, aliases and tags are not used here", 2, 4)]),
        ("a: !!python/name:os.system x\n", [("anchors, aliases and tags are not used here", 1, 4)]),
        ("a: !t {b: 1}\n", [("anchors, aliases and tags are not used here", 1, 4)]),
        ("a: 1\n---\nb: 2\n", [("one document per file; a second one begins here", 2, 1)]),
        ("? [1, 2]\n: 3\n", [("a list or a mapping cannot be a key", 1, 3)]),
    ],
    ids=["twice", "twice inside", "anchor", "alias", "tag", "tag of a mapping", "documents", "key"],
)
def test_structural_problems_have_their_place(read, content, expected):
    assert problems(read, content) == expected


def test_all_structural_problems_come_together(read):
    found = problems(read, "a: &x 1\na: 2\nb: !t 3\n")
    assert [(line, column) for _, line, column in found] == [(1, 4), (2, 1), (3, 4)]


def test_the_first_of_two_equal_keys_counts_for_the_second_message(read):
    assert [line for _, line, _ in problems(read, "a: 1\na: 2\na: 3\n")] == [2, 3]


def test_not_more_than_fifty_problems_are_told(read):
    assert len(problems(read, "".join(f"a{number}: &x 1\n" for number in range(60)))) == 50


def test_a_syntax_error_has_its_place(read):
    ((message, line, _),) = problems(read, "a: 1\nb: [1, 2\nc: 3\n")
    assert message.startswith("this is no valid YAML: ")
    assert line == 3


@pytest.mark.parametrize("text", ["a: 1\n%b: 2\n", "a: |x\n  b\n", "a: !x!y z\n"])
def test_a_syntax_error_is_told_in_the_language_of_the_user(read, text):
    """Also one of which the parser knows more kinds than there are texts."""
    language.choose("nl")
    ((message, *_),) = problems(read, text)
    assert message.startswith("dit is geen geldige YAML: ")
    assert not {"found", "did", "expected"} & set(message.split())


def test_structural_problems_before_a_syntax_error_are_told_with_it(read):
    assert [line for _, line, _ in problems(read, "a: 1\na: 2\nb: ]\n")] == [2, 3]


@pytest.mark.parametrize("depth", [yamlfile.MAX_DEPTH + 1, 50_000])
def test_endless_nesting_is_a_message(read, depth):
    ((message, line, column),) = problems(read, "[" * depth)
    assert message == "this is nested too deeply"
    assert (line, column) == (1, yamlfile.MAX_DEPTH + 1)


def test_deep_nesting_within_the_limit_is_read(read):
    data = read("[" * yamlfile.MAX_DEPTH + "]" * yamlfile.MAX_DEPTH).data
    for _ in range(yamlfile.MAX_DEPTH - 1):
        (data,) = data
    assert data == []


def test_a_file_of_comments_holds_nothing(read):
    assert read("# nothing\n").data is None


@pytest.mark.parametrize("content", [b"", b" \n\t\n"])
def test_an_empty_file_is_refused(read, content):
    assert problems(read, content) == [("the file is empty", 1, 1)]


def test_a_binary_file_is_refused(read):
    assert problems(read, b"a: \x00\n") == [("this is no text file", 0, 0)]


def test_a_file_over_the_limit_is_refused(read):
    assert problems(read, b"#" * (yamlfile.MAX_BYTES + 1)) == [("the file is larger than 2 MB", 0, 0)]


def test_a_file_at_the_limit_is_read(read):
    assert read(b"#" * (yamlfile.MAX_BYTES - 5) + b"\na: 1").data == {"a": 1}


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    with pytest.raises(InputError) as folder:
        yamlfile.read(tmp_path)
    assert folder.value.problems[0].message == "this is a folder; a file is needed"
    with pytest.raises(InputError) as missing:
        yamlfile.read(tmp_path / "no.yaml")
    assert missing.value.problems[0].message == "there is no such file"
    assert missing.value.problems[0].file.endswith("no.yaml")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device")
def test_what_is_no_ordinary_file_is_refused():
    with pytest.raises(InputError, match="ordinary"):
        yamlfile.read(Path("/dev/zero"))


def test_a_name_that_no_system_takes_is_refused(tmp_path):
    with pytest.raises(InputError):
        yamlfile.read(tmp_path / "a\0b")
    with pytest.raises(InputError):
        yamlfile.read(tmp_path / ("a" * 300))


_scalars = st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text("ab c:#-'\"é\n", max_size=8)
_data = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcd", min_size=1, max_size=3), inner),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(_data)
def test_what_is_written_in_json_comes_back(tmp_path_factory, data):
    # JSON is YAML; the other way round goes through another library
    import json

    path = tmp_path_factory.mktemp("json") / "file.yaml"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8", newline="\n")
    assert yamlfile.read(path).data == data


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("bytes") / "file.yaml"
    path.write_bytes(content)
    found, document = (), None
    try:
        document = yamlfile.read(path)
    except InputError as error:
        found = error.problems
    assert bool(found) != (document is not None)


@settings(max_examples=60, deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_keeps_its_value(value):
    found = yamlfile.plain(repr(value))
    assert math.isclose(float(found), value, rel_tol=0, abs_tol=0)
