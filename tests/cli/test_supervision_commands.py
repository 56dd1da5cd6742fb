"""`toezicht`, `reality` and `capacity` as a user meets them, with wrong input too."""

import csv
import io
import json
import shutil

import pytest

from simulator.base import language
from tests.conftest import TWELVE, scenario_of, stored_run


@pytest.fixture
def small(write):
    return str(write("klein.yaml", scenario_of("klein", TWELVE, "cyclus-2021")))


@pytest.fixture(scope="module")
def cycle(tmp_path_factory):
    """A folder with that scenario, and a run of it of three replications."""
    folder = tmp_path_factory.mktemp("cyclus")
    stored_run(scenario_of("klein", TWELVE, "cyclus-2021"), folder, 3)
    return folder


@pytest.fixture
def played(command, cycle, tmp_path):
    """The same in a fresh folder, in which commands work."""
    shutil.copytree(cycle, tmp_path, dirs_exist_ok=True)


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("by", ["year", "article", "standard"])
@pytest.mark.usefixtures("played")
def test_toezicht_tells_in_both_languages(command, lang, by):
    language.choose(lang)
    code, out, err = command("toezicht", "klein", "--by", by)
    assert code == 0, err
    assert {"year": "2023-2024", "article": "PLAN-e", "standard": "BKA1"}[by] in out
    assert ("herstelopdracht" in out or "opdrachten" in out) == (lang == "nl")


@pytest.mark.usefixtures("played")
def test_toezicht_as_data_has_intervals(command):
    told = json.loads(command("toezicht", "klein", "--json")[1])
    assert (told["format"], told["by"], told["replications"]) == ("toezicht/1", "year", 3)
    visited = [row for row in told["figures"] if row["figure"] == "vierjaarlijks onderzoek"]
    assert [row["of"] for row in visited] == ["2021-2022", "2022-2023", "2023-2024", "2024-2025"]
    assert all(row["low"] <= row["mean"] <= row["high"] for row in visited)
    rows = list(csv.DictReader(io.StringIO(command("toezicht", "klein", "--format", "csv")[1])))
    assert rows


@pytest.mark.usefixtures("played")
def test_toezicht_as_data_has_the_same_ids_in_every_language(command):
    told = []
    for lang in ("nl", "en"):
        language.choose(lang)
        whole = json.loads(command("toezicht", "klein", "--json")[1])
        told.append([[{**row, "figure": ""} for row in whole[name]] for name in ("toezicht", "figures")])
    assert told[0] == told[1]
    assert {"orders", "visit onderzoek"} <= {row["id"] for row in told[0][0]}


@pytest.mark.usefixtures("played")
def test_toezicht_counts_a_group_alone(command):
    whole, part = (
        json.loads(command("toezicht", "klein", "--json", *more)[1])["figures"] for more in ([], ["--group", "po"])
    )
    sums = [sum(row["mean"] for row in rows if row["figure"] == "vierjaarlijks onderzoek") for rows in (whole, part)]
    assert 6 <= sums[1] < sums[0]
    assert sums[0] >= 12
    assert command("toezicht", "klein", "--group", "oosten")[0] == 2


@pytest.mark.usefixtures("played")
def test_reality_says_what_a_figure_is_worth(command):
    told = json.loads(command("reality", "klein", "--json")[1])
    by = {row["id"]: row for row in told["reality"]}
    assert by["onderzoek_lag"]["use"] == "predicted"
    assert by["onderzoek_lag"]["evidence"] == "no"
    assert by["onderzoek_lag"]["low"] < by["onderzoek_lag"]["middle"] < by["onderzoek_lag"]["high"]
    assert by["visits_a_year_2021"]["inside"] == "too_few"
    assert by["onderzoek_lag"]["inside"] in ("yes", "no"), "single cases are many more than the replications"
    language.choose("nl")
    assert json.loads(command("reality", "klein", "--json")[1])["reality"][0]["use"] == "predicted"
    out = command("reality", "klein")[1]
    assert "te weinig gespeeld" in out
    assert "Invoer: volgt uit" in out
    assert "voorspeld" in out
    assert "Geen van deze cijfers is bewijs" in out


