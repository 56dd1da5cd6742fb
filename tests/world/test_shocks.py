"""Shocks of a scenario: what is wrong with them, and over whom they come."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.base.errors import InputError
from simulator.engine.people import People
from simulator.outcomes import kpis
from simulator.outcomes.play import Player
from simulator.world import bekostiging, derived, outlook, population, shocks, support
from simulator.world import scenario as scenarios
from simulator.world.bekostiging import changing
from tests.conftest import scenario_of

FIVE = ["PO2814", "PO2903", "PO3106", "VO2810", "VO3103"]


def loaded(write, more):
    return scenarios.load(str(write("s.yaml", scenario_of("s", FIVE) + more)))


@pytest.mark.parametrize(
    ("shock", "message"),
    [
        ('{kind: directeur_wg, from: "2014-01-01"}', "Did you mean directeur_weg"),
        ('{kind: directeur_weg, from: "2019-01-01"}', "lies outside the time that is played"),
        ('{kind: directeur_weg, from: "2013-01-01"}', "lies outside the time that is played"),
        ('{kind: directeur_weg, from: "2014-02-01", until: "2014-01-01"}', "does not come after the first"),
        ('{kind: directeur_weg, from: "2014-02-01", capacity: 2}', "'capacity' does not go with a shock"),
        ('{kind: inspecteurs_so, from: "2014-02-01"}', "the key 'capacity' is missing"),
        ('{kind: inspecteurs_so, from: "2014-02-01", capacity: -1}', "must be at least 0"),
        ('{kind: inspecteurs_so, from: "2014-02-01", capacity: 1, chance: 0.5}', "'chance' does not go with"),
        ('{kind: directeur_weg, from: "2014-02-01", chance: 1.5}', "must be at most 1"),
        ('{kind: directeur_weg, from: "2014-02-01", chance: 20}', "Do you mean 20 per cent. Then write 0.2"),
        (
            '{kind: krimp, from: "2014-02-01", size: 4}',
            "Do you mean 4 per cent. Then write 0.04",
        ),
        ('{kind: groei_in_het_jaar, from: "2014-02-01", size: -0.5}', "a size above zero"),
        ('{kind: krimp, from: "2014-02-01", size: -0.04}', "a size above zero"),
        ('{kind: negatieve_verevening, from: "2014-02-01", size: -60}', "a size above zero"),
        ('{kind: positieve_verevening, from: "2014-02-01", size: 60}', "a size below zero"),
        ('{kind: groei_na_2011, from: "2014-02-01", size: 0}', "a size above zero"),
        ('{kind: directeur_weg, from: "2014-02-01", where: {swv: []}}', "at least 1 is needed"),
        ('{kind: directeur_weg, from: "2014-02-01", where: {gemeenten: [Gouda]}}', "'gemeenten' does not go with"),
        ('{kind: krimp, from: "2014-02-01", where: {gemeenten: [Gouda]}}', "'gemeenten' does not go with"),
        ('{kind: inspecteurs_so, from: "2014-02-01", capacity: 1, where: {sector: po}}', "'sector' does not go with"),
        ('{kind: negatieve_verevening, from: "2014-02-01", size: 1e9}', "between -10000 and 10000 euros per pupil"),
        ('{kind: krimp, from: "2013-08-01", until: "2016-08-01"}', "goes on[^L]*Leave until out"),
        ('{kind: jeugdzorg_vertraagd, from: "2014-02-01", level: 0}', "from 1 up to 2; here stands 0"),
        ('{kind: jeugdzorg_vertraagd, from: "2014-02-01", level: 50}', "from 1 up to 2; here stands 50"),
        ('{kind: directeur_weg, from: "2014-02-01", level: 2}', "knows level 1 alone; here stands 2"),
        ('{kind: directeur_weg, from: "2014-02-01", chance: 0}', "must be more than 0"),
        ('{kind: krimp, from: "2031-01-01"}', "up to and including 2020-09-30"),
        ('{kind: krimp, from: "2020-12-31"}', "up to and including 2020-09-30"),
        ('{kind: krimp, from: "2010-12-31"}', "from 2011-01-01"),
        ('{kind: groei_na_2011, from: "2020-10-02"}', "up to and including 2020-10-01"),
        ('{kind: groei_in_het_jaar, from: "2020-08-01"}', "up to and including 2020-02-01"),
        ('{kind: negatieve_verevening, from: "2020-08-01"}', "up to and including 2019-08-01"),
        ('{kind: directeur_weg, from: "2014-02-01", until: "2030-01-01"}', "after the end of the time that is played"),
        ('{kind: directeur_weg, from: "2014-02-01", where: {provinces: [Limbrug]}}', "Did you mean Limburg"),
        ('{kind: directeur_weg, from: "2014-02-01", where: {group: krimp}}', "there is no group 'krimp'"),
        ('{kind: directeur_weg, from: "2014-02-01", where: {swv: [PO281]}}', "'PO281' is not known"),
        ('{kind: gemeente_gesloten, from: "2014-02-01", capacity: 0, where: {gemeenten: [Godua]}}', "Gouda"),
    ],
)
def test_a_wrong_shock_is_told_at_its_place(write, shock, message):
    with pytest.raises(InputError, match=message) as caught:
        loaded(write, f"shocks:\n  - {shock}\n")
    assert all(problem.line == 8 for problem in caught.value.problems)


def test_a_shock_that_comes_where_its_kind_says_is_told_when_nobody_is_there(write):
    text = scenario_of("s", ["PO2814"]) + 'shocks: [{kind: krimp, from: "2014-01-01"}]\n'
    with pytest.raises(InputError, match="comes by itself over krimpregio") as caught:
        scenarios.load(str(write("s.yaml", text)))
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (7, 17)


def test_a_shock_of_the_file_below_that_comes_over_nobody_is_told_when_it_is_looked_at(write, command):
    path = write("s.yaml", scenario_of("s", ["PO2814", "VO2810"], "herindeling"))
    some = [one.kind for one in shocks.idle(scenarios.load(str(path)))]
    assert some == ["herindeling", "gemeente_gesloten"]
    assert shocks.idle(scenarios.load("herindeling")) == []
    assert shocks.idle(scenarios.load("samenloop")) == []
    for how in (("scenario", "validate"), ("scenario", "show"), ("run", "-n", "1")):
        code, _, err = command(*how, "s.yaml")
        assert code == 0
        assert err.count("comes over nobody who takes part") == 2
    assert "inspectie-sim run s.yaml" in command("scenario", "show", "s.yaml")[2]


def test_each_shock_is_told_even_when_another_has_no_form(write):
    with pytest.raises(InputError) as caught:
        loaded(write, 'shocks:\n  - {kind: x, from: "2014-01-01"}\n  - {from: 3}\n  - {kind: y, from: "2014-01-01"}\n')
    assert {problem.line for problem in caught.value.problems} == {8, 9, 10}


def test_where_narrows_from_all_sides(write):
    more = 'shocks: [{kind: directeur_weg, from: "2014-01-01", where: {sector: po, group: krimpregio}}]\n'
    levels = [one for one in shocks.levels(loaded(write, more)) if one.circumstance == "zonder_directeur"]
    assert [one.entity for one in levels] == ["PO2903", "PO3106"]


def test_a_shock_over_gemeenten_comes_over_those_of_the_swv(write):
    more = 'shocks: [{kind: herindeling, from: "2014-01-01", where: {swv: [PO2903]}}]\n'
    levels = [one for one in shocks.levels(loaded(write, more)) if one.circumstance == "herindeling"]
    assert [one.entity for one in levels] == ["Hulst", "Sluis", "Terneuzen"]


def test_what_goes_with_a_part_that_is_left_out_does_not_come(write):
    off = "parts: {schokken: false, jeugdzorg: false, zorgplan: false}"
    more = f'shocks: [{{kind: directeur_weg, from: "2014-01-01"}}]\n{off}\n'
    assert shocks.levels(loaded(write, more)) == []


def test_groups_and_shocks_of_a_chain_are_laid_together(write):
    write("basis.yaml", scenario_of("basis", FIVE) + "groups: {mijn: [PO2814]}\nshocks: "
          '[{kind: directeur_weg, from: "2014-01-01", where: {group: mijn}}]\n')  # fmt: skip
    text = 'format: scenario/1\nid: b\nextends: basis\ntitle: {nl: "b", en: "b"}\nquestion: {nl: "b", en: "b"}\n'
    more = 'groups: {ook: [VO2810]}\nshocks: [{kind: directeur_weg, from: "2014-02-01", where: {group: ook}}]\n'
    found = scenarios.load(str(write("b.yaml", text + more)))
    assert found.groups["mijn"] == ("PO2814",)
    entities = [one.entity for one in shocks.levels(found) if one.circumstance == "zonder_directeur"]
    assert entities == ["PO2814", "VO2810"]


def test_groups_that_the_program_knows():
    found = population.groups()
    assert len(found["po"]) == 77
    assert len(found["vo"]) == 75
    assert "PO2903" in found["krimpregio"]
    assert "VO3103" in found["groei-na-2011"]
    assert "PO2814" in found["zuid-holland"]


def test_expectations_name_figures_and_directions(write):
    for expects in ("{plan_on_tim: lower}", "{plan_on_time: less}"):
        with pytest.raises(InputError):
            loaded(write, f"expects: {expects}\n")
    found = loaded(write, "expects: {plan_on_time: lower}\n")
    assert found.expects.figures == {"plan_on_time": "lower"}
    assert found.expects.against == "invoering-2014"


def test_days_left_are_fewer_the_longer_a_step_takes(write):
    calm = loaded(write, "")
    slow = loaded(write, "parameters: {draft_element: {median: 80}}\n")
    attribute = calm.kader.file.attributes["slack"]
    days = [derived.Derived(derived.Rules(one), {}).values(attribute) for one in (calm, slow)]
    assert (days[1] < days[0]).all()


def test_the_rule_of_thumb_adds_up_the_way_to_a_step(write):
    fixed = ("found_legal_person", "elect_members", "install_opr", "draft_element", "agree_oogo_procedure",
             "prepare_oogo", "talk_oogo", "consult_overlap", "adopt_reglement", "submit_opr", "adopt_plan",
             "send_plan")  # fmt: skip
    numbers = "".join(f"  {name}: {{dist: fixed, value: 10, factors: {{}}}}\n" for name in fixed)
    scenario = loaded(
        write, f"parameters:\n{numbers}  founded: {{value: 0}}\n  opr_term_share: {{dist: fixed, value: 1}}\n"
    )
    found = outlook.days(scenario, {}, "send_plan")
    way = 3 + 2 + 2  # found, elect, install; reglement and proposal before the term of the OPR; adopt and send
    assert found == pytest.approx(way * 10 * 365 / 193 + 28)


def test_help_is_given_to_all_or_to_nobody(write):
    scenario = loaded(write, "")
    given = support.given(scenario, {"hours": 24.0, "day": 16000.0})
    assert given.parameters["asks_help"].value == 1
    assert given.parameters["help_hours"].value == 24
    assert given.pools["steunteam_po"].capacity == len(FIVE)
    assert support.given(scenario, {"hours": 0.0, "day": 16000.0}).parameters["asks_help"].value == 0
    with pytest.raises(InputError, match="leaves out"):
        support.of(loaded(write, "parts: {steun: false}\n"))


def test_a_code_that_stands_in_a_group_twice_is_told(write):
    with pytest.raises(InputError, match="'PO2814' is twice in the list"):
        loaded(write, "groups: {mijn: [PO2814, VO2810, PO2814]}\n")


def test_all_mistakes_are_told_in_one_pass(write):
    more = (
        "groups: {mijn: [PO2814, PO2814, XX]}\nparts: {oogo: nee, ogoo: false}\n"
        "plans: {XX1: a.yaml, PO2814: weg.yaml}\n"
    )
    text = scenario_of("s", FIVE).replace("VO3103]}", "VO3103, XX2], table: nergens.csv}")
    with pytest.raises(InputError) as caught:
        scenarios.load(str(write("s.yaml", text + more)))
    told = " ".join(problem.message for problem in caught.value.problems)
    for name in ("'PO2814' is twice", "'XX'", "'nee'", "'ogoo'", "'XX1'", "'XX2'"):
        assert name in told, (name, told)
    assert told.count("there is no such file") == 2  # the plan and the table


@pytest.mark.parametrize(
    ("kind", "day", "size"),
    [("krimp", "2019-10-01", 0.5), ("growth", "2020-10-01", 0.5), ("growth_within_year", "2020-02-01", 0.5),
     ("verevening", "2019-08-01", 60.0)],
)  # fmt: skip
def test_the_last_day_of_a_change_in_money_is_the_last_that_changes_any(write, kind, day, size):
    from datetime import date, timedelta

    scenario = loaded(write, "")
    amounts, swv = bekostiging.of_parameters(scenario.parameters), list(scenario.swv.values())
    drawn = People(scenario, list(scenario.swv)).attributes(0)
    last = changing.last_day(kind, amounts)

    def cells(start):
        change = bekostiging.Change(start, kind, np.full(len(swv), True), size)
        return bekostiging.project(bekostiging.drawn_people(swv, drawn, amounts, [change]), amounts).cells

    without = bekostiging.project(bekostiging.drawn_people(swv, drawn, amounts), amounts).cells
    assert date.fromisoformat(day) <= last
    assert (cells(date.fromisoformat(day)) != without).any()
    assert (cells(last + timedelta(days=1)) == without).all()


def test_what_is_left_of_the_correction_says_until_when_a_verevening_works(write):
    off = "parameters: {verevening_2018: {value: 0}, verevening_2019: {value: 0}}\n"
    with pytest.raises(InputError, match="including 2017-08-01"):
        loaded(write, off + 'shocks:\n  - {kind: negatieve_verevening, from: "2018-08-01"}\n')


@pytest.mark.parametrize(
    ("part", "shock"),
    [
        ("bekostiging", '{kind: krimp, from: "2014-01-01"}'),
        ("jeugdzorg, oogo", '{kind: gemeente_gesloten, from: "2014-01-01", capacity: 0}'),
        ("jeugdzorg", '{kind: jeugdzorg_vertraagd, from: "2014-01-01"}'),
    ],
)
def test_a_shock_that_a_part_left_out_makes_idle_is_told(write, command, part, shock):
    off = "parts: {" + ", ".join(f"{name}: false" for name in part.split(", ")) + "}\n"
    more = f"{off}shocks:\n  - {shock}\n"
    with pytest.raises(InputError, match=rf"is left out \(parts: {part}\)") as caught:
        loaded(write, more)
    assert [problem.line for problem in caught.value.problems] == [9]
    write("met.yaml", scenario_of("met", FIVE) + f"shocks: [{shock}]\n")
    text = 'format: scenario/1\nid: zonder\nextends: met\ntitle: {nl: "z", en: "z"}\nquestion: {nl: "z", en: "z"}\n'
    write("zonder.yaml", text + off)
    code, _, err = command("scenario", "validate", "zonder.yaml")
    assert code == 0
    assert f"a part of the model is left out ({part})" in err
    loaded(write, more.replace(": false", ": true", 1))


def test_that_all_shocks_are_left_out_is_no_mistake(write, command):
    loaded(write, 'parts: {schokken: false}\nshocks: [{kind: krimp, from: "2014-01-01"}]\n')
    code, _, err = command("scenario", "validate", "s.yaml")
    assert code == 0
    assert "a part of the model is left out (schokken): krimp: fewer pupils, every year, from 1 January 2014" in err


def test_without_the_money_no_figure_of_it_is_measured(write):
    played = Player(loaded(write, "parts: {bekostiging: false}\n")).replication(0)
    figures = kpis.measure(played)
    assert all(np.isnan(figures[name]) for name in ("gets_deficit", "budget_change_2020_pct", "first_deficit_year"))
