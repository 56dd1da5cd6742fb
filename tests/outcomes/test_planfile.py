"""A replication written out as a plan file gets the same statuses from the check of a plan."""

from datetime import date

import numpy as np
import pytest

from simulator.base.days import NEVER, date_of, day_of
from simulator.kader.assess import Status
from simulator.outcomes.play import Player
from simulator.plan import facts
from simulator.plan.model import Plan
from simulator.world import scenario as scenarios

DAYS = [date(2013, 12, 5), date(2014, 3, 20), date(2014, 4, 30), date(2014, 8, 1), date(2015, 7, 31)]


def as_plan(player, played, number, on):
    """The plan file of one swv: what had happened and what the plan showed on a day."""
    code = player.model.codes[number]
    swv = player.scenario.swv[code]
    kader = player.scenario.kader
    items = {kind: own[number] for kind, own in player.model.unrolled.items.items()}
    events = {}
    for name, event in kader.events.items():
        days = played.seen.days[name]
        if event.items:
            own = days[player.looker.item_owner[event.items] == number]
            events[name] = {item: occurrence(day) for item, day in zip(items[event.items], own, strict=True)}
        else:
            events[name] = occurrence(days[number])
    shown = played.seen.shown(np.array([number]), np.array([day_of(on)]))
    answers = {
        name: {key: {"answer": bool(truth.true[0])} for key in kader.parts(name, swv.sector)}
        for name, truth in shown.items()
    }
    if not shown["CASE-1"].true[0]:
        answers["PLAN-b"]["procedure"]["quote"] = "De procedure wordt nog uitgewerkt."
    return Plan.model_validate({
        "title": code, "swv": code, "sector": swv.sector, "kader": kader.id, "answers": answers, "events": events,
        "period": {"first_school_year": 2014, "school_years": 4},
        "gemeenten": list(items["gemeenten"]), "overlaps": list(items["overlaps"]),
    })  # fmt: skip


def occurrence(day):
    return date_of(int(day)).isoformat() if day < NEVER else False


@pytest.mark.parametrize("on", DAYS)
def test_a_replication_as_a_plan_file_gets_the_same_statuses(small_scenario, on):
    player = Player(scenarios.load(str(small_scenario)))
    kader = player.scenario.kader
    seen = set()
    for replication in range(2):
        played = player.replication(replication)
        people = np.arange(len(player.model.codes))
        looked = played.seen.statuses(people, np.full(len(people), day_of(on)))
        for number, code in enumerate(player.model.codes):
            assessment = facts.assess_plan(as_plan(player, played, number, on), kader, on)
            for row, name in enumerate(player.looker.duties):
                expected = Status(int(looked.status[row, number]))
                found = Status(int(assessment.status[name][0])) if name in assessment.status else Status.NOT_APPLICABLE
                assert found == expected, (code, name, on)
                seen.add(found)
    assert seen == set(Status) or on < date(2014, 5, 1)
