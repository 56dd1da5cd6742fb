"""What is played for a ranking: no longer than up to the day that is asked about, with the same outcome."""

from __future__ import annotations

from datetime import date

import numpy as np

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
