"""The texts of the program: every language has all of them, and every text that is asked for exists."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from string import Formatter
from types import SimpleNamespace
from typing import get_args

import pytest

import simulator
from simulator.base import language, resources
from simulator.base.fields import Confidence, Sector
from simulator.kader.assess import Status
from simulator.kader.duties import Actor
from simulator.kader.model import Kpi, Report
from simulator.kader.parameters import Parameter, Unit

PACKAGE = Path(simulator.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
EN, NL = language.texts("en"), language.texts("nl")


def holes(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def calls():
    """(place, key, names of the values or None when they are not written out) of every say("...") in the package."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "say"
                and isinstance(node.args[0], ast.Constant)
            ):
                names = {keyword.arg for keyword in node.keywords}
                yield f"{path.name}:{node.lineno}", node.args[0].value, None if None in names else names


def asked_in_templates():
    """(place, key, names of the values) of every t('...') in the templates that is written out."""
    for path in sorted(resources.shipped("templates").glob("*.j2")):
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(r"\bt\('(\w+)'(.*?)\)", text):
            if match[2].lstrip().startswith("+"):
                continue
            names = set(re.findall(r"(\w+)=", match[2]))
            yield f"{path.name}:{text.count(chr(10), 0, match.start()) + 1}", f"report.{match[1]}", names


def test_dutch_and_english_are_there():
    assert {"nl", "en"} <= set(language.languages())


@pytest.mark.parametrize("code", language.languages())
def test_texts_are_those_of_the_files(code):
    files = [tomllib.loads(path.read_text("utf-8")) for path in sorted((language.TEXTS / code).glob("*.toml"))]
    tables = [table for file in files for table in file]
    assert len(tables) == len(set(tables))  # a table stands in one file
    assert language.texts(code) == {
        f"{table}.{name}": text for file in files for table, entries in file.items() for name, text in entries.items()
    }


def test_a_text_that_no_language_has_is_told():
    with pytest.raises(KeyError, match=r"no\.such"):
        language.say("no.such")


@pytest.mark.parametrize("code", language.languages())
def test_every_language_has_the_same_keys(code):
    assert set(language.texts(code)) == set(EN)


@pytest.mark.parametrize("code", language.languages())
def test_every_language_fills_in_the_same_values(code):
    found = language.texts(code)
    assert {key: holes(text) for key, text in found.items()} == {key: holes(text) for key, text in EN.items()}


@pytest.mark.parametrize("code", language.languages())
def test_no_text_is_empty(code):
    assert [key for key, text in language.texts(code).items() if not text.strip()] == []


def test_the_search_finds_calls():
    found = {key for _, key, _ in calls()}
    assert {"input.empty", "value.extra", "kader.cycle"} <= found
    assert len(found) > 60
    assert "report.contents" in {key for _, key, _ in asked_in_templates()}


def test_every_text_that_is_asked_for_exists():
    assert [(place, key) for place, key, _ in [*calls(), *asked_in_templates()] if key not in EN] == []


def test_every_text_gets_the_values_it_needs():
    wrong = [
        (place, key)
        for place, key, names in [*calls(), *asked_in_templates()]
        if key in EN and names is not None and holes(EN[key]) != names
    ]
    assert wrong == []


def test_every_text_of_an_error_exists():
    # errors of pydantic, of timing expressions and of YAML carry the key of their text as a plain string
    keys = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                keys |= set(re.findall(r"^(?:value|timing|yaml)\.[a-z_]+$", node.value))
    assert {"value.due", "value.guard", "timing.form", "yaml.anchor"} <= keys
    assert keys - set(EN) == set()


BASE = {"dist", "unit", "factors", "source", "confidence", "note"}
DISTRIBUTIONS = [get_args(kind)[0] if get_args(kind) else kind for kind in get_args(get_args(Parameter)[0])]

FAMILIES = {
    "status": [status.name.lower() for status in Status],
    "actor": get_args(Actor),
    "confidence": get_args(Confidence),
    "unit": {*get_args(Kpi.model_fields["unit"].annotation), *get_args(Unit)},
    "dist": [get_args(kind.model_fields["dist"].annotation)[0] for kind in DISTRIBUTIONS],
    "quantity": {name for kind in DISTRIBUTIONS for name in kind.model_fields} - BASE,
    "report.sector_": get_args(Sector),
    "report.intro_": get_args(Report.model_fields["kind"].annotation),
    "report.next_": get_args(Report.model_fields["kind"].annotation),
    "value": ["number", "bit", "date"],
    "origin": ["drawn", "known", "given"],
    "table": ["obligation", "status", "article", "because", "duty", "kpi", "mean", "interval", "unit", "n", "name"],
}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_text_whose_name_is_put_together_exists(family):
    glue = "" if family.endswith("_") else "."
    assert [name for name in FAMILIES[family] if f"{family}{glue}{name}" not in EN] == []


HELPERS = {
    "__init__",
    "main",
    "common",
    "asking",
    "progress",
    "documents",
    "origins",
    "plannames",
    "results",
    "subjects",
}
"""Modules of the command line that are no commands."""


def test_every_command_has_its_short_line_and_help():
    names = {key.partition(".")[0] for key in EN if key.endswith(".short")}
    assert names == {path.stem for path in (PACKAGE / "cli").glob("*.py")} - HELPERS
    assert [name for name in names if f"{name}.help" not in EN] == []


def test_a_text_is_said_in_the_chosen_language():
    assert language.say("input.too_large", limit=5) == "the file is larger than 5 MB"
    language.choose("nl")
    assert language.current() == "nl"
    assert language.say("input.too_large", limit=5) == NL["input.too_large"].replace("{limit}", "5")
    assert language.say("input.too_large", limit=5) != "the file is larger than 5 MB"


def test_a_language_without_texts_gives_english():
    language.choose("nl")
    language.choose("fr")
    assert language.current() == "en"


def test_an_unknown_key_is_a_mistake_of_the_program():
    assert language.known("input.empty")
    assert not language.known("input.nothing")
    with pytest.raises(KeyError):
        language.say("input.nothing")


def test_a_text_of_a_data_file_is_picked_by_language():
    text = SimpleNamespace(nl="ja", en="yes")
    assert language.pick(text) == "yes"
    language.choose("nl")
    assert language.pick(text) == "ja"
    assert language.pick(SimpleNamespace(en="yes")) == "yes"


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "NL"}, "nl"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE"}, "en"),
        ({"LC_ALL": "en_US", "LANG": "nl_NL"}, "en"),
        ({"LC_MESSAGES": "nl_BE", "LANG": "en_US"}, "nl"),
        ({"LC_ALL": "", "LANG": "nl_NL"}, "nl"),
    ],
)
def test_the_language_of_the_system_decides(monkeypatch, variables, code):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language.of_system() == code


@pytest.mark.parametrize(
    ("n", "told"),
    [(0, "0 questions or dates"), (1, "1 question or date"), ("1", "1 question or date"), (2, "2 questions or dates")],
)
def test_a_word_goes_with_its_number(n, told):
    assert told in language.say("check.verdict_unknown", count=n)


def test_every_choice_of_words_is_one_of_two():
    """`{n:dag|dagen}` has a word for one and one for more, in every language."""
    specs = [
        spec
        for texts in (EN, NL)
        for text in texts.values()
        for _, _, spec, _ in Formatter().parse(text)
        if spec and "|" in spec
    ]
    assert specs
    assert all(len(spec.split("|")) == 2 and all(spec.split("|")) for spec in specs)
