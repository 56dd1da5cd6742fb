"""Runs side by side: who is compared in pairs, and which is the best."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.outcomes import choosing, comparing, running
from simulator.reports import comparison
from simulator.world import scenario as scenarios


@pytest.fixture
def three(tiny_scenario, tmp_path):
    """Two runs under the same luck, and one with another seed."""
    base = scenarios.load(str(tiny_scenario))
    opr = base.parameters["install_opr"].model_copy(update={"median": 90})
    late = replace(base, id="late", parameters={**base.parameters, "install_opr": opr}, changed=("install_opr",))
    other = replace(base, id="other", seed=77)
    return [running.run(one, 8, folder=tmp_path / one.id)[0] for one in (base, late, other)]


def test_each_run_is_compared_as_it_can_be(three):
    alone = {row.kpi: row for row in comparing.compare(three[:2]).rows if row.difference}
    found = comparing.compare(three)
    paired = {row.kpi: row for row in found.rows if row.run == three[1].id}
    assert {row.paired for row in paired.values()} == {True}
    assert {row.paired for row in found.rows if row.run == three[2].id} == {False}
    for name, row in paired.items():
        assert row.difference.estimate == alone[name].difference.estimate or row.difference.estimate.n == 0
    assert found.reasons
    told = comparison.page(comparison.data(found), found)
    assert ["Paired" in table["pairing"] for table in told["tables"]] == [True, False]


def test_what_pairing_is_worth_is_said_of_figures_that_differ(three):
    told = comparison.data(comparing.compare(three[:2]))
    rows = [row for row in told["rows"] if row["diff"] is not None]
    same = [row for row in rows if (row["diff"], row["diff_low"], row["diff_high"]) == (0, 0, 0)]
    assert same
    assert all(row["reduction"] is None for row in same)
    assert any(row["reduction"] is not None for row in rows)


def test_the_best_is_chosen_in_pairs_where_two_share_their_luck(three):
    found = comparing.compare(three)
    spread = np.arange(8) * 10.0
    values = spread, spread + 1 + np.arange(8) % 2 / 10, spread  # clear in pairs, lost in the spread otherwise
    for run, column in zip(three, values, strict=True):
        run.kpis["findings_per_swv"] = column
    kept = choosing.best(found, "findings_per_swv").kept
    assert kept == [three[1].id, three[2].id]
