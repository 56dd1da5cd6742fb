"""Reading the kader that is shipped."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from simulator.base import resources
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


def test_duties_that_can_be_done_late_are_those_with_a_date_or_a_term(shipped):
    late = {name for name, version in versions(shipped) if version.checks.late}
    assert late == {"GOV-3", "OPR-1", "OPR-7", "OPR-7b", "PROC-4", "PROC-5", "PROC-6", "PROC-7"}
    for name, version in versions(shipped):
        if version.checks.late:
            names = {event for event, _ in timing.parse(version.checks.late).names()}
            assert names <= {event for event, _ in timing.parse(version.checks.timing).names()}, name
