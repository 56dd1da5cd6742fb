"""Runs that are kept: listed, shown, played again, removed, resumed, done again, and what is damaged among them."""

from __future__ import annotations

import json
import re

import polars
import pytest

pytestmark = pytest.mark.usefixtures("two_scenarios")


def test_a_replication_is_played_again_with_all_that_happened(command, told):
    command("run", "drie.yaml", "-n", "3")
    again = told("replay", "drie", "--replication", "2", "--trace", "--swv", "PO2814")
    assert again["same"] is True
    assert {event["swv"] for event in again["events"]} == {"PO2814"}
    stored = polars.read_parquet(next(iter(again_folder(told).glob("kpis.parquet"))))
    assert again["kpis"]["findings_per_swv"] == stored["findings_per_swv"][2]
    code, out, _ = command("replay", "drie", "--replication", "0", "--trace")
    assert code == 0
    assert re.search(r"2014-\d\d-\d\d  PO2814  \w+ +send_plan", out)
    assert command("replay", "drie", "--replication", "0", "--format", "csv")[1].startswith(
        "replication,date,second,swv"
    )
    assert command("replay", "drie", "--replication", "3")[0] == 2
    assert command("replay", "drie", "--replication", "0", "--swv", "PO281")[0] == 2


def again_folder(told):
    from pathlib import Path

    return Path("runs") / told("runs", "list")["runs"][0]["run"]


def test_runs_are_listed_shown_and_removed(command, told):
    assert "inspectie-sim run" in command("runs", "list")[2]
    command("run", "drie.yaml", "-n", "2")
    (row,) = told("runs", "list")["runs"]
    assert (row["replications"], row["state"]) == (2, "finished")
    assert told("runs", "show", "drie")["swv"] == 3
    assert command("runs", "remove", "nothing")[0] == 2
    assert command("runs", "remove", row["run"])[0] == 0
    assert told("runs", "list")["runs"] == []


def test_a_run_of_a_newer_version_is_refused_and_left_as_it_is(command, told, tmp_path):
    command("run", "drie.yaml", "-n", "1")
    (folder,) = (tmp_path / "runs").iterdir()
    newer = (folder / "manifest.json").read_text(encoding="utf-8").replace("run/3", "run/4")
    (folder / "manifest.json").write_text(newer, encoding="utf-8")
    for arguments in (["compare", folder, folder], ["run", "drie.yaml"], ["run", "drie.yaml", "--force"]):
        code, _, err = command(*arguments)
        assert code == 2
        assert "run/4" in err
    assert (folder / "manifest.json").read_text(encoding="utf-8") == newer
    assert told("runs", "list")["runs"][0]["state"] == "other_version"


def test_a_damaged_run_is_kept_until_it_is_done_again_by_force(command, tmp_path):
    command("run", "drie.yaml", "-n", "1")
    (folder,) = (tmp_path / "runs").iterdir()
    whole = (folder / "kpis.parquet").read_bytes()
    (folder / "kpis.parquet").write_bytes(b"damaged")
    code, _, err = command("run", "drie.yaml", "-n", "1")
    assert code == 2
    assert "--force" in err
    assert (folder / "kpis.parquet").read_bytes() == b"damaged"
    assert command("run", "drie.yaml", "-n", "1", "--force")[0] == 0
    assert (folder / "kpis.parquet").read_bytes() == whole


@pytest.mark.parametrize(("name", "value"), [("replications", 1000), ("failed", [{}]), ("seed", 3), ("more", 1)])
def test_a_manifest_that_was_edited_is_told(command, tmp_path, name, value):
    command("run", "drie.yaml", "-n", "2")
    (path,) = (tmp_path / "runs").glob("*/manifest.json")
    edited = json.loads(path.read_text(encoding="utf-8")) | {name: value}
    path.write_text(json.dumps(edited), encoding="utf-8")
    for arguments in (["runs", "show", "drie"], ["run", "drie.yaml", "-n", "4"], ["compare", "drie", "drie"]):
        code, _, err = command(*arguments)
        assert code == 2, err
        assert "manifest.json" in err


def test_figures_of_other_replications_than_the_manifest_names_are_told(command, tmp_path):
    """Even when all hashes fit."""
    from simulator.outcomes import manifest

    command("run", "drie.yaml", "-n", "2")
    (path,) = (tmp_path / "runs").glob("*/manifest.json")
    longer = manifest.read(path.parent).model_copy(update={"replications": 1000})
    path.write_bytes(longer.sealed(longer.files).content())
    code, _, err = command("compare", "drie", "drie")
    assert code == 2
    assert "kpis.parquet" in err


