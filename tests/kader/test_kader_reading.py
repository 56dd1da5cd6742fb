"""Reading a kader: the one that is shipped, and ones with mistakes."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from simulator.base import language, resources
from simulator.base.errors import InputError
from simulator.kader import content, judgement, law, reading, timing

SECTORS = ("po", "vo")
WINDOW = (date(2013, 1, 1), date(2017, 7, 31))


@pytest.fixture(scope="module")
def shipped():
    return reading.load("swv-2014")


def numbered(prefix, last):
    return [f"{prefix}-{number}" for number in range(1, last + 1)]


ALL = {
    *numbered("GOV", 5),
    *(f"GOV-6{letter}" for letter in "abcd"),
    "GOV-7",
    *numbered("OPR", 7),
    "OPR-2t",
    "OPR-7b",
    *(f"PLAN-{letter}" for letter in "abcdefghijklm"),
    *numbered("PROC", 9),
    *numbered("TLV", 5),
    "TLV-7",
    "TLV-8",
    "PRIV-1",
    *numbered("VO", 2),
    "SOP-1",
    *numbered("ZP", 2),
    *numbered("FIN", 4),
    "FIN-6",
    "OPDC-1",
    "WERK-1",
    "CASE-1",
    "PRAC-2",
}


def versions(kader):
    return [(name, version) for name, one in kader.obligations.items() for version in one.versions]


def test_all_duties_are_there(shipped):
    assert set(shipped.obligations) == ALL


def test_every_text_of_every_duty_is_there_in_both_languages(shipped):
    lacking = []
    for name, version in versions(shipped):
        texts = [version.text, version.evidence]
        for part in version.parts:
            texts += [part.ask, *([part.missing] if part.missing else [])]
        for text in texts:
            if not text.nl.strip() or not text.en.strip() or text.nl == text.en:
                lacking.append((name, text))
    assert lacking == []


def test_every_name_that_is_shown_is_there_in_both_languages(shipped):
    file = shipped.file
    named = [
        *(event.label for event in file.events.values()),
        *(indicator.name for aspect in file.standards.aspects for indicator in aspect.indicators),
        *(aspect.name for aspect in file.standards.aspects),
        *file.decision.judgements.values(),
        *(report.title for report in file.reports),
        *(pool.label for pool in file.pools.values()),
        *(attribute.label for attribute in file.attributes.values()),
        *itertools.chain.from_iterable((kpi.label, kpi.definition) for kpi in file.kpis),
        *(node.step.label for node in file.werkwijze.walk() if node.step),
    ]
    assert len(named) > 100
    assert [text for text in named if not text.nl.strip() or not text.en.strip()] == []


def test_no_duties_wait_for_each_other(shipped):
    assert list(law.cycles(shipped.obligations)) == []


def test_the_plan_comes_before_the_procedure_for_admission(shipped):
    for sector in SECTORS:
        graph = law.graph_of(shipped.obligations, date(2014, 9, 1), sector)
        assert "TLV-1" not in nx.ancestors(graph, "PLAN-c")
        assert graph.has_edge("PLAN-c", "TLV-1")


def test_adoption_rests_on_consent_and_on_every_element_of_its_sector(shipped):
    for sector in SECTORS:
        graph = law.graph_of(shipped.obligations, date(2014, 5, 1), sector)
        before = nx.ancestors(graph, "PROC-9")
        assert {"PROC-2", "PROC-3", "PROC-8", "OPR-6", "OPR-1", "GOV-3"} <= before
        assert set(shipped.file.elements[sector]) <= before


def test_the_elements_of_a_plan_are_the_plan_duties_of_its_sector(shipped):
    day = date(2014, 5, 1)
    for sector in SECTORS:
        held = {name for name, one in shipped.obligations.items() if one.on(day, sector) and name.startswith("PLAN-")}
        assert set(shipped.file.elements[sector]) == held - {"PLAN-m"}  # the horizon is no part that is written
    assert set(shipped.file.elements["po"]) - set(shipped.file.elements["vo"]) == {"PLAN-g", "PLAN-h", "PLAN-l"}


@pytest.mark.parametrize(
    ("name", "day", "until"),
    [
        ("GOV-6b", "2016-12-31", "2016-12-31"),
        ("GOV-6b", "2017-01-01", "2022-07-31"),
        ("PLAN-g", "2015-07-31", "2015-07-31"),
        ("PLAN-g", "2015-08-01", "2022-03-31"),
        ("PLAN-i", "2015-07-31", "2015-07-31"),
        ("PLAN-i", "2015-08-01", "2022-03-31"),
    ],
)
def test_the_dated_versions_change_on_their_day(shipped, name, day, until):
    found = shipped.obligations[name].on(date.fromisoformat(day), "po")
    assert (found.in_force.until.isoformat() if found.in_force.until else None) == until


def test_versions_of_a_duty_follow_each_other_without_gap_or_overlap(shipped):
    for one in shipped.obligations.values():
        for sector in SECTORS:
            fitting = [version.in_force for version in one.versions if version.sector in (sector, "both")]
            for before, after in itertools.pairwise(fitting):
                assert before.until + timedelta(days=1) == after.start, one.id


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("GOV-3", "2013-11-01"),
        ("OPR-1", "2014-02-01"),
        ("PROC-4", "2014-02-01"),
        ("PROC-8", "2014-04-30"),  # before 1 May
        ("PROC-9", "2014-04-30"),
        ("WERK-1", "2012-10-01"),
        ("FIN-2", "2014-08-15"),
    ],
)
def test_the_dates_in_law(shipped, name, last):
    from simulator.base.days import date_of, day_of
    from simulator.kader.assess import planned

    day = np.array([day_of(date(2014, 8, 1))])
    due = shipped.obligations[name].on(date(2014, 8, 1), "po").due
    last_day = np.broadcast_to(due.last_day({"plan_start": planned(day, day)}), (1,))
    assert date_of(int(last_day[0])).isoformat() == last


def test_every_duty_of_each_day_of_change_has_an_order(shipped):
    for day in law.changes(shipped.obligations):
        for sector in SECTORS:
            held = {name for name, one in shipped.obligations.items() if one.on(day, sector)}
            assert set(law.law_on(shipped.obligations, day, sector).versions) == held


def _content(shipped):
    """(duty, version, sector, its questions in that sector) of every content check."""
    for name, version in versions(shipped):
        for sector in SECTORS:
            if version.checks.content and version.sector in (sector, "both"):
                keys = [part.key for part in version.parts if part.sector in (None, sector)]
                yield name, version, sector, keys


def _plan(sector, years=4):
    goal = {"indicator": "deelname", "baseline": 2.0, "target": 1.5, "year": 2018}
    return {
        "sector": sector, "period": {"first_school_year": 2014, "school_years": years}, "goals": [goal],
        "money": [{"year": 2015 + number} for number in range(years)], "experts": [["arts", "psycholoog"]],
        "meetings": [], "deferring": [],
    }  # fmt: skip


def test_a_content_check_holds_when_all_is_shown_and_not_when_one_part_is_not(shipped):
    checked = 0
    for name, version, sector, keys in _content(shipped):
        check, plan = version.checks.content, _plan(sector)
        good = dict.fromkeys(keys, True)
        assert content.evaluate(check, {"part": good, "plan": plan}) is True, name
        for key in keys:
            assert content.evaluate(check, {"part": {**good, key: False}, "plan": plan}) is False, (name, key)
            rest = {other: True for other in keys if other != key}
            assert content.evaluate(check, {"part": rest, "plan": plan}) is None, (name, key)
            checked += 1
    assert checked > 80


def test_a_content_check_asks_only_what_is_asked(shipped):
    for name, version in versions(shipped):
        asked = set(re.findall(r"part\.(\w+)", version.checks.content or ""))
        assert asked == {part.key for part in version.parts}, name


def test_a_plan_is_for_four_years_at_most(shipped):
    found = [(version, sector, keys) for name, version, sector, keys in _content(shipped) if name == "PLAN-m"]
    assert found
    for version, sector, keys in found:
        good = dict.fromkeys(keys, True)
        for years, fits in ((4, True), (5, False)):
            assert content.evaluate(version.checks.content, {"part": good, "plan": _plan(sector, years)}) is fits


def test_every_event_that_a_duty_speaks_of_can_happen(shipped):
    marked = {mark for node in shipped.file.werkwijze.walk() if node.step for mark in node.step.marks}
    before = {name for name, event in shipped.events.items() if event.history or event.period}
    for _, version in versions(shipped):
        if version.checks.timing:
            names = {name for name, _ in timing.parse(version.checks.timing).names()}
            assert names <= marked | before | {
                "change_unconsented",
                "opr_voided",
                "opr_informed",
            }  # only plan files say so


def test_every_event_of_the_kader_is_left_by_some_step_or_lies_before_the_start(shipped):
    marked = {mark for node in shipped.file.werkwijze.walk() if node.step for mark in node.step.marks}
    before = {name for name, event in shipped.events.items() if event.history or event.period}
    told = {"opr_informed", "opr_voided", "mbo_invited", "change_unconsented"}  # only plan files say so
    assert set(shipped.events) == marked | before | told
    assert marked <= set(shipped.events)


def test_each_own_duty_counts_towards_an_indicator_but_four(shipped):
    placed = {
        name
        for aspect in shipped.file.standards.aspects
        for indicator in aspect.indicators
        for name in indicator.obligations
    }
    assert placed <= ALL
    own = {name for name, version in versions(shipped) if version.counts}
    # finance after 2014, the committee for vo and the agenda of 2012 are no part of the reconstructed standards
    assert own - placed == {"VO-1", "FIN-3", "FIN-4", "WERK-1"}


def test_what_is_not_examined_has_a_name(shipped):
    assert judgement.NOT_EXAMINED in shipped.file.decision.judgements


def test_each_day_of_the_window_has_one_kind_of_report(shipped):
    day = WINDOW[0]
    while day <= WINDOW[1]:
        for visit in shipped.file.visits:
            assert len([report for report in shipped.file.reports if report.holds(day, visit.id)]) == 1
        day += timedelta(days=1)


def test_questions_of_a_duty_are_those_of_its_sector(shipped):
    po, vo = shipped.parts("PLAN-c", "po"), shipped.parts("PLAN-c", "vo")
    assert set(po) & set(vo)
    assert set(po) - set(vo)
    assert set(vo) - set(po)


def test_duties_on_content_are_known(shipped):
    assert {"PLAN-a", "GOV-6c", "PLAN-m"} <= set(shipped.content_obligations)
    assert not {"PROC-9", "OPR-1"} & set(shipped.content_obligations)


def test_the_sources_of_a_kader_are_kept_with_their_digest(shipped):
    assert {Path(path).name for path in shipped.sources} == {"swv-2014.yaml", "obligations.yaml"}
    for path, digest in shipped.sources.items():
        assert digest == resources.digest(Path(path))


# Kaders with mistakes.

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


def test_duties_that_can_be_done_late_are_those_with_a_date_or_a_term(shipped):
    late = {name for name, version in versions(shipped) if version.checks.late}
    assert late == {"GOV-3", "OPR-1", "OPR-7", "OPR-7b", "PROC-4", "PROC-5", "PROC-6", "PROC-7"}
    for name, version in versions(shipped):
        if version.checks.late:
            names = {event for event, _ in timing.parse(version.checks.late).names()}
            assert names <= {event for event, _ in timing.parse(version.checks.timing).names()}, name


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
