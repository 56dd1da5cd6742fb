import json
from dataclasses import replace

import numpy as np
import polars
import pytest

from simulator.base.errors import InputError, RunFailed
from simulator.engine import interpreter
from simulator.outcomes import comparing, inputs, packing, play, replaying, running, statistics, store
from simulator.outcomes.running import How
from simulator.world import scenario as scenarios
from tests.conftest import bytes_of


@pytest.fixture
def scenario(small_scenario, monkeypatch, tmp_path):
    monkeypatch.setenv("INSPECTIE_SIM_RUNS", str(tmp_path / "runs"))
    return scenarios.load(str(small_scenario))


def test_same_inputs_same_bytes_for_any_number_of_workers(scenario, tmp_path):
    runs = [running.run(scenario, 12, How(workers=w), folder=tmp_path / f"w{w}")[0] for w in (1, 2, 3)]
    again, _ = running.run(scenario, 12, folder=tmp_path / "again")
    assert bytes_of(runs[0].folder) == bytes_of(runs[1].folder) == bytes_of(runs[2].folder) == bytes_of(again.folder)


def test_more_replications_keep_the_first_ones(scenario, tmp_path):
    few, _ = running.run(scenario, 3, folder=tmp_path / "few")
    many, _ = running.run(scenario, 6, folder=tmp_path / "many")
    assert few.id == many.id
    for name, values in few.kpis.items():
        np.testing.assert_array_equal(values, many.kpis[name][:3])


def test_another_seed_is_another_run_with_other_outcomes(scenario, tmp_path):
    one, _ = running.run(scenario, 4, folder=tmp_path / "one")
    other, _ = running.run(replace(scenario, seed=5), 4, folder=tmp_path / "other")
    assert one.id != other.id
    assert list(one.kpis["findings_per_swv"]) != list(other.kpis["findings_per_swv"])


def test_a_run_that_is_there_is_not_done_again_unless_forced(scenario):
    first, was_there = running.run(scenario, 2)
    assert not was_there
    finished = (first.folder / "log.json").read_text(encoding="utf-8")
    _, was_there = running.run(scenario, 2)
    assert was_there
    assert (first.folder / "log.json").read_text(encoding="utf-8") == finished
    _, was_there = running.run(scenario, 2, How(force=True))
    assert not was_there
    assert (first.folder / "log.json").read_text(encoding="utf-8") != finished


def test_a_run_can_be_played_again_from_its_own_folder(scenario):
    run, _ = running.run(scenario, 2)
    again = run.scenario
    assert inputs.identity(again, inputs.inputs(again)) == run.id
    result = play.Player(again).result(1)
    assert result.kpis["findings_per_swv"] == run.kpis["findings_per_swv"][1]


def test_a_run_that_breaks_off_leaves_nothing(scenario, monkeypatch, tmp_path):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(running.executors, "here", interrupted)
    with pytest.raises(KeyboardInterrupt):
        running.run(scenario, 2)
    assert list((tmp_path / "runs").iterdir()) == []


@pytest.fixture
def breaking(scenario, monkeypatch):
    """A function that lets a replication of the scenario fail."""
    whole = interpreter.Play.choose
    player = play.Player(scenario)

    def set_up(number):
        broken = sum(player.model.draw(number)[0].amount)

        def faulty(self, row):
            if sum(self.draws.amount) == broken:
                raise ZeroDivisionError("made up")
            return whole(self, row)

        monkeypatch.setattr(interpreter.Play, "choose", faulty)

    return set_up


