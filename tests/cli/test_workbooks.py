"""Every command that takes a plan takes a workbook like YAML, and says the same of it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from simulator.base import language

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def book(command):
    """The example plan as a Dutch workbook in the folder of the command."""
    language.choose("nl")
    code, _, messages = command("plan", "convert", "voorbeeld-po", "plan.xlsx")
    language.choose("en")
    assert (code, "plan.xlsx" in messages) == (0, True)
    return Path("plan.xlsx")


def without_places(data):
    """An outcome without what depends on the form of the file."""
    if isinstance(data, dict):
        return {key: without_places(one) for key, one in data.items() if key not in ("line", "column", "place", "plan")}
    return [without_places(one) for one in data] if isinstance(data, list) else data


def test_a_workbook_whose_name_is_that_of_a_document_is_read(command, book):
    told = [command("check", shutil.copy(book, name), "--json")[1] for name in ("plan-2.xlsx", "plan.docx")]
    assert without_places(json.loads(told[0])) == without_places(json.loads(told[1]))


@pytest.mark.parametrize(
    "words",
    [
        ("check", "{}", "--json", "--repair"),
        ("check", "{}", "--explain", "GOV-6c", "--json"),
        ("check", "{}", "--on", "2014-06-01", "--format", "json"),
        ("latest", "{}", "--json"),
        ("toets", "{}", "-n", "2", "--json"),
        ("graph", "{}"),
        ("bekostiging", "{}", "--json"),
        ("praktijktoets", "{}", "--json"),
    ],
)
def test_a_workbook_gives_what_yaml_gives(command, book, words):
    told = [command(*(word.format(name) for word in words)) for name in ("voorbeeld-po", book.as_posix())]
    assert [code for code, _, _ in told] == [told[0][0]] * 2
    if words[0] == "graph":
        assert told[0][1] == told[1][1]
    else:
        assert_same(*(json.loads(out) for _, out, _ in told))


def assert_same(yaml, workbook):
    """Equal but for what is asked and was left out of the YAML: in a workbook every question has a row."""
    for data in (yaml, workbook):
        for finding in data.get("findings", []):
            finding["evidence"] = [one for one in finding["evidence"] if one["answer"] is not None]
    assert without_places(workbook) == without_places(yaml)


def test_a_workbook_is_validated_as_a_plan(command, book):
    code, out, _ = command("kader", "validate", book, "--json")
    assert (code, json.loads(out)["kind"]) == (0, "plan")


def test_a_finding_names_sheet_and_cell(command, book):
    code, out, _ = command("check", book)
    sheet = openpyxl.load_workbook(book)["toezicht"]
    row = next(row for row in range(3, sheet.max_row) if sheet.cell(row, 1).value == "GOV-6c.independence")
    assert (code, sheet.cell(row, 3).value) == (1, "nee")
    assert f"[plan.xlsx:toezicht!C{row}]" in out
    finding = next(one for one in json.loads(command("check", book, "--json")[1])["findings"] if one["roots"] == [])
    assert {"line", "place"} <= set(finding)


def test_sarif_of_a_workbook_is_valid_and_names_the_cell(command, book):
    log = json.loads(command("check", book, "--format", "sarif")[1])
    jsonschema.validate(log, json.loads((DATA / "sarif-2.1.0-rtm.5.json").read_text("utf-8")))
    (result,) = log["runs"][0]["results"]
    (place,) = result["locations"]
    cell = place["logicalLocations"][0]["fullyQualifiedName"]
    assert cell == f"toezicht!C{place['physicalLocation']['region']['startLine']}"


def test_markdown_html_and_junit_are_made_of_a_workbook(command, book):
    for kind in ("md", "html", "junit"):
        code, out, _ = command("check", book, "--format", kind)
        assert (code, "GOV-6c" in out) == (1, True)


def test_errors_name_sheet_and_cell_as_text_and_as_json(command, book):
    edited = openpyxl.load_workbook(book)
    edited["gegevens"]["C6"].value = "mbo"
    edited.save(book)
    code, out, messages = command("check", book)
    assert (code, out) == (2, "")
    assert messages.startswith("plan.xlsx:gegevens!C6: ")
    (problem,) = json.loads(command("check", book, "--json")[2])["problems"]
    assert (problem["file"], problem["cell"], problem["line"]) == ("plan.xlsx", "gegevens!C6", 6)


def test_a_folder_with_workbooks_is_a_matrix(command, book):
    Path("plannen").mkdir()
    (Path("plannen") / "a.xlsx").write_bytes(book.read_bytes())
    (Path("plannen") / "~$a.xlsx").write_bytes(b"in gebruik")  # what Excel leaves beside an open workbook
    other = openpyxl.Workbook()
    other.save("plannen/adressen.xlsx")
    command("plan", "convert", "voorbeeld-po", "plannen/b.yaml")
    code, out, _ = command("check", "plannen", "--json")
    assert (code, [Path(one["plan"]).name for one in json.loads(out)["plans"]]) == (1, ["a.xlsx", "b.yaml"])


def test_notes_are_told_once_on_stderr(command, book):
    edited = openpyxl.load_workbook(book)
    edited.create_sheet("Kladblok")
    edited.save(book)
    _, out, messages = command("check", book)
    assert messages.count("Kladblok") == 1
    assert "Kladblok" not in out


def test_a_scenario_plays_a_plan_in_a_workbook(command, book, tiny_scenario):
    scenario = tiny_scenario.read_text("utf-8") + f"plans: {{PO2814: {book.as_posix()}}}\n"
    Path("met-plan.yaml").write_text(scenario, "utf-8", newline="\n")
    code, out, _ = command("run", "met-plan.yaml", "-n", "2", "-o", "uit")
    assert code == 0, out
    kept = Path("uit/inputs/plan-PO2814.yaml")
    assert command("check", kept)[0] == 1
    assert command("replay", "uit", "--replication", "0", "--swv", "PO2814")[0] == 0


def test_convert_there_and_back_and_never_over_a_file(command, book):
    assert command("plan", "convert", book, "terug.yaml")[0] == 0
    language.choose("nl")
    assert command("plan", "convert", "terug.yaml", "weer.xlsx")[0] == 0
    assert Path("weer.xlsx").read_bytes() == book.read_bytes()
    code, _, messages = command("plan", "convert", "terug.yaml", "weer.xlsx")
    assert (code, "weer.xlsx" in messages) == (2, True)
    assert command("plan", "convert", book, "plan.docx")[0] == 2


@pytest.mark.parametrize(
    ("lang", "sheet", "answer"), [("nl", "inhoud", "ja,nee,onbekend"), ("en", "content", "yes,no,unknown")]
)
def test_new_gives_a_workbook_to_fill_in(command, lang, sheet, answer):
    language.choose(lang)
    assert command("plan", "new", "--swv", "po2814", "--kader", "swv-2021", "-o", "nieuw.xlsx")[0] == 0
    book = openpyxl.load_workbook("nieuw.xlsx")
    assert len(book.sheetnames) == 14
    page = book[sheet]
    rules = {
        rule.formula1.strip('"'): str(rule.sqref) for rule in page.data_validations.dataValidation if rule.formula1
    }
    assert answer in rules
    assert page.freeze_panes == "C3"
    assert page.page_setup.orientation == "landscape"
    assert page.print_title_rows == "$1:$2"
    row = next(row for row in page.iter_rows(min_row=3, values_only=True) if row[0] == "PLAN-b.criteria")
    names = [cell.value for cell in page[2]]
    for key in (
        ("vraag", "vaak ontbreekt", "wat als bewijs telt", "artikel", "wat de wet vraagt") if lang == "nl" else ()
    ):
        assert row[names.index(key)]
    events = book["gebeurtenissen" if lang == "nl" else "events"]
    assert events["D3"].number_format == "dd-mm-yyyy"
    code, out, _ = command("check", "nieuw.xlsx")
    assert (code, "29" in out) == (1, True)


def test_what_no_cell_can_hold_is_refused(command, write):
    text = 'format: plan/1\ntitle: "a\\x07b"\nswv: PO2814\nsector: po\nkader: swv-2021\n'
    plan = write("p.yaml", text + "period: {first_school_year: 2026, school_years: 4}\n")
    code, _, messages = command("plan", "convert", plan, "p.xlsx")
    assert (code, "cannot stand in a cell" in messages, Path("p.xlsx").exists()) == (2, True, False)


@pytest.mark.parametrize(
    ("name", "content", "message", "hint"),
    [
        ("mijn plan.pdf", b"%PDF-1.7", "this is a document", 'plan import "mijn plan.pdf"'),
        ("plan.docx", b"PK\x03\x04", "this is a document", 'plan import "plan.docx"'),
        ("plan.csv", b"sep=;\r\ncode;antwoord\r\n", "cannot be a csv file", "Excel workbook (.xlsx)"),
    ],
)
@pytest.mark.parametrize("verb", ["check", "toets", "latest"])
def test_what_is_no_plan_file_says_how_to_get_one(command, tmp_path, name, content, message, hint, verb):
    (tmp_path / name).write_bytes(content)
    code, _, told = command(verb, name)
    assert code == 2
    assert message in told
    assert hint in told


@pytest.mark.parametrize("verb", ["check", "toets", "latest"])
def test_the_next_command_takes_a_name_with_spaces(command, book, verb):
    book.rename("mijn plan (def).xlsx")
    told = command(verb, "mijn plan (def).xlsx")[2]
    following = [line for line in told.splitlines() if line.startswith("  inspectie-sim")]
    assert following
    assert all('"mijn plan (def).xlsx"' in line for line in following)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_workbook_that_libreoffice_saved_says_the_same(command, tmp_path, lang):
    language.choose(lang)
    assert command("plan", "convert", "voorbeeld-po-2022", "a.xlsx")[0] == 0
    if shutil.which("soffice") is None:
        pytest.fail("no LibreOffice: install it, with soffice on the path")
    line = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "xlsx"]
    subprocess.run([*line, "--outdir", "uit", "a.xlsx"], check=True, capture_output=True, timeout=180)
    told = [json.loads(command("check", name, "--json")[1]) for name in ("a.xlsx", "uit/a.xlsx")]
    for one in told:
        del one["plan"]
    assert told[0] == told[1]


def test_what_is_to_be_filled_in_or_was_answered_no_is_told_with_its_cell(command):
    language.choose("nl")
    command("plan", "convert", "voorbeeld-po-2022", "plan.xlsx")
    told = openpyxl.load_workbook("plan.xlsx")
    dates, answers = told["gebeurtenissen"], told["inhoud"]
    empty = next(row for row in dates.iter_rows(min_row=3) if row[0].value == "opr_reglement")
    empty[3].value = empty[4].value = None
    told.save("plan.xlsx")
    words = " ".join(command("check", "plan.xlsx")[1].split())
    assert f"[plan.xlsx:gebeurtenissen!{empty[3].coordinate}]" in words
    assert "Vul de datum in, of nee:" in words
    assert "(of false)" not in words
    no = next(row for row in answers.iter_rows(min_row=3) if row[0].value == "CASE-2.two_advices")
    no[2].value = "nee"
    told.save("plan.xlsx")
    words = " ".join(command("check", "plan.xlsx")[1].split())
    assert f"Antwoord: nee. [plan.xlsx:inhoud!{no[2].coordinate}]" in words


def test_what_nobody_filled_in_is_asked_for_and_not_told_as_wrong_or_past_repair(command):
    language.choose("nl")
    command("plan", "convert", "voorbeeld-po-2022", "plan.xlsx")
    told = openpyxl.load_workbook("plan.xlsx")
    procedure = next(row for row in told["gebeurtenissen"].iter_rows(min_row=3) if row[0].value == "oogo_procedure")
    procedure[3].value = procedure[4].value = None
    question = next(row for row in told["inhoud"].iter_rows(min_row=3) if row[2].value == "ja")
    question[2].value = None
    told.save("plan.xlsx")
    words = " ".join(command("toets", "plan.xlsx", "-n", "2")[1].split())
    assert "Vul de datum in (of nee) van: procedure voor het OOGO afgesproken. Daarna blijkt of het goed is" in words
    assert "niet meer te herstellen" not in words
    assert "Beantwoord deze vraag; dit herstel gaat uit van ja" in words
    assert "Zorg dat het antwoord ja is" not in words


@pytest.mark.parametrize(("sheet", "good", "bad"), [("gemeenten", "Gouda", "Gauda"), ("gemeenten", "VO2802", "VO2801")])
def test_a_misspelled_gemeente_or_swv_is_told_where_it_is_listed(command, sheet, good, bad):
    language.choose("nl")
    command("plan", "new", "--swv", "PO2814", "--kader", "swv-2021", "-o", "plan.xlsx")
    told = openpyxl.load_workbook("plan.xlsx")
    cell = next(one for row in told[sheet].iter_rows() for one in row if one.value == good)
    cell.value = bad
    told.save("plan.xlsx")
    code, _, messages = command("check", "plan.xlsx")
    assert code == 2
    assert f"plan.xlsx:{sheet}!{cell.coordinate}: '{bad}' is niet bekend bij PO2814" in " ".join(messages.split())
    assert f"Bedoelt u {good}?" in messages
    assert "gebeurtenissen!" not in messages
    for row in told["gebeurtenissen"].iter_rows(min_row=3):
        for one in row:
            one.value = bad if one.value == good else one.value
    told.save("plan.xlsx")
    told_now = " ".join(command("check", "plan.xlsx")[1].split())
    assert f"Het programma kent '{bad}' niet bij PO2814." in told_now
