"""Numbers that cannot be, in a plan, a workbook, a scenario and its table: what to write instead."""

from pathlib import Path

from tests.conftest import scenario_of

TWO = scenario_of("klein", ["PO2814", "VO2802"])
PLAN = (
    "format: plan/1\ntitle: T\nswv: PO2814\nsector: po\nkader: swv-2014\n"
    "period: {first_school_year: 2014, school_years: 4}\ngemeenten: [Gouda]\noverlaps: [VO2802]\n"
)

NO_MINUS = "without a minus; or leave it out where it is not known."


def test_impossible_numbers_of_a_plan_are_told_with_what_to_write(refused, tmp_path):
    row = "{year: 2015, pupils: -10, sbo: veel, so_older: [1, -9, 2.5]}"
    money = "{year: 2015, support: -7, verevening: 4%, office: 1.005}"
    (tmp_path / "p.yaml").write_text(f"{PLAN}\npupils:\n  - {row}\nmoney:\n  - {money}\n", encoding="utf-8")
    found = [(one["message"], one["hint"]) for one in refused("check", "p.yaml")]
    assert found == [
        ("pupils.0.pupils: must be at least 0, not '-10'", f"Write 10, {NO_MINUS}"),
        ("pupils.0.sbo: this must be a whole number, not 'veel'", "Write a whole number, such as 1250."),
        ("pupils.0.so_older.1: must be at least 0, not '-9'", f"Write 9, {NO_MINUS}"),
        ("pupils.0.so_older.2: this must be a whole number, not '2.5'", "Write a whole number, such as 1250."),
        ("money.0.support: must be at least 0, not '-7'", f"Write 7, {NO_MINUS}"),
        ("an amount in euros is wanted here, not a percentage such as '4%'",
         "Write the amount in euros, such as 1250 or 1250.50."),
        ("an amount is in whole cents; here stands 1.005",
         "Write 1.01 (in a workbook with a formula: =ROUND(...,2))."),
    ]  # fmt: skip


def test_impossible_numbers_of_a_workbook_are_told_with_what_to_write(command, refused, tmp_path):
    import openpyxl

    (tmp_path / "p.yaml").write_text(PLAN, encoding="utf-8")
    command("plan", "convert", "p.yaml", "p.xlsx")
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    for place, value in {"A3": 2015, "B3": -3, "C3": "4%", "D4": 5}.items():
        book["budget"][place] = value
    for place, value in {"A3": 2015, "B3": -10, "C3": "veel"}.items():
        book["pupils"][place] = value
    book.save(tmp_path / "p.xlsx")
    found = {one["cell"]: one["hint"] for one in refused("check", "p.xlsx")}
    assert found["budget!B3"] == f"Write 3, {NO_MINUS}"
    assert "Write only the number" in found["budget!C3"]
    assert found["budget!A4"] == "Fill it in, or empty the whole row."
    assert found["pupils!B3"] == f"Write 10, {NO_MINUS}"
    assert "Write a whole number" in found["pupils!C3"]


def test_impossible_numbers_of_a_scenario_and_its_table_are_told_with_what_to_write(refused, tmp_path):
    (tmp_path / "t.csv").write_text(
        "swv;pupils;maturity;growth_share\nPO2814;-5;x;4%\nVO2802;1000,5;0;40\n", encoding="utf-8"
    )
    more = (
        'parameters: {oogo_dispute: {value: 2}, asks_toets: {value: "50%"}, founded: {value: -0.1}}\nshocks:\n'
        '  - {kind: krimp, from: "2013-08-01", size: 4%, where: {sector: po}}\n'
        '  - {kind: directeur_weg, from: "2016-01-01"}\n'
        '  - {kind: krimp, from: "2035-01-01", where: {sector: po}}\n'
    )
    (tmp_path / "s.yaml").write_text(TWO.replace("]}", "], table: t.csv}") + "\n" + more, encoding="utf-8")
    hints = [(Path(one["file"]).name, one["hint"]) for one in refused("run", "s.yaml")]
    assert [hint for name, hint in hints if name == "t.csv"] == [
        f"Write 5, {NO_MINUS}", "Write only the number, such as 1250 or 1250.50.",
        "Do you mean 4 per cent? Then write 0.04.",
        "Write a whole number, such as 1250.", "Do you mean 40 per cent? Then write 0.4.",
    ]  # fmt: skip
    assert [hint for name, hint in hints if name == "s.yaml"] == [
        "Do you mean 2 per cent? Then write 0.02.", "Do you mean 50 per cent? Then write 0.5.", f"Write 0.1, {NO_MINUS}",
        "Do you mean 4 per cent? Then write 0.04.", "Choose a day in it, or leave the shock out.",
        "Choose a day in it, or leave the shock out.",
    ]  # fmt: skip


def test_a_tip_fits_its_field_and_a_bound_is_told_as_it_is(refused, tmp_path):
    rows = "pupils:\n  - {year: 2015, pupils: 5%, growth: -3}\nmoney:\n  - {year: 2015, support: 52%}\n"
    (tmp_path / "p.yaml").write_text(f"{PLAN}\n{rows}", encoding="utf-8")
    hints = [one["hint"] for one in refused("check", "p.yaml")]
    assert hints == [
        "Write a whole number, such as 1250.",
        "Write 0 when there are no more of them; or leave it out where it is not known.",
        "Write the amount in euros, such as 1250 or 1250.50.",
    ]
    shocks = 'shocks:\n  - {kind: groei_na_2011, from: "2013-08-01", size: 1, where: {sector: po}}\n'
    (tmp_path / "s.yaml").write_text(f"{TWO}\n{shocks}", encoding="utf-8")
    (told,) = [one["message"] for one in refused("run", "s.yaml")]
    assert "lies above 0 and below 1, as a part of the pupils" in told
