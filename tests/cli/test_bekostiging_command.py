"""`bekostiging` on the screen and in its forms, for a scenario and for a plan, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from simulator.base import language, resources
from simulator.kader import reading as kaders
from tests.conftest import scenario_of

PLANS = resources.shipped("scenarios") / "plans"
EXAMPLE = (PLANS / "voorbeeld-po.yaml").read_text(encoding="utf-8")


def told_of(out):
    """The JSON of the command, with its money rows by line."""
    told = json.loads(out)
    return told, {row["line"]: row for row in told["money"]} if "swv" in told else {}


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


def _without_money(write):
    """A scenario under a kader that says of an swv nothing that its money needs."""
    text = (resources.KADERS / "swv-2021.yaml").read_text(encoding="utf-8").replace("id: swv-2021", "id: kaal")
    text = re.sub(r"(  above_signal: \{kind: bit), money: \{.*?\}", r"\1, parameter: fourth_day", text)
    for name in ("reserve_share", "reserve_above", "vangnet"):
        text = re.sub(rf"^  {name}: .*\n", "", text, flags=re.MULTILINE)
    for name in ("above_signaleringswaarde", "vangnet_eur"):
        text = re.sub(rf"^  - id: {name}\n(    .*\n)+", "", text, flags=re.MULTILINE)
    write("kaal-kader.yaml", text)
    write("kaal.yaml", 'format: scenario/1\nid: kaal\ntitle: {nl: k, en: k}\nquestion: {nl: k, en: k}\n'
          'kader: kaal-kader.yaml\nperiod: {from: "2025-08-01", until: "2026-12-31"}\n')  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["voorbeeld-p"], "voorbeeld-po"),
        (["invoering-2014", "--swv", "PO2841"], "Did you mean PO28"),
        (["invoering-2014", "--format", "xlsx"], "-o"),
        (["invoering-2014", "--group", "krimp"], "krimp"),
        (["voorbeeld-po", "--swv", "PO2814"], "is a plan"),
        (["niets.yaml"], "no such file"),
        (["kaal.yaml"], "kader kaal says nothing of the money of samenwerkingsverbanden"),
        (["leeg.yaml"], "neither a budget"),
        (["fout.yaml"], "fout.yaml:173:[0-9]+: money.0.schools: must be at least 0,"),
    ],
)
def test_wrong_input_is_told(command, write, arguments, message):
    head, _, rest = EXAMPLE.partition("\n# De leerlingen op 1 oktober")
    write("leeg.yaml", head + "\n\n# Wat werkelijk" + rest.partition("# Wat werkelijk")[2])
    _without_money(write)
    write("fout.yaml", EXAMPLE.replace("schools: 2150000", "schools: -2150000"))
    code, out, err = command("bekostiging", *arguments)
    assert (code, out) == (2, "")
    assert re.search(message, err), err


def test_check_shows_remarks_in_every_format(command, write):
    write("krom.yaml", EXAMPLE.replace("reserve: 331000", "reserve: -31000"))
    told = json.loads(command("check", "krom.yaml", "--json")[1])
    kinds = [one["kind"] for one in told["money"]]
    assert kinds == ["deficit", "reserve"]
    assert {"year", "line", "column", "planned", "computed", "difference", "text"} <= set(told["money"][0])
    for kind in ("text", "md", "html", "sarif", "junit"):
        out = command("check", "krom.yaml", "--format", kind)[1]
        assert "-31,000" in out, kind
    log = json.loads(command("check", "krom.yaml", "--format", "sarif")[1])
    notes = [one for one in log["runs"][0]["results"] if one["ruleId"] == "remark-money"]
    assert {one["level"] for one in notes} == {"note"}


def test_a_hole_in_the_budget_is_the_same_hole_in_a_workbook(command, write, tmp_path):
    """Rows and amounts that are not filled in, told by line and by cell; the model's amount stands there all the same."""
    text = EXAMPLE.replace("verevening: -98000, ", "").replace("schools: 2740000, ", "").replace("result: 215000, ", "")
    write("gat.yaml", re.sub(r"  - \{year: 2018, support.*\n", "", text))
    assert command("plan", "convert", "gat.yaml", "gat.xlsx")[0] == 0
    for name, mark in (("gat.yaml", "17"), ("gat.xlsx", "!A")):
        told = json.loads(command("bekostiging", name, "--json")[1])
        remarks = told["remarks"]
        assert [(one["kind"], one["year"]) for one in remarks] == [
            ("period", None), ("empty", 2015), ("empty", 2016), ("empty", 2017),
        ]  # fmt: skip
        for one, words in zip(remarks, ("2018, a year", "result", "verevening", "to boards and schools"), strict=True):
            assert words in one["text"]
        assert all(mark in one["place"] for one in remarks)
        computed = next(row for row in told["budget"] if row["line"] == "verevening" and row["kind"] == "computed")
        assert computed["2016"] == pytest.approx(-98_426.98, abs=1)


