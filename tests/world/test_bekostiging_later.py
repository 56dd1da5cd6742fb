"""The money after 2020: own equity against the signaleringswaarde, and growth after the teldatum."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simulator.base.errors import InputError
from simulator.kader import reading as kaders
from simulator.outcomes import kpis
from simulator.outcomes.play import Player
from simulator.plan import reading
from simulator.world import bekostiging, population
from simulator.world import scenario as scenarios
from simulator.world.bekostiging import later
from tests.conftest import scenario_of

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


def shaken(kind, start, size, years=range(2027, 2031), plans=None, **attributes):
    """The money of PO2814 and VO2802 without and with a change over PO2814 alone."""
    codes = ["PO2814", "VO2802"]
    known = {"pupils": 20_000, "growth_share": 0.04, **attributes}
    arrays = {
        name: np.broadcast_to(np.array(value, dtype=float), 2)
        for name, value in {"reserve_share": 0.05, "special_level": 1.0, **known}.items()
    }
    swv = [EVERYONE[code] for code in codes]
    change = bekostiging.Change(date.fromisoformat(start), kind, np.array([True, False]), size)
    return [later.drawn(swv, arrays, years, AMOUNTS, plans, changes) for changes in ((), (change,))]


def test_krimp_takes_income_a_year_after_the_count_and_pupils_at_once_and_leaves_own_equity():
    calm, hit = shaken("krimp", "2026-02-01", 0.04)
    assert hit.income[0, 0] == calm.income[0, 0]  # the count of 1 February 2026, when it begins
    assert hit.income[0, 1:] / calm.income[0, 1:] == pytest.approx(0.96 ** np.arange(1, 4), rel=1e-4)
    assert hit.special[0, 0] == pytest.approx(0.96 * calm.special[0, 0], abs=0.5)
    assert hit.most[0, 1] == later.signaleringswaarde(hit.income[0, 1:2], AMOUNTS)[0] < calm.most[0, 1]
    assert (hit.reserve == calm.reserve).all()
    early = shaken("krimp", "2026-01-01", 0.04)[1]
    assert early.indicators()["reserve_above_eur"][0] > calm.indicators()["reserve_above_eur"][0]


@pytest.mark.parametrize(("kind", "size"), [("growth", 0.5), ("growth_within_year", 0.05)])
def test_growth_costs_more_for_the_vangnet_from_its_teldatum_on_and_no_other_swv(kind, size):
    calm, hit = shaken(kind, "2028-02-02", size)
    assert (hit.vangnet[0] > calm.vangnet[0]).tolist() == [False, False, True, True]
    usual = later.divided(hit.special[0] * later.factor(AMOUNTS.data.vangnet.usual), later.factor(1))
    assert (hit.vangnet[0] == np.maximum(hit.growth[0] - usual, 0) * hit.price[0]).all()
    for name in ("income", "most", "special", "growth", "usual", "vangnet"):
        assert (getattr(hit, name)[1] == getattr(calm, name)[1]).all()


def test_a_change_is_laid_over_what_a_plan_says_as_well():
    plan = reading.load("voorbeeld-po-2022", set(EVERYONE)).plan
    calm, hit = shaken("growth_within_year", "2023-01-01", 0.1, range(2023, 2027), {"PO2814": plan})
    own, other = calm.of(0)[1], hit.of(0)[1]
    assert (own.growth, own.income) == (9, other.income)
    assert other.growth == round(9 + 0.1 * own.special)
    assert other.vangnet == (other.growth - other.usual) * other.price
    assert other.price == own.price > 0


LATE = ["PO2814", "PO3106", "VO2810"]


@pytest.mark.parametrize(
    ("base", "shock", "message"),
    [
        ("plancyclus-2026", '{kind: krimp, from: "2025-12-31"}', "from 2026-01-01 up to and including 2030-01-31"),
        ("plancyclus-2026", '{kind: krimp, from: "2030-02-01"}', "from 2026-01-01 up to and including 2030-01-31"),
        ("plancyclus-2026", '{kind: groei_vso, from: "2030-02-02"}', "up to and including 2030-02-01"),
        ("plancyclus-2026", '{kind: krimp, from: "2026-02-01", size: -0.1}', "a size above zero"),
        ("plancyclus-2026", '{kind: krimp, from: "2026-02-01", until: "2027-02-01"}', "goes on"),
        ("plancyclus-2026", '{kind: negatieve_verevening, from: "2026-02-01"}', "Possible: groei_in_het_jaar, groei_vso"),
        ("plancyclus-2018", '{kind: groei_in_het_jaar, from: "2019-02-01"}', "rests on nothing that this shock changes"),
        ("plancyclus-2018", '{kind: krimp, from: "2023-01-01"}', "up to and including 2022-0"),
    ],
)  # fmt: skip
def test_a_shock_that_does_nothing_to_the_later_money_is_refused(write, base, shock, message):
    with pytest.raises(InputError, match=message) as caught:
        scenarios.load(str(write("s.yaml", scenario_of("s", LATE, base) + f"shocks:\n  - {shock}\n")))
    assert [problem.line for problem in caught.value.problems] == [8]


@pytest.mark.parametrize(
    ("base", "shock", "figure"),
    [
        ("plancyclus-2026", '{kind: krimp, from: "2026-02-01", where: {sector: po}}', "vangnet_eur"),
        ("plancyclus-2026", '{kind: groei_vso, from: "2026-02-01", size: 0.5}', "vangnet_eur"),
        ("plancyclus-2026", '{kind: groei_in_het_jaar, from: "2026-02-01"}', "vangnet_eur"),
        ("plancyclus-2018", '{kind: krimp, from: "2018-01-01", size: 0.5, where: {sector: po}}',
         "above_signaleringswaarde"),
    ],
)  # fmt: skip
def test_a_shock_moves_the_figures_of_the_later_money_and_its_part_can_be_left_out(write, base, shock, figure):
    text = scenario_of("s", LATE, base)
    more = (
        "parameters: {growth_share: {low: 0.04, high: 0.05}, reserve_share: {median: 0.033, sigma: 0.001}, "
        "pupils: {median: 30000, sigma: 0.001}}\n"
    )

    def measured(extra):
        return kpis.measure(Player(scenarios.load(str(write("s.yaml", text + more + extra)))).replication(0))[figure]

    shocks = f"shocks: [{shock}]\n"
    assert measured(shocks) != measured("")
    assert measured(shocks + "parts: {schokken: false}\n") == measured("")
