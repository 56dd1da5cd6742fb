"""Kaders with mistakes: each is told at its line, all in one pass."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from simulator.base import language, resources
from simulator.base.errors import InputError
from simulator.kader import reading

WORDS = '{nl: "woord", en: "word"}'

CATALOGUE = f"""\
format: obligations/1
obligations:
  - id: A-1
    group: plan
    versions:
      - sector: both
        in_force: {{from: "2013-01-01"}}
        actor: swv
        article: {{po: "WPO 1", vo: "WVO 1"}}
        due: {{date: "2014-05-01"}}  # due of A
        requires: []  # requires of A
        checks: {{timing: "happened(sent)"}}  # check of A
        text: {WORDS}
        evidence: {WORDS}
        source: law
        confidence: read
  - id: B-1  # id of B
    group: plan
    versions:
      - sector: both
        in_force: {{from: "2013-01-01"}}
        actor: swv
        article: {{po: "WPO 1", vo: "WVO 1"}}
        due: none  # due of B
        requires: [A-1]  # requires of B
        checks: {{timing: "by(adopted, sent)"}}  # check of B
        text: {WORDS}
        evidence: {WORDS}
        source: law
        confidence: read
  - id: C-1  # id of C
    group: plan
    versions:
      - sector: both
        in_force: {{from: "2013-01-01"}}
        actor: swv
        article: {{po: "WPO 1", vo: "WVO 1"}}
        due: none  # due of C
        requires: []  # requires of C
        checks: {{timing: "happened(sent)"}}  # check of C
        text: {WORDS}
        evidence: {WORDS}
        source: law
        confidence: read
read_until: "2026-08-01"
"""

STEP = f"label: {WORDS}, actor: swv, source: law, confidence: read"

KADER = f"""\
format: kader/1
id: klein
name: {WORDS}
holds: {{from: "2013-01-01"}}
source: law
catalogue: plichten.yaml
obligations: all
events:
  sent: {{label: {WORDS}}}
  adopted: {{label: {WORDS}}}
elements: {{po: [A-1], vo: []}}  # elements
standards: {{source: law, confidence: read, aspects: []}}
decision: {{source: law, confidence: read, rows: [{{judgement: goed}}], judgements: {{goed: {WORDS}}}}}
reports: []
visits: []
pools: {{}}
attributes: {{}}
parameters: {{}}
kpis: []
werkwijze:
  id: all
  parallel:
    branches:
      - id: left
        step: {{{STEP}, marks: [sent]}}  # left
      - id: right
        step: {{{STEP}, marks: [adopted]}}  # right
