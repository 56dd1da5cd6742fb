"""The commands for experiments, as a user types them: replay, runs, compare, why, sweep, sensitivity, calibrate."""

from __future__ import annotations

import json
import re

import polars
import pytest

from tests.conftest import scenario_of

TINY = ["PO2814", "VO2802", "VO2810"]


@pytest.fixture(autouse=True)
def _two_scenarios(tmp_path):
    (tmp_path / "drie.yaml").write_text(scenario_of("drie", TINY), encoding="utf-8")
    late = scenario_of("laat", TINY) + "parameters: {install_opr: {median: 90}}\n"
    (tmp_path / "laat.yaml").write_text(late, encoding="utf-8")


@pytest.fixture
def told(command):
    def run(*arguments, code=0):
        found, out, err = command(*arguments, "--json")
        assert found == code, err
        return json.loads(out)

    return run


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


def test_compare_plays_what_has_no_run_yet_and_writes_every_format(command, told, tmp_path):
    for name in ("drie", "laat"):
        (tmp_path / f"{name}.yaml").write_text(
            (tmp_path / f"{name}.yaml").read_text(encoding="utf-8") + "replications: 4\n", encoding="utf-8"
        )
    code, out, err = command("compare", "drie.yaml", "laat.yaml")
    assert code == 0
    assert "Paired" in out
    assert "played now, 4 x" in err
    for kind in ("md", "html", "csv", "xlsx"):
        assert command("compare", "drie.yaml", "laat.yaml", "--format", kind, "-o", f"v.{kind}")[0] == 0
        first = (tmp_path / f"v.{kind}").read_bytes()
        command("compare", "drie.yaml", "laat.yaml", "--format", kind, "-o", f"v.{kind}")
        assert (tmp_path / f"v.{kind}").read_bytes() == first, kind
    import openpyxl

    book = openpyxl.load_workbook(tmp_path / "v.xlsx")
    assert book.sheetnames == ["kpis", "inputs", "runs"]
    assert book["inputs"]["A2"].value == "install_opr"
    rows = told("compare", "drie", "laat", "--best", "plan_on_time")
    assert rows["best"]["kept"]
    assert {row["name"] for row in rows["inputs"]} == {"install_opr"}
    assert command("compare", "drie", "laat", "--best", "plan_on_tim")[0] == 2
    assert command("compare", "drie", "laat", "--format", "xlsx")[0] == 2


def test_the_chance_of_error_is_told_as_it_was_asked(command):
    command("run", "drie.yaml", "-n", "3")
    command("run", "laat.yaml", "-n", "3")
    for asked, told in (("0.001", "0.1%"), ("0.025", "2.5%"), ("0.05", "5%")):
        out = command("compare", "drie", "laat", "--best", "plan_on_time", "--error", asked, "--format", "md")[1]
        assert f"at most {told}" in out


def test_why_is_not_suggested_where_it_refuses(command):
    command("run", "drie.yaml", "-n", "2", "-o", "a")
    command("run", "drie.yaml", "-n", "2", "-o", "b", "--seed", "5")
    code, out, err = command("compare", "a", "b")
    assert code == 0
    assert "Not paired" in out
    assert "why" not in err
    assert "why" in command("compare", "a", "a")[2]


def test_why_names_the_step_and_its_input_first(command, told):
    command("run", "drie.yaml", "-n", "6")
    command("run", "laat.yaml", "-n", "6")
    found = told("why", "drie", "laat", "--kpi", "findings_per_swv")
    assert found["steps"][0]["inputs"] == ["install_opr"]  # by itself, or by who is called because the OPR is late
    assert found["steps"][0]["step"] in ("install_opr", "wait_progress")
    assert sum(one["amount"] for one in found["swv"]) == pytest.approx(found["difference"])
    out = command("why", "drie", "laat", "--kpi", "findings_per_swv", "--swv", "PO2814", "--replication", "1")[1]
    assert "PO2814" in out
    assert command("why", "drie", "drie")[0] == 0
    assert command("why", "drie", "laat", "--swv", "PO1")[0] == 2
    assert command("why", "drie", "laat", "--kpi", "nothing")[0] == 2
    command("run", "laat.yaml", "-n", "2", "--seed", "5")
    assert command("why", "drie", "laat")[0] == 2


def test_a_sweep_keeps_its_runs(command, told):
    found = told("sweep", "drie.yaml", "--vary", "pools.lcg.capacity=1,2", "-n", "2")
    assert [point["values"] for point in found["points"]] == [{"pools.lcg.capacity": 1}, {"pools.lcg.capacity": 2}]
    assert len(told("runs", "list")["runs"]) == 2
    out = command("sweep", "drie.yaml", "--vary", "pools.lcg.capacity=1,2", "-n", "2", "--format", "csv")[1]
    assert out.splitlines()[0].startswith("pools.lcg.capacity,run,plan_on_time.mean")
    assert command("sweep", "drie.yaml", "--vary", "pools.lcg.capacity=1,2", "-n", "2", "--kpi", "nothing")[0] == 2


def test_a_sweep_as_text_goes_to_a_file_and_shares_stay_shares(command, told, tmp_path):
    arguments = ("sweep", "drie.yaml", "--vary", "pools.lcg.capacity=1", "-n", "2")
    code, out, err = command(*arguments, "-o", "out.txt")
    assert (code, out) == (0, "")
    assert "1 point of 2" in err
    assert "compare" not in err
    assert "pools.lcg.capacity" in (tmp_path / "out.txt").read_text(encoding="utf-8")
    shares = [one for one in told(*arguments)["points"][0]["kpis"].values() if one["unit"] == "share"]
    assert len(shares) > 3
    assert all(one["high"] is None or one["high"] <= 1 for one in shares)


