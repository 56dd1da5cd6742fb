"""voortgang, lastendruk, ranglijst and scenario, as a user calls them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from simulator.base import language
from tests.conftest import scenario_of


def test_progress_on_a_day_and_by_province(command, told, small_scenario):
    command("run", small_scenario, "-n", "3")
    found = told("voortgang", "klein", "--on", "2014-02-01")
    assert next(iter(found)) == "format"
    assert {row["id"] for row in found["voortgang"]} >= {"legal_form", "opr", "sent", "complete"}
    found = told("voortgang", "klein", "--by", "province", "-n", "1")
    assert {row["of"] for row in found["voortgang"]} == {"Drenthe", "Noord-Brabant", "Noord-Holland", "Zuid-Holland"}
    series = told("voortgang", "klein", "--series", "-n", "1", "--group", "po")
    assert len({row["on"] for row in series["voortgang"]}) == 25
    code, out, _ = command("voortgang", "klein", "--format", "csv", "-n", "1")
    assert code == 0
    assert len(list(csv.DictReader(io.StringIO(out)))) == 9


def test_burden_in_every_form(command, told, small_scenario, tmp_path):
    command("run", small_scenario, "-n", "2")
    found = told("lastendruk", "klein")
    assert found["lastendruk"][-1]["id"] == "all"
    total = found["lastendruk"][-1]["euros"]
    assert total == pytest.approx(sum(row["euros"] for row in found["lastendruk"][:-1]))
    whole = found["lastendruk"][-1]
    assert whole["low"] < whole["hours"] < whole["high"]
    for by in ("activity", "obligation"):
        assert told("lastendruk", "klein", "--by", by)["lastendruk"][-1]["euros"] == pytest.approx(total)
    assert command("lastendruk", "klein", "--format", "xlsx")[0] == 2
    assert command("lastendruk", "klein", "--format", "xlsx", "-o", "last.xlsx")[0] == 0
    book = openpyxl.load_workbook(tmp_path / "last.xlsx")
    assert book.sheetnames == ["lastendruk", "together"]
    again = (tmp_path / "last.xlsx").read_bytes()
    command("lastendruk", "klein", "--format", "xlsx", "-o", "last2.xlsx")
    assert (tmp_path / "last2.xlsx").read_bytes() == again


def test_ranking_is_the_same_for_any_number_of_workers(told, tiny_scenario):
    told("run", tiny_scenario, "-n", "2")
    one = told("ranglijst", "drie", "--group", "vo", "-n", "2", "--workers", "1", "--on", "2014-03-01")
    two = told("ranglijst", "drie", "--group", "vo", "-n", "2", "--workers", "2", "--on", "2014-03-01")
    assert one == two
    assert {row["swv"] for row in one["ranglijst"]} == {"VO2802", "VO2810"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("voortgang", "drie", "--on", "2014-02-30"), "no date that exists"),
        (("voortgang", "drie", "--on", "31-12-2013"), "has the form yyyy-mm-dd here; write 2013-12-31"),
        (("voortgang", "drie", "--on", "2014-5-1"), "has the form yyyy-mm-dd here; write 2014-05-01"),
        (("voortgang", "drie", "--on", "2030-01-01"), "lies outside the time that is played"),
        (("voortgang", "drie", "--on", "2014-02-01", "--series"), "do not go together"),
        (("voortgang", "drie", "--group", "zuid-hollnd"), "Did you mean zuid-holland"),
        (("voortgang", "drie", "--group", "zeeland"), "nobody takes part"),
        (("lastendruk", "drie", "--group", "x"), "there is no group 'x'"),
        (("ranglijst", "drie", "--on", "2010-01-01"), "lies outside the time that is played"),
        (("ranglijst", "drie", "-n", "0"), "-n"),
        (("scenario", "show", "late-opt"), "Did you mean late-opr"),
        (("scenario", "new", "Mijn scenario"), "cannot be the name"),
        (("scenario", "diff", "late-opr", "nietes"), "nietes"),
    ],
)
def test_wrong_questions_are_told(command, tiny_scenario, arguments, message):
    command("run", tiny_scenario, "-n", "1")
    code, _, err = command(*arguments)
    assert code == 2
    assert message in err


def test_a_kader_in_which_nobody_helps_is_told(command, write):
    write("plan.yaml", 'format: scenario/1\nid: plan\nextends: plancyclus-2026\ntitle: {nl: "p", en: "p"}\n'
          'question: {nl: "p", en: "p"}\npopulation: {swv: [PO2814]}\n')  # fmt: skip
    command("run", "plan.yaml", "-n", "1")
    code, _, err = command("ranglijst", "plan")
    assert code == 2
    assert "nobody helps" in err
    code, out, _ = command("voortgang", "plan", "--json")
    assert code == 0
    assert json.loads(out)["format"] == "voortgang/1"
    assert '"complete"' in out


def test_a_run_over_those_who_a_shock_does_not_reach_can_be_looked_into(command, told, write):
    write("ver.yaml", "format: scenario/1\nid: ver\nextends: herindeling\ntitle: {nl: v, en: v}\nquestion: {nl: v, en: v}\n"
          "population: {swv: [PO2814, VO2802]}\ngroups: {mijn: [PO2814]}\n")  # fmt: skip
    assert command("run", "ver.yaml", "-n", "1")[0] == 0
    assert {row["of"] for row in told("voortgang", "ver", "--group", "mijn", "-n", "1")["voortgang"]} == {"mijn"}


def test_every_line_of_help_is_a_sentence():
    import click

    from simulator.base import language
    from simulator.cli.main import COMMANDS, program

    def options(one, path):
        if isinstance(one, click.Group):
            for name in one.list_commands(click.Context(one)):
                yield f"{path} {name}", one.get_command(click.Context(one), name).get_short_help_str(200)
                yield from options(one.get_command(click.Context(one), name), f"{path} {name}")
        for option in one.params:
            if isinstance(option, click.Option):
                yield f"{path} {option.opts[0]}", option.help

    for name in language.languages():
        language.choose(name)
        shorts = [(one, language.say(f"{one}.short")) for one in COMMANDS]
        for where, text in [*shorts, *options(program(), "inspectie-sim")]:
            assert text[0].isupper() or text.startswith(("po of vo", "po or vo")), (where, text)
            assert text[-1] in ".?)", (where, text)


def test_a_day_outside_is_told_before_anything_is_played(command, tiny_scenario):
    for name in ("voortgang", "ranglijst"):
        code, out, err = command(name, tiny_scenario, "--on", "2010-01-01")
        assert (code, out) == (2, "")
        assert "choose a day within it" in err
        assert "shock" not in err
        assert "it is played" not in err


def test_what_is_played_is_limited_and_nothing_is_stored(command, told, tiny_scenario):
    """A scenario without a run is played as often as -n says, not as often as the scenario itself says."""
    code, _, err = command("lastendruk", tiny_scenario, "-n", "2")
    assert code == 0
    assert "2 x." in err
    assert told("voortgang", tiny_scenario, "-n", "1")["replications"] == 1
    assert told("runs", "list")["runs"] == []
    code, _, err = command("why", tiny_scenario, tiny_scenario, "-n", "2")
    assert code == 0, err
    assert "2 x." in err
    assert told("runs", "list")["runs"] == []


def test_a_ranking_says_what_its_columns_are_held_against(command, told, tiny_scenario):
    shown = " ".join(command("ranglijst", tiny_scenario, "-n", "1", "--on", "2014-03-01")[1].split())
    assert "with help as the scenario itself gives it" in shown
    assert "everybody with so much help against nobody with help" in shown
    assert "in steps of 21 days, from 2014-03-01" in shown


def test_more_replications_than_a_run_has_are_told(command, tiny_scenario):
    command("run", tiny_scenario, "-n", "2")
    assert "has 2 replications, not 5" in command("lastendruk", "drie", "-n", "5")[2]
    assert "replications, not" not in command("lastendruk", "drie", "-n", "2")[2]
    assert "replications, not" not in command("lastendruk", "drie")[2]


@pytest.mark.parametrize(
    ("part", "arguments"),
    [
        ("voortgang", ["voortgang"]),
        ("voortgang", ["voortgang", "--series", "--format", "csv"]),
        ("praktijktoets", ["praktijktoets"]),
        ("lastendruk", ["lastendruk", "--by", "activity"]),
        ("steun", ["ranglijst"]),
        ("bekostiging", ["bekostiging"]),
    ],
)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_command_refuses_a_scenario_without_the_part_that_it_rests_on(command, write, part, arguments, lang):
    write("zonder.yaml", scenario_of("zonder", ["PO2814", "VO2810"]) + f"parts: {{{part}: false}}\n")
    name, *options = arguments
    language.choose(lang)
    code, out, err = command(name, "zonder.yaml", *options)
    assert (code, out) == (2, "")
    assert f"(parts: {part})" in err
    assert f"parts: {{{part}: true}}" in " ".join(err.split())
    assert {"nl": "laat weg", "en": "leaves out"}[lang] in err
    assert not Path("runs").exists()


def test_a_plan_needs_no_part_of_a_scenario(command):
    assert command("praktijktoets", "voorbeeld-po", "--case", "thuiszitter")[0] == 0
