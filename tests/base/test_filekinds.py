"""A plan, a scenario and a kader taken for one another give one problem with the command that takes the file."""

import re

import pytest

from simulator.base import resources
from simulator.base.errors import InputError
from simulator.kader import reading as kaders
from simulator.plan import reading as plans
from simulator.world import scenario as scenarios

FORMATS = {"plan": "plan/1", "scenario": "scenario/1", "kader": "kader/1"}
READERS = {
    "plan": lambda name: plans.load(name, set()),
    "scenario": scenarios.load,
    "kader": kaders.load,
}
COMMANDS = {"plan": "check", "scenario": "run", "kader": "kader show", "document": "plan import"}
OTHERS = [(wanted, kind) for wanted in READERS for kind in FORMATS if kind != wanted]


def problem(wanted, name):
    with pytest.raises(InputError) as error:
        READERS[wanted](str(name))
    (one,) = error.value.problems
    return one


@pytest.mark.parametrize(("wanted", "kind"), OTHERS)
def test_a_file_of_another_kind_is_one_problem(wanted, kind, write):
    one = problem(wanted, write("een bestand.yaml", f"format: {FORMATS[kind]}\nvreemd: 1\n"))
    assert (one.line, one.column) == (1, 9)
    assert f"a {kind}; a {wanted} is needed" in one.message
    assert f'{COMMANDS[kind]} "een bestand.yaml"' in one.hint


@pytest.mark.parametrize(
    ("wanted", "name", "kind"),
    [("scenario", "voorbeeld-po", "plan"), ("plan", "krimp", "scenario"), ("kader", "late-opr", "scenario"),
     ("scenario", "swv-2021", "kader")],
)  # fmt: skip
def test_a_shipped_name_of_another_kind_is_known(wanted, name, kind):
    assert f"inspectie-sim {COMMANDS[kind]} {name}" in problem(wanted, name).hint


@pytest.mark.parametrize(("suffix", "kind"), [("xlsx", "plan"), ("docx", "document"), ("PDF", "document")])
def test_a_workbook_or_document_is_no_scenario(suffix, kind, tmp_path):
    path = tmp_path / f"plan.{suffix}"
    path.write_bytes(b"PK\x03\x04")
    assert f"inspectie-sim {COMMANDS[kind]} plan.{suffix}" in problem("scenario", path).hint


def test_a_parent_of_another_kind_is_told_where_it_is_named(write):
    text = (resources.shipped("scenarios") / "late-opr.yaml").read_text(encoding="utf-8")
    path = write("mijn.yaml", re.sub("extends: .*", "extends: voorbeeld-po", text))
    with pytest.raises(InputError) as error:
        scenarios.load(str(path))
    assert any(one.line > 1 and "voorbeeld-po' is a plan" in one.message for one in error.value.problems)


def test_a_name_that_is_nothing_at_all_is_still_told_so():
    assert "no file or shipped name 'nietes'" in problem("scenario", "nietes").message
