"""Every command does its work, in both languages, as text and as JSON, from any folder and without a network."""

import json
import os
import re
import subprocess
import sys

import pytest

from simulator.base import language
from simulator.cli import main as cli

PROGRAM = [sys.executable, "-c", "from simulator.cli.main import main; main()"]


def test_run_prints_its_figures_and_what_to_do_next(command, small_scenario):
    code, out, err = command("run", small_scenario, "-n", "3")
    assert code == 0
    assert "plan on time" in out
    assert f"Next:\n  inspectie-sim report {small_scenario} --swv PO2814" in err


def test_run_gives_its_figures_as_json(command, small_scenario):
    code, out, _ = command("run", small_scenario, "-n", "3", "--seed", "1", "--json")
    told = json.loads(out)
    assert code == 0
    assert next(iter(told)) == "format"
    assert set(told) >= {"format", "run", "kpis"}
    pools = ("pool_utilisation.inspecteur_so", "pool_wait_days.rekenschap")
    shares = ("plan_on_time", "plan_complete", "ready_1_august", "report_before_1_may")
    for name in (*shares, *pools, "findings_per_swv", "visit_to_report_days", "burden_hours_per_swv"):
        assert set(told["kpis"][name]) == {"mean", "low", "high", "n", "unit"}
    assert told["kpis"]["plan_on_time"]["n"] == 3
    again = json.loads(
        command("run", small_scenario, "-n", "3", "--seed", "1", "--json", "--force", "--workers", "2")[1]
    )
    assert again["kpis"] == told["kpis"]


def test_compare_gives_rows(command, small_scenario, write):
    late = write("laat.yaml", "format: scenario/1\nid: laat\nextends: klein\n"
                 'title: {nl: "Laat", en: "Late"}\nquestion: {nl: "?", en: "?"}\n'
                 "parameters: {adopt_reglement: {median: 90}}\n")  # fmt: skip
    command("run", small_scenario, "-n", "4", "--json")
    command("run", late, "-n", "4", "--json")
    code, out, _ = command("compare", "klein", "laat", "--json")
    told = json.loads(out)
    assert code == 0
    rows = {(row["kpi"], row["scenario"]): row for row in told["rows"]}
    assert {"kpi", "scenario", "mean", "diff", "diff_low", "diff_high"} <= set(told["rows"][0])
    assert rows["plan_on_time", "klein"]["diff"] is None
    difference = rows["plan_on_time", "laat"]
    assert difference["diff"] == pytest.approx(difference["mean"] - rows["plan_on_time", "klein"]["mean"])
    assert difference["diff"] < 0
    code, out, err = command("compare", "klein", "laat")
    assert code == 0
    assert "adopt_reglement" in out
    assert "Paired" in out
    assert "Next:" in err


def test_check_tells_statuses_and_exits_by_them(command, tmp_path):
    code, out, err = command("check", "voorbeeld-po")
    assert code == 1
    assert "GOV-6c" in out
    assert "Next:" in err
    code, out, _ = command("check", "voorbeeld-po", "--json")
    told = json.loads(out)
    assert code == 1
    assert (told["kader"], told["on"]) == ("swv-2014", "2014-04-22")
    by_id = {finding["obligation"]: finding for finding in told["findings"]}
    assert set(by_id["GOV-6c"]) >= {"obligation", "status", "article", "roots", "evidence"}
    assert by_id["GOV-6c"]["status"] == "not_met"
    assert by_id["PROC-9"]["status"] == "met"
    assert told["summary"]["not_met"] == 1
    later = {
        f["obligation"]: f
        for f in json.loads(command("check", "voorbeeld-po", "--on", "2014-08-01", "--json")[1])["findings"]
    }
    assert later["TLV-2"]["status"] == "not_assessable"  # nothing in the file shows it
    assert "TLV-2" not in by_id  # the duty did not exist in April


def test_check_speaks_dutch(command):
    language.choose("nl")
    _, out, _ = command("check", "voorbeeld-po", "--on", "2014-08-01")
    for status in ("voldaan", "niet voldaan", "niet te beoordelen", "nog niet aan de orde"):
        assert status in out


