"""The smallest number of people with which enough replications meet a bound, asked of few replications."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.outcomes.ladders import Ladder
from simulator.outcomes.statistics import proportion

NEVER = 99


def climbed(needs, least, most, chance):
    """A ladder of replications that each need some number of people, and what it asked."""
    asked = []

    def play(people, numbers):
        asked.extend((people, one) for one in numbers)
        return [needs[one] <= people for one in numbers]

    return Ladder(play, least, most, [need <= most for need in needs], chance), asked


@given(
    st.lists(st.integers(1, 40), min_size=1, max_size=60), st.integers(1, 3), st.integers(20, 39),
    st.sampled_from([0.1, 0.5, 0.8, 0.9, 1.0]),
)  # fmt: skip
def test_it_finds_what_looking_at_every_number_would_find(needs, least, most, chance):
    def share(people):
        return proportion(sum(need <= people for need in needs), len(needs))

    if share(most).mean < chance:
        return
    ladder, asked = climbed(needs, least, most, chance)
    found = ladder.smallest()
    assert found == next(people for people in range(least, most + 1) if share(people).mean >= chance)
    low, high = ladder.between(found)
    assert low == next(people for people in range(least, most + 1) if share(people).high >= chance)
    assert high == next((people for people in range(found, most + 1) if share(people).low >= chance), None)
    assert ladder.meeting(found) == [need <= found for need in needs]
    assert len(set(asked)) == len(asked), "no replication is asked twice for one number"


def test_it_asks_far_fewer_replications_than_there_are_numbers():
    ladder, asked = climbed([17, 16, 18, 17, 15, 17, 16, 19, 17, 16] * 2, 2, 56, 0.8)
    assert ladder.smallest() == 17
    assert len(asked) < 70


@pytest.mark.parametrize(("needs", "high"), [([5] * 16, 5), ([5] * 15, None)])
def test_too_few_replications_make_no_number_certain(needs, high):
    ladder, _ = climbed(needs, 1, 30, 0.8)
    assert ladder.between(ladder.smallest()) == (5, high)
