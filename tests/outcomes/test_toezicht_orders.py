"""Orders of supervision in a run: each has one state, and every step to it its article or practice."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from simulator.base.days import DAY_SECONDS, NEVER, date_of, day_of
from simulator.base.language import pick
from simulator.kader.toezicht import STATES
from simulator.outcomes import kpis, toezicht, toezichtjaren
from simulator.outcomes.play import Player
from simulator.reports import toezicht as tables
from simulator.world import scenario as scenarios
from tests.conftest import TWELVE, scenario_of


def done(play, node):
    """How many rows of a step have ended."""
    tables = play.looker.model.tables
    return sum(play.seen.end[row] < NEVER for row, name in enumerate(tables.node) if name == node)


def test_each_order_is_one_that_was_given_and_has_one_state(plays):
    for play in plays:
        states = Counter(one.state for one in play.orders)
        assert (
            done(play, "give_order") + done(play, "order_plan") + done(play, "order_procedure")
            == sum(states.values()) - states["repaired_before_final"]
        )
        assert states["repaired_before_final"] == done(play, "repair_before_final") + done(play, "already_repaired")
        assert states["withdrawn"] == done(play, "withdraw_order")
        for one in play.orders:
            late = one.until < min(one.settled, play.looker.model.stop)
            assert (one.state in ("overdue", "escalated")) == late or one.state in ("withdrawn", "escalated")
        for one in play.orders:
            assert (one.settled < NEVER) or one.state in ("open", "overdue", "escalated")


def test_every_state_occurs_somewhere(plays, of_2017):
    found = {one.state for play in (*plays, *of_2017) for one in play.orders}
    assert found >= set(STATES) - {"escalated"}


def test_no_order_without_a_finding_a_report_and_a_duty_in_the_law_of_its_day(plays):
    for play in plays:
        reports = {(one.swv, one.round): one for one in play.onderzoeken}
        kader, model = play.looker.kader, play.looker.model
        for one in play.orders:
            if not one.round or one.state == "repaired_before_final":
                continue
            report = reports[one.swv, one.round]
            assert report.visited < report.drafted < report.adopted <= one.given
            assert play.happened.of("shortfall_seen")[one.swv, one.duty, one.round] <= report.drafted
            sector = model.scenario.swv[model.codes[one.swv]].sector
            versions = kader.obligations[one.duty].versions
            assert any(
                v.in_force.holds(date_of(one.given)) and v.basis == "law" and v.sector in (sector, "both")
                for v in versions
            )


def test_orders_on_independent_supervision_from_before_march_2019_are_withdrawn_then(of_2017):
    march = day_of(date(2019, 3, 14))
    for play in of_2017:
        tables, happened = play.looker.model.tables, play.happened
        rows = [row for row, name in enumerate(tables.node) if name == "order_2019" and play.seen.end[row] < NEVER]
        assert {tables.item[row] for row in rows} <= {"GOV-6c"}
        assert all(play.seen.end_day[row] == march for row in rows)
        given, withdrawn = happened.of("order_given"), happened.of("order_withdrawn")
        assert all(given[key] < day for key, day in withdrawn.items()), "an order is in force for a while"
    assert any(day == march for play in of_2017 for day in play.happened.of("order_withdrawn").values())


def test_no_order_on_what_was_repaired_before_the_report(plays, of_2017):
    settled = 0
    for play in (*plays, *of_2017):
        tables, mends = play.looker.model.tables, {}
        for row, name in enumerate(tables.node):
            if name in ("repair_plan", "repair_order", "order_repaired") and play.seen.end[row] < NEVER:
                mends.setdefault((tables.swv[row], tables.item[row]), []).append(play.seen.end[row])
            settled += name == "already_repaired" and play.seen.end[row] < NEVER
        wrong = {(tables.swv[row], tables.item[row], tables.visit[row]) for row, name in enumerate(tables.node)
                 if name == "see_wrongly" and play.seen.end[row] < NEVER}  # fmt: skip
        for row, name in enumerate(tables.node):
            key = tables.swv[row], tables.item[row], tables.visit[row]
            if name == "give_order" and play.seen.end[row] < NEVER and key not in wrong:
                assert not [end for end in mends.get(key[:2], ()) if end < play.seen.end[row]]
    assert settled, "nothing was repaired between the visit and the report"


def test_no_two_orders_run_at_once_for_one_shortfall(plays):
    pointed = 0
    for play in plays:
        found = sorted(
            (one.swv, one.duty, one.given, one.settled)
            for one in play.orders
            if one.state not in ("withdrawn", "repaired_before_final")
        )
        pairs = [(a, b) for a, b in pairwise(found) if a[:2] == b[:2]]
        assert all(first[3] <= second[2] for first, second in pairs)
        pointed += len(play.happened.of("order_running"))
    assert pointed, "in no replication an order was still running, so this shows nothing"


@pytest.fixture(scope="module")
def slow(tmp_path_factory):
    """Boards that take long to repair what the plan check found."""
    path = tmp_path_factory.mktemp("toezicht") / "traag.yaml"
    long = "".join(f"  repair_days.PLAN-{letter}: {{median: 300}}\n" for letter in "abcdefv")
    path.write_text(scenario_of("traag", TWELVE, "cyclus-2021") + f"parameters:\n{long}", encoding="utf-8")
    player = Player(scenarios.load(str(path)))
    return [player.replication(number) for number in range(4)]


def test_orders_of_the_plan_check_are_looked_at_again_within_a_year_and_after_their_term(plays, slow):
    looked = 0
    for play in (*plays, *slow):
        visits, stop = play.happened.of("herstel_visited"), play.looker.model.stop
        told = {key[0]: day for key, day in play.happened.of("plancheck_told").items()}
        for one in play.orders:
            if one.round or told[one.swv] + 366 >= stop:
                continue
            day = visits[one.swv, "", ""]
            assert day - told[one.swv] <= 366
            assert day >= toezicht.due(play.looker.kader, one.duty, one.given) + 28
            looked += 1
    assert looked > 20
    marked = {key for play in slow for key in play.happened.of("order_overdue") if not key[2]}
    assert marked


def test_a_withdrawn_order_has_no_further_states(plays, of_2017):
    """Nothing that is about the order begins or runs on after the day on which it was withdrawn."""
    withdrawn = 0
    for play in (*plays, *of_2017):
        tables, happened = play.looker.model.tables, play.happened
        rule = play.looker.kader.file.toezicht
        orders = {(one.swv, one.duty, one.round): one for one in play.orders if one.state == "withdrawn"}
        withdrawn += len(orders)
        for name in ("repaired", "overdue", "escalated", "running", "repaired_before_final"):
            assert not orders.keys() & happened.of(getattr(rule, name)).keys(), name
        for row, swv in enumerate(tables.swv):
            one = orders.get((swv, tables.item[row], tables.visit[row]))
            if one is not None and play.trace.start[row] < NEVER:
                end = play.looker.model.start + play.trace.end[row] // DAY_SECONDS
                assert end <= one.settled, tables.node[row]
    assert withdrawn > 10


def test_the_source_of_2019_is_told_of_orders_on_independent_supervision_alone(plays, of_2017):
    found = set()
    for play in (*plays, *of_2017):
        steps = {node.id: node.step for node in play.looker.kader.file.werkwijze.walk() if node.step}
        tables = play.looker.model.tables
        about = {tables.item[row] for row, node in enumerate(tables.node)
                 if play.trace.end[row] < NEVER and "2019" in pick(getattr(steps.get(node), "source", ""))
                 and "supervision" in pick(steps[node].source)}  # fmt: skip
        assert about <= {"GOV-6c"}
        found |= about
    assert found


def test_an_order_on_a_plan_that_stays_open_comes_to_the_minister(slow):
    late = [
        (play, key)
        for play in slow for key in play.happened.of("order_escalated") if not key[2]
    ]  # fmt: skip
    assert late, "no order of a plan check stayed open"
    for play, (swv, duty, round_) in late:
        warned, open_ = play.happened.of("warned"), play.happened.of("order_escalated")[swv, duty, round_]
        assert play.happened.of("order_overdue")[swv, duty, round_] < open_
        assert any(key[0] == swv and day <= open_ for key, day in warned.items())
        informed = [day for key, day in play.happened.of("minister_informed").items() if key[0] == swv]
        assert any(day >= open_ for day in informed) or play.looker.model.stop - open_ < 42


def test_every_transition_of_an_order_has_an_article_or_says_why_not(plays):
    rule = plays[0].looker.kader.file.toezicht
    events = {getattr(rule, name) for name in rule.of_duties} | {*rule.measures}
    for node in plays[0].looker.kader.file.werkwijze.walk():
        if node.step and events & set(node.step.marks):
            assert node.step.source, node.id


def test_what_is_withheld_is_a_share_of_some_months_of_income(plays):
    looker, seen = plays[0].looker, plays[0].seen
    income = seen.attributes["month_income"]
    assert (income > 0).all()
    days = toezicht.Happened({"funding_withheld": {(3, "", "1"): 19000, (5, "", ""): 19100}})
    found = toezicht.withheld(looker, seen, days)
    assert found == {
        (3, "", "1"): pytest.approx(income[3] * 0.15 * 3),
        (5, "", ""): pytest.approx(income[5] * 0.15 * 3),
    }


def test_the_steps_of_an_order_are_all_that_is_marked_about_it(plays):
    play = plays[0]
    rule, tables = play.looker.kader.file.toezicht, play.looker.model.tables
    found = play.steps_of_orders
    for one in play.orders:
        key = (one.swv, one.duty, one.round)
        events = {event for event, _ in found[key]}
        assert {rule.given, rule.repaired_before_final} & events
        assert all((tables.swv[row], tables.item[row], tables.visit[row]) == key for _, row in found[key])
    ended = [
        (event, row)
        for event, row in play.looker.model.unrolled.marks
        if event in {getattr(rule, name) for name in toezicht.ON_THE_WAY} and play.trace.end[row] < NEVER
    ]
    assert sorted(ended) == sorted(pair for pairs in found.values() for pair in pairs)


def test_days_to_repair_are_the_same_in_the_figure_and_in_the_table(plays):
    """Late repairs count in both."""
    late = 0
    for play in plays:
        rows = toezichtjaren.rows([play], "year")
        late += sum(one.was_repaired and one.settled > one.until for one in play.orders)
        count = Counter(toezicht.year_of(one.given) for one in play.orders if one.was_repaired)
        days = sum(row.value.mean * count[row.of] for row in rows if row.what == "repair_days" and count[row.of])
        assert kpis.measure(play)["repair_days"] == pytest.approx(days / count.total())
    assert late > 3


def test_states_of_orders_add_up_in_the_table(plays):
    rows = toezichtjaren.rows(plays, "year")
    for year in {row.of for row in rows}:
        own = {row.what: row.value.mean for row in rows if row.of == year}
        states = [own.get(name, 0) for name in STATES if name != "repaired_before_final"]
        assert own["orders"] == pytest.approx(sum(states))
    notes = " ".join(tables.tables(plays, "year")[0].notes)
    assert "add up to the orders" in notes
    assert "'minister informed' counts all of these: " in notes
