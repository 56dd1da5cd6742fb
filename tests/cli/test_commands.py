"""The commands on their good days: what they print, where they write, in which language, from which folder."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

from simulator import __version__
from simulator.base import language, resources
from simulator.cli import main as cli

PROGRAM = [sys.executable, "-c", "from simulator.cli.main import main; main()"]
PATHS = [["run"], ["compare"], ["report"], ["check"], ["population"], ["population", "export"], []]


@pytest.fixture
def command(tmp_path, monkeypatch, capsys):
    """A function that runs a command in a fresh folder and gives exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INSPECTIE_SIM_RUNS", str(tmp_path / "runs"))

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            cli.main([str(argument) for argument in arguments])
        streams = capsys.readouterr()
        return ended.value.code, streams.out, streams.err

    return run


@pytest.fixture
def told(command):
    """A function that runs a command with --json and gives what it tells."""

    def run(*arguments, code=0):
        ended, out, err = command(*arguments, "--json", "--lang", "en")
        assert ended == code, err
        return json.loads(out)

    return run


def late(write, change="parameters: {adopt_reglement: {median: 90}}"):
    return write(
        "laat.yaml",
        "format: scenario/1\nid: laat\nextends: klein\n"
        f'title: {{nl: "Laat", en: "Late"}}\nquestion: {{nl: "?", en: "?"}}\n{change}\n',
    )


def test_a_run_is_stored_once(told, command, small_scenario, tmp_path):
    first = told("run", small_scenario, "-n", "2")
    (folder,) = (tmp_path / "runs").iterdir()
    assert (first["format"], first["run"]) == ("kpis/1", folder.as_posix())
    assert first["id"] == folder.name
    log = (folder / "log.json").read_bytes()
    assert told("run", small_scenario, "-n", "2") == first
    assert (folder / "log.json").read_bytes() == log  # not done again
    assert "there already" in command("run", small_scenario, "-n", "2", "--lang", "en")[2]
    assert told("run", small_scenario, "-n", "2", "--force") == first
    assert (folder / "log.json").read_bytes() != log
    assert list((tmp_path / "runs").iterdir()) == [folder]


def test_the_interval_of_a_figure_lies_around_its_mean(told, small_scenario):
    for name, kpi in told("run", small_scenario, "-n", "3")["kpis"].items():
        assert set(kpi) == {"mean", "low", "high", "n", "unit"}, name
        assert kpi["n"] < 2 or kpi["low"] <= kpi["mean"] <= kpi["high"], name


def test_one_replication_has_no_interval(told, small_scenario):
    kpi = told("run", small_scenario, "-n", "1")["kpis"]["plan_on_time"]
    assert (kpi["low"], kpi["high"], kpi["n"]) == (None, None, 1)
    assert kpi["mean"] * 12 == pytest.approx(round(kpi["mean"] * 12))  # a share of twelve swv


def test_another_seed_is_another_run(told, small_scenario, tmp_path):
    one, other = told("run", small_scenario, "-n", "2"), told("run", small_scenario, "-n", "2", "--seed", "7")
    assert one["id"] != other["id"]
    assert one["kpis"] != other["kpis"]
    assert len(list((tmp_path / "runs").iterdir())) == 2


def test_a_run_goes_into_the_folder_that_is_named(told, small_scenario, tmp_path):
    run = told("run", small_scenario, "-n", "2", "-o", "new/deep/run")
    assert run["run"] == "new/deep/run"
    assert (tmp_path / "new" / "deep" / "run" / "manifest.json").is_file()
    assert not (tmp_path / "runs").exists()
    (tmp_path / "empty").mkdir()
    told("run", small_scenario, "-n", "2", "-o", "empty")  # an empty folder is not in the way
    report = told("report", "new/deep/run", "--swv", "PO2814", "-o", "r.html")
    assert report["run"] == run["id"]


def test_events_of_more_replications_can_be_kept(told, small_scenario, tmp_path):
    import polars

    told("run", small_scenario, "-n", "3", "--events", "2", "-o", "run")
    for name in ("events", "findings"):
        frame = polars.read_parquet(tmp_path / "run" / f"{name}.parquet")
        assert set(frame["replication"].unique()) == {0, 2}


def test_a_difference_lies_in_its_interval_and_its_sign_is_that_of_the_means(told, small_scenario, write):
    told("run", small_scenario, "-n", "4")
    told("run", late(write), "-n", "4")
    compared = told("compare", "klein", "laat")
    assert compared["format"] == "comparison/2"
    assert [one["scenario"] for one in compared["runs"]] == ["klein", "laat"]
    base = {row["kpi"]: row for row in compared["rows"] if row["scenario"] == "klein"}
    rows = [row for row in compared["rows"] if row["scenario"] == "laat"]
    assert len(rows) == len(base)
    for row in rows:
        assert row["paired"] is True
        if row["n"] == 4:
            assert row["diff_low"] <= row["diff"] <= row["diff_high"]
            assert row["diff"] == pytest.approx(row["mean"] - base[row["kpi"]]["mean"])


