"""`scenario` in all its forms: new, listed, shown, held against each other, and what is assumed."""

from __future__ import annotations

import json
import re

import pytest

from simulator.base import language
from tests.conftest import scenario_of

ENGLISH = re.compile(r"\b(the|and|seen|which|from|by|with|not|how|who|that|for|within|assumption|size|low|high)\b")


def test_a_new_scenario_is_valid_and_what_it_offers_can_be_filled_in(command, tmp_path):
    assert command("scenario", "new", "mijn", "--from", "late-opr")[0] == 0
    path = tmp_path / "mijn.yaml"
    assert command("scenario", "validate", "mijn.yaml")[0] == 0
    assert command("scenario", "new", "mijn")[0] == 2
    offered = [line[2:] for line in path.read_text("utf-8").splitlines() if line.startswith("# ") and ":" in line]
    lines = [
        line
        for line in offered
        if line.startswith(("expects", "parameters", "  ", "pools", "parts", "groups", "shocks"))
    ]
    path.write_text(path.read_text("utf-8") + "\n".join(lines) + "\n", encoding="utf-8")
    code, _, err = command("scenario", "validate", "mijn.yaml")
    assert code == 0, err


@pytest.mark.parametrize(
    "arguments",
    [
        ("krimp", "--from", "krimp"),
        ("krimp", "--from", "late-opr"),
        ("krimp", "--from", "krimp", "-o", "anders.yaml"),
        ("anders", "--from", "krimp", "-o", "krimp.yaml"),
        ("mijn", "--from", "mijn.yaml", "-o", "anders.yaml"),
    ],
)
def test_a_new_scenario_takes_no_name_that_is_taken(command, tmp_path, arguments):
    command("scenario", "new", "mijn")
    code, _, err = command("scenario", "new", *arguments)
    assert code == 2
    assert f"'{'mijn-2' if arguments[0] == 'mijn' else 'krimp-2'}' for example" in err
    assert [path.name for path in tmp_path.glob("*.yaml")] == ["mijn.yaml"]


def test_a_new_scenario_in_another_folder_finds_the_one_that_it_builds_on(command, tmp_path):
    command("scenario", "new", "mijn", "--from", "late-opr")
    (tmp_path / "later").mkdir()
    assert command("scenario", "new", "verder", "--from", "mijn.yaml", "-o", "later/verder.yaml")[0] == 0
    assert "extends: ../mijn.yaml" in (tmp_path / "later" / "verder.yaml").read_text("utf-8")
    assert command("scenario", "validate", "later/verder.yaml")[0] == 0


def test_scenarios_are_listed_shown_and_held_against_each_other(command, told, write):
    write("kapot.yaml", "format: scenario/1\nid: kapot\nextends: late-opt\n")
    rows = {row["id"]: row for row in told("scenario", "list")["scenarios"]}
    assert rows["late-opr"]["against"] == "invoering-2014"
    assert "kapot.yaml" in rows["kapot.yaml"]["title"]
    shown = told("scenario", "show", "herindeling")
    assert shown["expects"] == {"oogo_before_1_april": "lower"}
    assert len(shown["shocks"]) == 2
    differences = {
        row["what"] for row in told("scenario", "diff", "invoering-2014", "steun-slechtste-eerst")["differences"]
    }
    assert differences == {"pools.steunteam_po", "pools.steunteam_vo"}
    assert "no difference" in command("scenario", "diff", "late-opr", "late-opr")[1]


def test_assumptions_name_what_no_law_and_no_source_gives(told):
    found = told("scenario", "assumptions", "herindeling")["assumptions"]
    names = {row["name"] for row in found}
    assert {"draft_element", "gemeente", "herindeling", "help_pace"} <= names
    assert "publish_fifth_week" not in names, "read in the law"
    assert {row["confidence"] for row in found} == {"assumed", "unverified", "seen", "derived"}


def test_assumptions_hold_what_the_amounts_of_the_money_say_was_not_read(told):
    def money(scenario):
        rows = told("scenario", "assumptions", scenario)["assumptions"]
        return {row["name"].removeprefix("bekostiging."): row for row in rows if row["kind"] == "money"}

    first, later = money("invoering-2014"), money("plancyclus-2026")
    assert {"national.lgf_part", "national.lgf_mix", "national.special_mix", "lgf.vo", "teldata.2", "remarks"} <= set(
        first
    )
    assert first["national.lgf_part"]["value"] == "po: 0.42; vo: 0.3"
    assert {"national.income", "national.special_share", "vangnet", "signaleringswaarde"} <= set(later)
    assert later["vangnet"]["value"] == "0.03"
    assert not {"national.lgf_part", "lgf.vo"} & set(later)
    assert not {"vangnet", "national.income", "lgf.bao", "verevening.shares.2016"} & set(first)


