"""What tests of commands share: two scenarios to try them on, and answers as data."""

from __future__ import annotations

import json

import pytest

from tests.conftest import scenario_of

TINY = ["PO2814", "VO2802", "VO2810"]


@pytest.fixture
def two_scenarios(tmp_path):
    """A scenario of three swv, and one in which their opr comes late, in the folder in which commands work."""
    (tmp_path / "drie.yaml").write_text(scenario_of("drie", TINY), encoding="utf-8")
    late = scenario_of("laat", TINY) + "parameters: {install_opr: {median: 90}}\n"
    (tmp_path / "laat.yaml").write_text(late, encoding="utf-8")


@pytest.fixture
def told(command):
    """A function that runs a command and gives its answer as data."""

    def run(*arguments, code=0):
        found, out, err = command(*arguments, "--json")
        assert found == code, err
        return json.loads(out)

    return run


def told_of(out):
    """What `bekostiging --json` says, with its rows of money by line."""
    said = json.loads(out)
    return said, {row["line"]: row for row in said["money"]} if "swv" in said else {}
