"""What a user reads of options and of wrong usage, in their own language."""

from __future__ import annotations

import re

import click
import pytest

from simulator.base import language, resources
from simulator.cli import main


def every_command(group, path=()):
    """All commands with the words that call them."""
    context = click.Context(group)
    for name in group.list_commands(context):
        one = group.get_command(context, name)
        yield (*path, name), one
        if isinstance(one, click.Group):
            yield from every_command(one, (*path, name))


def test_what_stands_for_a_value_is_known_in_every_language(command):
    metavars = {
        (path, param.metavar)
        for path, one in every_command(main.program())
        for param in one.params
        if isinstance(param, click.Option) and param.metavar
    }
    assert len(metavars) > 10
    assert [one for one in metavars if not language.known(f"metavar.{one[1]}")] == []
    for path, metavar in metavars:
        if metavar != metavar.lower() and language.texts("en")[f"metavar.{metavar}"] != metavar:
            assert f" {metavar} " not in command(*path, "--help")[1]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run"], "SCENARIO"),
        (["replay", "x"], "--replication"),
        (["runs", "remove"], "RUN."),
        (["runs", "foo"], "'foo'. "),
        (["compare", "a", "b", "--error", "2"], "--error is een getal boven 0 en hoogstens 0,5"),
        (["compare", "a", "b", "--error", "x"], "--error is een getal boven 0"),
        (["compare", "a", "b", "--format", "pdf"], "--format is een van: text, json"),
        (["run", "x", "-n", "0"], "bij -n hoort een heel getal"),
        (["run", "x", "-n"], "-n heeft een waarde nodig"),
        (["voortgang", "x", "y"], "te veel op de regel: y"),
        (["lastendruk", "voorbeeld-po"], "'voorbeeld-po' is een plan; deze vraag gaat over een run of een scenario"),
        (["ranglijst", "invoering-2041"], "Bedoelt u invoering-2014"),
        (["ranglijst", "plancyclus-2026"], "Kies een scenario onder een kader waarin hulp wordt gegeven"),
        (["praktijktoets", "voorbeeld-po", "-n", "3", "--seed", "1"], "-n, --seed: alleen bij een scenario"),
        (["praktijktoets", "een-swv", "--case", "nietes"], "Mogelijk: "),
        (["lastendruk", "een-swv", "--format", "xlsx"], "bij xlsx hoort een bestand"),
    ],
)
def test_wrong_usage_is_told_in_dutch(command, arguments, told):
    language.choose("nl")
    code, _, err = command(*arguments)
    assert code == 2
    assert told in err
    assert ".." not in err.replace("...", "")
    assert "wordt nu" not in err, "it played before it looked at the line"
    for english in ("is not", "Invalid", "requires", "Missing", "unexpected"):
        assert english not in err


def test_run_names_every_shipped_scenario_whole(command):
    lines = [line.strip() for line in command("run", "--help")[1].splitlines()]
    for path in resources.shipped("scenarios").glob("*.yaml"):
        assert path.stem in lines


def test_the_table_of_runs_keeps_names_whole_on_a_narrow_screen(command, tmp_path, monkeypatch):
    from tests.conftest import scenario_of

    name = "een-scenario-met-een-lange-naam"
    (tmp_path / "a.yaml").write_text(scenario_of(name, ["PO2814"]), encoding="utf-8")
    command("run", "a.yaml", "-n", "1")
    (folder,) = (tmp_path / "runs").iterdir()
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    assert any(folder.name in line for line in command("runs", "list")[1].splitlines())


def test_a_comparison_fits_a_narrow_screen(command, tmp_path, monkeypatch):
    from tests.conftest import scenario_of

    for name, extra in (("drie", ""), ("laat", "parameters: {install_opr: {median: 90}}\n")):
        (tmp_path / f"{name}.yaml").write_text(scenario_of(name, ["PO2814", "VO2802"]) + extra, encoding="utf-8")
        command("run", f"{name}.yaml", "-n", "3")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    out = re.sub(r"\x1b\[\d*m", "", command("compare", "drie", "laat")[1])
    assert "p (Holm)" in out
    assert max(map(len, out.splitlines())) <= 80
    assert "pp" in out
    code, out, _ = command("compare", "drie", "drie")
    assert code == 0
    assert "Nothing differs" in out
    assert "->" not in out


def test_an_unknown_figure_names_the_nearest_or_all(command, tmp_path):
    from tests.conftest import scenario_of

    (tmp_path / "drie.yaml").write_text(scenario_of("drie", ["PO2814"]), encoding="utf-8")
    assert "plan_on_time" in command("run", "drie.yaml", "--until", "plan_on_tim:0.1")[2]
    far = command("run", "drie.yaml", "--until", "zzzzzz:0.1")[2]
    assert "plan_on_time" in far
    assert "findings_per_swv" in far
