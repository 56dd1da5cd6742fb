"""`--group` in every command that tells of several swv."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import TWELVE, scenario_of, stored_run

GROUPED = (
    "bekostiging", "calibrate", "capacity", "compare", "export", "lastendruk", "praktijktoets", "ranglijst", "reality",
    "replay", "report", "rooster", "run", "sensitivity", "sweep", "toezicht", "voortgang", "why",
)  # fmt: skip


@pytest.mark.parametrize("name", GROUPED)
def test_every_command_that_tells_of_several_swv_takes_a_group(command, name):
    assert "--group" in command(name, "--help")[1]


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """A folder with a scenario of twelve swv with a group of its own, one that differs from it, and runs of both."""
    folder = tmp_path_factory.mktemp("groups")
    for name, parent in (("klein", "invoering-2014"), ("laat", "late-opr")):
        stored_run(scenario_of(name, TWELVE, parent) + "groups: {mijn3: [PO2814, PO2801, VO2802]}\n", folder)
    return folder


@pytest.fixture
def base(command, both, tmp_path):
    """The same in a fresh folder, in which commands work."""
    shutil.copytree(both, tmp_path, dirs_exist_ok=True)
    return "klein"


def test_compare_is_over_the_group_and_says_so(command, base):
    told = json.loads(command("compare", "klein", "laat", "--group", "mijn3", "--json")[1])
    whole = json.loads(command("compare", "klein", "laat", "--json")[1])
    assert told["group"] == {"group": "mijn3", "swv": 3}
    assert whole["group"] is None

    def means(one):
        return {(row["kpi"], row["run"]): row["mean"] for row in one["rows"]}

    assert all(round(value * 6, 9).is_integer() for (kpi, _), value in means(told).items() if kpi == "plan_on_time")
    assert means(told) != means(whole)
    for kind in ("text", "html", "md"):
        assert (
            "Measured over group mijn3" in command("compare", "klein", "laat", "--group", "mijn3", "--format", kind)[1]
        )


def test_rooster_replay_and_export_tell_of_the_group_alone(command, base):
    own = {"PO2814", "PO2801", "VO2802"}
    told = json.loads(command("rooster", base, "--group", "mijn3", "--json")[1])
    assert {shift["swv"] for shift in told["shifts"]} == own
    whole = json.loads(command("rooster", base, "--json")[1])
    assert [pool["utilisation"] for pool in told["pools"]] == [pool["utilisation"] for pool in whole["pools"]]
    for arguments in (("replay", base, "--replication", "0", "--format", "csv"), ("export", base, "--format", "csv")):
        out = command(*arguments, "--group", "mijn3")[1]
        assert {row["swv"] for row in csv.DictReader(io.StringIO(out))} == own
    ocel = json.loads(command("export", base, "--format", "ocel", "--group", "mijn3")[1])
    assert {one["id"] for one in ocel["objects"] if one["type"] == "opr"} == {f"opr:{code}" for code in own}
    assert {one["id"] for one in ocel["objects"] if one["type"] == "swv"} > own  # and those with whom they talk
    assert command("replay", base, "--replication", "0", "--group", "po", "--swv", "PO2814")[0] == 2


def test_sweep_sensitivity_and_calibrate_take_their_figures_over_the_group(command, base, write):
    arguments = ("sweep", "klein.yaml", "--vary", "pools.lcg.capacity=1,2", "-n", "2", "--workers", "1", "--json")
    told = json.loads(command(*arguments, "--group", "mijn3")[1])
    assert told["group"] == {"group": "mijn3", "swv": 3}
    on_time = [point["kpis"]["plan_on_time"]["mean"] for point in told["points"]]
    assert all(round(value * 6, 9).is_integer() for value in on_time)
    write("doel.yaml", "format: targets/1\ntargets: {plan_on_time: {value: 0.6, low: 0.3, high: 0.9, source: t}}\n"
          "parameters: {opr_refuses.value: {low: 0.05, high: 0.2}}\n")  # fmt: skip
    code, out, err = command("calibrate", "klein.yaml", "--to", "doel.yaml", "-n", "1", "--evaluations", "10",
                             "--workers", "1", "--group", "mijn3", "--json")  # fmt: skip
    assert code in (0, 1), err
    fit = json.loads(out)
    assert fit["group"]["swv"] == 3
    assert round(fit["figures"]["plan_on_time"] * 3, 9).is_integer()
    assert command("sensitivity", "klein.yaml", "--group", "mijn3", "--dry-run")[0] == 0


def test_a_praktijktoets_of_a_group(command, base):
    told = json.loads(command("praktijktoets", "klein.yaml", "--group", "mijn3", "-n", "1", "--json")[1])
    assert (told["swv"], told["group"]) == (3, {"group": "mijn3", "swv": 3})
    assert {row["n"] for row in told["cases"] if row["sector"] == "vo"} == {1}
    assert command("praktijktoets", "voorbeeld-po", "--group", "po")[0] == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("compare", "klein", "laat"),
        ("rooster", "klein"),
        ("export", "klein", "--format", "csv"),
        ("replay", "klein", "--replication", "0"),
        ("praktijktoets", "klein.yaml"),
        ("sensitivity", "klein.yaml", "--dry-run"),
        ("sweep", "klein.yaml", "--vary", "pools.lcg.capacity=1", "-n", "1"),
        ("voortgang", "klein"),
    ],
)
def test_an_unknown_group_is_told_with_the_nearest_and_all_that_there_are(command, base, arguments):
    code, _, err = command(*arguments, "--group", "mijn4")
    assert code == 2
    assert "there is no group 'mijn4'" in err
    assert "Did you mean mijn3" in err
    assert "krimpregio" in err
    assert "zeeland" in err


def test_capacity_takes_its_figure_over_the_group(command, base):
    """What everybody is at and what the group is at differ; the bound lies between."""
    whole, own = (
        json.loads(command("compare", "klein", "klein", *more, "--json")[1])["rows"]
        for more in ((), ("--group", "mijn3"))
    )
    mean, other = (next(row["mean"] for row in rows if row["kpi"] == "visit_to_report_days") for rows in (whole, own))
    assert abs(mean - other) > 1
    arguments = ("capacity", "klein.yaml", "--pool", "inspecteur_so", "-n", "2", "--workers", "1", "--json",
                 "--target", f"visit_to_report_days<={(mean + other) / 2}:1")  # fmt: skip
    told = [json.loads(command(*arguments, *more)[1]) for more in ((), ("--group", "mijn3"))]
    assert told[1]["group"] == {"group": "mijn3", "swv": 3}
    assert len({json.dumps({**one, "group": None}) for one in told}) == 2


def test_reality_takes_its_figures_over_the_group(command, write):
    text = "format: scenario/1\nid: later\nextends: kader-2017-2021\ntitle: {nl: x, en: x}\nquestion: {nl: x, en: x}\n"
    write("later.yaml", text + "population: {swv: [PO2814, PO2801, PO3001, VO2802, VO2810]}\n")
    whole, own = (
        json.loads(command("reality", "later.yaml", "-n", "2", "--json", *more)[1]) for more in ((), ("--group", "vo"))
    )
    assert own["group"] == {"group": "vo", "swv": 2}
    assert [row["middle"] for row in own["reality"]] != [row["middle"] for row in whole["reality"]]
    assert "Measured over group vo" in command("reality", "later.yaml", "-n", "1", "--group", "vo")[1]


@pytest.mark.parametrize("order", [("klein", "laat"), ("laat", "klein")])
def test_a_group_that_one_run_names_counts_for_both(command, small_scenario, write, order):
    text = small_scenario.read_text(encoding="utf-8")
    own = text.replace("id: klein", "id: laat").replace("extends: invoering-2014", "extends: late-opr")
    write("laat.yaml", own + "groups: {mijn3: [PO2814, PO2801, VO2802]}\n")
    paths = [f"{name}.yaml" for name in order]
    told = json.loads(command("why", *paths, "-n", "1", "--kpi", "plan_on_time", "--group", "mijn3", "--json")[1])
    assert {one["swv"] for one in told["swv"]} <= {"PO2814", "PO2801", "VO2802"}
    for path in paths:
        assert command("run", path, "-n", "1")[0] == 0
    code, out, err = command("compare", *paths, "--group", "mijn3", "--json")
    assert code == 0, err
    assert json.loads(out)["group"] == {"group": "mijn3", "swv": 3}
    code, out, err = command("compare", *paths, "--group", "mijn3", "--format", "html")
    assert code == 0, err
    assert "mijn3" in out


def test_two_groups_of_one_name_that_differ_are_told(command, base, write):
    text = (Path("klein.yaml")).read_text(encoding="utf-8").replace("PO2801, VO2802]}", "VO2802]}")
    write("anders.yaml", text.replace("id: klein", "id: anders"))
    for name in ("compare", "why"):
        code, _, err = command(name, "klein", "anders.yaml", "--group", "mijn3")
        assert code == 2
        assert "klein and anders do not mean the same swv by group 'mijn3'" in " ".join(err.split())


def test_why_tells_the_means_and_the_difference_of_the_group_itself(command, base):
    arguments = ("klein", "laat", "--group", "mijn3", "--json")
    rows = json.loads(command("compare", *arguments)[1])["rows"]
    own = {(row["run"], row["kpi"]): row["mean"] for row in rows}
    for kpi in ("plan_on_time", "burden_hours_per_swv"):
        told = json.loads(command("why", *arguments, "--kpi", kpi)[1])
        left, right = (own[run, kpi] for run in told["runs"])
        assert told["difference"] == pytest.approx(right - left)
    screen = command("why", *arguments[:-1], "--kpi", "burden_hours_per_swv")[1]
    whole = command("why", *arguments[:2], "--kpi", "burden_hours_per_swv")[1]
    assert screen.splitlines()[0] != whole.splitlines()[0]


def test_why_says_that_nothing_differs_in_a_group(command, small_scenario, write):
    text = small_scenario.read_text(encoding="utf-8") + "groups: {mijn3: [PO2814, PO2801, VO2802]}\n"
    small_scenario.write_text(text, encoding="utf-8")
    shock = 'shocks: [{kind: krimp, from: "2019-01-01", size: 0.01, where: {swv: [PO2201]}}]\n'
    write("elders.yaml", text.replace("id: klein", "id: elders") + shock)
    arguments = ("why", "klein.yaml", "elders.yaml", "-n", "1")
    code, out, err = command(*arguments, "--group", "mijn3", "--json")
    assert (code, json.loads(out)["difference"]) == (0, 0)
    assert "Nothing differs in group mijn3" in err
    screen = command(*arguments, "--group", "mijn3")[1]
    assert "Nothing differs in this in group mijn3" in screen
    assert "together" not in screen
    _, out, err = command(*arguments, "--group", "po", "--json")
    assert json.loads(out)["difference"]
    assert "Nothing differs" not in err
    same = " ".join(command(*arguments, "--kpi", "consent_before_1_may")[1].split())
    assert "the figure is the same in both runs for every swv" in same


def test_a_group_is_known_by_its_name_in_any_capitals_and_with_spaces(command, small_scenario):
    for plain, typed in (("zuid-holland", "Zuid-Holland"), ("zuid-holland", "zuid  holland"), ("po", "PO")):
        found = [command("bekostiging", small_scenario, "--group", name, "--json") for name in (plain, typed)]
        assert found[0][0] == 0
        assert found[0][1] == found[1][1]


def test_compare_plays_a_scenario_without_a_run_no_more_often_than_asked(command, small_scenario, write):
    text = small_scenario.read_text(encoding="utf-8").replace("id: klein", "id: laat")
    write("laat.yaml", text.replace("extends: invoering-2014", "extends: late-opr"))
    code, out, err = command("compare", "klein.yaml", "laat.yaml", "-n", "2", "--json")
    assert code == 0, err
    assert {row["n"] for row in json.loads(out)["rows"] if row["kpi"] == "plan_on_time"} == {2}
    code, out, err = command("export", "klein.yaml", "--format", "csv", "--replication", "1")
    assert code == 0, err
    assert out.count("\n") > 100
    assert not Path("runs").exists()
