"""Tables become amounts and goals; dates become events."""

import pytest

from simulator.plan.documents import boards, budgets, figures, naming, tables
from simulator.plan.documents.blocks import Block, Document, under_headings
from simulator.plan.documents.passages import cut


def passages(*blocks):
    return cut([Document("plan.docx", 0, tuple(under_headings(blocks)))])


def table(text):
    rows = [tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines()]
    return Block("table", rows=tuple(rows))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.250", 1250.0),
        ("-3,5", -3.5),
        ("(40)", -40.0),
        ("€ 12.000", 12000.0),
        ("2,9 %", 2.9),
        ("€ 1,25 mln.", 1_250_000.0),
        ("p.m.", None),
        ("", None),
    ],
)
def test_numbers_as_dutch_writes_them(text, value):
    assert tables.number(text) == value


def test_a_budget_in_thousands_with_signs_and_totals():
    caption = Block("paragraph", "Begroting x 1.000 euro:")
    rows = table("""
        Post | 2023 | 2024 | 2025
        Lichte ondersteuning | 100 | 110 | 120
        Zware ondersteuning | 200 | 210 | 220
        Verevening | -5 | -10 | -15
        Totaal baten | 295 | 310 | 325
        Afdracht vso | -150 | -150 | -150
        Scholen | -120 | -130 | -140
        Bureau | -20 | -20 | -20
        Saldo | 5 | 10 | 15
        Reserve | 8 | 18 | 33""")
    years = [row.values for row in budgets.money(passages(caption, rows))]
    assert years[0] == {
        "year": 2023, "support": 300_000.0, "verevening": -5_000.0, "placements": 150_000.0, "schools": 120_000.0,
        "office": 20_000.0, "result": 5_000.0, "reserve": 8_000.0,
    }  # fmt: skip
    assert [year["year"] for year in years] == [2023, 2024, 2025]


ACROSS = """
    Post | 2023 | 2024 | 2025
    Baten lichte ondersteuning | 100 | 110 | 120
    Baten zware ondersteuning | 200 | 210 | 220
    Lasten scholen | 120 | 130 | 140
    Lasten totaal | 170 | 180 | 190
    Lasten bureau | 50 | 50 | 50"""


@pytest.mark.parametrize(
    ("label", "post"),
    [
        ("Overdracht aan scholen", "schools"),
        ("Afdracht aan schoolbesturen", "schools"),
        ("Afdracht so en sbo", "placements"),
        ("Overdracht aan scholen voor so", "placements"),
        ("Afdracht", "placements"),
    ],
)
def test_what_is_handed_over_is_of_those_who_get_it(label, post):
    rows = table(f"Post | 2023 | 2024 | 2025\nRijksbijdrage | 9 | 9 | 9\n{label} | 5 | 5 | 5")
    assert budgets.money(passages(rows))[0].values == {"year": 2023, "support": 9.0, post: 5.0}


@pytest.mark.parametrize("spent", ["Overige lasten", "Overige kosten", "Lasten | | |\n        Overige"])
def test_other_spending_is_not_added_to_other_income_nor_what_goes_into_the_reserve_to_the_reserve(spent):
    rows = table(f"""
        Post | 2023 | 2024 | 2025
        Baten | | |
        Rijksbijdrage | 900 | 900 | 900
        Overige baten | 35 | 35 | 35
        {spent} | 250 | 250 | 250
        Dotatie aan reserve | 100 | 100 | 100
        Algemene reserve 1-1 | 800 | 900 | 900
        Algemene reserve 31-12 | 900 | 900 | 900""")
    first = budgets.money(passages(rows))[0].values
    assert first == {"year": 2023, "support": 900.0, "other": 35.0, "office": 250.0, "reserve": 900.0}


