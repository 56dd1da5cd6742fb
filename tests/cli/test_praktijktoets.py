"""`inspectie-sim praktijktoets`: every form, both languages, and what is wrong with the input."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from simulator.base import language, resources
from simulator.plan.cases import Who
from simulator.plan.walking import Outcome, State
from simulator.reports import practised, practising
from tests.conftest import scenario_of

EXAMPLE = (resources.shipped("scenarios") / "plans" / "voorbeeld-po.yaml").read_text(encoding="utf-8")
FORMS = ("text", "md", "html", "json", "csv", "xlsx")


def test_it_tells_what_to_do_and_never_judges(command):
    code, out, err = command("praktijktoets", "voorbeeld-po-2022", "--on", "2025-09-01")
    assert code == 0  # though cases get stuck
    assert "Goes through: 14. Hangs on what is not filled in: 0. With a detour: 4. Gets stuck: 2." in " ".join(
        out.split()
    )
    assert re.search(r"1\. Arrange: Is there a support point.*unblocks 1 case", out, re.DOTALL)
    assert "No judgement. A praktijktoets is voluntary." in out
    assert "prior consent of the OPR" in " ".join(out.split())
    assert "--case weg-kwijt" in err


def test_the_next_commands_can_be_typed_as_they_stand(command):
    Path("mijn plan.yaml").write_text(EXAMPLE, "utf-8", newline="\n")
    _, _, err = command("praktijktoets", "mijn plan.yaml")
    assert err.count('"mijn plan.yaml"') == 2


def test_a_case_is_told_step_by_step(command):
    code, out, _ = command("praktijktoets", "voorbeeld-po", "--case", "kdc")
    assert code == 0
    assert "FROM A CARE CENTRE TO SCHOOL (kdc): open" in out
    assert "- PLAN-c.procedure is there, p. 28, 4.3 (WPO 18a(8)c)" in out
    assert "! TLV-2 is not filled in" in out
    assert "28 of at most 56 days" in out
    assert "by 22 June 2015" in " ".join(out.split())


def test_dutch_is_dutch(command):
    language.choose("nl")
    _, out, _ = command("praktijktoets", "voorbeeld-po-2022", "--case", "groei")
    for words in ("Loopt vast: 1.", "Vul het plan aan:", "GROEI NA DE TELDATUM (groei): loopt vast", "Geen oordeel."):
        assert words in " ".join(out.split())
    assert " the " not in out


def test_json_holds_every_step_and_action(command):
    code, out, _ = command("praktijktoets", "voorbeeld-po-2022", "--json")
    told = json.loads(out)
    assert code == 0
    assert next(iter(told)) == "format"
    assert (told["format"], told["swv"], told["on"], told["from"]) == (
        "praktijktoets/1", "PO2814", "2022-03-15", "2022-08-01")  # fmt: skip
    assert sum(told["counts"].values()) == len(told["cases"]) == 20
    growth = next(one for one in told["cases"] if one["case"] == "groei")
    assert (growth["outcome"], growth["stuck_at"], growth["days"]) == ("stuck", "telling", 7)
    assert growth["stuck_on"] == [{"step": "telling", "need": "PLAN-v.established"}]
    need = growth["steps"][1]["needs"][0]
    assert (need["need"], need["state"], need["effect"], need["article"]) == (
        "PLAN-v.established", "missing", "stuck", "WPO 18a(8)g")  # fmt: skip
    assert told["actions"][0]["need"] == "PLAN-v.established"
    assert told["left_out"] == ["oude-indicatie"]


def test_the_table_has_a_row_per_need_and_the_workbook_the_same(command, tmp_path):
    import openpyxl

    _, out, _ = command("praktijktoets", "voorbeeld-po", "--format", "csv")
    first, second = out.split("\n\n")
    cases, rows = (list(csv.DictReader(io.StringIO(part))) for part in (first, second))
    assert tuple(cases[0]) == ("table", *practising.CASES)
    assert tuple(rows[0]) == ("table", *practising.STEPS)
    assert [row["case"] for row in cases] == list(dict.fromkeys(row["case"] for row in rows))
    assert {row["state"] for row in rows} == {"ok", "unknown", ""}
    code, _, _ = command("praktijktoets", "voorbeeld-po", "--format", "xlsx", "-o", "p.xlsx")
    assert code == 0
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    assert book.sheetnames == ["actions", "cases", "steps"]
    assert [row[0].value for row in book["cases"].iter_rows(min_row=2)][: len(cases)] == [row["case"] for row in cases]
    assert {book["cases"]["D2"].is_date, book["steps"]["E2"].is_date, book["steps"]["F2"].is_date} == {True}
    found = [row[0].value for row in book["steps"].iter_rows(min_row=2)]
    assert found[: len(rows)] == [row["case"] for row in rows]
    assert "No judgement" in found[-2]  # below the table
    assert [cell.value for cell in book["actions"][1]][:3] == ["number", "leans on", "state"]


def test_the_page_is_one_file_without_a_script_and_escapes_what_it_shows(command, write, tmp_path):
    text = EXAMPLE.replace('title: "Voorbeeldplan po"', 'title: "<b>Plan</b> {{ 7 * 7 }}"')
    write("eigen.yaml", text)
    code, _, _ = command("praktijktoets", "eigen.yaml", "--format", "html", "-o", "p.html")
    page = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert code == 0
    assert "&lt;b&gt;Plan&lt;/b&gt; {{ 7 * 7 }}" in page
    assert "<script" not in page
    assert not re.search(r'(src|@import|url\()\s*=?\s*["\']?http', page)
    assert page.count("Not a document of the Dutch Inspectorate") >= 2
    anchors = set(re.findall(r'href="#([^"]+)"', page))
    assert anchors
    assert anchors <= set(re.findall(r'id="([^"]+)"', page))
    assert re.search(r"<html lang=.en.", page)


def test_markdown_has_a_table_per_case(command):
    _, out, _ = command("praktijktoets", "voorbeeld-po-2022", "--format", "md")
    assert out.count("\n| Day | ") == 20
    assert out.startswith("# Praktijktoets Voorbeeldplan po 2022-2026 (PO2814)")


@pytest.mark.parametrize("form", FORMS)
def test_the_same_plan_gives_the_same_bytes(command, tmp_path, form):
    for name in ("a", "b"):
        command("praktijktoets", "voorbeeld-po", "--format", form, "-o", name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_a_scenario_tells_shares_in_every_form(command, tiny_scenario, tmp_path, form):
    code, _, err = command("praktijktoets", tiny_scenario, "-n", "2", "--format", form, "-o", f"s.{form}")
    assert code == 0, err
    made = (tmp_path / f"s.{form}").read_bytes()
    again = command("praktijktoets", tiny_scenario, "-n", "2", "--format", form, "-o", f"t.{form}")
    assert again[0] == 0
    assert made == (tmp_path / f"t.{form}").read_bytes()
    if form == "json":
        told = json.loads(made)
        assert (told["format"], told["n"], told["swv"]) == ("praktijktoetsen/1", 2, 3)
        for row in told["cases"]:
            assert row["stuck"] + row["detour"] + row["open"] + row["through"] == pytest.approx(1)
            assert sum(one["share"] for one in row["where"]) >= row["stuck"] - 1e-9
    if form == "csv":
        assert made.decode().splitlines()[0].split(",") == list(practised.CASES)
    if form in ("text", "md", "html"):
        assert "drawn" in made.decode()


def test_the_seed_of_a_scenario_counts(command, small_scenario):
    first = command("praktijktoets", small_scenario, "-n", "1", "--seed", "1", "--json")[1]
    assert first == command("praktijktoets", small_scenario, "-n", "1", "--seed", "1", "--json")[1]
    assert (
        json.loads(first)["cases"]
        != json.loads(command("praktijktoets", small_scenario, "-n", "1", "--seed", "2", "--json")[1])["cases"]
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["voorbeeld-po", "--case", "thuiszittr"], "Did you mean thuiszitter?"),
        (["voorbeeld-po", "--case", "kdcc", "--case", "sbbo"], "sbbo"),
        (["voorbeeld-po", "--on", "2019-01-01"], "swv-2014 does not hold on 2019-01-01"),
        (["voorbeeld-po", "--on", "1 mei"], "1 mei"),
        (["voorbeeld-pp"], "voorbeeld-po"),
        (["late-op"], "late-opr"),
        (["nergens.yaml"], "nergens.yaml"),
        (["voorbeeld-po", "--format", "xlsx"], "-o"),
        (["invoering-2014", "--kader", "swv-2014"], "--kader"),
        (["invoering-2014", "--on", "2019-01-01"], "Choose another day with --on."),
        (["invoering-2014", "-n", "0"], "-n"),
        ([], "PLAN|SCENARIO"),
    ],
)
def test_what_is_wrong_is_told_with_exit_code_2(command, arguments, words):
    code, out, err = command("praktijktoets", *arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert "Traceback" not in err


def test_a_plan_with_errors_tells_them_all_with_their_place(command, write):
    wrong = EXAMPLE.replace("answer: ja, page: 12", "answer: misschien, page: 12").replace("PLAN-j:", "PLAN-jj:")
    write("fout.yaml", wrong)
    code, _, err = command("praktijktoets", "fout.yaml")
    assert code == 2
    assert re.search(r"fout.yaml:\d+:\d+: .*misschien", err)
    assert "PLAN-jj" in err
    assert "Did you mean PLAN-j" in err


def test_every_text_whose_name_is_put_together_exists():
    names = {
        *(f"who_{who}" for who in Who.__args__), *(one.value for one in Outcome), *(one.value for one in State),
        "write", "arrange", "arrange_event", "fallback", "fallback_open", "fallback_none",
        "sharpen", "look_up", "look_up_event", "practice", "case_law",
        "unblocks", "helps", "settles", "lacking", "so_many",
        *(f"head_{name}" for name in (*practising.STEPS, *practising.ACTIONS, *practised.CASES, *practised.DUTIES)),
        *(f"col_{name}" for name in ("stuck", "detour", "open", "through", "days", "late", "case", "where")),
    }  # fmt: skip
    assert {f"praktijktoets.{name}" for name in names} - set(language.texts("nl")) == set()


def test_a_child_that_waits_too_long_is_told_with_its_temporary_place(command, write):
    late = EXAMPLE.replace("events:\n", 'events:\n  privacy_rules: false\n  experts_engaged: "2014-09-01"\n', 1)
    late = late.replace("term: {answer: ja", "term: {answer: nee")
    assert late != EXAMPLE
    write("laat.yaml", late)
    _, out, _ = command("praktijktoets", "laat.yaml", "--case", "kdc")
    words = " ".join(out.split())
    assert "81 of at most 70 days, 11 too late (by 20 July 2015; WPO 40(6); WEC 40(7))" in words
    assert (
        "On 21 July 2015, after ten weeks, there is no decision yet: the child has a right to a temporary place"
        in words
    )
    assert "PLAN-c.term is missing (WPO 18a(8)c): without a term of its own" in words
    write("thuis.yaml", late.replace("answers:\n", "answers:\n  ZP-1:\n    temporary_place: {answer: nee}\n", 1))
    _, out, _ = command("praktijktoets", "thuis.yaml", "--case", "kdc")
    assert "a temporary place has not been arranged: the child sits at home" in " ".join(out.split())
    assert "FROM A CARE CENTRE TO SCHOOL (kdc): stuck" in out


def test_a_scenario_tells_what_hangs_on_what_is_not_filled_in_and_leaves_no_heading_empty(command):
    for kind, name in (("text", "open"), ("md", "open"), ("html", "open")):
        out = command("praktijktoets", "een-swv", "-n", "1", "--format", kind)[1]
        assert name in out.lower()
        assert "1 replication of 1 samenwerkingsverband;" in out
        assert "Nothing: not a single case gets stuck." in out
    language.choose("nl")
    out = command("praktijktoets", "een-swv", "-n", "2")[1]
    assert "2 herhalingen van 1 samenwerkingsverband;" in out
    assert "hangt af" in out
    assert "replicatie" not in out


def test_a_plan_leads_on_to_its_report(command):
    assert "report voorbeeld-po --kind praktijktoets" in command("praktijktoets", "voorbeeld-po")[2]


def test_the_row_of_a_case_says_where_it_gets_stuck_and_after_how_many_days(command):
    _, out, _ = command("praktijktoets", "voorbeeld-po-2022", "--format", "csv")
    cases = {row["case"]: row for row in csv.DictReader(io.StringIO(out.split("\n\n")[0]))}
    growth = cases["groei"]
    assert (growth["outcome"], growth["stuck_at"], growth["stuck_on"]) == ("stuck", "telling", "PLAN-v.established")
    assert (growth["start"], growth["days"]) == ("2023-02-09", "7")
    assert all(bool(row["stuck_at"]) is (row["outcome"] == "stuck") for row in cases.values())


def test_starts_in_the_workbook_of_a_scenario_are_dates(command, tmp_path, write):
    import openpyxl

    write("s.yaml", scenario_of("s", ["PO2814", "VO2802"]))
    code, _, err = command("praktijktoets", "s.yaml", "-n", "1", "--format", "xlsx", "-o", "p.xlsx")
    assert code == 0, err
    assert openpyxl.load_workbook(tmp_path / "p.xlsx")["cases"]["C2"].is_date
