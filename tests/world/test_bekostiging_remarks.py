"""The budget of a plan held against itself and against the model: numbers per year, and never a shortfall."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from simulator.base import resources
from simulator.base.yamlfile import Place
from simulator.plan import checking, reading
from simulator.reports import budget
from simulator.world import bekostiging, population
from simulator.world.bekostiging import remarking

AMOUNTS = bekostiging.amounts()
TEXT = (resources.shipped("scenarios") / "plans" / "voorbeeld-po.yaml").read_text(encoding="utf-8")
LATER = (resources.shipped("scenarios") / "plans" / "voorbeeld-po-2022.yaml").read_text(encoding="utf-8")


@pytest.fixture
def read(write):
    """A function that reads the example with some of its text changed."""

    def reader(*pairs, text=TEXT):
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        return reading.load(str(write("plan.yaml", text)), set(population.everyone()))

    return reader


def told(file):
    return [(one.kind, one.year, one.planned, one.computed) for one in bekostiging.remarks(file, AMOUNTS)]


def kinds(file):
    return [one[:2] for one in told(file)]


def test_the_example_adds_up_and_is_what_the_model_computes(read):
    file = read()
    assert told(file) == []
    pairs = remarking.compared(file.plan, AMOUNTS)
    assert len(pairs) == 12
    assert max(abs(pair.difference) for pair in pairs) < 3_000_00


def test_a_reserve_that_does_not_roll_on_is_told_with_both_numbers_and_its_place(read):
    file = read(("reserve: 301000", "reserve: 311000"))
    (first, second) = bekostiging.remarks(file, AMOUNTS)
    assert (first.kind, first.year, first.planned, first.computed) == ("reserve", 2017, 311_000_00, 301_000_00)
    assert (second.kind, second.year) == ("reserve", 2018)  # the next year follows from the wrong one
    line = next(n for n, text in enumerate(file.document.lines, 1) if "year: 2017, support" in text)
    assert first.place == Place(line, file.document.lines[line - 1].index("311000") + 1)


def test_a_result_that_is_not_income_less_spending_is_told(read):
    assert told(read(("result: 32000", "result: 23000"))) == [("result", 2016, 23_000_00, 32_000_00)]


def test_rounding_to_whole_euros_is_no_remark(read):
    assert told(read(("result: 32000", "result: 32001"), ("reserve: 262000", "reserve: 262000.50"))) == []


def test_a_hole_in_the_years_and_years_of_the_plan_without_a_row(read):
    without = re.sub(r"  - \{year: 2016, support.*\n", "", TEXT)
    assert kinds(read(text=without)) == [("hole", 2017)]
    last = re.sub(r"  - \{year: 2018, support.*\n", "", TEXT)
    (remark,) = bekostiging.remarks(read(text=last), AMOUNTS)
    assert (remark.kind, remark.year, remark.names) == ("period", None, "2018")


def test_what_is_not_filled_in_is_named(read):
    (remark,) = bekostiging.remarks(read(("schools: 2780000, ", "")), AMOUNTS)
    assert (remark.kind, remark.year, remark.names) == ("empty", 2018, "schools")


def test_a_hole_in_the_results_is_named_and_a_budget_without_any_is_not(read):
    (remark,) = bekostiging.remarks(read(("result: 39000, ", "")), AMOUNTS)
    assert (remark.kind, remark.year, remark.names) == ("empty", 2017, "result")
    assert told(read(text=re.sub(r"result: \d+, ", "", TEXT))) == []


def test_a_verevening_that_is_not_filled_in_is_named_and_nothing_is_added_up_with_it(read):
    (remark,) = bekostiging.remarks(read(("verevening: -98000, ", "")), AMOUNTS)
    assert (remark.kind, remark.year, remark.names) == ("empty", 2016, "verevening")
    assert told(read(("verevening: -98000, ", "verevening: 0, ")))[0][:2] == ("differs", 2016)
    assert remarking.verevening_years(AMOUNTS) == range(2015, 2021)  # January to July 2020 is the last of it
    assert "empty" not in {one[0] for one in told(read(text=LATER))}


def test_rows_without_anything_are_named_together(read):
    rows = "money:\n  - {year: 2015}\n  - {year: 2016}\n  - {year: 2017}\n  - {year: 2018}\n"
    text = re.sub(r"money:\n(  - .*\n)+", rows, TEXT)
    (remark,) = [one for one in bekostiging.remarks(read(text=text), AMOUNTS) if one.kind != "differs"]
    assert (remark.kind, remark.year, remark.names) == ("blank", None, "2015, 2016, 2017, 2018")


def test_a_reserve_below_zero(read):
    spent = ("schools: 2780000", "schools: 3140000")
    file = read(("result: 30000, reserve: 331000", "result: -330000, reserve: -29000"), spent)
    assert told(file) == [("deficit", 2018, -29_000_00, None)]


def test_amounts_far_from_the_model_are_told_and_near_ones_are_not(read):
    far, near = read(("support: 5205000", "support: 5505000")), read(("support: 5205000", "support: 5405000"))
    assert ("differs", 2016, 5_505_000_00, 5_205_757_88) in told(far)  # more than 5 percent
    assert not [one for one in kinds(near) if one[0] == "differs"]


def test_the_wrong_sign_of_the_verevening_is_told_as_such(read):
    found = [one for one in told(read(("verevening: -86000", "verevening: 86000"))) if one[0] == "sign"]
    assert found == [("sign", 2017, 86_000_00, -85_899_57)]


def test_without_the_count_of_2011_the_verevening_is_not_held_against_anything(read):
    without = re.sub(r"  - \{year: 2011, pupils.*\n", "", TEXT)
    file = read(("verevening: -86000", "verevening: 86000"), text=without)
    assert not [one for one in told(file) if one[0] in ("sign", "differs")]
    assert {pair.name for pair in remarking.compared(file.plan, AMOUNTS)} == {"support", "placements"}


def test_years_in_which_heavy_support_falls_short_name_what_schools_must_add(read):
    many = read(("so_older: [94, 9, 11], growth: 3", "so_older: [600, 9, 11], growth: 3"))
    short = [one for one in told(many) if one[0] == "falls_short"]
    assert [one[1] for one in short] == [2018]
    table = remarking.computed(many.plan, AMOUNTS)
    assert short[0][3] == table.sum(*remarking.REPAID)[0, table.years.index(2018)]


def test_a_plan_without_pupils_is_held_against_itself_alone(read):
    without = TEXT[: TEXT.index("pupils:\n")] + TEXT[TEXT.index("# De meerjarenbegroting") :]
    assert told(read(("support: 5205000", "support: 6205000"), text=without)) == [
        ("result", 2016, 32_000_00, 1_032_000_00), ("reserve", 2016, 262_000_00, 1_262_000_00),
    ]  # fmt: skip


def test_the_signaleringswaarde_counts_from_2020(read):
    found = [one for one in told(read(text=LATER)) if one[0] == "signaleringswaarde"]
    assert found[0] == ("signaleringswaarde", 2023, 640_000_00, 413_000_00)  # 3.5 percent of 11.8 million
    assert not [one for one in told(read(("reserve: 331000", "reserve: 9331000"))) if one[0] == "signaleringswaarde"]


def test_no_remark_changes_a_status_or_leads_to_an_order(read):
    from simulator.reports import checked

    wrong = read(
        ("support: 5205000", "support: 9205000"), ("verevening: -86000", "verevening: 86000"),
        ("reserve: 331000", "reserve: -31000"),
    )  # fmt: skip
    before, after = checked.data(checking.check(read())), checked.data(checking.check(wrong))
    assert len(after["money"]) > 3
    assert before["money"] == []
    for name in ("kinds", "orders", "judgements", "summary"):
        assert before[name] == after[name]


@pytest.mark.parametrize(
    ("gone", "wanted"),
    [
        ([2015], "The table of pupils leaves out 2015; the numbers of the row before"),
        ([2014, 2015], "The table of pupils leaves out 2014, 2015;"),
        ([2016, 2017], "The plan gives no pupils of its own from 2016 on"),
        ([2013], "The table of pupils leaves out 2013;"),
        ([2011, 2013], "The plan gives no pupils for 2013; those of the first row after it"),
    ],
    ids=str,
)
def test_counts_without_a_row_are_told_as_what_they_are(read, gone, wanted):
    """A hole is no end: a plan that has a row after it does give pupils of its own from then on."""
    file = read()
    rows = [row for row in file.plan.pupils if row.year not in gone]
    without = replace(file, plan=file.plan.model_copy(update={"pupils": rows}))
    told = [
        *budget.notes(without),
        *(one["text"] for one in budget.remarks(without) if one["kind"] == "pupils_between"),
    ]
    (note,) = [note for note in told if "pupils" in note and "no correction" not in note.lower()]
    assert note.startswith(wanted)
