"""Workbooks that went through the hands of users: what is understood, and what is refused at its cell."""

from __future__ import annotations

from datetime import date, datetime

import openpyxl
import pytest

from simulator.base import language
from simulator.base.errors import InputError
from simulator.kader import reading as kaders
from simulator.plan import reading
from simulator.plan.skeleton import blank
from simulator.plan.workbook.writing import workbook
from simulator.world import population

CODES = set(population.everyone())
KADER = kaders.load("swv-2021")
SENT = datetime(2026, 4, 20)  # noqa: DTZ001 - Excel knows no time zones


@pytest.fixture(scope="module")
def template():
    language.choose("nl")
    return workbook(
        blank(KADER, "PO2814", 2026, 4, date(2026, 4, 30), ["Gouda", "Zuidplas"], ["VO2802"]), KADER, date(2026, 4, 30)
    )


class Edited:
    """A workbook as a user sees it."""

    def __init__(self, path):
        self.path = path
        self.book = openpyxl.load_workbook(path)

    def find(self, sheet, title, code="", item=""):
        """The cell in the column with this title and the row with this code."""
        page = self.book[sheet]
        header = {cell.value: cell.column for cell in page[2] if cell.value}
        for row in range(3, page.max_row + 1):
            codes = [page.cell(row, header[name]).value for name in ("code", "naam", "jaar") if name in header]
            if codes[0] == (code or None) and (not item or page.cell(row, header["gemeente of swv"]).value == item):
                return page.cell(row, header[title])
        raise AssertionError((sheet, title, code))

    def put(self, sheet, title, code, value, item=""):
        cell = self.find(sheet, title, code, item)
        cell.value = value
        return f"{sheet}!{cell.coordinate}"

    def read(self):
        self.book.save(self.path)
        return reading.load(str(self.path), CODES)

    def problems(self):
        with pytest.raises(InputError) as caught:
            self.read()
        return caught.value.problems

    def problem(self):
        (problem,) = self.problems()
        assert problem.hint, problem.message
        return problem


@pytest.fixture
def user(template, tmp_path):
    path = tmp_path / "plan.xlsx"
    path.write_bytes(template)
    return Edited(path)


def test_a_new_workbook_is_a_plan_without_answers(user):
    file = user.read()
    assert file.plan.stated().answers == {}
    assert file.plan.gemeenten == ["Gouda", "Zuidplas"]
    assert file.plan.changes == []
    assert file.document.notes == []


def test_what_is_filled_in_is_read_with_its_cell(user):
    answer = user.put("inhoud", "antwoord", "PLAN-b.criteria", "nee")
    user.put("inhoud", "bladzijde", "PLAN-b.criteria", "blz. 12")
    sent = user.put("gebeurtenissen", "datum", "sent", SENT)
    held = user.put("gebeurtenissen", "datum", "oogo_held", "20-1-2026", item="Zuidplas")
    refused = user.put("gebeurtenissen", "gebeurd", "opr_refused", "nee")
    user.put("gegevens", "waarde", "organisation.opr_meetings", "1 maart 2025")
    file = user.read()
    assert file.plan.answers["PLAN-b"]["criteria"].answer is False
    assert file.plan.answers["PLAN-b"]["criteria"].page == 12
    assert file.plan.events["sent"] == date(2026, 4, 20)
    assert file.plan.events["oogo_held"] == {"Gouda": None, "Zuidplas": date(2026, 1, 20)}
    assert file.plan.events["opr_refused"] is False
    assert file.plan.organisation.opr_meetings == [date(2025, 3, 1)]
    assert str(file.place("answers", "PLAN-b", "criteria")) == answer
    assert str(file.place("events", "sent")) == sent
    assert str(file.place("events", "oogo_held", "Zuidplas")) == held
    assert str(file.place("events", "opr_refused")) == refused


def test_a_question_that_is_left_empty_has_its_cell_too(user):
    cell = user.find("toezicht", "antwoord", "GOV-6c.independence")
    assert user.read().at("answers", "GOV-6c", "independence") == {
        "line": cell.row,
        "place": f"toezicht!{cell.coordinate}",
    }


