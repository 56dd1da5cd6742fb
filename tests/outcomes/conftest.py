"""What tests of outcomes share: plays of supervision for all of them, and the scenario in the `file` of a module."""

import pytest

from simulator.outcomes.play import Player
from simulator.world import scenario as scenarios
from tests.conftest import TWELVE, scenario_of


@pytest.fixture(scope="module")
def player(file):
    """What plays the scenario in the `file` of a module."""
    return Player(scenarios.load(str(file)))


@pytest.fixture(scope="module")
def played(player):
    """Its first replication."""
    return player.replication(0)


@pytest.fixture(scope="session")
def plays(tmp_path_factory):
    """Twelve replications of twelve swv in the cycle of 2021."""
    return _plays(tmp_path_factory, "cyclus-2021", 12)


@pytest.fixture(scope="session")
def of_2017(tmp_path_factory):
    """Six replications of twelve swv under the kader of 2017 and that of 2021."""
    return _plays(tmp_path_factory, "kader-2017-2021", 6)


def _plays(tmp_path_factory, scenario, count):
    path = tmp_path_factory.mktemp("toezicht") / "klein.yaml"
    path.write_text(scenario_of("klein", TWELVE, scenario), encoding="utf-8")
    made = Player(scenarios.load(str(path)))
    return [made.replication(number) for number in range(count)]
