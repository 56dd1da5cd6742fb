"""What is played for a ranking: no longer than up to the day that is asked about, with the same outcome."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest

from simulator.base.days import day_of
from simulator.outcomes import ranking
from simulator.outcomes.evaluating import Question, evaluate
from simulator.world import scenario as scenarios
from simulator.world import support


def test_what_comes_after_the_deadline_makes_no_plan_late(small_scenario):
    whole = scenarios.load(str(small_scenario))
    short = ranking.up_to_deadline(whole)
    assert short.period.until == date(2014, 5, 1) < whole.period.until
    tried = [{"hours": hours, "day": float(day_of(date(2013, 11, 1)))} for hours in (0.0, 24.0, 60.0)]
    outcomes = [
        evaluate(Question(one, (support.of(one).figure,), 4, "help", by_swv=True), tried, 1, lambda _: None)
        for one in (whole, short)
    ]
    np.testing.assert_array_equal(*outcomes)
    assert 0 < outcomes[0].mean() < 1


@pytest.mark.parametrize(("on", "tried"), [("2014-04-30", True), ("2014-05-01", False), ("2014-06-02", False)])
def test_from_the_deadline_on_no_help_is_tried_and_the_table_says_that_it_is_too_late(
    small_scenario, command, on, tried
):
    code, out, err = command("ranglijst", str(small_scenario), "--on", on, "-n", "2", "--workers", "1", "--json")
    assert code == 0, err
    told = json.loads(out)
    assert bool(told["tried"]) is tried
    _, shown, _ = command("ranglijst", str(small_scenario), "--on", on, "-n", "2", "--workers", "1")
    words = " ".join(shown.split())
    assert ("no help can make a plan come in time any more: it had to be there before 1 May 2014" in words) is not tried
    assert ("The last day is sought in steps" in words) is tried
