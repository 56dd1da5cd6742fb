"""The commands for experiments, as a user types them: sweep, sensitivity, calibrate."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.usefixtures("two_scenarios")


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
