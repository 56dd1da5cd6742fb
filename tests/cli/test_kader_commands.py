"""`kader`, `plan` and `latest`: what they tell, and that a kader or plan of one's own works everywhere."""

from __future__ import annotations

import json

import jsonschema
import pytest
import yaml

from simulator.base import resources


def test_shipped_kaders_are_listed(told):
    assert [one["id"] for one in told("kader", "list")["kaders"]] == ["swv-2014", "swv-2017", "swv-2021"]


@pytest.mark.parametrize("kader", ["swv-2014", "swv-2017", "swv-2021"])
@pytest.mark.parametrize("sector", ["po", "vo"])
def test_every_duty_can_be_shown_with_article_and_source(told, kader, sector):
    shown = told("kader", "show", kader, "--sector", sector)
    assert shown["obligations"]
    for one in shown["obligations"]:
        assert one["article"]
        (version, *_) = told("kader", "show", kader, one["id"])["versions"]
        assert version["source"]
        assert version["text"]


def test_a_duty_is_shown_in_words(command):
    code, out, _ = command("kader", "show", "swv-2021", "PLAN-v")
    assert code == 0
    assert "2022-04-01" in out
    assert "WVO 2020 2.47(9)g" in out
    assert "RPO1" in out


def test_two_days_of_one_kader_differ_by_what_the_law_changed(told):
    found = told("kader", "diff", "swv-2021", "swv-2021", "--on", "2022-03-31", "--and", "2022-04-01")
    by_name = {row["name"]: row["what"] for row in found["obligations"]}
    assert {name for name, what in by_name.items() if what == "new"} == {"PLAN-v"}
    assert {name for name, what in by_name.items() if what == "gone"} == {"PLAN-g", "PLAN-h", "PLAN-i", "PLAN-j"}
    assert found["steps"] == []


def test_renumbering_is_a_move(told):
    days = ("--on", "2022-07-31", "--and", "2022-08-01")
    rows = told("kader", "diff", "swv-2021", "swv-2021", *days, "--sector", "vo")["obligations"]
    moved = {row["name"] for row in rows if row["what"] == "moved"}
    assert {"PLAN-b", "TLV-3", "GOV-4"} <= moved


def test_two_kaders_differ_in_standards_steps_and_teams(told, command):
    found = told("kader", "diff", "swv-2014", "swv-2021")
    assert {row["name"] for row in found["standards"] if row["what"] == "new"} >= {"RPO1", "BKA3"}
    assert any(row["name"] == "look_content" for row in found["steps"])
    assert any(row["name"] == "inspecteur_plan" for row in found["pools"])
    assert "RPO1" in command("kader", "diff", "swv-2014", "swv-2021")[1]


def test_a_kader_of_ones_own_works_in_every_command(command, told, tmp_path):
    assert command("kader", "new", "mijn-kader", "--from", "swv-2021")[0] == 0
    assert command("kader", "new", "mijn-kader", "--from", "swv-2021")[0] == 2  # never overwritten
    text = (tmp_path / "mijn-kader.yaml").read_text(encoding="utf-8")
    (tmp_path / "mijn-kader.yaml").write_text(text.replace("months: 3}", "months: 2}"), encoding="utf-8")
    assert told("kader", "validate", "mijn-kader.yaml")["id"] == "mijn-kader"
    assert "mijn-kader" in [one["id"] for one in told("kader", "list")["kaders"]]
    arguments = ("check", "voorbeeld-po-2022", "--on", "2022-04-01")
    changed = told(*arguments, "--kader", "mijn-kader.yaml", code=1)
    assert (changed["kader"], changed["orders"][0]["months"]) == ("mijn-kader", 2)
    assert told(*arguments, code=1)["orders"][0]["months"] == 3
    (tmp_path / "s.yaml").write_text(
        'format: scenario/1\nid: s\nextends: plancyclus-2026\ntitle: {nl: "s", en: "s"}\nquestion: {nl: "s", en: "s"}\n'
        "kader: ./mijn-kader.yaml\npopulation: {swv: [PO2814, VO2802]}\n",
        encoding="utf-8",
    )
    assert told("run", "s.yaml", "-n", "1")["kpis"]["plan_on_time"]["n"] == 1


def test_a_mistake_in_it_is_told_with_its_line(command, tmp_path):
    command("kader", "new", "k", "--from", "swv-2021")
    text = (tmp_path / "k.yaml").read_text(encoding="utf-8")
    (tmp_path / "k.yaml").write_text(text.replace("PROC-2m, PROC-3,", "PROC-22, PROC-3,"), encoding="utf-8")
    code, _, err = command("kader", "validate", "k.yaml")
    assert code == 2
    assert "k.yaml:" in err
    assert "PROC-22" in err


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("kader", resources.KADERS / "swv-2021.yaml"),
        ("kader", resources.KADERS / "swv-2014.yaml"),
        ("scenario", resources.shipped("scenarios") / "late-opr.yaml"),
        ("plan", resources.shipped("scenarios") / "plans" / "voorbeeld-po-2022.yaml"),
    ],
)
def test_what_is_shipped_fits_the_schemas(command, kind, file):
    code, out, _ = command("kader", "schema", kind)
    assert code == 0
    schema = json.loads(out)
    jsonschema.Draft202012Validator.check_schema(schema)
    properties = schema["properties"]
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert set(data) <= set(properties)
    assert set(schema["required"]) <= set(data)
    broken = {**data, "format": "x/1"}
    assert list(jsonschema.Draft202012Validator({"properties": {"format": properties["format"]}}).iter_errors(broken))


