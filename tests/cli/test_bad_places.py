"""Where a run, report or table cannot go, and what becomes of a run whose files were changed."""

from __future__ import annotations

import hashlib
import json
import os
import sys

import pytest

from simulator.outcomes import manifest as manifests
from tests.conftest import scenario_of

TWO = scenario_of("klein", ["PO2814", "VO2802"])
BAD_PLACES = ["file", "file/below", ".", "", "x" * 300, "a\0b", "full"]


@pytest.fixture
def places(tmp_path):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "s.yaml").write_text(TWO, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("place", BAD_PLACES)
def test_a_run_does_not_go_where_it_cannot(refused, places, place):
    refused("run", "s.yaml", "-n", "1", "-o", place)
    assert (places / "file").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("place", ["file/below", ".", "x" * 300, "a\0b", "full", "nowhere/at/all.html"])
def test_a_report_does_not_go_where_it_cannot(command, refused, places, place):
    command("run", "s.yaml", "-n", "1", "--json")
    refused("report", "laatste", "--swv", "PO2814", "-o", place)


@pytest.mark.parametrize("place", ["file/below", ".", "x" * 300, "a\0b", "full", "nowhere/at/all.csv"])
def test_a_table_does_not_go_where_it_cannot(command, places, place):
    before = set(places.rglob("*"))
    code, _, err = command("population", "export", "s.yaml", "-o", place)
    assert code == 2, err
    assert set(places.rglob("*")) == before


@pytest.mark.skipif(sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may all")
def test_a_folder_that_may_not_be_written_is_told(refused, places):
    (places / "full").chmod(0o500)
    refused("run", "s.yaml", "-n", "1", "-o", "full/run")


def test_a_folder_of_runs_that_is_a_file_is_told(refused, places, monkeypatch):
    monkeypatch.setenv("INSPECTIE_SIM_RUNS", str(places / "file"))
    refused("run", "s.yaml", "-n", "1")
    assert "laatste" in refused("report", "--swv", "PO2814")[0]["message"]


# Runs that were tampered with


@pytest.fixture
def stored(command, places):
    command("run", "s.yaml", "-n", "2", "--json")
    (folder,) = (places / "runs").iterdir()
    return folder


def test_what_a_run_does_not_hold_is_told_with_what_it_does(refused, stored):
    assert "PO2814" in refused("report", "laatste", "--swv", "PO2801")[0]["hint"]
    assert "simulatie" in refused("report", "laatste", "--swv", "PO2814", "--visit", "x")[0]["hint"]
    assert "1" in refused("report", "laatste", "--swv", "PO2814", "--replication", "2")[0]["message"]
    assert "klein" in refused("report", "klien", "--swv", "PO2814")[0]["hint"]
    assert "klein" in refused("compare", "klein", "klien")[0]["hint"]


@pytest.mark.parametrize("name", ["kpis.parquet", "scenario.yaml", "statuses/0000000.parquet", "inputs/population.csv"])
@pytest.mark.parametrize("gone", [True, False])
def test_a_file_of_a_run_that_was_changed_is_told(refused, stored, name, gone):
    if gone:
        (stored / name).unlink()
    else:
        (stored / name).write_bytes((stored / name).read_bytes() + b" ")
    for arguments in (["report", "klein", "--swv", "PO2814"], ["compare", "klein", stored]):
        (problem,) = refused(*arguments)
        assert problem["file"].endswith(name)
        assert "--force" in problem["hint"]


MANIFESTS = [
    "", "[]", "{}", "x", "5", "null", "[" * 100_000, '{"format": "run/1"}', '{"format": "run/3", "files": {}}',
    '{"format": "run/1", "id": "klein-1", "files": {}}', '{"format": "run/1", "id": "klein-1", "files": []}',
    '{"format": "run/1", "id": "klein-1", "scenario": "klein", "replications": "x", "failed": [], "files": {}}',
    '{"format": "run/1", "id": "klein-1", "scenario": "klein", "replications": 2, "failed": [], "files": {"a": 5}}',
]  # fmt: skip


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda text: text[:60])
def test_a_broken_manifest_is_told(refused, stored, manifest):
    (stored / "manifest.json").write_text(manifest, encoding="utf-8")
    for arguments in (["report", "klein", "--swv", "PO2814"], ["compare", "klein", stored]):
        assert refused(*arguments)[0]["file"].startswith(str(stored.parent.parent))


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda text: text[:60])
def test_a_run_under_our_own_name_that_was_broken_is_done_again_by_force(command, stored, manifest):
    before = (stored / "manifest.json").read_bytes()
    (stored / "manifest.json").write_text(manifest, encoding="utf-8")
    assert command("run", "s.yaml", "-n", "2", "--json")[0] == 2
    assert (stored / "manifest.json").read_text(encoding="utf-8") == manifest
    code, _, err = command("run", "s.yaml", "-n", "2", "--force", "--json")
    assert code == 0, err
    assert (stored / "manifest.json").read_bytes() == before
    assert [path.name for path in stored.parent.iterdir()] == [stored.name]


def test_figures_that_are_no_figures_are_told_even_with_a_fitting_hash(refused, stored):
    manifest = json.loads((stored / "manifest.json").read_text(encoding="utf-8"))
    (stored / "kpis.parquet").write_bytes(b"x")
    manifest["files"]["kpis.parquet"] = hashlib.sha256(b"x").hexdigest()
    found = manifests.Manifest.model_validate(manifest)
    (stored / "manifest.json").write_bytes(found.sealed(found.files).content())
    refused("compare", "klein", stored)
    refused("run", "s.yaml", "-n", "3")


@pytest.mark.parametrize("log", ["", "[]", "5", '{"finished": 5}', "x"])
def test_the_log_of_a_run_may_be_anything(command, stored, log):
    (stored / "log.json").write_text(log, encoding="utf-8")
    code, _, err = command("report", "laatste", "--swv", "PO2814", "-o", "r.html", "--json")
    assert code == 0, err
