"""Broken scenarios, plans, kaders and tables: each mistake is told with its place, and nothing is written."""

import json
import re

import pytest

from simulator.base import language, resources

HEAD = 'format: scenario/1\nid: x\nextends: invoering-2014\ntitle: {nl: "x", en: "x"}\nquestion: {nl: "x", en: "x"}\n'
PLAN = (resources.shipped("scenarios") / "plans" / "voorbeeld-po.yaml").read_text(encoding="utf-8")


def nothing_written(folder):
    runs = folder / "runs"
    return not runs.exists() or not list(runs.iterdir())


SCENARIOS = [
    ("parameters: []", 13, "must be a list of keys and values"),
    ("parameters: {install_opr: 5}", 27, "must be a list of keys and values"),
    ("parameters: {install_opr: }", 27, "must be a list of keys and values"),
    ("pools: 3", 8, "must be a list of keys and values"),
    ("plans: x", 8, "must be a list of keys and values"),
    ("population: []", 13, "must be a list of keys and values"),
    ("population: {swv: PO2814}", 19, "Possible: all"),
    ("population: {swv: []}", 19, "at least 1"),
    ("population: {swv: [PO9999]}", 20, "'PO9999' is not known"),
    ("population: {swv: all, table: nope.csv}", 31, "there is no such file"),
    ("paramters: {}", 1, "Did you mean parameters"),
    ("parameters: {instal_opr: {median: 3}}", 14, "Did you mean install_opr"),
    ("parameters: {install_opr: {medain: 3}}", 28, "Did you mean median"),
    ("parameters: {install_opr: {median: -5}}", 36, "must be more than 0"),
    ("parameters: {install_opr: {dist: uniform, low: -3, high: 2}}", 27, "cannot be below zero"),
    ("parameters: {install_opr: {dist: gamma}}", 27, "'gamma' is no distribution"),
    ("parameters: {install_opr: {median: .nan}}", 36, "must be a number"),
    ("parameters: {install_opr: {median: nan}}", 36, "must be a number"),
    ("parameters: {install_opr: {unit: share}}", 34, "measures something else"),
    ("parameters: {hear_dispute: {low: 80, high: 1}}", 28, "lies above the upper bound"),
    ("parameters: {opr_term_share: {low: 0, high: 9}}", 30, "between 0 and 1"),
    ("parameters: {opr_refuses: {value: 1.5}}", 35, "must be at most 1"),
    ("parameters: {install_opr: {factors: {maturty: {exp: 1}}}}", 37, "Did you mean maturity?"),
    ("pools: {lgc: {capacity: 3}}", 9, "Did you mean lcg?"),
    ("pools: {lcg: {capacity: -3}}", 25, "must be at least 0"),
    ('period: {from: "2013-02-30", until: "2015-08-01"}', 16, "no date that exists"),
    ('period: {from: "2015-06-18", until: "2014-08-01"}', 9, "does not come after the first"),
    ("seed: 99999999999999999999999", 7, "must be a whole number"),
    ("seed: abc", 7, "must be a whole number"),
    ("replications: 0", 15, "must be at least 1"),
    ("kader: swv-2015", 8, "Did you mean swv-20"),
    ("plans: {PO2814: nope}", 17, "Possible: voorbeeld-po"),
    ("plans: {PO2814: nope.yaml}", 17, "there is no such file"),
    ("plans: {VO2802: voorbeeld-po}", 17, "the plan is of PO2814"),
    ('title: {nl: "x"}', 1, "for the second time (first on line 4)"),
    ("a: " + "[" * 10_000, 63, "nested too deeply"),
    ("seed: &a 3", 7, "anchors"),
    ("seed: !!int 3", 7, "anchors"),
    ("---\na: 1", 1, "one document per file"),
    ("\tseed: 3", 1, "no valid YAML"),
    ("- [", 1, "no valid YAML"),
]


@pytest.mark.parametrize(("line", "column", "message"), SCENARIOS, ids=[line[:50] for line, _, _ in SCENARIOS])
def test_a_broken_scenario_is_told_at_its_place(command, tmp_path, line, column, message):
    (tmp_path / "x.yaml").write_text(f"{HEAD}{line}\n", encoding="utf-8")
    code, out, err = command("run", "x.yaml", "-n", "1")
    assert code == 2
    assert out == ""
    assert re.match(rf"x\.yaml:6:{column}: ", err), err
    assert message in err
    assert nothing_written(tmp_path)