def test_report_writes_one_file_whose_name_says_what_it_is(command, small_scenario, tmp_path):
    command("run", small_scenario, "-n", "1", "--json")
    code, out, err = command("report", "laatste", "--swv", "po2814")
    assert code == 0
    (made,) = tmp_path.glob("*.html")
    assert made.name.startswith("computer-model-not-a-document-of-the-inspectorate-PO2814-2014")
    assert "Not a document of the Dutch Inspectorate" in err
    code, out, _ = command("report", "klein", "--swv", "PO2814", "--visit", "simulatie", "-o", "mijn.html", "--json")
    told = json.loads(out)
    assert (told["format"], told["kind"], told["visit"]) == ("report/2", "bevindingen", "simulatie")
    assert {"id", "status", "article", "roots"} <= set(told["findings"][0])
    assert (tmp_path / "mijn.html").exists()
    assert not list(tmp_path.glob(".*part"))


def test_the_table_of_swv_can_be_exported_filled_in_and_used(command, small_scenario, tmp_path):
    language.choose("nl")
    code, _, _ = command("population", "export", small_scenario, "-o", "swv.csv")
    assert code == 0
    lines = (tmp_path / "swv.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 13
    row = next(line for line in lines if line.startswith("PO2814"))
    cells = dict(zip(lines[0].split(";"), row.split(";"), strict=True))
    assert (cells["boards"], cells["visit_kwaliteit"], cells["pupils"]) == ("21", "2014-09-25", "")
    cells["maturity"], cells["pupils"] = "1,5", "12.345"
    (tmp_path / "swv.csv").write_text(f"{lines[0]}\n{';'.join(cells.values())}\n", encoding="utf-8")
    (tmp_path / "y.yaml").write_text(
        'format: scenario/1\nid: y\nextends: klein\ntitle: {nl: "y", en: "y"}\nquestion: {nl: "y", en: "y"}\n'
        "population: {swv: [PO2814], table: swv.csv}\n",
        encoding="utf-8",
    )
    code, _, err = command("run", "y.yaml", "-n", "1")
    assert code == 0, err
    command("report", "y", "--swv", "PO2814", "-o", "y.html")
    html = (tmp_path / "y.html").read_text(encoding="utf-8")
    for value, origin in (("12.345", "given"), ("1,50", "given"), ("21", "known")):
        assert re.search(rf'>{re.escape(value)}</td><td[^>]*><span class="o {origin}">', html), value


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("name", [*cli.COMMANDS, "population export", ""])
def test_help_is_in_the_language_and_shows_an_example(tmp_path, name, lang):
    outcome = subprocess.run(
        [*PROGRAM, *name.split(), "--help", "--lang", lang],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert outcome.returncode == 0
    assert ("Gebruik:" in outcome.stdout) == (lang == "nl")
    assert ("Usage:" in outcome.stdout) == (lang == "en")
    example = f"inspectie-sim {name} " if name else "inspectie-sim run "
    assert example in outcome.stdout.split("Voorbeelden" if lang == "nl" else "Examples")[1]
    if lang == "nl":
        for word in ("Show ", "Options", "message", " the "):
            assert word not in outcome.stdout


@pytest.mark.parametrize(
    ("variable", "word"), [("nl_NL.UTF-8", "Gebruik:"), ("en_GB.UTF-8", "Usage:"), ("C", "Usage:")]
)
def test_the_language_follows_the_system(tmp_path, variable, word):
    environment = {**os.environ, "LC_ALL": variable}
    outcome = subprocess.run(
        [*PROGRAM, "--help"], cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert word in outcome.stdout


def test_all_works_without_a_network(tmp_path, small_scenario):
    """Any attempt to open a connection or look up a name ends the process."""
    (tmp_path / "sitecustomize.py").write_text(
        "import os, socket\n"
        "def refuse(*_, **__):\n    os._exit(77)\n"
        "socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = refuse\n"
        "socket.getaddrinfo = socket.create_connection = refuse\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "INSPECTIE_SIM_RUNS": str(tmp_path / "runs")}

    def run(*arguments):
        line = [*PROGRAM, *arguments]
        return subprocess.run(
            line, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
        ).returncode

    blocked = "import socket; socket.create_connection(('127.0.0.1', 9))"
    assert subprocess.run([sys.executable, "-c", blocked], env=environment, check=False).returncode == 77
    assert run("run", str(small_scenario), "-n", "6", "--workers", "1") == 0
    assert run("check", "voorbeeld-po") == 1
    assert run("report", "laatste", "--swv", "PO2814", "-o", "r.html") == 0
