"""Killed at any moment, a run goes on with all chunks that were whole, and ends with the same bytes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from simulator.outcomes import chunks, executors, replaying, running, store
from simulator.outcomes.running import How
from simulator.world import scenario as scenarios
from tests.conftest import bytes_of

N = 24
RESUME = How(resume=True)
ENOUGH = 60
"""More places than there are at which a run can be killed."""


class Killed(BaseException):
    """Nothing that comes after it happens."""


class Disk:
    """Lets the process die at a write, link, rename or removal; a write is half done then."""

    def __init__(self, monkeypatch, at):
        self.left = at
        self.put = 0
        for where, name in ((Path, "rename"), (Path, "replace"), (Path, "unlink"), (shutil, "rmtree"), (os, "link")):
            monkeypatch.setattr(where, name, self._dying(getattr(where, name)))
        opened, put = Path.open, chunks.Shelf.put

        def half(path, *_):
            with opened(path, "wb") as file:
                file.write(b"half")

        writing = self._dying(opened, half)
        monkeypatch.setattr(
            Path,
            "open",
            lambda path, mode="r", *rest, **more: (writing if "w" in mode else opened)(path, mode, *rest, **more),
        )

        def counted(shelf, until, *rest):
            put(shelf, until, *rest)
            self.put = until

        monkeypatch.setattr(chunks.Shelf, "put", counted)

    def _dying(self, real, before=lambda *_: None):
        def done(*arguments, **options):
            if ".lock" in str(arguments[0]):  # the system gives up the lock of a process that died
                return real(*arguments, **options)
            self.left -= 1
            if self.left == 0:
                before(*arguments)
            if self.left <= 0:
                raise Killed
            return real(*arguments, **options)

        return done


@pytest.fixture
def scenario(tiny_scenario, monkeypatch, tmp_path):
    """Three swv, chunks of ten, every replication played but once."""
    monkeypatch.setenv("INSPECTIE_SIM_RUNS", str(tmp_path / "runs"))
    monkeypatch.setattr(chunks, "SIZE", 10)
    chosen = scenarios.load(str(tiny_scenario))
    player = running.Player(chosen)
    results = [player.result(number) for number in range(N)]
    in_full = replaying.in_full(player, 0)
    monkeypatch.setattr(running, "Player", lambda _: player)
    monkeypatch.setattr(replaying, "in_full", lambda *_: in_full)
    monkeypatch.setattr(executors, "here", lambda _, tasks: ([results[n] for n in one] for one in tasks))
    return chosen


def killed(scenario, at, how=RESUME):
    """Whether a run was killed at an action, and up to which replication its chunks were whole."""
    with pytest.MonkeyPatch.context() as patch:
        disk = Disk(patch, at)
        try:
            running.run(scenario, N, how)
        except Killed:
            return True, disk.put
    return False, N


@pytest.mark.parametrize("first", [0, 10])
def test_killed_at_any_moment_nothing_that_was_whole_is_lost(scenario, tmp_path, first):
    whole = bytes_of(running.run(scenario, N, folder=tmp_path / "whole")[0].folder)
    places = 0
    for at in range(1, ENOUGH):
        shutil.rmtree(tmp_path / "runs", ignore_errors=True)
        if first:
            running.run(scenario, first)
        died, until = killed(scenario, at)
        if not died:
            break
        places += 1
        asked = []
        real = executors.here

        def counted(one, tasks, real=real, asked=asked):
            asked += [number for task in tasks for number in task]
            return real(one, tasks)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(executors, "here", counted)
            again = running.run(scenario, N, RESUME)[0]
        assert asked == list(range(max(until, first), N)), at
        assert bytes_of(again.folder) == whole, at
        running.run(scenario, N, How(force=True))  # whatever a kill has left behind goes with the next one
        assert [path.name for path in (tmp_path / "runs").iterdir()] == [again.id], at
    assert 15 < places < ENOUGH - 1


def test_killed_between_two_names_the_old_run_comes_back(scenario, tmp_path):
    old = running.run(scenario, 10)[0]
    before = bytes_of(old.folder)
    for at in range(1, ENOUGH):
        if not killed(scenario, at, RESUME)[0] or not old.folder.exists():
            break
    assert not old.folder.exists()
    with pytest.raises(store.InputError, match="24"):  # unfinished, with all of its replications
        running.run(scenario, 12)
    assert bytes_of(old.folder) == before


def test_a_run_of_which_the_chunks_are_still_there_is_finished(scenario, tmp_path):
    """Killed after the run got its name, before the chunks went."""
    for at in range(1, ENOUGH):
        shutil.rmtree(tmp_path / "runs", ignore_errors=True)
        died, _ = killed(scenario, at)
        finished = [one for one in store.listed() if one.state != "unfinished"]
        if died and finished:
            break
    assert [(one.state, one.replications) for one in store.listed()] == [("finished", N)]
    assert len(list((tmp_path / "runs").glob(".*.part"))) == 1
