import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from reference import Reference

from simulator.base.days import NEVER
from simulator.engine import interpreter
from simulator.engine.model import Model
from simulator.engine.playing import play
from simulator.engine.tables import JOIN
from simulator.outcomes import atwork
from simulator.world import scenario as scenarios
from tests.conftest import TWELVE


def end_times(model, trace):
    """End of every row by its names, so that models with other rows can be compared."""
    tables = model.tables
    names = zip(tables.node, tables.swv, tables.item, tables.visit, trace.end, strict=True)
    return {(node, model.codes[swv], item, visit): end for node, swv, item, visit, end in names}


def same(model, replication, shuffle=None):
    """The trace of a replication, of which the second interpreter gives the same."""
    first = play(model, model.draw(replication)[0])
    second = Reference(model, model.draw(replication)[0], shuffle).play()
    assert first.end == second.end
    assert first.start == second.start
    assert sorted(first.grants) == sorted(second.grants)
    assert sorted(first.breaks) == sorted(second.breaks)
    assert first.own == second.own
    return first


@pytest.mark.parametrize("name", ["invoering-2014", "late-opr"])
def test_a_second_interpreter_gives_the_same_event_times(name):
    trace = same(Model(scenarios.load(name)), 3)
    assert sum(end < NEVER for end in trace.end) > 5000


@pytest.mark.parametrize("people", [2, 3, 5])
def test_a_second_interpreter_sees_teams_in_the_same_way(people):
    scenario = scenarios.load("cyclus-2021").among(TWELVE)
    pools = {
        name: pool.model_copy(update={"capacity": min(pool.capacity, people)}) for name, pool in scenario.pools.items()
    }
    model = Model(replace(scenario, pools=pools))
    tables, draws = model.tables, model.draw(1)[0]
    trace = same(model, 1, people)
    waited = {
        row: granted - asked for _, _, row, asked, granted in trace.grants if tables.team[row] and granted > asked
    }
    gave_up = [row for row, wait in waited.items() if model.clock.gives_up(tables, draws, row, trace.requested[row])
               <= trace.requested[row] + wait]  # fmt: skip
    assert trace.own.keys() & waited.keys() - set(gave_up), "steps must wait for their own people"
    assert gave_up, "and give up"
    assert trace.breaks, "and call them from other work"


@pytest.mark.parametrize("shuffle", range(4))
def test_the_order_of_events_of_equal_time_changes_nothing(small_scenario, shuffle):
    model = Model(whole_days(scenarios.load(str(small_scenario))))
    calm = same(model, 0, shuffle)
    moments = [end for row, end in enumerate(calm.end) if end < NEVER and model.tables.kind[row] != JOIN]
    assert len(set(moments)) < len(moments) / 2, "the test needs ties"


def whole_days(scenario):
    """The scenario with every duration a whole number of days and one unit a pool, so that nearly all events tie."""
    durations = {"days", "working_days"}
    parameters = {
        name: parameter.model_copy(update={"median": 5.0, "sigma": 1e-9, "factors": {}})
        if parameter.dist == "lognormal" and parameter.unit in durations
        else parameter
        for name, parameter in scenario.parameters.items()
    }
    pools = {name: pool.model_copy(update={"capacity": 1}) for name, pool in scenario.pools.items()}
    return replace(scenario, parameters=parameters, pools=pools)


def without_queues(scenario):
    pools = {name: pool.model_copy(update={"capacity": 400}) for name, pool in scenario.pools.items()}
    return replace(scenario, pools=pools)


def test_removing_an_swv_changes_nothing_for_the_others_but_queues(small_scenario):
    scenario = without_queues(scenarios.load(str(small_scenario)))
    whole = Model(scenario)
    fewer = Model(replace(scenario, swv={code: swv for code, swv in scenario.swv.items() if code != "PO3001"}))
    before = end_times(whole, play(whole, whole.draw(1)[0]))
    after = end_times(fewer, play(fewer, fewer.draw(1)[0]))
    gone = {key for key in before if key[1] == "PO3001" or key[2] == "PO3001"}
    touched = {key for key in before if key[1] == "VO3001"}  # its overleg with PO3001 is gone
    assert {key: end for key, end in before.items() if key not in gone | touched} == {
        key: end for key, end in after.items() if key not in touched
    }
    drafts = [key for key in touched if key[0] == "draft_element"]
    assert all(before[key] == after[key] for key in drafts)
    assert gone


def test_the_order_of_swv_in_the_population_changes_nothing(small_scenario, write):
    text = small_scenario.read_text(encoding="utf-8")
    start, _, rest = text.partition("swv: [")
    codes, _, tail = rest.partition("]")
    turned = ", ".join(reversed(codes.split(", ")))
    other = write("omgekeerd.yaml", f"{start}swv: [{turned}]{tail}")
    models = [Model(scenarios.load(str(path))) for path in (small_scenario, other)]
    ends = [end_times(model, play(model, model.draw(0)[0])) for model in models]
    assert ends[0] == ends[1]


def test_no_inspector_is_in_two_places_and_no_team_is_incomplete():
    model = Model(scenarios.load("invoering-2014"))
    trace = play(model, model.draw(0)[0])
    holds = {}
    for grant in trace.grants:
        pool, unit = grant[:2]
        holds.setdefault((pool, unit), []).extend(atwork.pieces(trace, grant, model.horizon))
        assert unit < model.pools[pool].capacity
    for spans in holds.values():
        ordered = sorted(spans)
        assert all(end <= begin for (_, end), (begin, _) in itertools.pairwise(ordered))
    granted = {}
    for pool, _, row, _, _ in trace.grants:
        granted.setdefault(row, []).append(pool)
    visits = [row for row in granted if model.tables.node[row] == "simulatie_visit" and trace.start[row] < NEVER]
    assert len(visits) == 152
    for row in visits:
        families = {model.pools[pool].family for pool in granted[row]}
        sector = "inspecteur_po" if model.codes[model.tables.swv[row]].startswith("PO") else "inspecteur_vo"
        assert families == {sector, "inspecteur_so", "rekenschap"}


def test_who_hurries_adopts_before_the_oogo_is_done(small_scenario):
    scenario = scenarios.load(str(small_scenario))
    parameters = dict(scenario.parameters)
    parameters["hurried"] = parameters["hurried"].model_copy(update={"value": 1.0})
    model = Model(replace(scenario, parameters=parameters))
    ends = end_times(model, play(model, model.draw(0)[0]))
    oogo, adopted = {}, {}
    for (node, code, _, _), end in ends.items():
        if node == "close_oogo":
            oogo[code] = max(oogo.get(code, 0), end)
        if node == "adopt_plan":
            adopted[code] = end
    assert any(adopted[code] < oogo[code] for code in adopted)
    assert any(oogo[code] < NEVER for code in adopted if adopted[code] < oogo[code]), "late talks run on"


def test_the_interpreter_stays_small_enough_to_read_at_once():
    assert len(Path(interpreter.__file__).read_text("utf-8").splitlines()) < 200