def test_negative_pupils_and_parts_of_pupils_are_told_by_cell(command, write, tmp_path):
    import openpyxl

    write("goed.yaml", EXAMPLE)
    command("plan", "convert", "goed.yaml", "fout.xlsx")
    book = openpyxl.load_workbook(tmp_path / "fout.xlsx")
    sheet = next(one for one in book if one.title in ("leerlingen", "pupils"))
    wrong = {10310: -10310, 250: 2.5, 10230: "veel"}
    for row in sheet.iter_rows():
        for cell in row:
            cell.value = wrong.get(cell.value, cell.value) if not isinstance(cell.value, str) else cell.value
    book.save(tmp_path / "fout.xlsx")
    code, out, err = command("bekostiging", "fout.xlsx")
    assert (code, out) == (2, "")
    for text in ("!B3", "!C4", "!B5", "must be at least 0, not '-10310'", "a whole number, such as 1250", "3 problems"):
        assert text in err, err


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
    for name in of_money:
        assert (figures[name]["mean"], figures[name]["n"]) == (None, 0), name


def test_the_correction_is_told_to_the_cent_in_every_form(command, small_scenario):
    one = json.loads(command("bekostiging", small_scenario, "--swv", "PO2814", "--json")[1])
    rows = {row["figure"]: row for row in one["figures"]}
    for part in ("personnel", "materieel"):
        assert rows[f"correction_{part}"]["unit"] == "eur"
    euros = rows["correction_personnel"]["value"]
    assert euros == round(euros, 2) != round(euros)
    assert str(euros) in command("bekostiging", small_scenario, "--swv", "PO2814", "--format", "csv")[1]
    assert f"{euros:,.2f}" in command("bekostiging", small_scenario, "--swv", "PO2814")[1]
    assert f"{euros:,.2f}" in command("bekostiging", small_scenario)[1]


def test_one_swv_and_a_group_do_not_go_together(command, small_scenario):
    code, _, err = command("bekostiging", small_scenario, "--swv", "PO2814", "--group", "vo")
    assert code == 2
    assert "--swv" in err
    assert "--group" in err


def test_a_replication_beyond_those_of_the_scenario_is_told(command, small_scenario):
    assert "unless more are asked for" not in command("bekostiging", small_scenario, "--replication", "3")[2]
    assert "unless more are asked for" in command("bekostiging", small_scenario, "--replication", "99999")[2]


def test_a_sentence_without_a_nearest_name_ends_with_its_point(command):
    err = command("bekostiging", "invoering-2014", "--swv", "XX9999")[2]
    assert not [line for line in err.splitlines() if line.endswith(" ")]


