"""Plan files: what may be written, and what is made of it."""

from __future__ import annotations

from datetime import date

import pytest

from simulator.base import language
from simulator.base.errors import InputError
from simulator.plan import facts, reading
from simulator.world import population

CODES = set(population.everyone())
HEAD = (
    "format: plan/1\ntitle: T\nswv: PO2814\nsector: po\nkader: swv-2014\n"
    "period: {first_school_year: 2014, school_years: 4}\ngemeenten: [Gouda, Boskoop]\noverlaps: [VO2802]\n"
)


@pytest.fixture
def read(write):
    def reader(text, **more):
        return reading.load(str(write("p.yaml", text)), CODES, **more).plan

    return reader


def problems(read, text, **more):
    with pytest.raises(InputError) as caught:
        read(text, **more)
    return caught.value.problems


def places(read, text):
    return [(problem.line, problem.column) for problem in problems(read, text)]


def answers(read, line):
    return read(f"{HEAD}answers:\n  PLAN-a:\n    {line}\n").answers["PLAN-a"]


def test_the_shipped_plan_is_read_with_its_kader():
    read = reading.load("voorbeeld-po", CODES)
    plan = read.plan
    assert (plan.swv, read.kader.id, read.path.name) == ("PO2814", "swv-2014", "voorbeeld-po.yaml")
    assert plan.events["sent"] == date(2014, 4, 22)
    assert plan.answers["GOV-6c"]["independence"].answer is False


@pytest.mark.parametrize(
    ("written", "answer"),
    [("ja", True), ("Ja", True), ("yes", True), ("true", True), ("nee", False), ("no", False), ("false", False),
     ("", None), ("null", None), ("~", None)],
)  # fmt: skip
def test_an_answer_in_either_language(read, written, answer):
    assert answers(read, f"coverage: {{answer: {written}}}")["coverage"].answer is answer


@pytest.mark.parametrize("written", ["maybe", "1", "0", "[ja]", "{a: b}", "''"])
def test_another_answer_is_refused_at_its_place(read, written):
    text = f"{HEAD}answers:\n  PLAN-a:\n    coverage: {{answer: {written}}}\n"
    (problem,) = problems(read, text)
    assert (problem.line, problem.column) == (11, 24)
    assert "is no answer" in problem.message


@pytest.mark.parametrize(
    ("line", "claimed"),
    [
        ("coverage: {answer: ja}", True),
        ("coverage: {answer: ja, page: 3}", False),
        ("coverage: {answer: ja, section: '2.1'}", False),
        ("coverage: {answer: ja, quote: 'x'}", False),
        ("coverage: {answer: nee}", False),
        ("coverage: {}", False),
    ],
)
def test_a_yes_without_a_place_is_only_claimed(read, line, claimed):
    assert answers(read, line)["coverage"].claimed is claimed


@pytest.mark.parametrize(
    ("written", "value"),
    [('"2014-04-01"', date(2014, 4, 1)), ("2014-04-01", date(2014, 4, 1)), ("false", False), ("nee", False),
     ("No", False), ("", None), ("null", None)],
)  # fmt: skip
def test_what_happened_or_did_not(read, written, value):
    assert read(f"{HEAD}events: {{sent: {written}}}\n").events["sent"] == value


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("2014-02-30", "no date that exists"),
        ("30-04-2014", "write 2014-04-30"),
        ("20140101", "write 2014-01-01"),
        ("true", "neither a date"),
        ("morgen", "neither a date"),
        ("[2014-01-01]", "neither a date"),
        ("{Gouda: 2014-01-01}", "one date, not one for each"),
    ],
)
def test_what_is_no_occurrence_is_told_once(read, written, message):
    (problem,) = problems(read, f"{HEAD}events: {{sent: {written}}}\n")
    assert message in problem.message
    assert (problem.line, problem.column) == (9, 16)


def test_an_event_of_each_gemeente_has_a_date_for_each(read):
    plan = read(f'{HEAD}events: {{oogo_held: {{Gouda: "2014-02-06", Boskoop: nee}}, overleg_held: {{VO2802: }}}}\n')
    assert plan.events["oogo_held"] == {"Gouda": date(2014, 2, 6), "Boskoop": False}
    assert plan.events["overleg_held"] == {"VO2802": None}
    assert (plan.items("gemeenten"), plan.items("overlaps")) == (["Gouda", "Boskoop"], ["VO2802"])


@pytest.mark.parametrize("written", ["false", "nee", "No", "null", ""])
def test_an_event_of_each_gemeente_may_not_have_happened_at_all(read, written):
    assert not read(f"{HEAD}events: {{oogo_held: {written}}}\n").events["oogo_held"]


def test_one_date_for_all_gemeenten_is_refused(read):
    (problem,) = problems(read, f'{HEAD}events: {{oogo_held: "2014-02-06"}}\n')
    assert problem.message == "oogo_held is asked for each of the list 'gemeenten'"


