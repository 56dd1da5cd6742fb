"""`check` in every format: the same findings, each readable by the tools that it is for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator.base import resources
from simulator.cli import main as cli

DATA = Path(__file__).parents[1] / "data"
SARIF, JUNIT = DATA / "sarif-2.1.0-rtm.5.json", DATA / "junit-10.xsd"
WAIVERS = """\
format: waivers/1
waivers:
  - {obligation: GOV-6c, reason: "nieuwe toezichthouder per 1 juli", owner: bestuur, until: "2014-07-01"}
"""
EXAMPLE = (resources.shipped("scenarios") / "plans" / "voorbeeld-po.yaml").read_text(encoding="utf-8")


@pytest.fixture
def check(tmp_path, monkeypatch, capsys):
    """A function that checks and gives exit code and output."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        code = cli._run(["check", *map(str, arguments)])
        return code, capsys.readouterr().out

    return run


def test_sarif_is_read_by_a_model_of_its_schema_and_points_at_the_line(check):
    from sarif_pydantic import Sarif

    code, out = check("voorbeeld-po", "--format", "sarif")
    log = Sarif.model_validate_json(out)
    (result,) = log.runs[0].results
    assert code == 1
    assert (result.rule_id, result.level.value) == ("GOV-6c", "error")
    region = result.locations[0].physical_location.region
    assert EXAMPLE.splitlines()[region.start_line - 1].strip() == "independence: {answer: nee}"
    rules = {rule.id for rule in log.runs[0].tool.driver.rules}
    assert {"GOV-6c", "PROC-9", "PLAN-a"} <= rules


def test_junit_is_read_by_its_parser(check, tmp_path):
    from junitparser import Failure, JUnitXml

    _, out = check("voorbeeld-po", "--format", "junit")
    (tmp_path / "j.xml").write_text(out, encoding="utf-8")
    (suite,) = JUnitXml.fromfile(str(tmp_path / "j.xml"))
    failed = [case.name for case in suite if any(isinstance(one, Failure) for one in case.result)]
    assert failed == ["GOV-6c"]
    assert (suite.failures, suite.tests) == (1, len(list(suite)))


@pytest.mark.parametrize(
    "arguments",
    [
        ["voorbeeld-po"],
        ["voorbeeld-po", "--on", "2014-05-01"],
        ["voorbeeld-po-2022", "--on", "2026-08-01"],
        ["voorbeeld-po", "voorbeeld-po-2022"],
        ["voorbeeld-po", "--waivers", "w.yaml"],
        ["leeg.yaml"],
    ],
)
def test_sarif_and_junit_pass_their_public_schemas(check, write, arguments):
    import jsonschema
    import xmlschema

    write("w.yaml", WAIVERS)
    head, rest = EXAMPLE.split("answers:", 1)
    write("leeg.yaml", f"{head}events:{rest.partition('events:')[2]}")
    _, sarif = check(*arguments, "--format", "sarif")
    jsonschema.Draft4Validator(json.loads(SARIF.read_text(encoding="utf-8"))).validate(json.loads(sarif))
    _, junit = check(*arguments, "--format", "junit")
    xmlschema.XMLSchema(str(JUNIT)).validate(junit)


def test_every_format_tells_the_same_shortfall(check):
    for kind in ("text", "md", "html", "json", "sarif", "junit"):
        code, out = check("voorbeeld-po", "--format", kind)
        assert code == 1
        assert "GOV-6c" in out
        assert "24e1" not in out  # the article of the other sector


def test_markdown_in_a_title_stays_text(check, write):
    write("p.yaml", EXAMPLE.replace('title: "Voorbeeldplan po"', 'title: "Een *plan* | <b>{{ 7*7 }}</b>"'))
    _, markdown = check("p.yaml", "--format", "md")
    _, html = check("p.yaml", "--format", "html")
    assert markdown.splitlines()[0] == r"# Een \*plan\* \| \<b\>\{\{ 7\*7 \}\}\</b\> (PO2814)"
    assert "<b>" not in html
    assert "{{ 7*7 }}" in html


def test_several_plans_make_a_matrix(check, write, tmp_path):
    write("a.yaml", EXAMPLE)
    write("b.yaml", EXAMPLE.replace("independence: {answer: nee}", "independence: {answer: ja, page: 3}"))
    write("other.yaml", "format: scenario/1\n")
    code, out = check(tmp_path, "--json")
    told = json.loads(out)
    assert (code, told["format"]) == (1, "checks/1")
    assert [plan["passed"] for plan in told["plans"]] == [False, True]
    for kind in ("text", "html"):
        out = check("a.yaml", "b.yaml", "--format", kind)[1]
        assert "GOV-6c" in out
        assert "PROC-9" in out.partition("GOV-6c")[2]  # among those without anything to do


@pytest.mark.parametrize(("named", "told"), [(2, True), (21, False), (0, False)])
def test_another_number_of_boards_than_is_known_is_told(check, write, named, told):
    boards = ", ".join(f"{{name: Stichting {number}}}" for number in range(named))
    plan = write("plan.yaml", EXAMPLE.replace("\nanswers:", f"\nboards: [{boards}]\nanswers:", 1))
    _, out = check(plan)
    assert (f"The plan names {named} boards; according to" in out) == told


def test_output_goes_to_a_file(check, tmp_path):
    code, out = check("voorbeeld-po", "--format", "html", "-o", "x.html")
    assert (code, out) == (1, "")
    assert "GOV-6c" in (tmp_path / "x.html").read_text(encoding="utf-8")


def test_explain_names_version_value_line_and_prerequisites(check):
    code, out = check("voorbeeld-po", "--explain", "PROC-8", "--json")
    told = json.loads(out)
    assert (code, told["status"], told["own"]) == (1, "met", True)
    assert told["article"] == "WPO 18a(6)a, 18a(7), 18a(9)"
    assert told["events"][0]["value"] == "2014-04-08"
    line = EXAMPLE.splitlines()[told["events"][0]["line"] - 1]
    assert line.strip() == 'adopted: "2014-04-08"'
    assert {one["obligation"] for group in told["requires"] for one in group["any"]} >= {"PROC-2", "OPR-6"}
    assert "PROC-2" in check("voorbeeld-po", "--explain", "PROC-8")[1]


def test_what_an_earlier_check_knew_does_not_fail(check, tmp_path):
    (tmp_path / "b.json").write_text(check("voorbeeld-po", "--json")[1], encoding="utf-8")
    assert check("voorbeeld-po", "--baseline", "b.json")[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["--explain", "PROC-88"], ["--on", "2014-05-01", "--today"], ["--baseline", "nergens.json"],
        ["--waivers", "nergens.yaml"], ["--set", "x=y"], ["--format", "pdfje"], ["-o", "."],
    ],
)  # fmt: skip
def test_wrong_use_is_exit_code_2(check, arguments):
    assert check("voorbeeld-po", *arguments)[0] == 2
