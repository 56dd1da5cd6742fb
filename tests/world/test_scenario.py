"""Scenarios: what a chain of files adds up to."""

from __future__ import annotations

from datetime import date

import pytest

from simulator.base.errors import InputError
from simulator.kader import reading
from simulator.world import scenario

TEXTS = 'title: {nl: "t", en: "t"}\nquestion: {nl: "q", en: "q"}\n'


@pytest.fixture
def make(write):
    """A function that writes a scenario and gives its path."""

    def writer(name, text, extends="invoering-2014"):
        below = f"extends: {extends}\n" if extends else ""
        return write(f"{name}.yaml", f"format: scenario/1\nid: {name}\n{below}{TEXTS}{text}")

    return writer


def problems(path):
    with pytest.raises(InputError) as caught:
        scenario.load(str(path))
    return caught.value.problems


def places(path):
    return [(problem.file.rpartition("/")[2], problem.line, problem.column) for problem in problems(path)]


def test_a_scenario_that_says_nothing_is_the_one_it_extends(make):
    own, base = scenario.load(str(make("leeg", ""))), scenario.load("invoering-2014")
    for name in ("kader", "period", "seed", "replications", "parameters", "pools", "swv", "changed", "carry_on"):
        assert getattr(own, name) == getattr(base, name), name
    assert own.id == "leeg"
    assert base.changed == ()
    assert base.period.start == date(2013, 6, 18)
    assert len(base.swv) == 152


def test_the_nearest_file_of_the_chain_wins(make):
    make("onder", "seed: 3\nreplications: 7\nparameters: {install_opr: {median: 9, sigma: 0.1}}\n")
    top = scenario.load(str(make("boven", "seed: 4\nparameters: {install_opr: {median: 8}}\n", "onder")))
    install = top.parameters["install_opr"]
    assert (top.seed, top.replications) == (4, 7)
    assert (install.median, install.sigma) == (8, 0.1)
    assert top.changed == ("install_opr",)
    assert [name.rpartition("/")[2] for name in top.chain] == ["boven.yaml", "onder.yaml", "invoering-2014.yaml"]
    assert set(top.chain) <= set(top.sources)


def test_what_is_set_otherwise_is_an_assumption_of_the_scenario_unless_it_says_its_source(make):
    text = "parameters:\n  install_opr: {median: 8}\n"
    text += (
        '  adopt_reglement: {median: 8, source: "seen in a letter", confidence: seen}\npools: {lcg: {capacity: 2}}\n'
    )
    found = scenario.load(str(make("anders", text)))
    install, adopt, lcg = found.parameters["install_opr"], found.parameters["adopt_reglement"], found.pools["lcg"]
    assert (install.source, install.confidence) == ("scenario anders", "assumed")
    assert (adopt.source, adopt.confidence) == ("seen in a letter", "seen")
    assert (lcg.capacity, lcg.source) == (2, "scenario anders")
    assert found.changed == ("adopt_reglement", "install_opr", "lcg")
    assert scenario.load("invoering-2014").pools["lcg"].capacity == 4  # the kader itself did not change


def test_another_distribution_keeps_the_unit_and_factors_and_nothing_else(make):
    found = scenario.load(str(make("x", "parameters: {install_opr: {dist: uniform, low: 1, high: 2}}\n")))
    install, before = found.parameters["install_opr"], reading.load("swv-2014").file.parameters["install_opr"]
    assert (install.dist, install.low, install.high) == ("uniform", 1, 2)
    assert (install.unit, install.factors) == (before.unit, before.factors)
    assert not hasattr(install, "median")


def test_another_distribution_wants_all_its_own_numbers(make):
    (problem,) = problems(make("x", "parameters:\n  install_opr: {dist: uniform, low: 1}\n"))
    assert (problem.message, problem.line) == ("the key 'high' is missing", 7)


def test_a_population_is_that_of_the_nearest_file_that_has_one(make):
    make("onder", "population: {swv: [VO2802, PO2814]}\n")
    found = scenario.load(str(make("boven", "seed: 4\n", "onder")))
    assert list(found.swv) == ["PO2814", "VO2802"]  # in the order of their codes
    assert list(scenario.load(str(make("top", "population: {swv: [PO2801]}\n", "onder"))).swv) == ["PO2801"]


