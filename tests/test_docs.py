"""docs/gevolg-nagaan.md: its commands run, and what it says that they show is what they show."""

from __future__ import annotations

import csv
import io
import re
import shlex
from pathlib import Path

import pytest

from simulator.base import language

TEXT = (Path(__file__).parent.parent / "docs" / "gevolg-nagaan.md").read_text(encoding="utf-8")


def blocks(kind):
    return re.findall(rf"```{kind}\n(.*?)```", TEXT, re.DOTALL)


def shown(command, kinds):
    """What the commands of some kinds on the page show, in the order of the page."""
    language.choose("nl")
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    assert [line.split()[1] for line in lines] == ["why", "export", "replay", "why", "bekostiging"]
    found = []
    for line in lines[kinds]:
        code, out, err = command(*shlex.split(line)[1:])
        assert code == 0, err
        found.append(" ".join(out.split()))
    return found


def test_a_consequence_can_be_followed_from_cause_to_figure_as_the_page_says(command, tmp_path):
    why, _, replay = shown(command, slice(0, 3))
    (story,) = blocks("text")
    for line in story.splitlines():
        assert " ".join(line.split()) in why, line
    log = list(csv.DictReader((tmp_path / "gebeurtenissen.csv").read_text(encoding="utf-8").splitlines()))
    (table,) = blocks("csv")
    told = list(csv.DictReader(io.StringIO(table)))
    found = [row for row in log if row["swv"] == "VO2801"]
    places = [
        next(place for place, row in enumerate(found) if {name: row[name] for name in one} == one) for one in told
    ]
    assert places == sorted(places)  # cause before consequence
    decided = next(row for row in found if row["step"] == "decide_opr" and row["what"] == "ended")
    assert decided["date"] == "2013-12-12"
    assert "busy:PO2801/talk_oogo" in replay


@pytest.mark.slow
def test_a_difference_in_money_can_be_followed_to_the_money_table(command):
    why, table = shown(command, slice(3, 5))
    assert "krimp: minder leerlingen" in why
    assert "PO2903" in table