@pytest.mark.parametrize(
    ("part", "gone", "kept"),
    [
        ("bekostiging", {"bekostiging_index", "verevening_2016", "bekostiging.national.lgf_part"}, {"draft_element"}),
        ("oogo", {"talk_oogo", "hours_oogo", "geschillencommissie"}, {"draft_element", "opr_refuses"}),
        ("lastendruk", {"hours_oogo", "rate_swv"}, {"talk_oogo", "help_hours"}),
    ],
)
def test_assumptions_have_nothing_of_a_part_that_is_left_out(told, write, part, gone, kept):
    def names(scenario):
        return {row["name"] for row in told("scenario", "assumptions", scenario)["assumptions"]}

    write("zonder.yaml", scenario_of("zonder", ["PO2814", "VO2810"]) + f"parts: {{{part}: false}}\n")
    write("heel.yaml", scenario_of("heel", ["PO2814", "VO2810"]))
    there, left = names("heel.yaml"), names("zonder.yaml")
    assert gone | kept <= there
    assert kept <= left < there
    assert not gone & left


def test_assumptions_and_differences_have_no_english_in_dutch(command, told):
    language.choose("nl")
    rows = told("scenario", "assumptions", "samenloop")["assumptions"]
    for row in rows:
        assert not ENGLISH.search(f"{row['source']} {row['note']} {row['value']}"), row
    out = command("scenario", "assumptions", "samenloop")[1]
    assert "mensen" in out or "personen" in out
    assert "working_days" not in out
    shown = (
        command("scenario", "show", "samenloop")[1]
        + command("scenario", "diff", "invoering-2014", "zonder-praktijktoets")[1]
    )
    shown += command("scenario", "diff", "invoering-2014", "steun-slechtste-eerst")[1]
    assert "omvang 0,2" in shown
    assert "nee -> ja" in shown
    assert "eerst" in shown
    for word in ("false", "true", "size", "low slack"):
        assert word not in shown


def test_the_sources_of_steps_have_no_english_in_dutch():
    from simulator.kader import reading

    language.choose("nl")
    for node in reading.load("swv-2014").file.werkwijze.walk():
        if node.step:
            assert not ENGLISH.search(language.pick(node.step.source)), node.id


def test_a_diff_tells_which_steps_of_a_method_go_otherwise(told):
    rows = {
        row["what"]: (row["left"], row["right"])
        for row in told("scenario", "diff", "cyclus-2021", "nieuwe-werkwijze")["differences"]
    }
    assert set(rows) >= {"werkwijze.second_day", "werkwijze.react", "werkwijze.early_feedback", "kader"}
    assert rows["werkwijze.early_feedback"][0] == "-"
    assert "werkwijze.adopt_report" not in rows


def test_a_scenario_says_over_whom_its_shocks_come(command, write):
    write("s.yaml", 'format: scenario/1\nid: s\nextends: invoering-2014\ntitle: {nl: "s", en: "s"}\n'
          'question: {nl: "s", en: "s"}\nshocks:\n  - {kind: krimp, from: 2013-08-01}\n'
          '  - {kind: directeur_weg, from: 2014-02-01}\n'
          '  - {kind: directeur_weg, from: 2014-03-01, where: {sector: po}}\n')  # fmt: skip
    one, two, three = json.loads(command("scenario", "show", "s.yaml", "--json")[1])["shocks"]
    assert one.endswith("(over krimpregio, by its kind)")
    assert two.endswith("(over everybody: of this kind no source names regions)")
    assert three.endswith("(po)")


