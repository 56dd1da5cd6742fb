"""What tests of outcomes share: a file of a scenario is made ready and played once for a module."""

import pytest

from simulator.outcomes.play import Player
from simulator.world import scenario as scenarios


@pytest.fixture(scope="module")
def player(file):
    """What plays the scenario in the `file` of a module."""
    return Player(scenarios.load(str(file)))


@pytest.fixture(scope="module")
def played(player):
    """Its first replication."""
    return player.replication(0)
