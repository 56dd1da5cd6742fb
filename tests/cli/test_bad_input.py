"""Whatever a user gives: a message with its place, exit code 2, no traceback and nothing half-written."""

from __future__ import annotations

import re

import pytest

from simulator.base import language, resources
from tests.conftest import scenario_of

OWN = (
    'format: scenario/1\nid: klein\nextends: invoering-2014\ntitle: {nl: "k", en: "s"}\nquestion: {nl: "k", en: "s"}\n'
)
TWO = "population: {swv: [PO2814, VO2802]}\n"
PLAN = (
    "format: plan/1\ntitle: T\nswv: PO2814\nsector: po\nkader: swv-2014\n"
    "period: {first_school_year: 2014, school_years: 4}\ngemeenten: [Gouda]\noverlaps: [VO2802]\n"
)
KADER = (resources.KADERS / "swv-2014.yaml").read_text(encoding="utf-8")
CATALOGUE = (resources.KADERS / "obligations.yaml").read_text(encoding="utf-8")
ODD_VALUES = [
    "[]", "3", "-5", "1.5", "x", "{}", "[a, b]", "{a: b}", "{a: {b: c}}", "{a: [1]}", "[[1]]", "[null]", "true",
    "1e999", ".nan", "99999999999999999999999", '"²"', "{<<: {a: b}}", '"a\\0b"', "..", '"2014-02-30"',
]  # fmt: skip


def lines_of(problems, name):
    return [problem["line"] for problem in problems if problem.get("file", "").endswith(name)]


# Wrong shapes


SECTIONS = [
    "parameters", "pools", "plans", "population", "period", "title", "question", "extends", "kader", "replications",
    "assume_school_holidays", "events", "format",
    "parameters:\n  install_opr", "parameters:\n  install_opr:\n    median", "parameters:\n  install_opr:\n    factors",
    "pools:\n  lcg", "pools:\n  lcg:\n    capacity", "population:\n  swv", "population:\n  table",
    "plans:\n  PO2814", "period:\n  until",
]  # fmt: skip
FINE = {
    ("parameters", "{}"), ("pools", "{}"), ("plans", "{}"), ("population", "{}"), ("replications", "3"),
    ("parameters:\n  install_opr", "{}"), ("parameters:\n  install_opr:\n    median", "3"),
    ("parameters:\n  install_opr:\n    median", "1.5"), ("parameters:\n  install_opr:\n    factors", "{}"),
    ("pools:\n  lcg", "{}"), ("pools:\n  lcg:\n    capacity", "3"),
}  # fmt: skip


@pytest.mark.parametrize("value", ODD_VALUES)
@pytest.mark.parametrize("section", SECTIONS)
def test_a_wrong_shape_anywhere_in_a_scenario_is_told_at_its_line(refused, tmp_path, section, value):
    if (section, value) in FINE:
        pytest.skip("this is how it should be")
    key = section.partition(":")[0]
    kept = [line for line in (OWN + TWO).splitlines() if not line.startswith(f"{key}:")]
    (tmp_path / "s.yaml").write_text("\n".join([*kept, f"{section}: {value}"]) + "\n", encoding="utf-8")
    here = range(len(kept) + 1, len(kept) + section.count("\n") + 2)
    assert set(lines_of(refused("run", "s.yaml", "-n", "1"), "s.yaml")) & set(here)


PLAN_SECTIONS = [
    "swv", "sector", "kader", "period", "answers", "events", "answers:\n  PLAN-a", "answers:\n  PLAN-a:\n    coverage",
    "answers:\n  PLAN-a:\n    coverage:\n      answer", "answers:\n  PLAN-a:\n    coverage:\n      page",
    "events:\n  sent", "events:\n  oogo_held", "events:\n  oogo_held:\n    Gouda", "gemeenten:\n  - a\n  -",
]  # fmt: skip
PLAN_FINE = {
    ("answers", "{}"), ("events", "{}"), ("answers:\n  PLAN-a", "{}"), ("answers:\n  PLAN-a:\n    coverage", "{}"),
    ("answers:\n  PLAN-a:\n    coverage:\n      answer", "true"), ("events:\n  oogo_held", "{}"),
    ("answers:\n  PLAN-a:\n    coverage:\n      page", "3"),
}  # fmt: skip