@pytest.mark.parametrize(
    ("sheet", "title", "code", "value", "message"),
    [
        ("inhoud", "antwoord", "PLAN-b.criteria", "deels", "'deels' is no answer"),
        ("inhoud", "bladzijde", "PLAN-b.criteria", "12-14", "'12-14' is no whole number"),
        ("inhoud", "antwoord", "PLAN-b.criteria", "#REF!", "error of Excel"),
        ("inhoud", "antwoord", "PLAN-b.criteria", '=IF(1=1,"ja","nee")', "no outcome"),
        ("inhoud", "status", "PLAN-b.criteria", "klaar", "'klaar' is no state"),
        ("gebeurtenissen", "datum", "sent", "31-02-2026", "'31-02-2026' is no date"),
        ("gebeurtenissen", "datum", "sent", "ja", "but not when"),
        ("begroting", "bekostiging ondersteuning", 2027, "veel", "'veel' is no number"),
        ("gegevens", "waarde", "period.school_years", "vier", "'vier' is no whole number"),
        ("gegevens", "waarde", "swv", "PO2899", "'PO2899' is not known"),
        ("inhoud", "code", "PLAN-b.criteria", "PLAN-b.criterium", "no question of PLAN-b"),
        ("gebeurtenissen", "code", "sent", "snet", "'snet' is not known"),
        ("gegevens", "code", "title", "titel", "no part of a plan"),
        ("gegevens", "waarde", "title", None, "still empty"),
    ],
)
def test_a_cell_that_is_not_understood_is_named(user, sheet, title, code, value, message):
    place = user.put(sheet, title, code, value)
    if value == "#REF!":
        user.find(sheet, title, code).data_type = "e"
    problems = [problem for problem in user.problems() if problem.cell == place]
    assert [message in problem.message for problem in problems] == [True]
    assert problems[0].place == f"{user.path.as_posix()}:{place}"
    assert problems[0].as_data()["cell"] == place
    assert "^" not in problems[0].as_text()


def test_what_is_wrong_is_told_by_column_and_cell_without_keys_of_yaml(user):
    language.choose("nl")
    book = user.book
    book["begroting"]["B5"] = -3
    book["doelen"]["B4"] = "kwalitatief"
    book["doelen"]["A5"], book["doelen"]["B5"] = "beter", "kwal"
    book["leerlingen"]["A3"], book["leerlingen"]["E3"] = 2025, -2
    told = {problem.cell: (problem.message, problem.hint) for problem in user.problems()}
    assert told["begroting!B5"][0] == "moet ten minste 0 zijn, niet '-3'"
    assert told["doelen!A4"][0] == "de kolom 'doel' is hier niet ingevuld"
    assert told["doelen!B5"][0] == "'kwal' kan hier niet"
    assert "kwalitatief, kwantitatief" in told["doelen!B5"][1]
    assert told["leerlingen!B3"][0] == "de kolom 'leerlingen' is hier niet ingevuld"
    assert told["leerlingen!F3"][0] == "de kolom 'so tot 8 jaar: midden' is hier niet ingevuld"
    assert not any(key in message for message, _ in told.values() for key in ("money.", "goals.", "so_young", "pupils"))


def test_an_amount_in_parts_of_a_cent_is_told_with_what_to_write(user):
    """A sum of a formula that is off by its own noise is read."""
    user.book["begroting"]["B4"], user.book["begroting"]["B5"] = 8333.333333333334, 0.1 + 0.2
    problem = user.problem()
    assert (problem.cell, problem.message) == (
        "begroting!B4", "an amount is in whole cents; here stands 8333.333333333334",
    )  # fmt: skip
    assert "Write 8333.33 (in a workbook with a formula: =ROUND(...,2))" in problem.hint


def test_every_problem_is_told_in_one_pass(user):
    places = [
        user.put("inhoud", "antwoord", "PLAN-b.criteria", "deels"),
        user.put("gegevens", "waarde", "sector", "mbo"),
        user.put("gebeurtenissen", "datum", "sent", "ooit"),
    ]
    assert {problem.cell for problem in user.problems()} == set(places)


def test_a_yes_without_a_date_asks_for_it(user):
    user.put("gebeurtenissen", "gebeurd", "sent", "ja")
    assert user.problem().cell == f"gebeurtenissen!{user.find('gebeurtenissen', 'datum', 'sent').coordinate}"


def test_a_date_and_a_no_contradict_each_other(user):
    user.put("gebeurtenissen", "datum", "sent", SENT)
    place = user.put("gebeurtenissen", "gebeurd", "sent", "nee")
    assert user.problem().cell == place