@pytest.mark.parametrize(
    "arguments",
    [
        ["sweep", "drie.yaml", "--vary", "pools.lcg.capacity=1,2", "-n", "2"],
        ["sensitivity", "drie.yaml", "--format", "html"],
        ["calibrate", "drie.yaml", "--to", "t.yaml"],
        ["compare", "drie.yaml", "laat.yaml"],
    ],
)
def test_a_place_that_cannot_be_written_is_told_before_anything_is_played(command, tmp_path, monkeypatch, arguments):
    from simulator.outcomes import play

    (tmp_path / "t.yaml").write_text(
        "format: targets/1\ntargets:\n  plan_on_time: {value: 0.5, low: 0.4, high: 0.6, source: x}\n"
        "parameters:\n  install_opr.median: {low: 10, high: 60}\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(play.Player, "replication", lambda *_: pytest.fail("played"))
    for place in ("nowhere/x.txt", ".", "drie.yaml") if arguments[0] != "compare" else ("nowhere/x.txt", "."):
        before = (tmp_path / "drie.yaml").read_bytes()
        code, out, err = command(*arguments, "-o", place)
        assert (code, out) == (2, ""), place
        assert err
        assert (tmp_path / "drie.yaml").read_bytes() == before


def test_the_highest_seed_can_be_read_back(command, told):
    command("run", "drie.yaml", "-n", "1", "--seed", 2**63 - 1)
    assert told("runs", "show", "drie")["seed"] == 2**63 - 1
    assert told("replay", "drie", "--replication", "0")["same"] is True


def test_sensitivity_says_beforehand_how_much_it_plays(command, told):
    pytest.importorskip("SALib")
    code, out, err = command("sensitivity", "drie.yaml", "--dry-run")
    assert (code, out) == (0, "")
    assert re.search(r"Morris.*Sobol", err)
    found = told(
        "sensitivity", "drie.yaml", "-n", "1", "--trajectories", "2", "--samples", "0", "--kpi", "findings_per_swv"
    )
    sizes = [effect["mu_star"] for effect in found["effects"]]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 0
    assert command("sensitivity", "drie.yaml", "--samples", "3")[0] == 2
    assert command("sensitivity", "drie.yaml", "--kpi", "nothing")[0] == 2


def test_calibrate_writes_a_scenario_that_can_be_run(command, told, tmp_path):
    (tmp_path / "t.yaml").write_text(
        "format: targets/1\ntargets:\n  findings_per_swv: {value: 3, low: 2, high: 4, source: x}\n"
        "parameters:\n  install_opr.median: {low: 10, high: 60}\n",
        encoding="utf-8",
    )
    arguments = ("calibrate", "drie.yaml", "--to", "t.yaml", "-n", "2", "--evaluations", "10")
    assert told(*arguments)["missed"] == []
    assert command(*arguments, "-o", "geijkt.yaml")[0] == 0
    assert command("run", "geijkt.yaml", "-n", "1")[0] == 0
    assert command("calibrate", "drie.yaml", "--to", "nothing.yaml")[0] == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "drie.yaml", "-n", "0"],
        ["run", "drie.yaml", "--until", "plan_on_tim:0.01"],
        ["run", "drie.yaml", "--until", "plan_on_time"],
        ["run", "drie.yaml", "--until", "plan_on_time:0"],
        ["run", "drie.yaml", "--until", "plan_on_time:nan"],
        ["run", "drie.yaml", "-n", "5", "--until", "plan_on_time:0.1"],
        ["run", "drie.yaml", "--resume", "--force"],
        ["run", "drie.yaml", "--executor", "dask"],
        ["run", "drie.yaml", "--scheduler", "tcp://127.0.0.1:1"],
        ["compare", "drie.yaml"],
        ["compare", "nothing", "drie.yaml"],
        ["why", "nothing", "drie.yaml"],
        ["sweep", "drie.yaml"],
        ["replay", "laatste", "--replication", "0"],
    ],
)
def test_wrong_usage_is_told_and_writes_nothing(command, tmp_path, arguments):
    code, out, err = command(*arguments)
    assert (code, out) == (2, "")
    assert err
    assert not (tmp_path / "runs").exists()


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


def test_no_output_over_a_run_that_is_compared(command, tmp_path):
    command("run", "drie.yaml", "-n", "2")
    (folder,) = (tmp_path / "runs").iterdir()
    before = (folder / "kpis.parquet").read_bytes()
    assert command("compare", "drie", folder, "--format", "csv", "-o", folder / "kpis.parquet")[0] == 2
    assert (folder / "kpis.parquet").read_bytes() == before


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


def test_the_days_of_why_are_those_between_the_dates_beside_them(command):
    from datetime import datetime

    asked = (
        "why",
        "drie.yaml",
        "laat.yaml",
        "-n",
        "2",
        "--kpi",
        "plan_on_time",
        "--swv",
        "PO2814",
        "--replication",
        "0",
    )
    out = " ".join(command(*asked)[1].split())
    links = re.findall(r"([+-]?\d+) days [^:]*: (\d+ \w+ \d{4}) -> (\d+ \w+ \d{4})", out)
    assert links
    for days, left, right in links:
        one, other = (datetime.strptime(day, "%d %B %Y").date() for day in (left, right))  # noqa: DTZ007
        assert int(days) == (other - one).days


def test_a_command_that_only_reads_names_the_command_that_goes_on(command, tmp_path, monkeypatch):
    unfinished(command, tmp_path, monkeypatch, "-n", "24")
    code, _, err = command("compare", "drie.yaml", "drie.yaml")
    assert code == 2
    assert "inspectie-sim run drie.yaml --resume" in " ".join(err.split())