def test_what_a_shock_adds_to_the_correction_can_be_reckoned_by_hand(command, small_scenario, write):
    head = small_scenario.read_text(encoding="utf-8").replace("id: klein", "id: zestig")
    shocked = write(
        "zestig.yaml",
        head + 'shocks: [{kind: negatieve_verevening, from: "2013-08-01", size: 60, where: {sector: po}}]\n',
    )
    found = command("bekostiging", shocked, "--swv", "PO2201", "--json", "--lang", "en")
    told, lines = told_of(found[1])
    counted, added = lines["correction"]["2015-2016"], lines["correction_shocks"]["2015-2016"]
    figures = {row["figure"]: row["value"] for row in told["figures"]}
    assert (figures["correction_personnel"], figures["correction_shocks"]) == (counted, added)
    assert added > 0 == added % 60
    by_hand = (counted + added) * lines["melt"]["2015-2016"]
    assert lines["verevening_personnel"]["2015-2016"] == pytest.approx(by_hand, abs=0.05)
    many, _ = told_of(command("bekostiging", shocked, "--json")[1])
    row = next(row for row in many["money"] if row["swv"] == "PO2201")
    assert row["correction_shocks"] == added
    screen = command("bekostiging", shocked, "--swv", "PO2201")[1]
    assert "Shocks of the scenario add" in screen
    assert "what shocks add to it" in screen


def test_a_correction_is_explained_by_its_sign(command, small_scenario):
    told, _ = told_of(command("bekostiging", small_scenario, "--json")[1])
    for above in (True, False):
        code = next(row["swv"] for row in told["money"] if (row["correction_personnel"] > 0) == above)
        screen = command("bekostiging", small_scenario, "--swv", code)[1]
        assert ("negative verevening" in screen, "positive verevening" in screen) == (above, not above)


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


@pytest.mark.parametrize("year", [2015, 2011])
def test_a_hole_in_the_pupils_of_a_plan_is_a_remark(command, write, year):
    lines = EXAMPLE.splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(f"  - {{year: {year}, pupils")]
    assert len(kept) == len(lines) - 1
    write("gat.yaml", "".join(kept))
    told, _ = told_of(command("bekostiging", "gat.yaml", "--json")[1])
    remark = next(row for row in told["remarks"] if row["kind"] in ("pupils_between", "no_base"))
    assert str(year) in remark["text"]
    assert remark["text"] in " ".join(command("check", "gat.yaml", "--json")[1].split())
    values = [row["value"] for row in told["figures"]]
    known, _ = told_of(command("bekostiging", str(PLANS / "voorbeeld-po.yaml"), "--json")[1])
    assert [value is None for value in values] == [year == 2011 or row["value"] is None for row in known["figures"]]
    screen = command("bekostiging", "gat.yaml")[1]
    assert ("Correction C unknown" in screen, "Correction C on the count" in screen) == (year == 2011, year != 2011)


@pytest.mark.parametrize("name", ["growth", "sbo_growth"])
def test_more_growth_than_pupils_is_refused(command, write, name):
    write("groei.yaml", EXAMPLE.replace("{year: 2014, pupils: 10230,", f"{{year: 2014, pupils: 10230, {name}: 99999,")
          .replace("growth: 99999, sbo: 248, so_young: [41, 5, 5], so_older: [99, 9, 11], growth: 3",
                   "growth: 99999, sbo: 248, so_young: [41, 5, 5], so_older: [99, 9, 11]"))  # fmt: skip
    code, _, err = command("bekostiging", "groei.yaml")
    assert code == 2
    assert f"more {name} (99999) than pupils (10230)" in err


def test_only_the_options_that_were_given_are_told_to_be_of_a_scenario(command):
    _, _, err = command("bekostiging", PLANS / "voorbeeld-po.yaml", "--group", "po")
    assert "--group: only about a scenario" in err
    assert "--swv" not in err


def test_a_year_that_stands_there_twice_is_told_at_the_second(command, write):
    lines = EXAMPLE.splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("  - {year: 2016, pupils"))
    write("dubbel.yaml", "\n".join([*lines[: place + 1], lines[place], *lines[place + 1 :]]))
    code, _, err = command("check", "dubbel.yaml")
    assert code == 2
    assert f"dubbel.yaml:{place + 2}:" in err
    assert "year 2016 stands after 2016" in err


