"""Tables of pupils become rows of the plan file, with the years along the top or down the side."""

import pytest

from simulator.plan.documents.blocks import Block, Document, under_headings
from simulator.plan.documents.passages import cut
from simulator.plan.documents.pupils import pupils


def read(text, sector="po", caption="Leerlingaantallen op 1 oktober:"):
    rows = tuple(tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines())
    blocks = under_headings([Block("paragraph", caption), Block("table", rows=rows)])
    return [row.values for row in pupils(cut([Document("plan.docx", 0, tuple(blocks))]), sector)]


ACROSS = """
    Soort | 2021 | 2022 | 2023
    Basisscholen | 9.400 | 9.300 | 9.250
    Sbo | 210 | 205 | 200
    So jonger dan 8, laag | 30 | 31 | 32
    So 8 jaar en ouder, laag | 60 | 61 | 62
    So 8 jaar en ouder, hoog | 12 | 12 | 11
    Deelname so (procent) | 1,1 | 1,1 | 1,1"""


def test_years_along_the_top():
    first, *_, last = read(ACROSS)
    assert first == {
        "year": 2021, "pupils": 9610, "sbo": 210, "so_young": [30, 0, 0], "so_older": [60, 0, 12],
        "notes": ["pupils_summed"],
    }  # fmt: skip
    assert (last["year"], last["pupils"]) == (2023, 9450)


def test_years_down_the_side_mean_the_same():
    lines = [line.split("|") for line in ACROSS.strip().splitlines()]
    turned = "\n".join("|".join(column) for column in zip(*lines, strict=True))
    assert read(turned) == read(ACROSS)


def test_a_total_that_holds_sbo_is_not_added_to():
    (first, _) = read("Teldatum | Basisscholen en sbo | Waarvan sbo\n1-10-2024 | 8.000 | 150\n1-10-2025 | 7.900 | 140")
    assert (first["year"], first["pupils"], first["sbo"], first["notes"]) == (2024, 8000, 150, [])


def test_so_without_age_stands_with_the_older_and_says_so():
    (first, _) = read("Aantal | 2024 | 2025\nLeerlingen | 8.000 | 7.900\nSo laag | 40 | 41\nSo totaal | 60 | 60")
    assert first["so_older"] == [40, 0, 0]
    assert first["notes"] == ["pupils_unaged"]


def test_vo_counts_vso_by_category():
    (first, _) = read("Telling | 2024/25 | 2025/26\nVo | 9.000 | 8.900\nVso midden | 12 | 13\nSo laag | 3 | 3", "vo")
    assert (first["year"], first["pupils"], first["vso"]) == (2024, 9000, [0, 12, 0])
    assert "so_older" not in first


def test_of_a_year_with_two_columns_the_first_counts():
    (first, _) = read("Aantal | 2024 prognose | 2024 telling | 2025\nLeerlingen | 8.000 | 7.990 | 7.900")
    assert first["pupils"] == 8000


def test_the_count_of_2011_is_left_to_a_person_since_it_sets_the_verevening():
    assert [row["year"] for row in read("Aantal | 2011 | 2013 | 2014\nLeerlingen | 8.100 | 8.000 | 7.900")] == [
        2013,
        2014,
    ]


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("Post | 2023 | 2024\nLeerlingen | 8.000 | 7.900", "Begroting in euro, aantal leerlingen:"),
        ("Doel | Nulmeting 2023 | Streef 2026\nLeerlingen | 800 | 700", "Aantal leerlingen:"),
        ("Soort | 2023 | 2024\nLeerlingen met arrangement | 800 | 700", "Aantal leerlingen:"),
        ("Soort | 2023 | 2024\nLeerlingen | 98,5% | 97,4%", "Leerlingaantal:"),
        ("Soort | 2023 | 2024\nLeerlingen | p.m. | p.m.", "Leerlingaantal:"),
        ("Soort | 2023\nLeerlingen | 8.000", "Leerlingaantal:"),
        ("Brin | Naam | Leerlingen 2023 | Leerlingen 2024\n01AB | De Boei | 210 | 208", "Leerlingaantallen:"),
        ("Soort | 2023 | 2024\nLeerlingen | 8.000 | 7.900", "Bezoekers van de open dag:"),
        ("Soort | 2023 | 2024\nSbo | 200 | 210", "Leerlingaantallen:"),
    ],
)
def test_other_tables_are_no_table_of_pupils(text, caption):
    assert read(text, caption=caption) == []
