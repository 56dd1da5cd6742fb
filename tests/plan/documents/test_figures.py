"""Tables become amounts and goals; dates become events."""

from datetime import date

import pytest

from simulator.plan.documents import boards, days, figures, happenings, naming
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
    assert figures.number(text) == value


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
    years = [row.values for row in figures.money(passages(caption, rows))]
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
    assert figures.money(passages(rows))[0].values == {"year": 2023, "support": 9.0, post: 5.0}


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
    first = figures.money(passages(rows))[0].values
    assert first == {"year": 2023, "support": 900.0, "other": 35.0, "office": 250.0, "reserve": 900.0}


def test_a_budget_with_years_down_the_side_is_the_same_with_names_in_one_row_or_two():
    lines = [[cell.strip() for cell in line.split("|")] for line in ACROSS.strip().splitlines()]
    turned = [list(column) for column in zip(*lines, strict=True)]
    groups, names = zip(*([*name.split(" ", 1), ""][:2] for name in turned[0][1:]), strict=True)
    numbered = [["Nr", *turned[0]], *([str(place), *row] for place, row in enumerate(turned[1:], start=1))]
    two_rows = [["", *groups], ["Jaar", *names], *turned[1:]]
    caption = Block("paragraph", "Meerjarenbegroting in euro:")
    across, down, grouped, second = (
        [row.values for row in figures.money(passages(caption, table("\n".join(map("|".join, rows)))))]
        for rows in (lines, turned, two_rows, numbered)
    )
    assert down == grouped == second == across
    assert across[0] == {"year": 2023, "support": 300.0, "schools": 120.0, "office": 50.0}


def test_pupils_of_lwoo_per_year_are_no_budget():
    rows = table("Teldatum | Leerlingen | lwoo\n2023 | 9.000 | 310\n2024 | 8.900 | 305\n2025 | 8.800 | 300")
    assert figures.money(passages(rows)) == []


def test_of_a_year_with_two_columns_the_first_counts_and_years_before_passend_onderwijs_do_not():
    rows = table(
        "Post | 2012 | Begroting 2022 | Realisatie 2022 | 2023 | 2024\nLichte ondersteuning | 9 | 1 | 2 | 3 | 4"
    )
    years = [row.values for row in figures.money(passages(rows))]
    assert [(year["year"], year["support"]) for year in years] == [(2022, 1.0), (2023, 3.0), (2024, 4.0)]


def test_a_table_of_pupils_per_year_is_no_budget():
    assert figures.money(passages(table("Soort | 2021 | 2022 | 2023\nsbo | 10 | 11 | 12\nso | 8 | 8 | 9"))) == []


def test_amounts_that_are_left_open_are_no_budget():
    assert figures.money(passages(table("Baten licht | 2022 | 2023 | 2024\nLichte | p.m. | p.m. | p.m."))) == []


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


AREA = ["Borne", "Hengelo", "Losser"]


def found(*texts):
    dated = happenings.find(passages(*(Block("paragraph", text) for text in texts)), 2022, AREA, ["PO2302"])
    return {(one.event, one.item): one.day for one in dated}


def test_dates_belong_to_the_words_around_them():
    told = found(
        "Vastgesteld door het bestuur op 5 april 2022, na instemming van de ondersteuningsplanraad op 17-3-2022."
    )
    assert told == {("adopted", ""): date(2022, 4, 5), ("opr_consented", ""): date(2022, 3, 17)}


def test_dates_of_other_things_and_other_years_do_not_count():
    assert (
        found("Het statuut is vastgesteld op 5 april 2022.", "Het bestuur stelde het plan vast op 5 april 2018.") == {}
    )


@pytest.mark.parametrize(
    "text",
    [
        "Het oogo was op 1 februari 2022 met Borne en Losser en op 3 februari 2022 met Hengelo.",
        "Het oogo was op 1 februari met Borne en Losser, op 3 februari 2022 met Hengelo.",
        "Het oogo met Borne en Losser was op 1 februari 2022, dat met Hengelo op 3 februari 2022.",
    ],
)
def test_talks_with_the_gemeenten_named_after_or_before_the_date(text):
    first, second = date(2022, 2, 1), date(2022, 2, 3)
    assert found(text) == {
        ("oogo_held", "Borne"): first,
        ("oogo_held", "Losser"): first,
        ("oogo_held", "Hengelo"): second,
    }


