"""Supervision in a run: what is counted is what happened, and judgements rest on what was seen."""

from collections import Counter

import numpy as np
import pytest

from simulator.base.days import DAY_SECONDS, NEVER, date_of, day_of, school_year
from simulator.outcomes import kpis, reality, toezicht, toezichtjaren
from simulator.outcomes.play import Player
from simulator.world import calendar
from simulator.world import scenario as scenarios
from tests.conftest import TWELVE, scenario_of


def test_everybody_is_visited_once_in_four_school_years(plays):
    for play in plays:
        seen = Counter(one.swv for one in play.onderzoeken)
        assert set(seen) == set(range(len(TWELVE)))
        assert max(seen.values()) <= 2  # twice only with a serious risk


def test_about_a_quarter_is_chosen_each_year(plays):
    for play in plays:
        chosen = Counter(toezicht.year_of(day) for day in play.happened.of("selected").values())
        assert set(chosen) == {2021, 2022, 2023, 2024}
        assert all(3 <= count <= 5 for count in chosen.values())


def test_a_judgement_rests_on_what_was_seen_and_not_settled(plays):
    for play in plays:
        for one in play.onderzoeken:
            if one.adopted == NEVER:
                assert one.judgement == ""
                continue
            rule = play.looker.kader.file.toezicht
            found = toezicht.open_findings(rule, play.happened, one.swv, one.round, one.adopted)
            given = {order.duty for order in play.orders if (order.swv, order.round) == (one.swv, one.round)
                     and order.state != "repaired_before_final"}  # fmt: skip
            runs = {
                duty for swv, duty, round_ in play.happened.of("order_running") if (swv, round_) == (one.swv, one.round)
            }
            assert given | runs == found
            assert not given & runs
            assert one.judgement == ("voldoende" if not found else one.judgement)


def test_what_is_seen_is_not_what_is(plays):
    """Shortfalls are missed, and others are seen that are not there."""
    missed = wrong = 0
    for play in plays:
        for one in play.onderzoeken:
            looked = play.looker.kader.file.examined[
                play.looker.model.scenario.swv[play.looker.model.codes[one.swv]].sector
            ]
            seen = {
                duty
                for swv, duty, round_ in play.happened.of("shortfall_seen")
                if (swv, round_) == (one.swv, one.round)
            }
            shown = play.seen.shown(np.array([one.swv]), np.array([one.visited]))
            lacking = {duty for duty in looked if duty in shown and shown[duty].false[0]}
            missed += len(lacking - seen)
            wrong += len(seen - lacking)
    assert missed > 5
    assert wrong > 2


def test_a_report_is_public_in_the_third_week_since_august_2023(plays):
    weeks = {False: set(), True: set()}
    for play in plays:
        for one in play.onderzoeken:
            if one.published < NEVER:
                weeks[one.adopted >= day_of(school_year(2023))].add((one.published - one.adopted - 1) // 7 + 1)
    assert weeks == {False: {5}, True: {3}}


def test_a_herstelonderzoek_comes_four_weeks_after_notice_and_within_a_year_of_the_report(plays):
    days = [
        day - report.adopted
        for play in plays
        for report in play.onderzoeken
        for (swv, _, round_), day in play.happened.of("herstel_visited").items()
        if (swv, round_) == (report.swv, report.round)
    ]
    assert len(days) > 10
    assert min(days) >= 28 + 85
    assert max(days) <= 366


def test_rows_add_up_over_years_and_duties(plays):
    by_year = toezichtjaren.rows(plays, "year")
    by_duty = toezichtjaren.rows(plays, "article")
    for what in ("orders", "withdrawn", "repaired"):
        sums = [sum(row.value.mean for row in rows if row.what == what) for rows in (by_year, by_duty)]
        assert sums[0] == pytest.approx(sums[1])
    orders = sum(row.value.mean for row in by_year if row.what == "orders")
    named = kpis.names(plays[0].looker)
    assert "orders" in named
    assert orders == pytest.approx(sum(kpis.parts_of(play, "orders").value for play in plays) / len(plays))
    visits = sum(row.value.mean for row in by_year if row.what == "visit onderzoek")
    assert visits == pytest.approx(sum(len(play.onderzoeken) for play in plays) / len(plays))


def test_the_years_of_an_article_add_up_to_the_article(plays):
    def counts(year=None):
        found = toezichtjaren.rows(plays, "article", year=year)
        return np.array([row.value.mean for row in found if row.what in ("seen", "orders")])

    years = [counts(year) for year in range(2021, 2025)]
    assert np.allclose(sum(years), counts())
    assert all(one.sum() > 0 for one in years)


def test_members_alone_count(plays):
    whole = toezichtjaren.rows(plays, "year")
    parts = [toezichtjaren.rows(plays, "year", members) for members in (range(6), range(6, 12))]
    for what in ("selected", "orders"):
        total = sum(row.value.mean for row in whole if row.what == what)
        assert total == pytest.approx(sum(row.value.mean for rows in parts for row in rows if row.what == what))


def test_what_was_seen_is_told_with_what_it_is_worth(of_2017):
    kader = of_2017[0].looker.kader
    held = {one.figure.id: one for one in reality.hold(reality.figures(kader), of_2017)}
    visited = held["visited_2019"]
    assert visited.high < 57, "a population of 12 cannot have 57 visits"
    assert visited.inside is None, "two replications say too little"
    assert visited.figure.use == "input", "so many a year are chosen"
    assert not visited.evidence
    assert held["withdrawn_supervision"].played == len(of_2017)


def test_a_kader_that_is_like_another_has_its_figures():
    own = reality.figures(scenarios.load("nieuwe-werkwijze").kader)
    assert {one.kader for one in own} == {"swv-2021"}


def test_the_lags_of_2014_lie_between_80_and_260_days(small_scenario):
    player = Player(scenarios.load(str(small_scenario)))
    plays = [player.replication(number) for number in range(20)]
    held = {one.figure.id: one for one in reality.hold(reality.figures(plays[0].looker.kader), plays)}
    lag = held["simulatie_lag"]
    assert lag.inside
    assert lag.narrow, f"{lag.low:.0f} .. {lag.high:.0f} days"
    assert held["kwaliteit_lag"].inside


COURSE = ("opr_decided", "sent", "adopted", "onderzoek_announced", "enforcement_started", "enforcement_ended", "warned",
          "minister_informed", "order_given", "order_withdrawn", "order_overdue", "order_repaired", "selected")  # fmt: skip


@pytest.mark.parametrize("name", ["cyclus-2021", "kader-2017-2021", "vervolg-2016"])
def test_acts_fall_on_working_days(name, tmp_path):
    path = tmp_path / "klein.yaml"
    path.write_text(scenario_of("klein", TWELVE, name), encoding="utf-8")
    player = Player(scenarios.load(str(path)))
    file = player.scenario.kader.file
    acts = {*COURSE, *(event for visit in file.visits for event in visit.course)} & file.events.keys()
    closed = calendar.public_holidays()
    count = Counter()
    for number in range(3):
        trace = player.replication(number).trace
        for event, row in player.model.unrolled.marks:
            if event in acts and trace.end[row] < NEVER:
                day = player.model.start + trace.told[row] // DAY_SECONDS
                assert date_of(day).weekday() < 5, (event, date_of(day))
                assert day not in closed, (event, date_of(day))
                count[event] += 1
    assert len(count) >= len(acts) // 2