def test_the_table_of_swv_can_be_that_of_a_group(command, small_scenario):
    rows = list(csv.DictReader(io.StringIO(command("population", "export", small_scenario, "--group", "vo")[1])))
    assert len(rows) == 6
    assert {row["sector"] for row in rows} == {"vo"}


def test_a_case_that_is_not_there_is_told_with_those_that_are(command):
    _, _, err = command("praktijktoets", "voorbeeld-po", "--case", "nietes")
    assert "Possible: " in err
    assert "thuiszitter" in err


def test_every_amount_in_parts_of_a_cent_is_refused_with_what_to_write(command, write):
    """Also one below zero; what a sum in a workbook is off by its own noise is none."""
    text = EXAMPLE.replace("{year: 2015, support: 3760000,", "{year: 2015, support: 3760000.005,")
    text = text.replace("support: 5205000, verevening: -98000,", "support: 5205000.3000000003, verevening: -98000.125,")
    assert text.count("0.005") == text.count("-98000.125") == 1
    write("deel.yaml", text)
    for arguments in (("bekostiging", "deel.yaml"), ("check", "deel.yaml")):
        code, _, err = command(*arguments, "--json")
        assert code == 2
        found = [(one["line"], one["message"], one["hint"]) for one in json.loads(err)["problems"]]
        assert found[1][0] == found[0][0] + 1
        assert [message for _, message, _ in found] == [
            "an amount is in whole cents; here stands 3760000.005", "an amount is in whole cents; here stands -98000.125",
        ]  # fmt: skip
        assert [hint.split(" (")[0] for _, _, hint in found] == ["Write 3760000.01", "Write -98000.13"]


def by_line(told, table):
    return {row["line"]: row for row in told[table]}


def deductions(rows, year, ending="pupils"):
    """Of pupils in the (v)so times what one of them costs, in euros."""
    names = [
        name.removesuffix(f"_{ending}") for name in rows if name.endswith(f"_{ending}") and name[:2] in ("so", "vs")
    ]
    return sum(rows[f"{name}_{ending}"][year] * rows[f"{name}_rate"][year] for name in names)


@pytest.mark.parametrize("swv", ["PO2814", "VO2708"])
def test_every_line_can_be_reckoned_from_what_is_shown(command, small_scenario, swv):
    told, money = told_of(command("bekostiging", small_scenario, "--swv", swv, "--json")[1])
    school, calendar, once = (by_line(told, name) for name in ("per_school_year", "per_calendar_year", "lgf"))
    correction = {row["figure"]: row["value"] for row in told["figures"]}
    nothing = dict.fromkeys([*money["pupils"], *calendar["pupils"]], 0)
    grown = next((row for row in told["money"] if (row["line"], row["kind"]) == ("sbo_growth", "cause")), nothing)

    def of(rows, name):
        return rows.get(name, nothing)

    def material(year):
        """The lines of a calendar year, in euros."""
        pupils, sbo = calendar["pupils"][year], of(calendar, "sbo")[year]
        return {
            "light_materieel": (pupils - sbo) * of(calendar, "light_materieel_rate")[year],
            "heavy_materieel": pupils * calendar["heavy_materieel_rate"][year],
            "verevening_materieel": calendar["melt"][year] * correction["correction_materieel"],
            "special_materieel": -deductions(calendar, year),
            "sbo_above_materieel": -of(calendar, "sbo_above_pupils")[year]
            * of(calendar, "sbo_above_materieel_rate")[year],
        }

    for first in range(2015, 2021):
        year = f"{first}-{first + 1}"
        pupils, sbo = money["pupils"][year], of(money, "sbo")[year]
        own = {
            "light_personnel": (pupils - sbo) * of(school, "light_personnel_rate")[year],
            "heavy_personnel": pupils * school["heavy_personnel_rate"][year],
            "verevening_personnel": money["melt"][year] * correction["correction_personnel"],
            "special_personnel": -deductions(school, year),
            "growth": -deductions(school, year, "growth"),
            "sbo_above": -of(school, "sbo_above_pupils")[year] * of(school, "sbo_above_rate")[year],
            "sbo_growth": -grown[year] * of(school, "sbo_growth_rate")[year],
        }
        begun, ended = material(str(first)), material(str(first + 1))
        own |= {name: begun[name] * 5 / 12 + ended[name] * 7 / 12 for name in begun}
        for name, by_hand in own.items():
            assert of(money, name)[year] == pytest.approx(by_hand, abs=0.06), (name, year)
    lgf = sum(
        row["number"] * (row["first_year_personnel"] + row["first_year_materieel"] * 5 / 12) for row in once.values()
    )
    assert money["first_year_lgf"]["2014-2015"] == pytest.approx(lgf, abs=0.01)
    for part in ("personnel", "materieel"):
        *parts, whole = told["correction"]
        by_hand = round(sum(row["number"] * row[part] for row in parts), 2)
        assert by_hand == whole[part] == correction[f"correction_{part}"]


