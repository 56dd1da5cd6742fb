"""What all tests share: the language of messages, and a small population."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from simulator.base import language

if TYPE_CHECKING:
    from collections.abc import Callable

settings.register_profile("new", print_blob=True)
settings.register_profile("repeatable", derandomize=True, print_blob=True)
settings.load_profile("new")
"""Tests of properties draw new examples each time, and say how to draw one that fails again; `.ci/test.py` draws the same
ones for the same code, so that a change is not held up by what it did not touch."""

OWN_KADER = """format: kader/1
id: eigen
name: {nl: "eigen", en: "own"}
holds: {from: "2021-08-01", until: "2027-07-31"}
like: swv-2021
source: "x"
"""
"""The head of a kader of one's own."""
TWELVE = [
    "PO2201",
    "PO2202",
    "PO2701",
    "PO2801",
    "PO2814",
    "PO3001",
    "VO2201",
    "VO2202",
    "VO2708",
    "VO2802",
    "VO2810",
    "VO3001",
]  # six of each sector, with overlaps between them


@pytest.fixture(autouse=True)
def _english() -> None:
    language.choose("en")


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """A function that writes a text file into a fresh folder and gives its path."""

    def writer(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    return writer


def scenario_of(name: str, codes: list[str], base: str = "invoering-2014") -> str:
    """The text of a shipped scenario with some swv alone."""
    return (
        f"format: scenario/1\nid: {name}\nextends: {base}\n"
        'title: {nl: "Klein", en: "Small"}\nquestion: {nl: "Klein?", en: "Small?"}\n'
        f"population: {{swv: [{', '.join(codes)}]}}\n"
    )


@pytest.fixture
def small_scenario(write: Callable[[str, str], Path]) -> Path:
    """The shipped scenario with twelve swv."""
    return write("klein.yaml", scenario_of("klein", TWELVE))


@pytest.fixture
def tiny_scenario(write: Callable[[str, str], Path]) -> Path:
    """The shipped scenario with three swv that overlap."""
    return write("drie.yaml", scenario_of("drie", ["PO2814", "VO2802", "VO2810"]))


def stored_run(text: str, folder: Path, number: int = 2) -> None:
    """Put a scenario into a folder by its id, and a run of it below `runs`, where commands find it."""
    from simulator.outcomes import running
    from simulator.world import scenario as scenarios

    name = text.partition("\nid: ")[2].partition("\n")[0]
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8", newline="\n")
    run, _ = running.run(scenarios.load(str(path)), number, folder=folder / "runs" / name)
    run.folder.rename(folder / "runs" / run.id)


@pytest.fixture(scope="session")
def _small_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("klein")
    stored_run(scenario_of("klein", TWELVE), folder)
    return folder


@pytest.fixture
def small_run(_small_run: Path, tmp_path: Path) -> Path:
    """The shipped scenario with twelve swv, and a run of it of two replications, in a fresh folder; played once for all."""
    shutil.copytree(_small_run, tmp_path, dirs_exist_ok=True)
    return tmp_path / "klein.yaml"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest test begins first: it is one, and the other files fit beside it on the other processors."""
    items.sort(key=lambda item: not item.nodeid.endswith("test_the_five_minutes_run_as_written"))


def bytes_of(folder: Path) -> dict[str, str]:
    """The hash of every file of a run that counts, by name."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "log.json"
    }


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """A function that runs a command in a fresh folder and gives exit code, output and messages."""
    from simulator.cli import main

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INSPECTIE_SIM_RUNS", str(tmp_path / "runs"))
    monkeypatch.setattr("os.cpu_count", lambda: 1)  # tests go side by side; those about `--workers` ask for more

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main._run([str(argument) for argument in arguments])
        streams = capsys.readouterr()
        assert "Traceback" not in streams.err
        return code, streams.out, streams.err

    return run


@pytest.fixture
def refused(command: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """A function that runs a command that must be refused; gives its problems as data."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def run(*arguments: object) -> Any:
        before = set(tmp_path.rglob("*"))
        code, out, err = command(*arguments, "--json")
        assert (code, out) == (2, ""), err
        assert set(tmp_path.rglob("*")) == before  # no run, no part of one, no crash file
        told = json.loads(err)  # one object and nothing else
        assert told["exit_code"] == 2
        return told["problems"]

    return run


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the invented plans of the tuning half as Word and PDF, and one of them scanned."""
    import make  # beside the tests that ask for it
    import plan_writing

    folder = tmp_path_factory.mktemp("plans")
    for name in ("po-2014-goed", "po-2022-rommelig", "vo-2022-vaag"):
        make.make(name, folder)
    plan_writing.scanned(folder / "po-2014-goed-ondersteuningsplan.pdf", folder / "scan.pdf")
    return folder