def test_every_problem_of_a_scenario_comes_in_one_pass(command, tmp_path):
    text = f"{HEAD}seed: abc\nparamters: {{}}\npopulation: {{swv: [PO9999]}}\n"
    text += "parameters: {install_opr: {median: -5}, instal: {}}\npools: {lcg: {capacity: -1}}\n"
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    code, _, err = command("run", "x.yaml", "-n", "1")
    assert code == 2
    places = re.findall(r"^x\.yaml:(\d+):\d+: ", err, re.MULTILINE)
    assert set(places) >= {"6", "7", "8"}
    assert "problems; nothing else was done" in err


def test_links_that_go_in_a_circle_are_told(command, tmp_path):
    try:
        (tmp_path / "plan.xlsx").symlink_to("plan.xlsx")
    except OSError:
        pytest.skip("no links here")
    code, _, err = command("check", "plan.xlsx")
    assert (code, "cannot be read" in err) == (2, True)


def test_a_loop_of_extends_is_told(command, tmp_path):
    (tmp_path / "x.yaml").write_text(HEAD.replace("invoering-2014", "y.yaml"), encoding="utf-8")
    (tmp_path / "y.yaml").write_text(
        HEAD.replace("invoering-2014", "x.yaml").replace("id: x", "id: y"), encoding="utf-8"
    )
    code, _, err = command("run", "x.yaml", "-n", "1")
    assert code == 2
    assert "x.yaml -> y.yaml -> x.yaml" in err


PLANS = [
    ("events:\n", "events: []\nx:\n", "179:9", "must be a list of keys and values"),
    ("  PLAN-a:\n", "  PLAN-a: 5\n  PLAN-b2:\n", "58:11", "must be a list of keys and values"),
    ("PLAN-a:", "PLAN-aa:", "58:3", "Did you mean PLAN-a"),
    ("coverage:", "covrage:", "60:5", "Did you mean coverage?"),
    ('"2014-04-22"', '"2014-02-30"', "210:9", "no date that exists"),
    ('"2014-04-22"', "morgen", "210:9", "neither a date"),
    ("answer: nee", "answer: misschien", "42:28", "is no answer"),
    ("sector: po", "sector: vo", "6:9", "does not fit PO2814"),
    ("swv: PO2814", "swv: PO2841", "5:6", "is not known"),
    ("kader: swv-2014", "kader: swv-2041", "7:8", "Did you mean swv-20"),
    ("    Gouda:", "    Guda:", "191:5", "Did you mean Gouda?"),
    ("  sent:", "  snet:", "210:3", "Did you mean sent?"),
    ("school_years: 4", "school_years: 0", "8:49", "must be at least 1"),
    ("page: 12", "page: -1", "60:34", "must be at least 1"),
    ('sent: "2014-04-22"', 'sent: {Gouda: "2014-01-01"}', "210:9", "one date, not one for each"),
    ("format: plan/1", "format: plan/2", "1:9", "newer version"),
    ("format: plan/1\n", "", "1:1", "Begin the file with the line: format: plan/1"),
]


@pytest.mark.parametrize(("old", "new", "place", "message"), PLANS, ids=[new[:40] for _, new, _, _ in PLANS])
def test_a_broken_plan_is_told_at_its_place(command, tmp_path, old, new, place, message):
    assert old in PLAN
    (tmp_path / "p.yaml").write_text(PLAN.replace(old, new, 1), encoding="utf-8")
    code, _, err = command("check", "p.yaml")
    assert code == 2
    assert f"p.yaml:{place}: " in err, err
    assert message in err


@pytest.mark.parametrize(
    "content",
    [
        PLAN.encode(),
        b"\xef\xbb\xbf" + PLAN.encode(),
        PLAN.encode("utf-16"),
        PLAN.replace("\n", "\r\n").encode(),
    ],
    ids=["utf-8", "byte order mark", "utf-16", "line ends of Windows"],
)
def test_the_encodings_of_windows_are_read(command, tmp_path, content):
    (tmp_path / "p.yaml").write_bytes(content)
    code, out, _ = command("check", "p.yaml")
    assert code == 1
    assert "GOV-6c" in out


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"# only a comment\n", "must be a list of keys and values that begins"),
        (b"\x00\x01\x02PK", "no text file"),
        (PLAN.encode() + b"\0", "no text file"),
        (PLAN.replace("Voorbeeldplan", "Voorbeeldpl\u00e4n").encode("cp1252"), "not in UTF-8"),
        (b"a: b\n" * 1_200_000, "larger than 2 MB"),
    ],
    ids=["empty", "comment", "binary", "nul", "cp1252", "large"],
)
def test_a_file_that_is_no_plan_is_refused(command, tmp_path, content, message):
    (tmp_path / "p.yaml").write_bytes(content)
    code, _, err = command("check", "p.yaml")
    assert code == 2
    assert message in err