def test_a_run_does_not_differ_from_itself(told, small_scenario):
    told("run", small_scenario, "-n", "3")
    rows = [row for row in told("compare", "klein", "laatste")["rows"] if row["diff"] is not None]
    assert rows
    assert {row["diff"] for row in rows} == {0}
    assert {(row["diff_low"], row["diff_high"]) for row in rows if row["n"] > 1} == {(0, 0)}


def test_runs_with_another_seed_are_not_paired(told, command, small_scenario, write):
    told("run", small_scenario, "-n", "3")
    told("run", late(write, "seed: 9"), "-n", "3")
    assert not any(row["paired"] for row in told("compare", "klein", "laat")["rows"] if row["diff"] is not None)
    assert "Not paired" in command("compare", "klein", "laat", "--lang", "en")[1]


def test_check_tells_every_duty_with_its_evidence(told):
    checked = told("check", "voorbeeld-po", code=1)
    assert {"format", "plan", "kader", "on", "findings", "summary"} <= set(checked)
    assert checked["format"] == "check/2"
    statuses = [finding["status"] for finding in checked["findings"] if finding["counts"]]
    assert checked["summary"] == {name: statuses.count(name) for name in checked["summary"]}
    by_id = {finding["obligation"]: finding for finding in checked["findings"]}
    independence = next(one for one in by_id["GOV-6c"]["evidence"] if one["part"] == "independence")
    assert independence["answer"] is False
    assert by_id["PLAN-b"]["evidence"][0] == {
        "part": "procedure", "answer": True, "page": 41, "section": "6.1", "quote": None, "claimed": False,
        "document": None, "score": None, "state": None, "line": 67, "place": "67",
    }  # fmt: skip


def test_a_duty_that_is_held_back_names_the_duty_at_the_root(told, write):
    text = "format: plan/1\ntitle: T\nswv: PO2814\nsector: po\nkader: swv-2014\n"
    text += (
        'period: {first_school_year: 2014, school_years: 4}\nevents: {opr_installed: false, adopted: "2014-04-01"}\n'
    )
    checked = told("check", write("p.yaml", text), "--on", "2014-04-30", code=1)
    by_id = {finding["obligation"]: finding for finding in checked["findings"]}
    held = [finding for finding in checked["findings"] if finding["roots"]]
    assert held
    for finding in held:
        for root in finding["roots"]:
            assert by_id[root]["status"] in ("not_met", "not_assessable")
            assert root != finding["obligation"]


def test_a_plan_without_shortfalls_gives_exit_code_0(told, write):
    shipped = resources.shipped("scenarios") / "plans" / "voorbeeld-po.yaml"
    text = shipped.read_text(encoding="utf-8")
    assert text.count("independence: {answer: nee}") == 1  # its only shortfall
    checked = told("check", write("p.yaml", text.replace("independence: {answer: nee}", "independence: {answer: ja}")))
    assert (checked["summary"]["not_met"], checked["summary"]["not_assessable"]) == (0, 0)


def test_a_report_tells_where_it_is(told, small_scenario, tmp_path):
    run = told("run", small_scenario, "-n", "2")
    report = told("report", "--swv", "PO2814", "--replication", "1", "-o", "r.html")
    assert {key: report[key] for key in ("format", "file", "run", "replication", "swv", "kind", "visit")} == {
        "format": "report/2", "file": "r.html", "run": run["id"], "replication": 1, "swv": "PO2814",
        "kind": "bevindingen", "visit": "kwaliteitsonderzoek",
    }  # fmt: skip
    assert all(set(finding) == {"id", "status", "article", "roots", "seen"} for finding in report["findings"])
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "PO2814" in html
    assert "http" not in re.sub(r"http://www\.w3\.org\S*", "", html)  # nothing is fetched to read it
    told("report", "--swv", "PO2814", "-o", "r.html")  # a report can be made again over itself
    assert [path.name for path in tmp_path.glob("*.html*")] == ["r.html"]


def test_the_table_goes_to_the_screen_and_comes_back(command, small_scenario, write, told):
    code, out, err = command("population", "export", small_scenario, "--lang", "en")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith("swv,sector,province,maturity,pupils")
    assert [line.split(",")[0] for line in lines[1:4]] == ["PO2201", "PO2202", "PO2701"]
    write("t.csv", out)
    same = late(write, "population: {swv: [PO2814], table: t.csv}")
    plain = late(write, "population: {swv: [PO2814]}").rename(same.with_name("plain.yaml"))
    late(write, "population: {swv: [PO2814], table: t.csv}")
    assert told("run", same, "-n", "2")["kpis"] == told("run", plain, "-n", "2")["kpis"]


# Language