@pytest.mark.parametrize("value", ODD_VALUES)
@pytest.mark.parametrize("section", PLAN_SECTIONS)
def test_a_wrong_shape_anywhere_in_a_plan_is_told_at_its_line(refused, tmp_path, section, value):
    texts = {"x", "1e999", ".nan", "99999999999999999999999", '"²"', "..", '"a\\0b"', '"2014-02-30"'}
    if (section, value) in PLAN_FINE or (section.startswith("gemeenten") and value in texts - {"1e999"}):
        pytest.skip("this is how it should be")
    key = section.partition(":")[0]
    kept = [line for line in PLAN.splitlines() if not line.startswith(f"{key}:")]
    (tmp_path / "p.yaml").write_text("\n".join([*kept, f"{section}: {value}".replace("-:", "-")]) + "\n", "utf-8")
    here = range(len(kept) + 1, len(kept) + section.count("\n") + 2)
    assert set(lines_of(refused("check", "p.yaml"), "p.yaml")) & set(here)


KADER_SECTIONS = [line.partition(":")[0] for line in KADER.splitlines() if re.match(r"[a-z]\w*:", line)]


@pytest.mark.parametrize("value", ["5", "[5]", "{a: 5}"])
@pytest.mark.parametrize("section", [name for name in KADER_SECTIONS if name not in {"source", "note"}])
def test_a_wrong_shape_in_a_kader_is_told(refused, tmp_path, section, value):
    text = re.sub(rf"(?m)^{section}:.*\n((?:[ #].*|)\n)*", f"{section}: {value}\n", KADER)
    assert text != KADER
    (tmp_path / "k.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "p.yaml").write_text(PLAN.replace("swv-2014", "./k.yaml"), encoding="utf-8")
    line = text.splitlines().index(f"{section}: {value}") + 1
    assert line in lines_of(refused("check", "p.yaml"), "k.yaml")


# Files that are no files of ours


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        (b"", (1, 1), "the file is empty"),
        (b"\n \n", (1, 1), "the file is empty"),
        (b"# a\n# b\n", (1, 1), "must be a list of keys and values that begins"),
        (b"\xef\xbb\xbf", (1, 1), "must be a list of keys and values that begins"),
        (b"---\n", (2, 1), "must be a list of keys and values that begins"),
        (b"- a\n", (1, 1), "must be a list of keys and values that begins"),
        (b"hello\n", (1, 1), "must be a list of keys and values that begins"),
        (b"\x89PNG\r\n\x1a\n\0\0", (None, None), "this is no text file"),
        (OWN.encode() + b"\xe9: 1\n", (6, 1), "not in UTF-8"),
        # the place is counted in characters: an e with an accent takes two bytes
        (OWN.encode() + 'kader: "é'.encode() + b"\xe9\n", (6, 10), "not in UTF-8"),
        (b"\xef\xbb\xbf\xe9: 1\n", (1, 1), "not in UTF-8"),
        (OWN.encode("utf-16") + b"x", (6, 1), "not in UTF-8"),
        (OWN.encode("utf-32"), (1, 1), "this is no text file"),
        (OWN.encode("utf-16-le"), (None, None), "this is no text file"),
        (OWN.encode() + "kader: a\u0090b\n".encode(), (6, 9), "this is no text file"),
        (OWN.encode() + "kader: \ufffe\n".encode(), (6, 8), "this is no text file"),
    ],
    ids=lambda value: repr(value[-20:]) if isinstance(value, bytes) else "",
)
def test_what_is_no_scenario_is_refused(refused, tmp_path, content, place, message):
    (tmp_path / "s.yaml").write_bytes(content)
    (problem,) = refused("run", "s.yaml")
    assert message in problem["message"]
    assert (problem.get("line"), problem.get("column")) == place


