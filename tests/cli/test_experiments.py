"""The commands for experiments, as a user types them: replay, runs, compare, why, sweep, sensitivity, calibrate."""

from __future__ import annotations

import json
import re

import polars
import pytest
from conftest import scenario_of

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
    assert "played 4 times" in err
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


def test_a_run_of_a_newer_version_is_refused(command, tmp_path):
    command("run", "drie.yaml", "-n", "1", "-o", "r")
    text = (tmp_path / "r" / "manifest.json").read_text(encoding="utf-8")
    (tmp_path / "r" / "manifest.json").write_text(text.replace("run/2", "run/3"), encoding="utf-8")
    code, _, err = command("compare", "r", "r")
    assert code == 2
    assert "run/3" in err
