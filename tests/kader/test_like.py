"""A kader that takes from another what it does not say itself."""

import jsonschema
import pytest
import yaml

from simulator.base import language, resources
from simulator.base.errors import InputError
from simulator.kader import lawful, reading
from simulator.outcomes import running, store
from simulator.world import scenario as scenarios
from simulator.world import schema

HEAD = """format: kader/1
id: {name}
name: {{nl: "x", en: "x"}}
holds: {{from: "2021-08-01", until: "2022-07-31"}}
like: {like}
source: "x"
"""


def test_what_is_said_counts_and_the_rest_is_taken(write):
    path = write("eigen.yaml", HEAD.format(name="eigen", like="swv-2021") + (
        'pools:\n  lcg: {label: {nl: "x", en: "x"}, capacity: 9, confidence: assumed}\n'
        'note: "eigen"\n'))  # fmt: skip
    own, above = reading.load(str(path)), reading.load("swv-2021")
    assert (own.id, own.file.note, own.file.pools["lcg"].capacity) == ("eigen", "eigen", 9)
    assert list(own.file.pools) == list(above.file.pools)
    assert own.file.pools["gemeente"] == above.file.pools["gemeente"]
    assert own.file.werkwijze == above.file.werkwijze
    assert own.file.kpis == above.file.kpis
    assert [name.rpartition("/")[2] for name in own.sources] == ["eigen.yaml", "obligations.yaml", "swv-2021.yaml"]
    assert own.places["send_plan"].file == above.places["send_plan"].file


def test_likeness_in_steps_and_beside_the_file(write):
    write("midden.yaml", HEAD.format(name="midden", like="swv-2021") + 'note: "midden"\n')
    path = write("eigen.yaml", HEAD.format(name="eigen", like="midden"))
    own = reading.load(str(path))
    assert own.file.note == "midden"
    assert len(own.sources) == 4


def test_problems_stand_in_the_file_that_has_them(write):
    write("midden.yaml", HEAD.format(name="midden", like="swv-2021") + "pools: {lcg: {capacity: -1}}\n")
    path = write("eigen.yaml", HEAD.format(name="eigen", like="midden"))
    with pytest.raises(InputError) as caught:
        reading.load(str(path))
    assert all(problem.file.endswith("midden.yaml") and problem.line == 7 for problem in caught.value.problems)
    path = write("eigen.yaml", HEAD.format(name="eigen", like="swv-2012"))
    with pytest.raises(InputError) as caught:
        reading.load(str(path))
    assert (caught.value.problems[0].line, "swv-2021" in caught.value.problems[0].hint) == (5, True)


def test_a_ring_is_told(write):
    write("een.yaml", HEAD.format(name="een", like="twee"))
    path = write("twee.yaml", HEAD.format(name="twee", like="een"))
    with pytest.raises(InputError, match="twee -> een -> twee"):
        reading.load(str(path))


def test_swv_2017_is_read_judged_and_marked_unverified():
    kader = reading.load("swv-2017")
    assert (kader.file.holds.start.isoformat(), kader.file.holds.until.isoformat()) == ("2017-08-01", "2021-07-31")
    standards = [one.id for aspect in kader.file.standards.aspects for one in aspect.indicators]
    assert standards == ["OR1", "KA1", "KA2", "KA3", "FB1", "FB2", "FB3"]
    assert (kader.file.standards.confidence, kader.file.decision.confidence) == ("unverified", "unverified")
    assert "not read" in kader.file.note
    assert kader.file.elements["po"] == ["PLAN-a", "PLAN-b", "PLAN-c", "PLAN-d", "PLAN-e", "PLAN-f"]
    assert lawful.findings(kader) == []
    listed = {name for aspect in kader.file.standards.aspects for one in aspect.indicators for name in one.obligations}
    assert listed <= set(kader.obligations)
    first, last = kader.file.holds.start, kader.file.holds.until
    held = [
        name
        for name, duty in kader.obligations.items()
        for period in (version.in_force for version in duty.versions)
        if period.start <= last and (period.until is None or period.until >= first)
    ]
    assert set(held) == set(kader.obligations)  # no duty that did not exist in its time