def test_a_new_plan_asks_everything_and_passes_the_reader(command, told, tmp_path):
    assert command("plan", "new", "--swv", "PO2814", "--year", "2026", "-o", "p.yaml")[0] == 0
    checked = told("check", "p.yaml", code=1)
    assert checked["kinds"]["shortfall"] == 0
    assert checked["kinds"]["unknown"] > 10
    assert checked["summary"]["met"] == 0
    assert "Krimpenerwaard" in (tmp_path / "p.yaml").read_text(encoding="utf-8")
    assert command("plan", "new", "--swv", "PO2814", "-o", "p.yaml")[0] == 2
    assert command("plan", "new", "--swv", "PO9999")[0] == 2
    code, _, told = command("plan", "new", "--swv", "PO2814", "--year", "2030")
    assert code == 2
    assert "2027-07-31" in told
    assert command("plan", "new", "--swv", "PO2814", "--kader", "swv-2021", "--year", "2018")[0] == 2


@pytest.mark.parametrize(("year", "kader"), [("2014", "swv-2014"), ("2018", "swv-2017"), ("2022", "swv-2021")])
def test_a_new_plan_is_asked_by_the_kader_of_its_time_and_says_which(command, year, kader):
    code, written, told = command("plan", "new", "--swv", "PO2814", "--year", year)
    assert code == 0
    assert f"\nkader: {kader}\n" in written
    assert kader in told
    assert f"30 April {year}" in told


def test_a_new_plan_without_year_is_the_next_of_the_last_kader(command):
    code, written, told = command("plan", "new", "--swv", "PO2814")
    assert code == 0
    assert "\nkader: swv-2021\n" in written
    assert "first_school_year: 2026" in written
    assert "30 April 2026" in told


def test_latest_dates_as_text_csv_and_calendar(command, told):
    command("plan", "new", "--swv", "PO2814", "--year", "2026", "-o", "p.yaml")
    smooth, setback = told("latest", "p.yaml", "--on", "2025-09-01")["cases"]
    assert smooth["slack_days"] > setback["slack_days"]
    ends = [step["latest_end"] for step in smooth["steps"] if step["step"] == "send_plan"]
    assert ends <= ["2026-04-30"]
    code, out, _ = command("latest", "p.yaml", "--on", "2025-09-01", "--format", "csv")
    assert (code, out.splitlines()[0].split(",")[0]) == (0, "case")
    _, first, _ = command("latest", "p.yaml", "--on", "2025-09-01", "--format", "ics")
    _, second, _ = command("latest", "p.yaml", "--on", "2025-09-01", "--format", "ics")
    assert first == second
    assert first.startswith("BEGIN:VCALENDAR")
    assert first.count("BEGIN:VEVENT") == len(smooth["steps"])


def test_toets_tells_all_about_one_plan(told, command):
    found = told("toets", "voorbeeld-po", "-n", "6", code=1)
    assert found["passed"] is False
    by_id = {row["obligation"]: row for row in found["played"]["orders"]}
    assert by_id["GOV-6c"]["chance"] == 1.0  # the content comes from the plan
    assert by_id["GOV-6c"]["article"].startswith("WPO 17b")
    assert 0 <= found["played"]["on_time"] <= 1
    assert [change["id"] for change in found["repair"]["changes"]] == ["answer:GOV-6c.independence"]
    assert [case["case"] for case in found["latest"]["cases"]] == ["smooth", "setback"]
    assert told("toets", "voorbeeld-po", "-n", "6", code=1) == found
    assert "GOV-6c" in command("toets", "voorbeeld-po", "-n", "1")[1]


def test_toets_plays_a_plan_in_the_scenario_of_its_year_and_leaves_one_that_has_none(told, command, write):
    found = told("toets", "voorbeeld-po-2022", "-n", "1")
    assert (found["passed"], found["played"]["scenario"]) == (True, "cyclus-2021")
    shipped = (resources.shipped("scenarios") / "plans" / "voorbeeld-po-2022.yaml").read_text(encoding="utf-8")
    write("ander-jaar.yaml", shipped.replace("first_school_year: 2022", "first_school_year: 2023"))
    _, out, _ = command("toets", "ander-jaar.yaml", "-n", "1", "--json")
    assert json.loads(out)["played"] is None


def test_a_plan_that_was_sent_has_nothing_left_to_start(told):
    for name in ("voorbeeld-po", "voorbeeld-po-2022"):
        assert [case["steps"] for case in told("latest", name)["cases"]] == [[], []]


def test_a_kader_that_is_not_there_is_told_with_those_that_are(command, tmp_path):
    code, _, err = command("kader", "validate", "bestaatniet")
    assert code == 2
    assert "swv-2021" in err
    (tmp_path / "wachtwoorden").write_text("root:x:0:0:root:/root:/bin/bash\n", encoding="utf-8")
    code, _, err = command("kader", "validate", str(tmp_path / "wachtwoorden"))
    assert code == 2
    assert "'format:'" in err