@pytest.mark.parametrize(
    "text",
    [
        "De OPR wil op 9 mei 2022 instemmen.",
        "De OPR zal op 9 mei 2022 met het plan instemmen.",
        "Naar verwachting stemt de OPR op 9 mei 2022 in.",
        "Het bestuur is van plan het ondersteuningsplan op 9 mei 2022 vast te stellen; het is dan vastgesteld.",
        "Het plan zal door het bestuur op 9 mei 2022 worden vastgesteld.",
        "Het plan moet uiterlijk op 9 mei 2022 door het bestuur zijn vastgesteld.",
        "Wij willen het plan op 9 mei 2022 aan de inspectie hebben gestuurd.",
        "Het op overeenstemming gericht overleg zal worden gevoerd op 9 mei 2022.",
    ],
)
def test_what_is_meant_to_happen_has_not_happened(text):
    assert found(text) == {}


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Op 9 april 2022 stemt de OPR in met dit plan.", "opr_consented"),
        ("Het bestuur stelt het plan vast op 9 april 2022.", "adopted"),
        ("Op 9 april 2022 verstuurden wij het plan naar de inspectie.", "sent"),
        ("Wij stuurden het op 9 april 2022 aan de inspectie.", "sent"),
    ],
)
def test_the_present_tense_and_short_past_with_a_date(text, event):
    assert found(text) == {(event, ""): date(2022, 4, 9)}


def test_one_date_without_names_is_for_all():
    told = found("Het op overeenstemming gericht overleg is gevoerd op 1 februari 2022.")
    assert {item for _, item in told} == set(AREA)


def test_the_other_swv():
    assert found("Met het samenwerkingsverband po is op 13 januari 2022 gesproken.") == {
        ("overleg_held", "PO2302"): date(2022, 1, 13)
    }


def test_the_period_is_that_of_the_title_and_not_that_of_the_plan_before():
    blocks = (
        Block("heading", "Ondersteuningsplan 2022 - 2026", 1),
        Block("paragraph", "Het vorige plan: 2018-2022, 2018-2022."),
    )
    told = happenings.period([Document("plan.docx", 0, blocks)])
    assert (told.value, told.block) == ((2022, 4), blocks[0])
    assert happenings.period([Document("plan.docx", 0, blocks[1:])]) is None


def test_a_day_that_does_not_exist_is_none():
    assert list(days.dates("op 31 februari 2022 en 1 maart 2022")) == [(23, date(2022, 3, 1))]


def test_names_in_a_column_of_gemeenten():
    schools = "De Boei | Gouda | A\nDe Kim | 's-Hertogenbosch | B\nDe Ark | Gouda | A\nTotaal | Totaal | 3"
    rows = table(f"Naam | Gemeente | Bestuur\n{schools}")
    assert figures.gemeenten(passages(rows)) == ["Gouda", "'s-Hertogenbosch"]
    assert figures.gemeenten(passages(table("Naam | Plaats\nDe Boei | Gouda"))) == []


@pytest.mark.parametrize(
    "text",
    [
        "De OPR heeft op 5 februari 2022 niet ingestemd met het plan.",
        "De OPR heeft op 5 februari 2022 instemming onthouden.",
        "De OPR kon op 5 februari 2022 niet instemmen.",
        "De instemming is op 5 februari 2022 door de OPR geweigerd.",
    ],
)
def test_a_refusal_is_no_consent(text):
    assert found(text) == {("opr_refused", ""): date(2022, 2, 5)}


def test_what_is_refused_in_other_words_is_no_consent_and_a_later_consent_counts():
    assert found("De ondersteuningsplanraad zag op 5 februari 2022 geen grond en wees het plan af.") == {}
    assert found("De OPR stemde op 5 februari 2022 in en had geen opmerkingen.") == {
        ("opr_consented", ""): date(2022, 2, 5)
    }
    assert found("De OPR heeft op 5 februari 2022 niet ingestemd; op 3 maart 2022 stemde de OPR in.") == {
        ("opr_refused", ""): date(2022, 2, 5),
        ("opr_consented", ""): date(2022, 3, 3),
    }


