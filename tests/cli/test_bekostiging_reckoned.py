"""Every line and correction of `bekostiging` can be reckoned from what it shows."""

from __future__ import annotations

import json
import re

import pytest

from simulator.base import resources
from tests.cli.conftest import told_of

PLANS = resources.shipped("scenarios") / "plans"
EXAMPLE = (PLANS / "voorbeeld-po.yaml").read_text(encoding="utf-8")


def test_the_correction_is_told_to_the_cent_in_every_form(command, small_scenario):
    one = json.loads(command("bekostiging", small_scenario, "--swv", "PO2814", "--json")[1])
    rows = {row["figure"]: row for row in one["figures"]}
    for part in ("personnel", "materieel"):
        assert rows[f"correction_{part}"]["unit"] == "eur"
    euros = rows["correction_personnel"]["value"]
    assert euros == round(euros, 2) != round(euros)
    assert str(euros) in command("bekostiging", small_scenario, "--swv", "PO2814", "--format", "csv")[1]
    assert f"{euros:,.2f}" in command("bekostiging", small_scenario, "--swv", "PO2814")[1]
    assert f"{euros:,.2f}" in command("bekostiging", small_scenario)[1]


def test_what_a_shock_adds_to_the_correction_can_be_reckoned_by_hand(command, small_scenario, write):
    head = small_scenario.read_text(encoding="utf-8").replace("id: klein", "id: zestig")
    shocked = write(
        "zestig.yaml",
        head + 'shocks: [{kind: negatieve_verevening, from: "2013-08-01", size: 60, where: {sector: po}}]\n',
    )
    found = command("bekostiging", shocked, "--swv", "PO2201", "--json", "--lang", "en")
    told, lines = told_of(found[1])
    counted, added = lines["correction"]["2015-2016"], lines["correction_shocks"]["2015-2016"]
    figures = {row["figure"]: row["value"] for row in told["figures"]}
    assert (figures["correction_personnel"], figures["correction_shocks"]) == (counted, added)
    assert added > 0 == added % 60
    by_hand = (counted + added) * lines["melt"]["2015-2016"]
    assert lines["verevening_personnel"]["2015-2016"] == pytest.approx(by_hand, abs=0.05)
    many, _ = told_of(command("bekostiging", shocked, "--json")[1])
    row = next(row for row in many["money"] if row["swv"] == "PO2201")
    assert row["correction_shocks"] == added
    screen = command("bekostiging", shocked, "--swv", "PO2201")[1]
    assert "Shocks of the scenario add" in screen
    assert "what shocks add to it" in screen


def test_a_correction_is_explained_by_its_sign(command, small_scenario):
    told, _ = told_of(command("bekostiging", small_scenario, "--json")[1])
    for above in (True, False):
        code = next(row["swv"] for row in told["money"] if (row["correction_personnel"] > 0) == above)
        screen = command("bekostiging", small_scenario, "--swv", code)[1]
        assert ("negative verevening" in screen, "positive verevening" in screen) == (above, not above)


def by_line(told, table):
    return {row["line"]: row for row in told[table]}


def deductions(rows, year, ending="pupils"):
    """Of pupils in the (v)so times what one of them costs, in euros."""
    names = [
        name.removesuffix(f"_{ending}") for name in rows if name.endswith(f"_{ending}") and name[:2] in ("so", "vs")
    ]
    return sum(rows[f"{name}_{ending}"][year] * rows[f"{name}_rate"][year] for name in names)