def test_a_table_is_looked_up_beside_the_file_that_names_it(make, write):
    write("onder/t.csv", "swv;pupils\nPO2814;12.345\nPO2801;1\n")
    text = (make("onder/basis", "population: {swv: [PO2814], table: t.csv}\n")).read_text(encoding="utf-8")
    write("onder/basis.yaml", text.replace("id: onder/basis", "id: basis"))
    found = scenario.load(str(make("boven", "", "onder/basis.yaml")))
    assert found.swv["PO2814"].given["pupils"].value == 12345
    assert list(found.swv) == ["PO2814"]
    assert any(name.endswith("t.csv") for name in found.sources)


def test_a_plan_belongs_to_its_swv(make):
    found = scenario.load(str(make("x", "plans: {PO2814: voorbeeld-po}\n")))
    assert found.plans["PO2814"].swv == "PO2814"
    assert found.plan_files["PO2814"].endswith("plans/voorbeeld-po.yaml")
    assert found.plan_files["PO2814"] in found.sources


def test_a_plan_of_another_swv_or_of_one_that_takes_no_part_is_refused(make):
    text = "population: {swv: [VO2802]}\nplans:\n  PO2814: voorbeeld-po\n  VO2802: voorbeeld-po\n"
    assert places(make("x", text)) == [("x.yaml", 8, 3), ("x.yaml", 9, 11)]


def test_a_value_is_blamed_on_the_file_that_set_it(make):
    # below sets the high end, above the low one: it is the file above that made them cross
    make("onder", "parameters: {lcg_days: {high: 50}}\n")
    assert places(make("boven", "parameters: {lcg_days: {low: 60}}\n", "onder")) == [("boven.yaml", 6, 24)]
    make("fout", "parameters: {lcg_days: {high: hoog}}\n")
    assert places(make("goed", "parameters: {lcg_days: {low: 6}}\n", "fout")) == [("fout.yaml", 6, 31)]


def test_problems_of_shape_and_of_meaning_come_together(make):
    text = "zaad: 3\nparameters:\n  instal: {median: 3}\n  install_opr: 5\npools: {lcg: {capacity: -1}}\n"
    text += "population: {swv: [PO2814, PO9999]}\n"
    assert [line for _, line, _ in places(make("x", text))] == [6, 8, 9, 10, 11]


@pytest.mark.parametrize(
    ("names", "column"), [(["a"], 10), (["a", "b"], 10), (["a", "b", "c"], 10), (["a", "b.yaml"], 10)]
)
def test_a_loop_is_told_at_the_file_that_closes_it(make, names, column):
    for name, below in zip(names, [*names[1:], names[0]], strict=True):
        make(name.removesuffix(".yaml"), "", below)
    start = make(names[0], "", [*names, names[0]][1])
    last = names[-1].removesuffix(".yaml")
    assert places(start) == [(f"{last}.yaml", 3, column)]
    assert (
        " -> ".join([f"{name.removesuffix('.yaml')}.yaml" for name in [*names, names[0]]]) in problems(start)[0].message
    )


def test_a_file_beside_it_goes_before_a_shipped_one(make, write):
    make("late-opr", "seed: 77\n")
    assert scenario.load(str(make("x", "", "late-opr"))).seed == 77


def test_without_a_kader_or_period_there_is_nothing_to_play(make):
    (problem,) = problems(make("x", "", extends=""))
    assert problem.message == "the key 'kader' is missing"
    (problem,) = problems(make("x", "kader: swv-2014\n", extends=""))
    assert problem.message == "the key 'period' is missing"


def test_nothing_is_said_of_what_a_broken_file_could_not_tell(make):
    # the period is there, but wrong: it is not missing as well
    found = problems(make("x", 'kader: swv-2014\nperiod: {from: "2014-02-30", until: "2015-01-01"}\n', extends=""))
    assert [problem.line for problem in found] == [6]


@pytest.mark.parametrize("wanted", [("last_known", True), ("error", False)])
def test_school_holidays_are_carried_on_only_when_asked(make, wanted):
    assert scenario.load(str(make("x", f"assume_school_holidays: {wanted[0]}\n"))).carry_on is wanted[1]


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("sbo_share: {median: 1.5}", "the median 1.5 does not lie between 0.005 and 0.08"),
        ("sbo_share: {median: 1.5, high: 2}", "a share lies between 0 and 1"),
        ("growth_share: {high: 1.5}", "a share lies between 0 and 1"),
        ("pupils: {median: 400}", "the median 400 does not lie between 1500 and 90000"),
        ("pupils: {dist: normal, mean: 100, sigma: 1000}", "'pupils' can become -6934; it lies between 1 and 500000"),
        ("pupils: {dist: uniform, low: -100, high: 10}", "'pupils' can become -100"),
        ("pupils_trend: {mean: -2}", "a yearly change lies between -1"),
        ("special_trend: {sigma: 0.1}", "'special_trend' can become -0.7084; it lies between -0.5 and 0.5"),
    ],
)
def test_numbers_that_no_swv_can_have_are_refused(make, override, message):
    name = override.partition(":")[0]
    (problem,) = problems(make("x", f"parameters:\n  {override}\n"))
    assert problem.line == 7
    assert problem.column >= 3
    assert message in problem.message
    assert name in problem.excerpt


