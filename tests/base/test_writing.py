"""Files are written whole or not at all, also when they are made piece by piece."""

import pytest

from simulator.base import writing
from simulator.base.errors import InputError


def test_pieces_make_the_same_file_as_the_whole(tmp_path):
    writing.write(tmp_path / "a", "één\ntwee\n")
    writing.write(tmp_path / "b", (piece for piece in ("één\n", "twee\n")))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() == "één\ntwee\n".encode()


def test_a_break_in_the_middle_leaves_the_old_file_and_nothing_else(tmp_path):
    (tmp_path / "a").write_text("old", encoding="utf-8")

    def pieces(fault):
        yield "new"
        raise fault

    with pytest.raises(KeyboardInterrupt):
        writing.write(tmp_path / "a", pieces(KeyboardInterrupt()))
    with pytest.raises(InputError, match="disk is full"):
        writing.write(tmp_path / "a", pieces(OSError("disk is full")))
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text(encoding="utf-8") == "old"