def test_every_table_of_a_workbook_gives_the_euros_of_the_screen(command, small_scenario, tmp_path):
    import openpyxl

    arguments = ("bekostiging", small_scenario, "--swv", "PO2814")
    screen = command(*arguments)[1]
    command(*arguments, "--format", "xlsx", "-o", "geld.xlsx")
    sheets = openpyxl.load_workbook(tmp_path / "geld.xlsx")
    book = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in sheets}
    rows = {row[0]: row for row in book["correction"] if row[0]}
    assert book["correction"][0][3:] == ("personnel (euros)", "material (euros)")
    of_figures = {row[0]: row for row in book["figures"]}
    for place, part in ((3, "personnel"), (4, "materieel")):
        by_hand = sum(row[2] * row[place] for name, row in rows.items() if name[:2] in ("so", "vs", "lg", "no"))
        whole = rows["correction"][place]
        assert round(by_hand, 2) == whole == of_figures[f"correction_{part}"][3]
        assert f"{whole:,.2f}" in screen
    assert {row[1] for name in ("per_school_year", "money") for row in book[name][1:] if row[1]} <= {
        "eur", "pupils", "fine_share", "cause", "income", "cost", "repaid", "total", "memo"
    }  # fmt: skip
    rate = next(row for row in book["per_school_year"] if row[0] == "heavy_personnel_rate")
    assert "318.83" in screen
    assert 318.83 in rate
    assert all("(euro" in heading for heading in book["lgf"][0][3:])
    command("bekostiging", small_scenario, "--format", "xlsx", "-o", "alle.xlsx")
    head, *many = openpyxl.load_workbook(tmp_path / "alle.xlsx").active.iter_rows(values_only=True)
    own = next(row for row in many if row[0] == "PO2814")
    assert own[head.index("correction C on the count of 2011, personnel (euros)")] == rows["correction"][3]


def test_the_screen_says_what_rounding_does_and_what_melts_of_which_part(command, small_scenario):
    screen = " ".join(command("bekostiging", small_scenario, "--swv", "PO2814")[1].split())
    assert screen.count("a euro or two off by rounding") == 1
    for text in ("part of the correction for material left", "91.8900%", "92.9835%", "4,268.84"):
        assert text in screen, text
    assert re.search(r"part of the correction for ([\d.%]+ )+personnel left", screen)


def test_without_the_count_of_2011_no_correction_is_reckoned(command, write):
    kept = [line for line in EXAMPLE.splitlines(keepends=True) if not line.startswith("  - {year: 2011, pupils")]
    write("gat.yaml", "".join(kept))
    told, _ = told_of(command("bekostiging", "gat.yaml", "--json")[1])
    assert "correction" not in told
    assert "per_calendar_year" in told