def helps(path, lang):
    environment = {**os.environ, "COLUMNS": "200"}
    line = [*PROGRAM, *path, "--help", "--lang", lang]
    made = subprocess.run(line, capture_output=True, encoding="utf-8", check=True, env=environment)
    return made.stdout


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_no_sentence_of_the_dutch_help_is_the_english_one(path):
    english, dutch = helps(path, "en"), helps(path, "nl")
    assert "inspectie-sim" in english.split("Examples:")[1]
    assert "inspectie-sim" in dutch.split("Voorbeelden:")[1]

    def sentences(text):
        pieces = (piece.strip() for line in text.splitlines() for piece in re.split(r"\s{2,}", line.strip()))
        return {one for one in pieces if one.count(" ") >= 2 and "inspectie-sim" not in one and one[0] != "-"}

    assert sentences(english)
    assert not sentences(english) & sentences(dutch)


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_help_does_not_name_the_types_of_a_programmer(path):
    for word in ("TEXT", "INTEGER", "RANGE", "PATH", "DIRECTORY", "BOOLEAN", "[required]", "[default", "ARGS"):
        assert word not in helps(path, "nl")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--lang", "nl", "check", "voorbeeld-po"], "voldaan"),
        (["check", "--lang", "nl", "voorbeeld-po"], "voldaan"),
        (["check", "voorbeeld-po", "--lang=nl"], "voldaan"),
        (["check", "voorbeeld-po", "--lang", "en"], "not met -"),
    ],
)
def test_the_language_can_stand_anywhere_on_the_line(command, arguments, word):
    code, out, _ = command(*arguments)
    assert code == 1
    assert word in out


@pytest.mark.parametrize(("system", "lang"), [("nl_NL.UTF-8", "nl"), ("nl_BE", "nl"), ("en_GB", "en"), ("C", "en")])
def test_the_system_decides_when_the_line_does_not(command, monkeypatch, system, lang):
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", system)
    command("check", "voorbeeld-po")
    assert language.current() == lang
    command("check", "voorbeeld-po", "--lang", "en" if lang == "nl" else "nl")
    assert language.current() != lang


@pytest.mark.parametrize("wanted", ["de", "", "NL-nl"])
def test_an_unknown_language_is_refused(command, wanted):
    code, out, err = command("check", "voorbeeld-po", "--lang", wanted, "--json")
    assert (code, out) == (2, "")
    assert json.loads(err)["exit_code"] == 2


def test_data_does_not_depend_on_the_language(command, small_scenario):
    for arguments in (["run", small_scenario, "-n", "2"], ["compare", "klein", "laatste"]):
        assert command(*arguments, "--json", "--lang", "nl") == command(*arguments, "--json", "--lang", "en")


# Surroundings


def test_the_version_is_told(command):
    assert command("--version") == (0, f"inspectie-sim {__version__}\n", "")


def test_paths_in_files_start_from_the_file_and_paths_on_the_line_from_here(tmp_path, small_scenario, write):
    """From another folder, in processes of their own."""
    write("in/t.csv", "swv;pupils\nPO2814;12.345\n")
    write("in/laat.yaml", late(write, "population: {swv: [PO2814], table: t.csv}").read_text(encoding="utf-8"))
    write("in/klein.yaml", small_scenario.read_text(encoding="utf-8"))
    (tmp_path / "elsewhere").mkdir()
    environment = {**os.environ, "LC_ALL": "C"}
    environment.pop("INSPECTIE_SIM_RUNS", None)

    def run(*arguments):
        made = subprocess.run(
            [*PROGRAM, *arguments], cwd=tmp_path / "elsewhere", capture_output=True, encoding="utf-8",
            check=False, env=environment,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        return made

    run("run", "../in/laat.yaml", "-n", "1")
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["runs"]
    run("report", "laatste", "--swv", "PO2814", "-o", "r.html")
    assert "12,345" in (tmp_path / "elsewhere" / "r.html").read_text(encoding="utf-8")


def test_no_socket_is_made(tmp_path, small_scenario):
    """Also none that would never be used."""
    (tmp_path / "sitecustomize.py").write_text(
        "import os, socket\nclass Refused(socket.socket):\n    def __init__(self, *_, **__):\n        os._exit(77)\n"
        "socket.socket = Refused\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "INSPECTIE_SIM_RUNS": str(tmp_path / "runs")}

    def code(*line):
        return subprocess.run(
            [sys.executable, *line], cwd=tmp_path, env=environment, capture_output=True, check=False
        ).returncode

    assert code("-c", "import socket; socket.socket()") == 77  # the guard works
    assert code(*PROGRAM[1:], "run", str(small_scenario), "-n", "2") == 0
    assert code(*PROGRAM[1:], "check", "voorbeeld-po") == 1
    assert code(*PROGRAM[1:], "report", "--swv", "PO2814", "-o", "r.html") == 0
