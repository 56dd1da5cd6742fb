"""Shocks in whose days nothing happens that they work on."""

from __future__ import annotations

import pytest

from simulator.base.errors import InputError
from simulator.outcomes import unfelt
from simulator.world import scenario as scenarios
from tests.conftest import TWELVE, scenario_of

CLOSED = "{{kind: gemeente_gesloten, from: {}, until: {}, capacity: 0}}"
IN_RECESS, BEFORE, DURING, AFTER = (
    CLOSED.format(*(f'"{day}"' for day in days))
    for days in (
        ("2014-03-15", "2014-03-31"), ("2013-06-18", "2013-07-01"), ("2013-12-02", "2014-04-01"),
        ("2015-07-01", "2015-08-01"),
    )
)  # fmt: skip


def scenario(write, *shocks):
    return scenario_file(write, scenario_of("s", TWELVE) + f"shocks: [{', '.join(shocks)}]\n")


def scenario_file(write, text):
    return scenarios.load(str(write("s.yaml", text)))


@pytest.mark.parametrize("shock", [IN_RECESS, BEFORE, AFTER], ids=["recess", "before", "after"])
def test_gemeenten_closed_when_nobody_talks_are_told(write, shock):
    found = scenario(write, shock)
    assert unfelt.unfelt(found) == list(found.shocks)


def test_a_shock_that_changes_a_step_is_not_told_and_each_is_looked_at_by_itself(write):
    chance = '{kind: directeur_weg, from: "2013-12-01", until: "2014-04-01", chance: 0.5}'
    late = '{kind: directeur_weg, from: "2015-07-31"}'
    found = scenario(write, IN_RECESS, DURING, chance, late)
    assert unfelt.unfelt(found) == [found.shocks[0], found.shocks[3]]
    assert unfelt.unfelt(scenario(write, DURING)) == []


def test_money_and_what_is_known_to_do_nothing_are_not_played(write, monkeypatch):
    """A change in the bekostiging need not change a step."""
    monkeypatch.setattr(unfelt, "play", lambda *_: pytest.fail("was played"))
    assert unfelt.unfelt(scenario(write, '{kind: krimp, from: "2019-10-01", where: {swv: [PO2814]}}')) == []
    assert unfelt.unfelt(scenario_file(write, scenario_of("s", ["PO2814"], "herindeling"))) == []


def test_it_is_told_when_the_scenario_is_validated_and_played(write, command):
    scenario(write, IN_RECESS, DURING)
    for arguments in (("scenario", "validate", "s.yaml"), ("run", "s.yaml", "-n", "1")):
        code, _, err = command(*arguments)
        assert code == 0
        told = "in the first 3 replications this shock changes nothing"
        assert err.count(told) == 1
        assert "from 15 March 2014 until 31 March 2014" in err


def test_a_gemeente_with_which_nobody_talks_is_refused_where_it_is_named(write):
    shock = '{kind: gemeente_gesloten, from: "2014-01-01", capacity: 0, where: {gemeenten: [Assen, Gouda]}}'
    with pytest.raises(InputError, match="holds OOGO with Assen") as caught:
        scenario_file(write, scenario_of("s", ["PO2814"]) + f"shocks: [{shock}]\n")
    (problem,) = caught.value.problems
    assert (problem.line, problem.excerpt[problem.column - 1 :][:5]) == (7, "Assen")