@pytest.mark.parametrize("swv", ["PO2814", "VO2708"])
def test_every_line_can_be_reckoned_from_what_is_shown(command, small_scenario, swv):
    told, money = told_of(command("bekostiging", small_scenario, "--swv", swv, "--json")[1])
    school, calendar, once = (by_line(told, name) for name in ("per_school_year", "per_calendar_year", "lgf"))
    correction = {row["figure"]: row["value"] for row in told["figures"]}
    nothing = dict.fromkeys([*money["pupils"], *calendar["pupils"]], 0)
    grown = next((row for row in told["money"] if (row["line"], row["kind"]) == ("sbo_growth", "cause")), nothing)

    def of(rows, name):
        return rows.get(name, nothing)

    def material(year):
        """The lines of a calendar year, in euros."""
        pupils, sbo = calendar["pupils"][year], of(calendar, "sbo")[year]
        return {
            "light_materieel": (pupils - sbo) * of(calendar, "light_materieel_rate")[year],
            "heavy_materieel": pupils * calendar["heavy_materieel_rate"][year],
            "verevening_materieel": calendar["melt"][year] * correction["correction_materieel"],
            "special_materieel": -deductions(calendar, year),
            "sbo_above_materieel": -of(calendar, "sbo_above_pupils")[year]
            * of(calendar, "sbo_above_materieel_rate")[year],
        }

    for first in range(2015, 2021):
        year = f"{first}-{first + 1}"
        pupils, sbo = money["pupils"][year], of(money, "sbo")[year]
        own = {
            "light_personnel": (pupils - sbo) * of(school, "light_personnel_rate")[year],
            "heavy_personnel": pupils * school["heavy_personnel_rate"][year],
            "verevening_personnel": money["melt"][year] * correction["correction_personnel"],
            "special_personnel": -deductions(school, year),
            "growth": -deductions(school, year, "growth"),
            "sbo_above": -of(school, "sbo_above_pupils")[year] * of(school, "sbo_above_rate")[year],
            "sbo_growth": -grown[year] * of(school, "sbo_growth_rate")[year],
        }
        begun, ended = material(str(first)), material(str(first + 1))
        own |= {name: begun[name] * 5 / 12 + ended[name] * 7 / 12 for name in begun}
        for name, by_hand in own.items():
            assert of(money, name)[year] == pytest.approx(by_hand, abs=0.06), (name, year)
    lgf = sum(
        row["number"] * (row["first_year_personnel"] + row["first_year_materieel"] * 5 / 12) for row in once.values()
    )
    assert money["first_year_lgf"]["2014-2015"] == pytest.approx(lgf, abs=0.01)
    for part in ("personnel", "materieel"):
        *parts, whole = told["correction"]
        by_hand = round(sum(row["number"] * row[part] for row in parts), 2)
        assert by_hand == whole[part] == correction[f"correction_{part}"]


def test_every_table_of_a_workbook_gives_the_euros_of_the_screen(command, small_scenario, tmp_path):
    import openpyxl

    arguments = ("bekostiging", small_scenario, "--swv", "PO2814")
    screen = command(*arguments)[1]
    command(*arguments, "--format", "xlsx", "-o", "geld.xlsx")
    sheets = openpyxl.load_workbook(tmp_path / "geld.xlsx")
    book = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in sheets}
    rows = {row[0]: row for row in book["correction"] if row[0]}
    assert book["correction"][0][3:] == ("personnel (euros)", "material (euros)")
    of_figures = {row[0]: row for row in book["figures"]}
    for place, part in ((3, "personnel"), (4, "materieel")):
        by_hand = sum(row[2] * row[place] for name, row in rows.items() if name[:2] in ("so", "vs", "lg", "no"))
        whole = rows["correction"][place]
        assert round(by_hand, 2) == whole == of_figures[f"correction_{part}"][3]
        assert f"{whole:,.2f}" in screen
    assert {row[1] for name in ("per_school_year", "money") for row in book[name][1:] if row[1]} <= {
        "eur", "pupils", "fine_share", "cause", "income", "cost", "repaid", "total", "memo"
    }  # fmt: skip
    rate = next(row for row in book["per_school_year"] if row[0] == "heavy_personnel_rate")
    assert "318.83" in screen
    assert 318.83 in rate
    assert all("(euro" in heading for heading in book["lgf"][0][3:])
    command("bekostiging", small_scenario, "--format", "xlsx", "-o", "alle.xlsx")
    head, *many = openpyxl.load_workbook(tmp_path / "alle.xlsx").active.iter_rows(values_only=True)
    own = next(row for row in many if row[0] == "PO2814")
    assert own[head.index("correction C on the count of 2011, personnel (euros)")] == rows["correction"][3]


def test_the_screen_says_what_rounding_does_and_what_melts_of_which_part(command, small_scenario):
    screen = " ".join(command("bekostiging", small_scenario, "--swv", "PO2814")[1].split())
    assert screen.count("a euro or two off by rounding") == 1
    for text in ("part of the correction for material left", "91.8900%", "92.9835%", "4,268.84"):
        assert text in screen, text
    assert re.search(r"part of the correction for ([\d.%]+ )+personnel left", screen)


def test_without_the_count_of_2011_no_correction_is_reckoned(command, write):
    kept = [line for line in EXAMPLE.splitlines(keepends=True) if not line.startswith("  - {year: 2011, pupils")]
    write("gat.yaml", "".join(kept))
    told, _ = told_of(command("bekostiging", "gat.yaml", "--json")[1])
    assert "correction" not in told
    assert "per_calendar_year" in told
