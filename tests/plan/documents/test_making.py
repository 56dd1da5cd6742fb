"""The invented plans are what they are said to be, and their key says what is in them."""

import make
import plan_sources
import pypdf
import pytest
import yaml
from measuring import _holds

from simulator.plan.documents import reading
from simulator.plan.documents.passages import cut

KEY = yaml.safe_load(make.KEY.read_text("utf-8"))


def test_the_key_is_that_of_the_sources():
    assert make.key() == KEY


def test_there_are_six_plans_in_two_halves_of_both_sectors():
    halves = {half: [one for one in KEY["plans"].values() if one["half"] == half] for half in ("tuning", "measuring")}
    assert [len(plans) for plans in halves.values()] == [3, 3]
    for plans in halves.values():
        assert {one["swv"][:2] for one in plans} == {"PO", "VO"}
        assert {one["kader"] for one in plans} == {"swv-2014", "swv-2021"}


@pytest.mark.parametrize("name", plan_sources.names())
def test_every_plan_is_of_fifteen_to_forty_pages_and_holds_the_words_of_its_key(name, tmp_path):
    pages = sum(len(pypdf.PdfReader(path).pages) for path in make.make(name, tmp_path, "pdf"))
    assert 15 <= pages <= 40
    passages = cut(reading.read_here(path) for path in make.make(name, tmp_path, "docx"))
    for question, places in KEY["plans"][name]["answers"].items():
        for place in places:
            assert any(_holds(one.text, place["words"]) for one in passages), (question, place["words"])
    assert not set(KEY["plans"][name]["answers"]) & set(KEY["plans"][name]["absent"])


def test_two_makings_are_the_same_documents(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        make.make("po-2022-rommelig", tmp_path / folder, "docx", "md", "html")
    a, b = ([reading.read_here(path).blocks for path in sorted((tmp_path / one).iterdir())] for one in ("a", "b"))
    assert a == b