@pytest.mark.parametrize(
    "text",
    [
        "De vaststelling van het plan door het bestuur is voorzien op 12 maart 2022.",
        "De vaststelling van het plan staat voor 12 maart 2022 op de agenda.",
        "Beoogde vaststelling door het bestuur: 12 maart 2022.",
        "Vaststelling door het bestuur op 12 maart 2022 (uitgesteld).",
        "Het OOGO met Borne op 20 januari 2022 ging niet door.",
        "Het overleg met de gemeente Borne op 20 januari 2022 is geannuleerd.",
        "Het OOGO met Borne vindt plaats op 20 januari 2022.",
    ],
)
def test_what_was_called_off_or_is_planned_did_not_happen(text):
    assert found(text) == {}


def test_talks_without_agreement_were_held_and_a_network_of_voorzieningen_is_no_plan_for_later():
    assert found("Het OOGO met Borne op 20 januari 2022 leidde niet tot overeenstemming.")
    assert found("Vastgesteld door het bestuur op 5 april 2022; het netwerk is van voorzieningen voorzien.") == {}
    assert found("Vastgesteld door het bestuur op 5 april 2022, met een netwerk van voorzieningen.")


def test_a_table_of_talks_goes_before_a_general_sentence_also_where_it_leaves_the_date_open():
    rows = table("""
        Gemeente | Datum OOGO | Uitkomst
        Borne | 20 januari 2022 | geen overeenstemming
        Hengelo | 21-01-2022 | overeenstemming
        Losser | n.n.b. |""")
    general = Block("paragraph", "Het op overeenstemming gericht overleg is gevoerd op 1 februari 2022.")
    dated = happenings.find(passages(general, rows), 2022, AREA, [])
    assert {one.item: (one.day, one.sentence) for one in dated} == {
        "Borne": (date(2022, 1, 20), "Borne | 20 januari 2022 | geen overeenstemming"),
        "Hengelo": (date(2022, 1, 21), "Hengelo | 21-01-2022 | overeenstemming"),
    }


def test_lines_of_a_colophon_as_lines_as_one_paragraph_and_as_a_table():
    day = {("opr_consented", ""): date(2022, 2, 5), ("adopted", ""): date(2022, 2, 12)}
    assert found("Instemming OPR: 5 februari 2022", "Vastgesteld: 12 februari 2022", "Dit plan geldt vier jaar.") == day
    assert found("Plan 2022-2026 Vastgesteld: 12 februari 2022 Instemming OPR: 5 februari 2022") == day
    rows = table("Instemming OPR | 5 februari 2022\nVastgesteld | 12 februari 2022")
    dated = happenings.find(passages(rows), 2022, AREA, [])
    assert {(one.event, one.item): one.day for one in dated} == day


def test_the_colophon_of_a_reglement_is_not_that_of_the_plan():
    heading = Block("heading", "Bijlage 3 Reglement van de OPR", 1)
    line = Block("paragraph", "Vastgesteld: 12 februari 2022")
    assert happenings.find(passages(heading, line), 2022, AREA, []) == []


@pytest.mark.parametrize(
    "text", ["Planperiode 2026/2027 t/m 2029/2030.", "Voor 2026-2027 tot en met 2029-2030.", "2026/27 t/m 2029/30."]
)
def test_a_period_from_one_school_year_to_another(text):
    told = happenings.period([Document("plan.docx", 0, (Block("paragraph", text),))])
    assert told.value == (2026, 4)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Alphen aan den Rijn", "Alphen a/d Rijn"),
        ("Alphen aan den Rijn", "Alphen a.d. Rijn"),
        ("Capelle aan den IJssel", "Capelle a/d IJssel"),
        ("Bergen (NH.)", "Bergen (NH)"),
        ("Bergen (NH.)", "Bergen (N.H.)"),
        ("'s-Gravenhage", "Den Haag"),
        ("'s-Hertogenbosch", "Den Bosch"),
        ("'s-Hertogenbosch", "\u2019s-Hertogenbosch"),
    ],
)
def test_gemeenten_are_known_as_plans_spell_them(name, text):
    told = passages(Block("paragraph", f"Het oogo met {text} was op 3 februari 2022."))
    assert [one.item for one in happenings.find(told, 2022, [name], [])] == [name]
    assert naming.spelled(name).fullmatch(text)