def test_capacity_tells_what_is_enough(command, small):
    arguments = ("capacity", small, "--target", "visit_to_report_days<=300:0.9", "-n", "2", "--workers", "1")
    told = json.loads(command(*arguments, "--json")[1])
    assert told["format"] == "capacity/2"
    assert {row["id"] for row in told["capacity"]} == {"inspecteur_plan", "inspecteur_swv", "inspecteur_rekenschap"}
    assert told["reached"] is True
    assert {row["id"]: row["share"] for row in told["outcome"]}["reached"] >= 0.9
    language.choose("nl")
    code, out, _ = command(*arguments, "--pool", "inspecteur_swv")
    assert code == 0
    assert "genoeg" in out


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_capacity_says_at_once_what_cannot_be_reached(command, small, lang):
    language.choose(lang)
    arguments = ("capacity", small, "--target", "visit_to_report_days<=20:0.9", "-n", "2", "--workers", "1")
    code, out, err = command(*arguments)
    assert code == 0
    assert {"nl": "conceptrapport schrijven", "en": "write and send the draft report"}[lang] in out
    assert {"nl": "Met ruim genoeg mensen", "en": "With ample people"}[lang] in err
    told = json.loads(command(*arguments, "--json")[1])
    assert not told["reached"]
    assert told["nearest"] in out
    assert told["nearest"] in err
    assert told["steps"][0]["days"] > 10
    assert {row["smallest"] for row in told["capacity"]} == {None}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--target", "visit_to_report_day<=1:0.9"], "visit_to_report_days"),
        (["--target", "visit_to_report_days=1:0.9"], "visit_to_report_days<=170:0.9"),
        (["--target", "visit_to_report_days<=1:9"], "0 and 1"),
        (["--target", "visit_to_report_days<=1:0.9", "--pool", "inspecteur_sw"], "inspecteur_swv"),
        ([], "--target"),
    ],
)
def test_what_capacity_cannot_use_is_told(command, small, arguments, told):
    code, _, err = command("capacity", small, *arguments)
    assert code == 2
    assert told in err
    assert "Traceback" not in err


def test_an_unlawful_method_is_marked_where_it_is_looked_at_and_played(command, write):
    """With few swv, since `validate` plays some replications to see whether shocks are felt."""
    for name in ("onwettig", "wettig"):
        write(f"{name}.yaml", scenario_of(name, TWELVE[:2], f"nieuwe-werkwijze{'-onwettig' if name[0] == 'o' else ''}"))
    code, out, _ = command("scenario", "validate", "onwettig.yaml")
    assert code == 0
    assert "WOT 20(3)" in out
    told = json.loads(command("scenario", "validate", "onwettig.yaml", "--json")[1])
    assert {one["rule"] for one in told["unlawful"]} == {"INS-6", "INS-7", "INS-9"}
    assert json.loads(command("scenario", "validate", "wettig.yaml", "--json")[1])["unlawful"] == []


def test_figures_of_an_unlawful_werkwijze_are_marked_in_every_form(command, write):
    write("klein.yaml", scenario_of("klein", TWELVE[:3], "nieuwe-werkwijze-onwettig"))
    assert command("run", "klein.yaml", "-n", "1")[0] == 0
    supervision = ("toezicht", "klein.yaml", "-n", "1")
    csv_forms = (*supervision, "--format", "csv"), ("export", "klein.yaml", "--format", "csv")
    for arguments in (supervision, *csv_forms, ("rooster", "klein.yaml", "-o", "rooster.csv")):
        code, _, err = command(*arguments)
        assert code == 0, err
        assert "against the law" in err, arguments
    assert "against the law" in command("toezicht", "klein.yaml", "-n", "1")[1]