def test_rows_can_be_sorted_inserted_and_hidden(user):
    user.put("inhoud", "antwoord", "PLAN-b.criteria", "ja")
    page = user.book["inhoud"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]
    for number, values in enumerate(reversed(rows), start=3):
        for column, value in enumerate(values, start=1):
            page.cell(number, column).value = value
    page.insert_rows(5)
    page.row_dimensions[user.find("inhoud", "code", "PLAN-b.criteria").row].hidden = True
    budget = user.book["begroting"]
    for row, year in zip(range(3, 7), (2030, 2027, 2029, 2028), strict=True):
        budget.cell(row, 1).value = year
    file = user.read()
    assert file.plan.answers["PLAN-b"]["criteria"].answer is True
    assert [year.year for year in file.plan.money] == [2027, 2028, 2029, 2030]
    (note,) = file.document.notes
    assert "Hidden sheets, rows" in note


def test_a_hidden_sheet_is_read_and_told(user):
    user.book["geld"].sheet_state = "hidden"
    user.book["doelen"].sheet_state = "veryHidden"
    (note,) = user.read().document.notes
    assert note == "Hidden sheets, rows and columns were read like the others: geld, doelen."


def test_a_thousand_columns_of_the_user_are_told_in_one_line(user):
    for number in range(30, 1_030):
        user.book["inhoud"].cell(2, number).value = f"eigen {number}"
    (note,) = user.read().document.notes
    assert len(note) < 200
    assert note.startswith("inhoud: Not read: eigen 30, ")


def test_a_workbook_from_before_there_was_a_sheet_of_boards_is_read(user):
    user.book.remove(user.book["besturen"])
    assert user.read().plan.boards == []


def test_boards_in_spare_rows_each_once(user):
    page = user.book["besturen"]
    page["A3"], page["B3"], page["A4"] = "Stichting X", "12", "Stichting Y"
    assert [(one.name, one.sites) for one in user.read().plan.boards] == [("Stichting X", 12), ("Stichting Y", None)]
    page["A4"] = "Stichting X"
    (problem,) = user.problems()
    assert (problem.cell, "'Stichting X' is twice" in problem.message) == ("besturen!A3", True)


def test_sheets_columns_and_remarks_of_the_user_are_kept_out(user):
    user.book.create_sheet("Kladblok").append(["alles", "mag"])
    page = user.book["inhoud"]
    page.cell(2, page.max_column + 1).value = "Wie zoekt het op?"
    page.cell(3, page.max_column).value = "Anna"
    page.cell(page.max_row + 3, page.max_column).value = "nog doen"
    notes = user.read().document.notes
    assert ["Kladblok" in notes[0], "Wie zoekt het op?" in notes[1], "remarks outside" in notes[2]] == [True] * 3
    assert len(notes) == 3


def test_merged_cells_are_refused_where_they_matter(user):
    user.book["inhoud"]["C5"].value = "ja"
    user.book["inhoud"].merge_cells("C5:C7")
    user.book["gegevens"].merge_cells("A1:D1")  # above the table
    assert user.problem().cell == "inhoud!C5"


def test_merged_cells_that_hold_nothing_hide_nothing(user):
    user.book["inhoud"]["C5"].value = None
    user.book["inhoud"].merge_cells("C5:C7")
    read = user.read()
    assert not [problem for problem in read.document.problems if "C5" in problem.cell]


def test_a_sheet_that_is_gone_or_has_another_name(user):
    user.book.remove(user.book["toezicht"])
    user.book["inhoud"].title = "Inhoud (versie 2)"
    gone, renamed = sorted(user.problems(), key=lambda problem: problem.message, reverse=True)
    assert ("'toezicht' is missing" in gone.message, "Copy it" in gone.hint) == (True, True)
    assert ("'inhoud' is missing" in renamed.message, "'inhoud (versie 2)'" in renamed.hint.lower()) == (True, True)


def test_a_column_that_is_gone_or_has_another_name(user):
    user.find("inhoud", "antwoord", "PLAN-b.criteria").parent.cell(2, 3).value = "antwoorden"
    problem = user.problem()
    assert (problem.cell, "'antwoord' is missing" in problem.message) == ("inhoud!C2", True)
    assert "'antwoorden'" in problem.hint


def test_a_sheet_without_names_of_columns(user):
    user.book["inhoud"].delete_rows(2)
    assert "names of the columns" in user.problem().message


def test_a_column_that_only_explains_can_go(user):
    user.put("inhoud", "antwoord", "PLAN-b.criteria", "ja")
    user.book["inhoud"].delete_cols(user.find("inhoud", "vraag", "PLAN-b.criteria").column)
    file = user.read()
    assert (file.plan.answers["PLAN-b"]["criteria"].answer, file.document.notes) == (True, [])


