"""Dates become events: what happened, with whom, and what did not."""

from datetime import date

import pytest

from simulator.plan.documents import days, happenings, naming
from simulator.plan.documents.blocks import Block, Document, under_headings
from simulator.plan.documents.passages import cut


def passages(*blocks):
    return cut([Document("plan.docx", 0, tuple(under_headings(blocks)))])


def table(text):
    rows = [tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines()]
    return Block("table", rows=tuple(rows))


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
    assert found("De ondersteuningsplanraad zag op 5 februari 2022 geen grond en wees het plan af.") == {
        ("opr_refused", ""): date(2022, 2, 5)
    }
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


HELD = date(2022, 1, 20)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Het OOGO met alle gemeenten behalve Borne is gevoerd op 20 januari 2022.", {"Hengelo", "Losser"}),
        ("Het OOGO is met Hengelo en Losser gevoerd op 20 januari 2022, zonder Borne.", {"Hengelo", "Losser"}),
        ("Het OOGO met Borne is gevoerd op 20-01-2022 en met Hengelo op 22-01-2022 niet.", {"Borne"}),
        ("Borne was op 20 januari 2022 verhinderd voor het OOGO.", set()),
        ("Het OOGO met alle gemeenten was op 20 januari 2022; met Borne is geen overeenstemming bereikt.", set(AREA)),
        ("Het OOGO met Borne is gevoerd op 20 jan. 2022.", {"Borne"}),
        ("Het OOGO met Borne is gevoerd op 20-1-22.", {"Borne"}),
        ("Het OOGO met Borne is gevoerd op 20-1-'22.", {"Borne"}),
    ],
)
def test_who_took_part_in_talks_and_who_did_not(text, held):
    assert found(text) == {("oogo_held", name): HELD for name in held}


ADOPTED = {("adopted", ""): date(2022, 3, 12)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Het plan is op 12 maart 2022 vastgesteld en wordt voor 1 mei 2022 verzonden aan de Inspectie.", ADOPTED),
        ("Het bestuur heeft het plan zoals gepland op 12 maart 2022 vastgesteld.", ADOPTED),
        ("Het plan is (na uitstel) op 12 maart 2022 vastgesteld.", ADOPTED),
        ("Het bestuur van de gemeente Borne stelde op 12 maart 2022 het jeugdplan vast.", {}),
        ("Instemming OPR 12-02-2022 | Vastgesteld door bestuur 12-03-2022",
         ADOPTED | {("opr_consented", ""): date(2022, 2, 12)}),
    ],
)  # fmt: skip
def test_what_happened_is_told_from_what_stands_beside_it(text, told):
    assert found(text) == told


def test_a_date_without_year_is_of_the_next_year_that_is_named_however_far_on():
    looked = list(days.dates("20 januari " * 2_000 + "20 januari 2022"))
    assert len(looked) == 2_001
    assert {day for _, day in looked} == {HELD}


def test_a_part_without_a_subject_is_about_that_of_its_sentence():
    assert found("De OPR heeft op 5 februari 2022 instemming onthouden en op 12 maart 2022 alsnog ingestemd.") == {
        ("opr_refused", ""): date(2022, 2, 5),
        ("opr_consented", ""): date(2022, 3, 12),
    }
    assert found(
        "Het bestuur heeft het plan op 5 april 2022 vastgesteld en op 7 april 2022 aan de Inspectie gestuurd."
    ) == {
        ("adopted", ""): date(2022, 4, 5),
        ("sent", ""): date(2022, 4, 7),
    }
    assert found("De OPR is op 5 februari 2022 bijgepraat en op 12 maart 2022 stelde het bestuur het plan vast.") == {
        ("adopted", ""): date(2022, 3, 12)
    }
