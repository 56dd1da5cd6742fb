"""What a plan file shows turns with the law and with the changes of the plan, as it is played and as it is looked at."""

from datetime import date

import numpy as np
import pytest
from test_supervision_engine import ends, step, tried

from simulator.base.days import day_of
from simulator.outcomes.looking import Looker, Seen
from simulator.plan import reading
from simulator.plan.model import Answer, Change
from simulator.world import population

CODE = "PO2814"
CHANGED = date(2023, 2, 1)


@pytest.fixture(scope="module")
def plan():
    """A plan that lacks PLAN-v (asked from 1 April 2022) until it is changed, and the question of 2025 of PLAN-f."""
    shipped = reading.load("voorbeeld-po-2022", set(population.everyone())).plan
    parts = {key: Answer(answer=True, page=1) for key in ("established", "compensated")}
    change = Change(title="vangnet", answers={"PLAN-v": parts}, opr_consented=date(2023, 1, 20), adopted=CHANGED)
    return shipped.model_copy(update={"changes": [change]})


def asked(plan, duty, day):
    """Whether the swv of the plan lacks a duty on a day, by the guards of the engine and when it is looked at."""
    ask = {"id": "ask", "choice": [{"when": {"lacks": duty}, "then": step("lacking", time={"takes": "short"})}]}
    tree = [step("wait", time={"until": day}), ask]
    model, trace = tried(tree, until=date(2026, 8, 1), plans={CODE: plan})
    luck = model.draw(0)
    seen = Seen(Looker(model), trace, luck.attributes, luck.content)
    number = np.array([model.codes.index(CODE)])
    shown = seen.shown(number, np.array([day_of(day)]))[duty]
    lacking = any(code == CODE for code, _, _ in ends(model, trace, "lacking"))
    assert bool(shown.true[0]) is not lacking
    return lacking


def test_a_change_of_the_plan_counts_from_the_day_that_it_is_in_force(plan):
    assert asked(plan, "PLAN-v", date(2023, 1, 31))
    assert not asked(plan, "PLAN-v", CHANGED)
    assert asked(plan.model_copy(update={"changes": []}), "PLAN-v", CHANGED)


def test_what_the_law_asks_later_is_no_shortfall_before(plan):
    assert not asked(plan, "PLAN-f", date(2025, 7, 31))
    assert asked(plan, "PLAN-f", date(2025, 8, 1))


def test_a_duty_that_has_ended_is_seen_as_on_its_last_day(plan):
    assert not asked(plan, "PLAN-g", date(2025, 1, 1))