def test_the_size_of_a_shock_is_shown_also_when_it_is_that_of_the_kader(command, write):
    write("s.yaml", 'format: scenario/1\nid: s\nextends: invoering-2014\ntitle: {nl: "s", en: "s"}\n'
          'question: {nl: "s", en: "s"}\nshocks:\n  - {kind: krimp, from: 2013-08-01}\n'
          '  - {kind: negatieve_verevening, from: 2013-08-01, size: 45}\n'
          '  - {kind: jeugdzorg_vertraagd, from: 2014-02-01, level: 2}\n')  # fmt: skip
    shown = json.loads(command("scenario", "show", "s.yaml", "--json")[1])["shocks"]
    assert shown[0].startswith("krimp: fewer pupils, every year, from 1 August 2013, size 0.025 (from the kader)")
    diff = command("scenario", "diff", "invoering-2014", "s.yaml", "--format", "csv")[1]
    assert "krimp: fewer pupils, every year, from 1 August 2013, size 0.025 (from the kader)" in diff
    rows = json.loads(command("scenario", "assumptions", "s.yaml", "--json")[1])["assumptions"]
    of = {row["name"]: row for row in rows if row["kind"] in ("shock", "circumstance")}
    assert all(row["value"] for row in of.values())
    assert (of["krimp"]["value"], of["krimp"]["unit"]) == (
        "from 1 August 2013, size 0.025 (from the kader)",
        "share_a_year",
    )
    own = of["negatieve_verevening"]
    assert (own["value"], own["unit"]) == ("from 1 August 2013, size 45", "eur_per_pupil")


def test_a_difference_names_over_whom_a_shock_comes_also_by_its_kind(told, write):
    write("s.yaml", scenario_of("s", ["PO2814"]) + 'shocks: [{kind: positieve_verevening, from: "2014-08-01"}]\n')
    named = [row["what"] for row in told("scenario", "diff", "invoering-2014", "samenloop")["differences"]]
    assert [one for one in named if "negative verevening" in one and "(over oost-en-zuid, by its kind)" in one]
    assert [one for one in named if "krimp" in one and one.endswith("(oost-en-zuid)")]
    everybody = [row["what"] for row in told("scenario", "diff", "invoering-2014", "s.yaml")["differences"]]
    assert [one for one in everybody if "positive verevening" in one and "over everybody" in one]


def test_why_a_source_that_was_seen_is_among_the_assumptions(command):
    screen = " ".join(command("scenario", "assumptions", "invoering-2014")[1].split())
    assert "Why 'source seen' is listed" in screen
    assert "Why 'derived' is listed" in screen


def test_a_yearly_change_in_per_cent_is_told_as_a_share(command, write):
    write("s.yaml", scenario_of("s", ["PO2814"]) + "parameters: {bekostiging_index: {value: 1.4}}\n")
    code, _, err = command("scenario", "validate", "s.yaml")
    assert code == 2
    assert "Do you mean 1.4 per cent? Then write 0.014." in err


def test_names_of_what_is_set_otherwise_are_the_same_in_every_language(command, tmp_path):
    whole = scenario_of("heel", ["PO2814", "VO2802"])
    shock = 'shocks: [{kind: krimp, from: "2014-08-01", size: 0.05, where: {swv: [PO2814]}}]\n'
    (tmp_path / "heel.yaml").write_text(whole, encoding="utf-8")
    (tmp_path / "krimp.yaml").write_text(scenario_of("krimp", ["PO2814", "VO2802"]) + shock, encoding="utf-8")
    for one in ("heel.yaml", "krimp.yaml"):
        command("run", one, "-n", "2")
    names, labels = [], []
    for lang in ("nl", "en"):
        language.choose(lang)
        for asked in (("compare", "heel.yaml", "krimp.yaml"), ("why", "heel.yaml", "krimp.yaml")):
            found = json.loads(command(*asked, "--json")[1])["inputs"]
            names.append([row["name"] for row in found])
            labels.append([row["label"] for row in found])
    assert names[0] == names[1] == names[2] == names[3]
    assert "shocks.krimp 2014-08-01, size=0.05, swv=PO2814" in names[0]
    assert labels[0] != labels[2]
    diff = json.loads(command("scenario", "diff", "heel.yaml", "krimp.yaml", "--json")[1])["differences"]
    assert diff[0]["name"].startswith("shocks.krimp ")


def test_a_size_that_is_no_part_is_told_with_its_kind_and_what_it_can_be(command, write):
    shock = 'shocks: [{kind: krimp, from: "2014-08-01", size: 5}]\n'
    code, _, err = command("scenario", "validate", write("s.yaml", scenario_of("s", ["PO2814"]) + shock))
    assert code == 2
    assert (
        "the size of a shock of the kind krimp lies above 0 and below 1, as a part of the pupils: 0.25 is 25 per cent"
        in err
    )
