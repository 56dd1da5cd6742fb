"""`bekostiging` on the screen and in its forms, for a scenario and for a plan."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from simulator.base import language, resources
from simulator.kader import reading as kaders
from tests.cli.conftest import told_of
from tests.conftest import scenario_of

PLANS = resources.shipped("scenarios") / "plans"
EXAMPLE = (PLANS / "voorbeeld-po.yaml").read_text(encoding="utf-8")


def test_one_swv_of_a_scenario_in_every_form_is_the_same_money(command, small_scenario, tmp_path):
    import openpyxl

    arguments = ("bekostiging", small_scenario, "--swv", "po2814")
    told, lines = told_of(command(*arguments, "--json")[1])
    assert (told["format"], told["swv"], told["replication"]) == ("money/4", "PO2814", 0)
    counted = [row["2015-2016"] for row in told["money"] if row["kind"] in ("income", "cost", "repaid")]
    total = lines["total"]["2015-2016"]
    assert sum(counted) == pytest.approx(total, abs=0.001)
    assert lines["heavy_personnel"]["2015-2016"] == pytest.approx(lines["pupils"]["2015-2016"] * 318.83, abs=0.001)
    assert {row["line"] for row in told["formulas"]} == {
        row["line"] for row in told["money"] if row["kind"] not in ("cause", "total")
    }
    rows = list(csv.reader(io.StringIO(command(*arguments, "--format", "csv")[1])))
    place = rows[0].index("2015-2016")
    assert float(next(row for row in rows if row[1:2] == ["total"])[place]) == total
    assert command(*arguments, "--format", "xlsx", "-o", "geld.xlsx")[0] == 0
    book = openpyxl.load_workbook(tmp_path / "geld.xlsx")
    reckoned = ["per_school_year", "per_calendar_year", "correction", "lgf"]
    assert book.sheetnames == ["money", "formulas", *reckoned, "figures"]
    cells = {row[0]: row for row in book["money"].iter_rows(values_only=True)}
    assert cells["total"][place - 1] == total
    assert "Unverified" in command(*arguments)[1]


def test_replications_differ_and_the_same_one_does_not(command, small_scenario):
    def total(*more):
        return told_of(command("bekostiging", small_scenario, "--swv", "PO2814", "--json", *more)[1])[1]["total"]

    assert total("--replication", "3") == total("--replication", "3")
    assert total("--replication", "3") != total()


def test_all_swv_side_by_side_or_those_of_a_group(command, small_scenario):
    told, _ = told_of(command("bekostiging", small_scenario, "--json")[1])
    assert (told["format"], len(told["money"])) == ("money/4", 12)
    one, _ = told_of(command("bekostiging", small_scenario, "--swv", "VO2708", "--json")[1])
    row = next(row for row in told["money"] if row["swv"] == "VO2708")
    assert {name: row[name] for name in (f["figure"] for f in one["figures"])} == {
        figure["figure"]: figure["value"] for figure in one["figures"]
    }
    group, _ = told_of(command("bekostiging", small_scenario, "--group", "vo", "--json")[1])
    assert group["money"] == [row for row in told["money"] if row["swv"].startswith("VO")]


def test_settings_and_shocks_of_a_scenario_count(command, small_scenario, write):
    head = small_scenario.read_text(encoding="utf-8").replace("id: klein", "id: ander")
    other = write(
        "ander.yaml", head + "parameters: {verevening_2016: {value: 0.5}, bekostiging_index: {value: 0.01}}\n"
    )
    arguments = ("--swv", "PO2814", "--json")
    _, before = told_of(command("bekostiging", small_scenario, *arguments)[1])
    _, after = told_of(command("bekostiging", other, *arguments)[1])
    name = "verevening_personnel"
    assert before[name]["2015-2016"] == after[name]["2015-2016"]
    assert after[name]["2016-2017"] == pytest.approx(before[name]["2016-2017"] * 0.5 / 0.9 * 1.01, abs=0.02)
    assert "1.0%" in command("bekostiging", other, "--swv", "PO2814")[1]


def test_a_plan_from_its_pupils_to_its_budget(command):
    language.choose("nl")
    code, out, _ = command("bekostiging", "voorbeeld-po")
    assert code == 0
    for text in ("te besteden", "volgens het model", "5.205.758", "reserve aan het eind"):
        assert text in out
    told, _ = told_of(command("bekostiging", "voorbeeld-po", "--json")[1])
    reckoned = {"per_school_year", "per_calendar_year", "correction", "lgf"}
    assert set(told) == {"format", "plan", "swv", "money", "formulas", "figures", "budget", *reckoned}  # no remarks
    planned, computed = [row for row in told["budget"] if row["line"] == "support"]
    assert (planned["2016"], computed["2016"]) == (5_205_000, 5_205_757.88)
    text = command("bekostiging", "voorbeeld-po", "--format", "csv")[1]
    assert {row[0] for row in csv.reader(io.StringIO(text)) if row} == {
        "table",
        "money",
        "formulas",
        "figures",
        "budget",
        *reckoned,
    }


def test_a_plan_of_today_has_its_budget_the_signaleringswaarde_and_growth_after_the_teldatum(command):
    told = json.loads(command("bekostiging", "voorbeeld-po-2022", "--json")[1])
    assert "money" not in told
    late = {row["line"]: row for row in told["later"]}
    assert late["most"]["2023"] == 413_000
    assert late["above"]["2023"] == late["reserve"]["2023"] - 413_000 == 227_000
    assert (late["special"]["2024"], late["growth"]["2024"], late["usual"]["2024"]) == (167, 9, 5)
    assert late["vangnet"]["2024"] > 0 == late["vangnet"]["2023"]
    assert {one["kind"] for one in told["remarks"]} == {"signaleringswaarde"}
    out = command("bekostiging", "voorbeeld-po-2022")[1]
    for text in ("signaleringswaarde", "growth of the (v)so after 1 February", "Assumption: after the teldatum 3.0%"):
        assert text in out
    assert "verevening" not in out


def test_the_result_of_a_plan_stands_beside_what_its_amounts_add_up_to(command, write):
    write("krom.yaml", EXAMPLE.replace("result: 32000", "result: 23000").replace("verevening: -86000, ", ""))
    told = json.loads(command("bekostiging", "krom.yaml", "--json")[1])
    stated, follows = [row for row in told["budget"] if row["line"] == "result"]
    assert (stated["kind"], stated["2016"], follows["kind"], follows["2016"]) == ("planned", 23_000, "computed", 32_000)
    assert (stated["2017"], follows["2017"]) == (39_000, None)  # without the verevening nothing adds up
    language.choose("nl")
    out = command("bekostiging", "krom.yaml")[1]
    for text in ("inkomsten min uitgaven", "2017: niet ingevuld: verevening", "het resultaat staat op 23.000 euro"):
        assert text in out


def test_a_scenario_of_today_tells_own_equity_and_growth(command, write):
    codes = "PO2814, PO2801, VO2708, VO2802"
    write("later.yaml", f"format: scenario/1\nid: later\nextends: plancyclus-2026\ntitle: {{nl: l, en: l}}\n"
          f"question: {{nl: l, en: l}}\npopulation: {{swv: [{codes}], table: t.csv}}\n")  # fmt: skip
    write("t.csv", "swv,pupils,reserve_share,growth_share\nPO2814,10000,0.2,0.5\n")
    told = json.loads(command("bekostiging", "later.yaml", "--json")[1])
    row = next(row for row in told["later"] if row["swv"] == "PO2814")
    assert (row["most"], row["reserve"]) == (250_000, 1_070_000)  # 3.5 and 20 per cent of 10,000 x 535 euros
    assert row["above"] == 820_000
    one = json.loads(command("bekostiging", "later.yaml", "--swv", "PO2814", "--json")[1])
    assert [name for name in one["later"][0] if name.isdigit()] == ["2027", "2028", "2029", "2030"]
    cost = next(line for line in one["later"] if line["line"] == "vangnet")
    assert sum(cost[year] for year in ("2027", "2028", "2029", "2030")) == pytest.approx(row["vangnet"])
    assert row["vangnet"] > 100_000
    assert "verevening" not in command("bekostiging", "later.yaml", "--swv", "PO2814")[1]
    code, out, _ = command("run", "later.yaml", "-n", "2", "--json")
    kpis = json.loads(out)["kpis"]
    assert code == 0
    assert 0.25 <= kpis["above_signaleringswaarde"]["mean"] <= 1
    assert kpis["vangnet_eur"]["mean"] >= row["vangnet"] / 4


def test_without_the_part_there_is_no_money_to_show_and_no_figure_of_it(command, write):
    write("zonder.yaml", scenario_of("zonder", ["PO2814", "VO2810"]) + "parts: {bekostiging: false}\n")
    for more in ((), ("--swv", "PO2814"), ("--format", "csv")):
        code, out, err = command("bekostiging", "zonder.yaml", *more)
        assert (code, out) == (2, "")
        assert "money and verevening (parts: bekostiging)" in err
        assert "bekostiging: true" in err
    _, out, _ = command("run", "zonder.yaml", "-n", "2", "--json")
    figures = json.loads(out)["kpis"]
    kader = kaders.load("swv-2014").file
    of_money = [one.id for one in kader.kpis if one.attribute and kader.attributes[one.attribute].money]
    assert {"budget_change_2020_pct", "heavy_budget_shortfall_eur", "school_lumpsum_cut_eur", "first_deficit_year",
            "gets_deficit"} <= set(of_money)  # fmt: skip
    assert not set(of_money) & set(figures)


def test_a_krimp_after_the_last_column_is_seen_in_the_count_behind_it(command, small_scenario, write):
    head = small_scenario.read_text(encoding="utf-8").replace("id: klein", "id: laat")
    late = write("laat.yaml", head + 'shocks: [{kind: krimp, from: "2019-10-01", size: 0.5, where: {swv: [PO2201]}}]\n')
    notes = []
    for path in (small_scenario, late):
        screen = " ".join(command("bekostiging", path, "--swv", "PO2201")[1].split())
        notes.append(re.search(r"count of 1 October 2020: ([\d,]+) pupils, ([\d,]+) of them", screen).groups())
    (pupils, special), (fewer, less) = ([int(one.replace(",", "")) for one in note] for note in notes)
    assert fewer == pytest.approx(pupils / 2, rel=0.01)
    assert less < special


def test_the_table_of_swv_can_be_that_of_a_group(command, small_scenario):
    rows = list(csv.DictReader(io.StringIO(command("population", "export", small_scenario, "--group", "vo")[1])))
    assert len(rows) == 6
    assert {row["sector"] for row in rows} == {"vo"}


def test_a_change_from_nothing_to_nothing_is_no_change_and_the_page_says_so(command):
    asked = ("bekostiging", "tussentijdse-groei", "--replication", "0")
    for option in (("--swv", "VO2302"), ()):
        told = json.loads(command(*asked, *option, "--json")[1])
        rows = told["money" if not option else "figures"]
        rows = rows["rows"] if isinstance(rows, dict) else rows
        if option:
            assert next(row for row in rows if row["figure"] == "budget_change_2020_pct")["value"] is None
        else:
            assert next(row for row in rows if row["swv"] == "VO2302")["budget_change_2020_pct"] is None
        shown = " ".join(command(*asked, *option)[1].split())
        assert "In 2015-2016 nothing is left to spend" in shown


def test_figures_say_in_which_year_they_begin_and_add_up_to_their_rows(command):
    told = json.loads(command("bekostiging", "samenloop", "--swv", "VO2302", "--json")[1])
    figures = {row["figure"]: row for row in told["figures"]}
    years = [f"{year}-{year + 1}" for year in range(2015, 2021)]
    cut = sum(row[year] for row in told["money"] if row["line"].startswith("cut_") for year in years)
    assert figures["school_lumpsum_cut_eur"]["value"] == pytest.approx(cut, abs=1)
    assert any(row["2014-2015"] for row in told["money"] if row["line"].startswith("cut_"))  # that year is left out
    for name, first in (
        ("heavy_budget_shortfall_eur", 2015),
        ("school_lumpsum_cut_eur", 2015),
        ("first_deficit_year", 2014),
    ):
        assert f"from {first}-{first + 1}" in figures[name]["what"]