def test_the_file_of_the_chain_that_sets_a_number_is_told(make):
    make("onder", "parameters:\n  pupils: {dist: uniform, low: -100, high: 10}\n")
    assert places(make("boven", "", "onder")) == [("onder.yaml", 7, 3)]


def test_a_scenario_that_extends_itself_is_told_with_its_place_and_what_to_do(make):
    (own,) = problems(make("krimp", "", "krimp"))
    assert (own.file.rpartition("/")[2], own.line, own.column) == ("krimp.yaml", 3, 10)
    assert "krimp.yaml -> krimp.yaml" in own.message
    assert "give krimp.yaml another name" in own.hint
    make("a", "", "b.yaml")
    (chain,) = problems(make("b", "", "a.yaml"))
    assert "b.yaml -> a.yaml -> b.yaml" in chain.message
    assert "let one of these files extend another scenario" in chain.hint


def test_a_shock_over_those_who_do_not_take_part_is_told(make):
    text = "population: {swv: [PO2814, PO2801, VO2802]}\ngroups: {mijn: [PO2814]}\nshocks:\n"
    for where in (
        "swv: [PO2814, PO2201]",
        "group: mijn, sector: vo",
        "provinces: [Zeeland]",
        "provinces: [Zuid-Holland]",
    ):
        text += f'  - {{kind: krimp, from: "2014-01-01", where: {{{where}}}}}\n'
    found = problems(make("x", text))
    assert [(problem.line, problem.column) for problem in found] == [(9, 61), (10, 39), (11, 39)]
    assert "PO2201 does not take part" in found[0].message
    assert "nobody who takes part" in found[1].message


def test_a_shock_of_the_file_below_may_come_over_others(make):
    found = scenario.load(str(make("x", "population: {swv: [PO2814]}\n", "herindeling")))
    assert len(found.shocks) == 2


def test_a_group_does_not_take_the_name_of_one_that_the_program_knows(make):
    (problem,) = problems(make("x", "groups: {mijn: [PO2814], krimpregio: [PO2814]}\n"))
    assert (problem.line, problem.column) == (6, 26)
    assert "'mijn-krimpregio' for example" in problem.message


def test_days_that_are_not_in_order_are_told_as_days(make):
    text = 'period: {from: "2014-01-01", until: "2013-01-01"}\nshocks:\n'
    text += '  - {kind: krimp, from: "2014-01-01", until: "2013-12-31"}\n  - {kind: krimp, from: "2031-01-01"}\n'
    found = problems(make("x", text))
    assert [problem.line for problem in found] == [6, 8, 9]
    assert "the last day (2013-01-01) does not come after the first (2014-01-01)" in found[0].message
    assert "the last day (2013-12-31) does not come after the first" in found[1].message
    assert "changes the money from 2011-01-01 up to and including 2020-09-30" in found[2].message


@pytest.mark.parametrize(
    ("order", "column", "hint"),
    [
        ("wildste", 25, "Keys: by, prefer (low / high)."),
        ("{by: wildste, prefer: low}", 30, "maturity, opr_members"),
        ("{by: slack, prefer: laag}", 45, "high, low"),
    ],
)
def test_how_a_queue_is_ordered_names_its_keys_and_values(make, order, column, hint):
    (problem,) = problems(make("x", f"pools:\n  steunteam_po: {{order: {order}}}\n"))
    assert (problem.line, problem.column) == (7, column)
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("override", "hint"),
    [
        ("verevening_2016: {value: 90}", "Do you mean 90 per cent? Then write 0.9."),
        ("takes_opting_out: {value: 40}", "Do you mean 40 per cent? Then write 0.4."),
        ("growth_share: {high: 5}", "Do you mean 5 per cent? Then write 0.05."),
        ("content.PLAN-b: {value: 900}", ""),
        ("asks_toets: {value: -1}", "Write 1, without a minus; or leave it out where it is not known."),
    ],
)
def test_a_percentage_in_the_place_of_a_share_is_told_as_such(make, override, hint):
    (problem,) = problems(make("x", f"parameters:\n  {override}\n"))
    assert problem.line == 7
    assert problem.hint == hint