def test_a_gemeente_that_the_plan_does_not_name_is_refused_with_the_nearest(read):
    (problem,) = problems(read, f'{HEAD}events:\n  oogo_held: {{Guda: "2014-02-06"}}\n')
    assert (problem.line, problem.column, problem.hint) == (10, 15, "Did you mean Gouda?")


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("anwsers: {}\n", (9, 1), "Did you mean answers?"),
        ("events:\n  snet: false\n", (10, 3), "Did you mean sent?"),
        ("answers:\n  PLAN-aa: {}\n", (10, 3), "PLAN-a"),
        ("answers:\n  PLAN-a:\n    covrage: {}\n", (11, 5), "Did you mean coverage?"),
        ("answers:\n  PLAN-a:\n    coverage: {anwser: ja}\n", (11, 16), "Did you mean answer?"),
        ("answers:\n  PLAN-a:\n    coverage: {page: 0}\n", (11, 22), ""),
        ("answers:\n  PLAN-a:\n    coverage: {page: true}\n", (11, 22), ""),
        ("answers:\n  PLAN-a:\n    coverage: {page: '3'}\n", (11, 22), ""),
        ("answers:\n  PLAN-a:\n    coverage: ja\n", (11, 15), ""),
        ("answers:\n  PLAN-a: ja\n", (10, 11), ""),
        ("answers: [PLAN-a]\n", (9, 10), ""),
    ],
)
def test_every_mistake_has_its_place_and_the_nearest_name(read, text, place, hint):
    (problem,) = problems(read, HEAD + text)
    assert (problem.line, problem.column) == place
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("swv: PO2814", "swv: PO2841", (3, 6)),
        ("sector: po", "sector: vo", (4, 9)),
        ("sector: po", "sector: so", (4, 9)),
        ("kader: swv-2014", "kader: swv-2041", (5, 8)),
        ("kader: swv-2014", "kader: ./nope.yaml", (5, 8)),
        ("first_school_year: 2014", "first_school_year: 2012", (6, 29)),
        ("school_years: 4", "school_years: 0", (6, 49)),
        ("school_years: 4", "school_years: 4.5", (6, 49)),
        ("[Gouda, Boskoop]", "[Gouda, 5]", (7, 20)),
        ("[VO2802]", "[VO9999]", (8, 12)),
        ("title: T", "title: [T]", (2, 8)),
        ("format: plan/1", "format: plan/2", (1, 9)),
        ("format: plan/1", "format: scenario/1", (1, 9)),
    ],
)
def test_every_mistake_of_the_head_has_its_place(read, old, new, place):
    assert places(read, HEAD.replace(old, new)) == [place]


def test_all_mistakes_come_together_in_the_order_of_the_file(read):
    text = HEAD.replace("swv-2014", "swv-2014\ntypo: 1").replace("school_years: 4", "school_years: x")
    text += "answers: {PLAN-a: {coverage: {answer: x}, zzz: {}}}\nevents: {snet: false, sent: x}\n"
    assert places(read, text) == [(6, 1), (7, 49), (10, 39), (10, 43), (11, 10), (11, 29)]


def test_a_part_of_the_other_sector_is_no_question(read):
    po, vo = (reading.load("voorbeeld-po", CODES).kader.parts("PLAN-c", sector) for sector in ("po", "vo"))
    only = sorted(set(po) ^ set(vo))
    if not only:
        pytest.skip("this duty asks the same of both sectors")
    own = "po" if only[0] in po else "vo"
    other = HEAD if own == "vo" else HEAD.replace("PO2814", "VO2814").replace("sector: po", "sector: vo")
    assert any(
        only[0] in problem.message for problem in problems(read, f"{other}answers: {{PLAN-c: {{{only[0]}: {{}}}}}}\n")
    )


def test_another_kader_can_be_used_than_the_plan_names(read):
    assert read(HEAD.replace("swv-2014", "nope"), kader="swv-2014").kader == "nope"
    (problem,) = problems(read, HEAD, kader="nope")
    assert (problem.file, problem.message) == ("", "there is no file or shipped name 'nope'")


def test_a_plan_without_a_kader_says_so(read):
    (problem,) = problems(read, HEAD.replace("kader: swv-2014\n", ""))
    assert problem.message == "the key 'kader' is missing"


def test_the_day_of_a_plan_is_that_on_which_it_was_sent(read):
    assert facts.default_day(read(f'{HEAD}events: {{sent: "2014-04-22"}}\n')) == date(2014, 4, 22)
    for text in (HEAD, f"{HEAD}events: {{sent: false}}\n"):
        assert facts.default_day(read(text)) == date(2014, 4, 30)
    assert facts.default_day(read(HEAD.replace("year: 2014", "year: 2016"))) == date(2016, 4, 30)


def test_mistakes_are_told_in_dutch(read):
    language.choose("nl")
    (problem,) = problems(read, f"{HEAD}anwsers: {{}}\n")
    assert problem.hint == "Bedoelt u answers?"
