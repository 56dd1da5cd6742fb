"""When people are there and at work, with capacities that change and work that lies still."""

from types import SimpleNamespace

import pytest

from simulator.base.days import NEVER
from simulator.engine.tables import Trace, Track
from simulator.outcomes import atwork

FIRST_HALF, ALWAYS = Track([0, 50], [1, 0]), Track([0], [1])


def model(*, count=2, changes=None):
    return SimpleNamespace(
        pools=[SimpleNamespace(capacity=count)], capacity={0: changes} if changes else {}, horizon=100
    )


def trace(grants=(), ends=(), present=None, breaks=()):
    return Trace([], [], list(ends), list(grants), present or {}, [], list(breaks))


@pytest.mark.parametrize(
    ("changes", "present", "seconds"),
    [
        (None, None, 200),
        (None, {0: [ALWAYS, FIRST_HALF]}, 150),
        (Track([0, 80], [2, 1]), None, 180),
        (Track([0, 80], [2, 1]), {0: [ALWAYS, ALWAYS]}, 180),
        (Track([0, 20], [2, 1]), {0: [ALWAYS, FIRST_HALF]}, 120),
        (Track([0, 20, 40], [2, 0, 2]), {0: [ALWAYS, FIRST_HALF]}, 110),
    ],
)
def test_the_time_that_people_are_there_follows_roster_and_capacity(changes, present, seconds):
    assert atwork.there(model(changes=changes), trace(present=present), 0) == seconds


def test_who_finishes_work_beyond_the_capacity_counts_as_long_as_that_takes():
    """The second of two people has work until 70, while there is room for one from 60 on."""
    mine = [(0, 1, 0, 10, 10)]
    one = trace(mine, [70], {0: [ALWAYS, ALWAYS]})
    changed = model(changes=Track([0, 60], [2, 1]))
    assert atwork.there(changed, one, 0) == 100 + 60 + 10
    assert atwork.there(changed, one, 0, 60, 80) == 20 + 10
    assert atwork.there(changed, trace(mine, [NEVER], {0: [ALWAYS, FIRST_HALF]}), 0) == 100 + 50


def test_work_has_a_piece_before_and_after_each_whole_day_elsewhere():
    grant = (0, 0, 7, 5, 10)
    ends = [0] * 7 + [90]
    one = trace(
        [grant], ends, {0: [ALWAYS]}, [(0, 0, 7, 20, 30), (0, 0, 7, 50, 60), (0, 1, 7, 70, 80), (0, 0, 6, 70, 80)]
    )
    assert list(atwork.pieces(one, grant, 100)) == [(10, 20), (30, 50), (60, 90)]
    assert atwork.worked(one, grant, 100) == 60
    assert list(atwork.pieces(one, grant, 55)) == [(10, 20), (30, 50)]
    assert list(atwork.pieces(one, grant, 45)) == [(10, 20), (30, 45)]


def test_work_that_is_left_at_once_has_no_piece_before_it():
    grant = (0, 0, 0, 5, 10)
    one = trace([grant], [40], {0: [FIRST_HALF]}, [(0, 0, 0, 10, 30)])
    assert list(atwork.pieces(one, grant, 100)) == [(30, 40)]
    assert atwork.worked(one, grant, 100) == 10