def test_figures_about_other_years_say_nothing_of_a_run(command):
    code, out, _ = command("reality", "plancyclus-2026", "-n", "1", "--json")
    assert code == 0
    assert [row["id"] for row in json.loads(out)["reality"]] == ["onderzoek_lag"]


def test_a_team_larger_than_its_pool_is_told_by_validate(command, write):
    write(
        "eigen.yaml",
        """format: kader/1
id: eigen
name: {nl: "x", en: "x"}
holds: {from: "2021-08-01", until: "2022-07-31"}
like: swv-2021
source: "x"
pools:
  inspecteur_rekenschap: {label: {nl: "x", en: "x"}, capacity: 1, confidence: assumed}
nodes:
  - id: second_day
    step: {label: {nl: "x", en: "x"}, actor: inspectie, confidence: assumed,
           pools: [inspecteur_rekenschap, inspecteur_rekenschap]}
""",
    )
    code, _, err = command("kader", "validate", "eigen.yaml")
    assert code == 2
    assert "eigen.yaml:10" in err
    assert "2 at once" in err


@pytest.mark.parametrize(
    "line",
    [
        ["capacity", "klein.yaml", "--target", "visit_to_report_days<=165:0.9", "--format", "csv", "-o", "x.json"],
        ["toezicht", "klein", "--json", "-o", "x.csv"],
        ["rooster", "klein", "--format", "ics", "-o", "x.json"],
        ["dossier", "klein", "--swv", "PO2814", "--format", "html", "-o", "x.md"],
    ],
)
@pytest.mark.usefixtures("played", "small")
def test_a_file_whose_ending_is_of_another_form_is_refused(command, tmp_path, line):
    code, _, err = command(*line)
    assert code == 2
    assert f"does not go with {line[-1]}" in " ".join(err.split())
    assert not (tmp_path / line[-1]).exists()


@pytest.mark.usefixtures("played")
def test_the_ending_of_a_file_decides_its_form(command, tmp_path):
    assert (
        command("toezicht", "klein", "-o", "t.csv")[0]
        == command("toezicht", "klein", "--format", "csv", "-o", "u.csv")[0]
    )
    assert (tmp_path / "t.csv").read_bytes() == (tmp_path / "u.csv").read_bytes()
    assert command("dossier", "klein", "--swv", "PO2814", "-o", "d.json")[0] == 0
    assert json.loads((tmp_path / "d.json").read_text("utf-8"))["format"] == "dossier/1"


def test_that_almost_nobody_is_there_is_told(command, write):
    """Figures of a table of inspecteurs that leaves nobody time are those of a shortage, and say so."""
    head = "pool,fte,share,region,training_days,illness,source,confidence\n"
    people = [("inspecteur_swv", 3), ("inspecteur_plan", 1), ("inspecteur_rekenschap", 1)]
    rows = [f"{pool},0.1,0.1,Midden,100,0.5,own,assumed\n" for pool, n in people for _ in range(n)]
    write("wie.csv", head + "".join(rows))
    write("leeg.yaml", scenario_of("leeg", TWELVE, "cyclus-2021") + "inspecteurs: wie.csv\n")
    out = " ".join(command("toezicht", "leeg.yaml", "-n", "1")[1].split())
    assert "of them never got any before the end: the figures are those of a shortage" in out
    assert "of 3" in out.partition("There on average over all days:")[2]


def test_school_years_before_anything_happened_are_left_out(command, write):
    """The figures begin in the first school year in which there is something to count, not in that of the scenario."""
    write("vroeg.yaml", scenario_of("vroeg", ["PO2814", "VO2802"], "vervolg-2016"))
    told = json.loads(command("toezicht", "vroeg.yaml", "-n", "1", "--json")[1])
    years = [key for key in told["toezicht"][0] if key[:2] == "20"]
    assert years[0] != "2012-2013"
    assert any(row[years[0]] for row in told["toezicht"])
    code, _, err = command("toezicht", "vroeg.yaml", "-n", "1", "--year", "2011")
    assert code == 2
    assert "choose 2012 to" in err
