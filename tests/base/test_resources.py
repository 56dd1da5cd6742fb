"""Where the files that come with the program are."""

from __future__ import annotations

import pytest

from simulator.base import resources
from simulator.base.errors import InputError


def test_everything_shipped_is_there():
    assert (resources.KADERS / "swv-2014.yaml").is_file()
    assert (resources.WORLD / "swv.csv").is_file()
    assert (resources.shipped("scenarios") / "invoering-2014.yaml").is_file()
    assert (resources.shipped("templates") / "document.html.j2").is_file()


def test_a_shipped_name_gives_its_file(write):
    file = write("shipped/one.yaml", "x")
    assert resources.find("one", file.parent) == file


@pytest.mark.parametrize("name", ["sub/other", "other.yaml", "other.yml", "sub\\other"])
def test_what_looks_like_a_path_is_one_even_when_a_shipped_name_is_near(name, write):
    folder = write("shipped/other.yaml", "x").parent
    assert resources.find(name, folder, folder.parent) == folder.parent / name


def test_a_file_beside_wins_from_a_shipped_name(write):
    shipped = write("shipped/one.yaml", "x").parent
    beside = write("here/one", "y")
    assert resources.find("one", shipped, beside.parent) == beside


def test_an_unknown_name_is_refused_with_the_nearest(write):
    folder = write("shipped/invoering.yaml", "x").parent
    with pytest.raises(InputError) as caught:
        resources.find("invoerin", folder)
    (problem,) = caught.value.problems
    assert problem.message == "there is no file or shipped name 'invoerin'"
    assert problem.hint == "Did you mean invoering?"


def test_without_shipped_names_a_path_is_asked_for(tmp_path):
    with pytest.raises(InputError) as caught:
        resources.find("x", tmp_path)
    assert caught.value.problems[0].hint.startswith("Give a shipped name, or the path")


@pytest.mark.parametrize("name", ["a" * 300, "é" * 150, "a\0b"], ids=["letters", "bytes", "nul"])
def test_a_name_that_no_file_can_have_is_an_unknown_name(tmp_path, name):
    with pytest.raises(InputError) as caught:
        resources.find(name, tmp_path)
    assert caught.value.problems[0].message.startswith("there is no file or shipped name '")
    assert len(caught.value.problems[0].message) < 120


def test_a_folder_is_left_to_what_reads_it(write, tmp_path):
    # the reader tells that a file is needed, which says more than that the name is unknown
    folder = write("here/file.yaml", "x").parent
    assert resources.find("here", tmp_path / "shipped", tmp_path) == folder


def test_the_digest_is_sha_256(write):
    # the published SHA-256 of the three letters abc
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert resources.digest(write("a.txt", "abc")) == digest


def test_the_digest_does_not_see_the_kind_of_line_ends(tmp_path):
    (tmp_path / "unix").write_bytes(b"a\nb\n")
    (tmp_path / "windows").write_bytes(b"a\r\nb\r\n")
    (tmp_path / "other").write_bytes(b"a\nc\n")
    assert resources.digest(tmp_path / "unix") == resources.digest(tmp_path / "windows")
    assert resources.digest(tmp_path / "unix") != resources.digest(tmp_path / "other")
