"""`report` as it is used: what it is made from, for whom, and in which format."""

from __future__ import annotations

import json
import re

import pytest

from simulator.base import language, resources
from tests.conftest import scenario_of


@pytest.fixture
def run(command, small_run):
    return command


@pytest.mark.parametrize("ending", ["html", "pdf", "docx", "odt", "md"])
def test_the_name_of_the_file_decides_its_kind(run, tmp_path, ending):
    code, out, err = run("report", "klein", "--swv", "PO2814", "-o", f"r.{ending}")
    assert code == 0, err
    assert f"r.{ending}: " in out
    begins = {"html": b"<!DOCTYPE", "pdf": b"%PDF-1.7", "docx": b"PK", "odt": b"PK", "md": b"# Report"}
    assert (tmp_path / f"r.{ending}").read_bytes().startswith(begins[ending])


def test_a_format_gives_a_name_that_says_what_it_is(run, tmp_path):
    assert run("report", "klein", "--province", "drenthe", "--format", "md")[0] == 0
    (made,) = tmp_path.glob("*.md")
    assert made.name == "computer-model-not-a-document-of-the-inspectorate-Drenthe.md"
    assert "Drenthe" in made.read_text(encoding="utf-8").splitlines()[0]


@pytest.mark.parametrize(
    "scope", [["--swv", "PO2814"], ["--group", "PO2814,VO2802"], ["--province", "Zuid-Holland"], []]
)
def test_json_tells_the_findings_of_a_scope(run, scope):
    code, out, _ = run("report", "klein", *scope, "-o", "r.html", "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["format"], told["kind"], told["file"]) == ("report/2", "bevindingen", "r.html")
    assert "shown" not in told
    assert len(told["findings"]) >= 1


def test_a_plan_is_played_first_or_checked(command, tmp_path):
    language.choose("nl")
    code, out, _ = command("report", "voorbeeld-po", "-o", "a.html")
    assert code == 0
    assert "kwaliteitsonderzoek" in out
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "alleen voor dit rapport gespeeld" in text
    assert "PO2814: voorbeeld-po.yaml" in text
    code, out, err = command("report", "voorbeeld-po", "--kind", "plancheck", "-o", "b.html")
    assert (code, "1 niet voldaan, 0 daardoor niet te beoordelen" in out) == (0, True)
    assert "inspectie-sim check voorbeeld-po --repair" in err


@pytest.mark.parametrize("kind", ["bevindingen", "dossier", "lastendruk"])
def test_a_plan_of_another_year_than_that_of_its_kader_is_played_in_the_scenario_of_its_year(command, tmp_path, kind):
    code, _, err = command("report", "voorbeeld-po-2022", "--kind", kind, "-o", "a.md")
    assert code == 0, err
    assert "2022" in (tmp_path / "a.md").read_text(encoding="utf-8")
    assert "Four school years of supervision" in (tmp_path / "a.md").read_text(encoding="utf-8")


def test_check_writes_the_same_document(command, tmp_path):
    command("report", "voorbeeld-po", "--kind", "plancheck", "-o", "a.html")
    assert command("check", "voorbeeld-po", "--format", "html", "-o", "b.html")[0] == 1
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert command("check", "voorbeeld-po", "--format", "pdf", "-o", "c.pdf")[0] == 1
    assert (tmp_path / "c.pdf").read_bytes().startswith(b"%PDF")


WRONG = [
    (["klein", "--swv", "PO2814", "--province", "Utrecht"], "--swv"),
    (["klein", "--province", "Atlantis"], "Atlantis"),
    (["klein", "--group", "PO2814,XX"], "XX"),
    (["klein", "--swv", "PO2814", "--format", "pdf", "-o", "r.docx"], "r.docx"),
    (["klein", "--swv", "PO2814", "-o", "r.xyz"], "r.xyz"),
    (["klein", "--kind", "plancheck"], "plancheck"),
    (["klein", "--kind", "plancheck", "--swv", "PO2814"], "--kind dossier"),
    (["klein", "--kind", "praktijktoets", "--swv", "PO2814"], "only which duties it shows was drawn"),
    (["klein", "--kind", "plancheck", "--swv", "PO9999"], "PO9999"),
    (["klein", "--kind", "vergelijking"], "vergelijking"),
    (["klein", "klein"], "bevindingen"),
    (["voorbeeld-po", "--swv", "PO2814"], "--swv"),
    (["ander-jaar.yaml"], "plancheck"),
    (["klein", "--replication", "9"], "9"),
    (["klein", "--kind", "onzin"], "--kind"),
    (["klein", "--swv", "PO2814", "--templates", "nergens"], "nergens"),
]


@pytest.mark.parametrize(("arguments", "word"), WRONG)
def test_wrong_use_is_told_and_leaves_nothing(run, tmp_path, arguments, word):
    shipped = (resources.shipped("scenarios") / "plans" / "voorbeeld-po-2022.yaml").read_text(encoding="utf-8")
    other = shipped.replace("first_school_year: 2022", "first_school_year: 2023")
    (tmp_path / "ander-jaar.yaml").write_text(other, encoding="utf-8")
    before = {path.name for path in tmp_path.iterdir()}
    code, out, err = run("report", *arguments)
    assert (code, out) == (2, "")
    assert word in err
    assert {path.name for path in tmp_path.iterdir()} == before


def test_two_runs_make_a_comparison(run, write, tmp_path):
    write(
        "laat.yaml",
        "format: scenario/1\nid: laat\nextends: klein\ntitle: {nl: L, en: L}\nquestion: {nl: q, en: q}\nreplications: 2\n"
        "parameters: {install_opr: {median: 90}}\n",
    )
    code, out, err = run("report", "klein", "laat.yaml", "--kind", "vergelijking", "-o", "v.html", "--json")
    assert code == 0, err
    told = json.loads(out)
    assert {row["scenario"] for row in told["rows"]} == {"klein", "laat"}
    assert told["paired"] is True
    page = (tmp_path / "v.html").read_text(encoding="utf-8")
    assert "<form" in page
    assert "inspectie-sim why klein laat.yaml<" in page  # as they were typed: it works as it stands
    assert "inspectie-sim why klein laat.yaml\n" in run("report", "klein", "laat.yaml", "--kind", "vergelijking")[2]


@pytest.mark.parametrize("ending", ["html", "pdf", "docx"])
def test_a_report_says_when_it_was_made_where_that_is_asked(run, tmp_path, ending):
    made = []
    for options in ([], ["--date", "2026-11-25"], ["--date", "2026-11-25"]):
        name = f"r{len(made)}.{ending}"
        assert run("report", "klein", "--swv", "PO2814", "-o", name, *options)[0] == 0
        made.append((tmp_path / name).read_bytes())
    assert made[0] != made[1] == made[2]
    if ending == "html":
        assert b"25 November 2026" not in made[0]
        cover = made[1].partition(b"<nav")[0]
        assert b"25 November 2026" in cover
        assert made[1].count(b"25 November 2026") >= 2


def test_a_report_takes_the_day_of_the_clock_when_asked_and_no_nonsense(run, monkeypatch):
    from datetime import date

    from simulator.cli import asking

    monkeypatch.setattr(asking, "today", lambda: date(2027, 1, 2))
    for word in ("vandaag", "today"):
        _, out, _ = run("report", "klein", "--swv", "PO2814", "-o", "r.md", "--date", word, "--json")
        assert json.loads(out)["date"] == "2027-01-02"
    code, _, err = run("report", "klein", "--swv", "PO2814", "-o", "r.md", "--date", "morgen")
    assert code == 2
    assert "morgen" in err


def test_a_plan_check_tells_what_is_not_met_apart_from_what_cannot_be_judged_because_of_it(command, tmp_path):
    shipped = (resources.shipped("scenarios") / "plans" / "voorbeeld-po.yaml").read_text(encoding="utf-8")
    (tmp_path / "anders.yaml").write_text(
        shipped.replace("area_designated: {answer: ja,", "area_designated: {answer: nee,"), encoding="utf-8"
    )
    told = json.loads(command("check", "anders.yaml", "--json")[1])
    _, out, _ = command("report", "anders.yaml", "--kind", "plancheck", "-o", "a.md")
    missed, opened = map(int, re.search(r"(\d+) not met, (\d+) therefore not to be judged", out).groups())
    assert missed > 0
    assert opened > 0
    assert missed + opened == told["kinds"]["shortfall"]
    assert f"Shortfalls: {missed} not met. Besides, {opened} not assessable" in (tmp_path / "a.md").read_text(
        encoding="utf-8"
    )


def test_the_plan_file_of_an_swv_in_a_run_is_checked(run, write, tmp_path):
    write("met-plan.yaml", scenario_of("met-plan", ["PO2814", "PO2815"]) + "plans: {PO2814: voorbeeld-po}\n")
    run("run", "met-plan.yaml", "-n", "1")
    for kind in ("plancheck", "praktijktoets"):
        code, _, err = run("report", "met-plan", "--kind", kind, "--swv", "po2814", "-o", f"{kind}.md")
        assert code == 0, err
        assert "PO2814" in (tmp_path / f"{kind}.md").read_text(encoding="utf-8")
    code, _, err = run("report", "met-plan", "--kind", "plancheck", "--swv", "PO2815")
    assert code == 2
    assert "PO2815" in err


@pytest.mark.parametrize("kind", ["plancheck", "bevindingen"])
def test_a_plan_file_that_is_not_there_is_told_with_the_nearest(refused, tmp_path, kind):
    (tmp_path / "mijn-plan.yaml").write_text("format: plan/1\n", encoding="utf-8")
    (problem,) = refused("report", "mijn-pln.yaml", "--kind", kind)
    assert problem["message"] == "there is no such file"
    assert "mijn-plan.yaml" in problem["hint"]
