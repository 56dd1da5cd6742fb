"""`bekostiging` on the screen and in its forms, for a scenario and for a plan, and what it refuses."""

from __future__ import annotations

import csv
import io
import json

import pytest

from simulator.base import language, resources

PLANS = resources.shipped("scenarios") / "plans"
EXAMPLE = (PLANS / "voorbeeld-po.yaml").read_text(encoding="utf-8")


def test_one_swv_of_a_scenario_in_every_form_is_the_same_money(command, small_scenario, tmp_path):
    import openpyxl

    arguments = ("bekostiging", small_scenario, "--swv", "po2814")
    told = json.loads(command(*arguments, "--json")[1])
    assert (told["format"], told["swv"], told["replication"]) == ("money/1", "PO2814", 0)
    assert told["years"][2] == "2015-2016"
    lines = {line["line"]: line for line in told["lines"]}
    counted = [line["cents"][2] for line in lines.values() if line["kind"] != "memo"]
    assert sum(counted) == told["totals"]["total"][2]
    pupils = next(cause["values"] for cause in told["causes"] if cause["cause"] == "pupils")
    assert lines["heavy_personnel"]["cents"][2] == pupils[2] * 318_83
    rows = {row[0]: row for row in csv.reader(io.StringIO(command(*arguments, "--format", "csv")[1]))}
    assert float(rows["total"][7]) == told["totals"]["total"][2] / 100
    assert command(*arguments, "--format", "xlsx", "-o", "geld.xlsx")[0] == 0
    sheet = openpyxl.load_workbook(tmp_path / "geld.xlsx").worksheets[0]
    cells = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    assert round(cells["total"][7] * 100) == told["totals"]["total"][2]
    screen = command(*arguments)[1]
    assert "WPO 125a" not in screen or lines["cut_personnel"]["cents"] != [0] * 8
    assert "Unverified" in screen


def test_replications_differ_and_the_same_one_does_not(command, small_scenario):
    def total(*more):
        return json.loads(command("bekostiging", small_scenario, "--swv", "PO2814", "--json", *more)[1])["totals"][
            "total"
        ]

    assert total("--replication", "3") == total("--replication", "3")
    assert total("--replication", "3") != total()


def test_all_swv_side_by_side(command, small_scenario):
    told = json.loads(command("bekostiging", small_scenario, "--json")[1])
    assert (told["format"], len(told["rows"])) == ("money-overview/1", 12)
    one = json.loads(command("bekostiging", small_scenario, "--swv", "VO2708", "--json")[1])
    row = next(row for row in told["rows"] if row["swv"] == "VO2708")
    assert row["correction"] == one["correction"]["personnel"]
    assert {name: row[name] for name in one["figures"]} == one["figures"]
    assert command("bekostiging", small_scenario)[1].count("PO") == 6


def test_settings_of_a_scenario_count(command, small_scenario, write):
    head = small_scenario.read_text(encoding="utf-8").replace("id: klein", "id: ander")
    other = write(
        "ander.yaml", head + "parameters: {verevening_2016: {value: 0.5}, bekostiging_index: {value: 0.01}}\n"
    )

    def line(name, scenario):
        told = json.loads(command("bekostiging", scenario, "--swv", "PO2814", "--json")[1])
        return next(line["cents"] for line in told["lines"] if line["line"] == name), told["assumptions"]

    (before, _), (after, assumed) = line("verevening_personnel", small_scenario), line("verevening_personnel", other)
    assert before[2] == after[2]
    assert after[3] == pytest.approx(before[3] * 0.5 / 0.9 * 1.01, abs=2)
    assert "1.0%" in assumed[0]


def test_a_plan_from_its_pupils_to_its_budget(command):
    language.choose("nl")
    code, out, _ = command("bekostiging", "voorbeeld-po")
    assert code == 0
    for text in ("te besteden", "volgens het model", "5.205.758", "reserve aan het eind"):
        assert text in out
    told = json.loads(command("bekostiging", "voorbeeld-po", "--json")[1])
    assert (told["format"], told["remarks"]) == ("budget/1", [])
    year = next(year for year in told["budget"] if year["year"] == 2016)
    assert year["planned"]["support"] == 5_205_000_00
    sheets = command("bekostiging", "voorbeeld-po", "--format", "csv")[1].split("\n\n")
    assert [sheet.splitlines()[0].split(",")[0] for sheet in sheets] == ["line", "line"]


def test_a_plan_of_today_has_its_budget_and_the_signaleringswaarde(command):
    told = json.loads(command("bekostiging", "voorbeeld-po-2022", "--json")[1])
    assert told["money"] is None
    assert told["budget"][0]["signaleringswaarde"] == 413_000_00
    assert {one["kind"] for one in told["remarks"]} == {"signaleringswaarde"}
    assert "signaleringswaarde" in command("bekostiging", "voorbeeld-po-2022")[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["voorbeeld-p"], "voorbeeld-po"),
        (["invoering-2014", "--swv", "PO2841"], "PO2814"),
        (["invoering-2014", "--format", "xlsx"], "-o"),
        (["voorbeeld-po", "--swv", "PO2814"], "is a plan"),
        (["niets.yaml"], "no such file"),
        (["plancyclus-2026"], "does not say of an swv"),
        (["leeg.yaml"], "neither a budget"),
        (["fout.yaml"], "fout.yaml:173:[0-9]+: money.0.schools: must be at least 0,"),
    ],
)
def test_wrong_input_is_told(command, write, arguments, message):
    import re

    head, _, rest = EXAMPLE.partition("\n# De leerlingen op 1 oktober")
    write("leeg.yaml", head + "\n\n# Wat werkelijk" + rest.partition("# Wat werkelijk")[2])
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
