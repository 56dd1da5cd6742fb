"""Which run a name means: of a scenario file, of a part of a scenario, of inputs that have changed since."""

from __future__ import annotations

import json

import pytest

from tests.conftest import scenario_of


@pytest.fixture
def played(command, tiny_scenario):
    """Three swv in `drie.yaml`, played twice with another seed."""
    assert command("run", "drie.yaml", "-n", "2", "--seed", "7")[0] == 0


@pytest.mark.usefixtures("played")
def test_a_scenario_file_finds_its_run_with_whatever_seed(command):
    code, out, err = command("report", "drie.yaml", "--swv", "PO2814", "-o", "rapport.html")
    assert code == 0, err
    code, out, err = command("voortgang", "drie.yaml", "--json")
    assert code == 0, err
    assert "played" not in err
    assert json.loads(out)["replications"] == 2
    assert command("runs", "show", "drie.yaml")[0] == 0


@pytest.mark.usefixtures("played")
def test_a_file_that_has_changed_since_is_played_anew(command, tiny_scenario):
    with tiny_scenario.open("a", encoding="utf-8") as file:
        file.write("replications: 3\nparameters: {install_opr: {median: 30, source: x}}\n")
    code, _, err = command("report", "drie.yaml", "--swv", "PO2814", "-o", "rapport.html")
    assert code == 2
    assert "inspectie-sim run drie.yaml" in err
    err = command("lastendruk", "drie.yaml", "-n", "1")[2]
    assert "There is no run" not in err
    assert "other inputs" in err


def test_a_run_of_a_group_is_not_taken_for_the_whole(command, write):
    write("drie.yaml", scenario_of("drie", ["PO2814", "VO2802", "VO2810"]))
    assert command("run", "drie.yaml", "-n", "2")[0] == 0
    code, _, err = command("run", "drie.yaml", "-n", "3", "--group", "vo")
    assert code == 0
    for name in ("drie", "drie.yaml"):
        assert json.loads(command("voortgang", name, "--json")[1])["replications"] == 2
    own = next(line.split()[2] for line in err.splitlines() if line.startswith("  inspectie-sim report "))
    assert command("report", own, "--swv", "VO2802", "-o", "r.html")[0] == 0
    (whole,) = [run for run in json.loads(command("runs", "list", "--json")[1])["runs"] if run["replications"] == 2]
    assert command("runs", "remove", whole["run"])[0] == 0
    code, _, err = command("report", "drie.yaml", "--swv", "VO2802", "-o", "r.html")
    assert code == 0
    assert "2 samenwerkingsverbanden of the 3" in err
    assert "played now, 1 x" in command("voortgang", "drie.yaml", "-n", "1")[2]


def test_the_next_commands_after_a_run_are_ones_that_work(command, tiny_scenario):
    err = command("run", "drie.yaml", "-n", "2")[2]
    assert "inspectie-sim report drie.yaml --swv PO2814" in err
    err = command("run", "drie.yaml", "-n", "2", "-o", "map")[2]
    assert "inspectie-sim report map --swv PO2814" in err


def test_a_report_is_offered_after_the_run_that_it_needs(command, tiny_scenario):
    err = command("ranglijst", "drie.yaml", "-n", "1", "--on", "2014-03-01")[2]
    assert "Next:\n  inspectie-sim run drie.yaml\n  inspectie-sim report drie.yaml" in err
    assert command("run", "drie.yaml", "-n", "1")[0] == 0
    err = command("ranglijst", "drie.yaml", "-n", "1", "--on", "2014-03-01")[2]
    assert "Next:\n  inspectie-sim report drie.yaml" in err


def test_one_replication_of_a_scenario_without_a_run_is_played_and_nothing_is_stored(command, small_scenario, tmp_path):
    """Who looks at one replication does not wait for a hundred."""
    code, out, err = command("dossier", small_scenario, "--swv", "PO2814", "--replication", "1")
    assert code == 0
    assert "it is played now, 2 x" in err
    again = command("dossier", small_scenario, "--swv", "PO2814", "--replication", "1")[1]
    assert out == again
    assert command("export", small_scenario, "--format", "csv")[0] == 0
    assert not (tmp_path / "runs").exists()
    assert command("dossier", small_scenario, "--swv", "PO2814", "--replication", "100000")[0] == 2


def test_compare_plays_scenarios_as_often_as_asked_and_stores_nothing(command, write, tmp_path):
    """A quick look at a difference takes two replications of each."""
    for name, more in (("een", ""), ("twee", "parameters: {adopt_plan: {median: 40}}\n")):
        write(f"{name}.yaml", scenario_of(name, ["PO2814", "VO2802"]) + more)
    code, out, err = command("compare", "een.yaml", "twee.yaml", "-n", "2", "--json")
    assert code == 0, err
    assert err.count("it is played now, 2 x") == 2
    assert {row["n"] for row in json.loads(out)["rows"] if row["kpi"] == "plan_on_time"} <= {2}
    assert not (tmp_path / "runs").exists()
