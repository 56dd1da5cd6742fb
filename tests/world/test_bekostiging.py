"""The money of an swv: the worked examples to the cent, what always holds, and the speed."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.reports import money
from simulator.world import bekostiging
from simulator.world.bekostiging import cents, data, projecting
from simulator.world.bekostiging.changing import Change
from simulator.world.bekostiging.people import People

AMOUNTS = bekostiging.amounts()
YEARS = len(AMOUNTS.counts)
PO, SO_OLDER, BAO = "po", 1, 0


def example(special: int, lgf: int, pupils: int = 20_000) -> People:
    """A po swv that does not change: all so pupils of 8 and older in category 1, all lgf in basisscholen."""
    nobody = People.nobody(["PO1"], [PO], AMOUNTS)
    base, kinds = np.zeros((1, 3, 3), dtype=np.int64), np.zeros((1, 6), dtype=np.int64)
    base[0, SO_OLDER, 0], kinds[0, BAO] = special, lgf
    return replace(
        nobody, pupils=np.full((1, YEARS), pupils), special=np.repeat(base[:, None], YEARS, axis=1),
        pupils_2011=np.array([pupils]), special_2011=base, lgf_2011=kinds, lgf_2013=kinds,
    )  # fmt: skip


@pytest.mark.parametrize(("special", "lgf", "wanted"), [(400, 200, -193_214_00), (520, 280, 1_626_605_20)])
def test_the_correction_of_the_worked_examples_holds_to_the_cent(special, lgf, wanted):
    assert bekostiging.correction(example(special, lgf), AMOUNTS)[0].tolist() == [wanted]


def test_the_lines_of_the_example_with_negative_verevening_follow_by_hand():
    table = bekostiging.project(example(520, 280), AMOUNTS)
    in_2015 = {name: int(table.line(name)[0, 2]) for name in table.names}
    assert in_2015["light_personnel"] == 20_000 * 156_61
    assert in_2015["heavy_personnel"] == 20_000 * 318_83
    assert in_2015["special_personnel"] == -520 * 8220_95
    assert in_2015["verevening_personnel"] == 168_052_716  # 1,626,605.20 x 1.03315 = 1,680,527.16238
    assert in_2015["herbesteding"] == 280 * 4372_65
    # material of 2015-2016: 5/12 of 2015 and 7/12 of 2016, where C is 520 x 784.40 + 280 x 1,496 - 20,000 x 29.32
    assert table.correction[1].tolist() == [240_368_00]
    assert in_2015["heavy_materieel"] == 250_083_33 + (612_800_00 - 255_333_33)
    assert in_2015["verevening_materieel"] == 100_153_33 + (22_087_416 - 9_203_090)  # 240,368.00 x 0.9 x 1.021
    melted = [0, 0, 1_680_527_16, 1_512_474_45, 1_260_395_37, 1_008_316_30, 504_158_15, 0]
    assert table.line("verevening_personnel")[0].tolist() == melted


def test_negative_verevening_lets_the_budget_fall_and_positive_lets_it_rise():
    falls = bekostiging.indicators(bekostiging.project(example(520, 280), AMOUNTS))
    rises = bekostiging.indicators(bekostiging.project(example(300, 100), AMOUNTS))
    assert falls["budget_change_2020_pct"][0] < -10
    assert rises["budget_change_2020_pct"][0] > 10
    assert falls["school_lumpsum_cut_eur"][0] == 0
    assert np.isnan(falls["first_deficit_year"][0])


def test_a_deduction_above_the_heavy_budget_is_taken_from_the_schools_and_dated():
    many = replace(example(520, 280), special=np.repeat(example(900, 0).special_2011[:, None], YEARS, axis=1))
    table = bekostiging.project(many, AMOUNTS)
    over = 900 * 8220_95 - 20_000 * 318_83 - table.line("verevening_personnel")[0]
    assert table.line("cut_personnel")[0, 2:].tolist() == np.maximum(over, 0)[2:].tolist()
    figures = bekostiging.indicators(table)
    assert figures["first_deficit_year"][0] == 2018  # 75 percent still covers it, 60 percent no longer
    assert figures["heavy_budget_shortfall_eur"][0] == figures["school_lumpsum_cut_eur"][0]
    cut = table.sum("cut_personnel", "cut_materieel")[0, 2:].sum() / 100
    assert figures["school_lumpsum_cut_eur"][0] == pytest.approx(cut, abs=0.001)


def test_where_the_verevening_would_take_more_than_there_is_it_stops_and_says_so():
    shrunk = replace(example(0, 0, pupils=10_000), pupils_2011=np.array([20_000]))
    personnel, material = projecting.capped(shrunk, AMOUNTS)
    table = bekostiging.project(shrunk, AMOUNTS)
    bites = [year for year, bit in zip(AMOUNTS.years, personnel[0], strict=True) if bit]
    assert bites == [2015, 2016, 2017, 2018]  # 60 percent of twice the norm, indexed, is still above 318.83
    for place, year in enumerate(AMOUNTS.years):
        is_all = table.line("verevening_personnel")[0, place] == -table.line("heavy_personnel")[0, place]
        assert is_all == (year in bites) or year < 2014
    notes = " ".join(money.of_one(table, shrunk, "")[0].notes)
    assert ", ".join(f"{year}-{year + 1}" for year in bites) in notes
    assert material.any()
    assert ", ".join(str(year) for year, bit in zip(AMOUNTS.calendar, material[0], strict=True) if bit) in notes
    assert not any(found.any() for found in projecting.capped(example(520, 280), AMOUNTS))


def test_sbo_above_two_percent_and_its_growth_are_paid_by_whole_pupils():
    some = example(0, 0, pupils=10_024)  # 2 percent is 200.48: 200 pupils
    some = replace(some, sbo=np.full((1, YEARS), 260), sbo_growth=np.full((1, YEARS), 5))
    table = bekostiging.project(some, AMOUNTS)
    assert table.line("sbo_above")[0, 2] == -65 * 4268_84
    assert table.line("sbo_growth")[0, 2] == -5 * 2986_87
    assert table.line("light_personnel")[0, 2] == (10_024 - 260) * 156_61
    full = bekostiging.project(replace(some, sbo=np.full((1, YEARS), 2_000)), AMOUNTS)
    spent = full.sum("sbo_above", "sbo_growth")[0, 2]
    assert full.line("schools_light")[0, 2] == -spent - full.line("light_personnel")[0, 2]


def test_opting_out_brings_the_guidance_money_and_frees_the_year_after():
    inside = bekostiging.project(example(400, 200), AMOUNTS)
    out = bekostiging.project(replace(example(400, 200), opting_out=np.array([True])), AMOUNTS)
    money = 200 * 4372_65 + 39_583_33  # material: 5/12 of 200 x 475
    assert (inside.line("opting_out")[0, 1], inside.line("to_providers")[0, 1]) == (0, money)
    assert (out.line("opting_out")[0, 1], out.line("to_providers")[0, 1]) == (money, 0)
    assert (inside.line("herbesteding")[0, 2], out.line("herbesteding")[0, 2]) == (200 * 4372_65, 0)


def test_the_year_of_preparation_brings_ten_euros_a_pupil():
    assert bekostiging.project(example(400, 200), AMOUNTS).total[0, 0] == 20_000 * 10_00


drawn = st.fixed_dictionaries({
    "pupils": st.integers(100, 60_000), "special": st.integers(0, 3_000), "growth": st.integers(0, 200),
    "sbo": st.integers(0, 2_000), "lgf": st.integers(0, 900), "base": st.integers(0, 3_000),
    "sector": st.sampled_from(["po", "vo"]),
})  # fmt: skip


def of(drawn: dict, extra: int = 0) -> People:
    sector = int(drawn["sector"] == "vo")
    age = 2 if sector else SO_OLDER
    many = np.zeros((1, YEARS, 3, 3), dtype=np.int64)
    special, growth, base = many.copy(), many.copy(), many[:, 0].copy()
    special[..., age, 1], growth[..., age, 1], base[..., age, 1] = (
        drawn["special"] + extra,
        drawn["growth"],
        drawn["base"],
    )
    lgf = np.zeros((1, 6), dtype=np.int64)
    lgf[0, 3 * sector] = drawn["lgf"]
    nobody = People.nobody(["X"], [drawn["sector"]], AMOUNTS)
    sbo = 0 if sector else min(drawn["sbo"], drawn["pupils"])
    return replace(
        nobody, pupils=np.full((1, YEARS), drawn["pupils"]), sbo=np.full((1, YEARS), sbo), special=special, growth=growth,
        pupils_2011=np.array([drawn["pupils"]]), special_2011=base, lgf_2011=lgf, lgf_2013=lgf,
    )  # fmt: skip


@given(drawn, st.integers(1, 500))
@settings(deadline=None)
def test_more_pupils_in_special_schools_never_raise_what_is_left(drawn, extra):
    less = bekostiging.project(of(drawn, extra), AMOUNTS).total
    assert (less <= bekostiging.project(of(drawn), AMOUNTS).total).all()


@given(drawn)
@settings(deadline=None)
def test_cents_add_up_and_nothing_is_left_below_zero(drawn):
    table = bekostiging.project(of(drawn), AMOUNTS)
    by_name = {name: table.line(name) for name in table.names}
    memo = by_name.pop("herbesteding") + by_name.pop("to_providers")
    assert (sum(by_name.values()) == table.total).all()
    assert (memo >= 0).all()
    assert (table.total[:, 2:] >= 0).all()
    rows = [row for row in table.frame() if row["line"] != "total" and row["year"] == "2015-2016"]
    named = sum(row["cents"] for row in rows if row["line"] not in ("herbesteding", "to_providers"))
    assert named == table.total[0, 2]


@given(drawn)
@settings(deadline=None)
def test_what_is_added_and_what_has_melted_make_the_whole_correction(drawn):
    table = bekostiging.project(of(drawn), AMOUNTS)
    heavy = table.line("heavy_personnel")[0]
    for year, share in ((2015, 1.0), (2016, 0.9), (2017, 0.75), (2018, 0.6), (2019, 0.3), (2020, 0.0)):
        place = table.years.index(year)
        whole = table.correction[0, 0] * 1.03315
        added = table.line("verevening_personnel")[0, place]
        assert added == pytest.approx(max(whole * share, -heavy[place]), abs=1)


@given(drawn)
@settings(deadline=None)
def test_school_years_and_calendar_years_hold_the_same_money(drawn):
    school = bekostiging.project(of(drawn), AMOUNTS)
    calendar = bekostiging.project(of(drawn), AMOUNTS, "calendar_year")
    for name in (
        "heavy_personnel",
        "verevening_personnel",
        "special_personnel",
        "growth",
        "sbo_growth",
        "first_year_lgf",
    ):
        assert school.line(name).sum() == calendar.line(name).sum()
    for name in ("heavy_materieel", "special_materieel"):  # the last autumn belongs to a school year beyond the table
        beyond = calendar.line(name)[:, -1]
        assert school.line(name).sum() == pytest.approx(calendar.line(name).sum() - cents.autumn(beyond).sum(), abs=2)


def attributes(n: int, **fixed: float) -> dict[str, np.ndarray]:
    mean = {
        "pupils": 14_000, "special_share": 0.02, "special_share_2011": 0.018, "lgf_share_2011": 0.012, "sbo_share": 0.025,
        "pupils_trend": 0.0, "special_trend": 0.0, "growth_share": 0.02,
    }  # fmt: skip
    return {name: np.full(n, float(fixed.get(name, value))) for name, value in mean.items()}


def made(changes=(), n: int = 2, **fixed: float) -> People:
    return bekostiging.paths([f"PO{k}" for k in range(n)], ["po"] * n, attributes(n, **fixed), changes, AMOUNTS)


FIRST = np.array([True, False])


def test_pupils_from_shares_add_up_over_ages_and_categories():
    found = made()
    assert found.pupils.tolist() == [[14_000] * YEARS] * 2
    assert found.special.sum(axis=(2, 3))[0, 1:].tolist() == [280] * (YEARS - 1)
    assert found.special_2011.sum() == 2 * 252
    assert found.special[:, :, 2].sum() == 0  # no vso pupils in po
    assert found.lgf_2011[:, 3:].sum() == 0


def test_krimp_takes_pupils_after_its_day_and_leaves_others_alone():
    found = made([Change(date(2014, 10, 1), "krimp", FIRST, 0.03)])
    pupils = dict(zip(found.counts, found.pupils[0].tolist(), strict=True))
    assert (pupils[2013], pupils[2014], pupils[2015]) == (14_000, 14_000, 13_580)
    assert found.pupils[1].tolist() == [14_000] * YEARS
    table = bekostiging.project(found, AMOUNTS)
    assert table.line("heavy_personnel")[0, 3] == 13_580 * 318_83
    assert table.correction[0, 0] == table.correction[0, 1]  # fixed on 2011


def test_growth_since_2011_makes_the_deduction_larger_and_not_the_correction():
    found = made([Change(date(2013, 6, 18), "growth", FIRST, 0.25)])
    table = bekostiging.project(found, AMOUNTS)
    assert found.special.sum(axis=(2, 3))[:, 3].tolist() == [350, 280]
    assert table.line("special_personnel")[0, 4] < table.line("special_personnel")[1, 4]
    assert table.correction[0, 0] == table.correction[0, 1]


def test_growth_within_the_year_costs_the_year_that_follows():
    found = made([Change(date(2016, 1, 1), "growth_within_year", FIRST, 0.05)])
    table = bekostiging.project(found, AMOUNTS)
    growth = table.line("growth")
    assert (growth[0, :3] == growth[1, :3]).all()
    assert (growth[0, 3:] < growth[1, 3:]).all()


def test_verevening_adds_euros_per_pupil_of_2011_to_the_correction():
    found = made([Change(date(2015, 8, 1), "verevening", FIRST, 50.0)])
    table = bekostiging.project(found, AMOUNTS)
    more = table.line("verevening_personnel")[0] - table.line("verevening_personnel")[1]
    assert more[2] == pytest.approx(14_000 * 50_00 * 1.03315, abs=1)
    assert more[-1] == 0


@pytest.mark.parametrize(
    ("kind", "size"), [("krimp", 0.04), ("growth", 0.2), ("growth_within_year", 0.05), ("verevening", 60.0)]
)
def test_swv_over_which_nothing_comes_keep_their_money_to_the_cent(kind, size):
    n = 400
    many = np.linspace(0.01, 0.05, n)
    some = {
        **attributes(n),
        "pupils": np.linspace(5_000, 44_000, n).round(),
        "special_share": many,
        "growth_share": many,
    }
    before = bekostiging.paths([f"PO{k}" for k in range(n)], ["po"] * n, some, (), AMOUNTS)
    even = np.arange(n) % 2 == 0
    after = bekostiging.changed(before, [Change(date(2013, 8, 1), kind, even, size)], AMOUNTS)
    tables = [bekostiging.project(one, AMOUNTS).cells for one in (before, after)]
    assert (tables[0][:, ~even] == tables[1][:, ~even]).all()
    assert (tables[0][:, even] != tables[1][:, even]).any(axis=(0, 2)).all()
    if kind == "verevening":  # no pupil comes or goes
        assert (before.growth == after.growth).all()


def test_settings_of_a_scenario_take_the_place_of_the_file():
    from simulator.world import scenario as scenarios

    shipped = scenarios.load("invoering-2014").parameters
    same = bekostiging.of_parameters(shipped)
    assert (same.melt_personnel == AMOUNTS.melt_personnel).all()
    assert all((same.rates[name] == AMOUNTS.rates[name]).all() for name in same.rates)
    other = dict(shipped)
    other["verevening_2016"] = shipped["verevening_2016"].model_copy(update={"value": 0.8})
    other["bekostiging_index"] = shipped["bekostiging_index"].model_copy(update={"value": 0.02})
    varied = bekostiging.of_parameters(other)
    assert varied.melt_personnel[0, 3] == cents.factor(0.8 * 1.03315 * 1.02)
    assert varied.rates["heavy_personnel"][0].tolist()[1:4] == [16_61, 318_83, 325_21]
    assert varied.rates["preparation"][0].tolist() == [10_00, *[0] * 7]


def test_halves_of_a_cent_are_rounded_away_from_zero():
    assert cents.divided(np.array([5, -5, 4, -4, 15]), 10).tolist() == [1, -1, 0, 0, 2]
    assert cents.of_euros(8220.95) == 822_095
    assert cents.autumn(np.array([100, -100, 12])).tolist() == [42, -42, 5]


def test_many_swv_take_a_few_milliseconds():
    some = made(n=152)
    best = min(_timed(some) for _ in range(5))
    assert best < 0.02


def _timed(some: People) -> float:
    start = time.perf_counter()
    bekostiging.indicators(bekostiging.project(some, AMOUNTS))
    return time.perf_counter() - start


def test_the_file_says_how_every_line_is_called():
    assert [line.id for line in data.shipped().lines] == list(data.LINES)
