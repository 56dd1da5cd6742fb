"""A plan survives the way into a workbook and back, and that into YAML; the same plan gives the same bytes."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plan_samples import KADERS, plans
from pydantic import BaseModel

from simulator.base import language
from simulator.base.validation import validated
from simulator.plan import facts, reading
from simulator.plan.model import Plan
from simulator.plan.workbook.writing import workbook
from simulator.plan.writing import as_yaml
from simulator.world import population

CODES = set(population.everyone())


def read(path):
    """The plan in a file, by the reader that every command uses, without the checks of what may not be in a plan."""
    document = reading.read(path)
    assert document.problems == []
    return validated(Plan, document, "plan", {})


LANGUAGES = st.sampled_from([("nl", "nl"), ("nl", "en"), ("en", "nl"), ("en", "en")])


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans(), LANGUAGES)
def test_a_plan_goes_into_a_workbook_and_yaml_and_back(tmp_path_factory, plan, languages):
    frame, (written, read_in) = KADERS[plan.kader], languages
    folder, on = tmp_path_factory.mktemp("plan"), facts.default_day(plan)
    language.choose(written)
    (folder / "a.xlsx").write_bytes(workbook(plan, frame, on))
    language.choose(read_in)
    from_book = read(folder / "a.xlsx")
    assert from_book.stated() == plan.stated()
    (folder / "b.yaml").write_text(as_yaml(from_book, frame, on), "utf-8", newline="\n")
    from_yaml = read(folder / "b.yaml")
    assert from_yaml == from_book  # YAML keeps even what is left empty
    (folder / "c.xlsx").write_bytes(workbook(from_yaml, frame, on))
    assert read(folder / "c.xlsx").stated() == plan.stated()


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_a_plan_goes_into_yaml_and_a_workbook_and_back(tmp_path_factory, plan):
    frame = KADERS[plan.kader]
    folder, on = tmp_path_factory.mktemp("plan"), facts.default_day(plan)
    (folder / "a.yaml").write_text(as_yaml(plan, frame, on), "utf-8", newline="\n")
    from_yaml = read(folder / "a.yaml")
    assert from_yaml == plan
    (folder / "b.xlsx").write_bytes(workbook(from_yaml, frame, on))
    assert read(folder / "b.xlsx").stated() == plan.stated()


def test_the_plans_that_are_drawn_hold_every_field_of_the_model():
    filled = set()

    @settings(max_examples=250, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(plans())
    def draw(plan):
        filled.update(_filled(plan))

    draw()
    assert filled == set(_fields(Plan))


def _filled(value):
    """The fields of a plan, and of all that is in it, that hold more than what they are when left out."""
    if isinstance(value, BaseModel):
        kind = type(value)
        for name, field in kind.model_fields.items():
            own = getattr(value, name)
            if field.is_required() or own != field.get_default(call_default_factory=True):
                yield kind.__name__, name
            yield from _filled(own)
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _filled(one)


def _fields(kind):
    """Every field of a model and of the models in it."""
    for name, field in kind.model_fields.items():
        yield kind.__name__, name
        for inner in _models(field.annotation):
            yield from _fields(inner)


def _models(annotation):
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for one in get_args(annotation):
        yield from _models(one)


@pytest.mark.parametrize("name", ["voorbeeld-po", "voorbeeld-po-2022"])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_shipped_plans_survive_in_either_language(tmp_path, name, lang):
    language.choose(lang)
    file = reading.load(name, CODES)
    (tmp_path / "a.xlsx").write_bytes(workbook(file.plan, file.kader, date(2022, 3, 1)))
    language.choose("en" if lang == "nl" else "nl")  # the language of the reader does not matter
    book = reading.load(str(tmp_path / "a.xlsx"), CODES)
    assert book.plan.stated() == file.plan.stated()
    assert book.document.notes == []
    (tmp_path / "b.yaml").write_text(as_yaml(book.plan, book.kader, date(2022, 3, 1)), "utf-8", newline="\n")
    assert reading.load(str(tmp_path / "b.yaml"), CODES).plan.stated() == file.plan.stated()


def test_the_same_plan_gives_the_same_bytes():
    file = reading.load("voorbeeld-po-2022", CODES)
    books = [workbook(file.plan, file.kader, date(2022, 3, 1)) for _ in range(2)]
    assert books[0] == books[1]
