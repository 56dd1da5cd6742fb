"""The event log of a replication: stored or played again, whole, with causes before effects."""

import polars
import pytest

from simulator.kader.werkwijze import Node
from simulator.outcomes import eventlog, running
from simulator.world import scenario as scenarios


@pytest.fixture
def run(small_scenario, tmp_path):
    return running.run(scenarios.load(str(small_scenario)), 3, folder=tmp_path / "run")[0]


def test_what_is_not_stored_is_played_again(run):
    stored, played = (eventlog.read(run, number) for number in (0, 2))
    assert set(stored.events["replication"]) == {0}
    assert set(played.events["replication"]) == {2}
    assert played.failure is None
    (run.folder / "events.parquet").unlink()
    assert eventlog.read(run, 0).events.equals(stored.events.cast(played.events.schema))


def test_executions_hold_every_step_once(run):
    log = eventlog.read(run, 0)
    rows = eventlog.executions(log)
    assert rows.select(eventlog.STEP_KEYS).is_unique().all()
    count = dict(log.events["what"].cast(polars.String).value_counts().iter_rows())
    assert (len(rows), rows["started"].count()) == (count["requested"], count["started"])
    assert rows["ended"].count() == count["ended"] == len(rows) - log.unfinished
    assert sum(len(units) for units in rows["units"]) == count["granted"]
    assert (rows["requested"] <= rows["started"].fill_null(2**40)).all()
    visit = rows.filter((polars.col("step") == "kwaliteit_visit") & (polars.col("swv") == "PO2814"))
    assert [name.partition("#")[0] for name in visit["units"][0]] == ["inspecteur_po", "inspecteur_so", "rekenschap"]
    assert visit["marks"][0] == "kwaliteit_visited"


def test_of_one_instant_causes_come_first(run):
    events = eventlog.in_order(eventlog.read(run, 0))
    assert len(events) == len(eventlog.read(run, 0).events)
    own = events.filter((polars.col("swv") == "PO2814") & (polars.col("step") == "close_oogo"))
    assert own["what"].to_list()[:3] == ["requested", "started", "ended"]  # a step that takes no time
    whole = events.filter(polars.col("swv") == "PO2814")
    moments = {(row["step"], row["what"]): place for place, row in enumerate(whole.iter_rows(named=True))}
    assert moments["adopt_plan", "ended"] < moments["send_plan", "requested"]


def test_a_second_round_comes_after_the_first():
    step = {"label": {"nl": "x", "en": "x"}, "actor": "swv", "source": "x", "confidence": "assumed"}
    rounds = {"max": 2, "again": {"bit": "again"}, "body": {"id": "body", "sequence": [
        {"id": "first", "step": step}, {"id": "last", "step": step}]}}  # fmt: skip
    tree = Node.model_validate(
        {"id": "all", "sequence": [{"id": "rounds", "loop": rounds}, {"id": "after", "step": step}]}
    )
    paths = eventlog._paths(tree)
    turns = [("first", "1"), ("last", "1"), ("first", "2"), ("last", "2"), ("after", "")]
    assert sorted(turns, key=lambda turn: eventlog._turn(paths[turn[0]], turn[1])) == turns


def test_items_have_the_kinds_of_the_lists_around_them(run):
    kinds = eventlog.item_kinds(run.scenario.kader.file.werkwijze)
    assert (kinds["talk_oogo"], kinds["draft_element"], kinds["adopt_plan"]) == (("gemeenten",), ("elements",), ())


def test_a_moment_is_written_in_the_time_of_the_model(run):
    assert eventlog.stamp(run.scenario, 86_400 + 3661) == "2013-06-19T01:01:01Z"
