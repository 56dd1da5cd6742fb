"""What reports say of parts of the model that a scenario leaves out, and what they no longer show."""

from __future__ import annotations

import json

import pytest

from simulator.kader import reading as kaders
from simulator.reports import assumed, capacity, formats
from simulator.reports.blocks import Table
from simulator.reports.kinds import bevindingen, lastendruk, voortgang
from simulator.reports.source import Asked, Source, scope
from simulator.world import scenario as scenarios
from tests.conftest import TWELVE, scenario_of, stored_run

LEFT_OUT = "Parts of the model that were left out"


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """A run of twelve swv without OPR, help and money."""
    from simulator.outcomes import store

    folder = tmp_path_factory.mktemp("zonder")
    text = scenario_of("zonder", TWELVE) + "parts: {opr: false, steun: false, bekostiging: false}\n"
    stored_run(text, folder)
    (path,) = (folder / "runs").iterdir()
    source = Source.of_run(store.read(path))
    return Asked((source,), None, scope(source.scenario, None, None, None))


@pytest.mark.parametrize("kind", [voortgang, bevindingen, lastendruk])
def test_a_report_says_which_parts_are_left_out(asked, kind):
    words = " ".join(str(formats.written(kind.build(asked), "md")).split())
    assert LEFT_OUT in words
    assert all(name in words for name in ("help by PO-Raad and VO-raad", "money and verevening"))


def test_progress_and_figures_leave_out_what_never_comes(asked):
    told = voortgang.build(asked).told["shares"]
    every = {state.id for state in kaders.load("swv-2014").file.progress}
    assert {row["state"] for row in told} == every - {"opr", "consent"}
    document = bevindingen.build(asked)
    cells = ["".join(span.text for span in cell) for block in document.blocks if isinstance(block, Table)
             for row in block.rows for cell in row.cells]  # fmt: skip
    assert "plan on time" in cells
    assert not [cell for cell in cells if "support team of" in cell or "deficit" in cell or "OPR installed" in cell]
    assert not [row for row in document.told["figures"] if row["label"] == "helped before 1 May"]


def test_pools_and_assumptions_of_what_is_left_out_are_not_told(asked):
    labels = [one.label for one in capacity.weekly(asked.source.replication(0))]
    assert "inspectors of primary education" in labels
    assert not [label for label in labels if "support team" in label]
    table = next(one for one in assumed.blocks([asked.source.scenario]) if isinstance(one, Table))
    whole = next(one for one in assumed.blocks([scenarios.load("invoering-2014")]) if isinstance(one, Table))
    assert len(table.rows) > 1
    assert table.caption != whole.caption


def test_the_table_of_a_run_has_no_figures_of_what_is_left_out(command, write):
    text = scenario_of("zonder", ["PO2814", "VO2802"]) + "parts: {steun: false, bekostiging: false, opr: false}\n"
    _, screen, _ = command("run", write("zonder.yaml", text), "-n", "2", "--json")
    kpis = json.loads(screen)["kpis"]
    assert {"plan_on_time", "pool_utilisation.gemeente"} <= kpis.keys()
    gone = {
        "helped",
        "gets_deficit",
        "first_deficit_year",
        "pool_utilisation.steunteam_po",
        "pool_wait_days.steunteam_vo",
    }
    assert not gone & kpis.keys()