@pytest.mark.parametrize("content", [OWN, "\ufeff" + OWN, OWN.replace("\n", "\r\n"), OWN.replace("\n", "\r")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_line_of_a_typo_does_not_depend_on_the_way_of_writing(refused, tmp_path, content, encoding):
    (tmp_path / "s.yaml").write_bytes((content + "sed: 3\n").encode(encoding))
    (problem,) = refused("run", "s.yaml")
    assert (problem["line"], problem["column"], problem["excerpt"]) == (6, 1, "sed: 3")
    assert "Did you mean seed?" in problem["hint"]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("parameters: {install_opr: {median: 5}\n", 6, 13),  # told where it begins, not behind the end of the file
        ('kader: "swv\nseed: 3\n', 6, 8),
        ("note: a: b\n", 6, 8),
        ("parameters:\n\tinstall_opr: {median: 5}\n", 7, 1),
        ("seed: 3\n...\nfoo: bar\n", 8, 1),
        ("seed: 3\n---\nseed: 4\n", 7, 1),
        ("seed: 3\nseed: 4\n", 7, 1),
        ("parameters: &a {}\n", 6, 13),
        ("seed: *a\n", 6, 7),
        ("seed: !!int 3\n", 6, 7),
        ("parameters:\n  install_opr:\n    <<: {median: 5}\n", 8, 5),
        ("? [a, b]\n: 3\n", 6, 3),
        ("parameters: " + "{a: " * 10_000, 6, 13 + 4 * 59),
        ("parameters:\n" + "".join(" " * n + "a:\n" for n in range(1, 1000)), 66, 61),
        ("x:\n" + "- " * 10_000 + "a\n", 7, 119),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_odd_yaml_is_told_where_it_is(refused, tmp_path, text, line, column):
    (tmp_path / "s.yaml").write_text(OWN + text, encoding="utf-8")
    problem = refused("run", "s.yaml")[-1]
    assert (problem["line"], problem["column"]) == (line, column)


def test_the_screen_shows_the_line_and_points_at_the_place(command, tmp_path):
    (tmp_path / "s.yaml").write_text(f"{OWN}pools: {{lcg:\t{{capacity: -1}}}}\n", encoding="utf-8")
    _, _, err = command("run", "s.yaml")
    place, excerpt, caret, remedy = err.splitlines()
    assert remedy.strip() == "Write 1, without a minus; or leave it out where it is not known."
    assert place == "s.yaml:6:25: pools.lcg.capacity: must be at least 0, not '-1'"
    assert excerpt[caret.index("^") :] == "-1}}"  # a tab would have moved it


def test_the_caret_is_right_in_a_long_line_too(command, tmp_path):
    (tmp_path / "s.yaml").write_text(f"{OWN}population: {{swv: [{'PO2814, ' * 40}PO9999]}}\n", encoding="utf-8")
    _, _, err = command("run", "s.yaml")
    _, excerpt, caret = err.splitlines()[:3]
    assert excerpt[caret.index("^") :] == "PO9999]}"


@pytest.mark.parametrize("content", ["a: 1\n" * 1_100_000, "# " + "x" * 5_000_000])
def test_a_file_over_the_limit_is_refused(refused, tmp_path, content):
    (tmp_path / "s.yaml").write_text(content, encoding="utf-8")
    assert "larger than 2 MB" in refused("run", "s.yaml")[0]["message"]


def test_very_many_mistakes_are_told_as_the_first_fifty(refused, tmp_path):
    wrong = "".join(f"  a{number}: {{median: 3}}\n" for number in range(5000))
    (tmp_path / "s.yaml").write_text(f"{OWN}parameters:\n{wrong}", encoding="utf-8")
    assert lines_of(refused("run", "s.yaml"), "s.yaml") == list(range(7, 57))


# What files say of each other


def test_every_mistake_of_a_chain_of_files_is_told_in_one_pass(refused, tmp_path):
    (tmp_path / "a.yaml").write_text(
        OWN.replace("invoering-2014", "b")
        + "populaton: 3\nparameters:\n  instal_opr: {median: 3}\n  install_opr: {median: 1e999}\n  adopt_reglement: 5\n"
        + 'plans: {PO9999: x}\nperiod: {from: "2014-02-30"}\n',
        encoding="utf-8",
    )
    (tmp_path / "b.yaml").write_text(OWN + "sed: 3\npools: {lgc: {capacity: 1}}\n", encoding="utf-8")
    problems = refused("run", "a.yaml")
    assert lines_of(problems, "a.yaml") == [6, 8, 9, 10, 11, 12, 12]
    assert lines_of(problems, "b.yaml") == [6, 7]
    assert all(problem["excerpt"] for problem in problems)


@pytest.mark.parametrize("name", ["./x.yaml", "nope", "''", "..", '"a\\0b.yaml"', "x" * 300])
@pytest.mark.parametrize("key", ["extends", "kader", "table", "plan"])
def test_a_file_that_is_not_there_is_told_where_it_is_named(refused, tmp_path, key, name):
    if (key, name) == ("table", "''"):
        pytest.skip("no table")
    new = {
        "extends": OWN.replace("invoering-2014", name),
        "kader": f"{OWN}kader: {name}\n",
        "table": f"{OWN}population: {{table: {name}}}\n",
        "plan": f"{OWN}plans: {{PO2814: {name}}}\n",
    }[key]
    (tmp_path / "s.yaml").write_text(new, encoding="utf-8")
    (problem,) = refused("run", "s.yaml")
    line = 3 if key == "extends" else 6
    assert (problem["file"], problem["line"]) == ("s.yaml", line)
    assert problem["column"] == new.splitlines()[line - 1].rindex(name) + 1


def test_a_kader_that_a_plan_cannot_find_is_told_in_the_plan(refused, tmp_path):
    (tmp_path / "p.yaml").write_text(PLAN.replace("swv-2014", "./x.yaml"), encoding="utf-8")
    (problem,) = refused("check", "p.yaml")
    assert (problem["file"], problem["line"], problem["column"]) == ("p.yaml", 5, 8)


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "hint"),
    [
        ("requires: [GOV-2]", "requires: [GOV-22]", 35, "'GOV-22' is not known (obligations)", "GOV-2"),
        ("requires: [GOV-2]", "requires: [GOV-1]", 26, "wait for each other: GOV-1 -> GOV-1", "GOV-1: 26"),
        ("part.all_sites && part.one_each", "part.all_sites && && x", 37, "part.all_sites && && x", ""),
        ("part.all_sites && part.one_each", "1 + 2", 29, "1 + 2", ""),
        ("part.all_sites && part.one_each", "part.al_sites", 29, "part.al_sites", ""),
        ("- id: GOV-2", "- id: GOV-1", 71, "for the second time (first on line 26)", ""),
    ],
)
def test_a_broken_catalogue_is_told_in_its_file(refused, tmp_path, old, new, line, message, hint):
    broken = CATALOGUE.replace(old, new, 1)
    assert broken != CATALOGUE
    (tmp_path / "k.yaml").write_text(KADER, encoding="utf-8")
    (tmp_path / "obligations.yaml").write_text(broken, encoding="utf-8")
    kader = (tmp_path / "k.yaml").as_posix()
    (tmp_path / "p.yaml").write_text(PLAN.replace("swv-2014", f'"{kader}"'), encoding="utf-8")
    problems = refused("check", "p.yaml")
    here = [p for p in problems if p.get("file", "").endswith("obligations.yaml") and p["line"] == line]
    assert any(message in problem["message"] and hint in problem.get("hint", "") for problem in here)


