"""How many others came before a step while it waited, and that a dossier says so."""

from types import SimpleNamespace

from simulator.base import language
from simulator.outcomes import queueing
from simulator.outcomes.play import Player
from simulator.reports import dossier, dossierforms
from simulator.world import scenario as scenarios
from tests.conftest import TWELVE, scenario_of


def test_those_of_the_same_pool_between_request_and_start_are_counted_once_each():
    grants = [(0, 0, 1, 5, 9), (0, 1, 2, 5, 10), (0, 2, 2, 5, 10), (1, 0, 3, 5, 15), (0, 0, 4, 5, 19), (0, 0, 9, 10, 20),
              (0, 1, 5, 5, 20), (0, 1, 6, 5, 12), (0, 2, 7, 30, 30)]  # fmt: skip
    trace = SimpleNamespace(grants=grants)
    assert queueing.served(trace, 9) == 2  # rows 4 and 6; row 3 is of another pool, 1 and 2 had theirs before it asked
    assert queueing.served(trace, 7) == 0
    assert queueing.served(trace, 99) == 0


def test_a_long_wait_is_told_as_a_queue_and_not_by_one_step_alone(write):
    people = 'parameters: {visit_kwaliteit: {first: "2014-09-08", last: "2014-09-26"}, write_report: {median: 12}}\n'
    people += "pools: {inspecteur_po: {capacity: 1}, inspecteur_so: {capacity: 1}, rekenschap: {capacity: 1}}\n"
    player = Player(scenarios.load(str(write("krap.yaml", scenario_of("krap", TWELVE) + people))))
    played = player.replication(0)
    language.choose("en")
    most = {}
    for code in player.model.codes:
        told = dossier.data(player, played, code, "run", 0)
        for phase in dossierforms.page(told)["phases"]:
            for step in phase["steps"]:
                assert step["before"] >= 0
                if "in a queue" in step["waited"]:
                    most[code, step["step"]] = step["before"]
                    assert f"in a queue: {step['before']} other" in step["waited"]
    assert max(most.values()) > 1