def test_another_gemeente_that_begins_alike_is_another():
    assert not naming.spelled("Bergen (NH.)").search("het oogo met Bergen op Zoom")


def test_a_budget_per_school_year_is_seen_and_no_budget_of_calendar_years_nor_of_pupils_is():
    rows = "Rijksbijdrage | 9 | 9 | 9 | 9\nBureau | 2 | 2 | 2 | 2"
    school_years = passages(table(f"Post | 2026-2027 | 2027/2028 | 2028/29 | 2029-2030\n{rows}"))
    assert figures.money(school_years) == []
    assert figures.per_school_year(school_years) is school_years[0]
    down = "Schooljaar | Rijksbijdrage\n2026-2027 | 9\n2027-2028 | 9\n2028-2029 | 9"
    assert figures.per_school_year(passages(table(down))) is not None
    assert figures.per_school_year(passages(table(f"Post | 2026 | 2027 | 2028 | 2029\n{rows}"))) is None
    pupils = "Leerlingaantallen | 2026-2027 | 2027-2028 | 2028-2029\nLichte stoornis | 9 | 9 | 9"
    assert figures.per_school_year(passages(table(pupils))) is None


def test_the_quote_of_a_row_is_the_row():
    budget = figures.money(passages(table("Jaar | Rijksbijdrage | Bureau\n2026 | 9 | 1\n2027 | 8 | 1\n2028 | 7 | 1")))
    assert [row.quote for row in budget] == ["2026 | 9 | 1", "2027 | 8 | 1", "2028 | 7 | 1"]
    across = figures.money(passages(table("Post | 2026 | 2027 | 2028\nRijksbijdrage | 9 | 8 | 7")))
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


@pytest.mark.parametrize(
    "text",
    [
        "De OPR heeft op 5 februari 2022 niet ingestemd met het plan.",
        "De ondersteuningsplanraad heeft op 5 februari 2022 zijn instemming onthouden.",
        "De OPR stemde op 5 februari 2022 niet in.",
        "De OPR kon op 5 februari 2022 niet instemmen met het plan.",
        "De instemming van de OPR is op 5 februari 2022 geweigerd.",
    ],
)
def test_a_refusal_in_other_words_is_no_consent(text):
    assert found(text) == {("opr_refused", ""): date(2022, 2, 5)}


def test_consent_can_follow_a_refusal():
    days = found("De OPR stemde op 5 februari 2022 niet in.", "De OPR heeft op 17 maart 2022 ingestemd met het plan.")
    assert days == {("opr_refused", ""): date(2022, 2, 5), ("opr_consented", ""): date(2022, 3, 17)}


@pytest.mark.parametrize(
    "text",
    [
        "Vaststelling van het plan door het bestuur is voorzien op 12 maart 2022.",
        "Het OOGO met Borne op 20 januari 2022 ging niet door.",
        "Het OOGO met Borne van 20 januari 2022 is afgelast.",
        "Het overleg met de gemeente Borne (OOGO) op 20 januari 2022 is niet gevoerd.",
    ],
)
def test_what_is_foreseen_or_did_not_go_on_has_not_happened(text):
    assert found(text) == {}


def test_other_costs_are_no_other_income_and_a_transfer_is_no_reserve():
    rows = table("""
        Begroting (euro) | 2023 | 2024 | 2025
        Lichte ondersteuning | 100 | 110 | 120
        Overige baten | 35 | 35 | 35
        Bureau | 20 | 20 | 20
        Overige lasten | 250 | 250 | 250
        Dotatie aan reserve | 100 | 100 | 100
        Algemene reserve 31-12 | 900 | 1000 | 1100""")
    first = figures.money(passages(rows))[0].values
    assert (first["other"], first["office"], first["reserve"]) == (35.0, 270.0, 900.0)
