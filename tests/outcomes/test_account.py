"""A figure of the bekostiging is told by shocks and lines of the money table, never by steps of the plan."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from simulator.outcomes import comparing, parting, running
from simulator.world import scenario as scenarios
from tests.conftest import TWELVE, scenario_of

N = 3
SHOCKS = (
    "shocks:\n"
    "  - {kind: krimp, from: 2013-08-01, size: 0.04, where: {sector: po}}\n"
    "  - {kind: groei_na_2011, from: 2013-08-01, size: 0.5, where: {sector: po}}\n"
    "  - {kind: negatieve_verevening, from: 2013-08-01, size: 100, where: {swv: [PO2814]}}\n"
)


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("account")
    found = []
    for name, extra in (("klein", ""), ("samen", SHOCKS)):
        path = folder / f"{name}.yaml"
        path.write_text(scenario_of(name, TWELVE) + extra, encoding="utf-8")
        found.append(running.run(scenarios.load(str(path)), N, folder=folder / "runs" / name)[0])
    return found


@pytest.mark.parametrize(
    "kpi", ["heavy_budget_shortfall_eur", "budget_change_2020_pct", "school_lumpsum_cut_eur", "first_deficit_year"]
)
def test_shocks_carry_the_money_and_add_up_to_the_difference(runs, kpi):
    pair = parting.Pair(*runs, kpi)
    played = [parts for number in range(N) if (parts := pair.parts(number)) is not None]
    fall = parting.waterfall([part for parts in played for part in parts], len(played))
    row = next(row for row in comparing.compare(runs).rows if row.kpi == kpi and row.difference)
    assert fall.total == pytest.approx(row.difference.estimate.mean, rel=1e-9)
    assert math.fsum(fall.by_step.values()) == pytest.approx(fall.total, rel=1e-9)
    assert {kind for _, kind in fall.by_step} == {"money"}
    assert all(step.startswith("shocks.") for step, _ in fall.by_step)
    assert not [part for parts in played for part in parts if part.swv.startswith("VO")] or kpi == "first_deficit_year"


def test_a_shock_is_told_from_pupils_or_the_correction_to_lines_and_figure(runs):
    pair = parting.Pair(*runs, "heavy_budget_shortfall_eur")
    told = pair.story(0, pair.codes.index("PO2814"), pair.play(0)).money
    kinds = runs[0].scenario.kader.file.shocks
    steps = {f"shocks.{name}": step for name in kinds for step in told if f"shocks.{name} " in step.name}
    assert steps["shocks.krimp"].causes["pupils"][0] > steps["shocks.krimp"].causes["pupils"][1]
    assert set(steps["shocks.groei_na_2011"].causes) == {"special"}
    assert set(steps["shocks.negatieve_verevening"].causes) == {"correction"}
    grown = steps["shocks.groei_na_2011"].lines
    assert next(iter(grown)) == "special_personnel"
    assert {"special_personnel", "special_materieel"} <= set(grown)
    assert set(steps["shocks.negatieve_verevening"].lines) >= {"verevening_personnel"}
    assert steps["shocks.krimp"].after == steps["shocks.groei_na_2011"].before


def test_the_command_names_shocks_lines_and_no_step(command, tmp_path):
    (tmp_path / "klein.yaml").write_text(scenario_of("klein", ["PO2814", "VO2802"]), encoding="utf-8")
    (tmp_path / "samen.yaml").write_text(scenario_of("samen", ["PO2814", "VO2802"]) + SHOCKS, encoding="utf-8")
    asked = ["why", "klein.yaml", "samen.yaml", "-n", "2", "--kpi", "budget_change_2020_pct"]
    code, out, err = command(*asked, "--json")
    assert code == 0, err
    told = json.loads(out)
    assert {one["kind"] for one in told["steps"]} == {"money"}
    assert all(one["lines"] for one in told["steps"])
    assert told["story"]["money"]
    shown = command(*asked)[1]
    assert "growth in between" in shown
    assert "what the plan shows" not in shown


def test_how_many_get_a_deficit_stands_beside_the_year_in_which_they_do(runs):
    play = parting.Player(runs[1].scenario).replication(0)
    years = play.seen.attributes["first_deficit"]
    found = play.seen.attributes["gets_deficit"]
    assert (found > 0).tolist() == (~np.isnan(years)).tolist()
    assert runs[1].kpis["gets_deficit"][0] == pytest.approx(found.mean())
    assert 0 < found.mean() < 1
