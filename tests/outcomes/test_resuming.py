"""Runs that are broken off, extended, fought over, or stopped by their precision."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace

import polars
import pytest
from filelock import FileLock

from simulator.base.errors import InputError, RunFailed
from simulator.outcomes import chunks, executors, running, store
from simulator.outcomes.running import How, Precision
from simulator.world import scenario as scenarios
from tests.conftest import bytes_of


@pytest.fixture
def scenario(tiny_scenario, monkeypatch, tmp_path):
    monkeypatch.setenv("INSPECTIE_SIM_RUNS", str(tmp_path / "runs"))
    return scenarios.load(str(tiny_scenario))


@pytest.fixture(autouse=True)
def _small_chunks(request, monkeypatch):
    """Chunks of ten, so that a few replications make several."""
    if "real_chunks" not in request.keywords:
        monkeypatch.setattr(chunks, "SIZE", 10)
        monkeypatch.setattr(running, "_LEAST", 20)


class Broken(Exception):
    pass


@pytest.fixture
def break_after(monkeypatch):
    """A function that lets playing break off after a number of replications."""
    real = executors.here

    def set_up(most):
        def broken(scenario, tasks):
            played = 0
            for batch in real(scenario, tasks):
                if played >= most:
                    raise Broken
                played += len(batch)
                yield batch

        monkeypatch.setattr(executors, "here", broken)

    yield set_up
    monkeypatch.setattr(executors, "here", real)


@pytest.fixture
def whole(scenario, tmp_path):
    """A run of 24 replications that was never broken off."""
    return running.run(scenario, 24, folder=tmp_path / "whole")[0]


def test_a_run_that_was_broken_off_ends_with_the_same_bytes(scenario, whole, break_after, monkeypatch, tmp_path):
    real = executors.here
    break_after(15)
    with pytest.raises(Broken):
        running.run(scenario, 24)
    (part,) = [path for path in (tmp_path / "runs").iterdir() if path.suffix == ".part"]
    assert chunks.Shelf(part).whole() == 10
    asked = []

    def counted(one, tasks):
        asked.extend(tasks)
        return real(one, asked)

    monkeypatch.setattr(executors, "here", counted)
    resumed, _ = running.run(scenario, 24, How(resume=True))
    assert sum(map(len, asked)) == 14
    assert bytes_of(resumed.folder) == bytes_of(whole.folder)
    assert [path.name for path in (tmp_path / "runs").iterdir()] == [resumed.id]


def test_an_unfinished_run_is_neither_lost_nor_gone_on_with_unasked(scenario, break_after, monkeypatch):
    break_after(15)
    with pytest.raises(Broken):
        running.run(scenario, 24)
    with pytest.raises(InputError, match="10"):
        running.run(scenario, 24)
    break_after(1000)
    again, _ = running.run(scenario, 24, How(force=True))
    assert again.replications == 24


@pytest.mark.parametrize("name", ["kpis/0000000.parquet", "statuses/0000000.parquet", "chunks/0000000.json"])
def test_a_chunk_that_was_damaged_is_played_again(scenario, whole, break_after, tmp_path, name):
    break_after(20)
    with pytest.raises(Broken):
        running.run(scenario, 24)
    (part,) = (tmp_path / "runs").glob(".*.part")
    assert chunks.Shelf(part).whole() == 20
    (part / name).write_bytes((part / name).read_bytes()[:-7])
    assert chunks.Shelf(part).whole() == 10
    break_after(1000)
    resumed, _ = running.run(scenario, 24, How(resume=True))
    assert bytes_of(resumed.folder) == bytes_of(whole.folder)


@pytest.mark.parametrize("first", [6, 10, 14])
def test_more_replications_only_add_what_is_missing(scenario, whole, monkeypatch, first):
    running.run(scenario, first)
    real, asked = executors.here, []

    def counted(one, tasks):
        asked.extend(number for task in tasks for number in task)
        return real(one, tasks)

    monkeypatch.setattr(executors, "here", counted)
    longer, _ = running.run(scenario, 24)
    assert asked == list(range(first, 24))
    assert bytes_of(longer.folder) == bytes_of(whole.folder)


def test_failures_go_along_when_a_run_is_extended(scenario, monkeypatch):
    monkeypatch.setattr(running, "MOST_FAILURES", 0.5)
    failure = running.Failure(3, "made up", "PO2814", "x", "2014-01-01")
    real = executors.here

    def faulty(one, tasks):
        for batch in real(one, tasks):
            yield [failure if result.replication == 3 else result for result in batch]

    monkeypatch.setattr(executors, "here", faulty)
    running.run(scenario, 12)
    monkeypatch.setattr(executors, "here", real)
    longer, _ = running.run(scenario, 24)
    assert [one.model_dump() for one in longer.manifest.failed] == [vars(failure)]
    assert len(longer.kpis["replication"]) == 23


def test_two_processes_do_not_write_the_same_run(scenario, tmp_path):
    identity = running.run_inputs.identity(scenario, running.run_inputs.inputs(scenario))
    (tmp_path / "runs" / ".locks").mkdir(parents=True)
    with (
        FileLock(tmp_path / "runs" / ".locks" / f"{identity}.lock"),
        pytest.raises(InputError, match="another process"),
    ):
        running.run(scenario, 2)
    assert running.run(scenario, 2)[0].replications == 2


def test_a_full_disk_keeps_what_was_whole(scenario, whole, monkeypatch):
    real = chunks.writing.write

    def full(path, content):
        if "0000010" in path.name:
            raise InputError([])
        real(path, content)

    monkeypatch.setattr(chunks.writing, "write", full)
    with pytest.raises(InputError):
        running.run(scenario, 24)
    monkeypatch.setattr(chunks.writing, "write", real)
    resumed, _ = running.run(scenario, 24, How(resume=True))
    assert bytes_of(resumed.folder) == bytes_of(whole.folder)


def test_a_worker_that_is_killed_is_replaced(scenario, whole, tmp_path):
    killed = []

    def kill_one(_):
        if not killed:
            import multiprocessing

            victim = multiprocessing.active_children()[0]
            os.kill(victim.pid, signal.SIGKILL)
            killed.append(victim.pid)

    run, _ = running.run(
        scenario, 24, How(workers=2, tick=lambda n: kill_one(n) if n == 5 else None), folder=tmp_path / "k"
    )
    assert killed
    assert bytes_of(run.folder) == bytes_of(whole.folder)


def test_workers_that_are_lost_again_and_again_end_the_run(scenario, monkeypatch):
    monkeypatch.setattr(executors, "_start", os._exit)
    with pytest.raises(RunFailed):
        list(executors.processes(1, [range(5), range(5, 10)], 2))


@pytest.mark.real_chunks
def test_killed_in_the_middle_a_run_goes_on_from_the_command_line(scenario, tiny_scenario, tmp_path):
    """The real thing: SIGKILL, then --resume."""
    code = "from simulator.cli.main import main; main()"
    program = [sys.executable, "-c", code, "run", str(tiny_scenario), "-n", "120", "--workers", "1"]
    with subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        until = time.monotonic() + 60
        while time.monotonic() < until and not list((tmp_path / "runs").glob(".*.part/chunks/*.json")):
            time.sleep(0.02)
        process.kill()
    (part,) = (tmp_path / "runs").glob(".*.part")
    assert 0 < chunks.Shelf(part).whole() < 120
    assert subprocess.run([*program, "--resume"], capture_output=True, check=False).returncode == 0
    assert bytes_of(store.find("laatste").folder) == bytes_of(
        running.run(scenario, 120, folder=tmp_path / "whole")[0].folder
    )


def test_a_run_stops_when_its_interval_is_narrow_enough(scenario):
    run, _ = running.run(scenario, 1000, until=[Precision("findings_per_swv", 0.6)])
    values = polars.Series(run.kpis["findings_per_swv"])
    assert 20 <= run.replications < 1000
    assert run.replications % chunks.SIZE == 0
    found = running.statistics.estimate(values.to_numpy())
    assert found.high - found.mean <= 0.6
    assert running.run(scenario, 1000, until=[Precision("findings_per_swv", 0.6)])[1]
    tighter, was_there = running.run(scenario, run.replications + 10, until=[Precision("findings_per_swv", 0.0001)])
    assert not was_there
    assert tighter.replications == run.replications + 10


def test_precision_gives_the_same_bytes_for_any_number_of_workers(scenario, tmp_path):
    until = [Precision("findings_per_swv", 0.6)]
    one, _ = running.run(scenario, 1000, until=until, folder=tmp_path / "one")
    two, _ = running.run(scenario, 1000, How(workers=2), until=until, folder=tmp_path / "two")
    assert bytes_of(one.folder) == bytes_of(two.folder)


def test_a_dask_cluster_gives_the_same_bytes_also_when_it_loses_a_worker(scenario, whole, tmp_path):
    distributed = pytest.importorskip("distributed")
    places = {"host": "127.0.0.1", "dashboard_address": None, "n_workers": 2, "threads_per_worker": 1}
    with distributed.LocalCluster(**places) as cluster:
        killed = []

        def kill_one(_):
            if not killed:
                killed.append(next(iter(cluster.workers.values())).process.process.pid)
                os.kill(killed[0], signal.SIGKILL)

        how = How(scheduler=cluster.scheduler_address, tick=lambda n: kill_one(n) if n == 5 else None)
        run, _ = running.run(scenario, 24, how, folder=tmp_path / "dask")
    assert killed
    assert bytes_of(run.folder) == bytes_of(whole.folder)


@pytest.fixture
def cluster():
    """A function that starts a scheduler with workers in a process of their own; a line of input sends the workers away."""
    pytest.importorskip("distributed")
    program = (
        "from distributed import LocalCluster; import time\n"
        "cluster = LocalCluster(host='127.0.0.1', protocol='tcp://', dashboard_address=None, n_workers={n},"
        " threads_per_worker=1, processes=False)\n"
        "print(cluster.scheduler_address, flush=True)\ninput()\ncluster.scale(0)\ntime.sleep(600)"
    )
    started = []

    def start(workers):
        process = subprocess.Popen(
            [sys.executable, "-c", program.format(n=workers)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        started.append(process)
        return process, process.stdout.readline().strip()

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.communicate()


def test_a_scheduler_without_workers_is_told(scenario, cluster, monkeypatch):
    monkeypatch.setattr(executors, "_PATIENCE", 1)
    _, address = cluster(0)
    with pytest.raises(InputError, match="no worker"):
        running.run(scenario, 10, How(scheduler=address))


def test_a_scheduler_that_is_killed_ends_the_run_with_what_was_ready(scenario, whole, cluster, capfd):
    process, address = cluster(1)
    ready = []

    def tick(number):
        ready.append(number)
        if sum(ready) == 15:
            process.kill()

    with pytest.raises(RunFailed, match="--resume"):
        running.run(scenario, 24, How(scheduler=address, tick=tick))
    assert capfd.readouterr().err == ""
    resumed, _ = running.run(scenario, 24, How(resume=True))
    assert bytes_of(resumed.folder) == bytes_of(whole.folder)


def test_when_all_workers_leave_the_run_ends_with_what_was_ready(scenario, cluster, monkeypatch):
    monkeypatch.setattr(executors, "_PATIENCE", 2)
    monkeypatch.setattr(executors, "_LOOK", 1)
    process, address = cluster(1)
    ready = []

    def tick(number):
        ready.append(number)
        if sum(ready) == 15:
            process.stdin.write("\n")
            process.stdin.flush()

    with pytest.raises(RunFailed, match="--resume"):
        running.run(scenario, 400, How(scheduler=address, tick=tick))
    assert store.listed()[0].ready >= 10


def test_an_address_where_nothing_answers_is_told(scenario, monkeypatch):
    distributed = pytest.importorskip("distributed")
    real = distributed.Client
    monkeypatch.setattr(distributed, "Client", lambda address, timeout: real(address, timeout=0.5))
    with pytest.raises(InputError, match=re.escape("127.0.0.1:1")):
        running.run(scenario, 10, How(scheduler="tcp://127.0.0.1:1"))


def test_another_seed_does_not_take_the_chunks_of_this_one(scenario, break_after):
    break_after(15)
    with pytest.raises(Broken):
        running.run(scenario, 24)
    break_after(1000)
    other, _ = running.run(replace(scenario, seed=77), 12)
    assert other.replications == 12
