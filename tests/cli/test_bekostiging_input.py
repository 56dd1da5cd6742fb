"""What `bekostiging` refuses, and what a plan with holes in its money is told."""

from __future__ import annotations

import json
import re

import pytest

from simulator.base import resources
from tests.cli.conftest import told_of

PLANS = resources.shipped("scenarios") / "plans"
EXAMPLE = (PLANS / "voorbeeld-po.yaml").read_text(encoding="utf-8")


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