plan_period: {{first_school_year: 2014, school_years: 4}}
scenario: invoering-2014
repairs: {{source: {WORDS}, confidence: assumed, hours: {{plan: 8}}}}
"""

GOOD = {"plichten.yaml": CATALOGUE, "klein.yaml": KADER}
CAT, FILE = "plichten.yaml", "klein.yaml"


def change(files, name, old, new):
    assert files[name].count(old) == 1
    return {**files, name: files[name].replace(old, new)}


def line_of(files, name, mark):
    lines = [number for number, line in enumerate(files[name].splitlines(), 1) if mark in line]
    assert len(lines) == 1
    return lines[0]


@pytest.fixture
def problems(write):
    def reader(files):
        paths = {name: write(name, text) for name, text in files.items()}
        with pytest.raises(InputError) as caught:
            reading.load(str(paths[FILE]))
        return caught.value.problems

    return reader


def test_a_small_kader_is_read(write):
    paths = [write(name, text) for name, text in GOOD.items()]
    kader = reading.load("klein.yaml", paths[0].parent)
    assert list(kader.obligations) == ["A-1", "B-1", "C-1"]
    assert kader.id == "klein"
    assert kader.content_obligations == []


def test_a_kader_may_draw_on_some_duties_of_its_catalogue(write):
    files = change(GOOD, FILE, "obligations: all", "obligations: [C-1, A-1]")
    paths = [write(name, text) for name, text in files.items()]
    assert list(reading.load(str(paths[1])).obligations) == ["A-1", "C-1"]  # in the order of the catalogue


def test_a_kader_may_use_the_shipped_catalogue(write):
    text = KADER.replace("catalogue: plichten.yaml", "catalogue: obligations.yaml").replace("po: [A-1]", "po: [PLAN-a]")
    text = text.replace("obligations: all", "obligations: [GOV-2]")
    events = "".join(f"  {name}: {{label: {WORDS}}}\n" for name in reading.load("swv-2014").events)
    text = re.sub(r"events:\n(  .*\n)+?elements", lambda _: f"events:\n{events}elements", text)
    assert list(reading.load(str(write("eigen.yaml", text))).obligations) == ["GOV-2"]


DUE = "a due rule has exactly one form: date, after (with days, weeks, months or years), before, every, when, or none"

MISTAKES = {
    # what is wrong: the changes, then (file, mark on its line, message) of each problem that is told
    "a cycle": (
        [(CAT, "requires: []  # requires of A", "requires: [B-1]  # requires of A")],
        [(CAT, "- id: A-1", "these duties wait for each other: A-1 -> B-1 -> A-1 (from 2013-01-01, sector po)")],
    ),
    "a reference to no duty": (
        [(CAT, "requires: []  # requires of C", "requires: [Z-1]  # requires of C")],
        [(CAT, "# requires of C", "'Z-1' is not known (obligations)")],
    ),
    "an id used twice": (
        [(CAT, "id: C-1  # id of C", "id: B-1  # id of C")],
        [(CAT, "# id of C", "the id B-1 stands here for the second time (first on line 17)")],
    ),
    "an unknown event": (
        [(CAT, 'timing: "happened(sent)"}  # check of C', 'timing: "happened(sended)"}  # check of C')],
        [(CAT, "# check of C", "'sended' is not known (events)")],
    ),
    "a bad due rule": (
        [(CAT, "due: none  # due of C", "due: {after: sent}  # due of C")],
        [
            (
                CAT,
                "# due of C",
                DUE,
            )
        ],
    ),
    "a race between branches": (
        [
            (FILE, "marks: [sent]}  # left", "effects: [{set: x}]}  # left"),
            (FILE, "marks: [adopted]}  # right", "effects: [{clear: x}]}  # right"),
        ],
        [(FILE, "  id: all", "branches that run at the same time write and read the same: x")],
    ),
    "an unknown event of what is late": (
        [
            (
                CAT,
                'timing: "happened(sent)"}  # check of C',
                'timing: "happened(sent)", late: "happened(sended)"}  # check of C',
            )
        ],
        [(CAT, "# check of C", "'sended' is not known (events)")],
    ),
    "a timing rule that cannot be read": (
        [(CAT, 'timing: "happened(sent)"}  # check of C', 'timing: "happened(sent"}  # check of C')],
        [(CAT, "# check of C", "'happened(sent' cannot be read as a timing rule")],
    ),
    "an element that is no duty": (
        [(FILE, "po: [A-1]", "po: [Z-1]")],
        [(FILE, "# elements", "'Z-1' is not known (obligations)")],
    ),
    "a step that leaves an unknown event": (
        [(FILE, "marks: [adopted]", "marks: [adoptd]")],
        [(FILE, "# right", "'adoptd' is not known (events)")],
    ),
    "a node id used twice": (
        [(FILE, "- id: right", "- id: left  # again")],
        [(FILE, "# again", "the node id 'left' is used more than once")],
    ),
    "an unknown key": (
        [(FILE, "reports: []", "raports: []")],
        [(FILE, "format: kader/1", "the key 'reports' is missing"), (FILE, "raports", "unknown key 'raports'")],
    ),
    "another format": (
        [(FILE, "format: kader/1", "format: scenario/1")],
        [(FILE, "format: scenario/1", "'klein.yaml' is a scenario; a kader is needed here")],
    ),
    "a format that nothing has": (
        [(FILE, "format: kader/1", "format: kaders/1")],
        [(FILE, "format: kaders/1", "'kaders/1' is another kind of file")],
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_line(problems, name):
    changes, expected = MISTAKES[name]
    files = GOOD
    for where, old, new in changes:
        files = change(files, where, old, new)
    found = [(Path(one.file).name, one.line, one.message) for one in problems(files)]
    assert found == [(where, line_of(files, where, mark), message) for where, mark, message in expected]


def test_a_cycle_names_the_lines_of_all_that_wait(problems):
    files = change(GOOD, CAT, "requires: []  # requires of A", "requires: [C-1]  # requires of A")
    files = change(files, CAT, "requires: []  # requires of C", "requires: [B-1]  # requires of C")
    (problem,) = problems(files)
    a, b, c = (line_of(files, CAT, f"- id: {name}-1") for name in "ABC")
    assert "A-1 -> B-1 -> C-1 -> A-1" in problem.message
    assert problem.hint == f"Lines: A-1: {a}, B-1: {b}, C-1: {c}"


def test_the_nearest_name_is_offered(problems):
    files = change(GOOD, CAT, 'timing: "happened(sent)"}  # check of C', 'timing: "happened(sended)"}  # check of C')
    assert [problem.hint for problem in problems(files)] == ["Did you mean sent?"]


def test_mistakes_in_the_kader_and_its_catalogue_come_in_one_pass(problems):
    files = change(GOOD, CAT, "requires: []  # requires of C", "requires: [Z-1]  # requires of C")
    files = change(files, CAT, "due: none  # due of B", "due: {}  # due of B")
    files = change(files, FILE, "marks: [adopted]", "marks: [adoptd]")
    files = change(files, FILE, "reports: []", "reports: 3")
    marks = [(FILE, "reports: 3"), (FILE, "# right"), (CAT, "# due of B"), (CAT, "# requires of C")]
    found = [(Path(one.file).name, one.line) for one in problems(files)]
    assert sorted(found) == sorted((name, line_of(files, name, mark)) for name, mark in marks)


def test_all_mistakes_of_all_kinds_come_in_one_pass(problems):
    """A cycle, an unknown duty, a double id, an unknown event, a bad due rule and a race: nothing hides another."""
    entries, tail = CATALOGUE.partition("read_until")[0], 'read_until: "2026-08-01"\n'
    extra = entries[entries.index("  - id: C-1") :]
    files = {**GOOD, CAT: entries + extra.replace("C-1", "D-1").replace("of C", "of D")}
    files = {**files, CAT: files[CAT] + extra.replace("C-1", "E-1").replace("of C", "of E")}
    files = {**files, CAT: files[CAT] + extra.replace("C-1", "E-1").replace("of C", "of F")}
    changes = [
        (CAT, "requires: []  # requires of A", "requires: [B-1]  # requires of A"),
        (CAT, "requires: []  # requires of C", "requires: [Z-1]  # requires of C"),
        (CAT, 'timing: "happened(sent)"}  # check of D', 'timing: "happened(sended)"}  # check of D'),
        (CAT, "due: none  # due of E", "due: {after: sent}  # due of E"),
        (FILE, "marks: [sent]}  # left", "effects: [{set: x}]}  # left"),
        (FILE, "marks: [adopted]}  # right", "effects: [{clear: x}]}  # right"),
        (FILE, "elements: {po: [A-1]", "elements: {po: [Y-1]"),
    ]
    files = {**files, CAT: files[CAT] + tail}
    for name, old, new in changes:
        files = change(files, name, old, new)
    marks = [
        (CAT, "- id: A-1"),
        (CAT, "# requires of C"),
        (CAT, "# check of D"),
        (CAT, "# due of E"),
        (CAT, "# id of F"),
        (FILE, "  id: all"),
        (FILE, "# elements"),
    ]
    found = {(Path(one.file).name, one.line) for one in problems(files)}
    assert found == {(name, line_of(files, name, mark)) for name, mark in marks}


def test_a_missing_catalogue_is_told_at_its_name_in_the_kader(problems):
    files = change(GOOD, FILE, "catalogue: plichten.yaml", "catalogue: nergens.yaml")
    (problem,) = problems(files)
    assert (Path(problem.file).name, problem.line) == (FILE, line_of(files, FILE, "catalogue:"))


@pytest.mark.parametrize("name", ["a" * 300, "[1]", '"a\\0b"', "3", "."])
def test_what_cannot_be_a_catalogue_is_told_at_its_name(problems, name):
    files = change(GOOD, FILE, "catalogue: plichten.yaml", f"catalogue: {name}")
    assert {(Path(one.file).name, one.line) for one in problems(files)} >= {(FILE, line_of(files, FILE, "catalogue:"))}


@pytest.mark.parametrize("section", ["reports", "visits", "pools", "attributes", "parameters", "kpis"])
@pytest.mark.parametrize("value", ["3", "text", "[3]", "{a: 3}", "true"])
def test_a_section_of_another_kind_is_told_at_its_line(problems, section, value):
    (old,) = [line for line in KADER.splitlines() if line.startswith(f"{section}: ")]
    files = change(GOOD, FILE, old, f"{section}: {value}")
    assert {(Path(one.file).name, one.line) for one in problems(files)} == {(FILE, line_of(files, FILE, f"{section}:"))}


@pytest.mark.parametrize("text", ["- a\n", "a\n", "format: kader/1\n", "format: kader/1\nwerkwijze: 3\nevents: []\n"])
def test_a_file_that_is_no_kader_is_refused(problems, text):
    assert problems({**GOOD, FILE: text})


@pytest.mark.parametrize("text", ["- a\n", "a\n", "format: obligations/1\n", "format: obligations/1\nobligations: 3\n"])
def test_a_catalogue_that_is_none_is_refused(problems, text):
    assert {Path(problem.file).name for problem in problems({**GOOD, CAT: text})} >= {CAT}


def test_an_unknown_name_offers_the_shipped_one():
    with pytest.raises(InputError) as caught:
        reading.load("swv-2013")
    assert caught.value.problems[0].hint == "Did you mean swv-2021 / swv-2017?"


def test_mistakes_are_told_in_the_chosen_language(problems):
    language.choose("nl")
    files = change(GOOD, CAT, "id: C-1  # id of C", "id: B-1  # id of C")
    (problem,) = problems(files)
    assert problem.message == language.texts("nl")["kader.duplicate"].format(id="B-1", line=17)


def test_an_attribute_cannot_rest_on_one_that_comes_after_it(write):
    text = (resources.KADERS / "swv-2014.yaml").read_text(encoding="utf-8")
    line = re.search(r"(?m)^  hurried: .*\n", text)[0]
    moved = text.replace(line, "", 1).replace("attributes:\n  maturity", f"attributes:\n{line}  maturity", 1)
    with pytest.raises(InputError, match=r"hurried rests on maturity, which comes after it"):
        reading.load(str(write("anders.yaml", moved)))