def test_a_budget_with_years_down_the_side_is_the_same_with_names_in_one_row_or_two():
    lines = [[cell.strip() for cell in line.split("|")] for line in ACROSS.strip().splitlines()]
    turned = [list(column) for column in zip(*lines, strict=True)]
    groups, names = zip(*([*name.split(" ", 1), ""][:2] for name in turned[0][1:]), strict=True)
    numbered = [["Nr", *turned[0]], *([str(place), *row] for place, row in enumerate(turned[1:], start=1))]
    two_rows = [["", *groups], ["Jaar", *names], *turned[1:]]
    caption = Block("paragraph", "Meerjarenbegroting in euro:")
    across, down, grouped, second = (
        [row.values for row in budgets.money(passages(caption, table("\n".join(map("|".join, rows)))))]
        for rows in (lines, turned, two_rows, numbered)
    )
    assert down == grouped == second == across
    assert across[0] == {"year": 2023, "support": 300.0, "schools": 120.0, "office": 50.0}


def test_pupils_of_lwoo_per_year_are_no_budget():
    rows = table("Teldatum | Leerlingen | lwoo\n2023 | 9.000 | 310\n2024 | 8.900 | 305\n2025 | 8.800 | 300")
    assert budgets.money(passages(rows)) == []


def test_of_a_year_with_two_columns_the_first_counts_and_years_before_passend_onderwijs_do_not():
    rows = table(
        "Post | 2012 | Begroting 2022 | Realisatie 2022 | 2023 | 2024\nLichte ondersteuning | 9 | 1 | 2 | 3 | 4"
    )
    years = [row.values for row in budgets.money(passages(rows))]
    assert [(year["year"], year["support"]) for year in years] == [(2022, 1.0), (2023, 3.0), (2024, 4.0)]


def test_a_table_of_pupils_per_year_is_no_budget():
    assert budgets.money(passages(table("Soort | 2021 | 2022 | 2023\nsbo | 10 | 11 | 12\nso | 8 | 8 | 9"))) == []


def test_amounts_that_are_left_open_are_no_budget():
    assert budgets.money(passages(table("Baten licht | 2022 | 2023 | 2024\nLichte | p.m. | p.m. | p.m."))) == []


def test_goals_take_the_first_baseline_and_the_last_target():
    rows = table("""
        Wat wij meten (doelen) | Stand 2021 | 2024 | 2026
        Thuiszitters | 19 | 12 | 5
        Tevredenheid | wisselend | beter | goed""")
    found = [row.values for row in figures.goals(passages(rows), 2022)]
    assert found[0] == {
        "goal": "Thuiszitters", "kind": "kwantitatief", "indicator": "Thuiszitters", "baseline": 19.0, "target": 5.0,
        "year": 2026,
    }  # fmt: skip
    assert found[1]["kind"] == "kwalitatief"


def test_what_is_measured_stands_in_its_own_column_and_keeps_its_unit():
    rows = table("""
        Doel | Indicator | Nu | Streven | Budget
        Minder thuiszitters | thuiszitters langer dan vier weken | 19 | 8 | € 240.000
        Minder verwijzingen | deelname so | 1,8% | 1,6% | € 410.000
        Meer op school | | 94 procent | 97 procent |""")
    found = [row.values for row in figures.goals(passages(rows), 2022)]
    assert [(one["goal"], one["indicator"], one["baseline"], one["target"]) for one in found] == [
        ("Minder thuiszitters", "thuiszitters langer dan vier weken", 19.0, 8.0),
        ("Minder verwijzingen", "deelname so (%)", 1.8, 1.6),
        ("Meer op school", "Meer op school (%)", 94.0, 97.0),
    ]


REGISTER = (
    "Brin | Naam | Bestuur\n01AA | De Ark | Stichting X\n02BB | De Boei | Stichting X\n03CC | De Kring | Vereniging"
)
NAMES = ("Stichting X (12 scholen)", "Vereniging Y;", "Scholengroep Z.")


def items(heading, *names):
    return Block("heading", heading, 1), *(Block("item", name) for name in names)


