"""The README does what it says: its commands run, its files exist, its scenario is one."""

import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.cli.main import main
from simulator.outcomes import calibrating
from simulator.world import scenario as scenarios

README = Path(__file__).parent.parent / "README.md"
TEXT = README.read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    """A function that runs a line of the README in a fresh folder and gives exit code, output and messages.

    The program is called as its entry point does, in this process: to import everything again for each line takes as long
    as many a command. Other lines go to a shell.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # of this process they stay as they are

    def runner(line):
        if not line.startswith("inspectie-sim "):
            return shell(["bash", "-c", line.replace("python -c", f"{sys.executable} -c")])
        with pytest.raises(SystemExit) as ended:
            main(shlex.split(line)[1:])
        streams = capfd.readouterr()
        return ended.value.code, streams.out, streams.err

    return runner


def shell(arguments):
    done = subprocess.run(arguments, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout, done.stderr


def test_the_five_minutes_run_as_written(run, tmp_path):
    lines = [line for block in blocks("sh") for line in block.splitlines() if line]
    assert len(lines) == 37
    outcomes = {line: run(line) for line in lines}
    for line, (code, _, err) in outcomes.items():
        assert code == (1 if " check " in line else 0), err
        assert "Traceback" not in err
    compared = next(out for line, (_, out, _) in outcomes.items() if " compare " in line)
    assert "*" in compared
    assert "25 september 2014" in (tmp_path / "rapport.html").read_text(encoding="utf-8").lower()
    for block in blocks("python"):
        code, _, err = shell([sys.executable, "-c", block])
        assert code == 0, err
    before, after, *_ = (out for line, (_, out, _) in outcomes.items() if " check " in line)
    assert status_of(before, "PROC-9") == "met"
    assert status_of(after, "PROC-9") == "shortfall"


def status_of(text, duty):
    """The heading above a duty in the outcome of a check."""
    before = re.split(rf"(?<![A-Z-]){duty}(?![0-9])", text)[0]
    return re.findall(r"^([A-Z ,:]+) \([0-9]+\)$", before, re.MULTILINE)[-1].lower()


@pytest.fixture(autouse=True)
def _in_english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


def test_the_scenario_of_the_readme_is_one(tmp_path, write):
    _, block = blocks("yaml")
    plan = README.parent / "scenarios" / "plans" / "voorbeeld-po.yaml"
    write("mijn-plan.yaml", plan.read_text(encoding="utf-8"))
    write("mijn-swv.csv", "swv;pupils\nPO2814;11.000\n")
    scenario = scenarios.load(str(write("mijn-scenario.yaml", block)))
    assert scenario.swv["PO2814"].given["pupils"].value == 11000
    assert "PO2814" in scenario.plans


def test_the_targets_of_the_readme_are_some(write):
    targets, _ = blocks("yaml")
    assert calibrating.read(write("doelen.yaml", targets), scenarios.load("invoering-2014")).targets


def test_files_that_the_readme_names_exist():
    for name in re.findall(r"`((?:scenarios|simulator|tests|docs|\.ci)/[\w./-]+)`", TEXT):
        assert (README.parent / name).exists(), name
    for name in re.findall(r"\]\(([\w./-]+)\)", TEXT):
        assert (README.parent / name).exists(), name


def test_every_command_has_a_line_in_the_readme():
    from simulator.cli.main import COMMANDS

    for command in COMMANDS:
        assert f"inspectie-sim {command}" in TEXT
