"""A day of work is told by that day: the dossier, the roster and the export agree on when an onderzoek was there."""

from datetime import date

import polars
import pytest

from simulator.base.days import DAY_SECONDS, NEVER, date_of, day_of, iso
from simulator.kader.names import LASTING
from simulator.outcomes import eventlog, frames, rostering
from simulator.reports import dossier
from simulator.reports.subject import Subject, held
from simulator.world import calendar
from tests.conftest import TWELVE, scenario_of


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("days") / "klein.yaml"
    path.write_text(
        scenario_of("klein", TWELVE, base="cyclus-2021") + "pools: {inspecteur_swv: {capacity: 3}}\n", "utf-8"
    )
    return path


@pytest.fixture(scope="module")
def visits(player, played):
    """(swv, round, day) of every first research day, as the figures have it."""
    codes = player.model.codes
    return sorted((codes[swv], turn, day) for (swv, _, turn), day in played.happened.of("onderzoek_visited").items())


def test_every_visit_has_one_day_wherever_it_is_told(player, played, visits):
    log = eventlog.executions(eventlog.EventLog(player.scenario, 0, frames.happened(player.model, played.trace, 0)))
    days = log.filter((polars.col("step") == "first_day") & polars.col("ended").is_not_null())
    exported = [(swv, turn, eventlog.stamp(player.scenario, end)[:10])
                for swv, turn, end in days.select("swv", "visit", "ended").iter_rows()]  # fmt: skip
    assert len(visits) > len(TWELVE)
    assert sorted(exported) == [(swv, turn, date_of(day).isoformat()) for swv, turn, day in visits]
    dossiers = [
        (code, one["round"], one["dates"]["visited"])
        for code in player.model.codes
        for one in dossier.data(player, played, code, "run", 0)["visits"] if one["visit"] == "onderzoek"
    ]  # fmt: skip
    assert sorted(dossiers) == [(swv, turn, date_of(day).isoformat()) for swv, turn, day in visits]
    found = rostering.shifts(player.model, played.trace, ["inspecteur_swv"])
    worked = {(one.swv, max(rostering.worked(player.model.start, one))) for one in found if one.node == "first_day"}
    assert worked >= {(swv, day) for swv, _, day in visits}


def test_the_course_of_every_visit_has_one_day_per_event_in_dossier_report_export_and_toezicht(player, played):
    """Also of what ends at the very end of a day: an adoption, and the draft of a herstelonderzoek."""
    log = eventlog.executions(eventlog.EventLog(player.scenario, 0, frames.happened(player.model, played.trace, 0)))
    ended = log.filter(polars.col("ended").is_not_null()).select("swv", "visit", "marks", "ended")
    exported = {
        (swv, mark, turn): eventlog.stamp(player.scenario, end)[:10]
        for swv, turn, marks, end in ended.sort("ended").iter_rows() for mark in marks.split()
    }  # fmt: skip
    counted = {(one.swv, one.round): one for one in played.onderzoeken}
    kinds = set()
    for number, code in enumerate(player.model.codes):
        told = dossier.data(player, played, code, "run", 0)
        steps = {(one["event"], step["round"]): one["on"]
                 for phase in told["phases"] for step in phase["steps"] for one in step["events"]}  # fmt: skip
        for visit, own in zip(told["visits"], held(player, played, number), strict=True):
            about = Subject(
                player, played, player.scenario.swv[code], number, own.visit, date_of(own.visited), own.round
            )
            for name in ("visited", "drafted", "reaction", "adopted", "published"):
                event = getattr(own.visit, name)
                day = about.day(event)
                on = day and day.isoformat()
                assert exported.get((code, event, own.round)) == steps.get((event, own.round)) == on
                assert visit["dates"].get(name, on) == on
                if own.visit.id == "onderzoek" and name != "reaction":
                    assert iso(getattr(counted[number, own.round], name)) == (on or "")
                kinds.add((own.visit.id, name, on is not None))
    assert {("onderzoek", "adopted", True), ("herstel", "drafted", True), ("plancheck", "adopted", True)} <= kinds


def test_no_visit_is_told_on_a_day_on_which_nobody_works(player, played, visits):
    midnight = 0
    rows = [row for row, end in enumerate(played.trace.end) if end < NEVER and played.trace.told[row] != end]
    for row in rows:
        on, end = player.model.start + played.trace.told[row] // DAY_SECONDS, played.trace.end[row]
        assert calendar.is_working(on)
        assert end % DAY_SECONDS == 0
        assert not any(calendar.is_working(day) for day in range(on + 1, player.model.start + end // DAY_SECONDS))
        midnight += player.model.tables.node[row] == "first_day"
    assert midnight > 3
    assert all(calendar.is_working(day) for _, _, day in visits)


def test_what_the_law_counts_from_keeps_its_moment(player, played):
    """A report adopted at the very end of a day is dated by the day from which its publication is counted."""
    tables = player.model.tables
    acts = {node.id: set(node.step.act) for node in player.scenario.kader.file.werkwijze.walk() if node.step}
    for row, end in enumerate(played.trace.end):
        if acts.get(tables.node[row], set()) - set(LASTING):
            assert played.trace.told[row] == end


def test_what_takes_no_time_is_told_with_the_work_that_it_ends(player, played):
    """Findings of the last research day are of that day, and stand after it in the export."""
    log = eventlog.executions(eventlog.EventLog(player.scenario, 0, frames.happened(player.model, played.trace, 0)))
    ended = {row: end for *row, end in log.filter(polars.col("step").str.ends_with("_day"))
             .select("swv", "visit", "ended").iter_rows() for row in [tuple(row)]}  # fmt: skip
    seen = log.filter(polars.col("step") == "see_shortfall").select("swv", "visit", "requested", "started", "ended")
    assert len(seen) > 5
    for swv, turn, *moments in seen.iter_rows():
        assert moments == [ended[swv, turn]] * 3


def test_a_working_day_is_over_before_the_weekend():
    start = day_of(date(2023, 1, 9))
    table = calendar.build("working", "", start, start + 30, carry_on=False)
    monday = 7 * DAY_SECONDS
    assert table.over(monday) == 5 * DAY_SECONDS - 1
    assert table.over(monday + 1) == monday + 1
    assert table.over(0) == 0