def test_a_run_under_it_can_be_played_again_from_its_folder(write, tmp_path):
    path = write("klein.yaml", "format: scenario/1\nid: klein\nextends: plancyclus-2018\n"
                 'title: {nl: "x", en: "x"}\nquestion: {nl: "x", en: "x"}\n'
                 "population: {swv: [PO2201, PO2701, PO2814, VO2201, VO2708, VO2810]}\n")  # fmt: skip
    run, _ = running.run(scenarios.load(str(path)), 2, folder=tmp_path / "run")
    assert {one.name for one in (run.folder / "inputs").glob("*.yaml")} == {
        "swv-2017.yaml", "swv-2021.yaml", "obligations.yaml"}  # fmt: skip
    again, _ = running.run(store.read(run.folder).scenario, 2, folder=tmp_path / "again")
    assert again.manifest.files["kpis.parquet"] == run.manifest.files["kpis.parquet"]
    assert again.scenario.kader.sources.keys() != run.scenario.kader.sources.keys()


@pytest.mark.parametrize("name", sorted(path.stem for path in resources.KADERS.glob("swv-*.yaml")))
def test_the_schema_for_editors_knows_likeness(name):
    told = schema.schema("kader", reading.load("swv-2021"))
    data = yaml.safe_load((resources.KADERS / f"{name}.yaml").read_text(encoding="utf-8"))
    needed = jsonschema.Draft202012Validator({"required": told["required"], "anyOf": told["anyOf"]})
    assert needed.is_valid(data)
    assert not needed.is_valid({key: one for key, one in data.items() if key not in ("like", "werkwijze")})


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_kader_of_one_s_own_begins_with_what_differs(command, tmp_path, lang):
    language.choose(lang)
    assert command("kader", "new", "eigen", "--from", "swv-2017", "--like")[0] == 0
    text = (tmp_path / "eigen.yaml").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 12
    (tmp_path / "eigen.yaml").write_text(
        text + 'parameters:\n  tell_outcome: {dist: fixed, value: 3, unit: days, source: "x", confidence: given}\n',
        encoding="utf-8",
    )
    assert command("kader", "validate", "eigen.yaml")[0] == 0
    own = reading.load("eigen.yaml")
    assert (own.id, own.file.holds, own.file.parameters["tell_outcome"].value) == (
        "eigen", reading.load("swv-2017").file.holds, 3)  # fmt: skip
    assert own.file.werkwijze == reading.load("swv-2017").file.werkwijze
    write = tmp_path / "map"
    write.mkdir()
    (write / "ander.yaml").write_text((tmp_path / "eigen.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    code, _, err = command("kader", "new", "derde", "--from", "map/ander.yaml", "--like")
    assert code == 2
    assert "map/ander.yaml" in err


def test_nodes_of_a_tree_that_is_taken_over_can_go_otherwise(write):
    path = write("eigen.yaml", HEAD.format(name="eigen", like="swv-2021") + (
        'nodes:\n  - id: send_plan\n    step: {label: {nl: "x", en: "x"}, actor: swv, marks: [sent],\n'
        "           effects: [{set: plan_in}], confidence: assumed}\n"))  # fmt: skip
    own, above = reading.load(str(path)), reading.load("swv-2021")
    trees = [{node.id: node for node in kader.file.werkwijze.walk()} for kader in (own, above)]
    assert {name for name in trees[0] if name not in trees[1]} == set()
    assert trees[0]["send_plan"].step.time is None
    assert trees[1]["send_plan"].step.time is not None
    assert trees[0]["adopt_plan"] == trees[1]["adopt_plan"]
    assert own.places["send_plan"].file.endswith("eigen.yaml")
    assert own.places["adopt_plan"].file == above.places["adopt_plan"].file


def test_a_node_that_is_not_there_is_told_with_the_nearest_name(write):
    path = write("eigen.yaml", HEAD.format(name="eigen", like="swv-2021") + (
        "nodes:\n  - id: send_plans\n"
        '    step: {label: {nl: "x", en: "x"}, actor: swv, confidence: assumed}\n'))  # fmt: skip
    with pytest.raises(InputError) as caught:
        reading.load(str(path))
    (problem,) = caught.value.problems
    assert (problem.line, problem.file.rpartition("/")[2]) == (8, "eigen.yaml")
    assert "send_plan" in problem.hint


def test_a_node_named_twice_is_told(write):
    node = '  - id: send_plan\n    step: {label: {nl: "x", en: "x"}, actor: swv, marks: [sent], confidence: assumed}\n'
    path = write("eigen.yaml", HEAD.format(name="eigen", like="swv-2021") + "nodes:\n" + node * 2)
    with pytest.raises(InputError) as caught:
        reading.load(str(path))
    assert [(one.line, "send_plan" in one.message) for one in caught.value.problems] == [(8, True), (10, True)]


AGAIN = """nodes:
  - id: send_plan
    sequence:
      - id: first
        step: {label: {nl: "x", en: "x"}, actor: swv, marks: [sent], effects: [{set: plan_in}], confidence: assumed}
      - {id: again, like: NAME}
"""


def test_a_node_can_be_a_copy_of_another_with_names_of_its_own(write):
    whole = AGAIN.replace("NAME", "herstel_publication")
    path = write("eigen.yaml", HEAD.format(name="eigen", like="swv-2021") + whole)
    nodes = {node.id: node for node in reading.load(str(path)).file.werkwijze.walk()}
    assert [one.then.id for one in nodes["again"].choice] == [
        "again_herstel_publish_fifth",
        "again_herstel_publish_third",
    ]
    assert nodes["again_herstel_publish_third"].step == nodes["herstel_publish_third"].step


@pytest.mark.parametrize(("name", "hint"), [("laddr", "ladder"), ("again", "")])
def test_a_copy_of_what_is_not_there_or_of_what_it_stands_in_is_told(write, name, hint):
    path = write("eigen.yaml", HEAD.format(name="eigen", like="swv-2021") + AGAIN.replace("NAME", name))
    with pytest.raises(InputError) as caught:
        reading.load(str(path))
    (problem,) = caught.value.problems
    assert f"`{name}`" in problem.message
    assert hint in problem.hint


def test_what_goes_can_stay_inside_what_comes(write):
    path = write("eigen.yaml", HEAD.format(name="eigen", like="swv-2021") + AGAIN.replace("NAME", "send_plan"))
    nodes = {node.id: node for node in reading.load(str(path)).file.werkwijze.walk()}
    assert (
        nodes["again"].step
        == {node.id: node for node in reading.load("swv-2021").file.werkwijze.walk()}["send_plan"].step
    )


@pytest.mark.parametrize("above", ["swv-2021", "midden"])
def test_what_no_node_sets_any_more_is_told_at_the_node_that_did(write, above):
    write("midden.yaml", HEAD.format(name="midden", like="swv-2021"))
    text = HEAD.format(name="eigen", like=above) + (
        "nodes:\n"
        '  - {id: send_plan, step: {label: {nl: "x", en: "x"}, actor: swv, marks: [sent], confidence: assumed}}\n'
        '  - {id: uphold_order, step: {label: {nl: "x", en: "x"}, actor: inspectie, confidence: assumed}}\n'
    )
    with pytest.raises(InputError) as raised:
        reading.load(str(write("eigen.yaml", text)))
    lines = text.splitlines()
    found = {one.message.split("'")[1]: one for one in raised.value.problems}
    assert set(found) == {"plan_in", "item.upheld"}
    for name, node in (("plan_in", "send_plan"), ("item.upheld", "uphold_order")):
        assert f"id: {node}" in lines[found[name].line - 1]
        assert found[name].hint == f"'{node}' of {above} sets it, and the node in its place here does not"
