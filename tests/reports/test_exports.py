"""Exports of the event log hold against the public schemas, and say what the log says."""

import json
from pathlib import Path
from xml.etree import ElementTree as Xml

import jsonschema
import polars
import pytest
import xmlschema

from simulator.outcomes import eventlog, frames, running
from simulator.outcomes.play import Player
from simulator.reports import ocel, xes
from simulator.world import scenario as scenarios

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def log(small_scenario, tmp_path):
    run = running.run(scenarios.load(str(small_scenario)), 1, folder=tmp_path / "run")[0]
    return eventlog.read(run, 0)


def test_ocel_holds_against_its_schema_and_refers_to_what_is_there(log):
    told = json.loads("".join(ocel.ocel(log)))
    schema = json.loads((DATA / "ocel20-schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).validate(told)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**told, "events": [{"id": "e1", "type": "x"}]}, schema)
    kinds = {one["name"]: {a["name"] for a in one["attributes"]} for one in told["objectTypes"]}
    objects = {one["id"]: one for one in told["objects"]}
    assert len(objects) == len(told["objects"])
    assert set(kinds) == {"swv", "gemeente", "opr", "body", "element", "report", "pool", "unit"}
    types = {one["name"] for one in told["eventTypes"]}
    for one in (*told["objects"], *told["events"]):
        assert one["type"] in (kinds if one["id"] in objects else types)
        assert all(link["objectId"] in objects for link in one["relationships"])
    for one in told["objects"]:
        assert {a["name"] for a in one["attributes"]} <= kinds[one["type"]]
    times = [one["time"] for one in told["events"]]
    assert times == sorted(times)
    assert len(times) == (log.events["what"] == "ended").sum()


def test_ocel_relates_a_visit_to_all_that_take_part(log):
    told = json.loads("".join(ocel.ocel(log)))
    visits = [one for one in told["events"] if one["type"] == "kwaliteit_visit"]
    links = {link["objectId"]: link["qualifier"] for link in visits[0]["relationships"]}
    swv = next(name for name, qualifier in links.items() if qualifier == "case")
    assert links[f"report:{swv}:kwaliteit"] == "visited"
    assert links["inspectie"] == "by"
    assert sum(qualifier == "done by" for qualifier in links.values()) == 3
    talks = [one for one in told["events"] if one["type"] == "talk_oogo"]
    qualifiers = [sorted(link["qualifier"] for link in one["relationships"]) for one in talks]
    assert set(map(tuple, qualifiers)) == {("by", "case", "done by")}
    decided = next(one for one in told["events"] if one["type"] == "decide_opr")
    assert {"objectId": f"opr:{decided['relationships'][0]['objectId']}", "qualifier": "by"} in decided["relationships"]


def test_xes_holds_against_its_grammar_and_loses_nothing(log, tmp_path):
    text = "".join(xes.xes(log))
    schema = xmlschema.XMLSchema(DATA / "xes-1849.xsd")
    schema.validate(text)
    assert not schema.is_valid(
        text.replace('<date key="time:timestamp" value="2', '<date key="time:timestamp" value="x')
    )
    root = Xml.fromstring(text)  # noqa: S314 - our own output
    traces = root.findall("trace")
    assert [trace.find("string").get("value") for trace in traces] == sorted(log.scenario.swv)
    assert sum(len(trace.findall("event")) for trace in traces) == len(log.events)
    first = [(event.find("string").get("value"), transition(event)) for event in traces[0].findall("event")]
    seen = set()
    for step, what in first:
        assert what != "complete" or (step, "start") in seen
        seen.add((step, what))
    granted = (log.events["what"] == "granted").sum()
    assert sum(transition(event) == "assign" for event in root.iter("event")) == granted


def transition(event):
    return next(one.get("value") for one in event.findall("string") if one.get("key") == "lifecycle:transition")


def test_exports_are_the_same_bytes_again(log):
    for make in (ocel.ocel, xes.xes):
        assert "".join(make(log)) == "".join(make(log))


def test_the_command_writes_every_format(command, small_scenario, tmp_path):
    command("run", small_scenario, "-n", "2")
    for kind in ("ocel", "xes", "csv", "parquet"):
        code, _, err = command("export", "klein", "--format", kind, "-o", f"log.{kind}", "--replication", "1")
        assert code == 0
        assert "events" in err
    rows = polars.read_parquet(tmp_path / "log.parquet")
    assert set(rows["replication"]) == {1}
    assert len(polars.read_csv(tmp_path / "log.csv")) == len(rows)
    code, out, _ = command("export", "klein", "--format", "csv")
    assert code == 0
    assert out.startswith("replication,date,second,swv,")
    assert command("export", "klein", "--format", "parquet")[0] == 2
    code, _, err = command("export", "klein", "--format", "xes", "--replication", "2")
    assert code == 2
    assert "the last is 1" in err


def test_the_regions_of_a_national_swv_are_objects_too():
    everyone = scenarios.load("invoering-2014")
    national = next(code for code, swv in everyone.swv.items() if swv.regions)
    player = Player(everyone.among([national]))
    log = eventlog.EventLog(player.scenario, 0, frames.happened(player.model, player.replication(0).trace, 0))
    told = json.loads("".join(ocel.ocel(log)))
    objects = {one["id"] for one in told["objects"]}
    linked = {link["objectId"] for event in told["events"] for link in event["relationships"]}
    assert {f"gemeente:{name}" for name, _ in everyone.swv[national].regions} <= linked <= objects


@pytest.fixture(scope="module")
def unlawful():
    """The log of a werkwijze that goes against the law."""
    player = Player(scenarios.load("nieuwe-werkwijze-onwettig").among(["PO2814", "VO2802", "PO3001"]))
    return eventlog.EventLog(player.scenario, 0, frames.happened(player.model, player.replication(0).trace, 0))


def test_what_is_against_the_law_is_marked_in_ocel(unlawful):
    told = json.loads("".join(ocel.ocel(unlawful)))
    schema = json.loads((DATA / "ocel20-schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).validate(told)
    (mark,) = [one for one in told["objects"] if one["type"] == "werkwijze"]
    assert "goes against the law" in mark["attributes"][0]["value"]
    marked = {
        one["type"]: a["value"] for one in told["events"] for a in one["attributes"] if a["name"] == "against_law"
    }
    assert marked["adopt_report"] == "WOT 20(3), 15d"
    assert set(marked) <= {"adopt_report", "publish_third_week", "publish_fifth_week"}
    named = {one["name"] for one in told["eventTypes"] for a in one["attributes"] if a["name"] == "against_law"}
    assert named == set(marked)


def test_what_is_against_the_law_is_marked_in_xes(unlawful):
    text = "".join(xes.xes(unlawful))
    xmlschema.XMLSchema(DATA / "xes-1849.xsd").validate(text)
    root = Xml.fromstring(text)  # noqa: S314 - our own output
    assert [
        "goes against the law" in one.get("value") for one in root.findall("string") if one.get("key") == "against_law"
    ] == [True]
    steps = {
        event.find("string").get("value")
        for event in root.iter("event") if any(one.get("key") == "against_law" for one in event)
    }  # fmt: skip
    assert "adopt_report" in steps
    assert "draft_report" not in steps


def test_what_is_against_the_law_is_marked_in_tables(unlawful, log):
    rows = eventlog.marked(unlawful)
    assert not rows["lawful"].any()
    assert set(rows.filter(rows["against_law"] != "")["step"]) <= {
        "adopt_report",
        "publish_third_week",
        "publish_fifth_week",
    }
    assert set(rows.filter(rows["step"] == "adopt_report")["against_law"]) == {"WOT 20(3), 15d"}
    fine = eventlog.marked(log)
    assert fine["lawful"].all()
    assert set(fine["against_law"]) == {""}