def test_a_kader_of_another_folder_is_another_kader(command, refused, tmp_path, monkeypatch):
    """The same relative name in the same process."""
    for name, text in (("one", KADER), ("two", KADER.replace("\nid: swv-2014", "\nidd: swv-2014"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "k.yaml").write_text(text, encoding="utf-8")
        (tmp_path / name / "p.yaml").write_text(PLAN.replace("swv-2014", "./k.yaml"), encoding="utf-8")
    monkeypatch.chdir(tmp_path / "one")
    assert command("check", "p.yaml")[0] == 1
    monkeypatch.chdir(tmp_path / "two")
    assert "idd" in " ".join(problem["message"] for problem in refused("check", "p.yaml"))


# Tables


@pytest.mark.parametrize(
    ("content", "places"),
    [
        ("swv,pupils,boards\nPO2814,nan,inf\nVO2802,1e999,1_000\n", [(2, 8), (2, 12), (3, 8), (3, 14)]),
        ("swv,pupils\nPO2814,²\n", [(2, 8)]),
        ("swv,pupils\nPO2814,٣\n", [(2, 8)]),
        ("swv,maturity\nPO2814,0,5\n", [(2, 1)]),  # a decimal comma in a table with commas
        ("swv,\nPO2814,5\n", [(2, 1)]),  # a value in a column without a name
        ("swv,pupilz\n", [(1, 5)]),  # also without rows
        ("swv;pupils;bords\nPO2814;x;3\n", [(1, 12), (2, 8)]),
        ("swv\tpupils\nPO2814\tx\n", [(2, 8)]),
        ("\ufeffswv,pupils\r\nPO2814,x\r\n", [(2, 8)]),
        ("swv,founded_on,adopt_by\nPO2814,31-02-2013,2014-4-1\nVO2802,1/6/2013,1-6-13\n", [(2, 8), (2, 19), (3, 17)]),
        ("swv,founded\nPO2814,2\nvo2802,Ja\n", [(2, 8)]),
        ("swv,pupils\nPO2814,5\npo2814,6\n", [(3, 1)]),  # the same, in small letters
        ("swv,pupils\n,5\n", [(2, 1)]),
        ('swv,pupils\n"PO\n2814",5\nVO2802,x\n', [(2, 1), (4, 8)]),
        ("", [(1, 1)]),
        ("\ufeff", [(1, 1)]),
    ],
)
def test_every_wrong_cell_of_a_table_is_told(refused, tmp_path, content, places):
    (tmp_path / "t.csv").write_text(content, encoding="utf-8", newline="")
    (tmp_path / "s.yaml").write_text(OWN + TWO.replace("]}", "], table: t.csv}"), encoding="utf-8")
    problems = refused("run", "s.yaml", "-n", "1")
    found = [(problem["line"], problem["column"]) for problem in problems if problem["file"] == "t.csv"]
    empty = [(1, 1) for problem in problems if problem["message"] == "the file is empty"]
    assert (found or empty) == places


@pytest.mark.parametrize("content", [b"PK\x03\x04\x14\x00", b"swv,pupils\nPO2814,\0\n"])
def test_a_workbook_is_no_table(refused, tmp_path, content):
    (tmp_path / "t.csv").write_bytes(content)
    (tmp_path / "s.yaml").write_text(OWN + TWO.replace("]}", "], table: t.csv}"), encoding="utf-8")
    (problem,) = refused("run", "s.yaml", "-n", "1")
    assert problem["message"] == "this is no text file"


# Usage, and places to write


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "invoering-2014", "-n", "x"], "-n"),
        (["run", "invoering-2014", "-n", "1e9"], "-n"),
        (["run", "invoering-2014", "--workers", "0"], "--workers"),
        (["run", "invoering-2014", "--seed", "-1"], "--seed"),
        (["run", "invoering-2014", "-n", "2", "--events", "2"], "2"),
        (["run", "invoering-2014", "late-opr"], "late-opr"),
        (["run", ""], ""),
        (["run", "x" * 300], "xxx"),
        (["run", "a\0b"], "a"),
        (["report", "x" * 300, "--swv", "PO2814"], "xxx"),
        (["report", "a\0b", "--swv", "PO2814"], "a"),
        (["check", "voorbeeld-po", "--kader", "late-opr"], "late-opr"),
        (["run", "voorbeeld-po.yaml"], "no such file"),
        (["report"], "laatste"),
        (["population"], ""),
        ([], ""),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else "",
)
def test_wrong_usage_is_refused(refused, arguments, message):
    assert message in refused(*arguments)[0]["message"]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_plan_given_as_a_scenario_is_told_apart(refused, tmp_path, lang):
    language.choose(lang)
    (tmp_path / "p.yaml").write_text(PLAN, encoding="utf-8")
    (problem,) = refused("run", "p.yaml")
    assert "inspectie-sim check p.yaml" in problem["hint"]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_messages_are_in_the_language_of_the_user(command, tmp_path, lang):
    language.choose(lang)
    (tmp_path / "s.yaml").write_text(f"{OWN}sed: 3\nkader: swv-2041\n", encoding="utf-8")
    _, _, err = command("run", "s.yaml")
    assert ("unknown key" in err, "onbekende sleutel" in err) == (lang == "en", lang == "nl")
    assert ("Did you mean" in err, "Bedoelt u" in err) == (lang == "en", lang == "nl")


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "p.yaml", "-o", "p.yaml"],
        ["check", "p.yaml", "--format", "html", "-o", "./p.yaml"],
        ["latest", "p.yaml", "-o", "p.yaml"],
        ["graph", "p.yaml", "-o", "p.yaml"],
        ["check", "p.yaml", "--waivers", "w.yaml", "-o", "w.yaml"],
        ["population", "export", "s.yaml", "-o", "s.yaml"],
    ],
)
def test_an_input_is_never_overwritten(refused, tmp_path, arguments):
    waivers = 'format: waivers/1\nwaivers:\n  - {obligation: GOV-6c, reason: x, owner: y, until: "2014-12-31"}\n'
    texts = {"p.yaml": PLAN, "w.yaml": waivers, "s.yaml": scenario_of("s", ["PO2814"])}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    refused(*arguments)
    assert {name: (tmp_path / name).read_text(encoding="utf-8") for name in texts} == texts


def test_a_term_of_an_age_and_versions_at_the_same_time_are_told(refused, tmp_path):
    """A slip of the pen in a catalogue of one's own."""
    (tmp_path / "k.yaml").write_text(KADER, encoding="utf-8")
    for old, new in (("months=-3", "months=9999999"), ('until: "2022-07-31"}', 'until: "2022-08-31"}')):
        (tmp_path / "obligations.yaml").write_text(CATALOGUE.replace(old, new, 1), encoding="utf-8")
        assert refused("kader", "validate", "k.yaml")


@pytest.mark.parametrize(("old", "new"), [("GOV-2, GOV-3", "GOV-2, GOV-2, GOV-3"), ('- {id: "1.2"', '- {id: "1.1"')])
def test_what_is_listed_twice_in_a_kader_is_told(refused, tmp_path, old, new):
    assert old in KADER
    (tmp_path / "k.yaml").write_text(KADER.replace(old, new, 1), encoding="utf-8")
    assert refused("kader", "validate", "k.yaml")


# Numbers that cannot be: negative pupils, percentages that are none, shocks outside the horizon