def test_a_row_without_code_and_a_row_that_is_there_twice(user):
    page = user.book["inhoud"]
    user.put("inhoud", "antwoord", "PLAN-b.criteria", "ja")
    last = page.max_row + 1
    page.cell(last, 3).value = "nee"
    page.cell(last + 1, 1).value = "PLAN-b.criteria"
    page.cell(last + 1, 3).value = "nee"
    assert [problem.cell for problem in user.problems()] == [f"inhoud!A{last}", f"inhoud!A{last + 1}"]


def test_goals_decisions_and_gemeenten_in_spare_rows(user):
    goals, tlv, areas = (user.book[name] for name in ("doelen", "tlv", "gemeenten"))
    for column, value in enumerate(["Minder thuiszitters", "kwantitatief", "aantal", "31", "12,5"], start=1):
        goals.cell(5, column).value = value
    for column, value in enumerate(["2026-014", "20-01-2026", "orthopedagoog", None, "arts"], start=1):
        tlv.cell(4, column).value = value
    areas.cell(6, 1).value = "Waddinxveen"
    areas.cell(7, 1).value = "VO2810"
    plan = user.read().plan
    assert (plan.goals[0].baseline, plan.goals[0].target) == (31, 12.5)
    assert (plan.tlv[0].case, plan.tlv[0].on, plan.tlv[0].experts) == (
        "2026-014",
        date(2026, 1, 20),
        ["orthopedagoog", "arts"],
    )
    assert (plan.gemeenten[-1], plan.overlaps[-1]) == ("Waddinxveen", "VO2810")


def test_pupils_in_their_columns(user):
    page = user.book["leerlingen"]
    names = [cell.value for cell in page[2]]
    at = {name: names.index(name) + 1 for name in names}
    for title, value in (("jaar", 2025), ("leerlingen", "veel"), ("so tot 8 jaar: laag", 90), ("lgf bao", 12)):
        page.cell(3, at[title]).value = value
    others = ("so tot 8 jaar: midden", "so tot 8 jaar: hoog")
    wrong = [f"leerlingen!{page.cell(3, at[title]).coordinate}" for title in ("leerlingen", *others)]
    assert [one.cell for one in user.problems()] == wrong  # of the three categories all are needed, or none
    for title in ("leerlingen", *others):
        page.cell(3, at[title]).value = 14000 if title == "leerlingen" else 0
    (year,) = user.read().plan.pupils
    assert (year.pupils, year.so_young, year.lgf) == (14000, [90, 0, 0], {"bao": 12})


def test_a_change_is_read_from_its_rows(user):
    page = user.book["wijzigingen"]
    page.cell(3, 2).value = "Vangnet"
    for title, code, item, value in (
        ("datum", "adopted", "", SENT),
        ("antwoord of gebeurd", "oogo_held", "Gouda", "nee"),
    ):
        user.put("wijzigingen", title, code, value, item)
    last = page.max_row + 1
    for column, value in enumerate([1, None, "PLAN-v.established", None, None, None, "ja"], start=1):
        page.cell(last, column).value = value
    (change,) = user.read().plan.changes
    assert (change.title, change.adopted, change.oogo_held["Gouda"]) == ("Vangnet", date(2026, 4, 20), False)
    assert change.answers["PLAN-v"]["established"].answer is True


def test_a_change_without_number_or_title(user):
    page = user.book["wijzigingen"]
    page.cell(3, 1).value = None
    page.cell(3, 6).value = SENT
    assert "no number of a change" in user.problem().message
    page.cell(3, 1).value = 1
    assert "'title' is missing" in user.problems()[0].message


def test_no_for_all_and_a_date_for_one(user):
    page = user.book["gebeurtenissen"]
    row = page.max_row + 1
    page.cell(row, 1).value, page.cell(row, 5).value = "oogo_held", "nee"
    user.put("gebeurtenissen", "datum", "oogo_held", SENT, item="Gouda")
    assert user.problem().cell == f"gebeurtenissen!E{row}"


def test_the_version_of_the_workbook_must_be_there(user):
    user.book["gegevens"].delete_rows(user.find("gegevens", "code", "format").row)
    assert "'format' is missing" in user.problem().message


def test_a_pupil_is_kept_out(user):
    place = user.put("inhoud", "citaat", "PLAN-b.criteria", "leerling 123456782")
    assert user.problem().cell == place