def unfinished(command, tmp_path, monkeypatch, *arguments):
    """A run that is broken off after its first chunk of ten."""
    from simulator.outcomes import chunks, executors

    monkeypatch.setattr(chunks, "SIZE", 10)
    real = executors.here

    def broken(scenario, tasks):
        for number, batch in enumerate(real(scenario, tasks)):
            if number == 3:
                raise KeyboardInterrupt
            yield batch

    monkeypatch.setattr(executors, "here", broken)
    code, _, err = command("run", "drie.yaml", "--workers", "1", *arguments)
    assert code == 130
    assert "10 replications" in err
    assert "--resume" in err
    monkeypatch.setattr(executors, "here", real)


def test_resume_goes_on_to_what_was_asked_for(command, told, tmp_path, monkeypatch):
    unfinished(command, tmp_path, monkeypatch, "-n", "24", "--events", "3")
    (row,) = told("runs", "list")["runs"]
    assert (row["state"], row["ready"], row["wanted"]) == ("unfinished", 10, 24)
    assert command("run", "drie.yaml", "--resume", "--workers", "1")[0] == 0
    shown = told("runs", "show", "drie")
    assert (shown["replications"], shown["events"]) == (24, [0, 3])


def test_resume_drops_nothing_when_less_is_asked_for(command, told, tmp_path, monkeypatch):
    unfinished(command, tmp_path, monkeypatch, "-n", "24")
    assert command("run", "drie.yaml", "-n", "4", "--resume")[0] == 0
    assert told("runs", "show", "drie")["replications"] == 10


def test_a_finished_run_and_a_longer_one_that_is_not_are_one_line(command, told, tmp_path, monkeypatch):
    command("run", "drie.yaml", "-n", "3")
    unfinished(command, tmp_path, monkeypatch, "-n", "24")
    (row,) = told("runs", "list")["runs"]
    assert (row["state"], row["replications"], row["ready"], row["wanted"]) == ("longer", 3, 10, 24)
    assert command("runs", "remove", row["run"], "--unfinished")[0] == 0
    (left,) = told("runs", "list")["runs"]
    assert (left["state"], left["replications"]) == ("finished", 3)
    unfinished(command, tmp_path, monkeypatch, "-n", "24")
    assert command("runs", "remove", row["run"])[0] == 0
    assert told("runs", "list")["runs"] == []
    assert command("runs", "remove", row["run"], "--unfinished")[0] == 2


def test_a_run_that_another_process_writes_is_not_removed(command, tmp_path):
    from filelock import FileLock

    command("run", "drie.yaml", "-n", "1")
    (folder,) = (tmp_path / "runs").iterdir()
    (tmp_path / "runs" / ".locks").mkdir()
    with FileLock(tmp_path / "runs" / ".locks" / f"{folder.name}.lock"):
        code, _, err = command("runs", "remove", "drie")
    assert code == 2
    assert "another process" in err
    assert folder.is_dir()


def test_a_foreign_name_among_the_chunks_is_left_out(command, told, tmp_path, monkeypatch):
    unfinished(command, tmp_path, monkeypatch, "-n", "24")
    (records,) = (tmp_path / "runs").glob(".*.part/chunks")
    for name in ("abc.json", "0000007.json", ".0000000.json"):
        (records / name).write_text("{}", encoding="utf-8")
    assert told("runs", "list")["runs"][0]["ready"] == 10
    assert command("run", "drie.yaml", "--resume", "--workers", "1")[0] == 0
    assert command("runs", "remove", "drie")[0] == 0


def test_events_that_are_asked_for_later_are_added(command, told):
    command("run", "drie.yaml", "-n", "3")
    assert command("run", "drie.yaml", "-n", "3", "--events", "2")[0] == 0
    shown = told("runs", "show", "drie")
    assert (shown["replications"], shown["events"]) == (3, [0, 2])
    events = polars.read_parquet(next(again_folder(told).glob("events.parquet")))
    assert events["replication"].unique().to_list() == [0, 2]


def test_a_margin_that_is_not_reached_is_told(command):
    for _ in range(2):
        code, _, err = command("run", "drie.yaml", "--until", "plan_on_time:0.001", "--max-n", "4")
        assert code == 0
        assert "0.001" in err
        assert "not reached" in err
    code, _, err = command("run", "drie.yaml", "--max-n", "4")
    assert code == 2
    assert "--until" in err


def test_a_command_that_only_reads_names_the_command_that_goes_on(command, tmp_path, monkeypatch):
    unfinished(command, tmp_path, monkeypatch, "-n", "24")
    code, _, err = command("compare", "drie.yaml", "drie.yaml")
    assert code == 2
    assert "inspectie-sim run drie.yaml --resume" in " ".join(err.split())
