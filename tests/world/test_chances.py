"""The chance of making it: certain when all is done, nil when it is too late, less the later one starts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from simulator.kader.parameters import Chance
from simulator.plan import checking, reading
from simulator.plan.model import Organisation
from simulator.world import chances, latest, population

EVERYONE = population.everyone()
EXAMPLE = reading.load("voorbeeld-po", set(EVERYONE))


def tried(today, n=60, seed=1, organisation=None, kader=None, **events):
    update = {"events": {name: date.fromisoformat(day) for name, day in events.items()}, "answers": {}}
    if organisation:
        update["organisation"] = Organisation.model_validate(organisation)
    file = replace(EXAMPLE, plan=EXAMPLE.plan.model_copy(update=update), kader=kader or EXAMPLE.kader)
    checked = checking.check(file)
    rows = latest.planned(checked, EVERYONE["PO2814"], today, setback=False)
    return chances.chances(checked, EVERYONE["PO2814"], today, rows, n, seed)


def sure(refusal):
    """The kader with refusals that never or always happen."""
    file = EXAMPLE.kader.file
    chance = file.parameters["opr_refuses"].model_copy(update={"value": refusal, "factors": {}})
    assert isinstance(chance, Chance)
    return replace(
        EXAMPLE.kader, file=file.model_copy(update={"parameters": {**file.parameters, "opr_refuses": chance}})
    )


def test_a_year_ahead_is_better_than_a_month_ahead_and_the_day_after_is_too_late():
    found = [tried(day).in_time for day in (date(2013, 8, 1), date(2014, 2, 1), date(2014, 4, 1), date(2014, 5, 1))]
    assert found == sorted(found, reverse=True)
    assert found[0] > 0.1
    assert found[-1] == 0


def test_the_same_seed_gives_the_same_and_another_seed_another_walk():
    today = date(2013, 11, 1)
    assert tried(today) == tried(today)
    assert tried(today, seed=1) != tried(today, seed=2)


def test_one_step_left_has_nearly_its_own_chance():
    adopted = {"adopted": "2014-04-10", "opr_consented": "2014-04-01"}
    assert tried(date(2014, 4, 10), **adopted).in_time > 0.9
    assert tried(date(2014, 4, 30), **adopted).in_time < 0.6


@pytest.mark.parametrize("refusal", [0.0, 1.0])
def test_a_refusal_for_sure_costs_time(refusal):
    start = date(2013, 6, 18)  # early enough that a second round can still be in time
    found = tried(start, kader=sure(refusal))
    assert (found.in_time > tried(start, kader=sure(1 - refusal)).in_time) is (refusal == 0.0)


def test_the_board_adopts_on_one_of_its_meetings():
    ready = {"opr_consented": "2014-03-03", "opr_submitted": "2014-02-01", "opr_decided": "2014-03-03"}
    early = {"board_meetings": ["2014-04-15"]}
    late = {"board_meetings": ["2014-05-15"]}
    today = date(2014, 3, 5)
    assert tried(today, organisation=late, **ready).in_time == 0
    assert tried(today, organisation=early, **ready).in_time >= tried(today + timedelta(days=30), **ready).in_time