def test_a_failing_replication_is_recorded_and_too_many_stop_the_run(scenario, breaking, monkeypatch, tmp_path):
    breaking(1)
    run, _ = running.run(scenario, 20)
    assert [failure.replication for failure in run.manifest.failed] == [1]
    assert "ZeroDivisionError" in run.manifest.failed[0].reason
    assert run.manifest.failed[0].swv in scenario.swv
    assert list(run.kpis["replication"]) == [0, *range(2, 20)]
    monkeypatch.setattr(interpreter.Play, "choose", lambda *_: 1 // 0)
    with pytest.raises(RunFailed, match=f"replay .*klein.yaml --replication 0 --seed {scenario.seed} --trace"):
        running.run(scenario, 4, How(force=True))
    assert len(list((tmp_path / "runs").iterdir())) == 1


@pytest.mark.parametrize("number", [0, 2])
def test_one_failure_in_a_few_is_recorded_with_its_events_and_replayed(scenario, breaking, number):
    """Also where the replication that fails is one of those that are kept in full."""
    breaking(number)
    run, _ = running.run(scenario, 3, logged=(0, number))
    assert [failure.replication for failure in run.manifest.failed] == [number]
    events = polars.read_parquet(run.folder / "events.parquet")
    assert set(events["replication"]) == {0, number}
    again = replaying.replay(store.read(run.folder), number)
    assert again.failure == play.Failure(**run.manifest.failed[0].model_dump())
    assert again.events.equals(events.filter(polars.col("replication") == number))


def test_a_run_folder_that_was_changed_is_refused(scenario):
    run, _ = running.run(scenario, 2)
    (run.folder / "scenario.yaml").write_text("format: scenario/1\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        store.find(str(run.folder))
    assert caught.value.problems[0].file.endswith("scenario.yaml")


def test_a_folder_with_something_else_in_it_is_left_alone(scenario, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("do not lose", encoding="utf-8")
    with pytest.raises(InputError):
        running.run(scenario, 2, folder=tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").read_text(encoding="utf-8") == "do not lose"


def test_runs_are_found_by_folder_scenario_and_latest(scenario):
    first, _ = running.run(scenario, 2)
    second, _ = running.run(replace(scenario, seed=9), 2)
    assert store.find("laatste").id == second.id
    assert store.find("klein").id == second.id
    assert store.find(str(first.folder)).id == first.id
    assert store.find(first.folder.name).id == first.id
    with pytest.raises(InputError) as caught:
        store.find("kleni")
    assert "klein" in caught.value.problems[0].hint


def test_a_scenario_compared_with_itself_differs_by_exactly_zero(scenario, tmp_path):
    one, _ = running.run(scenario, 4, folder=tmp_path / "one")
    same, _ = running.run(scenario, 4, folder=tmp_path / "same")
    rows = [row for row in comparing.compare([one, same]).rows if row.difference is not None]
    assert rows
    for row in rows:
        found = row.difference.estimate
        assert found.mean == 0 or found.n == 0
        assert (found.low, found.high) == (0, 0) or found.n < 2
        assert row.difference.p == 1 or found.n < 2
        assert row.paired


def test_runs_with_other_seeds_are_compared_unpaired(scenario, tmp_path):
    one, _ = running.run(scenario, 3, folder=tmp_path / "one")
    other, _ = running.run(replace(scenario, seed=9), 3, folder=tmp_path / "other")
    rows = [row for row in comparing.compare([one, other]).rows if row.difference is not None]
    assert not any(row.paired for row in rows)
    assert ("seed", ["2014", "9"]) in comparing.differing([one, other])


def test_stored_statuses_are_those_of_the_replication(scenario):
    run, _ = running.run(scenario, 2)
    frame = polars.read_parquet(run.folder / "statuses" / "0000000.parquet")
    played = play.Player(scenario).replication(1)
    part = frame.filter((polars.col("replication") == 1) & (polars.col("look") == "end"))
    words = np.array([part[name].to_numpy() for name in part.columns if name.startswith("final_")])
    stored = packing.unpack(words, packing.FINAL_BITS, len(run.manifest.obligations))
    np.testing.assert_array_equal(stored, played.looked.status[:, played.where["end"]])
    assert len(np.unique(stored)) >= 4


def test_the_manifest_lists_every_file_with_its_hash(scenario):
    run, _ = running.run(scenario, 2)
    manifest = json.loads((run.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["format"] == "run/3"
    there = bytes_of(run.folder)
    there.pop("manifest.json")
    assert manifest["files"] == there


def test_interval_of_a_hand_worked_sample():
    # values 1, 2, 3, 4: mean 2.5, standard deviation 1.2910, t(3, 0.975) = 3.1824, half width 2.0542
    estimate = statistics.estimate(np.array([1.0, 2.0, 3.0, 4.0, np.nan]))
    assert estimate.n == 4
    assert estimate.mean == 2.5
    assert estimate.high - estimate.mean == pytest.approx(2.0542, abs=1e-4)


def test_a_shorter_run_leaves_a_longer_one_as_it_is(scenario):
    long, _ = running.run(scenario, 6)
    figures = long.kpis["findings_per_swv"]
    kept, was_there = running.run(scenario, 2)
    assert was_there
    assert kept.replications == 6
    longer, was_there = running.run(scenario, 8)
    assert not was_there
    np.testing.assert_array_equal(longer.kpis["findings_per_swv"][:6], figures)


def test_runs_of_other_lengths_are_compared_over_what_they_share(scenario, tmp_path):
    short, _ = running.run(scenario, 3, folder=tmp_path / "short")
    long, _ = running.run(scenario, 6, folder=tmp_path / "long")
    rows = [row for row in comparing.compare([short, long]).rows if row.kpi == "findings_per_swv"]
    assert [row.value.n for row in rows] == [3, 3]
    assert rows[0].value == rows[1].value
    assert rows[1].difference.estimate.mean == 0


def test_a_replication_of_a_run_that_was_stopped_is_played_again(command, tiny_scenario, monkeypatch):
    """Also one beyond those of the scenario, and under another seed; the events go up to the fault."""
    monkeypatch.setattr(interpreter.Play, "choose", lambda *_: 1 // 0)
    code, _, err = command("run", tiny_scenario, "-n", "300", "--seed", "7", "--workers", "1")
    assert code == 1
    assert f"replay {tiny_scenario.as_posix()} --replication 0 --seed 7 --trace" in err
    line = ("replay", tiny_scenario, "--replication", "250", "--json")
    code, out, err = command(*line, "--seed", "7", "--trace")
    told = json.loads(out)
    assert (code, told["same"], told["failure"]["replication"]) == (1, None, 250)
    assert told["events"]
    assert "replication 250 is drawn as it would be in such a run" in err


def test_a_replication_of_a_scenario_without_a_run_is_played_alone(command, tiny_scenario):
    alone = json.loads(command("replay", tiny_scenario, "--replication", "1", "--json")[1])
    assert alone["same"] is None
    assert "no run to hold the figures against" in command("replay", tiny_scenario, "--replication", "1")[1]
    assert command("run", tiny_scenario, "-n", "2")[0] == 0
    stored = json.loads(command("replay", tiny_scenario, "--replication", "1", "--json")[1])
    assert (stored["same"], stored["kpis"], stored["run"]) == (True, alone["kpis"], alone["run"])
    other = json.loads(command("replay", tiny_scenario, "--replication", "1", "--seed", "99", "--json")[1])
    assert other["kpis"] != alone["kpis"]
    assert command("replay", tiny_scenario, "--replication", "2")[0] == 2, "the run has two"
