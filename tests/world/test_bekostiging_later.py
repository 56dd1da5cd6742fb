"""The money after 2020: own equity against the signaleringswaarde, and growth after the teldatum."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simulator.kader import reading as kaders
from simulator.plan import reading
from simulator.world import bekostiging, population
from simulator.world.bekostiging import later

AMOUNTS = bekostiging.amounts()
EVERYONE = population.everyone()


def drawn(codes, years=range(2023, 2025), plans=None, **attributes):
    n = len(codes)
    known = {"pupils": 10_000, "reserve_share": 0.05, "special_level": 1.0, "growth_share": 0.0, **attributes}
    arrays = {name: np.broadcast_to(np.array(value, dtype=float), n) for name, value in known.items()}
    return later.drawn([EVERYONE[code] for code in codes], arrays, years, AMOUNTS, plans)


def test_the_signaleringswaarde_is_a_share_of_the_income_and_at_least_so_much():
    found = later.signaleringswaarde(np.array([0, 714_285_700, 714_285_800, 1_180_000_000]), AMOUNTS)
    assert found.tolist() == [25_000_000, 25_000_000, 25_000_003, 41_300_000]


def test_own_equity_above_it_follows_from_the_share_of_the_income():
    table = drawn(["PO2814", "VO2802"], pupils=20_000, reserve_share=[0.05, 0.03])
    po, vo = table.of(0)[0], table.of(1)[0]
    assert (po.income, po.most, po.reserve, po.above) == (1_070_000_000, 37_450_000, 53_500_000, 16_050_000)
    assert vo.above == vo.reserve - vo.most < 0
    assert table.indicators()["reserve_above_eur"].tolist() == [160_500, 0]


def test_only_growth_above_the_usual_costs_and_only_since_the_count_is_of_february():
    table = drawn(["PO2814"], years=range(2021, 2025), growth_share=0.10)
    years = table.of(0)
    assert [one.count for one in years] == [None, None, date(2023, 2, 1), date(2024, 2, 1)]
    assert [one.vangnet == 0 for one in years] == [True, True, False, False]
    special, growth, usual = years[2].special, years[2].growth, years[2].usual
    assert (special, growth, usual) == (220, 22, 7)
    assert years[2].vangnet % (growth - usual) == 0
    per_pupil = years[2].vangnet / (growth - usual) / 100
    assert 9_000 < per_pupil < 13_000  # most are of the low category
    assert drawn(["PO2814"], growth_share=0.03).indicators()["vangnet_eur"].tolist() == [0]


def test_pupils_follow_their_trend():
    incomes = [one.income for one in drawn(["PO2814"], pupils_trend=-0.1).of(0)]
    assert incomes[1] == pytest.approx(0.9 * incomes[0])


def test_what_a_plan_says_stands_in_the_place_of_what_is_drawn():
    plan = reading.load("voorbeeld-po-2022", set(EVERYONE)).plan
    own, other = drawn(["PO2814", "PO2801"], plans={"PO2814": plan}).of(0), drawn(["PO2814", "PO2801"]).of(1)
    assert [one.income for one in own] == [1_180_000_000, 1_195_000_000]
    assert (own[0].reserve, own[0].most, own[1].growth) == (64_000_000, 41_300_000, 9)
    assert drawn(["PO2814", "PO2801"], plans={"PO2814": plan}).of(1) == other


def test_which_kaders_tell_of_these_years():
    assert later.tells(kaders.load("swv-2021"))
    assert not later.tells(kaders.load("swv-2014"))
    assert later.years_of(kaders.load("swv-2021").file.plan_period) == range(2027, 2031)


@pytest.mark.parametrize(("median", "part"), [(0.074, 124 / 151), (None, 0.40)])
def test_the_spread_of_own_equity_fits_what_was_seen_in_2021_and_what_is_assumed_for_now(median, part):
    parameter = kaders.load("swv-2021").file.parameters["reserve_share"]
    parameter = parameter.model_copy(update={"median": median} if median else {})
    shares = parameter.quantile((np.arange(2000) + 0.5) / 2000)
    incomes = np.full(2000, 1_400_000_000)  # the mean of 2.1 billion over 151
    reserve = (shares * incomes).astype(np.int64)
    assert np.mean(reserve > later.signaleringswaarde(incomes, AMOUNTS)) == pytest.approx(part, abs=0.06)
    if median:
        assert reserve.mean() / 100 * 151 == pytest.approx(205e6, rel=0.1)
