"""The amounts as data: what is refused with a place, and what a region or a table makes of a draw."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
from pydantic import TypeAdapter

from simulator.base.errors import InputError
from simulator.engine.people import People
from simulator.kader.parameters import Parameter
from simulator.plan import reading
from simulator.world import bekostiging, population, scenario, shocks
from simulator.world.bekostiging import data, drawing
from simulator.world.bekostiging.changing import Change
from simulator.world.population import Given

TEXT = data.PATH.read_text(encoding="utf-8")
AMOUNTS = bekostiging.amounts()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("po: {2014: 151.06, 2015: 156.61}", "po: {2014: -151.06}", "rates.light_personnel.po.2014: must be at least 0"),
        ("2016: {share: 0.90", "2016: {share: 90", "must be at most 1"),
        ("sbo_threshold: {value: 0.02", "sbo_threshold: {value: 2", "must be at most 1"),
        ("po: {2014: 151.06, 2015: 156.61}", "po: {14: 151.06}", "light_personnel"),
        ("so_young: {2015: [9059.77, 13281.76, 20228.81]}", "so_young: {2015: [9059.77, 13281.76]}", "so_young"),
        ("  preparation:\n", "  preparatin:\n", "missing: preparation"),
        ("  - id: growth\n", "  - id: groei\n", "missing: lines.growth"),
        ("so_young: [0.26, 0.03, 0.03]", "so_young: [0.36, 0.03, 0.03]", "add up to 1.1"),
        ("per: school_year\n    ends: true\n    po: {2013", "per: schooljaar\n    ends: true\n    po: {2013", "schooljaar"),
        ('confidence: read\n    note: "The amount', 'note: "The amount', "confidence"),
    ],
)  # fmt: skip
def test_a_file_with_amounts_that_cannot_be_is_refused_with_its_place(write, old, new, message):
    assert old in TEXT
    with pytest.raises(InputError, match=message) as refused:
        data.read(write("b.yaml", TEXT.replace(old, new, 1)))
    assert all(problem.line > 0 for problem in refused.value.problems)


def test_every_amount_has_a_source():
    shipped = data.shipped()
    for rate in [*shipped.rates.values(), *shipped.special.values(), *shipped.lgf.values(), *shipped.teldata]:
        assert str(rate.source)
    assert {one.confidence for year, one in shipped.verevening.shares.items() if "2016" <= year <= "2019"} == {
        "unverified"
    }


def test_what_is_carried_on_is_marked():
    assert AMOUNTS.carried["heavy_personnel"] == 2016
    assert AMOUNTS.carried["heavy_materieel"] == 2017
    assert "preparation" not in AMOUNTS.carried
    assert AMOUNTS.unsure == (2016, 2017, 2018, 2019)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",Limburg,+,0,x,seen", "is no sign"),
        (",Limburg,1,veel,x,seen", "is no number"),
        (",,1,0,x,seen", "neither an swv"),
    ],
)
def test_a_table_of_regions_that_cannot_be_is_refused(write, row, message):
    with pytest.raises(InputError, match=message):
        drawing.regions(write("v.csv", f"swv,province,sign,shift,source,confidence\n{row}\n"))


def test_east_and_south_must_cut_elsewhere_the_draw_decides_and_what_is_given_holds():
    everyone = population.everyone()
    limburg, groningen = everyone["VO3103"], everyone["PO2001"]
    assert (limburg.province, groningen.province) == ("Limburg", "Groningen")
    found = drawing.corrections([limburg, groningen], np.array([-50.0, -50.0]))
    assert found.tolist() == [50.0, -93.0]
    told = replace(limburg, given={"verevening": Given(-12.5, "given", "mijn-swv.csv")})
    assert drawing.corrections([told], np.array([-12.5])).tolist() == [-12.5]


def test_every_province_has_a_row_and_all_corrections_together_are_near_nothing():
    everyone = list(population.everyone().values())
    assert {one.province for one in everyone} <= set(drawing.regions())
    draws = np.random.default_rng(1).normal(0, 80, (400, len(everyone)))
    mean = np.mean([drawing.corrections(everyone, draw) for draw in draws])
    assert abs(mean) < 3


def test_a_correction_in_euros_comes_out_as_drawn():
    """What is drawn per pupil is what the pupils of 2011 make of it, up to whole pupils."""
    everyone = [population.everyone()[code] for code in ("PO2001", "VO2001")]
    given = [replace(one, given={"verevening": Given(40.0, "given", "")}) for one in everyone]
    drawn = {
        "verevening": np.array([40.0, 40.0]), "special_growth": np.ones(2), "sbo_share": np.full(2, 0.025),
        "pupils": np.full(2, 40_000.0), "pupils_trend": np.zeros(2), "special_trend": np.zeros(2),
        "growth_share": np.zeros(2),
    }  # fmt: skip
    people = bekostiging.drawn_people(given, drawn, AMOUNTS)
    per_pupil = bekostiging.correction(people, AMOUNTS)[0] / 100 / people.pupils_2011
    assert per_pupil == pytest.approx([40, 40], abs=1)
    assert people.special.sum(axis=(2, 3))[:, 0].tolist() == people.special_2011.sum(axis=(1, 2)).tolist()


def test_which_day_counts_changes_with_the_law():
    rules = data.shipped()
    in_2014, in_2016, today = (rules.counting(date(year, 12, 31)) for year in (2014, 2016, 2025))
    assert (in_2014.count(2014), in_2014.chosen) == (date(2014, 10, 1), True)
    assert (in_2016.reference(2016), in_2016.chosen) == (date(2017, 2, 1), False)
    assert (today.count(2025), today.reference(2025)) == (date(2025, 2, 1), None)
    assert rules.counting(date(2010, 1, 1)) is rules.teldata[0]


def test_a_day_of_the_year_exists(write):
    with pytest.raises(InputError, match="02-30"):
        data.read(write("b.yaml", TEXT.replace('peildatum: "02-01"', 'peildatum: "02-30"', 1)))


def test_a_setting_that_is_drawn_is_refused():
    drawn = TypeAdapter(Parameter).validate_python(
        {"dist": "uniform", "low": 0.5, "high": 0.9, "unit": "share", "confidence": "assumed"}
    )
    with pytest.raises(InputError, match="verevening_2016 holds for all swv"):
        bekostiging.of_parameters({"verevening_2016": drawn})


def test_shocks_of_a_scenario_become_changes_over_their_swv(monkeypatch):
    everyone = population.everyone()
    scenario = SimpleNamespace(swv={code: everyone[code] for code in ("PO2001", "VO3103")})
    shock = shocks.Change("krimp", date(2014, 1, 1), 0.02, frozenset({"VO3103"}))
    monkeypatch.setattr(shocks, "changes", lambda _: [shock])
    (change,) = drawing.laid(scenario)
    assert (change.start, change.kind, change.sizes().tolist()) == (date(2014, 1, 1), "krimp", [0.0, 0.02])


def test_the_counts_of_a_plan_stand_for_what_is_drawn_and_shocks_come_over_them_too():
    plan = reading.load("voorbeeld-po", set(population.everyone())).plan
    swv = [population.everyone()[code] for code in ("PO2814", "PO2815")]
    drawn = {name: np.full(2, 0.02) for name in drawing.NEEDED} | {"pupils": np.full(2, 9_000.0)}
    shock = Change(date(2014, 10, 1), "growth", np.array([True, True]), 0.5)
    as_drawn = bekostiging.drawn_people(swv, drawn, AMOUNTS)
    planned = bekostiging.drawn_people(swv, drawn, AMOUNTS, plans={"PO2814": plan})
    shocked = bekostiging.drawn_people(swv, drawn, AMOUNTS, [shock], {"PO2814": plan})
    in_2013 = planned.counts.index(2013)
    assert planned.pupils[0, in_2013 : in_2013 + 5].tolist() == [10260, 10230, 10200, 10170, 10140]
    assert (planned.pupils[1] == as_drawn.pupils[1]).all()
    assert planned.special[0, in_2013].sum() == 171
    assert shocked.special[0, in_2013 : in_2013 + 2].sum(axis=(1, 2)).tolist() == [171, 255]  # 170 x 1.5
    assert shocked.growth[0, in_2013 + 1].sum() == 5  # 3 x 1.5, to a whole pupil
    assert (shocked.special_2011 == planned.special_2011).all()


def test_who_opts_out_is_drawn_and_the_money_follows(write):
    """Without opting out the money for peripatetic guidance goes past the swv, and a part of it must be spent again."""
    text = "format: scenario/1\nid: {0}\nextends: invoering-2014\ntitle: {{nl: x, en: x}}\nquestion: {{nl: x, en: x}}\n"

    def money(name, value):
        own = text.format(name) + f"parameters: {{takes_opting_out: {{value: {value}}}}}\n"
        found = scenario.load(str(write(f"{name}.yaml", own)))
        swv = list(found.swv.values())
        attributes = People(found, list(found.swv)).attributes(0)
        return attributes, bekostiging.project(bekostiging.drawn_people(swv, attributes, AMOUNTS), AMOUNTS)

    (_, without), (_, all_of_them), (drawn, some) = money("geen", 0), money("alle", 1), money("deel", 0.4)
    year = some.years.index(2014)
    assert not without.line("opting_out").any()
    assert without.line("to_providers").any()
    assert not all_of_them.line("to_providers").any()
    assert not all_of_them.line("herbesteding").any()
    out = some.line("opting_out")[:, year] > 0
    assert out.tolist() == (drawn["opting_out"] > 0).tolist()
    assert 0.25 < out.mean() < 0.55
    gained = some.total[:, year] - without.total[:, year]
    assert (gained[out] > 0).all()
    assert not gained[~out].any()


def test_east_and_south_are_the_same_provinces_for_shocks_and_for_the_correction():
    group, everyone = population.groups()["oost-en-zuid"], population.everyone()
    must_cut = {name for name, region in drawing.regions().items() if region.sign == 1}
    assert set(group) == {code for code, swv in everyone.items() if swv.province in must_cut}
    assert {drawing.regions()[name].confidence for name in must_cut} == {"assumed"}