TABLES = [
    ("swv,pupls\nPO2814,3\n", 1, "Did you mean pupils?"),
    ("swv,pupils\nPO2841,3\n", 2, "there is no samenwerkingsverband 'PO2841'"),
    ("swv,pupils\nPO2814,3\nPO2814,4\n", 3, "stands in the table twice"),
    ("swv,pupils\nPO2814,-3\n", 2, "must be at least 1"),
    ("swv,pupils\nPO2814,veel\n", 2, "is no number"),
    ("swv,founded\nPO2814,misschien\n", 2, "neither yes nor no"),
    ("swv,visit_simulatie\nPO2814,31-02-2014\n", 2, "no date that exists"),
    ("code\nPO2814\n", 1, "the column 'swv' is missing"),
    ("swv,pupils\nPO2814,1,2,3\n", 2, "more cells than the header"),
]


@pytest.mark.parametrize(("text", "line", "message"), TABLES, ids=[message for _, _, message in TABLES])
def test_a_broken_table_is_told_at_its_cell(command, tmp_path, text, line, message):
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    (tmp_path / "x.yaml").write_text(f"{HEAD}population: {{swv: all, table: t.csv}}\n", encoding="utf-8")
    code, _, err = command("run", "x.yaml", "-n", "1")
    assert code == 2
    assert f"t.csv:{line}:" in err, err
    assert message in err
    assert nothing_written(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "invoering-2014", "-n", "0"], "-n must be a whole number from 1"),
        (["run", "invoering-2014", "--events", "alle"], "--events must be a whole number of 0 or more"),
        (["run", "invoring-2014"], "Did you mean invoering-2014?"),
        (["run", "invoering-2014", "--wrokers", "2"], "Did you mean --workers?"),
        (["dossier", "invoering-2014", "--group", "po"], "one samenwerkingsverband at a time: choose it with --swv."),
        (["run"], "SCENARIO"),
        (["rnu"], "Did you mean run?"),
        (["compare", "a"], "at least two"),
        (["compare", "a", "b"], "First run: inspectie-sim run a"),
        (["report", "--swv", "PO2814"], "First run: inspectie-sim run invoering-2014"),
        (["check", "."], "no plan files in this folder"),
        (["check", "voorbeeld-po", "--on", "2014-13-01"], "no date that exists"),
        (["check", "voorbeeld-po", "--on", "1999-01-01"], "does not hold on 1999-01-01"),
        (["check", "voorbeeld-po", "--kader", "x"], "Possible: nieuwe-werkwijze, nieuwe-werkwijze-onwettig, swv-2014"),
        (["population", "exprt"], "Did you mean export?"),
        (["population", "export", "-o", "/nowhere/at/all.csv"], "cannot be written"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_told_with_what_would_be_right(command, arguments, message):
    code, out, err = command(*arguments)
    assert code == 2
    assert out == ""
    assert message in err


def test_errors_are_one_json_object_with_json(command, tmp_path):
    (tmp_path / "p.yaml").write_text(PLAN.replace("page: 12", "page: -1"), encoding="utf-8")
    code, out, err = command("check", "p.yaml", "--json")
    assert (code, out) == (2, "")
    told = json.loads(err)
    assert told["exit_code"] == 2
    (problem,) = told["problems"]
    assert (problem["file"], problem["line"], problem["column"]) == ("p.yaml", 60, 34)


def test_problems_are_told_in_dutch_as_well(command, tmp_path):
    (tmp_path / "p.yaml").write_text(PLAN.replace("  sent:", "  snet:"), encoding="utf-8")
    language.choose("nl")
    _, _, err = command("check", "p.yaml")
    assert "Bedoelt u sent?" in err


def test_a_fault_of_the_program_leaves_one_line_and_a_crash_file(command, monkeypatch, tmp_path):
    from simulator.plan import reading

    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(reading, "load", lambda *_, **__: 1 // 0)
    code, _, err = command("check", "voorbeeld-po")
    assert code == 3
    assert len(err.strip().splitlines()) == 1
    (crash,) = tmp_path.glob("inspectie-sim-crash-*.txt")
    assert "ZeroDivisionError" in crash.read_text(encoding="utf-8")
