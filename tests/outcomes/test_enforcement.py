"""What follows on a plan that stays out or an order that is contested: handhaving, the minister, re-assessment."""

from collections import Counter
from datetime import date

from simulator.base.days import DAY_SECONDS, NEVER, day_of
from simulator.outcomes import toezicht
from simulator.outcomes.play import Player
from simulator.world import scenario as scenarios
from tests.conftest import TWELVE, scenario_of


def test_once_a_late_plan_is_in_the_enforcement_is_closed():
    """The minister is told of a plan that is still not in, and of no other."""
    player = Player(scenarios.load("cyclus-2021"))
    ended = told = 0
    for number in range(3):
        play = player.replication(number)
        sent = days_of(play, "sent")
        begun, closed = days_of(play, "enforcement_started"), days_of(play, "enforcement_ended")
        for swv, day in closed.items():
            assert sent[swv] <= day <= sent[swv] + 5
        assert closed.keys() <= begun.keys()
        assert all(swv in closed for swv in begun if sent.get(swv, NEVER) + 5 < player.model.stop)
        ended += len(closed)
        tables = player.model.tables
        for row, node in enumerate(tables.node):
            if node == "late_plan_informed" and play.trace.end[row] < NEVER:
                day = player.model.start + play.trace.end[row] // DAY_SECONDS
                assert day <= sent.get(tables.swv[row], NEVER)
                told += 1
    assert ended > 5
    assert told


def days_of(play, event):
    """Per swv the day of an event that happens once."""
    model = play.looker.model
    return {
        model.tables.swv[row]: model.start + play.trace.end[row] // DAY_SECONDS
        for name, row in model.unrolled.marks
        if name == event and play.trace.end[row] < NEVER
    }


def test_before_august_2014_neglect_of_its_task_follows_on_a_late_plan_or_legal_person_alone(write):
    text = scenario_of("ingrijpen", TWELVE) + (
        "parameters:\n  neglect_taken_up: {value: 1}\n  send_plan: {median: 60}\n  found_legal_person: {median: 160}\n"
    )
    player = Player(scenarios.load(str(write("ingrijpen.yaml", text))))
    measures = set(player.scenario.kader.file.toezicht.measures)
    early, begin = Counter(), day_of(date(2014, 8, 1))
    for number in range(3):
        play = player.replication(number)
        sent, founded = days_of(play, "sent"), days_of(play, "legal_person")
        tables = player.model.tables
        for name, row in player.model.unrolled.marks:
            day = player.model.start + play.trace.end[row] // DAY_SECONDS
            if name not in measures or play.trace.end[row] >= NEVER or day >= begin:
                continue
            done = sent if tables.node[row].startswith("plan_") else founded
            assert day <= done.get(tables.swv[row], NEVER), "who has done it is left alone"
            early[name] += 1
    assert set(early) == {"neglect_term", "neglect_provided"}, "the only power that there was"


def test_a_re_assessed_order_is_withdrawn_when_it_was_wrong_and_upheld_when_it_was_right(write):
    """A right one falls as often as drawn; one that stays has a new term, is repaired, and is looked at again."""
    text = scenario_of("opnieuw", TWELVE, "cyclus-2021") + (
        "parameters: {reassessed: {value: 1}, seen_wrongly: {value: 0.05}, withdrawn_though_right: {value: 0.3},"
        " content: {value: 0.8}}\n"
    )
    player = Player(scenarios.load(str(write("opnieuw.yaml", text))))
    count = Counter()
    for number in range(4):
        play = player.replication(number)
        happened, tables = play.happened, play.looker.model.tables
        looked = {(tables.swv[row], tables.item[row], tables.visit[row]): play.trace.end[row]
                  for row, node in enumerate(tables.node) if node == "reassess"}  # fmt: skip
        wrong = {
            (tables.swv[row], tables.item[row], tables.visit[row])
            for row, node in enumerate(tables.node)
            if node == "see_wrongly" and play.trace.end[row] < NEVER
        }
        upheld, withdrawn = happened.of("order_upheld"), happened.of("order_withdrawn")
        assert not upheld.keys() & withdrawn.keys()
        assert {key for key, end in looked.items() if end < NEVER} == upheld.keys() | withdrawn.keys()
        assert not upheld.keys() & wrong
        of_rounds = {(one.swv, one.duty, one.round): one for one in play.orders if one.round}
        for key, day in upheld.items():
            one = of_rounds[key]
            assert (
                one.until
                == toezicht.due(play.looker.kader, one.duty, day)
                > toezicht.due(play.looker.kader, one.duty, one.given)
            )
            assert one.settled > day
            if day + 300 < play.looker.model.stop:
                assert happened.of("herstel_visited")[key[0], "", key[2]] > one.until
        count += Counter(upheld=len(upheld), wrong=len(withdrawn.keys() & wrong), right=len(withdrawn.keys() - wrong))
        assert play.breaches == []
    assert count["wrong"] > 3
    assert 0.1 < count["right"] / (count["right"] + count["upheld"]) < 0.5