@pytest.mark.parametrize(
    ("blocks", "named"),
    [
        ([table(REGISTER)], [{"name": "Stichting X", "sites": 2}, {"name": "Vereniging", "sites": 1}]),
        (
            [table("Schoolbestuur | Aantal scholen\nStichting X | 12\nStichting Y | \nTotaal | 12")],
            [{"name": "Stichting X", "sites": 12}, {"name": "Stichting Y"}],
        ),
        (
            items("Aangesloten besturen", *NAMES),
            [{"name": "Stichting X", "sites": 12}, {"name": "Vereniging Y"}, {"name": "Scholengroep Z"}],
        ),
        (items("Bestuur en toezicht", "Voorzitter", "Penningmeester", "Lid"), []),
        (items("Onze schoolbesturen", "Zij betalen mee", "Zij stemmen", "Zij kiezen de voorzitter"), []),
        ([table("Taak | Bestuur | Toezicht\nBegroting | stelt op | keurt goed\nPlan | Stelt vast | Adviseert")], []),
    ],
)
def test_boards_of_registers_tables_and_lists(blocks, named):
    assert [row.values for row in boards.boards(passages(*blocks))] == named


COUNTED = "Stichting X | 12\nVereniging Y | 7\nScholengroep Z | 1"


@pytest.mark.parametrize(
    "header",
    ["Bestuur | Aantal scholen", "Naam bestuur | Aantal scholen", "Bestuur | Aantal locaties", "Bestuur | Scholen"],
)
def test_a_column_that_counts_schools_tells_more_than_the_rows(header):
    found = boards.boards(passages(table(f"{header}\n{COUNTED}")))
    assert [row.values["sites"] for row in found] == [12, 7, 1]


def test_a_column_that_counts_pupils_is_none_of_schools():
    found = boards.boards(passages(table("School | Bestuur | Aantal leerlingen\nDe Ark | Stichting X | 210")))
    assert [row.values["sites"] for row in found] == [1]


def test_a_board_that_is_named_twice_is_there_once_with_what_is_known_of_it():
    found = boards.boards(passages(*items("Schoolbesturen", *NAMES[1:], "Stichting X"), table(REGISTER)))
    assert {row.values["name"]: row.values.get("sites") for row in found} == {
        "Vereniging Y": None, "Scholengroep Z": None, "Stichting X": 2, "Vereniging": 1,
    }  # fmt: skip


def test_a_register_counts_schools():
    again = REGISTER.replace("Bestuur", "Profiel").replace("Stichting X", "ja")
    assert figures.schools(passages(table(REGISTER), Block("heading", "Bijlage 2", 1), table(again))) == 3


def test_names_in_a_column_of_gemeenten():
    schools = "De Boei | Gouda | A\nDe Kim | 's-Hertogenbosch | B\nDe Ark | Gouda | A\nTotaal | Totaal | 3"
    rows = table(f"Naam | Gemeente | Bestuur\n{schools}")
    assert figures.gemeenten(passages(rows)) == ["Gouda", "'s-Hertogenbosch"]
    assert figures.gemeenten(passages(table("Naam | Plaats\nDe Boei | Gouda"))) == []


def test_another_gemeente_that_begins_alike_is_another():
    assert not naming.spelled("Bergen (NH.)").search("het oogo met Bergen op Zoom")


def test_a_budget_per_school_year_is_seen_and_no_budget_of_calendar_years_nor_of_pupils_is():
    rows = "Rijksbijdrage | 9 | 9 | 9 | 9\nBureau | 2 | 2 | 2 | 2"
    school_years = passages(table(f"Post | 2026-2027 | 2027/2028 | 2028/29 | 2029-2030\n{rows}"))
    assert budgets.money(school_years) == []
    assert budgets.per_school_year(school_years) is school_years[0]
    down = "Schooljaar | Rijksbijdrage\n2026-2027 | 9\n2027-2028 | 9\n2028-2029 | 9"
    assert budgets.per_school_year(passages(table(down))) is not None
    assert budgets.per_school_year(passages(table(f"Post | 2026 | 2027 | 2028 | 2029\n{rows}"))) is None
    pupils = "Leerlingaantallen | 2026-2027 | 2027-2028 | 2028-2029\nLichte stoornis | 9 | 9 | 9"
    assert budgets.per_school_year(passages(table(pupils))) is None


def test_the_quote_of_a_row_is_the_row():
    budget = budgets.money(passages(table("Jaar | Rijksbijdrage | Bureau\n2026 | 9 | 1\n2027 | 8 | 1\n2028 | 7 | 1")))
    assert [row.quote for row in budget] == ["2026 | 9 | 1", "2027 | 8 | 1", "2028 | 7 | 1"]
    across = budgets.money(passages(table("Post | 2026 | 2027 | 2028\nRijksbijdrage | 9 | 8 | 7")))
    assert {row.quote for row in across} == {"Rijksbijdrage | 9 | 8 | 7"}
    goals = table("Doel | Indicator | Nu | Streven\nMinder thuiszitters | thuiszitters | 19 | 8")
    assert [row.quote for row in figures.goals(passages(goals), 2026)] == [
        "Minder thuiszitters | thuiszitters | 19 | 8"
    ]
    named = boards.boards(passages(table("Schoolbestuur | Scholen\nStichting A | 12 (waarvan 1 sbo)\nStichting B | 3")))
    assert [(row.quote, row.values["sites"]) for row in named] == [
        ("Stichting A | 12 (waarvan 1 sbo)", 12),
        ("Stichting B | 3", 3),
    ]


def test_other_costs_are_no_other_income_and_a_transfer_is_no_reserve():
    rows = table("""
        Begroting (euro) | 2023 | 2024 | 2025
        Lichte ondersteuning | 100 | 110 | 120
        Overige baten | 35 | 35 | 35
        Bureau | 20 | 20 | 20
        Overige lasten | 250 | 250 | 250
        Dotatie aan reserve | 100 | 100 | 100
        Algemene reserve 31-12 | 900 | 1000 | 1100""")
    first = budgets.money(passages(rows))[0].values
    assert (first["other"], first["office"], first["reserve"]) == (35.0, 270.0, 900.0)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("€ 6.000.000,-", 6e6),
        ("6.000.000,--", 6e6),
        ("-/- 50.000", -50_000),
        ("€ -120", -120),
        ("€ (120)", -120),
        ("\u201350", -50),
        ("9,8 mln", 9.8e6),
        ("2026-2027", None),
        ("1-2", None),
    ],
)
def test_amounts_as_budgets_write_them(text, value):
    assert tables.number(text) == value


def budget(heading, *rows):
    header = ("Post", "2026", "2027", "2028")
    (passage,) = passages(Block("heading", heading, 1), Block("table", rows=(header, *rows)))
    return passage, budgets.money([passage])


@pytest.mark.parametrize(
    ("heading", "cells"),
    [("Begroting in miljoenen euro", "9,8"), ("Begroting (x € 1.000)", "9.800"), ("Begroting in mln", "9.800.000")],
)
def test_a_budget_in_millions_or_thousands_is_told_by_its_heading(heading, cells):
    _, rows = budget(heading, ("Rijksbijdrage", cells, cells, cells))
    assert [row.values["support"] for row in rows] == [9.8e6] * 3


def test_rows_of_a_budget_that_belong_nowhere_are_named():
    rows = (("Rijksbijdrage", "100", "110", "120"), ("Bureaukosten", "20", "20", "20"), ("Reiskosten", "5", "5", "5"))
    passage, money = budget("Begroting", *rows, ("Totaal", "125", "135", "145"))
    assert money[0].values["office"] == 20
    assert budgets.unplaced(passage) == ["Reiskosten"]


def test_an_amount_with_three_decimals_is_proposed_in_whole_cents():
    rows = table("""
        Post | 2023 | 2024 | 2025
        Rijksbijdrage | 12,345 | 900 | 900
        Bureau | 250 | 0,0000041 mln | 250""")
    found = [row.values for row in budgets.money(passages(rows))]
    assert (found[0]["support"], found[1]["office"]) == (12.35, 4.1)
